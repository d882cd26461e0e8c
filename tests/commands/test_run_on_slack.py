"""A bot on Slack says what it does and leaves in order, even without disk space or database."""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.app.rehearsal.programme_population import population_for
from bot.clock import MovableClock
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.admin import change_channel
from bot.workspace.client.person import ChatClient
from schedules.programme_file import load_file
from tests.support.bot_on_slack import BotOnSlack, bot_on_slack, wait_for_people
from tests.support.command_line import finish, programme_folder
from tests.support.local_slack import START, serve
from tests.support.log_calls import log_lines
from tests.support.rows import hold

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from bot.workspace.server import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return programme_folder(tmp_path)


@pytest.fixture
def slack(folder: Path) -> Iterator[Workspace]:
    population = population_for(load_file(folder / "schedules" / "landsby.yaml"), participants=24)
    with serve(ChatClient(population, MovableClock(START)), manifest()) as workspace:
        yield workspace


@pytest.fixture
def bot(folder: Path, slack: Workspace) -> Iterator[BotOnSlack]:
    with bot_on_slack(folder, slack) as bot:
        yield bot


def leave_though_the_signal_wakes_nobody(bot: BotOnSlack) -> subprocess.CompletedProcess[str]:
    """It may come just before the main thread falls asleep: as if it came to another thread."""
    time.sleep(0.2)  # asleep by now
    *_, another = sorted(int(task.name) for task in Path(f"/proc/{bot.process.pid}/task").iterdir())
    assert ctypes.CDLL(None).tgkill(bot.process.pid, another, signal.SIGTERM) == 0
    return finish(bot.process)


def fill_disk(bot: BotOnSlack) -> None:
    """No file of the bot can grow or be written any more."""
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def test_a_healthy_bot_says_what_it_runs_and_on_what_and_nothing_of_anybody(bot: BotOnSlack, folder: Path, slack: Workspace) -> None:
    assert bot.log_until("the database")["database"] in {"sqlite:///data/eftertanke.sqlite", bot.url}
    assert bot.log_until("the programme that runs")["programme"] == "landsbyen-2018"
    bot.log_until("the bot runs")
    left = bot.leave()
    assert (left.returncode, left.stdout) == (0, "")
    assert [json.loads(line)["event"] for line in left.stderr.splitlines()] == ["the bot has stopped"]
    assert not {member.name for member in slack.chat.members()} & set(left.stderr.split('"'))
    again = BotOnSlack(folder, slack)
    again.log_until("the bot runs")
    assert leave_though_the_signal_wakes_nobody(again).returncode == 0


def test_a_bot_that_has_run_before_starts_though_a_channel_is_away(bot: BotOnSlack, folder: Path, slack: Workspace) -> None:
    bot.log_until("the bot runs")
    wait_for_people(bot)
    assert bot.leave().returncode == 0
    channel = slack.chat.state.channels[load_file(folder / "schedules" / "landsby.yaml").digest.channel]
    change_channel(slack.chat, replace(channel, is_archived=True))
    again = BotOnSlack(folder, slack)
    again.log_until("the bot runs")
    assert again.leave().returncode == 0


@pytest.mark.sqlite  # a server's disk is not the bot's
def test_on_a_full_disk_a_bot_that_is_asked_to_leave_says_so_in_a_sentence_and_leaves(bot: BotOnSlack) -> None:
    bot.log_until("the bot runs")
    wait_for_people(bot)
    fill_disk(bot)
    assert bot.log_until("failed")["fault"] == "database"
    left = bot.leave()
    assert (left.returncode, left.stdout) == (0, "")
    assert "Traceback" not in left.stderr
    *_, sentence, end = [json.loads(line)["event"] for line in left.stderr.splitlines()]
    assert sentence.startswith("the database could not be written at the end: nothing is lost")
    assert end == "the bot has stopped"


def test_a_bot_whose_database_is_held_by_another_leaves_within_seconds(bot: BotOnSlack) -> None:
    bot.log_until("the bot runs")
    with hold(bot.url):
        assert bot.log_until("failed")["fault"] == "database"
        left = bot.leave()
    assert (left.returncode, left.stdout) == (0, "")
    assert "Traceback" not in left.stderr
    assert sum("the database could not be written" in line for line in left.stderr.splitlines()) == 1


def test_every_line_of_a_real_log_has_the_shape_and_the_sentence_that_the_page_tells(bot: BotOnSlack) -> None:
    bot.log_until("the bot runs")
    with hold(bot.url):
        bot.log_until("failed")
        left = bot.leave()
    lines = [*bot.lines, *map(json.loads, left.stderr.splitlines())]
    fields = {line.event: line.fields for line in log_lines()}
    shape = {"event", "level", "logger", "timestamp"}
    assert [line for line in lines if not shape <= line.keys() or line.keys() - shape - fields[line["event"]]] == []
    assert {"connected to Slack", "the workspace"} <= {line["event"] for line in lines}, "lines of plain loggers are among them"
