"""Shows a person their own answers as a book that they can copy (*Min bog*).

It goes week by week, the oldest first. It holds what is not detached yet, and only a window shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.confidentiality.deletion.detaching import detaches_on
from bot.confidentiality.encryption import own_words, session_keys
from bot.dialogue import people
from bot.dialogue.digests.digest_text import week_number
from bot.dialogue.snapshot import ask_in, theme_in
from bot.local_time import today
from bot.models import Authorship, Person, Reply, Round
from bot.programme import Language
from bot.seam.reading_answers import BookEntry, MyBook
from bot.wording import say
from bot.wording.dates import short_date_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.confidentiality.encryption import Keys
    from bot.programme import Programme


def my_book(session: Session, now: datetime, programme: Programme, address: str) -> MyBook:
    """All answers of a person, the oldest first, also from earlier programmes or if they have left.

    Refuses strangers (NOT_IN_DIALOGUE).
    """
    person = people.require_person_anywhere(session, programme.id, address)
    language, keys = Language(person.language), session_keys(session)
    select_replies = select(Reply, Round).join(Authorship, Authorship.reply_id == Reply.id).join(Round, Round.id == Reply.round_id)
    select_own = select_replies.join(Person, Person.id == Authorship.person_id).where(Person.address == person.address)
    rows = session.execute(select_own.order_by(Round.opens_at, Round.id)).all()
    if not rows:
        return MyBook(language=language, entries=(), note=say(language, "book.none"))
    entries = tuple(_entry(keys, reply, round_, language) for reply, round_ in rows)
    return MyBook(language=language, entries=entries, note=_note(now, person, [round_ for _, round_ in rows]))


def _entry(keys: Keys, reply: Reply, round_: Round, language: Language) -> BookEntry:
    return BookEntry(
        heading=say(language, "ledger.heading", week=week_number(round_.week), theme=theme_in(round_, language)),
        ask=ask_in(round_, reply.question, language),
        text=own_words(keys, reply) or say(language, "mine.unreadable"),
    )


def _note(now: datetime, person: Person, rounds: Sequence[Round]) -> str:
    """What the book holds, until when, and that it is theirs to copy."""
    day = today(now, person.timezone)
    ends = [detaches_on(round_, person.timezone) for round_ in rounds]
    first, last = (short_date_in(person.language, max(end, day), year=day.year) for end in (min(ends), max(ends)))
    until = say(person.language, "book.until" if first == last else "book.until.each", first=first, last=last)
    return "\n\n".join([say(person.language, "book.note"), until])
