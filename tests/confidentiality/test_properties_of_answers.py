"""Do politicians speak to all participants alike, whoever wrote what they answer?

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
from tests.confidentiality.lived import SHARES, Asking, Life, Weekly, lived_in
from tests.dialogue.season import AS_FOUND, FIRST, WEEK, post_of, season

if TYPE_CHECKING:
    from tests.dialogue.season import Season

QUIET = dict.fromkeys(("joins", "unlisted", "pauses", "leaves", "role_changes", "edited", "deletes_later"), 0)
WORDS = "Det gør vi noget ved."


def asking(answering: str, wishing: str, deletes: int = 0) -> Asking:
    plain = {"theme": "trust", "audience": "all", "saying": ("nobody",) * 4, "first": 3, "edits": 0, "unreached": 0}
    return Asking(**plain, answering=answering, wishing=wishing, deletes=deletes)


def answered(town: Season, theme: str | None) -> None:
    """A politician answers the first digest, or the wishes on a theme of it, and an organiser lets the answer through."""
    politician, organiser = town.person("U0POL", Role.POLITICIAN), town.person("U0ORG", Role.ORGANISER)
    digest = town.session.scalars(select(Digest)).one()
    kind = ResponseKind.FREE_TEXT
    response_review.respond(town.session, post_of(1), town.programme, politician.address, digest.id, kind, WORDS, theme=theme)
    response = town.session.scalars(select(Response)).one()
    response_review.review(town.session, post_of(1), town.programme, organiser.address, response.id, release=True)
    town.session.expire_all()


def active(town: Season) -> set[int]:
    here = Person.state == PersonState.ACTIVE, Person.role.in_((Role.LEADER, Role.EMPLOYEE_REP))
    return set(town.session.scalars(select(Person.id).where(*here)))


@settings(max_examples=12, phases=AS_FOUND)
@given(st.sampled_from(SHARES), st.sampled_from(SHARES), st.integers(0, 3), st.integers(0, 2))
@example("half", "all", 0, 1)
@example("all but one", "half", 1, 0)
@pytest.mark.parametrize("last", [False, True])
def test_an_answer_reaches_all_participants_in_the_same_words_whoever_answered_or_wished(
    last: bool, answering: str, wishing: str, deletes: int, pauses: int
):
    with season(lived_in()) as town:
        life = Life(town, 16, 12)
        life.week(1, Weekly(askings=(asking(answering, wishing, deletes),), **{**QUIET, "pauses": pauses}, floor=5))
        wished = town.session.scalars(select(Digest)).one().content["themes"][0]["wishes"] is not None
        answered(town, "trust" if wished else None)
        now = FIRST + WEEK + timedelta(minutes=10)
        if last:
            to_participants.queue_answers(town.session, now, town.programme, last=True)
            told = {message.person_id: compose(town.session, now, town.programme, message) for message in town.messages(MessageKind.ANSWER)}
            said = {each.paragraphs for each in told.values() if isinstance(each, Plain)}
        else:
            one = life._open(2, 1, asking("nobody", "nobody"), Weekly(askings=(), **QUIET, floor=5))
            assert one is not None
            questions = [each for each in town.messages(MessageKind.QUESTION) if each.round_id == one.id]
            told = {message.person_id: compose(town.session, now, town.programme, message) for message in questions}
            said = {each.since_last for each in told.values() if isinstance(each, Question)}
        assert set(told) == active(town)
        assert len(said) == 1
        assert WORDS in str(said)
