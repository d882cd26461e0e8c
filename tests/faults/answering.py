"""A process in which many answer at one moment, and which is killed at a named place, or shares its database with another one.

Places: `keeping` (all of a group has been written, nothing is committed), `kept` (committed, nobody has been told), `told` (one more has
been). A server forks the processes, as for deliveries.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.confidentiality.encryption import KEYS, Keys
from bot.database.unit_of_work import Database
from bot.dialogue.rounds import replies
from tests.faults.world import Death
from tests.support.database import KEY
from tests.support.programme import PROGRAMME
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.database.group_commit import Run


def asked(database: Database, people: int) -> int:
    """So many leaders, who have all been asked; the id of the round."""
    with database.work() as session:
        return World(session).populate(leaders=people).open_and_ask().id


def answers_and_dies(url: str, file: Path, people: Sequence[str], place: str, n: int) -> None:
    """All answer at one moment; who is told that it is kept stands in `file`. Killed at the n-th visit to a place."""
    Crowd(url, file, Death(place, n)).answer(people)


def answers_too(url: str, file: Path, people: Sequence[str], told: Connection) -> None:
    """All answer at one moment, while another process does the same; tell how many heard that it was kept."""
    told.send(Crowd(url, file, Death("nowhere", 1)).answer(people))


class Crowd:
    """People who answer through the front door's own way into the database."""

    def __init__(self, url: str, file: Path, death: Death) -> None:
        self.database = Database(url, carried={KEYS: Keys.read(KEY)})
        self.file = file
        self.death = death
        self.transaction = self.database._batch._transaction
        self.database._batch._transaction = self.watched
        self.one_at_a_time = threading.Lock()

    @contextmanager
    def watched(self, patience: float) -> Iterator[Run[Session]]:
        with self.transaction(patience) as run:
            yield run
            self.death.visit("keeping")
        self.death.visit("kept")

    def answer(self, people: Sequence[str]) -> int:
        with ThreadPoolExecutor(len(people)) as threads:
            return sum(threads.map(self.one, people))

    def one(self, person: str) -> bool:
        def record(session: Session) -> replies.Recorded:
            return replies.record(session, OPENS, PROGRAMME, person, 1, f"{person} mener noget.", wish=False, quote=False)

        self.database.together(record)
        with self.one_at_a_time:
            self.tell(person)
            self.death.visit("told")
        return True

    def tell(self, person: str) -> None:
        file = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(file, f"{person}\n".encode())
        os.close(file)
