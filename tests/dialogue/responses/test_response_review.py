"""Politicians' answers wait for review, and only an organiser lets them through."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from sqlalchemy import func, select

from bot.dialogue.compose import compose
from bot.dialogue.filtering import remember_names
from bot.dialogue.outbox import NotWanted
from bot.dialogue.responses import response_review
from bot.errors import Reason, Refused
from bot.models import AuditAct, AuditEntry, Digest, DigestState, HeardBy, MessageKind, Person, Quote, QuoteState, Response, ResponseState
from bot.programme import Role
from bot.seam.actions import ANSWER_KINDS, ResponseKind
from bot.seam.meaning import Plain, ResponseReview
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.world import World, post_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = post_of(1) + timedelta(hours=1)
TODAY, IN_JUNE = date(2018, 8, 24), date(2019, 6, 5)  # a day off


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person("U0ORG1", Role.ORGANISER)
    world.add_person("U0ORG2", Role.ORGANISER)
    world.add_person("U0POL1", Role.POLITICIAN)
    world.add_person("U0POL2", Role.POLITICIAN)
    return world


@pytest.fixture
def issued(world: World) -> Digest:
    world.answer(world.add_round(1), world.add_people(10))
    return world.issue(1)


def respond(
    world: World,
    digest: Digest,
    text: str = "Vi ser på det.",
    kind: ResponseKind = ResponseKind.FREE_TEXT,
    who: str = "U0POL1",
    **more: Any,
) -> Response:
    if kind is ResponseKind.TAKE_UP:
        more = {"due": IN_JUNE, **more}
    response_review.respond(world.session, NOW, world.programme, who, digest.id, kind, text, **more)
    return world.session.scalars(select(Response).order_by(Response.id.desc())).all()[0]


def review(world: World, response: Response, *, release: bool = True, who: str = "U0ORG1") -> response_review.ResponseDecision:
    return response_review.review(world.session, NOW, world.programme, who, response.id, release=release)


def count(world: World, table: Any) -> int | None:
    return world.session.scalar(select(func.count()).select_from(table))


# --- acknowledging


def test_a_politician_who_presses_several_times_counts_once(world: World, issued: Digest):
    assert response_review.acknowledge(world.session, world.programme, "U0POL1", issued.id).made
    assert not response_review.acknowledge(world.session, world.programme, "U0POL1", issued.id).made
    assert response_review.acknowledge(world.session, world.programme, "U0POL2", issued.id).made
    assert count(world, HeardBy) == 2


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_only_who_presses_hoert_is_counted_and_who_has_answered_still_may(world: World, issued: Digest, kind: ResponseKind):
    respond(world, issued, kind=kind)
    assert count(world, HeardBy) == 0
    assert response_review.acknowledge(world.session, world.programme, "U0POL1", issued.id).made
    assert count(world, HeardBy) == 1


@pytest.mark.parametrize("who", ["U0000", "U0ORG1", "U0STRANGER"])
def test_only_politicians_acknowledge_and_answer(world: World, issued: Digest, who: str):
    with pytest.raises(Refused) as heard:
        response_review.acknowledge(world.session, world.programme, who, issued.id)
    with pytest.raises(Refused) as answered:
        respond(world, issued, who=who)
    assert heard.value.reason is answered.value.reason is Reason.NO_RIGHT
    assert count(world, Response) == count(world, HeardBy) == 0


def test_a_digest_that_is_not_issued_cannot_be_answered(world: World, issued: Digest):
    issued.state = DigestState.APPROVED
    with pytest.raises(Refused) as refused:
        respond(world, issued)
    assert refused.value.reason is Reason.GONE


# --- answering


def test_an_answer_waits_for_the_organisers(world: World, issued: Digest):
    response = respond(world, issued, "  Vi ser på det.\0 ")
    assert (response.words, response.state) == ("Vi ser på det.", ResponseState.STORED)
    message = world.message(f"response:{response.id}")
    assert (message.kind, message.address, message.due_at) == (MessageKind.RESPONSE_REVIEW, ORGANISERS_CHANNEL, NOW)


def test_an_answer_that_waits_is_brought_to_mind_once_a_day_with_its_button(world: World, issued: Digest):
    response = respond(world, issued)
    for hours in range(72):
        now = NOW + timedelta(hours=hours)
        response_review.remind_reviewers(world.session, now, world.programme, written_before=now - timedelta(days=1))
        world.deliver(now, MessageKind.RESPONSE_REVIEW)
    first, *reminders = world.messages(MessageKind.RESPONSE_REVIEW)
    assert [reminder.key for reminder in reminders] == [f"alarm:response:{response.id}:2018-08-{day}" for day in (25, 26, 27)]
    drawn = compose(world.session, NOW, world.programme, reminders[0])
    assert isinstance(drawn, ResponseReview)
    assert drawn.open
    assert drawn == compose(world.session, NOW, world.programme, first)


def test_an_answer_that_was_never_put_to_them_is_not_brought_to_mind_besides(world: World, issued: Digest):
    respond(world, issued)
    response_review.remind_reviewers(world.session, NOW, world.programme, written_before=NOW)
    assert len(world.messages(MessageKind.RESPONSE_REVIEW)) == 1


def test_once_it_is_decided_every_message_that_shows_an_answer_is_drawn_anew_and_no_reminder_is_said(world: World, issued: Digest):
    response = respond(world, issued)
    world.deliver(NOW, MessageKind.RESPONSE_REVIEW)
    later = NOW + timedelta(days=1)
    response_review.remind_reviewers(world.session, later, world.programme, written_before=later)
    first, reminder = world.messages(MessageKind.RESPONSE_REVIEW)
    review(world, response)
    assert [change.facts for change in world.messages(MessageKind.REDRAWN)] == [{"message": first.id}, {"message": reminder.id}]
    assert isinstance(compose(world.session, later, world.programme, reminder), NotWanted)
    drawn = compose(world.session, later, world.programme, first)
    assert isinstance(drawn, ResponseReview)
    assert not drawn.open


def test_the_same_answer_sent_twice_is_one(world: World, issued: Digest):
    assert respond(world, issued) is respond(world, issued)
    assert respond(world, issued, who="U0POL2").id != respond(world, issued, "Noget andet").id
    assert count(world, Response) == 3


def test_a_declined_answer_can_be_given_again(world: World, issued: Digest):
    first = respond(world, issued)
    review(world, first, release=False)
    assert respond(world, issued) is not first


@pytest.mark.parametrize("due", [TODAY, IN_JUNE, TODAY + timedelta(days=365)])
def test_a_promise_is_kept_with_its_words_and_its_day_also_on_a_day_off_or_after_the_programmes_end(
    world: World, issued: Digest, due: date
):
    response = respond(world, issued, "Vi holder et møde.", ResponseKind.TAKE_UP, due=due)
    assert (response.words, response.due_on) == ("Vi holder et møde.", due)
    assert respond(world, issued, "Vi holder et møde.", due=due).due_on is None  # of other kinds a day says nothing


@pytest.mark.parametrize(
    ("due", "reason"),
    [
        (None, Reason.DAY_MISSING),
        (TODAY - timedelta(days=1), Reason.DATE_PAST),
        (TODAY + timedelta(days=366), Reason.PROMISE_FAR),
        (date(2028, 8, 24), Reason.PROMISE_FAR),
    ],
)
def test_a_promise_without_a_possible_day_is_refused_there(world: World, issued: Digest, due: date | None, reason: Reason):
    with pytest.raises(Refused) as refused:
        respond(world, issued, "Ja.", ResponseKind.TAKE_UP, due=due)
    assert (refused.value.reason, refused.value.field) == (reason, "due")
    assert count(world, Response) == 0


def test_the_day_of_a_promise_begins_where_the_programme_is(world: World, issued: Digest):
    before_midnight = NOW.replace(hour=21, minute=59)  # in Copenhagen it is two hours later
    for moment, is_past in ((before_midnight, False), (before_midnight + timedelta(minutes=1), True)):
        sent = (moment, world.programme, "U0POL1", issued.id, ResponseKind.TAKE_UP, str(moment))
        if is_past:
            with pytest.raises(Refused):
                response_review.respond(world.session, *sent, due=TODAY)
        else:
            response_review.respond(world.session, *sent, due=TODAY)
    assert count(world, Response) == 1


@pytest.mark.parametrize(("name", "signed"), [("", None), (" \u200b ", None), (" Anne\n Ager \0", "Anne Ager"), ("å" * 80, "å" * 80)])
def test_an_answer_is_signed_as_its_author_wrote_it_or_not_at_all(world: World, issued: Digest, name: str, signed: str | None):
    response = respond(world, issued, name=name)
    assert response.signed == signed
    shown = response_review.response_as_it_stands(world.session, world.programme, response)
    assert shown.words == f"{signed or 'En politiker'} skriver om jeres svar fra uge 34: »Vi ser på det.«"


@pytest.mark.parametrize(
    ("on_lists", "name", "notes"),
    [
        ((), "", []),
        (("Anne Ager",), "", []),
        ((), "Anne Ager", ["Navnet har politikeren selv skrevet; jeg kan ikke se, om det er rigtigt."]),
        (("Bo Ager",), "Anne Ager", ["Navnet har politikeren selv skrevet; jeg kan ikke se, om det er rigtigt."]),
        (("Bo Bæk",), "Anne Ager", ["Navnet har politikeren selv skrevet, og ingen af ordene i det står på listerne."]),
    ],
)
def test_organisers_read_that_nobody_has_checked_a_name(
    world: World, issued: Digest, on_lists: tuple[str, ...], name: str, notes: list[str]
):
    remember_names(world.session, world.programme, on_lists)
    response = respond(world, issued, name=name)
    assert list(response_review.response_as_it_stands(world.session, world.programme, response).notes) == notes


@pytest.mark.parametrize("letters", [81, 200])
def test_a_name_that_is_too_long_is_refused_at_its_field(world: World, issued: Digest, letters: int):
    with pytest.raises(Refused) as refused:
        respond(world, issued, name="x" * letters)
    assert (refused.value.reason, refused.value.field) == (Reason.NAME_LONG, "name")
    assert count(world, Response) == 0


@pytest.mark.parametrize("kind", [kind for kind in ResponseKind if kind not in ANSWER_KINDS])
def test_what_became_of_a_promise_is_no_answer_to_a_digest(world: World, issued: Digest, kind: ResponseKind):
    with pytest.raises(Refused) as refused:
        respond(world, issued, kind=kind)
    assert refused.value.reason is Reason.GONE


@pytest.mark.parametrize("kind", ANSWER_KINDS)
@pytest.mark.parametrize(("text", "reason"), [("", Reason.EMPTY), ("\u200b \n", Reason.EMPTY), ("x" * 3001, Reason.TOO_LONG)])
def test_an_answer_needs_words_and_has_an_end(world: World, issued: Digest, kind: ResponseKind, text: str, reason: Reason):
    with pytest.raises(Refused) as refused:
        respond(world, issued, text, kind)
    assert (refused.value.reason, refused.value.field) == (reason, "text")
    assert count(world, Response) == 0


def test_three_thousand_characters_are_kept_whole(world: World, issued: Digest):
    assert respond(world, issued, "å" * 3000).words == "å" * 3000


# --- answering the wishes on a theme


@pytest.fixture
def wished(world: World) -> Digest:
    world.answer(world.add_round(1), world.add_people(12), wishes=6)
    return world.issue(1)


def answer_wishes(world: World, digest: Digest, theme: str | None = "trust", kind: ResponseKind = ResponseKind.FREE_TEXT) -> Response:
    response_review.respond(world.session, NOW, world.programme, "U0POL1", digest.id, kind, "Vi ser på det.", theme=theme)
    return world.session.scalars(select(Response).order_by(Response.id.desc())).all()[0]


def test_an_answer_to_wishes_keeps_their_theme_and_says_so_to_organisers_and_participants(world: World, wished: Digest):
    response = answer_wishes(world, wished)
    shown = response_review.response_as_it_stands(world.session, world.programme, response)
    assert response.theme == "trust"
    assert shown.words == "En politiker skriver om jeres ønsker under »Tillid« fra uge 34: »Vi ser på det.«"


def test_the_same_words_to_the_digest_and_to_its_wishes_are_two_answers(world: World, wished: Digest):
    assert [answer_wishes(world, wished, theme).theme for theme in ("trust", None, "trust")] == ["trust", None, None]
    assert count(world, Response) == 2


@pytest.mark.parametrize("theme", ["time", "nowhere", ""])
def test_wishes_that_the_digest_does_not_print_cannot_be_answered(world: World, wished: Digest, theme: str):
    with pytest.raises(Refused) as refused:
        answer_wishes(world, wished, theme)
    assert refused.value.reason is Reason.GONE
    assert count(world, Response) == 0


def test_too_few_wishes_cannot_be_answered_on_their_own(world: World):
    world.answer(world.add_round(1), world.add_people(12), wishes=4)
    with pytest.raises(Refused) as refused:
        answer_wishes(world, world.issue(1))
    assert refused.value.reason is Reason.GONE


def test_wishes_can_be_heard_without_a_word_and_the_whole_digest_cannot(world: World, wished: Digest):
    response = respond(world, wished, " ", ResponseKind.HEARD, theme="trust")
    shown = response_review.response_as_it_stands(world.session, world.programme, response)
    assert shown.words == "En politiker har læst jeres ønsker under »Tillid« fra uge 34."
    with pytest.raises(Refused) as refused:
        respond(world, wished, " ", ResponseKind.HEARD)
    assert (refused.value.reason, refused.value.field) == (Reason.EMPTY, "text")


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        (date(2018, 10, 1), "Anne Ager vil tage jeres ønsker op senest 1. oktober (»Tillid«, uge 34): »På udvalgsmødet.«"),
        (date(2019, 2, 1), "Anne Ager vil tage jeres ønsker op senest 1. februar 2019 (»Tillid«, uge 34): »På udvalgsmødet.«"),
    ],
)
def test_participants_read_by_when_a_promise_is_kept(world: World, wished: Digest, due: date, sentence: str):
    response = respond(world, wished, "På udvalgsmødet.", ResponseKind.TAKE_UP, theme="trust", due=due, name="Anne Ager")
    assert response_review.response_as_it_stands(world.session, world.programme, response).words == sentence


def test_a_quote_that_is_posted_can_be_answered_by_itself_and_no_other(world: World, issued: Digest):
    quote = Quote(id="q", digest_id=issued.id, theme="trust", fingerprint="", state=QuoteState.APPROVED, wish=False, place=1)
    world.session.add(quote)
    response = respond(world, issued, theme="trust", place=1)
    shown = response_review.response_as_it_stands(world.session, world.programme, response)
    assert (response.place, response.wish, shown.words) == (
        1,
        False,
        "En politiker skriver om et citat under »Tillid« fra uge 34: »Vi ser på det.«",
    )
    world.session.delete(quote)  # its author has taken it back
    for theme, place in (("trust", 0), ("time", 1), ("trust", 1)):
        with pytest.raises(Refused) as refused:
            respond(world, issued, theme=theme, place=place)
        assert refused.value.reason is Reason.GONE
    assert response_review.response_as_it_stands(world.session, world.programme, response) == shown


# --- letting through


def test_a_released_answer_is_marked_with_its_moment(world: World, issued: Digest):
    response = respond(world, issued)
    assert review(world, response).made
    assert (response.state, response.released_at) == (ResponseState.RELEASED, NOW)


def test_of_two_organisers_who_decide_the_first_wins(world: World, issued: Digest):
    response = respond(world, issued)
    assert review(world, response, release=False).made
    assert not review(world, response, who="U0ORG2").made
    noted = world.session.execute(select(AuditEntry.act, Person.address).join(Person, Person.id == AuditEntry.by)).all()
    assert noted == [(AuditAct.RESPONSE_DECLINED, "U0ORG1")]  # who came too late decided nothing
    assert (response.state, response.released_at) == (ResponseState.DECLINED, None)


@pytest.mark.parametrize("who", ["U0000", "U0POL1", "U0STRANGER"])
def test_only_organisers_let_an_answer_through(world: World, issued: Digest, who: str):
    response = respond(world, issued)
    with pytest.raises(Refused) as refused:
        review(world, response, who=who)
    assert refused.value.reason is Reason.NO_RIGHT
    assert response.state is ResponseState.STORED


def test_an_answer_that_is_not_there_is_refused(world: World):
    with pytest.raises(Refused) as refused:
        response_review.review(world.session, NOW, world.programme, "U0ORG1", 999, release=True)
    assert refused.value.reason is Reason.GONE


def test_organisers_see_what_participants_will_read_and_no_name(world: World, issued: Digest):
    response = respond(world, issued)
    shown = compose(world.session, NOW, world.programme, world.message(f"response:{response.id}"))
    assert isinstance(shown, ResponseReview)
    assert (shown.intro, shown.words, shown.status, shown.open) == (
        "En politiker svarer på overblik nr. 1 (uge 34). Sådan kommer deltagerne til at se det:",
        "En politiker skriver om jeres svar fra uge 34: »Vi ser på det.«",
        "Venter på, at en af jer frigiver det.",
        True,
    )
    review(world, response)
    after = response_review.response_as_it_stands(world.session, world.programme, response)
    assert (after.status, after.open) == ("Frigivet fredag den 24. august kl. 15.00. Det går til alle deltagere.", False)


def test_of_a_released_question_back_organisers_hear_how_it_is_put_in_the_bank(world: World, issued: Digest):
    response = respond(world, issued, "Hvad mener I med tid?", ResponseKind.QUESTION_BACK)
    assert world.messages(MessageKind.NOTICE) == []
    review(world, response)
    (notice,) = world.messages(MessageKind.NOTICE)
    said = compose(world.session, NOW, world.programme, notice)
    assert isinstance(said, Plain)
    assert notice.address == ORGANISERS_CHANNEL
    assert "»Sæt det i banken«" in said.paragraphs[0]


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_whatever_a_question_says_the_snippet_is_that_question(words: str):
    snippet = response_review.question_snippet("hvad", "trust", da=words, en=words)
    (loaded,) = YAML(typ="safe").load(io.StringIO(f"questions:\n{snippet}"))["questions"]
    assert loaded == {"id": "hvad", "theme": "trust", "ask": {"da": words, "en": words}, "reserve": True}


def test_a_declined_question_back_proposes_nothing(world: World, issued: Digest):
    review(world, respond(world, issued, "Hvad?", ResponseKind.QUESTION_BACK), release=False)
    assert world.messages(MessageKind.NOTICE) == []
