"""The Web API answers the real Slack client as Slack would."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest
from slack_sdk.errors import SlackApiError

from bot.workspace.state.members import Member
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN, SCOPES, START, button, manifest, raw, web_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

    from bot.clock import MovableClock
    from bot.workspace.client.person import ChatClient
    from bot.workspace.server import Workspace


def error(call: Callable[..., Any], **args: Any) -> dict[str, Any]:
    """What Slack's no looks like."""
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    data: dict[str, Any] = caught.value.response.data
    return data


def test_posting_to_a_user_id_opens_the_direct_message_and_returns_its_id(client: WebClient, chat: ChatClient) -> None:
    answer = client.chat_postMessage(channel="U0ANE", text="hej", blocks=[button()])
    assert answer["channel"] == chat.dm_id("U0ANE") == "D0ANE"
    (said,) = chat.messages("D0ANE", "U0ANE")
    assert (said.text, said.user, said.blocks[0]["elements"][0]["action_id"]) == ("hej", "U0BOT", "answer")


def test_message_ids_are_strings_that_rise_even_while_the_clock_stands_still(client: WebClient, clock: MovableClock) -> None:
    first, second = (client.chat_postMessage(channel="U0ANE", text="hej")["ts"] for _ in range(2))
    clock.move_to(START + timedelta(hours=1))
    third = client.chat_postMessage(channel="U0BLA", text="hej")["ts"]
    assert [first, second, third] == ["1534320000.000000", "1534320000.000001", "1534323600.000000"]


def test_metadata_is_only_shown_to_who_asks(client: WebClient) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "abc"}}
    client.chat_postMessage(channel="U0ANE", text="hej", metadata=metadata)
    (without,) = client.conversations_history(channel="D0ANE")["messages"]
    (with_it,) = client.conversations_history(channel="D0ANE", include_all_metadata=True)["messages"]
    assert "metadata" not in without
    assert with_it["metadata"] == metadata


def test_metadata_of_another_shape_is_refused(client: WebClient) -> None:
    assert error(client.chat_postMessage, channel="U0ANE", text="x", metadata={"event_type": "x"})["error"] == "invalid_metadata_format"


@pytest.mark.parametrize(
    ("content_type", "body", "query"),
    [
        ("application/x-www-form-urlencoded", urlencode({"channel": "U0ANE", "text": "hej", "blocks": json.dumps([button()])}), ""),
        ("application/json;charset=utf-8", json.dumps({"channel": "U0ANE", "text": "hej", "blocks": [button()]}), ""),
        ("application/json", json.dumps({"channel": "U0ANE", "text": "hej", "blocks": json.dumps([button()])}), ""),
        ("", "", urlencode({"channel": "U0ANE", "text": "hej", "blocks": json.dumps([button()])})),
    ],
)
def test_a_call_is_understood_in_every_shape_the_clients_use(workspace: Workspace, content_type: str, body: str, query: str) -> None:
    answer = raw(workspace, "chat.postMessage", body, content_type, query)
    assert (answer["ok"], answer["message"]["blocks"][0]["block_id"]) == (True, "b0")


def test_an_empty_body_that_calls_itself_json_is_an_empty_call(workspace: Workspace) -> None:
    assert raw(workspace, "auth.test", "", "application/json")["user_id"] == "U0BOT"


def test_a_token_may_stand_among_the_arguments(workspace: Workspace) -> None:
    answer = raw(workspace, "auth.test", urlencode({"token": BOT_TOKEN}), "application/x-www-form-urlencoded", Authorization="")
    assert answer["ok"] is True


