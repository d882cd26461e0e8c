"""What stands on a person's own page?

Where they stand, in plain words, and what they can do from there. The same page answers a direct message that someone has typed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.confidentiality.deletion import tombstones
from bot.dialogue import people
from bot.dialogue.rounds import replies
from bot.dialogue.snapshot import ask_in, theme_in
from bot.local_time import today
from bot.models import LeftBy, PersonState
from bot.programme import PARTICIPANTS, Language
from bot.seam.answers import Home, HomeChoice
from bot.wording import say
from bot.wording.dates import day_in, moment_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.rounds.replies import RoundQuestion
    from bot.models import Person
    from bot.programme import Programme

CHOICES_WHEN_ACTIVE: Final = (HomeChoice.PAUSE, HomeChoice.LEAVE)
CHOICES_WHEN_PAUSED: Final = (HomeChoice.COME_BACK, HomeChoice.LEAVE)
CHOICES_ABOUT_DATA: Final = (HomeChoice.MY_DATA, HomeChoice.ERASE)  # for everyone of whom anything is kept
A_MOMENT: Final = timedelta(seconds=1)


def home(session: Session, now: datetime, programme: Programme, address: str) -> Home:
    """The page of whoever has this address, a stranger too."""
    who = people.find_person(session, programme.id, address)
    if (who is None or who.state is PersonState.LEFT) and tombstones.is_erased(session, address):
        language = who.language if who else programme.language
        return _page(programme, Language(language), [say(language, "home.erased")], [HomeChoice.COME_BACK])
    if who is None:
        return _stranger_page(session, programme, address)
    page = _participant_page(session, now, programme, who) if _is_participant(who) else _other_page(programme, who)
    return _with_data_choices(session, page, who)


def _stranger_page(session: Session, programme: Programme, address: str) -> Home:
    """A stranger, or somebody from an earlier programme: what is kept of them is theirs also when the next runs without them."""
    who = people.find_person_anywhere(session, programme.id, address)
    if who is None:
        return _page(programme, programme.language, [say(programme.language, "home.stranger")])
    language = Language(who.language)
    return _with_data_choices(session, _page(programme, language, [say(language, "home.earlier")]), who)


def _with_data_choices(session: Session, page: Home, who: Person) -> Home:
    mine = [HomeChoice.MY_REPLIES] if people.has_replies(session, who) else []
    return replace(page, choices=(*page.choices, *mine, *CHOICES_ABOUT_DATA))


def home_after_typing(session: Session, now: datetime, programme: Programme, address: str) -> Home:
    """The answer to a typed direct message: it cannot be an answer, and its author is asked to delete it."""
    page = home(session, now, programme, address)
    return replace(page, title=say(page.language, "typed.title"), paragraphs=(say(page.language, "typed.text"), *page.paragraphs))


def _page(programme: Programme, language: Language, paragraphs: Sequence[str], choices: Sequence[HomeChoice] = ()) -> Home:
    return Home(language=language, title=programme.title.in_(language), paragraphs=tuple(paragraphs), choices=tuple(choices))


def _is_participant(who: Person) -> bool:
    return who.role in PARTICIPANTS and who.state is not PersonState.LEFT


def _other_page(programme: Programme, who: Person) -> Home:
    """Politicians, organisers, and those who have left."""
    language = Language(who.language)
    if who.role not in PARTICIPANTS and who.state is not PersonState.LEFT:
        return _page(programme, language, [say(language, f"home.{who.role.value}")])
    if who.role in PARTICIPANTS and who.left_by is LeftBy.SELF:
        return _page(programme, language, [say(language, "home.left")], [HomeChoice.COME_BACK])
    return _page(programme, language, [say(language, "home.unlisted")])


def _participant_page(session: Session, now: datetime, programme: Programme, who: Person) -> Home:
    language = Language(who.language)
    prompt = replies.newest_open_question(session, now, who)
    paused = [_pause_in_words(who, language)] if who.state is PersonState.PAUSED else []
    choices = CHOICES_WHEN_PAUSED if paused else CHOICES_WHEN_ACTIVE
    if prompt is None:
        quiet = [] if paused else [_why_nothing_open(now, programme, who, language)]
        return _page(programme, language, [*paused, *quiet], choices)
    page = _page(programme, language, [*paused, *_question_in_words(session, who, prompt, language)], (HomeChoice.ANSWER, *choices))
    return replace(page, round=prompt.round.id)


def _pause_in_words(who: Person, language: Language) -> str:
    last_day = today(who.paused_until - A_MOMENT, who.timezone) if who.paused_until else None
    return say(language, "home.paused", day=day_in(language, last_day) if last_day else "")


def _why_nothing_open(now: datetime, programme: Programme, who: Person, language: Language) -> str:
    """Nothing is to be answered: why not?"""
    if today(now, programme.timezone) > programme.rounds.until:
        return say(language, "home.over")
    return say(language, "home.invited" if who.state is PersonState.INVITED else "home.nothing")


def _question_in_words(session: Session, who: Person, prompt: RoundQuestion, language: Language) -> list[str]:
    """The open question; whether it has been answered; until when."""
    closes = moment_in(language, prompt.round.closes_at, who.timezone)
    answered = replies.own_reply(session, who, prompt.round) is not None
    standing = say(language, "home.answered" if answered else "home.open", closes=closes)
    return [f"{theme_in(prompt.round, language)}: {ask_in(prompt.round, prompt.question, language)}", standing]
