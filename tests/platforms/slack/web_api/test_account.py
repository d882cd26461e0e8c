"""An account is closed if Slack says so in so many words, and by nothing else."""

from __future__ import annotations

from typing import Any

from bot.platforms.slack.web_api.account import is_closed
from bot.platforms.slack.web_api.client import make_client
from tests.support.documented_errors import DOCUMENTED
from tests.support.scripted_server import scripted_server

REFUSALS = [{"ok": False, "error": code} for code in DOCUMENTED["users.info"]]
OTHERS: list[Any] = [
    {"ok": True, "user": {"id": "U0ANE"}},
    {"ok": True, "user": {"deleted": "yes"}},
    {"ok": True, "user": {"deleted": False}},
]


def test_an_account_is_closed_only_if_slack_says_so_and_no_refusal_does() -> None:
    with scripted_server() as server:
        client = make_client("xoxb-1", server.api_url, timeout=5)

        def found(answer: object) -> bool:
            server.answers["users.info"] = answer
            return is_closed(client, "U0ANE")

        assert found({"ok": True, "user": {"id": "U0ANE", "deleted": True}})
        assert [answer for answer in (*OTHERS, *REFUSALS, {"ok": True}) if found(answer)] == []
