"""The actions: all that people may do, and what the platform tells of its own changes.

Each action is a small value. The platform makes it from a payload; nothing after that knows a vendor.
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

    `who` is their address. The platform vouches for it; it never comes from a button's value. `only_looks`: the action changes nothing.
    """

    only_looks: ClassVar[bool] = False

    who: str


@dataclass(frozen=True, kw_only=True)
class ReplyFormWanted(Action):
    """*Svar* was pressed. `round` None: the newest open round."""

    only_looks: ClassVar[bool] = True
    round: int | None = None


@dataclass(frozen=True, kw_only=True)
class Replied(Action):
    """A reply form was sent, new or changed. `seen`: what its form showed, as in `ReplyForm`.

    `choose`: the author wants to choose what is quoted of it.
    """

    round: int
    text: str
    wish: bool = False
    quote: bool = False
    seen: str | None = None
    choose: bool = False


@dataclass(frozen=True, kw_only=True)
class ReplyDeleted(Action):
    """A person deletes their own reply."""

    round: int


@dataclass(frozen=True, kw_only=True)
class MyRepliesWanted(Action):
    """A person asks for all their own replies (*Mine svar*). `start`: the number of the first one to show, the newest first."""

    only_looks: ClassVar[bool] = True
    start: int = 0


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
    """A person wants to be asked at this hour from the next question on. None: at the programme's hour."""

    hour: time | None = None


@dataclass(frozen=True, kw_only=True)
class WhyWanted(Action):
    """A person asks where a round's theme comes from (*Hvorfor dette spørgsmål?*)."""

    only_looks: ClassVar[bool] = True
    round: int


@dataclass(frozen=True, kw_only=True)
class CameBack(Action):
    """A person comes back from a pause, or after leaving (*Jeg er her igen*)."""


@dataclass(frozen=True, kw_only=True)
class Left(Action):
    """A person leaves the dialogue (*Meld mig fra*)."""


@dataclass(frozen=True, kw_only=True)
class TypedDirectly(Action):
    """Somebody typed a direct message. Its text is left at the platform. `event` is the platform's id of the event."""

    event: str


@dataclass(frozen=True, kw_only=True)
class HomeWanted(Action):
    """A person opened their own page."""

    only_looks: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class DigestApproved(Action):
    """An organiser approves a draft. `seen`: the fingerprint of the page that they saw."""

    digest: int
    seen: str


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
    """*Svar deltagerne* was pressed, or *Svar på ønskerne* of one theme (its id)."""

    only_looks: ClassVar[bool] = True
    digest: int
    theme: str | None = None


class ResponseKind(StrEnum):
    """The kinds of a politician's response."""

    HEARD = "heard"
    TAKE_UP = "take_up"
    NOT_OURS = "not_ours"
    FREE_TEXT = "free_text"
    QUESTION_BACK = "question_back"
    DONE = "done"  # of a promise: it has been kept
    DROPPED = "dropped"  # of a promise: nothing came of it


ANSWER_KINDS = tuple(kind for kind in ResponseKind if kind not in {ResponseKind.DONE, ResponseKind.DROPPED})


@dataclass(frozen=True, kw_only=True)
class Responded(Action):
    """A politician responds to a digest or, if `theme` (its id) is given, to the wishes on that theme.

    `place`: to one quote of the theme, by its place. `due`: the day by which a promise is to be kept. `name`: the name to sign with.
    """

    digest: int
    kind: ResponseKind
    text: str
    theme: str | None = None
    place: int | None = None
    due: date | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class OutcomeFormWanted(Action):
    """A politician is about to tell what became of a promise: `kind` is DONE or DROPPED."""

    only_looks: ClassVar[bool] = True
    promise: int
    kind: ResponseKind


@dataclass(frozen=True, kw_only=True)
class OutcomeTold(Action):
    """A politician tells what became of a promise: `kind` is DONE or DROPPED."""

    promise: int
    kind: ResponseKind
    text: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class WishQuestionProposed(Action):
    """A politician wants to know what is wished on a theme (*Spørg, hvad der ønskes*)."""

    digest: int
    theme: str


@dataclass(frozen=True, kw_only=True)
class MethodWanted(Action):
    """A person asks how the numbers of a digest are made (*Sådan er tallene lavet*)."""

    only_looks: ClassVar[bool] = True
    digest: int


