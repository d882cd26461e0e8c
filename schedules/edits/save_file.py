"""Writes a programme file anew in one step, and remembers what stood there before.

What stood there lies in a hidden file beside the programme, `.NAME.undo`, together with the checksum of what was written.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from base64 import b64decode, b64encode
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OWN: Final = 0o600  # of the file that remembers


def save_file(path: Path, before: bytes, after: bytes) -> bool:
    """Put `after` in the place of `before`. False: the folder cannot be written, or the file holds something else by now.

    A link stays, and the file that it leads to is written.
    """
    try:
        file = path.resolve(strict=True)
        return _holds(file, before) and os.access(file, os.W_OK) and _save(file, before, after)
    except OSError:
        return False


def bytes_before(path: Path, content: bytes) -> bytes | None:
    """What `save_file` replaced with these bytes, if it wrote them last; else None."""
    try:
        file = path.resolve(strict=True)
        record = json.loads(_undo_file(file).read_bytes())
        is_current = record["written"] == sha256(content).hexdigest()
        return b64decode(record["before"], validate=True) if is_current else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _undo_file(file: Path) -> Path:
    return file.with_name(f".{file.name}.undo")


def _holds(file: Path, content: bytes) -> bool:
    return file.read_bytes() == content


def _save(file: Path, before: bytes, after: bytes) -> bool:
    """Write both new files beside the old ones, and put them in place only when both are whole."""
    record = json.dumps({"written": sha256(after).hexdigest(), "before": b64encode(before).decode()}).encode()
    status = file.stat()
    with _new_file_beside(file, after, stat.S_IMODE(status.st_mode), status) as new, _new_file_beside(file, record, OWN, status) as memory:
        if not _holds(file, before):
            return False
        new.replace(file)
        with suppress(OSError):  # without it only the way back is lost
            memory.replace(_undo_file(file))
    _keep_folder(file.parent)
    return True


@contextmanager
def _new_file_beside(file: Path, content: bytes, mode: int, status: os.stat_result) -> Iterator[Path]:
    """A hidden file beside another, which no reader takes for a programme. What has not been put in place at the end is removed."""
    path = file.with_name(f".{file.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN)
    try:
        with os.fdopen(descriptor, "wb") as new:
            new.write(content)
            new.flush()
            with suppress(OSError):
                os.fchown(descriptor, status.st_uid, status.st_gid)
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _keep_folder(folder: Path) -> None:
    """Let the disk keep the new names, where it can be told to."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
