"""A secret is read from a file of its own, and a file of secrets that others can read is closed to them and told of."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import stat
import tempfile
from base64 import urlsafe_b64encode
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import settings as settings_module
from bot.confidentiality.encryption import new_key
from bot.errors import SetupFault
from bot.secret_files import OpenToOthers, foresee, judge_failure, mode_instead, take_untold
from bot.settings import Settings, load_settings
from tests.support.command_line import install, programme_folder, run_command, running_bot
from tests.support.faults import refuses, told_at_start
from tests.support.somebody import A_GROUP, as_somebody

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = urlsafe_b64encode(b"made-up-" * 4).decode()
BOT, APP = "xoxb-made-up-0001", "xapp-made-up-0001"


@pytest.fixture(autouse=True)
def _installed_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings_module, "ENV_FILE", tmp_path / ".env")
    monkeypatch.chdir(tmp_path)
    take_untold()


def write(file: Path, text: str, mode: int = 0o600) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    file.chmod(mode)
    return file


def mode_of(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def key_of(settings: Settings) -> str | None:
    return settings.eftertanke_key.get_secret_value() if settings.eftertanke_key else None


def refusal() -> list[str]:
    """What the settings are refused for, without the last line, which says where they were looked for."""
    with pytest.raises(SetupFault) as refused:
        load_settings()
    assert told_at_start(refused.value, "da")
    assert KEY not in f"{refused.value} {told_at_start(refused.value)} {told_at_start(refused.value, 'da')}"
    assert "made-up" not in f"{refused.value} {told_at_start(refused.value)} {told_at_start(refused.value, 'da')}"
    return told_at_start(refused.value).splitlines()[:-1]


# --- where a secret may stand


def test_each_place_counts_more_than_those_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_place = [new_key() for _ in range(5)]
    credentials = write(tmp_path / "credentials" / "eftertanke_key", at_place[2], 0o400).parent
    write(tmp_path / ".env", f"EFTERTANKE_KEY_FILE={write(tmp_path / 'k4', at_place[4])}\n")
    assert key_of(load_settings()) == at_place[4]
    write(tmp_path / ".env", f"EFTERTANKE_KEY={at_place[3]}\n")
    assert key_of(load_settings()) == at_place[3]
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    assert key_of(load_settings()) == at_place[2]
    monkeypatch.setenv("EFTERTANKE_KEY_FILE", str(write(tmp_path / "k1", at_place[1])))
    assert key_of(load_settings()) == at_place[1]
    monkeypatch.delenv("EFTERTANKE_KEY_FILE")
    monkeypatch.setenv("EFTERTANKE_KEY", at_place[0])
    assert key_of(load_settings()) == at_place[0]


def test_the_tokens_come_from_files_as_the_key_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / ".env", f"SLACK_BOT_TOKEN_FILE={write(tmp_path / 'bot', BOT)}\n")
    credentials = write(tmp_path / "credentials" / "slack_app_token", f"{APP}\n").parent
    write(credentials / "of_another_unit", "what this is is not our business")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    settings = load_settings()
    assert settings.slack_bot_token is not None
    assert settings.slack_app_token is not None
    assert (settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()) == (BOT, APP)
    assert (settings.local, settings.database_url) == (False, "sqlite:///data/eftertanke.sqlite")
    assert "made-up" not in f"{settings!r} {settings.model_dump()}"


@pytest.mark.parametrize("shape", ["{}", "{}\n", "{}\r\n", "\ufeff{}\n", " {}, {} ,\n"])
def test_what_an_editor_adds_is_no_part_of_a_secret(tmp_path: Path, shape: str) -> None:
    write(tmp_path / ".env", f"EFTERTANKE_KEY_FILE={write(tmp_path / 'key', shape.format(KEY, KEY))}\n")
    assert (key_of(load_settings()) or "").split(",")[0] == KEY


def test_credentials_of_a_unit_without_ours_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
        assert load_settings().local


# --- what can be wrong with it


def no_file(_: Path) -> None:
    """Nothing is made."""


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (no_file, "there is no file {}; write the secret into it, or name the right file"),
        (Path.mkdir, "{} is no file, but a folder, a pipe, a device or a link to itself; name a file with the secret in it"),
        (os.mkfifo, "{} is no file, but a folder,"),
        (lambda file: file.symlink_to("/dev/zero"), "{} is no file, but a folder,"),
        (lambda file: file.symlink_to(file.name), "{} is no file, but a folder,"),
        (lambda file: file.write_text("\ufeff \n"), "the file {} is empty; write the secret into it"),
        (lambda file: file.write_text(KEY, "utf-16"), "the file {} is not text in UTF-8; save it as UTF-8, with the secret alone in it"),
        (lambda file: file.write_text(f"{KEY}," * 100), "the file {} has over 4096 bytes, too many for a secret;"),
        (lambda file: file.symlink_to("/proc/self/mem"), "the file {} cannot be read (Input/output error); give the account"),
        (lambda file: file.write_text(f"{KEY}\n{KEY}"), "holds something that is no key. A key is 44 characters,"),
    ],
)
@pytest.mark.parametrize("place", ["environment", "credential", ".env"])
def test_what_is_wrong_with_a_file_is_named_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object], told: str, place: str
) -> None:
    file = tmp_path / "own" / "eftertanke_key"
    file.parent.mkdir()
    make(file)
    named = "EFTERTANKE_KEY_FILE"
    if place == "environment":
        monkeypatch.setenv(named, "own/eftertanke_key")  # it is told where that led to
    elif place == ".env":
        write(tmp_path / ".env", f"{named}={file}\n")
    else:
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(file.parent))
        named = str(file)
        if make is no_file:
            return
    (line,) = refusal()
    assert line.startswith(f"{named}: {told.format(file)}")


@pytest.mark.parametrize("between", ["\n", " ", ""], ids=["line", "space", "nothing"])
def test_two_keys_without_a_comma_are_no_key(monkeypatch: pytest.MonkeyPatch, between: str) -> None:
    monkeypatch.setenv("EFTERTANKE_KEY", f"{KEY}{between}{KEY}")
    assert refusal()[0].endswith("Several keys have commas between them.")


def test_a_wrong_file_hides_no_other_fault_and_brings_none_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SLACK_BOT_TOKEN_FILE": "nowhere", "SLACK_APP_TOKEN": APP, "HTTP_PORT": "otte"}.items():
        monkeypatch.setenv(name, value)
    assert [line.split(":")[0] for line in refusal()] == ["SLACK_BOT_TOKEN_FILE", "HTTP_PORT"]


def test_swapped_tokens_in_files_are_called_swapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(write(tmp_path / "bot", APP)))
    monkeypatch.setenv("SLACK_APP_TOKEN_FILE", str(write(tmp_path / "app", BOT)))
    assert [line.rsplit("; ", 1)[1] for line in refusal()] == [f"this looks like the SLACK_{name}_TOKEN" for name in ("APP", "BOT")]


@pytest.mark.parametrize(
    ("name", "secret"), [("SLACK_BOT_TOKEN", BOT), ("SLACK_APP_TOKEN", "xapp-"), ("EFTERTANKE_KEY", KEY)], ids=["bot", "app", "key"]
)
def test_a_secret_where_its_file_should_be_named_is_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str, secret: str) -> None:
    monkeypatch.setenv(f"{name}_FILE", secret)
    assert refusal()[0].startswith(f"{name}_FILE: must name a file, and holds the secret itself;")


@pytest.mark.parametrize("secret", [KEY[:-1], f'"{KEY}"', f"{KEY},", f"SLACK_BOT_TOKEN={BOT}", f"EFTERTANKE_KEY={KEY}"])
def test_what_is_nearly_a_secret_is_not_repeated_either(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("EFTERTANKE_KEY_FILE", secret)
    assert refusal()[0].startswith("EFTERTANKE_KEY_FILE: must name a file, and holds the secret itself;")


def test_a_secret_that_is_named_twice_in_one_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "key", KEY)
    write(tmp_path / ".env", f"EFTERTANKE_KEY={KEY}\neftertanke_key_file={file}\n")
    twice = f"EFTERTANKE_KEY: stands beside EFTERTANKE_KEY_FILE in {tmp_path / '.env'}, and nobody knows which one counts; keep one of them"
    assert refusal() == [twice]
    write(tmp_path / ".env", f"EFTERTANKE_KEY={KEY}\nEFTERTANKE_KEY_FILE=\n")
    monkeypatch.setenv("EFTERTANKE_KEY_FILE", str(file))
    assert key_of(load_settings()) == KEY
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    assert refusal() == [twice.replace(str(tmp_path / ".env"), "the environment")]


def test_names_that_are_almost_right_are_called_so_wherever_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / ".env", "EFTERTANKE_KEY_FIL=x\n")
    monkeypatch.setenv("SLACK_BOT_TOKN_FILE", "x")
    monkeypatch.setenv("SLACK_API_TOKEN", "of another program")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(write(tmp_path / "credentials" / "slack-app-token", APP).parent))
    assert refusal() == [
        "EFTERTANKE_KEY_FIL: there is no such setting; did you mean EFTERTANKE_KEY_FILE?",
        "SLACK_BOT_TOKN_FILE: there is no such setting; did you mean SLACK_BOT_TOKEN_FILE?",
        "slack-app-token: there is no such setting; did you mean slack_app_token?",
    ]


# --- who else can read it


def test_what_others_can_read_is_closed_to_them_and_told_once(tmp_path: Path) -> None:
    key = write(tmp_path / "real", KEY, 0o644)
    (tmp_path / "key").symlink_to(key)
    env_file = write(tmp_path / ".env", f"EFTERTANKE_KEY_FILE={tmp_path / 'key'}\nSLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN={APP}\n", 0o664)
    assert key_of(load_settings()) == KEY
    assert (mode_of(env_file), mode_of(key), (tmp_path / "key").is_symlink()) == (0o600, 0o600, True)
    assert take_untold() == [
        OpenToOthers(file=env_file, mode="0664", closed=True),
        OpenToOthers(file=tmp_path / "key", mode="0644", closed=True),
    ]
    load_settings()
    assert take_untold() == []


@pytest.mark.parametrize(
    "content", [f"{KEY},\n", f"{KEY[:20]}\n{KEY[20:]}\n", f"EFTERTANKE_KEY={KEY}\n"], ids=["comma", "wrapped", "named"]
)
def test_what_was_nearly_written_right_is_closed_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    file = write(tmp_path / "key", content, 0o644)
    monkeypatch.setenv("EFTERTANKE_KEY_FILE", str(file))
    if content.endswith(",\n"):
        assert key_of(load_settings()) == content.strip()
    else:
        assert refusal()[0].startswith("EFTERTANKE_KEY_FILE: holds something that is no key.")
    assert mode_of(file) == 0o600


def test_settings_without_a_secret_are_everybodys_to_read(tmp_path: Path) -> None:
    env_file = write(tmp_path / ".env", "LOG_FORMAT=json\nEFTERTANKE_KEY=\n", 0o644)
    load_settings()
    assert (mode_of(env_file), take_untold()) == (0o644, [])
    write(env_file, "eftertanke_key = 'wrong'\n", 0o644)
    refusal()
    assert mode_of(env_file) == 0o600


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("DATABASE_URL=postgresql://anna:made-up@db/e3", 0o600),
        ("export database_url = 'postgresql+psycopg://:made-up@db/e3?sslmode=require'", 0o600),
        ("DATABASE_URL=postgresql://anna@db/e3?sslmode=require&password=made-up", 0o600),
        ("DATABASE_URL=postgres://anna:made-up@with/signs@db/e3", 0o600),  # is refused, and a secret all the same
        ("DATABASE_URL=postgresql://anna@db:5432/e3?sslmode=require", 0o644),
        ("DATABASE_URL=postgresql://anna:@db/e3?password=", 0o644),
        ("DATABASE_URL=sqlite:////var/lib/e3.sqlite", 0o644),
        ("# as in postgresql://user:password@host:5432/name\nDATABASE_URL=", 0o644),
        ("DATABASE_URL=  # postgresql://user:password@host:5432/name", 0o644),
    ],
)
def test_a_database_s_password_is_a_secret(tmp_path: Path, line: str, mode: int) -> None:
    env_file = write(tmp_path / ".env", f"LOG_FORMAT=json\n{line}\n", 0o644)
    assert (foresee(env_file) is None) == (mode == 0o644), "what doctor tells"
    with suppress(SetupFault):
        load_settings()
    assert mode_of(env_file) == mode


def test_a_credential_is_left_as_systemd_has_made_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    credential = write(tmp_path / "credentials" / "eftertanke_key", KEY, 0o444)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credential.parent))
    assert (key_of(load_settings()), mode_of(credential), take_untold()) == (KEY, 0o444, [])


def test_a_file_that_was_named_by_mistake_stays_readable_for_those_who_need_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = write(tmp_path / "hosts", "127.0.0.1 localhost\n", 0o644)
    monkeypatch.setenv("EFTERTANKE_KEY_FILE", str(hosts))
    refusal()
    assert (mode_of(hosts), take_untold()) == (0o644, [])


def found(mode: int, user: int, group: int) -> os.stat_result:
    return os.stat_result((stat.S_IFREG | mode, 0, 0, 1, user, group, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("mode", "user", "group", "us", "wanted"),
    [
        (0o600, 7, 7, 7, None),
        (0o640, 7, 7, 7, 0o600),  # ours: nobody has to be in the group
        (0o604, 7, 7, 7, 0o600),
        (0o640, 0, 7, 7, None),  # root:eftertanke, read by the bot
        (0o640, 0, 7, 0, None),  # and by root, who must not shut the bot out
        (0o644, 0, 7, 0, 0o640),
        (0o644, 0, 0, 0, 0o600),
        (0o640, 0, 0, 0, 0o600),
        (0o440, 0, 0, 7, None),  # as systemd's credentials are
        (0o444, 0, 0, 7, 0o600),  # as Docker mounts a secret
        (0o644, 7, 7, 0, 0o600),
        (0o602, 7, 7, 7, 0o600),
    ],
)
def test_whose_file_it_is_decides_what_is_too_open(mode: int, user: int, group: int, us: int, wanted: int | None) -> None:
    assert mode_instead(found(mode, user, group), us) == wanted


@given(mode=st.integers(0, 0o7777), user=st.integers(0, 2), group=st.integers(0, 2), us=st.integers(0, 2))
def test_what_has_been_closed_is_private_enough_and_never_open_to_everybody(mode: int, user: int, group: int, us: int) -> None:
    wanted = mode_instead(found(mode, user, group), us)
    assert (wanted is not None) or not mode & 0o007
    assert wanted is None or (mode_instead(found(wanted, user, group), us), wanted & 0o017) == (None, 0)


def test_on_a_read_only_mount_it_is_a_remark_and_elsewhere_refused_with_the_cure() -> None:
    file, mounted = Path("/run/secrets/key"), found(0o444, 0, 0)
    read_only = OSError(errno.EROFS, os.strerror(errno.EROFS))
    assert judge_failure(file, mounted, read_only) == OpenToOthers(file=file, mode="0444", closed=False)
    with refuses(SetupFault, match=r"^Others .* can read /run/my secrets/key, .*\. Run as root: chgrp"):
        judge_failure(Path("/run/my secrets/key"), found(0o444, A_GROUP, 0), PermissionError(errno.EPERM, os.strerror(errno.EPERM)))
    with refuses(SetupFault, match=r"(chgrp \S+ '/run/my secrets/key' && chmod 640|chmod 600) '/run/my secrets/key'\."):
        judge_failure(Path("/run/my secrets/key"), found(0o444, 0, 0), PermissionError(errno.EPERM, os.strerror(errno.EPERM)))


def test_a_file_of_roots_is_read_by_group_and_refused_if_all_can_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() != 0:
        return  # who is not root cannot make such a file: the rule itself is tested above
    folder = Path(tempfile.mkdtemp())  # not below a folder that is root's alone
    try:
        folder.chmod(0o755)
        file = write(folder / "key", KEY, 0o640)
        os.chown(file, 0, A_GROUP)
        monkeypatch.setenv("EFTERTANKE_KEY_FILE", str(file))
        monkeypatch.setenv("SCHEDULES_DIR", str(folder))
        monkeypatch.chdir(folder)
        monkeypatch.setattr(settings_module, "ENV_FILE", folder / ".env")
        with as_somebody():
            assert key_of(load_settings()) == KEY
        file.chmod(0o644)
        with as_somebody():
            (line,) = refusal()
        assert line.endswith(
            f"chgrp {A_GROUP} {file} && chmod 640 {file}. If the mode stays the same, put the file on a disk that keeps modes."
        )
        assert key_of(load_settings()) == KEY
        assert (mode_of(file), take_untold()) == (0o640, [OpenToOthers(file=file, mode="0644", closed=True)])
    finally:
        shutil.rmtree(folder)


# --- who is told


@pytest.mark.long
def test_a_command_tells_it_on_stderr_in_the_readers_language_and_the_next_one_is_silent(tmp_path: Path) -> None:
    home, here = install(tmp_path / "home"), programme_folder(tmp_path / "here")
    write(home / ".env", f"EFTERTANKE_KEY={KEY}\n", 0o644)
    at_home = {"PYTHONPATH": str(home)}
    first = run_command(here, "migrate", "--language", "da", **at_home)
    assert first.stderr.splitlines()[0].startswith(f"Andre på maskinen kunne læse {home / '.env'}, som er til hemmeligheder")
    assert "Others" not in run_command(here, "migrate", **at_home).stderr
    assert (first.returncode, mode_of(home / ".env")) == (0, 0o600)


@pytest.mark.long
def test_run_tells_it_in_its_log_also_of_the_key_beside_the_database(tmp_path: Path) -> None:
    home, here = install(tmp_path / "home"), programme_folder(tmp_path / "here")
    write(home / ".env", "LOG_FORMAT=json\nEFTERTANKE_KEY=\nSLACK_BOT_TOKEN= # xoxb-\n", 0o644)
    key = write(here / "data" / "local.key", KEY, 0o644)
    with running_bot(here, PYTHONPATH=str(home)) as bot:
        log = bot.leave(signal.SIGTERM).stderr
    told = [json.loads(line) for line in log.splitlines() if "of secrets" in line]
    assert [(line["level"], line["event"].split(":")[0], line["file"], line["mode"]) for line in told] == [
        ("warning", "others could read a file of secrets", str(home / ".env"), "0644"),
        ("warning", "others could read a file of secrets", str(Path("data/local.key")), "0644"),
    ]
    assert (mode_of(key), KEY in log) == (0o600, False)


@pytest.mark.long
@pytest.mark.parametrize("command", [["check"], ["preview"]])
def test_a_command_that_needs_no_secret_runs_without(tmp_path: Path, command: list[str]) -> None:
    home = programme_folder(tmp_path)
    done = run_command(home, *command, EFTERTANKE_KEY_FILE="nowhere", SLACK_BOT_TOKEN_FILE="nowhere")
    assert (done.returncode, "nowhere" in done.stdout + done.stderr) == (0, False)
