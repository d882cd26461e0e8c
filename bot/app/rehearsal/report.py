"""The report of a rehearsal: its digests and its closing table.

The digests in words, a table of what went out each week, and what became of the wishes. Who answered is shown as the digests show it, under
the floors; how many were asked is exact, since everyone in a rehearsal is made up.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.confidentiality.floors import effective_floors
from bot.dialogue.digests.digest_content import content_of, people_of
from bot.dialogue.digests.digest_reading import digest_as_it_stands
from bot.dialogue.digests.digest_text import as_text
from bot.dialogue.responses import ledger
from bot.dialogue.snapshot import may_be_quoted_in
from bot.models import Digest, MessageKind, MessageState, MissedSlot, OutboxMessage, Response, ResponseState, Round
from bot.states import UNDELIVERED
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Language, Programme

RULE = "─" * 72
COLUMNS = (
    "command.rehearse.week",
    "command.rehearse.asked",
    "command.rehearse.answered",
    "command.rehearse.digest",
    "command.rehearse.theme",
)


def digests_as_text(session: Session, programme: Programme, language: Language) -> str:
    """Every digest of the programme, one after the other."""
    digests = session.scalars(select(Digest).where(Digest.programme == programme.id).order_by(Digest.number)).all()
    return "\n".join(f"{RULE}\n{as_text(digest_as_it_stands(session, digest, language))}\n" for digest in digests) + RULE


def closing_table(session: Session, programme: Programme, language: Language) -> str:
    """Week by week: questions sent, who answered (as printed), the digest's state, the theme; then the sums."""
    rounds = session.scalars(select(Round).where(Round.programme == programme.id).order_by(Round.week, Round.day)).all()
    rows = [_row(session, programme, round_, language) for round_ in rounds]
    headings = [say(language, column) for column in COLUMNS]
    sums = (say(language, "command.rehearse.sum"), str(sum(int(row[1]) for row in rows)), "", "", "")
    return "\n".join([_table([headings, *rows, sums]), "", *_totals(session, programme, language)])


def _row(session: Session, programme: Programme, round_: Round, language: Language) -> tuple[str, ...]:
    digest = session.scalar(select(Digest).where(Digest.programme == programme.id, Digest.week == round_.week))
    return (
        round_.week,
        str(_count_asked(session, round_)),
        _figure_of(digest, round_.theme, language),
        f"{digest.number} {say(language, f'command.rehearse.state.{digest.state.value}')}"
        if digest
        else say(language, "command.rehearse.no_digest"),
        str(round_.snapshot["theme"]["title"][language.value]),
    )


def _count_asked(session: Session, round_: Round) -> int:
    """How many people its question has reached; once it is detached, the number is all that is left of them."""
    if round_.counts is not None:
        return int(round_.counts["asked"])
    is_sent_question = (
        OutboxMessage.round_id == round_.id,
        OutboxMessage.kind == MessageKind.QUESTION,
        OutboxMessage.state == MessageState.SENT,
    )
    return session.scalar(select(func.count()).where(*is_sent_question)) or 0


def _figure_of(digest: Digest | None, theme: str, language: Language) -> str:
    figures = {part["theme"]: people_of(part) for part in content_of(digest)["themes"]} if digest else {}
    people = figures.get(theme)
    if people is None:
        return say(language, "command.rehearse.too_few")
    return say(language, "command.rehearse.or_more", people=people.number) if people.or_more else str(people.number)


def fates(session: Session, programme: Programme, now: datetime, language: Language) -> str:
    """What became of the wishes: how many are in which state, in one line."""
    states = Counter(wish.state for wish in ledger.wishes(session, programme, now))
    told = [say(language, f"command.rehearse.fate.{state.value}", n=states[state]) for state in ledger.WishState if states[state]]
    return say(language, "command.rehearse.wishes", fates=", ".join(told) or say(language, "command.rehearse.no_wishes"))


def _totals(session: Session, programme: Programme, language: Language) -> list[str]:
    """What else there is to tell."""
    of_programme = OutboxMessage.programme == programme.id
    undelivered = session.scalar(select(func.count()).where(of_programme, OutboxMessage.state.in_(UNDELIVERED))) or 0
    counts_of_detached = session.scalars(select(Round.counts).where(Round.programme == programme.id, Round.detached_at.is_not(None)))
    undelivered += sum(counts["not_reached"] for counts in counts_of_detached if counts is not None)
    answers = session.scalar(select(func.count()).select_from(Response).where(Response.state == ResponseState.RELEASED))
    missed = session.scalar(select(func.count()).where(MissedSlot.programme == programme.id))
    return [
        say(language, "command.rehearse.not_asked", n=missed),
        say(language, "command.rehearse.not_delivered", n=undelivered),
        say(language, "command.rehearse.answers", n=answers),
        *_say_why_unquoted(session, programme, language),
    ]


def _say_why_unquoted(session: Session, programme: Programme, language: Language) -> list[str]:
    """Why there are no quotes, if no round asked enough people for any."""
    rounds = session.scalars(select(Round).where(Round.programme == programme.id)).all()
    if any(may_be_quoted_in(programme, round_) for round_ in rounds):
        return []
    return [say(language, "command.rehearse.unquoted", floor=effective_floors(programme.floors).asked)]


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
