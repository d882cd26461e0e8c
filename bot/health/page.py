"""The health page: `/healthz`, `/readyz` and `/metrics` on a port of their own, for monitoring alone.

The standard library serves it, so that a production machine needs no web server for it. Whoever is slow, says too much, or never
says what they want, is hung up on; nobody who asks here makes the bot wait. On its own machine's address it answers to no name of another
machine: else a web page that somebody there looks at could ask it.
"""

from __future__ import annotations

import errno
import json
import socket
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from ipaddress import ip_address
from socketserver import TCPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from bot.errors import SetupFault
from bot.health.metrics import text_of_metrics
from bot.health.readiness import conditions, signs_of_life
from bot.health.reading import WAITED_FOR, BoundedReading, read
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.health.reading import Reading
    from bot.health.signs_of_life import SignsOfLife
    from bot.health.vitals import Vitals

HUNG_UP_AFTER: Final = 5.0  # seconds from connecting to the end of the answer
MOST_AT_ONCE: Final = 16  # connections; monitoring needs one or two
LONGEST_REQUEST: Final = 8192  # bytes
LOOK_EVERY: Final = 0.5  # seconds between two looks for the slow; a stop waits for one
NEXT_PORTS: Final = 100  # tried if the port is busy, and another one may be taken
JSON, TEXT = "application/json", CONTENT_TYPE_PLAIN_0_0_4


class HealthPage:
    """The page; `vitals` gives the bot that runs, or None while there is none."""

    def __init__(self, vitals: Callable[[], Vitals | None], signs: SignsOfLife, *, waited_for: float = WAITED_FOR) -> None:
        self._vitals, self._signs = vitals, signs
        self._reading = BoundedReading(self._read, seconds=waited_for)
        self._answers: dict[str, Callable[[], tuple[int, str, bytes]]] = {
            "/healthz": self._answer_health,
            "/readyz": self._answer_readiness,
            "/metrics": self._answer_metrics,
        }
        self._server: _Server | None = None

    def open(self, host: str, port: int, *, next_free: bool = False) -> str:
        """Serve it from now on, at this port or, if that may be, the next free one. Returns its address.

        Raises:
            SetupFault: the port is busy, or the machine has no such address.
        """
        self._server = server = _listen(
            host, range(port, min(port + NEXT_PORTS, 65535) + 1 if next_free and port else port + 1), self.answer
        )
        threading.Thread(target=server.serve_forever, args=(LOOK_EVERY,), name="health page", daemon=True).start()
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{server.server_address[1]}/"

    def close(self) -> None:
        """Serve it no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """The status, type and body for a path; for one that is none of ours, nothing but that."""
        answer = self._answers.get(path)
        return (HTTPStatus.NOT_FOUND, TEXT, b"") if answer is None else answer()

    def _answer_health(self) -> tuple[int, str, bytes]:
        return _as_json("alive", signs_of_life(self._signs))

    def _answer_readiness(self) -> tuple[int, str, bytes]:
        vitals = self._vitals()
        return _as_json("ready", {"started": False} if vitals is None else conditions(vitals, self._reading.result()))

    def _answer_metrics(self) -> tuple[int, str, bytes]:
        return HTTPStatus.OK, TEXT, text_of_metrics(self._vitals(), self._reading.result())

    def _read(self) -> Reading:
        vitals = self._vitals()
        if vitals is None:
            raise LookupError("no bot runs")
        with vitals.look() as session:
            return read(session, vitals.now())


def is_this_machine(host: str) -> bool:
    """Whether only this machine itself reaches an address."""
    return host == "localhost" or ip_address(host).is_loopback


def _names_no_other(host: str) -> bool:
    """Whether a request's `Host` is an address, as monitoring uses it, and not a name that may lead anywhere."""
    try:
        ip_address(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return host.partition(":")[0] in {"", "localhost"}
    return True


def _as_json(name: str, conditions: dict[str, bool]) -> tuple[int, str, bytes]:
    is_good = all(conditions.values())
    body = json.dumps({name: is_good, **conditions}).encode() + b"\n"
    return HTTPStatus.OK if is_good else HTTPStatus.SERVICE_UNAVAILABLE, JSON, body


def _listen(host: str, ports: range, answer: Callable[[str], tuple[int, str, bytes]]) -> _Server:
    for port in ports:
        try:
            return _Server(host, port, answer)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or port == ports[-1]:
                raise SetupFault(sentence("setup.no_health_page", host=host, port=port, why=error.strerror)) from None
    raise AssertionError("there is always one port to try")


class _Server(ThreadingHTTPServer):
    """A server with a thread for each connection. The slow are hung up on, and so are those that are too many."""

    daemon_threads = True

    def __init__(self, host: str, port: int, answer: Callable[[str], tuple[int, str, bytes]]) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.answer, self.is_private = answer, is_this_machine(host)
        self._since: dict[socket.socket, float] = {}  # when each connection began, the first one first
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Bind, without asking a name server for the machine's name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "", int(self.server_address[1])

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002 - the library calls it so
        """Let in everybody. Where they are too many, the one that came first goes: whoever means to ask has asked by then."""
        if len(self._since) >= MOST_AT_ONCE:
            first = next(iter(list(self._since)))
            self._since.pop(first, None)
            _hang_up(first)
        self._since[request] = time.monotonic()
        return True

    def service_actions(self) -> None:
        """Hang up on the slow. Called by the serving thread at every look."""
        for request, since in list(self._since.items()):
            if time.monotonic() - since > HUNG_UP_AFTER:
                _hang_up(request)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that is over."""
        self._since.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: who asks may hang up at any time, and what they sent belongs in no log."""


def _hang_up(request: socket.socket) -> None:
    try:
        request.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has gone already


class _Handler(BaseHTTPRequestHandler):
    """Answers one request, and repeats nothing of it."""

    server: _Server

    def handle(self) -> None:
        """Read no more than a request may need, and answer it."""
        head = b""
        while b"\r\n\r\n" not in head and (more := self.connection.recv(LONGEST_REQUEST)):
            head += more
            if len(head) > LONGEST_REQUEST:
                return
        self.rfile = BytesIO(head)
        super().handle()

    def do_GET(self) -> None:
        """Answer with the body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        if self.server.is_private and not _names_no_other(self.headers.get("Host", "")):
            self.send_error()
        else:
            self._send(*self.server.answer(self.path), with_body=with_body)

    def send_error(self, *_: Any, **__: Any) -> None:
        """Answer whatever else comes: there is no such thing here."""
        self.close_connection = True
        self._send(HTTPStatus.NOT_FOUND, TEXT, b"")

    def _send(self, status: int, kind: str, body: bytes, *, with_body: bool = True) -> None:
        self.send_response_only(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")):
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)
