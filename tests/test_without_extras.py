"""A machine on Slack has what requirements-production.txt names, and needs no more."""

from __future__ import annotations

import ast
import json
import re
import sys
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

import pytest
from packaging.utils import canonicalize_name

from bot.__main__ import VERBS
from tests.commands.test_run_on_slack import folder, slack
from tests.support.bot_on_slack import BotOnSlack
from tests.support.command_line import ROOT, installation, run_command

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workspace.server import Workspace

__all__ = ["folder", "slack"]  # fixtures

pytestmark = pytest.mark.long

CURE = ".venv/bin/python -m pip install --require-hashes -r requirements.txt"
BARE_PYTHON = """
import atexit, json, sys

ABSENT = set({absent})

class Nowhere:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Nowhere())
atexit.register(lambda: open({loaded!r}, "w").write(json.dumps(sorted(sys.modules))))
"""


def installed_in_production() -> set[str]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==", (ROOT / "requirements-production.txt").read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(name) for name in pins}


def packages_of(*, production: bool) -> set[str]:
    """What can be imported from the packages that production has, or from all others."""
    pinned, own = installed_in_production(), {"bot", "handlers", "schedules", "_distutils_hack"}  # the last comes with each venv
    owners = packages_distributions().items()
    there = {name for name, names in owners if any(canonicalize_name(dist) in pinned for dist in names)}
    return there if production else {name for name, _ in owners} - there - own


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """Settings of a command in whose Python nothing is installed but what production has."""
    (tmp_path / "bare").mkdir()
    absent = sorted(packages_of(production=False))
    text = BARE_PYTHON.format(absent=absent, loaded=str(tmp_path / "loaded.json"))
    (tmp_path / "bare" / "sitecustomize.py").write_text(text, "utf-8")
    return {"PYTHONPATH": f"{tmp_path / 'bare'}:{installation()}"}


def loaded(tmp_path: Path) -> set[str]:
    return {name.partition(".")[0] for name in json.loads((tmp_path / "loaded.json").read_text("utf-8"))}


def test_the_web_packages_are_not_in_production() -> None:
    assert packages_of(production=False) >= {
        "starlette",
        "uvicorn",
        "sse_starlette",
        "jinja2",
        "httptools",
        "websockets",
        "anyio",
        "pytest",
    }
    assert packages_of(production=True) >= {"slack_bolt", "sqlalchemy", "icalendar", "prometheus_client", "typer"}


def test_run_on_slack_starts_and_leaves_without_the_web_packages(
    folder: Path, slack: Workspace, bare: dict[str, str], tmp_path: Path
) -> None:
    bot = BotOnSlack(folder, slack, **bare)
    bot.log_until("the bot runs")
    assert bot.leave().returncode == 0
    assert "slack_bolt" in loaded(tmp_path)
    assert loaded(tmp_path) & packages_of(production=False) == set()


def test_every_command_is_there_without_the_web_packages(folder: Path, bare: dict[str, str]) -> None:
    told = run_command(folder, "--help", **bare)
    assert told.returncode == 0, told.stderr
    assert [verb for verb in VERBS if not re.search(rf"^ +{verb} ", told.stdout, re.MULTILINE)] == []


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("preview",),
        ("preview", "--ics"),
        ("plan",),
        ("new", "schedules/landsby.yaml", "--from", "2031-08-19"),
        ("manifest",),
        ("key", "new"),
        ("migrate", "--new"),
    ],
    ids=" ".join,
)
def test_commands_for_slack_work_without_the_web_packages(folder: Path, bare: dict[str, str], command: tuple[str, ...]) -> None:
    told = run_command(folder, *command, **bare)
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("command", ["rehearse", "run"])
@pytest.mark.parametrize(
    ("language", "why"), [("da", "kræver pakker, som ikke er installeret her"), ("en", "packages that are not installed")]
)
def test_what_needs_them_names_the_command_that_installs_them(
    folder: Path, bare: dict[str, str], command: str, language: str, why: str
) -> None:
    told = run_command(folder, "--language", language, command, **bare)
    assert (told.returncode, told.stdout) == (1, "")
    [line] = [line for line in told.stderr.splitlines() if "pip install" in line]
    assert why in line
    assert line.endswith(CURE)
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("language", "why"), [("da", "kræver pakken psycopg, som ikke er installeret her"), ("en", "needs the package psycopg, which is not")]
)
@pytest.mark.parametrize("command", [("migrate", "--new"), ("doctor",), ("copy-database", "sqlite:///a.sqlite", "postgresql://db/b")])
def test_an_address_on_a_server_names_the_command_that_installs_its_driver(
    folder: Path, tmp_path: Path, command: tuple[str, ...], language: str, why: str
) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "sitecustomize.py").write_text("import sys\nsys.modules['psycopg'] = None\n", "utf-8")
    python = {"PYTHONPATH": f"{tmp_path / 'bare'}:{installation()}", "DATABASE_URL": "postgresql://anna:s3cr3t@db/eftertanke"}
    told = run_command(folder, "--language", language, *command, **python)
    said = " ".join((told.stdout + told.stderr).split())
    assert told.returncode == 1
    assert why in said
    assert CURE.replace("requirements.txt", "requirements-production.txt") in said
    assert "Traceback" not in said
    assert "s3cr3t" not in said


def outside_imports(path: Path) -> set[str]:
    """The packages that a module imports, wherever in it it does so, also for types only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"bot", "handlers", "schedules"}


def test_all_that_is_imported_outside_the_local_workspace_is_in_production() -> None:
    there = packages_of(production=True)
    modules = [path for room in ("bot", "handlers", "schedules") for path in (ROOT / room).rglob("*.py")]
    beside_the_workspace = [path for path in modules if not path.is_relative_to(ROOT / "bot" / "workspace")]
    assert len(beside_the_workspace) > 200
    assert {path.name: missing for path in beside_the_workspace if (missing := outside_imports(path) - there)} == {}
