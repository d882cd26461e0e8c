"""Can what was said be listed, read and proved unchanged on the command line?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from typer.testing import CliRunner, Result

from bot.commands.digest import app
from bot.dialogue.digests.digest_content import checksum
from bot.errors import EftertankeError, WrongDatabase
from bot.models import Digest
from tests.support.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database


@pytest.fixture
def issued(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    """Two weeks: the first is issued, the second in review."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    with database.work() as session:
        world = World(session)
        people = world.add_people(12)
        for week in (1, 2):
            world.answer(world.add_round(week), people)
        world.issue(1)
        world.draft(2)
    return database


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


@pytest.mark.usefixtures("issued")
def test_list_tells_number_week_state_and_moment():
    first, second = run("list").stdout.splitlines()
    assert first.split()[:4] == ["1", "2018-W34", "issued", "2018-08-24T12:00:00+00:00"]
    assert second.split()[:4] == ["2", "2018-W35", "in_review", "-"]


@pytest.mark.usefixtures("issued")
def test_show_reads_a_digest_in_either_language():
    assert "Omtrent 10 personer har svaret i denne uge." in run("show", "1").stdout
    assert "About 10 people answered this week." in run("show", "1", "--language", "en").stdout


@pytest.mark.usefixtures("issued")
def test_export_gives_the_content_with_a_checksum_that_others_can_verify():
    result = run("export", "1")
    exported = json.loads(result.stdout)
    assert (exported["number"], exported["week"], exported["state"]) == (1, "2018-W34", "issued")
    assert checksum(exported["content"]) == exported["checksum"]
    assert result.stderr == "The checksums hold.\n"


@pytest.mark.parametrize("verb", ["show", "export"])
def test_a_digest_that_was_changed_in_the_database_is_neither_shown_nor_exported(issued: Database, verb: str):
    with issued.work() as session:
        content = session.query(Digest.content).filter_by(number=1).scalar() | {"floor": 1}
        session.execute(update(Digest).where(Digest.number == 1).values(content=content))
    with pytest.raises(EftertankeError, match=r"checksum of digest no\. 1 does not hold"):
        run(verb, "1")


@pytest.mark.usefixtures("issued")
def test_a_number_that_is_not_there_names_the_command_that_lists():
    with pytest.raises(EftertankeError, match=r"no digest no\. 9.*digest list"):
        run("show", "9")


@pytest.mark.usefixtures("issued")
def test_another_programme_has_no_digests_here():
    result = run("list", "--programme", "another")
    assert (result.stdout, result.stderr) == ("", "There is no digest yet.\n")


def test_a_database_without_tables_is_refused_with_what_mends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    with pytest.raises(WrongDatabase, match="migrate"):
        run("list")
