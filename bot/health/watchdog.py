"""Ends a process that shows no sign of life any more, so that whoever started it can start it anew.

The timer runs in a thread of the interpreter's own that needs nothing of Python: it also ends a process in which nothing moves. Before that
it writes the place of every thread to the log, and nothing else. systemd, if there is one, hears of the same signs. Nor can a process that
was halted from outside for so long be told from a frozen one: it ends when it goes on, and loses no more than at a crash.
"""

from __future__ import annotations

import faulthandler
import socket
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from bot.health.signs_of_life import ALIVE_WITHIN

if TYPE_CHECKING:
    from bot.health.signs_of_life import SignsOfLife

LOOK_EVERY: Final = 10.0  # seconds


class ServiceManager:
    """The line to systemd; without a socket's `address` nobody hears."""

    def __init__(self, address: str) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    def tell(self, *lines: str) -> None:
        """Say how the bot does, such as `READY=1`. Whoever does not listen keeps nobody waiting."""
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.settimeout(0)
            line.sendto("\n".join(lines).encode(), self._address)


class Watchdog:
    """Watches the signs of life; if one kind fails for `within` seconds, the process ends.

    `told_every`: how often systemd wants to hear that the bot lives; 0: never.
    """

    def __init__(self, signs: SignsOfLife, manager: ServiceManager, *, within: float = ALIVE_WITHIN, told_every: float = 0.0) -> None:
        self._signs, self._manager, self._within = signs, manager, within
        self._every = min(LOOK_EVERY, within / 4, told_every / 2 or LOOK_EVERY)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self.look()
        self._thread.start()

    def look(self) -> None:
        """Put off the end for as long as the bot still counts as alive, and tell systemd. Without a sign the end is not put off."""
        left = self._signs.seconds_left(self._within)
        if left > 0:
            faulthandler.dump_traceback_later(left, exit=True, file=sys.stderr)
            self._manager.tell("WATCHDOG=1")
        else:
            self._manager.tell("STATUS=no sign of life")

    def stop(self) -> None:
        """Watch no more: the bot ends by itself."""
        self._stop.set()
        self._thread.join()
        faulthandler.cancel_dump_traceback_later()

    def _watch(self) -> None:
        while not self._stop.wait(self._every):
            self.look()
