"""A local workspace, the Slack platform connected to it, and the engine behind its door."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Any

import pytest

from bot.clock import MovableClock
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from tests.support.local_slack import serve
from tests.support.slack_platform import POPULATION, ScriptedEngine, wait_until
from tests.support.world import OPENS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.workspace.server import Workspace


@pytest.fixture(autouse=True)
def _no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """The socket client reads the machine's certificates (a sixth of a second) even where it does not encrypt: it finds none."""
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    monkeypatch.setenv("SSL_CERT_DIR", os.devnull)


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(OPENS)


@pytest.fixture
def workspace(clock: MovableClock) -> Iterator[Workspace]:
    """A local workspace without rate limits."""
    with serve(ChatClient(POPULATION, clock), manifest(), limits=False) as workspace:
        yield workspace


@pytest.fixture
def chat(workspace: Workspace) -> ChatClient:
    return workspace.chat


@pytest.fixture
def make(workspace: Workspace) -> Callable[..., SlackPlatform]:
    """Make a platform for the local workspace."""

    def made(**more: Any) -> SlackPlatform:
        tokens = {"bot_token": "xoxb-local-1", "app_token": "xapp-local-1", "api_url": f"{workspace.address}api/"}
        return SlackPlatform(**(tokens | more))

    return made


@pytest.fixture
def slack(make: Callable[..., SlackPlatform], engine: ScriptedEngine, workspace: Workspace) -> Iterator[SlackPlatform]:
    """The real client, connected."""
    platform = make()
    platform.start(engine.door)
    wait_until(lambda: workspace.socket_mode.connected == 1)
    yield platform
    platform.stop()


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
