"""Does each fault switch break what it says, and nothing else? And does the pace hold on the clock?"""

from __future__ import annotations

import http.client
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.support.local_slack import START, web_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

    from bot.workspace.server import Workspace


def said(workspace: Workspace) -> list[str]:
    return [message.text for message in workspace.chat.messages("D0ANE", "U0ANE")]


def failure(call: Callable[..., Any], **args: Any) -> Any:
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return caught.value.response


def test_a_limited_call_is_told_how_long_to_wait_and_is_not_done(workspace: Workspace, client: WebClient) -> None:
    workspace.faults.limit("chat.postMessage", retry_after=30, times=2)
    answers = [failure(client.chat_postMessage, channel="U0ANE", text="hej") for _ in range(2)]
    client.chat_postMessage(channel="U0ANE", text="nu")
    assert [(answer.status_code, answer["error"], answer.headers["Retry-After"]) for answer in answers] == [(429, "ratelimited", "30")] * 2
    assert said(workspace) == ["nu"]


def test_a_crash_is_plain_text_and_nothing_is_done(workspace: Workspace, client: WebClient) -> None:
    workspace.faults.crash("chat.postMessage")
    answer = failure(client.chat_postMessage, channel="U0ANE", text="hej")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "text/plain; charset=utf-8")
    assert said(workspace) == []


def test_a_lost_answer_is_done_all_the_same(workspace: Workspace, client: WebClient) -> None:
    workspace.faults.lose("chat.postMessage")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        client.chat_postMessage(channel="U0ANE", text="hej")
    assert said(workspace) == ["hej"]


def test_a_slow_call_is_done_after_the_caller_gave_up(workspace: Workspace, client: WebClient) -> None:
    workspace.faults.slow("chat.postMessage", seconds=0.4)
    client.timeout = 0.2
    with pytest.raises(TimeoutError):
        client.chat_postMessage(channel="U0ANE", text="hej")
    assert said(workspace) == []
    before = workspace.chat.revision
    workspace.chat.wait_for_change(before, 5)
    assert said(workspace) == ["hej"]


def test_a_chosen_error_is_given_once_to_the_chosen_method(workspace: Workspace, client: WebClient) -> None:
    workspace.faults.refuse("chat.postMessage", "fatal_error")
    assert client.auth_test()["ok"] is True
    assert failure(client.chat_postMessage, channel="U0ANE", text="hej")["error"] == "fatal_error"
    assert client.chat_postMessage(channel="U0ANE", text="hej")["ok"] is True


def test_a_channel_takes_a_small_burst_and_then_one_message_a_second(serve_another: Callable[..., Workspace]) -> None:
    workspace = serve_another()
    client, clock = web_client(workspace), workspace.chat.state.clock
    for _ in range(4):
        client.chat_postMessage(channel="U0ANE", text="hej")
    answer = failure(client.chat_postMessage, channel="U0ANE", text="hej")
    client.chat_postMessage(channel="U0BLA", text="en anden kanal")
    clock.wait(START + timedelta(seconds=int(answer.headers["Retry-After"])))
    client.chat_postMessage(channel="U0ANE", text="hej")
    assert (answer.headers["Retry-After"], failure(client.chat_postMessage, channel="U0ANE", text="x").status_code) == ("1", 429)


def test_a_tier_two_method_is_limited_to_twenty_a_minute_after_a_burst(serve_another: Callable[..., Workspace]) -> None:
    workspace = serve_another()
    client, clock = web_client(workspace), workspace.chat.state.clock
    for _ in range(40):
        client.usergroups_list()
    assert failure(client.usergroups_list).headers["Retry-After"] == "3"
    assert client.users_list()["ok"] is True
    clock.wait(START + timedelta(minutes=1))
    answers = [client.usergroups_list()["ok"] for _ in range(20)]
    assert answers == [True] * 20
    assert failure(client.usergroups_list).status_code == 429


def test_limits_can_be_turned_off(serve_another: Callable[..., Workspace]) -> None:
    workspace = serve_another(limits=False)
    client = web_client(workspace)
    began = time.monotonic()
    assert [client.chat_postMessage(channel="U0ANE", text="x")["ok"] for _ in range(30)] == [True] * 30
    assert time.monotonic() - began < 5
