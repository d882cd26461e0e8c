"""`SlackPlatform` implements the seam's `Platform` on Slack.

It sends, changes and finds messages, reads who the people are, and hands what they do to the door. Bolt and slack_sdk get every setting
explicitly: settings that they read from the environment could turn the bot into another app.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.errors import Unfit
from bot.platforms.slack.answer_presenter import Presenter
from bot.platforms.slack.app import make_app
from bot.platforms.slack.connection import WATCH_EVERY, Connection
from bot.platforms.slack.file_sender import FileSender
from bot.platforms.slack.listeners import Listeners
from bot.platforms.slack.messages import render_message
from bot.platforms.slack.web_api import find_message, startup
from bot.platforms.slack.web_api.answer_parts import part
from bot.platforms.slack.web_api.charts_refused import ChartsRefused
from bot.platforms.slack.web_api.client import PATIENT_TIMEOUT, QUICK_TIMEOUT, make_client
from bot.platforms.slack.web_api.directory import Directory
from bot.platforms.slack.web_api.platform_time import PlatformTime
from bot.programme import Language
from bot.seam.platform import Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.programme import Source
    from bot.seam.meaning import Meaning
    from bot.seam.platform import ChannelFacts, Door, Roster

log = logging.getLogger(__name__)


class SlackPlatform:
    """Slack, or a server that speaks like it at `api_url`.

    `channels` must exist, with the bot in them, when it starts. `language` is used if a person's own is not known. `watch_every` is in
    seconds; `patience` says how long a start waits for temporary trouble. Every method raises `Later`, `Unsure`, `Unreachable`, `Vanished`,
    `Unfit` or `Never`, and nothing else.
    """

    def __init__(  # noqa: PLR0913 - the wiring hands in each by its name
        self,
        *,
        bot_token: str,
        app_token: str,
        api_url: str | None = None,
        channels: tuple[str, ...] = (),
        language: Language = Language.DA,
        watch_every: float = WATCH_EVERY,
        patience: startup.Patience = startup.PATIENT,
    ) -> None:
        self._client = make_client(bot_token, api_url, timeout=PATIENT_TIMEOUT)
        self._quick_client = make_client(bot_token, api_url, timeout=QUICK_TIMEOUT)
        self._charts = ChartsRefused()
        self._time = PlatformTime(self._client)
        self._directory = Directory(self._client, self._quick_client)
        self._app_token = app_token
        self._channels = channels
        self._language = language
        self._watch_every = watch_every
        self._patience = patience
        self._bot = ""
        self._connection: Connection | None = None

    def start(self, door: Door) -> None:
        """Check tokens, scopes, home and channels, then hand what people do to `door` until `stop`.

        Raises:
            SetupFault: something is missing; the text names it and its cure.
        """
        self._patience.start(lambda: self._try_to_start(door), self._client.base_url)

    def _try_to_start(self, door: Door) -> None:
        identity = startup.identity(self._client)
        startup.check_app_token(self._client, self._app_token)
        startup.check_home(self._client, identity.user)
        with startup.refusal_as_fault(startup.REINSTALL):
            startup.check_channels(self._client, self._channels)
        self._bot = identity.user
        self._directory.begin(identity)
        presenter = Presenter(self._quick_client, self._charts)
        files = FileSender(self._client, presenter)
        listeners = Listeners(door, presenter, files, self._language, self._directory.usual_id)
        app = make_app(identity, listeners)
        self._connection = Connection(app, self._client, self._app_token, watch_every=self._watch_every)
        self._connection.start()

    def stop(self) -> None:
        """Stop listening."""
        if self._connection is not None:
            self._connection.stop()
            self._connection = None

    def connected(self) -> bool:
        """Whether Slack can hand us now what people do."""
        return self._connection is not None and self._connection.connected()

    def lines_made(self) -> int:
        """How often Slack has been connected to since the start; 0 while it is not listened to."""
        return 0 if self._connection is None else self._connection.lines_made

    def send(self, address: str, meaning: Meaning, delivery_id: str) -> Receipt:
        """Send `meaning` to a person or a channel: one call, repeated here only without a chart that Slack refused."""
        message = render_message(meaning)
        if not message.text:
            raise Unfit("chat.postMessage: no_text")

        def post(blocks: str) -> Receipt:
            answer = self._client.chat_postMessage(
                channel=address,
                text=message.text,
                blocks=blocks,
                metadata=find_message.delivery_metadata(delivery_id),
                mrkdwn=False,
                unfurl_links=False,
                unfurl_media=False,
            )
            return Receipt(channel=part(answer, "channel", kind=str), stamp=part(answer, "ts", kind=str))

        receipt = self._charts.post("chat.postMessage", message, post)
        self._time.note(receipt.stamp)
        return receipt

    def update(self, receipt: Receipt, meaning: Meaning) -> None:
        """Change a message."""
        self._charts.update(self._client, receipt, render_message(meaning))

    def find(self, address: str, delivery_id: str, since: datetime) -> Receipt | None:
        """Find the message with `delivery_id` in the conversation since `since`."""
        return find_message.find(self._client, self._bot, address, delivery_id, since)

    def roster(self, sources: tuple[Source, ...]) -> Mapping[Source, Roster]:
        """Read the people of each source, with language and time zone."""
        return self._directory.rosters(sources)

    def channel(self, channel: str) -> ChannelFacts:
        """Read the facts of a channel."""
        return startup.channel_facts(self._client, channel)

    def time(self) -> datetime:
        """Read Slack's clock, in UTC."""
        return self._time.ask()
