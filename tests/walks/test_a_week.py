"""One week as the three kinds of people live it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models import MessageKind
from bot.programme import Role
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.walks.hamlet import PARTICIPANTS, Hamlet, buttons

if TYPE_CHECKING:
    from bot.models import PersonState


def states(hamlet: Hamlet) -> set[PersonState]:
    return {hamlet.person(address).state for address in hamlet.participants}


def test_a_week_from_the_welcome_to_the_politicians_answer_in_the_next_question(hamlet: Hamlet) -> None:
    anna = hamlet.leaders[0]

    hamlet.play("2018-10-08 10:31")  # the last working day at least 24 h before the first question; one of them is an hour behind
    assert [len(hamlet.messages(person)) for person in hamlet.participants] == [1] * PARTICIPANTS
    assert buttons(hamlet.messages(anna)[0]) == ["leave", "pause", "my_data", "erase"]
    assert states(hamlet) == {"active"}

    hamlet.play("2018-10-09 10:40")
    assert all(len(hamlet.questions(person)) == 1 for person in hamlet.participants)
    assert "Hvor skal vi hen?" in hamlet.questions(anna)[0]
    assert "Skriv ikke navne" in hamlet.questions(anna)[0]

    assert hamlet.reply(anna, "Mod skoven", "wish").ok
    assert "Tak" in hamlet.window(anna)
    hamlet.everyone_replies(but=2)

    hamlet.play("2018-10-11 14:30")
    assert [len(hamlet.questions(person)) for person in hamlet.participants] == [1] * (PARTICIPANTS - 2) + [2, 2]

    hamlet.play("2018-10-12 10:01")
    draft = hamlet.posts(ORGANISERS_CHANNEL)[-1]
    assert buttons(draft) == ["approve", "send_back"]
    assert "Omtrent 20 personer" in draft.text
    assert hamlet.posts(DIGEST_CHANNEL) == []
    hamlet.approve()
    assert hamlet.posts(DIGEST_CHANNEL) == []  # approved, and its hour has not come

    hamlet.play("2018-10-12 14:01")
    (digest,) = hamlet.posts(DIGEST_CHANNEL)
    assert buttons(digest) == ["heard", "respond"]

    chat = hamlet.local_bot.chat
    assert chat.press(hamlet.politician, "heard", channel=DIGEST_CHANNEL).ok
    chat.dismiss(hamlet.politician)
    assert chat.press(hamlet.politician, "respond", channel=DIGEST_CHANNEL).ok
    assert hamlet.fill(hamlet.politician, plain_text_input="Vi går med.", static_select="free_text", radio_buttons="free_text").ok
    hamlet.player.settle()
    assert "Vi går med." in hamlet.posts(ORGANISERS_CHANNEL)[-1].text
    assert chat.press(hamlet.organiser, "release", channel=ORGANISERS_CHANNEL).ok

    hamlet.play("2018-10-23 10:40")  # week 42 is skipped
    assert all("Vi går med." in hamlet.questions(person)[-1] for person in hamlet.participants)
    hamlet.everyone_replies()
    hamlet.play("2018-10-26 10:01")
    assert "Vi går med." in hamlet.posts(ORGANISERS_CHANNEL)[-1].text


def test_a_week_with_too_few_answers_is_posted_once_and_says_so(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-09 10:40")
    for person in hamlet.leaders[:4]:
        assert hamlet.reply(person, "Mod skoven", "wish", "quote").ok
    hamlet.play("2018-10-12 10:01")
    hamlet.approve()
    hamlet.play("2018-10-13 10:00")
    (digest,) = hamlet.posts(DIGEST_CHANNEL)
    assert "for få" in digest.text
    assert "skoven" not in digest.text


def test_a_draft_nobody_approves_is_held_and_the_organisers_are_alarmed_each_working_day(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-12 10:01")
    told = len(hamlet.posts(ORGANISERS_CHANNEL))
    hamlet.play("2018-10-12 14:01")
    assert len(hamlet.posts(ORGANISERS_CHANNEL)) == told + 1
    hamlet.play("2018-10-14 18:00")
    assert len(hamlet.posts(ORGANISERS_CHANNEL)) == told + 1  # Saturday and Sunday are quiet
    hamlet.play("2018-10-16 18:00")
    assert len(hamlet.posts(ORGANISERS_CHANNEL)) == told + 3
    assert hamlet.posts(DIGEST_CHANNEL) == []
    assert hamlet.local_bot.chat.press(hamlet.organiser, "approve", channel=ORGANISERS_CHANNEL).ok
    hamlet.player.settle()
    assert len(hamlet.posts(DIGEST_CHANNEL)) == 1


def test_what_is_sent_back_waits_with_its_note_until_it_is_approved(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-12 10:01")
    assert hamlet.local_bot.chat.press(hamlet.organiser, "send_back", channel=ORGANISERS_CHANNEL).ok
    assert hamlet.fill(hamlet.organiser, plain_text_input="Vent på mødet").ok
    hamlet.play("2018-10-12 14:01")
    assert hamlet.posts(DIGEST_CHANNEL) == []
    assert any("Vent på mødet" in post.text for post in hamlet.posts(ORGANISERS_CHANNEL))
    hamlet.local_bot.chat.dismiss(hamlet.organiser)
    hamlet.approve()
    assert len(hamlet.posts(DIGEST_CHANNEL)) == 1


def test_reminders_leave_no_list_of_those_who_did_not_answer(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-11 14:30")
    assert len(hamlet.outbox(MessageKind.REMINDER)) == PARTICIPANTS
    hamlet.play("2018-10-12 10:05")
    assert hamlet.outbox(MessageKind.REMINDER) == []


def test_roles_come_from_the_lists_and_count_people_once(hamlet: Hamlet) -> None:
    hamlet.player.settle()
    roles = [hamlet.person(address).role for address in hamlet.participants]
    assert roles.count(Role.LEADER) == len(hamlet.leaders)
    assert roles.count(Role.EMPLOYEE_REP) == len(hamlet.reps)
