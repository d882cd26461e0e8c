"""A reply with signs, links and emoji stands everywhere as its author typed it."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from tests.support.running_world import asked_world

if TYPE_CHECKING:
    from pathlib import Path

SENT = "A & B <3 :smile: :+1::skin-tone-3: :teamkage: &amp; kl. 12:30:45"
SEEN = "A & B <3 😄 👍🏼 :teamkage: &amp; kl. 12:30:45"


def test_a_reply_with_signs_and_emoji_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    with asked_world(tmp_path) as world:
        chat, anna = world.local_bot.chat, world.participants[0]
        assert world.reply(anna, SENT).ok
        chat.dismiss(anna)
        assert chat.press(anna, "answer").ok
        assert world.view(anna).state["text"]["text"] == SEEN
        chat.dismiss(anna)
        for window in ("my_replies", "my_data"):
            assert chat.press(anna, window).ok
            assert SEEN in unescape(world.window(anna))
            chat.dismiss(anna)
