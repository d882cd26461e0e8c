"""Organisers hear once of wishes that nobody has answered, and whom they pick is asked once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue import organisers_channel
from bot.dialogue.compose import compose
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.outbox import NotWanted
from bot.dialogue.responses import response_review, unanswered, unreached
from bot.errors import Reason, Refused
from bot.models import Digest, MessageKind, MessageState, PersonState, Response, ResponseState
from bot.programme import Role
from bot.seam.actions import ResponseKind
from bot.seam.meaning import Plain, WishAsked, WishUnanswered
from tests.support.programme import NUUK, ORGANISERS_CHANNEL
from tests.support.world import DAY, World, post_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOUR = timedelta(hours=1)
TOLD_AT = post_of(1) + 14 * DAY


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person("O0", Role.ORGANISER)
    for who in ("P0", "P1"):
        world.add_person(who, Role.POLITICIAN)
    world.answer(world.add_round(1), world.add_people(12), wishes=6)
    world.issue(1).wishes = ["trust"]
    return world


def digest(world: World) -> Digest:
    return world.session.query(Digest).one()


def look(world: World, *moments: datetime) -> None:
    for now in moments:
        unanswered.tell_organisers_of_unanswered(world.session, now, world.programme)


def answer(world: World, now: datetime, theme: str | None = "trust") -> Response:
    response_review.respond(world.session, now, world.programme, "P0", digest(world).id, ResponseKind.FREE_TEXT, "Ja.", theme=theme)
    return world.session.query(Response).order_by(Response.id.desc()).first()  # type: ignore[return-value]  # there is one


def told(world: World, now: datetime = TOLD_AT) -> WishUnanswered:
    (message,) = world.messages(MessageKind.WISH_UNANSWERED)
    said = compose(world.session, now, world.programme, message)
    assert isinstance(said, WishUnanswered)
    return said


def ask(world: World, *whom: str, now: datetime = TOLD_AT, who: str = "O0", theme: str = "trust") -> bool:
    return unanswered.ask_politicians(world.session, now, world.programme, who, digest(world).id, theme, whom).made


def asked(world: World) -> list[str]:
    return [message.address for message in world.messages(MessageKind.WISH_ASKED)]


# --- organisers hear of it


def test_after_a_fortnight_organisers_hear_once_of_wishes_that_nobody_has_answered(world: World):
    look(world, TOLD_AT - HOUR)
    assert world.messages(MessageKind.WISH_UNANSWERED) == []
    look(world, TOLD_AT, TOLD_AT + HOUR, TOLD_AT + 3 * DAY, TOLD_AT + 90 * DAY)
    (message,) = world.messages(MessageKind.WISH_UNANSWERED)
    assert (message.address, message.due_at) == (ORGANISERS_CHANNEL, TOLD_AT)
    said = told(world)
    assert said.text.startswith("Ønskerne under »Tillid« fra uge 34 har ventet 14 dage på et svar")
    assert (said.status, said.open) == (None, True)


def test_they_are_named_by_their_shared_words(world: World):
    content = content_of(digest(world))
    content["themes"][0]["wish_words"] = [{"word": "tid", "people": 5}, {"word": "ro", "people": 5}]
    digest(world).content = {**content}
    look(world, TOLD_AT)
    assert told(world).text.startswith("Ønskerne under »Tillid« fra uge 34 (tid, ro) har ventet")


def test_nobody_hears_of_it_at_night_or_on_a_day_off(world: World):
    saturday = TOLD_AT + DAY
    look(world, TOLD_AT + 8 * HOUR, saturday, saturday + DAY, saturday + DAY + 15 * HOUR)
    assert world.messages(MessageKind.WISH_UNANSWERED) == []
    look(world, datetime(2018, 9, 10, 5, 0, tzinfo=UTC))
    assert len(world.messages(MessageKind.WISH_UNANSWERED)) == 1


@pytest.mark.parametrize("theme", ["trust", None])
def test_wishes_with_an_answer_are_never_told_of_and_a_declined_one_counts_for_nothing(world: World, theme: str | None):
    response = answer(world, TOLD_AT - HOUR, theme)
    look(world, TOLD_AT)
    assert world.messages(MessageKind.WISH_UNANSWERED) == []
    response_review.review(world.session, TOLD_AT, world.programme, "O0", response.id, release=False)
    look(world, TOLD_AT + HOUR)
    assert len(world.messages(MessageKind.WISH_UNANSWERED)) == 1


@pytest.mark.parametrize("wishes", [None, []])
def test_wishes_that_do_not_say_what_is_wished_and_old_digests_have_no_clock(world: World, wishes: list[str] | None):
    digest(world).wishes = wishes
    look(world, TOLD_AT)
    assert world.messages(MessageKind.WISH_UNANSWERED) == []


def test_once_somebody_answers_the_message_is_closed_and_opened_again_if_that_is_declined(world: World):
    look(world, TOLD_AT)
    world.deliver(TOLD_AT, MessageKind.WISH_UNANSWERED)
    response = answer(world, TOLD_AT + HOUR)
    answer(world, TOLD_AT + HOUR)  # sent twice
    assert (told(world).open, told(world).status) == (False, "Der er svaret på ønskerne.")
    assert len(world.messages(MessageKind.REDRAWN)) == 1
    response_review.review(world.session, TOLD_AT + 2 * HOUR, world.programme, "O0", response.id, release=False)
    about_it = [change for change in world.messages(MessageKind.REDRAWN) if str(change.key).endswith(":unanswered:1:trust")]
    assert (told(world).open, len(about_it)) == (True, 2)


def test_what_is_answered_before_it_is_said_is_not_said(world: World):
    look(world, TOLD_AT)
    answer(world, TOLD_AT)
    (message,) = world.messages(MessageKind.WISH_UNANSWERED)
    assert compose(world.session, TOLD_AT, world.programme, message) == NotWanted(reason="they are answered")


@pytest.mark.parametrize("is_answered", [False, True])
def test_what_was_given_up_is_put_to_organisers_again_while_the_wishes_wait(world: World, is_answered: bool):
    look(world, TOLD_AT)
    world.messages(MessageKind.WISH_UNANSWERED)[0].state = MessageState.FAILED
    if is_answered:
        answer(world, TOLD_AT)
    for _ in range(2):
        organisers_channel.put_again(world.session, TOLD_AT + HOUR, world.programme)
    assert len(world.messages(MessageKind.WISH_UNANSWERED)) == (1 if is_answered else 2)


def test_what_was_not_said_because_somebody_had_answered_is_said_once_that_is_declined(world: World):
    look(world, TOLD_AT)
    response = answer(world, TOLD_AT)
    world.messages(MessageKind.WISH_UNANSWERED)[0].state = MessageState.CANCELLED
    response_review.review(world.session, TOLD_AT + 4 * DAY, world.programme, "O0", response.id, release=False)
    look(world, TOLD_AT + 4 * DAY, TOLD_AT + 5 * DAY)
    assert [message.state for message in world.messages(MessageKind.WISH_UNANSWERED)] == [MessageState.PENDING]
    assert "har ventet 18 dage på et svar" in told(world, TOLD_AT + 4 * DAY).text


def test_the_message_goes_on_to_tell_how_long_they_had_waited_when_it_was_said(world: World):
    look(world, TOLD_AT + 3 * DAY)
    world.deliver(TOLD_AT + 3 * DAY, MessageKind.WISH_UNANSWERED)
    for text in (
        told(world, TOLD_AT + 9 * DAY).text,
        unanswered.wishes_as_they_stand(world.session, world.programme, digest(world), "trust").text,
    ):
        assert "har ventet 17 dage" in text


# --- whom they pick is asked


def test_whom_organisers_pick_is_asked_once_however_often_they_are_picked(world: World):
    look(world, TOLD_AT)
    assert ask(world, "P0", "P0")
    assert ask(world, "P0", "P1", now=TOLD_AT + HOUR)
    assert asked(world) == ["P0", "P1"]
    said = compose(world.session, TOLD_AT, world.programme, world.messages(MessageKind.WISH_ASKED)[0])
    assert isinstance(said, WishAsked)
    assert said.paragraphs[0] == "Vil du svare deltagerne? Ønskerne under »Tillid« fra uge 34 har ikke fået noget svar endnu."
    assert (told(world).open, told(world).status) == (True, "Nogle politikere er bedt om at svare.")


def test_what_a_politician_was_asked_is_closed_once_anybody_has_answered_and_opened_again_if_that_is_declined(world: World):
    ask(world, "P1")
    world.deliver(TOLD_AT, MessageKind.WISH_ASKED)
    response = answer(world, TOLD_AT + HOUR)

    def drawn_anew() -> WishAsked:
        drawn = compose(world.session, TOLD_AT + HOUR, world.programme, world.messages(MessageKind.REDRAWN)[-1])
        assert isinstance(drawn, WishAsked)
        return drawn

    sentence = "Ønskerne under »Tillid« fra uge 34 er besvaret nu, så du behøver ikke gøre mere. Tak."
    assert (drawn_anew().open, drawn_anew().paragraphs) == (False, (sentence,))
    response_review.review(world.session, TOLD_AT + 2 * HOUR, world.programme, "O0", response.id, release=False)
    assert (drawn_anew().open, drawn_anew().paragraphs[0].endswith("har ikke fået noget svar endnu.")) == (True, True)


@pytest.mark.parametrize("state", [MessageState.CANCELLED, MessageState.MISSED, MessageState.FAILED])
def test_whom_the_question_has_not_reached_is_asked_again_if_they_are_picked_again(world: World, state: MessageState):
    look(world, TOLD_AT)
    ask(world, "P0")
    world.messages(MessageKind.WISH_ASKED)[0].state = state
    assert told(world).status is None  # nobody has been asked
    ask(world, "P0", now=TOLD_AT + 3 * DAY)
    assert [message.state for message in world.messages(MessageKind.WISH_ASKED)] == [MessageState.PENDING]


def test_organisers_hear_that_whom_they_picked_could_not_be_reached_in_a_week(world: World):
    look(world, TOLD_AT)
    world.deliver(TOLD_AT, MessageKind.WISH_UNANSWERED)
    ask(world, "P0")
    (question,) = world.messages(MessageKind.WISH_ASKED)
    assert question.expires_at == TOLD_AT + 7 * DAY
    question.state = MessageState.MISSED
    for _ in range(2):
        unreached.tell_organisers_of_unreached(world.session, TOLD_AT + 7 * DAY, world.programme)
    (notice,) = world.messages(MessageKind.NOTICE)
    said = compose(world.session, TOLD_AT + 7 * DAY, world.programme, notice)
    assert isinstance(said, Plain)
    assert (len(world.messages(MessageKind.REDRAWN)), told(world).status) == (1, None)  # nobody is asked
    assert said.paragraphs[0].startswith("Ønskerne under »Tillid« fra uge 34: I bad mig spørge en politiker, men")


def test_they_are_asked_at_an_hour_where_they_are(world: World):
    world.person("P0").timezone = NUUK
    ask(world, "P0", now=datetime(2018, 9, 10, 6, 0, tzinfo=UTC))
    assert world.messages(MessageKind.WISH_ASKED)[0].due_at == datetime(2018, 9, 10, 9, 0, tzinfo=UTC)  # 07:00 in Nuuk


@pytest.mark.parametrize("whom", [("U00000",), ("O0",), ("P0", "U0STRANGER"), ("GONE",)])
def test_whoever_is_no_politician_is_refused_at_the_field_and_nobody_is_asked(world: World, whom: tuple[str, ...]):
    world.add_person("GONE", Role.POLITICIAN).state = PersonState.LEFT
    with pytest.raises(Refused) as refused:
        ask(world, *whom)
    assert (refused.value.reason, refused.value.field) == (Reason.NOT_POLITICIAN, "whom")
    assert asked(world) == []


def test_somebody_has_to_be_picked(world: World):
    with pytest.raises(Refused) as refused:
        ask(world)
    assert (refused.value.reason, refused.value.field) == (Reason.EMPTY, "whom")


@pytest.mark.parametrize(
    ("who", "theme", "reason"), [("P0", "trust", Reason.NO_RIGHT), ("U00000", "trust", Reason.NO_RIGHT), ("O0", "time", Reason.GONE)]
)
def test_only_organisers_ask_and_only_about_what_is_in_the_ledger(world: World, who: str, theme: str, reason: Reason):
    with pytest.raises(Refused) as refused:
        ask(world, "P0", who=who, theme=theme)
    assert refused.value.reason is reason


def test_nobody_is_asked_about_wishes_that_have_been_answered(world: World):
    ask(world, "P1")
    answer(world, TOLD_AT)
    assert not ask(world, "P0")
    (message,) = world.messages(MessageKind.WISH_ASKED)
    assert compose(world.session, TOLD_AT, world.programme, message) == NotWanted(reason="they are answered")
    world.session.query(Response).one().state = ResponseState.DECLINED
    world.person("P1").state = PersonState.LEFT
    assert compose(world.session, TOLD_AT, world.programme, message) == NotWanted(reason="they are no politician any more")


def test_the_moment_of_the_next_telling_is_known_so_that_a_clock_that_jumps_stops_there(world: World):
    assert unanswered.next_telling(world.session, TOLD_AT - DAY, world.programme) == TOLD_AT
    look(world, TOLD_AT)
    assert unanswered.next_telling(world.session, TOLD_AT - DAY, world.programme) is None
