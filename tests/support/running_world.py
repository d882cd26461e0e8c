"""The wired bot on the local workspace, with a programme of four weeks and twenty-four participants.

Everything is real: the workspace behind its server, Slack's own client, the engine, the databases. Only the people are made up, and the
synthetic ones sleep unless a test wakes them.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.app.engine import AHEAD
from bot.app.rehearsal.local_bot import LocalBot
from bot.database.places import url_of
from bot.models import Person
from bot.workspace.simulation.habits import buttons_of, form_values
from schedules.programme_store import ProgrammeStore
from tests.support.database import messages_in, migrated_file
from tests.support.programme import COPENHAGEN, ORGANISERS_CHANNEL, exchange, write_programme
from tests.support.server_databases import database_for, is_on_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.app.rehearsal.player import Player
    from bot.models import MessageKind, OutboxMessage
    from bot.workspace.client.person import Ack
    from bot.workspace.state.message_store import Message
    from bot.workspace.state.open_views import View

ZONE = ZoneInfo(COPENHAGEN)
PARTICIPANTS = 24
QUOTED = 30  # participants: among fewer, nobody is quoted
WELCOMED = "2018-10-08 12:00"  # all have their welcome, and nobody is asked yet
ASKED = "2018-10-09 10:40"  # an hour after the first question


@dataclass(frozen=True, kw_only=True)
class RunningWorld:
    """A bot that runs, and what a test does with it."""

    local_bot: LocalBot
    player: Player
    folder: Path

    # --- who is here

    @property
    def leaders(self) -> list[str]:
        """The ids of the leaders."""
        return [member.id for member in self.local_bot.chat.members() if member.title == "leder"]

    @property
    def reps(self) -> list[str]:
        """The ids of the employee representatives."""
        return [member.id for member in self.local_bot.chat.members() if member.title == "medarbejderrepræsentant"]

    @property
    def participants(self) -> list[str]:
        """The ids of all participants."""
        return [*self.leaders, *self.reps]

    @property
    def politician(self) -> str:
        """The id of a politician."""
        return next(member.id for member in self.local_bot.chat.members() if member.title == "politiker")

    @property
    def organiser(self) -> str:
        """The id of an organiser."""
        return next(member.id for member in self.local_bot.chat.members() if member.title == "organisator")

    # --- time

    def play(self, moment: str) -> None:
        """Play to a moment of the programme's zone, for example `2018-10-09 09:30`."""
        self.player.play(datetime.fromisoformat(moment).replace(tzinfo=ZONE))

    def edit(self, before: str, after: str) -> None:
        """Change the programme's file, as an organiser would, and let the next beat see it."""
        file = self.folder / "schedules" / "landsby.yaml"
        file.write_text(exchange(file.read_text("utf-8"), before, after), "utf-8")
        self.player.settle()

    def edit_in_force(self, before: str, after: str) -> None:
        """Change it, and let an organiser put the change in force if it is held."""
        self.edit(before, after)
        if any("apply_plan" in buttons(post) for post in self.posts(ORGANISERS_CHANNEL)):
            assert self.local_bot.chat.press(self.organiser, "apply_plan", channel=ORGANISERS_CHANNEL).ok
            self.player.settle()

    # --- what people see and do

    def messages(self, person: str) -> list[Message]:
        """What the bot has said to a person, oldest first."""
        chat = self.local_bot.chat
        return [said for said in chat.messages(chat.dm_id(person), person) if said.user != person]

    def texts(self, person: str) -> list[str]:
        """The same, as a screen reader reads it."""
        return [said.text for said in self.messages(person)]

    def questions(self, person: str) -> list[str]:
        """The texts of those of a person's messages that can be answered, reminders included."""
        return [said.text for said in self.messages(person) if "answer" in buttons(said)]

    def posts(self, channel: str) -> list[Message]:
        """What stands in a channel, oldest first, as an organiser sees it."""
        return self.local_bot.chat.messages(channel, self.organiser)

    def reply(self, person: str, text: str, *marks: str) -> Ack:
        """Press Svar and send the form; where a text is offered to quote, say yes to the first."""
        pressed = self.local_bot.chat.press(person, "answer")
        assert pressed.ok, pressed.error
        sent = self.fill(person, plain_text_input=text, checkboxes=list(marks))
        elements = (each for block in self.view(person).blocks for each in block.get("elements", ()))
        offer = next((each["value"] for each in elements if each.get("action_id") == "quote_yes"), None)
        return sent if offer is None else self.local_bot.chat.press(person, "quote_yes", value=offer, view_id=self.view(person).id)

    def fill(self, person: str, **values: Any) -> Ack:
        """Send the open form with values by a field's name or its kind; a text goes into the first field. What answers is left open."""
        return self.local_bot.chat.submit(person, form_values(self.view(person).blocks, values), force=True)

    def view(self, person: str) -> View:
        """The window on a person's screen."""
        view = self.local_bot.chat.view(person)
        assert view is not None
        return view

    def window(self, person: str) -> str:
        """All that a person's window says."""
        view = self.view(person)
        return " ".join([view.title, *words(view.blocks)])

    def everyone_replies(self, *, but: int = 0) -> None:
        """All participants but the last `but` answer the newest question."""
        for person in self.participants[: len(self.participants) - but]:
            assert self.reply(person, "Et svar fra landsbyen").ok

    def approve(self) -> None:
        """An organiser approves the newest draft."""
        self.see_and_approve(self.organiser)
        self.player.settle()

    def see_and_approve(self, organiser: str) -> None:
        """Press Se og godkend under the newest draft, and then Godkend in the window."""
        chat = self.local_bot.chat
        assert chat.press(organiser, "approve", channel=ORGANISERS_CHANNEL).ok
        assert chat.submit(organiser, {}).ok

    def approve_quotes(self, theme: str | None = None) -> None:
        """An organiser opens the quotes of a theme in the newest message about them, and approves page after page."""
        chat, organiser = self.local_bot.chat, self.organiser
        assert chat.press(organiser, "quote_review", channel=ORGANISERS_CHANNEL, value=theme).ok
        while chat.pressing(organiser, "quote_show_all", view_id=self.view(organiser).id):
            assert chat.press(organiser, "quote_show_all", view_id=self.view(organiser).id).ok

    # --- what the database knows

    def outbox(self, kind: MessageKind) -> list[OutboxMessage]:
        """The messages of one kind, oldest first."""
        return messages_in(self.local_bot.database, kind)

    def person(self, address: str) -> Person:
        """What is known of a person."""
        with self.local_bot.database.look() as session:
            return session.scalars(select(Person).where(Person.address == address)).one()


