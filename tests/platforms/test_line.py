"""Does what people do still reach us, through proxies, breaks and stale connections?"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from bot.platforms.slack.web import client, on_this_machine
from bot.programme import Language
from bot.seam import HomeWanted, Plain, TypedDirectly
from tests.platforms.scene import ANNA, BO, Broken, Engine, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.platforms.slack import SlackPlatform
    from bot.workspace.server import Workspace
    from bot.workspace.stage import Stage

    Make = Callable[..., SlackPlatform]

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY")
DEAD = "http://127.0.0.1:9"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/api/", "http://localhost/api", "http://[::1]:80/"])
def test_this_machine_is_known(url: str) -> None:
    assert on_this_machine(url)


@pytest.mark.parametrize("url", ["https://slack.com/api/", "http://192.0.2.7/", "http://127.0.0.1.example.org/", "nonsense"])
def test_elsewhere_is_not_this_machine(url: str) -> None:
    assert not on_this_machine(url)


def test_a_local_workspace_is_reached_past_a_dead_proxy(
    make: Make, engine: Engine, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PROXIES:
        monkeypatch.setenv(name, DEAD)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    platform = make()
    platform.start(engine.door)
    platform.send(ANNA, Plain(language=Language.DA, paragraphs=("Hej.",)), "d1")
    until(lambda: workspace.sockets.connected == 1)
    assert workspace.stage.open_home(ANNA).ok
    platform.stop()


def test_the_real_slack_keeps_the_environments_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", DEAD)
    assert client("xoxb-1", None, timeout=1).proxy == DEAD
    assert client("xoxb-1", "http://127.0.0.1:1/api/", timeout=1).proxy is None


def test_no_client_tries_again_by_itself() -> None:
    assert client("xoxb-1", None, timeout=1).retry_handlers == []


def test_after_a_break_the_line_stands_again(slack: SlackPlatform, workspace: Workspace, engine: Engine) -> None:
    workspace.sockets.disconnect()
    until(lambda: slack.connected() and workspace.sockets.connected == 1)
    assert workspace.stage.open_home(ANNA).ok
    assert engine.done == [HomeWanted(who=ANNA)]


def test_a_stale_connection_is_given_up_and_a_new_one_made(make: Make, engine: Engine, workspace: Workspace) -> None:
    platform = make(watch_every=0.05)
    platform.start(engine.door)
    until(lambda: workspace.sockets.connected == 1)
    line = platform._line
    assert line is not None
    assert line._handler is not None
    stale = line._handler
    stale.client.auto_reconnect_enabled = stale.client.default_auto_reconnect_enabled = False  # a client that mends nothing
    stale.client.disconnect()
    until(lambda: platform.connected() and workspace.sockets.connected == 1)
    assert line._handler is not stale
    assert workspace.stage.open_home(ANNA).ok
    platform.stop()


def test_when_slack_is_away_the_watchdog_keeps_trying(make: Make, engine: Engine, workspace: Workspace) -> None:
    platform = make(watch_every=0.05)
    platform.start(engine.door)
    until(lambda: workspace.sockets.connected == 1)
    workspace.faults.crash("apps.connections.open", times=3)
    assert platform._line is not None
    assert platform._line._handler is not None
    platform._line._handler.client.default_auto_reconnect_enabled = platform._line._handler.client.auto_reconnect_enabled = False
    platform._line._handler.client.disconnect()
    until(lambda: platform.connected() and workspace.sockets.connected == 1)
    platform.stop()


def test_an_event_that_could_not_be_kept_comes_again(slack: SlackPlatform, stage: Stage, engine: Engine, workspace: Workspace) -> None:
    engine.answers[TypedDirectly] = Broken("hemmelige ord")
    workspace.sockets._ack_within = 0.2  # real seconds
    assert not stage.say(ANNA, "hemmelige ord").ok
    del engine.answers[TypedDirectly]
    until(lambda: len(engine.done) > 1)
    assert len({action for action in engine.done if isinstance(action, TypedDirectly)}) == 1
    assert slack.connected()


def test_an_event_that_comes_twice_has_one_id(slack: SlackPlatform, stage: Stage, engine: Engine, workspace: Workspace) -> None:
    workspace.faults.duplicate()
    assert stage.say(ANNA, "hej").ok
    until(lambda: len(engine.done) == 2)
    assert engine.done[0] == engine.done[1]
    assert slack.connected()


def test_payloads_nobody_asked_for_are_acknowledged(slack: SlackPlatform, stage: Stage, engine: Engine) -> None:
    shortcut = {
        "type": "shortcut",
        "callback_id": "x",
        "trigger_id": "1",
        "user": {"id": ANNA},
        "team": {"id": "T0LOCAL"},
        "api_app_id": "A0",
    }
    assert stage.forge("interactive", shortcut).ok
    assert stage.forge("events_api", {"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_mention", "user": BO}}).ok
    assert engine.done == []
    assert slack.connected()


def test_two_hundred_answers_at_one_moment_are_all_acknowledged(slack: SlackPlatform, stage: Stage, engine: Engine) -> None:
    acks = []
    people = [threading.Thread(target=lambda: acks.append(stage.command(ANNA, "/eftertanke", "")), daemon=True) for _ in range(200)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert all(ack.ok for ack in acks)
    assert len(engine.done) == 200
    assert slack.connected()
