"""Remarks about a programme: things that are not wrong but good to know.

Remarks stop nothing, and contain no address or name of a person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.days_off import WEEKEND, DaysOff
from bot.local_time import DAY, instant
from bot.programme import Language, Week
from bot.sentence import sentence
from bot.wording.sentences import first_sentence
from schedules.agenda import agenda
from schedules.checking.dates_and_times import MONDAY, UTC
from schedules.checking.people.lists_near_a_limit import lists_near_a_limit
from schedules.checking.people.people_files import LISTS_BY_PRECEDENCE, by_precedence, read_people
from schedules.checking.question_order import PARTICIPANT_LISTS, questions_in_order
from schedules.checking.questions.question_lint import question_remarks
from schedules.checking.value_parsers import usual_zone
from schedules.due import end_of_season, ends_at, last_week, sending_days
from schedules.slots import History, entries_without_slot
from schedules.week_plan import NO_ROOM, Rules, reminder_as_written, week_as_written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.programme import Programme, Rounds
    from bot.sentence import Sentence
    from schedules.agenda import AgendaLine
    from schedules.checking.file_model import File, Question
    from schedules.checking.source import SourceFile

MOST_WORDS_TOLD: Final = 30  # of the organisers' own words in the welcome
WORKING_DAYS: Final = (  # Monday first
    "remark.weekday.monday",
    "remark.weekday.tuesday",
    "remark.weekday.wednesday",
    "remark.weekday.thursday",
    "remark.weekday.friday",
)
MOVED: Final = {"reminder": "remark.moved.reminder", "close": "remark.moved.close", "digest": "remark.moved.digest"}  # by kind of line
LISTS_OF_DAYS: Final = ("rounds", "every"), ("rounds", "skip", "weeks"), ("rounds", "skip", "also")  # a second mention adds nothing
SOMETIMES: Final = 53  # the week that most years do not have


def file_remarks(source: SourceFile, file: File) -> Iterator[Sentence]:
    """Remarks that hold on any day: forgotten questions, people on several lists."""
    asked = {question for _, question in questions_in_order(source)}
    for question in file.questions:
        if question.id not in asked and not question.reserve:
            yield sentence("remark.never_asked", question=question.id)
        yield from question_remarks(question)
    yield from _same_texts([question for question in file.questions if question.id in asked])
    yield from _odd_values(source)
    yield from _information_remarks(file)
    files = {name: source.get("people", name, "file") for name in LISTS_BY_PRECEDENCE}
    people = {name: read_people(Path(source.file).parent / file) for name, file in files.items() if file is not None}
    lists = {name: found.emails for name, found in people.items()}
    yield from (sentence("remark.repeats", file=files[name], repeats=found.repeats) for name, found in people.items() if found.repeats)
    yield from (sentence("remark.empty_list", file=files[name]) for name, emails in lists.items() if not emails)
    yield from _overlaps(lists)
    yield from lists_near_a_limit(source, lists)
    digest = source.get("digest", "channel")
    for name in PARTICIPANT_LISTS.values():  # the politicians read in the digest's channel: they would be participants too
        if source.get("people", name, "channel") == digest is not None:
            yield sentence("remark.digest_channel", name=name)


def _same_texts(questions: Sequence[Question]) -> Iterator[Sentence]:
    """A remark on each question whose text is an earlier one's, with the languages in which it is."""
    first: dict[tuple[Language, str], str] = {}
    for question in questions:
        languages = defaultdict[str, list["Sentence"]](list)
        for language in Language:
            other = first.setdefault((language, " ".join(getattr(question.ask, language).split())), question.id)
            languages[other].append(sentence(f"data.language.{language.value}"))
        for other in languages.keys() - {question.id}:
            yield sentence("remark.same_text", other=other, question=question.id, languages=tuple(languages[other]))


def _information_remarks(file: File) -> Iterator[Sentence]:
    """Remarks about what people are told: days of retention that differ from what happens, and a welcome too long for a phone."""
    days = set(dict(file.retention).values())
    for language, text in file.information.retention:
        if (figures := {int(figure) for figure in re.findall(r"\d+", text)}) and not days <= figures:
            in_language = sentence(f"data.language.{Language(language).value}")
            yield sentence("remark.retention", language=in_language, days=tuple(sorted(days - figures)))
    for language in Language:
        told = (getattr(item, language) for item in (file.information.controller, file.information.purpose))
        if (words := sum(len(first_sentence(text).split()) for text in told)) > MOST_WORDS_TOLD:
            in_language = sentence(f"data.language.{language.value}")
            yield sentence("remark.long_welcome", language=in_language, words=words, most=MOST_WORDS_TOLD)


