"""Whatever happens to the process, the clock or the file: everyone is asked exactly once (promise 6.1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind, MessageState
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import PARTICIPANTS, WELCOMED, RunningWorld, asked_world, buttons, running_world

if TYPE_CHECKING:
    from pathlib import Path


def asked(world: RunningWorld) -> set[int]:
    """How many messages that can be answered each participant has: a set of one number if all have the same."""
    return {len(world.questions(person)) for person in world.participants}


def test_a_restart_at_any_moment_asks_nobody_twice_and_forgets_nobody(tmp_path: Path) -> None:
    moments = ["2018-10-08 10:31", "2018-10-09 09:30", "2018-10-09 10:40", "2018-10-12 10:00", "2018-10-12 14:00"]
    for moment in moments:
        with running_world(tmp_path) as world:
            world.play(moment)
    with running_world(tmp_path) as world:
        world.play("2018-10-10 12:00")
        assert asked(world) == {2}  # the question and the reminder
        assert len(world.outbox(MessageKind.WELCOME)) == PARTICIPANTS
        assert len([draft for draft in world.outbox(MessageKind.DRAFT) if (draft.key or "").startswith("draft:")]) == 1


def test_a_bot_that_was_away_over_the_hour_asks_when_it_is_back(tmp_path: Path) -> None:
    with asked_world(tmp_path, until=WELCOMED) as world:
        world.local_bot.clock.move_to(datetime(2018, 10, 10, 6, 30, tzinfo=UTC))  # nobody played: the bot was down
    with running_world(tmp_path) as world:
        world.player.settle()
        assert asked(world) == {1}


def test_a_bot_that_was_away_for_two_days_says_so_and_the_question_takes_the_next_slot(tmp_path: Path) -> None:
    with asked_world(tmp_path, until=WELCOMED) as world:
        world.local_bot.clock.move_to(datetime(2018, 10, 11, 8, tzinfo=UTC))
        world.player.settle()
        assert asked(world) == {0}
        assert any("uge 41" in post.text for post in world.posts(ORGANISERS_CHANNEL))
        assert any("hvad-nu" in post.text for post in world.posts(ORGANISERS_CHANNEL))  # no sending day is left for the last one
        world.play("2018-10-23 10:40")
        assert asked(world) == {1}
        assert "Hvor skal vi hen?" in world.questions(world.participants[0])[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [('at: "09:30"', 'at: "15:00"'), ("every: tuesday", "every: wednesday"), ("hvorhen, hvem-med", "hvem-med, hvorhen")],
    ids=["another hour", "another day", "another order"],
)
@pytest.mark.asked
def test_moving_what_has_been_sent_asks_nobody_again(world: RunningWorld, before: str, after: str) -> None:
    world.edit_in_force(before, after)
    world.play("2018-10-11 12:00")
    assert asked(world) == {1}
    world.play("2018-11-10 12:00")
    asks = ["Hvor skal vi hen?", "Hvem skal med?", "Hvornår er vi der?", "Hvad nu?"]
    with_reminders = [sum(ask in text for text in world.questions(world.participants[0])) for ask in asks]
    assert with_reminders == [2, 2, 2, 2]


@pytest.mark.asked(until=WELCOMED)
def test_a_bad_edit_keeps_the_old_programme_running_and_tells_the_organisers_the_place(world: RunningWorld) -> None:
    world.edit("every: tuesday", "every: tirsdag")
    told = world.posts(ORGANISERS_CHANNEL)[-1].text
    assert "landsby.yaml, linje 20: " in told
    world.play("2018-10-09 10:40")
    assert asked(world) == {1}
    world.edit("every: tirsdag", "every: tuesday")
    world.edit('at: "09:30"', 'at: "11:00"')
    told = world.posts(ORGANISERS_CHANNEL)[-1].text
    assert all(f"»{ask}« flyttes" in told for ask in ("Hvem skal med?", "Hvornår er vi der?", "Hvad nu?"))


@pytest.mark.asked(until=WELCOMED)
def test_the_same_mistake_made_again_is_told_again(world: RunningWorld) -> None:
    for _ in range(2):
        world.edit("every: tuesday", "every: tirsdag")
        world.edit("every: tirsdag", "every: tuesday")
    assert sum("landsby.yaml, linje 20: " in post.text for post in world.posts(ORGANISERS_CHANNEL)) == 2


@pytest.mark.asked
def test_daylight_saving_ends_and_the_question_still_comes_at_the_same_hour(world: RunningWorld) -> None:
    world.play("2018-10-23 10:40")  # summer time
    world.play("2018-10-30 10:40")  # winter time since Sunday
    sent = [m.due_at for m in world.outbox(MessageKind.QUESTION) if m.person_id == world.person(world.leaders[0]).id]
    assert [moment.hour * 60 + moment.minute for moment in sent] == [450, 510]  # 09:30 in Randers, in UTC; the first is detached by now
    assert asked(world) == {5}  # three questions and the reminders of the first two


@pytest.mark.asked
def test_a_digest_without_an_answer_from_slack_is_held_and_never_sent_again_by_itself(world: RunningWorld) -> None:
    world.play("2018-10-12 10:01")
    world.approve()
    world.local_bot.workspace.faults.crash("chat.postMessage")  # a 500: it may have been posted, and was not
    world.play("2018-10-12 17:00")
    (digest,) = world.outbox(MessageKind.DIGEST)
    assert digest.state is MessageState.HELD
    world.play("2018-10-15 17:00")
    assert world.posts(DIGEST_CHANNEL) == []
    asking = next(post for post in reversed(world.posts(ORGANISERS_CHANNEL)) if buttons(post))  # Monday's plan came after it
    assert "nr. 1" in asking.text
    assert buttons(asking) == ["approve"]
    world.approve()
    assert len(world.posts(DIGEST_CHANNEL)) == 1
    assert not any("approve" in buttons(post) for post in world.posts(ORGANISERS_CHANNEL))  # nobody can press it twice


@pytest.mark.asked(until=WELCOMED)
def test_a_question_that_slack_took_without_answering_is_found_and_not_sent_again(world: RunningWorld) -> None:
    world.local_bot.workspace.faults.lose("chat.postMessage", times=3)
    world.play("2018-10-09 12:00")
    assert asked(world) == {1}
    assert {message.state for message in world.outbox(MessageKind.QUESTION)} == {MessageState.SENT}


@pytest.mark.asked(until=WELCOMED)
def test_slacks_brakes_delay_and_lose_nothing(world: RunningWorld) -> None:
    world.local_bot.workspace.faults.limit("chat.postMessage", times=4, retry_after=30)
    world.play("2018-10-09 12:00")
    assert asked(world) == {1}


def test_who_joins_later_gets_the_open_question_a_day_after_the_welcome(world: RunningWorld) -> None:
    newcomer = world.leaders[0]
    group = world.local_bot.chat.state.usergroups["S0LEADERS"]
    without = tuple(user for user in group.users if user != newcomer)
    world.local_bot.chat.state.usergroups["S0LEADERS"] = type(group)(id=group.id, handle=group.handle, name=group.name, users=without)
    world.play("2018-10-09 10:40")
    assert world.messages(newcomer) == []
    world.local_bot.chat.state.usergroups["S0LEADERS"] = group
    world.play("2018-10-10 08:00")  # the lists are read each morning
    assert len(world.messages(newcomer)) == 1
    assert world.questions(newcomer) == []
    world.play("2018-10-11 08:00")
    assert len(world.questions(newcomer)) == 1
    assert world.outbox(MessageKind.QUESTION)[-1].due_at - world.person(newcomer).welcomed_at >= timedelta(hours=24)


@pytest.mark.asked(until=WELCOMED)
def test_a_bot_that_comes_back_at_night_lets_people_sleep(world: RunningWorld) -> None:
    world.local_bot.clock.move_to(datetime(2018, 10, 9, 20, tzinfo=UTC))  # ten in the evening in Randers
    world.player.settle()
    assert asked(world) == {0}
    world.play("2018-10-10 08:10")
    assert asked(world) == {1}
