"""At a season's end people are thanked, and open what came of it, their own book and all about them from there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.dialogue.season.thanks import queue_thanks
from bot.models import Round
from schedules import jobs
from tests.support.log_stream import log_stream
from tests.support.running_world import RunningWorld, buttons

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

pytestmark = pytest.mark.asked
WORDS = "vi fandt vej gennem skoven sammen"


@pytest.fixture(autouse=True)
def _end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The season of this world goes on, and its thanks come all the same."""
    monkeypatch.setattr(jobs, "take_back_thanks", lambda *_: None)


def thank(world: RunningWorld) -> None:
    def put(session: Session) -> None:
        last = session.scalars(select(Round).order_by(Round.closes_at.desc()).limit(1)).one()
        queue_thanks(session, world.local_bot.clock.now(), world.local_bot.programme(), last)

    for _ in range(2):
        world.local_bot.database.write(put)
        world.player.settle()


def test_the_thanks_open_what_came_of_it_ones_own_book_and_all_about_oneself(world: RunningWorld) -> None:
    anna, chat = world.leaders[0], world.local_bot.chat
    assert world.reply(anna, WORDS).ok
    chat.dismiss(anna)
    with log_stream() as log:
        thank(world)
        assert ["my_book" in buttons(said) for person in world.participants for said in world.messages(person)[-2:]] == [False, True] * 24
        assert "Tak, fordi du tænkte med" in world.texts(anna)[-1]
        assert buttons(world.messages(anna)[-1]) == ["ledger", "my_book", "my_data"]
        assert chat.press(anna, "ledger").ok
        assert "Det kom der ud af det" in world.window(anna)
        chat.dismiss(anna)
        assert chat.press(anna, "my_book").ok
        assert WORDS in world.window(anna)
        assert "action_id" not in json.dumps(world.view(anna).blocks)
        chat.dismiss(anna)
        assert chat.press(anna, "my_data").ok
        assert "tak for denne gang" in world.window(anna)
    assert WORDS not in " ".join([*world.texts(anna), log.getvalue()])


def test_whoever_leaves_after_the_thanks_reads_their_book_and_whoever_left_before_is_not_thanked(world: RunningWorld) -> None:
    anna, bo, chat = *world.leaders[:2], world.local_bot.chat
    for person in (anna, bo):
        assert world.reply(person, WORDS).ok
        chat.dismiss(person)
    assert chat.press(bo, "leave").ok
    before = len(world.messages(bo))
    chat.dismiss(bo)
    thank(world)
    assert len(world.messages(bo)) == before
    assert chat.press(anna, "leave").ok
    chat.dismiss(anna)
    assert chat.press(anna, "my_book").ok
    assert WORDS in world.window(anna)


def test_in_the_middle_of_the_season_the_book_opens_from_where_ones_answers_are_looked_at(world: RunningWorld) -> None:
    anna, chat = world.leaders[0], world.local_bot.chat
    assert world.reply(anna, WORDS).ok
    chat.dismiss(anna)
    assert chat.press(anna, "my_replies").ok
    assert chat.press(anna, "my_book", view_id=world.view(anna).id).ok
    assert world.view(anna).title == "Min bog"
    assert WORDS in world.window(anna)
