"""The meanings: what the bot says without being asked.

Each meaning is in one language and has no vendor's blocks or cards: the platform decides how it looks. `round`, `digest` and `response` are
our own ids. They mean nothing to the platform, and none of them names a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time

    from bot.programme import Language


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """Something that the bot says, in one language."""

    language: Language


@dataclass(frozen=True, kw_only=True)
class Plain(Meaning):
    """Paragraphs of plain text, without markup. `notice`: the id of the organisers' notice that it is, if it is one."""

    paragraphs: tuple[str, ...]
    notice: int | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a longer text: a heading and sentences."""

    heading: str
    lines: tuple[str, ...]


class LineKind(StrEnum):
    """What a line of a digest is."""

    TEXT = "text"
    QUESTION = "question"
    FIGURE = "figure"
    WORDS = "words"
    QUOTE = "quote"
    WISH = "wish"
    PROMISE = "promise"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a digest. `about`: which quote it is (`theme:place`), so that something can be offered beside it."""

    kind: LineKind
    text: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class DigestPart:
    """A part of a digest: a heading and typed lines."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class ChartRow:
    """One bar of a chart: its label, the number as printed, and the words in which that number is printed."""

    label: str
    value: int
    printed: str


MOST_CHART_ROWS = 6


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture of printed numbers, with one bar for each of at most six rows.

    `title` is the finding, `unit` what is counted. Values are as printed, so the bars grow in the steps of the rounding. `alternative`
    says all of it in words.
    """

    title: str
    rows: tuple[ChartRow, ...]
    unit: str
    alternative: str


@dataclass(frozen=True, kw_only=True)
class Welcome(Meaning):
    """The first message to a participant, with *Meld mig fra*, *Pause* and *Læs mere*.

    `paragraphs` are seen at once. `rest` and the six items of the information duty are in the full text, or one press away.
    """

    title: str
    paragraphs: tuple[str, ...]
    rest: tuple[Part, ...] = ()
    information: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PoliticalAnswer:
    """What politicians answered to an earlier digest, in one ready `sentence`. An organiser has released it.

    `responses`: what can be read in full. `only_counts`: the sentence tells how many there are besides, and none of their words.
    """

    digest: int
    sentence: str
    responses: tuple[int, ...] = ()
    only_counts: bool = False


@dataclass(frozen=True, kw_only=True)
class HourOffer:
    """An hour that a person may choose for the next questions. `back`: it is the programme's, after they chose another."""

    hour: time
    back: bool = False


@dataclass(frozen=True, kw_only=True)
class Question(Meaning):
    """A round's question to one participant.

    `since_last`: what politicians have answered since the last question. `asked`: how many people it goes to, rounded; None: unknown.
    `why`: it is known where its theme comes from. `offer`: the hour that the person may choose instead.
    """

    round: int
    theme: str
    ask: str
    closes: str
    asked: int | None = None
    since_last: tuple[PoliticalAnswer, ...] = ()
    why: bool = False
    offer: HourOffer | None = None


@dataclass(frozen=True, kw_only=True)
class Reminder(Meaning):
    """One reminder of a round's question."""

    round: int
    theme: str
    ask: str
    closes: str
    asked: int | None = None


@dataclass(frozen=True, kw_only=True)
class WishOffer:
    """The wishes on one theme (its id) of a digest. `told`: it says what is wished, and they can be answered; else one can ask for it.

    `digest`: the earlier digest that they stand in; None: the one that offers them.
    """

    theme: str
    title: str
    told: bool = True
    digest: int | None = None


@dataclass(frozen=True, kw_only=True)
class PromiseOffer:
    """A promise, by the id of the response that made it, of which one may tell what became.

    `digest`, and perhaps a `theme` of it (its id), is what whoever made it may answer anew, with a new day.
    """

    promise: int
    sentence: str
    digest: int | None = None
    theme: str | None = None


