"""Thanks everybody who took part, once a season has ended.

They read what was asked, what came of it, and what becomes of what they wrote.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select

from bot.confidentiality.deletion.detaching import deletes_on, detaches_on
from bot.days_off import DaysOff
from bot.dialogue.outbox import NewMessage, NotWanted, put_many
from bot.dialogue.responses import ledger
from bot.dialogue.season.charts import count_fates
from bot.dialogue.snapshot import theme_in
from bot.local_time import WEEK, in_sending_hours, today
from bot.models import MessageKind, MessageState, OutboxMessage, Person, PersonState, Round
from bot.programme import PARTICIPANTS, Language
from bot.seam.meaning import Part, Thanks
from bot.wording import say, say_n
from bot.wording.dates import short_date_in
from bot.wording.sentences import join

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.programme import Programme

LASTS: Final = 4 * WEEK  # nobody is thanked later than that; a pause for all takes none of it
MOST_THEMES: Final = 4  # by their titles; of more, all but three are counted


def queue_thanks(session: Session, now: datetime, programme: Programme, last_round: Round) -> int:
    """Put the thanks for each active participant in the outbox, once per last round; how many were not there yet.

    Who pauses has none, so that they get it if it is put again once they are back. A restored database may know an earlier last round, so
    the moment tells who has been thanked, and the key names a slot.
    """
    is_active = Person.programme == programme.id, Person.state == PersonState.ACTIVE, Person.role.in_(PARTICIPANTS)
    is_thanked = (
        OutboxMessage.kind == MessageKind.THANKS,
        OutboxMessage.person_id == Person.id,
        OutboxMessage.due_at >= last_round.closes_at,
    )
    unthanked = select(Person).where(*is_active, ~exists().where(*is_thanked))  # each beat asks, for weeks
    people = session.scalars(unthanked.order_by(Person.id))
    days_off = DaysOff.of(programme)
    messages = [
        NewMessage(
            kind=MessageKind.THANKS,
            address=person.address,
            due_at=(due_at := in_sending_hours(now, person.timezone, days_off)),
            expires_at=due_at + LASTS,
            person_id=person.id,
            key=f"thanks:{last_round.week}:{last_round.day}:{person.id}",
        )
        for person in people
    ]
    return put_many(session, programme.id, messages)


def waiting_thanks(programme: Programme) -> tuple[ColumnElement[bool], ...]:
    """The thanks that nobody has been sent yet."""
    return OutboxMessage.programme == programme.id, OutboxMessage.kind == MessageKind.THANKS, OutboxMessage.state == MessageState.PENDING


def compose_thanks(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Thanks | NotWanted:
    """What the person is told, in their language.

    It is not wanted if they have left or pause, or if a question has come since.
    """
    person = session.get_one(Person, message.person_id)
    if person.state is not PersonState.ACTIVE:
        return NotWanted(reason=person.state.value)
    rounds = session.scalars(select(Round).where(Round.programme == programme.id).order_by(Round.opens_at, Round.id)).all()
    if rounds[-1].opens_at > message.due_at:
        return NotWanted(reason="the season has gone on")
    language = Language(person.language)
    is_tied = any(round_.detached_at is None for round_ in rounds)
    came, yours = say(language, "thanks.heading.came"), say(language, "thanks.heading.yours")
    parts = (
        Part(heading="", lines=(_what_was_asked(rounds, language),)),
        Part(heading=came, lines=(_what_came_of_it(session, now, programme, language),)),
        Part(heading=yours, lines=(_what_becomes_of_answers(now, programme, rounds, language, is_tied=is_tied),)),
        Part(heading="", lines=(say(language, "thanks.ahead"),)),
    )
    return Thanks(language=language, title=say(language, "thanks.title"), parts=parts, book=is_tied)


def _what_was_asked(rounds: Sequence[Round], language: Language) -> str:
    """How many questions there were, and on which themes."""
    titles = list(dict.fromkeys(say(language, "report.theme", theme=theme_in(round_, language)) for round_ in rounds))
    if len(titles) > MOST_THEMES:
        titles = [*titles[: MOST_THEMES - 1], say(language, "thanks.more_themes", n=len(titles) - MOST_THEMES + 1)]
    return say_n(language, "thanks.asked", len(rounds), themes=join(language, titles))


def _what_came_of_it(session: Session, now: datetime, programme: Programme, language: Language) -> str:
    """How many wishes have met which fate: the wishes on a theme of a week count as one, as in the ledger."""
    states = Counter(wish.state for wish in ledger.wishes(session, programme, now))
    if not states:
        return say(language, "thanks.no_wishes")
    numbers = count_fates(states)
    if states.total() == 1:
        fates = [say(language, f"thanks.one.{fate}") for fate in numbers]
    else:
        fates = [say_n(language, f"thanks.fate.{fate}", number) for fate, number in numbers.items()]
    return say_n(language, "thanks.wishes", states.total(), fates=join(language, fates, "thanks.and.fates"))


def _what_becomes_of_answers(now: datetime, programme: Programme, rounds: Sequence[Round], language: Language, *, is_tied: bool) -> str:
    """Until when answers are tied to who wrote them, and when they are deleted, by what was promised when they were asked for."""
    day = today(now, programme.timezone)
    tied_until = max(detaches_on(round_, programme.timezone) for round_ in rounds)
    kept_until = max(deletes_on(round_, programme.timezone) for round_ in rounds)
    tied = say(language, "thanks.tied", day=short_date_in(language, max(tied_until, day), year=day.year))
    kept = say(language, "thanks.kept", day=short_date_in(language, kept_until, year=day.year))
    are_kept = any(round_.deleted_at is None for round_ in rounds)
    return f"{tied if is_tied else say(language, 'thanks.untied')} {kept if are_kept else say(language, 'thanks.deleted')}"
