"""The sixteen digests of the real programme are short, begin with what is new, and do not repeat each other.

With all people, in both languages. `make season` plays this; `test_digests_of_a_rehearsal.py` plays three weeks with few people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app.rehearsal.programme_population import PARTICIPANT_COUNT
from tests.support.rehearsed_digests import account, complaints, rehearse

if TYPE_CHECKING:
    from pathlib import Path

WEEKS = 16
pytestmark = pytest.mark.timeout(600)


def test_the_sixteen_digests_are_short_and_do_not_repeat_each_other(root: Path, tmp_path: Path) -> None:
    digests = rehearse(root / "schedules", tmp_path, weeks=WEEKS, participants=PARTICIPANT_COUNT)
    print(account(digests))
    assert len(digests) == WEEKS
    assert list(complaints(digests)) == []
