"""Which rounds, reminders, closings and digests fall due between two moments?

Pure arithmetic: it is handed the programme, what has happened and the moments; it opens no database and asks no clock. Moments are
aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from bot.local_time import DAY, first_weekly_moment, instant, zone_or_fallback
from bot.programme import Slot, Week
from schedules.slots import History, SendingDay, assignment, day_of, entries_without_slot, is_working_day, last_sending_day, sending_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bot.programme import Entry, Programme

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
    "due_between",
    "ends_at",
    "entries_without_slot",
    "is_working_day",
    "next_due",
    "person_moment",
    "post_moment",
    "reminder_day",
    "sending_days",
    "welcome_moment",
]

NOTICE = timedelta(hours=24)  # the least that a person has between a message and the close, and between the welcome and the first question


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
    return _compute_all_due(programme, tuple(history.sent.items()), history.missed, frozenset(zones))


@lru_cache(maxsize=16)
def _compute_all_due(
    programme: Programme, sent: tuple[tuple[str, Slot], ...], missed: frozenset[Slot], zones: frozenset[str]
) -> tuple[Due, ...]:
    """Everything of a programme, in order. Several steps of each beat ask for it, and what has gone out changes a few times a week."""
    history = History(sent=dict(sent), missed=missed)
    items = [*_rounds_due(programme, history, zones), *_reminders_due(programme, history, zones), *_closes_and_posts(programme, history)]
    return tuple(sorted(items, key=lambda due_item: (due_item.at, DUE_KINDS.index(type(due_item)))))


def _rounds_due(programme: Programme, history: History, zones: Collection[str]) -> Iterator[RoundDue]:
    sent = set(history.sent.values())
    for slot, entry in assignment(programme, history).items():
        if slot not in sent:
            day, closes_at = day_of(programme, slot), close_moment(programme, slot.week)
            yield RoundDue(
                at=_earliest_moment(programme, day, programme.rounds.at, zones, closes_at),
                slot=slot,
                entry=entry,
                day=day,
                programme_at=instant(day, programme.rounds.at, programme.zone),
                closes_at=closes_at,
            )


def _reminders_due(programme: Programme, history: History, zones: Collection[str]) -> Iterator[ReminderDue]:
    remind = programme.rounds.remind
    for slot in _live_slots(programme, history):
        day = reminder_day(programme, day_of(programme, slot))
        if remind is not None and day is not None:
            closes_at = close_moment(programme, slot.week)
            yield ReminderDue(at=_earliest_moment(programme, day, remind.at, zones, closes_at), slot=slot, day=day, closes_at=closes_at)


def _closes_and_posts(programme: Programme, history: History) -> Iterator[CloseDue | PostDue]:
    for week in {slot.week for slot in _live_slots(programme, history)}:
        yield CloseDue(at=close_moment(programme, week), week=week)
        yield PostDue(at=post_moment(programme, week), week=week)


def _live_slots(programme: Programme, history: History) -> set[Slot]:
    """The slots on which something goes out or went out, also for an entry that has left the order since."""
    return set(history.sent.values()).union(assignment(programme, history))


def close_moment(programme: Programme, week: Week) -> datetime:
    """When the week closes: the first closing moment after its last sending day's question."""
    asked_at = instant(last_sending_day(programme, week), programme.rounds.at, programme.zone)
    return first_weekly_moment(programme.digest.close, programme.zone, asked_at)


def post_moment(programme: Programme, week: Week) -> datetime:
    """When the week's digest may be posted: the first posting moment at or after the close."""
    return first_weekly_moment(programme.digest.post, programme.zone, close_moment(programme, week))


def person_moment(programme: Programme, day: date, at: time, zone: str, closes_at: datetime) -> datetime:
    """`at` on `day` where the person is (an unknown zone: where the programme is); less than 24 h before the close: the programme's."""
    own = instant(day, at, _zone(programme, zone))
    return own if closes_at - own >= NOTICE else instant(day, at, programme.zone)


def _earliest_moment(programme: Programme, day: date, at: time, zones: Collection[str], closes_at: datetime) -> datetime:
    return min(person_moment(programme, day, at, zone, closes_at) for zone in {programme.timezone, *zones})


def _zone(programme: Programme, name: str) -> ZoneInfo:
    return ZoneInfo(zone_or_fallback(name, programme.timezone))


def reminder_day(programme: Programme, day: date) -> date | None:
    """The working day on which those asked on `day` are reminded; None if there is no reminder, or only one at or after the close."""
    remind = programme.rounds.remind
    if remind is None:
        return None
    reminder_on = day + DAY * remind.after_days
    while not is_working_day(programme, reminder_on):
        reminder_on += DAY
    return reminder_on if instant(reminder_on, remind.at, programme.zone) < close_moment(programme, Week.of(day)) else None


def welcome_moment(programme: Programme, first_question_at: datetime, zone: str) -> datetime:
    """The person's local hour on the last working day at least 24 h before their first question."""
    zone_info, latest = _zone(programme, zone), first_question_at - NOTICE
    day = latest.astimezone(zone_info).date()
    while not is_working_day(programme, day) or instant(day, programme.rounds.at, zone_info) > latest:
        day -= DAY
    return instant(day, programme.rounds.at, zone_info)


def ends_at(programme: Programme) -> datetime:
    """The last post: when the programme is finished."""
    days = [sending_day for sending_day in sending_days(programme) if sending_day.skipped is None] or list(sending_days(programme))
    return post_moment(programme, days[-1].slot.week if days else Week.of(programme.rounds.until))
