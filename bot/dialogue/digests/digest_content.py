"""The content of a digest without a language: what is stored, covered by the checksum, and rendered in both languages.

It is frozen when the digest is drafted, and holds printed figures only, so it can be exported as it is. Quotes are kept beside it, each
with its own checksum.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Literal, NotRequired, TypeAlias, TypedDict, cast

from bot.confidentiality.floors import Printed
from bot.local_time import WEEK

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
    """A word that more people use here than elsewhere, and the rounded number of people who use it here."""

    word: str
    people: int
    or_more: NotRequired[Literal[True]]


class ThemeFigures(TypedDict):
    """A theme of the week: its questions and its figures.

    A figure of None means too few to show, or nobody; the two look the same. A figure with "or more" is a cap: the true number is that or
    any higher one, so that nobody can work out that hardly anybody is left out.
    """

    theme: str
    title: BothLanguages
    asks: list[BothLanguages]
    people: int | None  # people who answered, rounded
    people_or_more: NotRequired[Literal[True]]
    wishes: int | None  # those of them who marked a wish to the politicians, rounded
    wishes_or_more: NotRequired[Literal[True]]
    participation: str | None  # share of those on the list, in percent: "<10", "10", … "90", ">90"; "90+": or more
    words: list[PrintedWord]  # at most four, the most telling first; empty if `people` is None
    wish_words: NotRequired[list[PrintedWord]]  # words that enough of those who marked a wish share; absent if none


class AnswerSinceLast(TypedDict):
    """A politician's answer to an earlier digest, released since the last one was drafted."""

    digest: int
    week: NotRequired[str]  # of that digest; absent before there was a ledger
    report: NotRequired[Literal[True]]  # it answers a season's report
    kind: str
    words: str
    wishes_on: NotRequired[BothLanguages]  # the title of the theme whose wishes it answers; absent if it answers the whole digest
    quoted: NotRequired[Literal[True]]  # it answers one quote of that theme
    due: NotRequired[str]  # the day (ISO date) by which a promise is to be kept
    signed: NotRequired[str]  # the name that the politician put under it


class Promised(TypedDict):
    """What a politician has promised, and the day (ISO date) by which it is to be kept."""

    words: NotRequired[str]  # absent if they are not to be printed
    due: NotRequired[str]


class WishFate(TypedDict):
    """The fate of one theme's wishes in an earlier digest, as the ledger had it when this digest was drafted.

    The wishes are named by week, theme and shared words, never by a quote.
    """

    digest: int
    digest_id: NotRequired[int]  # with `theme_id`: where one answers them
    theme_id: NotRequired[str]
    week: str
    theme: BothLanguages
    shared: list[str]  # words that enough of those with a wish share
    state: str  # a `WishState` (`bot/dialogue/responses/ledger.py`)
    weeks: int  # whole weeks since that digest was issued; in the season's report until it was answered, if it was
    changed: NotRequired[Literal[True]]  # since the digest before this one
    words: NotRequired[str]  # what a politician promised, or gave as a reason
    due: NotRequired[str]  # the day (ISO date) by which the promise is to be kept
    promise: NotRequired[int]  # the id of the response that made the promise, while it is open
    also_promised: NotRequired[list[Promised]]  # the other open promises, the oldest first; absent if there are none


class WeekAnswers(TypedDict):
    """How many answers an issued digest has printed for its week: the sum over its themes."""

    week: str
    answers: int
    or_more: NotRequired[Literal[True]]


class Earlier(TypedDict):
    """The digest with the number before, by its checksum.

    So a digest that was dropped or altered is seen without the database.
    """

    number: int
    checksum: str


class SeasonReport(TypedDict):
    """What a season's report tells besides its ledger, which holds every wish of the season."""

    weeks: list[WeekAnswers]  # every week that printed a figure, the oldest first; it is the sum of those that were printed
    themes: list[BothLanguages]  # the titles of those that were asked about, in the order of asking
    questions: int  # how many rounds went out
    as_of: str  # the day (ISO date) of its drafting, as of which it tells what became of wishes


class Acknowledgements(TypedDict):
    """How many politicians have acknowledged the digest that was issued last."""

    digest: int
    politicians: int


class Content(TypedDict):
    """The content of one week's digest, or of the season's report.

    `floor` is the smallest number of people that may be shown. The season's report is the last digest: it has a `report` and no themes, and
    its `week` is the one in which it was drafted.
    """

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
    lists_changed: NotRequired[list[Role]]  # participants' lists of which more than a third has changed; absent if none
    committee: NotRequired[BothLanguages]  # whom it is for; absent if the programme names none
    ledger: NotRequired[list[WishFate]]  # absent in digests from before the ledger, which are shown as they were
    before: NotRequired[Earlier]  # absent in the first digest, and in those from before there was a chain
    weeks: NotRequired[list[WeekAnswers]]  # the issued weeks to compare with, oldest first, and this one; absent if there are none
    report: NotRequired[SeasonReport]  # it is the season's report


def people_of(theme: ThemeFigures) -> Printed | None:
    """The printed number of people who answered a theme."""
    return None if theme["people"] is None else Printed(theme["people"], theme.get("people_or_more", False))


def wishes_of(theme: ThemeFigures) -> Printed | None:
    """The printed number of people who marked a wish in a theme."""
    return None if theme["wishes"] is None else Printed(theme["wishes"], theme.get("wishes_or_more", False))


def sum_of_answers(themes: Iterable[ThemeFigures]) -> Printed | None:
    """The sum of the themes' printed answers; "or more" if one is a cap, None if one is missing."""
    figures = [people_of(theme) for theme in themes]
    known = [people for people in figures if people is not None]
    return Printed(sum(people.number for people in known), any(people.or_more for people in known)) if known == figures else None


def answers_of_week(content: Content) -> WeekAnswers | None:
    """How many answers a digest prints for its week.

    None if a figure of it is missing, or it is the season's report.
    """
    answers = sum_of_answers(content["themes"])
    if answers is None or not content["themes"]:
        return None
    told: WeekAnswers = {"week": content["week"], "answers": answers.number}
    return {**told, "or_more": True} if answers.or_more else told


def content_of(digest: Digest) -> Content:
    """A stored digest's content."""
    return cast("Content", digest.content)


def is_report(digest: Digest) -> bool:
    """Whether a digest is a season's report, which has no week, no themes and no quotes."""
    return digest.week is None


def week_of(digest: Digest) -> str:
    """The week of a digest, or the one in which a season's report was drafted."""
    return digest.week or content_of(digest)["week"]


def was_held_long(digest: Digest) -> bool:
    """Whether a digest was decided on more than a week after its drafting.

    By then the wishes that it says are waiting may have been answered.
    """
    return digest.decided_at is not None and digest.decided_at - digest.drafted_at > WEEK


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
