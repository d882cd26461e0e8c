"""A delivering process that is killed at a named place, or shares its database with another one.

Places are the steps of delivery (turning, turned, called), and on the platform's side `asked` and `accepted`. A server forks the
processes, so that each begins without anything of the test's, and without reading all modules again.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from datetime import timedelta
from multiprocessing import get_context
from typing import TYPE_CHECKING

from bot.database.unit_of_work import Database
from bot.models import FINAL_STATES
from tests.sending.stage import START, Conversations, HandClock, Room

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from datetime import datetime
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess as Process
    from pathlib import Path

FASTER = 60  # how much faster the fast world's clock runs
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
        return START + timedelta(seconds=(time.time() - self.began) * FASTER)

    def wait(self, until: datetime, stop: threading.Event | None = None) -> None:
        time.sleep(max(0.0, (until - self.now()).total_seconds() / FASTER))


class Death:
    """Kills this process at the n-th visit to a place."""

    def __init__(self, place: str, n: int) -> None:
        self.place = place
        self.n = n
        self.visits: Counter[str] = Counter()

    def visit(self, place: str) -> None:
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


def inherit(room: Room) -> Room:
    """Take the lease of a holder that has fallen silent."""
    while not room.lease.keep():
        room.ticks.seconds += 5
    return room


def die(url: str, file: Path, place: str, n: int) -> None:
    """Deliver, and be killed at the n-th visit to a place."""
    death = Death(place, n)
    conversations = MortalConversations(file=file)
    conversations.death = death
    inherit(Room(Database(url), conversations=conversations, watch=death.visit)).live(HOUR)


def race(url: str, file: Path, began: float, told: Connection) -> None:
    """Deliver in a world that runs faster, until all is final; tell how many messages that was."""
    room = Room(Database(url), clock=FastClock(began), conversations=Conversations(file=file), cost=0.002)
    room.lease._monotonic = lambda: time.monotonic() * TICKS_FASTER
    sent = 0
    while not all(message.state in FINAL_STATES for message in room.messages()):
        sent += room.delivery.deliver()
        time.sleep(0.02)
    told.send(sent)


def start(what: Callable[..., None], *args: object) -> Process:
    """A process of its own that does `what`."""
    process = PROCESSES.Process(target=what, args=args)
    process.start()
    return process
