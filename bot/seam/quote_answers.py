"""The answers in which an author sees what of a reply is quoted, or chooses it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.seam.answers import Answer


@dataclass(frozen=True, kw_only=True)
class QuoteOption:
    """A part of a reply as it would be printed, with its rare words standing out.

    `sentence`: its number; None: the whole. `fingerprint`: of exactly this text.
    """

    sentence: int | None
    parts: tuple[tuple[str, bool], ...]
    fingerprint: str

    @property
    def text(self) -> str:
        """The text without anything that stands out."""
        return "".join(text for text, _ in self.parts)


@dataclass(frozen=True, kw_only=True)
class QuoteChoice(Answer):
    """What of a stored reply may be quoted: each part waits for its author's yes.

    `lead` says also what no press means; `notes`: what to think of before.
    """

    round: int
    lead: str
    options: tuple[QuoteOption, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuotedThanks(Answer):
    """Thanks for a reply or a yes, with what is quoted. `may_choose`: another part may be chosen instead."""

    title: str
    paragraphs: tuple[str, ...]
    round: int
    quoted: QuoteOption
    notes: tuple[str, ...] = ()
    may_choose: bool = False
