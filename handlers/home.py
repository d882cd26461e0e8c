"""A person's own page: how they take part, in plain words, and what they can do there.

The page also answers a direct message that somebody typed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.confidentiality.deletion import tombstones
from bot.days_off import DaysOff
from bot.dialogue import own_hour, people
from bot.dialogue.digests import digest_reading
from bot.dialogue.planning import pause_for_all
from bot.dialogue.responses import ledger, promises
from bot.dialogue.rounds import replies
from bot.dialogue.snapshot import ask_in, theme_in
from bot.local_time import today
from bot.models import LeftBy, PersonState
from bot.programme import PARTICIPANTS, Language, Role
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

CHOICES_WHEN_ACTIVE: Final[tuple[HomeChoice, ...]] = (HomeChoice.PAUSE, HomeChoice.LEAVE)
CHOICES_WHEN_PAUSED: Final[tuple[HomeChoice, ...]] = (HomeChoice.COME_BACK, HomeChoice.LEAVE)
A_MOMENT: Final = timedelta(seconds=1)  # a pause ends at midnight, after its last day


def home(session: Session, now: datetime, programme: Programme, address: str) -> Home:
    """The page of the person with this address; somebody whom no list knows gets a page too."""
    person = people.find_person(session, programme.id, address)
    if (person is None or person.state is PersonState.LEFT) and tombstones.is_erased(session, address):
        language = person.language if person else programme.language
        return _page(programme, Language(language), [say(language, "home.erased")], [HomeChoice.COME_BACK])
    if person is None:
        # What was kept of somebody in an earlier programme is theirs, even if the next one runs without them.
        person = people.find_person_anywhere(session, programme.id, address)
        if person is None:
            return _page(programme, programme.language, [say(programme.language, "home.stranger")])
        page = _page(programme, Language(person.language), [say(person.language, "home.earlier")])
        return _with_data_choices(session, _with_promises(session, now, programme, page, address), person)
    if person.role in PARTICIPANTS and person.state is not PersonState.LEFT:
        page = _participant_page(session, now, programme, person)
    else:
        page = _with_promises(session, now, programme, _other_page(programme, person), address)
    page = _with_pause_for_all(session, programme, page, person)
    if digest_reading.may_read(person) and digest_reading.is_any_issued(session, programme):
        ledger_choice = [HomeChoice.LEDGER] if ledger.is_any(session, programme) else []
        page = replace(page, choices=(*page.choices, HomeChoice.DIGESTS, *ledger_choice))
    return _with_data_choices(session, page, person)


def home_after_typing(session: Session, now: datetime, programme: Programme, address: str) -> Home:
    """The page as it answers a typed direct message. The message is no reply, and its author is asked to delete it."""
    page = home(session, now, programme, address)
    return replace(page, title=say(page.language, "typed.title"), paragraphs=(say(page.language, "typed.text"), *page.paragraphs))


def _page(programme: Programme, language: Language, paragraphs: Sequence[str], choices: Sequence[HomeChoice] = ()) -> Home:
    return Home(language=language, title=programme.title.in_(language), paragraphs=tuple(paragraphs), choices=tuple(choices))


def _with_data_choices(session: Session, page: Home, person: Person) -> Home:
    """The page with the choices of everybody of whom something is kept. Deletion is offered where they see what is kept."""
    choices_of_replies = [HomeChoice.MY_REPLIES, HomeChoice.MY_BOOK] if people.has_replies(session, person) else []
    return replace(page, choices=(*page.choices, *choices_of_replies, HomeChoice.MY_DATA))


def last_day_of_pause(person: Person) -> str:
    """The last day of a person's pause, in words; empty if they have none."""
    return day_in(person.language, today(person.paused_until - A_MOMENT, person.timezone)) if person.paused_until else ""


