"""Draws a programme's agenda as a table in the reader's language.

What people will read themselves is in the programme's language. A terminal gets several lines for a long question, a pipe always one.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from bot.app.agenda_as_calendar import entry_of, questions_asked
from bot.programme import LONGEST_ASK, PARTICIPANTS, Role
from bot.wording import say
from bot.wording.dates import date_in, short_moment_in
from bot.wording.in_words import in_words, make_printable
from bot.wording.sentences import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.programme import Language, Programme
    from schedules.agenda import AgendaLine

UNWRAPPED: Final = 10_000  # columns; wider than any line, for output that is not a terminal
WIDEST_THEME: Final = 20  # characters in a terminal, so that a question has room
LONGEST_TEXT: Final = LONGEST_ASK + 100  # with whom it is for
UNKNOWN: Final = "?"
KINDS: Final = {
    "welcome": "agenda.kind.welcome",
    "round": "agenda.kind.round",
    "reminder": "agenda.kind.reminder",
    "close": "agenda.kind.close",
    "digest": "agenda.kind.digest",
    "report": "agenda.kind.report",
    "thanks": "agenda.kind.thanks",
}


def agenda_heading(
    programme: Programme, lines: Sequence[AgendaLine], sizes: Mapping[Role, int | None], language: Language
) -> Iterator[str]:
    """What comes above the table: the programme, the days that are shown and the sizes of its lists."""
    title = programme.title.in_(programme.language)
    if not lines:
        yield f"{title} · {programme.timezone}"
        return
    yield f"{title} · {date_in(language, lines[0].at)} – {date_in(language, lines[-1].at)} · {programme.timezone}"
    on_lists = [f"{UNKNOWN if size is None else size} {_people(role, language)}" for role, size in sizes.items()]
    yield say(language, "agenda.sizes", sizes=join(language, on_lists))
    if None in sizes.values():
        yield say(language, "agenda.unread")


def agenda_table(programme: Programme, lines: Sequence[AgendaLine], language: Language) -> str:
    """The lines of an agenda as a table."""
    from rich.console import Console  # noqa: PLC0415 - slow to import, and JSON needs none
    from rich.table import Table  # noqa: PLC0415 - likewise
    from rich.text import Text  # noqa: PLC0415 - likewise

    is_terminal = sys.stdout.isatty()
    drawn = Table(box=None, pad_edge=False)
    for heading in ("agenda.head.when", "agenda.head.what"):
        drawn.add_column(say(language, heading), no_wrap=True)
    drawn.add_column(say(language, "agenda.head.theme"), no_wrap=True, max_width=WIDEST_THEME if is_terminal else None)
    drawn.add_column(say(language, "agenda.head.to"))
    drawn.add_column(say(language, "agenda.head.people"), no_wrap=True)
    drawn.add_column(say(language, "agenda.head.question"), ratio=1)
    for line in lines:
        *short, texts = _cells(programme, line, language)
        drawn.add_row(*short, Text(("\n" if is_terminal else " · ").join(texts)), style="dim" if line.skipped else None)
    console = Console(highlight=False, markup=False, width=None if is_terminal else UNWRAPPED)
    with console.capture() as captured:
        console.print(drawn)
    return "\n".join(row.rstrip() for row in captured.get().splitlines())


def _cells(programme: Programme, line: AgendaLine, language: Language) -> tuple[str, str, str, str, str, list[str]]:
    """What a line has in each column; in the last one several texts."""
    titles = [programme.theme(theme).title.in_(programme.language) for theme in line.theme.split("+")] if line.theme else []
    people = (
        UNKNOWN
        if line.recipients is None and line.kind in {"welcome", "round", "thanks"} and line.skipped is None
        else str(line.recipients or "")
    )
    return (
        short_moment_in(language, line.at),
        say(language, KINDS[line.kind]),
        ", ".join(titles),
        _audience(programme, line, language),
        people,
        list(_texts(programme, line, language)),
    )


def _audience(programme: Programme, line: AgendaLine, language: Language) -> str:
    """The people that something goes to; a close goes to nobody."""
    if line.kind in {"digest", "report"}:
        return _people(Role.POLITICIAN, language)
    entry, roles = entry_of(programme, line), [role for role in PARTICIPANTS if role in programme.people.sources()]
    asked = roles if entry is None else [role for role in roles if entry.question_for(role) is not None]
    if line.audience is None:
        return ""
    return say(language, "week.all") if asked == roles else join(language, [_people(role, language) for role in asked])


def _texts(programme: Programme, line: AgendaLine, language: Language) -> Iterator[str]:
    """The ids of a line's questions, then in the same order what they ask when they go out, and why the line is skipped or has moved."""
    if line.question:
        entry = entry_of(programme, line)
        yield "+".join(entry.question_ids) if entry else line.question
    if line.kind == "round":
        yield from (make_printable(" ".join(text.split()), LONGEST_TEXT) for text in questions_asked(programme, line))
    if line.skipped:
        yield say(language, "agenda.skipped", why=in_words(language, line.skipped))
    if line.moved:
        day_off = in_words(language, line.moved.day_off)
        yield say(language, "agenda.moved", at=short_moment_in(language, line.moved.planned), day_off=day_off)


def _people(role: Role, language: Language) -> str:
    return say(language, f"list.of.{role.value}")
