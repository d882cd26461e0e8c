"""Ends a season: the report of what became of every wish, and the thanks to those who took part.

Two steps of the beat. A season has ended when at least one round went out, none is to be opened, and all have closed. If the programme is
made longer later, a new end has a report and thanks of its own. During a pause for all both wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, func, select

from bot.confidentiality.deletion import tombstones
from bot.database.look_ahead import once_in_a_look
from bot.days_off import DaysOff
from bot.dialogue.digests import digest_review
from bot.dialogue.planning import pause_for_all
from bot.dialogue.rounds import opening
from bot.dialogue.season import report, thanks
from bot.local_time import DAY, WEEK, in_sending_hours
from bot.models import Digest, DigestState, OutboxMessage, Round
from schedules import due
from schedules.planning.progress import rounds_to_open
from schedules.programme_store import CARE_AFTER_END

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from schedules.due import EndPlan


def last_round_and_report(session: Session, programme: Programme) -> tuple[Round | None, Digest | None]:
    """The round that closes last, of those that went out, and the report after it."""
    last = last_round(session, programme.id)
    return last, None if last is None else report.report_after(session, last)


_rounds = select(Round).where(Round.programme == bindparam("programme"))
SELECT_LAST_ROUND = _rounds.order_by(Round.closes_at.desc(), Round.id.desc()).limit(1)


@once_in_a_look
def last_round(session: Session, programme_id: str) -> Round | None:
    """The round that closes last, of those that went out."""
    return session.scalar(SELECT_LAST_ROUND, {"programme": programme_id})


def season_has_ended(session: Session, programme: Programme) -> bool:
    """Whether a season that has begun has ended, also when it was cut short."""
    is_open = select(Round.id).where(Round.programme == programme.id, Round.closed_at.is_(None)).limit(1)
    return session.scalar(is_open) is None and not rounds_to_open(session, programme)


def is_in_care(session: Session, now: datetime, since: datetime) -> bool:
    """Whether the bot still looks after what ended at `since`. A pause for all takes nothing of that time."""
    paused = pause_for_all.was_paused_between
    return now <= since + CARE_AFTER_END or (paused(session, since, since + CARE_AFTER_END) and paused(session, now - CARE_AFTER_END, now))


def needs_care(session: Session, now: datetime, programme: Programme) -> bool:
    """Whether a season's end is not done: a report is to be drafted or issued, or was issued lately."""
    last, digest = last_round_and_report(session, programme)
    if last is None:
        return False
    if digest is None:
        return _is_report_wanted(session, now, programme, last)
    if digest.issued_at is None:
        return digest.state is not DigestState.PURGED
    return is_in_care(session, now, digest.issued_at)


def next_moment(session: Session, now: datetime, programme: Programme) -> datetime | None:
    """When people are thanked, or the season's report is drafted or posted, whichever comes next; None: all that is past."""
    last, digest = last_round_and_report(session, programme)
    if last is None:
        return None
    plan = due.plan_end(programme, last.closes_at)
    moments = (plan.thanks, plan.draft, plan.draft + WEEK) if digest is None else (digest.post_at,)
    return next((at for at in moments if at > now), None)


def draft_report(session: Session, now: datetime, programme: Programme) -> None:
    """Draft the report of a season that has ended, once for its last round, and submit it to the organisers.

    While questions are to come again, one that was not issued is held.
    """
    last, digest = last_round_and_report(session, programme)
    if digest is not None and digest.state is not DigestState.ISSUED and not season_has_ended(session, programme):
        digest_review.set_aside(session, now, programme, digest)
    is_quiet = in_sending_hours(now, programme.timezone, DaysOff.of(programme)) != now  # organisers read it at once
    if last is None or digest is not None or is_quiet:
        return
    plan = due.plan_end(programme, last.closes_at)
    if now >= plan.draft and _is_report_wanted(session, now, programme, last) and _are_weeks_told(session, now, programme, plan):
        post_at = plan.post if now < plan.draft + DAY else due.post_after(programme, now)  # organisers have time to read it
        digest = report.draft_report(session, now, programme, last, post_at)
        if digest is not None:
            digest_review.submit_draft(session, now, programme, digest)


def _is_report_wanted(session: Session, now: datetime, programme: Programme, last: Round) -> bool:
    """Whether a season has ended, and not so long ago that nobody expects a report any more."""
    last_drafted = session.scalar(select(func.max(Digest.drafted_at)).where(Digest.programme == programme.id))
    return is_in_care(session, now, max(last.closes_at, last_drafted or last.closes_at)) and season_has_ended(session, programme)


def _are_weeks_told(session: Session, now: datetime, programme: Programme, plan: EndPlan) -> bool:
    """Whether every week's digest is issued. Those that are not are waited for a week."""
    is_waiting = Digest.programme == programme.id, Digest.week.is_not(None), Digest.state != DigestState.ISSUED
    drafted_at = session.scalars(select(Digest.drafted_at).where(*is_waiting)).all()
    is_any_waiting = drafted_at or opening.weeks_to_draft(session, programme.id)
    return not is_any_waiting or now >= max([plan.draft, *drafted_at]) + WEEK


def thank(session: Session, now: datetime, programme: Programme) -> None:
    """Thank all who took part in a season that has ended, while they can still read their last answers."""
    last = last_round(session, programme.id)
    if last is None or now < due.plan_end(programme, last.closes_at).thanks:
        return
    if is_in_care(session, now, last.closes_at) and season_has_ended(session, programme):
        thanks.queue_thanks(session, now, programme, last)


def take_back_thanks(session: Session, programme: Programme) -> None:
    """Delete the thanks that wait if the season goes on after all; its new end has thanks of its own."""
    waits = thanks.waiting_thanks(programme)
    if session.scalar(select(exists().where(*waits))) and not season_has_ended(session, programme):
        tombstones.delete_rows(session, OutboxMessage, *waits)
