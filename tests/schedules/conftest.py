"""A small programme's file for the tests of the checking, and a heartbeat on a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import ProgrammeFaults
from schedules.programme_file import load_file
from tests.support.faults import told
from tests.support.heartbeat_world import HeartbeatWorld
from tests.support.programme import INFORMATION_TEXT, exchange, write_programme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.database.unit_of_work import Database

SMALL = """\
programme: small-2018
title: {da: "Lille", en: "Small"}
language: da
timezone: Europe/Copenhagen
people:
  leaders: {usergroup: S0LEADERS}
  employee_reps: {usergroup: S0REPS}
  politicians: {usergroup: S0POLIT}
  organisers: {usergroup: S0ORG, channel: C0ORGANISERS}
themes:
  - {id: first, title: {da: "Først", en: "First"}}
  - {id: second, title: {da: "Næst", en: "Second"}}
questions:
  - id: one
    theme: first
    ask: {da: "Et?", en: "One?"}
  - id: two-leader
    theme: second
    ask: {da: "To, leder?", en: "Two, leader?"}
  - id: two-rep
    theme: second
    ask: {da: "To, repræsentant?", en: "Two, representative?"}
  - id: spare
    theme: first
    ask: {da: "Ekstra?", en: "Spare?"}
    reserve: true
rounds:
  every: tuesday
  at: "09:30"
  from: 2018-08-21
  until: 2018-08-28
  skip: {holidays: DK, weeks: [42]}
  remind: {after_days: 2, at: "13:00"}
  order:
    - one
    - {leader: two-leader, employee_rep: two-rep}
digest:
  channel: C0DIGEST
  close: {day: friday, at: "10:00"}
  post: {day: friday, at: "14:00"}
  review: required
floors: {people: 5, quotes: 8, audience: 10}
guidelines_agreed: {by: "MED-udvalg", on: 2018-08-15}
retention: {detach_after_days: 7, delete_replies_after_days: 90}
"""
SMALL += INFORMATION_TEXT


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """A file with the small programme, in which texts can be exchanged: `small("tuesday", "tusday")`."""

    def write(*changes: str, name: str = "small.yaml") -> Path:
        path = tmp_path / name
        path.write_text(exchange(SMALL, *changes), encoding="utf-8")
        return path

    return write


@pytest.fixture
def faults_in() -> Callable[..., list[str]]:
    """The faults in a file, each as `line:column: message`."""

    def faults(path: Path, language: str = "en") -> list[str]:
        with pytest.raises(ProgrammeFaults) as caught:
            load_file(path)
        return [f"{fault.line}:{fault.column}: {told(fault, language)}" for fault in caught.value.faults]

    return faults


@pytest.fixture
def make_world(tmp_path: Path, database: Database) -> Callable[..., HeartbeatWorld]:
    """Makes a heartbeat on the programme, in which texts are exchanged: `make_world("tuesday", "monday")`."""
    return lambda *changes: HeartbeatWorld(write_programme(tmp_path / "schedules", *changes).parent, database)


@pytest.fixture
def world(make_world: Callable[..., HeartbeatWorld]) -> HeartbeatWorld:
    """A heartbeat on the programme as it is."""
    return make_world()
