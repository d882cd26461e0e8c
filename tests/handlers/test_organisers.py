"""An organiser sees the right answer when they act."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.responses import response_review
from bot.models import Digest, DigestState, Response, ResponseState
from bot.programme import Language, Role
from bot.seam.actions import Action, DigestApproved, DigestSentBack, ListConfirmed, ResponseKind, ResponseReviewed, SendBackFormWanted
from bot.seam.answers import Answer, DigestPage, Redrawn, Said, SendBackForm
from bot.seam.meaning import DigestDraft, ListReview, ResponseReview
from bot.seam.review_actions import DigestPageWanted
from handlers.organisers import HANDLERS
from handlers.programme_of_action import programme_of
from tests.support.world import World, close_of, post_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = close_of(1) + timedelta(hours=2, minutes=10)
APPROVED = "Godkendt fredag den 24. august kl. 12.10. Det sendes tidligst fredag den 24. august kl. 14.00."


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person("U0ORG1", Role.ORGANISER)
    world.add_person("U0ORG2", Role.ORGANISER, language="en")
    world.add_person("U0POL1", Role.POLITICIAN)
    world.answer(world.add_round(1), world.add_people(10))
    return world


@pytest.fixture
def digest(world: World) -> Digest:
    return world.draft(1)


@pytest.fixture
def response(world: World) -> Response:
    issued = world.issue(1)
    response_review.respond(world.session, NOW, world.programme, "U0POL1", issued.id, ResponseKind.FREE_TEXT, "Ja.")
    return world.session.query(Response).one()


def answered(world: World, action: Action, now: datetime = NOW) -> Answer:
    return HANDLERS[type(action)](action, world.session, now, world.programme)


def approved(world: World, digest: Digest, who: str, now: datetime = NOW) -> Answer:
    """The answer to an organiser who approves a digest as they see it."""
    page = answered(world, DigestPageWanted(who=who, digest=digest.id), now)
    seen = page.fingerprint if isinstance(page, DigestPage) else ""
    return answered(world, DigestApproved(who=who, digest=digest.id, seen=seen), now)


def redrawn(answer: Answer) -> DigestDraft | ResponseReview:
    assert isinstance(answer, Redrawn)
    assert isinstance(answer.meaning, DigestDraft | ResponseReview)
    return answer.meaning


def test_godkend_draws_the_draft_anew_with_its_status(world: World, digest: Digest):
    answer = approved(world, digest, "U0ORG1")
    assert (redrawn(answer).status, redrawn(answer).open) == (APPROVED, False)
    assert isinstance(answer, Redrawn)
    assert answer.said == "Du har godkendt overblik nr. 1."


def test_who_comes_second_is_told_what_was_decided_in_their_language(world: World, digest: Digest):
    approved(world, digest, "U0ORG1")
    answer = answered(world, DigestSentBack(who="U0ORG2", digest=digest.id, note="No"))
    assert redrawn(answer).language is Language.DA  # the channel's
    assert isinstance(answer, Redrawn)
    assert answer.language is Language.EN
    assert (
        answer.said
        == "Somebody else was first. Approved on Friday 24 August at 12:10. It is posted on Friday 24 August at 14:00 at the earliest."
    )
    assert digest.state is DigestState.APPROVED


def test_send_tilbage_asks_for_a_note_and_then_holds(world: World, digest: Digest):
    form = answered(world, SendBackFormWanted(who="U0ORG1", digest=digest.id))
    assert form == SendBackForm(language=Language.DA, digest=digest.id, number=1)
    answer = answered(world, DigestSentBack(who="U0ORG1", digest=digest.id, note="Se igen"))
    assert redrawn(answer).open
    assert digest.state is DigestState.HELD


def test_send_tilbage_after_a_decision_says_what_was_decided_instead_of_asking(world: World, digest: Digest):
    approved(world, digest, "U0ORG2")
    answer = answered(world, SendBackFormWanted(who="U0ORG1", digest=digest.id))
    assert answer == Said(language=Language.DA, title="Det er allerede afgjort", paragraphs=(APPROVED,))


def test_frigiv_draws_the_answer_anew(world: World, response: Response):
    answer = answered(world, ResponseReviewed(who="U0ORG1", response=response.id, release=True))
    assert not redrawn(answer).open
    assert isinstance(answer, Redrawn)
    assert answer.said == "Svaret går til alle deltagere."
    assert response.state is ResponseState.RELEASED


def test_of_two_who_judge_an_answer_the_second_is_told(world: World, response: Response):
    first = answered(world, ResponseReviewed(who="U0ORG1", response=response.id, release=False))
    second = answered(world, ResponseReviewed(who="U0ORG2", response=response.id, release=True))
    assert isinstance(first, Redrawn)
    assert isinstance(second, Redrawn)
    assert first.said == "Svaret går ikke til deltagerne."
    assert second.said == "Somebody else was first. Not released. The participants do not get it."
    assert response.state is ResponseState.DECLINED


@pytest.mark.parametrize("release", [True, False])
def test_who_presses_twice_is_thanked_twice_and_nobody_else_was_first(world: World, response: Response, *, release: bool):
    press = ResponseReviewed(who="U0ORG1", response=response.id, release=release)
    first, second = answered(world, press), answered(world, press)
    assert isinstance(second, Redrawn)
    assert second == first
    for late in (replace(press, release=not release), replace(press, who="U0ORG2")):
        other = answered(world, late)
        assert isinstance(other, Redrawn)
        assert other.said.startswith(("En anden nåede det først.", "Somebody else was first."))
        assert other.is_refusal


def test_a_note_that_is_sent_twice_is_thanked_twice_and_another_one_is_refused(world: World, digest: Digest):
    note = DigestSentBack(who="U0ORG1", digest=digest.id, note="Se igen")
    first, second = answered(world, note), answered(world, note)
    assert second == first
    for other in (replace(note, who="U0ORG2"), replace(note, note="Se igen nu")):
        refused = answered(world, other)
        assert refused.is_refusal
        assert isinstance(refused, Redrawn)
        assert "»Se igen«" in refused.said or "“Se igen”" in refused.said  # the colleague's stands beside their own
    assert digest.note == "Se igen"


def test_who_approves_twice_is_thanked_twice(world: World, digest: Digest):
    page = answered(world, DigestPageWanted(who="U0ORG1", digest=digest.id))
    assert isinstance(page, DigestPage)
    approval = DigestApproved(who="U0ORG1", digest=digest.id, seen=page.fingerprint)
    first, second = answered(world, approval), answered(world, approval)
    assert isinstance(first, Redrawn)
    assert isinstance(second, Redrawn)
    assert (second.said, second.is_refusal) == (first.said, False)


def test_ja_det_er_rigtigt_draws_the_question_anew_and_who_comes_second_is_told(world: World):
    world.judge_list(12, 1)
    (hold,) = world.holds()
    first, second = (answered(world, ListConfirmed(who=who, hold=hold.id)) for who in ("U0ORG1", "U0ORG2"))
    assert isinstance(first, Redrawn)
    assert isinstance(first.meaning, ListReview)
    assert (first.said.split(".")[0], first.meaning.open) == ("Tak", False)
    assert isinstance(second, Redrawn)
    assert (
        second.said
        == "That is decided already, so nothing has changed. One of you said yes on Friday 24 August at 12:10. The list counts as it is. "
        "For the rest of the programme leaders get no questions of their own, because there were fewer than 10 on the list."
    )


def test_a_list_of_the_programme_before_is_confirmed_there(world: World):
    world.judge_list(12, 1)
    running = (world.programme, replace(world.programme, id="next"))
    action = ListConfirmed(who="U0ORG1", hold=world.holds()[0].id)
    assert programme_of(world.session, action, running) is world.programme


def test_whoever_approves_without_having_seen_the_page_is_shown_it_and_nothing_is_decided(world: World, digest: Digest):
    assert isinstance(answered(world, DigestApproved(who="U0ORG1", digest=digest.id, seen="")), DigestPage)
    assert digest.state is DigestState.IN_REVIEW


def test_nothing_an_organiser_is_shown_names_a_participant(world: World, digest: Digest):
    drawn = redrawn(approved(world, digest, "U0ORG1"))
    assert "Omtrent 10 personer svarede." in repr(drawn)  # there is something that could leak
    assert "U0000" not in repr(drawn)


def test_an_approval_after_the_hour_is_posted_at_once(world: World, digest: Digest):
    approved(world, digest, "U0ORG1", post_of(1) + timedelta(days=1))
    assert world.message(f"digest:{digest.id}").due_at == post_of(1) + timedelta(days=1)
