"""The line between the bot and a workspace: it may be long, and it breaks when it is told to.

In a thread for the weather, or as a process of its own for the benchmarks: `python -m tests.support.line ADDRESS SECONDS` prints its own
address, and ends with its input. Half of the delay lies on each way; what is sent in one direction keeps its order.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = struct.pack("ii", 1, 0)  # closing then resets the connection


@dataclass(eq=False)
class Call:
    """One connection: both its ends, and whether it is a Socket Mode connection."""

    near: asyncio.StreamWriter
    far: asyncio.StreamWriter
    is_socket: bool = False


class Line:
    """Hands on to `target` (an address) what comes to `address`, `delay` seconds later there and back."""

    def __init__(self, target: str, *, delay: float = 0.0) -> None:
        self._port, self._half = int(urlsplit(target).port or 0), delay / 2
        self._listener = _listen()
        self._own_port = int(self._listener.getsockname()[1])
        self.address = f"http://127.0.0.1:{self._own_port}/"
        self._calls: set[Call] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._stand()), name="line", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._over.set)
        self._thread.join()

    async def _stand(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        await self._open()
        self._ready.set()
        await self._over.wait()
        self._server.close()
        self._listener.close()
        self._end(lambda _: True, reset=True)

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._serve, sock=self._listener)

    def accept(self) -> None:
        """Let whoever calls through again."""
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()

    def refuse(self) -> None:
        """Nobody gets through: connections are refused, and calls that are under way break off. Socket Mode stays as it is."""
        self._do(self._server.close)
        self._do(lambda: self._end(lambda call: not call.is_socket, reset=True))
        self._listener = _listen(self._own_port)  # bound and deaf, so that nobody else takes the port

    def hang_up(self, *, reset: bool) -> None:
        """Break the Socket Mode connections: with a reset, or by closing them without a word."""
        self._do(lambda: self._end(lambda call: call.is_socket, reset=reset))

    def _do(self, task: Callable[[], None]) -> None:
        async def run() -> None:
            task()

        asyncio.run_coroutine_threadsafe(run(), self._loop).result()

    def _end(self, is_meant: Callable[[Call], bool], *, reset: bool) -> None:
        for call in filter(is_meant, list(self._calls)):
            for writer in (call.near, call.far):
                if reset and not writer.is_closing():
                    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
                writer.transport.abort()

    async def _serve(self, near_reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        try:
            far_reader, far = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            near.close()
            return
        call = Call(near=near, far=far)
        self._calls.add(call)
        with contextlib.suppress(asyncio.CancelledError):  # the line is taken down; asyncio's streams would complain of each call
            await asyncio.gather(self._carry(near_reader, far, call), self._carry(far_reader, near, call))
        self._calls.discard(call)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, call: Call) -> None:
        """Hand on what comes, each piece after half the delay. The end of what comes is handed on too."""
        loop, pieces = asyncio.get_running_loop(), asyncio.Queue[tuple[float, bytes]]()
        carrying = loop.create_task(self._let_arrive(pieces, writer))
        try:
            while piece := await reader.read(2**16):
                call.is_socket = call.is_socket or piece.startswith(b"GET /socket")
                pieces.put_nowait((loop.time() + self._half, piece))
        except OSError:
            pass
        pieces.put_nowait((loop.time() + self._half, b""))
        await carrying

    async def _let_arrive(self, pieces: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        while piece := await pieces.get():
            due, content = piece
            if (early := due - loop.time()) > 0:
                await asyncio.sleep(early)
            if not content or writer.is_closing():
                break
            writer.write(content)
        writer.close()


def _listen(port: int = 0) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind(("127.0.0.1", port))
    return listener


if __name__ == "__main__":
    with Line(sys.argv[1], delay=float(sys.argv[2])) as line:
        print(line.address, flush=True)
        sys.stdin.read()
