"""Remarks about a programme: things that are not wrong but good to know.

Remarks stop nothing, and contain no address or name of a person.
"""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.days_off import WEEKEND, DaysOff
from bot.local_time import DAY, instant
from bot.programme import Language, Week
from bot.wording.sentences import first_sentence
from schedules.agenda import agenda
from schedules.checking.dates_and_times import MONDAY, UTC
from schedules.checking.lists_near_a_limit import lists_near_a_limit
from schedules.checking.people_files import LISTS_BY_PRECEDENCE, by_precedence, read_emails
from schedules.checking.question_order import PARTICIPANT_LISTS, questions_in_order
from schedules.checking.questions.question_lint import question_remarks
from schedules.due import ends_at, last_week, sending_days
from schedules.slots import History, entries_without_slot
from schedules.week_plan import NO_ROOM, Rules, reminder_as_written, week_as_written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from bot.programme import Programme
    from schedules.checking.file_model import File
    from schedules.checking.source import SourceFile

MOST_WORDS_TOLD: Final = 30  # of the organisers' own words in the welcome


def file_remarks(source: SourceFile, file: File) -> Iterator[str]:
    """Remarks that hold on any day: forgotten questions, people on several lists."""
    asked = {question for _, question in questions_in_order(source)}
    for question in file.questions:
        if question.id not in asked and not question.reserve:
            yield f'the question "{question.id}" is neither in the order nor marked `reserve: true`: it is never asked'
        yield from question_remarks(question)
    yield from _information_remarks(file)
    files = {name: source.get("people", name, "file") for name in LISTS_BY_PRECEDENCE}
    lists = {name: read_emails(Path(source.file).parent / file) for name, file in files.items() if file is not None}
    yield from _overlaps(lists)
    yield from lists_near_a_limit(source, lists)
    digest = source.get("digest", "channel")
    for name in PARTICIPANT_LISTS.values():  # the politicians read in the digest's channel: they would be participants too
        if source.get("people", name, "channel") == digest is not None:
            yield f"the list of {name} is the digest's channel: whoever is to read the digest there is asked the questions as well"


def _information_remarks(file: File) -> Iterator[str]:
    """Remarks about what people are told: days of retention that differ from what happens, and a welcome too long for a phone."""
    days = set(dict(file.retention).values())
    for language, text in file.information.retention:
        if (figures := {int(figure) for figure in re.findall(r"\d+", text)}) and not days <= figures:
            rest = " and ".join(str(figure) for figure in sorted(days - figures))
            yield f'"information" does not name {rest} days under retention ({language}), which is what happens: see that both say the same'
    for language in Language:
        told = (getattr(item, language) for item in (file.information.controller, file.information.purpose))
        if (words := sum(len(first_sentence(text).split()) for text in told)) > MOST_WORDS_TOLD:
            yield (
                f'the first sentences of "controller" and "purpose" under "information" have {words} words together ({language}): '
                f"the welcome shows them, and with more than {MOST_WORDS_TOLD} it does not fit a phone's screen; put a full stop earlier"
            )


def _overlaps(lists: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for name, other in combinations(lists, 2):
        if lists[name] and lists[name] == lists[other]:
            yield f"the files of {name} and {other} hold the very same people"
    for name, members in by_precedence(lists).items():
        if shared := len(lists[name]) - len(members):
            yield f"{shared} of those on the list of {name} stand on an earlier list too, which counts"


def programme_remarks(programme: Programme, today: date) -> Iterator[str]:
    """Remarks about a programme today: finished, weeks that skip nothing, questions without a reminder, days off."""
    end_day = ends_at(programme).astimezone(programme.zone).date()
    if end_day < today:
        yield f"the programme finished on {end_day}: nothing more goes out"
    all_days = sending_days(programme)
    for number in programme.rounds.skip.weeks:
        if number not in {sending_day.slot.week.number for sending_day in all_days}:
            yield f"week {number} is skipped, but nothing would go out in it anyway"
    for day in programme.rounds.skip.also:
        if not programme.rounds.from_ <= day <= max(end_day, last_week(programme).planned_post.astimezone(programme.zone).date()):
            yield f"{day} is a day off, but the programme runs from {programme.rounds.from_} until {end_day}"
    days = [sending_day.day for sending_day in all_days if sending_day.skipped is None]
    missing = sum(reminder_as_written(programme, day) is None for day in days)
    if programme.rounds.remind is not None and missing:
        yield f"{missing} of {len(days)} questions get no reminder: the week would have closed by then"
    if len({Week.of(day) for day in days}) > 1:
        yield from _late_in_every_week(programme)
    yield from _calendar_remarks(programme)


def _late_in_every_week(programme: Programme) -> Iterator[str]:
    """A remark if the days and hours make every week end only after the next has begun."""
    rounds = programme.rounds
    next_at = instant(MONDAY + (rounds.every[0] + 7) * DAY, rounds.at, UTC)
    rules = Rules(rounds=rounds, digest=programme.digest, zone=UTC, days_off=DaysOff())
    plan = week_as_written(rules, MONDAY + rounds.every[-1] * DAY)
    if plan.post >= next_at:
        what, at = ("close", plan.close) if plan.close >= next_at else ("digest", plan.post)
        late = f"the {what} of each week comes on {at:%A %H:%M}, not before the next question, on {next_at:%A %H:%M}"
        yield f"{late}: to have it before, put it earlier, or ask later"


def _calendar_remarks(programme: Programme) -> Iterator[str]:
    """Remarks on what days off move, leave out or meet. Moves from weekends are not remarked on: they happen in every week."""
    days_off = DaysOff.of(programme)
    for line in agenda(programme):
        moment, off = f"{line.at:%Y-%m-%d %H:%M}", days_off.name(line.at.date())
        if line.moved is not None and not line.moved.endswith(tuple(WEEKEND.values())):
            yield f"the {line.kind} comes on {moment}, moved {line.moved}"
        elif line.skipped is not None and line.skipped.startswith(NO_ROOM):
            what = "question" if line.kind == "round" else line.kind
            yield f"there is no {what} on {moment}, {line.skipped}"
        elif line.kind == "round" and line.skipped is None and off:
            yield f"a question goes out on {moment}, {off}; to leave it out, write skip: {{also: [{line.at.date()}]}} and end later"
    if left := entries_without_slot(programme, History()):
        questions, n = ", ".join(entry.key for entry in left), len(left)
        yield (
            f"entries at the end of the order that no sending day is left for: {n} ({questions}); "
            "to ask them, put each day without room under `skip: {also: […]}`, and end later"
        )
