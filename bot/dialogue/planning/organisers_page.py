"""Collects what an organiser's own page tells: what comes next, what waits for a decision, and who was not found.

All of it is read from the database. It is told in the organiser's language, and it counts nobody by what they did.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from bot.confidentiality.deletion.expired_rows import NO_NAMES
from bot.days_off import DaysOff
from bot.dialogue import list_holds, roster
from bot.dialogue.digests import digest_review, quote_review
from bot.dialogue.digests.digest_text import period
from bot.dialogue.planning import plan_review
from bot.dialogue.planning.pause_for_all import open_pause
from bot.dialogue.planning.plan import Item
from bot.dialogue.planning.what_waits import find_waiting
from bot.dialogue.responses import ledger, promises, response_review
from bot.dialogue.responses.due_promises import is_overdue
from bot.local_time import today
from bot.models import Digest
from bot.programme import Review
from bot.seam.meaning import DigestText, Part
from bot.wording import say, say_n
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan import Coming
    from bot.dialogue.planning.what_waits import WaitingDigest
    from bot.programme import Programme
    from bot.seam.meaning import DigestDraft, Meaning

MOST_LINES: Final = 5  # of a part
MOST_WAITING: Final = 8


def page_parts(session: Session, now: datetime, programme: Programme, coming: Sequence[Coming]) -> tuple[Part, ...]:
    """What an organiser reads on their page, in the programme's language. `coming`: the next things that happen."""
    language, is_paused = programme.language, open_pause(session) is not None
    parts = (
        (
            say(language, "home.next.paused" if is_paused else "home.next"),
            [_next_in_words(programme, item) for item in coming] or [say(language, "home.next.none")],
        ),
        (say(language, "home.digest"), list(_last_digest(session, programme))),
        (say(language, "home.open_promises"), _first(programme, _promises(session, now, programme))),
        (
            say(language, "home.missing"),
            [_missing_in_words(programme, notice.values) for notice in roster.people_missing(session, programme.id)],
        ),
    )
    return tuple(Part(heading=heading, lines=_list(lines)) for heading, lines in parts if lines)


def _list(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines as they stand below each other: each with a mark, unless there is only one, and a capital letter."""
    mark = "• " if len(lines) > 1 else ""
    return tuple(f"{mark}{line[:1].upper()}{line[1:]}" for line in lines)


def _next_in_words(programme: Programme, item: Coming) -> str:
    """One thing that comes next, with its day and its question."""
    language, at = programme.language, moment_in(programme.language, item.at, programme.timezone)
    asks = " / ".join(say(language, "home.next.ask", ask=programme.question(question).ask.in_(language)) for question in item.questions)
    if item.item is Item.ROUND and item.people:
        return say_n(language, "home.next.round.listed", item.people, at=at, asks=asks)
    unhindered = item.item is Item.DIGEST and programme.digest.review is Review.QUOTES_ONLY
    return say(language, "home.next.unhindered" if unhindered else f"home.next.{item.item.value}", at=at, asks=asks)


def _last_digest(session: Session, programme: Programme) -> Iterator[str]:
    """The state of the last digest, in a line."""
    of_programme = select(Digest).where(Digest.programme == programme.id)
    digest = session.scalar(of_programme.order_by(Digest.number.desc()).limit(1))
    if digest is not None:
        status = digest_review.status(session, programme, digest, programme.language)
        yield say(programme.language, "home.digest.state", number=digest.number, period=period(programme.language, digest), status=status)


def _promises(session: Session, now: datetime, programme: Programme) -> list[str]:
    """The promises that politicians have still to keep, the oldest first."""
    day, days_off = today(now, programme.timezone), DaysOff.of(programme)
    waiting = {promise.id: promise for wish in ledger.wishes(session, programme, now) for promise in wish.promises}
    return [
        promises.promise_in_words(session, programme.language, promise, overdue=is_overdue(promise, day, days_off))
        for _, promise in sorted(waiting.items())
    ]


def _missing_in_words(programme: Programme, values: Mapping[str, Any]) -> str:
    """Who of a list is not found, by its entries; their number alone once the names are deleted."""
    if values["people"] == NO_NAMES:
        return say_n(programme.language, "home.missing.some", values["n"], source=values["source"])
    return say(programme.language, "home.missing.entries", source=values["source"], people=values["people"])


def _first(programme: Programme, lines: list[str]) -> list[str]:
    more = len(lines) - MOST_LINES
    return lines if more <= 0 else [*lines[:MOST_LINES], say_n(programme.language, "home.more", more)]


def what_waits(session: Session, programme: Programme) -> tuple[tuple[Meaning, ...], int]:
    """What waits for an organiser, the most urgent first, and how much more waits than is shown."""
    found = find_waiting(session, programme)
    waiting = [
        *([] if found.plan is None else [plan_review.plan_as_it_stands(programme, found.plan)]),
        *(list_holds.hold_as_it_stands(programme, hold) for hold in found.lists),
        *(meaning for digest in found.digests for meaning in _digest(session, programme, digest)),
        *(response_review.response_as_it_stands(session, programme, response) for response in found.responses),
        *found.wishes,
    ]
    return tuple(waiting[:MOST_WAITING]), max(0, len(waiting) - MOST_WAITING)


def waiting_part(programme: Programme, waiting: Sequence[Meaning], more: int) -> Part:
    """The heading above what waits, or that nothing does."""
    language = programme.language
    lines = [say(language, "home.waiting.some" if waiting else "home.waiting.none")]
    lines += [say_n(language, "home.waiting.more", more)] if more else []
    return Part(heading=say(language, "home.waiting"), lines=tuple(lines))


def _digest(session: Session, programme: Programme, waiting: WaitingDigest) -> Iterator[Meaning]:
    """A draft that can be approved, or a digest in doubt; and its quotes that wait."""
    if waiting.is_draft or waiting.in_doubt:
        yield _short_draft(session, programme, waiting)
    if waiting.has_quotes:
        yield quote_review.review_as_it_stands(session, programme, waiting.digest)


def _short_draft(session: Session, programme: Programme, waiting: WaitingDigest) -> DigestDraft:
    """A draft without what stands in it: its headline, its status and its buttons. The whole of it is in the organisers' channel."""
    digest = waiting.digest
    if waiting.in_doubt:
        draft = digest_review.doubt_as_it_stands(session, programme, digest)
    else:
        draft = digest_review.draft_as_it_stands(session, programme, digest)
        draft = replace(draft, intro=say(programme.language, "home.draft", number=digest.number))
    return replace(draft, text=DigestText(headline=draft.text.headline, parts=(), foot=""))
