"""The front door is quick, and says plainly what it can do."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import VERBS, main
from tests.support.command_line import ROOT, environment, run_command

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("slack_sdk", "slack_bolt", "sqlalchemy", "starlette", "uvicorn", "apscheduler", "alembic")
LOOK = "import sys; from bot.__main__ import main\ntry: main({given!r})\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"


def imported(*given: str) -> set[str]:
    """The modules that a command has loaded by its end."""
    command = [sys.executable, "-c", LOOK.format(given=list(given))]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True, timeout=60)
    return set(done.stderr.split())


def exit_code(*given: str) -> int | str | None:
    with pytest.raises(SystemExit) as ended:
        main(given)
    return ended.value.code


def test_help_lists_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("--help") == 0
    said = capsys.readouterr().out
    assert [verb for verb in VERBS if f" {verb} " not in said] == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(verb, "--help", "--language", "en") == 0
    assert "Usage: .venv/bin/python -m bot " + verb in capsys.readouterr().out


def test_the_chain_explains_itself_and_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("digest", "chain", "--help", "--language", "en") == 0
    said = capsys.readouterr().out
    assert "Exit code 1 if a link has lost the next." in said
    assert [option for option in ("--language", "--programme") if option not in said] == []


def test_a_language_that_nobody_reads_is_refused_with_those_that_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in (["digest", "chain"], ["check"], []):
        for words in (["--language", "de"], ["--language=de"], ["--language"], ["--language", "--help"]):
            assert exit_code(*verb, *words) == 2
            assert capsys.readouterr().err == "Fejl: Skriv --language da eller --language en.\n"


def test_a_word_that_is_no_verb_is_named_and_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("dance") == 2
    assert "dance" in capsys.readouterr().err


def test_no_word_at_all_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code() == 2
    shown = capsys.readouterr()
    assert "rehearse" in shown.out + shown.err


@pytest.mark.parametrize("verb", ["check", "preview"])
def test_looking_at_a_programme_does_not_wait_for_slack_or_a_database(verb: str) -> None:
    assert imported(verb).intersection(HEAVY) == set()


def test_a_known_fault_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = run_command(tmp_path, "digest", "show", "99")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_the_manifest_is_printed_as_slack_takes_it(tmp_path: Path) -> None:
    done = run_command(tmp_path, "manifest")
    assert done.returncode == 0
    assert done.stdout.startswith("{")
    assert not list(tmp_path.iterdir())
