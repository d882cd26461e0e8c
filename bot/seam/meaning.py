"""The meanings: what the bot says without being asked.

Each meaning is in one language and has no vendor's blocks or cards: the platform decides how it looks. `round`, `digest` and `response` are
our own ids. They mean nothing to the platform, and none of them names a person.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    """Paragraphs of plain text, without markup."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a longer text: a heading and sentences."""

    heading: str
    lines: tuple[str, ...]


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
    """What politicians answered to an earlier digest, in one ready `sentence`. An organiser has released it."""

    digest: int
    sentence: str


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
class DigestText:
    """A digest as people read it: a headline, parts, and a foot with number and checksum.

    `wishes`: the themes (id, title) whose wishes politicians may answer separately.
    """

    headline: str
    parts: tuple[Part, ...]
    foot: str
    wishes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class DigestPost(Meaning):
    """A digest for the politicians, with *Hørt* and *Svar deltagerne*."""

    digest: int
    text: DigestText


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


@dataclass(frozen=True, kw_only=True)
class ResponseReview(Meaning):
    """A politician's response for the organisers to review, with *Frigiv* and *Frigiv ikke* while it is `open`."""

    response: int
    intro: str
    words: str
    status: str | None = None
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class ListReview(Meaning):
    """A list that shrank, for the organisers to confirm with *Ja, det er rigtigt* while it is `open`."""

    hold: int
    question: str
    note: str
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
