"""Who may read a file that we write?"""

from __future__ import annotations

import os


def private_opener(path: str, flags: int) -> int:
    """An opener: a new file is readable by its owner alone, from the first moment."""
    return os.open(path, flags, 0o600)
