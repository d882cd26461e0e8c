"""Participants hear a released political answer once, with the next question or by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.digests import digest_reading
from bot.dialogue.outbox import NotWanted
from bot.dialogue.responses import to_participants
from bot.errors import Reason, Refused
from bot.language.visible_text import clean
from bot.models import Digest, HeardBy, MessageKind, MessageState, Person, PersonState, ResponseState
from bot.platforms.slack.blocks import buttons_of
from bot.platforms.slack.messages import render_message
from bot.platforms.slack.views import window
from bot.programme import Language, Role
from bot.seam.actions import ResponseKind
from bot.seam.meaning import Plain, PoliticalAnswer, Question
from bot.workspace.block_rules import message_problems, view_problems
from tests.support.world import AS_FOUND, OPENS, WEEK, World, close_of, post_of, separate_world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models import Round
    from bot.platforms.slack.blocks import Json

HOUR = timedelta(hours=1)
ASKED = Question(language=Language.DA, round=2, theme="Ro", ask="Hvad nu?", closes="fredag")


@pytest.fixture
def issued(world: World) -> Digest:
    world.add_round(1)
    return world.issue(1)


def told(world: World, round_: Round, who: Person) -> list[str]:
    """The words between the quotation marks, of what the round's question tells."""
    return [each.sentence.partition("»")[2].rstrip("«") for each in brought(world, round_, who)]


def brought(world: World, round_: Round, who: Person) -> tuple[PoliticalAnswer, ...]:
    return to_participants.answers_since_last(world.session, round_, [who])[who.id]


def queue(world: World, now: datetime, *, last: bool = True) -> int:
    return to_participants.queue_answers(world.session, now, world.programme, last=last)


def test_the_next_question_brings_what_was_released_since_the_last_one_in_the_readers_language(world: World, issued: Digest):
    who = world.add_person("U0EN", language="en")
    world.add_response(issued, post_of(1), "We do.")
    (answer,) = brought(world, world.add_round(2), who)
    assert (answer.digest, answer.sentence) == (1, "A politician writes about your answers from week 34: “We do.”")


def test_an_answer_to_wishes_says_on_which_theme_with_a_question_and_on_its_own(world: World, issued: Digest):
    who = world.add_person("U0EN", language="en")
    answer = world.add_response(issued, post_of(1), "We do.")
    answer.theme = "trust"
    (told_with_question,) = brought(world, world.add_round(2), who)
    assert told_with_question.sentence == "A politician writes about your wishes on “Trust” from week 34: “We do.”"
    assert queue(world, post_of(2)) == 1
    alone = to_participants.compose_answer(world.session, post_of(2), world.programme, world.messages(MessageKind.ANSWER)[0])
    assert isinstance(alone, Plain)
    assert alone.paragraphs[1] == told_with_question.sentence


def test_an_answer_comes_once(world: World, issued: Digest):
    (who,) = world.add_people(1)
    world.add_response(issued, post_of(1), "et")
    second, third = world.add_round(2), world.add_round(3)
    world.add_questions(second, [who])
    world.add_response(issued, post_of(2), "to")
    assert (told(world, second, who), told(world, third, who)) == (["et"], ["to"])


def test_what_is_released_at_the_very_moment_a_round_opens_comes_with_the_next(world: World, issued: Digest):
    (who,) = world.add_people(1)
    second, third = world.add_round(2), world.add_round(3)
    world.add_questions(second, [who])
    world.add_response(issued, second.opens_at, "et")
    assert (told(world, second, who), told(world, third, who)) == ([], ["et"])


@pytest.mark.parametrize("state", [MessageState.CANCELLED, MessageState.MISSED, MessageState.FAILED])
def test_whom_a_question_did_not_reach_hears_it_with_the_next_that_does(world: World, issued: Digest, state: MessageState):
    there, away = world.add_people(2)
    first, second, third = world.add_round(1, "time", 2), world.add_round(2), world.add_round(3)
    world.add_questions(first, [there, away])
    world.add_response(issued, post_of(1), "et")
    world.add_questions(second, [there])
    world.add_questions(second, [away], state)
    assert (told(world, third, there), told(world, third, away)) == ([], ["et"])


