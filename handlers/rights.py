"""Answers people who use their rights: to see, to know, to withdraw a quote, to have everything deleted.

Each answer says what happened and what cannot be undone. Nobody else is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.dialogue import people, welcome
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.data_rights.my_book import my_book
from bot.dialogue.data_rights.my_data import my_data
from bot.dialogue.digests import digest_reading
from bot.dialogue.papers import fetched
from bot.dialogue.responses import to_participants
from bot.dialogue.responses.ledger_text import ledger_entries
from bot.dialogue.rounds import replies
from bot.programme import PARTICIPANTS, Language
from bot.seam.actions import (
    AnswersWanted,
    DigestsWanted,
    Erased,
    LedgerWanted,
    MethodWanted,
    MyDataWanted,
    QuoteWithdrawn,
    ReadMoreWanted,
)
from bot.seam.answers import Answer, Digests, Ledger, ReadMore
from bot.seam.reading_actions import MyBookWanted, PageFileWanted, PageWanted, ResponsesWanted
from handlers.shared import answer_in_words

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from handlers.shared import HandlerTable


def show_my_data(action: MyDataWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Show everything that is kept about a person (*Alt om mig*)."""
    return my_data(session, programme, action.who, start=action.start)


def show_my_book(action: MyBookWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Show a person's own answers as a book that they can copy (*Min bog*)."""
    return replace(my_book(session, now, programme, action.who), start=action.start)


def read_more(action: ReadMoreWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Show what people have a right to know (*Læs mere*). It is no secret: people who left or were erased may read it too."""
    person = people.find_person_anywhere(session, programme.id, action.who)
    language = Language(person.language) if person else programme.language
    return ReadMore(language=language, parts=welcome.right_to_know(programme, language))


def show_digests(action: DigestsWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Show the issued digests (*Ugens overblik*)."""
    reader = digest_reading.require_reader(session, programme, action.who)
    language, page = Language(reader.language), reader.role not in PARTICIPANTS
    digests = digest_reading.digests_as_they_stand(session, programme, language, page=page)
    return Digests(language=language, digests=digests, start=action.start)


def show_ledger(action: LedgerWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Show what became of the wishes (*Det kom der ud af det*)."""
    reader = digest_reading.require_reader(session, programme, action.who)
    language, numbers = Language(reader.language), digest_reading.numbers_of_issued(session, programme)
    return Ledger(language=language, entries=ledger_entries(session, now, programme, language, numbers), start=action.start)


def show_method(action: MethodWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Show how the numbers of a digest are made (*Sådan er tallene lavet*)."""
    return digest_reading.method_of(session, programme, action.who, action.digest)


def show_answers(action: AnswersWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Show all answers that a digest tells of, in full (*Læs alle svar*)."""
    return replace(digest_reading.answers_of(session, programme, action.who, action.digest), start=action.start)


def show_page(action: PageWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Show the text of a digest's page (*Hent som side*)."""
    return replace(fetched.page_to_read(session, programme, action.who, action.digest), start=action.start)


def hand_over_page(action: PageFileWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Hand over a digest's page as a file (*Send mig filen*)."""
    return fetched.page_as_file(session, programme, action.who, action.digest)


def show_responses(action: ResponsesWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Show political answers in full (*Læs hele svaret*)."""
    return to_participants.answers_in_full(session, programme, action.who, action.responses)


def withdraw_quote(action: QuoteWithdrawn, session: Session, now: datetime, programme: Programme) -> Answer:
    """Withdraw the quote of a person's own reply (*Vis ikke som citat*)."""
    return answer_in_words(replies.withdraw_quote(session, now, programme, action.who, action.round), "mine.withdrawn")


def erase_person(action: Erased, session: Session, now: datetime, programme: Programme) -> Answer:
    """Delete everything about a person (*Slet alt om mig*). Politicians and organisers keep their rights, and are told so."""
    person = people.find_person_anywhere(session, programme.id, action.who)
    language = person.language if person else programme.language
    if not erase(session, now, action.who):
        return answer_in_words(language, "erase.nothing")
    still_here = people.find_person(session, programme.id, action.who) is not None
    return answer_in_words(language, "erase.but_public" if still_here else "erase.done")


HANDLERS: Final[HandlerTable] = {
    MyDataWanted: show_my_data,
    MyBookWanted: show_my_book,
    ReadMoreWanted: read_more,
    DigestsWanted: show_digests,
    LedgerWanted: show_ledger,
    MethodWanted: show_method,
    AnswersWanted: show_answers,
    ResponsesWanted: show_responses,
    PageWanted: show_page,
    PageFileWanted: hand_over_page,
    QuoteWithdrawn: withdraw_quote,
    Erased: erase_person,
}
