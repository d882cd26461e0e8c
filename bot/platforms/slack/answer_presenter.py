"""Shows a person the answer to what they did.

The answer is a window, a changed message, the person's own page, a message that only they see, or a file. If Slack cannot show it, what
was done stays done: the failure is logged here, and the person is told in another way if there is one.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from time import monotonic
from typing import TYPE_CHECKING, Final

from bot.errors import EftertankeError, Never
from bot.failures import SAID
from bot.platforms.slack.blocks import body as sentence
from bot.platforms.slack.form_metadata import HOME
from bot.platforms.slack.messages import make_message, render_message
from bot.platforms.slack.views import with_notice
from bot.platforms.slack.web_api.errors import translate_errors
from bot.platforms.slack.web_api.file_upload import is_perhaps_sent, send_file
from bot.platforms.slack.web_api.find_message import conversation_id
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slack_sdk import WebClient

    from bot.platforms.slack.blocks import Json
    from bot.platforms.slack.charts import ChartsRefused
    from bot.platforms.slack.form_metadata import Place
    from bot.platforms.slack.messages import SlackMessage
    from bot.platforms.slack.web_api.client import KeepingClient
    from bot.seam.meaning import Meaning
    from bot.seam.reading_answers import Document

log = logging.getLogger(__name__)
SECOND_PRESS: Final = (": hash_conflict", ": exchanged_trigger_id")  # Slack's answers to the second of two presses: the first was shown
TWO_PRESSES: Final = 5.0  # seconds
_Press = tuple[str, str]


class Presenter:
    """Shows answers on Slack; no method raises if Slack fails."""

    def __init__(self, client: WebClient, charts: ChartsRefused) -> None:
        self._client = client
        self._charts = charts
        self._shown_at: dict[_Press, float] = {}

    def show(self, body: Json, view: Json, *, over: bool = False) -> bool:
        """Open a window, or change the one in which the button was pressed.

        `body` is the payload of the press. `over`: also if the window was changed since. Returns whether the person sees a window now: this
        one or, of two quick presses, the other one's.
        """
        old, press = body.get("view", {}), _press_of(body)
        is_changed = old.get("type") == "modal"
        try:
            with translate_errors("views.update" if is_changed else "views.open"):
                if is_changed:
                    self._client.views_update(view_id=old["id"], hash=None if over else old["hash"], view=view)
                else:
                    self._client.views_open(trigger_id=body["trigger_id"], view=view)
        except EftertankeError as error:
            _log(error)
            return str(error).endswith(SECOND_PRESS) or monotonic() - self._shown_at.get(press, -TWO_PRESSES) < TWO_PRESSES
        self._remember(press)
        return True

    def _remember(self, press: _Press) -> None:
        """Remember for a few seconds that somebody was shown a window for a press."""
        now = monotonic()
        self._shown_at = {other: at for other, at in self._shown_at.items() if now - at < TWO_PRESSES} | {press: now}

    def show_later(self, window: str, view: Json) -> bool:
        """Change an open window long after a press; returns whether it was still open."""
        try:
            with translate_errors("views.update"):
                self._client.views_update(view_id=window, view=view)
        except EftertankeError:
            return False
        return True

    def redraw(self, place: Place | None, meaning: Meaning) -> None:
        """Change the message at `place` for everyone who sees it; a page of one's own is no message."""
        message = render_message(meaning)
        if place is not None and place != HOME:
            with _log_trouble("chat.update"):
                self._charts.update(self._client, place, message)

    def publish(self, user: str, page: Json) -> None:
        """Update a person's own page."""
        with _log_trouble("views.publish"):
            self._client.views_publish(user_id=user, view=page)

    def whisper(self, user: str, message: SlackMessage, channel: str | None = None, thread: str | None = None) -> None:
        """Show a message to one person only; it stays in no history.

        Without `channel` it is shown in their direct messages. `thread` is the stamp of the message that began their thread.
        """
        with _log_trouble("chat.postEphemeral"):
            conversation = channel or conversation_id(self._client, user)
            self._client.chat_postEphemeral(channel=conversation, user=user, text=message.text, blocks=message.blocks, thread_ts=thread)


class FileSender:
    """Sends files to those who asked for them, and tells in their window how it went.

    Slack takes a file in four calls, and a press is to be answered within three seconds. So a press is acknowledged first, and a thread of
    its own goes on with its file.
    """

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
            _log(error)
            outcome = _key_of_failure(error)
        finally:
            with self._lock:
                self._under_way.remove(person_and_file)
        is_told = self._presenter.show_later(body["view"]["id"], with_notice(body["view"], say(language, outcome)))
        if not is_told and outcome != "file.there":  # the window was closed, and no file tells anything
            self._presenter.whisper(person, make_message([sentence(say(language, outcome))], language))


def _key_of_failure(error: EftertankeError) -> str:
    """The sentence that tells why a file did not come, and what can be done."""
    if str(error).endswith(": missing_scope"):
        return "file.no_scope"
    if is_perhaps_sent(error):
        return "file.unsure"
    return "file.refused" if isinstance(error, Never) else "file.later"


def _press_of(body: Json) -> _Press:
    """Who pressed which button, or typed which command: two quick presses of one button are the same."""
    if "user_id" in body:
        return body["user_id"], body.get("text", "")
    pressed = [{name: value for name, value in button.items() if name != "action_ts"} for button in body["actions"]]
    return body["user"]["id"], str(pressed)


@contextlib.contextmanager
def _log_trouble(method: str) -> Iterator[None]:
    """Log a failed call, each kind of failure at most once an hour, and raise nothing.

    A line for each call would tell how often people press.
    """
    try:
        with translate_errors(method):
            yield
    except EftertankeError as error:
        _log(error)


def _log(error: EftertankeError) -> None:
    if SAID.is_due("not shown", str(error)):
        log.warning("an answer was not shown", extra={"reason": str(error)})
