"""The permissions of the files that we write."""

from __future__ import annotations

import os


def private_opener(path: str, flags: int) -> int:
    """Opens a new file so that only its owner can ever read it. To be used as the `opener` of `open`."""
    return os.open(path, flags, 0o600)
