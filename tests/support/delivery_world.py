"""One delivering process, whose platform, hooks and clock do what the test says.

They are doubles of things that are ours: the seam's `Platform`, the `DialogueHooks`, a `Clock`. What is posted can be kept in a file, so
that several processes share one platform and a killed one leaves its posts behind.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select

from bot.dialogue.outbox import NotWanted
from bot.errors import Later, OutOfService, Unfit, Unreachable, Unsure, Vanished
from bot.models import MessageKind, MessageState, OutboxMessage, Person, PersonState
from bot.programme import Language
from bot.seam.meaning import Plain
from bot.seam.platform import ChannelFacts, Receipt
from bot.sending.delivery import Delivery
from bot.sending.hooks import DialogueHooks
from bot.sending.lease import Lease
from bot.sending.pace import Limits, Pace
from tests.support.database import messages_in, unit_of_work
from tests.support.programme import ORGANISERS_CHANNEL, PROGRAMME
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.seam.meaning import Meaning
    from bot.sending.delivery import Step
    from bot.sending.hooks import Alarm


class Answer(StrEnum):
    """What the platform does with one call to `send`."""

    YES = "yes"
    LATER = "later"
    LOST_BEFORE = "lost before it was taken"
    LOST_AFTER = "lost after it was taken"
    FAULT_AFTER = "an unforeseen fault after it was taken"
    GONE = "gone"
    UNFIT = "unfit"
    VANISHED = "vanished"


class Sight(StrEnum):
    """What the platform does with one call to `find`."""

    CLEAR = "clear"
    BLIND = "blind"
    LATER = "later"
    FAULT = "fault"
    GONE = "gone"
    SHUT_OUT = "shut out"


class HandClock:
    """A clock that can be set to any moment, also back. Waiting moves it."""

    def __init__(self, start: datetime = OPENS) -> None:
        self.moment = start
        self.waited: list[timedelta] = []

    def now(self) -> datetime:
        return self.moment

    def wait(self, until: datetime, stop: threading.Event | None = None) -> None:
        if stop is not None and stop.is_set():
            return
        self.waited.append(until - self.moment)
        self.moment = max(self.moment, until)

    def doubt(self) -> None:
        """It is believed."""

    def step(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


class Ticks:
    """Monotonic seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Conversations:
    """What stands on the platform: (address, delivery id, moment). With a `file`, shared by processes, it keeps who wrote each line too."""

    file: Path | None = None
    kept: list[tuple[str, str, datetime]] = field(default_factory=list)

    def add(self, address: str, delivery_id: str, at: datetime) -> None:
        if self.file is None:
            self.kept.append((address, delivery_id, at))
            return
        with self.file.open("a", encoding="utf-8") as out:
            out.write(json.dumps([address, delivery_id, at.isoformat(), os.getpid()]) + "\n")

    def posts(self) -> list[tuple[str, str, datetime]]:
        if self.file is None:
            return self.kept
        return [(address, delivery, datetime.fromisoformat(at)) for address, delivery, at, _ in self._lines()]

    def writers(self) -> list[int]:
        """Which process wrote each line."""
        return [process for *_, process in self._lines()]

    def _lines(self) -> list[tuple[str, str, str, int]]:
        """What is written whole: the last line may be on its way."""
        if self.file is None or not self.file.exists():
            return []
        whole, _, _ = self.file.read_text(encoding="utf-8").rpartition("\n")
        return [json.loads(line) for line in whole.splitlines()]

    def counts(self) -> Counter[str]:
        """How often each delivery id stands there."""
        return Counter(delivery for _, delivery, _ in self.posts())


