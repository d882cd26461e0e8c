"""The timeline: where the season is, what has just happened, and whom it waits for.

It turns what the clock's controls know into words: the weeks as a strip, the newest event with a link to it, and the decision that waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from bot.workspace.page import labels
from bot.workspace.state.members import TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.workspace.page.clock_controls import ClockControls, SeasonWeek
    from bot.workspace.page.labels import Labels

PARTICIPANTS: Final = ("leader", "employee_rep")
SEEN_BY: Final[dict[str, tuple[str, ...]]] = {  # what happened → the roles that can see it
    "welcome": PARTICIPANTS,
    "round": PARTICIPANTS,
    "reminder": PARTICIPANTS,
    "close": ("organiser",),
    "draft": ("organiser",),
    "post": ("politician", "organiser"),
    "held": ("organiser",),
    "draft_report": ("organiser",),
    "post_report": ("politician", "organiser"),
    "held_report": ("organiser",),
    "answer": PARTICIPANTS,
    "thanks": PARTICIPANTS,
    "release": ("organiser",),
    "notice": ("organiser",),
}


@dataclass(frozen=True, kw_only=True)
class WeekEntry:
    """One week as the page shows it. `label` is set if the clock can jump to it."""

    number: str
    title: str
    what: str
    current: bool
    label: str | None
    past: bool


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """A sentence with a link. `person` is set if somebody else must be picked first; `see` is the text of the link."""

    words: str
    moment: str = ""
    see: str = ""
    person: str = ""
    place: str = ""


class Timeline:
    """What the controls know, in words. Moments are written in `timezone`."""

    def __init__(self, controls: ClockControls, timezone: str) -> None:
        self._controls = controls
        self._timezone = timezone

    def week_named(self, label: str, now: datetime) -> SeasonWeek | None:
        """The week with this label, if it lies ahead."""
        return next((week for week in self._controls.season() if week.label == label and week.opens and week.opens > now), None)

    def weeks(self, now: datetime, words: Labels) -> list[WeekEntry]:
        """The season's weeks, in order."""
        today = now.astimezone(ZoneInfo(self._timezone)).strftime("%G-W%V")
        return [self._entry(week, now, today, words) for week in self._controls.season()]

    def summary(self, words: Labels) -> str:
        """How long the season is."""
        weeks = [week for week in self._controls.season() if not week.ends]
        return words.say("weeks", count=len(weeks), questions=sum(week.opens is not None for week in weeks))

    def _entry(self, week: SeasonWeek, now: datetime, today: str, words: Labels) -> WeekEntry:
        ahead, current = week.opens is not None and week.opens > now, week.label == today
        parts = [words.week_now] if current else []
        if week.opens is None:
            parts.append(words.week_skipped)
        elif ahead:
            moment = labels.format_brief(words, week.opens, self._timezone)
            parts.append(words.say("week_report", moment=moment) if week.ends else words.say("week_goes_out", moment=moment))
            parts.append(words.week_jump)
        else:
            parts.append(words.week_ended if week.ends else words.week_past)
        return WeekEntry(
            number=week.label.rpartition("W")[2].lstrip("0"),
            title=week.titles.get(words.language) or next(iter(week.titles.values()), ""),
            what=" ".join(parts),
            current=current,
            label=week.label if ahead else None,
            past=week.opens is not None and not ahead,
        )

    def newest(self, words: Labels, place_for: Callable[[Sequence[str]], dict[str, Any]]) -> Pointer | None:
        """What happened last. `place_for` gives the link to where somebody of the roles sees it."""
        newest = self._controls.happened()
        if newest is None:
            return None
        moment, kind = newest
        where = place_for(SEEN_BY[kind]) if kind in SEEN_BY else {}
        return Pointer(words=words.past(kind), moment=labels.format_brief(words, moment, self._timezone), **where)

    def waits(self, words: Labels, place_for: Callable[[Sequence[str]], dict[str, Any]]) -> Pointer | None:
        """The decision that everything waits for, if any."""
        role = self._controls.waits_for()
        if role is None:
            return None
        where = place_for((role,))
        said = words.say("waits", role=words.role(TITLES.get(role, role)))
        return Pointer(words=said, **(where | {"see": words.waits_where} if where else {}))
