"""Several processes, of which one delivers: who was frozen and wakes claims nothing, and each holder has a number of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models import MessageState
from bot.sending.delivery import CALLS_IN_FLIGHT
from tests.support.database import second_process
from tests.support.delivery_world import DeliveryWorld, put, put_for_people
from tests.support.killed_processes import HOUR, inherit

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database


def test_a_frozen_holder_that_wakes_claims_nothing(database: Database) -> None:
    with second_process(database) as other:
        frozen, heir = DeliveryWorld(database), DeliveryWorld(other)
        assert frozen.lease.keep()
        inherit(heir)
        put(database)
        assert frozen.delivery.deliver() == 0, "it believes that the lease is still its own, and asks"
        assert not frozen.platform.sends
        assert heir.delivery.deliver() == 1


def test_each_taking_of_the_lease_has_a_higher_number(database: Database) -> None:
    worlds, taken = [DeliveryWorld(database), DeliveryWorld(database)], []
    for turn in range(4):
        taken.append(inherit(worlds[turn % 2]).lease.number)
        for world in worlds:
            world.lease._number = None  # it was frozen, and has learnt that it lost the lease
    assert taken == [1, 2, 3, 4]


def take_over(heir: DeliveryWorld) -> None:
    inherit(heir).delivery.deliver()


def test_what_is_called_by_one_that_has_not_heard_yet_is_not_called_by_the_next(database: Database) -> None:
    put_for_people(database, 3)
    first = DeliveryWorld(database)
    with second_process(database) as other:
        heir = DeliveryWorld(other, conversations=first.conversations)
        first.platform.before_send = lambda: take_over(heir)
        first.delivery.deliver()
        first.platform.before_send = None
        heir.live(HOUR)
    assert heir.states() == {MessageState.SENT: 3}
    assert sorted(first.conversations.counts().values()) == [1] * 3


def test_what_is_still_on_its_way_is_not_claimed_again(database: Database) -> None:
    put_for_people(database, 30)
    world = DeliveryWorld(database, calls_in_flight=CALLS_IN_FLIGHT, cost=0.02)
    world.live(HOUR)
    assert sorted(world.conversations.counts().values()) == [1] * 30
