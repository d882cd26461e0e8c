"""Everything missing or odd is named at once, without a secret being repeated."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from bot import settings as settings_module
from bot.errors import SetupFault
from bot.secret_files import NAMES_OF_FILES
from bot.settings import LogFormat, LogLevel, Settings, load_settings, schedules_dir, unread_env_file
from tests.support.command_line import install
from tests.support.faults import refuses, told_at_start

if TYPE_CHECKING:
    from collections.abc import Callable

BOT = "xoxb-made-up-0001"
APP = "xapp-made-up-0001"
LOCAL = {"SLACK_BOT_TOKEN": "xoxb-local-00000001", "SLACK_APP_TOKEN": "xapp-local-00000001"}


@pytest.fixture(autouse=True)
def _installed_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings_module, "ENV_FILE", tmp_path / ".env")
    monkeypatch.chdir(tmp_path)


def _loaded(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def _faults(monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    with pytest.raises(SetupFault) as refused:
        _loaded(monkeypatch, **environment)
    *faults, place = told_at_start(refused.value).splitlines()
    assert place == f"Settings were looked for in the environment and in {settings_module.ENV_FILE}, which is not there."
    return faults


def test_with_nothing_set_the_bot_runs_on_the_local_workspace_with_data_of_its_own(root: Path):
    settings = load_settings()
    assert settings.local
    assert settings.database_url == "sqlite:///data/local.sqlite"
    assert settings.schedules_dir == root / "schedules"
    assert (settings.http_port, settings.log_level, settings.log_format) == (8080, LogLevel.INFO, LogFormat.AUTO)


def test_with_slacks_tokens_the_bot_runs_on_slack_and_never_shares_the_rehearsals_database(monkeypatch: pytest.MonkeyPatch):
    settings = _loaded(monkeypatch, SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)
    assert not settings.local
    assert settings.database_url == "sqlite:///data/eftertanke.sqlite"


def test_the_programmes_of_the_folder_we_stand_in_come_first(tmp_path: Path):
    (tmp_path / "schedules").mkdir()
    assert load_settings().schedules_dir == Path("schedules")


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / ".env").write_text("HTTP_PORT=1\nLOG_LEVEL=error\n", encoding="utf-8-sig")
    settings = _loaded(monkeypatch, HTTP_PORT="2")
    assert (settings.http_port, settings.log_level) == (2, LogLevel.ERROR)


def test_the_file_is_read_where_the_program_stands_and_not_where_it_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / ".env").write_text("HTTP_PORT=1\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert (load_settings().http_port, unread_env_file()) == (1, None)
    (elsewhere / ".env").write_text("HTTP_PORT=2\n")
    assert (load_settings().http_port, unread_env_file()) == (1, elsewhere / ".env")
    monkeypatch.chdir(tmp_path)
    assert unread_env_file() is None


def test_it_stands_beside_the_package(root: Path, tmp_path: Path):
    ask = [sys.executable, "-c", "from bot.settings import ENV_FILE; print(ENV_FILE)"]
    for home in (root, install(tmp_path / "installed")):
        told = subprocess.run(ask, env={"PYTHONPATH": str(home)}, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert told.stdout == f"{home / '.env'}\n"


def test_a_copy_of_the_example_changes_nothing(root: Path, tmp_path: Path):
    (tmp_path / ".env").write_text((root / ".env.example").read_text())
    assert load_settings() == load_settings(Path("nowhere"))


def test_the_example_names_every_setting_with_a_sentence_before_it_and_no_other(root: Path):
    text = (root / ".env.example").read_text()
    named = re.findall(r"^#[^\n]*[^\n=]\n(?:# ?)?([A-Z_]+)=", text, re.MULTILINE)
    assert sorted(named) == sorted([*(name.upper() for name in Settings.model_fields), *NAMES_OF_FILES.values()])
    assert sorted(re.findall(r"^(?:# ?)?([A-Z_]+)=", text, re.MULTILINE)) == sorted(named)


def test_everything_odd_is_named_at_once(monkeypatch: pytest.MonkeyPatch):
    faults = _faults(
        monkeypatch,
        SLACK_API_URL="http://slack.example/api/",
        SLACK_BOT_TOKEN=BOT,
        DATABASE_URL="mysql://bot:hemmeligt@db/bot",
        SCHEDULES_DIR="nowhere",
        HTTP_PORT="99999",
        LOG_LEVEL="loud",
        LOG_FORMAT="xml",
    )
    assert faults == [
        "SLACK_API_URL: must be an https:// address, or http:// on this machine",
        "SLACK_APP_TOKEN: is missing beside SLACK_BOT_TOKEN: an app-level token with connections:write under Basic Information",
        "DATABASE_URL: must start with sqlite:/// or postgresql://, not with mysql://",
        "SCHEDULES_DIR: there is no folder nowhere; make it, or name the folder of programmes",
        "HTTP_PORT: must be a whole number from 0 to 65535 (0: any free port)",
        "LOG_LEVEL: must be one of DEBUG, INFO, WARNING, ERROR",
        "LOG_FORMAT: must be one of auto, text, json",
    ]


@pytest.mark.parametrize(
    ("environment", "fault"),
    [
        ({"SLACK_APP_TOKEN": APP}, "SLACK_APP_TOKEN: is set without SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxp-made-up-0001", "SLACK_APP_TOKEN": APP}, "SLACK_BOT_TOKEN: must start with xoxb- and be whole"),
        ({"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": APP}, "SLACK_BOT_TOKEN: must start with xoxb- and be whole"),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": LOCAL["SLACK_APP_TOKEN"]}, "SLACK_APP_TOKEN: is a token of the local workspace"),
        (LOCAL | {"SLACK_API_URL": "https://slack.com/api/"}, "SLACK_BOT_TOKEN: is a token of the local workspace"),
        (LOCAL | {"SLACK_APP_TOKEN": APP, "SLACK_API_URL": "http://127.0.0.1:8080/api"}, "SLACK_APP_TOKEN: belongs to another workspace"),
        ({"SLACK_API_URL": "https://bot:hemmeligt@slack.example/api/"}, "SLACK_API_URL: must have no name or password before an @"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL: must name a file"),
        ({"DATABASE_URL": "sqlite:///data/"}, "DATABASE_URL: must name a file"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL: must name a file"),
        ({"DATABASE_URL": "sqlite:///."}, "DATABASE_URL: must name a file"),
        ({"HTTP_PORT": "-1"}, "HTTP_PORT: must be a whole number"),
        ({"HTTP_PORT": "otte"}, "HTTP_PORT: must be a whole number"),
    ],
)
def test_one_odd_setting_is_named(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], fault: str):
    assert fault in "\n".join(_faults(monkeypatch, **environment))


def test_a_folder_and_a_file_in_each_others_place_are_called_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "plans").touch()
    assert _faults(monkeypatch, DATABASE_URL="sqlite:///data", SCHEDULES_DIR="plans") == [
        "DATABASE_URL: data is a folder; name a file in it: sqlite:///data/eftertanke.sqlite",
        "SCHEDULES_DIR: plans is no folder; name the folder of programmes",
    ]


def test_a_wrong_token_or_key_hides_no_other(monkeypatch: pytest.MonkeyPatch):
    no_key = "EFTERTANKE_KEY: holds something that is no key"
    for key in ("hej", ",", f"hej,{'A' * 43}=", "æ" * 44):
        faults = _faults(monkeypatch, SLACK_BOT_TOKEN="foo", SLACK_APP_TOKEN="bar", EFTERTANKE_KEY=key)
        assert [fault[: len(no_key)] for fault in faults][2:] == [no_key]
    monkeypatch.delenv("SLACK_APP_TOKEN")
    bot, app, _ = _faults(monkeypatch, SLACK_BOT_TOKEN="xoxb-")
    assert (bot[:16], app[:34]) == ("SLACK_BOT_TOKEN:", "SLACK_APP_TOKEN: is missing beside")


def test_swapped_tokens_are_called_swapped(monkeypatch: pytest.MonkeyPatch):
    faults = _faults(monkeypatch, SLACK_BOT_TOKEN=APP, SLACK_APP_TOKEN=BOT)
    assert [fault.rsplit("; ", 1)[1] for fault in faults] == ["this looks like the SLACK_APP_TOKEN", "this looks like the SLACK_BOT_TOKEN"]


def test_local_tokens_work_with_the_local_workspace_and_its_address_gets_its_slash(monkeypatch: pytest.MonkeyPatch):
    settings = _loaded(monkeypatch, **LOCAL, SLACK_API_URL="http://127.0.0.1:8080/api")
    assert settings.slack_api_url == "http://127.0.0.1:8080/api/"


def test_a_misspelt_name_in_the_file_is_named_with_what_was_probably_meant(tmp_path: Path):
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKN={BOT}\nHTTP_PORT=otte\nHOME=/\n")
    with pytest.raises(SetupFault) as refused:
        load_settings()
    assert told_at_start(refused.value).splitlines() == [
        "SLACK_BOT_TOKN: there is no such setting; did you mean SLACK_BOT_TOKEN?",
        "HTTP_PORT: must be a whole number from 0 to 65535 (0: any free port)",
        f"Settings were looked for in the environment and in {tmp_path / '.env'}.",
    ]


def test_a_misspelt_name_alone_is_enough_to_refuse(tmp_path: Path):
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKN={BOT}\n")
    with refuses(SetupFault, match="did you mean SLACK_BOT_TOKEN"):
        load_settings()


def test_a_file_in_another_encoding_is_refused_by_name(tmp_path: Path):
    (tmp_path / ".env").write_bytes("LOG_LEVEL=æøå".encode("latin-1"))
    with refuses(SetupFault, match=r"\.env: cannot be read; save it as UTF-8"):
        load_settings()


def test_a_line_that_cannot_be_understood_is_named_and_not_repeated(tmp_path: Path):
    (tmp_path / ".env").write_text(f"HTTP_PORT=1\nSLACK_BOT_TOKEN: {BOT}\nSLACK_APP_TOKEN = '{APP}\n")
    with pytest.raises(SetupFault) as refused:
        load_settings()
    assert told_at_start(refused.value).splitlines() == [
        f"{tmp_path / '.env'}, line {line}: cannot be understood; write NAME=value, and put a value with spaces in quotes"
        for line in (2, 3)
    ]
    assert "made-up" not in f"{refused.value} {told_at_start(refused.value, 'da')}"


def make_pipe(file: Path) -> None:
    os.mkfifo(file)


@pytest.mark.parametrize(
    "make", [Path.mkdir, make_pipe, lambda file: file.symlink_to("/dev/zero"), lambda file: file.symlink_to(file.name)]
)
def test_what_stands_there_and_is_no_file_is_named_and_not_waited_for(tmp_path: Path, make: Callable[[Path], None]):
    make(tmp_path / ".env")
    with refuses(SetupFault, match=r"\.env: is no file, but a folder, a pipe, a device or a link to itself; move it"):
        load_settings()


def test_a_link_that_leads_nowhere_is_no_file(tmp_path: Path):
    (tmp_path / ".env").symlink_to("nowhere")
    assert load_settings().local


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path):
    (tmp_path / ".env").symlink_to("/proc/self/mem")  # a file to look at, and nobody can read its beginning
    with refuses(SetupFault, match=r"\.env: cannot be read \(Input/output error\); give the account"):
        load_settings()


def test_a_secret_never_prints(monkeypatch: pytest.MonkeyPatch):
    settings = _loaded(monkeypatch, SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == BOT
    assert "made-up" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_a_refused_secret_never_prints_either(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(SetupFault) as refused:
        _loaded(monkeypatch, SLACK_BOT_TOKEN="xoxp-made-up-0001", SLACK_APP_TOKEN="made-up")
    assert "made-up" not in f"{refused.value} {refused.value!r} {told_at_start(refused.value)} {told_at_start(refused.value, 'da')}"
    assert (refused.value.__cause__, refused.value.__context__) == (None, None)
    with pytest.raises(ValidationError) as raw:
        Settings()
    assert "made-up" not in str(raw.value)


def test_settings_cannot_be_changed_once_read():
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().http_port = 1


def test_the_folder_of_programmes_is_known_even_when_tokens_are_odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN=nonsense\nSCHEDULES_DIR={tmp_path / 'plans'}\n")
    assert schedules_dir(tmp_path / ".env") == tmp_path / "plans"
    monkeypatch.setenv("SCHEDULES_DIR", str(tmp_path / "nowhere"))
    with refuses(SetupFault, match="SCHEDULES_DIR: there is no folder"):
        schedules_dir(tmp_path / ".env")


def test_without_a_settings_file_only_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHEDULES_DIR", str(tmp_path))
    assert schedules_dir(None) == tmp_path


@pytest.mark.parametrize("host", ["0.0.0.0", "::1", "10.0.0.5", "localhost"])  # noqa: S104 - what somebody may name
def test_the_health_page_stays_on_this_machine_unless_another_address_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, host: str):
    read = load_settings(tmp_path / "none.env")
    assert (read.health_host, read.health_port) == ("127.0.0.1", 9464)
    monkeypatch.setenv("HEALTH_HOST", host)
    assert load_settings(tmp_path / "none.env").health_host == host


@pytest.mark.parametrize(("name", "value"), [("HEALTH_HOST", "everywhere"), ("HEALTH_PORT", "high"), ("HEALTH_PORT", "65536")])
def test_a_wrong_place_of_the_health_page_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str):
    monkeypatch.setenv(name, value)
    with refuses(SetupFault, name):
        load_settings(tmp_path / "none.env")