def test_blocks_that_are_no_json_are_refused(workspace: Workspace) -> None:
    body = urlencode({"channel": "U0ANE", "text": "hej", "blocks": "[{"})
    assert raw(workspace, "chat.postMessage", body, "application/x-www-form-urlencoded")["error"] == "invalid_blocks_format"


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"channel": "U0NOBODY", "text": "x"}, "channel_not_found"),
        ({"channel": "#digest", "text": "x"}, "channel_not_found"),
        ({"channel": "G0HIDDEN", "text": "x"}, "channel_not_found"),
        ({"channel": "C0OTHER", "text": "x"}, "not_in_channel"),
        ({"channel": "C0OLD", "text": "x"}, "is_archived"),
        ({"channel": "U0GON", "text": "x"}, "user_not_found"),
        ({"channel": "D0GON", "text": "x"}, "user_not_found"),
        ({"channel": "U0ANE", "text": " "}, "no_text"),
        ({"channel": "U0ANE", "text": "x" * 40_001}, "msg_too_long"),
        (
            {"channel": "U0ANE", "text": "x", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]},
            "invalid_blocks",
        ),
        ({"channel": "U0ANE", "text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        (
            {"channel": "U0ANE", "text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5},
            "msg_blocks_too_long",
        ),
    ],
)
def test_a_post_that_slack_would_refuse_is_refused_with_slacks_own_word(client: WebClient, args: dict[str, Any], expected: str) -> None:
    assert error(client.api_call, api_method="chat.postMessage", json=args)["error"] == expected


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("chat.postMessage", "channel"),
        ("chat.postMessage", "text"),
        ("chat.update", "channel"),
        ("chat.update", "ts"),
        ("chat.postEphemeral", "user"),
        ("conversations.history", "channel"),
        ("conversations.members", "cursor"),
        ("conversations.open", "users"),
        ("usergroups.users.list", "usergroup"),
        ("users.list", "limit"),
        ("views.open", "trigger_id"),
        ("views.publish", "user_id"),
    ],
)
def test_json_of_another_type_is_answered_as_slack_does(workspace: Workspace, method: str, name: str) -> None:
    for odd in ({}, ["U0ANE"], 5, True, None):
        args = {"channel": "U0ANE", "text": "hej", "ts": "1.2", "view": {"type": "modal"}, name: odd}
        answer = raw(workspace, method, json.dumps(args), "application/json")
        assert answer["status"] == 200
        assert ("error" in answer) is not answer["ok"]
        if isinstance(odd, dict | list):
            assert answer["error"] == "invalid_arguments"


def test_refused_blocks_name_the_rule_and_the_place(client: WebClient) -> None:
    answer = error(client.chat_postMessage, channel="U0ANE", text="x", blocks=[button(), {"type": "divider", "colour": "red"}])
    assert answer["errors"] == ["invalid additional property: colour [json-pointer:/blocks/1]"]


def test_only_the_bots_own_messages_can_be_updated(client: WebClient, chat: ChatClient) -> None:
    ts = client.chat_postMessage(channel="U0ANE", text="før", metadata={"event_type": "d", "event_payload": {}})["ts"]
    client.chat_update(channel="D0ANE", ts=ts, text="efter")
    hers = chat.state.post("D0ANE", user="U0ANE", text="hendes").ts
    said = chat.messages("D0ANE", "U0ANE")[0]
    assert (said.text, said.edited, said.metadata) == ("efter", True, {"event_type": "d", "event_payload": {}})
    assert error(client.chat_update, channel="D0ANE", ts=hers, text="x")["error"] == "cant_update_message"
    assert error(client.chat_update, channel="D0ANE", ts="1.2", text="x")["error"] == "message_not_found"
    assert error(client.chat_update, channel="D0ANE", ts=ts, text="x" * 4001)["error"] == "msg_too_long"


def test_a_button_in_a_changed_message_can_be_pressed(workspace: Workspace, client: WebClient) -> None:
    ts = client.chat_postMessage(channel="U0ANE", text="før")["ts"]
    buttons = {"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Gå"}}]}
    client.chat_update(channel="D0ANE", ts=ts, text="efter", blocks=[buttons])
    assert workspace.chat.pressing("U0ANE", "go", channel="D0ANE", ts=ts)


def test_an_ephemeral_message_is_seen_by_one_person_and_not_in_the_history(client: WebClient, chat: ChatClient) -> None:
    client.chat_postEphemeral(channel="C0DIGEST", user="U0ANE", text="kun dig")
    assert [message.text for message in chat.messages("C0DIGEST", "U0ANE")] == ["kun dig"]
    assert chat.state.store.page("C0DIGEST", viewer="U0BLA") == []
    assert client.conversations_history(channel="C0DIGEST")["messages"] == []
    assert error(client.chat_postEphemeral, channel="C0DIGEST", user="U0BLA", text="x")["error"] == "user_not_in_channel"


