"""A person gets what is theirs, or has it deleted, when they ask."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

import handlers
from bot.dialogue import people
from bot.dialogue.welcome import right_to_know
from bot.models import LoadedProgramme, MessageKind, Person, PersonState, Reply, Tombstone
from bot.programme import Language, Role
from bot.seam.actions import (
    Action,
    CameBack,
    Erased,
    HomeWanted,
    Left,
    MyDataWanted,
    MyRepliesWanted,
    Paused,
    PauseFormWanted,
    QuoteWithdrawn,
    Replied,
    ReplyDeleted,
    ReplyFormWanted,
    TypedDirectly,
)
from bot.seam.answers import Answer, Home, HomeChoice, MyData, MyReplies, Said
from bot.wording import say
from tests.support.programme import PROGRAMME
from tests.support.world import BEFORE, CLOSES, OPENS, World, at, found, lists, with_list

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import Round

LATER = OPENS + timedelta(hours=1)
NEXT_DAY = LATER + timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate(leaders=30)


def act(world: World, action: Action, now: datetime = LATER) -> Answer:
    return handlers.answer(action, world.session, now, PROGRAMME)


def said(world: World, action: Action, now: datetime = LATER) -> Said:
    answer = act(world, action, now)
    assert isinstance(answer, Said)
    return answer


def home(world: World, who: str = "L0") -> Home:
    answer = act(world, HomeWanted(who=who))
    assert isinstance(answer, Home)
    return answer


def data(world: World, who: str = "L0", now: datetime = LATER) -> dict[str, str]:
    """What one is shown of oneself, by heading."""
    answer = act(world, MyDataWanted(who=who), now)
    assert isinstance(answer, MyData)
    return {part.heading: "\n".join(part.lines) for part in answer.parts}


def offered(world: World, who: str = "L0") -> tuple[bool, bool]:
    """Whether one's reply is marked as a quote, and whether that can be taken back."""
    mine = act(world, MyRepliesWanted(who=who))
    assert isinstance(mine, MyReplies)
    return mine.replies[0].quote, mine.replies[0].withdrawable


# --- a quote


def test_a_quote_is_taken_back_and_the_reply_stays(world: World, round_: Round) -> None:
    act(world, Replied(who="L0", round=round_.id, text="Vi tog os tid.", quote=True))
    assert offered(world) == (True, True)
    withdrawn = said(world, QuoteWithdrawn(who="L0", round=round_.id))
    assert (withdrawn.title, len(withdrawn.paragraphs)) == ("Du bliver ikke citeret", 2)
    assert "kan ingen tage tilbage" in withdrawn.paragraphs[1]
    assert offered(world) == (False, False)
    (reply,) = world.session.query(Reply)
    world.session.refresh(reply)
    assert (reply.quote, reply.cleared) == (False, None)


def test_a_quote_can_be_taken_back_after_the_close(world: World, round_: Round) -> None:
    act(world, Replied(who="L0", round=round_.id, text="Vi tog os tid.", quote=True))
    world.close(round_)
    assert said(world, QuoteWithdrawn(who="L0", round=round_.id), CLOSES).title == "Du bliver ikke citeret"


@pytest.mark.parametrize(("who", "key"), [("L1", "refused.no_reply"), ("nobody", "refused.not_in_dialogue")])
def test_nobody_takes_back_anothers_quote(world: World, round_: Round, who: str, key: str) -> None:
    act(world, Replied(who="L0", round=round_.id, text="Vi tog os tid.", quote=True))
    assert said(world, QuoteWithdrawn(who=who, round=round_.id)).paragraphs == (say("da", key),)
    assert offered(world) == (True, True)


def test_who_deletes_a_reply_is_told_what_can_not_be_undone_and_leaves_a_trace(world: World, round_: Round) -> None:
    act(world, Replied(who="L0", round=round_.id, text="Vi tog os tid.", quote=True))
    deleted = said(world, ReplyDeleted(who="L0", round=round_.id))
    assert "kan ingen tage tilbage" in deleted.paragraphs[1]
    assert (world.count(Reply), world.count(Tombstone)) == (0, 1)


# --- everything about a person


def test_all_about_me_is_who_i_am_what_i_wrote_where_it_stands_and_what_i_was_sent(world: World, round_: Round) -> None:
    act(world, Replied(who="L0", round=round_.id, text="Vi tog os tid.", wish=True, quote=True))
    assert data(world) == {
        "Hvem du er i »Landsbydagen«": "Dit id i Slack: L0\nRolle: leder\nStatus: med\nSprog: dansk. Tidszone: Europe/Copenhagen\n"
        "Inviteret den 17. august 2018 kl. 09.30\nVelkomsten kom frem den 17. august 2018 kl. 09.30",
        "Tillid: for-all, hvad?": "Vi tog os tid.\nSkrevet den 21. august 2018 kl. 10.30\nMarkeret som et ønske til politikerne\n"
        "Markeret: må citeres uden navn, sådan: »Vi tog os tid.«",
        "Runder, du har svaret i": "»Tillid«, uge 34",
        "Beskeder til dig": "21. august 2018 kl. 09.30: spørgsmål, »Tillid«",
        "Desuden": f"{say('da', 'data.besides.names')}\n{say('da', 'data.besides.places')}",
    } | told(Language.DA)


def told(language: Language) -> dict[str, str]:
    """All that everybody has a right to know, by heading."""
    return {part.heading: "\n".join(part.lines) for part in right_to_know(PROGRAMME, language)}


