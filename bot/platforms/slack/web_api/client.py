"""Clients for Slack's Web API, over connections that are kept open.

There are two clients: a patient one for sending, and a quick one for calls that must fit in the three seconds Slack gives an answer. None
repeats a call: after a lost answer that would send a message twice; delivery decides. Each client has its own connections, so that no press
waits behind a fan-out. A server on this machine is called without any proxy.
"""

from __future__ import annotations

import base64
import json
import logging
import select
import socket
import time
import weakref
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from slack_sdk import WebClient

from bot.platforms.slack.web_api.errors import NotConnected

if TYPE_CHECKING:
    from urllib.request import Request

SLACK_URL: Final = WebClient.BASE_URL
PATIENT_TIMEOUT: Final = 10  # seconds
QUICK_TIMEOUT: Final = 2  # seconds; the engine's own second and a half still fits within Slack's three
IDLE_AT_MOST: Final = 4.0  # seconds; servers and firewalls we know keep an idle connection longer; a call on a closed one would be `Unsure`
log = logging.getLogger("slack_sdk")  # a library's name: bot/logs.py lets none of its texts through
log.setLevel(logging.ERROR)  # at DEBUG slack_sdk logs whole payloads; its own level prevents that whatever the root's level is


class KeepingClient(WebClient):
    """slack_sdk's client with kept connections, as many as there are calls at once.

    Any thread may call. Each call is one request.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._idle: list[tuple[float, HTTPConnection]] = []  # (idle since, connection); the one used last is the last
        weakref.finalize(self, _close_all, self._idle)

    def hang_up(self) -> None:
        """Close all idle connections, because the network has just failed."""
        while (idle := self._take_idle()) is not None:
            idle[1].close()

    def hand_over(self, url: str, content: bytes) -> int:
        """Post a file to the address that Slack has given for it, and return the status of the answer.

        It has a connection of its own.

        Raises:
            NotConnected: no connection could be made.
            ValueError: the address is less safe than that of the Web API.
        """
        if urlsplit(url).scheme != urlsplit(self.base_url).scheme:
            raise ValueError("not an address for a file")
        with closing(self._new_connection(url)) as connection:
            connection.request(
                "POST",
                urlsplit(url)._replace(scheme="", netloc="").geturl(),
                content,
                {"Content-Type": "application/octet-stream"},
            )
            return connection.getresponse().status

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """Send one request, in place of slack_sdk's method of this name.

        Slack's answers are JSON objects; any other body did not come from Slack and is replaced by an empty object.
        """
        connection = self._idle_connection() or self._new_connection(url)
        try:
            connection.request("POST", req.selector, req.data, dict(req.header_items()))
            if hasattr(socket, "TCP_QUICKACK"):  # else a server that sends the answer in two pieces holds back the second for 40 ms
                connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            answer = connection.getresponse()
            body = answer.read()
        except BaseException:
            connection.close()
            raise
        if connection.sock is not None:  # Slack keeps the connection open
            self._idle.append((time.monotonic(), connection))
        return {"status": answer.status, "headers": answer.headers, "body": body.decode() if _is_object(body) else "{}"}

    def _idle_connection(self) -> HTTPConnection | None:
        """Return an idle connection that still works, and close those that do not; None if there is none."""
        while (idle := self._take_idle()) is not None:
            since, connection = idle
            if time.monotonic() - since < IDLE_AT_MOST and not _has_hung_up(connection):
                connection.sock.settimeout(self.timeout)
                return connection
            connection.close()
        return None

    def _take_idle(self) -> tuple[float, HTTPConnection] | None:
        """Take the connection used last; None if there is none, or another thread has just taken it."""
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _new_connection(self, url: str) -> HTTPConnection:
        """Connect to the server, through the proxy if there is one.

        Raises:
            NotConnected: no connection could be made.
        """
        server = urlsplit(url)
        proxy = urlsplit(self.proxy if "//" in self.proxy else f"//{self.proxy}") if self.proxy else None
        kind = HTTPSConnection if server.scheme == "https" else HTTPConnection
        connection = kind((proxy or server).hostname or "", (proxy or server).port, timeout=self.timeout)
        if proxy:
            connection.set_tunnel(server.hostname or "", server.port, headers=_authorization(proxy.username, proxy.password))
        try:
            connection.connect()
        except (OSError, HTTPException) as error:
            connection.close()
            raise NotConnected(f"no connection: {type(error).__name__}") from None
        return connection


def make_client(token: str, api_url: str | None, *, timeout: int) -> KeepingClient:
    """Make a client of Slack's Web API, or of a server at `api_url` that behaves like it."""
    client = KeepingClient(token=token, base_url=api_url or SLACK_URL, timeout=timeout, retry_handlers=[], logger=log)
    if is_on_this_machine(client.base_url):
        client.proxy = None  # the constructor would take a proxy from the environment instead
    if client.base_url.startswith("http:"):
        client.ssl = SSLContext(PROTOCOL_TLS_CLIENT)  # not needed, but without it Socket Mode reads the machine's certificates each time
    return client


def is_on_this_machine(url: str) -> bool:
    """Whether the address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _has_hung_up(connection: HTTPConnection) -> bool:
    """Whether the other end has closed an idle connection, or sent something without a request."""
    waiting = select.poll()
    waiting.register(connection.sock, select.POLLIN)
    return bool(waiting.poll(0))


def _authorization(user: str | None, password: str | None) -> dict[str, str]:
    """Make the header for a proxy that asks for a password."""
    if not user:
        return {}
    known_as = base64.b64encode(f"{unquote(user)}:{unquote(password or '')}".encode()).decode()
    return {"Proxy-Authorization": f"Basic {known_as}"}


def _is_object(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except ValueError:
        return False


def _close_all(idle: list[tuple[float, HTTPConnection]]) -> None:
    for _, connection in idle:
        connection.close()
