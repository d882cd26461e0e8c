"""`run` with tokens, as a process on the local workspace: what it logs, how long it takes to leave, whom it has written to."""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from select import select
from typing import TYPE_CHECKING, Final, TypeAlias
from uuid import uuid4

from tests.support.command_line import PATIENCE, address_in, finish, run_command, start_command
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN
from tests.support.rows import has_tables, rows, write_rows

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.workspace.server import Workspace

Start: TypeAlias = "Callable[..., subprocess.Popen[str]]"
LONG_AGO: Final = "2018-10-01 08:00:00.000000"


class BotOnSlack:
    """`run` with tokens, and what it logs."""

    def __init__(self, folder: Path, slack: Workspace, *, start: Start = start_command, **settings: str) -> None:
        tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": f"{slack.address}api/", "HEALTH_PORT": "0"}
        tokens |= settings
        self.url = settings.get("DATABASE_URL") or address_in(folder, "eftertanke.sqlite")
        if not has_tables(self.url):
            assert run_command(folder, "migrate", "--new", **tokens).returncode == 0
        self.process = start(folder, "run", **tokens)
        self.lines: list[dict[str, object]] = []
        self._unread = b""

    def log_until(self, event: str) -> dict[str, object]:
        """Read the log up to a line, and give it."""
        assert self.process.stderr is not None
        while not self.lines or not str(self.lines[-1]["event"]).startswith(event):
            while b"\n" not in self._unread:
                assert select([self.process.stderr], [], [], PATIENCE)[0], f"no line {event}"
                self._unread += os.read(self.process.stderr.fileno(), 65536)
            line, _, self._unread = self._unread.partition(b"\n")
            self.lines.append(json.loads(line))
        return self.lines[-1]

    def leave(self) -> subprocess.CompletedProcess[str]:
        """Ask it to leave, and wait until it has."""
        self.process.send_signal(signal.SIGTERM)
        return finish(self.process)

    def leave_timed(self) -> Leave:
        """Ask it to leave; how that went."""
        began = time.monotonic()
        left = self.leave()
        events = [json.loads(line)["event"] for line in left.stderr.splitlines()]
        return Leave(seconds=time.monotonic() - began, code=left.returncode, events=events)


@dataclass(frozen=True, kw_only=True)
class Leave:
    """How a bot has left: how long it took, its exit code, and what it logged meanwhile."""

    seconds: float
    code: int
    events: list[str]


@contextmanager
def bot_on_slack(folder: Path, slack: Workspace, **settings: str) -> Iterator[BotOnSlack]:
    """A bot that is ended with the block, if it has not left by then."""
    bot = BotOnSlack(folder, slack, **settings)
    try:
        yield bot
    finally:
        if bot.process.poll() is None:
            bot.process.kill()
            bot.process.communicate()


def wait_for_people(bot: BotOnSlack) -> None:
    """The bot has done its first beat, and has the right to deliver."""
    _wait_for_rows(bot, "SELECT 1 FROM people, leases")


def wait_for_first_beat(bot: BotOnSlack) -> None:
    """The bot has done its first beat, and told the organisers what it found."""
    _wait_for_rows(bot, "SELECT 1 FROM outbox WHERE kind = 'notice' AND state = 'sent'")


def _wait_for_rows(bot: BotOnSlack, statement: str) -> None:
    end = time.monotonic() + PATIENCE
    while not rows(bot.url, statement):
        assert time.monotonic() < end
        time.sleep(0.05)


def write_to_everybody(bot: BotOnSlack) -> list[str]:
    """Put a message that is due at any hour into the outbox for everybody on the lists; their addresses."""
    programme, facts = rows(bot.url, "SELECT programme, CAST(facts AS TEXT) FROM outbox WHERE kind = 'notice'")[0]
    people = rows(bot.url, "SELECT id, address FROM people WHERE state = 'invited'")
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")  # what is of an earlier day waits for the hours in which people work
    write_rows(
        bot.url,
        "INSERT INTO outbox (delivery_id, programme, facts, person_id, address, due_at, next_at, kind, state, attempts, looks)"
        " VALUES (:delivery, :programme, :facts, :person, :address, :now, :now, 'notice', 'pending', 0, 0)",
        [
            {"delivery": uuid4().hex, "programme": programme, "facts": facts, "person": person, "address": address, "now": now}
            for person, address in people
        ],
    )
    return [address for _, address in people]


def states(bot: BotOnSlack, *, look_at_once: bool = False) -> Counter[str]:
    """In which states the messages to people are; if `look_at_once`, none waits: neither to be looked for nor to be tried again."""
    if look_at_once:
        at_once = "UPDATE outbox SET next_at = :at WHERE person_id IS NOT NULL AND state IN ('unknown', 'pending') AND next_at > :at"
        write_rows(bot.url, at_once, [{"at": LONG_AGO}])
    return Counter(state for (state,) in rows(bot.url, "SELECT state FROM outbox WHERE person_id IS NOT NULL"))


def wait_for_state(bot: BotOnSlack, state: str, number: int) -> None:
    """Wait until so many messages to people are in a state."""
    end = time.monotonic() + PATIENCE
    while states(bot)[state] < number:
        assert time.monotonic() < end, states(bot)
        time.sleep(0.02)


def wait_until_all_is_said(bot: BotOnSlack) -> None:
    """Wait until every message to people has been sent; within a minute, so that what stands there instead is still told."""
    end = time.monotonic() + 60
    while states(bot, look_at_once=True).keys() != {"sent"}:
        assert bot.process.poll() is None, finish(bot.process).stderr
        assert time.monotonic() < end, f"{waiting(bot)}\n{bot.leave().stderr}"
        time.sleep(0.2)


def waiting(bot: BotOnSlack) -> list[object]:
    """The messages to people that are not sent: their states, why, and until when they wait; and who may deliver."""
    left = "SELECT state, reason, next_at, looks, attempts FROM outbox WHERE person_id IS NOT NULL AND state <> 'sent'"
    return [*rows(bot.url, "SELECT CURRENT_TIMESTAMP, holder, number, counter FROM leases"), *rows(bot.url, left)]


def times_written_to(slack: Workspace, addresses: list[str]) -> Counter[int]:
    """How many of these people have got how many messages."""
    return Counter(len(slack.chat.messages(slack.chat.dm_id(address), address)) for address in addresses)
