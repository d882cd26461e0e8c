"""When may the digest of a week that closes at this moment be posted?

Pure arithmetic. It is asked when weeks are planned, when a digest is drafted, and when somebody who has answered is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.local_time import DAY, first_weekly_moment, instant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, time
    from zoneinfo import ZoneInfo

    from bot.days_off import DaysOff
    from bot.programme import DigestPlan

FARTHEST: Final = 14  # days by which a moment moves at most


def working_moments(day: date, at: time, zone: ZoneInfo, days_off: DaysOff) -> Iterator[datetime]:
    """`at` on the working days around `day`, the preferred ones first: itself, those before it, those after it."""
    for ahead in (*range(0, -FARTHEST - 1, -1), *range(1, FARTHEST + 1)):
        if days_off.name(day + DAY * ahead) is None:
            yield instant(day + DAY * ahead, at, zone)


def posting_moment(digest: DigestPlan, zone: ZoneInfo, days_off: DaysOff, closes_at: datetime) -> datetime:
    """The first posting moment after the close; on a day off, the nearest working day's that still follows it."""
    planned = first_weekly_moment(digest.post, zone, _close_as_written(digest, zone, days_off, closes_at))
    moments = working_moments(planned.astimezone(zone).date(), digest.post.at, zone, days_off)
    together = digest.post == digest.close
    return next((moment for moment in moments if moment > closes_at or (together and moment == closes_at)), planned)


def _close_as_written(digest: DigestPlan, zone: ZoneInfo, days_off: DaysOff, closes_at: datetime) -> datetime:
    """The programme's own close, where a day off has moved it to later in its week; else `closes_at`."""
    closing_day = closes_at.astimezone(zone).date()
    planned_day = closing_day + DAY * (digest.close.weekday - closing_day.weekday())
    was_moved = planned_day < closing_day and days_off.name(planned_day) is not None
    return instant(planned_day, digest.close.at, zone) if was_moved else closes_at