def _odd_values(source: SourceFile) -> Iterator[Sentence]:
    """A remark for each value that is written twice, and for an odd time zone."""
    for path in LISTS_OF_DAYS:
        values = source.get(*path)
        for value, n in Counter(map(str, values if isinstance(values, list) else ())).items():
            if n > 1:
                yield sentence("remark.twice", value=value, key=path[-1])
    zone = str(source.get("timezone"))
    if usual_zone(zone) != zone:
        yield sentence("remark.zone_prefix", zone=zone, counts=usual_zone(zone))
    if "/" not in usual_zone(zone) or usual_zone(zone).startswith("Etc/"):
        yield sentence("remark.zone_without_place", zone=zone)


def _overlaps(lists: Mapping[str, frozenset[str]]) -> Iterator[Sentence]:
    for name, other in combinations(lists, 2):
        if lists[name] and lists[name] == lists[other]:
            yield sentence("remark.same_people", name=name, other=other)
    for name, members in by_precedence(lists).items():
        if shared := len(lists[name]) - len(members):
            yield sentence("remark.overlap", name=name, people=shared)


def programme_remarks(programme: Programme, today: date) -> Iterator[Sentence]:
    """Remarks about a programme today: finished, weeks that skip nothing, questions without a reminder, days off."""
    end, end_day = end_of_season(programme, History()), ends_at(programme).astimezone(programme.zone).date()
    if end is not None and (last_day := end.post.astimezone(programme.zone).date()) < today:
        yield sentence("remark.finished", day=last_day)
    all_days = sending_days(programme)
    for number in sorted({*programme.rounds.skip.weeks} - {sending_day.slot.week.number for sending_day in all_days}):
        yield next(_weeks_that_never_come(programme.rounds, number), sentence("remark.week_in_vain", week=number))
    for day in dict.fromkeys(programme.rounds.skip.also):
        if not programme.rounds.from_ <= day <= max(end_day, last_week(programme).planned_post.astimezone(programme.zone).date()):
            yield sentence("remark.day_in_vain", day=day, from_day=programme.rounds.from_, until_day=end_day)
    days = [sending_day.day for sending_day in all_days if sending_day.skipped is None]
    missing = sum(reminder_as_written(programme, day) is None for day in days)
    if programme.rounds.remind is not None and missing:
        yield sentence("remark.no_reminder", missing=missing, questions=len(days))
    if len({Week.of(day) for day in days}) > 1:
        yield from _late_in_every_week(programme)
    yield from _calendar_remarks(programme)


def _weeks_that_never_come(rounds: Rounds, number: int) -> Iterator[Sentence]:
    """A remark on a skipped week 53 if none of the programme's years has one."""
    years = range(Week.of(rounds.from_).year, Week.of(rounds.until).year + 1)
    last_weeks = {Week.of(date(year, 12, 28)).number for year in years}  # that day is always in the year's last week
    if number == SOMETIMES and SOMETIMES not in last_weeks:
        yield sentence("remark.no_week_53", years=tuple(years))


def _late_in_every_week(programme: Programme) -> Iterator[Sentence]:
    """A remark if the days and hours make every week end only after the next has begun."""
    rounds = programme.rounds
    next_at = instant(MONDAY + (rounds.every[0] + 7) * DAY, rounds.at, UTC)
    rules = Rules(rounds=rounds, digest=programme.digest, zone=UTC, days_off=DaysOff())
    plan = week_as_written(rules, MONDAY + rounds.every[-1] * DAY)
    if plan.post >= next_at:
        key, at = ("remark.late_close", plan.close) if plan.close >= next_at else ("remark.late_digest", plan.post)
        day, next_day = (sentence(WORKING_DAYS[moment.weekday()]) for moment in (at, next_at))
        yield sentence(key, day=day, at=at.time(), next_day=next_day, next_at=next_at.time())


def _calendar_remarks(programme: Programme) -> Iterator[Sentence]:
    """Remarks on what days off move, leave out or meet, and on what is left without a day."""
    days_off = DaysOff.of(programme)
    for line in agenda(programme):
        yield from _line_remarks(line, days_off)
    if left := entries_without_slot(programme, History()):
        yield sentence("remark.without_slot", entries=len(left), questions=tuple(entry.key for entry in left))


def _line_remarks(line: AgendaLine, days_off: DaysOff) -> Iterator[Sentence]:
    """A remark on one line of the agenda. Moves from weekends are not remarked on: they happen in every week."""
    off = days_off.name(line.at.date())
    if line.moved is not None and line.moved.day_off not in WEEKEND.values():
        yield sentence(MOVED[line.kind], at=line.at, planned=line.moved.planned, day_off=line.moved.day_off)
    elif line.skipped is not None and line.skipped.key in NO_ROOM:
        yield sentence("remark.no_question" if line.kind == "round" else "remark.left_out_reminder", at=line.at, why=line.skipped)
    elif line.kind == "round" and line.skipped is None and off:
        yield sentence("remark.question_on_day_off", at=line.at, day_off=off, day=str(line.at.date()))
