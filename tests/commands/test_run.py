"""The bot starts with one line, keeps what happened, and leaves when it is asked to."""

from __future__ import annotations

import re
import signal
import socket
import time
from typing import TYPE_CHECKING

import pytest

from bot.clock import MovableClock
from bot.database.places import file_of
from bot.workspace.client.person import ChatClient
from tests.support.command_line import PATIENCE, RunningBot, address_in, programme_folder, run_command, running_bot
from tests.support.database import KEY
from tests.support.local_slack import START, manifest, population, serve
from tests.support.rows import write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.workspace.server import Workspace

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\n")
CLOCK = re.compile(r'<time datetime="([^"]+)"')
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1234567890-somebody", "SLACK_APP_TOKEN": "xapp-1-1234567890-somebody"}


def clock(bot: RunningBot) -> str:
    (shown,) = CLOCK.findall(bot.page())
    return str(shown)[:16]  # to the minute


def a_leader(bot: RunningBot) -> str:
    """The first person that the page offers to be."""
    return re.findall(r'name="person" value="([^"]+)"', bot.page())[0]


def waited_for(bot: RunningBot, person: str, *words: str) -> bool:
    """Whether any of some words come to stand on a person's page, and the clock then stands still."""
    end = time.monotonic() + PATIENCE
    while (not any(word in (page := bot.page(person)) for word in words) or 'id="stop"' in page) and time.monotonic() < end:
        time.sleep(0.1)
    return any(word in page for word in words)


@pytest.fixture(scope="module")
def slack() -> Iterator[Workspace]:
    """A Slack that knows neither token."""
    with serve(ChatClient(population(), MovableClock(START)), manifest()) as workspace:
        yield workspace


def test_what_happened_is_found_again_after_leaving_by_either_signal(tmp_path: Path) -> None:
    folder = programme_folder(tmp_path)
    with running_bot(folder, PYTHONHASHSEED="random") as bot:  # a Python of its own, as `make run` starts it
        assert ADDRESS.fullmatch(bot.first)
        before, leader = clock(bot), a_leader(bot)
        assert waited_for(
            bot, leader, "Velkomsten går ud", "En besked, der ventede, går ud"
        )  # people have been read, and their welcomes wait
        bot.post("next")
        assert waited_for(bot, leader, "Velkommen til Eftertanke")
        after = clock(bot)
        left = bot.leave(signal.SIGTERM)
    assert (left.returncode, left.stdout) == (0, "")
    assert "Traceback" not in left.stderr
    assert (before, after) == ("2018-10-01T06:00", "2018-10-08T07:30")
    assert {file.name for file in folder.iterdir()} == {"schedules", "data"}
    assert {file.name for file in [file_of(address_in(folder, "local.sqlite"))] if file} | {"workspace.sqlite"} <= {
        file.name for file in (folder / "data").iterdir()
    }

    with running_bot(folder) as bot:
        assert clock(bot) == after
        assert bot.page(leader).count("Velkommen til Eftertanke</h3>") == 1
        left = bot.leave(signal.SIGINT)
    assert (left.returncode, left.stdout) == (0, "")
    assert "Traceback" not in left.stderr


def test_a_busy_port_gives_way_to_the_next_free_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        taken = busy.getsockname()[1]
        with running_bot(programme_folder(tmp_path), HTTP_PORT=str(taken)) as bot:
            assert taken < bot.port <= taken + 20
            assert "Eftertanke" in bot.page()


def test_nobody_but_this_machine_is_let_in(tmp_path: Path) -> None:
    with running_bot(programme_folder(tmp_path)) as bot:
        socket.create_server(("127.0.0.2", bot.port)).close()  # taken, if the bot listened everywhere


def test_tokens_that_slack_does_not_know_end_the_start_in_a_sentence(tmp_path: Path, slack: Workspace) -> None:
    settings = {**SLACK, "SLACK_API_URL": f"{slack.address}api/", "EFTERTANKE_KEY": KEY}
    assert run_command(programme_folder(tmp_path), "migrate", "--new", **settings).returncode == 0
    done = run_command(tmp_path, "run", **settings)
    assert (done.returncode, done.stdout) == (1, "")
    assert "SLACK_BOT_TOKEN" in done.stderr
    assert "Traceback" not in done.stderr
    assert "somebody" not in done.stderr


def test_with_tokens_of_slack_itself_the_key_must_be_set_whatever_stands_between_us_and_slack(tmp_path: Path, slack: Workspace) -> None:
    done = run_command(programme_folder(tmp_path), "run", "--language", "en", SLACK_API_URL=f"{slack.address}api/", **SLACK)
    assert (done.returncode, done.stdout) == (1, "")
    assert "EFTERTANKE_KEY: is missing. Make a key with: .venv/bin/python -m bot key new." in done.stderr
    assert not list(tmp_path.rglob("*.key"))


def test_a_programme_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    folder = programme_folder(tmp_path)
    file = folder / "schedules" / "landsby.yaml"
    file.write_text(file.read_text("utf-8").replace("every: tuesday", "every: tusday").replace("day: friday", "day: fryday"), "utf-8")
    done = run_command(folder, "run", "--language", "en", HTTP_PORT="0")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(re.findall(r"landsby\.yaml:\d+:\d+: ", done.stderr)) >= 3
    assert "did you mean tuesday" in done.stderr.replace("'", "").replace('"', "").lower()
    assert not (folder / "data").exists()


def test_a_database_of_a_newer_version_is_left_alone_and_told_of(tmp_path: Path) -> None:
    folder = programme_folder(tmp_path)
    (folder / "data").mkdir()
    assert run_command(folder, "migrate").returncode == 0
    write_rows(address_in(folder, "local.sqlite"), "UPDATE alembic_version SET version_num = '9999'")
    done = run_command(folder, "run", "--language", "en", HTTP_PORT="0")
    assert done.returncode == 1
    assert "newer" in done.stderr
    assert "Traceback" not in done.stderr
