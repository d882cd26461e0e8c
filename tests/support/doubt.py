"""Puts a digest in doubt: its post got no answer and was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from bot.models import MessageKind, MessageState, OutboxMessage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def put_in_doubt(session: Session) -> None:
    """Put all digests that wait in the outbox in doubt."""
    values = {"state": MessageState.HELD, "attempts": 1}
    session.execute(update(OutboxMessage).where(OutboxMessage.kind == MessageKind.DIGEST).values(**values))
    session.expire_all()
