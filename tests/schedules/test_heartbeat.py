"""Each beat does what is due, whatever breaks, and however many beat at once."""

from __future__ import annotations

import os
import threading
import time
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select, update
from structlog.testing import capture_logs

from bot.database.sqlite import files_of_restore
from bot.dialogue import list_holds
from bot.errors import Later, Unreachable, Unsure
from bot.models import ListHold, LoadedProgramme, MessageKind, MissedSlot, Person, PersonState, SeenEvent
from schedules import heartbeat, jobs
from schedules.due import RoundDue
from schedules.heartbeat import Metronome
from schedules.programme_store import ProgrammeStore
from tests.support.database import gone, locked, second_process, unit_of_work
from tests.support.heartbeat_world import LISTS, here
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.programme import Programme, Source
    from bot.seam.platform import Roster
    from tests.support.heartbeat_world import HeartbeatWorld

FIRST, WELCOMED, ASKED = "2018-10-01 08:00", "2018-10-08 11:00", "2018-10-09 10:40"
OF_A_WEEK = "2018-10-11 10:30", "2018-10-12 12:30", "2018-10-16 07:30", "2018-10-17 15:05", "2018-10-23 10:40"
PATIENCE = 10.0


@contextmanager
def writes_of(database: Database) -> Iterator[list[str]]:
    """The transactions meanwhile that may write."""
    found: list[str] = []

    def note(connection: Connection) -> None:
        if not connection.get_execution_options().get("reading", False):
            found.append("transaction")

    event.listen(database.engine, "begin", note)
    yield found
    event.remove(database.engine, "begin", note)


@contextmanager
def changes_in(database: Database) -> Iterator[list[str]]:
    """The statements meanwhile that have changed rows."""
    found: list[str] = []

    def note(_connection: Connection, cursor: Any, statement: str, *_others: object) -> None:
        if not statement.startswith(("SELECT", "BEGIN")) and cursor.rowcount > 0:
            found.append(statement)

    event.listen(database.engine, "after_cursor_execute", note)
    yield found
    event.remove(database.engine, "after_cursor_execute", note)


def breaking(*_: object) -> None:
    raise RuntimeError("made to break")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The first step of each beat breaks."""
    monkeypatch.setattr(jobs, "JOBS", {"breaking": breaking} | jobs.JOBS)
    with capture_logs():
        yield


@pytest.mark.usefixtures("broken")
def test_a_step_that_breaks_does_not_stop_the_rest(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED, ASKED, ASKED, "2018-10-09 12:00")
    assert world.times_asked() == {1: 24}


def test_a_platform_that_says_later_is_not_asked_before_then(world: HeartbeatWorld) -> None:
    world.platform.refusals = [Later("too many questions", after=600)]
    world.beat(FIRST, "2018-10-01 08:05", "2018-10-01 08:09")
    assert (world.platform.readings, world.times_asked()) == (1, {0: 0})
    world.beat("2018-10-01 08:10")
    assert (world.platform.readings, world.times_asked()) == (2, {0: 28})
    assert world.notices("alarm:") == []


def test_a_list_that_is_gone_is_not_asked_for_at_every_beat(world: HeartbeatWorld) -> None:
    world.platform.refusals = [Unreachable("there is no usergroup S0LEADERS")]
    with capture_logs():
        world.beat(FIRST, FIRST)
    assert world.platform.readings == 1
    world.beat("2018-10-01 08:01")
    assert world.platform.readings == 2


def test_a_platform_without_an_answer_is_asked_again_at_the_next_beat_and_nobody_is_alarmed(world: HeartbeatWorld) -> None:
    world.platform.refusals = [Unsure("no answer"), Unsure("no answer")]
    with capture_logs():
        world.beat(FIRST, FIRST)
        assert world.times_asked() == {0: 0}
        world.beat(FIRST)
    assert (world.platform.readings, world.times_asked()) == (3, {0: 28})
    assert world.notices("alarm:") == []


def test_people_are_read_once_a_day(world: HeartbeatWorld) -> None:
    world.beat(FIRST, "2018-10-01 20:00", "2018-10-02 07:29")
    assert world.platform.readings == 1
    world.beat("2018-10-02 07:30", "2018-10-02 12:00")
    assert world.platform.readings == 2


def test_news_of_people_makes_them_be_read_again_but_not_at_every_beat(world: HeartbeatWorld) -> None:
    for moment in (FIRST, "2018-10-01 08:00:20", "2018-10-01 08:00:40", "2018-10-01 08:01:00"):
        world.beat(moment)
        with unit_of_work(world.database) as session:  # in a big workspace someone changes their profile every second
            session.execute(update(LoadedProgramme).values(synchronised_at=None))
    assert world.platform.readings == 2
    world.beat("2018-10-01 07:30")
    assert world.platform.readings == 3, "a clock that is set back keeps nobody waiting"


# --- a list that is held

SHRUNK = "2018-10-10 07:30"


@pytest.fixture
def shrunk(world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch) -> HeartbeatWorld:
    """All have been asked, and the leaders' list has one person left."""
    world.beat(FIRST, WELCOMED, ASKED, "2018-10-09 12:00")
    monkeypatch.setitem(LISTS, "S0LEADERS", 1)
    world.beat(SHRUNK)
    return world


