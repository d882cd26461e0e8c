"""Counts what a participant on a phone reads and presses from the welcome to a first answer.

Read is all that Randers' bot shows on the way: the welcome, the question, the form. Pressed is what stands on the way to the thanks.
"""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from bot.models import Authorship, Person
from bot.programme import Language
from schedules.programme_file import load_file
from tests.support.running_world import RunningWorld, running_world, words

if TYPE_CHECKING:
    from collections.abc import Iterator

RANDERS = Path(__file__).parents[2] / "schedules" / "randers-2018.yaml"
WORDS_A_MINUTE, MOST_SECONDS = 200, 90
WORDS_ON_A_SCREEN = 120  # what fits on a screen of 390 by 844


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    """Randers' programme as it stands in the repository, an hour after its first question."""
    folder = tmp_path_factory.mktemp("randers")
    (folder / "schedules").mkdir()
    shutil.copy(RANDERS, folder / "schedules")
    with running_world(folder) as world:
        world.play("2018-08-21 10:40")
        yield world


def seen(shown: Any) -> Any:
    """What is seen before a button asks anything back."""
    if isinstance(shown, dict):
        return {name: seen(value) for name, value in shown.items() if name != "confirm"}
    return [seen(element) for element in shown] if isinstance(shown, list) else shown


def count(*texts: str) -> int:
    return len(" ".join(texts).split())


@pytest.mark.parametrize(("language", "thanks"), [(Language.DA, "Tak for dit svar"), (Language.EN, "Thank you")])
def test_the_first_answer_takes_two_presses_and_a_minute_and_a_half_at_most(world: RunningWorld, language: Language, thanks: str) -> None:
    who = next(address for address in world.participants if world.person(address).language == language)
    chat = world.local_bot.chat
    welcome, question = world.messages(who)
    words_of_welcome = count(*words(seen(welcome.blocks)))
    read = words_of_welcome + count(*words(seen(question.blocks)))

    presses = [chat.press(who, "answer")]
    assert question.blocks == seen(question.blocks)  # it asks nothing back: that would be one more
    form = world.view(who)
    read += count(form.title, form.submit or "", form.close or "", *words(seen(form.blocks)))
    presses.append(world.fill(who, plain_text_input="Vi spurgte først."))
    assert ([press.ok for press in presses], world.view(who).title) == ([True, True], thanks)
    chat.dismiss(who)
    with world.local_bot.database.look() as session:
        assert session.scalar(select(Authorship.reply_id).join(Person).where(Person.address == who)) is not None
    assert words_of_welcome <= WORDS_ON_A_SCREEN
    assert read / WORDS_A_MINUTE * 60 <= MOST_SECONDS


def test_what_randers_participants_have_a_right_to_know_is_one_press_away_and_whole_wherever_it_is_said(world: RunningWorld) -> None:
    """In the welcome's text, for who does not see it; behind *Læs mere*; under *Alt om mig*."""
    who, chat = world.leaders[0], world.local_bot.chat
    programme, language = load_file(RANDERS), world.person(who).language
    items = [getattr(programme.information, field.name).in_(language) for field in fields(programme.information)]
    places = [world.messages(who)[0].text]
    for action in ("read_more", "my_data"):
        assert chat.press(who, action, ts=world.messages(who)[0].ts).ok
        places.append(world.window(who))
        chat.dismiss(who)
    assert [item for item in items for place in places if item not in place] == []
