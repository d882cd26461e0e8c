"""The rounds, reminders, closes and digests of a programme that fall due between two moments.

Pure arithmetic: the programme, its history and the moments are handed in; no database and no clock is read. All moments are aware and
in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias
from zoneinfo import ZoneInfo

from bot.days_off import DaysOff
from bot.local_time import DAY, instant, zone_or_fallback
from bot.posting_moment import posting_moment, working_moments
from bot.programme import Slot, Week
from schedules.sending_days import SendingDay, day_of
from schedules.slots import History, assignment, entries_without_slot, is_working_day, sending_days
from schedules.week_plan import NOTICE, reminder_day, week_plan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date, datetime, time

    from bot.programme import Entry, Programme
    from schedules.week_plan import WeekPlan

__all__ = [
    "LOOK_BACK",
    "CloseDue",
    "Due",
    "EndPlan",
    "History",
    "PostDue",
    "ReminderDue",
    "RoundDue",
    "SendingDay",
    "assignment",
    "close_moment",
    "current_programme",
    "due_between",
    "end_of_season",
    "ends_at",
    "entries_without_slot",
    "is_working_day",
    "last_week",
    "next_due",
    "person_moment",
    "person_moments",
    "plan_end",
    "post_after",
    "post_moment",
    "reminder_day",
    "sending_days",
    "welcome_moment",
]

LOOK_BACK: Final = timedelta(hours=36)  # a round that should have opened longer ago is recorded as missed


@dataclass(frozen=True, kw_only=True)
class CloseDue:
    """The close of a week: its replies are frozen and its digest is drafted."""

    at: datetime
    week: Week


@dataclass(frozen=True, kw_only=True)
class PostDue:
    """The moment from which a week's digest may be posted."""

    at: datetime
    week: Week


@dataclass(frozen=True, kw_only=True)
class RoundDue:
    """An entry goes out: to the earliest recipient at `at`, to people in the programme's zone at `programme_at`."""

    at: datetime
    slot: Slot
    entry: Entry
    day: date
    programme_at: datetime
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class ReminderDue:
    """The reminder of a slot's round to those who have not answered; the earliest of them gets it at `at`."""

    at: datetime
    slot: Slot
    day: date
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class EndPlan:
    """When participants are thanked, when a season's report is drafted, and from when on it may be posted."""

    thanks: datetime
    draft: datetime
    post: datetime


Due: TypeAlias = CloseDue | PostDue | RoundDue | ReminderDue
DUE_KINDS = (CloseDue, PostDue, RoundDue, ReminderDue)  # the order of what falls due at the same moment


def due_between(programme: Programme, history: History, *, zones: Collection[str], after: datetime, until: datetime) -> tuple[Due, ...]:
    """All that falls due after `after` and not later than `until`, by moment and kind. `zones`: the recipients' time zones."""
    return tuple(due_item for due_item in _all_due(programme, history, zones) if after < due_item.at <= until)


def next_due(programme: Programme, history: History, *, zones: Collection[str], after: datetime) -> Due | None:
    """The first thing that falls due after `after`, if anything does."""
    return next((due_item for due_item in _all_due(programme, history, zones) if after < due_item.at), None)


def _all_due(programme: Programme, history: History, zones: Collection[str]) -> tuple[Due, ...]:
    return _compute_all_due(programme, tuple(history.sent.items()), history.missed, tuple(history.closes.items()), frozenset(zones))


@lru_cache(maxsize=16)
def _compute_all_due(
    programme: Programme,
    sent: tuple[tuple[str, Slot], ...],
    missed: frozenset[Slot],
    closes: tuple[tuple[Slot, datetime], ...],
    zones: frozenset[str],
) -> tuple[Due, ...]:
    """All due things of a programme, in order. Cached: each beat asks several times, and the history changes a few times a week."""
    history = History(sent=dict(sent), missed=missed, closes=dict(closes))
    items = [*_rounds_due(programme, history, zones), *_reminders_due(programme, history, zones), *_closes_and_posts(programme, history)]
    return tuple(sorted(items, key=lambda due_item: (due_item.at, DUE_KINDS.index(type(due_item)))))


def _rounds_due(programme: Programme, history: History, zones: Collection[str]) -> Iterator[RoundDue]:
    sent = set(history.sent.values())
    for slot, entry in assignment(programme, history).items():
        if slot not in sent:
            day, closes_at = day_of(programme.rounds, slot), close_moment(programme, slot.week)
            yield RoundDue(
                at=min(person_moments(programme, day, programme.rounds.at, zones, closes_at)),
                slot=slot,
                entry=entry,
                day=day,
                programme_at=instant(day, programme.rounds.at, programme.zone),
                closes_at=closes_at,
            )


