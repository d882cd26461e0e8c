"""Sends a file to one person, into their own direct messages with the bot, and never into a channel.

Slack takes a file in three steps: it gives an address, the bytes go there, and then the file is shared. Nobody sees anything of it before
the last one.
"""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

from bot.errors import Unsure
from bot.platforms.slack.escaping import escape
from bot.platforms.slack.web_api.answer_parts import part
from bot.platforms.slack.web_api.errors import translate_errors
from bot.platforms.slack.web_api.find_message import conversation_id

if TYPE_CHECKING:
    from bot.platforms.slack.web_api.client import KeepingClient
    from bot.seam.reading_answers import Document

SHARED_BY = "files.completeUploadExternal"


def send_file(client: KeepingClient, user: str, document: Document, comment: str) -> None:
    """Send a file to a person, with a comment above it.

    Raises:
        Later, OutOfService, Unreachable, Unfit, Never: it was not sent.
        Unsure: no answer came. The file may have been sent if it is `SHARED_BY` that did not answer.
    """
    conversation = conversation_id(client, user)
    with translate_errors("files.getUploadURLExternal"):
        answer = client.files_getUploadURLExternal(filename=document.name, length=len(document.content))
        file, address = part(answer, "file_id", kind=str), part(answer, "upload_url", kind=str)
    with translate_errors("upload"):
        status = client.hand_over(address, document.content)
    if status != http.client.OK:
        raise Unsure(f"upload: {status}")
    with translate_errors(SHARED_BY):
        client.files_completeUploadExternal(
            files=[{"id": file, "title": document.title}], channel_id=conversation, initial_comment=escape(comment)
        )


def is_perhaps_sent(error: Exception) -> bool:
    """Whether the file may have been sent all the same."""
    return isinstance(error, Unsure) and str(error).startswith(SHARED_BY)
