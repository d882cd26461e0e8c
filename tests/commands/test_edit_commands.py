"""An organiser edits a programme's file from the command line, with a running bot and without one."""

from __future__ import annotations

import difflib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from bot.models import LoadedProgramme, ProgrammeVersion, VersionState
from tests.support.command_line import Called, call
from tests.support.database import unit_of_work

ROOT = Path(__file__).parents[2]
RANDERS = ROOT / "schedules" / "randers-2018.yaml"
BEFORE, LONG_AFTER = datetime(2018, 8, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
LINE = "    - {leader: saetning-travl-dag, employee_rep: sige-hoejt}"


@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
    """The Randers programme in a folder where commands are run, and where nothing has run yet."""
    folder = tmp_path / "schedules"
    folder.mkdir()
    (folder / RANDERS.name).write_bytes(RANDERS.read_bytes())
    monkeypatch.chdir(tmp_path)
    for name in ("SCHEDULES_DIR", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL", "EFTERTANKE_KEY"):
        monkeypatch.delenv(name, raising=False)
    return folder / RANDERS.name


@pytest.fixture
def installation(file, database, database_url, monkeypatch):
    """Keeps the Randers programme as the one that runs here."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    with unit_of_work(database) as session:
        session.add(LoadedProgramme(id="randers-2018", loaded_at=BEFORE, checksum="0"))
    keep(database, VersionState.RUNNING, file.read_bytes())
    return database


def keep(database, state: VersionState, content: bytes) -> None:
    with unit_of_work(database) as session:
        session.add(
            ProgrammeVersion(programme="randers-2018", state=state, file="randers-2018.yaml", checksum="0", content=content, since=BEFORE)
        )


def run(*arguments: str, now: datetime = BEFORE) -> Called:
    with time_machine.travel(now):
        return call(*arguments)


def changed(file: Path) -> list[str]:
    pair = (RANDERS.read_text("utf-8").splitlines(), file.read_text("utf-8").splitlines())
    return [line for line in difflib.unified_diff(*pair, n=0, lineterm="") if line[:3] not in {"---", "+++"} and line[:2] != "@@"]


@pytest.mark.parametrize("week", ["40", "2018-W40", "uge 40", "Uge40", "w40"])
def test_a_moved_question_changes_one_line_and_says_what_follows(file, week) -> None:
    done = run("move", "sige-hoejt", "--to", week)
    assert (done.exit_code, done.stderr) == (0, "")
    assert changed(file) == [f"-{LINE}", f"+{LINE}"]
    *plan, saved, then = done.stdout.splitlines()
    assert plan[0].startswith("~ ")
    assert saved == "Gemt i schedules/randers-2018.yaml. Du kan fortryde det med: .venv/bin/python -m bot undo"
    assert then == "Programmet kører ikke her lige nu. Det gælder, når det gør."


def test_a_programme_of_years_ago_can_be_edited_by_somebody_who_tries_it(file) -> None:
    assert run("move", "sige-hoejt", "--to", "40", now=LONG_AFTER).exit_code == 0
    assert run("skip", "uge", "36", "2018-W38", now=LONG_AFTER).exit_code == 0
    assert run("set", "question", "sige-hoejt", "--da", "Hvad nu?", now=LONG_AFTER).exit_code == 0
    done = run("add", "question", "--theme", "ikke-alene", "--da", "Hvem er med?", "--en", "Who is in?", now=LONG_AFTER)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].endswith(".venv/bin/python -m bot move hvem-er-med --to 40")
    text = file.read_text("utf-8")
    assert "weeks: [36, 38, 42]" in text
    assert "- id: hvem-er-med\n    theme: ikke-alene" in text
    assert run("check", now=BEFORE).exit_code == 0


def test_an_edit_can_be_undone_and_the_undo_as_well(file) -> None:
    assert run("undo").stderr == "Der er ingenting at fortryde.\n"
    run("move", "sige-hoejt", "--to", "40")
    assert run("undo").exit_code == 0
    assert file.read_bytes() == RANDERS.read_bytes()
    assert run("undo").exit_code == 0
    assert changed(file) == [f"-{LINE}", f"+{LINE}"]


def test_moving_to_where_it_is_changes_nothing(file) -> None:
    done = run("move", "sige-hoejt", "--to", "35")
    assert (done.exit_code, done.stdout) == (0, "Ingenting ændrer sig.\n")
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["move", "sige-højt", "--to", "40"], "Der er intet spørgsmål, der hedder »sige-højt«. Mente du »sige-hoejt«?"),
        (["move", "sige-hoejt", "--to", "42"], "Uge 42 er sprunget over: Der går intet ud i den."),
        (["move", "sige-hoejt", "--to", "30"], "Uge 30 er forbi."),
        (["skip", "42"], "Uge 42 er sprunget over: Der går intet ud i den."),
        (["skip", "8"], "Der går intet ud i uge 8."),
        (["add", "question", "--theme", "x", "--da", "a", "--en", "b"], "Der er intet tema, der hedder »x«."),
    ],
)
def test_what_cannot_be_done_is_refused_in_plain_words_and_nothing_is_written(file, arguments, said) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout, file.read_bytes()) == (1, "", RANDERS.read_bytes())
    assert done.stderr.startswith(said)


def test_what_is_no_week_is_refused(file) -> None:
    done = run("move", "sige-hoejt", "--to", "torsdag")
    assert (done.exit_code, file.read_bytes()) == (2, RANDERS.read_bytes())
    assert "»torsdag« er ikke en uge" in done.stderr


def test_faults_that_would_follow_are_printed_with_their_places(file) -> None:
    done = run("set", "question", "sige-hoejt", "--da", "x" * 301)
    assert (done.exit_code, done.stdout, file.read_bytes()) == (1, "", RANDERS.read_bytes())
    head, fault, *_ = done.stderr.splitlines()
    assert head == "Intet er gemt, for så ville der være fejl i programmet:"
    assert fault.startswith("schedules/randers-2018.yaml:65:")
    assert fault.endswith("teksten har 301 tegn, og der er plads til 300; gør den kortere")


def test_a_programme_that_would_run_into_the_next_one_is_refused(file) -> None:
    run("new", str(file), "--from", "2018-12-18")
    done = run("skip", "50", "--file", str(file))
    assert (done.exit_code, file.read_bytes()) == (1, RANDERS.read_bytes())
    assert "programmet kører samtidig med" in done.stderr


def test_a_file_that_cannot_be_written_gives_the_text_to_paste(file, monkeypatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    done = run("move", "sige-hoejt", "--to", "40")
    assert (done.exit_code, file.read_bytes()) == (1, RANDERS.read_bytes())
    assert "Intet er gemt" in done.stderr
    file.write_text(done.stdout, "utf-8")
    assert changed(file) == [f"-{LINE}", f"+{LINE}"]


def test_a_question_without_a_new_text_is_refused(file) -> None:
    done = run("set", "question", "sige-hoejt")
    assert (done.exit_code, file.read_bytes()) == (2, RANDERS.read_bytes())


# --- where the bot runs


def test_what_is_far_away_is_in_force_at_once(installation, file) -> None:
    done = run("move", "sige-hoejt", "--to", "40")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "Det gælder med det samme, hvis jeg kører; ellers når jeg starter. Jeg siger det i jeres kanal."


def test_an_edit_that_is_undone_before_the_bot_has_seen_it_leaves_what_runs(installation, file) -> None:
    run("move", "sige-hoejt", "--to", "40")
    done = run("undo")
    assert file.read_bytes() == RANDERS.read_bytes()
    assert done.stdout.splitlines()[-1] == "Nu står der i filen det, der kører."


def test_what_comes_this_week_waits_for_an_organiser(installation, file) -> None:
    done = run("move", "sige-hoejt", "--to", "34", now=datetime(2018, 8, 20, 8, tzinfo=UTC))
    assert done.exit_code == 0
    why, then = done.stdout.splitlines()[-2:]
    assert why == "Det venter på jer, fordi det ændrer noget, som skal ske inden for syv dage."
    assert then == "Jeg viser det i jeres kanal, og intet ændrer sig, før en af jer trykker Sæt i kraft."


def test_while_a_plan_waits_nothing_else_is_edited(installation, file) -> None:
    keep(installation, VersionState.HELD, b"another")
    done = run("move", "sige-hoejt", "--to", "40")
    assert (done.exit_code, done.stdout, file.read_bytes()) == (1, "", RANDERS.read_bytes())
    assert done.stderr.startswith("En anden ændring venter på jer i jeres kanal.")


def test_an_undo_finds_what_ran_before_in_the_database(installation, file) -> None:
    ran_before = RANDERS.read_bytes().replace(b"Hvad skal vi holde op med", b"Hvad skal vi slippe")
    keep(installation, VersionState.REPLACED, ran_before)
    assert run("undo").exit_code == 0
    assert file.read_bytes() == ran_before


def test_a_copy_elsewhere_is_edited_alone(installation, file, tmp_path) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_bytes(RANDERS.read_bytes())
    keep(installation, VersionState.HELD, b"another")
    done = run("skip", "36", "--file", str(copy))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].startswith("Programmet kører ikke her lige nu.")
    assert file.read_bytes() == RANDERS.read_bytes()