@dataclass(frozen=True, kw_only=True)
class AnswersWanted(Action):
    """A person asks for all answers and promises that a digest tells of, in full (*Læs alle svar*).

    `start`: the number of the first line to show.
    """

    only_looks: ClassVar[bool] = True
    digest: int
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class LedgerWanted(Action):
    """A person asks what became of the wishes (*Det kom der ud af det*). `start`: the number of the first entry to show."""

    only_looks: ClassVar[bool] = True
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class FindingFormWanted(Action):
    """An organiser wants to pick what stands at the top of a draft."""

    only_looks: ClassVar[bool] = True
    digest: int


@dataclass(frozen=True, kw_only=True)
class FindingPicked(Action):
    """An organiser picks what stands at the top of a draft, by the name of a kind of finding (`bot/states.py`).

    `seen`: what was picked when the form was opened.
    """

    digest: int
    finding: str
    seen: str | None = None


@dataclass(frozen=True, kw_only=True)
class PoliticiansFormWanted(Action):
    """An organiser wants to ask politicians about the wishes on a theme that nobody has answered."""

    only_looks: ClassVar[bool] = True
    digest: int
    theme: str


@dataclass(frozen=True, kw_only=True)
class PoliticiansAsked(Action):
    """An organiser asks these politicians (their addresses) to answer the wishes on a theme."""

    digest: int
    theme: str
    whom: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ResponseReviewed(Action):
    """An organiser releases a response to the participants, or declines to."""

    response: int
    release: bool


@dataclass(frozen=True, kw_only=True)
class ListConfirmed(Action):
    """An organiser confirms that a held list is right."""

    hold: int


class DeclineReason(StrEnum):
    """The reasons to decline a quote. Its author is told the reason, never who gave it."""

    NAMES_SOMEONE = "names_someone"
    RECOGNISABLE = "recognisable"
    HURTFUL = "hurtful"
    UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True)
class QuoteReviewWanted(Action):
    """*Se citater* was pressed, for one theme (its id) of a digest. `page`: None is the first on which something waits."""

    only_looks: ClassVar[bool] = True
    digest: int
    theme: str
    page: int | None = None


@dataclass(frozen=True, kw_only=True)
class QuotesReviewed(Action):
    """An organiser has reviewed quotes. `decisions`: quote id → the reason to decline it, or None (approved); undecided ones are absent."""

    digest: int
    theme: str
    decisions: Mapping[str, DeclineReason | None]


@dataclass(frozen=True, kw_only=True)
class QuoteWithdrawn(Action):
    """A person does not want their own reply to be quoted, or no longer."""

    round: int


@dataclass(frozen=True, kw_only=True)
class MyDataWanted(Action):
    """A person asks for everything that is kept about them (*Alt om mig*).

    `start`: the number of the first part to show, because one screen may not hold all.
    """

    only_looks: ClassVar[bool] = True
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class ReadMoreWanted(Action):
    """A person asks for all that people have a right to know about the dialogue (*Læs mere*)."""

    only_looks: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class DigestsWanted(Action):
    """A person asks for the issued digests, newest first (*Ugens overblik*). `start`: the place of the first one to show in that order."""

    only_looks: ClassVar[bool] = True
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class Erased(Action):
    """A person wants everything about them deleted (*Slet alt om mig*)."""


@dataclass(frozen=True, kw_only=True)
class PeopleChanged(Action):
    """People or lists changed on the platform: somebody joined, was deactivated, or changed time zone."""


class ChannelChange(StrEnum):
    """The changes of a channel. `MOVED`: it has another id now."""

    ARCHIVED = "archived"
    UNARCHIVED = "unarchived"
    DELETED = "deleted"
    RENAMED = "renamed"
    MOVED = "moved"
    SHARED = "shared"
    UNSHARED = "unshared"


@dataclass(frozen=True, kw_only=True)
class ChannelChanged(Action):
    """A channel has changed. `event` is the platform's id of the event, `moved_to` the channel's new id."""

    channel: str
    change: ChannelChange
    event: str
    moved_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class AppRemoved(Action):
    """The app was removed from the platform, or its token was withdrawn."""
