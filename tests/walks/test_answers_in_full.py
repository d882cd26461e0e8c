"""A participant can read every word of the released political answers, however many came at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import asked_world, buttons

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.running_world import RunningWorld


def release_answers(world: RunningWorld, texts: list[str]) -> None:
    """Let politicians give these answers to the first digest, and an organiser release them; the next question brings them."""
    world.everyone_replies()
    world.play("2018-10-12 10:01")
    world.approve()
    world.play("2018-10-12 14:01")
    chat = world.local_bot.chat
    politicians = [member.id for member in chat.members() if member.title == "politiker"]
    for number, text in enumerate(texts):
        politician = politicians[number % len(politicians)]
        assert chat.press(politician, "respond", channel=DIGEST_CHANNEL).ok
        assert world.fill(politician, plain_text_input=text, radio_buttons="free_text").ok
        world.player.settle()
    for post in world.posts(ORGANISERS_CHANNEL):
        if "release" in buttons(post):
            assert chat.press(world.organiser, "release", channel=ORGANISERS_CHANNEL, ts=post.ts).ok
            world.player.settle()
    world.play("2018-10-23 10:40")


def test_a_participant_can_read_every_word_of_what_was_released(tmp_path: Path) -> None:
    texts = [f"Svar {number}: " + "Vi har drøftet spørgsmålet grundigt i udvalget. " * 58 + f"slutord{number}" for number in range(3)]
    with asked_world(tmp_path) as world:
        release_answers(world, texts)
        read = " ".join(world.texts(world.leaders[0]))
        assert all(f"slutord{number}" in read for number in range(3))
        newest = world.messages(world.leaders[0])[-1]
        assert all(f"slutord{number}" in str(newest.blocks) for number in range(3)), "who sees it sees it whole too"
        assert "whole_answers" not in buttons(newest)


def test_what_a_message_has_no_room_for_opens_whole_in_a_window(tmp_path: Path) -> None:
    texts = [f"Svar {number}: " + "Vi har drøftet <sagen> & budgettet i udvalget. " * 58 + f"slutord{number}" for number in range(5)]
    with asked_world(tmp_path) as world:
        release_answers(world, [*texts, "Et kort svar, som står helt."])
        chat, person = world.local_bot.chat, world.leaders[0]
        newest = world.messages(person)[-1]
        assert "Et kort svar, som står helt." in str(newest.blocks)
        opening = [
            button["value"] for block in newest.blocks for button in block.get("elements", ()) if button.get("action_id") == "whole_answers"
        ]
        assert len(opening) == 5
        for number, value in enumerate(opening):
            assert f"slutord{number}" not in str(newest.blocks)
            assert chat.press(person, "whole_answers", ts=newest.ts, value=value).ok
            assert texts[number] in world.window(person).replace("\n", " ")
        assert chat.press(world.organiser, "whole_answers", ts=newest.ts, value=opening[0]).ok is False, "it is not their message"
