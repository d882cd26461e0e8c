"""Moments are said as people say them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.wording.dates import end_in
from tests.support.programme import COPENHAGEN

BEGUN = datetime(2018, 10, 9, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "danish", "english"),
    [
        (datetime(2018, 10, 9, 21, 59, tzinfo=UTC), "kl. 23.59", "23:59"),
        (datetime(2018, 10, 9, 22, 0, tzinfo=UTC), "onsdag den 10. oktober kl. 00.00", "Wednesday 10 October at 00:00"),
    ],
)
def test_the_day_on_which_something_began_is_not_said_twice(until: datetime, danish: str, english: str) -> None:
    assert [end_in(language, BEGUN, until, COPENHAGEN) for language in ("da", "en")] == [danish, english]
