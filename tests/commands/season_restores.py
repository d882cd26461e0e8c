"""What people took back stays taken back, after all pairs and many threes of acts, with every backup."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.commands.test_refusals_after_a_restore import faults
from tests.support.refusals import ACTS, WAYS, Life, begin

if TYPE_CHECKING:
    from pathlib import Path

THREES = Random(9).sample(list(product(ACTS, repeat=3)), 60)  # noqa: S311 - a choice, the same every time


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """A week that has begun."""
    return begin(tmp_path_factory.mktemp("refusals") / "start")


@pytest.mark.parametrize("acts", [*product(ACTS, repeat=2), *THREES], ids=" then ".join)
def test_nothing_that_somebody_took_back_comes_back_with_any_backup(start: Life, tmp_path: Path, acts: tuple[str, ...]) -> None:
    assert list(faults(start, tmp_path, acts, *WAYS)) == []
