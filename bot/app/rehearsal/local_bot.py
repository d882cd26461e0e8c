"""The local bot: workspace, made-up people, movable clock, and the engine that also runs on Slack.

The clock stands still until it is played, and the Slack platform is the very one that runs on Slack. `make run` without tokens lives in a
local bot, and each rehearsal makes one of its own.
"""

from __future__ import annotations

import random
import secrets
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.app.backup.since_then import bring_in_line
from bot.app.engine import Engine, assemble, channels_of, prepare_database
from bot.app.installation import CLOCK_NAME, WORKSPACE_FILE
from bot.app.keys import LOCAL, make_database, rehearsal_keys
from bot.app.rehearsal.player import Player
from bot.app.rehearsal.programme_population import PARTICIPANT_COUNT, population_for_all
from bot.app.rehearsal.season import season_of
from bot.app.rehearsal.stops import Stop, Stops
from bot.clock import MovableClock
from bot.confidentiality.deletion.tombstone_file import tombstone_file_for
from bot.database.copy_rows import delete_rows, restart_sequence
from bot.database.row_ids import DICE_IN_SESSION
from bot.dialogue.rounds import rare_words
from bot.failures import SAID, Failures
from bot.health.signs_of_life import SignsOfLife
from bot.local_time import instant
from bot.models import Base, OutboxMessage
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from bot.workspace.page.clock_controls import ClockControls
from bot.workspace.page.routes import page_routes
from bot.workspace.server import Workspace
from bot.workspace.simulation.simulated_people import SimulatedPeople
from bot.workspace.simulation.visitor import ORGANISER, Visitor
from bot.workspace.state.message_store import MessageStore
from schedules.due import History, end_of_season, ends_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.confidentiality.encryption import Keys
    from bot.health.vitals import Vitals
    from bot.programme import Programme
    from bot.workspace.state.members import Population
    from schedules.programme_store import ProgrammeStore

BOT_TOKEN: Final = f"xoxb-local-{secrets.token_hex()}"  # another at each start, so that no other site's page knows it
APP_TOKEN: Final = f"xapp-local-{secrets.token_hex()}"
RESET_BEGUN: Final = "reset_begun"
MORNING: Final = time(8, 0)
TIME_AFTER_LAST_DIGEST: Final = timedelta(days=7)