def test_someone_new_hears_what_is_new_to_the_others(world: World, issued: Digest):
    (who,) = world.add_people(1)
    world.add_response(issued, post_of(1), "et")
    world.add_round(2)
    world.add_response(issued, post_of(2), "to")
    assert told(world, world.add_round(3), who) == ["to"]


def test_acknowledgements_are_counted_and_come_once(world: World, issued: Digest):
    (who,) = world.add_people(1)
    for politician in world.add_people(5, "U0P", Role.POLITICIAN):
        world.session.add(HeardBy(digest_id=issued.id, person_id=politician.id))
    second, third = world.add_round(2), world.add_round(3)
    world.add_questions(second, [who])
    (answer,) = brought(world, second, who)
    assert answer.sentence == "5 politikere har læst overblikket over uge 34 og trykket Hørt."
    assert brought(world, third, who) == ()


def test_the_oldest_of_very_many_answers_are_only_counted_and_can_be_opened(world: World, issued: Digest):
    (who,) = world.add_people(1)
    responses = [world.add_response(issued, post_of(1) + index * HOUR, f"{index} " + "x" * 2990) for index in range(14)]
    *told_in_full, counted = brought(world, world.add_round(2), who)
    assert [answer.responses for answer in told_in_full] == [(response.id,) for response in responses[4:]]
    assert all("x" * 2990 in answer.sentence and not answer.only_counts for answer in told_in_full)
    assert (counted.sentence, counted.only_counts) == ("Og 4 svar mere fra politikerne.", True)
    assert counted.responses == tuple(response.id for response in responses[:4])


# --- what a message had no room for


def test_released_answers_are_read_in_full_by_participants_politicians_and_organisers(world: World, issued: Digest):
    (who,) = world.add_people(1)
    first, second = world.add_response(issued, post_of(1), "x" * 3000), world.add_response(issued, post_of(1) + HOUR, "Kort.")
    others = world.add_person("P0", Role.POLITICIAN), world.add_person("O0", Role.ORGANISER)
    for reader in (who.address, *(person.address for person in others)):
        reading = to_participants.answers_in_full(world.session, world.programme, reader, (first.id, second.id))
        assert reading.ids == (second.id, first.id), "the newest first"
        assert ["x" * 3000 in part.lines[0] for part in reading.parts] == [False, True]


@pytest.mark.parametrize("state", [state for state in ResponseState if state is not ResponseState.RELEASED])
def test_an_answer_that_is_not_released_is_not_read(world: World, issued: Digest, state: ResponseState):
    (who,) = world.add_people(1)
    response = world.add_response(issued, post_of(1), "Hemmeligt.")
    response.state = state
    world.session.flush()
    with pytest.raises(Refused, match=Reason.GONE):
        to_participants.answers_in_full(world.session, world.programme, who.address, (response.id,))


def test_whoever_has_left_reads_no_answer(world: World, issued: Digest):
    (who,) = world.add_people(1)
    response, who.state = world.add_response(issued, post_of(1)), PersonState.LEFT
    with pytest.raises(Refused, match=Reason.NOT_IN_DIALOGUE):
        to_participants.answers_in_full(world.session, world.programme, who.address, (response.id,))


# --- after the last question


def test_after_the_last_round_an_answer_goes_to_every_active_participant_once(world: World, issued: Digest):
    here, paused, left, late = world.add_people(4)
    paused.state, left.state, late.invited_at = PersonState.PAUSED, PersonState.LEFT, post_of(3)
    response = world.add_response(issued, post_of(1))
    assert queue(world, post_of(1) + HOUR, last=False) == 0
    assert queue(world, post_of(1) + HOUR) == 1
    assert queue(world, post_of(1) + 2 * HOUR) == 0
    (message,) = world.messages(MessageKind.ANSWER)
    assert (message.address, message.key, message.facts) == (here.address, f"answer:{response.id}:{here.id}", {"response": response.id})


def test_an_answer_released_in_the_evening_waits_for_the_morning_where_the_person_is(world: World, issued: Digest):
    world.add_person("U0FAR", timezone="America/New_York")
    world.add_response(issued, post_of(1))
    queue(world, close_of(1).replace(hour=23))  # friday 19:00 in New York
    (message,) = world.messages(MessageKind.ANSWER)
    assert message.due_at == OPENS + timedelta(days=6, hours=3, minutes=30)  # monday 07:00 there


