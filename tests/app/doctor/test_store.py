"""Whatever is wrong with a database is told, with what mends it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.app.doctor import store
from bot.app.keys import LOCAL, SLACK
from bot.confidentiality.encryption import new_key
from bot.database.sqlite import database_files
from bot.models import Lease, LoadedProgramme, Round
from tests.support.programme import PROGRAMME

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.app.doctor.installation_of_test import Installation

NOW = datetime(2018, 10, 9, 8, 0, tzinfo=UTC)


def loaded(session: Session, now: datetime = NOW) -> None:
    session.add(LoadedProgramme(id=PROGRAMME.id, loaded_at=now, checksum="0" * 64, synchronised_at=now))


def test_a_database_that_is_there_is_told_with_size_owner_and_mode(installation: Installation) -> None:
    installation.on_slack()
    found = installation.find()
    (said,) = [finding.said for finding in found["database"] if finding.said.key == "doctor.database.fine"]
    assert dict(said.values) | {"file": "", "owner": ""} == {"file": "", "size": 1, "owner": "", "mode": "0600"}
    assert [finding.state for name in ("integrity", "tables", "age", "disk", "key") for finding in found[name]] == ["ok"] * 5


def test_a_database_that_is_missing_is_a_fault_on_slack_alone(installation: Installation) -> None:
    assert installation.states("database") == {"database.to_come": "ok"}
    installation.on_slack().unlink()
    assert installation.states("database") == {"database.absent": "fault"}
    assert not (installation.folder / "data" / "eftertanke.sqlite").exists()


def test_a_folder_that_is_missing_is_told_before_a_database_and_no_key_is_said_to_fit(installation: Installation) -> None:
    installation.on_slack()
    installation.set(DATABASE_URL=f"sqlite:///{installation.folder}/nowhere/eftertanke.sqlite")
    found = installation.find()
    assert [(finding.said.key, finding.state) for finding in found["database"]] == [("setup.make_folder", "fault")]
    assert "key" not in found


@pytest.mark.parametrize("url", ["postgresql://anna:made@up@db/e3", "mysql://db/e3"])
@pytest.mark.parametrize("on_slack", [True, False])
def test_where_the_address_is_none_no_other_database_is_looked_at(installation: Installation, on_slack: bool, url: str) -> None:
    (installation.on_slack() if on_slack else installation.with_tables("local.sqlite")).chmod(0o644)
    installation.set(DATABASE_URL=url)
    found = installation.find()
    assert [(finding.said.key, finding.state) for finding in found["database"]] == [("doctor.database.wrong", "fault")]
    assert [finding.said.key for finding in found["settings"] + found["modes"]] == ["setup.setting", "doctor.modes.fine"]
    assert found.keys() <= {"settings", "modes", "time_zone", "proxy", "certificates", "database", "programme", "tokens"}


def test_an_empty_file_has_no_tables(installation: Installation) -> None:
    installation.on_slack().write_bytes(b"")
    assert installation.states("tables") == {"tables.empty": "fault"}


def test_a_file_that_is_no_database_is_told_as_that(installation: Installation) -> None:
    installation.on_slack().write_text("Ikke en database. " * 100, "utf-8")
    found = installation.find()
    (finding,) = found["database"]
    assert (finding.state, dict(finding.said.values)["why"].key) == ("fault", "setup.not_a_database")
    assert {"programme", "proxy", "tokens"} <= found.keys()  # the others go on


def test_a_database_that_somebody_has_locked_is_told_without_waiting_for_them(installation: Installation) -> None:
    file = installation.on_slack()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        (finding,) = installation.find()["database"]
    assert (finding.state, dict(finding.said.values)["why"].key) == ("fault", "doctor.database.locked")


def test_a_database_without_a_log_is_read_all_the_same(installation: Installation) -> None:
    file = installation.on_slack()
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
    assert installation.states("database") == {"database.fine": "ok", "database.without_log": "ok"}
    assert installation.states("tables") == {"tables.fine": "ok"}


@pytest.mark.parametrize(
    ("revision", "said"),
    [("0001", "tables.pending"), ("9999", "tables.newer"), (None, "tables.foreign")],
    ids=["older", "newer", "foreign"],
)
def test_a_database_of_another_version_is_told_and_nothing_else_in_it_is_looked_at(
    installation: Installation, revision: str | None, said: str
) -> None:
    file = installation.on_slack()
    with closing(sqlite3.connect(file)) as database, database:
        if revision is None:
            database.execute("DROP TABLE alembic_version")
        else:
            database.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    assert installation.states("tables") == {said: "fault"}
    assert installation.find().keys().isdisjoint({"lists", "digests", "alarms"})


def test_a_damaged_page_is_found(installation: Installation) -> None:
    file = installation.on_slack()
    with file.open("r+b") as opened:
        opened.seek(3 * 4096 + 1)
        opened.write(b"\xff" * 3000)
    assert "fault" in installation.states("integrity").values()


def test_a_large_file_is_read_only_as_far_as_there_is_time(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    file = installation.on_slack()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(
            "CREATE TABLE large AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50000) SELECT i FROM n"
        )
    monkeypatch.setattr(store, "WHOLE_IN", 0.0)
    assert installation.states("integrity") == {"integrity.large": "ok"}


def test_a_log_whose_memory_is_lost_is_told_and_kept(installation: Installation) -> None:
    file = installation.on_slack()
    copy = file.with_name("copy")
    copy.mkdir()
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE something(a)")
        database.commit()
        for part in database_files(file)[:2]:
            shutil.copy(part, copy)
    for part in copy.iterdir():
        part.replace(file.with_name(part.name))
    assert installation.states("database") == {"database.fine": "ok", "database.log": "remark"}
    assert database_files(file)[1].stat().st_size


def test_a_database_that_is_older_than_its_list_of_deletions_is_a_fault(installation: Installation) -> None:
    file = installation.on_slack()
    file.with_name(f"{file.name}.erased").write_text(f"2018-10-01 {'a' * 64}\nnewest 3\n", "ascii")
    assert installation.states("age") == {"age.behind": "fault", "age.never": "ok"}


def test_lists_that_were_not_read_for_two_days_are_told_by_day(installation: Installation) -> None:
    file = installation.on_slack()
    installation.write(file, loaded)
    assert installation.states("age", NOW + timedelta(hours=40)) == {"age.fine": "ok"}
    assert installation.states("age", NOW + timedelta(hours=50)) == {"age.stale": "remark"}


def test_a_disk_without_room_is_a_fault(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    installation.on_slack()
    assert [finding.state for finding in installation.find()["disk"]] == ["ok"]
    monkeypatch.setattr(store, "COPIES", 10**12)
    assert installation.states("disk") == {"disk.full": "fault"}


def test_a_key_that_does_not_fit_is_a_fault_and_no_key_is_shown(installation: Installation) -> None:
    file, other = installation.on_slack(), new_key()

    def answer(session: Session) -> None:
        loaded(session)
        session.flush()
        round_ = Round(programme=PROGRAMME.id, week="2018-W41", day=1, entry="e", theme="t", opens_at=NOW, closes_at=NOW, snapshot={})
        session.add(round_)
        session.flush()
        session.execute(
            text(
                "INSERT INTO replies (id, round_id, question, words, sealed_with, wish, quote) VALUES ('r', :round, 'q', 'x', 'gone', 0, 0)"
            ),
            {"round": round_.id},
        )

    installation.write(file, answer)
    installation.set(EFTERTANKE_KEY=other)
    found = installation.find()
    assert [finding.said.key for finding in found["key"]] == ["doctor.key.other"]
    assert other not in repr(found)
    installation.set(EFTERTANKE_KEY="")
    assert installation.states("key") == {"key.other": "fault"}, "no start makes the key that is gone"
    installation.set(SLACK_BOT_TOKEN="xoxb-made-up-0001", SLACK_APP_TOKEN="xapp-made-up-0001")
    assert installation.states("key") == {"key.other": "fault"}


def test_a_missing_key_is_a_fault_on_slack(installation: Installation) -> None:
    installation.on_slack()
    installation.set(EFTERTANKE_KEY="", SLACK_BOT_TOKEN="xoxb-made-up-0001", SLACK_APP_TOKEN="xapp-made-up-0001")
    assert installation.states("key") == {"setup.no_key": "fault"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_who_is_not_the_owner_of_the_database_hears_it(installation: Installation) -> None:
    file = installation.on_slack()
    os.chown(file, 12345, 12345)
    assert installation.states("database") == {"database.fine": "ok", "database.other": "remark"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file locked")
def test_a_database_that_another_process_has_open_is_in_use(installation: Installation) -> None:
    installation.on_slack()
    assert installation.states("running") == {"running.no": "remark"}


def test_a_database_of_the_other_workspace_is_a_fault(installation: Installation) -> None:
    file = installation.on_slack()
    installation.write(file, lambda session: session.add(Lease(workspace=SLACK, holder="a", number=1, counter=1)))
    assert installation.states("workspace") == {}
    installation.write(file, lambda session: session.add(Lease(workspace=LOCAL, holder="b", number=1, counter=1)))
    assert installation.states("workspace") == {"setup.made_up_database": "fault"}
    installation.set(SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="", DATABASE_URL=f"sqlite:///{file}")
    assert installation.states("workspace") == {"setup.slack_database": "fault"}


def test_tokens_that_are_missing_beside_a_database_of_slack_are_missed(installation: Installation) -> None:
    installation.on_slack()
    installation.set(SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")
    assert installation.states("settings") == {"settings.of_slack": "remark", "settings.no_file": "ok"}
