"""A restore is rehearsed as it would be done, while the bot runs, and nothing stays of it but a note."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select, update

from bot.app.backup import backup_file, restoring
from bot.confidentiality.encryption import new_key
from bot.database.scratch import scratch_folder, use_scratch_folder
from bot.dialogue import audit
from bot.dialogue.data_rights.erasure import erase
from bot.errors import KeyFault, SetupFault, WrongDatabase
from bot.local_time import day_only
from bot.models import AuditAct, AuditEntry, LoadedProgramme, OutboxMessage, Person, Reply
from schedules.housekeeping import remove_restore_files
from tests.commands.test_backup import DAY, LATER, MADE, host, killed
from tests.support.database import gone, unit_of_work
from tests.support.faults import refuses

if TYPE_CHECKING:
    from tests.commands.test_backup import SlackInstallation

__all__ = ["host"]
BACKUP, PUBLIC = "copy.sqlite", (LoadedProgramme, OutboxMessage, Person, Reply)


def all_rows(host: SlackInstallation) -> list[list[tuple[object, ...]]]:
    return [host.rows(*table.__table__.columns) for table in PUBLIC]


def acts(host: SlackInstallation) -> list[str]:
    """What operators have done."""
    return sorted(str(act) for (act,) in host.rows(AuditEntry.act) if act in audit.OF_OPERATORS)


def files_beside(host: SlackInstallation) -> set[str]:
    return {file.name for file in host.place.parent.iterdir() if not file.name.endswith(("-wal", "-shm"))}


def test_a_rehearsal_changes_nothing_but_that_it_is_noted(host: SlackInstallation) -> None:
    host.run("backup", BACKUP)
    before, files, backup = all_rows(host), files_beside(host), Path(BACKUP).read_bytes()
    done = host.run("restore", BACKUP, "--rehearse", at=LATER)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "copy.sqlite can be restored: it is whole, the key fits" in done.stdout
    assert (all_rows(host), files_beside(host), Path(BACKUP).read_bytes()) == (before, files, backup)
    noted = host.rows(AuditEntry.act, AuditEntry.at, AuditEntry.programme)
    assert set(noted) >= {(AuditAct.BACKUP_MADE, MADE, None), (AuditAct.RESTORE_REHEARSED, LATER, None)}
    assert acts(host) == ["backup_made", "restore_rehearsed"]


def test_it_is_rehearsed_while_a_bot_runs(host: SlackInstallation) -> None:
    host.run("backup", BACKUP)
    with closing(host.database()) as running, running.look() as session:
        session.scalars(select(Reply.id)).all()
        assert host.run("restore", BACKUP, "--rehearse").exit_code == 0


def test_of_a_folder_the_newest_backup_is_rehearsed(host: SlackInstallation) -> None:
    folder = host.folder / "backups"
    folder.mkdir()
    with refuses(SetupFault, match="There is no backup of Eftertanke's in the folder"):
        host.run("restore", str(folder), "--rehearse")
    for name, at in (("b.sqlite", MADE), ("a.sqlite", LATER)):
        host.run("backup", str(folder / name), at=at)
    (folder / "notes.txt").write_text("n")
    assert "a.sqlite can be restored" in host.run("restore", str(folder), "--rehearse").stdout
    ahead = shutil.copy(folder / "b.sqlite", folder / "c.sqlite")
    backup_file.mark_as_backup(ahead, LATER + 400 * DAY)  # by a clock that was ahead: it would be the newest for a year
    assert "a.sqlite can be restored" in host.run("restore", str(folder), "--rehearse").stdout
    with refuses(SetupFault, match="is no backup"):
        host.run("restore", str(folder))


def test_what_would_fail_fails_in_the_rehearsal_and_is_not_noted(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> None:
    host.run("backup", BACKUP)
    with refuses(SetupFault, match="a backup over 30 days old"):
        host.run("restore", BACKUP, "--rehearse", at=MADE + 31 * DAY)
    newer = shutil.copy(BACKUP, "newer.sqlite")
    with closing(sqlite3.connect(newer)) as copy, copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    with refuses(WrongDatabase, match="is from a newer Eftertanke"):
        host.run("restore", newer, "--rehearse", at=LATER)
    monkeypatch.setenv("EFTERTANKE_KEY", new_key())
    with refuses(KeyFault, match="missing"):
        host.run("restore", BACKUP, "--rehearse", at=LATER)
    assert acts(host) == ["backup_made"]
    assert not scratch_folder(host.place).exists()


@pytest.mark.parametrize("rehearse", [["--rehearse"], []])
def test_a_damaged_backup_is_refused_before_anything_is_touched(host: SlackInstallation, rehearse: list[str]) -> None:
    host.run("backup", BACKUP)
    said, files, content = host.said(), files_beside(host), bytearray(Path(BACKUP).read_bytes())
    content[len(content) // 3 :: 7] = b"x" * len(content[len(content) // 3 :: 7])
    Path(BACKUP).write_bytes(content)
    with refuses(WrongDatabase, match="is damaged and cannot be restored"):
        host.run("restore", BACKUP, *rehearse)
    assert (host.said(), files_beside(host)) == (said, files)


@pytest.mark.postgres
def test_it_is_rehearsed_also_when_the_server_has_lost_all_and_the_list_that_is_missed_is_named_by_its_own_place(
    host: SlackInstallation,
) -> None:
    host.run("backup", BACKUP)
    host.lose()
    done = host.run("restore", BACKUP, "--rehearse", at=LATER)
    assert "copy.sqlite can be restored" in done.stdout
    assert "It could not be noted in the database" in done.stderr
    assert f"{host.place}.erased, the list of what has been deleted" in done.stderr


@pytest.mark.postgres
@pytest.mark.parametrize("options", [["--rehearse"], []])
def test_while_a_server_lets_nobody_in_nothing_is_done_and_it_says_why(host: SlackInstallation, options: list[str]) -> None:
    host.run("backup", BACKUP)
    before = files_beside(host)
    with (
        closing(host.database()) as database,
        gone(database),
        refuses(WrongDatabase, match=r"cannot be used: .* not currently accepting connections"),
    ):
        host.run("restore", BACKUP, *options, at=LATER)
    assert files_beside(host) == before


@pytest.mark.sqlite  # a server has either all of a database or none
@pytest.mark.parametrize("is_there", [True, False], ids=["damaged", "gone"])
def test_it_is_rehearsed_also_when_the_database_is_lost_and_leaves_that_as_it_is(host: SlackInstallation, *, is_there: bool) -> None:
    host.run("backup", BACKUP)
    content = bytearray(host.file.read_bytes())
    content[4096:] = b"x" * len(content[4096:])
    host.file.unlink()
    if is_there:
        host.file.write_bytes(content)
    before = files_beside(host)
    done = host.run("restore", BACKUP, "--rehearse", at=LATER)
    assert "copy.sqlite can be restored" in done.stdout
    assert "It could not be noted in the database" in done.stderr
    assert ".rehearsal" not in done.stderr
    assert files_beside(host) == before
    assert not is_there or host.file.read_bytes() == content


def test_a_backup_of_something_else_is_refused_by_its_own_name(host: SlackInstallation) -> None:
    with closing(sqlite3.connect("other.sqlite")) as other, other:
        other.execute("CREATE TABLE notes (words)")
    backup_file.mark_as_backup(Path("other.sqlite"), MADE)
    for options in (["--rehearse"], []):
        with refuses(WrongDatabase, match=r"^other\.sqlite is no backup"):
            host.run("restore", "other.sqlite", *options)
    assert host.said()


def test_a_rehearsal_prints_the_same_whatever_people_have_deleted_since(host: SlackInstallation) -> None:
    host.run("backup", BACKUP)
    before = host.run("restore", BACKUP, "--rehearse", at=LATER)
    with closing(host.database()) as database, unit_of_work(database) as session:
        erase(session, LATER, session.scalars(select(Person.address)).first() or "")
    after = host.run("restore", BACKUP, "--rehearse", at=LATER)
    assert (before.stdout, before.stderr) == (after.stdout, after.stderr)


def test_nor_does_a_restore_tell_how_much_people_have_deleted_since(host: SlackInstallation) -> None:
    host.run("backup", BACKUP)
    before = host.run("restore", BACKUP, at=LATER)
    with closing(host.database()) as database, unit_of_work(database) as session:
        erase(session, LATER, session.scalars(select(Person.address)).first() or "")
    after = host.run("restore", BACKUP, at=LATER)
    assert (before.stdout, before.stderr) == (after.stdout, after.stderr)
    assert "What was deleted or taken back since is deleted again." in after.stdout


def test_what_a_killed_rehearsal_left_goes_with_the_next_or_when_a_bot_starts(host: SlackInstallation) -> None:
    host.run("backup", BACKUP)
    for clear_away in (lambda: host.run("restore", BACKUP, "--rehearse"), lambda: remove_restore_files(host.database())):
        killed(host, restoring, "put_in_place", "restore", BACKUP, "--rehearse")
        assert [file.stat().st_mode & 0o077 for file in (scratch_folder(host.place), *scratch_folder(host.place).iterdir())].count(0) >= 2
        clear_away()
        assert not scratch_folder(host.place).exists()
    assert acts(host) == ["backup_made", "restore_rehearsed"]


def test_of_two_rehearsals_at_once_one_is_refused_and_a_bot_that_starts_leaves_it_alone(host: SlackInstallation) -> None:
    host.run("backup", BACKUP)
    with use_scratch_folder(host.place) as folder:
        (folder / "underway").touch()
        with refuses(SetupFault, match="Another rehearsal of a restore is under way"):
            host.run("restore", BACKUP, "--rehearse")
        with closing(host.database()) as database:
            remove_restore_files(database)
        assert (folder / "underway").exists()


# --- what operators did is noted


def test_what_operators_did_is_noted_and_carried_over_by_a_restore(host: SlackInstallation) -> None:
    host.run("backup", BACKUP)
    host.run("key", "rotate")
    host.run("erase", "U0NOBODY")
    host.run("restore", BACKUP, at=LATER)
    assert acts(host) == ["backup_made", "key_rotated", "person_erased", "restored"]
    host.lose()
    host.run("restore", BACKUP, at=LATER + timedelta(hours=1))
    assert acts(host) == ["put_back", "restored"], "nobody can read what gave way"


def test_an_erasure_is_noted_by_day_once_and_whether_or_not_there_was_anybody(host: SlackInstallation) -> None:
    somebody = str(host.rows(Person.address)[0][0])
    noted = []
    for who in ([somebody], ["U0NOBODY"], ["U0NOBODY", somebody, "U0NOBODY"]):
        for person in who:
            host.run("erase", person, at=LATER)
        noted += [row for row in host.rows(AuditEntry.act, AuditEntry.at) if row[0] is AuditAct.PERSON_ERASED]
        with closing(host.database()) as database, unit_of_work(database) as session:
            session.execute(delete(AuditEntry))
    assert noted == [(AuditAct.PERSON_ERASED, day_only(LATER))] * 3


def test_no_act_of_an_operator_makes_a_backup_seem_younger(host: SlackInstallation) -> None:
    with closing(host.database()) as database, unit_of_work(database) as session:
        session.execute(update(OutboxMessage).values(sent_at=MADE))
    host.run("backup", "first.sqlite", at=MADE)
    host.run("key", "rotate", at=MADE + 20 * DAY)
    assert "counts as made on 25 August 2018" in host.run("backup", "second.sqlite", at=MADE + 20 * DAY).stdout
