"""What passes between the engine and a chat platform?

Meaning goes out (`Question`, `DigestPost`, `Plain`, …), what people do comes in (`Replied`, `Heard`, …), and an answer goes back at
once (`Said`, `ReplyForm`, …). Nothing here knows a vendor: no blocks, no cards, no payloads. A platform raises `Later`, `Unsure`,
`OutOfService` (a `Later`), `Unreachable`, `Vanished`, `Unfit` or `Never` (bot/errors.py) and nothing else from its methods.

An `address` is a person's or a channel's id on the platform.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.programme import Language, Source
    from bot.seam.actions import Action
    from bot.seam.answers import Answer
    from bot.seam.meaning import Meaning


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Where a message stands on the platform."""

    channel: str
    stamp: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """A person found on the platform. `language` and `timezone` None: the platform does not say. `names`: all they are called there.

    `guest`: they are there by leave, or belong elsewhere. `other_address`: a second one they have; what they do comes under the first.
    """

    address: str
    language: Language | None
    timezone: str | None
    active: bool
    names: tuple[str, ...] = ()
    guest: bool = False
    other_address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The people of one source; `missing` are entries (e-mails) nobody is behind, `closed` those of them whose account is closed."""

    found: tuple[Found, ...]
    missing: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


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

    def answer(self, action: Action) -> Answer:
        """Answer an action: by `read` if it only looks, else by `act`."""
        return self.read(action) if action.only_looks else self.act(action)


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

    def time(self) -> datetime:
        """What time it is on the platform's clock, in UTC; raises `Unsure` if it does not tell."""
        ...
