"""Commands given as anybody gives them: in a folder, with a process of its own."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from select import select
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from bot.__main__ import main
from bot.database.places import url_of
from tests.support.command_server import ForkedCommand
from tests.support.programme import write_programme
from tests.support.server_databases import database_for, is_on_server

if TYPE_CHECKING:
    import signal
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
OF_PYTHON = {"COVERAGE_PROCESS_START", "PYTHONHASHSEED"}  # what Python itself reads as it starts
PATIENCE = 110  # seconds; a start takes one or two, but the machine may be busy


def programme_folder(folder: Path, *changes: str) -> Path:
    """A folder with one programme in it, in which texts are exchanged."""
    write_programme(folder / "schedules", *changes)
    return folder


def install(folder: Path) -> Path:
    """The program, installed in a folder: what stands in its `.env` is read, and no developer's is."""
    folder.mkdir(exist_ok=True)
    for room in ("bot", "handlers", "schedules"):
        (folder / room).symlink_to(ROOT / room)
    return folder


@cache
def installation() -> Path:
    """Where the commands of this process are installed, without a `.env`."""
    folder = Path(tempfile.mkdtemp(prefix="installation-"))
    atexit.register(shutil.rmtree, folder)
    return install(folder)


def environment(**settings: str) -> dict[str, str]:
    """The environment of a command: nothing of the machine's but where programs are. Health pages stand side by side at free ports."""
    kept = {name: os.environ[name] for name in ("PATH", "COVERAGE_PROCESS_START", "DATA_DIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(installation()), "HEALTH_PORT": "0", **settings}


def address_in(folder: Path, file: str) -> str:
    """The address of the database of the commands in a folder: this file, or on the tests' server one that is empty at first."""
    return database_for(folder / "data", empty=True) if is_on_server() else url_of(folder / "data" / file)


def environment_in(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    """The environment of a command in a folder: with its database, where that is on the tests' server."""
    if not is_on_server() or {"DATABASE_URL", "PYTHONPATH"} & settings.keys():  # another installation has settings of its own
        return environment(**settings)
    return environment(DATABASE_URL=address_in(folder, ""), **settings)


def start_command(folder: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    """A command that is under way; forked from a server, unless its settings or the machine need a Python of its own."""
    variables = environment_in(folder, settings)
    if sys.platform == "linux" and variables.keys().isdisjoint(OF_PYTHON) and variables["PYTHONPATH"] == str(installation()):
        return ForkedCommand(folder, arguments, variables)
    return start_python(folder, *arguments, **settings)


def start_python(folder: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    """A command that is under way, started as anybody starts it."""
    command = [sys.executable, "-m", "bot", *arguments]
    pipe = subprocess.PIPE
    variables = environment_in(folder, settings)
    return subprocess.Popen(command, cwd=folder, env=variables, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")


def run_command(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command that has come to its end, with what it said."""
    return finish(start_command(folder, *arguments, **settings))


@dataclass(frozen=True, kw_only=True)
class Called:
    """What came of a command that was called in this process."""

    exit_code: int | str | None
    stdout: str
    stderr: str


def call(*arguments: str) -> Called:
    """Call a command in this process, as its front door is called."""
    said, logged = (TextIOWrapper(BytesIO(), "utf-8", newline="", write_through=True) for _ in range(2))
    with redirect_stdout(said), redirect_stderr(logged), pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = (stream.buffer.getvalue().decode() for stream in (said, logged))
    return Called(exit_code=ended.value.code, stdout=out, stderr=err)


def finish(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    """Wait for a command's end; one that never ends is killed, and fails the test."""
    try:
        said, logged = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return subprocess.CompletedProcess(process.args, process.returncode, said, logged)


@dataclass(frozen=True, kw_only=True)
class RunningBot:
    """A bot that runs on the local workspace: `first` is the first line that it said."""

    process: subprocess.Popen[str]
    first: str

    @property
    def port(self) -> int:
        return int(self.first.rstrip("/\n").rpartition(":")[2])

    def page(self, person: str = "") -> str:
        """The page, as a person sees it."""
        with urlopen(f"{self.first.strip()}?{urlencode({'person': person})}", timeout=PATIENCE) as answer:  # noqa: S310 - its own address
            return str(answer.read().decode())

    def post(self, what: str) -> None:
        """Press one of the page's buttons that belong to nobody."""
        (token,) = set(re.findall(r'name="token" value="([^"]+)"', self.page()))
        with urlopen(f"{self.first.strip()}act/{what}", urlencode({"token": token}).encode(), timeout=PATIENCE):  # noqa: S310 - likewise
            pass

    def leave(self, how: signal.Signals) -> subprocess.CompletedProcess[str]:
        """Ask it to end, and wait until it has."""
        self.process.send_signal(how)
        return finish(self.process)


@contextmanager
def running_bot(folder: Path, **settings: str) -> Iterator[RunningBot]:
    """`run`, from the moment it has said something until the test is over."""
    process = start_command(folder, "run", **{"HTTP_PORT": "0", **settings})
    try:
        assert process.stdout is not None
        assert select([process.stdout], [], [], PATIENCE)[0], "it said nothing"
        yield RunningBot(process=process, first=process.stdout.readline())
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
