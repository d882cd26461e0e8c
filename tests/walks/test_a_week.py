"""One week as the three kinds of people live it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind
from bot.programme import Role
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import PARTICIPANTS, RunningWorld, buttons

if TYPE_CHECKING:
    from bot.models import PersonState


def states(world: RunningWorld) -> set[PersonState]:
    return {world.person(address).state for address in world.participants}


def test_a_week_from_the_welcome_to_the_politicians_answer_in_the_next_question(world: RunningWorld) -> None:
    anna = world.leaders[0]

    world.play("2018-10-08 10:31")  # the last working day at least 24 h before the first question; one of them is an hour behind
    assert [len(world.messages(person)) for person in world.participants] == [1] * PARTICIPANTS
    assert buttons(world.messages(anna)[0]) == ["leave", "pause", "my_data", "read_more"]
    assert states(world) == {"active"}

    world.play("2018-10-09 10:40")
    assert all(len(world.questions(person)) == 1 for person in world.participants)
    assert "Hvor skal vi hen?" in world.questions(anna)[0]
    assert "Skriv ikke navne" in world.questions(anna)[0]

    assert world.reply(anna, "Mod skoven", "wish").ok
    assert "Tak" in world.window(anna)
    world.everyone_replies(but=2)

    world.play("2018-10-11 14:30")
    assert [len(world.questions(person)) for person in world.participants] == [1] * (PARTICIPANTS - 2) + [2, 2]

    world.play("2018-10-12 10:01")
    draft = world.posts(ORGANISERS_CHANNEL)[-1]
    assert buttons(draft) == ["approve", "finding", "send_back"]
    assert "Omtrent 15 eller flere svarede" in draft.text
    assert world.posts(DIGEST_CHANNEL) == []
    world.approve()
    assert world.posts(DIGEST_CHANNEL) == []  # approved, and its hour has not come

    world.play("2018-10-12 14:01")
    (digest,) = world.posts(DIGEST_CHANNEL)
    assert buttons(digest) == ["heard", "respond", "method", "page"]

    chat = world.local_bot.chat
    assert chat.press(world.politician, "heard", channel=DIGEST_CHANNEL).ok
    chat.dismiss(world.politician)
    assert chat.press(world.politician, "respond", channel=DIGEST_CHANNEL).ok
    assert world.fill(world.politician, plain_text_input="Vi går med.", radio_buttons="free_text").ok
    world.player.settle()
    assert "Vi går med." in world.posts(ORGANISERS_CHANNEL)[-1].text
    assert chat.press(world.organiser, "release", channel=ORGANISERS_CHANNEL).ok

    world.play("2018-10-23 10:40")  # week 42 is skipped
    assert all("Vi går med." in world.questions(person)[-1] for person in world.participants)
    world.everyone_replies()
    world.play("2018-10-26 10:01")
    assert "Vi går med." in world.posts(ORGANISERS_CHANNEL)[-1].text


@pytest.mark.asked
def test_a_week_with_too_few_answers_is_posted_once_and_says_so(world: RunningWorld) -> None:
    for person in world.leaders[:4]:
        assert world.reply(person, "Mod skoven", "wish", "quote").ok
    world.play("2018-10-12 10:01")
    world.approve()
    world.play("2018-10-13 10:00")
    (digest,) = world.posts(DIGEST_CHANNEL)
    assert "For få" in digest.text
    assert "skoven" not in digest.text


def posts_without_plans(world: RunningWorld) -> int:
    """How many posts stand in the organisers' channel, without the plan that each Monday brings."""
    return sum(not post.text.startswith("Uge ") for post in world.posts(ORGANISERS_CHANNEL))


@pytest.mark.asked
def test_a_draft_nobody_approves_is_held_and_the_organisers_are_alarmed_each_working_day(world: RunningWorld) -> None:
    world.play("2018-10-12 10:01")
    told = posts_without_plans(world)
    world.play("2018-10-12 14:01")
    assert posts_without_plans(world) == told + 1
    world.play("2018-10-14 18:00")
    assert posts_without_plans(world) == told + 1  # Saturday and Sunday are quiet
    world.play("2018-10-16 18:00")
    assert posts_without_plans(world) == told + 3
    assert world.posts(DIGEST_CHANNEL) == []
    world.see_and_approve(world.organiser)
    world.player.settle()
    assert len(world.posts(DIGEST_CHANNEL)) == 1


@pytest.mark.asked
def test_what_is_sent_back_waits_with_its_note_until_it_is_approved(world: RunningWorld) -> None:
    world.play("2018-10-12 10:01")
    assert world.local_bot.chat.press(world.organiser, "send_back", channel=ORGANISERS_CHANNEL).ok
    assert world.fill(world.organiser, plain_text_input="Vent på mødet").ok
    world.play("2018-10-12 14:01")
    assert world.posts(DIGEST_CHANNEL) == []
    assert any("Vent på mødet" in post.text for post in world.posts(ORGANISERS_CHANNEL))
    world.local_bot.chat.dismiss(world.organiser)
    world.approve()
    assert len(world.posts(DIGEST_CHANNEL)) == 1


@pytest.mark.asked
def test_reminders_leave_no_list_of_those_who_did_not_answer(world: RunningWorld) -> None:
    world.play("2018-10-11 14:30")
    assert len(world.outbox(MessageKind.REMINDER)) == PARTICIPANTS
    world.play("2018-10-12 10:05")
    assert world.outbox(MessageKind.REMINDER) == []


def test_roles_come_from_the_lists_and_count_people_once(world: RunningWorld) -> None:
    world.player.settle()
    roles = [world.person(address).role for address in world.participants]
    assert roles.count(Role.LEADER) == len(world.leaders)
    assert roles.count(Role.EMPLOYEE_REP) == len(world.reps)
