"""Message facts: what a row of the outbox remembers to be composed from, one class for each kind of message.

A row stores them as JSON. Ids and figures only, never a reply's words. A field that is not set is not stored. What a row holds besides the
fields, from an earlier version, is not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from bot.states import MessageKind

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts of a kind of message. Each field has the name under which it is stored."""

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """The facts that a row stores."""
        return cls(**{field_.name: stored[field_.name] for field_ in fields(cls) if field_.name in stored})

    def as_stored(self) -> dict[str, Any]:
        """The facts as a row stores them."""
        values = {field_.name: getattr(self, field_.name) for field_ in fields(self)}
        return {name: value for name, value in values.items() if value is not None and value is not False}


@dataclass(frozen=True, kw_only=True)
class WelcomeFacts(Facts):
    """A welcome names the day of the person's first question (an ISO date), if it is known."""

    first_question: str | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionFacts(Facts):
    """A question or its reminder: the id of the question that the person is asked."""

    question: str


@dataclass(frozen=True, kw_only=True)
class DigestFacts(Facts):
    """A digest, or the change of one that is posted. The row's `digest_id` is the same id."""

    digest: int | None = None


@dataclass(frozen=True, kw_only=True)
class DraftFacts(DigestFacts):
    """A digest put to the organisers. `say`: the alarm that introduces it; `doubt`: it may have been posted already."""

    say: str | None = None
    doubt: bool = False


@dataclass(frozen=True, kw_only=True)
class QuoteReviewFacts(DigestFacts):
    """The quotes of a digest, put to the organisers; `again`: brought to their mind."""

    again: bool = False


@dataclass(frozen=True, kw_only=True)
class AnswerFacts(Facts):
    """A political answer, by its id, for a participant."""

    response: int


@dataclass(frozen=True, kw_only=True)
class ResponseReviewFacts(AnswerFacts):
    """A political answer, put to the organisers; `again`: brought to their mind."""

    again: bool = False


@dataclass(frozen=True, kw_only=True)
class PromiseFacts(AnswerFacts):
    """A promise, by the id of the response that made it, whose day has come.

    `again`: its politician is reminded; `declined`: what its reader told of it was not released.
    """

    again: bool = False
    declined: bool = False


@dataclass(frozen=True, kw_only=True)
class WishFacts(DigestFacts):
    """The wishes on one theme (its id) of a digest, which wait for an answer."""

    theme: str


@dataclass(frozen=True, kw_only=True)
class ListReviewFacts(Facts):
    """A held list, by the id of its hold, put to the organisers; `again`: brought to their mind."""

    hold: int
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanFacts(Facts):
    """A held plan, by the id of its version, put to the organisers; `again`: brought to their mind."""

    version: int
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class PauseFacts(Facts):
    """A pause for all, by its id, of which a participant is told."""

    pause: int


@dataclass(frozen=True, kw_only=True)
class RedrawFacts(Facts):
    """The id of the row whose message is drawn anew."""

    message: int


@dataclass(frozen=True, kw_only=True)
class ReasonFacts(Facts):
    """Why a quote was declined, or what is void after a restore."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class NoticeFacts(Facts):
    """The key of a sentence, and its values."""

    say: str
    values: Mapping[str, Any] = field(default_factory=dict)


ReviewFacts: TypeAlias = DraftFacts | QuoteReviewFacts | ResponseReviewFacts | ListReviewFacts | WishFacts | PlanFacts
REVIEW_FACTS: Mapping[MessageKind, type[ReviewFacts]] = {
    MessageKind.DRAFT: DraftFacts,
    MessageKind.QUOTE_REVIEW: QuoteReviewFacts,
    MessageKind.RESPONSE_REVIEW: ResponseReviewFacts,
    MessageKind.LIST_REVIEW: ListReviewFacts,
    MessageKind.WISH_UNANSWERED: WishFacts,
    MessageKind.PLAN_REVIEW: PlanFacts,
}
