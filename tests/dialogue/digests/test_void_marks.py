"""Is whoever had marks before a backup was put back told what is true, once, in their own hours, and nobody else?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.confidentiality.deletion import detaching
from bot.dialogue import compose, people
from bot.dialogue.digests.void_marks import TEXT, tell_author, void_marks
from bot.dialogue.outbox import NotWanted, NotYet
from bot.dialogue.rounds import replies
from bot.models import MessageKind, PersonState, Reply
from bot.programme import Language
from bot.seam.meaning import Plain
from tests.support.programme import PROGRAMME
from tests.support.world import CLOSES, DAY, OPENS, World, close_of, post_of

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models import Round

LATER = OPENS + timedelta(hours=2)
NIGHT = OPENS + timedelta(hours=14)


@pytest.fixture
def round_(world: World) -> Round:
    """L0 has marked their answer as a quote, L1 theirs as a wish, L2 nothing."""
    world.populate()
    round_ = world.open_and_ask()
    for who, wish, quote in (("L0", False, True), ("L1", True, False), ("L2", False, False)):
        replies.record(world.session, LATER, PROGRAMME, who, round_.id, "et svar fra landsbyen", wish=wish, quote=quote)
    return round_


def said(world: World, now: datetime, who: str = "L0") -> Plain | NotWanted | NotYet:
    (message,) = [message for message in world.messages(MessageKind.MARKS_VOID) if message.address == who]
    meaning = compose.compose(world.session, now, PROGRAMME, message)
    assert isinstance(meaning, Plain | NotWanted | NotYet)
    return meaning


def words(world: World, now: datetime, who: str = "L0") -> str:
    meaning = said(world, now, who)
    assert isinstance(meaning, Plain)
    return " ".join(meaning.paragraphs)


def test_all_marks_of_a_week_that_was_not_posted_are_void_and_each_author_is_told_once(world: World, round_: Round) -> None:
    void_marks(world.session, LATER)
    void_marks(world.session, LATER)
    assert sorted(message.address for message in world.messages(MessageKind.MARKS_VOID)) == ["L0", "L1"]
    assert {(reply.quote, reply.wish, reply.cleared) for reply in world.session.scalars(select(Reply))} == {(False, False, None)}
    told = words(world, LATER)
    assert "Dit svar om »Tillid« står der stadig" in told
    assert "Du kan sætte dem igen under »Mine svar« indtil fredag" in told


def test_marks_of_a_week_that_was_posted_stay(world: World, round_: Round) -> None:
    world.close(round_)
    world.issue(1)
    void_marks(world.session, post_of(1))
    assert world.messages(MessageKind.MARKS_VOID) == []
    assert sorted((reply.quote, reply.wish) for reply in world.session.scalars(select(Reply))) == [
        (False, False),
        (False, True),
        (True, False),
    ]


def test_once_the_round_has_closed_nobody_is_told_to_set_them_again(world: World, round_: Round) -> None:
    void_marks(world.session, LATER)
    assert "kan ikke sættes igen" in words(world, CLOSES)


def test_of_a_text_that_is_lost_its_author_is_told_in_their_language(world: World, round_: Round) -> None:
    author = world.person("L2")
    author.language = Language.EN.value
    tell_author(world.session, LATER, author, round_.id, TEXT)
    replies.delete_my_reply(world.session, LATER, PROGRAMME, "L2", round_.id)
    assert "The old text is not used: it has been deleted. You can answer again" in words(world, LATER, "L2")
    assert "it cannot be answered again" in words(world, CLOSES, "L2")
    replies.record(world.session, LATER, PROGRAMME, "L2", round_.id, "et svar", wish=False, quote=False)
    assert isinstance(said(world, LATER, "L2"), NotWanted)


def test_who_marked_it_again_or_left_is_told_nothing_and_who_pauses_only_afterwards(world: World, round_: Round) -> None:
    void_marks(world.session, LATER)
    replies.record(world.session, LATER, PROGRAMME, "L1", round_.id, "et svar fra landsbyen", wish=True, quote=False)
    assert isinstance(said(world, LATER, "L1"), NotWanted)
    people.pause(world.session, LATER, world.person("L0"), date(2018, 8, 30))
    meaning = said(world, LATER)
    assert isinstance(meaning, NotYet)
    assert meaning.until > LATER + 8 * DAY
    world.person("L0").state = PersonState.LEFT
    assert isinstance(said(world, LATER), NotWanted)


def test_nobody_is_told_at_night(world: World, round_: Round) -> None:
    void_marks(world.session, NIGHT)
    assert isinstance(said(world, NIGHT), NotYet)


def test_who_had_marks_is_forgotten_at_detaching_at_the_latest(world: World, round_: Round) -> None:
    void_marks(world.session, LATER)
    world.close(round_)
    detaching.detach(world.session, close_of(1) + 7 * DAY, round_)
    assert world.messages(MessageKind.MARKS_VOID) == []
