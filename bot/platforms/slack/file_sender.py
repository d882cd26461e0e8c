"""Sends files to those who asked for them, and tells in their window how it went.

Slack takes a file in four calls, and a press is to be answered within three seconds. So a press is acknowledged first, and a thread of
its own goes on with its file.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from bot.errors import EftertankeError, Never
from bot.platforms.slack import blocks
from bot.platforms.slack.answer_presenter import log_not_shown
from bot.platforms.slack.messages import make_message
from bot.platforms.slack.views import with_notice
from bot.platforms.slack.web_api.file_upload import is_perhaps_sent, send_file
from bot.wording import say

if TYPE_CHECKING:
    from bot.platforms.slack.answer_presenter import Presenter
    from bot.platforms.slack.blocks import Json
    from bot.platforms.slack.web_api.client import KeepingClient
    from bot.seam.reading_answers import Document


class FileSender:
    """Sends files; no method raises if Slack fails."""

    def __init__(self, client: KeepingClient, presenter: Presenter) -> None:
        self._client = client
        self._presenter = presenter
        self._under_way: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def begin(self, body: Json, document: Document) -> None:
        """Begin to send a file; of two quick presses the second sends nothing. `body` is the payload of a press in a window."""
        self._presenter.show(body, with_notice(body["view"], say(document.language, "file.on_its_way")))
        person_and_file = (body["user"]["id"], document.name)
        with self._lock:
            if person_and_file in self._under_way:
                return
            self._under_way.add(person_and_file)
        threading.Thread(target=self._send, args=(body, document, person_and_file), name="slack-file", daemon=True).start()

    def _send(self, body: Json, document: Document, person_and_file: tuple[str, str]) -> None:
        person, language = person_and_file[0], document.language
        try:
            send_file(self._client, person, document, say(language, "file.comment", title=document.title))
            outcome = "file.there"
        except EftertankeError as error:
            log_not_shown(error)
            outcome = _key_of_failure(error)
        finally:
            with self._lock:
                self._under_way.remove(person_and_file)
        is_told = self._presenter.show_later(body["view"]["id"], with_notice(body["view"], say(language, outcome)))
        if not is_told and outcome != "file.there":  # the window was closed, and no file tells anything
            self._presenter.whisper(person, make_message([blocks.body(say(language, outcome))], language))


def _key_of_failure(error: EftertankeError) -> str:
    """The sentence that tells why a file did not come, and what can be done."""
    if str(error).endswith(": missing_scope"):
        return "file.no_scope"
    if is_perhaps_sent(error):
        return "file.unsure"
    return "file.refused" if isinstance(error, Never) else "file.later"
