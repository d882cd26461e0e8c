"""A pause for all in the middle of a fan-out lets nothing more out, not even what was claimed already."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.app.dialogue_hooks import hooks_for
from bot.dialogue.planning import pause_for_all
from bot.models import MessageKind, MessageState
from tests.support.database import messages_in, second_process, unit_of_work
from tests.support.delivery_world import DeliveryWorld
from tests.support.programme import PROGRAMME
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database

HOUR = timedelta(hours=1)
PEOPLE = 24


@pytest.fixture
def asking(database: Database) -> DeliveryWorld:
    """A question to all is about to go out."""
    with unit_of_work(database) as session:
        World(session).populate().open()
    world = DeliveryWorld(database)
    world.delivery._hooks = hooks_for(lambda _: PROGRAMME)
    return world


def press(database: Database, world: DeliveryWorld) -> None:
    """An organiser pauses everything, in another process."""
    with second_process(database) as other, unit_of_work(other) as session:
        pause_for_all.pause(session, world.clock.now(), PROGRAMME, "O0", "Valg")


def go_on(database: Database, world: DeliveryWorld) -> None:
    """An organiser goes on."""
    with unit_of_work(database) as session:
        pause_for_all.end(session, world.clock.now(), PROGRAMME, "O0")


def states(database: Database, kind: MessageKind) -> Counter[MessageState]:
    return Counter(message.state for message in messages_in(database, kind))


def test_after_the_press_only_the_call_under_way_is_finished_and_the_rest_goes_out_after_the_pause(
    database: Database, asking: DeliveryWorld
) -> None:
    def press_during_the_fifth_call() -> None:
        if len(asking.platform.sends) == 5:
            press(database, asking)

    asking.platform.before_send = press_during_the_fifth_call
    asking.delivery.deliver()
    assert states(database, MessageKind.QUESTION) == {MessageState.SENT: 5, MessageState.PENDING: PEOPLE - 5}
    assert states(database, MessageKind.PAUSE_FOR_ALL) == {MessageState.SENT: PEOPLE}

    asking.clock.step(hours=3)
    assert asking.delivery.deliver() == 0
    go_on(database, asking)
    asking.delivery.deliver()
    assert states(database, MessageKind.QUESTION) == {MessageState.SENT: PEOPLE}
    assert set(asking.conversations.counts().values()) == {1}


def test_a_question_that_runs_out_of_time_in_the_pause_is_missed_because_of_it_and_no_alarm_is_raised(
    database: Database, asking: DeliveryWorld
) -> None:
    press(database, asking)
    asking.live(until=timedelta(hours=30))
    questions = messages_in(database, MessageKind.QUESTION)
    assert {(message.state, message.reason) for message in questions} == {(MessageState.MISSED, "pause")}
    assert [message.facts["say"] for message in messages_in(database, MessageKind.NOTICE)] == ["pause_all.notice"]
    assert asking.clock.now() <= OPENS + 30 * HOUR


def test_whoever_goes_on_before_it_was_told_spares_people_the_message(database: Database, asking: DeliveryWorld) -> None:
    asking.clock.step(hours=12)  # at night
    press(database, asking)
    asking.delivery.deliver()
    asking.clock.step(hours=1)
    go_on(database, asking)
    asking.live(until=timedelta(hours=24))
    assert states(database, MessageKind.PAUSE_FOR_ALL) == {MessageState.CANCELLED: PEOPLE}
