"""Holds what the texts of digests are put together from: quotes to show, and texts of a known size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.language.visible_text import make_readable
from bot.seam.meaning import Part
from bot.wording import say
from bot.wording.dates import date_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.dialogue.digests.digest_content import WishFate
    from bot.programme import Language
    from bot.seam.meaning import DigestText

MOST_DIGEST_WORDS = 300
CHECKSUM_SHOWN = 12  # hexadecimal digits; the export has them all
LONGEST_WORD = 30  # letters; what is longer, such as an address, takes the room of several words
PROMISE_WORDS = 20  # of a promise, above its buttons
EVERY_WORD = 3_000  # no text has more
WORDS_BEFORE_QUOTE = 3  # "En anden stemme:"


@dataclass(frozen=True, kw_only=True)
class QuoteShown:
    """A quote that a digest shows: its place in its theme, and whether its author marked a wish.

    Place 0 is the quote that speaks for most, 1 the second, 2 another voice.
    """

    text: str
    place: int
    wish: bool = False


@dataclass(frozen=True, kw_only=True)
class QuotesOfTheme:
    """The quotes of one theme; `other_voice` is None if there are too few to show one.

    `unsaid` is set in a draft, which tells only how many are approved.
    """

    quotes: tuple[QuoteShown, ...] = ()
    other_voice: QuoteShown | None = None
    unsaid: int | None = None

    @property
    def all(self) -> tuple[QuoteShown, ...]:
        """All quotes of the theme by their places."""
        return self.quotes if self.other_voice is None else (*self.quotes, self.other_voice)


NO_QUOTES_OF_THEME = QuotesOfTheme()
NO_QUOTES: Mapping[str, QuotesOfTheme] = MappingProxyType({})


def as_text(text: DigestText) -> str:
    """The digest as plain text."""
    return join_parts(parts_of_text(text))


def parts_of_text(text: DigestText) -> Iterator[Part]:
    """The digest in words, part by part; its chart too."""
    yield Part(heading=text.headline, lines=())
    yield Part(heading="", lines=tuple(line.text for line in text.top))
    yield Part(heading="", lines=() if text.chart is None else (text.chart.alternative,))
    yield from (Part(heading=part.heading, lines=tuple(line.text for line in part.lines)) for part in text.parts)
    yield Part(heading="", lines=(text.foot,))


def join_parts(parts: Iterable[Part]) -> str:
    """Headings and lines, with an empty line between parts."""
    return "\n\n".join(filter(None, ("\n".join(filter(None, map(in_text, [part.heading, *part.lines]))) for part in parts)))


def in_text(line: str) -> str:
    """A line as it stands in a text. Of a line in which somebody has typed line breaks, the rest is marked as quoted."""
    return "\n> ".join(filter(str.strip, make_readable(line).split("\n")))


def other_promises(language: Language, fate: WishFate) -> Iterator[str]:
    """The open promises to some wishes besides the one that is told first, each with its day."""
    for promised in fate.get("also_promised", ()):
        words = say(language, "digest.quoted", text=promised["words"]) if promised.get("words") else ""
        due = date_in(language, date.fromisoformat(promised["due"])) if "due" in promised else ""
        if words or due:
            yield say(language, f"ledger.also_promised{'.words' * bool(words)}{'.due' * bool(due)}", due=due, words=words)


def count_words(text: str) -> int:
    """The number of words in a text, split at spaces."""
    return len(text.split())


def room_taken(text: str) -> int:
    """The number of words of usual length that a text is as long as."""
    return sum(-(-len(word) // LONGEST_WORD) for word in text.split())


def shorten(text: str, words: int) -> str:
    """The text itself if it fits, else its first words and an ellipsis."""
    all_words = text.split()
    return text if len(all_words) <= words else " ".join(all_words[:words]) + "…"
