"""The digests of two weeks of the real programme are short, begin with what is new, and do not repeat each other.

`season_digests.py` looks at all sixteen weeks with all people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.rehearsed_digests import account, complaints, rehearse

if TYPE_CHECKING:
    from pathlib import Path

WEEKS = 2
PARTICIPANTS = 80  # with fewer, digests are so short that their few fixed words weigh more than a tenth


def test_the_digests_of_two_weeks_are_short_and_do_not_repeat_each_other(root: Path, tmp_path: Path) -> None:
    digests = rehearse(root / "schedules", tmp_path, weeks=WEEKS, participants=PARTICIPANTS)
    assert len(digests) == WEEKS
    assert list(complaints(digests)) == [], account(digests)
