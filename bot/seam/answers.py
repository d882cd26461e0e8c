"""What does a person who acted see at once?

Forms, sentences, or a message drawn anew: again meaning, which a platform shows in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.programme import Language
    from bot.seam.meaning import DigestText, HourOffer, Meaning, Part


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the person who acted sees at once."""

    language: Language


@dataclass(frozen=True, kw_only=True)
class Said(Answer):
    """Plain sentences: shown where the person stands (in the form they sent, or only to them in the conversation)."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FormErrors(Answer):
    """The form stays open with the person's text in it; `errors` maps field name → sentence."""

    errors: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ReplyForm(Answer):
    """The form for one round: the question, the text so far, the two marks."""

    round: int
    theme: str
    ask: str
    closes: str
    text: str = ""
    wish: bool = False
    quote: bool = False
    replied: bool = False
    notice: tuple[str, ...] = ()  # shown above the fields: what was kept, and what the filter holds in it


@dataclass(frozen=True, kw_only=True)
class PauseForm(Answer):
    """The form that asks until when to pause; days are the person's own."""

    earliest: date
    latest: date
    proposed: date


@dataclass(frozen=True, kw_only=True)
class SendBackForm(Answer):
    """The form for an organiser's note."""

    digest: int
    number: int


@dataclass(frozen=True, kw_only=True)
class ResponseForm(Answer):
    """The form for a politician's response: to a digest or, where `theme` (its id) and `title` are given, to the wishes on that theme."""

    digest: int
    number: int
    theme: str | None = None
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class MyReply:
    """One of one's own replies. `editable`: its round is still open."""

    round: int
    theme: str
    ask: str
    text: str
    wish: bool
    quote: bool
    editable: bool
    state: str
    withdrawable: bool = False  # its quote may still be withdrawn


@dataclass(frozen=True, kw_only=True)
class MyReplies(Answer):
    """*Mine svar*: everything of one's own, newest first; `note` says what can and cannot be done."""

    replies: tuple[MyReply, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class MyData(Answer):
    """*Alt om mig*: headed parts with everything that is kept about the person; `note` says what can and cannot be done.

    The part with the number `start` is to be shown first, and as many after it as there is room for.
    """

    parts: tuple[Part, ...]
    note: str
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class ReadMore(Answer):
    """*Læs mere*: headed parts with all that people have a right to know."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Digests(Answer):
    """*Ugens overblik*: the issued digests as they stand now, newest first, to be shown from the one with the number `start` on."""

    digests: tuple[DigestText, ...]
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class QuoteToReview:
    """One text as a reviewer sees it: nothing of its author, role or time. `decided` says what stands; None: it waits."""

    id: str
    text: str
    decided: str | None = None


@dataclass(frozen=True, kw_only=True)
class QuoteReviewForm(Answer):
    """The form in which quotes of one theme are approved or declined, five or more at a time, in an order that says nothing."""

    digest: int
    theme: str  # its id
    title: str
    quotes: tuple[QuoteToReview, ...]


@dataclass(frozen=True, kw_only=True)
class HourSet(Answer):
    """At which hour they are asked from now on. `offer`: the hour that they may go over to instead, by one more press."""

    title: str
    paragraphs: tuple[str, ...]
    offer: HourOffer | None = None


class HomeChoice(StrEnum):
    """What a person's own page offers."""

    ANSWER = "answer"
    EDIT_REPLY = "edit_reply"  # in its place, once there is an answer
    MY_REPLIES = "my_replies"
    PAUSE = "pause"
    COME_BACK = "come_back"
    LEAVE = "leave"
    MY_DATA = "my_data"
    DIGESTS = "digests"


@dataclass(frozen=True, kw_only=True)
class Home(Answer):
    """A person's own page: where they stand and what they can do. Also the answer to a typed direct message."""

    title: str
    paragraphs: tuple[str, ...]
    choices: tuple[HomeChoice, ...]
    round: int | None = None
    offer: HourOffer | None = None  # the hour at which they may be asked instead


@dataclass(frozen=True, kw_only=True)
class Redrawn(Answer):
    """The message whose button was pressed is drawn anew, for all who see it; `said` is for the presser alone."""

    meaning: Meaning
    said: str


@dataclass(frozen=True, kw_only=True)
class Nothing(Answer):
    """Nothing needs to be said (for example the same event a second time)."""
