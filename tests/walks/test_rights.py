"""A person can see, take back and delete what is kept about them, all of it in chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.models import MessageKind, MessageState, Person
from tests.support.log_stream import log_stream
from tests.support.running_world import QUOTED, RunningWorld, buttons

if TYPE_CHECKING:
    from bot.workspace.state.open_views import View

WORDS = "vi fandt vej gennem skoven sammen"


def press(world: RunningWorld, person: str, action: str) -> str:
    """Press a button in the open window, else in the newest message that has it; what the window then says."""
    chat = world.local_bot.chat
    view = chat.view(person)
    pressed = chat.press(person, action, view_id=view.id if view else None)
    assert pressed.ok, pressed.error
    return world.window(person)


def choices(view: View | None) -> list[str]:
    assert view is not None
    return [element["action_id"] for block in view.blocks if block["type"] == "actions" for element in block["elements"]]


@pytest.mark.asked(participants=QUOTED)
def test_from_seeing_everything_to_being_nobody_and_back_again(world: RunningWorld) -> None:
    anna, chat = world.leaders[0], world.local_bot.chat
    welcome = world.messages(anna)[0]
    assert buttons(welcome) == ["leave", "pause", "my_data", "read_more"]
    assert "kan i nogle tilfælde læse direkte beskeder" in welcome.text
    assert "Om legal_basis." in welcome.text
    assert world.reply(anna, WORDS, "quote").ok
    chat.dismiss(anna)

    assert WORDS in press(world, anna, "my_replies")
    assert "Du bliver ikke citeret" in press(world, anna, "withdraw_quote")
    chat.dismiss(anna)
    everything = press(world, anna, "my_data")
    for own in (anna, WORDS, "Rolle: leder", "9. oktober 2018 kl. 09.30: spørgsmål, »Retning«"):
        assert own in everything
    assert "må citeres" not in everything
    assert "Alt om dig er slettet" in press(world, anna, "erase")
    chat.dismiss(anna)

    before = len(world.messages(anna))
    world.play("2018-10-23 10:40")  # the lists have been read many times, and the next question has been asked
    assert len(world.messages(anna)) == before
    assert all(len(world.questions(participant)) >= 2 for participant in world.participants if participant != anna)
    with world.local_bot.database.look() as session:
        assert len(session.scalars(select(Person).where(Person.role.in_(("leader", "employee_rep")))).all()) == QUOTED - 1

    assert "Du er ikke med i dialogen lige nu" in press(world, anna, "answer")
    chat.dismiss(anna)
    chat.open_home(anna)
    assert choices(chat.home(anna)) == ["come_back"]
    home = chat.home(anna)
    assert home is not None
    assert "som om du var ny" in (chat.press(anna, "come_back", view_id=home.id) and world.window(anna))
    chat.dismiss(anna)
    world.play("2018-10-24 10:00")
    assert buttons(world.messages(anna)[-1]) == ["leave", "pause", "my_data", "read_more"]
    assert {message.state for message in world.outbox(MessageKind.WELCOME)} == {MessageState.SENT}


@pytest.mark.asked
def test_everything_is_offered_on_ones_own_page(world: RunningWorld) -> None:
    anna, organiser, chat = world.leaders[0], world.organiser, world.local_bot.chat
    chat.open_home(anna)
    assert choices(chat.home(anna)) == ["answer", "pause", "leave", "my_data", "ask_at"]
    chat.open_home(organiser)
    assert choices(chat.home(organiser)) == ["move_question", "skip_week", "pause_for_all", "my_data"]
    home = chat.home(organiser)
    assert home is not None
    assert chat.press(organiser, "my_data", view_id=home.id).ok
    assert "gjort i det åbne" in press(world, organiser, "erase")
    world.play("2018-10-12 10:05")
    world.see_and_approve(organiser)


def test_of_what_passed_to_and_fro_no_log_line_and_no_message_holds_a_word(world: RunningWorld) -> None:
    """Answers are shown in windows only: nothing of them is ever posted. Nor does the log name anybody, by an id or otherwise."""
    anna = world.leaders[0]
    faults = world.local_bot.workspace.faults
    with log_stream() as log:
        faults.refuse("chat.postMessage", "a_code_of_next_year", times=3)
        world.play("2018-10-09 10:40")
        assert world.reply(anna, WORDS).ok
        world.local_bot.chat.dismiss(anna)
        for action in ("my_replies", "read_more", "my_data", "erase"):  # the last stands in the window of the one before
            press(world, anna, action)
            if action != "my_data":
                world.local_bot.chat.dismiss(anna)
        faults.refuse("views.open", "internal_error", times=9)
        world.local_bot.chat.press(world.leaders[1], "my_data")
    assert WORDS not in "".join(world.texts(anna)) + str([said.blocks for said in world.messages(anna)])
    logged = log.getvalue()
    assert "an answer was not shown" in logged, logged
    named = [name for member in world.local_bot.chat.members() for name in (member.id, member.name, member.email)]
    assert [secret for secret in (WORDS, *named) if secret in logged] == []