def _participant_page(session: Session, now: datetime, programme: Programme, person: Person) -> Home:
    """A participant's page: their pause, the open question or why there is none, and the hour they have chosen."""
    language, paragraphs, choices = Language(person.language), list[str](), CHOICES_WHEN_ACTIVE
    if person.state is PersonState.PAUSED:
        paragraphs, choices = [say(language, "home.paused", day=last_day_of_pause(person))], CHOICES_WHEN_PAUSED
    open_question = replies.newest_open_question(session, now, person)
    if open_question is not None:
        is_answered = replies.own_reply(session, person, open_question.round) is not None
        paragraphs += _question_in_words(person, open_question, language, is_answered=is_answered)
        choices = (HomeChoice.EDIT_REPLY if is_answered else HomeChoice.ANSWER, *choices)
    elif today(now, programme.timezone) > programme.rounds.until and person.state is not PersonState.PAUSED:
        paragraphs = [say(language, "home.over")]
    elif person.state is not PersonState.PAUSED:
        paragraphs = [say(language, "home.invited" if person.state is PersonState.INVITED else "home.nothing")]
    offer = own_hour.offer(person, programme, is_any_to_come=own_hour.is_any_question_to_come(session, programme))
    if offer is not None and (chosen := own_hour.hour_of(person, programme)) is not None:
        paragraphs.append(say(language, "hour.chosen", hour=hour_in(language, chosen)))
    page = _page(programme, language, paragraphs, choices)
    return replace(page, round=open_question.round.id if open_question else None, offer=offer)


def _question_in_words(person: Person, open_question: RoundQuestion, language: Language, *, is_answered: bool) -> list[str]:
    """The open question, and until when it can be answered or its answer changed."""
    round_ = open_question.round
    closes = moment_in(language, round_.closes_at, person.timezone)
    status = say(language, "home.answered" if is_answered else "home.open", closes=closes)
    return [f"{theme_in(round_, language)}: {ask_in(round_, open_question.question, language)}", status]


def _with_pause_for_all(session: Session, programme: Programme, page: Home, person: Person) -> Home:
    """The page with what a pause for all means to whoever reads it; an organiser can begin or end one."""
    pause, language = pause_for_all.open_pause(session), person.language
    if person.state is PersonState.LEFT:
        return page
    if person.role is Role.ORGANISER:
        page = replace(page, choices=(*page.choices, HomeChoice.PAUSE_FOR_ALL if pause is None else HomeChoice.GO_ON))
    if pause is None:
        return page
    since = moment_in(language, pause.since, programme.timezone)
    if person.role is Role.ORGANISER:
        told = say(language, "home.pause_for_all.organiser", reason=pause.reason, since=since)
    elif person.role is Role.POLITICIAN:
        told = say(language, "home.pause_for_all.politician", reason=pause.reason)
    else:
        own = [say(language, "home.pause_for_all.own")] if HomeChoice.PAUSE in page.choices else []
        told = " ".join([say(language, "home.pause_for_all", reason=pause.reason), *own])
    return replace(page, paragraphs=(told, *page.paragraphs))


def _with_promises(session: Session, now: datetime, programme: Programme, page: Home, address: str) -> Home:
    """The page with what its politician may tell of, in any programme: what they promised, and what others did."""
    politicians, day, days_off = people.politicians_with(session, address), today(now, programme.timezone), DaysOff.of(programme)
    own = [offer for politician in politicians for offer in promises.promises_of(session, politician, day, days_off)]
    others = [offer for politician in politicians for offer in promises.promises_open_to(session, now, politician)]
    told = [("home.promises", own), ("home.promises.others", others)]
    paragraphs = [say(page.language, key) for key, offers in told if offers]
    return replace(page, promises=(*own, *others), paragraphs=(*page.paragraphs, *paragraphs))


def _other_page(programme: Programme, person: Person) -> Home:
    """The page of politicians, organisers, and people who have left."""
    language = Language(person.language)
    if person.role not in PARTICIPANTS and person.state is not PersonState.LEFT:
        return _page(programme, language, [say(language, f"home.{person.role.value}")])
    if person.role in PARTICIPANTS and person.left_by is LeftBy.SELF:
        return _page(programme, language, [say(language, "home.left")], [HomeChoice.COME_BACK])
    return _page(programme, language, [say(language, "home.unlisted")])
