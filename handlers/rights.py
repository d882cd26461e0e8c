"""What is answered when a person asks for what is theirs, or wants it gone?

They see everything that is kept about them, read what they have a right to know and what politicians have read, take a quote back, have
everything deleted. Each answer says what happened and what cannot be undone. Nobody else is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue import people, welcome
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.data_rights.my_data import my_data
from bot.dialogue.digests import digest_reading
from bot.dialogue.rounds import replies
from bot.programme import Language
from bot.seam.actions import DigestsWanted, Erased, MyDataWanted, QuoteWithdrawn, ReadMoreWanted
from bot.seam.answers import Answer, Digests, ReadMore, Said
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.actions import Action


def show_my_data(action: MyDataWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """*Alt om mig*."""
    return my_data(session, programme, action.who, start=action.start)


def read_more(action: ReadMoreWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """*Læs mere*: it is no secret, so whoever asks may read it, also who has left or been erased."""
    person = people.find_person_anywhere(session, programme.id, action.who)
    language = Language(person.language) if person else programme.language
    return ReadMore(language=language, parts=welcome.right_to_know(programme, language))


def show_digests(action: DigestsWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """*Ugens overblik*."""
    reader = digest_reading.require_reader(session, programme, action.who)
    language = Language(reader.language)
    return Digests(language=language, digests=digest_reading.digests_as_they_stand(session, programme, language), start=action.start)


def withdraw_quote(action: QuoteWithdrawn, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Vis ikke som citat*."""
    return _answer_in_words(replies.withdraw_quote(session, now, programme, action.who, action.round), "mine.withdrawn")


def erase_person(action: Erased, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Slet alt om mig*. Who has rights as a politician or organiser keeps them, and is told so."""
    person = people.find_person_anywhere(session, programme.id, action.who)
    language = person.language if person else programme.language
    if not erase(session, now, action.who):
        return _answer_in_words(language, "erase.nothing")
    still_here = people.find_person(session, programme.id, action.who) is not None
    return _answer_in_words(language, "erase.but_public" if still_here else "erase.done")


def _answer_in_words(language: Language | str, key: str) -> Said:
    return Said(language=Language(language), title=say(language, key), paragraphs=tuple(say(language, f"{key}.text").split("\n\n")))


HANDLERS: Final[Mapping[type[Action], Callable[[Any, Session, datetime, Programme], Answer]]] = {
    MyDataWanted: show_my_data,
    ReadMoreWanted: read_more,
    DigestsWanted: show_digests,
    QuoteWithdrawn: withdraw_quote,
    Erased: erase_person,
}
