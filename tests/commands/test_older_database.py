"""A database put back without `restore` is recognised at the start, and no other is taken for one."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs
from typer.testing import CliRunner

from bot.__main__ import front_door
from bot.app import installation
from bot.app.age_of_database import is_behind_its_list
from bot.app.backup.sight import note_sight
from bot.app.backup.since_then import bring_in_line
from bot.app.rehearsal.local_bot import LocalBot
from bot.confidentiality.deletion import tombstone_file, tombstones
from bot.confidentiality.encryption import new_key
from bot.errors import WrongDatabase
from bot.models import Digest, Lease, MessageKind, OutboxMessage, Person, PersonState
from schedules.housekeeping import wipe
from schedules.programme_store import ProgrammeStore
from tests.support.database import KEY, open_database, unit_of_work
from tests.support.faults import refuses
from tests.support.programme import PROGRAMME, write_programme
from tests.support.refusals import Life, begin, chosen, issue
from tests.support.running_world import database_in
from tests.support.world import DAY, OPENS, World

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """A week that has begun."""
    return begin(tmp_path_factory.mktemp("older") / "start")


@pytest.fixture
def life(start: Life, tmp_path: Path) -> Life:
    return start.copied(tmp_path / "life")


def started(life: Life) -> list[str]:
    """A bot starts; what the organisers are told because of it."""
    with closing(life.database()) as database:
        bring_in_line(database, life.now, [PROGRAMME])
        with database.look() as session:
            notices = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == MessageKind.NOTICE)).all()
            return [notice.facts["say"] for notice in notices if notice.facts["say"] == "notice.older_database"]


def left_and_swapped(life: Life) -> None:
    """Somebody leaves, and the database of before stands there again, with the list as it is."""
    before = life.snapshot("before")
    life.act("leave")
    life.return_to(before)


def test_an_older_database_is_brought_in_line_at_the_start_once_and_organisers_are_told(life: Life) -> None:
    left_and_swapped(life)
    with capture_logs() as logs:
        assert started(life) == ["notice.older_database"]
        assert started(life) == ["notice.older_database"]
    assert [(entry["event"], sorted(entry)) for entry in logs] == [
        ("the database is older than its list of deletions, and was brought in line with it", ["event", "file", "log_level"])
    ]
    with closing(life.database()) as database:
        assert chosen(database).state is PersonState.LEFT


@pytest.mark.parametrize("act", ["untick quote", "untick wish", "take the quote back", "pause", "delete", "erase"])
def test_whatever_was_taken_back_makes_the_database_of_before_an_older_one(life: Life, act: str) -> None:
    before = life.snapshot("before")
    life.act(act)
    assert started(life) == []
    life.return_to(before)
    assert started(life) == ["notice.older_database"]


def test_a_database_from_before_a_restore_is_older_than_what_was_restored(life: Life) -> None:
    life.act("pause")
    with closing(life.database()) as database, unit_of_work(database) as session:
        for _ in range(100):  # it had come further than its list says
            tombstones.request_wiping(session, life.now)
    before = life.snapshot("before")
    left = life.put_back(life.backups[0], "unreadable", life.folder / "restored")
    assert started(left) == []
    left.act("leave")
    left.return_to(before)
    assert started(left) == ["notice.older_database"]


def test_a_database_whose_lease_was_seen_further_on_is_an_older_one_though_nothing_was_deleted_since(life: Life) -> None:
    with closing(life.database()) as database, unit_of_work(database) as session:
        session.add(Lease(workspace="slack", holder="", number=3, counter=40))
    note_sight(life.place, (3, 40))
    assert started(life) == []
    note_sight(life.place, (3, 90))
    with capture_logs() as logs:
        assert started(life) == ["notice.older_database"]
        assert started(life) == ["notice.older_database"]
    assert len(logs) == 1


def test_a_list_of_an_earlier_version_says_nothing_of_its_database_and_raises_no_alarm(life: Life) -> None:
    left_and_swapped(life)
    listed = tombstone_file.tombstone_file_for(life.place)
    listed.write_text("".join(line.replace(" ", "T09:00 ") for line in listed.read_text().splitlines(keepends=True)[:-1]))
    with capture_logs() as logs:
        assert started(life) == []
    assert logs == []


@pytest.mark.parametrize("is_swapped", [True, False])
def test_a_list_that_has_lost_its_end_is_known_for_later_by_what_it_lists_and_mended(life: Life, is_swapped: bool) -> None:
    left_and_swapped(life) if is_swapped else life.act("leave")
    listed = tombstone_file.tombstone_file_for(life.place)
    listed.write_text(listed.read_text()[:-1])
    with capture_logs() as logs:
        assert started(life) == ["notice.older_database"] * is_swapped
    assert len(logs) == 1


def test_a_list_that_has_gone_is_written_anew_and_that_is_said(life: Life) -> None:
    life.act("leave")
    listed = tombstone_file.tombstone_file_for(life.place)
    before = listed.read_text()
    listed.unlink()
    with capture_logs() as logs:
        assert started(life) == []
    assert listed.read_text() == before
    assert [entry["event"] for entry in logs] == ["the list of deletions is missing or damaged: it is written from what the database knows"]


def test_a_list_that_cannot_be_read_is_named_with_its_cure(life: Life) -> None:
    listed = tombstone_file.tombstone_file_for(life.place)
    listed.mkdir()
    with refuses(WrongDatabase, match=r"\.erased cannot be read \(Is a directory\).* move away what stands there"):
        started(life)


def test_a_copy_of_hours_ago_is_not_too_old_though_the_bot_has_idled_for_weeks(life: Life) -> None:
    life.act("rewrite")
    life.now += 36 * DAY
    left_and_swapped(life)
    assert started(life) == ["notice.older_database"]


def test_a_new_database_of_made_up_people_beside_an_old_list_raises_no_alarm(tmp_path: Path) -> None:
    write_programme(tmp_path / "schedules")
    (tmp_path / "data").mkdir()
    tombstone_file.add_tombstones(tmp_path / "data" / "local.sqlite.erased", [], OPENS, mark=57)
    bot = LocalBot(ProgrammeStore(tmp_path / "schedules"), tmp_path / "data")
    with capture_logs() as logs:
        bot.open()
    bot.close()
    assert [entry for entry in logs if "older" in entry["event"]] == []
    with closing(open_database(str(bot.database.url))) as database, database.look() as session:
        assert not is_behind_its_list(session, database)


def test_a_new_beginning_of_the_local_bot_begins_the_list_anew(tmp_path: Path) -> None:
    write_programme(tmp_path / "schedules")
    data = tmp_path / "data"
    bot = LocalBot(ProgrammeStore(tmp_path / "schedules"), data, database_url=database_in(data))
    bot.open()
    with unit_of_work(bot.database) as session:
        tombstones.request_wiping(session, bot.clock.now())
    assert wipe(bot.database, bot.clock.now(), quiet=True)
    bot.reset()
    with bot.database.look() as session:
        assert not is_behind_its_list(session, bot.database)
    bot.close()


def test_a_database_over_thirty_days_older_than_its_list_is_refused(life: Life) -> None:
    left_and_swapped(life)
    life.now += 40 * DAY
    listed = tombstone_file.tombstone_file_for(life.place)
    later = tombstones.Deletion(token="a" * 64, at=life.now)
    tombstone_file.add_tombstones(listed, [later], life.now)
    with refuses(WrongDatabase, match=r"over 30 days older than .*\.erased beside it.* restore FILE"):
        started(life)
    with closing(life.database()) as database:
        assert chosen(database).state is PersonState.ACTIVE  # nothing was touched


# --- commands


def run(life: Life, monkeypatch: pytest.MonkeyPatch, *arguments: str, key: str = KEY) -> Result:
    monkeypatch.chdir(life.folder)
    monkeypatch.setattr(installation.WallClock, "now", lambda _clock: life.now + timedelta(hours=1))
    settings = {"SLACK_BOT_TOKEN": "xoxb-1234567890-x", "SLACK_APP_TOKEN": "xapp-1-1234567890-x", "EFTERTANKE_KEY": key}
    for name, value in {**settings, "DATABASE_URL": life.url, "DATA_DIR": str(life.folder)}.items():
        monkeypatch.setenv(name, value)
    return CliRunner().invoke(front_door(("digest", "key", "erase", "export", "migrate")), list(arguments), catch_exceptions=False)


COMMANDS = (
    ("erase", "U0ABC123"),
    ("key", "rotate"),
    ("digest", "approve", "1"),
    ("digest", "show", "1"),
    ("export",),
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_writes_in_or_shows_an_older_database(life: Life, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    left_and_swapped(life)
    with refuses(WrongDatabase, match="Start the bot once"):
        run(life, monkeypatch, *arguments)
    assert started(life) == ["notice.older_database"]


def test_bringing_an_older_database_up_to_date_with_a_newer_key_does_not_make_it_pass_for_a_newer_one(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = life.snapshot("before")
    life.act("untick quote")
    life.return_to(before)
    with refuses(WrongDatabase, match="Start the bot once"):
        run(life, monkeypatch, "migrate", key=f"{new_key()},{KEY}")
    assert started(life) == ["notice.older_database"]


def test_what_commands_delete_and_a_change_of_keys_raise_no_alarm(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(life.database()) as database, unit_of_work(database) as session:
        session.scalars(select(Person).where(Person.address == "L5")).one().address = "U0ABC123"
        life.now = issue(World(session))
        assert session.scalars(select(Digest.id)).all() != []
    assert run(life, monkeypatch, "erase", "U0ABC123").exit_code == 0
    assert run(life, monkeypatch, "key", "rotate", key=f"{new_key()},{KEY}").exit_code == 0
    with closing(life.database()) as database, database.look() as session:
        assert not is_behind_its_list(session, database)
