"""What do the workspace's tests share? The small town on a clock that stands, behind a server, with a bot at the other end.

One server and one bot serve a whole module, since the slack client is slow to hang up; each test finds them as new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.clock import MovableClock
from bot.workspace.client.person import ChatClient
from bot.workspace.server import Workspace
from tests.workspace.small_town import ACK_WITHIN, START, Bot, manifest, population, web_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slack_sdk import WebClient


@pytest.fixture(scope="module")
def standing() -> Iterator[Workspace]:
    """The module's server; tests take `workspace`."""
    chat = ChatClient(population(), MovableClock(START))
    workspace = Workspace(chat, manifest(), ack_within=ACK_WITHIN, limits=False)
    workspace.start()
    yield workspace
    workspace.stop()
    chat.state.store.close()


@pytest.fixture(scope="module")
def listening(standing: Workspace) -> Iterator[Bot]:
    """The module's bot; tests take `bot`."""
    bot = Bot(web_client(standing))
    bot.socket.connect()
    yield bot
    bot.socket.auto_reconnect_enabled = False
    standing.stop()  # first, since the client waits for seconds at a silent line
    bot.socket.close()


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
def client(workspace: Workspace) -> WebClient:
    return web_client(workspace)


@pytest.fixture
def chat(workspace: Workspace) -> ChatClient:
    return workspace.chat


@pytest.fixture
def clock(workspace: Workspace) -> MovableClock:
    return workspace.chat.state.clock


@pytest.fixture
def serve() -> Iterator[Callable[..., Workspace]]:
    """Starts a server of its own around a new stage; stopped when the test ends."""
    started: list[Workspace] = []

    def start(given: dict[str, Any] | None = None, **options: Any) -> Workspace:
        chat = ChatClient(population(), MovableClock(START))
        workspace = Workspace(chat, given or manifest(), **{"ack_within": ACK_WITHIN, **options})
        workspace.start()
        started.append(workspace)
        return workspace

    yield start
    for workspace in started:
        workspace.stop()
        workspace.chat.state.store.close()
