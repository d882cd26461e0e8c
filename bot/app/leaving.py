"""Leaves when asked to: a signal is heard at once, and whoever was asked is gone within ten seconds.

What can be ended in order is. What still hangs after that (a platform that does not answer, a locked file) is left as if the process had
been killed: the next start finds it in the database and looks for it. A second signal ends the process at once.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from select import select
from socket import socketpair
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from types import FrameType

    from bot.errors import SetupFault

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
FINISH_WITHIN: Final = 4.0  # seconds from the signal for what is under way; most ends in one
END_WITHIN: Final = 8.5  # seconds from the signal to the end, whatever hangs
UNFINISHED: Final = "the bot has stopped with something under way: the next start looks for it"
log = structlog.get_logger(__name__)


class Leaving:
    """The wish that this process ends; `asked` is set when it comes."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.is_unfinished = self._has_ended = False
        self.why: SetupFault | None = None  # if nobody asked for it
        self._asked_at = 0.0
        self._signals, self._wakeup = socketpair()

    def listen(self) -> None:
        """Hear signals from now on, in a thread: the main one may be in a call that no signal interrupts."""
        self._wakeup.settimeout(0)
        signal.set_wakeup_fd(self._wakeup.fileno(), warn_on_full_buffer=False)
        for name in SIGNALS:
            signal.signal(name, _leave_it_to_the_thread)
        threading.Thread(target=self._obey, name="signals", daemon=True).start()

    def ask(self, why: SetupFault | None = None) -> None:
        """Ask this process to end, as a signal does; or because of what only another start mends."""
        if not self.asked.is_set():
            self._asked_at, self.why = time.monotonic(), why
            self.asked.set()

    def seconds_left(self, until: float = FINISH_WITHIN) -> float:
        """The seconds that are left of the first `until` after the signal."""
        return max(0.0, self._asked_at + until - time.monotonic())

    def wait_for(self, thread: threading.Thread, until: float = FINISH_WITHIN) -> bool:
        """Wait for a thread's end, and no longer than until so many seconds after the signal; whether it has ended."""
        thread.join(self.seconds_left(until))
        return not thread.is_alive()

    def end(self) -> None:
        """Say that the bot has stopped; where something hangs, end the process under it."""
        if not self.is_unfinished:
            self._has_ended = True
            log.info("the bot has stopped")
            return
        log.warning(UNFINISHED)
        os._exit(0)

    def _obey(self) -> None:
        self._signals.recv(1)
        self.ask()
        if select([self._signals], [], [], END_WITHIN)[0]:
            os._exit(128 + self._signals.recv(1)[0])
        if not self._has_ended:  # else only the interpreter still has to end
            log.warning(UNFINISHED)
        os._exit(0)


def _leave_it_to_the_thread(_signal: int, _frame: FrameType | None) -> None:
    """Do nothing: the signal's number has been written where the thread reads it."""
