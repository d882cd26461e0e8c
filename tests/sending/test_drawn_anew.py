"""Is a message that stands changed until it is certain, and nothing posted for it?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.once import table_of
from bot.models import MessageKind, MessageState, OutboxMessage
from tests.sending.stage import START, Answer, Room, put

if TYPE_CHECKING:
    from bot.database import Database

HOUR = timedelta(hours=1)
OUTBOX = table_of(OutboxMessage)
STANDS = {"kind": MessageKind.DIGEST_UPDATE, "channel": "C0DIGEST", "stamp": "1.2"}


def test_a_change_is_made_to_the_message_that_stands_and_nothing_is_posted(database: Database) -> None:
    put(database, **STANDS)
    room = Room(database)
    assert room.delivery.deliver() == 1
    assert room.platform.redrawn == [("C0DIGEST", "1.2")]
    assert room.platform.sends == []
    assert room.only().state is MessageState.SENT


@pytest.mark.parametrize("answer", [Answer.LOST_BEFORE, Answer.LOST_AFTER, Answer.FAULT_AFTER, Answer.LATER])
def test_a_change_to_which_no_answer_came_is_made_again_until_one_does(database: Database, answer: Answer) -> None:
    put(database, **STANDS)
    room = Room(database, answers=[answer] * 4)
    room.live(HOUR)
    assert room.platform.redrawn == [("C0DIGEST", "1.2")] * 5
    assert (room.platform.sends, room.platform.looks) == ([], [])
    assert room.only().state is MessageState.SENT


def test_a_change_that_was_interrupted_is_made_again(database: Database) -> None:
    put(database, **STANDS)
    with database.work() as session:
        session.execute(OUTBOX.update().values(state=MessageState.UNKNOWN, attempts=1, tried_at=START))
    room = Room(database)
    room.live(HOUR)
    assert room.platform.redrawn == [("C0DIGEST", "1.2")]
    assert room.only().state is MessageState.SENT


def test_a_message_that_is_gone_is_not_changed_for_ever(database: Database) -> None:
    put(database, **STANDS)
    room = Room(database, answers=[Answer.GONE])
    room.live(HOUR)
    assert len(room.platform.redrawn) == 1
    assert room.only().state is MessageState.FAILED
