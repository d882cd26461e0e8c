"""One Socket Mode connection to Slack.

slack_sdk's client reads, pings and hands payloads on, but its own reconnecting is switched off: it sleeps as long as Slack asks, reads an
ended connection in an endless loop, and notices a silent one only after half a minute. `connection` makes, checks and closes lines.
"""

from __future__ import annotations

import contextlib
import logging
import select
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.database.patience import one_budget, patience_left
from bot.errors import Unsure
from bot.platforms.slack.listeners import log_failure
from bot.platforms.slack.web_api.client import is_on_this_machine
from bot.platforms.slack.web_api.errors import translate_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from slack_bolt import App
    from slack_sdk import WebClient
    from slack_sdk.socket_mode.client import BaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

BUFFER: Final = 16 * 1024  # bytes; a form is a few thousand
# Payloads handled at the same time; most of it is waiting for Slack: 180 presses are answered within 1.5 s at 150 ms a call.
AT_ONCE: Final = 60
PING_EVERY: Final = 3  # looks
SILENT_AFTER: Final = 10  # looks; by then three pings in a row were not answered
ANSWERED_WITHIN: Final = 3.5  # seconds; Slack itself waits three
HUNG_UP: Final = getattr(select, "POLLRDHUP", 0)  # on other systems than Linux only a reset shows at once
client_log = logging.getLogger("slack_sdk.line")
client_log.setLevel(logging.CRITICAL)  # it logs every try with Slack's words; we log one outage
log = logging.getLogger(__name__)


class Line:
    """One connection, which is checked every `look_every` seconds.

    `wake` is called when it breaks, or when Slack asks for another line in its place.
    """

    def __init__(self, app: App, web: WebClient, *, look_every: float, wake: Callable[[], None]) -> None:
        self._app = app
        self._web = web
        self._silent_after = SILENT_AFTER * look_every
        self._client = _Client(web, wake, ping_interval=PING_EVERY * look_every)
        self._client.socket_mode_request_listeners.append(self._handle)
        self._last_pong: float | None = None
        self._heard_at = time.monotonic()
        self._door = threading.Condition()
        self._under_way = 0
        self._is_closed = False

    def connect(self, app_token: str) -> None:
        """Connect, once.

        Raises:
            Later, Unsure, Never: Slack does not let us connect.
        """
        with translate_errors("apps.connections.open"):
            self._client.wss_uri = str(self._web.apps_connections_open(app_token=app_token)["url"])
        self._client.connect()
        self._heard_at = time.monotonic()
        if not self._client.is_connected():
            raise Unsure("the address that Slack gave does not answer")

    def trouble(self) -> str | None:
        """Say in a few words why nothing can come over it; None if it works."""
        session = self._client.current_session
        if session is None or session.sock is None or _is_hung_up(session.sock):
            return "it was hung up"
        if session.last_ping_pong_time != self._last_pong:
            self._last_pong, self._heard_at = session.last_ping_pong_time, time.monotonic()
        return "no sign of life" if time.monotonic() - self._heard_at > self._silent_after else None

    @property
    def is_to_be_replaced(self) -> bool:
        """Whether Slack has asked for another line in its place; this one works until Slack hangs up."""
        return self._client.is_to_be_replaced

    def close(self) -> None:
        """Take in no more, see what has come to its acknowledgement, and close without the waits of slack_sdk's own closing."""
        with self._door:
            self._is_closed = True
            self._door.wait_for(lambda: not self._under_way, ANSWERED_WITHIN)
        client = self._client
        client.closed = True
        client.message_queue.put(None)  # wakes the thread that waits for payloads
        client.current_session_state.terminated = True
        session, client.current_session = client.current_session, None
        with contextlib.suppress(Exception):  # there is no session, or Slack closed it first
            session.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # ends the read that else holds its lock for three seconds
        with contextlib.suppress(Exception):  # likewise
            session.close()  # type: ignore[union-attr]  # likewise
        client.close()

    def _handle(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """Let Bolt handle a payload, and acknowledge it if it was. On a closed line nothing is handled, so nobody takes it as kept."""
        with self._door:
            if self._is_closed:
                return
            self._under_way += 1
        try:
            send_response(client, request, run_bolt_app(self._app, request), 0.0)  # the start time is only used in a debug log
        except Exception as error:  # noqa: BLE001 - whatever it was, its text may hold words that people wrote
            log_failure(error, "acknowledge")
        finally:
            with self._door:
                self._under_way -= 1
                self._door.notify_all()


class Workers(ThreadPoolExecutor):
    """Threads that handle payloads. Whoever sent one has waited since it came, also while all threads were busy."""

    def submit(self, handle: Callable[[], Any], /) -> Future[Any]:  # type: ignore[override]  # slack_sdk hands in nothing else
        """Handle a payload when it is its turn."""
        until = time.monotonic() + patience_left()

        def handle_in_time() -> None:
            with one_budget(max(0.0, until - time.monotonic())):
                handle()

        return super().submit(handle_in_time)


class _Client(SocketModeClient):
    """slack_sdk's client, which never makes a connection by itself."""

    def __init__(self, web: WebClient, wake: Callable[[], None], *, ping_interval: float) -> None:
        self.is_to_be_replaced = False
        self._wake = wake
        super().__init__(
            "",  # only asking for the address needs the token
            logger=client_log,
            web_client=web,
            auto_reconnect_enabled=False,
            ping_interval=ping_interval,
            receive_buffer_size=BUFFER,
            on_error_listeners=[lambda _: wake()],
            on_close_listeners=[lambda _code, _reason: wake()],
        )
        self.message_workers = Workers(AT_ONCE)
        if is_on_this_machine(web.base_url):
            self.proxy = None  # the client takes a proxy from the environment and ignores NO_PROXY

    def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as slack_sdk's own
        """Called when Slack asks for another connection in place of this one."""
        self.is_to_be_replaced = True
        self._wake()

    def process_message(self) -> None:
        """Hand on one payload."""
        try:
            super().process_message()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
        except Exception as error:  # noqa: BLE001 - likewise
            log_failure(error, "receive")


def _is_hung_up(sock: Any) -> bool:
    """Whether the other end has closed or reset the connection, even if we have not read all that came."""
    try:
        poll = select.poll()
        poll.register(sock, HUNG_UP)
        return bool(poll.poll(0))
    except (OSError, ValueError):  # somebody closed it in the meantime
        return True
