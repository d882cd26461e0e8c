"""A server in Slack's place that answers each method with the bytes a test says."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is answered. `missing`: bytes that are announced and do not come. `hang_up`: the connection is closed without a word of it."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    missing: int = 0
    hang_up: bool = False


class ScriptedServer(ThreadingHTTPServer):
    """`answers`: method → its answer, as an `Answer` or as what is to be sent as JSON. Counts what it is asked, and over how many lines."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Any] = {}
        self.calls: list[str] = []
        self.asked: list[bytes] = []
        self.connections = 0

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up."""

    def answer_to(self, method: str) -> Answer:
        answer = self.answers.get(method, {"ok": True})
        return (
            answer if isinstance(answer, Answer) else Answer(body=json.dumps(answer).encode(), headers={"Content-Type": "application/json"})
        )


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: ScriptedServer

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_POST(self) -> None:
        method = self.path.removeprefix("/api/").partition("?")[0]
        self.server.calls.append(method)
        self.server.asked.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        answer = self.server.answer_to(method)
        if answer.hang_up:
            self.close_connection = True
            return
        say = self.send_response_only if "Date" in answer.headers else self.send_response  # which says when it is
        say(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) + answer.missing))
        self.end_headers()
        self.wfile.write(answer.body)
        self.close_connection = self.close_connection or bool(answer.missing) or answer.headers.get("X-Close") == "silently"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@contextmanager
def scripted_server() -> Iterator[ScriptedServer]:
    """A server for a while."""
    server = ScriptedServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
