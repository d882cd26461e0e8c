"""How does a person see an answer?

In a window, in the message they pressed, on their own page, or in a line for their eyes only. What was done stays done also when Slack
does not show it: a failure here is noted, and told where there is another way to tell it.
"""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from bot.errors import EftertankeError
from bot.failures import SAID
from bot.platforms.slack.messages import render_message
from bot.platforms.slack.web_api.errors import translate_errors
from bot.platforms.slack.web_api.find_message import conversation_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slack_sdk import WebClient

    from bot.platforms.slack.blocks import Json
    from bot.platforms.slack.form_metadata import Place
    from bot.platforms.slack.messages import SlackMessage
    from bot.seam.meaning import Meaning

log = logging.getLogger(__name__)


class Presenter:
    """What Slack shows at once. No method raises for what Slack does or does not do."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def show(self, body: Json, view: Json) -> bool:
        """Open a window for who sent the payload `body`, or change the one its button stands in. Whether it is seen."""
        old = body.get("view", {})
        is_changed = old.get("type") == "modal"
        try:
            with translate_errors("views.update" if is_changed else "views.open"):
                if is_changed:
                    self._client.views_update(view_id=old["id"], hash=old["hash"], view=view)
                else:
                    self._client.views_open(trigger_id=body["trigger_id"], view=view)
        except EftertankeError as error:
            _log_not_shown(error)
            return False
        return True

    def redraw(self, place: Place | None, meaning: Meaning) -> None:
        """Draw the message at `place` anew, for all who see it."""
        message = render_message(meaning)
        if place is not None:
            with _log_trouble("chat.update"):
                self._client.chat_update(channel=place.channel, ts=place.stamp, text=message.text_of_update, blocks=message.blocks)

    def publish(self, user: str, page: Json) -> None:
        """Bring a person's own page up to date."""
        with _log_trouble("views.publish"):
            self._client.views_publish(user_id=user, view=page)

    def whisper(self, user: str, message: SlackMessage, channel: str | None = None, thread: str | None = None) -> None:
        """Say something for one person's eyes, until they look away: it stays in no history. In their direct messages, if nowhere else.

        `thread` is the stamp of the message under which they are.
        """
        with _log_trouble("chat.postEphemeral"):
            conversation = channel or conversation_id(self._client, user)
            self._client.chat_postEphemeral(channel=conversation, user=user, text=message.text, blocks=message.blocks, thread_ts=thread)


@contextlib.contextmanager
def _log_trouble(method: str) -> Iterator[None]:
    try:
        with translate_errors(method):
            yield
    except EftertankeError as error:
        _log_not_shown(error)


def _log_not_shown(error: EftertankeError) -> None:
    """Once an hour for each kind: who pressed how often is nobody's business."""
    if SAID.is_due("not shown", str(error)):
        log.warning("not shown: %s", error)
