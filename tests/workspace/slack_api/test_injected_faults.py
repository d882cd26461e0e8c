"""Each fault switch breaks what it says, and nothing else.

And does the pace hold on the clock?
"""

from __future__ import annotations

import http.client
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.workspace.slack_api.injected_faults import FaultKind, InjectedFault, Weather
from tests.support.local_slack import START, web_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

    from bot.workspace.server import Workspace


HOUR = timedelta(hours=1)
REFUSED = InjectedFault(kind=FaultKind.REFUSE, error="fatal_error")
NO_ANSWERS = [FaultKind.LOSE, FaultKind.TRUNCATE, FaultKind.CRASH, FaultKind.PAGE, FaultKind.EMPTY]


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
        client.usergroups_users_list(usergroup="S0ALL")
    assert failure(client.usergroups_users_list, usergroup="S0ALL").headers["Retry-After"] == "3"
    assert client.users_list()["ok"] is True
    clock.wait(START + timedelta(minutes=1))
    answers = [client.usergroups_users_list(usergroup="S0ALL")["ok"] for _ in range(20)]
    assert answers == [True] * 20
    assert failure(client.usergroups_users_list, usergroup="S0ALL").status_code == 429


def test_limits_can_be_turned_off(serve_another: Callable[..., Workspace]) -> None:
    workspace = serve_another(limits=False)
    client = web_client(workspace)
    began = time.monotonic()
    assert [client.chat_postMessage(channel="U0ANE", text="x")["ok"] for _ in range(30)] == [True] * 30
    assert time.monotonic() - began < 5


def is_done(call: Callable[..., Any], **args: Any) -> bool:
    """Whether a call is answered with a yes, whatever else may come of it."""
    try:
        return "ts" in call(**args)
    except (SlackApiError, OSError, http.client.HTTPException, ValueError):
        return False


def test_weather_holds_while_the_clock_stands_in_it(serve_another: Callable[..., Workspace]) -> None:
    workspace = serve_another(limits=False)
    client, clock = web_client(workspace), workspace.chat.state.clock
    workspace.faults.hold(Weather(fault=REFUSED, since=START + HOUR, until=START + 2 * HOUR))
    reached = []
    for _ in range(4):
        reached.append(is_done(client.chat_postMessage, channel="U0ANE", text="hej"))
        clock.wait(clock.now() + HOUR)
    assert reached == [True, False, True, True]


@pytest.mark.parametrize("whom", ["U0ANE", "D0ANE"])
def test_weather_over_a_person_is_met_by_every_call_about_them_and_by_no_other(workspace: Workspace, client: WebClient, whom: str) -> None:
    workspace.faults.hold(Weather(fault=REFUSED, since=START, until=START + HOUR, whom=whom))
    for call in (client.chat_postMessage, client.conversations_history):
        assert [failure(call, channel=id_, text="hej")["error"] for id_ in ("U0ANE", "D0ANE")] == ["fatal_error"] * 2
    assert (
        failure(client.users_info, user="U0ANE")["error"] == failure(client.conversations_open, users=["U0ANE"])["error"] == "fatal_error"
    )
    assert is_done(client.chat_postMessage, channel="U0BLA", text="hej")
    assert client.users_list()["ok"] is True


def test_weather_may_be_about_one_method_in_one_channel(workspace: Workspace, client: WebClient) -> None:
    weather = Weather(fault=REFUSED, since=START, until=START + HOUR, method="chat.postMessage", whom="C0DIGEST")
    workspace.faults.hold(weather)
    assert not is_done(client.chat_postMessage, channel="C0DIGEST", text="hej")
    assert is_done(client.chat_postMessage, channel="G0INSIDE", text="hej")
    assert client.conversations_info(channel="C0DIGEST")["ok"] is True
    workspace.faults.clear()
    assert is_done(client.chat_postMessage, channel="C0DIGEST", text="hej")


@pytest.mark.parametrize("done", [True, False], ids=["done", "not done"])
@pytest.mark.parametrize("kind", [*NO_ANSWERS, FaultKind.BARE, FaultKind.REFUSE])
def test_an_odd_answer_says_nothing_of_whether_it_was_done(workspace: Workspace, client: WebClient, kind: FaultKind, done: bool) -> None:
    fault = InjectedFault(kind=kind, error="internal_error", done=done)
    workspace.faults.hold(Weather(fault=fault, since=START, until=START + HOUR))
    assert not is_done(client.chat_postMessage, channel="U0ANE", text="hej")
    assert said(workspace) == ["hej"] * done


def test_an_ok_without_more_is_a_yes_for_slacks_client(workspace: Workspace, client: WebClient) -> None:
    workspace.faults.hold(Weather(fault=InjectedFault(kind=FaultKind.BARE, done=True), since=START, until=START + HOUR))
    assert client.chat_postMessage(channel="U0ANE", text="hej").data == {"ok": True}
