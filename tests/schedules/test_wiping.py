"""The remains of what was deleted are wiped soon, once, and without making anybody wait."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.confidentiality.deletion import tombstone_file, tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.database.unit_of_work import Database
from bot.models import Tombstone
from schedules import housekeeping
from schedules.housekeeping import wipe
from tests.support.database import second_process, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.support.heartbeat_world import HeartbeatWorld

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def other(database: Database) -> Iterator[Database]:
    """The same database, opened by another process."""
    with second_process(database) as other:
        yield other


def deleted(database: Database, now: datetime, *ids: str) -> None:
    with unit_of_work(database) as session:
        tombstones.leave_tombstones(session, now, DeletedKind.REPLY, *ids)


def wiped(database: Database) -> list[datetime | None]:
    with database.look() as session:
        return list(session.scalars(select(Tombstone.wiped_at).order_by(Tombstone.id)))


def listed(database: Database) -> int:
    return len(tombstone_file.read_tombstones(the_list(database)))


def the_list(database: Database) -> Path:
    assert database.place is not None
    return tombstone_file.tombstone_file_for(database.place)


def day_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def test_at_what_hour_somebody_did_something_is_not_kept_once_it_is_wiped(database: Database, now: datetime):
    deleted(database, now, "one")
    assert wipe(database, now + SECOND, quiet=True)
    with unit_of_work(database) as session:
        housekeeping.delete_expired_rows(session, now + SECOND + MINUTE)
    with database.look() as session:
        (trace,) = session.scalars(select(Tombstone))
    assert {trace.at, trace.taken_at, trace.wiped_at} == {day_of(now)}


def test_where_nothing_was_deleted_nothing_is_written_anew(database: Database, now: datetime):
    assert not wipe(database, now, quiet=False)
    assert not the_list(database).exists()


def test_what_was_deleted_is_wiped_and_listed_outside_the_database(database: Database, now: datetime):
    deleted(database, now, "one", "two")
    assert wipe(database, now + SECOND, quiet=False)
    assert (wiped(database), listed(database)) == ([day_of(now)] * 2, 2)


def test_what_was_overwritten_is_wiped_and_not_listed(database: Database, now: datetime):
    with unit_of_work(database) as session:
        tombstones.request_wiping(session, now)
    assert wipe(database, now, quiet=False)
    assert (wiped(database), listed(database)) == ([day_of(now)], 0)


def test_it_is_done_at_most_once_a_minute(database: Database, now: datetime):
    deleted(database, now, "one")
    assert wipe(database, now, quiet=False)
    deleted(database, now, "two")
    assert not wipe(database, now + MINUTE - SECOND, quiet=False)
    assert wipe(database, now + MINUTE, quiet=False)


def test_a_clock_that_was_set_back_stops_nothing(database: Database, now: datetime):
    deleted(database, now, "one")
    assert wipe(database, now, quiet=False)
    deleted(database, now, "two")
    assert wipe(database, now - timedelta(days=7), quiet=False)


def test_while_one_process_does_it_another_does_not(database: Database, other: Database, now: datetime, monkeypatch: pytest.MonkeyPatch):
    deleted(database, now, "one")
    really, of_the_other = database.wipe, []

    def meanwhile() -> bool:
        of_the_other.append(wipe(other, now + SECOND, quiet=False))
        return really()

    monkeypatch.setattr(database, "wipe", meanwhile)
    assert wipe(database, now, quiet=False)
    assert of_the_other == [False]


def test_where_somebody_is_in_the_way_it_is_done_a_minute_later(database: Database, other: Database, now: datetime):
    deleted(database, now, "one")
    with other.look() as reading, capture_logs():
        reading.execute(select(Tombstone)).all()
        assert not wipe(database, now, quiet=False)
    assert (wiped(database), listed(database)) == ([None], 1)
    assert wipe(database, now + MINUTE, quiet=False)
    assert (wiped(database), listed(database)) == ([day_of(now)], 1)


def test_what_is_deleted_while_it_is_done_waits_for_the_next_time(database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch):
    deleted(database, now, "one")
    really = database.wipe

    def meanwhile() -> bool:
        deleted(database, now, "two")
        return really()

    monkeypatch.setattr(database, "wipe", meanwhile)
    assert wipe(database, now, quiet=False)
    assert wiped(database) == [day_of(now), None]


def test_a_crash_before_the_file_is_written_anew_leaves_it_to_be_done(database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch):
    def crash() -> bool:
        raise RuntimeError

    deleted(database, now, "one")
    with monkeypatch.context() as broken:
        broken.setattr(database, "wipe", crash)
        with pytest.raises(RuntimeError):
            wipe(database, now, quiet=False)
    assert (wiped(database), listed(database)) == ([None], 1)
    assert wipe(database, now + MINUTE, quiet=False)


def test_a_large_file_waits_for_the_hours_in_which_nobody_is_written_to(database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(housekeeping, "LARGE_FILE", 1000)
    deleted(database, now, "one")
    assert not wipe(database, now, quiet=False)
    assert wipe(database, now, quiet=True)


def test_what_waits_to_be_wiped_from_a_large_file_is_listed_at_once(database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(housekeeping, "LARGE_FILE", 1000)
    deleted(database, now, "one")
    assert not wipe(database, now, quiet=False)
    with database.look() as session:
        newest = tombstones.newest_trace(session)
    assert (wiped(database), listed(database), tombstone_file.read_mark(the_list(database))) == ([None], 1, newest)
    assert wipe(database, now, quiet=True)
    assert (wiped(database), listed(database)) == ([day_of(now)], 1)


def test_a_large_file_is_wiped_on_a_day_off_of_the_programmes_own(
    make_world: Callable[..., HeartbeatWorld], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(housekeeping, "LARGE_FILE", 1000)
    world = make_world("[42]}", "[42], also: [2018-10-02]}")
    deleted(world.database, world.clock.now(), "one")
    world.beat("2018-10-01 10:00")
    assert wiped(world.database) == [None]
    world.beat("2018-10-02 10:00")
    assert wiped(world.database) == [day_of(world.clock.now())]


def test_a_beat_does_it_by_itself(world: HeartbeatWorld):
    world.beat("2018-10-01 08:00")
    deleted(world.database, world.clock.now(), "one")
    world.beat("2018-10-01 08:00:59")
    assert wiped(world.database) == [None]
    world.beat("2018-10-01 08:01")
    assert wiped(world.database) == [day_of(world.clock.now())]


def test_two_processes_that_beat_wipe_once_a_minute(world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch):
    done: list[Any] = []
    really = Database.wipe
    monkeypatch.setattr(Database, "wipe", lambda self: done.append(self) or really(self))
    with second_process(world.database) as second:
        hearts = [world.heart, world.another(second)]
        world.beat("2018-10-01 08:00")
        for seconds in range(0, 120, 10):
            world.clock.moment = world.clock.moment.replace(minute=1 + seconds // 60, second=seconds % 60)
            deleted(world.database, world.clock.now(), f"at {seconds}")
            for heart in hearts:
                heart.beat()
    assert len(done) == 2
