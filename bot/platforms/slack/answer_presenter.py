"""Shows a person the answer to what they did.

The answer is a window, a changed message, the person's own page, or a message that only they see. If Slack cannot show it, what
was done stays done: the failure is logged here, and the person is told in another way if there is one.
"""

from __future__ import annotations

import contextlib
import logging
from time import monotonic
from typing import TYPE_CHECKING, Final

from bot.errors import EftertankeError
from bot.failures import SAID
from bot.platforms.slack.form_metadata import HOME
from bot.platforms.slack.messages import render_message
from bot.platforms.slack.web_api.errors import translate_errors
from bot.platforms.slack.web_api.find_message import conversation_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slack_sdk import WebClient

    from bot.platforms.slack.blocks import Json
    from bot.platforms.slack.form_metadata import Place
    from bot.platforms.slack.messages import SlackMessage
    from bot.platforms.slack.web_api.charts_refused import ChartsRefused
    from bot.seam.meaning import Meaning

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
            log_not_shown(error)
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
        log_not_shown(error)


def log_not_shown(error: EftertankeError) -> None:
    """Log that an answer was not shown, each kind of failure at most once an hour."""
    if SAID.is_due("not shown", str(error)):
        log.warning("an answer was not shown", extra={"reason": str(error)})
