"""When does a participant hear what the politicians said?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.outbox import NotWanted
from bot.dialogue.responses import to_participants
from bot.models import Digest, HeardBy, MessageKind, MessageState, Person, PersonState
from bot.programme import Role
from bot.seam.actions import ResponseKind
from bot.seam.meaning import Plain, PoliticalAnswer
from tests.dialogue.season import AS_FOUND, FIRST, WEEK, Season, close_of, post_of, season

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.models import Round

HOUR = timedelta(hours=1)


@pytest.fixture
def town(session: Session) -> Season:
    return Season(session)


@pytest.fixture
def issued(town: Season) -> Digest:
    town.round(1)
    return town.issue(1)


def told(town: Season, one: Round, who: Person) -> list[str]:
    """The words between the quotation marks, of what the round's question tells."""
    return [each.sentence.partition("»")[2].rstrip("«") for each in brought(town, one, who)]


def brought(town: Season, one: Round, who: Person) -> tuple[PoliticalAnswer, ...]:
    return to_participants.answers_since_last(town.session, one, [who])[who.id]


def queue(town: Season, now: datetime, *, last: bool = True) -> int:
    return to_participants.queue_answers(town.session, now, town.programme, last=last)


def test_the_next_question_brings_what_was_released_since_the_last_one_in_the_readers_language(town: Season, issued: Digest):
    who = town.person("U0EN", language="en")
    town.released(issued, post_of(1), "We do.")
    (answer,) = brought(town, town.round(2), who)
    assert (answer.digest, answer.sentence) == (1, "A politician answers week 34: “We do.”")


def test_an_answer_to_wishes_says_on_which_theme_with_a_question_and_on_its_own(town: Season, issued: Digest):
    who = town.person("U0EN", language="en")
    answer = town.released(issued, post_of(1), "We do.")
    answer.theme = "trust"
    (told_with_question,) = brought(town, town.round(2), who)
    assert told_with_question.sentence == "A politician answers your wishes on “Trust” from week 34: “We do.”"
    assert queue(town, post_of(2)) == 1
    alone = to_participants.compose_answer(town.session, post_of(2), town.programme, town.messages(MessageKind.ANSWER)[0])
    assert isinstance(alone, Plain)
    assert alone.paragraphs[1] == told_with_question.sentence


def test_an_answer_comes_once(town: Season, issued: Digest):
    (who,) = town.people(1)
    town.released(issued, post_of(1), "et")
    second, third = town.round(2), town.round(3)
    town.ask(second, [who])
    town.released(issued, post_of(2), "to")
    assert (told(town, second, who), told(town, third, who)) == (["et"], ["to"])


def test_what_is_released_at_the_very_moment_a_round_opens_comes_with_the_next(town: Season, issued: Digest):
    (who,) = town.people(1)
    second, third = town.round(2), town.round(3)
    town.ask(second, [who])
    town.released(issued, second.opens_at, "et")
    assert (told(town, second, who), told(town, third, who)) == ([], ["et"])


@pytest.mark.parametrize("state", [MessageState.CANCELLED, MessageState.MISSED, MessageState.FAILED])
def test_whom_a_question_did_not_reach_hears_it_with_the_next_that_does(town: Season, issued: Digest, state: MessageState):
    there, away = town.people(2)
    first, second, third = town.round(1, "time", 2), town.round(2), town.round(3)
    town.ask(first, [there, away])
    town.released(issued, post_of(1), "et")
    town.ask(second, [there])
    town.ask(second, [away], state)
    assert (told(town, third, there), told(town, third, away)) == ([], ["et"])


def test_someone_new_hears_what_is_new_to_the_others(town: Season, issued: Digest):
    (who,) = town.people(1)
    town.released(issued, post_of(1), "et")
    town.round(2)
    town.released(issued, post_of(2), "to")
    assert told(town, town.round(3), who) == ["to"]


def test_acknowledgements_are_counted_and_come_once(town: Season, issued: Digest):
    (who,) = town.people(1)
    for politician in town.people(5, "U0P", Role.POLITICIAN):
        town.session.add(HeardBy(digest_id=issued.id, person_id=politician.id))
    second, third = town.round(2), town.round(3)
    town.ask(second, [who])
    (answer,) = brought(town, second, who)
    assert answer.sentence == "5 politikere har læst overblikket over uge 34 og trykket Hørt."
    assert brought(town, third, who) == ()


def test_many_long_answers_still_fit_in_a_message(town: Season, issued: Digest):
    (who,) = town.people(1)
    for index in range(14):
        town.released(issued, post_of(1) + index * HOUR, f"{index} " + "x" * 2990)
    answers = brought(town, town.round(2), who)
    assert len(answers) == 11
    assert sum(len(each.sentence) for each in answers) < 8_200
    assert answers[-1].sentence == "Og 4 svar mere fra politikerne."


