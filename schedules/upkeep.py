"""What is destroyed when its time has come, whichever programme it was of?

What a beat does for confidentiality, also long after a programme has ended, and when its file is gone: what was promised stands in the
database. Each step does one thing in one short transaction, and says whether there may be another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.confidentiality.deletion import detaching, expired_rows
from bot.dialogue.rounds import lifecycle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database


def close_what_is_over(session: Session, now: datetime) -> bool:
    """Close one round that is over: its programme may have another id by now, or be gone, and an open round would be kept for ever."""
    one = next(lifecycle.over(session, now), None)
    if one is not None:
        lifecycle.close_round(session, now, one)
    return one is not None


def detach_a_round(session: Session, now: datetime) -> bool:
    """Destroy the tie between people and the replies of one round."""
    one = next(detaching.to_detach(session, now), None)
    if one is not None:
        detaching.detach(session, now, one)
    return one is not None


def delete_old_replies(session: Session, now: datetime) -> bool:
    """Delete the replies of one round that have reached their age."""
    one = next(detaching.to_delete(session, now), None)
    if one is not None:
        detaching.delete_replies(session, now, one)
    return one is not None


def tidy_away(session: Session, now: datetime) -> bool:
    """Delete what only remembered that something had been done. All at once: there is never another."""
    expired_rows.tidy(session, now)
    return False


def to_the_end(database: Database, step: Callable[[Session, datetime], bool], now: datetime) -> None:
    """A step again and again, each time in a unit of work of its own, so that nobody waits long for any of them."""
    more = True
    while more:
        with database.work() as session:
            more = step(session, now)


IN_ORDER: Final = (close_what_is_over, detach_a_round, delete_old_replies, tidy_away)
