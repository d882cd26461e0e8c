"""The windows that each person has open: modals, home tabs, and triggers.

Modals are in stacks, at most three deep. A trigger allows one window to be opened, once, within three real seconds. The `hash` of a view
prevents two updates that do not know of each other. Nothing here outlives a restart.
"""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from bot.workspace.errors import Refusal
from bot.workspace.state.forms import FormValues, add_missing_ids, fill_form

if TYPE_CHECKING:
    from bot.workspace.block_rules import Json

DEEPEST_STACK: Final = 3
TRIGGER_LIFE: Final = 3.0  # real seconds


@dataclass(frozen=True, kw_only=True)
class View:
    """An open modal or a home tab. `state` is what its fields hold, `errors` the bot's objections: block id → text."""

    id: str
    user: str
    type: str
    blocks: list[Json]
    hash: str
    root_view_id: str
    title: str = ""
    submit: str | None = None
    close: str | None = None
    private_metadata: str = ""
    callback_id: str = ""
    external_id: str = ""
    previous_view_id: str | None = None
    clear_on_close: bool = False
    notify_on_close: bool = False
    state: FormValues = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class Views:
    """All open windows. Thread safe; every refusal is Slack's own."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._triggers: dict[str, tuple[str | None, float]] = {}  # trigger → its user (None once it is spent) and its end

    def top(self, user: str) -> View | None:
        """The modal a person sees."""
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        """A person's home tab."""
        return self._homes.get(user)

    def find(self, view_id: str) -> View | None:
        """The open view with this id or external id."""
        with self._lock:
            views = itertools.chain(self._homes.values(), *self._stacks.values())
            return next((view for view in views if view_id and view_id in (view.id, view.external_id)), None)

    def new_trigger(self, user: str) -> str:
        """Make a trigger, which allows one window to be opened for `user`."""
        with self._lock:
            self._forget_old_triggers()
            trigger = f"{next(self._numbers)}.local.{user}"
            self._triggers[trigger] = (user, time.monotonic() + TRIGGER_LIFE)
        return trigger

    def spend_trigger(self, trigger: str) -> str:
        """The user whose trigger this is; the trigger is then used up.

        Raises:
            Refusal: the trigger was never made, has expired, or is used up.
        """
        with self._lock:
            user, deadline = self._triggers.get(trigger, (None, 0.0))
            if trigger not in self._triggers:
                raise Refusal("expired_trigger_id" if ".local." in trigger else "invalid_trigger_id")
            self._triggers[trigger] = (None, deadline)
        if user is None:
            raise Refusal("exchanged_trigger_id")
        if time.monotonic() > deadline:
            raise Refusal("expired_trigger_id")
        return user

    def open(self, user: str, spec: Json) -> View:
        """Show a modal; modals that were open are gone."""
        with self._lock:
            view = self._new_view(user, spec, beneath=None)
            self._stacks[user] = [view]
        return view

    def push(self, user: str, spec: Json) -> View:
        """Put a modal on top of the open ones.

        Raises:
            Refusal: no modal is open, or three are.
        """
        with self._lock:
            stack = self._stacks.get(user) or []
            if not stack:
                raise Refusal("not_found")
            if len(stack) >= DEEPEST_STACK:
                raise Refusal("push_limit_reached")
            stack.append(self._new_view(user, spec, beneath=stack[-1]))
            return stack[-1]

    def publish(self, user: str, spec: Json, expected: str | None = None) -> View:
        """Show a home tab, if it still has the hash the bot expects.

        Raises:
            Refusal: the hash differs.
        """
        with self._lock:
            old = self._homes.get(user)
            if old:
                _check_hash(old, expected)
            self._homes[user] = self._new_view(user, spec, beneath=None)
            return self._homes[user]

    def update(self, view_id: str, spec: Json, expected: str | None = None) -> View:
        """Change an open view in place; fields that remain keep their content.

        Raises:
            Refusal: the view is gone, or its hash differs.
        """
        with self._lock:
            old = self.find(view_id)
            if old is None:
                raise Refusal("not_found")
            _check_hash(old, expected)
            new = self._new_view(old.user, spec, beneath=None)
            place = replace(new, id=old.id, root_view_id=old.root_view_id, previous_view_id=old.previous_view_id)
            return self.put(replace(place, state=fill_form(new.blocks, old.state)))

    def put(self, view: View) -> View:
        """Replace the open view that has the same id."""
        with self._lock:
            if view.type == "home":
                self._homes[view.user] = view
            stack = self._stacks.get(view.user, [])
            stack[:] = [view if open_view.id == view.id else open_view for open_view in stack]
        return view

    def close(self, user: str, *, everything: bool = False) -> None:
        """Close the top modal, or the whole stack."""
        with self._lock:
            stack = self._stacks.pop(user, [])[:-1]
            if stack and not everything:
                self._stacks[user] = stack

    def forget(self) -> None:
        """Close all windows and void all triggers."""
        with self._lock:
            self._stacks.clear()
            self._homes.clear()
            self._triggers.clear()
            self._numbers = itertools.count(1)

    def _new_view(self, user: str, spec: Json, beneath: View | None) -> View:
        number = next(self._numbers)
        blocks = add_missing_ids(spec["blocks"])
        texts = {name: spec[name]["text"] for name in ("title", "submit", "close") if spec.get(name)}
        fields: dict[str, Any] = {name: spec[name] for name in _VIEW_FIELDS if spec.get(name)}
        return View(
            id=f"V{number:09d}",
            user=user,
            type=spec["type"],
            blocks=blocks,
            hash=f"{number}.local",
            root_view_id=beneath.root_view_id if beneath else f"V{number:09d}",
            previous_view_id=beneath.id if beneath else None,
            state=fill_form(blocks, {}),
            **texts,
            **fields,
        )

    def _forget_old_triggers(self) -> None:
        now = time.monotonic()
        for trigger, (_, deadline) in list(self._triggers.items()):
            if deadline > now:
                break
            del self._triggers[trigger]


_VIEW_FIELDS: Final = ("private_metadata", "callback_id", "external_id", "clear_on_close", "notify_on_close")


def _check_hash(view: View, expected: str | None) -> None:
    if expected and expected != view.hash:
        raise Refusal("hash_conflict")
