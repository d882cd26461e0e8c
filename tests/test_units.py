"""The units for systemd are ones that it takes, and what they start is a command of the bot's."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from bot.__main__ import command_line
from bot.secret_files import SECRETS
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
UNITS = ROOT / "docs" / "systemd"
SERVICES = ("eftertanke", "eftertanke-backup", "eftertanke-rehearsal")
TIMERS = ("eftertanke-backup", "eftertanke-rehearsal")
PROGRAM, DATA, SECRET_FILES, BACKUPS = "/opt/eftertanke", "/var/lib/eftertanke", "/etc/eftertanke", "/var/backups/eftertanke"
PYTHON = f"{PROGRAM}/.venv/bin/python"
PLACES = re.compile(r"/(?:opt|var|etc)/[\w./-]+")
SANDBOX = "eftertanke-.service.d"  # systemd reads what lies there for each unit whose name begins so
MOST_EXPOSED = 1.5  # by systemd's own measure, of 10

KNOWN = {
    "Unit": "Description Documentation Wants After StartLimitIntervalSec StartLimitBurst OnFailure",
    "Service": (
        "Type NotifyAccess ExecStart Restart RestartSec RestartPreventExitStatus TimeoutStartSec TimeoutStopSec WatchdogSec MemoryMax Nice"
        " DynamicUser User Group WorkingDirectory StateDirectory StateDirectoryMode LoadCredential ReadWritePaths PrivateNetwork"
        " ProtectSystem ProtectHome ProtectProc ProcSubset ProtectClock ProtectControlGroups ProtectHostname ProtectKernelLogs"
        " ProtectKernelModules ProtectKernelTunables PrivateDevices PrivateMounts PrivateTmp NoNewPrivileges CapabilityBoundingSet"
        " LockPersonality MemoryDenyWriteExecute RemoveIPC RestrictAddressFamilies RestrictNamespaces RestrictRealtime RestrictSUIDSGID"
        " SystemCallArchitectures SystemCallErrorNumber SystemCallFilter UMask LimitCORE"
    ),
    "Timer": "OnCalendar RandomizedDelaySec Persistent",
    "Install": "WantedBy",
}


def lines_of(name: str) -> list[tuple[str, str, str]]:
    """A unit's lines: section, directive, value. A remark is none, nor is one that is switched off."""
    section, found = "", []
    for line in (UNITS / name).read_text("utf-8").replace("\\\n", "").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            section = match[1]
        elif line and not line.startswith("#"):
            directive, sign, value = line.partition("=")
            assert sign, line
            found.append((section, directive, value))
    return found


def directives(name: str) -> dict[str, list[str]]:
    found = defaultdict(list)
    shared = lines_of(f"{SANDBOX}/sandbox.conf") if re.fullmatch(r"eftertanke-.*\.service", name) else []
    for _section, directive, value in [*lines_of(name), *shared]:
        found[directive].append(value)
    return dict(found)


def commands_of(service: str) -> list[list[str]]:
    """What a service starts, as words; a shell's text as the words in it."""
    started = [shlex.split(value) for value in directives(f"{service}.service")["ExecStart"]]
    return [shlex.split(words[2].replace("$$", "$").replace("%%", "%")) if words[:2] == ["/bin/sh", "-c"] else words for words in started]


def arguments_of_bot(words: list[str]) -> list[str]:
    return words[words.index("bot") + 1 :]


ALL_UNITS = sorted(path.name for path in UNITS.glob("*.*") if path.is_file())


def test_the_units_are_all_there() -> None:
    assert sorted([f"{name}.service" for name in SERVICES] + [f"{name}.timer" for name in TIMERS]) == ALL_UNITS


@pytest.mark.parametrize("unit", [*ALL_UNITS, f"{SANDBOX}/sandbox.conf"])
def test_a_unit_has_only_directives_that_are_known_and_in_their_section(unit: str) -> None:
    known = {(section, name) for section, names in KNOWN.items() for name in names.split()}
    assert [line for line in lines_of(unit) if line[:2] not in known] == []


@pytest.mark.parametrize("unit", ALL_UNITS)
def test_a_unit_names_no_place_but_those_of_the_installation(unit: str) -> None:
    text = (UNITS / unit).read_text("utf-8")
    assert [place for place in PLACES.findall(text) if not place.startswith((PROGRAM, DATA, SECRET_FILES, BACKUPS))] == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_runs_as_the_bots_user_where_the_program_lies(service: str) -> None:
    told = directives(f"{service}.service")
    names = ("DynamicUser", "User", "Group", "WorkingDirectory", "StateDirectory", "UMask", "ProtectSystem")
    assert [told[name] for name in names] == [["no"], ["eftertanke"], ["eftertanke"], [PROGRAM], ["eftertanke"], ["0077"], ["strict"]]
    assert "User=root" not in (UNITS / f"{service}.service").read_text("utf-8")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_given_every_secret_and_nothing_by_its_environment(service: str) -> None:
    told = directives(f"{service}.service")
    assert sorted(told["LoadCredential"]) == sorted(f"{name}:{SECRET_FILES}/{name}" for name in SECRETS)
    assert set(SECRETS) <= set(Settings.model_fields)
    assert not {"Environment", "EnvironmentFile"} & told.keys()