class LocalBot:
    """A local bot around a store of programmes, with its files in `folder`."""

    def __init__(  # noqa: PLR0913 - each is asked for by name on the command line
        self,
        programme_store: ProgrammeStore,
        folder: Path,
        *,
        database_url: str | None = None,
        participants: int = PARTICIPANT_COUNT,
        seed: int = 1,
        keys: Keys | None = None,
        port: int = 0,
        journal: Path | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._programme_store, self._participants, self._seed = programme_store, participants, seed
        self._store = MessageStore(folder / WORKSPACE_FILE)
        self.database = make_database(database_url or f"sqlite:///{folder / 'local.sqlite'}", keys or rehearsal_keys(seed))
        moment = self._store.load_text(CLOCK_NAME)
        self.clock = MovableClock(datetime.fromisoformat(moment) if moment else self._start_of_story(), keep=self._save_moment)
        self.failures, self.signs = Failures(self.clock.now), SignsOfLife()
        self._save_moment(self.clock.now())  # for commands that ask how late it is here
        self.chat = ChatClient(self._population(), self.clock, self._store)
        self.player: Player | None = None
        self.engine: Engine | None = None
        self.visitor = Visitor(self._store)
        self.stops = Stops(self._store, self.visitor)
        self.controls = self._make_controls()
        self.simulated_people = SimulatedPeople(
            self.chat, self.clock, seed=seed, awake=lambda: self.controls.synthetic, visitor=self.visitor
        )
        pages = page_routes(self.chat, self.controls, self.clock)
        self.workspace = Workspace(self.chat, manifest(), journal=journal, pages=pages, port=port, tokens=(BOT_TOKEN, APP_TOKEN))

    def open(self, report_address: Callable[[str], None] = lambda _: None) -> Player:
        """Open the workspace and let the bot in. `report_address` hears the page's address once it is there."""
        self.workspace.start()
        player = self._let_bot_in()
        report_address(self.workspace.address)
        return player

    def _let_bot_in(self) -> Player:
        """A bot that remembers nothing but what stands in the database."""
        prepare_database(self.database, on_slack=False)
        if self._store.load_text(RESET_BEGUN) is not None:  # and was cut short
            self._empty_world()
        bring_in_line(self.database, self.clock.now(), self._programme_store.all())
        platform = SlackPlatform(
            bot_token=BOT_TOKEN,
            app_token=APP_TOKEN,
            api_url=f"{self.workspace.address}api/",
            channels=channels_of(self.programme()),
            language=self.programme().language,
        )
        self._throw_dice()
        engine = assemble(
            workspace=LOCAL,
            database=self.database,
            programme_store=self._programme_store,
            platform=platform,
            clock=self.clock,
            failures=self.failures,
            signs=self.signs,
            lines_made=platform.lines_made,
        )
        heartbeat, delivery = engine.heartbeat, engine.delivery
        if self.player is None:
            self.player = Player(clock=self.clock, heartbeat=heartbeat, delivery=delivery, simulated_people=self.simulated_people)
        else:
            self.player.serve(heartbeat, delivery)
        engine.start()
        self.engine = engine
        self.chat.state.touch()  # a page that is open already can play on from here
        return self.player

    def vitals(self) -> Vitals | None:
        """What the health page looks at; None while the bot is out."""
        return None if self.engine is None else self.engine.vitals()

    def _throw_dice(self) -> None:
        """Let the seed decide the ids of a new world, so that it repeats; in an old one no id may come again."""
        with self.database.look() as session:
            is_new = session.scalar(select(OutboxMessage.id).limit(1)) is None
        self.database.carried[DICE_IN_SESSION] = random.Random(self._seed) if is_new else random.SystemRandom()  # noqa: S311 - made-up people

    def end(self) -> datetime:
        """The end of a play: a week after the season's report, so that politicians' answers to it still go out."""
        programme = self.programme()
        end = end_of_season(programme, History())
        return (ends_at(programme) if end is None else end.post) + TIME_AFTER_LAST_DIGEST

    def programme(self) -> Programme:
        """The programme that runs now."""
        return self._programme_store.current(self.clock.now())

    def close(self) -> None:
        """Let the bot out and close the workspace. What was said and where the clock stands stays in the files."""
        if self.player is not None and self.engine is not None:
            self.player.halt()
            self.engine.stop()
        self.workspace.stop()
        self._store.close()
        self.database.close()

    def reset(self) -> None:
        """A new world: as after a first start, and its first beat. Only the server, its address and its open pages stay."""
        if self.player is None:
            return
        with self.player.standstill():
            engine, self.engine = self.engine, None  # nothing is asked or begun until the bot is back
            if engine is not None:
                engine.stop()
            self._empty_world()
            self._let_bot_in()
            self.player.settle()

    def _empty_world(self) -> None:
        """Nothing is said, nobody is asked, the clock stands on the first day. No bot may be here."""
        self._programme_store.reset()
        self.chat.state.population = self._population()
        self._store.save_text(RESET_BEGUN, "")
        self.database.write(_delete_all_rows, alone=True)
        if self.database.place is not None:
            tombstone_file_for(self.database.place).unlink(missing_ok=True)
        self.workspace.reset()  # last of what outlives a restart: the mark above goes with it
        self.clock.restart(self._start_of_story())
        for memory in (self.visitor, self.stops, self.simulated_people, self.failures, SAID, rare_words):
            memory.forget()
        self.controls.synthetic = True

    def _make_controls(self) -> ClockControls:
        return ClockControls(
            next_due=self._next_stop,
            advance=self._advance,
            playing=lambda: self.player is not None and self.player.playing,
            stop=lambda: self.player.halt() if self.player else None,
            reset=self.reset,
            happened=lambda: self.stops.last(self.engine),
            season=lambda: season_of(self.programme()),
            pick=self.visitor.pick,
            acted=self._note_act,
            waits_for=lambda: ORGANISER if self.simulated_people.leaves_undecided() else None,
            hand_back=self._hand_back,
        )

    def _next_stop(self) -> Stop | None:
        """What comes next. Before the first beat nobody can know, so that comes first."""
        if self.player is None or self.engine is None:
            return None
        self.player.begin()
        return self.stops.next(self.engine)

    def _advance(self, until: datetime | None) -> None:
        """Play on, if nobody does: to a moment, or to the end."""
        if self.player is None or self.engine is None or self.player.playing:
            return
        self.stops.begin(self.engine)
        self.player.advance(until or self.end(), self.stops.reach)

    def _note_act(self, person: str) -> None:
        """Let the visitor be the person as whom they acted; if that is an organiser, only the visitor decides from now on."""
        self.visitor.pick(person)
        if (member := self.chat.state.members.get(person)) is not None and member.role == ORGANISER:
            self.visitor.decide(alone=True)

    def _hand_back(self, _: str) -> None:
        """Let the crowd decide again. Where it slept it is woken, for who sleeps decides nothing."""
        self.visitor.decide(alone=False)
        self.controls.synthetic = True
        self.simulated_people.take_over()

    def _population(self) -> Population:
        return population_for_all(self._programme_store.all(), participants=self._participants, seed=self._seed)

    def _start_of_story(self) -> datetime:
        first = self._programme_store.first()
        return instant(first.guidelines_agreed.on, MORNING, first.zone)

    def _save_moment(self, moment: datetime) -> None:
        self._store.save_text(CLOCK_NAME, moment.isoformat())


def _delete_all_rows(session: Session) -> None:
    """Delete them; on a server ids begin anew with the world, as they do in a file."""
    delete_rows(session, Base.metadata.sorted_tables)
    for table in Base.metadata.sorted_tables:
        restart_sequence(session, table)
