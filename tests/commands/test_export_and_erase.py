"""Organisers get on the command line what they may see, and no more."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.__main__ import main
from bot.app import installation
from bot.commands.export import export_record
from bot.confidentiality.deletion import tombstone_file
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.confidentiality.encryption import session_keys
from bot.database import patience
from bot.dialogue import audit
from bot.dialogue.digests.digest_content import checksum, text_checksum
from bot.dialogue.responses import response_review
from bot.local_time import day_only
from bot.models import (
    AuditAct,
    Authorship,
    Digest,
    DigestState,
    MessageKind,
    OutboxMessage,
    Participation,
    Person,
    Quote,
    Reply,
    Response,
    Round,
    Tombstone,
)
from bot.programme import Role
from bot.seam.actions import ResponseKind
from bot.wording import say
from bot.workspace.state.message_store import MessageStore
from tests.support.command_line import call
from tests.support.database import unit_of_work
from tests.support.quoting import draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import World, post_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database

SECRET = "det er der ingen der skal se"
ERASED = say("da", "erase.by_command", days=30) + "\n"


@pytest.fixture
def full_database(installation: Database) -> Database:
    """An issued digest with quotes, one in review, a released answer, one that waits, and a theme that too few people answered."""
    with unit_of_work(installation) as session:
        world = World(session)
        digest = draft_with_quotes(world)
        review_quotes(world, digest)
        post_digest(world, digest)
        mark_posted(world, digest)
        world.add_response(digest, post_of(1), "Vi tager det op")
        politician = world.add_person("U0POLITIKER", Role.POLITICIAN)
        response_review.respond(
            session, post_of(1), world.programme, politician.address, digest.id, ResponseKind.FREE_TEXT, "Endnu ikke frigivet"
        )
        world.answer(world.add_round(2, theme="calm"), world.add_people(4, prefix="UFAA"), texts=[SECRET] * 4)
        world.answer(world.add_round(2, day=2), world.add_people(9, prefix="UTO"))
        world.draft(2)
    return installation


def told(capsys: pytest.CaptureFixture[str], *given: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == 0
    return capsys.readouterr().out


# --- export


@pytest.mark.usefixtures("full_database")
def test_export_gives_issued_digests_with_checksums_released_answers_and_the_audit_log(capsys: pytest.CaptureFixture[str]) -> None:
    (programme,) = json.loads(told(capsys, "export"))["programmes"]
    assert set(programme) == {"programme", "loaded_at", "digests", "responses", "audit"}
    (digest,) = programme["digests"]
    assert (digest["number"], digest["state"], checksum(digest["content"])) == (1, "issued", digest["checksum"])
    assert len(digest["quotes"]) == 3
    assert all(text_checksum(quote["text"]) == quote["checksum"] for quote in digest["quotes"])
    assert [(response["digest"], response["kind"], response["words"]) for response in programme["responses"]] == [
        (1, "free_text", "Vi tager det op")
    ]
    (answer,) = programme["responses"]
    assert (answer["place"], answer["due_on"], answer["signed"], answer["outcome_of"]) == (None, None, None, None)
    acts = [entry["act"] for entry in programme["audit"]]
    assert (acts.count(AuditAct.QUOTE_APPROVED), acts.count(AuditAct.DIGEST_ISSUED)) == (8, 1)
    assert all(set(each) == {"at", "act", "digest"} for each in programme["audit"])
    assert [entry["at"] for entry in programme["audit"]] == sorted(entry["at"] for entry in programme["audit"])
    assert acts[:8] == [AuditAct.QUOTE_APPROVED] * 8, "what is known by the day stands before what is known by the minute"


@pytest.mark.sqlite  # on a server who looks never waits for who writes
@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_where_another_program_holds_the_database_a_sentence_says_so(
    full_database: Database, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.05)
    assert full_database.file is not None
    with closing(sqlite3.connect(full_database.file, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        export = call("--language", "en", "export")
    assert (export.exit_code, export.stdout) == (1, "")
    assert export.stderr == "Another program keeps the database locked. Close it, or wait until it has finished, and try again.\n"


def test_export_holds_no_people_no_replies_but_the_quotes_that_stand_and_nothing_that_is_not_issued(
    full_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    exported = told(capsys, "export")
    with full_database.look() as session:
        addresses = session.scalars(select(Person.address)).all()
        keys = [
            *session.scalars(select(Reply.id)),
            *session.scalars(select(Quote.id)),
            *session.scalars(select(Quote.fingerprint)),
            *session.scalars(select(OutboxMessage.delivery_id)),
        ]
        second = session.scalars(select(Digest).where(Digest.state == DigestState.IN_REVIEW)).one()
    assert len(addresses) > 20
    assert [each for each in (*addresses, *keys) if each in exported] == []
    for secret in (SECRET, "MY-OWN-WORDS", "Endnu ikke frigivet", second.checksum, "calm"):
        assert secret not in exported


def test_export_is_the_same_whoever_took_part_in_what_was_not_issued(full_database: Database) -> None:
    with unit_of_work(full_database) as session:
        before = export_record(session)
        for table in (Participation, Authorship):
            for each in session.scalars(select(table)):
                session.delete(each)
        session.flush()
        for message in session.scalars(select(OutboxMessage).where(OutboxMessage.kind != MessageKind.DIGEST)):
            session.delete(message)
        for reply in session.scalars(select(Reply).join(Round).where(Round.week != "2018-W34")):
            session.delete(reply)
        session.flush()
        assert export_record(session) == before
        session.rollback()


@pytest.mark.usefixtures("full_database")
def test_export_writes_a_file_for_its_owners_eyes_and_overwrites_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = told(capsys, "export")
    assert told(capsys, "export", "ud.json") == ""
    file = tmp_path / "ud.json"
    first, second = (json.loads(text) for text in (printed, file.read_text("utf-8")))
    assert first["programmes"] == second["programmes"]
    assert ([entry["act"] for entry in first["operators"]], [entry["act"] for entry in second["operators"]]) == ([], ["exported"])
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600  # noqa: PTH116 - the mode alone
    with pytest.raises(SystemExit):
        main(["export", "ud.json", "--language", "en"])
    assert "ud.json is there already" in capsys.readouterr().err


@pytest.mark.usefixtures("full_database")
def test_an_export_that_cannot_be_noted_leaves_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("", None, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr(audit, "note_operator", fail)
    with pytest.raises(OperationalError):
        main(["export", "ud.json"])
    assert not (tmp_path / "ud.json").exists()


def test_a_digest_that_was_changed_in_the_database_is_not_exported(full_database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with unit_of_work(full_database) as session:
        digest = session.scalars(select(Digest).where(Digest.number == 1)).one()
        digest.content = {**digest.content, "floor": 1}
    with pytest.raises(SystemExit):
        main(["export", "--language", "en"])
    assert "checksum of digest no. 1 does not hold" in capsys.readouterr().err


def test_what_operators_did_is_exported_but_nothing_that_they_did_about_a_person(
    full_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with unit_of_work(full_database) as session:
        for act in audit.OF_OPERATORS:
            audit.note_operator(session, post_of(1), act)
    exported = json.loads(told(capsys, "export"))
    assert all(entry["act"] not in audit.OF_OPERATORS for entry in exported["programmes"][0]["audit"])
    assert {entry["act"] for entry in exported["operators"]} == {act.value for act in audit.OF_OPERATORS - audit.ABOUT_A_PERSON}


def test_an_export_is_the_same_whether_or_not_somebody_was_shown_or_erased(full_database: Database) -> None:
    with unit_of_work(full_database) as session:
        before = export_record(session)
        for act in audit.ABOUT_A_PERSON:
            audit.note_operator(session, post_of(1), act)
        assert export_record(session) == before


# --- erase


def test_erase_says_the_same_of_everybody_and_never_what_there_was(full_database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert {told(capsys, "erase", who) for who in ("U10000", "UTO0001", "U0POLITIKER", "U0NOBODY")} == {ERASED}
    with full_database.look() as session:
        left = set(session.scalars(select(Person.address)))
        assert left.isdisjoint({"U10000", "UTO0001"})
        assert "U0POLITIKER" in left
        assert len(session.scalars(select(Response)).all()) == 2


def test_who_is_erased_while_no_bot_runs_is_listed_and_wiped_at_once(full_database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    for who in ("U10000", "UTO0001"):  # the second within a minute of the first
        told(capsys, "erase", who)
    with full_database.look() as session:
        tokens = set(session.scalars(select(Tombstone.token).where(Tombstone.token.is_not(None))))
        assert set(session.scalars(select(Tombstone.wiped_at.is_(None)))) == {False}
    if full_database.file is not None:
        assert {
            tombstone.token for tombstone in tombstone_file.read_tombstones(tombstone_file.tombstone_file_for(full_database.file))
        } == tokens
        assert b"UTO0001" not in full_database.file.read_bytes()


def test_who_is_erased_is_listed_also_where_the_file_cannot_be_wiped_just_now(
    full_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with full_database.look() as reading:
        reading.scalars(select(Person.id)).all()
        assert told(capsys, "erase", "U10000") == ERASED
    with full_database.look() as session:
        gone = session_keys(session).fingerprint(DeletedKind.PERSON, "U10000")
    if full_database.file is not None:
        assert gone in {
            tombstone.token for tombstone in tombstone_file.read_tombstones(tombstone_file.tombstone_file_for(full_database.file))
        }


def test_erase_is_as_late_as_the_installation(
    full_database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installation.WallClock, "now", lambda _clock: post_of(9))
    told(capsys, "erase", "U10000")
    with full_database.look() as session:
        assert session.scalars(select(Tombstone.at).order_by(Tombstone.id.desc())).first() == day_only(post_of(9))
    installation.DATA_FOLDER.mkdir()
    store = MessageStore(installation.DATA_FOLDER / installation.WORKSPACE_FILE)
    store.save_text(installation.CLOCK_NAME, post_of(3).isoformat())
    store.close()
    told(capsys, "erase", "UTO0001")
    with full_database.look() as session:
        assert session.scalars(select(Tombstone.at).order_by(Tombstone.id.desc())).first() == day_only(
            post_of(3)
        )  # as the workspace's clock stands


@pytest.mark.parametrize("who", ["anna", "C0DIGEST", "u10000", "anna@example.org", "U1;x", ""])
def test_erase_takes_only_a_persons_id(full_database: Database, who: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["erase", who, "--language", "en"])
    assert "starts with U or W" in capsys.readouterr().err


def test_erase_on_slack_needs_the_key(full_database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("EFTERTANKE_KEY")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-made-up-0001")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-made-up-0001")
    with pytest.raises(SystemExit):
        main(["erase", "U10000", "--language", "en"])
    assert "EFTERTANKE_KEY: missing" in capsys.readouterr().err
