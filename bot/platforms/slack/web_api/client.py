"""How is Slack's Web API reached?

Two clients: one for sending, patient and without any retries (a retry after a lost answer would say things twice; delivery decides), and
a quick one for what must fit in the three seconds Slack gives an answer. Each keeps its own connections, so that no press waits behind a
fan-out. A server on this machine is reached past any proxy.
"""

from __future__ import annotations

import base64
import json
import logging
import select
import socket
import time
import weakref
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from slack_sdk import WebClient

from bot.platforms.slack.web_api.errors import NotConnected

if TYPE_CHECKING:
    from urllib.request import Request

SLACK_URL: Final = WebClient.BASE_URL
PATIENT_TIMEOUT: Final = 10  # seconds
QUICK_TIMEOUT: Final = 2  # seconds; with the engine's own second and a half still within Slack's three
IDLE_AT_MOST: Final = 4.0  # seconds; no server or firewall we know gives up an idle connection sooner, and to guess wrong is to be unsure
log = logging.getLogger("slack_sdk")  # a library's name: bot/logs.py lets none of its words through
log.setLevel(logging.ERROR)  # slack_sdk writes whole payloads at DEBUG; a level of its own keeps it from ever doing so


class KeepingClient(WebClient):
    """slack_sdk's client over connections that are kept: as many as calls are in flight. Any thread may call. Each call is one request."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._idle: list[tuple[float, HTTPConnection]] = []  # since when; the one used last stands last
        weakref.finalize(self, _close_all, self._idle)

    def hang_up(self) -> None:
        """Close what is idle: the network has just shown that it cannot be trusted."""
        while (idle := self._take_idle()) is not None:
            idle[1].close()

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """One request and its answer, as the method of slack_sdk that this replaces gives it. What is no object is no word of Slack's."""
        connection = self._idle_connection() or self._new_connection(url)
        try:
            connection.request("POST", req.selector, req.data, dict(req.header_items()))
            _acknowledge_at_once(connection.sock)
            answer = connection.getresponse()
            body = answer.read()
        except BaseException:
            connection.close()
            raise
        if connection.sock is not None:  # the answer has not closed it
            self._idle.append((time.monotonic(), connection))
        return {"status": answer.status, "headers": answer.headers, "body": body.decode() if _is_object(body) else "{}"}

    def _idle_connection(self) -> HTTPConnection | None:
        """A connection that stands; the others are closed."""
        while (idle := self._take_idle()) is not None:
            since, connection = idle
            if time.monotonic() - since < IDLE_AT_MOST and not _has_hung_up(connection):
                connection.sock.settimeout(self.timeout)
                return connection
            connection.close()
        return None

    def _take_idle(self) -> tuple[float, HTTPConnection] | None:
        """The one used last; None: there is none, whichever thread has just taken the last."""
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _new_connection(self, url: str) -> HTTPConnection:
        """A connection to the server, through the proxy if there is one.

        Raises:
            NotConnected: there is none.
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
    """A client of Slack's Web API, or of the server at `api_url` that speaks like it."""
    client = KeepingClient(token=token, base_url=api_url or SLACK_URL, timeout=timeout, retry_handlers=[], logger=log)
    if is_on_this_machine(client.base_url):
        client.proxy = None  # the constructor's argument falls back to the environment
    return client


def is_on_this_machine(url: str) -> bool:
    """Whether the address is this machine's own."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _acknowledge_at_once(line: socket.socket) -> None:
    """Have the answer acknowledged at once. Else a server that sends it in two pieces holds back the second for 40 ms."""
    if hasattr(socket, "TCP_QUICKACK"):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _has_hung_up(connection: HTTPConnection) -> bool:
    """Whether the other end has closed an idle connection, or says something that nobody asked for."""
    waiting = select.poll()
    waiting.register(connection.sock, select.POLLIN)
    return bool(waiting.poll(0))


def _authorization(user: str | None, password: str | None) -> dict[str, str]:
    """What a proxy with a password is shown."""
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
