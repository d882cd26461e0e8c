"""The journal: one JSON line for each Web API call of the bot.

A line is `{at, method, args, ok, error}`, with `at` in the workspace's own time. Views in an acknowledgement are written as method
`ack`, messages through a response_url as `response_url`, the bytes of a file as `upload`. No token is ever written.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path

    from bot.clock import Clock
    from bot.workspace.block_rules import Json


class Journal:
    """Writes the lines to a file, or nowhere when there is no path. Thread safe; `close` writes what is still in the buffer."""

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._file: TextIO | None = path.open("w", encoding="utf-8", buffering=1 << 16) if path else None

    def write(self, method: str, args: Json, *, ok: bool = True, error: str | None = None) -> None:
        """Write one line."""
        if self._file is None:
            return
        line = {"at": self._clock.now().isoformat(), "method": method, "args": args, "ok": ok, "error": error}
        with self._lock:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def forget(self) -> None:
        """Empty the file."""
        if self._file is not None:
            with self._lock:
                self._file.seek(0)
                self._file.truncate()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