@dataclass(frozen=True, kw_only=True)
class DigestText:
    """A digest as people read it: a headline, its top (the finding), parts, and a foot with number and checksum.

    `wishes`: the themes whose printed wishes politicians may answer or ask about. `promises`: those of which any politician may tell what
    became. `shortened`: some answers or promises are not in it in full, so they can be opened. `method`: how the numbers are made can be
    opened; old digests say it themselves. `chart` stands right below the top.
    """

    headline: str
    parts: tuple[DigestPart, ...]
    foot: str
    top: tuple[Line, ...] = ()
    wishes: tuple[WishOffer, ...] = ()
    promises: tuple[PromiseOffer, ...] = ()
    shortened: bool = False
    method: bool = True
    chart: Chart | None = None


@dataclass(frozen=True, kw_only=True)
class DigestPost(Meaning):
    """A digest for the politicians, with *Hørt* and *Svar deltagerne*. `page`: whether its reader may fetch it as a page.

    `number`: the digest's own, where it stands among others.
    """

    digest: int
    text: DigestText
    page: bool = True
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Thanks(Meaning):
    """The last message to a participant, with *Det kom der ud af det*, *Min bog* and *Alt om mig*.

    `parts`: what was asked, what came of it, what becomes of what they wrote, and what lies ahead. `book`: there are answers that are not
    detached yet, whoever wrote them; without any there is no *Min bog*.
    """

    title: str
    parts: tuple[Part, ...]
    book: bool


@dataclass(frozen=True, kw_only=True)
class DigestDraft(Meaning):
    """A digest for the organisers, with *Godkend* while it is `open` and *Send tilbage* while also `holdable`.

    `status`: the state of the review in words.
    """

    digest: int
    text: DigestText
    intro: str
    status: str | None = None
    open: bool = True
    holdable: bool = True
    choosable: bool = False  # a reviewer may pick what stands at its top


@dataclass(frozen=True, kw_only=True)
class ResponseReview(Meaning):
    """A politician's response for the organisers to review, with *Frigiv* and *Frigiv ikke* while it is `open`.

    `notes`: what they cannot see from the words, such as that nobody has checked the name. `bankable`: it asks something back that
    *Sæt det i banken* puts into the programme, also once it is released.
    """

    response: int
    intro: str
    words: str
    notes: tuple[str, ...] = ()
    status: str | None = None
    open: bool = True
    bankable: bool = False


@dataclass(frozen=True, kw_only=True)
class ListReview(Meaning):
    """A list that shrank, for the organisers to confirm with *Ja, det er rigtigt* while it is `open`."""

    hold: int
    question: str
    note: str
    status: str | None = None
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class PlanReview(Meaning):
    """A held edit for the organisers, with *Sæt i kraft* and *Behold det gamle* while it is `open`.

    `intro` says why it is held, `lines` what it changes. `fingerprint`: of exactly this plan.
    If there is `more`, *Se hele planen* shows it.
    """

    version: int
    fingerprint: str
    intro: str
    lines: tuple[str, ...]
    more: bool = False
    status: str | None = None
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class QuoteReview(Meaning):
    """A message to the organisers that quotes wait for review.

    `intro` says how far the review is. Each of the `themes` (id, title) has a button *Se citater* while it is `open`.
    """

    digest: int
    intro: str
    themes: tuple[tuple[str, str], ...]
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class PromiseDue(Meaning):
    """A message to a politician whose promise is due.

    While it is `open`, it has *Gjort*, *Blev ikke til noget* and *Giv en ny dag*. The latter opens the form about `digest` and `theme`.
    """

    promise: int
    paragraphs: tuple[str, ...]
    digest: int | None = None
    theme: str | None = None
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class WishUnanswered(Meaning):
    """A message to the organisers that wishes wait for an answer.

    While it is `open`, it has a button to ask politicians.
    """

    digest: int
    theme: str
    text: str
    status: str | None = None
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class WishAsked(Meaning):
    """A message to a politician whom an organiser asks to answer the wishes on a theme.

    While it is `open`, it has *Svar på ønskerne*.
    """

    digest: int
    theme: str
    paragraphs: tuple[str, ...]
    open: bool = True