def confirm(world: HeartbeatWorld) -> bool:
    """An organiser says that the list is right; whether that was the first word."""
    with unit_of_work(world.database) as session:
        hold = session.scalars(select(ListHold)).first()
        assert hold is not None
        return list_holds.confirm(
            session, world.clock.now(), ProgrammeStore(world.folder).current(world.clock.now()), "US0ORG0", hold.id
        ).made


def here_still(world: HeartbeatWorld) -> int:
    with world.database.look() as session:
        return len(session.scalars(select(Person.id).where(Person.state != PersonState.LEFT)).all())


def test_a_list_that_is_held_is_looked_at_again_each_hour_and_that_is_known_before(shrunk: HeartbeatWorld) -> None:
    readings = shrunk.platform.readings
    assert shrunk.heart.next_beat() == here("2018-10-10 08:30")
    shrunk.beat("2018-10-10 08:29")
    assert (shrunk.platform.readings, shrunk.heart.next_beat()) == (readings, here("2018-10-10 08:30"))
    shrunk.beat("2018-10-10 08:30", "2018-10-10 09:00", "2018-10-10 09:30")
    assert (shrunk.platform.readings, len(shrunk.messages(MessageKind.LIST_REVIEW))) == (readings + 2, 1)


def test_a_look_that_is_refused_is_not_planned_for_a_moment_that_has_passed(shrunk: HeartbeatWorld) -> None:
    shrunk.platform.refusals = [Later("ratelimited", after=7200)]
    shrunk.beat("2018-10-10 08:30")
    assert shrunk.heart.next_beat() > here("2018-10-10 08:30")


def test_after_a_yes_people_are_read_at_the_next_beat_but_never_before_a_platform_lets_us(shrunk: HeartbeatWorld) -> None:
    shrunk.platform.refusals = [Later("ratelimited", after=30)]
    shrunk.beat("2018-10-10 08:30")
    assert confirm(shrunk)
    shrunk.beat("2018-10-10 08:30:20")
    assert here_still(shrunk) == 28
    shrunk.beat("2018-10-10 08:30:30")
    assert here_still(shrunk) == 17


