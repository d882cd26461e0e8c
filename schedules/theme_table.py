"""A table of a programme's themes: how many questions each role gets on each of them, and in which weeks.

It is drawn for the file as it stands, as if nothing had gone out yet: a theme that is forgotten shows at once.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from bot.programme import PARTICIPANTS
from bot.wording import say, say_n
from bot.wording.sentences import join
from schedules.slots import History, assignment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.programme import Language, Programme, Role

NOBODY: Final = "–"
GAP: Final = "  "


def theme_table(programme: Programme, language: Language) -> Iterator[str]:
    """The lines of the table, the heading first. Each cell has a number of questions and the weeks in which they go out."""
    roles = [role for role in PARTICIPANTS if role in programme.people.sources()]
    weeks = _weeks_by_theme_and_role(programme)
    rows = [[say(language, "themes.theme"), *(say(language, f"themes.{role.value}") for role in roles)]]
    rows += [
        [theme.title.in_(programme.language), *(_cell(weeks.get((theme.id, role), ()), language) for role in roles)]
        for theme in programme.themes
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        line = GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        yield f"{line}{GAP}{say(language, 'themes.nobody')}" if number and set(row[1:]) == {NOBODY} else line


def _weeks_by_theme_and_role(programme: Programme) -> Mapping[tuple[str, Role], Sequence[int]]:
    """The week of each question that a role gets on a theme, in order."""
    weeks = defaultdict[tuple[str, "Role"], list[int]](list)
    for slot, entry in assignment(programme, History()).items():
        for role in PARTICIPANTS:
            if entry.question_for(role) is not None:
                weeks[entry.theme, role].append(slot.week.number)
    return weeks


def _cell(weeks: Sequence[int], language: Language) -> str:
    if not weeks:
        return NOBODY
    numbers = list(dict.fromkeys(weeks))
    return say_n(language, "themes.in_weeks", len(numbers), questions=len(weeks), weeks=join(language, list(map(str, numbers))))
