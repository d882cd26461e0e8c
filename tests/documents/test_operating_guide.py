"""The guide for operators, followed word by word in a folder of its own: its commands are given, and say what stands under them.

Not done here: what asks the network, systemd or Docker, and what needs somebody at a terminal. Root's paths lie in a folder of a test.
Where root tests, the bot's commands are given by another user, with the owners and modes that the guide has set.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import sysconfig
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from ruamel.yaml import YAML

from bot.app.rehearsal.programme_population import population_for
from bot.clock import MovableClock
from bot.health.signs_of_life import ALIVE_WITHIN
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from schedules.programme_file import load_file
from tests.support.command_line import PATIENCE
from tests.support.documents import FENCED, ROOT
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN, serve
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.server import Workspace

GUIDE: Final = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
OF_THE_INSTALLATION: Final = "/(?:opt|etc|var/lib|var/backups)/eftertanke|/usr/local/sbin|/run(?=/eftertanke)|~eftertanke(?=/)"
INSTALLS: Final = re.compile(r"(?:cd|sudo install|sudo rm|sudo eftertanke (?:key|new)) ")
DONE_HERE: Final = re.compile(
    r"sudo eftertanke (?:check|doctor|migrate|backup|restore|key|export|digest list|erase)\b|sudo mv (?:/var/lib/|both)|echo|cd /etc/"
)
SETTINGS: Final = next(block for kind, block in FENCED.findall(GUIDE) if not kind and "DATABASE_URL" in block)
TYPED: Final = {  # the end of a command → what is typed when it waits or asks; in a pipe nothing is asked
    "/.env": SETTINGS,
    "/slack_bot_token": f"{BOT_TOKEN}\n",
    "/slack_app_token": f"{APP_TOKEN}\n",
    "eftertanke erase": "U0NOBODY\n",
}
PACKAGES: Final = sysconfig.get_path("purelib")
OF_THE_BOT: Final = 61234  # a user of no name, who owns nothing else
ASKED: Final = re.compile(r"^The person's member ID in Slack: …\n")
RIGHTS: Final = {  # mode, owner and group
    "/opt/eftertanke/.env": ("0640", "root", "bot"),
    "/etc/eftertanke": ("0750", "root", "bot"),
    "/etc/eftertanke/eftertanke_key": ("0640", "root", "bot"),
    "/etc/eftertanke/slack_bot_token": ("0640", "root", "bot"),
    "/etc/eftertanke/slack_app_token": ("0640", "root", "bot"),
    "/usr/local/sbin/eftertanke": ("0755", "root", "root"),
    "/var/lib/eftertanke": ("0700", "bot", "bot"),
    "/var/lib/eftertanke/schedules": ("0700", "bot", "bot"),
    "/var/lib/eftertanke/schedules/randers-2027.yaml": ("0600", "bot", "bot"),
    "/var/backups/eftertanke": ("0700", "bot", "bot"),
}
METRIC: Final = re.compile(r"\beftertanke_[a-z_]+[a-z]\b")
NO_FIGURES: Final = {"eftertanke_key", "eftertanke_data", "eftertanke_backups"}  # a file and two volumes, which are called as figures are


class Machine:
    """A machine as the guide has installed it, in a folder: what begins with a root of the installation's lies there."""

    def __init__(self, folder: Path, slack: Workspace) -> None:
        python = python_for_others()
        self.folder, self.has_two_users = folder, python is not None
        self.where = folder
        program = self.path("/opt/eftertanke")
        program.mkdir(parents=True)
        for name in ("/usr/local/sbin", "/run", "/etc", "/var/lib", "/var/backups"):
            self.path(name).mkdir(parents=True, exist_ok=True)
        for name in ("bot", "handlers"):
            (program / name).symlink_to(ROOT / name)
        packages = program / ".venv" / Path(PACKAGES).relative_to(sys.prefix)
        for file, target in ((packages, PACKAGES), (program / ".venv" / "bin" / "python", python or sys.executable)):
            file.parent.mkdir(parents=True)
            file.symlink_to(target)
        (program / ".venv" / "pyvenv.cfg").write_text(f"home = {Path(os.path.realpath(python or sys.executable)).parent}\n")
        for name in ("docs/systemd", "schedules"):
            shutil.copytree(ROOT / name, program / name)
        word = program / "docs" / "systemd" / "eftertanke"
        text = self.moved(word.read_text()).replace('"$@"', '"$@" --language en')
        word.write_text(
            re.sub("([re][ug]id)=eftertanke", rf"\1={OF_THE_BOT}", text) if self.has_two_users else re.sub(r"setpriv .*\\\n", "", text)
        )
        self.word = self.path("/usr/local/sbin") / "eftertanke"
        self.install(f"SLACK_API_URL={slack.address}api/\nHEALTH_PORT=0\n")

    def install(self, settings: str) -> None:
        """Section 2 with systemd, as far as it is done here, with settings of this test besides."""
        for command, said in steps("### With systemd", "### With Docker Compose", INSTALLS):
            done = self.give(command, self.moved(typed_to(command)) + (settings if command.endswith("/.env") else ""))
            assert done.returncode == 0, (command, done.stdout, done.stderr)
            assert is_as_said(self.moved(said), done.stdout + done.stderr), (command, done.stdout, done.stderr)
        (programme,) = self.path("/var/lib/eftertanke/schedules").iterdir()
        write_programme(programme.parent, name=programme.name)  # one whose people the workspace has
        self.where = self.path("/elsewhere")
        self.where.mkdir()

    def path(self, name: str) -> Path:
        return self.folder / name.removeprefix("/")

    def rights(self, name: str) -> tuple[str, str, str]:
        """The mode of what lies there, and whose it is. Where nobody else could be somebody, it is whose the guide says."""
        found = self.path(name).stat()
        users = {0: "root", OF_THE_BOT: "bot"}
        owner, group = (users.get(key, str(key)) for key in (found.st_uid, found.st_gid))
        return f"{stat.S_IMODE(found.st_mode):04o}", *((owner, group) if self.has_two_users else RIGHTS.get(name, ("", "bot", "bot"))[1:])

    def moved(self, text: str) -> str:
        """The text with the installation's paths in this folder."""
        return re.sub(OF_THE_INSTALLATION, lambda path: str(self.path(path[0].replace("~eftertanke", "/var/lib/eftertanke"))), text)

    def give(self, command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Give a command, from a folder that has nothing to do with it unless one was entered."""
        here = self.moved(command.replace("sudo eftertanke", "/usr/local/sbin/eftertanke")).replace("sudo ", "")
        if match := re.fullmatch(r"cd (\S+)", here):
            self.where = Path(match[1])
        bots = f"\\1 {OF_THE_BOT}" if self.has_two_users else ""
        here = re.sub("( -[og]) eftertanke", bots, here if self.has_two_users else here.replace(" -o root", ""))
        return subprocess.run(  # noqa: S602 - a line of our own guide
            here,
            shell=True,
            cwd=self.where,
            env={"PATH": os.environ["PATH"]},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )


def python_for_others() -> str | None:
    """A Python by which another user can start the bot; None: only whoever tests can."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    found = [os.path.realpath(sys.executable), shutil.which(version, path="/usr/local/bin:/usr/bin")]
    for python in [python for python in found if python and os.geteuid() == 0]:
        user = ["setpriv", f"--reuid={OF_THE_BOT}", f"--regid={OF_THE_BOT}", "--clear-groups", "env", f"PYTHONPATH={ROOT}:{PACKAGES}"]
        if subprocess.run([*user, python, "-c", "import bot.__main__"], capture_output=True, check=False).returncode == 0:
            return python
    return None


def typed_to(command: str) -> str:
    """What somebody types behind a command."""
    return next((text for end, text in TYPED.items() if command.endswith(end)), "")


pytestmark = pytest.mark.long


@pytest.fixture
def machine() -> Iterator[Machine]:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        folder = Path(name).resolve()
        folder.chmod(0o755)
        population = population_for(load_file(write_programme(folder / "programme")), participants=24)
        with serve(ChatClient(population, MovableClock(datetime.now(UTC))), manifest()) as slack:
            yield Machine(folder, slack)


def page(address: str) -> str:
    """What a page of the bot's own says, also while it says that something is not there yet."""
    try:
        with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - its own address
            return str(answer.read().decode())
    except HTTPError as refused:
        return refused.read().decode()


def steps(begin: str, end: str, done_here: re.Pattern[str]) -> list[tuple[str, str]]:
    """The commands of a part of the guide that can be given here, each with what stands under it."""
    found = []
    for kind, block in FENCED.findall(GUIDE.partition(begin)[2].partition(end)[0]):
        if kind == "console":
            for step in re.split(r"^ *\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, said = step.partition("\n")
                found.append((command, re.sub(r"^ +", "", said, flags=re.MULTILINE).strip()))
    return [(command, said) for command, said in found if done_here.match(command)]


def cron_lines() -> list[str]:
    """What cron would give to a shell, each line with the settings of its file. What asks Docker is left out."""
    blocks = [
        [line.strip() for line in block.splitlines()] for kind, block in FENCED.findall(GUIDE) if kind == "cron" and "docker" not in block
    ]
    given = [
        " ".join([*(f"{line};" for line in block if re.match("[A-Z]+=", line)), line])
        for block in blocks
        for line in block
        if " root " in line
    ]
    return [re.sub(r"(?:\S+ ){5}root ", "", line).replace(r"\%", "%") for line in given]


def is_as_said(said: str, heard: str) -> bool:
    """Whether what was heard holds what the guide shows, with anything in the place of dots."""
    return re.search(re.escape(said).replace("…", "(?s:.*)"), heard) is not None


@pytest.mark.timeout(600)  # seventeen starts, one after the other
def test_the_guides_commands_can_be_given_one_after_the_other_and_say_what_stands_under_them(machine: Machine) -> None:
    commands = steps("## 4. The first start", "## 13.", DONE_HERE)
    assert len(commands) > 14
    for command, said in commands:
        done = machine.give(command, typed_to(command))
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        assert is_as_said(machine.moved(ASKED.sub("", said)), done.stdout + done.stderr), (command, done.stdout, done.stderr)
    assert machine.rights("/etc/eftertanke/eftertanke_key") == ("0640", "root", "bot")


def test_what_the_guide_installs_is_closed_to_all_but_root_and_the_bot(machine: Machine) -> None:
    assert {name: machine.rights(name) for name in RIGHTS} == RIGHTS
    done = machine.give("sudo eftertanke migrate --new")
    assert (done.returncode, done.stderr) == (0, "")  # nothing had to be closed
    assert machine.rights("/var/lib/eftertanke/eftertanke.sqlite") == ("0600", "bot", "bot")


def test_crons_lines_work_from_any_folder_and_a_mail_comes_only_when_something_is_wrong(machine: Machine) -> None:
    backup, copy, doctor = cron_lines()
    assert machine.give("sudo eftertanke migrate --new").returncode == 0
    for line in (backup, copy):
        done = machine.give(line)
        assert (done.stdout, done.stderr, machine.give("ls").stdout) == ("", "", "")
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
    assert set(METRIC.findall(GUIDE)) - NO_FIGURES == served


def test_the_rules_for_prometheus_are_yaml_and_each_says_what_to_do() -> None:
    scrape, rules = [YAML(typ="safe").load(block) for kind, block in FENCED.findall(GUIDE) if kind == "yaml"]
    assert scrape["scrape_configs"][0]["static_configs"][0]["targets"] == ["127.0.0.1:9464"]
    (group,) = rules["groups"]
    assert len({rule["alert"] for rule in group["rules"]}) == len(group["rules"]) > 10
    assert [rule for rule in group["rules"] if not rule["annotations"]["summary"] or not rule["expr"]] == []


def test_whoever_watches_hears_that_it_stands_still_before_it_ends_itself() -> None:
    _, rules = [YAML(typ="safe").load(block) for kind, block in FENCED.findall(GUIDE) if kind == "yaml"]
    (rule,) = [rule for rule in rules["groups"][0]["rules"] if "beat_age" in rule["expr"]]
    waits = 60 * int(rule["for"].removesuffix("m")) + max(map(int, re.findall(r"> (\d+)", rule["expr"])))
    assert waits + 60 < ALIVE_WITHIN  # a minute from one scrape to the next