def test_three_long_answers_after_each_other_are_sent_whole_where_they_fit(town: Season, issued: Digest):
    (who,) = town.people(1)
    town.released(issued, post_of(1), "x" * 3000)
    (answer,) = brought(town, town.round(2), who)
    assert "x" * 3000 in answer.sentence


# --- after the last question


def test_after_the_last_round_an_answer_goes_to_every_active_participant_once(town: Season, issued: Digest):
    here, paused, left, late = town.people(4)
    paused.state, left.state, late.invited_at = PersonState.PAUSED, PersonState.LEFT, post_of(3)
    response = town.released(issued, post_of(1))
    assert queue(town, post_of(1) + HOUR, last=False) == 0
    assert queue(town, post_of(1) + HOUR) == 1
    assert queue(town, post_of(1) + 2 * HOUR) == 0
    (message,) = town.messages(MessageKind.ANSWER)
    assert (message.address, message.key, message.facts) == (here.address, f"answer:{response.id}:{here.id}", {"response": response.id})


def test_an_answer_released_in_the_evening_waits_for_the_morning_where_the_person_is(town: Season, issued: Digest):
    town.person("U0FAR", timezone="America/New_York")
    town.released(issued, post_of(1))
    queue(town, close_of(1).replace(hour=23))  # friday 19:00 in New York
    (message,) = town.messages(MessageKind.ANSWER)
    assert message.due_at == FIRST + timedelta(days=6, hours=3, minutes=30)  # monday 07:00 there


def test_what_a_question_brings_or_is_about_to_bring_is_not_sent_on_its_own(town: Season, issued: Digest):
    sent, pending, missed = town.people(3)
    second = town.round(2)
    town.released(issued, post_of(1))
    town.ask(second, [sent])
    town.ask(second, [pending], MessageState.PENDING)
    town.ask(second, [missed], MessageState.MISSED)
    queue(town, second.opens_at)
    assert [each.person_id for each in town.messages(MessageKind.ANSWER)] == [missed.id]


def test_if_the_programme_is_made_longer_what_was_sent_on_its_own_is_not_told_again(town: Season, issued: Digest):
    (who,) = town.people(1)
    town.released(issued, post_of(1), "et")
    queue(town, post_of(1))
    assert told(town, town.round(2), who) == []


def test_an_answer_of_its_own_says_where_it_comes_from(town: Season, issued: Digest):
    town.people(1)
    town.released(issued, post_of(1), "", ResponseKind.TAKE_UP)
    queue(town, post_of(1))
    (message,) = town.messages(MessageKind.ANSWER)
    said = to_participants.compose_answer(town.session, post_of(1), town.programme, message)
    assert isinstance(said, Plain)
    assert said.paragraphs == ("Nyt fra politikerne", "En politiker tager jeres svar fra uge 34 op.")


def test_an_answer_of_its_own_is_not_sent_to_someone_who_has_left_meanwhile(town: Season, issued: Digest):
    (who,) = town.people(1)
    town.released(issued, post_of(1))
    queue(town, post_of(1))
    who.state = PersonState.LEFT
    (message,) = town.messages(MessageKind.ANSWER)
    assert to_participants.compose_answer(town.session, post_of(1), town.programme, message) == NotWanted(reason="left")


# --- whatever happens

REACHED = (MessageState.SENT, MessageState.PENDING)
outcome = st.sampled_from([*REACHED, MessageState.MISSED, MessageState.CANCELLED, None])


@settings(max_examples=40, phases=AS_FOUND)
@given(
    st.lists(st.tuples(outcome, outcome), min_size=3, max_size=3),
    st.lists(st.integers(0, 2 * 24 * 14), min_size=1, max_size=6, unique=True),
)
def test_each_participant_hears_each_answer_exactly_once_whatever_becomes_of_their_questions(
    outcomes: list[tuple[MessageState | None, MessageState | None]], releases: list[int]
):
    with season() as town:
        people = town.people(2)
        town.ask(town.round(1), people)
        issued = town.issue(1)
        for half_hours in releases:
            town.released(issued, FIRST + WEEK + timedelta(minutes=30 * half_hours) - timedelta(hours=48), str(half_hours))
        heard: dict[int, list[str]] = {each.id: [] for each in people}
        for week, states in enumerate(outcomes, start=2):
            one = town.round(week)
            for who, state in zip(people, states, strict=True):
                if state is not None:
                    town.ask(one, [who], state)
                if state in REACHED:
                    heard[who.id] += told(town, one, who)
        queue(town, post_of(9))
        for message in town.messages(MessageKind.ANSWER):
            said = to_participants.compose_answer(town.session, post_of(9), town.programme, message)
            assert isinstance(said, Plain)
            heard[message.person_id or 0].append(said.paragraphs[1].partition("»")[2].rstrip("«"))
        assert [sorted(words) for words in heard.values()] == [sorted(map(str, releases))] * 2
