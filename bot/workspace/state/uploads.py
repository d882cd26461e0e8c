"""Files on their way into the workspace.

An address is given for each, its bytes come there, and then it is shared, once.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One file on its way. `content` None: its bytes have not come yet."""

    name: str
    length: int
    content: bytes | None = None


class Uploads:
    """The files on their way. Not thread safe: only the server's loop calls it."""

    def __init__(self) -> None:
        self._waiting: dict[str, Upload] = {}

    def begin(self, name: str, length: int) -> str:
        """The id of a file to come."""
        file = f"F{uuid.uuid4().hex.upper()}"
        self._waiting[file] = Upload(name=name, length=length)
        return file

    def receive(self, file: str, content: bytes) -> bool:
        """Take in the bytes of a file; returns whether they are what was announced."""
        upload = self._waiting.get(file)
        if upload is None or len(content) != upload.length:
            return False
        self._waiting[file] = replace(upload, content=content)
        return True

    def has(self, file: str) -> bool:
        """Whether a file has come and was not shared yet."""
        return file in self._waiting and self._waiting[file].content is not None

    def take(self, file: str) -> Upload:
        """Take a file that has come; KeyError if it is not on its way any more."""
        return self._waiting.pop(file)

    def forget(self) -> None:
        """Forget all that is on its way."""
        self._waiting.clear()
