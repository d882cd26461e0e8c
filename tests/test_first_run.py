"""A fresh clone holds everything that a newcomer's first command needs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.long  # it clones, builds and starts commands

ROOT = Path(__file__).parent.parent


def told(*command: str, cwd: Path) -> str:
    """What a command says to a pipe, for somebody without a home and without settings. It must succeed."""
    kept = {name: os.environ[name] for name in ("PATH", "GIT_CONFIG_GLOBAL") if name in os.environ}
    environment = kept | {"HOME": "", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout as somebody else gets it."""
    path = tmp_path_factory.mktemp("first") / "eftertanke"
    told("git", "clone", "--quiet", str(ROOT), str(path), cwd=ROOT)
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    told(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), cwd=ROOT)
    [path] = folder.glob("eftertanke-*.whl")
    return path


def targets() -> list[str]:
    return re.findall(r"^([a-z.]+):.*  ## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_the_makefile_has_the_promised_targets():
    assert {"run", ".venv", "test", "check", "bench", "sbom", "audit", "licences", "lock", "clean"} <= set(targets())


@pytest.mark.parametrize("target", targets())
def test_every_target_can_be_made(clone: Path, target: str):
    told("make", "--dry-run", target, cwd=clone)


def test_running_installs_what_running_needs_and_no_more(clone: Path):
    steps = told("make", "--dry-run", "run", cwd=clone)
    assert "--requirement requirements.txt" in steps
    assert "requirements-dev" not in steps


def test_testing_installs_what_testing_needs(clone: Path):
    assert "--requirement requirements-dev.txt" in told("make", "--dry-run", "test", cwd=clone)


def test_everything_is_installed_by_its_hash_into_the_checkouts_own_place(clone: Path):
    steps = [line for line in told("make", "--dry-run", "test", cwd=clone).splitlines() if "install" in line and "pip " in line]
    assert steps
    assert [step for step in steps if not re.match(r"\.venv/bin/python -m pip .*--require-hashes.* >&2$", step)] == []


def test_the_way_to_the_bot_prints_nothing_before_the_bot_does(clone: Path):
    *preparing, last = told("make", "--dry-run", "run", cwd=clone).splitlines()
    assert last == ".venv/bin/python -m bot run "
    assert [step for step in preparing if re.match(r"echo|\.venv", step) and not step.endswith(">&2")] == []


def test_a_second_start_installs_nothing(tmp_path: Path):
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in ("bin/pip", "for-run.stamp", "for-tests.stamp"):
        (tmp_path / ".venv" / name).touch()
    assert told("make", "--dry-run", "run", cwd=tmp_path) == ".venv/bin/python -m bot run \n"


def test_the_checks_of_the_build_are_a_program_that_bash_understands(clone: Path):
    assert os.access(clone / ".ci" / "run", os.X_OK)
    told("bash", "-n", ".ci/run", cwd=clone)


def test_a_bare_clone_checks_its_programmes_with_nothing_prepared(clone: Path):
    assert told(sys.executable, "-m", "bot", "check", cwd=clone).startswith("schedules/randers-2018.yaml: i orden: 16 spørgsmål")


def test_a_bare_clone_makes_its_own_database(clone: Path):
    migrate = (sys.executable, "-m", "bot", "migrate", "--language", "en")
    assert told(*migrate, cwd=clone) == "sqlite:///data/local.sqlite is made.\n"
    assert told(*migrate, cwd=clone) == "sqlite:///data/local.sqlite was up to date already.\n"
    assert (clone / "data" / "local.sqlite").is_file()
    assert told("git", "status", "--porcelain", cwd=clone) == ""


def test_the_wheel_holds_the_three_packages_with_their_data_and_the_command(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"bot", "handlers", "schedules"}
    committed = told("git", "ls-files", "bot", "handlers", "schedules", cwd=ROOT).split()
    assert set(committed) <= set(names)
    [scripts] = [name for name in names if name.endswith("entry_points.txt")]
    assert "eftertanke = bot.__main__:main" in zipfile.ZipFile(wheel).read(scripts).decode()


def test_what_the_wheel_installs_runs_anywhere(wheel: Path, tmp_path: Path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    start = f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r}); from bot.__main__ import main; main(['check'])"
    assert "randers-2018.yaml: i orden: 16 spørgsmål" in told(sys.executable, "-P", "-c", start, cwd=tmp_path)


def test_no_list_of_people_and_no_secret_can_be_committed_by_mistake(clone: Path):
    private = [".env", ".env.old", ".env~", "data/local.sqlite", "people/leaders.csv", "schedules/people/leaders.csv"]
    assert told("git", "check-ignore", *private, cwd=clone).split() == private
