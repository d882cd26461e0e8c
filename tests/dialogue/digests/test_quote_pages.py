"""Organisers read quotes five to eight at a time, decide at once, and never approve unread what the filter marks today."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.dialogue.digests import quote_pages, quotes
from bot.dialogue.digests.quote_pages import MOST_ON_PAGE, bounds_of_pages
from bot.dialogue.filtering import remember_names
from bot.errors import Reason, Refused
from bot.models import AuditEntry, Digest, Quote, QuoteState
from bot.programme import Role
from bot.seam.actions import DeclineReason
from tests.support.quoting import ON_THE_LIST, TEXTS, draft_with_quotes, quotes_to_post, review_quotes
from tests.support.world import World, close_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.seam.answers import QuoteReviewForm

MANY = [f"{TEXTS[number % len(TEXTS)]} nu {number}" for number in range(20)]
ONE, OTHER = "U0ORG1", "U0ORG2"
THREE_PAGES = 3


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person(ONE, Role.ORGANISER)
    world.add_person(OTHER, Role.ORGANISER, language="en")
    return world


def look(world: World, digest: Digest, page: int | None = None, theme: str = "trust") -> QuoteReviewForm:
    return quote_pages.quote_review_form(world.session, world.programme, ONE, digest.id, theme, page)


def decide(world: World, digest: Digest, quote: str, reason: DeclineReason | None = None, who: str = ONE, page: int = 0) -> QuoteReviewForm:
    return quote_pages.decide(world.session, close_of(1), world.programme, who, digest.id, "trust", page, {quote: reason})


def approve_page(world: World, digest: Digest, form: QuoteReviewForm, who: str = ONE) -> QuoteReviewForm:
    """Press what stands under the page."""
    shown = [quote.id for quote in form.quotes if quote.decided is None and not quote.marks]
    return quote_pages.approve_page(world.session, close_of(1), world.programme, who, digest.id, "trust", form.page, shown)


def states(world: World, digest: Digest) -> dict[str, QuoteState]:
    return {quote.id: quote.state for quote in quotes.find_quotes(world.session, digest)}


def withdraw(world: World, digest: Digest, count: int) -> None:
    for quote in quotes.find_quotes(world.session, digest)[:count]:
        quotes.withdraw(world.session, close_of(1), quote.reply_id or "")


# --- pages


@given(st.integers(min_value=5, max_value=200))
@example(9)
@example(17)
def test_every_page_has_five_to_eight_texts_and_all_are_on_one(count: int) -> None:
    bounds = bounds_of_pages(count)
    assert all(5 <= end - start <= MOST_ON_PAGE for start, end in bounds)
    assert {place for start, end in bounds for place in range(start, end)} == set(range(count))
    assert bounds == sorted(bounds)


def test_a_page_stays_the_same_while_its_texts_are_decided(world: World) -> None:
    digest = draft_with_quotes(world, MANY, 8)
    before = look(world, digest, 1)
    after = decide(world, digest, before.quotes[2].id, page=1)
    assert [quote.text for quote in after.quotes] == [quote.text for quote in before.quotes]
    assert [number for number, quote in enumerate(after.quotes) if quote.decided] == [2]
    assert (after.page, after.pages, after.first, after.more) == (1, THREE_PAGES, 7, (2, 7))


def test_all_pages_together_are_all_texts_and_the_last_leads_back_to_the_first(world: World) -> None:
    digest = draft_with_quotes(world, MANY, 8)
    pages = [look(world, digest, number) for number in range(THREE_PAGES)]
    assert sorted(quote.text for page in pages for quote in page.quotes) == sorted(MANY)
    assert pages[-1].more == (0, len(pages[0].quotes))


def test_the_review_opens_where_something_waits_and_a_page_that_is_gone_is_the_last_one(world: World) -> None:
    digest = draft_with_quotes(world, MANY, 8)
    for quote in look(world, digest).quotes:
        decide(world, digest, quote.id)
    assert look(world, digest).page == 1
    withdraw(world, digest, 8)
    assert look(world, digest, 2).page == 1
    assert look(world, digest, -1).page == 0


def test_below_five_texts_nothing_is_shown_or_decided(world: World) -> None:
    digest = draft_with_quotes(world, TEXTS[:6], 3)
    form = look(world, digest)
    withdraw(world, digest, 2)
    for attempt in (
        lambda: look(world, digest),
        lambda: decide(world, digest, form.quotes[-1].id),
        lambda: approve_page(world, digest, form),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.reason is Reason.GONE
    assert set(states(world, digest).values()) == {QuoteState.WAITING}


# --- all on the page


def test_all_on_the_page_are_approved_and_none_of_another_page(world: World) -> None:
    digest = draft_with_quotes(world, MANY, 8)
    form = look(world, digest)
    decide(world, digest, form.quotes[0].id, DeclineReason.UNCLEAR)
    after = approve_page(world, digest, look(world, digest, 0))
    approved = {name for name, state in states(world, digest).items() if state is QuoteState.APPROVED}
    assert approved == {quote.id for quote in form.quotes[1:]}
    assert (after.page, after.notice) == (1, "5 afgørelser er gemt.")
    assert {quote.decided for quote in after.quotes} == {None}


def test_ids_from_elsewhere_are_not_approved_with_a_page(world: World) -> None:
    digest, other = draft_with_quotes(world), draft_with_quotes(world, week=2)
    foreign = quotes.find_quotes(world.session, other)[0].id
    shown = quote_pages.approve_page(world.session, close_of(1), world.programme, ONE, digest.id, "trust", 0, [foreign, "x", ""])
    assert {*states(world, digest).values(), *states(world, other).values()} == {QuoteState.WAITING}
    assert shown.notice == "Her er der ikke længere noget at tage stilling til."


def test_a_text_that_the_filter_marks_today_says_why_and_is_approved_with_no_page(world: World) -> None:
    digest = draft_with_quotes(world, [*TEXTS[:6], f"det gik godt i {ON_THE_LIST} hos os"])
    before = look(world, digest)
    remember_names(world.session, world.programme, [ON_THE_LIST.capitalize()])
    form = look(world, digest)
    (marked,) = [quote for quote in form.quotes if quote.marks]
    assert (ON_THE_LIST in marked.text, marked.marks) == (True, (f"»{ON_THE_LIST}« kan være navn på nogen.",))
    after = approve_page(world, digest, before)  # shown before the name was there, so it was asked for
    assert states(world, digest)[marked.id] is QuoteState.WAITING
    assert [quote.id for quote in after.quotes if quote.decided is None] == [marked.id]
    assert after.page == 0  # what waits is not left behind
    assert decide(world, digest, marked.id, DeclineReason.NAMES_SOMEONE).quotes == look(world, digest).quotes


def test_what_the_filter_only_marks_says_so_beside_the_text_and_is_approved_with_the_page(world: World) -> None:
    digest = draft_with_quotes(world, [*TEXTS[:6], "jeg savner ro, og min leder savner tid"])
    form = look(world, digest)
    (hinted,) = [quote for quote in form.quotes if quote.hints]
    assert ("min leder" in hinted.text, hinted.marks) == (True, ())
    approve_page(world, digest, form)
    assert states(world, digest)[hinted.id] is QuoteState.APPROVED


def test_a_word_that_organisers_add_marks_too_and_a_marked_text_does_not_count_as_one_that_may_come(world: World) -> None:
    digest = draft_with_quotes(world, TEXTS[:5], 3)
    ids = [quote.id for quote in look(world, digest).quotes]
    for name in ids[:3]:
        decide(world, digest, name)
    assert look(world, digest).standing.startswith("3 tekster er godkendt. Det er nok")
    word = max(look(world, digest).quotes[0].text.split(), key=len)
    world.programme = replace(world.programme, filter_words=frozenset({word}))
    assert look(world, digest).quotes[0].marks
    assert look(world, digest).standing == "2 tekster er godkendt. Der skal mindst 3 til."
    assert quotes_to_post(world, digest) == []  # as it says


# --- what it says


def test_how_many_are_needed_and_how_far_it_is_stands_at_the_top(world: World) -> None:
    digest = draft_with_quotes(world, TEXTS[:5], 3)
    ids = [quote.id for quote in look(world, digest).quotes]
    assert look(world, digest).rule == (
        "Overblikket viser kun citater, når mindst 30 er spurgt, mindst 8 har svaret, "
        "mindst 5 tekster ligger til jer samtidig, og I siger ja til mindst 3. Det viser højst 3."
    )
    told = [look(world, digest).standing, *(decide(world, digest, name).standing for name in ids)]
    assert told == [
        "Ingen tekster er godkendt endnu. Der skal mindst 3 til.",
        "1 tekst er godkendt. Der skal mindst 3 til.",
        "2 tekster er godkendt. Der skal mindst 3 til.",
        "3 tekster er godkendt. Det er nok. Resten behøver I ikke læse, men så kan de ikke komme med.",
        "4 tekster er godkendt. Det er nok. Resten behøver I ikke læse, men så kan de ikke komme med.",
        "5 tekster er godkendt, og I har taget stilling til dem alle. Tak!",
    ]


def test_a_theme_that_can_have_no_quotes_any_more_says_so(world: World) -> None:
    digest = draft_with_quotes(world, TEXTS[:5], 3)
    ids = [quote.id for quote in look(world, digest).quotes]
    told = [decide(world, digest, name, DeclineReason.UNCLEAR).standing for name in ids[:3]]
    assert told[-1] == "Der er for få tekster tilbage: Der skal mindst 3 til, så temaet får ingen citater i denne uge."


def test_the_organisers_message_is_drawn_anew_with_each_decision(world: World) -> None:
    digest = draft_with_quotes(world)
    form = look(world, digest)
    assert form.message is None
    first, all_of_them = decide(world, digest, form.quotes[0].id).message, approve_page(world, digest, form).message
    assert first is not None
    assert all_of_them is not None
    assert "1 er godkendt" in first.intro
    assert "8 er godkendt" in all_of_them.intro


def test_once_the_finished_page_is_approved_there_is_no_page_of_quotes_any_more(world: World) -> None:
    digest = draft_with_quotes(world)
    assert look(world, digest).quotes
    world.post(digest)
    with pytest.raises(Refused) as refused:
        look(world, digest)
    assert refused.value.reason is Reason.GONE


# --- two at once


def test_of_two_reviewers_the_first_decision_stands_and_the_other_sees_it(world: World) -> None:
    digest = draft_with_quotes(world)
    form = look(world, digest)
    decide(world, digest, form.quotes[0].id, DeclineReason.HURTFUL)
    late = decide(world, digest, form.quotes[0].id, None, OTHER)
    assert (late.notice, late.quotes[0].decided) == (
        "1 text had already been decided.",
        "Decided: not shown, because it may hurt somebody.",
    )
    rest = approve_page(world, digest, form, OTHER)
    assert rest.notice == "7 decisions are saved. 1 text had already been decided."


def test_a_text_that_its_author_took_back_meanwhile_is_gone_at_the_next_drawing(world: World) -> None:
    digest = draft_with_quotes(world)
    form = look(world, digest)
    gone = form.quotes[0]
    quote = world.session.get_one(Quote, gone.id)
    quotes.withdraw(world.session, close_of(1), quote.reply_id or "")
    after = decide(world, digest, gone.id)
    assert (after.notice, len(after.quotes)) == ("Her er der ikke længere noget at tage stilling til.", 7)
    assert gone.text not in repr(after)


def test_the_audit_keeps_the_day_of_a_decision_and_not_which_text_it_was_about(world: World) -> None:
    digest = draft_with_quotes(world)
    ids = [quote.id for quote in look(world, digest).quotes]
    approve_page(world, digest, look(world, digest))
    entries = world.session.query(AuditEntry).all()
    assert len(entries) == len(ids)
    assert len({entry.at for entry in entries}) == 1
    assert not any(name in repr(vars(entry)) for entry in entries for name in ids)


# --- themes


def test_themes_follow_one_another_in_a_circle_and_one_alone_leads_nowhere(world: World) -> None:
    people = world.add_people(9)
    for day, theme in ((1, "trust"), (2, "direction")):
        round_ = world.add_round(1, day=day)
        round_.theme = theme
        round_.snapshot = {**round_.snapshot, "theme": {"id": theme, "title": {"da": theme.title(), "en": theme}}}
        world.answer(round_, people, texts=[f"{text} nu {day}" for text in [*TEXTS, "vi fik mere ro"]], quote=True)
    digest = world.draft(1)
    assert look(world, digest).next_theme == ("direction", "Direction")
    assert look(world, digest, theme="direction").next_theme == ("trust", "Trust")
    withdraw_theme = [quote for quote in quotes.find_quotes(world.session, digest) if quote.theme == "direction"][:5]
    for quote in withdraw_theme:
        quotes.withdraw(world.session, close_of(1), quote.reply_id or "")
    assert look(world, digest).next_theme is None
    assert review_quotes(world, digest)
