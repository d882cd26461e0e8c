"""The server side of Socket Mode: it sends payloads to the bot and takes acknowledgements.

A payload goes to one of at most ten connections and must be acknowledged within three real seconds. If it is not, an interaction or a
command is lost, and the person is told. An event is sent again, three times at most, and waits while there is no connection.
"""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.workspace.errors import NOT_CONNECTED, Silence
from bot.workspace.slack_api.json_text import read_object

if TYPE_CHECKING:
    from bot.workspace.block_rules import Json
    from bot.workspace.slack_api.injected_faults import InjectedFaults
    from bot.workspace.slack_api.journal import Journal

MOST_CONNECTIONS: Final = 10
MOST_RETRIES: Final = 3
EVENTS: Final = "events_api"

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Envelope:
    """A payload on its way to the bot. `attempt` counts from 0."""

    kind: str
    payload: Json
    future: Future[Json | None]
    attempt: int = 0
    reason: str = ""
    envelope_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def text(self) -> str:
        """The envelope as it crosses the wire."""
        envelope: dict[str, Any] = {"envelope_id": self.envelope_id, "type": self.kind, "payload": self.payload}
        envelope["accepts_response_payload"] = self.kind != EVENTS
        if self.kind == EVENTS:
            envelope |= {"retry_attempt": self.attempt, "retry_reason": self.reason}
        return json.dumps(envelope, ensure_ascii=False)

    def again(self, reason: str) -> _Envelope:
        """The same payload in a new envelope."""
        return replace(self, attempt=self.attempt + 1, reason=reason, envelope_id=str(uuid.uuid4()))


@dataclass(frozen=True, kw_only=True)
class _PendingEnvelope:
    """An envelope that was handed to a connection and is not acknowledged yet."""

    envelope: _Envelope
    connection: WebSocket
    timer: asyncio.TimerHandle


class SocketMode:
    """All Socket Mode connections. Only `deliver`, `ticket` and `disconnect` may be called outside the server's loop."""

    def __init__(self, faults: InjectedFaults, journal: Journal, *, ack_within: float) -> None:
        self._faults = faults
        self._journal = journal
        self._ack_within = ack_within
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tickets: set[str] = set()
        self._connections: list[WebSocket] = []
        self._waiting: dict[str, _PendingEnvelope] = {}
        self._parked: list[_Envelope] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def connected(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    def ticket(self) -> str:
        """A one-use permission to connect."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    def deliver(self, kind: str, payload: Json) -> Future[Json | None]:
        """Send a payload from any thread; the future holds what the acknowledgement carried, or raises Silence."""
        envelope = _Envelope(kind=kind, payload=payload, future=Future())
        loop = self._loop
        if loop is None:
            envelope.future.set_exception(Silence(NOT_CONNECTED))
        else:
            loop.call_soon_threadsafe(self._deliver, envelope)
        return envelope.future

    def disconnect(self) -> None:
        """Close every connection, from any thread, after the warning that Slack sends."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._disconnect)

    def forget(self) -> None:
        """Drop waiting events and unused tickets. Only while no bot is connected."""
        self._parked, self._tickets = [], set()

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Note that the server's loop is running."""
        self._loop = loop

    def stop(self) -> None:
        """Send nothing more, and tell everyone who waits for an acknowledgement."""
        self._loop = None
        for waiting in self._waiting.values():
            waiting.timer.cancel()
        envelopes = [waiting.envelope for waiting in self._waiting.values()] + self._parked
        self._waiting, self._parked = {}, []
        for envelope in envelopes:
            _fail(envelope, NOT_CONNECTED)

    async def serve(self, connection: WebSocket) -> None:
        """Serve one connection from greeting to end."""
        ticket = connection.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await connection.close()
            return
        self._tickets.remove(ticket)
        await connection.accept()
        if self.connected >= MOST_CONNECTIONS:
            await connection.send_text(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            await connection.close()
            return
        await self._converse(connection)

    async def _converse(self, connection: WebSocket) -> None:
        self._connections.append(connection)
        try:
            await connection.send_text(json.dumps({"type": "hello", "num_connections": self.connected, "debug_info": {"host": "local"}}))
            parked, self._parked = self._parked, []
            for envelope in parked:
                self._send(envelope)
            while True:
                self._take_acknowledgement(await connection.receive_text())
        except WebSocketDisconnect:
            log.info("a Socket Mode connection has ended")
        finally:
            self._connections.remove(connection)
            for envelope_id, waiting in list(self._waiting.items()):
                if waiting.connection is connection:
                    waiting.timer.cancel()
                    self._send_again_or_fail(envelope_id, "connection_failed")

    def _deliver(self, envelope: _Envelope) -> None:
        self._send(envelope)
        if envelope.kind == EVENTS and envelope.attempt == 0 and self._faults.take_duplicate():
            self._send(replace(envelope, envelope_id=str(uuid.uuid4())))

    def _send(self, envelope: _Envelope) -> None:
        if self._connections:
            connection = self._connections.pop(0)
            self._connections.append(connection)
            timer = asyncio.get_running_loop().call_later(self._ack_within, self._send_again_or_fail, envelope.envelope_id, "timeout")
            self._waiting[envelope.envelope_id] = _PendingEnvelope(envelope=envelope, connection=connection, timer=timer)
            self._start_sending(connection, envelope.text())
        else:
            _fail(envelope, NOT_CONNECTED)
            self._parked += [envelope] if envelope.kind == EVENTS else []

    def _start_sending(self, connection: WebSocket, text: str) -> None:
        task = asyncio.get_running_loop().create_task(_send_text(connection, text))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _take_acknowledgement(self, text: str) -> None:
        """Match an acknowledgement with its envelope; one that comes too late is only logged."""
        try:
            answer = read_object(text)
        except ValueError:
            answer = {}
        waiting = self._waiting.pop(str(answer.get("envelope_id", "")), None)
        if waiting is None:
            log.warning("an acknowledgement came too late, or for nothing that was sent")
            return
        waiting.timer.cancel()
        payload = answer.get("payload") or None
        if payload:
            self._journal.write("ack", payload)
        if not waiting.envelope.future.done():
            waiting.envelope.future.set_result(payload)

    def _send_again_or_fail(self, envelope_id: str, reason: str) -> None:
        waiting = self._waiting.pop(envelope_id)
        log.warning("a payload was not acknowledged", extra={"task": waiting.envelope.kind, "reason": reason})
        _fail(waiting.envelope, f"The app did not answer within {self._ack_within:g} s.")
        if waiting.envelope.kind == EVENTS and waiting.envelope.attempt < MOST_RETRIES:
            self._send(waiting.envelope.again(reason))

    def _disconnect(self) -> None:
        for connection in list(self._connections):
            self._start_sending(
                connection, json.dumps({"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "local"}})
            )
            task = asyncio.get_running_loop().create_task(connection.close())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)


async def _send_text(connection: WebSocket, text: str) -> None:
    try:
        await connection.send_text(text)
    except (WebSocketDisconnect, RuntimeError):
        log.info("a Socket Mode connection broke while it was spoken to")


def _fail(envelope: _Envelope, why: str) -> None:
    if not envelope.future.done():
        envelope.future.set_exception(Silence(why))
