"""Measures how fast a round is asked, and how soon an answer is acknowledged.

Slack's own client in both, against a server in another process.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk import WebClient
from sqlalchemy import func, select

from bot.app.rehearsal.local_bot import APP_TOKEN, BOT_TOKEN
from bot.clock import MovableClock
from bot.models import Reply
from bot.platforms.slack.app import make_app
from bot.platforms.slack.connection import Connection
from bot.platforms.slack.web_api.client import make_client
from bot.platforms.slack.web_api.startup import identity
from schedules.programme_store import ProgrammeStore
from tests.benchmarks.bench_latency import WELCOMED_AT, engine_at
from tests.benchmarks.processes import workspace_process
from tests.support.figures import figure, percentile
from tests.support.world import OPENS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.app.engine import Engine
    from tests.benchmarks.processes import WorkspaceProcess

PEOPLE = 2000
PARTICIPANTS = 2100  # a few live where it is another hour
ANSWERS = 200


@pytest.fixture(scope="module")
def workspace(root: Path) -> Iterator[WorkspaceProcess]:
    with workspace_process(root, PARTICIPANTS) as made:
        yield made


@pytest.fixture(scope="module")
def web(workspace: WorkspaceProcess) -> WebClient:
    """A bare client, with nothing of ours around it."""
    client = WebClient(BOT_TOKEN, base_url=f"{workspace.address}api/", timeout=10, retry_handlers=[])
    client.proxy = None  # the constructor's argument falls back to the environment
    return client


@pytest.fixture(scope="module")
def engine(workspace: WorkspaceProcess, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with asking_bot(root, workspace, f"sqlite:///{tmp_path_factory.mktemp('bench') / 'bot.sqlite'}") as made:
        yield made


@contextmanager
def asking_bot(root: Path, workspace: WorkspaceProcess, url: str) -> Iterator[Engine]:
    """The bot, everybody welcomed, at the hour of the first question."""
    clock = MovableClock(WELCOMED_AT)
    made = engine_at(ProgrammeStore(root / "schedules"), url, workspace.address, clock, None)
    made.start()
    made.heartbeat.beat()
    made.delivery.deliver()
    clock.move_to(OPENS - timedelta(hours=1))  # in the other time zones people are welcomed later, and a round waits for them
    made.delivery.deliver()
    clock.move_to(OPENS)
    made.heartbeat.beat()
    yield made
    made.stop()
    made.database.close()


@pytest.mark.timeout(300)
def test_a_round_to_2000_people_against_a_bare_loop(engine: Engine, web: WebClient, workspace: WorkspaceProcess):
    before = bare(web, PEOPLE // 2)
    begun = time.perf_counter()
    reached = engine.delivery.deliver()
    asked = time.perf_counter() - begun
    alone = before + bare(web, PEOPLE // 2)
    assert reached >= PEOPLE
    ratio = (reached / asked) / (PEOPLE / alone)
    told = f"{reached / asked:.0f}/s, bare {PEOPLE / alone:.0f}/s: {ratio:.2f}"
    figure(f"a round to 2,000 people ({reached:,} messages), against a bare slack_sdk loop", told, "at least 0.8", met=ratio >= 0.8)


@pytest.mark.timeout(300)
def test_200_answers_sent_at_one_moment_against_a_bolt_app_that_only_acknowledges(
    engine: Engine, web: WebClient, workspace: WorkspaceProcess
):
    engine.delivery.deliver()  # unless the bench before has asked already
    assert workspace.told(f"open {ANSWERS}") == ANSWERS
    took = workspace.told("send")
    with engine.database.look() as session:
        assert session.scalar(select(func.count()).select_from(Reply)) == ANSWERS
    engine.platform.stop()
    client = make_client(BOT_TOKEN, f"{workspace.address}api/", timeout=10)
    line = Connection(make_app(identity(client), Deaf()), client, APP_TOKEN)
    line.start()
    bare_took = workspace.told("send")
    line.stop()
    assert None not in took
    p50, p99 = (1000 * percentile(took, share) for share in (0.5, 0.99))
    bare_p99 = 1000 * percentile(bare_took, 0.99)
    figure(f"{ANSWERS} answers at one moment", f"p50 {p50:.0f} ms, p99 {p99:.0f} ms", "p99 under 300 ms", met=p99 < 300)
    figure("  the same to a Bolt app that only acknowledges", f"p99 {bare_p99:.0f} ms: {p99 / bare_p99:.1f} times", "(baseline)", met=True)


class Deaf:
    """Listeners that acknowledge and do nothing."""

    def on_form(self, ack: Any) -> None:
        ack()

    on_press = on_command = on_event = on_form


def bare(web: WebClient, posts: int) -> float:
    """Seconds that a loop around slack_sdk needs for so many posts like a round's."""
    people = [member["id"] for member in web.users_list(limit=200)["members"] if not member.get("is_bot")]
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "Hvad lærte du sidst af et barn? " * 6}}] * 3
    begun = time.perf_counter()
    for number in range(posts):
        web.chat_postMessage(channel=people[number % len(people)], text="Hvad lærte du sidst af et barn? " * 6, blocks=blocks, mrkdwn=False)
    return time.perf_counter() - begun
