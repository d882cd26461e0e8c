"""Tells organisers what will happen: once at the beginning, and then each Monday for the week.

Two steps of the beat. Both stay silent while the programme is paused for all.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final, assert_never

from bot.confidentiality.audiences import questions_by_role
from bot.confidentiality.floors import anybody_may_be_quoted, effective_floors
from bot.dialogue.list_sizes import list_sizes_of
from bot.dialogue.outbox import has_notice, tell_organisers
from bot.dialogue.planning.pause_for_all import open_pause
from bot.dialogue.planning.what_waits import find_waiting
from bot.local_time import DAY, instant, today
from bot.models import LoadedProgramme
from bot.programme import PARTICIPANTS, Review, Week
from bot.wording import say
from bot.wording.dates import day_in, moment_in
from bot.wording.sentences import join
from schedules.due import (
    CloseDue,
    History,
    PostDue,
    ReminderDue,
    RoundDue,
    assignment,
    due_between,
    end_of_season,
    is_working_day,
    welcome_moment,
)
from schedules.planning.progress import load_history
from schedules.sending_days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.what_waits import WaitingDigest
    from bot.programme import Entry, Floors, Programme, Role

WEEK_AT: Final = time(7, 30)  # programme time, on the first working day of the week
HELLO, OF_WEEK = "hello", "week:"  # keys
BEGIN_OF_TIME, END_OF_TIME = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def greet_organisers(session: Session, now: datetime, programme: Programme) -> None:
    """Tell organisers once what will happen: their lists have been read, and nothing has gone out yet."""
    are_lists_read = session.get_one(LoadedProgramme, programme.id).synchronised_at is not None
    if not are_lists_read or has_notice(session, programme, HELLO) or open_pause(session):
        return
    history = load_history(session, programme)
    if history.sent:
        return
    rounds, first_close = _rounds_to_come(programme, history, now), _first_close(programme, history, now)
    if rounds and first_close:
        tell_organisers(session, now, programme, key=HELLO, say="week.hello", **_hello(session, now, programme, rounds, first_close))


def tell_week(session: Session, now: datetime, programme: Programme) -> None:
    """Tell organisers the week's plan on its first working day, from 07:30 on, as long as the programme runs."""
    day = today(now, programme.timezone)
    week = Week.of(day)
    is_time = day == _first_working_day(programme, week) and now >= instant(day, WEEK_AT, programme.zone)
    if not is_time or has_notice(session, programme, f"{OF_WEEK}{week}") or open_pause(session):
        return
    items = _items(programme, load_history(session, programme))
    weeks = [Week.of(today(at, programme.timezone)) for at, _ in items]
    if not weeks or not weeks[0] <= week <= weeks[-1]:
        return
    lines = [line for (_, line), of in zip(items, weeks, strict=True) if of == week]
    sentence = "week.plan" if lines else "week.skipped"
    values = {"week": week.number, "lines": _as_list(lines or _next_line(items, now)), "waits": _what_waits(session, programme)}
    tell_organisers(session, now, programme, key=f"{OF_WEEK}{week}", say=sentence, **values)


def _first_working_day(programme: Programme, week: Week) -> date | None:
    monday = datetime.fromisocalendar(week.year, week.number, 1).date()
    return next((day for day in (monday + DAY * ahead for ahead in range(7)) if is_working_day(programme, day)), None)


# --- the hello ------------------------------------------------------------------------------------------------------------------


def _rounds_to_come(programme: Programme, history: History, now: datetime) -> list[RoundDue]:
    items = due_between(programme, history, zones=(), after=now, until=END_OF_TIME)
    return [item for item in items if isinstance(item, RoundDue)]


def _first_close(programme: Programme, history: History, now: datetime) -> datetime | None:
    items = due_between(programme, history, zones=(), after=now, until=END_OF_TIME)
    return next((item.at for item in items if isinstance(item, CloseDue)), None)


def _hello(session: Session, now: datetime, programme: Programme, rounds: list[RoundDue], first_close: datetime) -> dict[str, object]:
    """The values of the hello, as texts in the programme's language."""
    language, first, sizes = programme.language, rounds[0], list_sizes_of(session, programme.id)
    floors = effective_floors(programme.floors)
    kind = "" if not sizes or is_anybody_quoted((item.entry for item in rounds), sizes, floors) else ".unquoted"
    lists = [f"{sizes[role]} {say(language, f'list.of.{role}')}" for role in PARTICIPANTS if sizes.get(role)]
    draft = say(language, "week.line.draft", at=_moment(programme, first_close))
    ending = [line for _, line in _end_items(programme, load_history(session, programme))]
    lines = [_first_welcome(now, programme, first), *_question_lines(programme, first.entry, first.programme_at), draft, *ending]
    return {
        "title": programme.title.in_(language),
        "from_day": day_in(language, first.day),
        "until_day": day_in(language, rounds[-1].day),
        "questions": len(rounds),
        "lists": say(language, f"week.lists{kind}", lists=join(language, lists), floor=floors.asked) if lists else "",
        "work": say(language, f"week.work{kind}"),
        "lines": _as_list(lines),
    }


