"""*Min bog* holds a person's own answers, the oldest first, to be copied, as long as they are tied to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import handlers
from bot.confidentiality.deletion import detaching
from bot.dialogue.data_rights.my_book import my_book
from bot.dialogue.rounds import replies
from bot.models import OutboxMessage, PersonState, Reply, Round
from bot.programme import Language, Role
from bot.seam.actions import HomeWanted, Left
from bot.seam.answers import Home, HomeChoice, Said
from bot.seam.reading_actions import MyBookWanted
from bot.seam.reading_answers import MyBook
from bot.wording import say
from tests.support.programme import PROGRAMME
from tests.support.world import CLOSES, DAY, OPENS, World, close_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LATER = OPENS + timedelta(hours=1)


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


def answer(world: World, round_: Round, text: str) -> None:
    replies.record(world.session, LATER, PROGRAMME, "L0", round_.id, text, wish=False, quote=False)


def book(world: World, who: str = "L0") -> MyBook:
    return my_book(world.session, LATER, world.programme, who)


def texts(world: World) -> list[str]:
    return [entry.text for entry in book(world).entries]


def test_answers_stand_week_by_week_below_theme_and_question(world: World, round_: Round) -> None:
    later = world.add_round(2, "time")
    world.answer(later, [world.person("L0")], texts=["Det andet"])
    answer(world, round_, "Det første")
    assert [(entry.heading, entry.ask, entry.text) for entry in book(world).entries] == [
        ("Uge 34: Tillid", "for-all, hvad?", "Det første"),
        ("Uge 35: Tid", "Hvad 0?", "Det andet"),
    ]


def test_it_says_until_when_they_are_there_and_whose_they_are(world: World, round_: Round) -> None:
    answer(world, round_, "Det første")
    (whose, until) = book(world).note.split("\n\n")
    assert whose == say("da", "book.note")
    assert until == say("da", "book.until", last="31. august")
    world.answer(world.add_round(2), [world.person("L0")])
    assert book(world).note.endswith(say("da", "book.until.each", first="31. august", last="7. september"))


def test_it_is_in_the_readers_language(world: World, round_: Round) -> None:
    answer(world, round_, "Det første")
    world.person("L0").language = Language.EN
    assert book(world).entries[0].heading == "Week 34: Trust"
    assert book(world).note.startswith(say("en", "book.note"))


def test_of_an_edited_answer_only_the_last_words_are_there(world: World, round_: Round) -> None:
    answer(world, round_, "Først sådan")
    answer(world, round_, "Så sådan")
    assert texts(world) == ["Så sådan"]


def test_a_deleted_answer_is_not_there(world: World, round_: Round) -> None:
    answer(world, round_, "Væk")
    replies.delete_my_reply(world.session, LATER, PROGRAMME, "L0", round_.id)
    assert (texts(world), book(world).note) == ([], say("da", "book.none"))


def test_what_is_detached_is_not_there(world: World, round_: Round) -> None:
    answer(world, round_, "Løsnet")
    world.answer(world.add_round(2), [world.person("L0")], texts=["Endnu min"])
    world.close(round_)
    detaching.detach(world.session, CLOSES + 7 * DAY, round_)
    assert texts(world) == ["Endnu min"]


def test_an_answer_whose_words_are_not_its_own_says_so(world: World, round_: Round) -> None:
    answer(world, round_, "Hele ord")
    (reply,) = world.session.query(Reply)
    reply.words = reply.words[:-4] + b"AAAA" if isinstance(reply.words, bytes) else "AAAA"
    world.session.flush()
    assert texts(world) == [say("da", "mine.unreadable")]


def test_nobody_reads_anothers(world: World, round_: Round) -> None:
    answer(world, round_, "Mit")
    assert book(world, "L1").entries == book(world, "P0").entries == ()


def test_whoever_left_may_still_read_theirs_and_finds_it_on_their_page(world: World, round_: Round) -> None:
    answer(world, round_, "Mit")
    handlers.answer(Left(who="L0"), world.session, LATER, PROGRAMME)
    assert world.person("L0").state is PersonState.LEFT
    shown = handlers.answer(MyBookWanted(who="L0"), world.session, LATER, PROGRAMME)
    assert isinstance(shown, MyBook)
    assert [entry.text for entry in shown.entries] == ["Mit"]
    assert HomeChoice.MY_BOOK in page(world, "L0").choices


def test_the_pages_of_politicians_and_organisers_and_of_who_has_not_answered_offer_none(world: World, round_: Round) -> None:
    answer(world, round_, "Mit")
    assert [HomeChoice.MY_BOOK in page(world, who).choices for who in ("L0", "L1", "P0", "O0")] == [True, False, False, False]


def page(world: World, who: str) -> Home:
    shown = handlers.answer(HomeWanted(who=who), world.session, LATER, PROGRAMME)
    assert isinstance(shown, Home)
    return shown


def test_a_stranger_is_told_that_they_are_not_in_the_dialogue(world: World) -> None:
    shown = handlers.answer(MyBookWanted(who="nobody"), world.session, LATER, PROGRAMME)
    assert isinstance(shown, Said)
    assert shown.is_refusal


def test_reading_it_puts_nothing_anywhere(world: World, round_: Round) -> None:
    answer(world, round_, "Mine ord")
    before = world.count(OutboxMessage)
    shown = handlers.answer(MyBookWanted(who="L0", start=1), world.session, close_of(1), PROGRAMME)
    assert isinstance(shown, MyBook)
    assert (shown.start, world.count(OutboxMessage), [*world.session.new, *world.session.dirty]) == (1, before, [])
    assert Role.LEADER is world.person("L0").role
