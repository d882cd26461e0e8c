"""Opens and cuts lines to a server in time, so that nobody waits for one that says nothing.

A network that swallows everything is noticed by the machine itself. A server that is frozen is not: its machine goes on confirming what
arrives. Only what somebody may wait for is watched, and only while the server owes an answer: what this process does between two
questions may take its time. A longer step of the clock waits until the server wakes.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY: Final = 0.1  # seconds between two looks, as long as there is something to watch


class SilenceWatch:
    """The lines on which somebody waits, and a thread that cuts those whose time is over."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[socket.socket, float] = {}
        self._thread: threading.Thread | None = None

    def begin(self, fileno: int, seconds: float) -> socket.socket:
        """Cut a line after so many seconds, unless `end` comes first."""
        line = socket.socket(fileno=os.dup(fileno))  # our own hold on it: a number may soon mean another line
        with self._lock:
            self._lines[line] = time.monotonic() + seconds
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._watch, name="silence", daemon=True)
                self._thread.start()
        return line

    def expect(self, line: socket.socket, seconds: float) -> None:
        """Let a line that is watched have so many seconds from now, or `math.inf` while the server owes nothing."""
        with self._lock:
            if line in self._lines:
                self._lines[line] = time.monotonic() + seconds

    def end(self, line: socket.socket) -> None:
        """Leave a line alone again."""
        with self._lock:
            self._lines.pop(line, None)
        line.close()

    def _watch(self) -> None:
        """Look again and again, until nothing is left to watch."""
        while True:
            time.sleep(EVERY)
            with self._lock:
                self._cut(time.monotonic())
                if not self._lines:
                    self._thread = None
                    return

    def _cut(self, now: float) -> None:
        for line in [line for line, until in self._lines.items() if until <= now]:
            del self._lines[line]
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()


WATCH: Final = SilenceWatch()


def connect_in_time(connect: Callable[[], Any], seconds: float) -> Any:
    """Open a line, and wait so long for it; None if it does not come. The driver itself waits two seconds at least."""
    opening = Future[Any]()
    threading.Thread(target=_connect, args=(connect, opening), name="connecting", daemon=True).start()
    try:
        return opening.result(seconds)
    except TimeoutError:
        return None if opening.cancel() else opening.result()


def _connect(connect: Callable[[], Any], opening: Future[Any]) -> None:
    """Open a line; one that nobody waits for any more is closed."""
    try:
        line = connect()
    except Exception as error:  # noqa: BLE001 - it is raised where the line is waited for
        if opening.set_running_or_notify_cancel():
            opening.set_exception(error)
        return
    if opening.set_running_or_notify_cancel():
        opening.set_result(line)
    else:
        line.close()
