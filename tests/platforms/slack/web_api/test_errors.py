""" "Later" is told apart from "never", and both from "who knows"."""

from __future__ import annotations

import http.client
import socket
import ssl

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

from bot.errors import EftertankeError, Later, Never, OutOfService, Unfit, Unreachable, Unsure, Vanished
from bot.platforms.slack.web_api.errors import RETRY_AFTER, RETRY_AFTER_OUT_OF_SERVICE, NotConnected, translate_errors

SECRET = "hemmelige ord"


def answered(data: object, status: int = 200, **headers: str) -> SlackApiError:
    """The error slack_sdk raises for such an answer."""
    response = SlackResponse(
        client=WebClient(retry_handlers=[]),
        http_verb="POST",
        api_url="chat.postMessage",
        req_args={"params": {"text": SECRET}},
        data=data,  # type: ignore[arg-type]  # Slack sends what it sends
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        status_code=status,
    )
    return SlackApiError(f"The request failed: {SECRET}", response)


def meaning(error: Exception) -> EftertankeError:
    with pytest.raises(EftertankeError) as caught, translate_errors("chat.postMessage"):
        raise error
    return caught.value


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("channel_not_found", Unreachable),
        ("not_in_channel", Unreachable),
        ("is_archived", Unreachable),
        ("account_inactive", OutOfService),
        ("user_not_found", Unreachable),
        ("invalid_blocks", Unfit),
        ("msg_too_long", Unfit),
        ("no_text", Unfit),
        ("edit_window_closed", Unfit),
        ("message_not_found", Vanished),
        ("something_new", Never),
        ("internal_error", Unsure),
        ("fatal_error", Unsure),
        ("service_unavailable", Unsure),
        ("ratelimited", Later),
        ("token_revoked", OutOfService),
        ("missing_scope", OutOfService),
    ],
)
def test_each_of_slacks_codes_means_one_thing(code: str, kind: type[EftertankeError]) -> None:
    error = meaning(answered({"ok": False, "error": code}))
    assert type(error) is kind
    assert code in str(error)


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        ({"Retry_After": "17"}, 17.0),
        ({"retry_after": "3"}, 3.0),
        ({"Retry_After": "0"}, 1.0),
        ({}, RETRY_AFTER),
        ({"Retry_After": "soon"}, RETRY_AFTER),
    ],
)
def test_a_429_says_how_long_to_wait(headers: dict[str, str], after: float) -> None:
    error = meaning(answered({"ok": False, "error": "ratelimited"}, 429, **headers))
    assert isinstance(error, Later)
    assert error.after == after


def test_a_token_that_must_be_mended_loses_no_message() -> None:
    error = meaning(answered({"ok": False, "error": "invalid_auth"}))
    assert isinstance(error, OutOfService)
    assert not isinstance(error, NotConnected)
    assert error.after == RETRY_AFTER_OUT_OF_SERVICE


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "Internal Server Error",
        [],
        {"ok": False},
        {"ok": False, "error": "Received a response in a non-JSON format: <html>"},
        {"error": {"a": 1}},
    ],
)
@pytest.mark.parametrize("status", [200, 500, 503])
def test_an_answer_that_is_not_slacks_leaves_it_open(data: object, status: int) -> None:
    assert type(meaning(answered(data, status))) is Unsure


def test_a_server_error_leaves_it_open_even_with_a_definite_code() -> None:
    assert type(meaning(answered({"ok": False, "error": "channel_not_found"}, 503))) is Unsure


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        ConnectionResetError(),
        BrokenPipeError(),
        http.client.IncompleteRead(b""),
        http.client.RemoteDisconnected(),
        http.client.BadStatusLine(""),
        SlackRequestError("odd"),
        AttributeError("'list' object has no attribute 'get'"),
        TypeError("'NoneType' object is not subscriptable"),
        KeyError("ts"),
        IndexError(),
        UnicodeDecodeError("utf-8", b"", 0, 1, "odd"),
        ssl.SSLError("odd"),
    ],
    ids=repr,
)
def test_silence_leaves_it_open(error: Exception) -> None:
    assert type(meaning(error)) is Unsure


@pytest.mark.parametrize("reason", [ConnectionRefusedError(), socket.gaierror(), ssl.SSLCertVerificationError()], ids=repr)
def test_where_no_connection_was_made_nothing_was_done(reason: Exception) -> None:
    error = meaning(reason)
    assert isinstance(error, NotConnected)
    assert error.after == 15


def test_no_error_of_ours_repeats_what_was_to_be_said() -> None:
    for error in (answered({"ok": False, "error": "invalid_blocks"}), answered(SECRET, 500), ValueError(SECRET)):
        ours_now = meaning(error)
        assert SECRET not in str(ours_now)
        assert ours_now.__suppress_context__


def test_a_fault_of_ours_is_not_hidden() -> None:
    with pytest.raises(NotImplementedError), translate_errors("chat.postMessage"):
        raise NotImplementedError("ours")
