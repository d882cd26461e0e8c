"""A heartbeat on a real programme file and database, with a clock set by hand and made-up lists.

There is no delivery here: `beat` takes the welcomes and questions that have fallen due for delivered, and leaves the rest of the outbox.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.dialogue import people
from bot.dialogue.planning import versions
from bot.models import MessageKind, MessageState, OutboxMessage, Person, ProgrammeVersion, Round, VersionState
from bot.programme import Language
from bot.seam.platform import Found, Receipt, Roster
from schedules.heartbeat import Heartbeat
from schedules.programme_store import ProgrammeStore
from tests.support.database import messages_in, unit_of_work
from tests.support.delivery_world import HandClock
from tests.support.programme import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.database.unit_of_work import Database
    from bot.programme import Source
    from bot.seam.meaning import Plain

FAROE = "Atlantic/Faroe"
LISTS = {"S0LEADERS": 12, "S0REPS": 12, "S0POLIT": 3, "S0ORG": 1}  # how many people stand on each
TO_PEOPLE = (MessageKind.WELCOME, MessageKind.QUESTION)
ABROAD = 2  # of each list, this many are on the Faroe Islands


def here(moment: str) -> datetime:
    """A moment of the programme's zone, for example `2018-10-09 09:30`."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(COPENHAGEN))


class Lists:
    """A platform that reads lists, and says what is said past the outbox.

    `refusals` are raised one a reading, `obstacles` one a saying; `readings` counts, `said` keeps delivery ids and texts.
    """

    def __init__(self) -> None:
        self.refusals: list[Exception] = []
        self.obstacles: list[Exception] = []
        self.readings = 0
        self.said: dict[str, str] = {}
        self.is_connected = True

    def connected(self) -> bool:
        return self.is_connected

    def send(self, address: str, meaning: Plain, delivery_id: str) -> Receipt:
        if self.obstacles:
            raise self.obstacles.pop(0)
        self.said[delivery_id] = f"{address}: {' '.join(meaning.paragraphs)}"
        return Receipt(channel=address, stamp=str(len(self.said)))

    def find(self, address: str, delivery_id: str, since: datetime) -> Receipt | None:
        return Receipt(channel=address, stamp="1") if delivery_id in self.said else None

    def roster(self, sources: Sequence[Source]) -> dict[Source, Roster]:
        self.readings += 1
        if self.refusals:
            raise self.refusals.pop(0)
        return {source: Roster(found=tuple(_people(source))) for source in sources}


def _people(source: Source) -> Iterator[Found]:
    """The people of a group, or those whose e-mails stand in a file."""
    names = source.emails if source.file is not None else [f"{source.usergroup}{n}" for n in range(LISTS[str(source.usergroup)])]
    for number, name in enumerate(names):
        zone = FAROE if number < ABROAD else COPENHAGEN
        yield Found(address=f"U{name}", language=Language.DA, timezone=zone, active=True)


class HeartbeatWorld:
    """A heartbeat on a clock that is set by hand."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.database = folder, database
        self.clock, self.platform = HandClock(here("2018-10-01 08:00")), Lists()
        self.heart = self.another(database)

    @property
    def file(self) -> Path:
        """The programme's file."""
        return self.folder / "landsby.yaml"

    def another(self, database: Database) -> Heartbeat:
        """Another process' heartbeat, at the same clock."""
        platform: Any = self.platform
        return Heartbeat(database=database, programme_store=ProgrammeStore(self.folder), platform=platform, clock=self.clock)

    def beat(self, *moments: str, deliver: bool = True) -> None:
        """Set the clock to each moment in turn, beat, and deliver."""
        for moment in moments or (None,):
            self.clock.moment = here(moment) if moment else self.clock.moment
            self.heart.beat()
            if deliver:
                self.deliver()

    def deliver(self) -> None:
        """What delivery would do with the welcomes and questions that have fallen due."""
        now = self.clock.now()
        waiting = OutboxMessage.kind.in_(TO_PEOPLE), OutboxMessage.state == MessageState.PENDING, OutboxMessage.due_at <= now
        with unit_of_work(self.database) as session:
            for message in session.scalars(select(OutboxMessage).where(*waiting)).all():
                message.state, message.sent_at = MessageState.SENT, now
                if message.kind is MessageKind.WELCOME and message.person_id is not None:
                    people.mark_welcomed(session, now, message.person_id)

    def put_in_force(self) -> None:
        """What an organiser's word does to the plan that is held."""
        with unit_of_work(self.database) as session:
            (held,) = session.scalars(select(ProgrammeVersion).where(ProgrammeVersion.state == VersionState.HELD)).all()
            assert versions.apply_held(session, self.clock.now(), held)

    # --- what stands in the database

    def messages(self, kind: MessageKind) -> list[OutboxMessage]:
        return messages_in(self.database, kind)

    def notices(self, key: str) -> list[OutboxMessage]:
        """What the organisers are told under keys that begin so."""
        return [message for message in self.messages(MessageKind.NOTICE) if (message.key or "").startswith(key)]

    def told_of_the_file(self) -> list[str]:
        """The sentences that organisers have been told of the programme's file."""
        return [str(notice.facts["say"]) for notice in self.messages(MessageKind.NOTICE) if "edit" in str(notice.facts["say"])]

    def rounds(self) -> list[Round]:
        with self.database.look() as session:
            return list(session.scalars(select(Round).order_by(Round.id)))

    def times_asked(self) -> Counter[int]:
        """How many questions each person has been asked: {how many: by how many people}."""
        with self.database.look() as session:
            by_person = Counter(session.scalars(select(OutboxMessage.person_id).where(OutboxMessage.kind == MessageKind.QUESTION)))
            return Counter(by_person.values()) if by_person else Counter({0: len(list(session.scalars(select(Person.id))))})

    def moments(self, kind: MessageKind, zone: str = COPENHAGEN) -> set[str]:
        """At which local times messages of a kind are due."""
        with self.database.look() as session:
            due = select(OutboxMessage.due_at).join(Person, Person.id == OutboxMessage.person_id)
            moments = session.scalars(due.where(OutboxMessage.kind == kind, Person.timezone == zone)).all()
        return {f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for moment in moments}
