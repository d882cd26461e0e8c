"""What is answered when a person asks for what is theirs, or wants it gone?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

import handlers
from bot.dialogue import people
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
from bot.seam.answers import Answer, FormErrors, Home, HomeChoice, MyData, MyReplies, Said
from bot.wording import say
from tests.dialogue.village import BEFORE, CLOSES, OPENS, PROGRAMME, Village, at, changed, found, lists

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import Round

LATER = OPENS + timedelta(hours=1)
NEXT_DAY = LATER + timedelta(days=1)


@pytest.fixture
def village(session: Session) -> Village:
    return Village(session).settle_in()


@pytest.fixture
def one(village: Village) -> Round:
    return village.opened()


def act(village: Village, action: Action, now: datetime = LATER) -> Answer:
    return handlers.answer(action, village.session, now, PROGRAMME)


def said(village: Village, action: Action, now: datetime = LATER) -> Said:
    answer = act(village, action, now)
    assert isinstance(answer, Said)
    return answer


def home(village: Village, who: str = "L0") -> Home:
    answer = act(village, HomeWanted(who=who))
    assert isinstance(answer, Home)
    return answer


def data(village: Village, who: str = "L0", now: datetime = LATER) -> dict[str, str]:
    """What one is shown of oneself, by heading."""
    answer = act(village, MyDataWanted(who=who), now)
    assert isinstance(answer, MyData)
    return {part.heading: "\n".join(part.lines) for part in answer.parts}


def offered(village: Village, who: str = "L0") -> tuple[bool, bool]:
    """Whether one's reply is marked as a quote, and whether that can be taken back."""
    mine = act(village, MyRepliesWanted(who=who))
    assert isinstance(mine, MyReplies)
    return mine.replies[0].quote, mine.replies[0].withdrawable


# --- a quote


def test_a_quote_is_taken_back_and_the_reply_stays(village: Village, one: Round) -> None:
    act(village, Replied(who="L0", round=one.id, text="vi tog os tid", quote=True))
    assert offered(village) == (True, True)
    withdrawn = said(village, QuoteWithdrawn(who="L0", round=one.id))
    assert (withdrawn.title, len(withdrawn.paragraphs)) == ("Du bliver ikke citeret", 2)
    assert "kan ikke blive ulæst" in withdrawn.paragraphs[1]
    assert offered(village) == (False, False)
    (reply,) = village.session.query(Reply)
    village.session.refresh(reply)
    assert (reply.quote, reply.cleared) == (False, None)


def test_a_quote_can_be_taken_back_after_the_close(village: Village, one: Round) -> None:
    act(village, Replied(who="L0", round=one.id, text="vi tog os tid", quote=True))
    village.close(one)
    assert said(village, QuoteWithdrawn(who="L0", round=one.id), CLOSES).title == "Du bliver ikke citeret"


@pytest.mark.parametrize(("who", "key"), [("L1", "refused.no_reply"), ("nobody", "refused.not_in_dialogue")])
def test_nobody_takes_back_anothers_quote(village: Village, one: Round, who: str, key: str) -> None:
    act(village, Replied(who="L0", round=one.id, text="vi tog os tid", quote=True))
    assert said(village, QuoteWithdrawn(who=who, round=one.id)).paragraphs == (say("da", key),)
    assert offered(village) == (True, True)


def test_who_deletes_a_reply_is_told_what_can_not_be_undone_and_leaves_a_trace(village: Village, one: Round) -> None:
    act(village, Replied(who="L0", round=one.id, text="vi tog os tid", quote=True))
    deleted = said(village, ReplyDeleted(who="L0", round=one.id))
    assert "kan ikke blive ulæst" in deleted.paragraphs[1]
    assert (village.count(Reply), village.count(Tombstone)) == (0, 1)


# --- everything about a person


def test_all_about_me_is_who_i_am_what_i_wrote_where_it_stands_and_what_i_was_sent(village: Village, one: Round) -> None:
    act(village, Replied(who="L0", round=one.id, text="vi tog os tid", wish=True, quote=True))
    assert data(village) == {
        "Hvem du er i »Landsbydagen«": "Dit id i Slack: L0\nRolle: leder\nStatus: med\nSprog: dansk. Tidszone: Europe/Copenhagen\n"
        "Her siden 17. august 2018 kl. 09.30\nVelkomsten kom frem 17. august 2018 kl. 09.30",
        "Tillid: for-all, hvad?": "vi tog os tid\nSkrevet 21. august 2018 kl. 10.30\nMærket som et ønske til politikerne\n"
        "Mærket: må citeres uden navn",
        "Runder, du har svaret i": "»Tillid«, uge 34",
        "Beskeder til dig": "21. august 2018 kl. 09.30: spørgsmål om »Tillid«",
        "Desuden": f"{say('da', 'data.besides.names')}\n{say('da', 'data.besides.places')}",
    }


