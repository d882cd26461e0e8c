"""Does what people do still reach us, through proxies, breaks and stale connections?"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.platforms.slack.web_api.client import is_on_this_machine, make_client
from bot.programme import Language
from bot.seam.actions import HomeWanted, TypedDirectly
from bot.seam.meaning import Plain
from tests.support.slack_platform import ANNA, BO, Broken, ScriptedEngine, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.platforms.slack import SlackPlatform
    from bot.workspace.client.person import ChatClient
    from bot.workspace.server import Workspace

    Make = Callable[..., SlackPlatform]

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY")
DEAD = "http://127.0.0.1:9"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/api/", "http://localhost/api", "http://[::1]:80/"])
def test_this_machine_is_known(url: str) -> None:
    assert is_on_this_machine(url)


@pytest.mark.parametrize("url", ["https://slack.com/api/", "http://192.0.2.7/", "http://127.0.0.1.example.org/", "nonsense"])
def test_elsewhere_is_not_this_machine(url: str) -> None:
    assert not is_on_this_machine(url)


def test_a_local_workspace_is_reached_past_a_dead_proxy(
    make: Make, engine: ScriptedEngine, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PROXIES:
        monkeypatch.setenv(name, DEAD)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    platform = make()
    platform.start(engine.door)
    platform.send(ANNA, Plain(language=Language.DA, paragraphs=("Hej.",)), "d1")
    wait_until(lambda: workspace.socket_mode.connected == 1)
    assert workspace.chat.open_home(ANNA).ok
    platform.stop()


def test_the_real_slack_keeps_the_environments_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", DEAD)
    assert make_client("xoxb-1", None, timeout=1).proxy == DEAD
    assert make_client("xoxb-1", "http://127.0.0.1:1/api/", timeout=1).proxy is None


def test_no_client_tries_again_by_itself() -> None:
    assert make_client("xoxb-1", None, timeout=1).retry_handlers == []


@pytest.fixture
def watched(make: Make, engine: ScriptedEngine, workspace: Workspace) -> Iterator[SlackPlatform]:
    """A platform whose watchdog looks often."""
    platform = make(watch_every=0.3)
    platform.start(engine.door)
    wait_until(lambda: workspace.socket_mode.connected == 1)
    yield platform
    platform.stop()


def socket_client(platform: SlackPlatform) -> SocketModeClient:
    assert platform._connection is not None
    assert platform._connection._handler is not None
    client = platform._connection._handler.client
    assert isinstance(client, SocketModeClient)
    return client


def has_another(platform: SlackPlatform, stale: SocketModeClient) -> bool:
    """Whether the platform has a connection that is not the stale one."""
    handler = platform._connection._handler if platform._connection else None
    return handler is not None and handler.client is not stale


def is_answered(workspace: Workspace) -> bool:
    return workspace.chat.open_home(ANNA).ok


def test_after_a_break_the_line_stands_again(slack: SlackPlatform, workspace: Workspace, engine: ScriptedEngine) -> None:
    before = socket_client(slack).session_id()
    workspace.socket_mode.disconnect()
    wait_until(lambda: socket_client(slack).session_id() != before)
    wait_until(lambda: is_answered(workspace))
    assert set(engine.done) == {HomeWanted(who=ANNA)}
    assert slack.connected()


def test_a_connection_the_client_does_not_mend_is_given_up_and_a_new_one_made(watched: SlackPlatform, workspace: Workspace) -> None:
    stale = socket_client(watched)
    stale.auto_reconnect_enabled = stale.default_auto_reconnect_enabled = False
    stale.disconnect()
    wait_until(lambda: has_another(watched, stale) and watched.connected())
    wait_until(lambda: is_answered(workspace))


def test_a_far_end_that_fell_silent_is_noticed_though_the_connection_stands(watched: SlackPlatform, workspace: Workspace) -> None:
    stale = socket_client(watched)
    wait_until(lambda: stale.current_session is not None and stale.current_session.last_ping_pong_time is not None)
    workspace._loop.call_soon_threadsafe(time.sleep, 1.5)  # real seconds in which the server answers no ping
    wait_until(lambda: not watched.connected())
    wait_until(lambda: has_another(watched, stale) and watched.connected())
    wait_until(lambda: is_answered(workspace))


def test_a_healthy_connection_is_left_alone(watched: SlackPlatform) -> None:
    client = socket_client(watched)
    assert client.current_session is not None
    session, first = client.current_session, client.current_session.last_ping_pong_time
    wait_until(lambda: session.last_ping_pong_time not in (None, first))
    assert socket_client(watched) is client
    assert watched.connected()


def test_when_slack_is_away_the_watchdog_keeps_trying(watched: SlackPlatform, workspace: Workspace) -> None:
    client = socket_client(watched)
    workspace.faults.crash("apps.connections.open", times=2)
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    client.disconnect()
    wait_until(lambda: workspace.faults.take("apps.connections.open") is None and watched.connected(), within=10)
    wait_until(lambda: is_answered(workspace))


def test_an_event_that_could_not_be_kept_comes_again(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, workspace: Workspace
) -> None:
    engine.answers[TypedDirectly] = Broken("hemmelige ord")
    workspace.socket_mode._ack_within = 0.2  # real seconds
    assert not chat.say(ANNA, "hemmelige ord").ok
    del engine.answers[TypedDirectly]
    wait_until(lambda: len(engine.done) > 1)
    assert len({action for action in engine.done if isinstance(action, TypedDirectly)}) == 1
    assert slack.connected()


def test_an_event_that_comes_twice_has_one_id(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, workspace: Workspace) -> None:
    workspace.faults.duplicate()
    assert chat.say(ANNA, "hej").ok
    wait_until(lambda: len(engine.done) == 2)
    assert engine.done[0] == engine.done[1]
    assert slack.connected()


def test_payloads_nobody_asked_for_are_acknowledged(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    shortcut = {
        "type": "shortcut",
        "callback_id": "x",
        "trigger_id": "1",
        "user": {"id": ANNA},
        "team": {"id": "T0LOCAL"},
        "api_app_id": "A0",
    }
    assert chat.forge("interactive", shortcut).ok
    assert chat.forge("events_api", {"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_mention", "user": BO}}).ok
    assert engine.done == []
    assert slack.connected()


def test_two_hundred_answers_at_one_moment_are_all_acknowledged(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    acks = []
    people = [threading.Thread(target=lambda: acks.append(chat.command(ANNA, "/eftertanke", "")), daemon=True) for _ in range(200)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert all(ack.ok for ack in acks)
    assert len(engine.done) == 200
    assert slack.connected()
