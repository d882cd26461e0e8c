"""Does what people do still reach us?

A Socket Mode connection, and a watchdog that looks after it: the client mends most breaks itself, but a connection can go stale for good
(a far end that hung up without a word is even taken for connected). Then the old one is given up (closing it may hang, so it gets a
limited time) and a new one is made.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from typing import TYPE_CHECKING, Final

from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.errors import EftertankeError
from bot.platforms.slack.web_api.client import is_on_this_machine
from bot.platforms.slack.web_api.errors import translate_errors

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_sdk import WebClient

WATCH_EVERY: Final = 15.0  # seconds
CLOSE_WITHIN: Final = 5.0  # seconds
BUFFER: Final = 16 * 1024  # bytes; a form is a few thousand
log = logging.getLogger(__name__)


class Connection:
    """The connection over which payloads come. `start` and `stop` once each."""

    def __init__(self, app: App, web: WebClient, app_token: str, *, watch_every: float = WATCH_EVERY) -> None:
        self._app = app
        self._web = web
        self._app_token = app_token
        self._watch_every = watch_every
        self._handler: SocketModeHandler | None = None
        self._missed = 0  # looks in a row at which no new sign of life was seen
        self._stopped = threading.Event()
        self._watchdog = threading.Thread(target=self._watch, name="slack-watchdog", daemon=True)

    def start(self) -> None:
        """Connect, and keep watch.

        Raises:
            Later, Unsure, Never: Slack does not let us connect.
        """
        self._connect()
        self._watchdog.start()

    def stop(self) -> None:
        """Hang up."""
        self._stopped.set()
        if self._watchdog.is_alive():
            self._watchdog.join()
        self._hang_up()

    def connected(self) -> bool:
        """Whether the connection stands, and the other end was heard at the last look."""
        return self._handler is not None and self._handler.client.is_connected() and not self._missed

    def _connect(self) -> None:
        handler = SocketModeHandler(
            self._app,
            self._app_token,
            logger=self._web.logger,
            web_client=self._web,
            ping_interval=self._watch_every / 3,
            receive_buffer_size=BUFFER,
        )
        if is_on_this_machine(self._web.base_url):
            handler.client.proxy = None  # the client takes one from the environment and asks no NO_PROXY
        self._handler = handler
        with translate_errors("apps.connections.open"):
            handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped

    def _hang_up(self) -> None:
        """Close the connection; one that does not close in time is left behind."""
        handler, self._handler = self._handler, None
        if handler is None:
            return
        closing = threading.Thread(target=_close, args=(handler,), daemon=True)
        closing.start()
        closing.join(CLOSE_WITHIN)
        if closing.is_alive():
            log.warning("an old connection did not close in time")

    def _watch(self) -> None:
        """Twice in a row without a sign of life: the client could not mend it, so make a new connection."""
        previous_pong = None
        while not self._stopped.wait(self._watch_every):
            pong = self._last_pong()
            self._missed = 0 if pong is not None and pong != previous_pong else self._missed + 1
            previous_pong = pong
            if self._missed > 1:
                self._reconnect()

    def _last_pong(self) -> float | None:
        """When the other end last answered a ping; None if there is no connection."""
        session = self._handler.client.current_session if self._handler else None
        return session.last_ping_pong_time if session is not None and session.is_active() else None

    def _reconnect(self) -> None:
        log.warning("no sign of life; making a new connection")
        self._missed = 0
        self._hang_up()
        with contextlib.suppress(EftertankeError):  # the next look tries again
            self._connect()


def _close(handler: SocketModeHandler) -> None:
    """Close a connection without sitting out the client's own waits."""
    client, session = handler.client, handler.client.current_session
    client.closed = True
    client.message_queue.put(None)  # wakes the thread that waits for payloads
    if session is not None and session.sock is not None:
        with contextlib.suppress(OSError):
            session.sock.shutdown(socket.SHUT_RDWR)  # ends the read that would otherwise hold its lock for three seconds
    with contextlib.suppress(AttributeError):  # the client's reading thread may have closed the same socket a moment ago
        handler.close()  # type: ignore[no-untyped-call]  # likewise
