"""The guide for operators, followed word by word in a folder of its own: its commands are given, and say what stands under them.

Not done here: what installs, what asks systemd or Docker, and what needs somebody at a terminal. Root's paths lie in a folder of a test.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from ruamel.yaml import YAML

from bot.app.rehearsal.programme_population import population_for
from bot.clock import MovableClock
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from schedules.programme_file import load_file
from tests.support.command_line import PATIENCE, programme_folder
from tests.support.database import KEY
from tests.support.documents import FENCED, ROOT
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.workspace.server import Workspace

GUIDE: Final = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
OF_THE_INSTALLATION: Final = "/(?:opt|etc|var/lib|var/backups)/eftertanke|/usr/local/sbin|/run(?=/eftertanke)|~eftertanke(?=/)"
DONE_HERE: Final = re.compile(
    r"sudo eftertanke (?:check|doctor|migrate|backup|restore|key|export|digest list|erase)\b|sudo mv /var/lib/|cp -p|cd "
)
SAID_TO: Final = {"sudo eftertanke erase": "U0NOBODY\n"}  # what is typed when it asks; in a pipe it does not ask
ASKED: Final = re.compile(r"^The person's member ID in Slack: …\n")
METRIC: Final = re.compile(r"\beftertanke_[a-z_]+[a-z]\b")
SECRETS: Final = {"eftertanke_key", "slack_bot_token", "slack_app_token"}  # files, which are called as figures are


class Machine:
    """A machine as the guide has installed it, in a folder: what begins with a root of the installation's lies there."""

    def __init__(self, folder: Path, slack: Workspace) -> None:
        self.folder = folder
        program, secrets = self.path("/opt/eftertanke"), self.path("/etc/eftertanke")
        program.mkdir(parents=True)
        for name in ("/var/lib/eftertanke", "/var/backups/eftertanke", "/usr/local/sbin", "/run", "/etc/eftertanke"):
            self.path(name).mkdir(parents=True, mode=0o700, exist_ok=True)
        for name in ("bot", "handlers", "schedules"):
            (program / name).symlink_to(ROOT / name)
        (program / ".venv").symlink_to(sys.prefix)
        shutil.copytree(ROOT / "docs" / "systemd", program / "docs" / "systemd")
        settings = next(block for kind, block in FENCED.findall(GUIDE) if not kind and "DATABASE_URL" in block)
        settings = re.sub(r"^ +", "", settings, flags=re.MULTILINE) + f"SLACK_API_URL={slack.address}api/\nHEALTH_PORT=0\n"
        (program / ".env").write_text(self.moved(settings))
        for name, secret in (("eftertanke_key", KEY), ("slack_bot_token", BOT_TOKEN), ("slack_app_token", APP_TOKEN)):
            (secrets / name).write_text(f"{secret}\n")
        word = self.moved((ROOT / "docs" / "systemd" / "eftertanke").read_text())
        self.word = self.path("/usr/local/sbin") / "eftertanke"
        self.word.write_text(re.sub(r"setpriv .*\\\n", "", word).replace('"$@"', '"$@" --language en'))
        self.word.chmod(0o755)

    def path(self, name: str) -> Path:
        return self.folder / name.removeprefix("/")

    def moved(self, text: str) -> str:
        """The text with the installation's paths in this folder."""
        return re.sub(OF_THE_INSTALLATION, lambda path: str(self.path(path[0].replace("~eftertanke", "/var/lib/eftertanke"))), text)

    def give(self, command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Give a command from a folder that has nothing to do with it."""
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        here = self.moved(command.replace("sudo eftertanke", "/usr/local/sbin/eftertanke")).replace("sudo ", "")
        here = re.sub(r" -o \w+ -g \w+", "", here)  # whoever tests owns all
        return subprocess.run(  # noqa: S602 - a line of our own guide
            here,
            shell=True,
            cwd=elsewhere,
            env={"PATH": os.environ["PATH"]},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )


pytestmark = pytest.mark.long


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    schedules = programme_folder(tmp_path / "var" / "lib" / "eftertanke") / "schedules"
    population = population_for(load_file(schedules / "landsby.yaml"), participants=24)
    with serve(ChatClient(population, MovableClock(datetime.now(UTC))), manifest()) as slack:
        yield Machine(tmp_path, slack)


def page(address: str) -> str:
    """What a page of the bot's own says, also while it says that something is not there yet."""
    try:
        with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - its own address
            return str(answer.read().decode())
    except HTTPError as refused:
        return refused.read().decode()


def steps() -> list[tuple[str, str]]:
    """The commands of the guide that can be given here, each with what stands under it."""
    found = []
    for kind, block in FENCED.findall(GUIDE):
        if kind == "console":
            for step in re.split(r"^ *\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, said = step.partition("\n")
                found.append((command, re.sub(r"^ +", "", said, flags=re.MULTILINE).strip()))
    return [(command, said) for command, said in found if DONE_HERE.match(command) and "apt" not in command and " pip " not in command]


def cron_lines() -> list[str]:
    """What cron would give to a shell."""
    lines = [line.strip() for kind, block in FENCED.findall(GUIDE) if kind == "cron" for line in block.splitlines()]
    return [re.sub(r"^(?:\S+ ){5}root ", "", line).replace(r"\%", "%") for line in lines]


def is_as_said(said: str, heard: str) -> bool:
    """Whether what was heard holds what the guide shows, with anything in the place of dots."""
    return re.search(re.escape(said).replace("…", "(?s:.*)"), heard) is not None


def test_the_guides_commands_can_be_given_one_after_the_other_and_say_what_stands_under_them(machine: Machine) -> None:
    assert len(steps()) > 12
    for command, said in steps():
        done = machine.give(command, SAID_TO.get(command, ""))
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        assert is_as_said(machine.moved(ASKED.sub("", said)), done.stdout + done.stderr), (command, done.stdout, done.stderr)


def test_crons_lines_work_from_any_folder_and_a_mail_comes_only_when_something_is_wrong(machine: Machine) -> None:
    backup, copy, doctor = cron_lines()
    assert machine.give("sudo eftertanke migrate --new").returncode == 0
    assert (machine.give(backup).stdout, machine.give("ls").stdout) == ("", "")
    machine.path("/var/lib/eftertanke/eftertanke.sqlite.erased").write_text("")
    assert machine.give(copy).returncode == 0
    names = sorted(file.name for file in machine.path("/var/backups/eftertanke").iterdir())
    assert names == [f"eftertanke-{datetime.now().astimezone():%Y-%m-%d}.sqlite", "eftertanke.sqlite.erased"]
    machine.path("/var/lib/eftertanke/eftertanke.sqlite.erased").unlink()
    assert machine.give(doctor).stdout == ""
    machine.path("/etc/eftertanke/slack_app_token").unlink()
    assert "SLACK_APP_TOKEN" in machine.give(doctor).stdout


def test_the_health_page_answers_as_shown_and_its_figures_are_those_that_the_guide_names(machine: Machine) -> None:
    assert machine.give("sudo eftertanke migrate --new").returncode == 0
    bot = subprocess.Popen([str(machine.word), "run"], stderr=subprocess.PIPE, text=True)
    assert bot.stderr is not None
    lines = []
    while not lines or lines[-1]["event"] != "the bot runs":
        lines.append(json.loads(bot.stderr.readline()))
    (address,) = [line["address"] for line in lines if line["event"] == "the health page"]
    shown = {path: json.loads(body) for path, body in re.findall(r"127\.0\.0\.1:9464(/\w+)\n +(\{.*\})", GUIDE)}
    for path, body in shown.items():
        assert json.loads(page(f"{address.rstrip('/')}{path}")).keys() == body.keys()
    served = set(re.findall(r"^# TYPE (\w+)", page(f"{address.rstrip('/')}/metrics"), re.MULTILINE))
    bot.send_signal(signal.SIGTERM)
    assert bot.wait(PATIENCE) == 0
    bot.stderr.close()
    assert set(METRIC.findall(GUIDE)) - SECRETS == served


def test_the_rules_for_prometheus_are_yaml_and_each_says_what_to_do() -> None:
    scrape, rules = [YAML(typ="safe").load(block) for kind, block in FENCED.findall(GUIDE) if kind == "yaml"]
    assert scrape["scrape_configs"][0]["static_configs"][0]["targets"] == ["127.0.0.1:9464"]
    (group,) = rules["groups"]
    assert len({rule["alert"] for rule in group["rules"]}) == len(group["rules"]) > 10
    assert [rule for rule in group["rules"] if not rule["annotations"]["summary"] or not rule["expr"]] == []