def test_all_about_me_is_said_in_ones_own_language_and_says_what_is_planned(world: World) -> None:
    english = [found("L0", language=Language.EN), *(found(f"L{i}") for i in range(1, 12))]
    world.read(with_list(lists(leaders=30), Role.LEADER, english), LATER)
    act(world, Paused(who="L0", until=date(2018, 8, 31)))
    world.person("L0").next_role, world.person("L0").role_from = Role.EMPLOYEE_REP, CLOSES
    mine = data(world)["Who you are in “The village day”"]
    assert "Status: pausing" in mine
    assert "Pause until 1 September 2018 at 00:00" in mine
    assert "From 24 August 2018 at 10:00 your role is: employee representative" in mine


def test_what_has_been_detached_is_said_to_be_lost(world: World, round_: Round) -> None:
    assert "Koblingen til dig er slettet" not in data(world)
    round_.detached_at = CLOSES + timedelta(days=7)
    world.session.flush()
    until = "For runder, der lukkede til og med den 24. august 2018 kl. 10.00, er koblingen"
    assert data(world)["Koblingen til dig er slettet"].startswith(until)


def test_looking_at_ones_own_data_changes_nothing(world: World, round_: Round) -> None:
    data(world)
    assert not world.session.dirty
    assert not world.session.new


# --- erasing


def test_who_is_erased_is_told_what_happened_what_stays_and_how_to_come_back(world: World, round_: Round) -> None:
    act(world, Replied(who="L0", round=round_.id, text="Vi tog os tid."))
    done = said(world, Erased(who="L0"))
    assert done.title == "Alt om dig er slettet"
    for must in ("kan ingen tage tilbage", "Tal, der allerede er talt op, bliver ikke ændret", "ikke flere beskeder", "Jeg er her igen"):
        assert must in " ".join(done.paragraphs)
    assert people.find_person(world.session, PROGRAMME.id, "L0") is None


def test_what_is_said_does_not_depend_on_what_there_was(world: World, round_: Round) -> None:
    act(world, Replied(who="L0", round=round_.id, text="Vi tog os tid.", quote=True))
    assert said(world, Erased(who="L0")) == said(world, Erased(who="L1"))


@pytest.mark.parametrize("who", ["P0", "O0"])
def test_politicians_and_organisers_are_told_what_stays_in_public(world: World, who: str) -> None:
    assert "gjort i det åbne" in said(world, Erased(who=who)).paragraphs[1]
    assert world.person(who).state is PersonState.ACTIVE


def test_there_is_nothing_to_erase_of_a_stranger_or_twice(world: World) -> None:
    assert said(world, Erased(who="nobody")).title == "Her er intet om dig"
    said(world, Erased(who="L0"))
    assert said(world, Erased(who="L0")).title == "Her er intet om dig"


@pytest.mark.parametrize(
    "action",
    [ReplyFormWanted, MyRepliesWanted, PauseFormWanted, Left],
)
def test_the_buttons_of_old_messages_answer_who_is_erased_in_plain_words(world: World, round_: Round, action: type[Action]) -> None:
    said(world, Erased(who="L0"))
    assert said(world, action(who="L0")).paragraphs == (say("da", "refused.not_in_dialogue"),)


def test_a_form_that_was_open_when_one_was_erased_is_not_kept(world: World, round_: Round) -> None:
    said(world, Erased(who="L0"))
    refused = said(world, Replied(who="L0", round=round_.id, text="sendt for sent"))
    assert (refused.paragraphs, refused.is_refusal) == ((say("da", "refused.not_in_dialogue"),), True)
    assert world.count(Reply) == 0


def test_the_page_and_a_typed_message_tell_who_is_erased_that_they_are_and_how_to_come_back(world: World) -> None:
    said(world, Erased(who="L0"))
    assert (home(world).paragraphs, home(world).choices) == ((say("da", "home.erased"),), (HomeChoice.COME_BACK,))
    typed = act(world, TypedDirectly(who="L0", event="Ev1"))
    assert isinstance(typed, Home)
    assert typed.paragraphs[1:] == home(world).paragraphs


def test_coming_back_is_asked_of_the_lists_at_once(world: World) -> None:
    loaded = world.session.get_one(LoadedProgramme, PROGRAMME.id)
    said(world, Erased(who="L0"))
    world.read(lists(leaders=30), NEXT_DAY)
    loaded.synchronised_at = NEXT_DAY
    assert "som om du var ny" in said(world, CameBack(who="L0")).paragraphs[0]
    world.session.refresh(loaded)
    assert loaded.synchronised_at is None
    world.read(lists(leaders=30), NEXT_DAY)
    people.queue_welcomes(world.session, NEXT_DAY, PROGRAMME, at(NEXT_DAY))
    assert [message.address for message in world.messages(MessageKind.WELCOME)] == ["L0"]
    assert world.person("L0").invited_at == NEXT_DAY > BEFORE


def test_an_organiser_who_was_erased_and_takes_part_again_comes_back_too(world: World) -> None:
    said(world, Erased(who="O0"))
    rosters = with_list(lists(leaders=30, organisers=0), Role.LEADER, [*lists(leaders=30)[Role.LEADER].found, found("O0")])
    world.read(with_list(rosters, Role.ORGANISER, [found("O9")]), NEXT_DAY)
    world.confirm_lists(NEXT_DAY, "O0")
    world.read(with_list(rosters, Role.ORGANISER, [found("O9")]), NEXT_DAY)
    assert home(world, "O0").choices == (HomeChoice.COME_BACK,)
    said(world, CameBack(who="O0"))
    world.read(with_list(rosters, Role.ORGANISER, [found("O9")]), NEXT_DAY)
    back = world.session.query(Person).filter_by(address="O0").one()
    assert (back.role, back.state) == (Role.LEADER, PersonState.INVITED)
