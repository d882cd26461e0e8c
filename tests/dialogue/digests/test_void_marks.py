"""Authors whose marks a restored backup voided are told so once, in their own hours."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.confidentiality.deletion import detaching
from bot.confidentiality.deletion.expired_rows import delete_expired_rows
from bot.dialogue import compose, people
from bot.dialogue.digests.void_marks import TEXT, tell_author, void_marks
from bot.dialogue.outbox import NotWanted, NotYet
from bot.dialogue.rounds import replies
from bot.models import LoadedProgramme, MessageKind, PersonState, Reply
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
    world.populate(leaders=30)
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
    assert "Dit svar om »Tillid« er her stadig" in told
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


def test_of_two_weeks_only_the_one_that_was_posted_keeps_its_marks_and_a_drafted_one_is_none(world: World, round_: Round) -> None:
    world.close(round_)
    world.issue(1)
    drafted, open_ = world.add_round(2), world.add_round(3)
    marked = [*world.answer(drafted, [world.person("L0")], wishes=1, quote=True), *world.answer(open_, [world.person("L3")], quote=True)]
    world.draft(2)
    void_marks(world.session, close_of(2))
    assert [(reply.quote, reply.wish) for reply in map(partial(world.session.get_one, Reply), marked)] == [(False, False)] * 2
    assert sorted(message.address for message in world.messages(MessageKind.MARKS_VOID)) == ["L0", "L3"]
    world.answer(world.add_round(4), [world.person("L0")], quote=True)
    assert "Dit svar om »Tillid«" in words(world, close_of(2)), "whatever they have marked in another week"


def test_that_another_programmes_week_was_posted_keeps_no_mark(world: World, round_: Round) -> None:
    world.close(round_)
    digest = world.issue(1)
    world.session.add(LoadedProgramme(id="another", loaded_at=OPENS, checksum="", synchronised_at=None))
    world.session.flush()
    digest.programme = "another"
    void_marks(world.session, post_of(1))
    assert {(reply.quote, reply.wish) for reply in world.session.scalars(select(Reply))} == {(False, False)}


def test_what_waits_to_be_told_waits_and_goes_once_it_is_told(world: World, round_: Round) -> None:
    void_marks(world.session, NIGHT)
    delete_expired_rows(world.session, NIGHT + DAY)
    assert len(world.messages(MessageKind.MARKS_VOID)) == 2
    world.deliver(NIGHT + DAY, MessageKind.MARKS_VOID)
    delete_expired_rows(world.session, NIGHT + DAY)
    assert world.messages(MessageKind.MARKS_VOID) == []


def test_once_the_round_has_closed_nobody_is_told_to_set_them_again(world: World, round_: Round) -> None:
    void_marks(world.session, LATER)
    assert "kan ikke sættes igen" in words(world, CLOSES)


def test_of_a_text_that_is_lost_its_author_is_told_in_their_language(world: World, round_: Round) -> None:
    author = world.person("L2")
    author.language = Language.EN.value
    tell_author(world.session, LATER, author, round_.id, TEXT)
    replies.delete_my_reply(world.session, LATER, PROGRAMME, "L2", round_.id)
    assert "The old text is not used: it has been deleted. You can answer again" in words(world, LATER, "L2")
    assert "you cannot answer it again" in words(world, CLOSES, "L2")
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
