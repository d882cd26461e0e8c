"""A bot that runs tells how it does, and one that hangs is ended, so that it can be started anew."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.commands.test_run_on_slack import bot, folder, slack
from tests.support.bot_on_slack import bot_on_slack
from tests.support.command_line import PATIENCE, environment_in, run_command, running_bot
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workspace.server import Workspace
    from tests.support.bot_on_slack import BotOnSlack

__all__ = ["bot", "folder", "slack"]  # fixtures
PATHS = ("healthz", "readyz", "metrics")
STUCK = """
import sys
from bot.health import health, watchdog
from schedules.heartbeat import Heartbeat
import threading

beat_as_ever = Heartbeat.beat

def beat_and_hang(self, stop=None):
    beat_as_ever(self, stop)
    threading.Event().wait()  # planted: a beat that never ends

Heartbeat.beat = beat_and_hang
health.Watchdog = lambda signs, manager, told_every: watchdog.Watchdog(signs, manager, within=4.0, told_every=told_every)
from bot.__main__ import main
main(["run"])
"""


def page_of(bot: BotOnSlack) -> str:
    return str(bot.log_until("the health page")["address"])


def ask(address: str) -> tuple[int, bytes]:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - the bot's own address
            return answer.status, answer.read()
    except HTTPError as refusal:
        return refusal.code, refusal.read()


def wait_until_ready(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while ask(f"{address}readyz")[0] != 200:
        assert time.monotonic() < end, ask(f"{address}readyz")
        time.sleep(0.1)


def test_a_bot_on_slack_is_alive_at_once_ready_when_it_works_and_unready_without_slack(bot: BotOnSlack, slack: Workspace):
    address = page_of(bot)
    assert address.startswith("http://127.0.0.1:")
    assert ask(f"{address}healthz")[0] == 200
    bot.log_until("the bot runs")
    wait_until_ready(address)
    text = ask(f"{address}metrics")[1].decode()
    assert "\neftertanke_connections_total 1.0\n" in text
    assert not {member.name for member in slack.chat.members()} & set(re.split(r'[" ]', text))
    slack.stop()
    end = time.monotonic() + PATIENCE
    while ask(f"{address}readyz")[0] != 503:
        assert time.monotonic() < end
        time.sleep(0.1)
    said = json.loads(ask(f"{address}readyz")[1])
    assert (said["connected"], said["database"]) == (False, True)
    assert ask(f"{address}healthz")[0] == 200
    assert bot.leave().returncode == 0


def test_systemd_hears_that_the_bot_is_ready_when_it_runs_and_not_before(folder: Path, slack: Workspace, tmp_path: Path):
    slack.faults.crash("auth.test")
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(0)
        with bot_on_slack(folder, slack, NOTIFY_SOCKET=systemd.getsockname()) as bot:
            bot.log_until("Slack")
            with pytest.raises(BlockingIOError):
                systemd.recv(1000)
            bot.log_until("the bot runs")
            assert systemd.recv(1000).startswith(b"READY=1\n")


def test_a_busy_port_stops_the_start_on_slack_with_its_cure(folder: Path, slack: Workspace):
    tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": f"{slack.address}api/"}
    assert run_command(folder, "migrate", "--new", **tokens).returncode == 0
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        ended = run_command(folder, "run", **tokens, HEALTH_PORT=str(port))
    assert ended.returncode == 1
    assert f"127.0.0.1, port {port}" in ended.stderr
    assert "HEALTH_PORT" in ended.stderr


def test_on_the_local_workspace_the_next_port_is_taken_and_the_public_one_serves_none_of_it(folder: Path):
    with closing(socket.create_server(("127.0.0.1", 0))) as other, running_bot(folder, HEALTH_PORT=str(other.getsockname()[1])) as bot:
        for path in PATHS:
            assert ask(f"{bot.first.strip()}{path}")[0] == 404
        left = bot.leave(signal.SIGTERM)
        port = other.getsockname()[1]
    (address,) = [line["address"] for line in map(json.loads, left.stderr.splitlines()) if line["event"] == "the health page"]
    assert int(address.rstrip("/").rpartition(":")[2]) != port
    assert left.returncode == 0


def test_a_bot_whose_beat_hangs_ends_and_says_where(folder: Path, slack: Workspace):
    tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": f"{slack.address}api/"}
    assert run_command(folder, "migrate", "--new", **tokens).returncode == 0
    started, variables = [sys.executable, "-c", STUCK], environment_in(folder, {**tokens, "HEALTH_PORT": "0"})
    ended = subprocess.run(started, cwd=folder, env=variables, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.returncode == 1
    said, _, places = ended.stderr.partition("Timeout (")
    assert "the bot runs" in said
    assert "in beat_and_hang" in places
    assert not {member.name for member in slack.chat.members()} & set(places.split('"'))