@contextmanager
def running_world(
    folder: Path, *, synthetic: bool = False, journal: Path | None = None, participants: int = PARTICIPANTS, url: str = ""
) -> Iterator[RunningWorld]:
    """The world around `folder`, made at the first opening and found as it was at the next; its database is `url`, or the folder's own."""
    schedules = folder / "schedules"
    if not schedules.exists():
        write_programme(schedules)
    database_url = url or database_in(folder / "data")
    local_bot = LocalBot(ProgrammeStore(schedules), folder / "data", database_url=database_url, participants=participants, journal=journal)
    local_bot.controls.synthetic = synthetic
    player = local_bot.open()
    for reading in (thread for thread in threading.enumerate() if thread.name == AHEAD):
        reading.join()  # else the first press competes with it, which on a busy machine takes as long as Slack waits
    try:
        yield RunningWorld(local_bot=local_bot, player=player, folder=folder)
    finally:
        local_bot.close()


def database_in(data: Path) -> str:
    """The address of the database of a local bot's folder, which has all tables: a file in it, or one on the tests' server."""
    data.mkdir(parents=True, exist_ok=True)
    if is_on_server():
        return database_for(data)
    file = data / "local.sqlite"
    if not file.exists():
        shutil.copy(migrated_file(), file)
    return url_of(file)


@contextmanager
def asked_world(
    folder: Path, *, until: str = ASKED, participants: int = PARTICIPANTS, journal: Path | None = None
) -> Iterator[RunningWorld]:
    """The world once its first question has gone out, or at an earlier moment: a copy, for the way there is the same for many."""
    shutil.copytree(_folder_at(until, participants), folder, dirs_exist_ok=True)
    with running_world(folder, participants=participants, journal=journal) as world:
        yield world


@cache
def _folder_at(moment: str, participants: int) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="asked-"))
    atexit.register(shutil.rmtree, folder)
    with running_world(folder, participants=participants) as world:
        world.play(moment)
    return folder


def buttons(message: Message) -> list[str]:
    """The action ids of a message's buttons."""
    return [action for action, _ in buttons_of(message)]


def button_values(message: Message, action: str) -> list[str]:
    """What stands behind a message's buttons for an action: the id of what it is about."""
    return [str(value) for of_action, value in buttons_of(message) if of_action == action]


def words(blocks: Any) -> list[str]:
    """Every text anywhere in some blocks."""
    if isinstance(blocks, dict):
        own = [blocks["text"]] if isinstance(blocks.get("text"), str) else []
        return own + [text for value in blocks.values() for text in words(value)]
    return [text for block in blocks for text in words(block)] if isinstance(blocks, list) else []