def test_what_a_question_brings_or_is_about_to_bring_is_not_sent_on_its_own(world: World, issued: Digest):
    sent, pending, missed = world.add_people(3)
    second = world.add_round(2)
    world.add_response(issued, post_of(1))
    world.add_questions(second, [sent])
    world.add_questions(second, [pending], MessageState.PENDING)
    world.add_questions(second, [missed], MessageState.MISSED)
    queue(world, second.opens_at)
    assert [message.person_id for message in world.messages(MessageKind.ANSWER)] == [missed.id]


def test_if_the_programme_is_made_longer_what_was_sent_on_its_own_is_not_told_again(world: World, issued: Digest):
    (who,) = world.add_people(1)
    world.add_response(issued, post_of(1), "et")
    queue(world, post_of(1))
    assert told(world, world.add_round(2), who) == []


def test_who_was_told_with_a_question_is_not_told_alone_though_an_earlier_round_is_forgotten(world: World, issued: Digest):
    (who,) = world.add_people(1)
    who.heard_until = OPENS
    world.add_response(issued, post_of(1))
    world.add_questions(world.add_round(2), [who])
    assert queue(world, post_of(2)) == 0


def test_who_was_told_with_a_question_that_is_forgotten_is_not_told_alone_whatever_came_before(world: World, issued: Digest):
    (who,) = world.add_people(1)
    world.add_response(issued, post_of(2))
    world.add_questions(world.add_round(2), [who])
    who.heard_until = OPENS + 2 * WEEK
    assert queue(world, post_of(3)) == 0


def test_answers_are_told_in_the_order_of_their_release_with_a_question_and_alone(world: World, issued: Digest):
    (who,) = world.add_people(1)
    later, earlier = world.add_response(issued, post_of(1) + HOUR, "to"), world.add_response(issued, post_of(1), "et")
    assert told(world, world.add_round(2), who) == ["et", "to"]
    queue(world, post_of(2))
    assert [message.facts["response"] for message in world.messages(MessageKind.ANSWER)] == [earlier.id, later.id]


def test_an_answer_of_its_own_says_where_it_comes_from(world: World, issued: Digest):
    world.add_people(1)
    world.add_response(issued, post_of(1), "", ResponseKind.TAKE_UP)
    queue(world, post_of(1))
    (message,) = world.messages(MessageKind.ANSWER)
    said = to_participants.compose_answer(world.session, post_of(1), world.programme, message)
    assert isinstance(said, Plain)
    assert said.paragraphs == ("Nyt fra politikerne", "En politiker vil tage jeres svar fra uge 34 op.")


def test_an_answer_of_its_own_is_not_sent_to_someone_who_has_left_meanwhile(world: World, issued: Digest):
    (who,) = world.add_people(1)
    world.add_response(issued, post_of(1))
    queue(world, post_of(1))
    who.state = PersonState.LEFT
    (message,) = world.messages(MessageKind.ANSWER)
    assert to_participants.compose_answer(world.session, post_of(1), world.programme, message) == NotWanted(reason="left")


# --- whole, at most one press away

ODD = {
    "words": "ord " * 749 + "slut",
    "line breaks": "\n".join(["Vi har drøftet det."] * 150),
    "one word": "x" * 3000,
    "signs that take room": '"\\\n' * 1000,
    "emoji": "😀👩\u200d👧" * 420,
    "markup": "*a* _b_ `c` ~d~ <!channel> <https://example.org|e> &lt; &amp; " * 46,
    "soft breaks": "a\u2028b\x0bc\x85d\r\n" * 330,
    "the other direction": "\u2067שלום\u2069 og " * 270,
}


def seen(blocks: Sequence[Json]) -> str:
    """All that blocks show, as a reader sees it, without blanks."""
    texts = [part for block in blocks for part in (block.get("text", {}).get("text", ""), str(block.get("elements", "")))]
    return "".join("".join(texts).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split())


def written(words: str) -> str:
    return "".join(clean(words).split())


def openings(blocks: Sequence[Json]) -> list[tuple[int, ...]]:
    """The answers that a button opens, each by its id."""
    return [tuple(map(int, button["value"].split(","))) for button in buttons_of(blocks) if button["action_id"] == "whole_answers"]


