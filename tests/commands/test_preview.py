"""`preview` shows organisers in their own language what goes out when, to how many, and what is asked."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from typer.testing import CliRunner

from bot.__main__ import front_door
from bot.app.agenda_table import agenda_heading, agenda_table
from bot.app.list_sizes import sizes_of_lists
from bot.models import LoadedProgramme, PeopleList
from bot.programme import Entry, Language, Role
from schedules.agenda import agenda
from schedules.programme_file import load_file
from tests.support.command_line import environment
from tests.support.database import unit_of_work
from tests.support.programme import PROGRAMME, VARIANTS, write_programme

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database
    from bot.programme import Programme

BEFORE = datetime(2018, 10, 1, 10, tzinfo=UTC)  # eight days before the first question
SIZES = {Role.LEADER: 41, Role.EMPLOYEE_REP: 35}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("SCHEDULES_DIR", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "EFTERTANKE_KEY", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    write_programme(tmp_path / "schedules")
    return tmp_path / "schedules"


@pytest.fixture
def programme(folder: Path) -> Programme:
    return load_file(folder / "landsby.yaml")


def preview(*arguments: str) -> str:
    with time_machine.travel(BEFORE):
        done = CliRunner().invoke(front_door(["preview"]), ["preview", *arguments], prog_name="eftertanke", catch_exceptions=False)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def in_danish(programme: Programme) -> list[str]:
    """The table for a Danish reader, without the room between its columns."""
    return [" ".join(row.split()) for row in agenda_table(programme, agenda(programme, SIZES), Language.DA).splitlines()]


def test_a_danish_reader_gets_headings_days_kinds_and_audiences_in_danish(programme: Programme) -> None:
    assert in_danish(programme)[:7] == [
        "hvornår hvad tema til antal spørgsmål",
        "man. 8. okt. 09.30 velkomst alle 76",
        "tirs. 9. okt. 09.30 spørgsmål Retning alle 76 hvorhen · Hvor skal vi hen?",
        "tors. 11. okt. 13.00 påmindelse Retning alle hvorhen",
        "fre. 12. okt. 10.00 ugen lukker Retning",
        "fre. 12. okt. 14.00 overblik Retning politikere",
        "tirs. 16. okt. 09.30 spørgsmål sprunget over: uge 42",
    ]


def test_what_a_day_off_moves_or_leaves_out_has_its_danish_name(programme: Programme) -> None:
    skip = replace(programme.rounds.skip, also=(date(2018, 10, 12), date(2018, 10, 26), date(2018, 10, 25)))
    table = in_danish(replace(programme, rounds=replace(programme.rounds, skip=skip)))
    assert "tors. 11. okt. 10.00 ugen lukker Retning flyttet fra fre. 12. okt. 10.00: en fridag i dette program" in table
    left_out = "sprunget over: der er ikke plads på grund af en fridag i dette program"
    assert f"tors. 25. okt. 13.00 påmindelse Sammenhold alle hvem-med · {left_out}" in table


def test_a_question_for_some_names_them_and_variants_stand_beside_each_other() -> None:
    order = (VARIANTS, Entry(theme="time", by_role=((Role.LEADER, "to-leaders"),)))
    programme = replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, until=date(2018, 8, 28), order=order))
    rounds = [row for row in in_danish(programme) if "spørgsmål Tid" in row]
    both = "Leder: to-leaders, hvad? · Medarbejderrepræsentant: to-reps, hvad?"
    assert rounds == [
        f"tirs. 21. aug. 09.30 spørgsmål Tid alle 76 to-leaders+to-reps · {both}",
        "tirs. 28. aug. 09.30 spørgsmål Tid ledere 41 to-leaders · Leder: to-leaders, hvad?",
    ]


def test_the_names_of_a_pair_stand_in_the_order_of_its_texts() -> None:
    (leader, text), (rep, other) = VARIANTS.by_role
    swapped = Entry(theme=VARIANTS.theme, by_role=((leader, other), (rep, text)))
    [row] = [
        row
        for row in in_danish(replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, until=date(2018, 8, 21), order=(swapped,))))
        if "Leder:" in row
    ]
    assert f"{other}+{text} · Leder: {other}, hvad? · Medarbejderrepræsentant: {text}, hvad?" in row


def test_a_text_of_several_lines_or_with_signs_of_its_own_is_one_line_as_it_is(programme: Programme) -> None:
    first, *others = programme.questions
    ask = replace(first.ask, da="Hvad\n[bold]nu[/bold]\x1b[2J?")
    table = in_danish(replace(programme, questions=(replace(first, ask=ask), *others)))
    assert any(row.endswith("hvorhen · Hvad [bold]nu[/bold]·[2J?") for row in table)


def test_a_pipe_gets_one_line_for_each_entry(programme: Programme) -> None:
    assert len(preview().splitlines()) == len(agenda(programme)) + 4  # programme, lists, why a size is missing, headings


def test_a_terminal_of_120_columns_shows_all_of_a_question(folder: Path) -> None:
    text = "Hvilken beslutning i den seneste måned blev bedre, fordi flere end lederne selv var med fra begyndelsen?"
    file = folder / "landsby.yaml"
    file.write_text(file.read_text("utf-8").replace("Hvor skal vi hen?", text), "utf-8")
    shown = on_terminal(folder.parent)
    assert max(map(len, shown)) <= 120
    assert " ".join(" ".join(row[60:].strip() for row in shown).split()).count(text) == 1


def on_terminal(folder: Path) -> list[str]:
    """What `preview` writes to a terminal, without its colours."""
    master, slave = pty.openpty()
    with os.fdopen(master, "rb", buffering=0) as screen:
        command = [sys.executable, "-m", "bot", "preview"]
        started = subprocess.Popen(command, cwd=folder, env=environment(COLUMNS="120", TERM="xterm"), stdout=slave)
        os.close(slave)
        written = b""
        with suppress(OSError):  # the terminal is gone when the command has ended
            while more := screen.read(65536):
                written += more
        assert started.wait() == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", written.decode("utf-8")).splitlines()


def test_where_no_bot_has_run_the_size_of_a_list_in_slack_is_a_question_mark_and_the_reason_is_said(programme: Programme) -> None:
    heading = list(agenda_heading(programme, agenda(programme), sizes_of_lists(programme), Language.DA))
    assert heading == [
        "Landsbykonference · 8. oktober 2018 – 16. november 2018 · Europe/Copenhagen",
        "På listerne: ? ledere og ? medarbejderrepræsentanter",
        "?: Hvor mange der er på en liste i Slack, ved jeg først, når jeg har kørt her og læst den.",
    ]
    assert not Path("data").exists()


def test_a_list_in_slack_has_the_size_that_the_database_last_knew(
    programme: Programme, database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    with unit_of_work(database) as session:
        session.add(LoadedProgramme(id=programme.id, loaded_at=BEFORE, checksum=programme.checksum, synchronised_at=BEFORE))
        session.flush()
        for role, size in SIZES.items():
            session.add(PeopleList(programme=programme.id, role=role, confirmed=size, listed=size))
    shown = preview().splitlines()
    assert shown[1] == "On the lists: 41 leaders and 35 employee representatives"
    assert shown[2].startswith("when")
    assert "76" in shown[3].split()


def test_a_database_that_cannot_be_read_leaves_the_size_unknown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "broken.sqlite").write_text("no database " * 100, "utf-8")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///broken.sqlite")
    assert "On the lists: ? leaders and ? employee representatives" in preview()


def test_at_the_end_stand_the_report_and_the_thanks_but_not_in_json(folder: Path, programme: Programme) -> None:
    assert folder.exists()
    assert in_danish(programme)[-2:] == [
        "tors. 15. nov. 09.30 tak for denne gang alle 76",
        "fre. 16. nov. 14.00 hvad blev der af det? politikere",
    ]
    kinds = {line["kind"] for line in json.loads(preview("--json"))}
    assert kinds == {"welcome", "round", "reminder", "close", "digest"}
    assert "»Hvad blev der af det?« til politikerne" in preview("--ics")
