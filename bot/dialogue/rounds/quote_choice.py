"""Finds what of a reply may be quoted: its printed form, or short sentences of it.

A sentence that the filter lets pass may be quoted though others are held: nobody but its author will read those as a quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.confidentiality.encryption import TEXT
from bot.confidentiality.printed_form import as_printed, sentences_of
from bot.dialogue.digests.quotes import fingerprint, is_clean
from bot.dialogue.filtering import read_texts
from bot.dialogue.rounds.found_again import sentences_with
from bot.dialogue.snapshot import may_be_quoted_in
from bot.language.dictionary import is_written_in
from bot.models import Round

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.confidentiality.encryption import Keys
    from bot.confidentiality.personal_data import FilterReading, Hold
    from bot.programme import Programme


@dataclass(frozen=True, kw_only=True)
class QuotePart:
    """A part of a reply that may be quoted, as it is printed. `sentence`: its number; None: the whole. `marks`: what it only marks."""

    sentence: int | None
    text: str
    fingerprint: str
    marks: tuple[Hold, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuoteReading:
    """What of a reply may be quoted, and what speaks against the whole.

    `foreign`: it is not in the programme's language. `as_typed`: it was typed as it is printed.
    """

    found: FilterReading
    foreign: bool
    as_typed: bool
    parts: tuple[QuotePart, ...]

    @property
    def is_objected(self) -> bool:
        """Whether its author has to hear of something before a choice makes sense."""
        return bool(self.found.holds) or self.foreign or not self.parts

    @property
    def part_to_clear(self) -> QuotePart | None:
        """The whole, if the author has seen it as it is printed, and nothing speaks against it."""
        whole = next((part for part in self.parts if part.sentence is None), None)
        return whole if self.as_typed and not self.is_objected else None

    def part(self, sentence: int | None, seen: str, keys: Keys) -> QuotePart | None:
        """The part with this number and this fingerprint, or None."""
        return next((part for part in self.parts if part.sentence == sentence and seen in keys.fingerprints(TEXT, part.text)), None)


def may_be_quoted(session: Session, programme: Programme, round_id: int) -> bool:
    """Whether anybody may be quoted in a round. Where not, a mark is none: a form opened before an upgrade may still ask for it."""
    round_ = session.get(Round, round_id)
    return round_ is not None and may_be_quoted_in(programme, round_)


def read_for_quote(session: Session, programme: Programme, words: str) -> QuoteReading:
    """Read the words of a reply for what of them may be quoted.

    Each part is judged by itself, and by what is found in the text as it was typed and as a whole.
    """
    printed = as_printed(words)
    sentences = sentences_of(printed)
    readings = read_texts(session, programme, {words, printed, *sentences})  # mostly all one
    typed, whole, *of_sentences = (readings[text] for text in (words, printed, *sentences))
    barred = sentences_with((typed, whole), of_sentences)
    parts: list[tuple[int | None, str, FilterReading]] = [] if typed.holds else [(None, printed, whole)]
    if len(sentences) > 1:
        numbered = enumerate(zip(sentences, of_sentences, strict=True))
        parts += [(number, *sentence) for number, sentence in numbered if number not in barred]
    quotable = [
        QuotePart(sentence=sentence, text=text, fingerprint=fingerprint(session, text), marks=found.marks)
        for sentence, text, found in parts
        if is_clean(programme, text, found.holds)
    ]
    return QuoteReading(
        found=typed if typed.holds else whole,
        foreign=not is_written_in(programme.language.value, words),
        as_typed=words == printed,
        parts=tuple(quotable),
    )
