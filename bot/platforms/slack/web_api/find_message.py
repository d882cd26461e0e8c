"""Finds out whether a message has arrived in its conversation.

Every message has the id of its delivery in its metadata. The conversation is read, newest first, back to the time of the delivery. Not
finding the id means something only if the metadata of all our messages can be read: one without metadata makes us unsure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.errors import Unsure
from bot.platforms.slack.web_api.answer_parts import part
from bot.platforms.slack.web_api.errors import translate_errors
from bot.seam.platform import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from slack_sdk import WebClient

    from bot.platforms.slack.blocks import Json

METADATA_EVENT: Final = "eftertanke_delivery"
PAGE_SIZE: Final = 100
MOST_PAGES: Final = 20


def delivery_metadata(delivery_id: str) -> Json:
    """Make the metadata of a message: an opaque id, nothing else."""
    return {"event_type": METADATA_EVENT, "event_payload": {"delivery": delivery_id}}


def conversation_id(client: WebClient, address: str) -> str:
    """Return the conversation of an address: the channel itself, or the person's direct messages."""
    if not address.startswith(("U", "W")):
        return address
    with translate_errors("conversations.open"):
        return part(client.conversations_open(users=[address]), "channel", "id", kind=str)


def find(client: WebClient, bot: str, address: str, delivery_id: str, since: datetime) -> Receipt | None:
    """Find the message with this delivery id, sent by `bot` since `since`; None if there is none.

    Raises:
        Unsure: the conversation, or a message of ours in it, cannot be read, or the conversation is too long.
        Later, Unreachable: the conversation cannot be read now, or at all.
    """
    channel = conversation_id(client, address)
    with translate_errors("conversations.history"):
        for message in _messages_since(client, channel, since):
            if message.get("user") != bot or "bot_id" not in message:  # somebody else's, or Slack's own note that the bot has joined
                continue
            if message.get("files"):  # a page that somebody fetched: never a delivery
                continue
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") != METADATA_EVENT:
                raise Unsure("a message of ours carries no delivery id, so none can be told apart")
            if part(metadata, "event_payload", "delivery", kind=str) == delivery_id:
                return Receipt(channel=channel, stamp=part(message, "ts", kind=str))
    return None


def _messages_since(client: WebClient, channel: str, since: datetime) -> Iterator[Any]:
    """Yield all messages since `since`, newest first, and the rest of that page: older ones of ours show whether metadata can be read."""
    cursor = None
    for _ in range(MOST_PAGES):
        page = client.conversations_history(channel=channel, limit=PAGE_SIZE, include_all_metadata=True, cursor=cursor)
        messages = part(page, "messages", kind=list)
        yield from messages
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor or (messages and float(messages[-1]["ts"]) < since.timestamp()):
            return
    raise Unsure("the conversation is too long to be looked through")
