"""Whoever promised is asked once what became of it, reminded once, and then any politician may tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app.dialogue_hooks import hooks_for
from bot.days_off import DaysOff
from bot.dialogue.compose import compose
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.outbox import NotWanted, NotYet
from bot.dialogue.responses import ledger, promises, response_review, unreached
from bot.errors import Reason, Refused
from bot.local_time import in_sending_hours
from bot.models import Digest, MessageKind, MessageState, Person, PersonState, Response, ResponseState
from bot.programme import Role, Skip
from bot.seam.actions import ResponseKind
from bot.seam.meaning import Plain, PromiseDue, ResponseReview
from bot.sending.claim import claim
from bot.sending.lanes import Lane
from bot.sending.outcomes import Refused as FailsToReach
from bot.sending.outcomes import apply_changes
from tests.support.programme import COPENHAGEN, NUUK, PROGRAMME
from tests.support.world import AS_FOUND, DAY, WEEK, World, post_of, separate_world

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

HOUR = timedelta(hours=1)
RELEASED_AT = post_of(1) + DAY
DUE = date(2018, 10, 1)  # a Monday
ASKED_AT = datetime(2018, 10, 1, 7, 30, tzinfo=UTC)  # 09:30 in Copenhagen
FIRST_WORDS = "Hvad blev der af det? Nu er fristen nået for noget, du har lovet:"


@pytest.fixture
def world(session: Session) -> World:
    return promised_in(World(session))


def promised_in(world: World, due: date | None = DUE, timezone: str = COPENHAGEN, **more: Any) -> World:
    """A politician has promised something about the wishes of the first week."""
    for who in ("P0", "P1"):
        world.add_person(who, Role.POLITICIAN, timezone=timezone)
    world.add_person("O0", Role.ORGANISER)
    world.answer(world.add_round(1), world.add_people(12), wishes=6)
    digest = world.issue(1)
    digest.wishes = ["trust"]
    promise(world, due, **more)
    return world


def promise(world: World, due: date | None = DUE, who: str = "P0", words: str = "Et møde.", **more: Any) -> Response:
    digest = world.session.query(Digest).one()
    kept = {"theme": "trust", "due_on": due, "state": ResponseState.RELEASED, "released_at": RELEASED_AT, **more}
    by = world.person(who).id
    response = Response(digest_id=digest.id, person_id=by, kind=ResponseKind.TAKE_UP, words=words, written_at=RELEASED_AT, **kept)
    world.session.add(response)
    world.session.flush()
    return response


def the_promise(world: World) -> Response:
    return world.session.query(Response).filter(Response.kind == ResponseKind.TAKE_UP).order_by(Response.id).first()  # type: ignore[return-value]  # there is one


def beat(world: World, *moments: datetime) -> None:
    """At each moment the bot looks what is due, and says what may be said."""
    for now in moments:
        promises.ask_about_promises(world.session, now, world.programme)
        for message in world.messages(MessageKind.PROMISE_DUE, MessageState.PENDING):
            said = compose(world.session, now, world.programme, message)
            if isinstance(said, NotWanted):
                message.state = MessageState.CANCELLED
            elif not isinstance(said, NotYet) and message.due_at <= now:
                message.state, message.sent_at = MessageState.SENT, now
        world.session.flush()


def paragraphs_at(world: World, now: datetime) -> tuple[str, ...]:
    """What the last question about a promise says."""
    meaning = compose(world.session, now, world.programme, world.messages(MessageKind.PROMISE_DUE)[-1])
    assert isinstance(meaning, PromiseDue)
    return meaning.paragraphs


def hours(since: datetime, number: int) -> Iterable[datetime]:
    return (since + HOUR * hour for hour in range(number))


def said(world: World) -> list[tuple[str, datetime | None]]:
    return [(message.address, message.sent_at) for message in world.messages(MessageKind.PROMISE_DUE, MessageState.SENT)]


def tell(
    world: World, now: datetime, who: str = "P0", kind: ResponseKind = ResponseKind.DONE, text: str = "Mødet er holdt.", **more: Any
) -> bool:
    return promises.tell(world.session, now, world.programme, who, the_promise(world).id, kind, text, **more).made


# --- asking


def test_on_its_day_who_promised_is_asked_once_and_reminded_once_a_week_later_however_often_the_bot_looks(world: World):
    beat(world, *hours(ASKED_AT - 2 * HOUR, 5), *hours(ASKED_AT + WEEK - 2 * HOUR, 5), ASKED_AT + 2 * WEEK, ASKED_AT + 30 * DAY)
    assert said(world) == [("P0", ASKED_AT), ("P0", ASKED_AT + WEEK)]


def test_the_question_names_week_theme_day_and_words_and_the_reminder_says_that_it_is_one(world: World):
    beat(world, ASKED_AT, ASKED_AT + WEEK)
    first, again = (compose(world.session, ASKED_AT, world.programme, message) for message in world.messages(MessageKind.PROMISE_DUE))
    assert isinstance(first, PromiseDue)
    assert isinstance(again, PromiseDue)
    assert (first.promise, again.promise) == (the_promise(world).id,) * 2
    assert first.paragraphs[:2] == (
        FIRST_WORDS,
        "Om ønskerne under »Tillid« fra uge 34, senest 1. oktober: »Et møde.«",
    )
    assert again.paragraphs[0] == "Hvad blev der af det? Jeg spurgte for en uge siden om noget, du har lovet:"
    assert first.paragraphs[1:] == again.paragraphs[1:]


@pytest.mark.parametrize(
    ("due", "timezone", "at"),
    [
        (date(2018, 12, 24), COPENHAGEN, datetime(2018, 12, 27, 8, 30, tzinfo=UTC)),  # Christmas: the next working day, at the same hour
        (date(2018, 10, 6), COPENHAGEN, datetime(2018, 10, 8, 7, 30, tzinfo=UTC)),  # a Saturday
        (DUE, NUUK, datetime(2018, 10, 1, 11, 30, tzinfo=UTC)),
        (DUE, "Pacific/Auckland", datetime(2018, 9, 30, 20, 30, tzinfo=UTC)),
        (date(2019, 8, 20), COPENHAGEN, datetime(2019, 8, 20, 7, 30, tzinfo=UTC)),  # long after the last round
    ],
)
def test_it_is_asked_on_a_working_day_at_an_hour_where_the_politician_is(session: Session, due: date, timezone: str, at: datetime):
    world = promised_in(World(session), due, timezone)
    beat(world, at - 5 * DAY, *hours(at - 4 * HOUR, 7))
    (first,) = world.messages(MessageKind.PROMISE_DUE)
    assert first.sent_at == first.due_at == at


def test_a_bot_that_was_down_asks_when_it_is_back_and_reminds_a_week_after_it_has_asked(world: World):
    back = ASKED_AT + 30 * DAY + 12 * HOUR  # in the evening
    beat(world, back, *hours(back + 10.5 * HOUR, 4), *hours(back + WEEK + 8 * HOUR, 6))
    (_, asked_at), (_, reminded_at) = said(world)
    assert asked_at is not None
    assert (asked_at, reminded_at) == (datetime(2018, 11, 1, 6, 0, tzinfo=UTC), asked_at + WEEK + HOUR / 2)


def test_a_promise_that_is_released_after_its_day_is_asked_about_then(session: Session):
    world = promised_in(World(session), state=ResponseState.STORED)
    beat(world, ASKED_AT, ASKED_AT + HOUR)
    assert said(world) == []
    the_promise(world).state = ResponseState.RELEASED
    beat(world, ASKED_AT + DAY)
    assert said(world) == [("P0", ASKED_AT + DAY)]


@pytest.mark.parametrize("state", [ResponseState.STORED, ResponseState.DECLINED])
def test_a_promise_that_is_not_released_is_never_asked_about(session: Session, state: ResponseState):
    world = promised_in(World(session), state=state)
    beat(world, ASKED_AT, ASKED_AT + WEEK)
    assert world.messages(MessageKind.PROMISE_DUE) == []


def test_a_promise_from_before_promises_had_days_is_never_asked_about_and_stands_on_its_politicians_page(session: Session):
    world = promised_in(World(session), None, words="")
    beat(world, *(ASKED_AT + WEEK * week for week in (0, 1, 60)))
    assert said(world) == []
    (offer,) = promises.promises_of(world.session, world.person("P0"), DUE, DaysOff.of(world.programme))
    assert offer.sentence == "Du vil tage ønskerne under »Tillid« fra uge 34 op."


@pytest.mark.parametrize("is_released", [False, True])
def test_what_has_been_told_is_never_asked_about_before_or_after_it_is_released(world: World, is_released: bool):
    assert tell(world, ASKED_AT - DAY)
    if is_released:
        world.session.query(Response).filter(Response.kind == ResponseKind.DONE).one().state = ResponseState.RELEASED
    beat(world, ASKED_AT, ASKED_AT + WEEK, ASKED_AT + 2 * WEEK)
    assert world.messages(MessageKind.PROMISE_DUE) == []
    assert promises.promises_of(world.session, world.person("P0"), DUE, DaysOff.of(world.programme)) == ()


def test_whoever_tells_while_the_question_waits_is_not_asked(world: World):
    promises.ask_about_promises(world.session, ASKED_AT, world.programme)
    tell(world, ASKED_AT)
    beat(world, ASKED_AT)
    assert said(world) == []


def test_what_organisers_decline_is_not_told_so_the_reminder_comes(world: World):
    beat(world, ASKED_AT)
    tell(world, ASKED_AT + HOUR)
    world.session.query(Response).filter(Response.kind == ResponseKind.DONE).one().state = ResponseState.DECLINED
    beat(world, ASKED_AT + WEEK)
    assert len(said(world)) == 2
    assert tell(world, ASKED_AT + WEEK)  # in the same words


def test_of_a_promise_that_was_renewed_only_the_new_day_counts(world: World):
    beat(world, ASKED_AT)
    promise(world, DUE + 3 * WEEK)
    beat(world, ASKED_AT + WEEK, *hours(ASKED_AT + 3 * WEEK - 2 * HOUR, 4))
    assert said(world) == [("P0", ASKED_AT), ("P0", ASKED_AT + 3 * WEEK)]
    assert len(world.messages(MessageKind.PROMISE_DUE)) == 2  # nothing else was put
    with pytest.raises(Refused) as refused:
        tell(world, ASKED_AT + 3 * WEEK)
    assert refused.value.reason is Reason.GONE


def test_a_promise_that_came_to_nothing_can_be_made_anew_in_the_same_words(world: World):
    def promise_again() -> None:
        due = (ASKED_AT + WEEK).date()
        response_review.respond(world.session, ASKED_AT, world.programme, "P1", 1, ResponseKind.TAKE_UP, "Et møde.", theme="trust", due=due)

    def newest() -> Response:
        return world.session.query(Response).order_by(Response.id.desc()).first()  # type: ignore[return-value]  # there is one

    for _ in range(2):  # sent twice
        promise_again()
    given = newest()
    response_review.review(world.session, ASKED_AT, world.programme, "O0", given.id, release=True)
    promise_again()  # while it stands
    assert newest() is given
    promises.tell(world.session, ASKED_AT, world.programme, "P1", given.id, ResponseKind.DROPPED, "Nej.")
    promise_again()
    assert newest().kind is ResponseKind.TAKE_UP
    assert newest().id > given.id


def test_two_who_promised_the_same_are_asked_each_for_themselves(world: World):
    promise(world, who="P1")
    beat(world, ASKED_AT)
    tell(world, ASKED_AT)
    beat(world, ASKED_AT + WEEK)
    assert said(world) == [("P0", ASKED_AT), ("P1", ASKED_AT), ("P1", ASKED_AT + WEEK)]


def test_whoever_is_no_politician_any_more_is_not_asked_and_is_asked_once_when_they_are_back(world: World):
    politician = world.person("P0")
    politician.state = PersonState.LEFT
    beat(world, ASKED_AT, ASKED_AT + HOUR, ASKED_AT + DAY)
    assert world.messages(MessageKind.PROMISE_DUE) == []
    politician.state = PersonState.ACTIVE
    beat(world, *hours(ASKED_AT + 2 * DAY, 3), ASKED_AT + 3 * DAY)
    assert said(world) == [("P0", ASKED_AT + 2 * DAY)]


def test_whoever_leaves_while_the_question_waits_is_not_asked(world: World):
    promises.ask_about_promises(world.session, ASKED_AT, world.programme)
    world.person("P0").role = Role.ORGANISER
    beat(world, ASKED_AT)
    assert [message.state for message in world.messages(MessageKind.PROMISE_DUE)] == [MessageState.CANCELLED]


def test_a_politician_who_has_everything_about_them_deleted_and_stays_one_is_not_asked_again(world: World):
    beat(world, ASKED_AT)
    erase(world.session, ASKED_AT, "P0")
    beat(world, ASKED_AT + HOUR, ASKED_AT + WEEK, ASKED_AT + 8 * DAY)
    assert said(world) == [("P0", ASKED_AT), ("P0", ASKED_AT + WEEK)]


@settings(max_examples=10, phases=AS_FOUND)
@given(
    st.lists(st.integers(0, 24 * 60), max_size=10),
    st.sampled_from([COPENHAGEN, NUUK, "Asia/Tokyo"]),
    st.integers(0, 90),
    st.lists(st.integers(0, 60), max_size=3),
)
def test_whenever_the_bot_looks_each_promise_is_asked_about_once_in_working_hours_and_reminded_once_a_week_later(
    looks: list[int], timezone: str, day: int, own_days_off: list[int]
):
    due = DUE + DAY * day
    off = tuple(DUE + DAY * number for number in own_days_off)
    programme = replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, skip=Skip(holidays="DK", also=off)))
    with separate_world(programme) as world:
        promised_in(world, due, timezone)
        beat(
            world,
            *(ASKED_AT + HOUR * look for look in sorted(looks)),
            *(ASKED_AT + DAY * later + HOUR * hour for later in (200, 210, 211, 230, 231, 232) for hour in (0, 6)),
        )
        moments = [at for _, at in said(world) if at is not None]
        assert len(moments) == 2
        assert all(in_sending_hours(at, timezone, DaysOff.of(programme)) == at for at in moments)
        assert all(at.date() >= due - DAY for at in moments)
        assert moments[1] - moments[0] >= WEEK


def test_who_cannot_be_reached_counts_as_asked_after_a_week_so_that_others_may_tell_and_organisers_hear_of_it_once(world: World):
    hooks = hooks_for(lambda _: world.programme)
    for day in range(16):
        now = ASKED_AT + DAY * day
        promises.ask_about_promises(world.session, now, world.programme)
        for parcel in claim(world.session, now, hooks, lease=1, lanes=frozenset({Lane.PEOPLE})):
            apply_changes(parcel.message, FailsToReach(reason="unreachable: cannot_dm_bot").changes(parcel.message, now))
        unreached.tell_organisers_of_unreached(world.session, now, world.programme)
    assert {message.state for message in world.messages(MessageKind.PROMISE_DUE)} == {MessageState.MISSED}
    (notice,) = world.messages(MessageKind.NOTICE)
    told = compose(world.session, now, world.programme, notice)
    assert isinstance(told, Plain)
    assert told.paragraphs[0].startswith("Et løfte om ønskerne under »Tillid« fra uge 34: Jeg ville spørge den politiker, der gav det")
    assert tell(world, now, "P1")


def test_who_was_never_asked_is_not_told_that_they_were(world: World):
    promises.ask_about_promises(world.session, ASKED_AT, world.programme)
    world.person("P0").state = PersonState.LEFT
    beat(world, ASKED_AT)
    world.person("P0").state = PersonState.ACTIVE
    beat(world, ASKED_AT + WEEK)
    assert [paragraphs_at(world, ASKED_AT + WEEK)[0], len(said(world))] == [FIRST_WORDS, 1]
    beat(world, ASKED_AT + 2 * WEEK)
    assert len(said(world)) == 2


def test_whose_question_was_not_needed_is_asked_when_organisers_decline_what_they_told(world: World):
    promises.ask_about_promises(world.session, ASKED_AT, world.programme)
    tell(world, ASKED_AT)
    beat(world, ASKED_AT)
    world.session.query(Response).filter(Response.kind == ResponseKind.DONE).one().state = ResponseState.DECLINED
    beat(world, ASKED_AT + DAY)
    assert said(world) == [("P0", ASKED_AT + DAY)]


def test_the_reminder_says_for_how_long_ago_it_was_asked(world: World):
    beat(world, ASKED_AT)
    promises.ask_about_promises(world.session, ASKED_AT + 3 * WEEK, world.programme)
    assert paragraphs_at(world, ASKED_AT + 3 * WEEK)[0] == "Hvad blev der af det? Jeg spurgte for 3 uger siden om noget, du har lovet:"


def test_whoever_told_what_organisers_decline_is_asked_once_more_also_after_the_reminder(world: World):
    beat(world, ASKED_AT, ASKED_AT + WEEK)
    for number in (1, 2):
        tell(world, ASKED_AT + 2 * WEEK, "P1")
        outcome = world.session.query(Response).order_by(Response.id.desc()).first()
        assert outcome is not None
        for _ in range(2):
            response_review.review(world.session, ASKED_AT + 2 * WEEK, world.programme, "O0", outcome.id, release=False)
        beat(world, ASKED_AT + 2 * WEEK)
        assert [who for who, _ in said(world)] == ["P0", "P0", *["P1"] * number]
    again = compose(world.session, ASKED_AT + 2 * WEEK, world.programme, world.messages(MessageKind.PROMISE_DUE)[-1])
    assert isinstance(again, PromiseDue)
    assert again.digest is None  # only who promised can give a new day
    opening, what, *_ = again.paragraphs
    assert opening.startswith("Organisatorerne har ikke frigivet det, du fortalte om et løfte")
    assert what == "Om ønskerne under »Tillid« fra uge 34, senest 1. oktober: »Et møde.«"


@pytest.mark.parametrize(("gone", "asked"), [((), ["P1"]), (("P1",), ["P0"]), (("P0", "P1"), [])])
def test_if_who_told_has_left_who_promised_is_asked_once_more(world: World, gone: tuple[str, ...], asked: list[str]):
    beat(world, ASKED_AT, ASKED_AT + WEEK)
    tell(world, ASKED_AT + 2 * WEEK, "P1")
    for who in gone:
        world.person(who).state = PersonState.LEFT
    response_review.review(world.session, ASKED_AT + 2 * WEEK, world.programme, "O0", 2, release=False)
    assert [message.address for message in world.messages(MessageKind.PROMISE_DUE, MessageState.PENDING)] == asked


@pytest.mark.parametrize(("about", "theme"), [({}, "trust"), ({"theme": None}, None), ({"place": 1}, None)])
def test_who_promised_is_offered_to_answer_the_same_wishes_or_their_digest_anew(session: Session, about: dict[str, Any], theme: str | None):
    world = promised_in(World(session), **about)
    beat(world, ASKED_AT)
    asked = compose(world.session, ASKED_AT, world.programme, world.messages(MessageKind.PROMISE_DUE)[0])
    (offer,) = promises.promises_of(world.session, world.person("P0"), DUE, DaysOff.of(world.programme))
    assert isinstance(asked, PromiseDue)
    assert [(offered.digest, offered.theme) for offered in (asked, offer)] == [(the_promise(world).digest_id, theme)] * 2


def test_a_promise_is_overdue_on_its_politicians_page_once_the_day_on_which_they_are_asked_has_passed(session: Session):
    world = promised_in(World(session), date(2018, 10, 6))  # a Saturday

    def sentence(day: date) -> str:
        (offer,) = promises.promises_of(world.session, world.person("P0"), day, DaysOff.of(world.programme))
        return offer.sentence

    assert sentence(date(2018, 10, 8)).endswith("senest 6. oktober: »Et møde.«")
    assert sentence(date(2018, 10, 9)).endswith("senest 6. oktober (fristen er overskredet): »Et møde.«")


# --- telling


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (ResponseKind.DONE, "Anne Ager fortæller, at løftet om jeres ønsker under »Tillid« fra uge 34 er holdt: »Ja.«"),
        (ResponseKind.DROPPED, "Anne Ager fortæller, at løftet om jeres ønsker under »Tillid« fra uge 34 ikke blev til noget: »Ja.«"),
    ],
)
def test_what_is_told_is_reviewed_like_an_answer_and_closes_the_promise_once_it_is_released(
    world: World, kind: ResponseKind, sentence: str
):
    assert tell(world, ASKED_AT, kind=kind, text="Ja.", name="Anne Ager")
    outcome = world.session.query(Response).filter(Response.kind == kind).one()
    shown = compose(world.session, ASKED_AT, world.programme, world.message(f"response:{outcome.id}"))
    assert isinstance(shown, ResponseReview)
    assert shown.words == sentence
    assert ledger.wishes(world.session, world.programme, ASKED_AT)[0].state is ledger.WishState.TAKEN_UP
    response_review.review(world.session, ASKED_AT, world.programme, "O0", outcome.id, release=True)
    assert ledger.wishes(world.session, world.programme, ASKED_AT)[0].state.value == kind.value


def drawn_anew(world: World, now: datetime) -> list[tuple[bool, str]]:
    """The questions as they stand in the conversation once they are drawn anew: whether they have buttons, and their last sentence."""
    changes = [
        compose(world.session, now, world.programme, message) for message in world.messages(MessageKind.REDRAWN, MessageState.PENDING)
    ]
    return [(change.open, change.paragraphs[-1]) for change in changes if isinstance(change, PromiseDue)]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (ResponseKind.DONE, "Der er fortalt, at det er gjort, så du behøver ikke gøre mere. Tak."),
        (ResponseKind.DROPPED, "Der er fortalt, at det ikke blev til noget, så du behøver ikke gøre mere. Tak."),
    ],
)
def test_once_it_is_told_the_question_and_its_reminder_lose_their_buttons_and_get_them_back_if_that_is_declined(
    world: World, kind: ResponseKind, sentence: str
):
    beat(world, ASKED_AT, ASKED_AT + WEEK)
    tell(world, ASKED_AT + WEEK, kind=kind)
    assert drawn_anew(world, ASKED_AT + WEEK) == [(False, sentence)] * 2
    outcome = world.session.query(Response).filter(Response.kind == kind).one()
    response_review.review(world.session, ASKED_AT + WEEK, world.programme, "O0", outcome.id, release=False)
    assert [is_open for is_open, _ in drawn_anew(world, ASKED_AT + WEEK)] == [True] * 4  # each was to be drawn twice


def test_only_who_promised_can_give_a_new_day_when_what_another_told_is_declined(world: World):
    beat(world, ASKED_AT, ASKED_AT + WEEK)
    tell(world, ASKED_AT + 2 * WEEK, "P1")
    outcome = world.session.query(Response).filter(Response.kind == ResponseKind.DONE).one()
    response_review.review(world.session, ASKED_AT + 2 * WEEK, world.programme, "O0", outcome.id, release=False)
    asked = {message.address: message for message in world.messages(MessageKind.PROMISE_DUE)}
    drawn = {who: compose(world.session, ASKED_AT + 2 * WEEK, world.programme, message) for who, message in asked.items()}
    assert {who: getattr(said, "digest", None) is not None for who, said in drawn.items()} == {"P0": True, "P1": False}


def test_a_question_about_a_promise_that_is_renewed_says_so_once_the_new_day_is_released(world: World):
    beat(world, ASKED_AT)
    renewed = promise(world, DUE + 3 * WEEK, state=ResponseState.STORED, released_at=None)
    response_review.review(world.session, ASKED_AT, world.programme, "O0", renewed.id, release=True)
    assert drawn_anew(world, ASKED_AT) == [(False, "Løftet har fået en ny dag, og nu gælder den.")]


@pytest.mark.parametrize("who", ["P0", "P1"])
def test_organisers_read_when_another_than_who_promised_tells_what_became_of_it(world: World, who: str):
    beat(world, ASKED_AT, ASKED_AT + WEEK)
    tell(world, ASKED_AT + 2 * WEEK, who)
    outcome = world.session.query(Response).filter(Response.kind == ResponseKind.DONE).one()
    note = "Det er ikke den politiker, der lovede det, som fortæller det."
    shown = response_review.response_as_it_stands(world.session, world.programme, outcome)
    assert shown.notes == (() if who == "P0" else (note,))


def test_what_is_sent_twice_is_told_once_and_something_else_afterwards_not_at_all(world: World):
    assert [tell(world, ASKED_AT), tell(world, ASKED_AT)] == [True, True]
    assert not tell(world, ASKED_AT, kind=ResponseKind.DROPPED)
    assert not tell(world, ASKED_AT, text="Noget andet.")
    assert len(world.messages(MessageKind.RESPONSE_REVIEW)) == 1


@pytest.mark.parametrize(("kind", "text", "field"), [(ResponseKind.DROPPED, " ", "text"), (ResponseKind.DONE, "", "text")])
def test_an_outcome_needs_a_line(world: World, kind: ResponseKind, text: str, field: str):
    with pytest.raises(Refused) as refused:
        tell(world, ASKED_AT, kind=kind, text=text)
    assert (refused.value.reason, refused.value.field) == (Reason.EMPTY, field)


@pytest.mark.parametrize("who", ["U0000", "O0", "U0STRANGER", "P1"])
def test_nobody_else_tells_before_any_politician_may(world: World, who: str):
    with pytest.raises(Refused) as refused:
        tell(world, ASKED_AT, who)
    assert refused.value.reason is Reason.NO_RIGHT


def test_any_politician_may_tell_a_week_after_the_reminder(world: World):
    beat(world, ASKED_AT, ASKED_AT + WEEK)
    with pytest.raises(Refused):
        tell(world, ASKED_AT + 2 * WEEK - HOUR, "P1")
    assert tell(world, ASKED_AT + 2 * WEEK, "P1")
    assert not tell(world, ASKED_AT + 2 * WEEK, "P0")  # who promised comes too late


def test_any_politician_may_tell_at_once_when_its_day_comes_and_who_promised_has_left(world: World):
    world.person("P0").state = PersonState.LEFT
    with pytest.raises(Refused):
        tell(world, ASKED_AT - DAY, "P1")
    assert tell(world, ASKED_AT, "P1")


def test_of_what_is_no_promise_nothing_is_told(world: World):
    with pytest.raises(Refused) as refused:
        promises.tell(world.session, ASKED_AT, world.programme, "P0", 999, ResponseKind.DONE, "Ja.")
    assert refused.value.reason is Reason.GONE
    with pytest.raises(Refused) as refused:
        tell(world, ASKED_AT, kind=ResponseKind.HEARD)
    assert refused.value.reason is Reason.GONE
    assert world.session.query(Person).filter(Person.address == "P0").one().state is PersonState.ACTIVE


def test_the_moment_of_the_next_question_is_known_so_that_a_clock_that_jumps_stops_there(world: World):
    def next_question(now: datetime) -> datetime | None:
        return promises.next_question(world.session, now, world.programme)

    assert [next_question(ASKED_AT - 20 * DAY), next_question(ASKED_AT)] == [ASKED_AT, None]
    beat(world, ASKED_AT)
    assert next_question(ASKED_AT) == ASKED_AT + WEEK
    beat(world, ASKED_AT + WEEK)
    assert next_question(ASKED_AT + WEEK) is None
