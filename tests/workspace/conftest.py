"""A small local workspace on a clock that stands, behind its server, with a bare bot at the other end.

One server and one bot serve a whole module, since the slack client is slow to hang up; each test finds them as new.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from bot.clock import MovableClock
from bot.workspace.client.person import ChatClient
from tests.support.local_slack import ACK_WITHIN, START, Bot, connected_bot, manifest, population, serve, web_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slack_sdk import WebClient

    from bot.workspace.server import Workspace


@pytest.fixture(scope="module")
def standing() -> Iterator[Workspace]:
    """The module's server; tests take `workspace`."""
    with serve(ChatClient(population(), MovableClock(START)), manifest(), limits=False) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def listening(standing: Workspace) -> Iterator[Bot]:
    """The module's bot; tests take `bot`."""
    with connected_bot(standing) as bot:
        yield bot


@pytest.fixture
def workspace(standing: Workspace) -> Workspace:
    standing.chat.state.clock._now = START
    standing.chat.reset()
    standing.faults.clear()
    return standing


@pytest.fixture
def bot(workspace: Workspace, listening: Bot) -> Bot:
    listening.answers.clear()
    listening.heard.clear()
    return listening


@pytest.fixture
def impatient(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence is met quickly; other tests wait as long as Slack does, however busy the machine is."""
    monkeypatch.setattr(workspace.socket_mode, "_ack_within", ACK_WITHIN)


@pytest.fixture
def client(workspace: Workspace) -> WebClient:
    return web_client(workspace)


@pytest.fixture
def chat(workspace: Workspace) -> ChatClient:
    return workspace.chat


@pytest.fixture
def clock(workspace: Workspace) -> MovableClock:
    return workspace.chat.state.clock


@pytest.fixture
def serve_another() -> Iterator[Callable[..., Workspace]]:
    """Starts a server of its own around a new client; stopped when the test ends."""
    with ExitStack() as servers:

        def start(app_manifest: dict[str, Any] | None = None, **options: Any) -> Workspace:
            chat = ChatClient(population(), MovableClock(START))
            return servers.enter_context(serve(chat, app_manifest or manifest(), **{"ack_within": ACK_WITHIN, **options}))

        yield start
