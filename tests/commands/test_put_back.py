"""A database that its server has put back to an earlier moment is noticed by how far its lease was seen."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from bot.app.backup.sight import FURTHER, is_below, note_sight, raise_above, read_sight
from bot.app.backup.since_then import bring_in_line
from bot.errors import DatabaseGone
from bot.models import Lease as LeaseRow
from bot.sending.lease import RAISE_EVERY, Lease
from tests.support.database import open_database
from tests.support.programme import PROGRAMME
from tests.support.world import OPENS

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database


def put_back(database: Database) -> None:
    """Put the lease's row where it was a while ago."""
    database.write(lambda session: session.execute(update(LeaseRow).values(counter=0)), alone=True)


def test_a_running_holder_sends_nothing_more_once_the_database_was_put_back(database: Database) -> None:
    now = [0.0]
    lease = Lease(database.write, database.look, workspace="T0", monotonic=lambda: now[0])
    for _ in range(4):
        assert lease.keep()
        now[0] += RAISE_EVERY
    put_back(database)
    for _ in range(2):
        with pytest.raises(DatabaseGone):
            database.write(lease.prove)
    assert lease.has_gone_back


def test_another_process_that_only_watches_notices_it_too(database: Database) -> None:
    holder = Lease(database.write, database.look, workspace="T0", monotonic=iter(range(0, 100, 10)).__next__)
    watcher = Lease(database.write, database.look, workspace="T0", monotonic=lambda: 0.0)
    assert all(holder.keep() for _ in range(4))
    assert not watcher.keep()
    put_back(database)
    with pytest.raises(DatabaseGone):
        watcher.keep()


def test_at_the_start_a_lower_lease_than_noted_is_noticed_once(database: Database, tmp_path: Path) -> None:
    place = tmp_path / "dialogue.postgresql"
    assert read_sight(place) == (0, 0)
    note_sight(place, (3, 50))
    note_sight(place, (3, 20))
    assert read_sight(place) == (3, 50)

    def look_and_raise(session: Session) -> list[bool]:
        session.add(LeaseRow(workspace="T0", holder="", number=3, counter=49))
        session.flush()
        before = is_below(session, read_sight(place))
        raise_above(session, read_sight(place))
        return [before, is_below(session, read_sight(place)), session.scalars(select(LeaseRow.number)).one() == 3 + FURTHER]

    assert database.write(look_and_raise) == [True, False, True]


def test_one_made_anew_at_the_place_of_another_is_not_held_against_what_was_noted_of_that(database_url: str) -> None:
    with closing(open_database(database_url)) as database:
        assert database.place is not None
        note_sight(database.place, (3, 50))
        bring_in_line(database, OPENS, [PROGRAMME])
        assert read_sight(database.place) == (0, 0)
