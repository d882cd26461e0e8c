"""Whatever happens, in whatever order, each message is said once, or not said for a visible reason."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from bot.database.unit_of_work import Database
from bot.models import FINAL_STATES, MessageKind, MessageState, Person, PersonState
from bot.sending.platform_calls import KINDS_THAT_CHANGE
from tests.support.database import unit_of_work
from tests.support.delivery_world import Answer, Conversations, DeliveryWorld, HandClock, Sight, put, put_for_people
from tests.support.killed_processes import HOUR, inherit
from tests.support.running_world import database_in
from tests.support.server_databases import give_back_within

FAULTS = [*[answer for answer in Answer if answer is not Answer.YES], *[Answer.LOST_AFTER] * 4]
CLEARLY_NOT_SAID = {MessageState.PENDING, MessageState.MISSED, MessageState.CANCELLED}


class Crash(BaseException):
    """This process is gone."""


class Deliveries(RuleBasedStateMachine):
    """One outbox, delivered by one process after the other while platform, clock, database and people misbehave."""

    @initialize(people=st.integers(0, 14), calls_in_flight=st.sampled_from([1, 4]))
    def begin(self, people: int, calls_in_flight: int) -> None:
        self.calls_in_flight = calls_in_flight
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(database_in(Path(self.folder.name)))
        self.clock = HandClock()
        self.conversations = Conversations()
        self.jumped = 0
        self.next_process()
        if people:
            put_for_people(self.database, people)

    def next_process(self) -> None:
        self.world = DeliveryWorld(
            self.database,
            clock=self.clock,
            conversations=self.conversations,
            watch=self.visit,
            calls_in_flight=self.calls_in_flight,
        )
        self.fate: tuple[str, int, type[BaseException]] | None = None

    def visit(self, step: str) -> None:
        if self.fate is None:
            return
        place, left, end = self.fate
        if step != place:
            return
        self.fate = (place, left - 1, end) if left else None
        if not left:
            raise end("commit", {}, Exception("database is locked")) if issubclass(end, OperationalError) else end

    @rule(kind=st.sampled_from(MessageKind), hours=st.integers(-1, 3), lasts=st.none() | st.integers(1, 5), often=st.integers(1, 4))
    def something_is_to_be_said(self, kind: MessageKind, hours: int, lasts: int | None, often: int) -> None:
        due = self.clock.now() + hours * HOUR
        person = None if kind in {MessageKind.DIGEST, MessageKind.NOTICE} else self.anyone()
        kind = MessageKind.NOTICE if person is None and kind is MessageKind.WELCOME else kind
        for _ in range(often):
            put(self.database, kind=kind, due_at=due, expires_at=lasts and due + lasts * HOUR, person_id=person)

    def anyone(self) -> int | None:
        with self.database.look() as session:
            person = session.get(Person, 1)
            return person and person.id

    @rule(
        answer=st.sampled_from(FAULTS),
        well=st.integers(0, 3),
        badly=st.integers(1, 12),
        sight=st.sampled_from([*Sight, Sight.BLIND, Sight.FAULT]),
        long=st.integers(0, 30),
    )
    def the_platform_falls_ill(self, answer: Answer, well: int, badly: int, sight: Sight, long: int) -> None:
        self.world.platform.answers = iter([Answer.YES] * well + [answer] * badly)
        self.world.platform.sights = iter([sight] * long)

    @rule(minutes=st.sampled_from([0, 1, 4, 15, 60, 600]), beats=st.integers(1, 4))
    def time_passes(self, minutes: int, beats: int) -> None:
        for _ in range(beats):
            self.clock.step(minutes=minutes)
            self.world.ticks.seconds += 5
            self.beat()

    def beat(self) -> None:
        try:
            self.world.delivery.deliver()
        except OperationalError:
            pass
        except Crash:
            self.next_process()
            inherit(self.world)

    @precondition(lambda self: self.jumped == 0)
    @rule(hours=st.sampled_from([-1, 1]))
    def the_clock_jumps(self, hours: int) -> None:
        self.clock.step(hours=hours)
        self.jumped = hours

    @precondition(lambda self: self.jumped != 0)
    @rule()
    def the_clock_is_set_right(self) -> None:
        self.clock.step(hours=-self.jumped)
        self.jumped = 0

    @rule(
        place=st.sampled_from(["turning", "turned", "called"]),
        later=st.integers(0, 11),
        end=st.sampled_from([Crash, OperationalError]),
    )
    def the_process_will_fail(self, place: str, later: int, end: type[BaseException]) -> None:
        self.fate = (place, later, end)

    @rule(person=st.integers(1, 14), state=st.sampled_from(PersonState))
    def a_person_comes_or_goes(self, person: int, state: PersonState) -> None:
        with unit_of_work(self.database) as session:
            session.execute(update(Person).where(Person.id == person).values(state=state))

    @rule(fault=st.sampled_from([None, "channel.archived"]))
    def the_digest_channel_is_changed(self, fault: str | None) -> None:
        self.world.hooks.channel_fault = fault

    @invariant()
    def nothing_is_said_twice(self) -> None:
        assert all(count == 1 for count in self.conversations.counts().values())

    @invariant()
    def what_the_outbox_says_is_true(self) -> None:
        counts = self.conversations.counts()
        for message in self.world.messages():
            if message.state is MessageState.SENT:
                assert counts[message.delivery_id] == (message.kind not in KINDS_THAT_CHANGE)  # which changes one that stands
            if message.state in CLEARLY_NOT_SAID:
                assert counts[message.delivery_id] == 0

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        self.all_comes_to_rest()
        self.database.close()
        give_back_within(Path(self.folder.name))
        self.folder.cleanup()

    def all_comes_to_rest(self) -> None:
        """Once nothing misbehaves any more, each message is said, or is not for a reason one can see."""
        self.fate, self.world.hooks.channel_fault = None, None
        self.world.platform.answers = self.world.platform.sights = iter([])
        self.world.live(timedelta(days=3))
        self.clock.step(hours=1)
        self.beat()
        for message in self.world.messages():
            assert message.state in FINAL_STATES or message.state is MessageState.HELD
            assert message.state is MessageState.SENT or message.reason
        self.nothing_is_said_twice()
        self.what_the_outbox_says_is_true()


TestAnySequence = Deliveries.TestCase
TestAnySequence.settings = settings(max_examples=25, stateful_step_count=25)
