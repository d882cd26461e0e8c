"""A season played by several processes on one server, while people act and everything is killed, frozen and restarted.

The people and the platform live here, outside the bots. What they have seen is in the platform's journal and in `acts`.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final, Self

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.app.rehearsal.programme_population import population_for
from bot.migrations import migrate
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from bot.workspace.server import Workspace
from bot.workspace.simulation.habits import form_values, response_values
from schedules.programme_file import load_file
from tests.chaos import worker
from tests.support.programme import DIGEST_CHANNEL, write_programme
from tests.support.weather import digests_posted, look, people_called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from bot.workspace.client.person import Ack
    from bot.workspace.state.open_views import View
    from tests.support.server import Server

PROCESSES: Final = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.chaos.read_ahead"])
PEOPLE_AT_ONCE: Final = 6
ANSWERING: Final = 2  # politicians
SOON: Final = timedelta(minutes=20)  # what was looked for in vain is tried again after a quarter of an hour
A_SECOND: Final = timedelta(seconds=1)
PARTICIPANTS: Final = {"leder", "medarbejderrepræsentant"}
WITHIN: Final = 240.0  # seconds for one step of a season, with all that is broken meanwhile
RELEASED: Final = "SELECT count(*) FROM responses WHERE released_at IS NOT NULL"
WAITING: Final = "SELECT min(next_at) FROM outbox WHERE state IN ('pending', 'sending', 'unknown')"
LIFE: Final = 3  # raises of the lease between two blows: one has taken over, and has claimed something
SAID: Final = "SELECT delivery_id, kind, address, lease, tried_at FROM outbox WHERE state = 'sent'"
COUNTER: Final = "SELECT coalesce(max(counter), 0) FROM leases"
HOLDER: Final = "SELECT holder, number FROM leases"
ENDED: Final = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'eftertanke'"
BACKENDS: Final = "SELECT pid FROM pg_stat_activity WHERE application_name = 'eftertanke'"


@dataclass(frozen=True, kw_only=True)
class Act:
    """What a person sent about a round or a digest, and what the platform showed them: kept, refused in words, or silence."""

    person: str
    round_id: int
    text: str
    outcome: str


def outcome_of(ack: Ack, shown: View | None) -> str:
    """What the platform showed. A form that comes again says that something newer stands there already."""
    is_form = shown is not None and has_field(shown)
    return "silence" if not ack.ok else "refused" if ack.error or is_form else "kept"


def has_field(view: View) -> bool:
    """Whether it is a form, and not a sentence that says why there is none."""
    return any(block.get("type") == "input" for block in view.blocks)


@dataclass
class Storm:
    """A season, which runs during a block."""

    folder: Path
    server: Server
    seed: int
    number: int  # of processes
    people: int
    skews: tuple[float, ...] = ()
    faster: int = worker.FASTER
    line: str = ""  # to the server, if it is not its own address
    acts: list[Act] = field(default_factory=list)
    said: list[Act] = field(default_factory=list)  # by politicians
    blows: list[str] = field(default_factory=list)
    takeovers: list[float] = field(default_factory=list)
    sent: dict[str, tuple[Any, ...]] = field(default_factory=dict)  # by delivery: what is detached later tells no more whose it was
    workers: list[BaseProcess] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 - dice are all it takes
        file = write_programme(self.folder / "schedules", "detach_after_days: 7", "detach_after_days: 28")
        programme = load_file(file)
        self.clock = worker.make_clock(self.folder / "clock")
        self.chat = ChatClient(population_for(programme, participants=self.people), self.clock)
        self.journal = self.folder / "journal.jsonl"
        self.workspace = Workspace(self.chat, manifest(), journal=self.journal, limits=False)
        self.still = threading.Lock()  # nobody is frozen, and the clock may be moved
        self.is_over = threading.Event()
        self._reviving = threading.Lock()
        self._written = 0

    # --- how it begins and ends

    def __enter__(self) -> Self:
        """Make the database, open the workspace, let the bots in."""
        engine = create_engine(self.server.url, poolclass=NullPool)
        migrate(engine)
        self.workspace.start()
        for place in range(self.number):
            self.workers.append(self._start(place))
        return self

    def __exit__(self, *_: object) -> None:
        """Kill the bots, and close the journal."""
        self.is_over.set()
        for process in self.workers:
            process.kill()
            process.join()
        self.workspace.stop()
        self.chat.state.store.close()

    def _start(self, place: int) -> BaseProcess:
        skew = self.skews[place] if self.skews else 0.0
        arguments = self.folder, self.line or self.server.url, self.workspace.address, skew, self.faster
        process = PROCESSES.Process(target=worker.work, args=arguments)
        process.start()
        return process

    def revive(self) -> None:
        """Start every process again that has ended, as a service manager does."""
        with self._reviving:
            for place, process in enumerate(self.workers):
                if not process.is_alive():
                    process.join()
                    self.workers[place] = self._start(place)

    # --- what the database says

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds; the server is asked again while it is away."""
        until = time.monotonic() + WITHIN
        while True:
            try:
                with psycopg.connect(self.server.url.replace("+psycopg", ""), autocommit=True, connect_timeout=5) as connection:
                    return connection.execute(query.encode()).fetchall()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def holder(self) -> tuple[int | None, int]:
        """The process that holds the lease, and the lease's number."""
        rows = self.ask(HOLDER)
        file = self.folder / f"holder-{rows[0][0]}" if rows else None
        return (int(file.read_text()) if file and file.exists() else None), (rows[0][1] if rows else 0)

    @property
    def participants(self) -> list[str]:
        """Who is asked."""
        return [member.id for member in self.chat.members() if member.title in PARTICIPANTS]

    # --- a season

    def play_to(self, moment: datetime, query: str, least: int, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Move the clock to a moment, and wait until the bots have done something of it and all that is due then."""
        with self.still:
            self.clock.move_to(moment)
        with ThreadPoolExecutor(1) as beside:
            acting = beside.submit(meanwhile)
            self._wait(lambda: all([acting.done(), self.ask(query)[0][0] >= least, self._is_all_said()]))  # in any case: it moves the clock
            acting.result()
        self.sent = {row[0]: row[1:] for row in self.ask(SAID)} | self.sent

    def _wait(self, happens: Callable[[], bool]) -> None:
        until = time.monotonic() + WITHIN
        while not happens():
            self.revive()
            assert time.monotonic() < until, (self.blows, self.ask("SELECT state, kind, count(*) FROM outbox GROUP BY 1, 2"))
            time.sleep(0.05)

    def _is_all_said(self) -> bool:
        """Whether nothing is due soon. What waits for a look is not waited for: the clock goes there."""
        ((next_at,),) = self.ask(WAITING)
        now = self.clock.now()
        if next_at is None or (moment := next_at.replace(tzinfo=UTC)) > now + SOON:
            return True
        if moment > now:
            with self.still:
                self.clock.move_to(moment + A_SECOND)
        return False

    def answer(self, share: float) -> None:
        """So many of the people answer, and some of them again."""
        who = self.dice.sample(self.participants, int(len(self.participants) * share))
        with ThreadPoolExecutor(PEOPLE_AT_ONCE) as threads:
            list(threads.map(self._answer_sometime, who))

    def _answer_sometime(self, person: str) -> None:
        """Answer, once there is something to answer; try again a few times if it was not kept."""
        for _ in range(40):
            if (outcome := self._answer_once(person)) == "kept":
                return
            time.sleep(0.3 if outcome is None else 0.1)

    def _answer_once(self, person: str) -> str | None:
        pressed = self.chat.pressing(person, "answer")
        if pressed is None or not self.chat.forge("interactive", pressed).ok:
            return None
        view = self.chat.view(person)
        if view is None or not has_field(view):
            return None
        self._written += 1
        text = f"Svar nummer {self._written} fra {person}"
        ack = self.chat.submit(person, form_values(view.blocks, {"plain_text_input": text}), force=True)
        self.acts.append(
            Act(person=person, round_id=int(pressed["actions"][0]["value"]), text=text, outcome=outcome_of(ack, self.chat.view(person)))
        )
        return self.acts[-1].outcome

    def decide(self, number: int) -> None:
        """Organisers approve the digest of this number and release what two politicians answer to it."""
        politicians, until = people_called(self.chat, "politiker")[:ANSWERING], time.monotonic() + WITHIN
        while self.ask(RELEASED)[0][0] < ANSWERING * number and time.monotonic() < until:
            look(self.chat)
            if len(digests_posted(self.chat)) == number:
                politicians = [person for person in politicians if not self._says(person, number)]
            time.sleep(0.1)

    def _says(self, politician: str, number: int) -> bool:
        """Answer the newest digest; whether it was kept. Who knows no better says the same again."""
        pressed = self.chat.press(politician, "respond", channel=DIGEST_CHANNEL)
        view = self.chat.view(politician)
        if not pressed.ok or view is None or not has_field(view):
            return False
        text = f"Ord til overblik nummer {number} fra {politician}"
        ack = self.chat.submit(politician, form_values(view.blocks, response_values("free_text", text)))
        self.said.append(Act(person=politician, round_id=number, text=text, outcome=outcome_of(ack, self.chat.view(politician))))
        self.chat.dismiss(politician)
        return self.said[-1].outcome == "kept"

    # --- the storm itself

    def rage(self, pause: tuple[float, float], most: int) -> None:
        """Strike again and again until it is over, at most so often."""
        blows = [self._kill_worker, self._kill_backend, self._end_backends, self._restart_server, self._freeze_holder, self._kill_holder]
        order = list[Any]()
        while len(self.blows) < most and not self.is_over.wait(self.dice.uniform(*pause)) and self._lives():
            if not order:
                order = self.dice.sample(blows, len(blows))
            blow = order.pop()
            self.blows.append(blow.__name__)
            with self.still, suppress(ProcessLookupError):
                blow()
                self.revive()

    def _lives(self) -> bool:
        """Wait until somebody delivers since the last blow, or a slow machine would never get on; False once the storm is over."""
        counter = self.ask(COUNTER)[0][0]
        while self.ask(COUNTER)[0][0] < counter + LIFE:
            self.revive()
            if self.is_over.wait(0.05):
                return False
        return True

    def _kill_worker(self) -> None:
        self.dice.choice(self.workers).kill()

    def _kill_holder(self) -> None:
        pid, number = self.holder()
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            self.revive()
            self._note_takeover(number)

    def _kill_backend(self) -> None:
        if pids := self.ask(BACKENDS):
            os.kill(self.dice.choice(pids)[0], signal.SIGKILL)  # the server then ends all others, and recovers

    def _end_backends(self) -> None:
        self.ask(ENDED)

    def _restart_server(self) -> None:
        self.server.stop("immediate")
        self.server.start()

    def _freeze_holder(self) -> None:
        pid, number = self.holder()
        if pid is None or self.number == 1:
            return
        os.kill(pid, signal.SIGSTOP)
        try:
            self._note_takeover(number)
        finally:
            os.kill(pid, signal.SIGCONT)
        time.sleep(0.5)  # what it was in the middle of is over before the clock is moved

    def _note_takeover(self, number: int) -> None:
        began = time.monotonic()
        while self.holder()[1] <= number:
            assert time.monotonic() - began < WITHIN, "nobody has taken over"
            self.revive()
            time.sleep(0.02)
        self.takeovers.append(time.monotonic() - began)


@contextmanager
def raging(storm: Storm, pause: tuple[float, float], most: int) -> Iterator[None]:
    """It storms during the block; a fault of the storm's own is told at its end."""
    with ThreadPoolExecutor(1) as beside:
        rage = beside.submit(storm.rage, pause, most)
        try:
            yield
        finally:
            storm.is_over.set()
        rage.result()
