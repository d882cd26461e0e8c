"""Records the outcomes of a group of messages.

It happens in one transaction with the next claim, and only for messages that are still as they were handed over. The values were fixed when
the outcome was learnt, so recording them again after a failed commit writes the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, update

from bot.database.insert_once import table_of
from bot.models import MessageState, OutboxMessage
from bot.sending.outcomes import MOMENTS, apply_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.sending.outcomes import Changes, Parcel

STATES_IN_FLIGHT = (MessageState.SENDING, MessageState.UNKNOWN)
COLUMNS = ("state", "reason", "attempts", "looks", "channel", "stamp", *MOMENTS)
OUTBOX = table_of(OutboxMessage)
SELECT_VERSIONS_IN_FLIGHT = select(
    OUTBOX.c.delivery_id, func.coalesce(OUTBOX.c.lease, 0), OUTBOX.c.looks
).where(  # by what no later row can have: ids come again
    OUTBOX.c.id.in_(bindparam("ids", expanding=True)),
    OUTBOX.c.state.in_(STATES_IN_FLIGHT),
)
UPDATE_MESSAGE = update(OUTBOX).where(OUTBOX.c.id == bindparam("message_id")).values({column: bindparam(column) for column in COLUMNS})


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is to be recorded about one parcel that was handed over as `version`."""

    parcel: Parcel
    version: tuple[int, int]
    changes: Changes
    is_sent: bool


def record_outcomes(session: Session, records: Sequence[Record]) -> list[OutboxMessage]:
    """Write the records that are not out of date, and return their messages with the new values."""
    if not records:
        return []
    ids = [record.parcel.message.id for record in records]
    rows = session.execute(SELECT_VERSIONS_IN_FLIGHT.with_for_update(), {"ids": ids})
    standing = {delivery_id: (lease, looks) for delivery_id, lease, looks in rows}
    current = [record for record in records if standing.get(record.parcel.message.delivery_id) == record.version]
    messages = [record.parcel.message for record in current]
    for message, record in zip(messages, current, strict=True):
        apply_changes(message, record.changes)
    if messages:
        session.execute(
            UPDATE_MESSAGE, [{"message_id": message.id, **{column: getattr(message, column) for column in COLUMNS}} for message in messages]
        )
    return messages
