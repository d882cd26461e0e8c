"""What passes between the engine and a chat platform?

Meaning goes out (`Question`, `DigestPost`, `Plain`, …), what people do comes in (`Replied`, `Heard`, …), and an answer goes back at
once (`Said`, `ReplyForm`, …). Nothing here knows a vendor: no blocks, no cards, no payloads. A platform raises `Later`, `Unsure`,
`Unreachable`, `Vanished`, `Unfit` or `Never` (bot/errors.py) and nothing else from its methods.

An `address` is a person's or a channel's id on the platform. The whole seam is imported from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.actions import (
    Action,
    CameBack,
    DeclineReason,
    DigestApproved,
    DigestSentBack,
    Erased,
    Heard,
    HomeWanted,
    Left,
    MyDataWanted,
    MyRepliesWanted,
    Paused,
    PauseFormWanted,
    PeopleChanged,
    QuoteReviewWanted,
    QuotesReviewed,
    QuoteWithdrawn,
    Replied,
    ReplyDeleted,
    ReplyFormWanted,
    Responded,
    ResponseFormWanted,
    ResponseKind,
    ResponseReviewed,
    SendBackFormWanted,
    TypedDirectly,
)
from bot.answers import (
    Answer,
    FormErrors,
    Home,
    HomeChoice,
    MyData,
    MyReplies,
    MyReply,
    Nothing,
    PauseForm,
    QuoteReviewForm,
    QuoteToReview,
    Redrawn,
    ReplyForm,
    ResponseForm,
    Said,
    SendBackForm,
)
from bot.meaning import (
    DigestDraft,
    DigestPost,
    DigestText,
    Meaning,
    Part,
    Plain,
    PoliticalAnswer,
    Question,
    QuoteReview,
    Reminder,
    ResponseReview,
    Welcome,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.programme import Language, Source

__all__ = [
    "Action",
    "Answer",
    "CameBack",
    "ChannelFacts",
    "DeclineReason",
    "DigestApproved",
    "DigestDraft",
    "DigestPost",
    "DigestSentBack",
    "DigestText",
    "Door",
    "Erased",
    "FormErrors",
    "Found",
    "Heard",
    "Home",
    "HomeChoice",
    "HomeWanted",
    "Left",
    "Meaning",
    "MyData",
    "MyDataWanted",
    "MyReplies",
    "MyRepliesWanted",
    "MyReply",
    "Nothing",
    "Part",
    "PauseForm",
    "PauseFormWanted",
    "Paused",
    "PeopleChanged",
    "Plain",
    "Platform",
    "PoliticalAnswer",
    "Question",
    "QuoteReview",
    "QuoteReviewForm",
    "QuoteReviewWanted",
    "QuoteToReview",
    "QuoteWithdrawn",
    "QuotesReviewed",
    "Receipt",
    "Redrawn",
    "Reminder",
    "Replied",
    "ReplyDeleted",
    "ReplyForm",
    "ReplyFormWanted",
    "Responded",
    "ResponseForm",
    "ResponseFormWanted",
    "ResponseKind",
    "ResponseReview",
    "ResponseReviewed",
    "Roster",
    "Said",
    "SendBackForm",
    "SendBackFormWanted",
    "TypedDirectly",
    "Welcome",
]


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Where a message stands on the platform."""

    channel: str
    stamp: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """A person found on the platform. `language` and `timezone` None: the platform does not say. `names`: all they are called there."""

    address: str
    language: Language | None
    timezone: str | None
    active: bool
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The people of one source; `missing` are entries (e-mails) that the platform does not know."""

    found: tuple[Found, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChannelFacts:
    """What must be known of a channel before something is posted there."""

    exists: bool
    member: bool
    archived: bool
    external: bool


@dataclass(frozen=True, kw_only=True)
class Door:
    """The engine's door, handed to a platform: `act` may change things and has committed when it returns; `read` only looks.

    Both raise `Refused` never (a refusal is an `Answer`); what they do raise means that nothing was kept.
    """

    act: Callable[[Action], Answer]
    read: Callable[[Action], Answer]


class Platform(Protocol):
    """A chat platform, as the engine sees it."""

    def start(self, door: Door) -> None:
        """Check token and scopes (`SetupFault` names what is missing), then hand what people do to `door` until `stop`."""
        ...

    def stop(self) -> None:
        """Stop listening."""
        ...

    def connected(self) -> bool:
        """Whether what people do reaches us now."""
        ...

    def send(self, address: str, meaning: Meaning, delivery_id: str) -> Receipt:
        """Say `meaning` to a person or a channel, marked with `delivery_id` so that `find` can find it."""
        ...

    def update(self, receipt: Receipt, meaning: Meaning) -> None:
        """Draw a message anew."""
        ...

    def find(self, address: str, delivery_id: str, since: datetime) -> Receipt | None:
        """Look whether a message with `delivery_id` stands in the conversation since `since`; raises `Unsure` if one cannot tell."""
        ...

    def roster(self, sources: tuple[Source, ...]) -> Mapping[Source, Roster]:
        """The people of each source, with language and time zone."""
        ...

    def channel(self, channel: str) -> ChannelFacts:
        """The facts of a channel."""
        ...