class ScriptedPlatform:
    """A platform that answers as it is told: `answers` and `sights` are used up one a call, then all is well."""

    def __init__(
        self,
        clock: HandClock,
        *,
        conversations: Conversations | None = None,
        answers: Iterable[Answer] = (),
        sights: Iterable[Sight] = (),
        cost: float = 0.0,
        before_send: Callable[[], None] | None = None,
    ) -> None:
        self.clock = clock
        self.conversations = conversations or Conversations()
        self.answers = iter(answers)
        self.sights = iter(sights)
        self.cost = cost
        self.before_send = before_send
        self.facts: ChannelFacts | Exception = ChannelFacts(exists=True, member=True, archived=False, external=False)
        self.refusals: dict[str, Exception] = {}  # by address, until they are taken out
        self.refused_changes: Exception | None = None  # of every change, until it is taken out
        self.sends: list[str] = []
        self.sent_at: list[datetime] = []
        self.redrawn: list[tuple[str, str]] = []
        self.looks: list[tuple[str, datetime]] = []

    def send(self, address: str, meaning: Meaning, delivery_id: str) -> Receipt:
        self.sends.append(delivery_id)
        self.sent_at.append(self.clock.now())
        if address in self.refusals:
            raise self.refusals[address]
        if self.before_send is not None:
            self.before_send()
        if self.cost:
            until = time.perf_counter() + self.cost
            while time.perf_counter() < until:
                pass
        answer = next(self.answers, Answer.YES)
        self._refuse(answer)
        now = self.clock.now()
        self.conversations.add(address, delivery_id, now)
        if answer is Answer.LOST_AFTER:
            raise Unsure("no answer")
        if answer is Answer.FAULT_AFTER:
            raise ZeroDivisionError("unforeseen")
        return Receipt(channel=f"D{address}", stamp=str(now.timestamp()))

    def _refuse(self, answer: Answer) -> None:
        if answer is Answer.LATER:
            raise Later("too fast", after=30)
        if answer is Answer.LOST_BEFORE:
            raise Unsure("no answer")
        if answer is Answer.GONE:
            raise Unreachable("channel_not_found")
        if answer is Answer.UNFIT:
            raise Unfit("invalid_blocks")
        if answer is Answer.VANISHED:
            raise Vanished("message_not_found")

    def find(self, address: str, delivery_id: str, since: datetime) -> Receipt | None:
        self.looks.append((delivery_id, self.clock.now()))
        match next(self.sights, Sight.CLEAR):
            case Sight.BLIND:
                raise Unsure("nothing of ours is readable there")
            case Sight.LATER:
                raise Later("too fast", after=90)
            case Sight.FAULT:
                raise ZeroDivisionError("unforeseen")
            case Sight.GONE:
                raise Unreachable("channel_not_found")
            case Sight.SHUT_OUT:
                raise OutOfService("missing_scope", after=60)
            case _:
                pass
        for channel, delivery, at in self.conversations.posts():
            if (channel, delivery) == (address, delivery_id) and at >= since:
                return Receipt(channel=f"D{address}", stamp=str(at.timestamp()))
        return None

    def channel(self, channel: str) -> ChannelFacts:
        if isinstance(self.facts, Exception):
            raise self.facts
        return self.facts

    def start(self, door: object) -> None:
        raise AssertionError("delivery does not listen")

    def stop(self) -> None:
        raise AssertionError("delivery does not listen")

    def connected(self) -> bool:
        return True

    def update(self, receipt: Receipt, meaning: Meaning) -> None:
        self.redrawn.append((receipt.channel, receipt.stamp))
        if self.refused_changes is not None:
            raise self.refused_changes
        answer = next(self.answers, Answer.YES)
        self._refuse(answer)
        if answer is Answer.LOST_AFTER:
            raise Unsure("no answer")
        if answer is Answer.FAULT_AFTER:
            raise ZeroDivisionError("unforeseen")

    def roster(self, sources: object) -> dict[Any, Any]:
        raise AssertionError("delivery does not read lists")


