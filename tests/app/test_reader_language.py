"""Commands speak the language that is asked for, else the programme's, else the machine's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.reader_language import choose_language, take_language
from bot.programme import Language
from tests.support.command_line import install, programme_folder, run_command

if TYPE_CHECKING:
    from pathlib import Path

DA, EN = Language.DA, Language.EN
ENGLISH = ("language: da", "language: en")
BROKEN = ("every: tuesday", "every: tusday")


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without programmes, on a machine that says nothing of its language."""
    (tmp_path / "schedules").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "SCHEDULES_DIR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "rest", "asked"),
    [
        ("check", "check", None),
        ("check --language da", "check", "da"),
        ("--language EN check x.yaml", "check x.yaml", "en"),
        ("check --language=da x.yaml", "check x.yaml", "da"),
        ("check --language", "check", ""),
        ("check --language --help", "check --help", ""),
        ("check --language da --language en", "check", "en"),
        ("check --languages da", "check --languages da", None),
        ("check -- --language da", "check -- --language da", None),
        ("--language da digest show 1", "digest show --language da 1", "da"),
        ("digest agenda --from 1 --to 4 --language=en", "digest agenda --language en --from 1 --to 4", "en"),
        ("digest list --language da", "digest list", "da"),
        ("rehearse --weeks 1 --language=EN", "rehearse --language en --weeks 1", "en"),
    ],
)
def test_the_option_may_stand_anywhere(words: str, rest: str, asked: str | None) -> None:
    assert take_language(words.split()) == (rest.split(), asked)


@given(words=st.lists(st.sampled_from(["check", "x.yaml", "--file", "--file=y", "digest", "da", ""])), at=st.integers(0, 9))
def test_the_rest_of_a_command_line_stays_wherever_the_option_stands(words: list[str], at: int) -> None:
    assert take_language([*words[:at], "--language", "en", *words[at:]]) == (words, "en")
    assert take_language([*words[:at], "--language=en", *words[at:]]) == (words, "en")


def test_what_is_asked_for_counts_more_than_a_programme_and_that_more_than_the_machine(empty: Path, monkeypatch) -> None:
    assert choose_language(["check"]) is EN
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    assert choose_language(["check"]) is DA
    (empty / "schedules" / "a.yaml").write_text("language: en")
    assert choose_language(["check"]) is EN
    assert choose_language(["check"], "da") is DA
    assert choose_language(["check"], "de") is EN


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "da_DK.UTF-8", "LANG": "en_GB.UTF-8"}, DA),
        ({"LC_MESSAGES": "da", "LANG": "en_GB.UTF-8"}, DA),
        ({"LC_ALL": "", "LANG": "da_DK"}, DA),
        ({"LC_ALL": "C.UTF-8", "LANG": "da_DK"}, EN),
        ({"LANG": "de_DE.UTF-8"}, EN),
    ],
)
@pytest.mark.usefixtures("empty")
def test_the_machine_says_its_language_as_programs_on_it_do(monkeypatch, environment: dict[str, str], language: Language) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert choose_language(["check"]) is language


@pytest.mark.parametrize(
    "content",
    [
        "language: da",
        "title: [\nlanguage: da\n",
        '\ufefflanguage: "da"',
        "{language: da",
        "language: dansk",
        "'language' : DA",
        "language:\u00a0da",
        "language: „da“",
        '{"language": "da"}',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_tells_its_language_however_broken_it_is(empty: Path, content: str, encoding: str) -> None:
    (empty / "x.yaml").write_text(f"# language: en\n{content}\n", encoding)
    assert choose_language(["check", "x.yaml"]) is DA
    assert choose_language(["move", "x", "--file=x.yaml"]) is DA


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"language: de", b"  subject:\n", b"\n" * 100_000, b"-" * 100_000])
def test_a_file_that_does_not_tell_leaves_it_to_the_others(empty: Path, content: bytes) -> None:
    (empty / "x.yaml").write_bytes(content)
    assert choose_language(["check", "x.yaml"]) is EN
    (empty / "schedules" / "a.yaml").write_text("language: da")
    assert choose_language(["check", "x.yaml"]) is DA


def test_what_is_no_file_is_not_read(empty: Path) -> None:
    os.mkfifo(empty / "pipe.yaml")
    (empty / "folder.yaml").mkdir()
    (empty / "schedules" / "._hidden.yaml").write_text("language: da")
    for word in ("pipe.yaml", "folder.yaml", "nowhere.yaml", "a\0.yaml", "/dev/zero"):
        assert choose_language(["check", word]) is EN


def test_a_rehearsal_does_not_look_into_the_settings_file(empty: Path, tmp_path: Path) -> None:
    program = install(tmp_path / "program")
    (tmp_path / "danish").mkdir()
    (tmp_path / "danish" / "a.yaml").write_text("language: da")
    (program / ".env").write_text(f"SCHEDULES_DIR={tmp_path / 'danish'}\n")
    (empty / "schedules" / "b.yaml").write_text("language: en")
    told = {verb: run_command(empty, verb, "--help", PYTHONPATH=str(program)).stdout.split()[0] for verb in ("check", "rehearse")}
    assert told == {"check": "Skriv:", "rehearse": "Usage:"}


@pytest.mark.parametrize("settings", ["HTTP_PORT: 1", "SCHEDULES_DIR=/nowhere"])
def test_what_is_wrong_with_the_settings_file_is_told_in_the_language_of_the_programmes_here(empty: Path, monkeypatch, settings) -> None:
    monkeypatch.setattr("bot.settings.ENV_FILE", empty / ".env")
    (empty / ".env").write_text(settings)
    (empty / "schedules" / "a.yaml").write_text("language: da")
    assert choose_language(["run"]) is DA


@pytest.mark.parametrize(
    ("changes", "words", "machine", "told"),
    [
        (BROKEN, [], "en_GB.UTF-8", "mente du »tuesday«"),
        ((*BROKEN, *ENGLISH), [], "da_DK.UTF-8", 'did you mean "tuesday"'),
        ((*BROKEN, "language: da", "title: ["), [], "da_DK.UTF-8", "klammen"),
        (BROKEN, ["--language", "en"], "da_DK.UTF-8", 'did you mean "tuesday"'),
        ((*BROKEN, *ENGLISH), ["--language=da"], "en_GB.UTF-8", "mente du »tuesday«"),
    ],
)
def test_faults_are_told_in_the_language_of_the_file(tmp_path: Path, changes: tuple[str, ...], words: list[str], machine: str, told: str):
    done = run_command(programme_folder(tmp_path, *changes), "check", *words, LANG=machine)
    assert (done.returncode, done.stderr) == (1, "")
    assert told in done.stdout


def test_several_files_are_told_of_in_the_language_of_the_first(tmp_path: Path) -> None:
    danish = programme_folder(tmp_path / "da", *BROKEN) / "schedules" / "landsby.yaml"
    english = programme_folder(tmp_path / "en", *BROKEN, *ENGLISH) / "schedules" / "landsby.yaml"
    for files, told in ((danish, english), "mente du"), ((english, danish), "did you mean"):
        assert run_command(tmp_path, "check", *map(str, files)).stdout.count(told) == 2
