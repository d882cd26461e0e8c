"""Measures what it costs that the bot runs and is watched: idle, and while it sends."""

from __future__ import annotations

import os
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from bot.app.rehearsal.programme_population import population_for
from bot.clock import MovableClock
from bot.health.page import HealthPage
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from schedules.programme_file import load_file
from tests.benchmarks.bench_latency import ASKED, bot, fan_out
from tests.benchmarks.processes import workspace_process
from tests.support.bot_on_slack import BotOnSlack
from tests.support.command_line import start_python
from tests.support.database import KEY
from tests.support.figures import figure, percentile
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN, START, serve
from tests.support.running_clock import RunningClock
from tests.support.world import DAY, OPENS

IDLE_FOR = 30.0  # seconds
SCRAPES = 40
TRIES = 5
OF_SLACK = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "EFTERTANKE_KEY": KEY}


def seconds_used(pid: int) -> float:
    """The processor time of a process, and of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int, what: str) -> float:
    """The memory of a process, its own and shared: now (`VmRSS`), or at its highest (`VmHWM`)."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(status.partition(f"{what}:")[2].split()[0]) / 1024


def scrape(address: str) -> float:
    """Seconds that monitoring waits for the figures."""
    began = time.perf_counter()
    with urllib.request.urlopen(f"{address}metrics") as answer:  # noqa: S310 - our own page
        assert b"eftertanke_ready" in answer.read()
    return time.perf_counter() - began


def slowest(folder: Path, command: str, tries: int = TRIES, **settings: str) -> float:
    """Seconds that a command takes from its start to its end, the longest of some."""
    took = []
    for _ in range(tries):
        began = time.perf_counter()
        assert "Traceback" not in start_python(folder, command, **settings).communicate()[1]
        took.append(time.perf_counter() - began)
    return max(took)


def figure_of_doctor(where: str, took: float, check: float) -> None:
    figure(f"doctor {where}, the slowest of {TRIES}", f"{took:.2f} s, {took / check:.1f} times `check`", "under 3 s", met=took < 3)


@pytest.mark.timeout(240)
def test_a_bot_on_slack_that_has_nothing_to_do(root: Path, tmp_path: Path):
    """As it is started on a machine, with health on, and with the programme of 214 people."""
    (tmp_path / "schedules").symlink_to(root / "schedules")
    population = population_for(load_file(root / "schedules" / "randers-2018.yaml"), participants=214)
    with serve(ChatClient(population, MovableClock(START)), manifest()) as slack:
        bot = BotOnSlack(tmp_path, slack, start=start_python)
        address = str(bot.log_until("the health page")["address"])
        bot.log_until("the bot runs")
        time.sleep(10)  # it reads the lists and its dictionaries first
        before = seconds_used(bot.process.pid)
        time.sleep(IDLE_FOR)
        share = (seconds_used(bot.process.pid) - before) / IDLE_FOR
        memory, highest = (megabytes(bot.process.pid, what) for what in ("VmRSS", "VmHWM"))
        took = percentile([scrape(address) for _ in range(SCRAPES)], 0.95)
        check = slowest(tmp_path, "check")
        figure_of_doctor(
            "while the bot has nothing to do", slowest(tmp_path, "doctor", **OF_SLACK, SLACK_API_URL=f"{slack.address}api/"), check
        )
        with socket.create_server(("127.0.0.1", 0)) as silent:
            nobody = f"http://127.0.0.1:{silent.getsockname()[1]}/api/"
            figure_of_doctor("without a network", slowest(tmp_path, "doctor", **OF_SLACK, SLACK_API_URL=nobody), check)
        assert bot.leave().returncode == 0
    figure("a bot on Slack with nothing to do: processor", f"{share:.2%}", "under 1 %", met=share < 0.01)
    figure("a bot on Slack with nothing to do: memory", f"{memory:.0f} MB, {highest:.0f} at its highest", "under 150 MB", met=memory < 150)
    figure("a scrape of it", f"{1000 * took:.1f} ms (19 in 20)", "under 50 ms", met=took < 0.05)


@pytest.mark.timeout(240)
def test_a_scrape_and_doctor_in_the_midst_of_a_fan_out(root: Path, tmp_path: Path):
    clock = RunningClock(OPENS - DAY)
    (tmp_path / "schedules").symlink_to(root / "schedules")
    check = slowest(tmp_path, "check")
    with (
        workspace_process(root, ASKED) as workspace,
        bot(root, f"sqlite:///{tmp_path / 'bot.sqlite'}", workspace.address, clock, None) as engine,
    ):
        page = HealthPage(engine.vitals, engine.signs)
        address = page.open("127.0.0.1", 0)
        engine.heartbeat.beat()
        idle = percentile([scrape(address) for _ in range(SCRAPES)], 0.95)
        workspace.told("limit 100000")
        with fan_out(engine) as sending:
            while len(workspace.told("posts")[0]) < ASKED // 10:
                time.sleep(0.01)
            during = percentile([scrape(address) for _ in range(SCRAPES)], 0.95)
            settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'bot.sqlite'}", "SLACK_API_URL": f"{workspace.address}api/"}
            doctor = slowest(tmp_path, "doctor", **OF_SLACK, **settings)
            still = sending.is_alive()
        page.close()
    figure_of_doctor("in the midst of a fan-out to 2,000" + ("" if still else " (it was over)"), doctor, check)
    told = f"{1000 * during:.1f} ms, {during / idle:.1f} times that of an idle bot" + ("" if still else " (it was over)")
    figure("a scrape in the midst of a fan-out to 2,000 (19 in 20)", told, "under 50 ms", met=during < 0.05 and still)
