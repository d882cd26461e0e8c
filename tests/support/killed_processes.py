"""Processes that deliver or take answers, and are killed at a named place or share their database with another one.

Places of delivery are its steps (turning, turned, called), and on the platform's side `asked` and `accepted`; of answers `keeping` (all of
a group has been written, nothing is committed), `kept` (committed, nobody has been told) and `told` (one more has been). A server forks
the processes, so that each begins without anything of the test's, and without reading all modules again.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from multiprocessing import get_context
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from bot.database.unit_of_work import Database
from bot.dialogue.rounds import replies
from bot.models import FINAL_STATES
from bot.sending.delivery import CALLS_IN_FLIGHT
from tests.support.database import open_database, unit_of_work
from tests.support.delivery_world import Conversations, DeliveryWorld, HandClock
from tests.support.programme import PROGRAMME
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess as Process
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.database.group_commit import RunTask

FASTER = 60  # how much faster the fast clock runs
TICKS_FASTER = 20
HOUR = timedelta(hours=1)
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


class FastClock(HandClock):
    """A wall clock that runs faster; all processes that know when it `began` agree on it."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self.began = began

    def now(self) -> datetime:
        return OPENS + timedelta(seconds=(time.time() - self.began) * FASTER)

    def wait(self, until: datetime, stop: threading.Event | None = None) -> None:
        time.sleep(max(0.0, (until - self.now()).total_seconds() / FASTER))


class Death:
    """Kills this process at the n-th visit to a place."""

    def __init__(self, place: str, n: int) -> None:
        self.place = place
        self.n = n
        self.visits: Counter[str] = Counter()
        self.lock = threading.Lock()

    def visit(self, place: str) -> None:
        with self.lock:
            self.visits[place] += 1
            if place == self.place and self.visits[place] == self.n:
                os.kill(os.getpid(), signal.SIGKILL)


class MortalConversations(Conversations):
    """Where a message may be accepted by a process that never hears of it."""

    death: Death

    def add(self, address: str, delivery_id: str, at: datetime) -> None:
        self.death.visit("asked")
        super().add(address, delivery_id, at)
        self.death.visit("accepted")


def inherit(world: DeliveryWorld) -> DeliveryWorld:
    """Take the lease of a holder that has fallen silent."""
    while not world.lease.keep():
        world.ticks.seconds += 5
    return world


def die(url: str, file: Path, place: str, n: int, calls_in_flight: int = 1) -> None:
    """Deliver, and be killed at the n-th visit to a place."""
    death = Death(place, n)
    conversations = MortalConversations(file=file)
    conversations.death = death
    world = DeliveryWorld(Database(url), conversations=conversations, watch=death.visit, calls_in_flight=calls_in_flight)
    inherit(world).live(HOUR)


def race(url: str, file: Path, began: float, told: Connection) -> None:
    """Deliver in a world that runs faster, until all is final; tell how many messages that was."""
    clock, conversations = FastClock(began), Conversations(file=file)
    world = DeliveryWorld(Database(url), clock=clock, conversations=conversations, cost=0.002, calls_in_flight=CALLS_IN_FLIGHT)
    world.lease._monotonic = lambda: time.monotonic() * TICKS_FASTER
    sent = 0
    while not all(message.state in FINAL_STATES for message in world.messages()):
        with suppress(OperationalError):  # a process that was halted may hold the database
            sent += world.delivery.deliver()
        time.sleep(0.02)
    told.send(sent)


def ask_leaders(database: Database, number: int) -> int:
    """So many leaders, who have all been asked; the id of the round."""
    with unit_of_work(database) as session:
        return World(session).populate(leaders=number).open_and_ask().id


def answer_and_die(url: str, file: Path, people: Sequence[str], place: str, n: int) -> None:
    """All answer at one moment; who is told that it is kept stands in `file`. Killed at the n-th visit to a place."""
    AnsweringProcess(url, file, Death(place, n)).answer(people)


def answer_too(url: str, file: Path, people: Sequence[str], told: Connection) -> None:
    """All answer at one moment, while another process does the same; tell how many heard that it was kept."""
    told.send(AnsweringProcess(url, file, Death("nowhere", 1)).answer(people))


class AnsweringProcess:
    """People who answer through the front door's own way into the database."""

    def __init__(self, url: str, file: Path, death: Death) -> None:
        self.database = open_database(url)
        self.file = file
        self.death = death
        self.transaction = self.database._batch._transaction
        self.database._batch._transaction = self._watched
        self.one_at_a_time = threading.Lock()

    @contextmanager
    def _watched(self, patience: float) -> Iterator[RunTask[Session]]:
        with self.transaction(patience) as run:
            yield run
            self.death.visit("keeping")
        self.death.visit("kept")

    def answer(self, people: Sequence[str]) -> int:
        """Half of them answer at one moment, and then the others: so there are two transactions at least, however slow the first is."""
        with ThreadPoolExecutor(len(people)) as threads:
            return sum(sum(threads.map(self._answer, half)) for half in (people[::2], people[1::2]))

    def _answer(self, person: str) -> bool:
        def record(session: Session) -> replies.ReplyReceipt:
            return replies.record(session, OPENS, PROGRAMME, person, 1, f"{person} mener noget.", wish=False, quote=False)

        self.database.write(record)
        with self.one_at_a_time:
            self._note(person)
            self.death.visit("told")
        return True

    def _note(self, person: str) -> None:
        file = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(file, f"{person}\n".encode())
        os.close(file)


def start(what: Callable[..., None], *args: object) -> Process:
    """A process of its own that does `what`."""
    process = PROCESSES.Process(target=what, args=args)
    process.start()
    return process
