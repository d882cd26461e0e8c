"""An erased person is remembered, unreadably, for as long as a list would bring them back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind, Deletion
from bot.confidentiality.encryption import KEYS_IN_SESSION, Keys, new_key, session_keys
from bot.database.unit_of_work import Database
from bot.models import Tombstone
from tests.support.database import unit_of_work

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
    with unit_of_work(database) as session:
        tombstones.leave_tombstones(session, NOW, DeletedKind.PERSON, "L0")
    database.carried[KEYS_IN_SESSION] = Keys([NEW, OLD])
    with unit_of_work(database) as session:
        assert tombstones.find_erased(session, ["L0"]) == {"L0"}
        tombstones.renew_tombstones(session, ["L0"])
    database.carried[KEYS_IN_SESSION] = Keys([NEW])
    with unit_of_work(database) as session:
        assert tombstones.find_erased(session, ["L0"]) == {"L0"}


def test_coming_back_leaves_that_something_is_to_be_wiped_and_that_it_was_lifted(session: Session) -> None:
    tombstones.leave_tombstones(session, NOW, DeletedKind.PERSON, "L0", "L1")
    assert tombstones.lift_tombstone(session, NOW, "L0")
    assert tombstones.find_erased(session, ["L0", "L1"]) == {"L1"}
    assert [(trace.token is None, trace.lasting) for trace in session.scalars(select(Tombstone).order_by(Tombstone.id))] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_of_a_list_that_was_taken_over_the_last_word_counts_for_ever(session: Session) -> None:
    keys = session_keys(session)
    erased, lifted = (keys.fingerprint(DeletedKind.PERSON, "L0"), keys.fingerprint(DeletedKind.LIFTED, tombstones.id_of("person", "L0")))
    for tokens, expected in (([erased], {"L0"}), ([erased, lifted], set()), ([erased, lifted, erased], {"L0"})):
        session.execute(delete(Tombstone))
        tombstones.take_over_list(session, NOW, [Deletion(token=token, at=NOW) for token in tokens])
        tombstones.leap(session, NOW, beyond=0)
        tombstones.delete_expired(session, NOW + timedelta(days=400))
        assert tombstones.find_erased(session, ["L0"]) == expected


def test_what_is_deleted_after_a_restore_is_newer_than_that(session: Session) -> None:
    tombstones.leap(session, NOW, beyond=500)
    tombstones.leave_tombstones(session, NOW, DeletedKind.PERSON, "L0")
    (token,) = session_keys(session).fingerprints(DeletedKind.PERSON, "L0")
    newest = session.scalars(select(Tombstone.id).where(Tombstone.token == token)).one()
    assert newest == tombstones.newest_trace(session) > 500 + tombstones.LEAP


def test_what_is_deleted_after_a_database_was_put_back_has_not_the_place_of_what_was_deleted_before(session: Session) -> None:
    places = set()
    for _ in range(3):
        tombstones.leave_tombstones(session, NOW, DeletedKind.PERSON, *(f"L{n}" for n in range(3)))
        places |= set(session.scalars(select(Tombstone.id)))
        session.execute(delete(Tombstone))
    assert len(places) > 7


def test_the_newest_trace_is_never_deleted_so_that_its_number_is_not_used_again(session: Session) -> None:
    tombstones.request_wiping(session, NOW)
    tombstones.request_wiping(session, NOW)
    session.execute(update(Tombstone).values(wiped_at=NOW))
    newest = tombstones.newest_trace(session)
    tombstones.delete_expired(session, NOW + timedelta(days=400))
    assert session.scalars(select(Tombstone.id)).all() == [newest]
