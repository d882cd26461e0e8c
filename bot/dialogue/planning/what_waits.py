"""Finds what waits for an organiser's decision: for their own page, and for the week's plan in their channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.dialogue.digests import digest_review, quotes
from bot.dialogue.digests.uncertain import is_uncertain
from bot.dialogue.planning import versions
from bot.dialogue.responses import unanswered
from bot.message_facts import WishFacts
from bot.models import Digest, DigestState, HoldState, ListHold, MessageKind, MessageState, OutboxMessage, Response, ResponseState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.models import ProgrammeVersion
    from bot.programme import Programme
    from bot.seam.meaning import WishUnanswered


@dataclass(frozen=True, kw_only=True)
class WaitingDigest:
    """A digest that waits: as a draft, in doubt, or with quotes that nobody has decided on."""

    digest: Digest
    is_draft: bool
    in_doubt: bool
    has_quotes: bool


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """All that waits for an organiser in a programme."""

    plan: ProgrammeVersion | None
    lists: tuple[ListHold, ...]
    digests: tuple[WaitingDigest, ...]
    responses: tuple[Response, ...]
    wishes: tuple[WishUnanswered, ...]


def find_waiting(session: Session, programme: Programme) -> Waiting:
    """All that waits, each kind in its order."""
    held = ListHold.programme == programme.id, ListHold.state == HoldState.HELD
    of_programme = select(Response).join(Digest, Digest.id == Response.digest_id).where(Digest.programme == programme.id)
    stored = of_programme.where(Response.state == ResponseState.STORED).order_by(Response.id)
    return Waiting(
        plan=versions.version_held(session, programme.id),
        lists=tuple(session.scalars(select(ListHold).where(*held).order_by(ListHold.id))),
        digests=tuple(_digests(session, programme)),
        responses=tuple(session.scalars(stored)),
        wishes=tuple(_wishes(session, programme)),
    )


def _digests(session: Session, programme: Programme) -> Iterator[WaitingDigest]:
    for digest in digest_review.digests_to_issue(session, programme.id):
        is_draft, in_doubt = digest.state in digest_review.OPEN_STATES, is_uncertain(session, digest)
        has_quotes = quotes.is_open_for_review(digest) and quotes.is_any_waiting(session, digest)
        if is_draft or in_doubt or has_quotes:
            yield WaitingDigest(digest=digest, is_draft=is_draft, in_doubt=in_doubt, has_quotes=has_quotes)


def _wishes(session: Session, programme: Programme) -> Iterator[WishUnanswered]:
    """The wishes of which organisers have heard that nobody answers, and about which they have asked nobody."""
    told = OutboxMessage.programme == programme.id, OutboxMessage.kind == MessageKind.WISH_UNANSWERED
    messages = session.scalars(select(OutboxMessage).where(*told, OutboxMessage.state != MessageState.CANCELLED).order_by(OutboxMessage.id))
    for message in messages:
        digest = session.get_one(Digest, message.digest_id)
        wishes = unanswered.wishes_as_they_stand(session, programme, digest, WishFacts.read(message.facts).theme)
        if wishes.open and wishes.status is None and digest.state is DigestState.ISSUED:
            yield wishes
