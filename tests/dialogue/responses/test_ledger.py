"""Each printed wish has exactly one state, by what politicians have said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.organisers_channel import are_wishes_answered
from bot.dialogue.outbox import put
from bot.dialogue.responses import ledger
from bot.dialogue.responses.ledger import WishState
from bot.local_time import start_of_day
from bot.message_facts import PromiseFacts
from bot.models import Digest, MessageKind, MessageState, Person, PersonState, Response, ResponseState
from bot.programme import Skip
from bot.seam.actions import ResponseKind
from tests.support.world import DAY, World, close_of, post_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.digests.digest_content import WishFate

TODAY = date(2018, 10, 1)
BASE, A_WEEK_LATER = post_of(1), post_of(2)
HOUR = timedelta(hours=1)
RELEASED, STORED, DECLINED = ResponseState.RELEASED, ResponseState.STORED, ResponseState.DECLINED


@pytest.fixture
def wished(world: World) -> Digest:
    return wish(world, 1)


def wish(world: World, week: int, *themes: str) -> Digest:
    """The issued digest of a week, whose wishes on these themes say what is wished."""
    world.answer(world.add_round(week), world.add_people(12, f"U{week}"), wishes=6)
    digest = world.issue(week)
    digest.wishes = list(themes or ("trust",))
    world.session.flush()
    return digest


def entry(world: World, now: datetime = A_WEEK_LATER, number: int = 0) -> ledger.Wish:
    return ledger.wishes(world.session, world.programme, now)[number]


def say(world: World, digest: Digest, kind: ResponseKind, at: datetime = BASE + HOUR, words: str = "Ja.", **more: Any) -> Response:
    response = world.add_response(digest, at, words, kind)
    for name, value in {"theme": "trust", **more}.items():
        setattr(response, name, value)
    world.session.flush()
    return response


# --- one wish


def test_wishes_that_nobody_has_answered_wait_and_are_named_by_week_theme_and_shared_words(world: World, wished: Digest):
    content = content_of(wished)
    content["themes"][0]["wish_words"] = [{"word": "tid", "people": 5}, {"word": "ro", "people": 5}]
    wished.content = {**content}
    (waiting,) = ledger.wishes(world.session, world.programme, post_of(2))
    assert (waiting.digest, waiting.theme, waiting.title["da"], waiting.shared) == (wished, "trust", "Tillid", ("tid", "ro"))
    assert (waiting.state, waiting.since, waiting.answers, waiting.decisive) == (WishState.WAITING, wished.issued_at, (), None)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (ResponseKind.HEARD, WishState.HEARD),
        (ResponseKind.FREE_TEXT, WishState.HEARD),
        (ResponseKind.QUESTION_BACK, WishState.HEARD),
        (ResponseKind.NOT_OURS, WishState.NOT_OURS),
        (ResponseKind.TAKE_UP, WishState.TAKEN_UP),
    ],
)
@pytest.mark.parametrize("theme", ["trust", None])
def test_an_answer_to_wishes_or_to_their_digest_decides_once_it_is_released(
    world: World, wished: Digest, kind: ResponseKind, state: WishState, theme: str | None
):
    answer = say(world, wished, kind, theme=theme)
    assert (entry(world).state, entry(world).decisive, entry(world).since) == (state, answer, answer.released_at)
    answer.state = STORED
    assert (entry(world).state, entry(world).since) == (WishState.ON_ITS_WAY, answer.written_at)
    answer.state = DECLINED
    assert (entry(world).state, entry(world).answers) == (WishState.WAITING, ())


def test_an_answer_to_other_wishes_or_to_another_digest_changes_nothing(world: World, wished: Digest):
    say(world, wished, ResponseKind.TAKE_UP, theme="time")
    say(world, wish(world, 2), ResponseKind.TAKE_UP)
    assert entry(world, post_of(3)).state is WishState.WAITING


def test_an_answer_to_a_quote_that_is_no_wish_leaves_the_wishes_waiting(world: World, wished: Digest):
    say(world, wished, ResponseKind.FREE_TEXT, place=0, wish=False)
    assert entry(world).state is WishState.WAITING
    assert not are_wishes_answered(world.session, wished.id, "trust")
    say(world, wished, ResponseKind.FREE_TEXT, place=1, wish=True)
    assert entry(world).state is WishState.HEARD
    assert are_wishes_answered(world.session, wished.id, "trust")


def test_what_is_said_of_one_quote_refuses_nothing_that_the_others_wish(world: World, wished: Digest):
    say(world, wished, ResponseKind.NOT_OURS, place=1)
    assert entry(world).state is WishState.HEARD
    say(world, wished, ResponseKind.NOT_OURS, BASE + 2 * HOUR)
    assert entry(world).state is WishState.NOT_OURS


def test_a_promise_is_overdue_from_the_day_after_its_day_where_the_programme_is(world: World, wished: Digest):
    say(world, wished, ResponseKind.TAKE_UP, due_on=date(2018, 9, 14))
    last_second = post_of(4).replace(hour=21, minute=59, second=59)  # midnight in Copenhagen follows
    assert entry(world, last_second).state is WishState.TAKEN_UP
    after = entry(world, last_second + timedelta(seconds=1))
    assert (after.state, after.since) == (WishState.OVERDUE, last_second + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("due", "asked"),
    [
        (date(2018, 10, 6), date(2018, 10, 8)),  # a Saturday
        (date(2018, 12, 24), date(2018, 12, 28)),  # Christmas, and the programme's own day off
    ],
)
def test_a_promise_for_a_day_off_is_overdue_from_the_day_after_it_is_asked_about(world: World, wished: Digest, due: date, asked: date):
    rounds = replace(world.programme.rounds, skip=Skip(holidays="DK", also=(date(2018, 12, 27),)))
    world.programme = replace(world.programme, rounds=rounds)
    say(world, wished, ResponseKind.TAKE_UP, due_on=due)
    midnight = start_of_day(asked + DAY, world.programme.timezone)
    assert entry(world, midnight - HOUR).state is WishState.TAKEN_UP
    assert (entry(world, midnight).state, entry(world, midnight).since) == (WishState.OVERDUE, midnight)


def test_a_promise_from_before_promises_had_days_is_never_overdue(world: World, wished: Digest):
    say(world, wished, ResponseKind.TAKE_UP, words="")
    assert entry(world, BASE + 500 * DAY).state is WishState.TAKEN_UP


@pytest.mark.parametrize("kind", ledger.OUTCOMES)
def test_a_promise_is_closed_by_what_is_told_of_it_once_that_is_released(world: World, wished: Digest, kind: ResponseKind):
    promise = say(world, wished, ResponseKind.TAKE_UP, due_on=TODAY)
    outcome = say(world, wished, kind, BASE + DAY, promise_id=promise.id)
    assert (entry(world).state.value, entry(world).decisive, entry(world).promises) == (kind.value, outcome, ())
    outcome.state = STORED
    assert (entry(world).state, entry(world).promises) == (WishState.TAKEN_UP, (promise,))


def test_two_who_promise_the_same_stand_side_by_side_and_the_overdue_one_decides(world: World, wished: Digest):
    early = say(world, wished, ResponseKind.TAKE_UP, due_on=date(2018, 9, 3))
    late = say(world, wished, ResponseKind.TAKE_UP, BASE + 2 * HOUR, due_on=date(2018, 12, 1))
    assert (entry(world).decisive, entry(world).promises) == (late, (early, late))
    overdue = entry(world, post_of(3))
    assert (overdue.state, overdue.decisive) == (WishState.OVERDUE, early)
    say(world, wished, ResponseKind.DONE, post_of(3), promise_id=early.id)
    assert (entry(world, post_of(3)).state, entry(world, post_of(3)).promises) == (WishState.TAKEN_UP, (late,))


def test_a_newer_promise_by_the_same_politician_takes_the_place_of_the_older_whichever_is_released_first(world: World, wished: Digest):
    older = say(world, wished, ResponseKind.TAKE_UP, BASE + 2 * HOUR, due_on=TODAY)
    newer = say(world, wished, ResponseKind.TAKE_UP, BASE + HOUR, due_on=TODAY + DAY, person_id=older.person_id)
    assert entry(world).promises == (newer,)
    newer.state = DECLINED
    assert entry(world).promises == (older,)


@pytest.mark.parametrize(("older", "newer", "is_renewed"), [(0, 0, True), (0, None, True), (0, 1, False), (None, 0, False)])
def test_a_promise_on_one_quote_leaves_those_on_other_quotes_and_on_the_wishes_open(
    world: World, wished: Digest, older: int | None, newer: int | None, is_renewed: bool
):
    first = say(world, wished, ResponseKind.TAKE_UP, due_on=TODAY, place=older)
    second = say(world, wished, ResponseKind.TAKE_UP, BASE + 2 * HOUR, due_on=TODAY + DAY, place=newer, person_id=first.person_id)
    assert entry(world).promises == ((second,) if is_renewed else (first, second))
    assert ledger.stands(world.session, first) is not is_renewed


def test_a_promise_to_the_whole_digest_is_renewed_for_those_wishes_only_that_the_new_one_is_about(world: World):
    digest = wish(world, 1, "trust", "time")
    whole = say(world, digest, ResponseKind.TAKE_UP, theme=None, due_on=TODAY)
    renewed = say(world, digest, ResponseKind.TAKE_UP, BASE + 2 * HOUR, due_on=TODAY + DAY, person_id=whole.person_id)
    assert [entry(world, number=number).promises for number in (0, 1)] == [(renewed,), (whole,)]


# --- any sequence

ANSWERS = st.lists(
    st.tuples(
        st.sampled_from([*ResponseKind]),
        st.sampled_from([*ResponseState]),
        st.integers(0, 1),  # the politician
        st.none() | st.sampled_from([TODAY - DAY, TODAY, TODAY + DAY]),
        st.none() | st.integers(0, 3),  # the promise that an outcome names, among those before it
        st.integers(0, 5),  # how long the organisers took
    ),
    max_size=7,
)


def played(steps: Sequence[tuple[Any, ...]]) -> list[Any]:
    answers: list[Any] = []
    for number, (kind, state, person, due, named, hours) in enumerate(steps, start=1):
        promises = [answer for answer in answers if answer.kind is ResponseKind.TAKE_UP and answer.state is RELEASED]
        is_outcome = kind in ledger.OUTCOMES
        if is_outcome and not promises:
            continue
        written = BASE + number * HOUR
        answers.append(
            SimpleNamespace(
                id=number,
                kind=kind,
                state=state,
                person_id=person,
                place=None,
                due_on=due if kind is ResponseKind.TAKE_UP else None,
                promise_id=promises[(named or 0) % len(promises)].id if is_outcome else None,
                written_at=written,
                released_at=written + hours * HOUR if state is RELEASED else None,
            )
        )
    return answers


@settings(max_examples=300)
@given(ANSWERS)
def test_whatever_is_answered_released_declined_and_told_there_is_one_state_by_the_rank(steps: list[Any]):
    answers = played(steps)
    fate = ledger.fate_of(answers, TODAY)
    released = [answer for answer in answers if answer.state is RELEASED]
    told = {answer.promise_id for answer in released}
    open_ = [
        answer
        for answer in released
        if answer.kind is ResponseKind.TAKE_UP
        and answer.id not in told
        and not any(o.kind is answer.kind and o.person_id == answer.person_id and o.id > answer.id for o in released)
    ]
    is_late = any(answer.due_on and answer.due_on < TODAY for answer in open_)
    over = [answer for answer in released if answer.kind in {*ledger.OUTCOMES, ResponseKind.NOT_OURS}]
    last = max(over, key=lambda answer: (answer.released_at, answer.id), default=None)
    ranks = [
        (WishState.OVERDUE, is_late),
        (WishState.TAKEN_UP, bool(open_)),
        (WishState(last.kind.value) if last else WishState.DONE, bool(over)),
        (WishState.HEARD, bool(released)),
        (WishState.ON_ITS_WAY, any(answer.state is STORED for answer in answers)),
        (WishState.WAITING, True),
    ]
    assert fate.state is next(state for state, holds in ranks if holds)
    assert list(fate.promises) == open_
    without_declined = [answer for answer in answers if answer.state is not DECLINED]
    assert ledger.fate_of(without_declined, TODAY) == fate


# --- what a digest tells


def told(world: World, week: int, now: datetime | None = None) -> list[WishFate]:
    world.add_round(week)
    return content_of(world.draft(week, now))["ledger"]


def test_a_digest_tells_of_wishes_from_the_week_after_they_were_posted_and_how_long_they_have_waited(world: World, wished: Digest):
    assert content_of(wished)["ledger"] == []
    waiting: WishFate = {
        "digest": 1,
        "digest_id": wished.id,
        "theme_id": "trust",
        "week": "2018-W34",
        "theme": {"da": "Tillid", "en": "Trust"},
        "shared": [],
        "state": "waiting",
        "weeks": 1,
    }
    assert [told(world, week) for week in (2, 3)] == [[waiting], [{**waiting, "weeks": 2}]]


def test_a_promise_is_told_with_its_words_and_day_and_as_changed_once(world: World, wished: Digest):
    say(world, wished, ResponseKind.TAKE_UP, due_on=TODAY, words="På udvalgsmødet.")
    first, second = told(world, 2)[0], told(world, 3)[0]
    assert (first["state"], first["words"], first["due"]) == ("taken_up", "På udvalgsmødet.", "2018-10-01")
    assert (first.get("changed"), second.get("changed"), second["state"]) == (True, None, "taken_up")


def test_what_is_finished_is_told_once_more_and_then_left_out(world: World, wished: Digest):
    say(world, wished, ResponseKind.NOT_OURS, words="Det er regionens.")
    (once,) = told(world, 2)
    assert (once["state"], once["words"], once["changed"]) == ("not_ours", "Det er regionens.", True)
    assert told(world, 3) == []


def test_what_is_released_at_the_very_moment_of_a_drafting_is_told_as_changed_by_the_next_digest_only(world: World, wished: Digest):
    say(world, wished, ResponseKind.NOT_OURS, close_of(2))
    assert (told(world, 2), [fate["changed"] for fate in told(world, 3)]) == ([], [True])


@pytest.mark.parametrize("wishes", [None, []])
def test_a_digest_from_before_the_ledger_or_without_wishes_that_say_something_has_no_entry(
    world: World, wished: Digest, wishes: list[str] | None
):
    wished.wishes = wishes
    assert ledger.wishes(world.session, world.programme, post_of(2)) == []
    assert told(world, 2) == []


def test_a_digest_that_is_not_posted_yet_has_no_entry(world: World, wished: Digest):
    world.add_round(2)
    world.draft(2).wishes = ["trust"]
    assert [wish.digest for wish in ledger.wishes(world.session, world.programme, post_of(2))] == [wished]


def asked(world: World, promise: Response, at: datetime, *, again: bool = False, state: MessageState = MessageState.SENT) -> None:
    """The question what became of a promise has been said."""
    key = f"promise:{promise.id}{':again' if again else ''}"
    facts = PromiseFacts(response=promise.id, again=again)
    put(world.session, programme=world.programme.id, kind=MessageKind.PROMISE_DUE, address="U0", facts=facts, due_at=at, key=key)
    message = world.message(key)
    message.state, message.sent_at = state, at
    world.session.flush()


def test_any_politician_may_tell_a_week_after_the_reminder_and_only_of_what_nobody_has_told(world: World, wished: Digest):
    promise = say(world, wished, ResponseKind.TAKE_UP, due_on=date(2018, 9, 4))
    asked(world, promise, post_of(3))
    asked(world, promise, close_of(4), again=True)
    early, late = told(world, 4)[0], told(world, 5)[0]
    assert ("promise" in early, late["promise"], late["state"]) == (False, promise.id, "overdue")
    say(world, wished, ResponseKind.DONE, post_of(5), promise_id=promise.id, state=STORED)
    assert "promise" not in told(world, 6)[0]


def test_when_who_promised_has_left_any_politician_may_tell_from_its_day_on(world: World, wished: Digest):
    promise = say(world, wished, ResponseKind.TAKE_UP, due_on=date(2018, 9, 7))
    world.session.get_one(Person, promise.person_id).state = PersonState.LEFT
    assert ["promise" in told(world, week)[0] for week in (2, 3)] == [False, True]


def test_an_answer_since_last_time_tells_its_day_its_name_and_that_it_is_to_a_quote(world: World, wished: Digest):
    say(world, wished, ResponseKind.TAKE_UP, place=1, due_on=TODAY, signed="Anne Ager")
    say(world, wished, ResponseKind.FREE_TEXT, BASE + 2 * HOUR)
    world.add_round(2)
    title = {"da": "Tillid", "en": "Trust"}
    assert content_of(world.draft(2))["since_last"] == [
        {
            "digest": 1,
            "week": "2018-W34",
            "kind": "take_up",
            "words": "Ja.",
            "wishes_on": title,
            "quoted": True,
            "due": "2018-10-01",
            "signed": "Anne Ager",
        },
        {"digest": 1, "week": "2018-W34", "kind": "free_text", "words": "Ja.", "wishes_on": title},
    ]