def window_of(world: World, reader: Person, responses: Sequence[int]) -> list[Json]:
    view = window(to_participants.answers_in_full(world.session, world.programme, reader.address, responses))
    assert view is not None
    assert view_problems(view, "modal") == []
    return list(view["blocks"])


@pytest.mark.parametrize("words", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("count", [1, 3, 12])
def test_an_answer_stands_whole_with_the_next_question_or_one_press_away(world: World, issued: Digest, words: str, count: int):
    (who,) = world.add_people(1)
    responses = [world.add_response(issued, post_of(1) + number * HOUR, words) for number in range(count)]
    question = replace(ASKED, since_last=brought(world, world.add_round(2), who))
    blocks = render_message(question).block_list
    whole = [response.id for response in responses if seen(blocks).count(written(words)) == count]
    opened = [response for ids in openings(blocks) for response in ids]
    assert {*whole, *opened} == {response.id for response in responses}
    for ids in openings(blocks):
        assert seen(window_of(world, who, ids)).count(written(words)) == len(ids)


@pytest.mark.parametrize("words", ODD.values(), ids=ODD.keys())
def test_an_answer_of_its_own_stands_whole(world: World, issued: Digest, words: str):
    world.add_people(1)
    world.add_response(issued, post_of(1), words)
    queue(world, post_of(1))
    (message,) = world.messages(MessageKind.ANSWER)
    said = to_participants.compose_answer(world.session, post_of(1), world.programme, message)
    assert isinstance(said, Plain)
    blocks = render_message(said).block_list
    assert message_problems(blocks) == []
    assert written(words) in seen(blocks)


@pytest.mark.parametrize("words", ODD.values(), ids=ODD.keys())
def test_an_answer_stands_whole_in_the_next_digest_or_one_press_away(world: World, issued: Digest, words: str):
    (who,) = world.add_people(1)
    for number in range(3):
        world.add_response(issued, post_of(1) + number * HOUR, words)
    world.add_round(2)
    later = world.issue(2)
    (post, _) = digest_reading.digests_as_they_stand(world.session, world.programme, Language.DA, page=True)
    assert post.digest == later.id
    blocks = render_message(post).block_list
    if seen(blocks).count(written(words)) < 3:
        assert "answers" in [button["action_id"] for button in buttons_of(blocks)]
        view = window(digest_reading.answers_of(world.session, world.programme, who.address, later.id))
        assert view is not None
        assert seen(view["blocks"]).count(written(words)) == 3


# --- whatever happens

REACHED = (MessageState.SENT, MessageState.PENDING)
outcome = st.sampled_from([*REACHED, MessageState.MISSED, MessageState.CANCELLED, None])


@settings(max_examples=25, phases=AS_FOUND)
@given(
    st.lists(st.tuples(outcome, outcome), min_size=3, max_size=3),
    st.lists(st.integers(0, 2 * 24 * 14), min_size=1, max_size=6, unique=True),
)
def test_each_participant_hears_each_answer_exactly_once_whatever_becomes_of_their_questions(
    outcomes: list[tuple[MessageState | None, MessageState | None]], releases: list[int]
):
    with separate_world() as world:
        people = world.add_people(2)
        world.add_questions(world.add_round(1), people)
        issued = world.issue(1)
        for half_hours in releases:
            world.add_response(issued, OPENS + WEEK + timedelta(minutes=30 * half_hours) - timedelta(hours=48), str(half_hours))
        heard: dict[int, list[str]] = {person.id: [] for person in people}
        for week, states in enumerate(outcomes, start=2):
            round_ = world.add_round(week)
            for who, state in zip(people, states, strict=True):
                if state is not None:
                    world.add_questions(round_, [who], state)
                if state in REACHED:
                    heard[who.id] += told(world, round_, who)
        queue(world, post_of(9))
        for message in world.messages(MessageKind.ANSWER):
            said = to_participants.compose_answer(world.session, post_of(9), world.programme, message)
            assert isinstance(said, Plain)
            heard[message.person_id or 0].append(said.paragraphs[1].partition("»")[2].rstrip("«"))
        assert [sorted(words) for words in heard.values()] == [sorted(map(str, releases))] * 2
