"""Writes a programme file anew in one step, and remembers what stood there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def save_file(path: Path, before: bytes, after: bytes) -> bool:
    """Put `after` in the place of `before`. False: the folder cannot be written, or the file holds something else by now."""
    raise NotImplementedError


def bytes_before(path: Path) -> bytes | None:
    """What `save_file` replaced, if the file still holds what it wrote; else None."""
    raise NotImplementedError
