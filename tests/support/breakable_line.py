"""A line between bot and local workspace that a test can reset, hang up, silence or remove."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import Final

CHUNK: Final = 65_536
AT_ONCE: Final = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends a reset, and nothing that was left


class BreakableLine:
    """Carries bytes between whoever connects and a port of this machine, until it is told to stop doing so."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._frozen: set[socket.socket] = set()
        self._refuses = False
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        threading.Thread(target=self._accept, daemon=True).start()

    def reset(self) -> None:
        """Break everything that stands with a TCP reset."""
        for near, far in self._taken_pairs():
            with contextlib.suppress(OSError):  # it has ended by itself
                near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            _close(near)
            _close(far)

    def hang_up(self) -> None:
        """End everything that stands as TCP ends it (FIN), without a word of the WebSocket."""
        for near, far in self._taken_pairs():
            with contextlib.suppress(OSError):
                near.shutdown(socket.SHUT_WR)
            with contextlib.suppress(OSError):
                far.shutdown(socket.SHUT_RDWR)

    def freeze(self) -> None:
        """Nothing comes through any more over what stands, and nobody is told. Who connects later is heard."""
        self._frozen |= {end for pair in self._pairs for end in pair}

    def refuse(self, *, refuses: bool = True) -> None:
        """Whoever connects is reset at once."""
        self._refuses = refuses

    def close(self) -> None:
        """Nobody can connect any more."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.reset()

    def _taken_pairs(self) -> list[tuple[socket.socket, socket.socket]]:
        pairs, self._pairs = self._pairs, []
        return pairs

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                near, _ = self._listener.accept()
                if self._refuses:
                    near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
                    near.close()
                else:
                    self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        far = socket.create_connection(("127.0.0.1", self._port))
        self._pairs.append((near, far))
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError), source:
            while data := source.recv(CHUNK):
                if source not in self._frozen:
                    target.sendall(data)
            if source not in self._frozen:
                target.shutdown(socket.SHUT_WR)


def _close(end: socket.socket) -> None:
    """Close it under whoever reads from it: without the first line the kernel would keep it open for them."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RD)
    end.close()
