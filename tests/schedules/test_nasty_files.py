"""The running bot meets files that used to stop it: organisers are told, the old programme runs on, and so does the beat."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.database.row_ids import new_number
from bot.models import AuditAct, AuditEntry, ProgrammeVersion, Reply, Round
from bot.programme import Retention
from schedules import housekeeping
from schedules.heartbeat import Heartbeat
from schedules.programme_store import ProgrammeStore
from tests.schedules.test_housekeeping import ASKED, FIRST, WELCOMED, answered
from tests.support.database import unit_of_work
from tests.support.heartbeat_world import here
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.heartbeat_world import HeartbeatWorld

pytestmark = pytest.mark.long  # bots run on every kind of file

LEADERS, DELETE = "leaders: {usergroup: S0LEADERS}", "delete_replies_after_days: 90"
BEYOND = "delete_replies_after_days: 999999999"


@dataclass(frozen=True)
class Text:
    """A text that runs, as the database keeps it."""

    programme: str
    content: bytes
    file: str = "landsby.yaml"


def change(*edits: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        write_programme(folder, *edits)

    return edit


def pipe(folder: Path) -> None:
    (folder / "landsby.yaml").unlink()
    os.mkfifo(folder / "landsby.yaml")


def link_to_device(folder: Path) -> None:
    (folder / "more.yaml").symlink_to("/dev/zero")


def pipe_as_list(folder: Path) -> None:
    os.mkfifo(folder / "leaders.csv")
    write_programme(folder, LEADERS, "leaders: {file: leaders.csv}")


def huge(folder: Path) -> None:
    (folder / "more.yaml").touch()
    os.truncate(folder / "more.yaml", 100_000_000)


NASTY = {
    "a reminder in eight thousand years": change("after_days: 2", "after_days: 3000000"),
    "a sign beyond all signs": change('{da: "Landsbykonference"', r'{da: "\UFFFFFFFF"'),
    "half a sign": change('{da: "Landsbykonference"', r'{da: "\ud800"'),
    "a name with a NUL": change(LEADERS, r'leaders: {file: "a\0b"}'),
    "a name of half a sign": change(LEADERS, r'leaders: {file: "\ud800"}'),
    "a device as a list": change(LEADERS, "leaders: {file: /dev/zero}"),
    "deletion beyond all years": change(DELETE, BEYOND),
    "a pipe": pipe,
    "a link to a device": link_to_device,
    "a pipe as a list": pipe_as_list,
    "a hundred megabytes": huge,
    "deep nesting": change("themes:", f"x: {'[' * 400}\nthemes:"),
}


@pytest.mark.parametrize("what", NASTY)
def test_the_organisers_are_told_and_the_old_programme_runs_on(world: HeartbeatWorld, what: str) -> None:
    world.beat(FIRST)
    text = Text(programme="landsbyen-2018", content=world.file.read_bytes())
    NASTY[what](world.folder)
    world.beat("2018-10-01 08:05", WELCOMED, ASKED)
    assert world.told_of_the_file() == ["notice.edit_broken"]
    assert len(world.rounds()) == 1
    assert world.heart._failures.standing() == []
    again = ProgrammeStore(world.folder, [text])
    assert again.current(here(ASKED)).content == text.content
    found = again.refresh(here(ASKED))
    assert found is not None
    assert found.faults


# --- what an earlier bot took for good


def as_an_earlier_bot_left_it(world: HeartbeatWorld, content: bytes) -> Heartbeat:
    """The database and the file hold this text, and the bot starts anew."""
    world.file.write_bytes(content)
    with unit_of_work(world.database) as session:
        version = session.scalars(select(ProgrammeVersion)).one()
        version.content, version.checksum = content, sha256(content).hexdigest()
    return restarted(world)


def restarted(world: HeartbeatWorld) -> Heartbeat:
    with world.database.look() as session:
        texts = [Text(each.programme, each.content, each.file) for each in session.scalars(select(ProgrammeVersion))]
    store = ProgrammeStore(world.folder, texts)
    return Heartbeat(database=world.database, programme_store=store, platform=world.platform, clock=world.clock)  # type: ignore[arg-type]  # what a beat needs of one


def test_a_text_that_breaks_a_bound_of_today_runs_on_within_it_until_its_file_is_mended(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    good = world.file.read_text("utf-8")
    world.heart = as_an_earlier_bot_left_it(world, good.replace(DELETE, BEYOND).encode())
    world.beat("2018-10-01 08:10", WELCOMED, ASKED)
    assert world.told_of_the_file() == ["notice.edit_broken"]
    (round_,) = world.rounds()
    assert round_.snapshot["retention"] == {"detach_after_days": 7, "delete_replies_after_days": 730}
    assert world.heart._failures.standing() == []
    world.file.write_text(good, "utf-8")
    world.beat("2018-10-09 11:00")
    world.put_in_force()
    world.beat("2018-10-09 11:01", "2018-10-09 11:02")
    programme = world.heart._programme_store.current(here("2018-10-09 11:02"))
    assert (programme.retention, programme.content) == (Retention(detach_after_days=7, delete_replies_after_days=90), good.encode())
    assert not world.heart._programme_store.has_faults


@pytest.mark.parametrize("strange", ["x" * 200, "“Landsbykonference”", "Lands\u200bby", "Lands\u2028by"])
def test_a_text_that_says_what_is_refused_today_runs_on(world: HeartbeatWorld, strange: str) -> None:
    world.beat(FIRST)
    content = world.file.read_text("utf-8").replace('da: "Landsbykonference"', f'da: "{strange}"').encode()
    world.heart = as_an_earlier_bot_left_it(world, content)
    world.beat(WELCOMED, ASKED)
    assert (len(world.rounds()), world.heart._failures.standing()) == (1, [])
    assert world.heart._programme_store.current(here(ASKED)).content == content


# --- deletion


def promise(world: HeartbeatWorld, days: int) -> None:
    with unit_of_work(world.database) as session:
        for round_ in session.scalars(select(Round)):
            round_.snapshot = {**round_.snapshot, "retention": {"detach_after_days": 7, "delete_replies_after_days": days}}


def second_round(world: HeartbeatWorld) -> int:
    """A later round that is closed as well, with nothing in it."""
    with unit_of_work(world.database) as session:
        first = session.scalars(select(Round)).one()
        values = {column.key: getattr(first, column.key) for column in Round.__table__.columns if column.key != "id"}
        later = Round(**{**values, "week": "2018-W40", "entry": "later"})
        later.snapshot = {**first.snapshot, "retention": {"detach_after_days": 7, "delete_replies_after_days": 90}}
        session.add(later)
        session.flush()
        return later.id


def deleted(world: HeartbeatWorld) -> list[int]:
    return [round_.id for round_ in world.rounds() if round_.deleted_at is not None]


@pytest.mark.parametrize("days", [999_999_999, 10**12])
def test_a_promise_that_no_calendar_reaches_stops_no_deletion_behind_it(world: HeartbeatWorld, days: int) -> None:
    answered(world)
    promise(world, days)
    later = second_round(world)
    world.beat("2019-02-01 10:00")
    assert deleted(world) == [later]
    assert world.heart._failures.standing() == []


def test_a_round_that_cannot_be_deleted_is_told_of_and_those_behind_it_are_deleted(
    world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(world)
    (first,), later = world.rounds(), second_round(world)
    delete_replies = housekeeping.detaching.delete_replies

    def delete(session, now, round_) -> None:
        delete_replies(session, now, round_)
        if round_.id == first.id:
            session.add(AuditEntry(id=new_number(session), programme=round_.programme, at=now, act=AuditAct.DETACHED))
            raise OverflowError

    monkeypatch.setattr(housekeeping.detaching, "delete_replies", delete)
    for moment in ("2019-02-01 10:00", "2019-02-01 10:01"):
        world.beat(moment)
        assert deleted(world) == [later]
        assert [failing.name for failing in world.heart._failures.standing()] == ["delete_old_replies"]
    with world.database.look() as session:
        assert session.scalars(select(Reply.id)).all() != [], "what failed has left nothing half done"
    monkeypatch.undo()
    world.beat("2019-02-01 10:02")
    assert deleted(world) == [first.id, later]