def test_all_services_stand_in_one_sandbox() -> None:
    assert [path.name for path in UNITS.iterdir() if path.is_dir()] == [SANDBOX]
    sandbox = lines_of(f"{SANDBOX}/sandbox.conf")
    assert len(sandbox) > 20
    assert lines_of("eftertanke.service")[-len(sandbox) - 1 : -1] == sandbox  # behind it only says when it is started
    assert [(name, line) for name in SERVICES[1:] for line in lines_of(f"{name}.service") if line in sandbox] == []


def test_only_backup_and_rehearsal_write_where_backups_lie_and_neither_has_a_network() -> None:
    told = {name: directives(f"{name}.service") for name in SERVICES}
    assert {name: told[name].get("ReadWritePaths") for name in SERVICES} == {
        "eftertanke": None,
        "eftertanke-backup": [BACKUPS],
        "eftertanke-rehearsal": [BACKUPS],
    }
    assert {name: told[name].get("PrivateNetwork") for name in SERVICES} == {
        "eftertanke": None,
        "eftertanke-backup": ["yes"],
        "eftertanke-rehearsal": ["yes"],
    }


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_starts_is_a_command_of_the_bot(service: str) -> None:
    words = commands_of(service)[0]
    assert (words[1] if words[0] == "exec" else words[0]) in {PYTHON, ".venv/bin/python"}
    arguments = arguments_of_bot(words)
    group = command_line(arguments[:1])
    context = group.make_context("eftertanke", arguments)
    name, command, rest = group.resolve_command(context, [*context._protected_args, *context.args])
    assert command is not None
    command.make_context(name, rest, parent=context)


def test_a_backup_is_named_by_its_moment_and_the_list_of_deletions_goes_with_it(tmp_path: Path) -> None:
    backup, copy = commands_of("eftertanke-backup")
    assert arguments_of_bot(backup) == ["backup", f"{BACKUPS}/eftertanke-$(date +%Y-%m-%dT%H%M%S).sqlite"]
    script = shlex.split(directives("eftertanke-backup.service")["ExecStart"][1])[2].replace("$$", "$")
    for place in (DATA, BACKUPS):
        (tmp_path / Path(place).relative_to("/")).mkdir(parents=True)
        script = script.replace(place, str(tmp_path / Path(place).relative_to("/")))
    assert copy
    subprocess.run(["sh", "-c", script], check=True)  # nothing was deleted yet
    deletions = tmp_path / Path(DATA).relative_to("/") / "eftertanke.sqlite.erased"
    for text in ("a line\n", "a line\nanother\n"):
        deletions.write_text(text)
        subprocess.run(["sh", "-c", script], check=True)
        backups = tmp_path / Path(BACKUPS).relative_to("/")
        assert [(path.name, path.read_text()) for path in backups.iterdir()] == [("eftertanke.sqlite.erased", text)]


def test_the_operators_command_is_a_program_that_the_shell_understands() -> None:
    command = UNITS / "eftertanke"
    assert os.access(command, os.X_OK)
    subprocess.run(["sh", "-n", command], check=True)
    said = command.read_text("utf-8")
    assert f"cd {PROGRAM}\n" in said
    assert f"CREDENTIALS_DIRECTORY={SECRET_FILES}" in said


@pytest.fixture
def systemd(tmp_path: Path) -> Path:
    """The units where systemd looks at them, with a Python that is there. Without systemd they are only read above, but not in CI."""
    if shutil.which("systemd-analyze") is None:
        assert not os.environ.get("CI")
        pytest.skip("no systemd is installed: what it says of the units was not asked")
    shutil.copytree(UNITS / SANDBOX, tmp_path / SANDBOX)
    for unit in ALL_UNITS:
        (tmp_path / unit).write_text((UNITS / unit).read_text("utf-8").replace(PYTHON, sys.executable), "utf-8")
    return tmp_path


def test_systemd_takes_the_units(systemd: Path) -> None:
    units = [str(systemd / unit) for unit in ALL_UNITS]
    told = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize("service", SERVICES)
def test_systemd_says_that_a_service_is_little_exposed(systemd: Path, service: str) -> None:
    unit = str(systemd / f"{service}.service")
    told = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", unit], capture_output=True, text=True, check=True)
    [exposure] = re.findall(r"Overall exposure level for \S+: ([\d.]+)", told.stdout)
    assert float(exposure) <= MOST_EXPOSED
