"""Changes bytes and values of good files at random, for ten minutes, and looks for anything but a place and a cure.

`make fuzz` plays it; FUZZ_SECONDS says for how long, FUZZ_SEED from where.
"""

from __future__ import annotations

import os
import time
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from bot.errors import ProgrammeFaults
from bot.programme import Language
from bot.wording.fault_report import fault_report
from bot.wording.in_words import in_words
from schedules.agenda import agenda
from schedules.programme_file import load_file, remarks
from tests.corpus.expected import SAMPLES
from tests.corpus.of_files import SEVERAL
from tests.corpus.of_values import DATES, DAYS, HABITS, NUMBERS, PLACES, SIGNS, TIMES
from tests.corpus.samples import FROM_FILE, PEOPLE, SMALL, Sample
from tests.support.faults import no_fault_of_ours

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.errors import Fault
SECONDS: Final = float(os.environ.get("FUZZ_SECONDS", "600"))
SEED: Final = int(os.environ.get("FUZZ_SEED", str(time.time_ns() % 10**9)))
LONGEST: Final = 2.0  # seconds of work for one file, on a busy machine
WORDS: Final = (
    *NUMBERS, *DATES, *TIMES, *DAYS, *SIGNS, *(value for values in HABITS.values() for value in values),
    "{", "}", "[", "]", ":", ": ", "- ", "# ", '"', "'", "|", ">", "&a", "*a", "!!int", "? ", "---\n", "\n", "\t", "\\", "@", "%",
    "<<: ", "\r", ",", ";", " ", "\n  ", '\\"', "å", "og ", "1",
    '"\\ud800"', '"\\U0010ffff"', "\ud800", "\U0001f600", "é", "e\u0301", "=", "~", "null", "true", ".nan", "a@b.dk", "<a@b.dk>", "sep=;",
)  # fmt: skip
QUOTES: Final = "\"'"
pytestmark = pytest.mark.timeout(int(SECONDS) + 600)


def _cut(text: str, chance: Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.choice((1, 1, 2, 5, 30, 300)) :]


def _put_in(text: str, chance: Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + chance.choice(WORDS) + text[start:]


def _repeat(text: str, chance: Random) -> str:
    start, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    part = text[start : min(end, start + 300)]
    return text[:start] + part * chance.choice((2, 2, 3, 50)) + text[start:]


def _move_line(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randrange(len(lines) + 1), " " * chance.randrange(5) + line.lstrip(" ") if chance.random() < 0.5 else line)
    return "".join(lines)


def _exchange_value(text: str, chance: Random) -> str:
    before, value = chance.choice(PLACES)
    word, other_value = chance.choice(WORDS), chance.choice(PLACES)[1]
    long = word * chance.choice((2, 20, 2000, 20_000))
    quote = chance.choice(("", "", '"', "'"))
    other = chance.choice((word, other_value, long, f"{quote}{value.strip(QUOTES)}{long}{other_value.strip(QUOTES)}{quote}"))
    return text.replace(before + value, before + other, 1)


CHANGES: Final[tuple[Callable[[str, Random], str], ...]] = (_cut, _put_in, _repeat, _move_line, _exchange_value, _exchange_value)


def _spoiled(text: str, chance: Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        text = chance.choice(CHANGES)(text, chance)
    content = bytearray(text.encode(chance.choice(("utf-8",) * 12 + ("utf-16", "cp1252", "latin-1")), "replace"))
    for _ in range(chance.choice((0, 0, 0, 1, 4))):
        if content:
            content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def _sample(chance: Random) -> Sample:
    if chance.random() < 0.3:
        return Sample("list", FROM_FILE, {"people/leaders.csv": _spoiled(chance.choice((f"email\n{PEOPLE}", SEVERAL, PEOPLE)), chance)})
    begun = chance.choice(
        (SMALL, SMALL, *(sample.content for sample in SAMPLES if isinstance(sample.content, str) and len(sample.content) < 9000))
    )
    return Sample("programme", _spoiled(begun, chance))


def _look(sample: Sample, folder: Path) -> None:
    """Read a sample as the bot does, and say everything about it in both languages."""
    file = sample.write(folder)
    faults: tuple[Fault, ...] = ()
    try:
        programme = load_file(file)
    except ProgrammeFaults as error:
        faults = error.faults
    for language in Language:
        assert "\n" not in "".join(fault_report(language, faults))
    assert all(fault.line >= 1 and fault.column >= 1 for fault in faults)
    assert no_fault_of_ours(faults)
    if faults:
        return
    tuple(agenda(programme))
    for remark in remarks(programme, programme.rounds.from_):
        assert all(in_words(language, remark) for language in Language)


@pytest.mark.parametrize("part", range(2))
def test_whatever_is_changed_is_read_or_told(part: int, tmp_path: Path) -> None:
    chance, end, wrong, times = Random(SEED + part), time.monotonic() + SECONDS, list[str](), 0  # noqa: S311 - to be had again by its seed
    while time.monotonic() < end and len(wrong) < 20:
        sample, began = _sample(chance), time.process_time()
        times += 1
        try:
            _look(sample, tmp_path / "sample")
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            wrong.append(f"{type(error).__name__}: {error} in {sample.content!r} {dict(sample.beside)!r}")
        if (took := time.process_time() - began) > LONGEST:
            wrong.append(f"{took:.1f} seconds: {sample.content[:3000]!r} {dict(sample.beside)!r}")
    print(f"seed {SEED + part}: {times} files")
    assert wrong == []
