"""The interface between the engine and a chat platform.

Meaning goes out (`Question`, `DigestPost`, `Plain`, …), actions come in (`Replied`, `Heard`, …), and an answer goes back at once (`Said`,
`ReplyForm`, …). Nothing here knows a vendor: no blocks, no cards, no payloads. From its methods a platform raises only `Later`, `Unsure`,
`OutOfService` (a `Later`), `Unreachable`, `Vanished`, `Unfit` or `Never` (bot/errors.py).

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
    """The place of a message on the platform."""

    channel: str
    stamp: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """A person found on the platform.

    `language` and `timezone` None: the platform does not say. `names`: all their names there. `guest`: they have a guest's account, or
    belong to another workspace. `other_address`: their second address; their actions come from the first.
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
    """The people of one source. `missing`: e-mails that belong to nobody; `closed`: those of them whose account is closed."""

    found: tuple[Found, ...]
    missing: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChannelFacts:
    """The facts about a channel that must be known before the bot posts there."""

    exists: bool
    member: bool
    archived: bool
    external: bool


@dataclass(frozen=True, kw_only=True)
class Door:
    """The engine's two functions for actions, which a platform calls.

    `act` may change things, and has committed when it returns; `read` only looks. Neither raises `Refused` (a refusal is an `Answer`). If
    one raises another error, nothing was stored.
    """

    act: Callable[[Action], Answer]
    read: Callable[[Action], Answer]

    def answer(self, action: Action) -> Answer:
        """The answer to an action: by `read` if it only looks, else by `act`."""
        return self.read(action) if action.only_looks else self.act(action)


class Platform(Protocol):
    """A chat platform, as the engine sees it."""

    def start(self, door: Door) -> None:
        """Check token and scopes (`SetupFault` names what is missing), then pass actions to `door` until `stop`."""
        ...

    def stop(self) -> None:
        """Stop listening."""
        ...

    def connected(self) -> bool:
        """Whether people's actions reach us now."""
        ...

    def send(self, address: str, meaning: Meaning, delivery_id: str) -> Receipt:
        """Send `meaning` to a person or a channel, marked with `delivery_id` so that `find` can find it."""
        ...

    def update(self, receipt: Receipt, meaning: Meaning) -> None:
        """Draw a message anew."""
        ...

    def find(self, address: str, delivery_id: str, since: datetime) -> Receipt | None:
        """Find a message sent since `since` by its `delivery_id`; None if there is none. Raises `Unsure` if the platform cannot tell."""
        ...

    def roster(self, sources: tuple[Source, ...]) -> Mapping[Source, Roster]:
        """Read the people of each source, with language and time zone."""
        ...

    def channel(self, channel: str) -> ChannelFacts:
        """Read the facts about a channel."""
        ...

    def time(self) -> datetime:
        """The time on the platform's clock, in UTC. Raises `Unsure` if it does not tell."""
        ...
