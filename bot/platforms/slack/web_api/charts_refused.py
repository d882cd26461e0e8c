"""Sends a message once more without its chart if Slack refuses the chart.

The block is young, and a workspace may lack it. A refused call has posted nothing, so the message stands once; it says in words what the
chart shows. What was refused once is not tried again until the bot starts anew.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, TypeVar

from bot.errors import Unfit
from bot.platforms.slack.web_api.errors import translate_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

    from bot.platforms.slack.form_metadata import Place
    from bot.platforms.slack.messages import SlackMessage
    from bot.seam.platform import Receipt

T = TypeVar("T")
OF_BLOCKS: Final = (": invalid_blocks", ": invalid_blocks_format", ": msg_blocks_too_long")  # refusals that a chart may have caused
log = logging.getLogger(__name__)


class ChartsRefused:
    """Remembers whether Slack has refused a chart."""

    def __init__(self) -> None:
        self._is_sure = False

    def post(self, method: str, message: SlackMessage, call: Callable[[str], T]) -> T:
        """Call Slack with the blocks of `message`; if it refuses them, once more without the chart.

        Raises:
            Later, OutOfService, Unsure, Unreachable, Vanished, Unfit, Never: of the last call.
        """
        if not message.has_chart:
            return _call(method, message, call)
        if self._is_sure:
            return _call(method, message.without_chart(), call)
        try:
            return _call(method, message, call)
        except Unfit as refusal:
            if not str(refusal).endswith(OF_BLOCKS):
                raise
        return self._post_again(method, message.without_chart(), call)

    def update(self, client: WebClient, place: Receipt | Place, message: SlackMessage) -> None:
        """Change the message at `place`, without its chart if Slack refuses that.

        Raises:
            Later, OutOfService, Unsure, Unreachable, Vanished, Unfit, Never: of the last call.
        """

        def change(blocks: str) -> None:
            client.chat_update(channel=place.channel, ts=place.stamp, text=message.text_of_update, blocks=blocks)

        self.post("chat.update", message, change)

    def _post_again(self, method: str, message: SlackMessage, call: Callable[[str], T]) -> T:
        self._is_sure = True  # also if Slack asks us to wait: the next attempt is one call
        try:
            answer = _call(method, message, call)
        except Unfit:
            self._is_sure = False  # it was not the chart
            raise
        log.warning("Slack refuses charts; messages say in words what they show")
        return answer


def _call(method: str, message: SlackMessage, call: Callable[[str], T]) -> T:
    with translate_errors(method):
        return call(message.blocks)
