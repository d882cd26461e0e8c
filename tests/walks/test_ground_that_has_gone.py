"""When the database file goes nobody is thanked and nothing goes out, until it is back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.failures import DELIVERY
from bot.models import MessageKind
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.running_world import PARTICIPANTS, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.running_world import RunningWorld

pytestmark = pytest.mark.sqlite  # the file goes; a server that goes is in tests/chaos
OPEN, AFTER_REMINDER = "2018-10-09 10:40", "2018-10-11 13:05"
NOT_STORED = "Dit svar blev ikke gemt. Prøv igen om lidt – teksten står her endnu."
ANOTHER = "Er der lagt en anden i stedet, en kopi eller en sikkerhedskopi, skal jeg startes igen"
GONE, BACK = "ikke længere på sin plads", "er på sin plads igen"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RunningWorld]:
    with capture_logs(), running_world(tmp_path) as world:
        world.play(OPEN)
        yield world


def beat(world: RunningWorld) -> None:
    """Beat and deliver four times, as on Slack: whatever fails is noted, and tried again."""
    engine = world.local_bot.engine
    assert engine is not None
    for _ in range(4):
        engine.heartbeat.beat()
        with engine.failures.watch(DELIVERY):
            engine.delivery.deliver()


def posts(world: RunningWorld, words: str) -> int:
    return sum(words in said.text for said in world.posts(ORGANISERS_CHANNEL))


def test_nobody_is_thanked_and_organisers_hear_at_once_what_has_gone(world: RunningWorld) -> None:
    file, (anna, bo, *_) = world.folder / "data" / "local.sqlite", world.participants
    assert world.reply(anna, "Det står her endnu.").ok
    assert world.local_bot.chat.press(bo, "answer").ok  # the form is open
    shutil.copy(file, file.with_name("other.sqlite"))
    file.with_name("other.sqlite").replace(file)
    assert NOT_STORED in str(world.fill(bo, plain_text_input="Det skal ikke gå tabt."))
    before = {person: len(world.messages(person)) for person in world.participants}
    beat(world)
    assert (posts(world, GONE), posts(world, ANOTHER), posts(world, BACK)) == (1, 1, 0)
    assert {person: len(world.messages(person)) for person in world.participants} == before


def test_when_it_is_back_all_goes_on_by_itself_and_nobody_is_asked_twice(world: RunningWorld) -> None:
    file, (anna, bo, *_) = world.folder / "data" / "local.sqlite", world.participants
    assert world.reply(anna, "Det står her endnu.").ok
    world.local_bot.chat.dismiss(anna)
    file.rename(file.with_name("away.sqlite"))
    assert not world.local_bot.chat.press(bo, "answer").ok or "Det gik ikke" in world.window(bo)
    beat(world)
    file.with_name("away.sqlite").rename(file)
    beat(world)
    world.play(AFTER_REMINDER)
    assert (posts(world, GONE), posts(world, BACK)) == (1, 1)
    assert world.reply(bo, "Nu går det.").ok
    assert [len(world.questions(person)) for person in world.participants] == [1, *[2] * (PARTICIPANTS - 1)]  # one reminder, not to Anna
    assert len(world.outbox(MessageKind.QUESTION)) == PARTICIPANTS
