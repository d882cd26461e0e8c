"""Asks Slack whether a person's account is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import EftertankeError, Unreachable
from bot.platforms.slack.web_api.answer_parts import record
from bot.platforms.slack.web_api.errors import translate_errors

if TYPE_CHECKING:
    from slack_sdk import WebClient


def is_closed(client: WebClient, user: str) -> bool | None:
    """Whether nobody can open the chat with this account, also since there is none; None if Slack does not tell."""
    try:
        with translate_errors("users.info"):
            return record(client.users_info(user=user)["user"]).get("deleted") is True
    except Unreachable:
        return True
    except EftertankeError:
        return None