def test_a_person_sees_nothing_of_channels_and_direct_messages_that_are_not_theirs(client: WebClient, chat: ChatClient) -> None:
    client.chat_postMessage(channel="U0ANE", text="hej")
    client.chat_postMessage(channel="C0DIGEST", text="hej")
    assert chat.messages("D0ANE", "U0BLA") == chat.messages("C0DIGEST", "U0BLA") == []
    assert [channel.id for channel in chat.channels_for("U0ANE")] == ["C0DIGEST", "C0OTHER", "C0OLD", "G0INSIDE", "G0HIDDEN"]


def loud(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """What was logged above INFO: whether that is recorded too depends on the tests before."""
    return [record for record in caplog.records if record.levelno > logging.INFO]


def test_a_method_nobody_uses_is_unknown_and_loudly_logged(client: WebClient, caplog: pytest.LogCaptureFixture) -> None:
    assert error(client.reactions_add, channel="C0DIGEST", name="tada", timestamp="1.2")["error"] == "unknown_method"
    assert [(record.levelno, vars(record)["method"]) for record in loud(caplog)] == [(logging.ERROR, "reactions.add")]


@pytest.mark.parametrize(
    ("missing", "method", "args"),
    [
        ("chat:write", "chat.postMessage", {"channel": "U0ANE", "text": "x"}),
        ("usergroups:read", "usergroups.users.list", {"usergroup": "S0ALL"}),
        ("channels:read", "conversations.info", {"channel": "C0DIGEST"}),
        ("groups:read", "conversations.info", {"channel": "G0INSIDE"}),
        ("im:history", "conversations.history", {"channel": "D0ANE"}),
        ("channels:history", "conversations.history", {"channel": "C0DIGEST"}),
    ],
)
def test_a_call_without_its_scope_is_told_which(
    serve_another: Callable[..., Workspace], missing: str, method: str, args: dict[str, Any]
) -> None:
    scopes = " ".join(scope for scope in SCOPES.split() if scope != missing)
    answer = error(web_client(serve_another(manifest(scopes))).api_call, api_method=method, params=args)
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", missing, ",".join(sorted(scopes.split())))
    assert web_client(serve_another()).api_call(method, params=args)["ok"] is True


def test_every_answer_says_which_scopes_the_token_has(client: WebClient) -> None:
    headers = client.auth_test().headers
    assert set(headers["x-oauth-scopes"].split(",")) == set(SCOPES.split())


@pytest.mark.parametrize(
    ("token", "expected"), [("", "not_authed"), ("xoxb-1234-5678-real", "invalid_auth"), (APP_TOKEN, "not_allowed_token_type")]
)
def test_a_token_that_does_not_belong_here_is_refused(workspace: Workspace, token: str, expected: str) -> None:
    assert raw(workspace, "auth.test", Authorization=f"Bearer {token}")["error"] == expected


def test_a_real_token_is_refused_loudly_and_never_repeated(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    raw(workspace, "auth.test", Authorization="Bearer xoxb-1234-5678-real")
    assert [record.levelno for record in loud(caplog)] == [logging.CRITICAL]
    assert "1234" not in caplog.text


def test_the_app_token_opens_sockets_and_the_bot_token_does_not(workspace: Workspace, client: WebClient) -> None:
    assert client.apps_connections_open(app_token=APP_TOKEN)["url"].startswith(workspace.address.replace("http", "ws") + "socket?ticket=")
    assert error(client.apps_connections_open, app_token=BOT_TOKEN)["error"] == "not_allowed_token_type"


def test_people_come_in_pages_with_their_language_only_on_request(client: WebClient) -> None:
    pages = [page["members"] for page in client.users_list(limit=2, include_locale=True)]
    assert [[user["id"] for user in page] for page in pages] == [["U0ANE", "U0BLA"], ["U0GON", "U0BOT"]]
    assert pages[0][0]["locale"] == "da-DK"
    assert "locale" not in client.users_info(user="U0ANE")["user"]


def test_a_person_is_shown_with_zone_and_address(client: WebClient) -> None:
    user = client.users_info(user="U0ANE", include_locale=True)["user"]
    assert (user["tz"], user["tz_offset"], user["profile"]["email"], user["deleted"]) == (
        "Europe/Copenhagen",
        7200,
        "u0ane@example.org",
        False,
    )
    assert error(client.users_info, user="U0NOBODY")["error"] == "user_not_found"


def test_without_the_scope_for_it_nobodys_address_is_shown(serve_another: Callable[..., Workspace]) -> None:
    client = web_client(serve_another(manifest("users:read")))
    assert "email" not in client.users_info(user="U0ANE")["user"]["profile"]


def test_groups_and_channels_tell_who_is_in_them(client: WebClient) -> None:
    assert client.usergroups_users_list(usergroup="S0ALL")["users"] == ["U0ANE", "U0BLA"]
    assert client.conversations_members(channel="C0DIGEST")["members"] == ["U0ANE", "U0BOT"]
    assert client.conversations_members(channel="D0ANE")["members"] == ["U0ANE", "U0BOT"]
    assert error(client.usergroups_users_list, usergroup="S0NONE")["error"] == "no_such_subteam"


def test_a_channel_tells_what_must_be_checked_before_a_digest(client: WebClient) -> None:
    digest = client.conversations_info(channel="C0DIGEST", include_num_members=True)["channel"]
    old = client.conversations_info(channel="C0OLD")["channel"]
    assert (digest["is_ext_shared"], digest["is_archived"], digest["is_member"], digest["num_members"]) == (True, False, True, 2)
    assert (old["is_archived"], client.conversations_info(channel="C0OTHER")["channel"]["is_member"]) == (True, False)
    assert client.conversations_info(channel="D0ANE")["channel"]["user"] == "U0ANE"
    assert error(client.conversations_info, channel="G0HIDDEN")["error"] == "channel_not_found"


def test_opening_a_direct_message_gives_its_id(client: WebClient) -> None:
    assert client.conversations_open(users="U0ANE")["channel"] == {"id": "D0ANE"}
    assert client.conversations_open(users="U0ANE", return_im=True)["channel"]["user"] == "U0ANE"
    assert error(client.conversations_open, users="U0GON")["error"] == "user_disabled"


def test_history_is_cut_by_time_and_comes_newest_first_in_pages(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel="C0DIGEST", text=str(number))["ts"] for number in range(4)]
    between = client.conversations_history(channel="C0DIGEST", oldest=stamps[0], latest=stamps[3])
    including = client.conversations_history(channel="C0DIGEST", oldest=stamps[2], inclusive=True)
    pages = [dict(page.data) for page in client.conversations_history(channel="C0DIGEST", limit=3)]
    assert [message["text"] for message in between["messages"]] == ["2", "1"]
    assert [message["text"] for message in including["messages"]] == ["3", "2"]
    assert [[message["text"] for message in page["messages"]] for page in pages] == [["3", "2", "1"], ["0"]]
    assert [page["has_more"] for page in pages] == [True, False]


def test_a_cursor_nobody_gave_is_refused(client: WebClient) -> None:
    assert error(client.users_list, cursor="dGVhbTp")["error"] == "invalid_cursor"


def test_history_of_a_channel_the_bot_is_not_in_stays_closed(client: WebClient) -> None:
    assert error(client.conversations_history, channel="C0OTHER")["error"] == "not_in_channel"


def test_a_change_among_people_shows_in_the_next_call(client: WebClient, chat: ChatClient) -> None:
    chat.state.members["U0NEW"] = Member(id="U0NEW", name="Ny Øvesen", email="ny@example.org", locale="en-GB")
    assert client.users_info(user="U0NEW", include_locale=True)["user"]["locale"] == "en-GB"


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Host": "127.0.0.1.evil.example"}])
def test_a_call_from_a_foreign_page_is_refused(workspace: Workspace, headers: dict[str, str]) -> None:
    assert raw(workspace, "auth.test", **headers)["status"] == 403


def test_a_busy_port_gives_the_next_free_one(serve_another: Callable[..., Workspace]) -> None:
    first = urlsplit(serve_another().address).port or 0
    second = urlsplit(serve_another(port=first).address).port or 0
    assert first < second <= first + 50
