"""A refusal stops what it is about, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import Later, Never, OutOfService, Unfit, Unreachable
from bot.models import MessageKind, MessageState
from bot.sending.lanes import Lane, Lanes
from tests.support.delivery_world import Answer, DeliveryWorld, HandClock, put, put_for_people
from tests.support.world import OPENS

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PEOPLE = [f"U0{number:05}" for number in range(30)]
SWITCHED_OFF = OutOfService("account_inactive", after=60)


def refuse_all(world: DeliveryWorld, refusal: Exception) -> None:
    world.platform.refusals = dict.fromkeys([*PEOPLE, "U0ANYONE"], refusal)


@pytest.mark.parametrize(
    ("refusal", "outage"),
    [
        (SWITCHED_OFF, 20 * SECOND),
        (SWITCHED_OFF, 20 * HOUR),
        (Never("nobody_knows_this"), 7 * HOUR),
        (Unreachable("channel_not_found"), 7 * HOUR),
        (Unfit("invalid_blocks"), 20 * SECOND),
    ],
)
def test_what_everybody_is_refused_is_about_us_and_nobody_is_forgotten(database: Database, refusal: Exception, outage: timedelta) -> None:
    put_for_people(database, 30, kind=MessageKind.WELCOME)
    world = DeliveryWorld(database)
    refuse_all(world, refusal)
    world.live(outage)
    assert len(world.platform.sends) <= 6 + outage / (4 * MINUTE), "hardly anybody is tried meanwhile"
    world.platform.refusals.clear()
    world.live(2 * HOUR)
    assert {message.state for message in world.messages()} == {MessageState.SENT}
    assert set(world.conversations.counts().values()) == {1}


def test_three_different_people_in_a_row_stop_their_lane_and_the_first_success_opens_it(database: Database) -> None:
    put_for_people(database, 30)
    world = DeliveryWorld(database)
    world.platform.refusals = dict.fromkeys(PEOPLE[:5], Never("nobody_knows_this"))
    assert world.delivery.deliver() == 0
    assert len(world.platform.sends) == 3
    world.live(2 * MINUTE)
    assert world.states()[MessageState.SENT] == 25


def test_where_nobody_is_answered_few_are_left_in_doubt(database: Database) -> None:
    put_for_people(database, 30)
    world = DeliveryWorld(database, answers=[Answer.LOST_BEFORE] * 10)
    world.live(7 * MINUTE)
    assert world.delivery.standstills()["people"].reason == "unsure"
    assert world.states()[MessageState.UNKNOWN] <= 8
    world.live(2 * HOUR)
    assert world.states() == {MessageState.SENT: 30}
    assert set(world.conversations.counts().values()) == {1}


@pytest.mark.parametrize(("people", "left"), [("account_inactive", set()), ("messages_tab_disabled", {"people"})])
def test_what_is_over_on_one_lane_is_over_on_all_that_stood_still_for_the_same_reason(people: str, left: set[str]) -> None:
    lanes = Lanes(HandClock(OPENS))
    lanes.refuse(Lane.PEOPLE, PEOPLE[0], people, is_about_us=True)
    lanes.refuse(Lane.CHANNELS, "C0ORGANISERS", "account_inactive", is_about_us=True)
    assert set(lanes.standstills()) == {"people", "channels"}
    lanes.take(Lane.CHANNELS, "C0ORGANISERS")
    assert set(lanes.standstills()) == left


def test_three_people_who_are_refused_again_and_again_stop_nobody_else(database: Database) -> None:
    put_for_people(database, 14)
    world = DeliveryWorld(database)
    world.platform.refusals = dict.fromkeys(PEOPLE[:3], Never("nobody_knows_this"))
    world.live(5 * HOUR)
    assert world.states() == {MessageState.SENT: 11, MessageState.PENDING: 3}
    assert world.delivery.standstills() == {}
    assert world.delivery._lanes.open() == set(Lane)


def test_a_refused_person_is_tried_again_behind_all_that_have_waited_less(database: Database) -> None:
    put_for_people(database, 30)
    world = DeliveryWorld(database, answers=[Answer.YES])
    world.platform.refusals = {PEOPLE[0]: Never("nobody_knows_this")}
    world.delivery.deliver()
    assert world.states() == {MessageState.SENT: 29, MessageState.PENDING: 1}


def test_one_person_who_is_refused_as_if_it_were_about_us_stops_nobody_else(database: Database) -> None:
    put_for_people(database, 14)
    world = DeliveryWorld(database)
    world.platform.refusals = {PEOPLE[0]: SWITCHED_OFF}
    world.live(MINUTE)
    assert world.states() == {MessageState.SENT: 13, MessageState.PENDING: 1}


def test_a_direct_message_that_is_refused_does_not_stop_what_is_said_in_channels(database: Database) -> None:
    put_for_people(database, 5)
    world = DeliveryWorld(database)
    refuse_all(world, OutOfService("messages_tab_disabled", after=60))
    world.delivery.deliver()
    put(database, MessageKind.NOTICE, address="C0ORGANISERS")
    assert world.delivery.deliver() == 1
    standstill = world.delivery.standstills()["people"]
    assert (standstill.since, standstill.reason) == (OPENS, "outofservice: messages_tab_disabled")
    world.platform.refusals.clear()
    world.live(MINUTE)
    assert world.delivery.standstills() == {}


def test_a_limit_of_one_conversation_does_not_stop_the_others_twice(database: Database) -> None:
    put_for_people(database, 14)
    world = DeliveryWorld(database)
    world.platform.refusals = {PEOPLE[0]: Later("too fast", after=30)}
    world.delivery.deliver()
    world.live(5 * MINUTE)
    assert world.states() == {MessageState.SENT: 13, MessageState.PENDING: 1}
    put(database, due_at=world.clock.now())
    assert world.delivery.deliver() == 1, "one conversation's limit pauses that conversation"


def test_a_long_limit_of_one_person_lets_the_others_be_tried_after_a_minute(database: Database) -> None:
    put_for_people(database, 14)
    world = DeliveryWorld(database)
    world.platform.refusals = {PEOPLE[0]: Later("too fast", after=30 * 3600)}
    world.live(2 * MINUTE)
    assert world.states() == {MessageState.SENT: 13, MessageState.PENDING: 1}


def test_a_limit_of_all_is_waited_out_in_full_once_a_second_has_got_it() -> None:
    lanes = Lanes(HandClock())
    lanes.limit(Lane.PEOPLE, "U1", "later", 600)
    assert lanes.next_opening() == OPENS + MINUTE
    lanes.limit(Lane.PEOPLE, "U2", "later", 600)
    assert lanes.next_opening() == OPENS + 10 * MINUTE


def test_various_refusals_of_everybody_are_about_us_too(database: Database) -> None:
    put_for_people(database, 30)
    world = DeliveryWorld(database)
    world.platform.refusals = {address: Never(f"code_{number % 5}") for number, address in enumerate(PEOPLE)}
    world.live(HOUR)
    assert set(world.delivery.standstills()) == {"people"}
    assert len(world.platform.sends) < 30


def test_an_old_refusal_is_not_the_beginning_of_a_new_standstill() -> None:
    clock = HandClock()
    lanes = Lanes(clock)
    lanes.refuse(Lane.PEOPLE, "U1", "unreachable", is_about_us=False)
    clock.step(days=3)
    lanes.refuse(Lane.PEOPLE, "U2", "account_inactive", is_about_us=True)
    assert lanes.standstills()["people"].since == clock.now()


def test_what_was_refused_in_a_conversation_comes_in_its_order_once_it_takes_messages(database: Database) -> None:
    ids = [put(database, MessageKind.NOTICE, address="C0ORGANISERS", due_at=OPENS + minute * MINUTE) for minute in range(0, 50, 10)]
    world = DeliveryWorld(database)
    world.platform.refusals["C0ORGANISERS"] = Unreachable("is_archived")
    world.live(HOUR)
    world.platform.refusals.clear()
    world.live(16 * MINUTE)
    assert sorted(delivery for _, delivery, _ in world.conversations.posts()) == sorted(ids)
    moments = {delivery: moment for _, delivery, moment in world.conversations.posts()}
    assert len({moments[delivery] for delivery in ids}) == 1, "all at the moment of the first that was taken"


def test_a_limit_that_is_repeated_for_everybody_is_a_standstill(database: Database) -> None:
    put_for_people(database, 3)
    world = DeliveryWorld(database)
    refuse_all(world, Later("too fast", after=120))
    world.live(10 * MINUTE)
    assert set(world.delivery.standstills()) == {"people", "channels"}


def test_a_limit_is_over_for_the_channels_too_once_people_are_written_to_again(database: Database) -> None:
    put_for_people(database, 12)
    world = DeliveryWorld(database, answers=[Answer.YES, Answer.LATER, Answer.LATER])
    world.live(10 * MINUTE)
    assert world.states() == {MessageState.SENT: 12}
    assert world.delivery.standstills() == {}


def test_a_refusal_of_a_channel_is_not_forgotten_because_a_limit_is_over() -> None:
    clock = HandClock()
    lanes = Lanes(clock)
    lanes.refuse(Lane.CHANNELS, "C1", "outofservice: account_inactive", is_about_us=True)
    lanes.limit(Lane.PEOPLE, "U1", "later", 30)
    clock.step(minutes=1)
    lanes.take(Lane.PEOPLE, "U1")
    assert lanes.standstills()["channels"].since == OPENS


def test_what_was_under_way_when_the_platform_asked_for_a_wait_neither_ends_nor_shortens_it() -> None:
    clock = HandClock()
    lanes = Lanes(clock)
    lanes.limit(Lane.PEOPLE, "U1", "later", 60)
    lanes.take(Lane.PEOPLE, "U2")
    lanes.limit(Lane.PEOPLE, "U3", "later", 1)
    assert lanes.next_opening() == OPENS + MINUTE
    assert lanes.open() == {Lane.CHANGES}


def test_of_limits_only_long_ones_are_counted_and_each_once() -> None:
    clock = HandClock()
    lanes = Lanes(clock)
    lanes.limit(Lane.PEOPLE, "U1", "later", 1)
    assert lanes.rate_limits == 0
    clock.step(minutes=1)
    lanes.take(Lane.PEOPLE, "U1")
    for person in ("U1", "U2"):
        lanes.limit(Lane.PEOPLE, person, "later", 30)
    assert lanes.rate_limits == 1


def test_posting_too_fast_does_not_stop_changes() -> None:
    lanes = Lanes(HandClock())
    assert lanes.limit(Lane.PEOPLE, "U1", "later", 30)
    assert lanes.open() == {Lane.CHANGES}


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_jumps_during_a_pause_makes_it_no_longer(hours: int) -> None:
    clock = HandClock()
    lanes = Lanes(clock)
    lanes.limit(Lane.PEOPLE, "U1", "later", 30)
    clock.step(hours=hours)
    opening = lanes.next_opening()
    assert opening is None or opening - clock.now() <= 30 * SECOND
    clock.step(seconds=30)
    assert len(lanes.open()) == len(Lane)


def test_a_clock_that_is_set_back_during_a_pause_does_not_end_it() -> None:
    clock = HandClock()
    lanes = Lanes(clock)
    lanes.limit(Lane.PEOPLE, "U1", "later", 30)
    clock.step(hours=-1)
    assert lanes.open() == {Lane.CHANGES}
    clock.step(seconds=29)
    assert lanes.open() == {Lane.CHANGES}
    clock.step(seconds=1)
    assert len(lanes.open()) == len(Lane)


def test_a_conversation_that_takes_messages_again_hurries_no_other_and_nothing_that_is_not_due(database: Database) -> None:
    put(database, address="U0REFUSED")
    put(database, address="U0OTHER", due_at=OPENS + 30 * SECOND)
    put(database, address="U0REFUSED", due_at=OPENS + HOUR)
    world = DeliveryWorld(database)
    world.platform.refusals = dict.fromkeys(("U0REFUSED", "U0OTHER"), Unreachable("channel_not_found"))
    for _ in range(4):
        world.delivery.deliver()
        world.clock.moment = world.delivery.next_moment() or world.clock.moment
    del world.platform.refusals["U0REFUSED"]
    world.delivery.deliver()
    refused, other, planned = world.messages()
    assert (refused.state, other.state, planned.state) == (MessageState.SENT, MessageState.PENDING, MessageState.PENDING)
    assert (refused.sent_at, other.attempts, other.next_at) == (OPENS + 3 * MINUTE, 2, OPENS + 3 * MINUTE + 30 * SECOND)
    assert planned.next_at == OPENS + HOUR
