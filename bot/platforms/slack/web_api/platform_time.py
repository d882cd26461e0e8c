"""What time is it on Slack's clock?

Every answer says so in its `Date`, a refusal as well. Where a server leaves it out, the stamp of the message that it took last tells.
"""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.errors import Unsure
from bot.platforms.slack.web_api.errors import translate_errors

if TYPE_CHECKING:
    from slack_sdk import WebClient
    from slack_sdk.web import SlackResponse


class PlatformTime:
    """Slack's clock, asked by a call that changes nothing."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._latest: tuple[datetime, float] | None = None  # the stamp of the message taken last, and when that was

    def note(self, stamp: str) -> None:
        """A message has been taken and got this stamp: seconds since 1970."""
        with suppress(ValueError, OverflowError, OSError):
            self._latest = datetime.fromtimestamp(float(stamp), UTC), time.monotonic()

    def ask(self) -> datetime:
        """The moment, in UTC.

        Raises:
            Later, Unsure: Slack cannot be reached, or does not tell.
        """
        with translate_errors("auth.test"):
            headers = {name.lower(): value for name, value in self._answer().headers.items()}
        with suppress(ValueError, OverflowError):
            date = parsedate_to_datetime(headers.get("date", ""))
            return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)  # HTTP's dates are all in UTC
        if self._latest is None:
            raise Unsure("auth.test: its answer does not say when it was given")
        moment, seconds = self._latest
        return moment + timedelta(seconds=time.monotonic() - seconds)

    def _answer(self) -> SlackResponse:
        try:
            return self._client.api_call("auth.test")
        except SlackApiError as refusal:
            return refusal.response  # type: ignore[no-any-return]  # slack_sdk does not say so