def test_a_yes_that_comes_while_the_lists_are_read_counts(shrunk: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    read, said = shrunk.platform.roster, []

    def roster(sources: Sequence[Source]) -> dict[Source, Roster]:
        lists = read(sources)
        said.append(confirm(shrunk))
        return lists

    monkeypatch.setattr(shrunk.platform, "roster", roster)
    shrunk.beat("2018-10-10 08:30", "2018-10-10 08:31", "2018-10-10 09:30")
    assert (said[0], here_still(shrunk)) == (True, 17)


def test_of_two_processes_that_read_a_shrunken_list_one_asks(world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    world.beat(FIRST, WELCOMED, ASKED)
    monkeypatch.setitem(LISTS, "S0LEADERS", 1)
    with second_process(world.database) as database:
        other = world.another(database)
        world.clock.moment = here(SHRUNK)
        beats = [threading.Thread(target=heart.beat) for heart in (world.heart, other)]
        for thread in beats:
            thread.start()
        for thread in beats:
            thread.join()
    assert (len(world.messages(MessageKind.LIST_REVIEW)), here_still(world)) == (1, 28)


def test_a_beat_that_comes_twice_says_nothing_twice(world: HeartbeatWorld) -> None:
    for moment in (FIRST, WELCOMED, ASKED, "2018-10-11 14:10", "2018-10-12 10:00", "2018-10-12 14:00"):
        world.beat(moment, moment, moment)
    kinds = [MessageKind.WELCOME, MessageKind.QUESTION, MessageKind.DRAFT]
    assert [len(world.messages(kind)) for kind in kinds] == [24, 24, 1]
    assert len(world.rounds()) == 1


def test_two_processes_that_beat_at_once_open_one_round_and_ask_each_person_once(world: HeartbeatWorld) -> None:
    with second_process(world.database) as second:
        hearts = [world.heart, world.another(second)]
        for moment in (FIRST, WELCOMED, ASKED, "2018-10-11 14:10", "2018-10-12 10:00"):
            world.clock.moment = here(moment)
            at_once(hearts)
            world.beat()
    assert (len(world.rounds()), world.times_asked()) == (1, {1: 24})
    assert len(world.messages(MessageKind.WELCOME)) == 24
    assert len(world.messages(MessageKind.DRAFT)) == 1
    assert world.notices("alarm:") == []


def at_once(hearts: list[heartbeat.Heartbeat]) -> None:
    ready = threading.Barrier(len(hearts))

    def beats(heart: heartbeat.Heartbeat) -> None:
        ready.wait(PATIENCE)
        for _ in range(3):
            heart.beat()

    threads = [threading.Thread(target=beats, args=(heart,)) for heart in hearts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_what_a_killed_restore_has_left_is_gone_after_the_first_beat(world: HeartbeatWorld) -> None:
    assert world.database.place is not None
    left = files_of_restore(world.database.place)
    for each in left:
        each.write_bytes(b"of a backup")
    world.beat(FIRST)
    assert [each for each in left if each.exists()] == []


def test_what_is_being_restored_in_the_place_of_a_database_that_has_gone_is_left_alone(world: HeartbeatWorld) -> None:
    assert world.database.place is not None
    world.beat(FIRST)
    underway, *_ = files_of_restore(world.database.place)
    underway.write_text("half a database")
    world.clock.step(seconds=120)
    with gone(world.database):
        world.heart.beat()
    assert underway.exists()


def test_what_is_due_next_is_known_without_doing_it(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    due = world.heart.next_due()
    assert isinstance(due, RoundDue)
    assert due.at == here("2018-10-09 09:30")
    assert world.heart.next_beat() == here("2018-10-02 07:30")
    assert world.rounds() == []


def test_of_a_programme_that_had_finished_before_this_bot_ran_nothing_is_done(world: HeartbeatWorld) -> None:
    names = ("landsbyen-2018", "byen-2018", "from: 2018-10-09", "from: 2018-11-20", "until: 2018-11-06", "until: 2018-12-11")
    write_programme(world.folder, *names, name="byen.yaml")
    world.clock.moment = here("2018-11-16 08:00")
    world.heart = world.another(world.database)
    world.beat(*(f"2018-11-16 08:0{minute}" for minute in range(5)))
    with world.database.look() as session:
        assert list(session.scalars(select(LoadedProgramme.id))) == ["byen-2018"]
        assert session.scalars(select(MissedSlot)).all() == []
    assert world.notices("trouble:") == []


def test_a_fault_in_the_file_that_is_told_is_not_told_again_by_another_edit_that_leaves_it(world: HeartbeatWorld) -> None:
    good = world.file.read_text("utf-8")
    world.beat(FIRST)
    for remark in ("", "# noget andet\n"):
        world.file.write_text(f"{good}{remark}".replace("every: tuesday", "every: tusday"), "utf-8")
        world.beat(FIRST)
    assert world.told_of_the_file() == ["notice.edit_broken"]


def test_the_next_beat_is_for_what_falls_due_where_that_comes_before_the_lists(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED, "2018-10-09 08:00")
    assert world.heart.next_beat() == here("2018-10-09 09:30")
    world.beat("2018-10-09 10:40")
    assert world.heart.next_beat() == here("2018-10-10 07:30")


def test_neither_a_beat_nor_who_asks_for_the_next_one_leaves_a_look_open(world: HeartbeatWorld) -> None:
    open_lines: set[object] = set()
    event.listen(world.database.engine, "checkout", lambda _line, record, _proxy: open_lines.add(record))
    event.listen(world.database.engine, "checkin", lambda _line, record: open_lines.discard(record))
    world.beat(FIRST, FIRST)  # the second one keeps no house
    assert open_lines == set()
    world.heart.next_beat()
    assert open_lines == set()


@pytest.mark.parametrize("place", ["refresh", "current", "running", "by_id"])
def test_whatever_the_folder_of_programmes_raises_the_beat_returns_and_the_next_does_what_is_due(
    world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    with capture_logs(), monkeypatch.context() as broken:
        broken.setattr(ProgrammeStore, place, breaking)
        world.beat(FIRST, FIRST)
    world.beat(FIRST, WELCOMED, ASKED)
    assert world.times_asked() == {1: 24}


def test_a_folder_that_cannot_be_looked_at_stops_no_step(world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProgrammeStore, "refresh", breaking)
    with capture_logs():
        world.beat(FIRST, WELCOMED, ASKED)
    assert world.times_asked() == {1: 24}


def test_a_database_that_cannot_be_written_lets_the_beat_return_and_is_logged_once(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    with capture_logs() as lines, locked(world.database):
        world.beat(WELCOMED, deliver=False)
    assert [(line["event"][:6], line["fault"]) for line in lines if line["log_level"] == "error"] == [("failed", "database")]
    world.beat(WELCOMED, ASKED)
    assert world.times_asked() == {1: 24}


# --- a beat with nothing due


def test_a_beat_with_nothing_due_takes_the_writers_turn_once(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED, ASKED, ASKED)
    with writes_of(world.database) as writes:
        world.heart.beat()
    assert len(writes) == 1


def test_a_database_that_cannot_be_written_is_noticed_when_nothing_is_due_too(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED, ASKED, ASKED)
    with capture_logs() as lines, locked(world.database):
        world.heart.beat()
    assert [line["fault"] for line in lines if line["log_level"] == "error"] == ["database"]


def test_a_step_behind_others_that_breaks_fails_once_a_beat_and_stops_none_behind_it(
    world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = jobs.JOBS.items()
    run: list[str] = []
    monkeypatch.setattr(jobs, "JOBS", dict([first, ("breaking", breaking), *others, ("last", lambda *_: run.append("last"))]))
    with capture_logs() as lines:
        world.beat(FIRST, WELCOMED, ASKED, ASKED)
    assert world.times_asked() == {1: 24}
    assert [line["event"][:6] for line in lines if line["log_level"] == "error"] == ["failed"]
    assert [(failing.name, failing.times) for failing in world.heart._failures.standing()] == [("breaking", 4)]
    assert len(run) >= 4


def test_looking_first_leaves_no_step_undone(world: HeartbeatWorld) -> None:
    """Whatever the hour: what is run behind a beat as if it were due finds nothing to do any more."""
    for moment in (FIRST, WELCOMED, ASKED, *OF_A_WEEK):
        world.beat(moment)
        world.heart.beat()  # what the delivery has made due
        now = world.clock.now()
        programme = world.heart._programme_store.current(now)
        with changes_in(world.database) as changes:
            for name in jobs.JOBS:
                world.database.write(partial(jobs.run_job, now=now, programme=programme, name=name), alone=True)
        assert changes == [], moment
    assert world.rounds()[0].closed_at is not None


def test_what_a_step_has_written_is_seen_by_those_behind_it(world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(session: Session, now: datetime, _programme: Programme) -> None:
        session.add(SeenEvent(id="written", seen_at=now))

    seen: list[str | None] = []
    world.beat(FIRST, FIRST)
    monkeypatch.setattr(jobs, "JOBS", {"write": write, "look": lambda session, *_: seen.append(session.scalar(select(SeenEvent.id)))})
    world.heart.beat()  # nothing is due: all that is asked first is asked in one look
    assert seen == ["written"]


def test_between_beats_nothing_is_looked_at(world: HeartbeatWorld) -> None:
    world.beat(FIRST, FIRST)
    world.heart.next_beat()
    assert world.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # SQLAlchemy's own pools have it


def test_once_it_is_to_stop_a_beat_does_no_more_than_the_step_that_is_under_way(world: HeartbeatWorld) -> None:
    stop = threading.Event()
    stop.set()
    world.clock.moment = here(ASKED)
    world.heart.beat(stop)
    assert (world.platform.readings, world.rounds()) == (0, [])


# --- edits of the programme's file

GOOD_AGAIN, IN_FORCE = "notice.edit_mended", "notice.edit_in_force"


def test_a_bad_file_that_is_as_it_was_is_told_to_be_good_again(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    good = world.file.read_bytes()
    write_programme(world.folder, "every: tuesday", "every: tusday")
    world.beat(FIRST, FIRST)
    world.file.write_bytes(good)
    world.beat(FIRST, FIRST)
    assert world.told_of_the_file() == ["notice.edit_broken", GOOD_AGAIN]


def test_a_fault_that_comes_back_is_told_again_though_the_clock_stands(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    bad = write_programme(world.folder, "every: tuesday", "every: tusday").rename(world.folder.parent / "bad.yaml")
    for _ in range(2):
        os.link(bad, world.file)  # with the same time as before
        world.beat(FIRST)
        world.file.unlink()
        world.beat(FIRST)
    assert world.told_of_the_file() == ["notice.edit_broken"] * 4


def test_a_bad_file_that_is_mended_and_changed_is_told_in_one_notice(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    write_programme(world.folder, "every: tuesday", "every: tusday")
    world.beat(FIRST)
    write_programme(world.folder, 'at: "09:30"', 'at: "25:15"')
    world.beat(FIRST)
    write_programme(world.folder, 'at: "09:30"', 'at: "10:15"')
    world.beat(FIRST, FIRST)
    assert world.told_of_the_file() == ["notice.edit_broken", "notice.edit_broken", IN_FORCE]


def test_an_edit_that_undoes_another_and_mends_the_file_is_told(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    for edit in (("after_days: 2", "after_days: 1"), ("every: tuesday", "every: tusday"), ()):
        write_programme(world.folder, *edit)
        world.beat(FIRST)
    assert world.told_of_the_file() == [IN_FORCE, "notice.edit_broken", IN_FORCE]


def test_a_bot_that_told_of_a_bad_file_and_starts_anew_with_a_good_one_says_so_once(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    write_programme(world.folder, "every: tuesday", "every: tusday")
    world.beat(FIRST)
    write_programme(world.folder)
    for _ in range(2):
        world.heart = world.another(world.database)
        world.beat(FIRST, FIRST)
    assert world.told_of_the_file() == ["notice.edit_broken", GOOD_AGAIN]


def test_what_changes_nothing_that_matters_tells_nothing_and_lets_the_lists_be_read(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    world.file.write_text(world.file.read_text("utf-8") + "\n# a comment\n", "utf-8")
    world.beat("2018-10-01 08:02", "2018-10-01 08:04")
    assert (world.told_of_the_file(), world.platform.readings) == ([], 2)


def test_an_edit_that_could_not_be_told_is_told_later(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    with capture_logs(), locked(world.database):
        write_programme(world.folder, "every: tuesday", "every: tusday")
        world.beat(FIRST, deliver=False)
    world.beat(FIRST)
    assert world.told_of_the_file() == ["notice.edit_broken"]


# --- the metronome


class Wall:
    """A wall clock that somebody sets, beside a monotonic one that nobody can."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.hands = SimpleNamespace(time=lambda: time.time() + self.ahead, monotonic=time.monotonic)


class Counted:
    """Counts beats, and waits for the next."""

    def __init__(self) -> None:
        self.beats = threading.Semaphore(0)

    def __call__(self) -> None:
        self.beats.release()

    def comes(self, within: float = PATIENCE) -> bool:
        return self.beats.acquire(timeout=within)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall()
    monkeypatch.setattr(heartbeat, "time", wall.hands)
    return wall


def test_when_somebody_sets_the_wall_clock_there_is_a_beat_at_once(wall: Wall) -> None:
    beat = Counted()
    metronome = Metronome(beat, every=3600)
    metronome.start()
    assert beat.comes()
    assert not beat.comes(within=1.2)  # the clock is looked at, and has not been set
    for ahead in (3600.0, -3600.0):
        wall.ahead = ahead
        assert beat.comes()
    metronome.stop()


def test_a_beat_that_breaks_is_followed_by_the_next() -> None:
    beat = Counted()

    def breaks() -> None:
        beat()
        raise RuntimeError("made to break")

    metronome = Metronome(breaks, every=0.05)
    metronome.start()
    assert [beat.comes() for _ in range(3)] == [True, True, True]
    metronome.stop()


def test_a_clock_that_cannot_be_read_ends_neither_the_beat_nor_the_watch(wall: Wall) -> None:
    beat = Counted()
    metronome = Metronome(beat, every=3600)
    metronome.start()
    assert beat.comes()
    with capture_logs():
        read, wall.hands.time = wall.hands.time, breaking
        assert not beat.comes(within=1.5)
        wall.hands.time = read
    wall.ahead = 3600.0
    assert beat.comes()
    metronome.stop()


def test_stopping_waits_for_the_beat_that_is_under_way() -> None:
    begun, done = threading.Event(), threading.Event()

    def slowly() -> None:
        begun.set()
        time.sleep(0.2)
        done.set()

    metronome = Metronome(slowly, every=3600)
    metronome.start()
    assert begun.wait(PATIENCE)
    metronome.stop()
    assert done.is_set()


def test_the_watch_of_the_clock_keeps_no_process_from_ending() -> None:
    metronome = Metronome(Counted(), every=3600)
    metronome.start()
    watches = [thread.daemon for thread in threading.enumerate() if thread.name == "drift"]
    metronome.stop()
    assert watches == [True]
