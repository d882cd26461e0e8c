"""The answers: what a person who acted sees at once, such as a form, sentences, or a message drawn anew.

They carry meaning only. Each platform shows it in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.programme import Language
    from bot.seam.meaning import DigestPost, HourOffer, Meaning, Part, PromiseOffer, QuoteReview


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer, which the person who acted sees at once.

    `is_refusal`: nothing was done. A form stays open with what was typed, and says why beside it.
    """

    language: Language
    is_refusal: bool = False


@dataclass(frozen=True, kw_only=True)
class Said(Answer):
    """Plain sentences. They are shown in the form that the person sent, or only to them in the conversation."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FormErrors(Answer):
    """Errors in a form, which stays open with the person's text. `errors`: field name → sentence."""

    errors: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Objection:
    """What speaks against quoting a stored reply: `lines` that stand in three on a phone.

    `parts`: its text, with what was found standing out. `may_choose`: there is a sentence that may be quoted.
    """

    lines: tuple[str, ...]
    parts: tuple[tuple[str, bool], ...] = ()
    may_choose: bool = False


@dataclass(frozen=True, kw_only=True)
class ReplyForm(Answer):
    """The form for a reply to one round, with the text so far and the two marks.

    `seen`: a fingerprint of the stored reply, empty if there is none, None if a form does not remember it. `newer`: what has been stored
    since the form was opened, to be shown above what was typed.
    `may_quote`: whether so many people were asked that anybody may be quoted; else `quote` is no offer.
    `quotes_in`: the digest's language, where it is not the person's.
    """

    round: int
    theme: str
    ask: str
    closes: str
    text: str = ""
    wish: bool = False
    quote: bool = False
    replied: bool = False
    objection: Objection | None = None
    seen: str | None = None
    newer: ReplyForm | None = None
    may_quote: bool = True
    quotes_in: Language | None = None


@dataclass(frozen=True, kw_only=True)
class PauseForm(Answer):
    """The form that asks how long to pause. Days are those of the person's time zone."""

    earliest: date
    latest: date
    proposed: date


@dataclass(frozen=True, kw_only=True)
class PauseForAllForm(Answer):
    """The form in which an organiser pauses everything, with a reason. `paragraphs` say what happens, and to whom."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GoOnForm(Answer):
    """The form in which an organiser goes on after a pause for all. `paragraphs` say what happens, `lines` what moves.

    `fingerprint`: of exactly this plan; empty if nothing moves.
    """

    paragraphs: tuple[str, ...]
    lines: tuple[str, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, kw_only=True)
class SendBackForm(Answer):
    """The form for an organiser's note."""

    digest: int
    number: int


WHOLE_DIGEST = "-"


@dataclass(frozen=True, kw_only=True)
class ResponseForm(Answer):
    """The form for a politician's response to a digest.

    `about`: what can be answered (value, label). Values: `WHOLE_DIGEST`, a theme's id for the wishes on it, `theme:place` for one quote.
    `chosen`: the value that is chosen at first.
    A promise can be for the days from `earliest` to `latest`.
    """

    digest: int
    number: int
    about: tuple[tuple[str, str], ...]
    chosen: str
    earliest: date
    latest: date


@dataclass(frozen=True, kw_only=True)
class OutcomeForm(Answer):
    """The form in which a politician tells what became of a promise.

    `kind`: done or dropped, as in `ResponseKind`; `what`: what was promised.
    """

    promise: int
    kind: str
    what: str


@dataclass(frozen=True, kw_only=True)
class FindingForm(Answer):
    """The form in which an organiser picks what stands at the top of a draft. `options`: (kind, its lines); `chosen`: a kind."""

    digest: int
    number: int
    options: tuple[tuple[str, str], ...]
    chosen: str
    seen: str | None = None  # what a colleague has picked; empty: nothing
    newer: str = ""  # what a colleague has picked since the form was opened, in words


@dataclass(frozen=True, kw_only=True)
class PoliticiansForm(Answer):
    """The form in which an organiser picks the politicians to ask about the wishes on a theme.

    `what` names the wishes.
    """

    digest: int
    theme: str
    what: str


class LongReading(StrEnum):
    """What may be longer than a window takes."""

    ANSWERS = "answers"  # all that a digest tells of
    RESPONSES = "responses"  # one line each
    NOTICE = "notice"
    PAGE = "page"  # a digest's, which can be sent as a file


@dataclass(frozen=True, kw_only=True)
class Reading(Answer):
    """Something to read, in parts with headings, such as how the numbers are made.

    `of`, `ids`: what it holds, and whose, if it may be long. `start`: the number of the first line to show.
    """

    title: str
    parts: tuple[Part, ...]
    of: LongReading | None = None
    ids: tuple[int, ...] = ()
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """The wishes on one theme of one digest, and what became of them.

    `number`: that digest's own; `start`: its place among the issued ones.
    """

    heading: str
    lines: tuple[str, ...]
    number: int
    start: int


