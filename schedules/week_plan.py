"""Plans when each week reminds, closes and posts its digest, so that nothing falls on a day off.

One rule. What falls on a day off moves to the latest working day before it, at the same hour, as long as question, reminder, close, digest
and next question stay in this order and people have 24 h to answer. If there is no room before it, it moves to the first working day
after it; the close stays within its week. If there is no room after it either, the reminder is left out, and nothing is asked on the last
sending day of the week.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from bot.days_off import DaysOff
from bot.local_time import DAY, first_weekly_moment, instant
from bot.posting_moment import close_as_written, posting_moment, working_moments
from bot.programme import Slot, Week
from bot.sentence import sentence
from schedules.sending_days import SendingDay, day_of, sending_days_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from bot.programme import DigestPlan, Programme, Rounds
    from bot.sentence import Sentence

NOTICE: Final = DAY  # the least that a person has between a message and the close, and between the welcome and the first question

NO_ROOM: Final = {"days_off.no_room", "days_off.no_room_on"}  # the reasons if a day off leaves something out


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the weeks of a programme are planned by, so that plans can be cached."""

    rounds: Rounds
    digest: DigestPlan
    zone: ZoneInfo
    days_off: DaysOff

    @classmethod
    def of(cls, programme: Programme) -> Rules:
        """The rules of a programme, without its many texts and people."""
        return cls(rounds=programme.rounds, digest=programme.digest, zone=programme.zone, days_off=DaysOff.of(programme))


@dataclass(frozen=True, kw_only=True)
class WeekPlan:
    """When a week closes and posts its digest, and when it would by the programme's file alone (`planned_…`)."""

    close: datetime
    post: datetime
    planned_close: datetime
    planned_post: datetime


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All sending days of a programme, skipped ones marked, and the weeks in which something goes out."""

    days: tuple[SendingDay, ...]
    weeks: Mapping[Week, WeekPlan]


def plan_of(programme: Programme) -> Plan:
    """The plan of a programme's weeks."""
    return _plan(Rules.of(programme))


def week_plan(programme: Programme, week: Week) -> WeekPlan:
    """The plan of a week. If nothing is to go out in it: the plan by the file alone."""
    if plan := plan_of(programme).weeks.get(week):
        return plan
    days = [day.day for day in sending_days_of(programme.rounds) if day.slot.week == week and day.skipped is None]
    last_day = days[-1] if days else day_of(programme.rounds, Slot(week=week, number=len(programme.rounds.every)))
    return week_as_written(Rules.of(programme), last_day)


@lru_cache(maxsize=64)
def _plan(rules: Rules) -> Plan:
    weeks, days, sending_days = dict[Week, WeekPlan](), list[SendingDay](), sending_days_of(rules.rounds)
    asking_days = [day.day for day in sending_days if day.skipped is None]
    for week, days_of_week in groupby(sending_days, key=lambda sending_day: sending_day.slot.week):
        planned = list(days_of_week)
        next_day = next((day for day in asking_days if day > planned[-1].day), None)
        plan, days_left = _plan_week(rules, planned, next_day)
        weeks |= {week: plan} if plan else {}
        days += days_left
    return Plan(days=tuple(days), weeks=weeks)


def _plan_week(rules: Rules, days: Sequence[SendingDay], next_day: date | None) -> tuple[WeekPlan | None, Sequence[SendingDay]]:
    """The plan of a week and its sending days. Beginning with the last, the sending days without room are marked as skipped."""
    for index in reversed([index for index, day in enumerate(days) if day.skipped is None]):
        plan = _fit(rules, days[index].day, next_day)
        if plan:
            return plan, days
        written = week_as_written(rules, days[index].day)
        off_days = (moment.astimezone(rules.zone).date() for moment in (written.planned_close, written.planned_post))
        why = next(
            sentence("days_off.no_room_on", name=name, day=day) for day in off_days if (name := rules.days_off.name(day)) is not None
        )
        days = [*days[:index], replace(days[index], skipped=why), *days[index + 1 :]]
    return None, days


def week_as_written(rules: Rules, last_day: date) -> WeekPlan:
    """The plan of a week by the programme's file alone, days off or not. `last_day` is its last sending day, even if skipped."""
    close = close_as_written(rules.rounds, rules.digest, rules.zone, last_day)
    post = first_weekly_moment(rules.digest.post, rules.zone, close)
    return WeekPlan(close=close, post=post, planned_close=close, planned_post=post)


def _fit(rules: Rules, last_day: date, next_day: date | None) -> WeekPlan | None:
    """The plan with the first close, in order of preference, that leaves room for everything; None if there is none."""
    plan, zone, at = week_as_written(rules, last_day), rules.zone, rules.rounds.at
    asked_at, next_at = instant(last_day, at, zone), None if next_day is None else instant(next_day, at, zone)
    planned_day = plan.planned_close.astimezone(zone).date()
    for close in working_moments(planned_day, rules.digest.close.at, zone, rules.days_off):
        post = posting_moment(rules.digest, zone, rules.days_off, close)
        in_week = close <= plan.planned_close or Week.of(close.astimezone(zone).date()) == Week.of(planned_day)
        in_time = close == plan.planned_close or close - asked_at >= NOTICE
        in_order = _keeps_before(next_at, plan.planned_close, close) and _keeps_before(next_at, plan.planned_post, post)
        if in_week and in_time and in_order:
            return replace(plan, close=close, post=post)
    return None


def _keeps_before(next_at: datetime | None, planned: datetime, moved: datetime) -> bool:
    """Whether a moved moment still comes before the next question, if the file has it before."""
    return next_at is None or moved < next_at or planned >= next_at


def reminder_as_written(programme: Programme, day: date) -> datetime | None:
    """The reminder of a question on `day` by the file alone. None: there is none, or it comes after the close."""
    remind = programme.rounds.remind
    if remind is None:
        return None
    at = instant(day + DAY * remind.after_days, remind.at, programme.zone)
    return at if at < week_plan(programme, Week.of(day)).planned_close else None


def reminder_day(programme: Programme, day: date, closes_at: datetime | None = None) -> date | None:
    """The working day of the reminder of a question on `day`, before its round closes. None: there is none."""
    remind, zone, planned = programme.rounds.remind, programme.zone, reminder_as_written(programme, day)
    if remind is None or planned is None:
        return None
    asked_at, closes_at = instant(day, programme.rounds.at, zone), closes_at or week_plan(programme, Week.of(day)).close
    moments = working_moments(planned.astimezone(zone).date(), remind.at, zone, DaysOff.of(programme))
    in_order = (at for at in moments if at < closes_at and (at == planned or at - asked_at >= NOTICE))
    return next((at.astimezone(zone).date() for at in in_order), None)


def why_moved(programme: Programme, week: Week, planned: datetime) -> Sentence:
    """The name of the day off that has moved a moment of the week from where the file has it."""
    plan, days_off = week_plan(programme, week), DaysOff.of(programme)
    moments = (planned, plan.planned_close, plan.planned_post)
    names = (days_off.name(moment.astimezone(programme.zone).date()) for moment in moments)
    return next(name for name in names if name is not None)