def _reminders_due(programme: Programme, history: History, zones: Collection[str]) -> Iterator[ReminderDue]:
    remind = programme.rounds.remind
    for slot in _live_slots(programme, history):
        closes_at = history.closes.get(slot) or close_moment(programme, slot.week)
        day = reminder_day(programme, day_of(programme.rounds, slot), closes_at)
        if remind is not None and day is not None:
            at = min(person_moments(programme, day, remind.at, zones, closes_at))
            yield ReminderDue(at=at, slot=slot, day=day, closes_at=closes_at)


def _closes_and_posts(programme: Programme, history: History) -> Iterator[CloseDue | PostDue]:
    closes: dict[Week, datetime] = {}
    for slot in _live_slots(programme, history):
        closes_at = history.closes.get(slot) or close_moment(programme, slot.week)  # an open round keeps the close that it promised
        closes[slot.week] = max(closes_at, closes.get(slot.week, closes_at))
    for week, closes_at in closes.items():
        yield CloseDue(at=closes_at, week=week)
        yield PostDue(at=post_after(programme, closes_at), week=week)


def _live_slots(programme: Programme, history: History) -> set[Slot]:
    """The slots on which something goes out or went out, even if its entry has left the order since."""
    return set(history.sent.values()).union(assignment(programme, history))


def close_moment(programme: Programme, week: Week) -> datetime:
    """When the week closes, at least a day after its last question; a day off moves it."""
    return week_plan(programme, week).close


def post_moment(programme: Programme, week: Week) -> datetime:
    """When the week's digest may be posted: the first posting moment from the close on. A day off moves it."""
    return week_plan(programme, week).post


def post_after(programme: Programme, closes_at: datetime) -> datetime:
    """When the digest of rounds that really close at `closes_at` may be posted, whatever the plan of the week says."""
    return posting_moment(programme.digest, programme.zone, DaysOff.of(programme), closes_at)


def plan_end(programme: Programme, last_close: datetime) -> EndPlan:
    """The moments of a season's report: close and posting of the week after the last close. A day off moves them as it moves a week's.

    The thanks come the working day before at the hour of the questions: people still find their answers in *Min bog*.
    """
    zone, close, day = programme.zone, programme.digest.close, last_close.astimezone(programme.zone).date()
    monday = day + DAY * (7 - day.weekday())
    planned = monday + DAY * close.weekday
    moments = working_moments(planned, close.at, zone, DaysOff.of(programme))
    draft = next((at for at in moments if at.astimezone(zone).date() >= monday), instant(planned, close.at, zone))
    before = working_moments(draft.astimezone(zone).date() - DAY, programme.rounds.at, zone, DaysOff.of(programme))
    return EndPlan(thanks=next((at for at in before if last_close < at < draft), draft), draft=draft, post=post_after(programme, draft))


def end_of_season(programme: Programme, history: History) -> EndPlan | None:
    """The moments of the report after all that goes out or went out; None if nothing does."""
    closes = [item.at for item in _all_due(programme, history, ()) if isinstance(item, CloseDue)]
    return plan_end(programme, max(closes)) if closes else None


def person_moment(programme: Programme, day: date, at: time, zone: str, closes_at: datetime) -> datetime:
    """The moment at which it is `at` on `day` in a person's time zone.

    The programme's zone is used if theirs is unknown, or if less than 24 h would remain before the close.
    """
    own = instant(day, at, _zone(programme, zone))
    return own if closes_at - own >= NOTICE else instant(day, at, programme.zone)


def person_moments(programme: Programme, day: date, at: time, zones: Collection[str], closes_at: datetime) -> set[datetime]:
    """All moments at which it is `at` on `day` for somebody: in these zones, and in the programme's own."""
    return {person_moment(programme, day, at, zone, closes_at) for zone in {programme.timezone, *zones}}


def _zone(programme: Programme, name: str) -> ZoneInfo:
    return ZoneInfo(zone_or_fallback(name, programme.timezone))


def welcome_moment(programme: Programme, first_question_at: datetime, zone: str) -> datetime:
    """When somebody is welcomed: at the programme's hour in their time zone, on a working day.

    It is the last one on which at least 24 h remain before their first question.
    """
    zone_info, latest = _zone(programme, zone), first_question_at - NOTICE
    day = latest.astimezone(zone_info).date()
    while not is_working_day(programme, day) or instant(day, programme.rounds.at, zone_info) > latest:
        day -= DAY
    return instant(day, programme.rounds.at, zone_info)


def ends_at(programme: Programme) -> datetime:
    """The moment at which the programme ends, because its last digest may be posted from then on."""
    return last_week(programme).post


def current_programme(programmes: Sequence[Programme], now: datetime) -> Programme:
    """The programme that runs or comes next, of several in their order. When all are finished: the last."""
    return next((programme for programme in programmes if ends_at(programme) >= now), programmes[-1])


def last_week(programme: Programme) -> WeekPlan:
    """The plan of the last week in which something goes out."""
    days = [sending_day for sending_day in sending_days(programme) if sending_day.skipped is None] or list(sending_days(programme))
    return week_plan(programme, days[-1].slot.week if days else Week.of(programme.rounds.until))
