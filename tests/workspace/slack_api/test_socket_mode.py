"""Socket Mode loses nothing it promised to bring, and tells what it lost."""

from __future__ import annotations

import json
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.support.local_slack import ACK_WITHIN, APP_TOKEN, Bot, button, web_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient
    from websockets.sync.client import ClientConnection

    from bot.workspace.client.person import Ack, ChatClient
    from bot.workspace.server import Workspace


def socket(client: WebClient) -> ClientConnection:
    return connect(client.apps_connections_open(app_token=APP_TOKEN)["url"], proxy=None)


def receive(connection: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(connection.recv(timeout=5))
    return message


def in_background(act: Callable[[], Ack]) -> tuple[threading.Thread, list[Ack]]:
    acks: list[Ack] = []
    thread = threading.Thread(target=lambda: acks.append(act()))
    thread.start()
    return thread, acks


@pytest.fixture
def alone(serve_another: Callable[..., Workspace]) -> Workspace:
    """A server that no bot has called yet."""
    return serve_another(limits=False)


def test_a_connection_is_greeted_and_its_envelope_says_what_may_be_answered(alone: Workspace) -> None:
    with socket(web_client(alone)) as connection:
        assert receive(connection)["type"] == "hello"
        thread, acks = in_background(lambda: alone.chat.command("U0ANE", "/eftertanke", "x"))
        envelope = receive(connection)
        connection.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        thread.join()
    assert (envelope["type"], envelope["accepts_response_payload"], envelope["payload"]["text"]) == ("slash_commands", True, "x")
    assert acks[0].ok


def test_a_ticket_opens_one_connection(alone: Workspace) -> None:
    url = web_client(alone).apps_connections_open(app_token=APP_TOKEN)["url"]
    with connect(url, proxy=None) as connection:
        receive(connection)
        with pytest.raises(InvalidStatus):
            connect(url, proxy=None)
    with pytest.raises(InvalidStatus):
        connect(f"{url}x", proxy=None)


def test_the_eleventh_connection_is_turned_away(alone: Workspace) -> None:
    client = web_client(alone)
    with ExitStack() as all_open:
        numbers = [receive(all_open.enter_context(socket(client)))["num_connections"] for _ in range(10)]
        eleventh = all_open.enter_context(socket(client))
        assert receive(eleventh) == {"type": "disconnect", "reason": "too_many_websockets"}
        with pytest.raises(ConnectionClosed):
            receive(eleventh)
    assert numbers == list(range(1, 11))


def test_payloads_are_shared_between_the_connections(alone: Workspace) -> None:
    client = web_client(alone)
    with socket(client) as first, socket(client) as second:
        thread, _ = in_background(lambda: [alone.chat.command("U0ANE", "/eftertanke", str(number)) for number in range(2)][-1])
        texts = []
        for connection in (first, second):
            assert receive(connection)["type"] == "hello"
            envelope = receive(connection)
            connection.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
            texts.append(envelope["payload"]["text"])
        thread.join()
    assert texts == ["0", "1"]


@pytest.mark.usefixtures("impatient")
def test_an_event_that_is_not_acknowledged_comes_again_three_times(bot: Bot, chat: ChatClient) -> None:
    bot.answers["event_callback"] = lambda _: False
    ack = chat.say("U0ANE", "hej")
    payloads = bot.wait_for(4)
    time.sleep(ACK_WITHIN * 1.5)
    assert (ack.ok, len(bot.heard)) == (False, 4)
    assert len({payload["event_id"] for payload in payloads}) == 1
    assert [(request.retry_attempt, request.retry_reason) for request in bot.heard] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]


@pytest.mark.usefixtures("impatient")
def test_an_event_is_at_rest_once_it_is_acknowledged(bot: Bot, chat: ChatClient) -> None:
    answers = iter([False, None])
    bot.answers["event_callback"] = lambda _: next(answers)
    chat.say("U0ANE", "hej")
    bot.wait_for(2)
    time.sleep(ACK_WITHIN * 1.5)
    assert len(bot.heard) == 2


@pytest.mark.usefixtures("impatient")
def test_an_interaction_that_is_not_acknowledged_does_not_come_again(bot: Bot, chat: ChatClient) -> None:
    bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[button()])
    bot.answers["block_actions"] = lambda _: False
    assert not chat.press("U0ANE", "answer").ok
    time.sleep(ACK_WITHIN * 1.5)
    assert len(bot.heard) == 1


def test_events_wait_for_a_bot_that_is_away_and_commands_do_not(alone: Workspace) -> None:
    assert not alone.chat.say("U0ANE", "er du der?").ok
    assert not alone.chat.command("U0ANE", "/eftertanke").ok
    with socket(web_client(alone)) as connection:
        receive(connection)
        envelope = receive(connection)
        connection.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        with pytest.raises(TimeoutError):
            connection.recv(timeout=ACK_WITHIN)
    assert envelope["payload"]["event"]["text"] == "er du der?"


def test_what_a_broken_connection_carried_is_brought_by_the_next(alone: Workspace) -> None:
    client = web_client(alone)
    with socket(client) as first:
        receive(first)
        thread, acks = in_background(lambda: alone.chat.say("U0ANE", "hej"))
        event_id = receive(first)["payload"]["event_id"]
    thread.join()
    with socket(client) as second:
        receive(second)
        again = receive(second)
        second.send(json.dumps({"envelope_id": again["envelope_id"]}))
    assert (acks[0].ok, again["payload"]["event_id"], again["retry_attempt"]) == (False, event_id, 1)


def test_a_duplicated_event_has_the_same_event_id(bot: Bot, workspace: Workspace) -> None:
    workspace.faults.duplicate()
    workspace.chat.say("U0ANE", "hej")
    workspace.chat.say("U0ANE", "igen")
    first, second, third = (payload["event_id"] for payload in bot.wait_for(3))
    assert first == second != third


def test_after_a_break_the_client_comes_back_by_itself(bot: Bot, workspace: Workspace) -> None:
    workspace.socket_mode.disconnect()
    deadline = time.monotonic() + 5
    while not workspace.chat.command("U0ANE", "/eftertanke", "igen").ok:
        assert time.monotonic() < deadline
    assert bot.heard[-1].payload["text"] == "igen"


def test_stopping_tells_whoever_waits(serve_another: Callable[..., Workspace]) -> None:
    workspace = serve_another(ack_within=60)
    with socket(web_client(workspace)) as connection:
        receive(connection)
        thread, acks = in_background(lambda: workspace.chat.command("U0ANE", "/eftertanke"))
        receive(connection)
        workspace.stop()
        thread.join()
    assert (acks[0].ok, workspace.chat.closed) == (False, True)
