"""Is who has been erased remembered, by nothing that can be read, for as long as a list would bring them back?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.confidentiality.encryption import KEYS_IN_SESSION, Keys, new_key
from bot.database.unit_of_work import Database
from bot.models import Tombstone

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = datetime(2018, 8, 21, tzinfo=UTC)
OLD, NEW = new_key(), new_key()


def test_who_has_been_erased_is_known_among_others(session: Session) -> None:
    assert tombstones.find_erased(session, ["L0", "L1"]) == frozenset()
    tombstones.leave_tombstones(session, NOW, DeletedKind.PERSON, "L0")
    tombstones.leave_tombstones(session, NOW, DeletedKind.REPLY, "L1")
    assert tombstones.find_erased(session, ["L0", "L1"]) == {"L0"}
    assert (tombstones.is_erased(session, "L0"), tombstones.is_erased(session, "L1")) == (True, False)


def test_a_database_without_traces_is_read_without_a_key() -> None:
    database = Database("sqlite://")
    Tombstone.metadata.create_all(database.engine)
    with database.look() as session:
        assert tombstones.find_erased(session, ["L0"]) == frozenset()
    database.close()


def test_who_was_erased_under_an_older_key_is_known_and_from_the_next_reading_on_under_the_newest(database: Database) -> None:
    database.carried[KEYS_IN_SESSION] = Keys([OLD])
    with database.work() as session:
        tombstones.leave_tombstones(session, NOW, DeletedKind.PERSON, "L0")
    database.carried[KEYS_IN_SESSION] = Keys([NEW, OLD])
    with database.work() as session:
        assert tombstones.find_erased(session, ["L0"]) == {"L0"}
        tombstones.renew_tombstones(session, NOW, ["L0"])
    database.carried[KEYS_IN_SESSION] = Keys([NEW])
    with database.work() as session:
        assert tombstones.find_erased(session, ["L0"]) == {"L0"}


def test_a_renewal_by_a_clock_that_was_set_back_makes_nothing_older(session: Session) -> None:
    tombstones.leave_tombstones(session, NOW, DeletedKind.PERSON, "L0", "L1")
    tombstones.renew_tombstones(session, NOW - timedelta(days=2), ["L0"])
    tombstones.renew_tombstones(session, NOW + timedelta(days=2), ["L1"])
    assert sorted(session.scalars(select(Tombstone.at))) == [NOW, NOW + timedelta(days=2)]


def test_coming_back_leaves_only_that_something_is_to_be_wiped(session: Session) -> None:
    tombstones.leave_tombstones(session, NOW, DeletedKind.PERSON, "L0", "L1")
    assert tombstones.lift_tombstone(session, "L0")
    assert tombstones.find_erased(session, ["L0", "L1"]) == {"L1"}
    assert sorted(token is None for token in session.scalars(select(Tombstone.token))) == [False, True]
