"""Digests are exported as pages, texts and JSON, one to read here or several into a folder."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from typer import BadParameter
from typer.testing import CliRunner, Result

from bot.commands.digest import app
from bot.dialogue.digests import quotes
from bot.dialogue.papers.seal import is_sealed
from bot.errors import SetupFault
from bot.models import Digest, DigestState, Quote
from tests.support.database import unit_of_work
from tests.support.faults import refuses
from tests.support.programme import PROGRAMME
from tests.support.quoting import draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import World, post_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database

ENDINGS = {"html": "html", "text": "txt", "json": "json"}


@pytest.fixture
def issued(installation: Database) -> Database:
    """Three weeks: the first is issued with quotes, the second without, the third is in review."""
    with unit_of_work(installation) as session:
        world = World(session)
        first = draft_with_quotes(world)
        review_quotes(world, first)
        post_digest(world, first)
        mark_posted(world, first)
        world.answer(world.add_round(2), world.add_people(12, prefix="U9"))
        world.issue(2)
        world.answer(world.add_round(3), world.add_people(12, prefix="U8"))
        world.draft(3)
    return installation


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["export", *arguments], catch_exceptions=False, standalone_mode=False)


def name(number: int, revision: int = 1, ending: str = "html") -> str:
    return f"{PROGRAMME.id}-digest-{number:02}-revision-{revision}.{ending}"


def withdraw_one(database: Database) -> None:
    with unit_of_work(database) as session:
        quote = session.query(Quote).filter(Quote.place.is_not(None)).first()
        assert quote is not None
        assert quotes.withdraw(session, post_of(1), quote.reply_id or "")


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize("format_", ENDINGS)
def test_one_digest_is_printed_as_the_file_has_it(tmp_path: Path, format_: str):
    printed = run("1", "--format", format_)
    assert is_sealed(printed.stdout)
    assert printed.stderr == "The checksums hold.\n"
    run("1", "--format", format_, "--into", str(tmp_path))
    assert (tmp_path / name(1, ending=ENDINGS[format_])).read_text(encoding="utf-8") == printed.stdout


@pytest.mark.usefixtures("issued")
def test_several_or_all_that_are_issued_go_into_a_folder_that_is_made_for_their_owner_alone(tmp_path: Path):
    folder = tmp_path / "out"
    assert run("1", "3", "1", "--format", "text", "--into", str(folder)).stdout.splitlines() == [
        str(folder / name(1, ending="txt")),
        str(folder / name(3, ending="txt")),
    ]
    run("--all", "--format", "html", "--into", str(folder))
    run("--all", "--format", "html", "--into", str(folder), "--language", "en")
    assert {file.name for file in folder.glob("*.html")} == {name(1), name(2), name(1, ending="en.html"), name(2, ending="en.html")}
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize(("arguments", "why"), [((), "--all"), (("1", "--all"), "--all"), (("1", "2"), "--into"), (("--all",), "--into")])
def test_what_is_not_clear_is_asked_for(arguments: tuple[str, ...], why: str):
    with pytest.raises(BadParameter, match=why):
        run(*arguments)


@pytest.mark.usefixtures("issued")
def test_exporting_again_changes_no_file_and_one_that_is_different_stops_all(tmp_path: Path):
    run("--all", "--into", str(tmp_path))
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in tmp_path.glob("*.json")}
    run("--all", "--into", str(tmp_path))
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in before} == before
    (tmp_path / name(2)).write_text("mine", encoding="utf-8")
    with refuses(SetupFault, match="is different"):
        run("--all", "--format", "html", "--into", str(tmp_path))
    assert [file.name for file in tmp_path.glob("*.html")] == [name(2)]


@pytest.mark.usefixtures("issued")
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    with refuses(SetupFault, match=str(tmp_path / "no" / "folder")):
        run("1", "--into", str(tmp_path / "no" / "folder"))


def test_after_a_withdrawal_the_file_has_another_name_and_the_one_that_still_holds_the_quote_is_named(issued: Database, tmp_path: Path):
    run("1", "--format", "html", "--into", str(tmp_path))
    withdraw_one(issued)
    done = run("1", "--format", "html", "--into", str(tmp_path))
    assert done.stdout == f"{tmp_path / name(1, revision=2)}\n"
    assert f"{tmp_path / name(1)} is an earlier revision and holds quotes that have been removed since" in done.stderr
    assert "1 citat, som stod her" in (tmp_path / name(1, revision=2)).read_text(encoding="utf-8")
    (tmp_path / name(1)).unlink()
    assert "earlier revision" not in run("1", "--format", "html", "--into", str(tmp_path)).stderr


def test_a_purged_digest_is_exported_by_nobody_and_is_not_among_all(issued: Database, tmp_path: Path):
    with unit_of_work(issued) as session:
        session.execute(update(Digest).where(Digest.number == 2).values(state=DigestState.PURGED))
    assert run("--all", "--into", str(tmp_path)).stdout.splitlines() == [str(tmp_path / name(1, ending="json"))]
    with refuses(SetupFault, match="was deleted|deleted with its programme"):
        run("1", "2", "--into", str(tmp_path / "other"))
    assert not (tmp_path / "other").exists()


@pytest.mark.usefixtures("issued")
def test_without_a_programme_that_runs_nobody_is_named_as_sender(tmp_path: Path):
    exported = json.loads(run("1").stdout)
    assert (exported["sender"], exported["case"], exported["kle"]) == (None, None, None)
    assert not (tmp_path / "schedules").exists()


def test_a_programme_without_digests_writes_nothing(issued: Database, tmp_path: Path):
    done = run("--all", "--programme", "another", "--into", str(tmp_path / "out"))
    assert (done.stdout, done.stderr) == ("", "There is no digest yet.\n")
    assert list((tmp_path / "out").iterdir()) == []
