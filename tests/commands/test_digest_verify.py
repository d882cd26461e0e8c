"""`digest verify` tells in plain words and by its exit code whether kept files are what was issued."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from bot.app.reader_language import speak
from bot.commands.digest import app
from bot.confidentiality.encryption import new_key
from bot.models import Digest
from bot.programme import Language
from bot.wording import say
from tests.support.database import unit_of_work
from tests.support.kept_papers import season, withdraw
from tests.support.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database


@pytest.fixture
def kept(installation: Database, tmp_path: Path) -> Path:
    """A folder with the pages of three digests, as they were issued."""
    with unit_of_work(installation) as session:
        season(World(session), 3)
    for format_ in ("html", "text"):
        assert run("export", "--all", "--format", format_, "--into", "kept").exit_code == 0
    return tmp_path / "kept"


def run(*arguments: object, language: Language = Language.EN) -> Result:
    with speak(language):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def page(kept: Path, number: int, ending: str = "html") -> Path:
    (file,) = kept.glob(f"*-digest-{number:02}-revision-1.{ending}")
    return file


def without_database(monkeypatch: pytest.MonkeyPatch, kept: Path) -> Path:
    """From here on the machine has no database; where one would be made."""
    nowhere = kept.parent / "elsewhere" / "none.sqlite"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{nowhere}")
    return nowhere


def test_files_as_they_were_issued_hold_as_a_chain(kept: Path):
    told = run("verify", *sorted(kept.iterdir()))
    assert told.stdout.count("Genuine: digest no. ") == 6
    assert "The chain holds" in told.stdout
    assert told.exit_code == 0


def test_a_missing_file_is_named_without_a_database_and_none_is_made(kept: Path, monkeypatch: pytest.MonkeyPatch):
    nowhere = without_database(monkeypatch, kept)
    told = run("verify", page(kept, 1), page(kept, 3))
    assert told.stdout.startswith("The files have only been compared with themselves, for there is no database here. ")
    assert "Missing here, or never issued: no. 2." in told.stdout
    assert told.exit_code == 1
    assert not nowhere.exists()
    assert not nowhere.parent.exists()
    assert run("verify", page(kept, 1)).exit_code == 4


def test_neither_settings_nor_key_are_needed(kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EFTERTANKE_KEY", new_key())
    assert run("verify", page(kept, 1)).exit_code == 0
    text = run("verify", page(kept, 1, "txt"))
    assert (text.exit_code, "The key of the database is not here" in text.stdout) == (4, True)
    monkeypatch.setenv("LOG_LEVEL", "shouting")
    alone = run("verify", page(kept, 1))
    assert (alone.exit_code, "The database cannot be used here:\n    LOG_LEVEL" in alone.stdout) == (4, True)


def test_an_altered_file_is_told_from_an_older_one(kept: Path, database: Database):
    altered = page(kept, 2)
    altered.write_text(altered.read_text(encoding="utf-8").replace("uge 35", "uge 36"), encoding="utf-8")
    with unit_of_work(database) as session:
        withdraw(World(session), session.query(Digest).filter_by(number=1).one(), 0)
    older, other = run("verify", page(kept, 1)), run("verify", altered)
    assert "Quotes removed since then: 1." in older.stdout
    assert (older.exit_code, other.exit_code) == (3, 1)
    assert other.stdout.startswith(f"{altered}: Not as it was issued: digest no. 2, revision 1.")
    assert "The checksum of the file does not hold" in other.stdout


def test_what_cannot_be_read_stops_no_other_file(kept: Path):
    (kept / "folder").mkdir()
    told = run("verify", kept / "gone.html", kept / "folder", page(kept, 1))
    assert (told.exit_code, len([line for line in told.stdout.splitlines() if not line.startswith(" ")])) == (1, 3)
    assert "no such file" in told.stdout.lower()


def test_data_that_no_digest_has_and_a_pipe_stop_no_other_file(kept: Path):
    whole = json.loads(run("export", "1").stdout)
    forged = [
        {"number": 10**30},
        {"programme": "a\ud800"},
        {"content": {"a": "\ud800"}},
        {"quotes": [1]},
        {"quotes": [{}]},
        {"revision": 10**400},
    ]
    for place, parts in enumerate(forged):
        (kept / f"{place}.json").write_text(json.dumps({**whole, **parts}), encoding="ascii")
    os.mkfifo(kept / "pipe")
    told = run("verify", *(kept / f"{place}.json" for place in range(len(forged))), kept / "pipe", "/dev/zero", page(kept, 1))
    assert told.stdout.count(say(Language.EN, "verify.not_whole")) == len(forged)
    assert told.stdout.count(say(Language.EN, "verify.no_file")) == 2
    assert told.stdout.count("Genuine: digest no. 1") == told.exit_code == 1
    (kept / "pipe").unlink()
    assert "0.json: " in run("verify", kept).stdout


def test_of_a_folder_all_exports_are_read_and_other_files_passed_over(kept: Path):
    (kept / "notes.pdf").write_bytes(b"%PDF-1.4")
    (kept / "folder").mkdir()
    told = run("verify", kept)
    assert (told.exit_code, told.stdout.count("Genuine: digest no. ")) == (0, 6)
    assert "notes.pdf" not in told.stdout
    page(kept, 2).write_text("<html></html>", encoding="utf-8")
    assert (run("verify", kept).exit_code, run("verify", kept / "folder").exit_code) == (1, 1)


def test_a_chain_with_an_altered_file_does_not_just_hold(kept: Path):
    altered = page(kept, 2)
    altered.write_text(altered.read_text(encoding="utf-8").replace("uge 35", "uge 36"), encoding="utf-8")
    told = run("verify", kept)
    assert f"The chain holds, but some files are not as they were issued: {altered}.\n" in told.stdout
    assert told.exit_code == 1


def test_it_is_told_in_danish(kept: Path):
    assert "Ægte: overblik nr. 1, udgave 1" in run("verify", page(kept, 1, "txt"), language=Language.DA).stdout


def test_a_record_on_standard_output_can_be_kept_and_verified(kept: Path):
    file = kept / "one.json"
    file.write_text(run("export", "1").stdout, encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8"))["seal"]
    assert run("verify", file).exit_code == 0