def is_anybody_quoted(entries: Iterable[Entry], sizes: Mapping[Role, int], floors: Floors) -> bool:
    """Whether any of these questions goes to so many people that some may be quoted."""
    people = {role: sizes.get(role, 0) for role in PARTICIPANTS}
    asked = (questions_by_role(entry, people, floors.audience) for entry in entries)
    return any(anybody_may_be_quoted(sum(people[role] for role in roles), floors) for roles in asked)


def _first_welcome(now: datetime, programme: Programme, first: RoundDue) -> str:
    """When participants are welcomed; whoever is late with a programme welcomes them at once."""
    at = welcome_moment(programme, first.programme_at, programme.timezone)
    if at <= now:
        return say(programme.language, "week.line.welcome_now")
    return say(programme.language, "week.line.welcome", at=_moment(programme, at))


# --- the week -------------------------------------------------------------------------------------------------------------------


def _next_line(items: list[tuple[datetime, str]], now: datetime) -> list[str]:
    return [line for at, line in items if at > now][:1]


def _items(programme: Programme, history: History) -> list[tuple[datetime, str]]:
    """All that happens in a programme, past things included: its moment, and the line that tells it."""
    return sorted([*_question_items(programme, history), *_other_items(programme, history)], key=lambda item: item[0])


def _question_items(programme: Programme, history: History) -> Iterator[tuple[datetime, str]]:
    for slot, entry in assignment(programme, history).items():
        at = instant(day_of(programme.rounds, slot), programme.rounds.at, programme.zone)
        yield from ((at, line) for line in _question_lines(programme, entry, at))


def _question_lines(programme: Programme, entry: Entry, at: datetime) -> Iterator[str]:
    """What each of those whom an entry asks will read."""
    language, moment = programme.language, _moment(programme, at)
    asked = [(say(language, f"list.of.{role}"), question) for role, question in entry.by_role]
    if entry.all is not None:
        asked.append((say(language, "week.others") if asked else say(language, "week.all"), entry.all))
    for whom, question in asked:
        yield say(language, "week.line.question", at=moment, whom=whom, ask=programme.question(question).ask.in_(language))


def _other_items(programme: Programme, history: History) -> Iterator[tuple[datetime, str]]:
    language, due_items = programme.language, due_between(programme, history, zones=(), after=BEGIN_OF_TIME, until=END_OF_TIME)
    first = next((item for item in due_items if isinstance(item, RoundDue)), None)
    if first is not None and not history.sent:
        welcome = welcome_moment(programme, first.programme_at, programme.timezone)
        yield welcome, say(language, "week.line.welcome", at=_moment(programme, welcome))
    yield from ((item.at, _line(programme, item)) for item in due_items if not isinstance(item, RoundDue))
    yield from _end_items(programme, history)


def _end_items(programme: Programme, history: History) -> Iterator[tuple[datetime, str]]:
    language, end = programme.language, end_of_season(programme, history)
    if end is not None:
        yield end.thanks, say(language, "week.line.thanks", at=_moment(programme, end.thanks))
        yield end.draft, say(language, "week.line.report_draft", at=_moment(programme, end.draft))
        yield end.post, say(language, "week.line.report", at=_moment(programme, end.post))


def _line(programme: Programme, item: ReminderDue | CloseDue | PostDue) -> str:
    language, moment = programme.language, _moment(programme, item.at)
    match item:
        case ReminderDue():
            return say(language, "week.line.reminder", at=moment)
        case PostDue() if programme.digest.review is Review.REQUIRED:
            return say(language, "week.line.digest", at=moment)
        case PostDue():
            return say(language, "week.line.digest_without_quotes", at=moment)
        case CloseDue():
            return say(language, "week.line.close", at=moment)
        case _:
            assert_never(item)


def _what_waits(session: Session, programme: Programme) -> str:
    """A sentence on what waits for the organisers."""
    language, waiting = programme.language, find_waiting(session, programme)
    words = [_digest_in_words(programme, digest) for digest in waiting.digests]
    words += [say(language, "week.waits.list", who=say(language, f"list.of.{hold.role}")) for hold in waiting.lists]
    words += [say(language, "week.waits.answers")] if waiting.responses else []
    words += [say(language, "week.waits.wishes")] if waiting.wishes else []
    words += [say(language, "week.waits.plan")] if waiting.plan is not None else []
    return say(language, "week.waits", what=join(language, words)) if words else say(language, "week.waits.nothing")


def _digest_in_words(programme: Programme, waiting: WaitingDigest) -> str:
    key = "week.waits.doubt" if waiting.in_doubt else "week.waits.draft" if waiting.is_draft else "week.waits.quotes"
    return say(programme.language, key, number=waiting.digest.number)


def _as_list(lines: list[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def _moment(programme: Programme, at: datetime) -> str:
    """A moment in the programme's language, with a capital letter at its beginning."""
    text = moment_in(programme.language, at, programme.timezone)
    return f"{text[:1].upper()}{text[1:]}"
