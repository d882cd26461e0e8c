"""Copies a programme file with new dates, for the next conference.

Only the dates, the id and the years in the titles change, and the hour if another is wished for; every other letter stays, comments
included. Midday is proposed: 83 % answer what comes at 12:00-13:30, 56 % what comes before 9. The figures are those of the request for
this, which names no study.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import time
from typing import TYPE_CHECKING, Final

from bot.errors import ProgrammeFaults, SetupFault
from bot.sentence import sentence
from schedules.programme_file import load_file, load_files, read_source
from schedules.sending_days import last_day

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from bot.programme import Programme, Rounds
    from schedules.checking.source import KeyPath, SourceFile


FORENOON: Final = time(11)
MIDDAY: Final = time(12)
AFTERNOON: Final = time(14)


def is_far_from_midday(at: time) -> bool:
    """Whether fewer people answer at this hour than at midday."""
    return not FORENOON <= at <= AFTERNOON


def renew(path: Path, start: date, at: time | None = None) -> Path:
    """Write a copy that starts on `start` beside the file, and return its path. It asks at `at`; None: as before.

    Raises ProgrammeFaults if the file or its copy has faults, or if both would run at the same time; SetupFault if the file exists already,
    or if too few sending days follow. Then nothing is written.
    """
    programme, source = load_file(path), read_source(path)
    new_id = _new_name(programme.id, programme.rounds.from_.year, start.year)
    target = path.with_name(f"{new_id}.yaml")
    text = _apply_changes(source, _changes(programme, start, new_id, at or programme.rounds.at) | _without_case(source))
    try:
        with target.open("x", encoding="utf-8") as file:
            os.fchmod(file.fileno(), path.stat().st_mode & 0o777 | stat.S_IWUSR)  # whoever reads the one reads the other
            file.write(text)
    except FileExistsError:
        raise SetupFault(sentence("setup.copy_there", file=target)) from None
    except OSError as error:
        with suppress(OSError):
            target.unlink()  # what was begun
        raise SetupFault(sentence("setup.copy_unwritable", file=target, why=error)) from None
    try:
        load_files([path, target])
    except ProgrammeFaults:
        target.unlink()
        raise
    return target


def _new_name(name: str, old_year: int, new_year: int) -> str:
    """The name with the new year instead of the old one; without the old one, the new year or a 2 is added."""
    new_name = name.replace(str(old_year), str(new_year))
    if new_name != name:
        return new_name
    return f"{name}-2" if str(new_year) in name else f"{name}-{new_year}"


def _changes(programme: Programme, start: date, new_id: str, at: time) -> dict[KeyPath, tuple[str, str]]:
    """What is replaced by what, at each place."""
    rounds, agreement_day = programme.rounds, programme.guidelines_agreed.on
    years = (str(rounds.from_.year), str(start.year))
    return {
        ("programme",): (programme.id, new_id),
        ("title", "da"): years,
        ("title", "en"): years,
        ("rounds", "at"): (f"{rounds.at:%H:%M}", f"{at:%H:%M}"),
        ("rounds", "from"): (str(rounds.from_), str(start)),
        ("rounds", "until"): (str(rounds.until), str(_new_end(rounds, start))),
        ("guidelines_agreed", "on"): (str(agreement_day), str(agreement_day + (start - rounds.from_))),
    }


def _without_case(source: SourceFile) -> dict[KeyPath, tuple[str, str]]:
    """The number of the old case is taken out: the new programme has a case of its own."""
    path = ("filing", "case")
    if not source.get(*path):
        return {}
    span = source.values[path]
    return {path: (source.text[span.start : span.end].rstrip(), '""')}


def _new_end(rounds: Rounds, start: date) -> date:
    """The day of the last entry if the first goes out on or after `start`."""
    day = last_day(rounds, start, len(rounds.order))
    if day is None:
        raise SetupFault(sentence("setup.too_few_days", start=start, n=len(rounds.order)))
    return day


def _apply_changes(source: SourceFile, changes: dict[KeyPath, tuple[str, str]]) -> str:
    text = source.text
    for path, (old, new) in sorted(changes.items(), key=lambda change: source.values[change[0]], reverse=True):
        span = source.values[path]
        text = text[: span.start] + text[span.start : span.end].replace(old, new) + text[span.end :]
    return text
