"""Asks Slack whether a person's account is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import EftertankeError
from bot.platforms.slack.web_api.answer_parts import record
from bot.platforms.slack.web_api.errors import translate_errors

if TYPE_CHECKING:
    from slack_sdk import WebClient


def is_closed(client: WebClient, user: str) -> bool:
    """Whether Slack says that the account is closed. A refusal says nothing of it: the account may be hidden from the bot."""
    try:
        with translate_errors("users.info"):
            return record(client.users_info(user=user)["user"]).get("deleted") is True
    except EftertankeError:
        return False
