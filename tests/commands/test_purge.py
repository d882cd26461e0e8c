"""A programme that has finished is purged: whom it had and what they wrote is gone for good, and nobody hears of it again."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text
from typer.testing import CliRunner

from bot.__main__ import front_door, main
from bot.app.operators import purging as to_be_purged
from bot.confidentiality.encryption import Keys
from bot.dialogue import audit
from bot.dialogue.data_rights import purging
from bot.dialogue.digests.digest_content import checksum
from bot.errors import SetupFault
from bot.models import (
    AuditAct,
    AuditEntry,
    Authorship,
    Base,
    Digest,
    DigestState,
    HeardBy,
    OutboxMessage,
    Participation,
    PauseForAll,
    PeopleList,
    Person,
    Quote,
    QuoteState,
    Reply,
    Response,
    ResponseState,
    Round,
)
from bot.programme import Role
from bot.seam.actions import ResponseKind
from bot.settings import load_settings
from tests.commands.test_backup import DAY, DELETED, MADE, QUOTED, STAYED, host
from tests.support.database import KEY, copy_database, unit_of_work
from tests.support.faults import refuses
from tests.support.heartbeat_world import HeartbeatWorld
from tests.support.programme import PROGRAMME, write_programme
from tests.support.world import World, close_of, post_of, separate_world

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from click.testing import Result
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from tests.commands.test_backup import SlackInstallation

__all__ = ["host"]
OTHER = replace(PROGRAMME, id="the-next-one")
OVER = MADE + 60 * DAY
WITHHELD, PUBLIC, NAME = "holdt-tilbage", "sagt-offentligt", "Politikerens Navn"
ALL = pytest.mark.parametrize("everything", [False, True], ids=["", "--all"])


@pytest.fixture(autouse=True)
def finished(host: SlackInstallation) -> None:
    """The programme is over, with public answers; another one has begun, with the same people."""
    with closing(host.database()) as database, unit_of_work(database) as session:
        furnish(session)
    host.live_on(OVER)


def furnish(session: Session) -> None:
    world = World(session)
    digest = session.scalars(select(Digest).where(Digest.programme == world.programme.id)).one()
    world.add_response(digest, post_of(1), PUBLIC).signed = NAME
    world.add_response(digest, post_of(1), WITHHELD).state = ResponseState.STORED
    politician = world.add_person("U0PHEARD", Role.POLITICIAN)
    session.add(HeardBy(digest_id=digest.id, person_id=politician.id))
    digest.decided_by, digest.note = world.add_person("U0ORG", Role.ORGANISER).id, WITHHELD
    unprinted = Keys([KEY]).encrypt(WITHHELD, "r")
    values = {"words": unprinted.words, "sealed_with": unprinted.sealed_with, "reply_id": None}
    session.add(Quote(id="r", digest_id=digest.id, theme="trust", fingerprint="g", state=QuoteState.DECLINED, place=None, **values))
    session.add(PeopleList(programme=world.programme.id, role=Role.LEADER, confirmed=12, listed=12))
    session.add(PauseForAll(id=1, programme=world.programme.id, reason=WITHHELD, since=MADE, ended_at=MADE + DAY))
    second = world.add_round(2)
    world.answer(second, session.scalars(select(Person).where(Person.role == Role.LEADER)).all()[:9], texts=[DELETED] * 9)
    world.draft(2)
    other = World(session, OTHER)
    people, round_ = other.add_people(12), other.add_round(1)
    other.add_questions(round_, people)
    other.answer(round_, people, texts=[STAYED] * 12)
    session.flush()


def purge(host: SlackInstallation, *options: str, given: str = "", programme: str = PROGRAMME.id, at: datetime = OVER) -> Result:
    host.now = at
    return CliRunner().invoke(front_door(("purge", "export")), ["purge", programme, *options], input=given, catch_exceptions=False)


def tables(host: SlackInstallation, programme: str | None = None) -> dict[str, list[tuple[object, ...]]]:
    """All rows, or those that say they are of one programme."""
    found = {}
    with closing(host.database()) as database, database.look() as session:
        for name, table in Base.metadata.tables.items():
            if programme is None or "programme" in table.columns:
                of = select(table) if programme is None else select(table).where(table.columns.programme == programme)
                found[name] = sorted((tuple(row) for row in session.execute(of)), key=repr)
    return found


def said_anywhere(host: SlackInstallation) -> str:
    return repr(tables(host))


def count(host: SlackInstallation, model: Any) -> int:
    return len(host.rows(model.__table__.primary_key.columns[0]))


# --- what is said first, and refused


def test_what_will_go_is_said_first_and_without_a_word_nothing_goes(host: SlackInstallation) -> None:
    before = tables(host)
    with refuses(SetupFault, match="Nothing is deleted"):
        purge(host, given=f"{PROGRAMME.id}\n")  # typed into a pipe, not on a terminal
    assert tables(host) == before


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "left"), [(f"{PROGRAMME.id}\n", 12), ("yes\n", 24), ("", 24)])
def test_on_a_terminal_only_the_programmes_id_is_the_word(
    host: SlackInstallation, monkeypatch: pytest.MonkeyPatch, typed: str, left: int
) -> None:
    host.now = OVER
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    with pytest.raises(SystemExit) as ended:
        main(["purge", PROGRAMME.id, "--language", "en"])
    assert (ended.value.code == 0) is (left == 12)
    assert len([role for (role,) in host.rows(Person.role) if role is Role.LEADER]) == left


def test_what_is_said_counts_what_was_public_and_nobody(host: SlackInstallation) -> None:
    done = purge(host, "--yes")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Digests: 1, with the quotes they showed. Political answers: 1, with the name" in done.stdout
    assert "the 2 questions that went out" in done.stdout
    assert re.findall(r"\d+", done.stdout.replace(PROGRAMME.id, "")) == ["1", "0", "0", "1", "1", "2", "35", "30"]


def test_what_is_unfinished_is_said_before_all_else(host: SlackInstallation) -> None:
    with closing(host.database()) as database, unit_of_work(database) as session:
        issued = session.scalars(select(Digest).where(Digest.programme == PROGRAMME.id, Digest.state == DigestState.ISSUED)).one()
        issued.wishes = ["trust", "calm"]
        promise = World(session).add_response(issued, post_of(1), "Vi ser på det.", ResponseKind.TAKE_UP)
        promise.theme = "trust"
        answers = session.scalars(select(Response).where(Response.id != promise.id, Response.digest_id == issued.id))
        for answer in answers:
            answer.theme = "calm" if answer.words == WITHHELD else "other"
    with refuses(SetupFault, match="Nothing is deleted"):
        purge(host)
    unfinished = "Digests that are not posted: 1. Promises of which nobody has told what became: 1. Wishes that nobody has answered: 1."
    assert unfinished in purge(host, "--yes").stdout.splitlines()[0]


def test_a_seasons_report_that_is_still_to_be_drafted_waits_too(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(to_be_purged, "_over_at", lambda *_: OVER - DAY)  # by a text that nobody can read here
    with closing(host.database()) as database, unit_of_work(database) as session:
        last = session.scalars(select(Round).where(Round.programme == PROGRAMME.id).order_by(Round.closes_at.desc())).first()
        assert last is not None
        last.closes_at = OVER - DAY
    assert "Digests that are not posted: 2." in purge(host, "--yes").stdout


@pytest.mark.parametrize("less", [Authorship, Reply, Participation])
def test_what_is_printed_is_the_same_with_and_without_one_answer(
    host: SlackInstallation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, less: type[Any]
) -> None:
    other = copy_database(host.url, tmp_path / host.file.name)
    full = purge(host, "--yes")
    monkeypatch.setenv("DATABASE_URL", other)
    with closing(host.database()) as database, unit_of_work(database) as session:
        row = session.scalars(select(less)).first()
        session.execute(delete(Authorship).where(Authorship.reply_id == row.id)) if less is Reply else None
        session.delete(row)
    one_less = purge(host, "--yes")
    assert (full.stdout, full.stderr, full.exit_code) == (one_less.stdout, one_less.stderr, one_less.exit_code)


def test_where_no_programme_has_ever_run_none_is_named(session: Session) -> None:
    with refuses(SetupFault, match=r"^No programme has ever run here\.$"):
        to_be_purged.require_finished(session, load_settings(), "made-up", everything=False)


def test_a_programme_that_has_not_finished_or_is_not_known_or_purged_is_refused(host: SlackInstallation) -> None:
    before = tables(host)
    with refuses(SetupFault, match="has never run here. These have: made-up, the-next-one"):
        purge(host, "--yes", programme="who")
    host.live_on(MADE)
    for at in (MADE, MADE + 400 * DAY):  # also by a clock that is ahead
        with refuses(SetupFault, match="has not finished: it lasts until"):
            purge(host, "--yes", at=at)
    host.live_on(OVER)
    with closing(host.database()) as database, unit_of_work(database) as session:
        session.add(PauseForAll(id=2, programme=PROGRAMME.id, reason="r", since=MADE, ended_at=None))
    with refuses(SetupFault, match="Everything is paused"):
        purge(host, "--yes")
    with closing(host.database()) as database, unit_of_work(database) as session:
        session.execute(delete(PauseForAll).where(PauseForAll.id == 2))
    assert tables(host) == before
    purge(host, "--yes")
    with refuses(SetupFault, match="is deleted already"):
        purge(host, "--yes")


def test_what_stood_in_public_can_be_deleted_also_later_and_once(host: SlackInstallation) -> None:
    purge(host, "--yes")
    assert "not posted" not in purge(host, "--yes", "--all").stdout, "nothing waits any more"
    assert PUBLIC not in said_anywhere(host)
    for options in (["--all"], []):
        with refuses(SetupFault, match="is deleted already"):
            purge(host, "--yes", *options)


@pytest.mark.parametrize("verb", ["show", "export", "approve"])
def test_of_a_purged_digest_it_is_said_that_it_was_deleted(host: SlackInstallation, verb: str) -> None:
    purge(host, "--yes")
    with refuses(SetupFault, match="Digest no. 2 was deleted with its programme"):
        CliRunner().invoke(front_door(("digest",)), ["digest", verb, "2", "--programme", PROGRAMME.id], catch_exceptions=False)


# --- what goes, what stays


@ALL
def test_people_and_what_they_wrote_are_gone_also_from_the_bytes_of_the_file(host: SlackInstallation, *, everything: bool) -> None:
    assert {WITHHELD, "U00001"} <= set(re.findall(r"[\w-]+", said_anywhere(host)))
    done = purge(host, "--yes", *(["--all"] if everything else []))
    assert "its remains are gone from the database's files" in done.stdout
    left = host.rows(Person.address, Person.programme)
    assert len([programme for _, programme in left if programme == OTHER.id]) == 12
    assert all(str(address).startswith("purged-") for address, programme in left if programme == PROGRAMME.id)
    assert host.said() == {STAYED}
    assert set(host.rows(Participation.person_id)) == set()
    assert {programme for (programme,) in host.rows(OutboxMessage.programme)} == {OTHER.id}
    assert {programme for (programme,) in host.rows(PeopleList.programme)} == set()
    content = host.file.read_bytes() if host.file.exists() else b""  # what a server keeps is looked at where it is wiped
    for secret in (WITHHELD, "U0PHEARD", "U0ORG"):
        assert secret not in said_anywhere(host)
        assert secret.encode() not in content


def test_what_stood_in_public_stays_with_its_checksum_its_quote_and_its_name(host: SlackInstallation) -> None:
    purge(host, "--yes")
    assert [row for row in host.rows(Response.words, Response.signed, Response.state) if row[0]] == [(PUBLIC, NAME, ResponseState.RELEASED)]
    assert host.rows(Quote.id, Quote.reply_id) == [("q", None)]
    with closing(host.database()) as database, database.look() as session:
        digests = session.scalars(select(Digest).order_by(Digest.number)).all()
        assert [digest.state for digest in digests] == [DigestState.ISSUED, DigestState.PURGED]
        assert checksum(digests[0].content) == digests[0].checksum
    acts = host.rows(AuditEntry.act, AuditEntry.programme)
    assert (AuditAct.DIGEST_ISSUED, PROGRAMME.id) in acts
    assert (AuditAct.PURGED, PROGRAMME.id) in acts


def test_with_all_nothing_is_said_any_more_but_numbers_that_buttons_may_name_are_kept(host: SlackInstallation) -> None:
    columns = ((Digest.id, Digest.number), (Round.id, Round.entry), (Response.id, Response.digest_id))
    names = [sorted(host.rows(*of)) for of in columns]  # type: ignore[type-var]  # numbers and words
    purge(host, "--yes", "--all")
    assert [sorted(host.rows(*of)) for of in columns] == names  # type: ignore[type-var]  # likewise
    for secret in (PUBLIC, NAME, WITHHELD):
        assert secret not in said_anywhere(host)
    assert {state for (state,) in host.rows(Digest.state)} == {DigestState.PURGED}
    assert (count(host, Quote), count(host, HeardBy)) == (0, 0)
    assert [act for act, programme in host.rows(AuditEntry.act, AuditEntry.programme) if programme == PROGRAMME.id] == [AuditAct.PURGED]


@ALL
def test_another_programme_with_the_same_people_is_untouched(host: SlackInstallation, *, everything: bool) -> None:
    before = tables(host, OTHER.id)
    purge(host, "--yes", *(["--all"] if everything else []))
    assert tables(host, OTHER.id) == before
    assert count(host, Authorship) == 12


# --- killed, and restored


def test_killed_anywhere_it_has_happened_or_not(host: SlackInstallation) -> None:
    before = tables(host)
    for where, module in (("_purge_people", purging), ("_purge_digests", purging)):
        child = os.fork()
        if child == 0:
            setattr(module, where, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
            try:
                purge(host, "--yes")
            finally:
                os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        assert tables(host) == before
    assert purge(host, "--yes").exit_code == 0


@ALL
@pytest.mark.parametrize("lost", [False, True], ids=["beside", "lost"])
def test_no_backup_from_before_brings_it_back(host: SlackInstallation, *, everything: bool, lost: bool) -> None:
    host.run("backup", "copy.sqlite", at=OVER)
    purge(host, "--yes", *(["--all"] if everything else []))
    before, said = tables(host, PROGRAMME.id), said_anywhere(host)
    if lost:
        host.lose()
    done = host.run("restore", "copy.sqlite", at=OVER + timedelta(hours=1))
    assert done.exit_code == 0
    after = tables(host, PROGRAMME.id)
    told_of_moments = {"audit", "rounds"}  # of when it was purged
    assert {name: after[name] for name in after.keys() - told_of_moments} == {
        name: before[name] for name in before.keys() - told_of_moments
    }
    assert [row[:6] for row in after["rounds"]] == [row[:6] for row in before["rounds"]]
    assert AuditAct.PURGED in [act for (act, of) in host.rows(AuditEntry.act, AuditEntry.programme) if of == PROGRAMME.id]
    assert WITHHELD not in said
    assert WITHHELD not in said_anywhere(host)
    assert {QUOTED, DELETED}.isdisjoint(host.said())
    assert {programme for (programme,) in host.rows(OutboxMessage.programme)} <= {OTHER.id}
    with closing(host.database()) as database, database.look() as session:
        assert audit.is_purged(session, PROGRAMME.id)
        assert not audit.is_purged(session, OTHER.id)


# --- nobody hears of it again


@pytest.fixture
def village(tmp_path: Path, host: SlackInstallation, template: Path, database: Database) -> HeartbeatWorld:
    host.begin_anew(template)
    folder = tmp_path / "schedules"
    folder.mkdir()
    write_programme(folder, name="landsby.yaml")
    return HeartbeatWorld(folder, database)


def test_though_its_file_still_lies_there_nothing_is_sent_nor_any_list_read(village: HeartbeatWorld) -> None:
    village.beat("2018-10-01 08:00", "2018-10-09 09:30", "2018-10-09 09:31")
    assert village.rounds()
    (programme_id,) = {round_.programme for round_ in village.rounds()}
    village.clock.moment = village.clock.moment + timedelta(days=120)
    with unit_of_work(village.database) as session:
        purging.purge(session, village.clock.moment, programme_id, everything=False)
    readings, edited = village.platform.readings, village.file.read_text("utf-8").replace("09:30", "10:30")
    for heart, content in ((village.heart, None), (village.another(village.database), None), (village.heart, edited), (None, edited)):
        if content is not None:
            village.file.write_text(content, "utf-8")
        village.heart = heart or village.another(village.database)
        for _ in range(3):
            village.clock.step(seconds=90000)
            village.beat()
        assert village.heart.next_beat() > village.clock.moment
    with village.database.look() as session:
        assert (session.scalars(select(OutboxMessage)).all(), session.scalars(select(Person)).all()) == ([], [])
    assert (village.platform.readings, village.platform.said) == (readings, {})


# --- the algebra: in whatever order, and however often


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([PROGRAMME.id, OTHER.id]), st.booleans()), max_size=4))
def test_only_what_was_purged_and_how_far_counts_not_the_order_nor_how_often(purges: list[tuple[str, bool]]) -> None:
    together = {id_: any(all_ for of, all_ in purges if of == id_) for id_ in {of for of, _ in purges}}
    assert remains(purges) == remains(sorted(together.items()))


def remains(purges: list[tuple[str, bool]]) -> dict[str, list[tuple[object, ...]]]:
    with separate_world() as world:
        for programme in (PROGRAMME, OTHER):
            one = World(world.session, programme)
            people, round_ = one.add_people(12, prefix="U0" if programme is PROGRAMME else "U1"), one.add_round(1)
            one.add_questions(round_, people)
            one.answer(round_, people)
            round_.closed_at = close_of(1)
            one.add_response(one.issue(1), post_of(1), PUBLIC)
        for id_, everything in purges:
            purging.purge(world.session, OVER, id_, everything=everything)
        left = {}
        for name in ("people", "rounds", "digests", "responses", "replies", "outbox"):
            rows = world.session.execute(text(f"SELECT * FROM {name}")).mappings()  # noqa: S608 - our own tables
            skip = {"id", "words", "address", "delivery_id", "sealed_with"}
            left[name] = sorted((tuple((k, v) for k, v in row.items() if k not in skip) for row in rows), key=repr)
        return left
