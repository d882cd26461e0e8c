"""An organiser's page has all that waits for a decision, in their language, and names only entries of their own lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.digests import digest_review
from bot.dialogue.planning import organisers_page, pause_for_all, versions
from bot.dialogue.planning.plan import Coming, Item
from bot.dialogue.responses import response_review, unanswered
from bot.models import Digest, DigestState
from bot.programme import Language, Review, Role
from bot.seam.actions import ResponseKind
from bot.seam.meaning import DigestDraft, ListReview, PlanReview, QuoteReview, ResponseReview, WishUnanswered
from bot.wording import say
from tests.support.doubt import put_in_doubt
from tests.support.programme import programme_with
from tests.support.quoting import draft_with_quotes
from tests.support.world import DAY, OPENS, World, close_of, found, lists, post_of, with_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.meaning import Meaning

NOW = post_of(1) + 14 * DAY


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person("O0", Role.ORGANISER)
    world.add_person("P0", Role.POLITICIAN)
    return world


def waiting(world: World, programme: Programme | None = None) -> tuple[Meaning, ...]:
    return organisers_page.what_waits(world.session, programme or world.programme)[0]


def told(world: World, programme: Programme | None = None, coming: tuple[Coming, ...] = ()) -> dict[str, tuple[str, ...]]:
    parts = organisers_page.page_parts(world.session, NOW, programme or world.programme, coming)
    return {part.heading: part.lines for part in parts}


def issue(world: World, wishes: int = 6) -> Digest:
    world.answer(world.add_round(1), world.add_people(12), wishes=wishes)
    issued = world.issue(1)
    issued.wishes = ["trust"]
    return issued


def respond(world: World, digest: Digest, kind: ResponseKind = ResponseKind.FREE_TEXT, due: date | None = None):
    response_review.respond(world.session, post_of(1), world.programme, "P0", digest.id, kind, "Vi ser på det.", theme="trust", due=due)


# --- what waits


def test_where_nothing_waits_the_page_says_so(world: World) -> None:
    assert waiting(world) == ()
    part = organisers_page.waiting_part(world.programme, (), 0)
    assert part.lines == ("Der er ikke noget, I skal tage stilling til.",)


def test_a_draft_waits_with_its_headline_and_status_and_without_its_numbers(world: World) -> None:
    world.answer(world.add_round(1), world.add_people(12))
    digest = world.draft(1)
    (draft,) = waiting(world)
    assert isinstance(draft, DigestDraft)
    assert (draft.digest, draft.open, draft.text.parts, draft.text.top) == (digest.id, True, (), ())
    assert "Venter på jeres godkendelse." in str(draft.status)


@pytest.mark.parametrize(("state", "waits"), [(DigestState.HELD, True), (DigestState.APPROVED, False), (DigestState.ISSUED, False)])
def test_a_draft_waits_until_somebody_approves_it(world: World, state: DigestState, *, waits: bool) -> None:
    world.answer(world.add_round(1), world.add_people(12))
    digest = world.draft(1)
    digest.state, digest.decided_at, digest.issued_at = state, close_of(1), close_of(1)
    assert bool(waiting(world)) is waits
    assert told(world)["Det nyeste overblik"][0].startswith("Overblik nr. 1 (uge 34): ")


def test_a_digest_in_doubt_waits_with_a_word_to_look_first_until_it_is_posted_again(world: World) -> None:
    world.answer(world.add_round(1), world.add_people(12))
    digest = world.draft(1)
    digest_review.approve(world.session, post_of(1), world.programme, "O0", digest.id)
    assert waiting(world) == ()
    put_in_doubt(world.session)
    (draft,) = waiting(world)
    assert isinstance(draft, DigestDraft)
    assert (draft.digest, draft.open, draft.status) == (digest.id, True, None)
    assert draft.intro == say("da", "alarm.digest_unsure", number=1)
    digest_review.approve(world.session, post_of(1), world.programme, "O0", digest.id)
    assert waiting(world) == ()


def test_quotes_wait_as_long_as_one_is_undecided(world: World) -> None:
    draft_with_quotes(world)
    assert [type(meaning) for meaning in waiting(world)] == [DigestDraft, QuoteReview]


def test_a_response_waits_until_it_is_released_or_declined(world: World) -> None:
    respond(world, issue(world))
    (response,) = waiting(world)
    assert isinstance(response, ResponseReview)
    response_review.review(world.session, NOW, world.programme, "O0", response.response, release=True)
    assert waiting(world) == ()


def test_a_held_list_waits_first(world: World) -> None:
    world.answer(world.add_round(1), world.add_people(12))
    world.draft(1)
    world.judge_list(12, 1)
    assert [type(meaning) for meaning in waiting(world)] == [ListReview, DigestDraft]


def test_a_held_plan_waits(world: World) -> None:
    held = versions.hold_version(world.session, NOW, replace(world.programme, content=b"held", checksum="0"))
    (plan,) = waiting(world)
    assert isinstance(plan, PlanReview)
    assert (plan.version, plan.open) == (held.id, True)


def test_wishes_wait_once_organisers_have_heard_of_them_until_politicians_are_asked(world: World) -> None:
    issue(world)
    assert waiting(world) == ()
    unanswered.tell_organisers_of_unanswered(world.session, NOW, world.programme)
    (wishes,) = waiting(world)
    assert isinstance(wishes, WishUnanswered)
    unanswered.ask_politicians(world.session, NOW, world.programme, "O0", wishes.digest, wishes.theme, ["P0"])
    assert waiting(world) == ()


def test_of_very_much_the_first_is_shown_and_the_rest_counted(world: World) -> None:
    digest = issue(world)
    for number in range(10):
        response_review.respond(
            world.session, post_of(1), world.programme, "P0", digest.id, ResponseKind.FREE_TEXT, f"Svar {number}", theme="trust"
        )
    shown, more = organisers_page.what_waits(world.session, world.programme)
    assert (len(shown), more) == (8, 2)
    assert organisers_page.waiting_part(world.programme, shown, more).lines[-1] == "Der venter 2 ting mere. De står i jeres kanal."


def test_what_waits_is_told_in_the_organisers_language(world: World) -> None:
    respond(world, issue(world))
    (response,) = waiting(world, replace(world.programme, language=Language.EN))
    assert isinstance(response, ResponseReview)
    assert response.intro.startswith("A politician")


# --- what is told


def test_promises_wait_until_somebody_tells_what_became_of_them(world: World) -> None:
    respond(world, issue(world), ResponseKind.TAKE_UP, date(2018, 10, 1))
    (response,) = waiting(world)
    assert isinstance(response, ResponseReview)
    assert "Løfter, der ikke er indfriet endnu" not in told(world)  # nobody has released it
    response_review.review(world.session, NOW, world.programme, "O0", response.response, release=True)
    (line,) = told(world)["Løfter, der ikke er indfriet endnu"]
    assert "Vi ser på det." in line


def test_whoever_is_not_found_is_named_as_in_the_list_until_they_are_found(world: World) -> None:
    complete = lists()
    world.read(with_list(complete, Role.LEADER, complete[Role.LEADER].found, missing=("bo@example.org", "anna@example.org")))
    assert told(world)["Ikke fundet i chatten"] == ("Listen S0LEADERS: anna@example.org, bo@example.org",)
    world.read(complete)
    assert "Ikke fundet i chatten" not in told(world)


def test_whoever_pauses_or_has_left_is_not_among_those_who_are_not_found(world: World) -> None:
    world.read(lists())
    world.read(with_list(lists(), Role.LEADER, [found(f"L{number}", active=number > 0) for number in range(12)]))
    assert "Ikke fundet i chatten" not in told(world)


@pytest.mark.parametrize(
    ("item", "review", "line"),
    [
        (Item.REMINDER, Review.REQUIRED, "De, der ikke har svaret på »for-all, hvad?«, får en påmindelse."),
        (Item.DIGEST, Review.REQUIRED, "Overblikket over »for-all, hvad?« går til politikerne, hvis I har godkendt det."),
        (Item.DIGEST, Review.QUOTES_ONLY, "Overblikket over »for-all, hvad?« går til politikerne."),
    ],
)
def test_what_comes_is_told_with_its_question(world: World, item: Item, review: Review, line: str) -> None:
    coming = Coming(item=item, at=OPENS, week="2018-W34", questions=("for-all",))
    assert told(world, programme_with(review=review), (coming,))["Det næste"] == (f"Tirsdag den 21. august kl. 09.30: {line}",)


def test_in_a_pause_for_all_the_heading_says_that_the_times_may_move(world: World) -> None:
    world.populate(organisers=1)
    pause_for_all.pause(world.session, OPENS, world.programme, "O0", "Valg")
    assert "Planen, når pausen er slut (tidspunkterne kan rykke)" in told(world)
