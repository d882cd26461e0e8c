"""Tells whether a politician's answer repeats words of a quote, so that no public paper and no report prints it.

It is found out when the answer is stored, while the quote stands in its digest: once that is taken back, nobody could tell any more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.confidentiality.encryption import own_words, session_keys
from bot.models import Digest, Quote, Response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

LONGEST_ECHO: Final = 4  # words in a row that an answer may share with a quote
WORD: Final = re.compile(r"\w+")


class PostedQuotes:
    """The quotes that stand in the digests of a programme."""

    def __init__(self, session: Session, programme_id: str) -> None:
        posted = select(Quote).join(Digest, Digest.id == Quote.digest_id).where(Digest.programme == programme_id, Quote.place.is_not(None))
        texts = (own_words(session_keys(session), quote) for quote in session.scalars(posted))
        self._quotes = [_words_in(text) for text in texts if text]

    def are_repeated_in(self, text: str) -> bool:
        """Whether five words in a row of one of them, or all of a short one, stand in a text."""
        return any(_is_repeated(quote, _words_in(text)) for quote in self._quotes)

    def are_repeated_by(self, answer: Response) -> bool:
        """Whether an answer repeated one when it was stored.

        If it is too old for that to be known: whether it does now.
        """
        return self.are_repeated_in(answer.words) if answer.repeats_quote is None else answer.repeats_quote

    def keep_out(self, answer: Response) -> bool:
        """Whether a public paper or a report leaves out an answer's words: it is about one quote, or repeats one."""
        return answer.place is not None or self.are_repeated_by(answer)

    def have_gone_from(self, answer: Response) -> bool:
        """Whether an answer repeated one that has been taken back since."""
        return bool(answer.repeats_quote) and not self.are_repeated_in(answer.words)


def note_repeated_quotes(session: Session) -> None:
    """Note of each older answer whether it repeats a quote, while that can be told."""
    unknown = select(Digest.programme, Response).join(Response, Response.digest_id == Digest.id).where(Response.repeats_quote.is_(None))
    quotes: dict[str, PostedQuotes] = {}
    for programme_id, answer in session.execute(unknown).all():
        posted = quotes.setdefault(programme_id, PostedQuotes(session, programme_id))
        answer.repeats_quote = posted.are_repeated_by(answer)


def _words_in(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _is_repeated(quote: Sequence[str], words: Sequence[str]) -> bool:
    length = min(len(quote), LONGEST_ECHO + 1)
    parts = {tuple(quote[start : start + length]) for start in range(len(quote) - length + 1)}
    return any(tuple(words[start : start + length]) in parts for start in range(len(words) - length + 1))
