"""What may a person do?

Each action is a small value; the line that makes it from a payload is the last one that knows a vendor.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something a person did.

    `who` is their address, vouched for by the platform, never taken from a button's value. `only_looks`: the action changes nothing.
    """

    only_looks: ClassVar[bool] = False

    who: str


@dataclass(frozen=True, kw_only=True)
class ReplyFormWanted(Action):
    """*Svar* was pressed. `round` None: whatever is open (`/eftertanke svar`)."""

    only_looks: ClassVar[bool] = True
    round: int | None = None


@dataclass(frozen=True, kw_only=True)
class Replied(Action):
    """A reply form was sent, new or changed."""

    round: int
    text: str
    wish: bool = False
    quote: bool = False


@dataclass(frozen=True, kw_only=True)
class ReplyDeleted(Action):
    """One's own reply is to be deleted."""

    round: int


@dataclass(frozen=True, kw_only=True)
class MyRepliesWanted(Action):
    """*Mine svar*."""

    only_looks: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class PauseFormWanted(Action):
    """*Pause* was pressed."""

    only_looks: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Paused(Action):
    """A pause until and including a day."""

    until: date


@dataclass(frozen=True, kw_only=True)
class HourChosen(Action):
    """From the next question on they want to be asked at this hour. None: at the programme's."""

    hour: time | None = None


@dataclass(frozen=True, kw_only=True)
class WhyWanted(Action):
    """*Hvorfor dette spørgsmål?*: where a round's theme comes from."""

    only_looks: ClassVar[bool] = True
    round: int


@dataclass(frozen=True, kw_only=True)
class CameBack(Action):
    """*Jeg er her igen*: back from a pause, or into the dialogue after leaving."""


@dataclass(frozen=True, kw_only=True)
class Left(Action):
    """*Meld mig fra*: out of the dialogue."""


@dataclass(frozen=True, kw_only=True)
class TypedDirectly(Action):
    """A direct message was typed. What it said stops at the platform. `event` is the platform's id of the event."""

    event: str


@dataclass(frozen=True, kw_only=True)
class HomeWanted(Action):
    """The bot's own page (App Home), or `/eftertanke` without more, was opened."""

    only_looks: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class DigestApproved(Action):
    """An organiser approves a draft."""

    digest: int


@dataclass(frozen=True, kw_only=True)
class SendBackFormWanted(Action):
    """*Send tilbage* was pressed."""

    only_looks: ClassVar[bool] = True
    digest: int


@dataclass(frozen=True, kw_only=True)
class DigestSentBack(Action):
    """An organiser holds a draft, with a note."""

    digest: int
    note: str


@dataclass(frozen=True, kw_only=True)
class Heard(Action):
    """A politician acknowledges a digest."""

    digest: int


@dataclass(frozen=True, kw_only=True)
class ResponseFormWanted(Action):
    """*Svar deltagerne* was pressed, or *Svar på ønsket* of one theme (its id)."""

    only_looks: ClassVar[bool] = True
    digest: int
    theme: str | None = None


class ResponseKind(StrEnum):
    """What a politician's response is."""

    HEARD = "heard"
    TAKE_UP = "take_up"
    NOT_OURS = "not_ours"
    FREE_TEXT = "free_text"
    QUESTION_BACK = "question_back"


@dataclass(frozen=True, kw_only=True)
class Responded(Action):
    """A politician's response to a digest, or to the wishes on one theme of it (its id)."""

    digest: int
    kind: ResponseKind
    text: str
    theme: str | None = None


@dataclass(frozen=True, kw_only=True)
class ResponseReviewed(Action):
    """An organiser releases a response to the participants, or declines to."""

    response: int
    release: bool


@dataclass(frozen=True, kw_only=True)
class ListConfirmed(Action):
    """An organiser says that a list that was held is right."""

    hold: int


class DeclineReason(StrEnum):
    """Why a reviewer declines a quote. Its author is told the reason, never who gave it."""

    NAMES_SOMEONE = "names_someone"
    RECOGNISABLE = "recognisable"
    HURTFUL = "hurtful"
    UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True)
class QuoteReviewWanted(Action):
    """*Se citater* was pressed: the quotes of one theme of a digest are to be reviewed."""

    only_looks: ClassVar[bool] = True
    digest: int
    theme: str


@dataclass(frozen=True, kw_only=True)
class QuotesReviewed(Action):
    """An organiser has reviewed quotes: quote id → None (approved) or the reason to decline it. Those left undecided are not named."""

    digest: int
    theme: str
    decisions: Mapping[str, DeclineReason | None]


@dataclass(frozen=True, kw_only=True)
class QuoteWithdrawn(Action):
    """One's own reply is not to be quoted (any more)."""

    round: int


@dataclass(frozen=True, kw_only=True)
class MyDataWanted(Action):
    """*Alt om mig*: everything that is kept about the person, from the part with this number on: one screen may not hold all."""

    only_looks: ClassVar[bool] = True
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class ReadMoreWanted(Action):
    """*Læs mere*: all that people have a right to know of the dialogue."""

    only_looks: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class DigestsWanted(Action):
    """*Ugens overblik*: the issued digests, newest first, from the one with this number in that order on."""

    only_looks: ClassVar[bool] = True
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class Erased(Action):
    """*Slet alt om mig*."""


@dataclass(frozen=True, kw_only=True)
class PeopleChanged(Action):
    """The platform says that people or lists changed (someone joined, was deactivated, changed time zone)."""


class ChannelChange(StrEnum):
    """What happened to a channel. `MOVED`: it goes by another id now."""

    ARCHIVED = "archived"
    UNARCHIVED = "unarchived"
    DELETED = "deleted"
    RENAMED = "renamed"
    MOVED = "moved"
    SHARED = "shared"
    UNSHARED = "unshared"


@dataclass(frozen=True, kw_only=True)
class ChannelChanged(Action):
    """A channel has changed. `event` is the platform's id of the event, `moved_to` the id that a channel goes by now."""

    channel: str
    change: ChannelChange
    event: str
    moved_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class AppRemoved(Action):
    """The platform does not let the app in any more: it was removed, or its token withdrawn."""
