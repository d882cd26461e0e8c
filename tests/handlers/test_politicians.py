"""What does a politician see when they act?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.errors import Reason, Refused
from bot.models import Digest, HeardBy, MessageKind, PersonState, Response
from bot.programme import Language, Role
from bot.seam.actions import Action, Heard, Responded, ResponseFormWanted, ResponseKind
from bot.seam.answers import Answer, ResponseForm, Said
from handlers.politicians import HANDLERS
from tests.dialogue.season import Season, post_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = post_of(1) + timedelta(hours=1)


@pytest.fixture
def town(session: Session) -> Season:
    town = Season(session)
    town.person("U0POL1", Role.POLITICIAN)
    return town


@pytest.fixture
def issued(town: Season) -> Digest:
    town.round(1)
    return town.issue(1)


def answered(town: Season, action: Action) -> Answer:
    return HANDLERS[type(action)](action, town.session, NOW, town.programme)


def test_hoert_is_thanked_for_and_counts_once(town: Season, issued: Digest):
    first = answered(town, Heard(who="U0POL1", digest=issued.id))
    second = answered(town, Heard(who="U0POL1", digest=issued.id))
    assert isinstance(first, Said)
    assert isinstance(second, Said)
    assert (first.title, second.title) == ("Tak, det er noteret", "Det er allerede noteret")
    assert "overblik nr. 1" in first.paragraphs[0]
    assert town.session.query(HeardBy).count() == 1


def test_svar_deltagerne_opens_the_form(town: Season, issued: Digest):
    answer = answered(town, ResponseFormWanted(who="U0POL1", digest=issued.id))
    assert answer == ResponseForm(language=Language.DA, digest=issued.id, number=1)


@pytest.mark.parametrize(("language", "title"), [("da", "Tillid"), ("en", "Trust")])
def test_svar_paa_oensket_opens_the_form_for_the_wishes_on_that_theme_and_keeps_the_answer_there(town: Season, language: str, title: str):
    town.answer(town.round(1), town.people(12), wishes=6)
    wished = town.issue(1)
    town.person("U0POL2", Role.POLITICIAN, language=language)
    form = answered(town, ResponseFormWanted(who="U0POL2", digest=wished.id, theme="trust"))
    assert form == ResponseForm(language=Language(language), digest=wished.id, number=1, theme="trust", title=title)
    answered(town, Responded(who="U0POL2", digest=wished.id, kind=ResponseKind.FREE_TEXT, text="Ja.", theme="trust"))
    assert town.session.query(Response).one().theme == "trust"


def test_an_answer_is_thanked_for_with_what_happens_next(town: Season, issued: Digest):
    answer = answered(town, Responded(who="U0POL1", digest=issued.id, kind=ResponseKind.NOT_OURS, text="Det er regionens."))
    assert isinstance(answer, Said)
    assert answer.title == "Tak for dit svar"
    assert "Organisatorerne læser det først." in answer.paragraphs[0]
    assert len(town.messages(MessageKind.RESPONSE_REVIEW)) == 1


def test_the_form_sent_with_nothing_but_heard_is_a_press_on_hoert(town: Season, issued: Digest):
    answer = answered(town, Responded(who="U0POL1", digest=issued.id, kind=ResponseKind.HEARD, text=" "))
    assert isinstance(answer, Said)
    assert answer.title == "Tak, det er noteret"
    assert town.session.query(Response).count() == 0
    assert town.session.query(HeardBy).count() == 1


@pytest.mark.parametrize("action", HANDLERS)
def test_whoever_the_platform_lets_press_rights_are_read_from_our_lists(town: Season, issued: Digest, action: Any):
    words = {"kind": ResponseKind.FREE_TEXT, "text": "Ja."} if action is Responded else {}
    town.person("U0LEADER", Role.LEADER)
    former = town.person("U0FORMER", Role.POLITICIAN)
    former.state = PersonState.LEFT
    for who in ("U0LEADER", "U0FORMER", "U0STRANGER"):
        with pytest.raises(Refused) as refused:
            answered(town, action(who=who, digest=issued.id, **words))
        assert refused.value.reason is Reason.NO_RIGHT
