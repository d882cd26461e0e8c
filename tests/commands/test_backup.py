"""A backup is whole, has no key, expires in time, and brings back nothing that was deleted."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner

from bot.__main__ import front_door
from bot.app import installation, sole_use
from bot.app.backup import backup_file
from bot.app.backup import restoring as restoring_module
from bot.app.installation import newest_moment
from bot.app.keys import make_database
from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.confidentiality.encryption import Keys, decrypt_words, new_key
from bot.database.copy_rows import delete_rows
from bot.database.places import place_of
from bot.database.sqlite import files_of_restore
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.outbox import put
from bot.dialogue.planning import versions
from bot.dialogue.responses import due_promises, promises, to_participants, unanswered
from bot.dialogue.rounds import replies
from bot.dialogue.season.thanks import queue_thanks
from bot.errors import KeyFault, SetupFault, WrongDatabase
from bot.message_facts import PlanFacts, PromiseFacts, WishFacts
from bot.models import (
    AuditAct,
    AuditEntry,
    Authorship,
    Base,
    Digest,
    Finding,
    HeardBy,
    ListHold,
    MessageKind,
    MessageState,
    OutboxMessage,
    Participation,
    PauseForAll,
    PeopleList,
    Person,
    ProgrammeVersion,
    Quote,
    QuoteState,
    Reply,
    Response,
    ResponseState,
    Round,
)
from bot.programme import Role
from bot.seam.actions import ResponseKind
from bot.sending.lease import Lease
from bot.wording.dates import stamp_in
from schedules.housekeeping import wipe
from tests.support.database import KEY, files_of, lose, unit_of_work
from tests.support.faults import refuses
from tests.support.programme import ORGANISERS_CHANNEL, PROGRAMME, write_programme
from tests.support.server_databases import is_on_server
from tests.support.world import World, close_of, post_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from click.testing import Result
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.message_facts import Facts

DAY = timedelta(days=1)
MADE = post_of(1)
LATER = MADE + timedelta(hours=1)
KEYS_ABOUT_WISHES = ("promise:", "asked:", "unanswered:")
ABOUT_WISHES = (MessageKind.PROMISE_DUE, MessageKind.WISH_ASKED, MessageKind.WISH_UNANSWERED)
QUOTED, DELETED, ERASED, STAYED = "citeret", "slettet", "glemt", "blevet"


class SlackInstallation:
    """An installation on Slack, with a digest that has been posted with a quote, and a clock that is set by hand."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.file = folder, folder / "data" / "eftertanke.sqlite"
        self.now = MADE
        monkeypatch.setattr(installation.WallClock, "now", lambda _clock: self.now)

    def run(self, *arguments: str, at: datetime | None = None) -> Result:
        self.now = at or self.now
        return CliRunner().invoke(
            front_door(("backup", "restore", "copy-database", "key", "erase")), list(arguments), catch_exceptions=False
        )

    @property
    def url(self) -> str:
        return os.environ.get("DATABASE_URL") or f"sqlite:///{self.file}"

    def database(self, secret: str = KEY) -> Database:
        return make_database(self.url, Keys.read(secret))

    def rows(self, *columns: object) -> list[tuple[object, ...]]:
        with closing(self.database()) as database, database.look() as session:
            return [tuple(row) for row in session.execute(select(*columns))]

    @property
    def place(self) -> Path:
        """Beside which path the database's other files stand."""
        return place_of(os.environ["DATABASE_URL"]) if is_on_server() else self.file

    def lose(self) -> None:
        with closing(self.database()) as database:
            lose(database)

    def begin_anew(self, template: Path) -> None:
        """The bot has been started anew, with a new database."""
        if not is_on_server():
            shutil.copy(template, self.file)
            return
        with closing(self.database()) as database, unit_of_work(database) as session:
            delete_rows(session, Base.metadata.sorted_tables)

    def live_on(self, until: datetime) -> None:
        """The bot has run until then, and says something."""
        with closing(self.database()) as database, unit_of_work(database) as session:
            session.execute(update(OutboxMessage).where(OutboxMessage.kind == MessageKind.DIGEST).values(sent_at=until))

    @contextmanager
    def beating(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """A bot holds the lease, and raises it whenever somebody waits."""
        with closing(self.database()) as running:
            lease = Lease(running.write, running.look, workspace="slack", monotonic=lambda: 0.0)
            assert lease.keep()

            def beat(_seconds: float) -> None:
                with unit_of_work(running) as session:
                    assert lease.prove(session)

            monkeypatch.setattr(sole_use.time, "sleep", beat)
            yield

    def said(self) -> set[str]:
        with closing(self.database()) as database, database.look() as session:
            return {decrypt_words(session, reply) for reply in session.scalars(select(Reply))}


@pytest.fixture
def host(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> SlackInstallation:
    folder = tmp_path / "here"
    (folder / "data").mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sole_use, "WATCH", 0.3)  # seconds that a silent holder is watched
    monkeypatch.setattr(sole_use, "BETWEEN_LOOKS", 0.05)
    if is_on_server():
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("database_url"))
    else:
        shutil.copy(template, folder / "data" / "eftertanke.sqlite")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1234567890-somebody")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1-1234567890-somebody")
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    host = SlackInstallation(folder, monkeypatch)
    with closing(host.database()) as database, unit_of_work(database) as session:
        first_week(session)
    return host


