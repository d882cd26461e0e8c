"""Benchmarks wait for the disk, unlike the tests: what they measure is what the bot does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.database import waiting_for_disk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session", autouse=True)
def _disk() -> Iterator[None]:
    with waiting_for_disk():
        yield
