"""What the tests of the doctor share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.doctor.installation_of_test import Installation

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    return Installation(tmp_path, monkeypatch)
