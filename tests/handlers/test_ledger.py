"""People see what became of the wishes, politicians what they have promised, and organisers can ask for answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

import handlers
from bot.models import Digest, LoadedProgramme, MessageKind, PersonState, Response, ResponseState
from bot.programme import Language, Role
from bot.seam.actions import (
    Action,
    HomeWanted,
    LedgerWanted,
    OutcomeFormWanted,
    OutcomeTold,
    PoliticiansAsked,
    PoliticiansFormWanted,
    ResponseKind,
)
from bot.seam.answers import Answer, FormErrors, Home, HomeChoice, Ledger, LedgerEntry, OutcomeForm, PoliticiansForm, Redrawn, Said
from bot.seam.meaning import WishUnanswered
from tests.support.programme import PROGRAMME
from tests.support.world import World, post_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = post_of(3)
PROMISED = "Om ønskerne under »Tillid« fra uge 34, senest 1. oktober: »Et møde.«"


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person("P0", Role.POLITICIAN)
    world.add_person("O0", Role.ORGANISER)
    for week in (1, 2):
        world.answer(world.add_round(week), world.add_people(12, f"U{week}"), wishes=6)
        world.issue(week).wishes = ["trust"]
    return world


def act(world: World, action: Action) -> Answer:
    return handlers.answer(action, world.session, NOW, PROGRAMME)


def promise(world: World) -> Response:
    digest = world.session.query(Digest).filter(Digest.number == 1).one()
    response = world.add_response(digest, post_of(2), "Et møde.", ResponseKind.TAKE_UP)
    response.theme, response.due_on, response.person_id = "trust", date(2018, 10, 1), world.person("P0").id
    world.session.flush()
    return response


def home(world: World, who: str) -> Home:
    page = act(world, HomeWanted(who=who))
    assert isinstance(page, Home)
    return page


@pytest.mark.parametrize(
    ("language", "newer", "older"),
    [
        (
            "da",
            ("Uge 35: Tillid", ("Har ventet 1 uge på svar",)),
            ("Uge 34: Tillid", ("Bliver taget op", "En politiker, senest 1. oktober: »Et møde.«")),
        ),
        (
            "en",
            ("Week 35: Trust", ("Has waited 1 week for an answer",)),
            ("Week 34: Trust", ("Being taken up", "A politician, by 1 October: “Et møde.”")),
        ),
    ],
)
def test_people_read_what_became_of_the_wishes_newest_first_and_can_open_their_digest(
    world: World, language: str, newer: tuple[str, tuple[str, ...]], older: tuple[str, tuple[str, ...]]
):
    promise(world)
    world.person("U10000").language = language
    assert act(world, LedgerWanted(who="U10000")) == Ledger(
        language=Language(language),
        entries=(
            LedgerEntry(heading=newer[0], lines=newer[1], number=2, start=0),
            LedgerEntry(heading=older[0], lines=older[1], number=1, start=1),
        ),
    )


@pytest.mark.parametrize("who", ["U10000", "P0", "O0"])
def test_everybody_who_may_read_digests_finds_the_ledger_on_their_page_once_it_has_an_entry(world: World, who: str):
    assert HomeChoice.LEDGER in home(world, who).choices
    for digest in world.session.query(Digest).all():
        digest.wishes = []
    assert HomeChoice.LEDGER not in home(world, who).choices


def test_whoever_has_left_reads_no_ledger(world: World):
    world.person("U10000").state = PersonState.LEFT
    assert HomeChoice.LEDGER not in home(world, "U10000").choices
    assert isinstance(act(world, LedgerWanted(who="U10000")), Said)


def test_politicians_find_on_their_page_what_they_promised_and_tell_there_what_became_of_it(world: World):
    given = promise(world)
    (offer,) = home(world, "P0").promises
    assert (offer.promise, offer.sentence) == (given.id, PROMISED)
    form = act(world, OutcomeFormWanted(who="P0", promise=given.id, kind=ResponseKind.DONE))
    assert form == OutcomeForm(language=Language.DA, promise=given.id, kind=ResponseKind.DONE, what=PROMISED)
    thanks = act(world, OutcomeTold(who="P0", promise=given.id, kind=ResponseKind.DONE, text="Mødet er holdt.", name="Anne Ager"))
    assert isinstance(thanks, Said)
    assert (thanks.title, "med navnet Anne Ager" in thanks.paragraphs[0]) == ("Tak, fordi du følger op", True)
    assert home(world, "P0").promises == ()
    for again in (
        OutcomeFormWanted(who="P0", promise=given.id, kind=ResponseKind.DROPPED),
        OutcomeTold(who="P0", promise=given.id, kind=ResponseKind.DROPPED, text="Nej."),
    ):
        said = act(world, again)
        assert isinstance(said, Said)
        assert said.title == "Det er allerede fortalt"
        assert said.is_refusal is isinstance(again, OutcomeTold)  # a form that was open keeps what was typed


def test_politicians_find_on_their_page_what_others_promised_once_any_politician_may_tell(world: World):
    given = promise(world)
    given.due_on = NOW.date()
    world.add_person("P1", Role.POLITICIAN)
    assert home(world, "P1").promises == ()
    world.person("P0").state = PersonState.LEFT
    page = home(world, "P1")
    (offer,) = page.promises
    assert (offer.promise, offer.sentence) == (
        given.id,
        "Lovet af en anden politiker. Om ønskerne under »Tillid« fra uge 34, senest 7. september: »Et møde.«",
    )
    assert page.paragraphs[-1].startswith("Her er også noget, andre har lovet")
    act(world, OutcomeTold(who="P1", promise=given.id, kind=ResponseKind.DONE, text="Mødet er holdt."))
    assert home(world, "P1").promises == ()


@pytest.mark.parametrize("is_known", [False, True])
def test_promises_stay_on_the_page_of_their_politician_in_the_next_programme_and_after_it(world: World, is_known: bool):
    given = promise(world)
    following = replace(PROGRAMME, id="next")
    if is_known:
        world.session.add(LoadedProgramme(id="next", loaded_at=NOW, checksum=""))
        world.session.flush()
        world.programme = following
        world.add_person("P0", Role.POLITICIAN)
    page = handlers.answer(HomeWanted(who="P0"), world.session, NOW, following)
    assert isinstance(page, Home)
    assert [offer.promise for offer in page.promises] == [given.id]


def test_nobody_else_finds_promises_on_their_page(world: World):
    promise(world)
    assert [home(world, who).promises for who in ("U10000", "O0")] == [(), ()]


def test_organisers_pick_politicians_and_see_that_they_are_asked(world: World):
    digest = world.session.query(Digest).filter(Digest.number == 1).one()
    form = act(world, PoliticiansFormWanted(who="O0", digest=digest.id, theme="trust"))
    what = "Ønskerne under »Tillid« fra uge 34"
    assert form == PoliticiansForm(language=Language.DA, digest=digest.id, theme="trust", what=what)
    wrong = act(world, PoliticiansAsked(who="O0", digest=digest.id, theme="trust", whom=("U10000",)))
    assert isinstance(wrong, FormErrors)
    assert list(wrong.errors) == ["whom"]
    asked = act(world, PoliticiansAsked(who="O0", digest=digest.id, theme="trust", whom=("P0",)))
    assert isinstance(asked, Redrawn)
    assert isinstance(asked.meaning, WishUnanswered)
    assert (asked.meaning.status, asked.meaning.open) == ("Nogle politikere er bedt om at svare.", True)
    assert len(world.messages(MessageKind.WISH_ASKED)) == 1


def test_organisers_who_come_too_late_are_told_that_the_wishes_are_answered(world: World):
    given = promise(world)
    given.state = ResponseState.STORED
    for action in (
        PoliticiansFormWanted(who="O0", digest=given.digest_id, theme="trust"),
        PoliticiansAsked(who="O0", digest=given.digest_id, theme="trust", whom=("P0",)),
    ):
        late = act(world, action)
        assert isinstance(late, Redrawn)
        assert (late.said, isinstance(late.meaning, WishUnanswered) and late.meaning.open) == ("Der er svaret på ønskerne.", False)
    assert world.messages(MessageKind.WISH_ASKED) == []
    assert NOW - post_of(1) == timedelta(days=14)