@dataclass(frozen=True, kw_only=True)
class Ledger(Answer):
    """What became of the wishes (*Det kom der ud af det*), newest first. `start`: the number of the first entry to show."""

    entries: tuple[LedgerEntry, ...]
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class MyReply:
    """One of a person's own replies. `editable`: its round is still open."""

    round: int
    theme: str
    ask: str
    text: str
    wish: bool
    quote: bool
    editable: bool
    state: str
    withdrawable: bool = False  # its quote may still be withdrawn
    quoted: str = ""  # what of it may be quoted, in words


@dataclass(frozen=True, kw_only=True)
class MyReplies(Answer):
    """A person's own replies, newest first (*Mine svar*).

    `note` says what can and cannot be done. `start`: the number of the first one to show.
    """

    replies: tuple[MyReply, ...]
    note: str
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class MyData(Answer):
    """Everything that is kept about the person, in parts with headings (*Alt om mig*).

    `note` says what can and cannot be done. `start`: the number of the first part to show; others follow as far as there is room.
    """

    parts: tuple[Part, ...]
    note: str
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class ReadMore(Answer):
    """All that people have a right to know, in parts with headings (*Læs mere*)."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Digests(Answer):
    """The issued digests as they are now, newest first (*Ugens overblik*). `start`: the place of the first one to show."""

    digests: tuple[DigestPost, ...]
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class QuoteToReview:
    """One text as a reviewer sees it, without author, role or time.

    `decided`: the decision in words; None: it waits. `marks`: what the filter holds in it today, in sentences; `hints`: what it only marks.
    """

    id: str
    text: str
    decided: str | None = None
    marks: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuoteReviewForm(Answer):
    """A page of one theme's quotes, on which each is approved or declined at once.

    It holds five to eight, in an order that tells nothing about their authors. `first`: the number of its first text. `rule`: how many are
    needed; `standing`: how far it is; `notice`: what was just decided. `more`: another page and its number of texts; `next_theme`: another
    theme (id, title). `message`: the organisers' message, to be drawn anew.
    """

    digest: int
    theme: str  # its id
    title: str
    quotes: tuple[QuoteToReview, ...]
    page: int = 0
    pages: int = 1
    first: int = 1
    rule: str = ""
    standing: str = ""
    notice: str = ""
    more: tuple[int, int] | None = None
    next_theme: tuple[str, str] | None = None
    message: QuoteReview | None = None


@dataclass(frozen=True, kw_only=True)
class DigestPage(Answer):
    """The finished page of a digest, exactly as politicians will see it, to be approved.

    `lead`: that it has changed, what happens next and what is lost. `fingerprint`: of exactly this page. `start`: the number of the first
    piece to show.
    """

    digest: int
    post: DigestPost
    lead: tuple[str, ...]
    fingerprint: str
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class HourSet(Answer):
    """The hour at which a person is asked from now on. `offer`: the hour that one more press chooses instead."""

    title: str
    paragraphs: tuple[str, ...]
    offer: HourOffer | None = None


class HomeChoice(StrEnum):
    """The choices on a person's own page."""

    ANSWER = "answer"
    EDIT_REPLY = "edit_reply"  # instead of ANSWER, once there is a reply
    MY_REPLIES = "my_replies"
    MY_BOOK = "my_book"
    PAUSE = "pause"
    COME_BACK = "come_back"
    LEAVE = "leave"
    MY_DATA = "my_data"
    DIGESTS = "digests"
    LEDGER = "ledger"
    MOVE = "move_question"  # this and all below: on an organiser's page
    SKIP = "skip_week"
    UNDO = "undo_edit"
    PAUSE_FOR_ALL = "pause_for_all"
    GO_ON = "go_on"


@dataclass(frozen=True, kw_only=True)
class Home(Answer):
    """A person's own page: how they take part and what they can do. It also answers a typed direct message.

    An organiser's page has `parts` to read, what is `waiting` for a decision, and the choices of `planning`.
    """

    title: str
    paragraphs: tuple[str, ...]
    choices: tuple[HomeChoice, ...]
    round: int | None = None
    offer: HourOffer | None = None  # the hour at which they may be asked instead
    promises: tuple[PromiseOffer, ...] = ()  # those of which they may tell what became
    parts: tuple[Part, ...] = ()
    waiting: tuple[Meaning, ...] = ()
    planning: tuple[HomeChoice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Redrawn(Answer):
    """A new drawing of the message whose button was pressed, for all who see it. Only the person who pressed sees `said`."""

    meaning: Meaning
    said: str


@dataclass(frozen=True, kw_only=True)
class Nothing(Answer):
    """An empty answer, for example to the same event a second time."""
