"""Somebody who is erased while messages go out to many is no danger to the others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from bot.dialogue.data_rights.erasure import erase
from bot.models import MessageKind, MessageState, OutboxMessage, Person
from bot.sending.claim import GROUP_SIZE
from bot.sending.delivery import Step
from tests.support.database import unit_of_work
from tests.support.delivery_world import Answer, DeliveryWorld, put_for_people, row
from tests.support.world import OPENS

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database

PEOPLE = 25
HOUR = timedelta(hours=1)


def erase_when(world: DeliveryWorld, sends: int, *who: str) -> None:
    """Erase these people while the platform is told of the message with this number."""

    def before_send() -> None:
        if len(world.platform.sends) == sends:
            with unit_of_work(world.database) as session:
                assert all(erase(session, OPENS, each) for each in who)

    world.platform.before_send = before_send


@pytest.mark.parametrize("kind", [MessageKind.QUESTION, MessageKind.WELCOME])
@pytest.mark.parametrize("answers", [(), [Answer.LOST_AFTER] * 3, [Answer.LOST_BEFORE] * 3, [Answer.LATER]])
def test_nobody_else_is_said_anything_twice_or_forgotten(database: Database, kind: MessageKind, answers: list[Answer]) -> None:
    put_for_people(database, PEOPLE, kind=kind)
    world = DeliveryWorld(database, answers=answers)
    said, saying, claimed, waiting = "U000000", "U000002", f"U{GROUP_SIZE - 1:06}", f"U{PEOPLE - 1:06}"
    erase_when(world, 3, said, saying, claimed, waiting)
    world.live(HOUR)
    assert set(world.states()) == {MessageState.SENT}
    assert {message.address for message in world.messages()} == {f"U{n:06}" for n in range(PEOPLE)} - {said, saying, claimed, waiting}
    counts = world.conversations.counts()
    assert set(counts.values()) == {1}
    assert {each.delivery_id for each in world.messages()} <= set(counts)
    assert waiting not in {address for address, _, _ in world.conversations.posts()}
    with database.look() as session:
        assert len(session.scalars(select(Person.id)).all()) == PEOPLE - 4


def test_a_message_that_is_new_does_not_inherit_what_became_of_one_that_is_gone(database: Database) -> None:
    """A database gives the highest id again: what came of the erased message must not be written down for the new one."""
    put_for_people(database, 1)
    world = DeliveryWorld(database)

    def watch(step: Step) -> None:
        if step is Step.CALLED:
            with unit_of_work(database) as session:
                (gone,) = session.scalars(select(OutboxMessage)).all()
                erase(session, OPENS, "U000000")
                session.add(row(MessageKind.NOTICE, id=gone.id, address="C0ORGANISERS"))
                session.flush()
                session.execute(text("UPDATE outbox SET state = 'sending', attempts = 1"))  # another process has claimed it

    world = DeliveryWorld(database, watch=watch)
    world.delivery.deliver()
    assert world.only().state is MessageState.SENDING
