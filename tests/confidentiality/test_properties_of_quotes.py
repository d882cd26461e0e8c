"""A text is shown only while all three yeses hold for it; once withdrawn, nothing of it stays.

Properties 8 to 11, 13 and 14 (see `tests/confidentiality/properties.py`), whatever people and reviewers do in whatever order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.dialogue.digests import quote_pages, quote_review, quotes
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.digests.digest_pieces import QuoteShown, QuotesOfTheme
from bot.dialogue.digests.digest_text import as_text, render
from bot.dialogue.papers.record import record_of
from bot.models import Authorship, OutboxMessage, Person, Quote
from bot.platforms.slack.messages import render_message
from bot.programme import Floors, Role
from tests.support.programme import programme_with
from tests.support.quoting import ON_THE_LIST, TEXTS, Quoting, post_digest
from tests.support.world import AS_FOUND, close_of, separate_world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models import Digest
    from bot.seam.meaning import DigestPost
    from tests.support.quoting import Act
    from tests.support.world import World

pytestmark = pytest.mark.long  # plays whole weeks, many times
PEOPLE = 11
EVERYBODY: list[Act] = [("write", who) for who in range(PEOPLE)]
who = st.integers(0, PEOPLE - 1)


def acts(*named: str, most: int = 6) -> st.SearchStrategy[list[Act]]:
    return st.lists(st.tuples(st.sampled_from(named), who), max_size=most)


before_the_close = acts("write", "write plainly", "write a number", "delete", "take back", "overwrite", "lists grow", most=8)
meanwhile = acts("delete", "take back", "overwrite", "lists grow", most=4)
afterwards = acts("delete", "take back", most=5)
decisions = st.lists(st.sampled_from([True, True, True, False, None]), min_size=PEOPLE, max_size=PEOPLE)
ALL, NONE = [True] * PEOPLE, [None] * PEOPLE
THREE = [True, True, True, *[False] * (PEOPLE - 3)]


# --- 8 and 9: three yeses, bound to the text


@settings(max_examples=25, phases=AS_FOUND)
@given(before_the_close, decisions, meanwhile, decisions, meanwhile)
@example([], THREE, [("overwrite", n) for n in range(PEOPLE)], NONE, [])
@example([], ALL, [("lists grow", 0)], NONE, [])
@example([], THREE, [], NONE, [("take back", n) for n in range(PEOPLE)])
@example([], NONE, [], [False] * PEOPLE, [])
@example([("overwrite", n) for n in range(3)], ALL, [], NONE, [])
def test_what_is_shown_has_three_yeses_for_exactly_this_text_at_every_moment(
    first: list[Act], once: list[bool | None], then: list[Act], again: list[bool | None], last: list[Act]
):
    with separate_world() as world:
        quoting = Quoting(world, PEOPLE)
        quoting.do([*EVERYBODY, *first])
        for decided, happens in ((once, then), (again, last)):
            quoting.decide(decided)
            assert set(quoting.previewed()) <= quoting.with_three_yeses()
            quoting.do(happens)
            assert set(quoting.previewed()) <= quoting.with_three_yeses()
        previewed, said = quoting.previewed(), quoting.post()
        assert quoting.posted() == previewed
        shown = str(said)
        assert {word.text for word in quoting.said.values() if word.text in shown} == set(previewed)


def test_with_all_yeses_something_is_shown():
    with separate_world() as world:
        quoting = Quoting(world, PEOPLE)
        quoting.do(EVERYBODY)
        quoting.decide(ALL)
        assert len(quoting.previewed()) == 3
        assert set(quoting.previewed()) <= quoting.with_three_yeses()


# --- 10 and 11: what is taken back


@settings(max_examples=18, phases=AS_FOUND)
@given(before_the_close, decisions, meanwhile, afterwards)
@example([], ALL, [], [("delete", n) for n in range(PEOPLE)])
@example([], ALL, [("delete", n) for n in range(4)], [("take back", n) for n in range(PEOPLE)])
def test_what_is_deleted_or_taken_back_leaves_nothing_but_the_numbers(
    first: list[Act], decided: list[bool | None], then: list[Act], last: list[Act]
):
    with separate_world() as world:
        quoting = Quoting(world, PEOPLE)
        quoting.do([*EVERYBODY, *first])
        content, checksum = dict(content_of(quoting.digest)), quoting.digest.checksum
        quoting.decide(decided)
        quoting.do(then)
        said = quoting.post()
        for act in last:
            quoting.do([act])
            said = quoting.standing() or said
            stands = [text for text in quoting.posted() if text in str(said)]
            assert set(stands) == set(quoting.posted()) == {text for text in quoting.posted() if text in quoting.with_three_yeses()}
            without = render(content_of(quoting.digest), said.language, _left(quoting), in_ledger=quoting.digest.wishes or ())
            assert as_text(said.text) == as_text(without)
            assert [text for text in quoting.gone if text in render_message(said).blocks + render_message(said).text] == []
        assert (content_of(quoting.digest), quoting.digest.checksum) == (content, checksum)
        assert {text: where for text in quoting.gone if (where := quoting.remains(text))} == {}
        taken_back = [word.text for word in quoting.said.values() if not word.marked]
        assert {text: where for text in taken_back if (where := quoting.remains(text)) and set(where) != {"replies"}} == {}


def _left(quoting: Quoting) -> dict[str, QuotesOfTheme]:
    """What is left, as if nothing else had ever been there."""
    places = quoting.places()
    wishes = {quote.place for quote in quotes.find_quotes(quoting.session, quoting.digest, Quote.wish)}
    shown = {place: QuoteShown(text=text, place=place, wish=place in wishes) for place, text in places.items()}
    return {"trust": QuotesOfTheme(quotes=tuple(shown[place] for place in (0, 1) if place in shown), other_voice=shown.get(2))}


# --- 13: how many


@settings(max_examples=25, phases=AS_FOUND)
@given(st.integers(5, 14), st.integers(3, 14), st.integers(0, 8), st.sampled_from([1, 8, 8, 10]), st.integers(0, 4))
@example(8, 5, 3, 8, 0)
@example(7, 7, 7, 8, 0)
@example(8, 5, 5, 8, 1)
@example(8, 6, 3, 8, 0)  # the lists grow by a word of the second text: five of six are left
@example(8, 6, 5, 8, 1)  # and four of them once one is withdrawn
@example(9, 6, 2, 8, 0)
def test_quotes_need_eight_people_five_before_a_reviewer_and_three_approved_and_are_three_at_most(
    people: int, marked: int, approved: int, floor: int, withdrawn: int
):
    with separate_world(programme_with(floors=Floors(quotes=floor))) as world:
        quoting = Quoting(world, people)
        quoting.do([("write" if number < marked else "write plainly", number) for number in range(people)])
        clean = sum(word.marked and ON_THE_LIST not in word.text for word in quoting.said.values())
        quoting.do([("lists grow", 0)])
        enough = people >= max(8, floor) and clean >= 5
        assert quoting.digest
        quoting.do([("delete", number) for number in range(withdrawn)])
        form = quoting.form()
        assert form is None or (enough and len(form.quotes) >= 5)
        assert (form is not None) == enough or withdrawn
        quoting.decide([True] * approved)
        shown = quoting.previewed()
        assert len(shown) == (3 if form is not None and approved >= 3 else 0)


@settings(max_examples=12, phases=AS_FOUND)
@given(st.integers(20, 40), st.sampled_from([None, 30, 33]))
@example(29, None)
@example(30, None)
@example(32, 33)
def test_where_fewer_are_on_the_list_than_the_floor_of_those_asked_a_mark_changes_nothing_at_all(listed: int, raised: int | None):
    """The digest, its messages and its log are the same to the byte as if nobody had marked anything."""
    marked, unmarked = (everything_drafted(listed, raised, marked=marked) for marked in (True, False))
    assert (marked == unmarked) == (listed < (raised or 30))


def everything_drafted(listed: int, raised: int | None, *, marked: bool) -> str:
    """All that stands in the database about a week's digest, but for the answers themselves and its random ids."""
    with separate_world() as world:
        round_ = world.add_round(1, listed=listed)
        if raised:
            round_.snapshot = {**round_.snapshot, "floors": {"people": 5, "quotes": 8, "audience": 10, "asked": raised}}
        world.answer(round_, world.add_people(12), texts=[*TEXTS, *TEXTS[:4]], quote=marked)
        digest = world.draft(1)
        rows = [(message.kind, message.address, message.facts, message.key) for message in world.session.scalars(select(OutboxMessage))]
        return repr((digest.content, digest.checksum, rows, len(quotes.find_quotes(world.session, digest))))