def first_week(session) -> None:
    world = World(session)
    people, round_ = world.add_people(12), world.add_round(1)
    world.add_questions(round_, people)
    quoted, *_ = world.answer(round_, people, texts=[QUOTED, DELETED, ERASED, *[STAYED] * 9], quote=True)
    session.add_all(Participation(round_id=round_.id, person_id=person.id) for person in people)
    round_.closed_at, digest = close_of(1), world.issue(1)
    world.message(f"digest:{digest.id}").state = MessageState.SENT
    sealed = Keys([KEY]).encrypt(QUOTED, "q")
    words = {"words": sealed.words, "sealed_with": sealed.sealed_with, "checksum": "c", "place": 0}
    session.add(Quote(id="q", digest_id=digest.id, theme="trust", reply_id=quoted, fingerprint="f", state=QuoteState.APPROVED, **words))


def put_about_wishes(session, key: str, kind: MessageKind, facts: Facts, person: Person | None = None) -> None:
    """A message about a promise or wishes, to a politician or to the organisers' channel."""
    address = ORGANISERS_CHANNEL if person is None else person.address
    about = {"facts": facts, "due_at": MADE, "person_id": person and person.id}
    assert put(session, programme=PROGRAMME.id, kind=kind, address=address, key=key, **about)


def asked_about_wishes(host: SlackInstallation) -> list[tuple[object, ...]]:
    """The messages about promises and wishes, each with the address of whom it is for, also in its key."""
    people = dict(host.rows(Person.id, Person.address))
    columns = (OutboxMessage.state, OutboxMessage.facts, OutboxMessage.digest_id, OutboxMessage.address, OutboxMessage.key)
    rows = host.rows(OutboxMessage.person_id, *columns)
    told = [(people.get(id_), str(key).replace(f"trust:{id_}", f"trust:{people.get(id_)}"), *more) for id_, *more, key in rows]
    return sorted((row for row in told if row[1].startswith(KEYS_ABOUT_WISHES)), key=repr)


def reply_of(session, text: str) -> Reply:
    return next(reply for reply in session.scalars(select(Reply)) if decrypt_words(session, reply) == text)


# --- backup


def test_a_backup_holds_everything_and_is_its_owners_alone(host: SlackInstallation):
    before = host.rows(Reply.id, Reply.words)
    done = host.run("backup", "copy.sqlite")
    assert (done.exit_code, done.stdout.startswith("copy.sqlite is made.")) == (0, True)
    assert stat.S_IMODE(Path("copy.sqlite").stat().st_mode) == 0o600
    with closing(sqlite3.connect("copy.sqlite")) as copy:
        assert sorted(copy.execute("SELECT id, words FROM replies")) == sorted(before)
    assert sorted(file.name for file in host.folder.iterdir()) == ["copy.sqlite", "data"]


def test_the_key_is_in_no_backup(host: SlackInstallation):
    host.run("backup", "copy.sqlite")
    assert KEY.encode() not in Path("copy.sqlite").read_bytes()
    assert Keys([KEY]).name.encode() in Path("copy.sqlite").read_bytes()  # its name is, so that it can be missed


def test_what_is_there_is_never_overwritten(host: SlackInstallation):
    Path("copy.sqlite").write_text("something else")
    with refuses(SetupFault, match=r"copy\.sqlite is there already"):
        host.run("backup", "copy.sqlite")
    assert Path("copy.sqlite").read_text() == "something else"
    assert sorted(file.name for file in host.folder.iterdir()) == ["copy.sqlite", "data"]


def test_a_backup_can_be_made_while_somebody_writes(host: SlackInstallation):
    with closing(host.database()) as database, unit_of_work(database) as session:
        session.execute(update(Reply).values(wish=True))
        done = host.run("backup", "copy.sqlite")
    assert (done.exit_code, "could not be noted" in done.stderr, (AuditAct.BACKUP_MADE,) in host.rows(AuditEntry.act)) == (0, True, False)
    with closing(sqlite3.connect("copy.sqlite")) as copy:
        assert copy.execute("SELECT sum(wish) FROM replies").fetchone() == (0,)


def test_backups_over_thirty_days_old_are_removed_and_nothing_else_is(host: SlackInstallation, template: Path):
    host.run("backup", "old.sqlite", at=MADE)
    host.run("backup", "younger.sqlite", at=MADE + timedelta(minutes=1))
    shutil.copy(template, "a-database.sqlite")
    Path("notes.txt").write_text("n")
    Path("short").write_bytes(b"SQLite format 3\0")
    Path("link.sqlite").symlink_to("old.sqlite")
    ages_ago = (MADE - 400 * DAY).timestamp()
    for each in host.folder.iterdir():
        os.utime(each, (ages_ago, ages_ago), follow_symlinks=False)
    host.live_on(MADE + 30 * DAY)
    assert "removed" not in host.run("backup", "third.sqlite", at=MADE + 30 * DAY).stdout
    done = host.run("backup", "newest.sqlite", at=MADE + 30 * DAY + timedelta(minutes=1))
    assert "old.sqlite is removed: it was from 24 August 2018" in done.stdout
    left = {"younger.sqlite", "third.sqlite", "newest.sqlite", "a-database.sqlite", "notes.txt", "short", "link.sqlite", "data"}
    assert {file.name for file in host.folder.iterdir()} == left


