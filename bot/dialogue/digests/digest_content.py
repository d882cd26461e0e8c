"""What does a digest say, in no language?

The frozen content of one week: what is stored, what the checksum covers, what both languages are rendered from. It holds printed figures
only, so it can be exported as it is. Quotes are parts of their own beside it, each with its own checksum.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Literal, NotRequired, TypeAlias, TypedDict, cast

from bot.confidentiality.floors import Printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from bot.models import Digest
    from bot.programme import Role

Comparison: TypeAlias = Literal["more", "same", "fewer"]


class BothLanguages(TypedDict):
    """A text in both languages."""

    da: str
    en: str


class PrintedWord(TypedDict):
    """A word that more people use here than elsewhere, and how many use it here, rounded."""

    word: str
    people: int
    or_more: NotRequired[Literal[True]]


class ThemeFigures(TypedDict):
    """A theme of the week: what was asked, and its figures. None: too few to show, or nobody; the two look the same.

    A figure that says "or more" stands for all from it on: it is a cap, so that nobody can work out that hardly anybody is left out.
    """

    theme: str
    title: BothLanguages
    asks: list[BothLanguages]
    people: int | None  # who answered, rounded
    people_or_more: NotRequired[Literal[True]]
    wishes: int | None  # of them, who marked a wish to the politicians, rounded
    wishes_or_more: NotRequired[Literal[True]]
    participation: str | None  # share of those on the list, in percent: "<10", "10", … "90", ">90"; "90+": or more
    words: list[PrintedWord]  # at most four, the most telling first; none where `people` is None


class AnswerSinceLast(TypedDict):
    """What a politician said to an earlier digest, released since the last one was drafted."""

    digest: int
    kind: str
    words: str
    wishes_on: NotRequired[BothLanguages]  # the title of the theme whose wishes it answers; not there: it answers the digest


class Acknowledgements(TypedDict):
    """How many politicians have acknowledged the digest that was issued last."""

    digest: int
    politicians: int


class Content(TypedDict):
    """One week. `floor` is the smallest number of people that was shown."""

    programme: str
    title: BothLanguages
    number: int
    week: str
    floor: int
    themes: list[ThemeFigures]  # at most two, in the order they were asked
    also_asked: list[BothLanguages]  # the titles of the week's other themes
    compared: Comparison | None  # the week's answers with those of the digest issued last
    heard: Acknowledgements | None
    since_last: list[AnswerSinceLast]
    lists_changed: NotRequired[list[Role]]  # participants' lists of which more than a third has changed; not there: none


def people_of(theme: ThemeFigures) -> Printed | None:
    """How many answered a theme, as it is printed."""
    return None if theme["people"] is None else Printed(theme["people"], theme.get("people_or_more", False))


def wishes_of(theme: ThemeFigures) -> Printed | None:
    """How many marked a wish in a theme, as it is printed."""
    return None if theme["wishes"] is None else Printed(theme["wishes"], theme.get("wishes_or_more", False))


def sum_of_answers(themes: Iterable[ThemeFigures]) -> Printed | None:
    """The printed answers of several themes together: with a cap among them, that many or more. None where a figure is missing."""
    figures = [people_of(theme) for theme in themes]
    known = [people for people in figures if people is not None]
    return Printed(sum(people.number for people in known), any(people.or_more for people in known)) if known == figures else None


def content_of(digest: Digest) -> Content:
    """A stored digest's content."""
    return cast("Content", digest.content)


def title_of(digest: Digest, theme: str | None) -> BothLanguages | None:
    """The title of one of a digest's themes, by its id; None if it has no such theme."""
    return next((figures["title"] for figures in content_of(digest)["themes"] if figures["theme"] == theme), None)


def checksum(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON (keys sorted, no spaces, UTF-8), in hexadecimal."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def text_checksum(text: str) -> str:
    """SHA-256 of a quote's text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
