"""The planner knows the text that runs, whether or not it has been loaded yet or can be loaded at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.models import LoadedProgramme, ProgrammeVersion, VersionState
from schedules.planner import ProgrammePlanner
from schedules.programme_file import load_file
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.programme import Programme

NOW = datetime(2018, 10, 1, 6, tzinfo=UTC)


@pytest.fixture
def loaded(session: Session, tmp_path: Path) -> Programme:
    """The programme as this process has loaded it."""
    session.add(LoadedProgramme(id="landsbyen-2018", loaded_at=NOW, checksum="0"))
    session.flush()
    return load_file(write_programme(tmp_path))


def run(session: Session, file: Path) -> None:
    """Let the text of a file run."""
    text = {"state": VersionState.RUNNING, "file": file.name, "content": file.read_bytes(), "checksum": "0", "since": NOW}
    session.add(ProgrammeVersion(programme="landsbyen-2018", **text))
    session.flush()


def test_without_a_text_in_the_database_what_was_loaded_runs(session: Session, loaded: Programme) -> None:
    assert ProgrammePlanner().running(session, loaded) is loaded


def test_a_text_that_has_just_been_put_in_force_runs_though_it_was_not_loaded(session: Session, loaded: Programme, tmp_path: Path) -> None:
    run(session, write_programme(tmp_path, 'at: "09:30"', 'at: "10:15"'))
    assert f"{ProgrammePlanner().running(session, loaded).rounds.at:%H:%M}" == "10:15"


def test_while_a_list_of_the_text_that_runs_is_lost_what_was_loaded_runs_on(session: Session, loaded: Programme, tmp_path: Path) -> None:
    people = tmp_path / "people" / "leaders.csv"
    people.parent.mkdir()
    people.write_text("\n".join(["email", *(f"person{n}@example.org" for n in range(11))]) + "\n", "utf-8")
    run(session, write_programme(tmp_path, "leaders: {usergroup: S0LEADERS}", "leaders: {file: people/leaders.csv}"))
    assert ProgrammePlanner().running(session, loaded) is not loaded
    people.unlink()
    assert ProgrammePlanner().running(session, loaded) is loaded
