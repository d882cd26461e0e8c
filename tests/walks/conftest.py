"""A running bot to walk through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.running_world import RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RunningWorld]:
    """A fresh world on the day the guidelines were agreed, with nobody asked anything yet."""
    with running_world(tmp_path) as world:
        yield world
