"""Politicians speak to all participants alike, whoever wrote what they answer.

Property 30 (see `tests/confidentiality/properties.py`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.dialogue.compose import compose
from bot.dialogue.responses import response_review, to_participants
from bot.models import Digest, MessageKind, Person, PersonState, Response
from bot.programme import Role
from bot.seam.actions import ResponseKind
from bot.seam.meaning import Plain, Question
from tests.support.planned_weeks import SHARES, PlannedWeeks, RoundPlan, WeekPlan, with_questions
from tests.support.world import AS_FOUND, OPENS, WEEK, post_of, separate_world

if TYPE_CHECKING:
    from tests.support.world import World

pytestmark = pytest.mark.long  # plays whole weeks, many times
QUIET = dict.fromkeys(("joins", "unlisted", "pauses", "leaves", "role_changes", "edited", "deletes_later"), 0)
WORDS = "Det gør vi noget ved."


def asking(answering: str, wishing: str, deletes: int = 0) -> RoundPlan:
    plain = {"theme": "trust", "audience": "all", "saying": ("nobody",) * 4, "first": 3, "edits": 0, "unreached": 0}
    return RoundPlan(**plain, answering=answering, wishing=wishing, deletes=deletes)


def answered(world: World, theme: str | None) -> None:
    """A politician answers the first digest, or the wishes on a theme of it, and an organiser lets the answer through."""
    politician, organiser = world.add_person("U0POL", Role.POLITICIAN), world.add_person("U0ORG", Role.ORGANISER)
    digest = world.session.scalars(select(Digest)).one()
    kind = ResponseKind.FREE_TEXT
    response_review.respond(world.session, post_of(1), world.programme, politician.address, digest.id, kind, WORDS, theme=theme)
    response = world.session.scalars(select(Response)).one()
    response_review.review(world.session, post_of(1), world.programme, organiser.address, response.id, release=True)
    world.session.expire_all()


def active(world: World) -> set[int]:
    here = Person.state == PersonState.ACTIVE, Person.role.in_((Role.LEADER, Role.EMPLOYEE_REP))
    return set(world.session.scalars(select(Person.id).where(*here)))


@settings(max_examples=12, phases=AS_FOUND)
@given(st.sampled_from(SHARES), st.sampled_from(SHARES), st.integers(0, 3), st.integers(0, 2))
@example("half", "all", 0, 1)
@example("all but one", "half", 1, 0)
@pytest.mark.parametrize("last", [False, True])
def test_an_answer_reaches_all_participants_in_the_same_words_whoever_answered_or_wished(
    last: bool, answering: str, wishing: str, deletes: int, pauses: int
):
    with separate_world(with_questions()) as world:
        planned = PlannedWeeks(world, 16, 12)
        planned.week(1, WeekPlan(rounds=(asking(answering, wishing, deletes),), **{**QUIET, "pauses": pauses}, floor=5))
        wished = world.session.scalars(select(Digest)).one().content["themes"][0]["wishes"] is not None
        answered(world, "trust" if wished else None)
        now = OPENS + WEEK + timedelta(minutes=10)
        if last:
            to_participants.queue_answers(world.session, now, world.programme, last=True)
            told = {
                message.person_id: compose(world.session, now, world.programme, message) for message in world.messages(MessageKind.ANSWER)
            }
            said = {value.paragraphs for value in told.values() if isinstance(value, Plain)}
        else:
            one = planned._open(2, 1, asking("nobody", "nobody"), WeekPlan(rounds=(), **QUIET, floor=5))
            assert one is not None
            questions = [each for each in world.messages(MessageKind.QUESTION) if each.round_id == one.id]
            told = {message.person_id: compose(world.session, now, world.programme, message) for message in questions}
            said = {each.since_last for each in told.values() if isinstance(each, Question)}
        assert set(told) == active(world)
        assert len(said) == 1
        assert WORDS in str(said)
