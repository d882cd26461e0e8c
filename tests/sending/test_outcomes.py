"""A message without an answer is looked for before it is said again; a digest is left to the organisers."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.confidentiality.deletion.tombstones import EXPIRY_AGE
from bot.dialogue.digests.uncertain import post_again
from bot.errors import Later, Unreachable, Unsure
from bot.models import Digest, DigestState, MessageKind, MessageState
from bot.seam.platform import ChannelFacts
from bot.sending.claim import mark_due_unknown
from bot.sending.delivery import Step
from bot.sending.follow_up import alarm_for
from bot.sending.outcomes import log_fault
from tests.support.database import unit_of_work
from tests.support.delivery_world import Answer, DeliveryWorld, Sight, put, put_for_people, row
from tests.support.killed_processes import inherit
from tests.support.programme import ORGANISERS_CHANNEL, PROGRAMME
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DAY = timedelta(days=1)
LOST = [Answer.LOST_BEFORE, Answer.LOST_BEFORE, Answer.LOST_BEFORE]
CLEAR = ChannelFacts(exists=True, member=True, archived=False, external=False)
PROMPTS = [MessageKind.WELCOME, MessageKind.QUESTION, MessageKind.REMINDER, MessageKind.ANSWER]


@pytest.mark.parametrize("answer", [Answer.LOST_AFTER, Answer.FAULT_AFTER])
def test_a_message_whose_answer_was_lost_is_found_and_not_repeated(database: Database, answer: Answer) -> None:
    put(database)
    world = DeliveryWorld(database, answers=[answer])
    assert world.delivery.deliver() == 0
    assert world.only().state is MessageState.UNKNOWN
    world.live(DAY)
    message = world.only()
    assert (message.state, message.attempts, message.channel, message.sent_at) == (MessageState.SENT, 1, "DU0ANYONE", OPENS + MINUTE)
    assert len(world.platform.sends) == 1


def test_nobody_looks_before_a_minute_has_passed(database: Database) -> None:
    put(database)
    world = DeliveryWorld(database, answers=[Answer.LOST_AFTER])
    world.delivery.deliver()
    assert world.delivery.next_moment() == OPENS + MINUTE
    world.clock.step(seconds=59)
    world.delivery.deliver()
    assert world.platform.looks == []


@pytest.mark.parametrize("kind", PROMPTS)
def test_a_prompt_not_found_twice_three_minutes_apart_is_said_once_more(database: Database, kind: MessageKind) -> None:
    put_for_people(database, 1, kind=kind)
    world = DeliveryWorld(database, answers=[Answer.LOST_BEFORE])
    world.live(DAY)
    assert [at - OPENS for _, at in world.platform.looks] == [MINUTE, 4 * MINUTE]
    assert (world.only().state, world.only().attempts) == (MessageState.SENT, 1), "what has left nothing was no attempt"
    assert set(world.conversations.counts().values()) == {1}


def test_a_prompt_lost_again_and_again_is_never_given_up_and_said_ever_more_seldom(database: Database) -> None:
    put(database)
    world = DeliveryWorld(database, answers=LOST * 2)
    world.live(2 * DAY)
    assert [round((at - OPENS) / MINUTE) for at in world.platform.sent_at] == [0, 4, 23, 87, 331, 695, 1059]
    assert world.only().state is MessageState.SENT
    assert set(world.conversations.counts().values()) == {1}


class Crash(BaseException):
    """This process is gone."""


def test_who_was_never_called_is_not_given_up_however_often_the_process_is_killed_before_it_calls(database: Database) -> None:
    put_for_people(database, 12)
    heir = DeliveryWorld(database)

    def die_before_calling(step: Step) -> None:
        if step is Step.TURNED and heir.states()[MessageState.SENDING]:
            raise Crash

    for _ in range(8):
        world = inherit(DeliveryWorld(database, clock=heir.clock, watch=die_before_calling))
        with pytest.raises(Crash):
            world.live(DAY)
    inherit(heir).live(2 * DAY)
    assert heir.states() == {MessageState.SENT: 12}
    assert {message.attempts for message in heir.messages()} == {1}


def test_a_message_that_appears_between_the_two_looks_is_found(database: Database) -> None:
    delivery_id = put(database)
    world = DeliveryWorld(database, answers=[Answer.LOST_BEFORE])
    world.live(2 * MINUTE)
    world.conversations.add("U0ANYONE", delivery_id, OPENS)
    world.live(DAY)
    assert (world.only().state, len(world.platform.sends)) == (MessageState.SENT, 1)


def test_a_prompt_in_doubt_past_its_time_is_missed_rather_than_said_late(database: Database) -> None:
    put(database, expires_at=OPENS + 2 * MINUTE)
    world = DeliveryWorld(database, answers=[Answer.LOST_BEFORE])
    world.live(DAY)
    assert (world.only().state, len(world.platform.sends)) == (MessageState.MISSED, 1)


@pytest.mark.parametrize("blind", [Sight.BLIND, Sight.FAULT])
def test_a_look_that_cannot_tell_concludes_nothing_and_looks_again_ever_more_seldom(database: Database, blind: Sight) -> None:
    put(database)
    world = DeliveryWorld(database, answers=[Answer.LOST_AFTER], sights=[blind] * 5)
    world.live(DAY)
    moments = [at - OPENS for _, at in world.platform.looks]
    assert moments == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE, 32 * MINUTE]
    assert (world.only().state, len(world.platform.sends)) == (MessageState.SENT, 1)


def test_a_blind_look_between_two_clear_ones_does_not_count(database: Database) -> None:
    put(database)
    world = DeliveryWorld(database, answers=[Answer.LOST_BEFORE], sights=[Sight.CLEAR, Sight.BLIND, Sight.BLIND, Sight.CLEAR])
    world.live(timedelta(minutes=15))
    assert (len(world.platform.looks), len(world.platform.sends)) == (3, 1)
    world.live(DAY)
    assert (world.only().state, len(world.platform.looks), len(world.platform.sends)) == (MessageState.SENT, 4, 2)


def test_a_look_that_is_put_off_waits_as_long_as_the_platform_asks(database: Database) -> None:
    put(database)
    world = DeliveryWorld(database, answers=[Answer.LOST_AFTER], sights=[Sight.LATER])
    world.live(DAY)
    assert [at - OPENS for _, at in world.platform.looks] == [MINUTE, MINUTE + timedelta(seconds=90)]


def test_a_doubtful_prompt_whose_conversation_cannot_be_read_is_looked_for_until_its_time_is_over(database: Database) -> None:
    put(database, expires_at=OPENS + 2 * DAY)
    world = DeliveryWorld(database, answers=[Answer.LOST_BEFORE], sights=[Sight.GONE] * 1000)
    world.live(DAY)
    assert world.only().state is MessageState.UNKNOWN
    world.live(2 * DAY)
    assert (world.only().state, world.only().reason) == (MessageState.FAILED, "unsure; unreachable: channel_not_found")
    assert len(world.platform.sends) == 1


@pytest.mark.parametrize("kind", [MessageKind.WELCOME, MessageKind.DRAFT])
def test_what_has_no_end_and_may_not_be_looked_for_is_given_up_after_a_day_and_never_said_twice(
    database: Database, kind: MessageKind
) -> None:
    put(database, kind=kind)
    world = DeliveryWorld(database, answers=[Answer.LOST_AFTER], sights=[Sight.GONE] * 1000)
    world.live(DAY - MINUTE)
    assert world.only().state is MessageState.UNKNOWN
    world.live(DAY)
    assert (world.only().state, world.only().reason) == (MessageState.FAILED, "unsure; unreachable: channel_not_found")
    assert set(world.conversations.counts().values()) == {1}


@pytest.mark.parametrize("sight", [Sight.GONE, Sight.SHUT_OUT])
def test_a_digest_that_may_not_be_looked_for_is_put_to_the_organisers(database: Database, sight: Sight) -> None:
    put(database, kind=MessageKind.DIGEST, key="digest:1")
    world = DeliveryWorld(database, answers=LOST[:1], sights=[sight] * 1000)
    world.live(3 * HOUR)
    assert world.messages()[0].state is MessageState.HELD
    assert {alarm.say for alarm in world.hooks.alarms} == {"alarm.digest_unsure"} or sight is Sight.SHUT_OUT
    assert "alarm.digest_unsure" in {alarm.say for alarm in world.hooks.alarms}


def test_a_clock_that_was_an_hour_wrong_when_we_tried_does_not_hide_what_stands_there(database: Database) -> None:
    put(database)
    world = DeliveryWorld(database, answers=[Answer.LOST_AFTER])
    world.clock.step(hours=1)
    world.platform.before_send = lambda: world.clock.step(hours=-1)
    world.delivery.deliver()
    world.platform.before_send = None
    world.live(DAY)
    assert (world.only().state, len(world.platform.sends)) == (MessageState.SENT, 1)


@pytest.mark.parametrize("sight", [Sight.CLEAR, Sight.GONE])
def test_a_digest_not_found_is_held_for_an_organisers_word_and_alarms_once(database: Database, sight: Sight) -> None:
    delivery_id = put(database, kind=MessageKind.DIGEST, key="digest:1")
    world = DeliveryWorld(database, answers=LOST[:1], sights=[sight, sight])
    world.live(DAY)
    digest, notice = world.messages()
    assert (digest.state, digest.attempts) == (MessageState.HELD, 1)
    assert (notice.state, notice.address) == (MessageState.SENT, ORGANISERS_CHANNEL)
    assert [(alarm.key, alarm.say) for alarm in world.hooks.alarms] == [(f"alarm:unsure:{delivery_id}", "alarm.digest_unsure")]
    world.clock.step(days=30)
    world.live(DAY)
    assert world.platform.sends.count(delivery_id) == 1


def test_an_organisers_word_posts_a_held_digest_again(database: Database) -> None:
    with unit_of_work(database) as session:
        World(session)
        moments = {"drafted_at": OPENS, "post_at": OPENS}
        digest = Digest(
            id=1, programme=PROGRAMME.id, week="2018-W34", number=1, state=DigestState.APPROVED, content={}, checksum="", **moments
        )
        session.add(digest)
    put(database, kind=MessageKind.DIGEST, key="digest:1", digest_id=1)
    world = DeliveryWorld(database, answers=LOST[:1])
    world.live(DAY)
    with unit_of_work(database) as session:
        assert post_again(session, world.clock.now(), digest)
        assert not post_again(session, world.clock.now(), digest)
    world.delivery.deliver()
    assert world.messages()[0].state is MessageState.SENT


def test_a_digest_for_a_wrong_channel_is_held_alarms_and_goes_out_once_the_channel_is_mended(database: Database) -> None:
    delivery_id = put(database, kind=MessageKind.DIGEST)
    world = DeliveryWorld(database)
    world.hooks.channel_fault = "channel.archived"
    world.live(MINUTE)
    held = world.messages()[0]
    assert (held.state, held.reason, held.attempts) == (MessageState.HELD, "channel.archived", 0)
    assert world.delivery.next_moment() is None
    assert [alarm.values for alarm in world.hooks.alarms] == [{"reason": "channel.archived"}]
    assert delivery_id not in world.platform.sends
    world.hooks.channel_fault = None
    world.clock.step(minutes=14)
    assert world.delivery.deliver() == 0
    world.clock.step(minutes=2)
    assert world.delivery.deliver() == 1
    assert world.messages()[0].state is MessageState.SENT


@pytest.mark.parametrize("answer", [Answer.GONE, Answer.UNFIT])
def test_a_digest_that_is_refused_is_held_with_the_reason_and_never_given_up(database: Database, answer: Answer) -> None:
    put(database, kind=MessageKind.DIGEST)
    world = DeliveryWorld(database, answers=[answer])
    world.live(MINUTE)
    assert world.messages()[0].state is MessageState.HELD
    assert [alarm.say for alarm in world.hooks.alarms] == ["alarm.digest_held"]


@pytest.mark.parametrize("facts", [Unsure("no answer"), Later("too fast", after=20), ZeroDivisionError("unforeseen")])
def test_a_channel_that_cannot_be_checked_puts_the_digest_off_and_nobody_else(database: Database, facts: Exception) -> None:
    put(database, kind=MessageKind.DIGEST)
    put_for_people(database, 3)
    world = DeliveryWorld(database)
    world.platform.facts = facts
    assert world.delivery.deliver() == 3
    digest = world.messages()[0]
    assert (digest.state, digest.attempts) == (MessageState.PENDING, 0)
    world.platform.facts = CLEAR
    world.live(MINUTE)
    assert world.states() == {MessageState.SENT: 4}


def test_a_digest_half_an_hour_late_alarms_while_it_is_still_tried(database: Database) -> None:
    put(database, kind=MessageKind.DIGEST)
    world = DeliveryWorld(database)
    world.platform.facts = Unsure("no answer")
    world.live(29 * MINUTE)
    assert world.hooks.alarms == []
    world.live(3 * MINUTE)
    assert {alarm.say for alarm in world.hooks.alarms} == {"alarm.digest_late"}
    assert world.states() == {MessageState.PENDING: 1, MessageState.SENT: 1}


def test_a_digest_that_cannot_be_composed_is_held_and_alarms(database: Database) -> None:
    put(database, kind=MessageKind.DIGEST, key="broken")
    world = DeliveryWorld(database)
    world.hooks.broken = {"broken"}
    world.delivery.deliver()
    assert world.messages()[0].state is MessageState.HELD
    assert [alarm.values for alarm in world.hooks.alarms] == [{"reason": "fault: ZeroDivisionError"}]


def test_a_look_begins_well_before_the_message_was_tried(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    put(database)
    world = DeliveryWorld(database, answers=[Answer.LOST_AFTER])
    since: list[datetime] = []
    find = world.platform.find
    monkeypatch.setattr(world.platform, "find", lambda address, id_, at: since.append(at) or find(address, id_, at))
    world.live(DAY)
    assert since == [OPENS - DAY]


def test_a_digest_in_doubt_is_not_posted_once_more_when_something_else_falls_due(database: Database) -> None:
    delivery_id = put(database, kind=MessageKind.DIGEST, key="digest:1")
    world = DeliveryWorld(database, answers=LOST[:1])
    world.live(DAY)
    put(database, due_at=world.clock.now() + HOUR)
    world.clock.step(hours=2)
    assert world.delivery.deliver() == 1
    assert world.platform.sends.count(delivery_id) == 1
    assert world.messages()[0].state is MessageState.HELD


def test_a_message_that_was_never_tried_here_is_looked_for_from_before_any_backup(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(database)
    world = DeliveryWorld(database)
    world.clock.step(hours=3)
    with unit_of_work(database) as session:
        mark_due_unknown(session, world.clock.now())
    since: list[datetime] = []
    monkeypatch.setattr(world.platform, "find", lambda _address, _id, at: since.append(at))
    world.delivery.deliver()
    assert since == [OPENS - EXPIRY_AGE]


def test_what_waits_for_a_later_moment_is_not_in_doubt_after_a_restore(database: Database) -> None:
    put(database)
    put(database, due_at=OPENS + MINUTE)
    with unit_of_work(database) as session:
        mark_due_unknown(session, OPENS)
    world = DeliveryWorld(database)
    assert [message.state for message in world.messages()] == [MessageState.UNKNOWN, MessageState.PENDING]


@pytest.mark.parametrize(("late", "is_told"), [(30 * MINUTE - timedelta(seconds=1), False), (30 * MINUTE, True)])
def test_from_half_an_hour_on_a_digest_or_its_change_that_is_not_made_is_late(late: timedelta, is_told: bool) -> None:
    for kind in (MessageKind.DIGEST, MessageKind.DIGEST_UPDATE):
        assert (alarm_for(row(kind), OPENS + late) is not None) == is_told


def test_a_fault_is_logged_with_its_text_once_and_only_its_kind_is_kept() -> None:
    class NeverHeardOf(Exception):
        pass

    with capture_logs() as logs:
        reasons = {log_fault(NeverHeardOf("why it broke"), "send") for _ in range(3)}
    assert reasons == {"fault: NeverHeardOf"}
    assert [(entry["event"], entry["log_level"], str(entry["exc_info"])) for entry in logs] == [
        ("a message met a fault of ours", "error", "why it broke")
    ]


def test_a_digest_whose_channel_may_not_be_looked_at_is_held_unposted_and_goes_out_once_it_may(database: Database) -> None:
    delivery_id = put(database, kind=MessageKind.DIGEST)
    world = DeliveryWorld(database)
    world.platform.facts = Unreachable("channel_not_found")
    world.delivery.deliver()
    held = world.messages()[0]
    assert (held.state, held.attempts, held.reason) == (MessageState.HELD, 0, "unreachable: channel_not_found")
    assert delivery_id not in world.platform.sends
    world.platform.facts = CLEAR
    world.clock.step(minutes=15)
    world.delivery.deliver()
    assert world.messages()[0].state is MessageState.SENT


def test_after_a_stop_what_is_in_doubt_is_not_looked_for_any_more(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    put_for_people(database, 2)
    with unit_of_work(database) as session:
        mark_due_unknown(session, OPENS)
    world, stop = DeliveryWorld(database), threading.Event()
    looks: list[str] = []
    monkeypatch.setattr(world.platform, "find", lambda _address, id_, _at: stop.set() or looks.append(id_))
    world.delivery.deliver(stop)
    assert len(looks) == 1
    assert world.states() == {MessageState.UNKNOWN: 2}
