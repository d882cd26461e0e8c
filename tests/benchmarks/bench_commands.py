"""Measures how long whole commands take.

Each in a process of its own, as people start them, with what it cost.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.migrations import migrate
from bot.seam.actions import ResponseKind
from tests.support.command_line import environment
from tests.support.database import KEY, open_database, unit_of_work
from tests.support.figures import figure
from tests.support.quoting import draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import World, post_of

WHOLE = bool(os.environ.get("LONG"))  # LONG=1: the whole programme with ten times the people too, which takes many minutes
TRIES = 5


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a process cost: real seconds, and the most memory in MB."""

    seconds: float
    megabytes: float


def bot(root: Path, *given: str) -> Cost:
    """Run a command of the bot to its end."""
    return run(root, "-m", "bot", *given)


def run(root: Path, *given: str) -> Cost:
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, *given], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Cost(seconds=time.perf_counter() - begun, megabytes=used.ru_maxrss / 1024)


def test_check_against_an_interpreter_that_does_nothing(root: Path):
    took = min(bot(root, "check").seconds for _ in range(TRIES))
    nothing = min(run(root, "-c", "pass").seconds for _ in range(TRIES))
    figure("check, the whole process", f"{took:.2f} s, {took / nothing:.0f} times `python -c pass`", "under 1 s", met=took < 1)


def test_sixteen_digests_are_exported_as_pages(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Each with quotes, wishes and the promises made until then."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'season.sqlite'}")
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    issue_digests(f"sqlite:///{tmp_path / 'season.sqlite'}", 16)
    tries = [str(tmp_path / str(number)) for number in range(TRIES)]
    took = min(bot(root, "digest", "export", "--all", "--format", "html", "--into", folder).seconds for folder in tries)
    reading = min(bot(root, "digest", "list").seconds for _ in range(TRIES))
    pages = list(Path(tries[0]).glob("*.html"))
    assert len(pages) == 16
    largest = max(file.stat().st_size for file in pages) / 1000
    figure(
        "export of 16 digests as pages, the whole process",
        f"{took:.2f} s, {took / reading:.1f} times `digest list`",
        "under 2 s",
        met=took < 2,
    )
    figure("  the largest page", f"{largest:.0f} kB", "under 60 kB", met=largest < 60)


def issue_digests(url: str, weeks: int) -> None:
    """A database with so many issued digests."""
    with closing(open_database(url)) as database:
        database.keep_private()
        migrate(database.engine)
        with unit_of_work(database) as session:
            world = World(session)
            for week in range(1, weeks + 1):
                digest = draft_with_quotes(world, week=week, wishes=6)
                review_quotes(world, digest)
                post_digest(world, digest, week)
                mark_posted(world, digest)
                promise = world.add_response(
                    digest, post_of(week) + timedelta(days=1), "Vi finder penge til vikarer.", ResponseKind.TAKE_UP
                )
                promise.theme, promise.due_on = "trust", post_of(week + 2).date()


@pytest.mark.timeout(300)
def test_the_whole_randers_programme_is_rehearsed(root: Path):
    cost = bot(root, "rehearse")
    figure("rehearse the whole programme, 214 people: time", f"{cost.seconds:.0f} s", "under 60 s", met=cost.seconds < 60)
    figure("rehearse the whole programme, 214 people: memory", f"{cost.megabytes:.0f} MB", "under 200 MB", met=cost.megabytes < 200)


@pytest.mark.timeout(3600)
def test_ten_times_the_people_take_at_most_twelve_times_as_long(root: Path):
    weeks = [] if WHOLE else ["--weeks", "1"]
    few, many = (bot(root, "rehearse", *weeks, "--participants", number).seconds for number in ("214", "2140"))
    what = f"rehearse {'the whole programme' if WHOLE else 'one week (LONG=1: the whole)'}, 2,140 people"
    figure(what, f"{many:.0f} s, {many / few:.1f} times 214 people's {few:.0f} s", "at most 12 times", met=many <= 12 * few)


def test_make_run_serves_its_page(root: Path, tmp_path: Path):
    """Warm: everything is installed and has been run before."""
    took = min(served(root, tmp_path / str(number)) for number in range(2))
    figure("make run, warm, to a served page", f"{took:.2f} s", "under 3 s", met=took < 3)


def served(root: Path, data: Path) -> float:
    """Seconds from the command to the page. It is run where its data may be made anew."""
    data.mkdir()
    (data / "schedules").symlink_to(root / "schedules")
    command = [sys.executable, "-m", "bot", "run"]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=data, text=True, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        with urllib.request.urlopen(process.stdout.readline().strip()) as page:  # noqa: S310 - our own server
            assert page.status == 200
        return time.perf_counter() - begun
    finally:
        process.terminate()
        process.communicate(timeout=20)
