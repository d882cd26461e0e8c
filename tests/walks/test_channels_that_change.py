"""The dialogue survives a channel that is archived, deleted, brought back or moved to another id."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.workspace.client.admin import change_channel, delete_channel, move_channel
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL

if TYPE_CHECKING:
    from tests.support.running_world import RunningWorld


def texts_in(world: RunningWorld, channel: str) -> str:
    return " ".join(post.text for post in world.posts(channel))


@pytest.mark.asked
def test_organisers_are_told_at_once_that_the_digests_channel_is_archived_or_moved(world: RunningWorld) -> None:
    chat = world.local_bot.chat
    channel = chat.state.channels[DIGEST_CHANNEL]
    assert all(ack.ok for ack in change_channel(chat, replace(channel, is_archived=True, name="andet navn")))
    world.player.settle()
    assert texts_in(world, ORGANISERS_CHANNEL).count("er blevet arkiveret") == 1
    assert all(ack.ok for ack in change_channel(chat, channel))
    assert move_channel(chat, DIGEST_CHANNEL, "C0MOVED").ok
    world.player.settle()
    assert f"Skriv C0MOVED i stedet for {DIGEST_CHANNEL}" in texts_in(world, ORGANISERS_CHANNEL)
    assert delete_channel(chat, "C0MOVED").ok


@pytest.mark.asked
def test_an_organiser_hears_directly_that_their_channel_is_archived(world: RunningWorld) -> None:
    chat = world.local_bot.chat
    change_channel(chat, replace(chat.state.channels[ORGANISERS_CHANNEL], is_archived=True))
    world.player.settle()
    assert any("Kanalen til organisatorerne er blevet arkiveret" in text for text in world.texts(world.organiser))
