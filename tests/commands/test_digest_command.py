"""The command line lists, shows and verifies digests, and approves a digest that waits."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner, Result

from bot.commands.digest import app
from bot.confidentiality.encryption import session_keys
from bot.dialogue.digests import digest_review
from bot.dialogue.digests.digest_content import checksum, text_checksum
from bot.dialogue.season import report
from bot.errors import SetupFault, WrongDatabase
from bot.models import (
    AuditAct,
    AuditEntry,
    Digest,
    DigestState,
    Finding,
    MessageKind,
    MessageState,
    OutboxMessage,
    Person,
    Quote,
    QuoteState,
    Response,
    Round,
)
from bot.programme import Text
from bot.seam.actions import ResponseKind
from tests.support.database import KEY, unit_of_work
from tests.support.faults import refuses
from tests.support.programme import ORGANISERS_CHANNEL, PROGRAMME
from tests.support.world import World, close_of, post_of, week_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database


@pytest.fixture
def issued(installation: Database) -> Database:
    """Two weeks: the first is issued, the second in review."""
    with unit_of_work(installation) as session:
        world = World(session)
        people = world.add_people(12)
        for week in (1, 2):
            world.answer(world.add_round(week), people)
        world.issue(1)
        world.draft(2)
    return installation


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


@pytest.mark.usefixtures("issued")
def test_list_tells_number_week_state_and_moment():
    first, second = run("list").stdout.splitlines()
    assert first.split()[:4] == ["1", "2018-W34", "issued", "2018-08-24T12:00:00+00:00"]
    assert second.split()[:4] == ["2", "2018-W35", "in_review", "-"]


@pytest.mark.usefixtures("issued")
def test_show_reads_a_digest_in_either_language():
    assert "Omtrent 10 svarede." in run("show", "1").stdout
    assert "About 10 answered." in run("show", "1", "--language", "en").stdout


def test_show_tells_below_a_digest_what_has_become_of_its_wishes(issued: Database):
    assert run("show", "1").stdout.splitlines()[-1].startswith("Overblik nr. 1 · ")
    with unit_of_work(issued) as session:
        digest = session.query(Digest).filter_by(number=1).one()
        digest.wishes = ["trust"]
        promised = World(session).add_response(digest, post_of(1) + timedelta(days=1), "Vi mødes.", ResponseKind.TAKE_UP)
        promised.theme, promised.due_on = "trust", post_of(3).date()
    shown = run("show", "1").stdout.splitlines()
    assert shown[-5].startswith("Overblik nr. 1 · ")
    assert shown[-4:] == [
        "",
        "Uge 34: Tillid",
        "Bliver taget op, men fristen er overskredet",
        "En politiker, senest 7. september: »Vi mødes.«",
    ]
    assert run("show", "2").stdout.splitlines()[-1].startswith("Overblik nr. 2 · ")
    assert run("show", "1", "--language", "en").stdout.splitlines()[-1] == "A politician, by 7 September: “Vi mødes.”"
    with unit_of_work(issued) as session:
        session.scalars(select(Response)).one().words = "Vi mødes.\n\nUge 35: Tid"
    assert run("show", "1").stdout.splitlines()[-2:] == ["En politiker, senest 7. september: »Vi mødes.", "> Uge 35: Tid«"]


def test_a_seasons_report_is_listed_shown_exported_and_approved_as_any_digest(issued: Database):
    with unit_of_work(issued) as session:
        world = World(session)
        session.query(Digest).filter_by(number=1).one().wishes = ["trust"]
        last = session.query(Round).filter_by(week=week_of(2)).one()
        assert report.draft_report(session, close_of(4), world.programme, last, post_of(4)) is not None
    assert run("list").stdout.splitlines()[2].split()[:3] == ["3", "report", "in_review"]
    shown = run("show", "3").stdout
    assert shown.startswith("Hvad blev der af det?")
    assert "Uge 34: Tillid" in shown
    exported = json.loads(run("export", "3").stdout)
    assert (exported["week"], checksum(exported["content"])) == (None, exported["checksum"])
    run("approve", "3")
    assert run("list").stdout.splitlines()[2].split()[:3] == ["3", "report", "approved"]
    assert "Hele dialogen" in run("chain").stdout


@pytest.mark.usefixtures("issued")
def test_export_gives_the_content_with_a_checksum_that_others_can_verify():
    result = run("export", "1")
    exported = json.loads(result.stdout)
    assert (exported["number"], exported["week"], exported["state"]) == (1, "2018-W34", "issued")
    assert checksum(exported["content"]) == exported["checksum"]
    assert result.stderr == "The checksums hold.\n"


def test_export_tells_beside_the_content_what_stood_at_the_top_and_whose_wishes_are_in_the_ledger(
    issued: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    with unit_of_work(issued) as session:
        digest = session.query(Digest).filter_by(number=1).one()
        digest.finding, digest.wishes = Finding.QUOTE, ["trust"]
        (theme,) = digest.content["themes"]
        digest.content = {**digest.content, "themes": [{**theme, "wishes": 5}]}
        digest.checksum = checksum(digest.content)
        sealed = session_keys(session).encrypt("Vi savner ro.", "q")
        words = {"words": sealed.words, "sealed_with": sealed.sealed_with, "checksum": text_checksum("Vi savner ro."), "place": 0}
        session.add(Quote(id="q", digest_id=digest.id, theme="trust", fingerprint="f", state=QuoteState.APPROVED, wish=True, **words))
    exported = json.loads(run("export", "1").stdout)
    assert (exported["finding"], exported["wishes_in_ledger"]) == ("quote", ["trust"])
    (quote,) = exported["quotes"]
    assert (quote["wish"], quote["text"], text_checksum(quote["text"])) == (True, "Vi savner ro.", quote["checksum"])
    assert checksum(exported["content"]) == exported["checksum"]
    not_issued = json.loads(run("export", "2").stdout)
    assert (not_issued["finding"], not_issued["wishes_in_ledger"]) == (None, None)


def test_a_committee_that_is_changed_counts_from_the_next_digest(issued: Database):
    first, second = (Text(da=f"Udvalg {name}", en=f"Committee {name}") for name in ("A", "B"))
    with unit_of_work(issued) as session:
        for week, committee in ((3, first), (4, second)):
            world = World(session, replace(PROGRAMME, digest=replace(PROGRAMME.digest, committee=committee)))
            world.answer(world.add_round(week), session.query(Person).all())
            world.draft(week)
    headlines = [run("show", str(number), "--language", "en").stdout.splitlines()[0] for number in (2, 3, 4)]
    assert [(("Committee A" in line), ("Committee B" in line)) for line in headlines] == [(False, False), (True, False), (False, True)]


# --- the chain


def test_chain_prints_every_week_and_counts_no_broken_link(issued: Database):
    with unit_of_work(issued) as session:
        World(session).add_response(session.query(Digest).filter_by(number=1).one(), post_of(1) + timedelta(hours=1))
        session.query(Round).filter_by(week=week_of(2)).one().counts = {"asked": 12, "not_reached": 0}
    done = run("chain", "--language", "en")
    assert (done.exit_code, done.stderr) == (0, "Links that have lost the next: 0.\n")
    assert [line for line in done.stdout.splitlines() if line.startswith("Week")] == ["Week 34, 2018", "Week 35, 2018"]
    assert "      Reached the participants with the question of week 35" in done.stdout.splitlines()


def test_chain_names_what_has_lost_its_next_link_and_exits_with_1(issued: Database):
    with unit_of_work(issued) as session:
        World(session).add_round(3)
    done = run("chain")
    assert (done.exit_code, done.stderr) == (1, "Links that have lost the next: 1.\n")
    assert done.stdout.splitlines()[-2:] == [
        "Her er kæden brudt:",
        "  Uge 36, 2018: Dagen for overblikket er gået, men der kom ikke noget overblik.",
    ]


@pytest.mark.usefixtures("issued")
def test_a_programme_without_questions_has_no_chain_and_that_is_no_fault():
    done = run("chain", "--programme", "another")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "There is no question yet.\n")


def test_a_chain_without_any_digest_is_that_of_the_programme_that_asked_last(installation: Database):
    assert run("chain").stderr == "There is no question yet.\n"
    with unit_of_work(installation) as session:
        World(session).add_round(1)
    done = run("chain")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (
        1,
        "  Uge 34, 2018: Dagen for overblikket er gået, men der kom ikke noget overblik.",
    )


@pytest.mark.parametrize("verb", ["show", "export", "approve"])
def test_a_digest_that_was_changed_in_the_database_is_neither_shown_nor_exported_nor_approved(issued: Database, verb: str):
    with unit_of_work(issued) as session:
        content = session.query(Digest.content).filter_by(number=1).scalar() | {"floor": 1}
        session.execute(update(Digest).where(Digest.number == 1).values(content=content))
    with refuses(SetupFault, match=r"checksum of digest no\. 1 does not hold"):
        run(verb, "1")


@pytest.mark.parametrize(("state", "hours"), [(DigestState.IN_REVIEW, -1), (DigestState.HELD, -1), (DigestState.IN_REVIEW, 1)])
def test_who_runs_the_machine_can_approve_what_waits_and_the_organisers_read_it(
    issued: Database, monkeypatch: pytest.MonkeyPatch, state: DigestState, hours: int
):
    monkeypatch.setattr("bot.commands.digest.current_time", lambda _: post_of(2) + timedelta(hours=hours))
    with unit_of_work(issued) as session:
        digest = session.query(Digest).filter_by(number=2).one()
        digest.state = state
        digest_review.submit_draft(session, close_of(2), PROGRAMME, digest)
    when = "on 31 August 2018 at 12:00 (UTC)" if hours < 0 else "at once, or as soon as it runs"
    assert run("approve", "2").stdout == (
        f"Digest no. 2 is approved: Eftertanke posts it {when}, and tells the organisers that it was approved on this machine.\n"
    )
    with issued.look() as session:
        digest = session.query(Digest).filter_by(number=2).one()
        assert (digest.state, digest.decided_by) == (DigestState.APPROVED, None)
        (noted,) = session.query(AuditEntry).filter_by(digest=2)
        assert (noted.act, noted.by) == (AuditAct.DIGEST_APPROVED_ON_MACHINE, None)
        (notice,) = session.query(OutboxMessage).filter_by(kind=MessageKind.NOTICE)
        assert (notice.address, notice.facts["say"]) == (ORGANISERS_CHANNEL, "review.approved_on_machine")


def test_a_digest_in_doubt_that_is_approved_on_the_machine_is_posted_again(issued: Database):
    with unit_of_work(issued) as session:
        message = World(session).post(session.query(Digest).filter_by(number=2).one(), 2)
        message.state, message.attempts, message.reason = MessageState.HELD, 1, "unsure"
    run("approve", "2")
    with issued.look() as session:
        message = session.query(OutboxMessage).filter_by(key="digest:2").one()
        assert (message.state, message.attempts) == (MessageState.PENDING, 0)


@pytest.mark.parametrize(
    ("number", "why"), [(1, "no. 1 has been posted already"), (2, "no. 2 is approved already"), (9, "no digest no. 9")]
)
def test_what_cannot_be_approved_is_refused_and_nothing_is_changed(issued: Database, number: int, why: str):
    with unit_of_work(issued) as session:
        session.query(Digest).filter_by(number=2).one().state = DigestState.APPROVED
        before = session.query(AuditEntry).count()
    with refuses(SetupFault, match=why):
        run("approve", str(number))
    with issued.look() as session:
        assert session.query(AuditEntry).count() == before


@pytest.mark.usefixtures("issued")
def test_a_number_that_is_not_there_names_the_command_that_lists():
    with refuses(SetupFault, match=r"no digest no\. 9.*digest list"):
        run("show", "9")


@pytest.mark.usefixtures("issued")
def test_another_programme_has_no_digests_here():
    result = run("list", "--programme", "another")
    assert (result.stdout, result.stderr) == ("", "There is no digest yet.\n")


def test_a_database_without_tables_is_refused_with_what_mends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    with refuses(WrongDatabase, match="migrate"):
        run("list")
