"""What stands on a person's own page?

Where they stand, in plain words, and what they can do from there. The same page answers a direct message that someone has typed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.confidentiality.deletion import tombstones
from bot.dialogue import own_hour, people
from bot.dialogue.digests import digest_reading
from bot.dialogue.rounds import replies
from bot.dialogue.snapshot import ask_in, theme_in
from bot.local_time import today
from bot.models import LeftBy, PersonState
from bot.programme import PARTICIPANTS, Language
from bot.seam.answers import Home, HomeChoice
from bot.wording import say
from bot.wording.dates import day_in, hour_in, moment_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.rounds.replies import RoundQuestion
    from bot.models import Person
    from bot.programme import Programme

CHOICES_WHEN_ACTIVE: Final = (HomeChoice.PAUSE, HomeChoice.LEAVE)
CHOICES_WHEN_PAUSED: Final = (HomeChoice.COME_BACK, HomeChoice.LEAVE)
A_MOMENT: Final = timedelta(seconds=1)


def home(session: Session, now: datetime, programme: Programme, address: str) -> Home:
    """The page of whoever has this address, a stranger too."""
    person = people.find_person(session, programme.id, address)
    if (person is None or person.state is PersonState.LEFT) and tombstones.is_erased(session, address):
        language = person.language if person else programme.language
        return _page(programme, Language(language), [say(language, "home.erased")], [HomeChoice.COME_BACK])
    if person is None:
        return _stranger_page(session, programme, address)
    if _is_participant(person):
        page = _with_hour(session, programme, _participant_page(session, now, programme, person), person)
    else:
        page = _other_page(programme, person)
    if digest_reading.may_read(person) and digest_reading.is_any_issued(session, programme):
        page = replace(page, choices=(*page.choices, HomeChoice.DIGESTS))
    return _with_data_choices(session, page, person)


def _stranger_page(session: Session, programme: Programme, address: str) -> Home:
    """A stranger, or somebody from an earlier programme: what is kept of them is theirs also when the next runs without them."""
    person = people.find_person_anywhere(session, programme.id, address)
    if person is None:
        return _page(programme, programme.language, [say(programme.language, "home.stranger")])
    language = Language(person.language)
    return _with_data_choices(session, _page(programme, language, [say(language, "home.earlier")]), person)


def _with_data_choices(session: Session, page: Home, person: Person) -> Home:
    """For everyone of whom anything is kept. To have it deleted is offered where they see what it is."""
    choice_of_replies = [HomeChoice.MY_REPLIES] if people.has_replies(session, person) else []
    return replace(page, choices=(*page.choices, *choice_of_replies, HomeChoice.MY_DATA))


def home_after_typing(session: Session, now: datetime, programme: Programme, address: str) -> Home:
    """The answer to a typed direct message: it cannot be an answer, and its author is asked to delete it."""
    page = home(session, now, programme, address)
    return replace(page, title=say(page.language, "typed.title"), paragraphs=(say(page.language, "typed.text"), *page.paragraphs))


def _page(programme: Programme, language: Language, paragraphs: Sequence[str], choices: Sequence[HomeChoice] = ()) -> Home:
    return Home(language=language, title=programme.title.in_(language), paragraphs=tuple(paragraphs), choices=tuple(choices))


def _is_participant(person: Person) -> bool:
    return person.role in PARTICIPANTS and person.state is not PersonState.LEFT


def _other_page(programme: Programme, person: Person) -> Home:
    """Politicians, organisers, and those who have left."""
    language = Language(person.language)
    if person.role not in PARTICIPANTS and person.state is not PersonState.LEFT:
        return _page(programme, language, [say(language, f"home.{person.role.value}")])
    if person.role in PARTICIPANTS and person.left_by is LeftBy.SELF:
        return _page(programme, language, [say(language, "home.left")], [HomeChoice.COME_BACK])
    return _page(programme, language, [say(language, "home.unlisted")])


def _participant_page(session: Session, now: datetime, programme: Programme, person: Person) -> Home:
    language = Language(person.language)
    round_question = replies.newest_open_question(session, now, person)
    pause_lines = [_pause_in_words(person, language)] if person.state is PersonState.PAUSED else []
    choices = CHOICES_WHEN_PAUSED if pause_lines else CHOICES_WHEN_ACTIVE
    if round_question is None:
        quiet_lines = [] if pause_lines else [_why_nothing_open(now, programme, person, language)]
        return _page(programme, language, [*pause_lines, *quiet_lines], choices)
    is_answered = replies.own_reply(session, person, round_question.round) is not None
    question_lines = _question_in_words(person, round_question, language, is_answered=is_answered)
    choice = HomeChoice.EDIT_REPLY if is_answered else HomeChoice.ANSWER
    return replace(_page(programme, language, [*pause_lines, *question_lines], (choice, *choices)), round=round_question.round.id)


def _with_hour(session: Session, programme: Programme, page: Home, person: Person) -> Home:
    """At which hour they are asked, if they have chosen one; and the other that they may choose."""
    offer = own_hour.offer(person, programme, is_any_to_come=own_hour.is_any_question_to_come(session, programme))
    if offer is None:
        return page
    chosen = own_hour.hour_of(person, programme)
    lines = [] if chosen is None else [say(page.language, "hour.chosen", hour=hour_in(page.language, chosen))]
    return replace(page, paragraphs=(*page.paragraphs, *lines), offer=offer)


def _pause_in_words(person: Person, language: Language) -> str:
    last_day = today(person.paused_until - A_MOMENT, person.timezone) if person.paused_until else None
    return say(language, "home.paused", day=day_in(language, last_day) if last_day else "")


def _why_nothing_open(now: datetime, programme: Programme, person: Person, language: Language) -> str:
    """Nothing is to be answered: why not?"""
    if today(now, programme.timezone) > programme.rounds.until:
        return say(language, "home.over")
    return say(language, "home.invited" if person.state is PersonState.INVITED else "home.nothing")


def _question_in_words(person: Person, round_question: RoundQuestion, language: Language, *, is_answered: bool) -> list[str]:
    """The open question; whether it has been answered; until when."""
    closes = moment_in(language, round_question.round.closes_at, person.timezone)
    status = say(language, "home.answered" if is_answered else "home.open", closes=closes)
    return [f"{theme_in(round_question.round, language)}: {ask_in(round_question.round, round_question.question, language)}", status]
