"""Closes the memory of the process, so that nobody can read answers out of it.

A core dump would leave on the disk what is encrypted there, and the key beside it. So none is written, and on Linux other processes of the
same user can neither read the memory nor attach themselves. Whoever is root can. What a process starts is open again (`exec`).
"""

from __future__ import annotations

import sys
from contextlib import suppress

PR_SET_DUMPABLE = 4


def close_memory() -> None:
    """Write no core dumps and, where the system knows how, let nobody read this process."""
    with suppress(ImportError, ValueError, OSError):  # not everywhere
        import resource  # noqa: PLC0415 - likewise

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only here

        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
