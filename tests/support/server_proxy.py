"""A line to a server that a test can cut: for a while, or in the very moment of a commit."""

from __future__ import annotations

import select
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import make_url

if TYPE_CHECKING:
    from collections.abc import Iterator


class ServerProxy:
    """Carries bytes between clients and a server."""

    def __init__(self, address: str) -> None:
        url = make_url(address)
        self._server = (str(url.host), url.port or 5432)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = url.set(host="127.0.0.1", port=self._listener.getsockname()[1]).render_as_string(hide_password=False)
        self.is_cut = False  # nothing goes through, and nobody is told
        self.breaks: list[str] = []  # for each of the next commits: the line breaks `before` the server has it, or `after`
        self._threads: list[threading.Thread] = []
        self._is_closed = False

    def start(self) -> None:
        """Begin to accept."""
        self._begin(self._accept)

    def close(self) -> None:
        """End all lines."""
        self._is_closed = True
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _begin(self, what: object, *args: object) -> None:
        thread = threading.Thread(target=what, args=args, daemon=True)  # type: ignore[arg-type]  # two shapes of one thing
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._is_closed:
            with suppress(OSError):
                if select.select([self._listener], [], [], 0.05)[0]:
                    self._begin(self._carry, self._listener.accept()[0])

    def _carry(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(self._server) as server:
            other = {client: server, server: client}
            while not self._is_closed:
                for side in select.select([client, server], [], [], 0.05)[0]:
                    if self.is_cut:
                        time.sleep(0.01)
                        continue
                    if not self._pass_on(side.recv(1 << 16), other[side], is_asking=side is client):
                        return

    def _pass_on(self, data: bytes, to: socket.socket, *, is_asking: bool) -> bool:
        """Hand bytes over; False: the line ends here."""
        if is_asking and b"COMMIT" in data and self.breaks:
            if self.breaks.pop(0) == "after":
                to.sendall(data)
                to.recv(1 << 16)
            return False
        to.sendall(data)
        return bool(data)


@contextmanager
def line_to(address: str) -> Iterator[ServerProxy]:
    """A line that ends with the block."""
    proxy = ServerProxy(address)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.close()
