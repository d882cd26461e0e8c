"""When no answer came: is it looked for before it is said again, and is a digest left to the organisers?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.digests.uncertain import post_again
from bot.errors import Later, Unsure
from bot.models import Digest, MessageKind, MessageState
from bot.seam.platform import ChannelFacts
from tests.sending.stage import ORGANISERS, PROGRAMME, START, Answer, Room, Sight, put, simulated_people

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LOST = [Answer.LOST_BEFORE, Answer.LOST_BEFORE, Answer.LOST_BEFORE]
CLEAR = ChannelFacts(exists=True, member=True, archived=False, external=False)
PROMPTS = [MessageKind.WELCOME, MessageKind.QUESTION, MessageKind.REMINDER, MessageKind.ANSWER]


@pytest.mark.parametrize("answer", [Answer.LOST_AFTER, Answer.FAULT_AFTER])
def test_a_message_whose_answer_was_lost_is_found_and_not_repeated(database: Database, answer: Answer) -> None:
    put(database)
    room = Room(database, answers=[answer])
    assert room.delivery.deliver() == 0
    assert room.only().state is MessageState.UNKNOWN
    room.live(DAY)
    message = room.only()
    assert (message.state, message.attempts, message.channel, message.sent_at) == (MessageState.SENT, 1, "DU0ANYONE", START + MINUTE)
    assert len(room.platform.sends) == 1


def test_nobody_looks_before_a_minute_has_passed(database: Database) -> None:
    put(database)
    room = Room(database, answers=[Answer.LOST_AFTER])
    room.delivery.deliver()
    assert room.delivery.next_moment() == START + MINUTE
    room.clock.step(seconds=59)
    room.delivery.deliver()
    assert room.platform.looks == []


@pytest.mark.parametrize("kind", PROMPTS)
def test_a_prompt_not_found_twice_three_minutes_apart_is_said_once_more(database: Database, kind: MessageKind) -> None:
    simulated_people(database, 1, kind=kind)
    room = Room(database, answers=[Answer.LOST_BEFORE])
    room.live(DAY)
    assert [at - START for _, at in room.platform.looks] == [MINUTE, 4 * MINUTE]
    assert (room.only().state, room.only().attempts) == (MessageState.SENT, 2)
    assert set(room.conversations.counts().values()) == {1}


def test_a_prompt_lost_again_after_that_is_given_up_with_its_reason(database: Database) -> None:
    put(database)
    room = Room(database, answers=LOST)
    room.live(DAY)
    assert (room.only().state, room.only().reason) == (MessageState.FAILED, "unsure")
    assert len(room.platform.sends) == 2


def test_a_message_that_appears_between_the_two_looks_is_found(database: Database) -> None:
    delivery_id = put(database)
    room = Room(database, answers=[Answer.LOST_BEFORE])
    room.live(2 * MINUTE)
    room.conversations.add("U0ANYONE", delivery_id, START)
    room.live(DAY)
    assert (room.only().state, len(room.platform.sends)) == (MessageState.SENT, 1)


def test_a_prompt_in_doubt_past_its_time_is_missed_rather_than_said_late(database: Database) -> None:
    put(database, expires_at=START + 2 * MINUTE)
    room = Room(database, answers=[Answer.LOST_BEFORE])
    room.live(DAY)
    assert (room.only().state, len(room.platform.sends)) == (MessageState.MISSED, 1)


@pytest.mark.parametrize("blind", [Sight.BLIND, Sight.FAULT])
def test_a_look_that_cannot_tell_concludes_nothing_and_looks_again_ever_more_seldom(database: Database, blind: Sight) -> None:
    put(database)
    room = Room(database, answers=[Answer.LOST_AFTER], sights=[blind] * 5)
    room.live(DAY)
    moments = [at - START for _, at in room.platform.looks]
    assert moments == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE, 32 * MINUTE]
    assert (room.only().state, len(room.platform.sends)) == (MessageState.SENT, 1)


def test_a_blind_look_between_two_clear_ones_does_not_count(database: Database) -> None:
    put(database)
    room = Room(database, answers=[Answer.LOST_BEFORE], sights=[Sight.CLEAR, Sight.BLIND, Sight.BLIND, Sight.CLEAR])
    room.live(timedelta(minutes=15))
    assert (len(room.platform.looks), len(room.platform.sends)) == (3, 1)
    room.live(DAY)
    assert (room.only().state, len(room.platform.looks), len(room.platform.sends)) == (MessageState.SENT, 4, 2)


def test_a_look_that_is_put_off_waits_as_long_as_the_platform_asks(database: Database) -> None:
    put(database)
    room = Room(database, answers=[Answer.LOST_AFTER], sights=[Sight.LATER])
    room.live(DAY)
    assert [at - START for _, at in room.platform.looks] == [MINUTE, MINUTE + timedelta(seconds=90)]


def test_a_doubtful_prompt_whose_conversation_is_gone_is_given_up(database: Database) -> None:
    put(database)
    room = Room(database, answers=[Answer.LOST_BEFORE], sights=[Sight.GONE])
    room.live(DAY)
    assert (room.only().state, room.only().reason) == (MessageState.FAILED, "unsure; unreachable: channel_not_found")
    assert len(room.platform.sends) == 1


def test_a_clock_that_was_an_hour_wrong_when_we_tried_does_not_hide_what_stands_there(database: Database) -> None:
    put(database)
    room = Room(database, answers=[Answer.LOST_AFTER])
    room.clock.step(hours=1)
    room.platform.before_send = lambda: room.clock.step(hours=-1)
    room.delivery.deliver()
    room.platform.before_send = None
    room.live(DAY)
    assert (room.only().state, len(room.platform.sends)) == (MessageState.SENT, 1)


@pytest.mark.parametrize("sight", [Sight.CLEAR, Sight.GONE])
def test_a_digest_not_found_is_held_for_an_organisers_word_and_alarms_once(database: Database, sight: Sight) -> None:
    delivery_id = put(database, kind=MessageKind.DIGEST, key="digest:1")
    room = Room(database, answers=LOST[:1], sights=[sight, sight])
    room.live(DAY)
    digest, notice = room.messages()
    assert (digest.state, digest.attempts) == (MessageState.HELD, 1)
    assert (notice.state, notice.address) == (MessageState.SENT, ORGANISERS)
    assert [(alarm.key, alarm.say) for alarm in room.hooks.alarms] == [(f"alarm:unsure:{delivery_id}", "alarm.digest_unsure")]
    room.clock.step(days=30)
    room.live(DAY)
    assert room.platform.sends.count(delivery_id) == 1


def test_an_organisers_word_posts_a_held_digest_again(database: Database) -> None:
    put(database, kind=MessageKind.DIGEST, key="digest:1")
    room = Room(database, answers=LOST[:1])
    room.live(DAY)
    with database.work() as session:
        digest = Digest(id=1, programme=PROGRAMME)
        assert post_again(session, room.clock.now(), digest)
        assert not post_again(session, room.clock.now(), digest)
    room.delivery.deliver()
    assert room.messages()[0].state is MessageState.SENT


def test_a_digest_for_a_wrong_channel_is_held_alarms_and_goes_out_once_the_channel_is_mended(database: Database) -> None:
    delivery_id = put(database, kind=MessageKind.DIGEST)
    room = Room(database)
    room.hooks.channel_fault = "channel.archived"
    room.live(MINUTE)
    held = room.messages()[0]
    assert (held.state, held.reason, held.attempts) == (MessageState.HELD, "channel.archived", 0)
    assert room.delivery.next_moment() is None
    assert [alarm.values for alarm in room.hooks.alarms] == [{"reason": "channel.archived"}]
    assert delivery_id not in room.platform.sends
    room.hooks.channel_fault = None
    room.clock.step(minutes=14)
    assert room.delivery.deliver() == 0
    room.clock.step(minutes=2)
    assert room.delivery.deliver() == 1
    assert room.messages()[0].state is MessageState.SENT


@pytest.mark.parametrize("answer", [Answer.GONE, Answer.UNFIT])
def test_a_digest_that_is_refused_is_held_with_the_reason_and_never_given_up(database: Database, answer: Answer) -> None:
    put(database, kind=MessageKind.DIGEST)
    room = Room(database, answers=[answer])
    room.live(MINUTE)
    assert room.messages()[0].state is MessageState.HELD
    assert [alarm.say for alarm in room.hooks.alarms] == ["alarm.digest_held"]


@pytest.mark.parametrize("facts", [Unsure("no answer"), Later("too fast", after=20), ZeroDivisionError("unforeseen")])
def test_a_channel_that_cannot_be_checked_puts_the_digest_off_and_nobody_else(database: Database, facts: Exception) -> None:
    put(database, kind=MessageKind.DIGEST)
    simulated_people(database, 3)
    room = Room(database)
    room.platform.facts = facts
    assert room.delivery.deliver() == 3
    digest = room.messages()[0]
    assert (digest.state, digest.attempts) == (MessageState.PENDING, 0)
    room.platform.facts = CLEAR
    room.live(MINUTE)
    assert room.states() == {MessageState.SENT: 4}


def test_a_digest_half_an_hour_late_alarms_while_it_is_still_tried(database: Database) -> None:
    put(database, kind=MessageKind.DIGEST)
    room = Room(database)
    room.platform.facts = Unsure("no answer")
    room.live(29 * MINUTE)
    assert room.hooks.alarms == []
    room.live(3 * MINUTE)
    assert {alarm.say for alarm in room.hooks.alarms} == {"alarm.digest_late"}
    assert room.states() == {MessageState.PENDING: 1, MessageState.SENT: 1}


def test_a_digest_that_cannot_be_composed_is_held_and_alarms(database: Database) -> None:
    put(database, kind=MessageKind.DIGEST, key="broken")
    room = Room(database)
    room.hooks.broken = {"broken"}
    room.delivery.deliver()
    assert room.messages()[0].state is MessageState.HELD
    assert [alarm.values for alarm in room.hooks.alarms] == [{"reason": "fault: ZeroDivisionError"}]


def test_a_look_begins_well_before_the_message_was_tried(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    put(database)
    room = Room(database, answers=[Answer.LOST_AFTER])
    since: list[datetime] = []
    find = room.platform.find
    monkeypatch.setattr(room.platform, "find", lambda address, id_, at: since.append(at) or find(address, id_, at))
    room.live(DAY)
    assert since == [START - DAY]
