"""On a server a backup takes the place of all rows at once: killed, refused or too late, the old ones stay."""

from __future__ import annotations

from contextlib import closing

import pytest
from sqlalchemy import select, update

from bot.app.backup import copying, restoring_on_server
from bot.app.backup.sight import FURTHER, is_below, note_sight, read_sight
from bot.app.backup.since_then import bring_in_line
from bot.confidentiality.deletion.tombstone_file import tombstone_file_for
from bot.errors import SetupFault
from bot.models import Lease as LeaseRow
from bot.models import Reply
from bot.sending.lease import Lease
from tests.commands.test_backup import DAY, LATER, STAYED, SlackInstallation, deleted_since, host, killed
from tests.support.database import unit_of_work
from tests.support.faults import refuses
from tests.support.programme import PROGRAMME

__all__ = ["host"]
pytestmark = pytest.mark.postgres


def take_back_wishes(host: SlackInstallation, *, wish: bool = True) -> None:
    with closing(host.database()) as database, unit_of_work(database) as session:
        session.execute(update(Reply).values(wish=wish))


def wishes(host: SlackInstallation) -> int:
    return sum(bool(wish) for (wish,) in host.rows(Reply.wish))


def test_while_a_bot_runs_nothing_is_restored(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> None:
    host.run("backup", "copy.sqlite")
    take_back_wishes(host)
    with host.beating(monkeypatch), refuses(SetupFault, match="A bot or another program has .* open: end it first, restore"):
        host.run("restore", "copy.sqlite", at=LATER)
    assert wishes(host) == 12


def test_a_holder_that_was_killed_costs_a_wait_and_one_that_wakes_claims_nothing(host: SlackInstallation) -> None:
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as frozen:
        lease = Lease(frozen.write, frozen.look, workspace="slack", monotonic=lambda: 0.0)
        assert lease.keep()
        assert "A bot has had the database lately" in host.run("restore", "copy.sqlite", at=LATER).stderr
        with unit_of_work(frozen) as session:
            assert not lease.prove(session)
    assert "A bot has had" not in host.run("restore", "copy.sqlite", at=LATER).stderr


@pytest.mark.parametrize(("module", "where"), [(restoring_on_server, "replace_all"), (copying, "delete_rows"), (copying, "raise_leases")])
def test_killed_in_the_middle_it_leaves_the_old_rows_and_can_be_tried_again(host: SlackInstallation, module: object, where: str) -> None:
    host.run("backup", "copy.sqlite")
    take_back_wishes(host)
    killed(host, module, where, "restore", "copy.sqlite")
    assert (len(host.rows(Reply.id)), wishes(host)) == (12, 12)
    assert host.run("restore", "copy.sqlite", at=LATER).exit_code == 0
    assert len(host.rows(Reply.id)) == 12


def test_what_is_written_while_the_backup_is_made_ready_is_not_lost_silently(
    host: SlackInstallation, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.run("backup", "copy.sqlite")

    def answer_first(*_: object) -> None:
        take_back_wishes(host)

    monkeypatch.setattr(restoring_on_server, "copy_list", answer_first)
    with refuses(SetupFault, match="A bot or another program has"):
        host.run("restore", "copy.sqlite", at=LATER)
    assert wishes(host) == 12


@pytest.mark.parametrize(("seen", "number", "is_known"), [((2, 5), 2 + FURTHER, True), ((7, 100), 7 + FURTHER, False)])
def test_what_its_server_had_put_back_gives_way_as_one_that_nobody_could_read_and_raises_no_alarm_later(
    host: SlackInstallation, seen: tuple[int, int], number: int, is_known: bool
) -> None:
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as database:
        assert database.place is not None
        with unit_of_work(database) as session:
            session.add(LeaseRow(workspace="slack", holder="", number=2, counter=5))
        note_sight(database.place, seen)
        assert ("are held" not in host.run("restore", "copy.sqlite", at=LATER).stdout) == is_known
        with database.look() as session:
            assert session.scalars(select(LeaseRow.number)).all() == [number]
            assert not is_below(session, read_sight(database.place))


def test_what_only_another_machine_knows_as_deleted_goes_again_when_that_machine_starts(host: SlackInstallation) -> None:
    host.run("backup", "copy.sqlite")
    deleted_since(host, wiped=True)
    of_other = tombstone_file_for(host.place).rename(host.folder / "other.erased")
    host.lose()
    host.run("restore", "copy.sqlite", at=LATER)
    assert len(host.said()) > 2
    of_other.replace(tombstone_file_for(host.place))
    with closing(host.database()) as database:
        bring_in_line(database, LATER + DAY, [PROGRAMME])
    assert STAYED in host.said()
    assert len(host.said()) == 2


def test_where_all_is_lost_the_list_that_is_missed_is_named_by_its_own_place(host: SlackInstallation) -> None:
    host.run("backup", "copy.sqlite")
    host.lose()
    told = host.run("restore", "copy.sqlite", at=LATER)
    assert told.exit_code == 0
    assert f"{host.place.name}.erased, the list of what has been deleted" in told.stderr
    assert ".rehearsal" not in told.stderr
    assert "If you have a copy of the list, put it there and restore once more." in told.stderr
