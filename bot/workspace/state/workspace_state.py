"""The state of the workspace: people, places, messages and windows.

Both sides read and change it: the client for people, the Web API for the bot. A revision number grows with every change, so a page can
wait for the next one.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from bot.workspace.state.forms import add_missing_ids
from bot.workspace.state.open_views import Views
from bot.workspace.state.uploads import Uploads

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.workspace.block_rules import Json
    from bot.workspace.state.members import Channel, Member, Population, Usergroup
    from bot.workspace.state.message_store import Message, MessageStore


class WorkspaceState:
    """The workspace as it is now. Thread safe."""

    def __init__(self, population: Population, clock: Clock, store: MessageStore) -> None:
        self.population = population
        self.clock = clock
        self.store = store
        self.views = Views()
        self.uploads = Uploads()
        self.address = ""  # of the server, once it is up: http://127.0.0.1:PORT/
        self.closed = False
        self.revision = 0
        self._changed = threading.Condition()
        self._seat(population)

    def _seat(self, population: Population) -> None:
        self.members: dict[str, Member] = {member.id: member for member in (*population.members, population.bot)}
        self.channels: dict[str, Channel] = {channel.id: channel for channel in population.channels}
        self.usergroups: dict[str, Usergroup] = {group.id: group for group in population.usergroups}

    def find_member(self, user: str) -> Member | None:
        """The member with this id, in the workspace or in the organisation."""
        others = (member for member in self.members.values() if user and member.organisation_id == user)
        return self.members.get(user) or next(others, None)

    def dm_id(self, user: str) -> str:
        """The id of a person's direct message with the bot: their own id with another first letter."""
        return f"D{user[1:]}"

    def dm_with(self, channel: str) -> Member | None:
        """The member whose direct message this is, if it is one."""
        return self.members.get(f"U{channel[1:]}") if channel.startswith("D") else None

    def channels_for(self, user: str) -> list[Channel]:
        """The channels a person is in."""
        return [channel for channel in self.channels.values() if user in channel.members]

    def post(self, channel: str, *, user: str, text: str, blocks: list[Json] | None = None, **more: Any) -> Message:
        """Put a message into a channel, now."""
        message = self.store.add(now=self.clock.now(), channel=channel, user=user, text=text, blocks=add_missing_ids(blocks or []), **more)
        self.touch()
        return message

    def edit(self, message: Message, **changes: Any) -> Message:
        """Change a message in place; it is then marked as edited."""
        if "blocks" in changes:
            changes["blocks"] = add_missing_ids(changes["blocks"])
        new_message = self.store.change(message, edited=True, **changes)
        self.touch()
        return new_message

    def remove(self, message: Message) -> None:
        """Take a message away."""
        self.store.remove(message)
        self.touch()

    def touch(self) -> None:
        """Count a change, and wake those who wait for one."""
        with self._changed:
            self.revision += 1
            self._changed.notify_all()

    def wait_for_change(self, after: int, timeout: float) -> int:
        """The revision, once it has passed `after`, the workspace closes, or `timeout` real seconds have gone."""
        with self._changed:
            self._changed.wait_for(lambda: self.revision > after or self.closed, timeout)
            return self.revision

    def open(self, address: str) -> None:
        """Note that the server is up, at `address`."""
        self.address = address
        self.closed = False

    def close(self) -> None:
        """Note that the server goes down, and wake everyone who waits."""
        self.closed = True
        self.touch()

    def reset(self) -> None:
        """Back to the population as it was handed in, with nothing said and no window open."""
        self.store.forget()
        self.views.forget()
        self.uploads.forget()
        self._seat(self.population)
        self.touch()
