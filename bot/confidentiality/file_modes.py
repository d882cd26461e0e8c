"""The modes of files that we write."""

from __future__ import annotations

import os


def private_opener(path: str, flags: int) -> int:
    """An opener for new files that only their owner can read, from the first moment."""
    return os.open(path, flags, 0o600)
