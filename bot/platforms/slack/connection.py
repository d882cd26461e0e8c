"""Does what people do still reach us?

A line to Slack, and a watchdog that looks at it every second. In place of a line that was hung up or fell silent another one is made; where
Slack asks for another, the old one stands until the new one does. Whatever fails, the watchdog goes on: an outage is told once, with its
cause, and once more when it is over.
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
LONGEST_PAUSE: Final = 5  # looks between two tries to connect
STANDS_AFTER: Final = 10  # looks; a line that breaks sooner is no end of an outage
LONGEST_WAIT: Final = 60.0  # seconds, however long Slack asks for
CLOSE_WITHIN: Final = 5.0  # seconds
RETIRES_WITHIN: Final = 15  # looks; Slack hangs up ten seconds after it has asked for another line
log = logging.getLogger(__name__)


class Connection:
    """The connection over which payloads come. `start` and `stop` once each."""

    def __init__(self, app: App, web: KeepingClient, app_token: str, *, watch_every: float = WATCH_EVERY) -> None:
        self._app = app
        self._web = web
        self._app_token = app_token
        self._watch_every = watch_every
        self._line: Line | None = None
        self._outage = _Outage()
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._watchdog = threading.Thread(target=self._watch, name="slack-watchdog", daemon=True)

    def start(self) -> None:
        """Connect, and keep watch. Where Slack does not answer yet, the watchdog goes on trying."""
        self._mend_safely()
        self._watchdog.start()

    def stop(self) -> None:
        """Hang up."""
        self._stopped.set()
        self._wake.set()
        if self._watchdog.is_alive():
            self._watchdog.join()
        line, self._line = self._line, None
        if line is not None:
            self._retire(line).join(CLOSE_WITHIN)

    def connected(self) -> bool:
        """Whether the connection stands, and the other end was heard a moment ago."""
        line = self._line
        return line is not None and _trouble_of(line) is None

    def _watch(self) -> None:
        while not self._stopped.is_set():
            self._wake.wait(self._watch_every)
            self._wake.clear()
            self._mend_safely()

    def _mend_safely(self) -> None:
        """Nobody else would bring the line back, so the watchdog survives whatever goes wrong."""
        try:
            self._mend()
        except Exception as error:  # noqa: BLE001 - as it says
            self._outage.note_failure(error)

    def _mend(self) -> None:
        line = self._line
        if line is not None and (trouble := _trouble_of(line)) is not None:
            self._outage.note_break(trouble)
            self._web.hang_up()
            self._line = None
            self._retire(line)
        elif self._outage.is_past(STANDS_AFTER * self._watch_every):
            self._outage = _Outage()
        if (self._line is None or self._line.is_to_be_replaced) and self._outage.may_try(self._watch_every):
            old, self._line = self._line, self._make_line()
            self._outage.end()
            if old is not None:
                self._retire(old)

    def _make_line(self) -> Line:
        line = Line(self._app, self._web, look_every=self._watch_every, wake=self._wake.set)
        try:
            line.connect(self._app_token)
        except BaseException:
            self._retire(line)
            raise
        return line

    def _retire(self, line: Line) -> threading.Thread:
        """Let a line stand, for what still comes over it, until Slack hangs up, and close it. Nobody waits: closing may hang."""
        closing = threading.Thread(target=self._close_in_time, args=(line,), name="slack-old-line", daemon=True)
        closing.start()
        return closing

    def _close_in_time(self, line: Line) -> None:
        until = time.monotonic() + RETIRES_WITHIN * self._watch_every
        while _trouble_of(line) is None and time.monotonic() < until and not self._stopped.wait(self._watch_every):
            pass
        line.close()


def _trouble_of(line: Line) -> str | None:
    """Its trouble. A line that cannot even be looked at is as good as none."""
    try:
        return line.trouble()
    except Exception as error:  # noqa: BLE001 - as it says
        return type(error).__name__


class _Outage:
    """What is told of a time without a line, and when to try again. Moments are monotonic."""

    def __init__(self) -> None:
        self._since: float | None = None  # None: over, or there was none
        self._tries = 0
        self._tried_at = 0.0
        self._next_try = 0.0
        self._told: set[str] = set()

    def note_break(self, trouble: str) -> None:
        """The line broke."""
        self._since = time.monotonic()
        self._warn_once(f"nothing comes from Slack any more ({trouble}); making another connection")

    def may_try(self, pause: float) -> bool:
        """Whether to try now; the pause until the next time grows."""
        now = time.monotonic()
        if now < self._next_try:
            return False
        self._tries, self._tried_at = self._tries + 1, now
        self._next_try = now + pause * min(self._tries, LONGEST_PAUSE)
        return True

    def note_failure(self, error: Exception) -> None:
        """It failed. A method's limit is kept; who refuses us as a whole is asked again soon."""
        self._since = self._since or time.monotonic()
        if isinstance(error, Later) and not isinstance(error, OutOfService):
            self._next_try = max(self._next_try, time.monotonic() + min(error.after, LONGEST_WAIT))
        if isinstance(error, EftertankeError):
            self._warn_once(f"no connection to Slack: {error}; trying again")
        elif (name := type(error).__name__) not in self._told:
            self._told.add(name)
            log_failure(error, "the connection to Slack")

    def end(self) -> None:
        """A line stands."""
        if self._since is None:
            log.info("connected to Slack")
        else:
            log.info("reconnected after %.1f s, tries: %d", time.monotonic() - self._since, self._tries)
        self._since = None

    def is_past(self, after: float) -> bool:
        """Whether the newest line has stood for so long."""
        return self._tries > 0 and time.monotonic() - self._tried_at > after

    def _warn_once(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            log.warning(text)
