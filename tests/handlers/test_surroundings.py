"""The bot reacts when a channel changes or the app is removed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

import handlers
from bot.models import LoadedProgramme
from bot.seam.actions import AppRemoved, ChannelChange, ChannelChanged
from bot.seam.answers import Nothing
from handlers.programme_of_action import programme_of
from tests.support.programme import DIGEST_CHANNEL
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def archived(channel: str) -> ChannelChanged:
    return ChannelChanged(who="", channel=channel, change=ChannelChange.ARCHIVED, event="Ev1")


@pytest.mark.parametrize("is_list", [True, False])
def test_a_list_of_people_that_is_a_channel_is_read_again(world: World, *, is_list: bool) -> None:
    source = replace(world.programme.people.politicians, usergroup=None, file=None, channel="C0POLITICIANS")
    programme = replace(world.programme, people=replace(world.programme.people, politicians=source))
    loaded = world.session.get_one(LoadedProgramme, programme.id)
    loaded.synchronised_at = OPENS
    world.session.flush()
    answer = handlers.answer(archived("C0POLITICIANS" if is_list else "C0OTHER"), world.session, OPENS, programme)
    assert isinstance(answer, Nothing)
    world.session.refresh(loaded)
    assert (loaded.synchronised_at is None) is is_list


def test_a_channel_belongs_to_the_programme_that_writes_to_it(world: World) -> None:
    next_one = replace(world.programme, id="next", digest=replace(world.programme.digest, channel="C0NEXT"))
    running = [world.programme, next_one]
    assert programme_of(world.session, archived(DIGEST_CHANNEL), running) is world.programme
    assert programme_of(world.session, archived("C0NEXT"), running) is next_one


def test_that_the_app_was_removed_waits_for_the_organisers_and_is_logged_once(world: World) -> None:
    with capture_logs() as lines:
        for _ in range(2):
            assert isinstance(handlers.answer(AppRemoved(who=""), world.session, OPENS, world.programme), Nothing)
    assert world.message(f"app_removed:{OPENS.date()}").facts["say"] == "notice.app_removed"
    assert ["install it again" in line["event"] for line in lines] == [True]
