"""Reads Slack's clock.

Every answer has the time in its `Date` header, a refusal too. If a server leaves it out, the time is counted on from the stamp of the
message that it accepted last.
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


class PlatformTime:
    """Slack's clock, read by a call that changes nothing."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._latest: tuple[datetime, float] | None = None  # the stamp of the last message, and our monotonic time then

    def note(self, stamp: str) -> None:
        """Note the stamp (seconds since 1970) of a message that Slack has just accepted."""
        with suppress(ValueError, OverflowError, OSError):
            self._latest = datetime.fromtimestamp(float(stamp), UTC), time.monotonic()

    def ask(self) -> datetime:
        """Return the time, in UTC.

        Raises:
            Later, Unsure: Slack cannot be reached, or its answer has no time.
        """
        with translate_errors("auth.test"):
            try:
                answer = self._client.api_call("auth.test")
            except SlackApiError as refusal:
                answer = refusal.response
            headers = {name.lower(): value for name, value in answer.headers.items()}
        with suppress(ValueError, OverflowError):
            date = parsedate_to_datetime(headers.get("date", ""))
            return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)  # all dates in HTTP are in UTC
        if self._latest is None:
            raise Unsure("auth.test: its answer does not say when it was given")
        moment, seconds = self._latest
        return moment + timedelta(seconds=time.monotonic() - seconds)
