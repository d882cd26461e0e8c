"""What do the walks share? A hamlet to walk in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.walks.hamlet import Hamlet, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def hamlet(tmp_path: Path) -> Iterator[Hamlet]:
    """A fresh world on the day the guidelines were agreed, with nobody asked anything yet."""
    with opened(tmp_path) as hamlet:
        yield hamlet
