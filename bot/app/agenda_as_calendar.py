"""Writes a programme's agenda as an iCalendar file, which Outlook and other calendars import.

An event keeps its name however often it is imported, so that nothing stands there twice, and what has moved moves.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from bot.errors import SetupFault
from bot.programme import Role
from bot.sentence import sentence
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.programme import Entry, Programme
    from schedules.agenda import AgendaLine

LENGTH: Final = timedelta(minutes=15)  # what calendars show well


def as_calendar(programme: Programme, lines: Iterable[AgendaLine], now: datetime) -> bytes:
    """An iCalendar file with an event for each line that is not skipped. SetupFault: its package is missing."""
    try:
        from icalendar import Calendar, Event  # noqa: PLC0415 - the package is an extra
    except ModuleNotFoundError:
        raise SetupFault(sentence("setup.no_icalendar")) from None
    calendar = Calendar()
    calendar.add("prodid", "-//Eftertanke//preview//DA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", programme.title.in_(programme.language))
    for line in lines:
        if line.skipped is None:
            event = Event()
            event.add("uid", f"{_name(programme, line)}@eftertanke")
            event.add("dtstamp", now)
            event.add("dtstart", line.at.astimezone(UTC))
            event.add("dtend", line.at.astimezone(UTC) + LENGTH)
            event.add("transp", "TRANSPARENT")  # nobody is busy by it
            event.add("summary", _summary(programme, line))
            if texts := questions_asked(programme, line):
                event.add("description", "\n".join(texts))
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _name(programme: Programme, line: AgendaLine) -> str:
    """A name that stays when the event moves: of its questions, else of its week."""
    return "-".join(part for part in (programme.id, line.kind, line.question or line.week) if part)


def _summary(programme: Programme, line: AgendaLine) -> str:
    titles = " · ".join(programme.theme(theme).title.in_(programme.language) for theme in line.theme.split("+")) if line.theme else ""
    return say(programme.language, f"calendar.{line.kind}", theme=titles)


def entry_of(programme: Programme, line: AgendaLine) -> Entry | None:
    """The entry that a line is about; None if it is about none, or several."""
    return next((entry for entry in programme.rounds.order if entry.key == line.question), None)


def questions_asked(programme: Programme, line: AgendaLine) -> list[str]:
    """The texts of a line's questions in the programme's language, each with whom it is for if they are several."""
    entry, language = entry_of(programme, line), programme.language
    if entry is None:
        return []
    texts = [(say(language, f"data.role.{Role(role).value}"), question) for role, question in entry.by_role]
    texts += [] if entry.all is None else [(say(language, "calendar.all"), entry.all)]
    asked = [(whom, programme.question(question).ask.in_(language)) for whom, question in texts]
    return [asked[0][1]] if len(asked) == 1 and entry.all else [f"{whom[:1].upper()}{whom[1:]}: {text}" for whom, text in asked]
