"""One process at a time delivers, and another takes over when it falls silent."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from sqlalchemy.exc import OperationalError

from bot.models import MessageState
from bot.sending.lease import Lease
from tests.support.database import LOCKED, locked
from tests.support.delivery_world import Answer, DeliveryWorld, Ticks, put, put_for_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

HOUR = timedelta(hours=1)
T = TypeVar("T")


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def lease(database: Database, ticks: Ticks, workspace: str = "T0") -> Lease:
    return Lease(database.write, database.look, workspace=workspace, monotonic=ticks)


def test_the_first_gets_it_and_the_second_does_not(database: Database, ticks: Ticks) -> None:
    first, second = lease(database, ticks), lease(database, ticks)
    assert first.keep()
    assert not second.keep()
    assert (first.number, second.number) == (1, None)


def test_each_workspace_has_its_own(database: Database, ticks: Ticks) -> None:
    assert lease(database, ticks, "T0").keep()
    assert lease(database, ticks, "T1").keep()


def test_a_holder_that_beats_keeps_it_for_ever(database: Database, ticks: Ticks) -> None:
    first, second = lease(database, ticks), lease(database, ticks)
    for _ in range(100):
        assert first.keep()
        assert not second.keep()
        ticks.seconds += 5


def test_a_silent_holder_loses_it_within_thirty_seconds(database: Database, ticks: Ticks) -> None:
    first, second = lease(database, ticks), lease(database, ticks)
    first.keep()
    silent_since = ticks.seconds
    ticks.seconds += 4
    while not second.keep():
        ticks.seconds += 5
    assert 20 <= ticks.seconds - silent_since <= 30
    assert second.number == 2
    assert not first.keep()
    assert first.number is None


def test_two_challengers_cannot_both_take_it(database: Database, ticks: Ticks) -> None:
    silent, *challengers = [lease(database, ticks) for _ in range(6)]
    silent.keep()
    for challenger in challengers:
        challenger.keep()
    ticks.seconds += 21
    threads = [threading.Thread(target=challenger.keep) for challenger in challengers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [challenger.number for challenger in challengers].count(2) == 1
    assert sum(challenger.number is not None for challenger in challengers) == 1


def test_a_holder_frozen_in_the_midst_of_writing_is_replaced_as_soon_as_it_lets_the_database_go(database: Database, ticks: Ticks) -> None:
    """A server ends its transaction after 15 s: so long it keeps everybody from writing, and nobody waits for it."""
    first, second = lease(database, ticks), lease(database, ticks)
    first.keep()
    with locked(database):
        for _ in range(4):
            ticks.seconds += 5
            assert not second.keep()
        with pytest.raises(OperationalError, match=LOCKED):
            first.keep()
    ticks.seconds += 5
    assert second.keep()
    assert (ticks.seconds, second.number) == (1025, 2)


def test_two_that_look_at_the_same_moment_do_not_take_it_from_one_another(database: Database, ticks: Ticks) -> None:
    silent, slow, quick = (lease(database, ticks) for _ in range(3))
    silent.keep()
    slow.keep()
    quick.keep()
    ticks.seconds += 21
    assert slow._is_to_be_had(ticks())
    assert quick.keep()
    assert database.write(lambda session: slow._take(session, ticks()), alone=True) is None


def test_a_lease_given_back_is_free_at_once(database: Database, ticks: Ticks) -> None:
    first, second = lease(database, ticks), lease(database, ticks)
    first.keep()
    first.release()
    assert second.keep()
    assert not first.keep()


def test_giving_back_what_was_lost_takes_nothing_from_the_new_holder(database: Database, ticks: Ticks) -> None:
    first, second = lease(database, ticks), lease(database, ticks)
    first.keep()
    second.keep()
    ticks.seconds += 20
    assert second.keep()
    first.release()
    ticks.seconds += 5
    assert second.keep()


def test_who_does_not_hold_the_lease_says_nothing(database: Database) -> None:
    put_for_people(database, 3)
    holder, other = DeliveryWorld(database), DeliveryWorld(database)
    holder.lease.keep()
    assert other.delivery.deliver() == 0
    assert other.platform.sends == []
    assert other.states() == {MessageState.PENDING: 3}


def test_a_holder_frozen_between_claim_and_call_says_nothing_when_it_wakes(database: Database) -> None:
    put_for_people(database, 5)
    world = DeliveryWorld(database)
    other = DeliveryWorld(database, conversations=world.conversations)

    def freeze() -> None:
        if len(world.platform.sends) == 2:
            other.lease.keep()
            other.ticks.seconds += 25
            assert other.lease.keep()
            world.ticks.seconds += 25

    world.platform.before_send = freeze
    assert world.delivery.deliver() == 2
    assert len(world.platform.sends) == 2
    assert world.states() == {MessageState.SENT: 2, MessageState.PENDING: 3}, "what it knows for certain is written down"
    assert other.delivery.deliver() == 3
    assert set(world.conversations.counts().values()) == {1}


def test_what_a_crashed_holder_left_open_is_doubted_not_repeated(database: Database) -> None:
    put_for_people(database, 4)

    def dies(step: object) -> None:
        if step == "called":
            raise KeyboardInterrupt

    dead = DeliveryWorld(database, watch=dies)
    with pytest.raises(KeyboardInterrupt):
        dead.delivery.deliver()
    heir = DeliveryWorld(database, conversations=dead.conversations)
    heir.lease.keep()
    heir.ticks.seconds += 20
    assert heir.delivery.deliver() == 0
    assert heir.states() == {MessageState.UNKNOWN: 4}
    assert {message.reason for message in heir.messages()} == {"interrupted"}
    heir.live(HOUR)
    assert heir.states() == {MessageState.SENT: 4}
    assert set(heir.conversations.counts().values()) == {1}


def test_what_an_old_holder_learnt_does_not_overwrite_what_came_later(database: Database) -> None:
    """It was frozen inside the call for longer than the new holder took to look twice and send again."""
    put(database)
    old = DeliveryWorld(database, answers=[Answer.GONE])
    new = DeliveryWorld(database)

    def frozen_for_an_hour() -> None:
        new.lease.keep()
        new.ticks.seconds += 25
        new.live(HOUR)

    old.platform.before_send = frozen_for_an_hour
    assert old.delivery.deliver() == 0
    message = new.only()
    assert (message.state, message.attempts) == (MessageState.SENT, 1)


def test_who_has_just_shown_that_they_are_alive_writes_nothing(database: Database, ticks: Ticks) -> None:
    writes: list[object] = []

    def write(task: Callable[[Session], T], *, alone: bool = False) -> T:
        writes.append(task)
        return database.write(task, alone=alone)

    holder = Lease(write, database.look, workspace="T0", monotonic=ticks)
    for _ in range(3):
        assert holder.keep()
        ticks.seconds += 2.4
    assert len(writes) == 1
    assert holder.keep()
    assert len(writes) == 2


def test_health_is_told_whose_it_is_and_when_its_holder_last_showed_life(database: Database, ticks: Ticks) -> None:
    first, second = lease(database, ticks), lease(database, ticks)
    assert first.last_sight() is second.last_sight() is None
    first.keep()
    second.keep()
    ticks.seconds += 3
    assert (first.last_sight(), second.last_sight()) == ((True, 3), (False, 3))
    ticks.seconds += 3
    first.keep()
    second.keep()
    assert (first.last_sight(), second.last_sight()) == ((True, 0), (False, 0))
