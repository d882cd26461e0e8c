"""Drafts the season's report (*Hvad blev der af det?*): what became of every wish.

It is a digest without a week, made of what politicians have read already: issued digests, released answers and promises. It never quotes,
so nothing can be withdrawn from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from bot.confidentiality.floors import effective_floors
from bot.database.insert_once import write_once
from bot.dialogue.digests.digest_content import answers_of_week, checksum, content_of, people_of
from bot.dialogue.digests.draft import add_link, latest_digest
from bot.dialogue.responses import ledger
from bot.local_time import today
from bot.models import Digest, DigestState, Round
from bot.programme import Week

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import Content, SeasonReport, WeekAnswers
    from bot.programme import Programme


_is_report = Digest.programme == bindparam("programme"), Digest.week.is_(None), Digest.drafted_at >= bindparam("end")
SELECT_REPORT = select(Digest).where(*_is_report).order_by(Digest.number.desc()).limit(1)


def report_after(session: Session, last: Round) -> Digest | None:
    """The report of the season whose last round this is, if it has been drafted."""
    return session.scalar(SELECT_REPORT, {"programme": last.programme, "end": last.closes_at})


def draft_report(session: Session, now: datetime, programme: Programme, last: Round, post_at: datetime) -> Digest | None:
    """Draft the report after a season's last round; None if another process writes a digest at the same moment."""
    content = _content(session, now, programme, post_at)
    row: dict[str, object] = {
        "programme": content["programme"],
        "week": None,
        "number": content["number"],
        "state": DigestState.IN_REVIEW,
        "counts": {},
        "content": content,
        "checksum": checksum(content),
        "drafted_at": now,
        "post_at": post_at,
    }
    return report_after(session, last) if write_once(session, Digest, [row]) else None


def _content(session: Session, now: datetime, programme: Programme, post_at: datetime) -> Content:
    of_programme = select(Digest).where(Digest.programme == programme.id, Digest.week.is_not(None))
    issued = session.scalars(of_programme.where(Digest.state == DigestState.ISSUED).order_by(Digest.number)).all()
    last = latest_digest(session, programme.id)
    content: Content = {
        "programme": programme.id,
        "title": {"da": programme.title.da, "en": programme.title.en},
        "number": 1 if last is None else last.number + 1,
        "week": str(Week.of(today(now, programme.timezone))),
        "floor": max([effective_floors(programme.floors).people, *(content_of(digest)["floor"] for digest in issued)]),
        "themes": [],
        "also_asked": [],
        "compared": None,
        "heard": None,
        "since_last": [],
        "ledger": ledger.every_fate(session, now, programme, post_at=post_at),
        "report": _report(session, now, programme, issued),
    }
    if programme.digest.committee is not None:
        content["committee"] = {"da": programme.digest.committee.da, "en": programme.digest.committee.en}
    add_link(content, last)
    return content


def _report(session: Session, now: datetime, programme: Programme, issued: Sequence[Digest]) -> SeasonReport:
    rounds = session.scalars(select(Round).where(Round.programme == programme.id).order_by(Round.opens_at, Round.id)).all()
    titles = {round_.theme: round_.snapshot["theme"]["title"] for round_ in rounds}
    return {
        "weeks": [answers for digest in issued if (answers := _answers_in_print(content_of(digest))) is not None],
        "themes": list(titles.values()),
        "questions": len(rounds),
        "as_of": today(now, programme.timezone).isoformat(),
    }


def _answers_in_print(content: Content) -> WeekAnswers | None:
    """The sum of what a digest prints of its themes, also where one of them had too few answers; None if it prints nothing."""
    return answers_of_week({**content, "themes": [theme for theme in content["themes"] if people_of(theme) is not None]})
