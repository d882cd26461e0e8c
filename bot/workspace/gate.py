"""The gate: it lets requests into the local workspace or refuses them.

Only this machine may come in, and no other site's page in a browser of this machine. A request that is too large, or that is not
complete in time, is refused before anything reads it.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Final

from starlette.responses import PlainTextResponse
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST: Final = "127.0.0.1"
PATIENCE: Final = 10.0  # real seconds for the rest of a request that has begun
MOST_BODY: Final = 1_000_000  # bytes; the largest of Slack's own calls is far smaller
MOST_HEAD: Final = 64_000  # bytes of address and headers
_LOCAL: Final = {HOST, "localhost"}
_FROM_HERE: Final = {"", "none", "same-origin"}  # of Sec-Fetch-Site; `same-site` is another port of this machine
_NAVIGATION: Final = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


class Gate:
    """Lets complete requests in and refuses others. `patience`: real seconds for a request's body."""

    def __init__(self, app: ASGIApp, *, patience: float = PATIENCE) -> None:
        self._app = app
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope.get("headers", ())}
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            allowed = _is_local(headers) and headers.get("sec-fetch-site", "") in _FROM_HERE
            await (self._app(scope, receive, send) if allowed else send({"type": "websocket.close"}))
        elif refusal := _refuse(scope, headers):
            await refusal(scope, receive, send)
        else:
            await self._let_in(scope, receive, send)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(self._patience):
                body = await _read_body(receive)
        except TimeoutError:
            await _turn_away(408, "too slow")(scope, receive, send)
            return
        if body is None:
            return  # the client has gone
        if len(body) > MOST_BODY:
            await _turn_away(413, "too large")(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


class Protocol(HttpToolsProtocol):
    """uvicorn's protocol, which also drops slow or large heads. Each request is handed a way to drop its connection."""

    patience = PATIENCE
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as in uvicorn's own class
        """Note how to drop the connection, and start the timer."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "hang_up": transport.abort}
        self._head = 0
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head of a request is too large."""
        self._head += len(data)
        super().data_received(data)
        if self._head > MOST_HEAD and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            self.transport.close()

    def on_message_begin(self) -> None:
        """Start the timer for a request's head."""
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        """Stop the timer and the count: the gate itself checks the body."""
        self._stop_waiting()
        self._head = -sys.maxsize
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Count the next head from 0."""
        self._head = 0
        super().on_message_complete()

    def _wait(self) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(self.patience, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


def _refuse(scope: Scope, headers: Mapping[str, str]) -> PlainTextResponse | None:
    """The refusal of a request that may not come in; None if it may."""
    if not (_is_local(headers) and (headers.get("sec-fetch-site", "") in _FROM_HERE or _opens_the_page(scope, headers))):
        return PlainTextResponse("only for this machine", status_code=403)
    if sum(len(name) + len(value) for name, value in scope["headers"]) + len(scope["query_string"]) > MOST_HEAD:
        return _turn_away(431, "too large")
    if int(headers.get("content-length", "0")) > MOST_BODY:  # uvicorn lets only digits pass
        return _turn_away(413, "too large")
    return None


def _is_local(headers: Mapping[str, str]) -> bool:
    """Whether Host (against DNS rebinding) and Origin are this machine's. A page in a sandbox calls its origin `null`."""
    host = headers.get("host", "")
    return host.partition(":")[0] in _LOCAL and headers.get("origin", f"://{host}").partition("://")[2] == host


def _opens_the_page(scope: Scope, headers: Mapping[str, str]) -> bool:
    """Whether somebody follows a link to the page itself, from any site."""
    return (scope["method"], scope["path"]) == ("GET", "/") and all(headers.get(name) == value for name, value in _NAVIGATION.items())


def _turn_away(status: int, why: str) -> PlainTextResponse:
    return PlainTextResponse(why, status_code=status, headers={"Connection": "close"})


async def _read_body(receive: Receive) -> bytes | None:
    """The whole body, or enough of it to show that it is too large; None when the connection is gone."""
    body = bytearray()
    while len(body) <= MOST_BODY:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that first gives the body that was read, then goes on with the real one."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
