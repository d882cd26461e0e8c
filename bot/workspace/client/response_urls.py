"""Response URLs: with them the bot answers in the place where a person did something.

Each allows five messages within thirty minutes of the workspace's clock. An acknowledgement of a command may carry the same message.
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
    """The place where a person did something; `ts` is the message it was done to, if any."""

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
        """Post `body` in the place where the url with this key came from.

        Raises:
            Refusal: the url is unknown, too old or used up, or the message breaks a rule.
        """
        permit = self._permits.get(key)
        if permit is None or self._state.clock.now() > permit.until:
            raise Refusal("expired_url")
        if not permit.uses:
            raise Refusal("used_url")
        self._permits[key] = replace(permit, uses=permit.uses - 1)
        post_response(self._state, permit.origin, body)

    def forget(self) -> None:
        """Forget all that were handed out."""
        self._permits.clear()

    def _forget_old(self) -> None:
        now = self._state.clock.now()
        for key, permit in list(self._permits.items()):
            if permit.until > now:
                break
            del self._permits[key]


def post_response(state: WorkspaceState, origin: Origin, body: Json) -> None:
    """Post `body` at `origin`, or replace or remove the message there. Only the person sees it, unless it says in_channel.

    Raises:
        Refusal: the blocks break a rule, or the message is empty.
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
