"""What passes between the engine and a chat platform?

Meaning goes out (`Question`, `DigestPost`, `Plain`, …), what people do comes in (`Replied`, `Heard`, …), and an answer goes back at
once (`Said`, `ReplyForm`, …). Nothing here knows a vendor: no blocks, no cards, no payloads. A platform raises `Later`, `Unsure`,
`Unreachable`, `Unfit` (bot/errors.py) and nothing else from its methods.

An `address` is a person's or a channel's id on the platform. `round`, `digest` and `response`
are our own ids, opaque to the platform; none of them names a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from bot.programme import Language, Source


# --- meaning: what the bot says unasked ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """Something to be said, in one language."""

    language: Language


@dataclass(frozen=True, kw_only=True)
class Plain(Meaning):
    """Paragraphs of plain text: no markup in them is meant."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Welcome(Meaning):
    """The first message to a participant. It informs, and carries *Ikke med* and *Pause*."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PoliticalAnswer:
    """What politicians said to an earlier digest, released by an organiser. `sentence` is ready to be read."""

    digest: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Question(Meaning):
    """A round's question to one participant. `since_last` holds what politicians have answered since the last question."""

    round: int
    theme: str
    ask: str
    closes: str
    since_last: tuple[PoliticalAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reminder(Meaning):
    """One reminder of a round's question."""

    round: int
    theme: str
    ask: str
    closes: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A headed part of a digest: sentences to be read, in order. `emphasis` marks questions shown as quotations of ourselves."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DigestText:
    """A digest ready to be read: a headline, parts, and a foot with number and checksum."""

    headline: str
    parts: tuple[Part, ...]
    foot: str


@dataclass(frozen=True, kw_only=True)
class DigestPost(Meaning):
    """A digest for the politicians, with *Hørt* and *Svar deltagerne*."""

    digest: int
    text: DigestText


@dataclass(frozen=True, kw_only=True)
class DigestDraft(Meaning):
    """A digest for the organisers, with *Godkend* and *Send tilbage* while it is `open`. `status` says where it stands."""

    digest: int
    text: DigestText
    intro: str
    status: str | None = None
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class ResponseReview(Meaning):
    """A politician's answer for the organisers, with *Frigiv* and *Frigiv ikke* while it is `open`."""

    response: int
    intro: str
    words: str
    status: str | None = None
    open: bool = True


# --- what people do -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something a person did. `who` is their address, vouched for by the platform, never taken from a button's value."""

    who: str


@dataclass(frozen=True, kw_only=True)
class ReplyFormWanted(Action):
    """*Svar* was pressed. `round` None: whatever is open (`/eftertanke svar`)."""

    round: int | None = None


@dataclass(frozen=True, kw_only=True)
class Replied(Action):
    """A reply form was sent, new or changed."""

    round: int
    text: str
    wish: bool = False
    quote: bool = False


@dataclass(frozen=True, kw_only=True)
class ReplyDeleted(Action):
    """One's own reply is to be deleted."""

    round: int


@dataclass(frozen=True, kw_only=True)
class MyRepliesWanted(Action):
    """*Mine svar*."""


@dataclass(frozen=True, kw_only=True)
class PauseFormWanted(Action):
    """*Pause* was pressed."""


@dataclass(frozen=True, kw_only=True)
class Paused(Action):
    """A pause until and including a day."""

    until: date


@dataclass(frozen=True, kw_only=True)
class CameBack(Action):
    """*Jeg er her igen*: back from a pause, or into the dialogue after leaving."""


@dataclass(frozen=True, kw_only=True)
class Left(Action):
    """*Ikke med*: out of the dialogue."""


@dataclass(frozen=True, kw_only=True)
class TypedDirectly(Action):
    """A direct message was typed. What it said stops at the platform. `event` is the platform's id of the event."""

    event: str


@dataclass(frozen=True, kw_only=True)
class HomeWanted(Action):
    """The bot's own page (App Home), or `/eftertanke` without more, was opened."""


@dataclass(frozen=True, kw_only=True)
class DigestApproved(Action):
    """An organiser approves a draft."""

    digest: int


@dataclass(frozen=True, kw_only=True)
class SendBackFormWanted(Action):
    """*Send tilbage* was pressed."""

    digest: int


@dataclass(frozen=True, kw_only=True)
class DigestSentBack(Action):
    """An organiser holds a draft, with a note."""

    digest: int
    note: str


@dataclass(frozen=True, kw_only=True)
class Heard(Action):
    """A politician acknowledges a digest."""

    digest: int


@dataclass(frozen=True, kw_only=True)
class ResponseFormWanted(Action):
    """*Svar deltagerne* was pressed."""

    digest: int


class ResponseKind(StrEnum):
    """What a politician's response is."""

    HEARD = "heard"
    TAKE_UP = "take_up"
    NOT_OURS = "not_ours"
    FREE_TEXT = "free_text"
    QUESTION_BACK = "question_back"


@dataclass(frozen=True, kw_only=True)
class Responded(Action):
    """A politician's response to a digest."""

    digest: int
    kind: ResponseKind
    text: str


@dataclass(frozen=True, kw_only=True)
class ResponseReviewed(Action):
    """An organiser releases a response to the participants, or declines to."""

    response: int
    release: bool


@dataclass(frozen=True, kw_only=True)
class PeopleChanged(Action):
    """The platform says that people or lists changed (someone joined, was deactivated, changed time zone)."""


# --- what is answered at once -------------------------------------------------------------------------------------------------


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
    """The form for a politician's response."""

    digest: int
    number: int


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


@dataclass(frozen=True, kw_only=True)
class MyReplies(Answer):
    """*Mine svar*: everything of one's own, newest first; `note` says what can and cannot be done."""

    replies: tuple[MyReply, ...]
    note: str


class HomeChoice(StrEnum):
    """What a person's own page offers."""

    ANSWER = "answer"
    MY_REPLIES = "my_replies"
    PAUSE = "pause"
    COME_BACK = "come_back"
    LEAVE = "leave"


@dataclass(frozen=True, kw_only=True)
class Home(Answer):
    """A person's own page: where they stand and what they can do. Also the answer to a typed direct message."""

    title: str
    paragraphs: tuple[str, ...]
    choices: tuple[HomeChoice, ...]
    round: int | None = None


@dataclass(frozen=True, kw_only=True)
class Redrawn(Answer):
    """The message whose button was pressed is drawn anew, for all who see it; `said` is for the presser alone."""

    meaning: Meaning
    said: str


@dataclass(frozen=True, kw_only=True)
class Nothing(Answer):
    """Nothing needs to be said (for example the same event a second time)."""


# --- the platform -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Where a message stands on the platform."""

    channel: str
    stamp: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """A person found on the platform. `language` and `timezone` None: the platform does not say."""

    address: str
    language: Language | None
    timezone: str | None
    active: bool


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The people of one source; `missing` are entries (e-mails) that the platform does not know."""

    found: tuple[Found, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChannelFacts:
    """What must be known of a channel before something is posted there."""

    exists: bool
    member: bool
    archived: bool
    external: bool


@dataclass(frozen=True, kw_only=True)
class Door:
    """The engine's door, handed to a platform: `act` may change things and has committed when it returns; `read` only looks.

    Both raise `Refused` never (a refusal is an `Answer`); what they do raise means that nothing was kept.
    """

    act: Callable[[Action], Answer]
    read: Callable[[Action], Answer]


class Platform(Protocol):
    """A chat platform, as the engine sees it."""

    def start(self, door: Door) -> None:
        """Check token and scopes (`SetupFault` names what is missing), then hand what people do to `door` until `stop`."""
        ...

    def stop(self) -> None:
        """Stop listening."""
        ...

    def connected(self) -> bool:
        """Whether what people do reaches us now."""
        ...

    def send(self, address: str, meaning: Meaning, delivery_id: str) -> Receipt:
        """Say `meaning` to a person or a channel, marked with `delivery_id` so that `find` can find it."""
        ...

    def update(self, receipt: Receipt, meaning: Meaning) -> None:
        """Draw a message anew."""
        ...

    def find(self, address: str, delivery_id: str, since: datetime) -> Receipt | None:
        """Look whether a message with `delivery_id` stands in the conversation since `since`; raises `Unsure` if one cannot tell."""
        ...

    def roster(self, sources: tuple[Source, ...]) -> Mapping[Source, Roster]:
        """The people of each source, with language and time zone."""
        ...

    def channel(self, channel: str) -> ChannelFacts:
        """The facts of a channel."""
        ...
