"""A plan: what an edit of a programme changes, compared with what runs, and why it must be held.

`schedules/planner.py` works it out; here are its values. All moments are aware.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.programme import Programme, Slot, Week


class Sign(StrEnum):
    """What happens to something: it is new, it changes, or it goes."""

    NEW = "+"
    CHANGED = "~"
    GONE = "−"


class Item(StrEnum):
    """What a change is about. Rounds are named by their entry's key, weeks as `2018-W35`, lists by role, all else by its id or key."""

    ROUND = "round"
    REMINDER = "reminder"
    CLOSE = "close"
    DIGEST = "digest"
    REPORT = "report"  # of the season; it and the thanks follow from the last close, so no plan lists them
    THANKS = "thanks"
    LIST = "list"  # the people in a file
    SOURCE = "source"
    CHANNEL = "channel"
    FLOOR = "floor"
    RETENTION = "retention"
    REVIEW = "review"
    FILTER = "filter"
    QUESTION = "question"  # its text, or one more or less in the bank
    THEME = "theme"
    INFORMATION = "information"
    SETTING = "setting"  # anything else, by the path of its keys


class HoldReason(StrEnum):
    """Why an edit is held until an organiser puts it in force."""

    COMING_WEEK = "coming_week"  # it changes what participants or politicians have been told
    SOURCE = "source"
    SOURCE_GONE = "source_gone"
    CHANNEL = "channel"
    FLOORS = "floors"
    RETENTION = "retention"
    REVIEW = "review"
    FILTER = "filter"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line of a plan.

    `before` and `after`: the moment of a round, reminder, close or digest; else the value as it stands in the file, or the size of a list.
    `people`: how many stand on the lists that it reaches; None: unknown, or it reaches none. `why`: the keys of the file that bring it
    about, such as `rounds.order`. `held`: why this line must wait. `sent`: it is a question that has gone out, for which nothing changes.
    """

    sign: Sign
    item: Item
    name: str
    before: datetime | str | int | None = None
    after: datetime | str | int | None = None
    people: int | None = None
    why: tuple[str, ...] = ()
    held: HoldReason | None = None
    sent: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that an edit changes. `fingerprint` is another one if the texts, the lists or what has gone out are others."""

    changes: tuple[Change, ...]
    fingerprint: str

    @property
    def held(self) -> tuple[HoldReason, ...]:
        """The reasons to hold the edit, each once; empty: it is in force at once."""
        return tuple(dict.fromkeys(change.held for change in self.changes if change.held is not None))


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """An edit that was checked and not made yet.

    It has the file's bytes before and after, the programme that follows, and the plan.
    """

    before: bytes
    after: bytes
    programme: Programme
    plan: Plan


@dataclass(frozen=True, kw_only=True)
class Coming:
    """One thing that comes next: a round with its questions, a reminder, a close or a digest. `week`: as `2018-W35`."""

    item: Item
    at: datetime
    week: str
    theme: str | None = None  # its id
    questions: tuple[str, ...] = ()  # their ids
    people: int | None = None


@dataclass(frozen=True, kw_only=True)
class LostInPause:
    """What a pause for all has cost.

    In the `whole` weeks no question went out, and none will; in the others, several a week, only some did not. `slots`: the sending
    days that are lost.
    """

    whole: tuple[Week, ...] = ()
    partly: tuple[Week, ...] = ()
    slots: frozenset[Slot] = frozenset()

    @property
    def weeks(self) -> tuple[Week, ...]:
        """All these weeks, in order."""
        return tuple(sorted((*self.whole, *self.partly)))


@dataclass(frozen=True, kw_only=True)
class AfterPause:
    """What happens when a pause for all ends, compared with what was planned when it began.

    `at_once`: the keys of the entries that go out then, because their moment came in the pause and it is not too late.
    """

    changes: tuple[Change, ...] = ()
    at_once: tuple[str, ...] = ()
