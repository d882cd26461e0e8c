"""What does the bot say unasked?

Meaning, in one language, without any vendor's blocks or cards: a platform decides how it looks.
`round`, `digest` and `response` are our own ids, opaque to the platform; none of them names a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time

    from bot.programme import Language


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """Something to be said, in one language."""

    language: Language


@dataclass(frozen=True, kw_only=True)
class Plain(Meaning):
    """Paragraphs of plain text: no markup in them is meant."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A headed part of a longer text: sentences to be read, in order."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Welcome(Meaning):
    """The first message to a participant. It informs, and carries *Meld mig fra*, *Pause* and *Læs mere*.

    `paragraphs` are seen at once. `rest` and the six items of the duty to inform are read aloud, or one press away.
    """

    title: str
    paragraphs: tuple[str, ...]
    rest: tuple[Part, ...] = ()
    information: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PoliticalAnswer:
    """What politicians said to an earlier digest, released by an organiser. `sentence` is ready to be read."""

    digest: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class HourOffer:
    """An hour at which they may be asked from the next question on. `back`: it is the programme's, and they have chosen another."""

    hour: time
    back: bool = False


@dataclass(frozen=True, kw_only=True)
class Question(Meaning):
    """A round's question to one participant. `since_last` holds what politicians have answered since the last question.

    `asked`: how many people it goes to, rounded; None: nobody knows. `why`: it is known where its theme comes from. `offer`: the hour that
    they may choose instead.
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
    """A digest ready to be read: a headline, parts, and a foot with number and checksum.

    `wishes` are the themes (id, title) whose wishes may be answered on their own.
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
    """A digest for the organisers, with *Godkend* while it is `open`, and *Send tilbage* while it is `holdable` too.

    `status` says where it stands.
    """

    digest: int
    text: DigestText
    intro: str
    status: str | None = None
    open: bool = True
    holdable: bool = True


@dataclass(frozen=True, kw_only=True)
class ResponseReview(Meaning):
    """A politician's answer for the organisers, with *Frigiv* and *Frigiv ikke* while it is `open`."""

    response: int
    intro: str
    words: str
    status: str | None = None
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class ListReview(Meaning):
    """Whether a list that has shrunk is right, for the organisers, with *Ja, det er rigtigt* while it is `open`."""

    hold: int
    question: str
    note: str
    status: str | None = None
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class QuoteReview(Meaning):
    """Quotes wait for the organisers: one sentence on where they stand, and *Se citater* for each theme (id → title) while it is `open`."""

    digest: int
    intro: str
    themes: tuple[tuple[str, str], ...]
    open: bool = True
