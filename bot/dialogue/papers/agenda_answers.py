"""Gathers what politicians have said of wishes, as far as an agenda may print it: without names, and without quotes.

An answer to one quote stands by its state alone. So does one that repeats a quote (`bot/dialogue/responses/echoes.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.days_off import DaysOff
from bot.dialogue.digests.digest_content import title_of
from bot.dialogue.responses.echoes import PostedQuotes
from bot.dialogue.responses.ledger import TOLD_IN_WORDS, Fate, answers_wishes, fate_of
from bot.local_time import today
from bot.models import Digest, Response, ResponseState
from bot.seam.actions import ResponseKind
from bot.wording import say
from bot.wording.dates import date_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import BothLanguages
    from bot.dialogue.responses.ledger import Wish, WishState
    from bot.dialogue.snapshot import ProgrammeOnRecord
    from bot.programme import Language


@dataclass(frozen=True, kw_only=True)
class AnsweredWishes:
    """The state of some wishes today, and what was said of them.

    `theme` None: those of a whole digest; `beside`: it is about what is no wish.
    """

    digest: Digest
    theme: str | None
    title: BothLanguages
    state: WishState
    said: tuple[Response, ...]
    beside: bool = False

    def lines(self, language: Language) -> Iterator[tuple[str, str]]:
        """The state and what was said, each with its label."""
        label = "state_beside" if self.beside else "state"
        yield say(language, f"agenda_paper.{label}"), say(language, f"ledger.{self.state.value}")
        for answer in self.said:
            label = "promised" if answer.kind is ResponseKind.TAKE_UP else "said"
            yield say(language, f"agenda_paper.{label}"), self._in_words(language, answer)

    def _in_words(self, language: Language, answer: Response) -> str:
        words = say(language, "digest.quoted", text=answer.words) if answer.words else ""
        if answer.due_on is None:
            return words
        return say(language, f"agenda_paper.by{'.words' if words else ''}", due=date_in(language, answer.due_on), words=words)


class PrintableAnswers:
    """What an agenda may print of answers in a programme. It knows which repeat a quote of its digests."""

    def __init__(self, session: Session, programme: str) -> None:
        self._session = session
        self._quotes = PostedQuotes(session, programme)

    def on_wishes(self, wish: Wish) -> AnsweredWishes:
        """What is printed of an entry of the ledger."""
        fate = Fate(state=wish.state, decisive=wish.decisive, promises=wish.promises)
        said = self._sayings(fate, wish.answers)
        return AnsweredWishes(digest=wish.digest, theme=wish.theme, title=wish.title, state=wish.state, said=said)

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
            said = self._sayings(fate, answers)
            yield AnsweredWishes(digest=digest, theme=theme, title=title, state=fate.state, said=said, beside=True)

    def _sayings(self, fate: Fate, answers: Sequence[Response]) -> tuple[Response, ...]:
        """The open promises; else what had been promised, and what became of it."""
        if fate.decisive is None or fate.state not in TOLD_IN_WORDS:
            return ()
        before = [answer for answer in answers if answer.id == fate.decisive.promise_id]
        return tuple(answer for answer in fate.promises or (*before, fate.decisive) if self._is_printable(answer))

    def _is_printable(self, answer: Response) -> bool:
        """Whether an answer says something, is none to one quote, and repeats none."""
        return answer.place is None and bool(answer.words or answer.due_on) and not self._quotes.are_repeated_by(answer)
