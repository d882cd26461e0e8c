"""The command line prints an agenda paper of a range of digests, or says why it cannot."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from typer.testing import CliRunner, Result

from bot.commands.digest import app
from bot.dialogue.papers.seal import is_sealed
from bot.errors import SetupFault
from bot.models import Digest, DigestState
from bot.programme_tables import ProgrammeVersion
from bot.states import VersionState
from tests.support.database import unit_of_work
from tests.support.faults import refuses
from tests.support.programme import PROGRAMME, PROGRAMME_TEXT
from tests.support.world import BEFORE, World

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database


@pytest.fixture
def issued(installation: Database) -> Database:
    """Four weeks: the third is held, the others are issued."""
    with unit_of_work(installation) as session:
        world = World(session)
        people = world.add_people(12)
        for week in (1, 2, 3, 4):
            world.answer(world.add_round(week), people)
            digest = world.draft(week) if week == 3 else world.issue(week)
            digest.state = DigestState.HELD if week == 3 else DigestState.ISSUED
    return installation


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["agenda", *arguments], catch_exceptions=False)


@pytest.mark.usefixtures("issued")
def test_a_paper_is_printed_in_either_language():
    danish, english = (run("--from", "1", "--to", "2", *more) for more in ((), ("--language", "en")))
    assert (danish.exit_code, danish.stderr) == (0, "")
    assert "<h2>Indstilling</h2>" in danish.stdout
    assert "<h2>Recommendation (Indstilling)</h2>" in english.stdout
    assert is_sealed(danish.stdout)


@pytest.mark.usefixtures("issued")
def test_a_paper_is_written_into_a_new_file_for_its_owner_alone():
    assert run("--from", "1", "--to", "1", "--into", "agenda.html").stdout == ""
    file = Path("agenda.html")
    assert (is_sealed(file.read_text("utf-8")), stat.S_IMODE(file.stat().st_mode)) == (True, 0o600)
    with refuses(SetupFault, match="agenda.html"):
        run("--from", "1", "--to", "2", "--into", "agenda.html")


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize("name", ["agenda.docx", "agenda"])
def test_a_paper_gets_no_name_that_makes_it_look_damaged(name: str):
    refused = CliRunner().invoke(app, ["agenda", "--from", "1", "--to", "2", "--into", name])
    assert (refused.exit_code, Path(name).exists()) == (2, False)
    assert "must end in .html or .htm" in refused.stderr


@pytest.mark.usefixtures("issued")
def test_a_digest_in_the_middle_that_is_not_issued_is_left_out_and_that_is_said():
    done = run("--from", "1", "--to", "4")
    assert done.stderr == "Digest no. 3 is left out: it has not been issued, or it was purged.\n"
    assert "Overblik nr. 3 er ikke med, for det er ikke sendt ud." in done.stdout


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (2, 1, "give the lowest number to --from"),
        (1, 5, r"no digest no\. 5"),
        (9, 10, r"no digest no\. 9"),
        (3, 3, "None of the digests from no. 3 to no. 3"),
    ],
)
def test_a_range_that_cannot_be_is_refused_with_the_reason(first: int, last: int, why: str):
    with refuses(SetupFault, match=why):
        run("--from", str(first), "--to", str(last))


def test_a_digest_that_was_changed_in_the_database_is_in_no_paper(issued: Database):
    with unit_of_work(issued) as session:
        content = session.query(Digest.content).filter_by(number=2).scalar() | {"floor": 1}
        session.execute(update(Digest).where(Digest.number == 2).values(content=content))
    with refuses(SetupFault, match=r"checksum of digest no\. 2 does not hold"):
        run("--from", "1", "--to", "4")


def test_case_and_kle_number_are_those_of_the_programme_that_runs(issued: Database):
    text = (
        PROGRAMME_TEXT.replace("programme: landsbyen-2018", f"programme: {PROGRAMME.id}")
        + 'filing: {case: "18/00123", kle: "00.22.04-P35"}\n'
    )
    values = {"file": "landsby.yaml", "content": text.encode(), "checksum": "0", "since": BEFORE}
    with unit_of_work(issued) as session:
        session.add(ProgrammeVersion(programme=PROGRAMME.id, state=VersionState.RUNNING, **values))
    paper = run("--from", "1", "--to", "1").stdout
    assert "18/00123" in paper
    assert "00.22.04-P35" in paper
