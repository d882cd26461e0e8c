"""What if the organisers' channel cannot be written to for some hours? What waits for their press must be there when it is back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.workspace.client.admin import change_channel
from tests.walks.hamlet import DIGEST_CHANNEL, ORGANISERS_CHANNEL, Hamlet, buttons, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GIVEN_UP = pytest.mark.xfail(raises=AssertionError, reason="what must reach the organisers is given up, and no alarm carries its button")
LOST = ["nothing", pytest.param("archived", marks=GIVEN_UP), pytest.param("app removed", marks=GIVEN_UP)]  # nothing: the control
SUBJECTS = ["mødet", "planen", "vagten", "huset", "skoven", "vejen", "dagen", "ugen", "opgaven", "skemaet", "kalenderen", "frokosten"]


def lose_channel(hamlet: Hamlet, how: str) -> Callable[[], object]:
    """Take the organisers' channel away; gives the way back to it."""
    if how == "nothing":
        return lambda: None
    chat = hamlet.local_bot.chat
    channel = chat.state.channels[ORGANISERS_CHANNEL]
    others = tuple(member for member in channel.members if member != "U0BOT")
    change_channel(chat, replace(channel, is_archived=how == "archived", members=others))
    return lambda: change_channel(chat, channel)


def everybody_answers(hamlet: Hamlet, *marks: str) -> None:
    """Each something else, so that there is something to choose among."""
    hamlet.play("2018-10-09 10:40")
    for number, person in enumerate(hamlet.participants):
        subject, how = SUBJECTS[number % 12], "mere" if number < 12 else "mindre"
        assert hamlet.reply(person, f"Vi skal tale {how} sammen om {subject}, før vi begynder", *marks).ok


def button_stands_there(hamlet: Hamlet, action: str) -> bool:
    return any(action in buttons(post) for post in hamlet.posts(ORGANISERS_CHANNEL))


@pytest.mark.parametrize("how", LOST)
def test_the_draft_can_be_approved_once_the_channel_is_back(tmp_path: Path, how: str) -> None:
    with opened(tmp_path) as hamlet:
        everybody_answers(hamlet)
        hamlet.play("2018-10-12 09:55")
        give_back = lose_channel(hamlet, how)
        hamlet.play("2018-10-12 13:00")
        give_back()
        hamlet.play("2018-10-17 12:00")
        assert button_stands_there(hamlet, "approve")


@pytest.mark.parametrize("how", LOST)
def test_texts_to_be_quoted_can_be_reviewed_once_the_channel_is_back(tmp_path: Path, how: str) -> None:
    with opened(tmp_path) as hamlet:
        everybody_answers(hamlet, "quote")
        hamlet.play("2018-10-12 09:55")
        give_back = lose_channel(hamlet, how)
        hamlet.play("2018-10-12 13:00")
        give_back()
        hamlet.play("2018-10-17 12:00")
        assert button_stands_there(hamlet, "quote_review")


@pytest.mark.parametrize("how", LOST)
def test_a_political_answer_can_be_released_once_the_channel_is_back(tmp_path: Path, how: str) -> None:
    with opened(tmp_path) as hamlet:
        everybody_answers(hamlet)
        hamlet.play("2018-10-12 10:01")
        hamlet.approve()
        hamlet.play("2018-10-12 14:01")
        give_back = lose_channel(hamlet, how)
        assert hamlet.local_bot.chat.press(hamlet.politician, "respond", channel=DIGEST_CHANNEL).ok
        assert hamlet.fill(hamlet.politician, plain_text_input="Vi går med.", radio_buttons="free_text").ok
        hamlet.player.settle()
        hamlet.play("2018-10-12 17:00")
        give_back()
        hamlet.play("2018-10-17 12:00")
        assert button_stands_there(hamlet, "release")
