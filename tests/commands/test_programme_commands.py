from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from icalendar import Calendar

from bot.programme import Filing
from schedules.programme_file import load_file
from tests.support.command_line import Called, call

ROOT = Path(__file__).parents[2]
RANDERS = ROOT / "schedules" / "randers-2018.yaml"
BEFORE, DURING, AFTER = (datetime(*day, tzinfo=UTC) for day in ((2018, 8, 1), (2018, 10, 10), (2019, 1, 1)))


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A folder of programmes with the Randers one, in an otherwise empty place where commands are run."""
    folder = tmp_path / "schedules"
    folder.mkdir()
    (folder / RANDERS.name).write_bytes(RANDERS.read_bytes())
    monkeypatch.chdir(tmp_path)
    for name in ("SCHEDULES_DIR", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return folder


def run(*arguments: str, now: datetime = AFTER) -> Called:
    with time_machine.travel(now):
        return call("--language", "en", *arguments)


def lines(*arguments: str, now: datetime = AFTER) -> list[dict]:
    done = run("preview", "--json", *arguments, now=now)
    assert done.exit_code == 0
    return json.loads(done.stdout)


def test_check_says_that_a_good_programme_is_good_and_what_is_worth_knowing(folder):
    done = run("check")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[:2] == [
        "schedules/randers-2018.yaml: good: 16 entries from 21 August 2018 until 11 December 2018",
        "schedules/randers-2018.yaml: remark: the programme finished on 21 December 2018: nothing more goes out",
    ]


def test_check_shows_last_who_is_asked_how_often_about_which_theme(folder):
    caption, *table = run("check").stdout.splitlines()[2:]
    assert caption == "  How many questions each group gets on each theme:"
    assert [line.split() for line in table[:2]] == [
        ["Theme", "Leaders", "Employee", "representatives"],
        ["Borgeren", "først", *(["3", "in", "weeks", "34,", "41", "and", "48"] * 2)],
    ]
    assert len(table) == 8
    assert not any("\x1b" in line for line in table)


def test_check_says_everything_that_is_wrong_and_where(folder):
    file = folder / RANDERS.name
    file.write_text(file.read_text("utf-8").replace("every: tuesday", "every: tusday").replace("[42]", "[54]"), "utf-8")
    done = run("check")
    assert done.exit_code == 1
    places = [line.split(": ")[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert [re.sub(r":\d+:", ":L:", place) for place in places] == ["schedules/randers-2018.yaml:L:10", "schedules/randers-2018.yaml:L:32"]
    assert done.stderr == ""


def test_check_looks_at_the_named_files_only(folder):
    (folder / "broken.yaml").write_text("a: [", "utf-8")
    assert run("check").exit_code == 1
    assert run("check", str(folder / RANDERS.name)).exit_code == 0


def test_check_finds_programmes_where_the_settings_say(folder, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("SCHEDULES_DIR", "elsewhere")
    done = run("check")
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.stdout.startswith("elsewhere:1:1: no programme is here")
    assert ".venv/bin/python -m bot new FILE" in done.stdout


def test_preview_lists_a_finished_programme_from_its_first_day(folder):
    listed = lines()
    assert listed[0] == {
        "kind": "welcome",
        "at": "2018-08-20T09:30:00+02:00",
        "question": None,
        "theme": None,
        "audience": "all",
        "recipients": None,
        "skipped": None,
    }
    assert [line["kind"] for line in listed].count("round") == 17
    assert [line["kind"] for line in listed].count("digest") == 16
    assert listed[-1]["at"] == "2018-12-14T14:00:00+01:00"


def test_preview_lists_a_running_programme_from_today(folder):
    assert lines(now=DURING)[0]["at"] == "2018-10-11T13:00:00+02:00"
    assert len(lines(now=BEFORE)) == len(lines())


def test_preview_begins_on_the_day_and_ends_after_the_count_that_is_asked_for(folder):
    listed = lines("--from", "2018-10-12", "--count", "3")
    assert [(line["kind"], line["at"][:16]) for line in listed] == [
        ("close", "2018-10-12T10:00"),
        ("digest", "2018-10-12T14:00"),
        ("round", "2018-10-16T09:30"),
    ]
    assert (listed[2]["skipped"], listed[2]["question"]) == ("week 42", None)


def events(*arguments: str, now: datetime = AFTER) -> list:
    done = run("preview", "--ics", *arguments, now=now)
    assert (done.exit_code, done.stderr) == (0, "")
    return list(Calendar.from_ical(done.stdout).events)


def test_a_calendar_has_an_event_at_the_moment_of_each_line_that_is_not_skipped(folder):
    told = [(datetime.fromisoformat(line["at"]), line["kind"]) for line in lines() if line["skipped"] is None]
    kinds = [str(event["uid"]).split("-")[2].removesuffix("@eftertanke") for event in events()]
    assert (kinds[-2:], kinds[:-2]) == (["thanks", "report"], [kind for _, kind in told])
    assert [event.start for event in events()][:-2] == [at for at, _ in told]


def test_a_calendar_has_the_questions_in_the_language_of_the_programme(folder):
    second = next(event for event in events() if "sige-hoejt" in event["uid"])
    assert second["summary"] == "Spørgsmål: Personligt ledelsesgrundlag"
    assert second["description"].splitlines() == [
        "Leder: Hvilken sætning i dit ledelsesgrundlag er sværest at leve op til på en travl dag?",
        "Medarbejderrepræsentant: Hvad skal en leder sige højt om sin ledelse, for at det bliver lettere at samarbejde?",
    ]
    first = next(event for event in events() if "laert-af-et-barn" in event["uid"])
    assert first["description"].startswith("Hvornår har du sidst ændret noget")
    every = events()
    assert (every[0]["summary"], every[-3]["summary"]) == ("Velkomst til deltagerne", "Overblik til politikerne: Fælles retning")


def test_an_event_keeps_its_name_when_it_moves_so_that_nothing_stands_in_a_calendar_twice(folder):
    before = {str(event["uid"]): event.start for event in events()}
    assert len(before) == len(events())
    assert run("move", "holde-op-med", "--to", "36", now=BEFORE).exit_code == 0
    after = {str(event["uid"]): event.start for event in events()}
    assert set(before) == set(after)
    assert f"{after['randers-2018-round-holde-op-med@eftertanke']:%G-W%V}" == "2018-W36"


def test_a_calendar_begins_and_ends_where_it_is_told_to(folder):
    assert [str(event["uid"]) for event in events("--from", "2018-10-12", "--count", "2")] == [
        "randers-2018-close-2018-W41@eftertanke",
        "randers-2018-digest-2018-W41@eftertanke",
    ]


def test_a_preview_is_json_or_a_calendar(folder):
    assert run("preview", "--ics", "--json").exit_code == 2


def test_without_its_package_a_calendar_says_what_installs_it(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    done = run("preview", "--ics")
    assert (done.exit_code, "make .venv installs it" in done.stderr) == (1, True)


def test_preview_names_question_theme_and_audience(folder):
    rounds = [line for line in lines() if line["kind"] == "round"]
    assert (rounds[0]["question"], rounds[0]["theme"], rounds[0]["audience"]) == ("laert-af-et-barn", "borgeren-foerst", "all")
    assert (rounds[1]["question"], rounds[1]["audience"]) == ("saetning-travl-dag+sige-hoejt", "leader+employee_rep")


def test_preview_says_from_where_a_day_off_has_moved_a_line_and_what_it_leaves_out(folder):
    assert run("new", f"schedules/{RANDERS.name}", "--from", "2027-03-02").exit_code == 0
    listed = lines("schedules/randers-2027.yaml", "--from", "2027-03-23", "--count", "5")
    assert [(line["kind"], line["at"][:16], line.get("moved"), line["skipped"]) for line in listed] == [
        ("round", "2027-03-23T09:30", None, None),
        ("close", "2027-03-24T10:00", "from 2027-03-26 10:00: Good Friday", None),
        ("digest", "2027-03-24T14:00", "from 2027-03-26 14:00: Good Friday", None),
        ("reminder", "2027-03-25T13:00", None, "no room: Maundy Thursday"),
        ("round", "2027-03-30T09:30", None, None),
    ]
    assert ["moved" in line for line in listed] == [False, True, True, False, False]
    printed = run("preview", "schedules/randers-2027.yaml").stdout
    assert re.search(r"Wed 24 Mar 10:00 +close .* moved from Fri 26 Mar 10:00: Good Friday\n", printed)
    assert "i-tvivl-om-en-beslutning+forme-eller-orienteres · moved from Thu 6 May 13:00: Ascension Day" in printed


def test_preview_counts_recipients_where_files_tell_them(folder):
    file = folder / RANDERS.name
    (folder / "leaders.csv").write_text("\n".join(["email", *(f"l{number}@example.org" for number in range(12))]))
    (folder / "reps.csv").write_text("\n".join(["email", *(f"r{number}@example.org" for number in range(20))]))
    text = (
        file.read_text("utf-8").replace("{usergroup: S0LEADERS}", "{file: leaders.csv}").replace("{usergroup: S0REPS}", "{file: reps.csv}")
    )
    file.write_text(text, "utf-8")
    assert [line["recipients"] for line in lines("--count", "3")] == [32, 32, None]


def test_preview_prints_a_table_that_a_pipe_gets_plain_and_unwrapped(folder):
    printed = run("preview").stdout
    assert "\x1b" not in printed
    assert "Tue 21 Aug 09:30   question" in printed
    assert re.search(r"Tue 16 Oct 09:30 +question .* skipped: week 42\n", printed)
    assert len(printed.splitlines()) == len(lines()) + 2 + 4  # JSON has neither report nor thanks
    assert any("saetning-travl-dag+sige-hoejt · Leder: Hvilken" in line and "· Medarbejderrep" in line for line in printed.splitlines())


def test_preview_of_a_broken_file_keeps_stdout_free_for_json(folder):
    (folder / RANDERS.name).write_text("a: [", "utf-8")
    done = run("preview", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "schedules/randers-2018.yaml:1:5: from here on the file cannot be understood" in done.stderr


def test_preview_shows_the_programme_that_runs_or_comes_next(folder):
    assert run("new", "schedules/randers-2018.yaml", "--from", "2019-02-05").exit_code == 0
    assert lines(now=DURING)[0]["at"].startswith("2018-10")
    assert lines(now=AFTER)[0]["at"].startswith("2019-02-04")
    assert lines(now=datetime(2030, 1, 1, tzinfo=UTC))[0]["at"].startswith("2019-02-04")


def test_new_copies_a_programme_with_new_dates_and_every_comment(folder):
    done = run("new", "schedules/randers-2018.yaml", "--from", "2027-08-24")
    assert (done.exit_code, done.stdout) == (0, "schedules/randers-2027.yaml\n")
    old, new = (folder / RANDERS.name).read_text("utf-8").splitlines(), (folder / "randers-2027.yaml").read_text("utf-8").splitlines()
    assert [line for before, line in zip(old, new, strict=True) if line != before] == [
        "programme: randers-2027",
        'title: {da: "Lederkonference 2027", en: "Leadership conference 2027"}',
        "  from: 2027-08-24",
        "  until: 2027-12-14",
        'guidelines_agreed: {by: "MED-udvalg", on: 2027-08-18}   # dialogen begynder ikke uden',
    ]
    assert run("check").exit_code == 0


@pytest.mark.parametrize("written", ['"18/00123"', "18/00123", '"18\\/00123"', "'18/00123'   # sagen"])
def test_new_leaves_the_old_case_out_and_says_so(folder, written):
    file = folder / RANDERS.name
    file.write_text(file.read_text("utf-8") + f"filing:\n  case: {written}\n  kle: 81.00.00\n", "utf-8")
    done = run("new", str(file), "--from", "2027-08-24")
    assert "The case number 18/00123 is not copied" in done.stderr
    assert load_file(folder / "randers-2027.yaml").filing == Filing(kle="81.00.00")
    assert load_file(file).filing.case == "18/00123"
    assert "# sagen" not in written or '  case: ""   # sagen\n' in (folder / "randers-2027.yaml").read_text("utf-8")


def test_new_proposes_midday_and_says_why_and_how(folder):
    done = run("new", "schedules/randers-2018.yaml", "--from", "2027-08-24")
    assert "It asks at 09:30. Proposal: ask at 12:00, because at 12:00-13:30 83 % answer, and before 9 only 56 %." in done.stderr
    assert 'write `at: "12:00"` under `rounds`' in done.stderr


@pytest.mark.parametrize(("at", "is_proposed"), [("10:59", True), ("11:00", False), ("14:00", False), ("14:01", True)])
def test_new_proposes_midday_only_to_who_asks_far_from_it(folder, at, is_proposed):
    file = folder / RANDERS.name
    file.write_text(file.read_text("utf-8").replace('at: "09:30"', f'at: "{at}"'), "utf-8")
    assert ("Proposal" in run("new", str(file), "--from", "2027-08-24").stderr) is is_proposed


def test_new_writes_another_hour_into_the_copy_and_leaves_all_else(folder):
    copy, texts = folder / "randers-2027.yaml", []
    for at in (), ("--at", "12:00"):
        done = run("new", "schedules/randers-2018.yaml", "--from", "2027-08-24", *at)
        texts.append(copy.read_bytes())
        copy.unlink()
    assert (done.exit_code, "Proposal" in done.stderr) == (0, False)
    assert texts[1] == texts[0].replace(b'  at: "09:30"', b'  at: "12:00"') != texts[0]


def test_new_says_what_is_wrong_with_an_hour(folder):
    done = run("new", "schedules/randers-2018.yaml", "--from", "2027-08-24", "--at", "22:00")
    assert (done.exit_code, [file.name for file in folder.iterdir()]) == (2, [RANDERS.name])


def test_new_remarks_on_a_list_of_which_a_few_may_not_go_as_check_does(folder):
    file = folder / RANDERS.name
    (folder / "leaders.csv").write_text("\n".join(["email", *(f"l{number}@example.org" for number in range(12))]))
    file.write_text(file.read_text("utf-8").replace("{usergroup: S0LEADERS}", "{file: leaders.csv}"), "utf-8")
    done = run("new", f"schedules/{RANDERS.name}", "--from", "2027-08-24")
    remark = 'remark: "leaders.csv" reaches 12 people, and under 10 they are asked no question of their own'
    assert (done.stdout, remark in done.stderr) == ("schedules/randers-2027.yaml\n", True)
    assert remark in run("check").stdout


def test_new_keeps_as_many_sending_days_as_there_are_entries_whatever_holidays_come(folder):
    """In spring there are Easter and Ascension, and week 42 is far away."""
    assert run("new", "schedules/randers-2018.yaml", "--from", "2028-03-14").exit_code == 0
    assert "  until: 2028-06-27" in (folder / "randers-2028.yaml").read_text("utf-8")


def test_new_never_overwrites(folder):
    for _ in range(2):
        done = run("new", "schedules/randers-2018.yaml", "--from", "2027-08-24")
    assert done.exit_code == 1
    assert "schedules/randers-2027.yaml is there already: give it another name, or move it away" in done.stderr


def test_new_leaves_nothing_behind_that_could_not_run(folder):
    done = run("new", "schedules/randers-2018.yaml", "--from", "2018-12-04")
    assert done.exit_code == 1
    assert "let it begin after that day" in done.stderr
    assert [file.name for file in folder.iterdir()] == [RANDERS.name]


def test_new_says_what_is_wrong_with_the_old_one(folder):
    (folder / RANDERS.name).write_text("a: [", "utf-8")
    done = run("new", "schedules/randers-2018.yaml", "--from", "2027-08-24")
    assert (done.exit_code, done.stdout) == (1, "")


def test_an_id_without_a_year_gets_one(folder):
    file = folder / RANDERS.name
    file.write_text(file.read_text("utf-8").replace("programme: randers-2018", "programme: randers"), "utf-8")
    assert run("new", str(file), "--from", "2027-08-24").stdout.endswith("schedules/randers-2027.yaml\n")


def test_check_of_the_whole_program_needs_no_slack_and_no_database():
    """As a process of its own: nothing heavy is loaded, and nothing is read but the programmes."""
    script = (
        "import sys; from bot.__main__ import main\ntry: main(['check'])\nfinally: print(*{name.split('.')[0] for name in sys.modules})"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "schedules/randers-2018.yaml: i orden" in done.stdout
    assert not {"slack_bolt", "slack_sdk", "sqlalchemy", "alembic", "apscheduler", "starlette", "uvicorn"} & set(done.stdout.split())