def test_by_a_clock_that_is_ahead_no_backup_is_removed(host: SlackInstallation):
    host.run("backup", "old.sqlite", at=MADE)
    host.live_on(MADE + DAY)
    assert "old.sqlite stays until a bot has run" in host.run("backup", "new.sqlite", at=MADE + 400 * DAY).stdout
    assert Path("old.sqlite").exists()


def test_nor_is_one_by_what_a_command_has_done_by_that_clock(host: SlackInstallation):
    host.run("backup", "old.sqlite", at=MADE)
    host.live_on(MADE + DAY)
    with closing(host.database()) as database, unit_of_work(database) as session:
        approved = {"act": AuditAct.DIGEST_APPROVED_ON_MACHINE, "digest": 1}
        session.add(AuditEntry(id=1, programme=World(session).programme.id, at=MADE + 400 * DAY, **approved))
    with closing(host.database()) as database, database.look() as session:
        assert newest_moment(session) == MADE + DAY
    assert "old.sqlite stays until a bot has run" in host.run("backup", "new.sqlite", at=MADE + 400 * DAY).stdout


def test_a_backup_that_was_made_by_a_clock_ahead_lives_no_longer_than_others(host: SlackInstallation):
    host.live_on(MADE)
    done = host.run("backup", "ahead.sqlite", at=MADE + 400 * DAY)
    assert "ahead.sqlite counts as made on 25 August 2018, a day after a bot last ran" in done.stdout
    host.live_on(MADE + 31 * DAY)
    assert "ahead.sqlite" not in host.run("backup", "in-time.sqlite", at=MADE + 31 * DAY).stdout
    host.live_on(MADE + 31 * DAY + timedelta(minutes=1))
    assert "ahead.sqlite is removed" in host.run("backup", "newest.sqlite", at=MADE + 31 * DAY + timedelta(minutes=1)).stdout


def test_what_a_clock_ahead_has_made_is_restored_as_what_it_is(host: SlackInstallation):
    host.live_on(MADE)
    host.run("backup", "ahead.sqlite", at=MADE + 400 * DAY)
    deleted_since(host, wiped=True)
    done = host.run("restore", "ahead.sqlite", at=MADE + 2 * DAY)
    assert "is as it was at 25 August 2018" in done.stdout
    assert (host.said(), len(host.rows(Authorship.reply_id))) == ({QUOTED, STAYED}, 10)
    for late in (31 * DAY + timedelta(minutes=1), 400 * DAY):  # in time by no clock, least of all by the one that made it
        with refuses(SetupFault, match=r"ahead\.sqlite is from 25 August 2018: a backup over 30 days old"):
            host.run("restore", "ahead.sqlite", at=MADE + late)


def test_what_a_killed_backup_left_is_not_left_by_the_next_whatever_its_name(host: SlackInstallation):
    killed(host, backup_file, "mark_as_backup", "backup", "monday.sqlite")
    Path(f"copy.sqlite{backup_file.UNFINISHED}").write_text("half")
    assert len(list(host.folder.glob(f"*{backup_file.UNFINISHED}"))) == 2
    host.run("backup", "copy.sqlite")
    assert sorted(file.name for file in host.folder.iterdir()) == ["copy.sqlite", "data"]


