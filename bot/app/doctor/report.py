"""Says what the doctor has found: for people in groups of lines, and for programs as records."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

import typer

from bot.app.doctor.finding import State
from bot.app.reader_language import reader_language
from bot.programme import Language
from bot.wording import say
from bot.wording.in_words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.app.doctor.finding import Finding
    from bot.sentence import Sentence

COLUMNS: Final = 79
WORDS: Final = {State.OK: "doctor.ok", State.REMARK: "doctor.remark", State.FAULT: "doctor.fault"}
COLOURS: Final = {State.OK: "green", State.REMARK: "yellow", State.FAULT: "red"}


def report(found: Mapping[str, Sequence[Finding]]) -> Iterator[str]:
    """The lines that people read: a heading for each group, and below it how each thing is. What mends several is said once."""
    language = reader_language()
    words = {state: say(language, key) for state, key in WORDS.items()}
    width = max(map(len, words.values())) + 2
    told: set[Sentence | None] = set()
    for group, findings in found.items():
        if findings:
            yield say(language, group)
            for finding, after in zip(findings, (*findings[1:], None), strict=True):
                with_cure = finding.cure not in told and (after is None or after.cure != finding.cure)
                told.add(finding.cure if with_cure else None)
                yield from _lines(finding, words[finding.state], width, with_cure=with_cure)
            yield ""
    yield _sum([finding.state for findings in found.values() for finding in findings])


def _lines(finding: Finding, word: str, width: int, *, with_cure: bool) -> Iterator[str]:
    """How something is, beside the word for it, and below it what to do, unless another line says the same."""
    language, margin = reader_language(), " " * (width + 2)
    first, *more = _wrap(in_words(language, finding.said), COLUMNS - len(margin))
    yield f"  {typer.style(word, fg=COLOURS[finding.state])}{' ' * (width - len(word))}{first}"
    if finding.cure is not None and with_cure:
        more += _wrap(say(language, "doctor.cure", cure=in_words(language, finding.cure)), COLUMNS - len(margin))
    yield from (f"{margin}{line}" for line in more)


def _wrap(text: str, columns: int) -> list[str]:
    """A text in lines; a path or a command is not broken."""
    return textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False)


def _sum(states: Sequence[State]) -> str:
    faults, remarks = states.count(State.FAULT), states.count(State.REMARK)
    if not faults and not remarks:
        return say(reader_language(), "doctor.all_well")
    return say(reader_language(), "doctor.sum", faults=faults, remarks=remarks)


def records(found: Mapping[str, Iterable[Finding]]) -> list[dict[str, Any]]:
    """What programs read: in English, like all that is for them."""
    return [
        {
            "check": finding.check,
            "state": finding.state.value,
            "text": in_words(Language.EN, finding.said).strip(),
            "cure": None if finding.cure is None else in_words(Language.EN, finding.cure),
        }
        for findings in found.values()
        for finding in findings
    ]
