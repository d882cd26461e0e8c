"""The client counts what is typed as it counts what it shows."""

from __future__ import annotations

from bot.workspace.state.forms import complaints


def test_an_emoji_takes_two_of_the_characters_that_a_field_has() -> None:
    element = {"type": "plain_text_input", "action_id": "text", "max_length": 4}
    block = {"type": "input", "block_id": "text", "element": element}
    assert [complaints([block], {"text": {"text": typed}}) for typed in ("😀😀", "abcd")] == [{}, {}]
    assert complaints([block], {"text": {"text": "😀😀a"}}) == {"text": "Please use at most 4 characters."}