def killed(host: SlackInstallation, module: ModuleType, where: str, *arguments: str) -> None:
    """A command in a process of its own, killed where it would call this function."""
    child = os.fork()
    if child == 0:
        setattr(module, where, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        try:
            host.run(*arguments)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_a_copy_that_another_backup_is_making_is_left_to_it(host: SlackInstallation):
    with backup_file.make_unfinished_copy(Path("tuesday.sqlite")) as part:
        host.run("backup", "copy.sqlite")
        with refuses(SetupFault, match=r"tuesday\.sqlite is there already"):
            host.run("backup", "tuesday.sqlite")
        assert part.exists()
    assert sorted(file.name for file in host.folder.iterdir()) == ["copy.sqlite", "data"]
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        backup_file.mark_as_backup(Path("gone.sqlite"), MADE)


# --- restore: what is refused


def test_a_restore_takes_everything_back_to_the_moment_of_the_backup(host: SlackInstallation):
    before = host.rows(Reply.id, Reply.words)
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as database, unit_of_work(database) as session:
        session.execute(update(Reply).values(words=b"spoilt"))
    done = host.run("restore", "copy.sqlite", at=LATER)
    assert f"{host.place.stem} is as it was at 24 August 2018" in done.stdout.replace("eftertanke.sqlite is", "eftertanke is")
    assert sorted(host.rows(Reply.id, Reply.words)) == sorted(before)
    if is_on_server():
        return
    assert backup_file.identify(host.file) is None
    assert stat.S_IMODE(host.file.stat().st_mode) == 0o600
    assert {file.name for file in (host.folder / "data").iterdir()} <= {
        "eftertanke.sqlite",
        "eftertanke.sqlite-wal",
        "eftertanke.sqlite-shm",
    }


def test_a_backup_over_thirty_days_old_is_refused(host: SlackInstallation):
    host.run("backup", "copy.sqlite", at=MADE)
    assert host.run("restore", "copy.sqlite", at=MADE + 30 * DAY).exit_code == 0
    with refuses(SetupFault, match=r"copy\.sqlite is from 24 August 2018: a backup over 30 days old"):
        host.run("restore", "copy.sqlite", at=MADE + 30 * DAY + timedelta(minutes=1))


def test_what_is_no_backup_is_refused(host: SlackInstallation, template: Path):
    shutil.copy(template, "a-database.sqlite")
    Path("notes.txt").write_text("n")
    for name in ("a-database.sqlite", "notes.txt", "nothing"):
        with refuses(SetupFault, match=f"{name} is no backup|There is no file {name}"):
            host.run("restore", name)


def test_a_backup_of_a_newer_version_is_refused_and_nothing_is_touched(host: SlackInstallation):
    host.run("backup", "copy.sqlite")
    with closing(sqlite3.connect("copy.sqlite")) as copy, copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    with refuses(WrongDatabase, match=r"copy\.sqlite is from a newer Eftertanke"):
        host.run("restore", "copy.sqlite")
    assert host.said() == {QUOTED, DELETED, ERASED, STAYED}
    assert [file.name for file in (host.folder / "data").iterdir() if "restoring" in file.name] == []


def test_a_backup_whose_key_is_missing_is_refused_and_nothing_is_touched(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch):
    host.run("backup", "copy.sqlite")
    monkeypatch.setenv("EFTERTANKE_KEY", new_key())
    with refuses(KeyFault, match="missing"):
        host.run("restore", "copy.sqlite")
    assert host.said() == {QUOTED, DELETED, ERASED, STAYED}


def test_after_a_restore_nobody_waits_for_whoever_delivered_when_the_backup_was_made(host: SlackInstallation):
    with closing(host.database()) as database:
        assert Lease(database.write, database.look, workspace="slack", monotonic=lambda: 0.0).keep()
    host.run("backup", "copy.sqlite")
    assert host.run("restore", "copy.sqlite").exit_code == 0
    with closing(host.database()) as database:
        assert Lease(database.write, database.look, workspace="slack", monotonic=lambda: 0.0).keep()


@pytest.mark.sqlite  # on a server the lease tells of a bot: test_restore_on_server.py
def test_while_a_bot_runs_nothing_is_restored(host: SlackInstallation):
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as running:
        with running.look() as session:
            session.scalars(select(Reply.id)).all()
        with refuses(SetupFault, match=r"A bot or another program has data/eftertanke\.sqlite open: end it"):
            host.run("restore", "copy.sqlite")
    assert host.run("restore", "copy.sqlite").exit_code == 0


@pytest.mark.sqlite  # a server has no links
@pytest.mark.parametrize("how", ["relative", "absolute", "a link to a link"])
def test_behind_a_link_it_is_the_file_that_is_restored_and_the_link_stays(host: SlackInstallation, tmp_path: Path, how: str):
    real = tmp_path / "another disk" / "real.sqlite"
    real.parent.mkdir()
    host.run("backup", "copy.sqlite")
    host.file.rename(real)
    if how == "a link to a link":
        (tmp_path / "between").symlink_to(real)
    host.file.symlink_to({"relative": "../../another disk/real.sqlite", "absolute": real}.get(how, tmp_path / "between"))
    deleted_since(host, wiped=True)
    log = real.with_name("real.sqlite-wal")
    log.write_bytes(b"of the one before")
    assert host.run("restore", "copy.sqlite").exit_code == 0
    assert host.file.is_symlink()
    assert (real.is_symlink(), log.exists(), host.said()) == (False, False, {QUOTED, STAYED})
    assert [file.name for folder in (real.parent, host.file.parent) for file in folder.iterdir() if "restoring" in file.name] == []


@pytest.mark.sqlite  # of a server: test_restore_on_server.py and test_server_faults.py
def test_a_database_that_is_broken_or_gone_can_be_replaced(host: SlackInstallation):
    host.run("backup", "copy.sqlite")
    host.file.write_text("Dette er ikke en database.\n" * 50)
    done = host.run("restore", "copy.sqlite")
    assert "cannot be read (file is not a database)" in done.stderr
    assert host.said() == {QUOTED, DELETED, ERASED, STAYED}
    shutil.rmtree(host.folder / "data")
    write_programme(host.folder / "schedules", "landsbyen-2018", PROGRAMME.id)
    assert (
        "eftertanke.sqlite.erased, the list of what has been deleted and taken back, is missing"
        in host.run("restore", "copy.sqlite").stderr
    )
    assert host.said() == {QUOTED, DELETED, ERASED, STAYED}
    (told,) = [facts for (facts,) in host.rows(OutboxMessage.facts) if facts.get("say") == "notice.restored"]
    assert told["values"] == {"at": stamp_in("da", MADE, "Europe/Copenhagen")}


@pytest.mark.sqlite  # a server has its own log
def test_the_log_of_a_database_that_was_removed_is_not_played_into_the_backup(host: SlackInstallation):
    """A bot whose file is removed leaves its log beside it, also when it is stopped in order."""
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as running:
        with unit_of_work(running) as session:
            for number in range(300):
                World(session).add_person(f"U0LATER{number}")
        host.file.unlink()
    assert host.file.with_name("eftertanke.sqlite-wal").stat().st_size > 0
    assert host.run("restore", "copy.sqlite").exit_code == 0
    assert host.said() == {QUOTED, DELETED, ERASED, STAYED}
    assert len(host.rows(Person.id)) == 12
    with closing(sqlite3.connect(host.file)) as restored:
        assert restored.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.sqlite  # of a server: test_restore_on_server.py
def test_what_a_killed_restore_left_says_what_it_is_and_is_not_left_by_the_next(host: SlackInstallation):
    host.run("backup", "copy.sqlite")
    killed(host, restoring_module, "_prepare", "restore", "copy.sqlite")
    left, *_ = files_of_restore(host.file)
    assert backup_file.identify(left) is not None
    host.run("restore", "copy.sqlite")
    assert [file.name for file in (host.folder / "data").iterdir() if "restoring" in file.name] == []


def test_from_a_database_that_does_not_know_what_the_backup_knows_nothing_is_taken_over(host: SlackInstallation, template: Path):
    with closing(host.database()) as database, unit_of_work(database) as session:
        World(session).add_round(2)
    host.run("backup", "copy.sqlite", at=MADE)
    before = host.rows(Digest.week, Digest.state)
    host.begin_anew(template)
    done = host.run("restore", "copy.sqlite", at=post_of(2))
    assert "Digests that may have been posted are held (1)" in done.stdout
    assert sorted(host.rows(Digest.week, Digest.state)) == sorted(before)


def test_who_spoke_after_the_backup_and_came_after_it_is_taken_over_too(host: SlackInstallation):
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as database, unit_of_work(database) as session:
        world = World(session)
        world.add_people(2, prefix="U5")
        new = world.add_person("U0NEW", Role.POLITICIAN)
        session.add(HeardBy(digest_id=session.scalars(select(Digest.id)).one(), person_id=new.id))
    done = host.run("restore", "copy.sqlite", at=LATER)
    assert "are held" not in done.stdout
    (heard,) = host.rows(HeardBy.person_id)
    assert dict(host.rows(Person.id, Person.address))[heard[0]] == "U0NEW"
    assert {address for (address,) in host.rows(Person.address)}.isdisjoint({"U50000", "U50001"})


def test_after_a_restore_nobody_is_asked_again_about_a_promise_or_wishes_and_the_ledger_is_whole(host: SlackInstallation):
    """The politician came, promised, was asked and told, all since the backup; here they have another id."""
    with closing(host.database()) as database, unit_of_work(database) as session:
        digest, politician = session.scalars(select(Digest)).one(), World(session).add_person("U0POLIT", Role.POLITICIAN)
        put_about_wishes(
            session, key="promise:1", kind=MessageKind.PROMISE_DUE, facts=PromiseFacts(response=1), person=politician
        )  # waits in the backup
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as database, unit_of_work(database) as session:
        world = World(session)
        digest, politician = session.scalars(select(Digest)).one(), world.person("U0POLIT")
        world.add_people(2, prefix="U5")
        asked = world.add_person("U0ASKED", Role.POLITICIAN)
        digest.finding, digest.wishes = Finding.QUOTE, ["trust"]
        session.scalars(select(Quote)).one().wish = True
        said = {"digest_id": digest.id, "state": ResponseState.RELEASED, "written_at": MADE, "released_at": MADE, "words": "Ja."}
        promise = {"kind": ResponseKind.TAKE_UP, "due_on": MADE.date(), "signed": "Bo Berg", "person_id": politician.id}
        session.add(Response(id=1, **said, **promise))
        session.flush()
        session.add(Response(id=2, **said, kind=ResponseKind.DONE, person_id=asked.id, promise_id=1))
        world.message("promise:1").state = MessageState.SENT
        wish = WishFacts(digest=digest.id, theme="trust")
        put_about_wishes(session, key=f"asked:1:trust:{asked.id}", kind=MessageKind.WISH_ASKED, facts=wish, person=asked)
        put_about_wishes(session, key="unanswered:1:trust", kind=MessageKind.WISH_UNANSWERED, facts=wish)
        session.execute(update(OutboxMessage).where(OutboxMessage.kind.in_(ABOUT_WISHES)).values(state=MessageState.SENT))
    asked_before = asked_about_wishes(host)
    ledger = host.rows(Response.id, Response.promise_id, Response.due_on, Response.signed), host.rows(Digest.finding, Digest.wishes)
    assert "are held" not in host.run("restore", "copy.sqlite", at=LATER).stdout
    assert asked_about_wishes(host) == asked_before
    assert (
        host.rows(Response.id, Response.promise_id, Response.due_on, Response.signed),
        host.rows(Digest.finding, Digest.wishes),
    ) == ledger
    assert host.rows(Quote.id, Quote.wish) == [("q", True)]


def test_after_a_restore_nobody_is_told_an_answer_once_more_in_a_message_of_its_own(host: SlackInstallation):
    with closing(host.database()) as database, unit_of_work(database) as session:
        World(session).add_response(session.scalars(select(Digest)).one(), LATER)
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as database, unit_of_work(database) as session:
        world = World(session)
        world.add_people(2, prefix="U5")
        world.add_person("U0NEW").welcomed_at = MADE  # gets another id here
        assert to_participants.queue_answers(session, LATER, PROGRAMME, last=True) == 15
        world.deliver(LATER, MessageKind.ANSWER)
    host.run("restore", "copy.sqlite", at=LATER + timedelta(hours=1))
    with closing(host.database()) as database, unit_of_work(database) as session:
        assert to_participants.queue_answers(session, LATER, PROGRAMME, last=True) == 0
        told = World(session).messages(MessageKind.ANSWER)
        assert (len(told), {message.state for message in told}) == (13, {MessageState.SENT})


def test_after_a_restore_nobody_is_thanked_a_second_time(host: SlackInstallation):
    def thank(session: Session) -> int:
        return queue_thanks(session, LATER, PROGRAMME, session.scalars(select(Round).order_by(Round.id)).all()[-1])

    host.run("backup", "copy.sqlite")
    with closing(host.database()) as database, unit_of_work(database) as session:
        world = World(session)
        world.add_people(2, prefix="U5")
        world.add_person("U0NEW").welcomed_at = MADE  # gets another id here
        thanked = thank(session)
        world.deliver(LATER, MessageKind.THANKS)
    host.run("restore", "copy.sqlite", at=LATER + timedelta(hours=1))
    with closing(host.database()) as database, unit_of_work(database) as session:
        assert thank(session) == 0
        assert len(World(session).messages(MessageKind.THANKS, MessageState.SENT)) == thanked - 2  # two were never welcomed


@pytest.mark.parametrize("days", [0, 1], ids=["due", "due tomorrow"])
def test_where_nobody_knows_whether_a_due_promise_was_asked_about_it_counts_as_asked(host: SlackInstallation, days: int):
    with closing(host.database()) as database, unit_of_work(database) as session:
        promise = World(session).add_response(session.scalars(select(Digest)).one(), MADE, kind=ResponseKind.TAKE_UP)
        promise.due_on = LATER.date() + days * DAY
    host.run("backup", "copy.sqlite")
    host.lose()
    assert host.run("restore", "copy.sqlite", at=LATER).exit_code == 0
    with closing(host.database()) as database, database.look() as session:
        promise = session.scalars(select(Response)).one()
        asked_at = LATER if days == 0 else None
        assert due_promises.moment_asked(session, PROGRAMME.id, promise) == asked_at  # a week later the reminder comes
        states = session.scalars(select(OutboxMessage.state).where(OutboxMessage.kind == MessageKind.PROMISE_DUE)).all()
        assert states == ([MessageState.MISSED] if days == 0 else [])


def test_where_nobody_knows_what_was_said_nobody_is_reminded_or_told_of_wishes_a_second_time(host: SlackInstallation):
    with closing(host.database()) as database, unit_of_work(database) as session:
        world = World(session)
        digest = session.scalars(select(Digest)).one()
        digest.wishes = ["trust"]
        promise = world.add_response(digest, MADE, kind=ResponseKind.TAKE_UP)
        promise.theme, promise.due_on = "time", LATER.date() - 7 * DAY  # the other wishes wait
    host.run("backup", "copy.sqlite")
    host.lose()
    late = LATER + 14 * DAY
    assert host.run("restore", "copy.sqlite", at=late).exit_code == 0
    with closing(host.database()) as database, unit_of_work(database) as session:
        for days in range(3):
            promises.ask_about_promises(session, late + days * 7 * DAY, PROGRAMME)
            unanswered.tell_organisers_of_unanswered(session, late + days * 7 * DAY, PROGRAMME)
        kinds = OutboxMessage.kind.in_((MessageKind.PROMISE_DUE, MessageKind.WISH_UNANSWERED))
        states = session.scalars(select(OutboxMessage.state).where(kinds)).all()
        assert states == [MessageState.MISSED] * 3


def test_what_organisers_have_said_of_a_list_is_taken_over(host: SlackInstallation):
    """One list was held when the backup was made, and somebody said yes; then it was held anew."""
    with closing(host.database()) as database, unit_of_work(database) as session:
        world = World(session)
        world.add_person("O0", Role.ORGANISER)
        world.judge_list(30, 19)
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as database, unit_of_work(database) as session:
        world = World(session)
        world.confirm_lists(MADE, "O0")
        world.judge_list(19, 3)
    done = host.run("restore", "copy.sqlite", at=LATER)
    assert "are held" not in done.stdout
    assert sorted(host.rows(ListHold.had, ListHold.has, ListHold.state)) == [(19, 3, "held"), (30, 19, "confirmed")]
    assert (19, True) in host.rows(PeopleList.confirmed, PeopleList.trusted)  # whoever has joined since is not known, and no stranger
    asked = {facts["hold"] for kind, facts in host.rows(OutboxMessage.kind, OutboxMessage.facts) if kind is MessageKind.LIST_REVIEW}
    assert asked == {hold for (hold,) in host.rows(ListHold.id)}


@pytest.mark.parametrize("known", [True, False])
def test_what_organisers_have_said_of_a_text_is_taken_over_where_it_can_be_read(host: SlackInstallation, known: bool):
    """One text ran when the backup was made and one was held; then that was applied, and the next was held."""
    with closing(host.database()) as database, unit_of_work(database) as session:
        World(session)
        versions.run_version(session, MADE, replace(PROGRAMME, content=b"1", checksum="1"))
        hold = versions.hold_version(session, MADE, replace(PROGRAMME, content=b"2", checksum="2"))
        put_about_wishes(session, f"plan:{hold.id}", MessageKind.PLAN_REVIEW, PlanFacts(version=hold.id))
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as database, unit_of_work(database) as session:
        hold = versions.version_held(session, PROGRAMME.id)
        assert hold is not None
        versions.apply_held(session, MADE, hold)
        hold = versions.hold_version(session, MADE, replace(PROGRAMME, content=b"3", checksum="3"))
        put_about_wishes(session, f"plan:{hold.id}", MessageKind.PLAN_REVIEW, PlanFacts(version=hold.id))
        session.add(PauseForAll(programme=PROGRAMME.id, reason="Valg", since=MADE))
    if not known:
        host.lose()
    host.run("restore", "copy.sqlite", at=LATER)
    assert host.rows(PauseForAll.reason) == ([("Valg",)] if known else [])
    states = {content: state.value for content, state in host.rows(ProgrammeVersion.content, ProgrammeVersion.state)}
    asked = {facts["version"] for kind, facts in host.rows(OutboxMessage.kind, OutboxMessage.facts) if kind is MessageKind.PLAN_REVIEW}
    if known:
        assert (states, asked) == ({b"1": "replaced", b"2": "running", b"3": "held"}, {2, 3})
    else:
        assert (states, asked) == ({b"1": "running", b"2": "held"}, {2})


# --- restore: what does not come back


def deleted_since(host: SlackInstallation, *, wiped: bool) -> None:
    """A reply is deleted, a quote withdrawn, a person erased, after the backup."""
    with closing(host.database()) as database:
        with unit_of_work(database) as session:
            programme, one = World(session).programme, session.scalars(select(Round.id)).one()
            gone = author_of(session, DELETED)
            replies.delete_my_reply(session, LATER, programme, gone, one)
            replies.withdraw_quote(session, LATER, programme, author_of(session, QUOTED), one)
            erase(session, LATER, author_of(session, ERASED))
        if wiped:
            assert wipe(database, LATER, quiet=True)


def author_of(session, text: str) -> str:
    tie = session.get_one(Authorship, reply_of(session, text).id)
    return str(session.get_one(Person, tie.person_id).address)


@pytest.mark.parametrize("wiped", [True, False])
def test_what_was_deleted_since_the_backup_does_not_come_back(host: SlackInstallation, wiped: bool):
    with closing(host.database()) as database, database.look() as session:
        gone, deleted = author_of(session, ERASED), author_of(session, DELETED)
    host.run("backup", "copy.sqlite")
    deleted_since(host, wiped=wiped)
    host.run("restore", "copy.sqlite", at=LATER)
    assert host.said() == {QUOTED, STAYED}
    assert host.rows(Quote.id) == []
    assert gone not in {address for (address,) in host.rows(Person.address)}
    people = dict(host.rows(Person.id, Person.address))
    assert deleted not in {people[who] for (who,) in host.rows(Participation.person_id)}
    assert (MessageKind.DIGEST_UPDATE,) in host.rows(OutboxMessage.kind)
    assert host.rows(Digest.revision) == [(2,)]


def test_the_list_alone_is_enough_when_the_database_is_gone(host: SlackInstallation):
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as database, unit_of_work(database) as session:
        tombstones.replace_text(session, LATER, reply_of(session, STAYED).id, before=STAYED, after="skrevet om")
    deleted_since(host, wiped=True)
    host.lose()
    host.run("restore", "copy.sqlite", at=LATER)
    assert (host.said(), len(host.rows(Reply.id)), host.rows(Quote.id)) == ({QUOTED, STAYED}, 9, [])


def test_of_what_was_deleted_again_no_byte_is_left(host: SlackInstallation):
    with closing(host.database()) as database, database.look() as session:
        gone, sealed = author_of(session, ERASED).encode(), reply_of(session, DELETED).words
    host.run("backup", "copy.sqlite")
    deleted_since(host, wiped=False)
    assert all(each in Path("copy.sqlite").read_bytes() for each in (gone, sealed))
    host.run("restore", "copy.sqlite", at=LATER)
    with closing(host.database()) as database:
        left = files_of(database) + b"".join(file.read_bytes() for file in host.place.parent.iterdir())
    assert [each for each in (gone, sealed) if each in left] == []


@pytest.mark.sqlite  # a pragma; of a server: tests/database/test_rewriting.py
def test_a_restored_database_is_written_anew_after_what_was_deleted_again(host: SlackInstallation):
    ids = [f"{number:032x}" for number in range(400)]
    with closing(host.database()) as database, unit_of_work(database) as session:
        one = session.scalars(select(Round.id)).one()
        session.add_all(Reply(id=id_, round_id=one, question="q", words=b"w" * 900, wish=False, quote=False) for id_ in ids)
    host.run("backup", "copy.sqlite")
    with closing(host.database()) as database, unit_of_work(database) as session:
        tombstones.leave_tombstones(session, LATER, DeletedKind.REPLY, *ids)
    host.run("restore", "copy.sqlite", at=LATER)
    assert len(host.rows(Reply.id)) == 12
    with closing(sqlite3.connect(host.file)) as restored:
        assert restored.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_who_came_back_before_the_backup_was_made_is_not_erased_by_it(host: SlackInstallation):
    with closing(host.database()) as database:
        with unit_of_work(database) as session:
            tombstones.leave_tombstones(session, MADE - DAY, DeletedKind.PERSON, author_of(session, STAYED))
        assert wipe(database, MADE - DAY, quiet=True)
    host.run("backup", "copy.sqlite", at=MADE)
    before = host.rows(Person.address)
    host.run("restore", "copy.sqlite", at=LATER)
    assert host.rows(Person.address) == before


def test_who_was_erased_came_back_and_was_erased_again_does_not_come_back_with_a_backup(host: SlackInstallation):
    with closing(host.database()) as database:
        with database.look() as session:
            who = author_of(session, ERASED)
        erased_at(database, MADE + DAY, who)
        with unit_of_work(database) as session:
            assert tombstones.lift_tombstone(session, MADE + 2 * DAY, who)
            back = World(session).add_person(who)
            World(session).answer(session.scalars(select(Round)).one(), [back], texts=[ERASED])
    host.run("backup", "copy.sqlite", at=MADE + 10 * DAY)
    with closing(host.database()) as database:
        erased_at(database, MADE + 11 * DAY, who)
    host.run("restore", "copy.sqlite", at=MADE + 12 * DAY)
    assert (who,) not in host.rows(Person.address)
    with closing(host.database()) as database, database.look() as session:
        assert tombstones.is_erased(session, who)


@pytest.mark.parametrize(
    ("backup_clock", "erase_clock"), [(3 * DAY, None), (0 * DAY, -DAY)], ids=["backup by a clock ahead", "erased by a clock behind"]
)
def test_who_was_erased_stays_so_though_a_clock_was_wrong(host: SlackInstallation, backup_clock: timedelta, erase_clock: timedelta | None):
    host.live_on(MADE)
    with closing(host.database()) as database, database.look() as session:
        who = author_of(session, ERASED)
    host.run("backup", "copy.sqlite", at=MADE + backup_clock)
    with closing(host.database()) as database:
        if erase_clock is None:
            erased_at(database, LATER, who)  # in chat, by the moment that the bot has confirmed
        else:
            assert host.run("erase", who, at=MADE + erase_clock).exit_code == 0
    host.run("restore", "copy.sqlite", at=LATER)
    assert (who,) not in host.rows(Person.address)


def test_by_a_clock_that_is_ahead_nobody_who_was_erased_is_forgotten_to_be(host: SlackInstallation):
    host.live_on(MADE)
    host.run("backup", "copy.sqlite", at=MADE)
    with closing(host.database()) as database:
        with database.look() as session:
            who, other = author_of(session, ERASED), author_of(session, DELETED)
        erased_at(database, LATER, who)
    assert host.run("erase", other, at=MADE + 400 * DAY).exit_code == 0
    host.lose()
    host.run("restore", "copy.sqlite", at=LATER)
    assert {who, other}.isdisjoint(address for (address,) in host.rows(Person.address))


def erased_at(database: Database, at: datetime, who: str) -> None:
    with unit_of_work(database) as session:
        erase(session, at, who)
    assert wipe(database, at, quiet=True)


def test_after_a_change_of_keys_what_was_deleted_under_the_old_one_is_still_known(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch):
    host.run("backup", "copy.sqlite")
    deleted_since(host, wiped=True)
    monkeypatch.setenv("EFTERTANKE_KEY", f"{new_key()},{KEY}")
    assert "are sealed with the key" in host.run("key", "rotate", at=LATER).stdout
    host.run("restore", "copy.sqlite", at=LATER)
    assert (len(host.rows(Reply.id)), host.rows(Quote.id)) == (10, [])


def test_what_has_come_of_age_meanwhile_is_destroyed_at_once(host: SlackInstallation):
    host.live_on(close_of(1) + 6 * DAY)
    host.run("backup", "copy.sqlite", at=close_of(1) + 6 * DAY)
    host.run("restore", "copy.sqlite", at=close_of(1) + 7 * DAY)
    assert (host.rows(Authorship.reply_id), len(host.rows(Reply.id))) == ([], 12)


def test_a_restore_by_a_clock_that_is_ahead_destroys_nothing_that_is_not_of_age(host: SlackInstallation):
    host.run("backup", "copy.sqlite", at=MADE)
    host.run("restore", "copy.sqlite", at=MADE + 29 * DAY)
    assert len(host.rows(Authorship.reply_id)) == 12


def test_what_waited_in_the_backup_may_have_been_said_and_is_looked_for_first(host: SlackInstallation):
    with closing(host.database()) as database, unit_of_work(database) as session:
        due, later, *_ = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == MessageKind.QUESTION)).all()
        due.state = later.state = MessageState.PENDING
        due.next_at, later.next_at = LATER, LATER + DAY
    host.run("backup", "copy.sqlite")
    host.run("restore", "copy.sqlite", at=LATER)
    states = [state for kind, state in host.rows(OutboxMessage.kind, OutboxMessage.state) if kind is MessageKind.QUESTION]
    assert sorted(states)[:2] == [MessageState.PENDING, MessageState.SENT]
    assert states.count(MessageState.UNKNOWN) == 1


# --- the head of a file


def test_a_backup_knows_its_minute_whatever_the_file_system_says(tmp_path: Path):
    file = tmp_path / "b.sqlite"
    backup_file.create_private_file(file)
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("CREATE TABLE t (x)")
    assert backup_file.identify(file) is None
    at = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    backup_file.mark_as_backup(file, at)
    found = backup_file.identify(file)
    assert found is not None
    assert found.at == at.replace(second=0)
    backup_file.unmark_as_backup(file)
    assert backup_file.identify(file) is None
