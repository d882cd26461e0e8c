"""A running bot to walk through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.running_world import RunningWorld, asked_world, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[RunningWorld]:
    """A fresh world on the day the guidelines were agreed, with nobody asked anything yet.

    Marked `asked`: a week into October. The mark may say how many participants there are, and an earlier moment.
    """
    mark = request.node.get_closest_marker("asked")
    with running_world(tmp_path) if mark is None else asked_world(tmp_path, **mark.kwargs) as world:
        yield world
