"""Asked to leave at any moment, the bot is gone within ten seconds, and nothing is lost."""

from __future__ import annotations

import signal
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from bot.app.rehearsal.programme_population import population_for
from bot.clock import WallClock
from bot.platforms.slack.manifest import manifest
from bot.sending.lease import NOBODY
from bot.workspace.client.person import ChatClient
from schedules.programme_file import load_file
from tests.support.bot_on_slack import (
    BotOnSlack,
    bot_on_slack,
    states,
    times_written_to,
    wait_for_first_beat,
    wait_for_people,
    wait_for_state,
    wait_until_all_is_said,
    write_to_everybody,
)
from tests.support.command_line import PATIENCE, finish, programme_folder
from tests.support.local_slack import serve
from tests.support.rows import hold, write_rows
from tests.support.slack_platform import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.workspace.client.ack import Ack

    from bot.workspace.server import Workspace

WITHIN, HANGS = 10.0, 15.0  # seconds
UNFINISHED = "the bot has stopped with something under way"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return programme_folder(tmp_path)


@pytest.fixture
def slack(folder: Path) -> Iterator[Workspace]:
    population = population_for(load_file(folder / "schedules" / "landsby.yaml"), participants=24)
    with serve(ChatClient(population, WallClock()), manifest()) as workspace:
        yield workspace


@pytest.fixture
def bot(folder: Path, slack: Workspace) -> Iterator[BotOnSlack]:
    with bot_on_slack(folder, slack) as bot:
        bot.log_until("the bot runs")
        wait_for_first_beat(bot)
        yield bot


def wait_for_call(slack: Workspace, method: str) -> None:
    """Wait until the last call that is to hang has come."""
    wait_until(lambda: not slack.faults._waiting[method], within=PATIENCE)


def leave_in_time(bot: BotOnSlack) -> list[str]:
    """Leave, and give what was logged meanwhile."""
    leave = bot.leave_timed()
    print(f"{leave.seconds:.1f} s, exit code {leave.code}: {leave.events}")
    assert leave.code == 0
    assert leave.seconds < WITHIN
    return leave.events


def test_an_idle_bot_leaves_at_once(bot: BotOnSlack) -> None:
    assert leave_in_time(bot)[-1] == "the bot has stopped"


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open", "conversations.info"])
def test_a_bot_that_still_waits_for_slack_leaves(folder: Path, slack: Workspace, method: str) -> None:
    slack.faults.slow(method, seconds=HANGS)
    with bot_on_slack(folder, slack) as bot:
        wait_for_call(slack, method)
        assert leave_in_time(bot)[-1].startswith("the bot has stopped")


def test_a_bot_that_cannot_reach_slack_yet_leaves(folder: Path, slack: Workspace) -> None:
    slack.faults.crash("auth.test", times=100)
    with bot_on_slack(folder, slack) as bot:
        bot.log_until("Slack")
        assert leave_in_time(bot) == ["the bot has stopped"]


def test_calls_without_an_answer_are_looked_for_and_nobody_is_written_to_twice(folder: Path, slack: Workspace, bot: BotOnSlack) -> None:
    slack.faults.slow("chat.postMessage", seconds=HANGS, times=5)
    addresses = write_to_everybody(bot)
    wait_for_state(bot, "sending", 5)
    wait_for_call(slack, "chat.postMessage")
    assert leave_in_time(bot)[-1].startswith(UNFINISHED)
    assert {"pending", "unknown"} <= states(bot).keys() <= {"pending", "unknown", "sent"}  # a sixth call had been answered
    slack.faults.clear()
    write_rows(bot.url, "UPDATE leases SET holder = :nobody", [{"nobody": NOBODY}])  # else the heir waits until it is taken for gone
    with bot_on_slack(folder, slack) as heir:
        wait_until_all_is_said(heir)
        assert times_written_to(slack, addresses) == {1: len(addresses)}


def test_a_list_of_people_that_does_not_come_keeps_nobody(folder: Path, slack: Workspace) -> None:
    slack.faults.slow("users.list", seconds=HANGS)
    with bot_on_slack(folder, slack) as bot:
        wait_for_call(slack, "users.list")
        bot.log_until("the bot runs")
        assert leave_in_time(bot)[-1].startswith(UNFINISHED)
    with bot_on_slack(folder, slack) as heir:
        wait_for_people(heir)


def test_a_payload_under_way_is_answered_and_what_comes_later_is_not_half_done(slack: Workspace, bot: BotOnSlack) -> None:
    person = slack.chat.members()[0].id
    slack.faults.slow("views.publish", seconds=1.5, times=1)
    acks: list[Ack] = []
    opening = Thread(target=lambda: acks.append(slack.chat.open_home(person)))
    opening.start()
    wait_for_call(slack, "views.publish")
    events = leave_in_time(bot)
    opening.join()
    assert events[-1] == "the bot has stopped"
    assert [ack.ok for ack in acks] == [True]


def test_while_another_writes_its_database_a_bot_leaves(bot: BotOnSlack) -> None:
    with hold(bot.url):
        assert leave_in_time(bot)[-1] == "the bot has stopped"


def test_a_second_signal_ends_it_at_once(slack: Workspace, bot: BotOnSlack) -> None:
    slack.faults.slow("chat.postMessage", seconds=HANGS, times=5)
    write_to_everybody(bot)
    wait_for_state(bot, "sending", 5)
    bot.process.send_signal(signal.SIGINT)
    wait_until(lambda: not slack.socket_mode.connected, within=PATIENCE)  # it has heard the first one
    bot.process.send_signal(signal.SIGINT)
    assert finish(bot.process).returncode == 128 + signal.SIGINT  # in order it would end with 0


def test_told_to_leave_in_the_middle_of_a_fan_out_it_forgets_nobody(folder: Path, slack: Workspace, bot: BotOnSlack) -> None:
    addresses = write_to_everybody(bot)
    wait_for_state(bot, "sent", 5)
    leave_in_time(bot)
    assert 0 < states(bot)["sent"] < len(addresses)
    with bot_on_slack(folder, slack) as heir:
        wait_until_all_is_said(heir)
        assert times_written_to(slack, addresses) == {1: len(addresses)}
        leave_in_time(heir)
