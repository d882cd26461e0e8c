"""Gathers what politicians have promised, as far as an agenda may print it: without names, and without quotes.

All other answers stand by their state alone. So does a promise about one quote, or one that repeats any
(`bot/dialogue/responses/echoes.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.days_off import DaysOff
from bot.dialogue.digests.digest_content import title_of
from bot.dialogue.responses.echoes import PostedQuotes
from bot.dialogue.responses.ledger import Fate, WishState, answers_wishes, fate_of
from bot.local_time import today
from bot.models import Digest, Response, ResponseState
from bot.wording import say
from bot.wording.dates import date_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import BothLanguages
    from bot.dialogue.responses.ledger import Wish
    from bot.dialogue.snapshot import ProgrammeOnRecord
    from bot.programme import Language


@dataclass(frozen=True, kw_only=True)
class AnsweredWishes:
    """The state of some wishes today, and what was promised.

    `theme` None: those of a whole digest; `beside`: it is about what is no wish.
    """

    digest: Digest
    theme: str | None
    title: BothLanguages
    state: WishState
    promised: tuple[Response, ...]
    beside: bool = False

    def lines(self, language: Language) -> Iterator[tuple[str, str]]:
        """The state and what was promised, each with its label. That somebody heard what is no wish says nothing."""
        if not self.beside:
            yield say(language, "agenda_paper.state"), name_of_state(language, self.state)
        elif self.state is not WishState.HEARD:
            yield say(language, "agenda_paper.state_beside"), name_of_state(language, self.state)
        for promise in self.promised:
            yield say(language, "agenda_paper.promised"), self._in_words(language, promise)

    def _in_words(self, language: Language, answer: Response) -> str:
        words = say(language, "digest.quoted", text=answer.words) if answer.words else ""
        if answer.due_on is None:
            return words
        return say(language, f"agenda_paper.by{'.words' if words else ''}", due=date_in(language, answer.due_on), words=words)


def name_of_state(language: Language, state: WishState) -> str:
    """The state of some wishes as readers of a public paper understand it."""
    return say(language, "agenda_paper.heard" if state is WishState.HEARD else f"ledger.{state.value}")


class PrintableAnswers:
    """What an agenda may print of answers in a programme. It knows which repeat a quote of its digests."""

    def __init__(self, session: Session, programme: str) -> None:
        self._session = session
        self.quotes = PostedQuotes(session, programme)

    def on_wishes(self, wish: Wish) -> AnsweredWishes:
        """What is printed of an entry of the ledger."""
        fate = Fate(state=wish.state, decisive=wish.decisive, promises=wish.promises)
        promised = self._promises(fate, wish.answers)
        return AnsweredWishes(digest=wish.digest, theme=wish.theme, title=wish.title, state=wish.state, promised=promised)

    def beside_wishes(self, now: datetime, record: ProgrammeOnRecord, digest: Digest) -> Iterator[AnsweredWishes]:
        """What is printed of answers to what is in no ledger.

        These are answers to a digest without wishes, or to a quote that is none.
        """
        released = Response.digest_id == digest.id, Response.state == ResponseState.RELEASED
        by_place: dict[tuple[str | None, int | None], list[Response]] = {}
        for answer in self._session.scalars(select(Response).where(*released).order_by(Response.id)):
            if not any(answers_wishes(answer, digest.id, theme) for theme in digest.wishes or ()):
                by_place.setdefault((answer.theme, answer.place), []).append(answer)
        day, days_off = today(now, record.timezone), DaysOff.in_zone(record.timezone)
        for (theme, _), answers in by_place.items():
            fate, title = fate_of(answers, day, days_off), title_of(digest, theme) or {"da": "", "en": ""}
            promised = self._promises(fate, answers)
            yield AnsweredWishes(digest=digest, theme=theme, title=title, state=fate.state, promised=promised, beside=True)

    def _promises(self, fate: Fate, answers: Sequence[Response]) -> tuple[Response, ...]:
        """The open promises; else the one that was decided on. What politicians write besides was not written for the public."""
        before = () if fate.decisive is None else (answer for answer in answers if answer.id == fate.decisive.promise_id)
        return tuple(answer for answer in fate.promises or before if self._is_printable(answer))

    def _is_printable(self, answer: Response) -> bool:
        """Whether a promise says something, is none to one quote, and repeats none."""
        return bool(answer.words or answer.due_on) and not self.quotes.keep_out(answer)
