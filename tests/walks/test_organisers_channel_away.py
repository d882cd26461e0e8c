"""The dialogue goes on while the organisers' channel cannot be written to for some hours.

What waits for their press must be there when it is back.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.workspace.client.admin import change_channel
from tests.support.command_line import run_command
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import QUOTED, RunningWorld, asked_world, buttons

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY_OF_WORLD = base64.urlsafe_b64encode(hashlib.sha256(b"rehearsal 1").digest()).decode()  # made from its seed
LOST = ["archived", "app removed"]
SUBJECTS = ["mødet", "planen", "vagten", "huset", "skoven", "vejen", "dagen", "ugen", "opgaven", "skemaet", "kalenderen", "frokosten"]


def lose_channel(world: RunningWorld, how: str) -> Callable[[], object]:
    """Take the organisers' channel away; gives the way back to it."""
    chat = world.local_bot.chat
    channel = chat.state.channels[ORGANISERS_CHANNEL]
    others = tuple(member for member in channel.members if member != "U0BOT")
    change_channel(chat, replace(channel, is_archived=how == "archived", members=others))
    return lambda: change_channel(chat, channel)


def everybody_answers(world: RunningWorld, *marks: str) -> None:
    """Each something else, so that there is something to choose among."""
    for number, person in enumerate(world.participants):
        subject, how = SUBJECTS[number % 12], "mere" if number < 12 else "mindre"
        assert world.reply(person, f"Vi skal tale {how} sammen om {subject}, før vi begynder", *marks).ok


def button_stands_there(world: RunningWorld, action: str) -> bool:
    return any(action in buttons(post) for post in world.posts(ORGANISERS_CHANNEL))


@pytest.mark.parametrize("how", LOST)
def test_the_draft_can_be_approved_once_the_channel_is_back(tmp_path: Path, how: str) -> None:
    with asked_world(tmp_path) as world:
        everybody_answers(world)
        world.play("2018-10-12 09:55")
        give_back = lose_channel(world, how)
        world.play("2018-10-12 13:00")
        give_back()
        world.play("2018-10-17 12:00")
        assert button_stands_there(world, "approve")


def test_once_the_digest_is_posted_no_message_about_it_has_a_button_left(tmp_path: Path) -> None:
    with asked_world(tmp_path) as world:
        everybody_answers(world, "quote")
        world.play("2018-10-16 08:00")
        shown = [post for post in world.posts(ORGANISERS_CHANNEL) if "approve" in buttons(post)]
        assert [post.text.startswith("Overblik nr. 1 for uge 41 er ikke sendt") for post in shown] == [False, True, True, True]
        world.approve()
        world.play("2018-10-16 08:10")
        assert "Overblik nr. 1" in world.posts(DIGEST_CHANNEL)[-1].text
        assert [name for post in world.posts(ORGANISERS_CHANNEL) for name in buttons(post)] == []


def test_texts_to_be_quoted_can_be_reviewed_once_the_channel_is_back(tmp_path: Path) -> None:
    with asked_world(tmp_path, participants=QUOTED) as world:
        everybody_answers(world, "quote")
        world.play("2018-10-12 09:55")
        give_back = lose_channel(world, "archived")
        world.play("2018-10-12 13:00")
        give_back()
        world.play("2018-10-17 12:00")
        assert button_stands_there(world, "quote_review")


def test_a_political_answer_can_be_released_once_the_channel_is_back(tmp_path: Path) -> None:
    with asked_world(tmp_path) as world:
        everybody_answers(world)
        world.play("2018-10-12 10:01")
        world.approve()
        world.play("2018-10-12 14:01")
        give_back = lose_channel(world, "archived")
        assert world.local_bot.chat.press(world.politician, "respond", channel=DIGEST_CHANNEL).ok
        assert world.fill(world.politician, plain_text_input="Vi går med.", radio_buttons="free_text").ok
        world.player.settle()
        world.play("2018-10-12 17:00")
        give_back()
        world.play("2018-10-17 12:00")
        assert button_stands_there(world, "release")


def test_while_their_channel_is_away_the_digest_can_be_approved_on_the_machine_where_the_bot_runs(tmp_path: Path) -> None:
    with asked_world(tmp_path) as world:
        everybody_answers(world)
        world.play("2018-10-12 09:55")
        lose_channel(world, "archived")
        world.play("2018-10-12 13:00")
        settings = {"DATABASE_URL": str(world.local_bot.database.url), "EFTERTANKE_KEY": KEY_OF_WORLD}
        approved = run_command(tmp_path, "digest", "approve", "1", **settings)
        assert (approved.returncode, approved.stderr) == (0, "")
        world.play("2018-10-12 14:01")
        assert "Overblik nr. 1" in world.posts(DIGEST_CHANNEL)[-1].text


@pytest.mark.parametrize("how", LOST)
def test_each_organiser_hears_that_their_channel_takes_nothing_and_that_it_does_again(tmp_path: Path, how: str) -> None:
    with asked_world(tmp_path) as world:
        everybody_answers(world)
        world.play("2018-10-12 09:55")
        give_back = lose_channel(world, how)
        world.play("2018-10-12 10:50")
        at_once = len(world.texts(world.organiser))
        assert at_once == (how == "archived"), "of that the platform tells by itself"
        world.play("2018-10-12 13:00")
        assert ["digest approve 1" in text for text in world.texts(world.organiser)[at_once:]] == [True]
        give_back()
        world.play("2018-10-12 13:30")
        assert [text.startswith("Nu kan jeg skrive i jeres kanal") for text in world.texts(world.organiser)[at_once:]] == [False, True]
