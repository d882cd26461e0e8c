"""The web server of the local workspace, in a thread of its own, on 127.0.0.1 only.

It serves the Web API, the addresses for files, Socket Mode, response_urls, and the pages that the wiring hands in. `gate.py` decides
who may come in.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import threading
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.errors import SetupFault
from bot.sentence import sentence
from bot.workspace.errors import Refusal
from bot.workspace.gate import HOST, MOST_BODY, PATIENCE, Gate, Protocol
from bot.workspace.slack_api.endpoint import WebApi
from bot.workspace.slack_api.injected_faults import InjectedFaults
from bot.workspace.slack_api.journal import Journal
from bot.workspace.slack_api.json_text import read_object
from bot.workspace.slack_api.methods import CallContext
from bot.workspace.slack_api.rate_limits import RateLimiter
from bot.workspace.slack_api.scopes import Rights
from bot.workspace.slack_api.socket_mode import SocketMode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Mapping, Sequence
    from pathlib import Path

    from starlette.requests import Request

    from bot.workspace.client.person import ChatClient

MOST_PORTS: Final = 50  # ports to try after the first
LAST_PORT: Final = 65_535
ACK_WITHIN: Final = 3.0  # real seconds, as Slack's

log = logging.getLogger(__name__)


class Workspace:
    """The server around a chat client.

    `port` 0 means any free port; if another port is busy, the next free one is taken. `limits`: whether Slack's rate limits
    are kept. `ack_within` and `patience` (for the rest of a request) are real seconds. `tokens`: the only ones that are accepted; None: all
    that were made for the local workspace.
    """

    def __init__(  # noqa: PLR0913 - each is handed in by the wiring, by name
        self,
        chat: ChatClient,
        manifest: Mapping[str, Any],
        *,
        journal: Path | None = None,
        pages: Sequence[BaseRoute] = (),
        port: int = 0,
        limits: bool = True,
        ack_within: float = ACK_WITHIN,
        tokens: Collection[str] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.chat = chat
        self.faults = InjectedFaults()
        self.address = ""
        self._rights = Rights.of(manifest)
        self._journal = Journal(journal, chat.state.clock)
        self.socket_mode = SocketMode(self.faults, self._journal, ack_within=ack_within)
        context = CallContext(state=chat.state, rights=self._rights, connect=self._socket_address)
        self._rate_limiter = RateLimiter(chat.state.clock) if limits else None
        self._api = WebApi(context, rate_limiter=self._rate_limiter, faults=self.faults, journal=self._journal, tokens=tokens)
        self._patience = patience
        self._pages = pages
        self._port = port
        self._ready = threading.Event()

    def start(self) -> None:
        """Start the server, and return when its address answers.

        Raises:
            SetupFault: no port is free.
        """
        listener = bind(self._port)
        self.address = f"http://{HOST}:{listener.getsockname()[1]}/"
        config = uvicorn.Config(
            Gate(self._application(), patience=self._patience),
            http=type("Protocol", (Protocol,), {"patience": self._patience}),
            ws="websockets-sansio",
            ws_max_size=MOST_BODY,
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, name="local-workspace", daemon=True)
        self._thread.start()
        while not self._ready.wait(0.1) and self._thread.is_alive():
            log.info("the local workspace is starting")

    def stop(self) -> None:
        """Close the server and its connections, if it runs. The message store stays open, and its owner closes it."""
        if not self._ready.is_set():
            return
        self._ready.clear()
        self.chat.attach(None, self._rights)
        self.chat.state.close()
        self._loop.call_soon_threadsafe(self._hang_up)
        self._server.should_exit = True
        self._thread.join()
        self._journal.close()

    def reset(self) -> None:
        """Go back to how the server was at first, while no bot is connected. Its address and open pages stay."""
        self.faults.clear()
        self.socket_mode.forget()
        if self._rate_limiter is not None:
            self._rate_limiter.forget()
        self.chat.reset()
        self._journal.forget()

    def _application(self) -> Starlette:
        routes = [
            Route("/api/{method}", self._api.answer, methods=["GET", "POST"]),
            Route("/response/{key}", self._respond, methods=["POST"]),
            Route("/upload/{file}", self._api.upload, methods=["POST"]),
            WebSocketRoute("/socket", self.socket_mode.serve),
            *self._pages,
        ]
        return Starlette(routes=routes, lifespan=self._lifespan)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        self.faults.let_wait()
        self.socket_mode.start(self._loop)
        self.chat.state.open(self.address)
        self.chat.attach(self.socket_mode, self._rights)
        self._ready.set()
        yield
        self.socket_mode.stop()

    def _hang_up(self) -> None:
        self.faults.let_go()
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()

    def _socket_address(self) -> str:
        return f"ws{self.address.removeprefix('http')}socket?ticket={self.socket_mode.ticket()}"

    async def _respond(self, request: Request) -> Response:
        error = None
        try:
            body = read_object(await request.body())
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_payload"}, status_code=400)
        try:
            self.chat.response_urls.use(request.path_params["key"], body)
        except Refusal as refusal:
            error = refusal.error
        self._journal.write("response_url", body, ok=error is None, error=error)
        return JSONResponse({"ok": False, "error": error}, status_code=404) if error else PlainTextResponse("ok")


def bind(port: int, host: str = HOST) -> socket.socket:
    """A listening socket: at any free port (0), or at this port or the next free one.

    Raises:
        SetupFault: the machine has no such address, or no port of it is free.
    """
    last = min(port + MOST_PORTS, LAST_PORT) if port else 0
    for candidate in range(port, last + 1):
        try:
            return _listen(host, candidate)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise SetupFault(sentence("setup.no_address", host=host, why=error)) from error
            log.info("a port is busy: the next one is tried", extra={"address": f"127.0.0.1:{candidate}"})
    raise SetupFault(sentence("setup.no_port", host=host, first=port, last=last))


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # without the protocol asyncio delays small answers
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener
