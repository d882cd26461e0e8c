"""Can a person see what is kept about them, take it back and have it deleted, all of it in chat?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.models import MessageKind, MessageState, Person
from tests.walks.hamlet import PARTICIPANTS, Hamlet, buttons

if TYPE_CHECKING:
    from bot.workspace.state.open_views import View

WORDS = "vi fandt vej gennem skoven sammen"


def press(hamlet: Hamlet, person: str, action: str) -> str:
    """Press a button in the open window, else in the newest message that has it; what the window then says."""
    chat = hamlet.local_bot.chat
    view = chat.view(person)
    pressed = chat.press(person, action, view_id=view.id if view else None)
    assert pressed.ok, pressed.error
    return hamlet.window(person)


def choices(view: View | None) -> list[str]:
    assert view is not None
    return [each["action_id"] for block in view.blocks if block["type"] == "actions" for each in block["elements"]]


def test_from_seeing_everything_to_being_nobody_and_back_again(hamlet: Hamlet) -> None:
    anna, chat = hamlet.leaders[0], hamlet.local_bot.chat
    hamlet.play("2018-10-09 10:40")
    welcome = hamlet.messages(anna)[0]
    assert buttons(welcome) == ["leave", "pause", "my_data", "erase"]
    assert "kan i nogle tilfælde hente direkte beskeder ud" in welcome.text
    assert "Om legal_basis." in welcome.text
    assert hamlet.reply(anna, WORDS, "quote").ok
    chat.dismiss(anna)

    assert WORDS in press(hamlet, anna, "my_replies")
    assert "Du bliver ikke citeret" in press(hamlet, anna, "withdraw_quote")
    chat.dismiss(anna)
    everything = press(hamlet, anna, "my_data")
    for own in (anna, WORDS, "Rolle: leder", "9. oktober 2018 kl. 09.30: spørgsmål om »Retning«"):
        assert own in everything
    assert "må citeres" not in everything
    assert "Alt om dig er slettet" in press(hamlet, anna, "erase")
    chat.dismiss(anna)

    before = len(hamlet.messages(anna))
    hamlet.play("2018-10-23 10:40")  # the lists have been read many times, and the next question has been asked
    assert len(hamlet.messages(anna)) == before
    assert all(len(hamlet.questions(each)) >= 2 for each in hamlet.participants if each != anna)
    with hamlet.local_bot.database.look() as session:
        assert len(session.scalars(select(Person).where(Person.role.in_(("leader", "employee_rep")))).all()) == PARTICIPANTS - 1

    assert "Du er ikke med i dialogen lige nu" in press(hamlet, anna, "answer")
    chat.dismiss(anna)
    chat.open_home(anna)
    assert choices(chat.home(anna)) == ["come_back"]
    home = chat.home(anna)
    assert home is not None
    assert "som var du ny" in (chat.press(anna, "come_back", view_id=home.id) and hamlet.window(anna))
    chat.dismiss(anna)
    hamlet.play("2018-10-24 10:00")
    assert buttons(hamlet.messages(anna)[-1]) == ["leave", "pause", "my_data", "erase"]
    assert {each.state for each in hamlet.outbox(MessageKind.WELCOME)} == {MessageState.SENT}


def test_everything_is_offered_on_ones_own_page(hamlet: Hamlet) -> None:
    anna, organiser, chat = hamlet.leaders[0], hamlet.organiser, hamlet.local_bot.chat
    hamlet.play("2018-10-09 10:40")
    chat.open_home(anna)
    assert choices(chat.home(anna)) == ["answer", "pause", "leave", "my_data", "erase"]
    chat.open_home(organiser)
    assert choices(chat.home(organiser)) == ["my_data", "erase"]
    home = chat.home(organiser)
    assert home is not None
    assert chat.press(organiser, "erase", view_id=home.id).ok
    assert "gjort i det åbne" in hamlet.window(organiser)
    hamlet.play("2018-10-12 10:05")
    assert chat.press(organiser, "approve", channel="C0ORGANISERS").ok


def test_of_what_passed_to_and_fro_no_log_line_and_no_message_holds_a_word(hamlet: Hamlet) -> None:
    """Answers are shown in windows only: nothing of them is ever posted."""
    anna = hamlet.leaders[0]
    hamlet.play("2018-10-09 10:40")
    assert hamlet.reply(anna, WORDS).ok
    hamlet.local_bot.chat.dismiss(anna)
    for action in ("my_replies", "my_data", "erase"):
        press(hamlet, anna, action)
        if action != "my_data":
            hamlet.local_bot.chat.dismiss(anna)
    assert WORDS not in "".join(hamlet.texts(anna)) + str([said.blocks for said in hamlet.messages(anna)])