@settings(max_examples=10, phases=AS_FOUND)
@given(st.integers(0, 8))
def test_no_two_quotes_of_a_theme_are_one_persons_though_it_was_asked_twice(twice: int):
    with separate_world() as world:
        people = world.add_people(9)
        for day in (1, 2):
            answering = people if day == 1 else people[: max(twice, 1)]
            texts = [f"{TEXTS[n % len(TEXTS)]} nu {n + 50 * day}" for n in range(len(answering))]
            world.answer(world.add_round(1, day=day), answering, texts=texts, quote=True)
        quoting = _taken_over(world)
        form = quoting.form()
        assert form is not None
        numbers = [int(quote.text.rpartition(" ")[2]) % 50 for quote in form.quotes]
        assert sorted(numbers) == list(range(9))


def _taken_over(world: World) -> Quoting:
    """Only what reviewers see and decide, of a week that was lived otherwise."""
    quoting = object.__new__(Quoting)
    quoting.world, quoting.session, quoting.said = world, world.session, {}
    quoting.organiser = world.add_person("U0ORG", Role.ORGANISER)
    return quoting


# --- 14: whoever wrote it, and whenever


def review_and_post(order: Sequence[int], role: Role, *, later: bool) -> tuple[list[str], DigestPost]:
    """The same texts by other people, in another order, in another role, at another time."""
    with separate_world() as world:
        people = world.add_people(PEOPLE, prefix="U9" if later else "U0", role=role)
        round_ = world.add_round(1)
        texts = [f"{TEXTS[n % len(TEXTS)]} nu {n}" for n in range(PEOPLE)]
        world.answer(round_, [people[n] for n in order], texts=[texts[n] for n in (reversed(order) if later else order)], quote=True)
        world.session.execute(update(Person).values(timezone="America/Nuuk" if later else "Europe/Copenhagen"))
        world.session.execute(update(Authorship).values(written_at=close_of(1) if later else round_.opens_at))
        quoting = _taken_over(world)
        form = quoting.form()
        assert form is not None
        quoting.decide(ALL)
        return [quote.text for quote in form.quotes], quoting.post()


