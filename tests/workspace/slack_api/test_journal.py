"""The journal holds everything the bot said, in the workspace's time, and nothing it must not."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from tests.support.local_slack import APP_TOKEN, BOT_TOKEN, START, Bot, button, form, raw, web_client

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.workspace.server import Workspace


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_call_is_one_line_in_the_clocks_time_with_its_arguments_decoded(
    serve_another: Callable[..., Workspace], tmp_path: Path
) -> None:
    workspace = serve_another(journal=tmp_path / "journal.jsonl")
    client = web_client(workspace)
    client.api_call("chat.postMessage", params={"channel": "U0ANE", "text": "hej", "blocks": json.dumps([button()])})
    workspace.chat.state.clock.wait(START + timedelta(days=1))
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C0OTHER", text="hej")
    workspace.stop()
    said, refused = lines(tmp_path / "journal.jsonl")
    assert (said["at"], said["method"], said["ok"], said["error"]) == ("2018-08-15T08:00:00+00:00", "chat.postMessage", True, None)
    assert said["args"]["blocks"][0]["elements"][0]["action_id"] == "answer"
    assert (refused["at"], refused["ok"], refused["error"]) == ("2018-08-16T08:00:00+00:00", False, "not_in_channel")


def test_what_is_said_in_acknowledgements_and_response_urls_is_written_too(serve_another: Callable[..., Workspace], tmp_path: Path) -> None:
    workspace = serve_another(journal=tmp_path / "journal.jsonl", limits=False)
    bot = Bot(web_client(workspace))
    bot.socket.connect()
    bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[button()])
    bot.answers["block_actions"] = lambda payload: bot.client.views_open(trigger_id=payload["trigger_id"], view=form()) and None
    bot.answers["view_submission"] = lambda _: {"response_action": "update", "view": form("Tak")}
    workspace.chat.press("U0ANE", "answer")
    workspace.chat.submit("U0ANE", {})
    url = WebhookClient(bot.heard[0].payload["response_url"], retry_handlers=[])
    url.proxy = None
    url.send(text="kun dig")
    bot.hang_up(workspace)
    written = lines(tmp_path / "journal.jsonl")
    assert [line["method"] for line in written] == ["apps.connections.open", "chat.postMessage", "views.open", "ack", "response_url"]
    assert (written[3]["args"]["view"]["title"]["text"], written[4]["args"]["text"]) == ("Tak", "kun dig")


def test_no_token_is_ever_written(serve_another: Callable[..., Workspace], tmp_path: Path) -> None:
    workspace = serve_another(journal=tmp_path / "journal.jsonl")
    client = web_client(workspace)
    client.apps_connections_open(app_token=APP_TOKEN)
    raw(workspace, "auth.test", urlencode({"token": BOT_TOKEN}), "application/x-www-form-urlencoded")
    raw(workspace, "auth.test", json.dumps({"token": BOT_TOKEN}), "application/json")
    workspace.stop()
    assert len(lines(tmp_path / "journal.jsonl")) == 3
    assert "local-test" not in (tmp_path / "journal.jsonl").read_text(encoding="utf-8")


def test_a_journal_that_begins_anew_holds_nothing_of_before(serve_another: Callable[..., Workspace], tmp_path: Path) -> None:
    workspace = serve_another(journal=tmp_path / "journal.jsonl")
    client = web_client(workspace)
    client.chat_postMessage(channel="U0ANE", text="fra før")
    workspace.reset()
    client.chat_postMessage(channel="U0ANE", text="bagefter")
    workspace.stop()
    assert [line["args"]["text"] for line in lines(tmp_path / "journal.jsonl")] == ["bagefter"]
