"""The chat client: what people in the local workspace see and do.

The page, the synthetic people and the tests use it. They read messages and windows as a person would, and press, type, send and command.
Each act goes to the bot as the payload that Slack would send, and returns an `Ack`. An act waits for the bot's acknowledgement, so it
must not be called from the server's own event loop. What administrators do is in `admin.py`.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from bot.workspace.block_rules import view_problems
from bot.workspace.client.response_urls import Origin, ResponseUrls, post_response
from bot.workspace.errors import NOT_CONNECTED, Refusal, Silence
from bot.workspace.slack_api import payloads
from bot.workspace.slack_api.scopes import Rights
from bot.workspace.state.forms import complaints, fill_form, find_element, press_action
from bot.workspace.state.message_store import Message, MessageStore, SharedFile
from bot.workspace.state.open_views import View
from bot.workspace.state.workspace_state import WorkspaceState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from concurrent.futures import Future

    from bot.clock import Clock
    from bot.workspace.block_rules import Json
    from bot.workspace.state.members import Channel, Member, Population

TROUBLE = "We had some trouble connecting. Try again?"


class BotConnection(Protocol):
    """The way to the bot."""

    def deliver(self, kind: str, payload: Json) -> Future[Json | None]:
        """Send a payload; the future holds what the acknowledgement carried, or raises Silence."""
        ...


@dataclass(frozen=True, kw_only=True)
class Ack:
    """The result of an act: real seconds, the error that the person sees, and what the acknowledgement carried."""

    ok: bool
    elapsed: float = 0.0
    error: str | None = None
    payload: Json | None = None


class ChatClient:
    """The people's side of the workspace. Thread safe."""

    def __init__(self, population: Population, clock: Clock, store: MessageStore | None = None) -> None:
        self.state = WorkspaceState(population, clock, store or MessageStore())
        self.response_urls = ResponseUrls(self.state)
        self._connection: BotConnection | None = None
        self._rights = Rights()

    def attach(self, connection: BotConnection | None, rights: Rights) -> None:
        """Connect the client to a bot, or (None) disconnect it."""
        self._connection, self._rights = connection, rights

    # What people see

    def members(self) -> list[Member]:
        """The people, without the bot, in the population's order."""
        return [member for member in self.state.members.values() if not member.is_bot]

    def member(self, user_id: str) -> Member:
        """One person; KeyError if there is none."""
        return self.state.members[user_id]

    def channels_for(self, user_id: str) -> list[Channel]:
        """The channels a person is in, without direct messages."""
        return [channel for channel in self.state.channels.values() if user_id in channel.members]

    def dm_id(self, user_id: str) -> str:
        """The id of the direct message between a person and the bot."""
        return self.state.dm_id(user_id)

    def messages(self, channel_id: str, viewer: str) -> list[Message]:
        """The messages that `viewer` sees in a channel, oldest first; none if they have no access."""
        return self.state.store.page(channel_id, viewer=viewer)[::-1] if self._may_see(viewer, channel_id) else []

    def file(self, id_: str, viewer: str) -> SharedFile | None:
        """A file that was shared where `viewer` can see it."""
        file = self.state.store.file(id_)
        return file if file and self._may_see(viewer, file.channel) else None

    def view(self, user_id: str) -> View | None:
        """The modal on top of a person's screen."""
        return self.state.views.top(user_id)

    def home(self, user_id: str) -> View | None:
        """The bot's home tab as it was last published for a person."""
        return self.state.views.home(user_id)

    @property
    def revision(self) -> int:
        """A number that grows with every change that anyone could see."""
        return self.state.revision

    @property
    def closed(self) -> bool:
        """Whether the server is going down."""
        return self.state.closed

    def wait_for_change(self, after: int, timeout: float) -> int:
        """The revision, once it has passed `after`, the server goes down, or `timeout` real seconds have gone."""
        return self.state.wait_for_change(after, timeout)

    # What people do

    def press(self, user_id: str, action_id: str, **target: Any) -> Ack:
        """Press a button, or choose in a menu. `target` is as for `pressing`."""
        payload = self.pressing(user_id, action_id, **target)
        return self.forge("interactive", payload) if payload else Ack(ok=False, error="That button is not there.")

    def pressing(  # noqa: PLR0913 - a press is told apart by all of these
        self,
        user_id: str,
        action_id: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        block_id: str | None = None,
        value: Any = None,
    ) -> Json | None:
        """The payload a press would send, or None if the person sees no such button.

        We look in the view, else in the message, else in the newest message of `channel` (by default their direct message) that has
        the button. `value` tells buttons with one action id apart, or is what is chosen in a menu (a list for several).
        """
        for place in self._views_and_messages(user_id, channel, ts, view_id):
            if match := find_element(place.blocks, action_id, block_id, value):
                return self._block_actions_payload(user_id, place, press_action(*match, value))
        return None

    def type(self, user_id: str, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Fill in fields of the top modal without sending it."""
        if view := self.view(user_id):
            form = {name: {**view.state.get(name, {}), **fields} for name, fields in {**view.state, **values}.items()}
            self.state.views.put(replace(view, state=fill_form(view.blocks, form)))
            self.state.touch()

    def submit(self, user_id: str, values: Mapping[str, Mapping[str, Any]], *, force: bool = False) -> Ack:
        """Send the top modal with `values` in its fields. With `force` the client skips its own checks."""
        self.type(user_id, values)
        view = self.view(user_id)
        if view is None:
            return Ack(ok=False, error="No form is open.")
        if errors := {} if force else complaints(view.blocks, view.state):
            return self._show_errors(view, errors)
        return self._after_submit(view, self.forge("interactive", self.submitting(view)))

    def submitting(self, view: View) -> Json:
        """The payload that sending this modal would send."""
        return self._interaction("view_submission", view.user, view=payloads.view_object(view, self.state.population), response_urls=[])

    def dismiss(self, user_id: str) -> None:
        """Close the top modal without sending it; the bot hears of it if it asked to."""
        view = self.view(user_id)
        if view is None:
            return
        self.state.views.close(user_id)
        self.state.touch()
        if view.notify_on_close:
            closed = payloads.view_object(view, self.state.population)
            self.forge("interactive", self._interaction("view_closed", user_id, view=closed, is_cleared=False))

    def say(self, user_id: str, text: str, channel: str | None = None, thread_ts: str | None = None) -> Ack:
        """Post a message to the bot, or in a channel the person is in; `thread_ts` is the message it answers."""
        channel_id = channel or self.dm_id(user_id)
        if not self._may_see(user_id, channel_id):
            return Ack(ok=False, error="You are not in this channel.")
        if channel is None and not self._rights.messages_tab:
            return Ack(ok=False, error="Sending messages to this app has been turned off.")
        message = self.state.post(channel_id, user=user_id, text=text, thread_ts=thread_ts)
        kind = "im" if channel is None else "group" if self.state.channels[channel].is_private else "channel"
        more = {"channel": channel_id, "channel_type": kind, "event_ts": message.ts, "client_msg_id": str(uuid.uuid4())}
        name = {"im": "message.im", "group": "message.groups"}.get(kind, "message.channels")
        return self.event(name, {**payloads.message_object(message, self.state.population), **more})

    def command(self, user_id: str, command: str, text: str = "") -> Ack:
        """Type a slash command in the direct message with the bot."""
        if command not in self._rights.commands:
            return Ack(ok=False, error=f"{command} is not a valid command.")
        origin = Origin(channel=self.dm_id(user_id), user=user_id)
        more = {"channel_id": origin.channel, "channel_name": "directmessage", "response_url": self.response_urls.url(origin)}
        trigger = self.state.views.new_trigger(user_id)
        ack = self.forge(
            "slash_commands", payloads.slash_command(command, text, self.member(user_id), self.state.population, trigger_id=trigger, **more)
        )
        if ack.ok and ack.payload:
            try:
                post_response(self.state, origin, ack.payload)
            except Refusal:
                return replace(ack, ok=False, error=TROUBLE)
        return ack

    def open_home(self, user_id: str, tab: str = "home") -> Ack:
        """Open the bot's home tab, or its messages tab."""
        view = self.home(user_id)
        more = {"view": payloads.view_object(view, self.state.population)} if view and tab == "home" else {}
        return self.event("app_home_opened", {"user": user_id, "channel": self.dm_id(user_id), "tab": tab, **more})

    def event(self, name: str, content: Json) -> Ack:
        """Tell the bot of an event. If its manifest does not let it hear the event, that is no fault."""
        if not self._rights.hears(name):
            return Ack(ok=True)
        now = self.state.clock.now()
        event = {"type": name.partition(".")[0], "event_ts": f"{now.timestamp():.6f}", **content}
        return self.forge("events_api", payloads.event_payload(event, f"Ev{uuid.uuid4().hex[:10].upper()}", self.state.population, now))

    def forge(self, kind: str, payload: Json) -> Ack:
        """Send any payload and wait for its acknowledgement; kinds are interactive, slash_commands and events_api."""
        start = time.monotonic()
        if self._connection is None or (kind == "interactive" and not self._rights.interactive):
            return Ack(ok=False, error=NOT_CONNECTED)
        try:
            answer = self._connection.deliver(kind, payload).result()
        except Silence as silence:
            return Ack(ok=False, elapsed=time.monotonic() - start, error=str(silence))
        return Ack(ok=True, elapsed=time.monotonic() - start, payload=answer)

    def reset(self) -> None:
        """Back to the population as it was handed in, with nothing said and no window open."""
        self.response_urls.forget()
        self.state.reset()

    # How it is done

    def _may_see(self, user_id: str, channel_id: str) -> bool:
        channel = self.state.channels.get(channel_id)
        return user_id in channel.members if channel else channel_id == self.dm_id(user_id)

    def _views_and_messages(self, user_id: str, channel: str | None, ts: str | None, view_id: str | None) -> Iterable[View | Message]:
        if view_id is not None:
            view = self.state.views.find(view_id)
            return [view] if view and view.user == user_id else []
        channel_id = channel or self.dm_id(user_id)
        if ts is None:
            return reversed(self.messages(channel_id, user_id))
        message = self.state.store.one(channel_id, ts) if self._may_see(user_id, channel_id) else None
        return [message] if message and message.only_for in (None, user_id) else []

    def _block_actions_payload(self, user_id: str, place: View | Message, action: Json) -> Json:
        action["action_ts"] = f"{self.state.clock.now().timestamp():.6f}"
        if isinstance(place, View):
            origin = payloads.place_in_view(place, self.state.population)
        else:
            channel = self.state.channels.get(place.channel)
            origin = payloads.place_in_message(place, self.state.population, channel.name if channel else "directmessage")
            origin["response_url"] = self.response_urls.url(Origin(channel=place.channel, user=user_id, ts=place.ts))
        return self._interaction("block_actions", user_id, **origin, actions=[action])

    def _interaction(self, kind: str, user_id: str, **more: Any) -> Json:
        trigger = {} if kind == "view_closed" else {"trigger_id": self.state.views.new_trigger(user_id)}
        return payloads.interaction(kind, self.member(user_id), self.state.population, **trigger, **more)

    def _show_errors(self, view: View, errors: dict[str, str], ack: Ack | None = None) -> Ack:
        self.state.views.put(replace(view, errors=errors))
        self.state.touch()
        return replace(ack or Ack(ok=False), ok=ack is not None, error=next(iter(errors.values())))

    def _after_submit(self, view: View, ack: Ack) -> Ack:
        """Close the modal, or show errors or another view, as the acknowledgement says."""
        answer = ack.payload or {}
        action = answer.get("response_action")
        if not ack.ok:
            return ack
        if action == "errors":
            errors, inputs = answer.get("errors") or {}, {block["block_id"] for block in view.blocks if block["type"] == "input"}
            return self._show_errors(view, errors, ack) if errors and errors.keys() <= inputs else replace(ack, ok=False, error=TROUBLE)
        try:
            self._follow_response_action(view, action, answer.get("view"))
        except Refusal:
            return replace(ack, ok=False, error=TROUBLE)
        self.state.touch()
        return ack

    def _follow_response_action(self, view: View, action: str | None, spec: Json | None) -> None:
        if action in ("update", "push"):
            if problems := view_problems(spec, "modal"):
                raise Refusal("invalid_arguments", errors=problems)
            self.state.views.update(view.id, spec or {}) if action == "update" else self.state.views.push(view.user, spec or {})
        else:
            self.state.views.close(view.user, everything=action == "clear")