@dataclass
class ScriptedHooks:
    """Says the message's key. People who left or paused are not spoken to; what was sent or alarmed is remembered."""

    told: list[str] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    unrecordable: set[str] = field(default_factory=set)
    channel_fault: str | None = None
    after_sent: Callable[[Session], None] = field(default=lambda _session: None)

    def compose(self, session: Session, now: datetime, messages: Sequence[OutboxMessage]) -> list[Meaning | NotWanted]:
        ids = {message.person_id for message in messages} - {None}
        people = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))}
        return [self._compose(people, message) for message in messages]

    def _compose(self, people: dict[int, Person], message: OutboxMessage) -> Meaning | NotWanted:
        if (message.key or "") in self.broken:
            raise ZeroDivisionError("cannot be composed")
        person = people.get(message.person_id or 0)
        if person is not None and person.state in {PersonState.LEFT, PersonState.PAUSED}:
            return NotWanted(reason=person.state.value)
        return Plain(language=Language.DA, paragraphs=(message.key or "",))

    def record_claim(self, session: Session, message: OutboxMessage) -> None:
        if message.key in self.unrecordable:
            message.channel = "written, and undone"
            session.flush()
            raise ZeroDivisionError("cannot be recorded")

    def sent(self, session: Session, now: datetime, message: OutboxMessage) -> None:
        self.told.append(message.delivery_id)
        if message.kind is MessageKind.WELCOME and message.person_id is not None:
            person = session.get_one(Person, message.person_id)
            person.state, person.welcomed_at = PersonState.ACTIVE, now
        self.after_sent(session)

    def alarm(self, session: Session, now: datetime, message: OutboxMessage, alarm: Alarm) -> None:
        self.alarms.append(alarm)
        if session.scalar(select(OutboxMessage.id).where(OutboxMessage.key == alarm.key)) is None:
            session.add(row(MessageKind.NOTICE, due_at=now, key=alarm.key, address=ORGANISERS_CHANNEL))

    def value(self) -> DialogueHooks:
        return DialogueHooks(
            compose=self.compose,
            record_claim=self.record_claim,
            sent=self.sent,
            alarm=self.alarm,
            channel_fault=lambda _message, _facts: self.channel_fault,
            follows=frozenset({MessageKind.WELCOME, MessageKind.DIGEST}),
        )


@dataclass
class DeliveryWorld:
    """Everything one delivering process has."""

    database: Database
    clock: HandClock = field(default_factory=HandClock)
    ticks: Ticks = field(default_factory=Ticks)
    limits: Limits | None = None
    answers: Iterable[Answer] = ()
    sights: Iterable[Sight] = ()
    conversations: Conversations = field(default_factory=Conversations)
    watch: Callable[[Step], None] | None = None
    cost: float = 0.0
    calls_in_flight: int = 1

    def __post_init__(self) -> None:
        self.hooks = ScriptedHooks()
        self.platform = ScriptedPlatform(
            self.clock, conversations=self.conversations, answers=self.answers, sights=self.sights, cost=self.cost
        )
        self.pace = Pace(self.clock, limits=self.limits)
        self.lease = Lease(self.database.write, self.database.look, workspace="T0TEST", monotonic=self.ticks)
        self.delivery = Delivery(
            write=self.database.write,
            glance=self.database.glance,
            platform=self.platform,
            hooks=self.hooks.value(),
            clock=self.clock,
            pace=self.pace,
            lease=self.lease,
            calls_in_flight=self.calls_in_flight,
            **({} if self.watch is None else {"watch": self.watch}),
        )

    def messages(self) -> list[OutboxMessage]:
        return messages_in(self.database)

    def states(self) -> Counter[MessageState]:
        return Counter(message.state for message in self.messages())

    def only(self) -> OutboxMessage:
        (message,) = self.messages()
        return message

    def live(self, until: timedelta) -> None:
        """Deliver again and again, going from moment to moment as a rehearsal does."""
        end = self.clock.now() + until
        self.delivery.deliver()
        while (moment := self.delivery.next_moment()) is not None and moment <= end:
            self.clock.moment = max(self.clock.moment, moment)
            self.ticks.seconds += 5
            self.delivery.deliver()


def row(kind: MessageKind, *, due_at: datetime = OPENS, **more: Any) -> OutboxMessage:
    """A message that is not in the outbox yet."""
    values = {"address": "U0ANYONE", "facts": {}, "next_at": due_at, "programme": PROGRAMME.id, "delivery_id": uuid4().hex, **more}
    return OutboxMessage(kind=kind, due_at=due_at, state=MessageState.PENDING, attempts=0, looks=0, **values)


def put(database: Database, kind: MessageKind = MessageKind.QUESTION, **more: Any) -> str:
    """One message in the outbox; its delivery id."""
    message = row(kind, **more)
    with unit_of_work(database) as session:
        World(session)  # for the programme that the message belongs to
        session.add(message)
    return message.delivery_id


def put_for_people(database: Database, number: int, *, kind: MessageKind = MessageKind.QUESTION, due_at: datetime = OPENS) -> None:
    """So many active people, with one message each."""
    with unit_of_work(database) as session:
        people = World(session).add_people(number, prefix="U00")
        session.add_all(row(kind, due_at=due_at, person_id=person.id, address=person.address) for person in people)
