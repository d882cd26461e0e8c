"""What may the bot still say about something a person did?

A response_url lets it answer in the place where a button was pressed or a command typed: five times within thirty minutes of the
workspace's clock. The same words may stand in the acknowledgement of a command.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.workspace.block_rules import message_problems
from bot.workspace.errors import Refusal

if TYPE_CHECKING:
    from bot.workspace.block_rules import Json
    from bot.workspace.state.workspace_state import WorkspaceState

USES: Final = 5
LIFE: Final = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a person did something; `ts` is the message it was done to, if any."""

    channel: str
    user: str
    ts: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Permit:
    origin: Origin
    until: datetime
    uses: int = USES


class ResponseUrls:
    """The response_urls that were handed out."""

    def __init__(self, state: WorkspaceState) -> None:
        self._state = state
        self._permits: dict[str, _Permit] = {}

    def url(self, origin: Origin) -> str:
        """A fresh response_url for something done at `origin`."""
        self._forget_old()
        key = uuid.uuid4().hex
        self._permits[key] = _Permit(origin=origin, until=self._state.clock.now() + LIFE)
        return f"{self._state.address}response/{key}"

    def use(self, key: str, body: Json) -> None:
        """Say `body` where the url with this key came from.

        Raises:
            Refusal: the url is unknown, too old or used up, or what is said breaks a rule.
        """
        permit = self._permits.get(key)
        if permit is None or self._state.clock.now() > permit.until:
            raise Refusal("expired_url")
        if not permit.uses:
            raise Refusal("used_url")
        self._permits[key] = replace(permit, uses=permit.uses - 1)
        post_response(self._state, permit.origin, body)

    def forget(self) -> None:
        """None that was handed out holds any longer."""
        self._permits.clear()

    def _forget_old(self) -> None:
        now = self._state.clock.now()
        for key, permit in list(self._permits.items()):
            if permit.until > now:
                break
            del self._permits[key]


def post_response(state: WorkspaceState, origin: Origin, body: Json) -> None:
    """Say `body` at `origin`: as a new message (only for the person, unless it says in_channel), in place of the old one, or remove it.

    Raises:
        Refusal: the blocks break a rule, or nothing is said.
    """
    if problems := message_problems(body.get("blocks") or []):
        raise Refusal("invalid_blocks", errors=problems)
    original = state.store.one(origin.channel, origin.ts) if origin.ts else None
    if original and body.get("delete_original"):
        state.remove(original)
        return
    content = {"text": body.get("text", ""), "blocks": body.get("blocks") or []}
    if not any(content.values()):
        raise Refusal("no_text")
    if original and body.get("replace_original"):
        state.edit(original, **content)
        return
    only_for = None if body.get("response_type") == "in_channel" else origin.user
    state.post(origin.channel, user=state.population.bot_user_id, only_for=only_for, **content)
