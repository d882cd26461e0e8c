"""Tells people in the dialogue what became of the wishes (*Det kom der ud af det*), the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.digests.digest_content import week_of
from bot.dialogue.digests.digest_text import week_number
from bot.dialogue.responses import ledger
from bot.dialogue.responses.ledger import WishState
from bot.local_time import today
from bot.models import ResponseState
from bot.seam.answers import LedgerEntry
from bot.wording import say, say_n
from bot.wording.dates import short_date_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.responses.ledger import Wish
    from bot.dialogue.snapshot import ProgrammeOnRecord
    from bot.models import Response
    from bot.programme import Language, Programme


def ledger_entries(
    session: Session, now: datetime, programme: Programme, language: Language, numbers: Sequence[int]
) -> tuple[LedgerEntry, ...]:
    """The entries of the ledger, the newest first. `numbers`: of the issued digests, as people can open them."""
    return tuple(
        LedgerEntry(
            heading=wish_heading(language, wish),
            lines=tuple(entry_lines(now, programme, language, wish)),
            number=wish.digest.number,
            start=numbers.index(wish.digest.number),
        )
        for wish in sorted(ledger.wishes(session, programme, now), key=lambda wish: -wish.digest.number)
    )


def wish_heading(language: Language, wish: Wish) -> str:
    """The wishes on a theme by their names: week and theme."""
    return say(language, "ledger.heading", week=week_number(week_of(wish.digest)), theme=wish.title[language.value])


def entry_lines(now: datetime, programme: Programme | ProgrammeOnRecord, language: Language, wish: Wish) -> Iterator[str]:
    """What became of the wishes on a theme: their shared words, their state, and what decided it."""
    if wish.shared:
        yield say(language, "ledger.shared", words=", ".join(wish.shared))
    yield state_in_words(now, programme, language, wish)
    decisive = [] if wish.decisive is None or wish.decisive.state is not ResponseState.RELEASED else [wish.decisive]
    for answer in wish.promises or decisive:
        if answer.words or answer.due_on:
            yield _answer(language, wish, answer)


def state_in_words(now: datetime, programme: Programme | ProgrammeOnRecord, language: Language, wish: Wish) -> str:
    """The state of the wishes on a theme, in a few words."""
    weeks = (today(now, programme.timezone) - today(wish.since, programme.timezone)).days // 7
    if wish.state is WishState.WAITING and weeks > 0:
        return say_n(language, "ledger.waiting.weeks", weeks)
    return say(language, f"ledger.{wish.state.value}")


def _answer(language: Language, wish: Wish, answer: Response) -> str:
    who = answer.signed or say(language, "response.who")
    if answer.due_on is None:
        return say(language, "ledger.said", who=who, words=answer.words)
    due = short_date_in(language, answer.due_on, year=int(week_of(wish.digest)[:4]))
    return say(language, "ledger.promised", who=who, words=answer.words, due=due)
