"""Builds the programme, in the frozen values that the engine reads, from a file without faults."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot import programme
from bot.programme import PARTICIPANTS, Source, Text
from schedules.checking.dates_and_times import rounds_of, weekly_moment
from schedules.checking.people.people_files import read_emails
from schedules.checking.value_parsers import usual_zone

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sentence import Sentence
    from schedules.checking import file_model

ReadEmails: TypeAlias = "Callable[[Path], frozenset[str]]"


def programme_from(
    file: file_model.File, *, name: str, checksum: str, remarks: tuple[Sentence, ...], read: ReadEmails = read_emails
) -> programme.Programme:
    """The programme in a file that has no faults.

    `name` is the file's name, and `read` reads its files of people.
    """
    themes = {question.id: question.theme for question in file.questions}
    remind = file.rounds.remind and programme.Remind(after_days=file.rounds.remind.after_days, at=file.rounds.remind.at)
    return programme.Programme(
        id=file.programme,
        title=_text(file.title),
        language=programme.Language(file.language),
        timezone=usual_zone(file.timezone),
        people=_people(file.people, lambda file: read(Path(name).parent / file)),
        themes=tuple(
            programme.Theme(
                id=theme.id,
                title=_text(theme.title),
                about=_text(theme.about) if theme.about else None,
                source=_text(theme.source) if theme.source else None,
            )
            for theme in file.themes
        ),
        questions=tuple(
            programme.Question(id=question.id, theme=question.theme, ask=_text(question.ask), reserve=question.reserve)
            for question in file.questions
        ),
        rounds=rounds_of(file.rounds, at=file.rounds.at, remind=remind, order=tuple(_entry(entry, themes) for entry in file.rounds.order)),
        digest=programme.DigestPlan(
            channel=file.digest.channel,
            close=weekly_moment(file.digest.close),
            post=weekly_moment(file.digest.post),
            review=programme.Review(file.digest.review),
            external=file.digest.external,
            committee=_text(file.digest.committee) if file.digest.committee else None,
        ),
        floors=programme.Floors(**dict(file.floors)),
        guidelines_agreed=programme.Agreement(by=file.guidelines_agreed.by, on=file.guidelines_agreed.on),
        retention=programme.Retention(**dict(file.retention)),
        information=programme.Information(**{item: _text(text) for item, text in file.information}),
        filing=_filing(file.filing),
        filter_words=frozenset(word.strip().casefold() for word in file.filter.extra),
        file=name,
        checksum=checksum,
        remarks=remarks,
    )


def _filing(filing: file_model.Filing) -> programme.Filing:
    case = (filing.case or "").strip()
    return programme.Filing(case=case or None, kle=filing.kle, sender=_text(filing.sender) if filing.sender else None)


def _text(
    text: file_model.Title | file_model.Ask | file_model.About | file_model.SourceLine | file_model.Committee | file_model.InformationItem,
) -> Text:
    return Text(da=str(text.da), en=str(text.en))


def _people(people: file_model.People, read: Callable[[str], frozenset[str]]) -> programme.People:
    organisers = _source(people.organisers, read)
    return programme.People(
        leaders=_source(people.leaders, read) if people.leaders else None,
        employee_reps=_source(people.employee_reps, read) if people.employee_reps else None,
        politicians=_source(people.politicians, read),
        organisers=replace(organisers, channel=None) if organisers.usergroup or organisers.file else organisers,
        organisers_channel=people.organisers.channel,
    )


def _source(people: file_model.PeopleList | file_model.Organisers, read: Callable[[str], frozenset[str]]) -> Source:
    emails = () if people.file is None else tuple(sorted(read(people.file)))
    guests = bool(getattr(people, "guests", None))
    return Source(usergroup=people.usergroup, channel=people.channel, file=people.file, emails=emails, guests=guests)


def _entry(entry: file_model.Entry, themes: dict[str, str]) -> programme.Entry:
    by_role = tuple((role, question) for role in PARTICIPANTS if (question := getattr(entry, role)) is not None)
    some_question = entry.all if entry.all is not None else by_role[0][1]
    return programme.Entry(theme=themes[some_question], all=entry.all, by_role=by_role)