@settings(max_examples=8, phases=AS_FOUND)
@given(st.permutations(range(PEOPLE)), st.sampled_from([Role.LEADER, Role.EMPLOYEE_REP]), st.booleans())
@example(order=list(range(PEOPLE))[::-1], role=Role.EMPLOYEE_REP, later=True)
def test_order_role_and_time_of_authors_change_no_byte_of_review_and_digest(order: list[int], role: Role, later: bool):
    form, said = review_and_post(range(PEOPLE), Role.LEADER, later=False)
    other_form, other = review_and_post(order, role, later=later)
    assert form == other_form
    assert render_message(said) == render_message(other)


def everything_shown(second: Sequence[int]) -> str:
    """All that reviewers, politicians and an export show of two weeks; in the second, others wrote the same texts."""
    with separate_world() as world:
        people, shown = world.add_people(PEOPLE), list[object]()
        for week, order in ((1, range(PEOPLE)), (2, second)):
            texts = [f"{TEXTS[n % len(TEXTS)]} nu {n + 100 * week}" for n in range(PEOPLE)]
            world.answer(world.add_round(week), [people[n] for n in order], texts=texts, quote=True)
            digest, organiser = world.draft(week), world.add_person(f"U0ORG{week}", Role.ORGANISER)
            texts_seen, decisions = page_after_page(world, organiser.address, digest)
            quote_review.review(world.session, close_of(week), world.programme, organiser.address, digest.id, "trust", decisions)
            shown += [texts_seen, render_message(post_digest(world, digest, week)), record_of(world.session, digest, None)]
        return repr(shown)


def page_after_page(world: World, organiser: str, digest: Digest) -> tuple[list[str], dict[str, None]]:
    """The texts of all pages as they stand there, and a yes to each."""
    first = quote_pages.quote_review_form(world.session, world.programme, organiser, digest.id, "trust")
    pages = [
        quote_pages.quote_review_form(world.session, world.programme, organiser, digest.id, "trust", page) for page in range(first.pages)
    ]
    return [quote.text for page in pages for quote in page.quotes], {quote.id: None for page in pages for quote in page.quotes}


@settings(max_examples=5, phases=AS_FOUND)
@given(st.permutations(range(PEOPLE)))
@example(list(range(PEOPLE))[::-1])
def test_nothing_shown_of_several_weeks_ties_two_texts_to_one_person(second: list[int]):
    assert everything_shown(range(PEOPLE)) == everything_shown(second)


@pytest.mark.parametrize("texts", [range(PEOPLE), reversed(range(PEOPLE))])
def test_neither_reviewers_nor_politicians_read_in_the_order_of_arrival(texts: Any):
    order = list(texts)
    form, said = review_and_post(order, Role.LEADER, later=False)
    arrived = [f"{TEXTS[n % len(TEXTS)]} nu {n}" for n in order]
    assert form not in (arrived, arrived[::-1])
    assert said
