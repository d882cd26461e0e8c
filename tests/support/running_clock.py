"""A clock that runs as the wall's does from any moment on, for measuring programmes of long ago."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta


class RunningClock:
    """Starts at `start`, and can be set to a later moment."""

    def __init__(self, start: datetime) -> None:
        self.set_to(start)

    def set_to(self, moment: datetime) -> None:
        """It is this moment now, and time goes on."""
        self._start, self._begun = moment, time.monotonic()

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._start + timedelta(seconds=time.monotonic() - self._begun)

    def wait(self, until: datetime, stop: threading.Event | None = None) -> None:
        """Sleep until then, or until `stop` is set."""
        (stop or threading.Event()).wait(max((until - self.now()).total_seconds(), 0.0))

    def doubt(self) -> None:
        """It is believed."""
