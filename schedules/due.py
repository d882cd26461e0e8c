"""Which rounds, reminders, closings and digests fall due between two moments?

Pure arithmetic: it is handed the programme, what has happened and the moments; it opens no database and asks no clock. Moments are
aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from bot.days_off import DaysOff
from bot.local_time import DAY, instant, zone_or_fallback
from bot.posting_moment import posting_moment
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
    "CloseDue",
    "Due",
    "History",
    "PostDue",
    "ReminderDue",
    "RoundDue",
    "SendingDay",
    "assignment",
    "close_moment",
    "current_programme",
    "due_between",
    "ends_at",
    "entries_without_slot",
    "is_working_day",
    "last_week",
    "next_due",
    "person_moment",
    "person_moments",
    "post_after",
    "post_moment",
    "reminder_day",
    "sending_days",
    "welcome_moment",
]


@dataclass(frozen=True, kw_only=True)
class CloseDue:
    """A week closes: its replies are frozen and its digest is drafted."""

    at: datetime
    week: Week


@dataclass(frozen=True, kw_only=True)
class PostDue:
    """A week's digest may be posted."""

    at: datetime
    week: Week


@dataclass(frozen=True, kw_only=True)
class RoundDue:
    """An entry goes out: at `at` to the earliest recipient, at `programme_at` to those who follow the programme's zone."""

    at: datetime
    slot: Slot
    entry: Entry
    day: date
    programme_at: datetime
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class ReminderDue:
    """Those who have not answered the slot's round are reminded, the earliest of them at `at`."""

    at: datetime
    slot: Slot
    day: date
    closes_at: datetime


Due: TypeAlias = CloseDue | PostDue | RoundDue | ReminderDue
DUE_KINDS = (CloseDue, PostDue, RoundDue, ReminderDue)  # the order of what falls due at the same moment


def due_between(programme: Programme, history: History, *, zones: Collection[str], after: datetime, until: datetime) -> tuple[Due, ...]:
    """What falls due after `after` and not later than `until`, ordered by moment and kind. `zones` are the recipients' time zones."""
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
    """Everything of a programme, in order. Several steps of each beat ask for it, and what has gone out changes a few times a week."""
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
    for slot in _live_slots(programme, history):  # what a round that is open has promised stays
        closes_at = history.closes.get(slot) or close_moment(programme, slot.week)
        closes[slot.week] = max(closes_at, closes.get(slot.week, closes_at))
    for week, closes_at in closes.items():
        yield CloseDue(at=closes_at, week=week)
        yield PostDue(at=post_after(programme, closes_at), week=week)


def _live_slots(programme: Programme, history: History) -> set[Slot]:
    """The slots on which something goes out or went out, also for an entry that has left the order since."""
    return set(history.sent.values()).union(assignment(programme, history))


def close_moment(programme: Programme, week: Week) -> datetime:
    """When the week closes: a day or more after its last question, or where a day off moves it."""
    return week_plan(programme, week).close


def post_moment(programme: Programme, week: Week) -> datetime:
    """When the week's digest may be posted: at the first posting moment from the close on, likewise."""
    return week_plan(programme, week).post


def post_after(programme: Programme, closes_at: datetime) -> datetime:
    """When the digest of rounds that close at this moment may be posted, whatever the week was planned to be."""
    return posting_moment(programme.digest, programme.zone, DaysOff.of(programme), closes_at)


def person_moment(programme: Programme, day: date, at: time, zone: str, closes_at: datetime) -> datetime:
    """`at` on `day` where the person is (an unknown zone: where the programme is); less than 24 h before the close: the programme's."""
    own = instant(day, at, _zone(programme, zone))
    return own if closes_at - own >= NOTICE else instant(day, at, programme.zone)


def person_moments(programme: Programme, day: date, at: time, zones: Collection[str], closes_at: datetime) -> set[datetime]:
    """All moments at which it is `at` on `day` for somebody: in these zones, and in the programme's own."""
    return {person_moment(programme, day, at, zone, closes_at) for zone in {programme.timezone, *zones}}


def _zone(programme: Programme, name: str) -> ZoneInfo:
    return ZoneInfo(zone_or_fallback(name, programme.timezone))


def welcome_moment(programme: Programme, first_question_at: datetime, zone: str) -> datetime:
    """The person's local hour on the last working day at least 24 h before their first question."""
    zone_info, latest = _zone(programme, zone), first_question_at - NOTICE
    day = latest.astimezone(zone_info).date()
    while not is_working_day(programme, day) or instant(day, programme.rounds.at, zone_info) > latest:
        day -= DAY
    return instant(day, programme.rounds.at, zone_info)


def ends_at(programme: Programme) -> datetime:
    """The last post: when the programme is finished."""
    return last_week(programme).post


def current_programme(programmes: Sequence[Programme], now: datetime) -> Programme:
    """The programme that runs or comes next, of several in the order in which they run; when all are finished, the last."""
    return next((programme for programme in programmes if ends_at(programme) >= now), programmes[-1])


def last_week(programme: Programme) -> WeekPlan:
    """The plan of the last week in which something goes out."""
    days = [sending_day for sending_day in sending_days(programme) if sending_day.skipped is None] or list(sending_days(programme))
    return week_plan(programme, days[-1].slot.week if days else Week.of(programme.rounds.until))
