"""Somebody else on the machine, for tests that root runs."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SOMEBODY, A_GROUP = 65534, 65533  # neither root nor, we trust, whoever runs the tests


@contextmanager
def as_somebody() -> Iterator[None]:
    """Within this block we are not root, but somebody else."""
    os.setegid(A_GROUP)
    os.seteuid(SOMEBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