def test_all_about_me_is_said_in_ones_own_language_and_says_what_is_planned(village: Village) -> None:
    english = [found("L0", language=Language.EN), *(found(f"L{i}") for i in range(1, 12))]
    village.read(changed(lists(), Role.LEADER, english), LATER)
    act(village, Paused(who="L0", until=date(2018, 8, 31)))
    village.person("L0").next_role, village.person("L0").role_from = Role.EMPLOYEE_REP, CLOSES
    mine = data(village)["Who you are in “The village day”"]
    assert "Status: pausing" in mine
    assert "Pause until 1 September 2018 at 00:00" in mine
    assert "From 24 August 2018 at 10:00 your role is: employee representative" in mine


def test_what_has_been_detached_is_said_to_be_lost(village: Village, one: Round) -> None:
    assert "Løsnet fra dig" not in data(village)
    one.detached_at = CLOSES + timedelta(days=7)
    village.session.flush()
    assert data(village)["Løsnet fra dig"].startswith("Runder, der lukkede til og med 24. august 2018 kl. 10.00, er løsnet")


def test_looking_at_ones_own_data_changes_nothing(village: Village, one: Round) -> None:
    data(village)
    assert not village.session.dirty
    assert not village.session.new


# --- erasing


def test_who_is_erased_is_told_what_happened_what_stays_and_how_to_come_back(village: Village, one: Round) -> None:
    act(village, Replied(who="L0", round=one.id, text="vi tog os tid"))
    done = said(village, Erased(who="L0"))
    assert done.title == "Alt om dig er slettet"
    for must in ("kan ikke blive ulæst", "Tal, der er gjort op, bliver stående", "ikke flere beskeder", "Jeg er her igen"):
        assert must in " ".join(done.paragraphs)
    assert people.find_person(village.session, PROGRAMME.id, "L0") is None


def test_what_is_said_does_not_depend_on_what_there_was(village: Village, one: Round) -> None:
    act(village, Replied(who="L0", round=one.id, text="vi tog os tid", quote=True))
    assert said(village, Erased(who="L0")) == said(village, Erased(who="L1"))


@pytest.mark.parametrize("who", ["P0", "O0"])
def test_politicians_and_organisers_are_told_what_stays_in_public(village: Village, who: str) -> None:
    assert "gjort i det åbne" in said(village, Erased(who=who)).paragraphs[1]
    assert village.person(who).state is PersonState.ACTIVE


def test_there_is_nothing_to_erase_of_a_stranger_or_twice(village: Village) -> None:
    assert said(village, Erased(who="nobody")).title == "Her er intet om dig"
    said(village, Erased(who="L0"))
    assert said(village, Erased(who="L0")).title == "Her er intet om dig"


@pytest.mark.parametrize(
    "action",
    [ReplyFormWanted, MyRepliesWanted, PauseFormWanted, Left],
)
def test_the_buttons_of_old_messages_answer_who_is_erased_in_plain_words(village: Village, one: Round, action: type[Action]) -> None:
    said(village, Erased(who="L0"))
    assert said(village, action(who="L0")).paragraphs == (say("da", "refused.not_in_dialogue"),)


def test_a_form_that_was_open_when_one_was_erased_is_not_kept(village: Village, one: Round) -> None:
    said(village, Erased(who="L0"))
    refused = act(village, Replied(who="L0", round=one.id, text="sendt for sent"))
    assert refused == FormErrors(language=Language.DA, errors={"text": say("da", "refused.not_in_dialogue")})
    assert village.count(Reply) == 0


def test_the_page_and_a_typed_message_tell_who_is_erased_that_they_are_and_how_to_come_back(village: Village) -> None:
    said(village, Erased(who="L0"))
    assert (home(village).paragraphs, home(village).choices) == ((say("da", "home.erased"),), (HomeChoice.COME_BACK,))
    typed = act(village, TypedDirectly(who="L0", event="Ev1"))
    assert isinstance(typed, Home)
    assert typed.paragraphs[1:] == home(village).paragraphs


def test_coming_back_is_asked_of_the_lists_at_once(village: Village) -> None:
    loaded = village.session.get_one(LoadedProgramme, PROGRAMME.id)
    said(village, Erased(who="L0"))
    village.read(lists(), NEXT_DAY)
    loaded.synchronised_at = NEXT_DAY
    assert "som var du ny" in said(village, CameBack(who="L0")).paragraphs[0]
    village.session.refresh(loaded)
    assert loaded.synchronised_at is None
    village.read(lists(), NEXT_DAY)
    people.queue_welcomes(village.session, NEXT_DAY, PROGRAMME, at(NEXT_DAY))
    assert [each.address for each in village.messages(MessageKind.WELCOME)] == ["L0"]
    assert village.person("L0").invited_at == NEXT_DAY > BEFORE


def test_an_organiser_who_was_erased_and_takes_part_again_comes_back_too(village: Village) -> None:
    said(village, Erased(who="O0"))
    rosters = changed(lists(organisers=0), Role.LEADER, [*lists()[Role.LEADER].found, found("O0")])
    village.read(changed(rosters, Role.ORGANISER, [found("O9")]), NEXT_DAY)
    assert home(village, "O0").choices == (HomeChoice.COME_BACK,)
    said(village, CameBack(who="O0"))
    village.read(changed(rosters, Role.ORGANISER, [found("O9")]), NEXT_DAY)
    back = village.session.query(Person).filter_by(address="O0").one()
    assert (back.role, back.state) == (Role.LEADER, PersonState.INVITED)
