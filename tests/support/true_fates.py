"""Compares what a season shows of its wishes, and whom it has reminded, with what must be true of it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.dialogue.responses import ledger
from bot.local_time import today
from bot.models import Digest, MessageKind, Response, ResponseState
from bot.programme import Language, Week
from bot.seam.actions import LedgerWanted, ResponseKind
from bot.seam.answers import Ledger
from bot.wording import say, say_n
from handlers.rights import HANDLERS
from tests.support.database import unit_of_work
from tests.support.promise_season import first_answer, true_state, wishes_posted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from tests.support.promise_season import PromiseSeason

PARTICIPANT = "US0LEADERS0"
WEEK, FORTNIGHT = timedelta(weeks=1), timedelta(weeks=2)
FINISHED = {"done", "dropped", "not_ours"}


def wrong_states(season: PromiseSeason) -> list[str]:
    """Where the ledger, a participant's page or the newest digest tells another state than the true one."""
    with unit_of_work(season.database) as session:
        return [*_wrong_in_ledger(session, season), *_wrong_on_page(session, season), *_wrong_in_digest(session)]


def _wrong_in_ledger(session: Session, season: PromiseSeason) -> Iterator[str]:
    now = season.now
    told = {(wish.digest.number, wish.theme): wish.state.value for wish in ledger.wishes(session, season.programme, now)}
    true = {(digest.number, theme): true_state(session, digest, theme, now) for digest, theme in wishes_posted(session, now)}
    if told != true:
        yield f"at {now} the ledger tells {told}, and true is {true}"


def _wrong_on_page(session: Session, season: PromiseSeason) -> Iterator[str]:
    """What a participant opens under *Det kom der ud af det*."""
    shown = HANDLERS[LedgerWanted](LedgerWanted(who=PARTICIPANT), session, season.now, season.programme)
    assert isinstance(shown, Ledger)
    posted = wishes_posted(session, season.now)[::-1]
    if len(shown.entries) != len(posted):
        yield f"at {season.now} the page shows {len(shown.entries)} entries for {len(posted)} wishes"
    for entry, (digest, theme) in zip(shown.entries, posted, strict=False):
        state, weeks = true_state(session, digest, theme, season.now), (season.now - digest.post_at).days // 7
        told = say_n(Language.DA, "ledger.waiting.weeks", weeks) if state == "waiting" and weeks else say(Language.DA, f"ledger.{state}")
        if told not in entry.lines or f"uge {Week.parse(digest.week).number}" not in entry.heading.lower():
            yield f"at {season.now} the page tells {entry}, and true of {digest.week} is {state}"


def _wrong_in_digest(session: Session) -> Iterator[str]:
    digests = session.scalars(select(Digest).order_by(Digest.number.desc()).limit(2)).all()
    newest, before = digests[0], next(iter(digests[1:]), None)
    told = {(fate["digest"], fate["theme"]["en"]): (fate["state"], fate["weeks"], "changed" in fate) for fate in newest.content["ledger"]}
    true = {}
    for digest, theme in wishes_posted(session, newest.drafted_at):
        state = true_state(session, digest, theme, newest.drafted_at)
        has_changed = before is None or digest is before or state != true_state(session, digest, theme, before.drafted_at)
        title = next(shown["title"]["en"] for shown in digest.content["themes"] if shown["theme"] == theme)
        if state not in FINISHED or has_changed:
            true[digest.number, title] = state, (newest.post_at - digest.post_at).days // 7, has_changed and state != "waiting"
    if told != true:
        yield f"digest {newest.number} tells {told}, and true is {true}"


def wrong_alarms(season: PromiseSeason) -> list[str]:
    """Which question about a promise, reminder or alarm about wishes came too often, wrongly or not at all."""
    sent = Counter(said.key for said in season.said if said.kind in {MessageKind.PROMISE_DUE, MessageKind.WISH_UNANSWERED})
    with unit_of_work(season.database) as session:
        due = {*_alarms_due(session, season.now), *_promises_due(session, season)}
    return [*(f"{key} came {number} times" for key, number in sent.items() if number > 1), *map(str, due ^ set(sent))]


def _alarms_due(session: Session, now: datetime) -> Iterator[str]:
    for digest, theme in wishes_posted(session, now - FORTNIGHT):
        answered = first_answer(session, digest, theme)
        if digest.issued_at is not None and (answered is None or answered > digest.issued_at + FORTNIGHT):
            yield f"unanswered:{digest.id}:{theme}"


def _promises_due(session: Session, season: PromiseSeason) -> Iterator[str]:
    """What must have been asked: on the day, all of these are working days, and a week later if nobody had told by then."""
    released = select(Response).where(Response.kind == ResponseKind.TAKE_UP, Response.state == ResponseState.RELEASED)
    for promise in session.scalars(released):
        told = session.scalars(select(Response.written_at).where(Response.promise_id == promise.id)).first()
        asked = next((said.at for said in season.said if said.key == f"promise:{promise.id}"), None)
        if promise.due_on is not None and promise.due_on <= today(season.now, season.programme.timezone):
            yield f"promise:{promise.id}"
            if asked is not None and season.now >= asked + WEEK and (told is None or told >= asked + WEEK):
                yield f"promise:{promise.id}:again"
