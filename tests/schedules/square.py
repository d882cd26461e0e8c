"""Where do the tests of the beat take place? On a village square: a real programme file, a real database, people from hand-made lists.

There is no delivery here: `beat` takes the welcomes and questions that have fallen due for delivered, and leaves the rest of the outbox.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.database.unit_of_work import Database
from bot.dialogue import people
from bot.models import MessageKind, MessageState, OutboxMessage, Person, Round
from bot.programme import Language
from bot.seam.platform import Found, Roster
from schedules.heartbeat import Heartbeat
from schedules.programme_store import ProgrammeStore
from tests.sending.stage import HandClock
from tests.support.programme import PROGRAMME_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.programme import Source

COPENHAGEN, FAROE = "Europe/Copenhagen", "Atlantic/Faroe"
LISTS = {"S0LEADERS": 12, "S0REPS": 12, "S0POLIT": 3, "S0ORG": 1}  # how many people stand on each
TO_PEOPLE = (MessageKind.WELCOME, MessageKind.QUESTION)
ABROAD = 2  # of each list, this many are on the Faroe Islands


def here(moment: str) -> datetime:
    """A moment of the programme's zone, for example `2018-10-09 09:30`."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(COPENHAGEN))


def written(folder: Path, *changes: str, name: str = "landsby.yaml") -> Path:
    """The programme in a folder, with texts exchanged."""
    text = PROGRAMME_TEXT
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text, f"{old!r} does not stand in the programme"
        text = text.replace(old, new)
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


class Lists:
    """A platform that can only read lists. `refusals` are raised one a reading; `readings` counts."""

    def __init__(self) -> None:
        self.refusals: list[Exception] = []
        self.readings = 0

    def roster(self, sources: Sequence[Source]) -> dict[Source, Roster]:
        self.readings += 1
        if self.refusals:
            raise self.refusals.pop(0)
        return {source: Roster(found=tuple(_people(str(source.usergroup)))) for source in sources}


def _people(group: str) -> Iterator[Found]:
    for number in range(LISTS[group]):
        zone = FAROE if number < ABROAD else COPENHAGEN
        yield Found(address=f"U{group}{number}", language=Language.DA, timezone=zone, active=True)


class Square:
    """A heartbeat on a clock that is set by hand."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.database = folder, database
        self.clock, self.platform = HandClock(here("2018-10-01 08:00")), Lists()
        self.heart = self.another(database)

    def another(self, database: Database) -> Heartbeat:
        """Another process' heartbeat, at the same clock."""
        platform: Any = self.platform
        return Heartbeat(database=database, programme_store=ProgrammeStore(self.folder), platform=platform, clock=self.clock)

    def beat(self, *moments: str) -> None:
        """Set the clock to each moment in turn, beat, and deliver."""
        for moment in moments or (None,):
            self.clock.moment = here(moment) if moment else self.clock.moment
            self.heart.beat()
            self._deliver()

    def _deliver(self) -> None:
        """What delivery would do with the welcomes and questions that have fallen due."""
        now = self.clock.now()
        waiting = OutboxMessage.kind.in_(TO_PEOPLE), OutboxMessage.state == MessageState.PENDING, OutboxMessage.due_at <= now
        with self.database.work() as session:
            for each in session.scalars(select(OutboxMessage).where(*waiting)).all():
                each.state, each.sent_at = MessageState.SENT, now
                if each.kind is MessageKind.WELCOME and each.person_id is not None:
                    people.mark_welcomed(session, now, each.person_id)

    # --- what stands in the database

    def messages(self, kind: MessageKind) -> list[OutboxMessage]:
        with self.database.look() as session:
            return list(session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)))

    def notices(self, key: str) -> list[OutboxMessage]:
        """What the organisers are told under keys that begin so."""
        return [each for each in self.messages(MessageKind.NOTICE) if (each.key or "").startswith(key)]

    def rounds(self) -> list[Round]:
        with self.database.look() as session:
            return list(session.scalars(select(Round).order_by(Round.id)))

    def asked(self) -> Counter[int]:
        """How many questions each person has been asked: {how many: by how many people}."""
        with self.database.look() as session:
            by_person = Counter(session.scalars(select(OutboxMessage.person_id).where(OutboxMessage.kind == MessageKind.QUESTION)))
            return Counter(by_person.values()) if by_person else Counter({0: len(list(session.scalars(select(Person.id))))})

    def moments(self, kind: MessageKind, zone: str = COPENHAGEN) -> set[str]:
        """At which local times messages of a kind are due."""
        with self.database.look() as session:
            due = select(OutboxMessage.due_at).join(Person, Person.id == OutboxMessage.person_id)
            found = session.scalars(due.where(OutboxMessage.kind == kind, Person.timezone == zone)).all()
        return {f"{each.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for each in found}


@contextmanager
def beside(database: Database) -> Iterator[Database]:
    """The same file, opened by another process."""
    other = Database(str(database.engine.url), carried=database.carried)
    try:
        yield other
    finally:
        other.close()
