"""A process without signs of life ends, with its places and nothing else; systemd hears how the bot does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.health.health import Health
from bot.health.signs_of_life import SignsOfLife
from bot.health.watchdog import ServiceManager, Watchdog
from bot.settings import service_manager
from tests.health.test_signs_of_life import Seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
STUCK = """
import threading, time
from bot.health.signs_of_life import Sign, SignsOfLife
from bot.health.watchdog import ServiceManager, Watchdog

signs = SignsOfLife()
Watchdog(signs, ServiceManager(""), within=1.0).start()
name_of_somebody = "Anemone"
for _ in range(10):
    signs.note(Sign.BEAT)
    signs.note(Sign.DELIVERY)
    time.sleep(0.2)
print("lived", flush=True)

def hang_in_a_beat():
    {hang}

hang_in_a_beat()
"""


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    """What systemd listens on."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(20)
        yield listening


def heard(listening: socket.socket) -> str:
    return listening.recv(1000).decode()


@pytest.mark.long
@pytest.mark.parametrize(
    "hang",
    ["threading.Lock().acquire() and threading.Event().wait()", "import re; re.match('(a*)*b', 'a' * 40)"],
    ids=["waits", "computes"],
)
def test_a_process_that_hangs_ends_with_the_places_of_its_threads_and_no_names(hang: str):
    """Also where it holds the interpreter's lock, so that no thread of Python could end it."""
    command = [sys.executable, "-c", STUCK.format(hang=hang)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (1, "lived\n")
    assert ended.stderr.startswith("Timeout (0:00:0")
    assert "in hang_in_a_beat" in ended.stderr
    assert "Anemone" not in ended.stderr


def test_systemd_hears_that_the_bot_is_ready_lives_and_stops(systemd: socket.socket):
    health = Health(lambda: None, SignsOfLife(), service_manager=(systemd.getsockname(), 0.2))
    health.open("127.0.0.1", 0)
    health.start("landsbyen-2018")
    assert heard(systemd) == "READY=1\nSTATUS=the programme landsbyen-2018 runs"
    assert heard(systemd) == heard(systemd) == heard(systemd) == "WATCHDOG=1"
    health.stop()
    said = heard(systemd)
    while said == "WATCHDOG=1":
        said = heard(systemd)
    assert said == "STOPPING=1\nSTATUS=stops"
    health.close()


def test_without_signs_of_life_systemd_is_not_told_that_it_lives(systemd: socket.socket):
    seconds = Seconds()
    watchdog = Watchdog(SignsOfLife(seconds), ServiceManager(systemd.getsockname()), within=50.0)
    seconds.passed += 50
    watchdog.look()
    assert heard(systemd) == "STATUS=no sign of life"


def test_a_manager_that_does_not_listen_keeps_nobody(tmp_path: Path):
    for address in ("", str(tmp_path / "nobody"), "@nobody-listens-here"):
        ServiceManager(address).tell("READY=1")


def test_what_systemd_asks_for_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    for name in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"):
        monkeypatch.delenv(name, raising=False)
    assert service_manager() == ("", 0)
    monkeypatch.setenv("NOTIFY_SOCKET", "/run/systemd/notify")
    monkeypatch.setenv("WATCHDOG_USEC", "30000000")
    assert service_manager() == ("/run/systemd/notify", 30)
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid() + 1))  # meant for another process
    assert service_manager() == ("/run/systemd/notify", 0)
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    monkeypatch.setenv("WATCHDOG_USEC", "soon")
    assert service_manager() == ("/run/systemd/notify", 0)
