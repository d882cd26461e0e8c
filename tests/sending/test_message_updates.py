"""A posted message is changed until that is certain, and nothing new is posted for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.database.insert_once import table_of
from bot.errors import Unfit, Unreachable
from bot.models import FINAL_STATES, MessageKind, MessageState, OutboxMessage
from tests.support.database import unit_of_work
from tests.support.delivery_world import Answer, DeliveryWorld, put
from tests.support.world import OPENS

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
OUTBOX = table_of(OutboxMessage)
STANDS = {"kind": MessageKind.DIGEST_UPDATE, "channel": "C0DIGEST", "stamp": "1.2", "facts": {"digest": 7}}


def test_a_change_is_made_to_the_message_that_stands_and_nothing_is_posted(database: Database) -> None:
    put(database, **STANDS)
    world = DeliveryWorld(database)
    assert world.delivery.deliver() == 1
    assert world.platform.redrawn == [("C0DIGEST", "1.2")]
    assert world.platform.sends == []
    assert world.only().state is MessageState.SENT


@pytest.mark.parametrize("answer", [Answer.LOST_BEFORE, Answer.LOST_AFTER, Answer.FAULT_AFTER, Answer.LATER])
def test_a_change_to_which_no_answer_came_is_made_again_until_one_does(database: Database, answer: Answer) -> None:
    put(database, **STANDS)
    world = DeliveryWorld(database, answers=[answer] * 4)
    world.live(HOUR)
    assert world.platform.redrawn == [("C0DIGEST", "1.2")] * 5
    assert (world.platform.sends, world.platform.looks) == ([], [])
    assert world.only().state is MessageState.SENT


def test_a_change_that_was_interrupted_is_made_again(database: Database) -> None:
    put(database, **STANDS)
    with unit_of_work(database) as session:
        session.execute(OUTBOX.update().values(state=MessageState.UNKNOWN, attempts=1, tried_at=OPENS))
    world = DeliveryWorld(database)
    world.live(HOUR)
    assert world.platform.redrawn == [("C0DIGEST", "1.2")]
    assert world.only().state is MessageState.SENT


@pytest.mark.parametrize("kind", [MessageKind.DIGEST_UPDATE, MessageKind.REDRAWN])
@pytest.mark.parametrize("answer", [Answer.YES, Answer.VANISHED, Answer.LATER])
def test_of_a_change_that_is_over_only_the_day_is_kept(database: Database, kind: MessageKind, answer: Answer) -> None:
    asked, day = OPENS + 7 * MINUTE, OPENS.replace(hour=0, minute=0)
    put(database, **STANDS | {"kind": kind}, due_at=asked)
    world = DeliveryWorld(database, answers=[answer])
    world.clock.step(minutes=8)
    world.live(HOUR)
    over = world.only()
    assert over.state in FINAL_STATES
    assert {over.due_at, over.next_at, over.tried_at, over.sent_at or day} == {day}


def test_of_everything_else_the_moment_is_kept(database: Database) -> None:
    put(database, kind=MessageKind.NOTICE)
    world = DeliveryWorld(database)
    world.live(MINUTE)
    assert world.only().due_at == OPENS
    assert (world.only().sent_at or OPENS) >= OPENS


def test_a_message_that_is_gone_is_not_changed_for_ever(database: Database) -> None:
    put(database, **STANDS)
    world = DeliveryWorld(database, answers=[Answer.VANISHED])
    world.live(HOUR)
    assert len(world.platform.redrawn) == 1
    assert (world.only().state, world.hooks.alarms) == (MessageState.CANCELLED, [])


@pytest.mark.parametrize("refused", [Answer.UNFIT, Answer.GONE])
def test_a_change_that_is_refused_is_tried_every_quarter_and_alarms_every_day_until_it_is_made(database: Database, refused: Answer) -> None:
    put(database, **STANDS)
    world = DeliveryWorld(database)
    world.platform.refused_changes = Unfit("cant_update_message") if refused is Answer.UNFIT else Unreachable("channel_not_found")
    world.live(timedelta(hours=25))
    assert len(world.platform.redrawn) == pytest.approx(25 * 4, abs=5)
    changed, *notices = world.messages()
    assert changed.state is MessageState.PENDING
    assert [notice.key for notice in notices] == [f"alarm:update:7:2018-08-{21 + day}" for day in range(2)]
    assert {notice.state for notice in notices} == {MessageState.SENT}
    world.platform.refused_changes = None
    world.live(MINUTE * 15)
    assert (world.messages()[0].state, world.messages()[0].reason) == (MessageState.SENT, None)


def test_two_changes_of_one_digest_that_are_refused_alarm_once_a_day(database: Database) -> None:
    put(database, **STANDS)
    put(database, **STANDS)
    world = DeliveryWorld(database, answers=[Answer.UNFIT] * 2)
    world.live(HOUR)
    assert [message.kind for message in world.messages()].count(MessageKind.NOTICE) == 1


def test_a_change_that_cannot_be_composed_waits_and_alarms(database: Database) -> None:
    put(database, **STANDS, key="broken")
    world = DeliveryWorld(database)
    world.hooks.broken = {"broken"}
    world.delivery.deliver()
    assert world.messages()[0].state is MessageState.PENDING
    assert [alarm.say for alarm in world.hooks.alarms] == ["alarm.update_held"]


def test_a_change_without_an_answer_for_half_an_hour_alarms_while_it_is_still_tried(database: Database) -> None:
    put(database, **STANDS)
    world = DeliveryWorld(database, answers=[Answer.LOST_BEFORE] * 40)
    world.live(29 * MINUTE)
    assert world.hooks.alarms == []
    world.live(HOUR)
    assert {alarm.say for alarm in world.hooks.alarms} == {"alarm.update_held"}
    assert world.messages()[0].state is MessageState.SENT


def test_what_may_not_be_drawn_anew_stays_as_it_stands_and_alarms_nobody(database: Database) -> None:
    put(database, kind=MessageKind.REDRAWN, channel="C0ORGANISERS", stamp="1.2")
    world = DeliveryWorld(database)
    world.platform.refused_changes = Unfit("edit_window_closed")
    world.live(HOUR)
    assert (world.only().state, len(world.platform.redrawn), world.hooks.alarms) == (MessageState.FAILED, 1, [])


def test_a_change_that_comes_too_soon_stops_all_changes_for_a_while_and_nothing_that_is_posted(database: Database) -> None:
    put(database, **STANDS)
    put(database, **STANDS, address="C0OTHER")
    put(database, address="U0SOMEBODY")
    world = DeliveryWorld(database, answers=[Answer.LATER])
    assert world.delivery.deliver() == 1
    world.clock.step(seconds=29)
    assert world.delivery.deliver() == 0
    assert (len(world.platform.redrawn), len(world.platform.sends)) == (1, 1)
    world.clock.step(seconds=1)
    assert world.delivery.deliver() == 2
