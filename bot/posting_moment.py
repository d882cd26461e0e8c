"""The moments at which a programme's weeks close, and at which their digests may be posted.

Pure arithmetic. It is used when weeks are planned, when a digest is drafted, and when a participant who has answered is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.local_time import DAY, first_weekly_moment, instant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, time
    from zoneinfo import ZoneInfo

    from bot.days_off import DaysOff
    from bot.programme import DigestPlan, Rounds

FARTHEST: Final = 14  # days by which a moment moves at most


def working_moments(day: date, at: time, zone: ZoneInfo, days_off: DaysOff) -> Iterator[datetime]:
    """`at` on the working days around `day`, in order of preference: the day itself, then earlier days, then later ones."""
    for ahead in (*range(0, -FARTHEST - 1, -1), *range(1, FARTHEST + 1)):
        if days_off.name(day + DAY * ahead) is None:
            yield instant(day + DAY * ahead, at, zone)


def close_as_written(rounds: Rounds, digest: DigestPlan, zone: ZoneInfo, last_day: date) -> datetime:
    """A week's close by the file alone: the first one a day or more after the question on `last_day`."""
    return first_weekly_moment(digest.close, zone, instant(last_day + DAY, rounds.at, zone))


def posting_moment(digest: DigestPlan, zone: ZoneInfo, days_off: DaysOff, closes_at: datetime) -> datetime:
    """The first posting moment after the close. If that is a day off: on the nearest working day that still follows the close."""
    closing_day = closes_at.astimezone(zone).date()
    planned_day = closing_day + DAY * (digest.close.weekday - closing_day.weekday())
    was_moved_later = planned_day < closing_day and days_off.name(planned_day) is not None
    planned = first_weekly_moment(digest.post, zone, instant(planned_day, digest.close.at, zone) if was_moved_later else closes_at)
    moments = working_moments(planned.astimezone(zone).date(), digest.post.at, zone, days_off)
    together = digest.post == digest.close
    return next((moment for moment in moments if moment > closes_at or (together and moment == closes_at)), planned)
