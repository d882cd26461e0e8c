"""Somebody who pressed one button is asked at noon from then on, and nobody else is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.running_world import buttons

if TYPE_CHECKING:
    from tests.support.running_world import RunningWorld


@pytest.mark.asked
def test_one_press_in_the_message_moves_the_next_question_to_noon_and_one_more_moves_it_back(world: RunningWorld) -> None:
    anna, bo, carla, chat = *world.leaders[:3], world.local_bot.chat
    assert buttons(world.messages(anna)[-1]) == ["answer", "ask_at", "my_replies", "pause"]
    for person in (anna, carla):
        assert chat.press(person, "ask_at").ok
        assert "Fra næste spørgsmål spørger jeg dig kl. 12.00." in world.window(person)
    assert chat.press(carla, "ask_as_planned", view_id=world.view(carla).id).ok
    assert "Fra næste spørgsmål spørger jeg dig igen kl. 09.30." in world.window(carla)
    for person in (anna, carla):
        chat.dismiss(person)
    assert chat.press(world.politician, "ask_at").ok is False  # there is no such button for them
    world.play("2018-10-23 11:59")
    assert [len(world.questions(person)) for person in (anna, bo, carla)] == [2, 3, 3]  # with the reminder of the first
    world.play("2018-10-23 12:05")
    assert [len(world.questions(person)) for person in (anna, bo, carla)] == [3, 3, 3]
    assert buttons(world.messages(anna)[-1]) == ["answer", "my_replies", "pause"]
    chat.open_home(anna)
    home = chat.home(anna)
    assert home is not None
    assert chat.press(anna, "ask_as_planned", view_id=home.id).ok
