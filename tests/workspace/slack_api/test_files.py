"""A file is taken in three steps, as Slack takes it, and kept for those who see its conversation."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from slack_sdk.errors import SlackApiError

from bot.clock import MovableClock
from bot.workspace.client.person import ChatClient
from bot.workspace.state.message_store import MessageStore
from tests.support.local_slack import SCOPES, START, manifest, population, web_client

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from slack_sdk import WebClient

    from bot.workspace.server import Workspace

ANE, BLA = "U0ANE", "U0BLA"
PAGE = "<p>Æbler</p>".encode()


def ask(client: WebClient, length: int = len(PAGE), name: str = "side.html") -> tuple[str, str]:
    answer = client.files_getUploadURLExternal(filename=name, length=length)
    return str(answer["file_id"]), str(answer["upload_url"])


def hand_over(url: str, content: bytes = PAGE) -> tuple[int, str]:
    address = urlsplit(url)
    line = HTTPConnection(address.netloc, timeout=5)
    line.request("POST", address.path, content)
    answer = line.getresponse()
    status, body = answer.status, answer.read().decode()
    line.close()
    return status, body


def share(client: WebClient, file: str, channel: str = "D0ANE") -> Any:
    return client.files_completeUploadExternal(files=[{"id": file, "title": "Siden"}], channel_id=channel, initial_comment="Værsgo")


def refusal(call: Callable[..., Any], *args: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(*args)
    return str(caught.value.response["error"])


def test_a_file_is_asked_for_handed_over_and_shared_once(chat: ChatClient, client: WebClient) -> None:
    file, url = ask(client)
    assert hand_over(url) == (200, f"OK - {len(PAGE)}")
    assert chat.messages("D0ANE", ANE) == [], "nobody sees it before it is shared"
    assert share(client, file)["files"] == [{"id": file, "title": "Siden"}]
    (message,) = chat.messages("D0ANE", ANE)
    assert (message.text, message.files[0]["title"], message.files[0]["size"]) == ("Værsgo", "Siden", len(PAGE))
    history = client.conversations_history(channel="D0ANE")["messages"][0]
    assert history["files"][0]["name"] == "side.html"
    kept = chat.file(file, ANE)
    assert kept is not None
    assert kept.content == PAGE
    assert [chat.file(file, who) for who in (BLA, "nobody", "")] == [None] * 3
    assert refusal(share, client, file) == "file_not_found"


def test_what_slack_refuses_is_refused(client: WebClient) -> None:
    assert refusal(ask, client, 0) == "missing_argument"
    assert refusal(ask, client, 5, "") == "missing_argument"
    file, url = ask(client)
    assert refusal(share, client, file) == "file_not_found", "its bytes have not come"
    assert hand_over(url, b"more than announced")[0] == 400
    assert hand_over(url.replace(file, "F0"))[0] == 400
    assert hand_over(url)[0] == 200
    assert refusal(share, client, file, ANE) == "invalid_arguments", "a person is no conversation"
    assert refusal(share, client, file, "C0NONE") == "channel_not_found"
    assert refusal(share, client, file, "C0OTHER") == "not_in_channel"
    assert refusal(share, client, file, "C0OLD") == "is_archived"
    assert refusal(client.api_call, "files.completeUploadExternal") == "invalid_arguments"
    assert share(client, file)["ok"], "a refusal uses nothing up"


def test_without_the_scope_neither_call_is_answered(serve_another: Callable[..., Workspace]) -> None:
    poor = web_client(serve_another(manifest(SCOPES.replace("files:write", ""))))
    assert refusal(ask, poor) == refusal(share, poor, "F0") == "missing_scope"


def test_the_journal_has_all_three_steps_and_no_token(serve_another: Callable[..., Workspace], tmp_path: Path) -> None:
    workspace = serve_another(journal=tmp_path / "journal.jsonl")
    client = web_client(workspace)
    file, url = ask(client)
    hand_over(url)
    share(client, file)
    workspace.stop()
    lines = [json.loads(line) for line in (tmp_path / "journal.jsonl").read_text("utf-8").splitlines()]
    assert [(line["method"], line["ok"]) for line in lines] == [
        ("files.getUploadURLExternal", True),
        ("upload", True),
        ("files.completeUploadExternal", True),
    ]
    assert lines[1]["args"] == {"file": file, "content": PAGE.decode()}


def test_a_file_outlives_a_restart_and_is_gone_after_a_reset(serve_another: Callable[..., Workspace], tmp_path: Path) -> None:
    clock = MovableClock(START)
    store = MessageStore(tmp_path / "workspace.sqlite")
    workspace = serve_another()
    workspace.chat.state.store = store
    file, url = ask(web_client(workspace))
    hand_over(url)
    share(web_client(workspace), file)
    store.close()
    again = ChatClient(population(), clock, MessageStore(tmp_path / "workspace.sqlite"))
    assert again.file(file, ANE) is not None
    assert again.messages("D0ANE", ANE)[0].files[0]["id"] == file
    again.reset()
    assert again.file(file, ANE) is None
