"""Keeps the connection over which Slack sends us what people do.

A watchdog looks at the line to Slack every second. It replaces a line that was hung up or fell silent. If Slack asks for another line, the
old one is kept until the new one is connected. Whatever fails, the watchdog goes on: it logs an outage once, with its cause, and once more
when it is over.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Final

from bot.errors import EftertankeError, Later, OutOfService
from bot.platforms.slack.line import Line
from bot.platforms.slack.listeners import log_failure

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.platforms.slack.web_api.client import KeepingClient

WATCH_EVERY: Final = 1.0  # seconds
LONGEST_PAUSE: Final = 5  # looks of the watchdog between two tries to connect
STANDS_AFTER: Final = 10  # looks; if a line breaks sooner, the outage is not over
LONGEST_WAIT: Final = 60.0  # seconds, however long Slack asks for
CLOSE_WITHIN: Final = 5.0  # seconds
RETIRES_WITHIN: Final = 15  # looks; Slack hangs up ten seconds after it asked for another line
log = logging.getLogger(__name__)


class Connection:
    """The connection over which payloads come; call `start` and `stop` once each."""

    def __init__(self, app: App, web: KeepingClient, app_token: str, *, watch_every: float = WATCH_EVERY) -> None:
        self._app = app
        self._web = web
        self._app_token = app_token
        self._watch_every = watch_every
        self._line: Line | None = None
        self._exchange = threading.Lock()  # of the line: it is retired once, by the watchdog or by whoever stops it
        self.lines_made = 0  # since the start: one, and one more for each reconnection
        self._outage = _Outage()
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._watchdog = threading.Thread(target=self._watch, name="slack-watchdog", daemon=True)

    def start(self) -> None:
        """Connect, and start the watchdog, which goes on trying if Slack does not answer yet."""
        self._mend()
        self._watchdog.start()

    def stop(self) -> None:
        """Answer what has come, and hang up. Where Slack hangs, it is left to the end of the process."""
        self._stopped.set()
        self._wake.set()
        if self._watchdog.is_alive():
            self._watchdog.join(WATCH_EVERY)
        if (closing := self._retire_last_line()) is not None:
            closing.join(CLOSE_WITHIN)

    def _retire_last_line(self) -> threading.Thread | None:
        line = self._replace_line(None)
        return None if line is None else self._retire(line)

    def _replace_line(self, line: Line | None) -> Line | None:
        """Put another line in place of the one that is there, which is handed out."""
        with self._exchange:
            old, self._line = self._line, line
        return old

    def connected(self) -> bool:
        """Whether the line is connected and Slack answered a moment ago."""
        line = self._line
        return line is not None and _trouble_of(line) is None

    def _watch(self) -> None:
        while not self._stopped.is_set():
            self._wake.wait(self._watch_every)
            self._wake.clear()
            self._mend()
        self._retire_last_line()

    def _mend(self) -> None:
        """Replace the line if needed, and survive every error: without the watchdog the line would stay down."""
        try:
            line = self._line
            if line is not None and (trouble := _trouble_of(line)) is not None:
                self._outage.note_break(trouble)
                self._web.hang_up()
                self._retire_last_line()
            elif self._outage.is_past(STANDS_AFTER * self._watch_every):
                self._outage = _Outage()
            if (self._line is None or self._line.is_to_be_replaced) and self._outage.may_try(self._watch_every):
                old = self._replace_line(self._make_line())
                self._outage.end()
                if old is not None:
                    self._retire(old)
        except Exception as error:  # noqa: BLE001 - whatever it was, the watchdog goes on
            self._outage.note_failure(error)

    def _make_line(self) -> Line:
        line = Line(self._app, self._web, look_every=self._watch_every, wake=self._wake.set)
        try:
            line.connect(self._app_token)
        except BaseException:
            self._retire(line)
            raise
        self.lines_made += 1
        return line

    def _retire(self, line: Line) -> threading.Thread:
        """Close an old line in a thread of its own, after Slack has hung up: payloads may still come, and closing may hang."""
        closing = threading.Thread(target=self._close_in_time, args=(line,), name="slack-old-line", daemon=True)
        closing.start()
        return closing

    def _close_in_time(self, line: Line) -> None:
        until = time.monotonic() + RETIRES_WITHIN * self._watch_every
        while _trouble_of(line) is None and time.monotonic() < until and not self._stopped.wait(self._watch_every):
            pass
        line.close()


def _trouble_of(line: Line) -> str | None:
    """Return the line's trouble, None if it has none; a line that cannot be checked counts as broken."""
    try:
        return line.trouble()
    except Exception as error:  # noqa: BLE001 - whatever it was, the line is broken
        return type(error).__name__


class _Outage:
    """Logs one time without a line, and decides when to try again. All times are monotonic."""

    def __init__(self) -> None:
        self._since: float | None = None  # None: the outage is over, or there was none
        self._tries = 0
        self._tried_at = 0.0
        self._next_try = 0.0
        self._told: set[str] = set()

    def note_break(self, trouble: str) -> None:
        """Note that the line broke."""
        self._since = time.monotonic()
        self._warn_once("nothing comes from Slack any more: another connection is made", trouble)

    def may_try(self, pause: float) -> bool:
        """Whether to try now; each try makes the next pause longer."""
        now = time.monotonic()
        if now < self._next_try:
            return False
        self._tries, self._tried_at = self._tries + 1, now
        self._next_try = now + pause * min(self._tries, LONGEST_PAUSE)
        return True

    def note_failure(self, error: Exception) -> None:
        """Note a failed try. A rate limit is respected; if Slack refuses us as a whole, we ask again soon."""
        self._since = self._since or time.monotonic()
        if isinstance(error, Later) and not isinstance(error, OutOfService):
            self._next_try = max(self._next_try, time.monotonic() + min(error.after, LONGEST_WAIT))
        if isinstance(error, EftertankeError):
            self._warn_once("no connection to Slack: it is tried again", str(error))
        elif (name := type(error).__name__) not in self._told:
            self._told.add(name)
            log_failure(error, "connect")

    def end(self) -> None:
        """Note that a line is connected."""
        if self._since is None:
            log.info("connected to Slack")
        else:
            seconds = round(time.monotonic() - self._since, 1)
            log.info("reconnected to Slack", extra={"seconds": seconds, "count": self._tries})
        self._since = None

    def is_past(self, after: float) -> bool:
        """Whether the last try is more than `after` seconds ago."""
        return self._tries > 0 and time.monotonic() - self._tried_at > after

    def _warn_once(self, event: str, reason: str) -> None:
        if (event + reason) not in self._told:
            self._told.add(event + reason)
            log.warning(event, extra={"reason": reason})
