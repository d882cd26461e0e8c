"""The ledger of promises: what became of the wishes on each theme of each digest.

It is worked out anew each time from the issued digests and what politicians said of them, so nothing can contradict it. An entry names the
wishes by week, theme and shared words. It never holds a quote, so what is withdrawn is gone here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.days_off import DaysOff
from bot.dialogue.digests.digest_content import content_of, title_of, week_of
from bot.dialogue.responses.due_promises import day_asked, is_open_to_all, is_overdue, outcomes_of
from bot.dialogue.responses.echoes import PostedQuotes
from bot.local_time import DAY, start_of_day, today
from bot.models import Digest, DigestState, Response, ResponseState
from bot.programme import Programme
from bot.seam.actions import ResponseKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import BothLanguages, Promised, WishFate
    from bot.dialogue.snapshot import ProgrammeOnRecord


class WishState(StrEnum):
    """The fate of the wishes on one theme of one digest. The words stand in stored contents of digests."""

    WAITING = "waiting"  # nobody has answered
    ON_ITS_WAY = "on_its_way"  # an answer waits for the organisers
    HEARD = "heard"  # answered, without promise or refusal
    TAKEN_UP = "taken_up"  # a promise is open
    OVERDUE = "overdue"  # and the day on which it is asked about has passed
    DONE = "done"
    DROPPED = "dropped"
    NOT_OURS = "not_ours"


FINISHED = frozenset({WishState.DONE, WishState.DROPPED, WishState.NOT_OURS})
TOLD_IN_WORDS = FINISHED | {WishState.TAKEN_UP, WishState.OVERDUE}  # with what was promised, or the reason
OUTCOMES = (ResponseKind.DONE, ResponseKind.DROPPED)  # what a politician may tell of a promise
_FINISHING = {
    ResponseKind.DONE: WishState.DONE,
    ResponseKind.DROPPED: WishState.DROPPED,
    ResponseKind.NOT_OURS: WishState.NOT_OURS,
}


@dataclass(frozen=True, kw_only=True)
class Fate:
    """The state of some wishes, the answer that decides it, and the open promises.

    Nothing decides while they wait; the oldest promise stands first.
    """

    state: WishState
    decisive: Response | None = None
    promises: tuple[Response, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The wishes on one theme of an issued digest: an entry of the ledger.

    `shared`: words that enough of those with a wish share. `since`: when it came into its state. `answers`: what politicians said, stored
    or released, the oldest first; of them `decisive` decides the state, and `promises` are open.
    """

    digest: Digest
    theme: str
    title: BothLanguages
    shared: tuple[str, ...]
    state: WishState
    since: datetime
    answers: tuple[Response, ...]
    decisive: Response | None
    promises: tuple[Response, ...]


def fate_of(answers: Sequence[Response], day: date, days_off: DaysOff | None = None) -> Fate:
    """The fate of wishes on a day, by the answers in their order; declined ones count for nothing."""
    released = [answer for answer in answers if answer.state is ResponseState.RELEASED]
    promises = tuple(answer for answer in released if answer.kind is ResponseKind.TAKE_UP and not _is_closed(answer, released))
    overdue = [promise for promise in promises if is_overdue(promise, day, days_off)]
    finishing = [answer for answer in released if _finishes(answer)]
    if overdue:
        return Fate(state=WishState.OVERDUE, decisive=_newest(overdue), promises=promises)
    if promises:
        return Fate(state=WishState.TAKEN_UP, decisive=_newest(promises), promises=promises)
    if finishing:
        last = _newest(finishing)
        return Fate(state=_FINISHING[last.kind], decisive=last)
    if released:
        return Fate(state=WishState.HEARD, decisive=_newest(released))
    stored = [answer for answer in answers if answer.state is ResponseState.STORED]
    return Fate(state=WishState.ON_ITS_WAY, decisive=stored[0]) if stored else Fate(state=WishState.WAITING)


def _is_closed(promise: Response, released: Iterable[Response]) -> bool:
    """Whether it was told what became of a promise, or whoever made it has promised anew."""
    return any(
        answer.promise_id == promise.id
        or (
            answer.kind is ResponseKind.TAKE_UP
            and answer.place in {promise.place, None}  # one about another quote says nothing of it
            and (answer.person_id == promise.person_id and answer.id > promise.id)
        )
        for answer in released
    )


def _finishes(answer: Response) -> bool:
    """Whether an answer ends the matter. What is said of one quote refuses nothing that the others wish."""
    return answer.kind in OUTCOMES or (answer.kind is ResponseKind.NOT_OURS and answer.place is None)


def _newest(answers: Iterable[Response]) -> Response:
    return max(answers, key=lambda answer: (_moment_of(answer), answer.id))


def _moment_of(answer: Response) -> datetime:
    return answer.released_at or answer.written_at


def wishes(session: Session, programme: Programme | ProgrammeOnRecord, now: datetime) -> list[Wish]:
    """The ledger of a programme, the oldest entry first."""
    issued = Digest.programme == programme.id, Digest.state == DigestState.ISSUED
    digests = session.scalars(select(Digest).where(*issued).order_by(Digest.number)).all()
    select_answers = select(Response).join(Digest, Digest.id == Response.digest_id).where(*issued)
    said = session.scalars(select_answers.where(Response.state != ResponseState.DECLINED).order_by(Response.id)).all()
    return [
        _entry(programme, now, digest, theme, tuple(answer for answer in said if answers_wishes(answer, digest.id, theme)))
        for digest in digests
        for theme in digest.wishes or ()
    ]


def stands(session: Session, promise: Response) -> bool:
    """Whether a released promise is still open for some of the wishes that it is about."""
    digest = session.get_one(Digest, promise.digest_id)
    of_digest = Response.digest_id == digest.id, Response.state == ResponseState.RELEASED
    released = session.scalars(select(Response).where(*of_digest)).all()
    themes: Sequence[str | None] = digest.wishes or [None] if promise.theme is None else [promise.theme]
    return any(not _is_closed(promise, [answer for answer in released if answer.theme in {None, theme}]) for theme in themes)


def answers_wishes(answer: Response, digest_id: int, theme: str) -> bool:
    """Whether an answer is one to the wishes on a theme of a digest. One to the whole digest answers all its wishes.

    One to a quote that is no wish answers none. What the quote was is remembered, because it may be withdrawn.
    """
    return answer.digest_id == digest_id and answer.theme in {None, theme} and answer.wish is not False


def _entry(programme: Programme | ProgrammeOnRecord, now: datetime, digest: Digest, theme: str, answers: tuple[Response, ...]) -> Wish:
    days_off = DaysOff.of(programme) if isinstance(programme, Programme) else DaysOff.in_zone(programme.timezone)
    fate = fate_of(answers, today(now, programme.timezone), days_off)
    return Wish(
        digest=digest,
        theme=theme,
        title=title_of(digest, theme) or {"da": theme, "en": theme},
        shared=words_of_wishes(digest, theme),
        state=fate.state,
        since=_since(programme, digest, fate, days_off),
        answers=answers,
        decisive=fate.decisive,
        promises=fate.promises,
    )


def words_of_wishes(digest: Digest, theme: str) -> tuple[str, ...]:
    """The words that enough of those with a wish on a theme share."""
    of_theme = (figures for figures in content_of(digest)["themes"] if figures["theme"] == theme)
    return tuple(word["word"] for figures in of_theme for word in figures.get("wish_words", ()))


def is_any(session: Session, programme: Programme) -> bool:
    """Whether the ledger has an entry."""
    issued = Digest.programme == programme.id, Digest.state == DigestState.ISSUED
    return any(session.scalars(select(Digest.wishes).where(*issued)))


def _since(programme: Programme | ProgrammeOnRecord, digest: Digest, fate: Fate, days_off: DaysOff) -> datetime:
    if fate.decisive is None:
        return digest.issued_at or digest.post_at
    if fate.state is WishState.OVERDUE and fate.decisive.due_on is not None:
        return max(_moment_of(fate.decisive), start_of_day(day_asked(fate.decisive.due_on, days_off) + DAY, programme.timezone))
    return _moment_of(fate.decisive)


def fates(session: Session, now: datetime, programme: Programme, *, since: datetime | None, post_at: datetime) -> list[WishFate]:
    """What a digest that is drafted now and posted at `post_at` tells of the ledger, the oldest entry first.

    It tells of all wishes that are not finished, and of those that have changed `since` the digest before was drafted. Words that repeat a
    quote that has been taken back are not printed anew.
    """
    hides = PostedQuotes(session, programme.id).have_gone_from
    return [
        _fate_in_content(session, now, programme, wish, has_changed=has_changed, post_at=post_at, hides=hides)
        for wish in wishes(session, programme, now)
        if (has_changed := _has_changed(wish, since, now)) or wish.state not in FINISHED
    ]


def every_fate(session: Session, now: datetime, programme: Programme, *, post_at: datetime) -> list[WishFate]:
    """What a season's report that is drafted now tells of the ledger: every wish, the oldest first.

    Of an answered one it tells how many weeks the answer took. It never quotes, also not in what politicians have said.
    """
    hides = PostedQuotes(session, programme.id).keep_out
    return [
        _fate_in_content(session, now, programme, wish, has_changed=False, post_at=_when_answered(wish) or post_at, hides=hides)
        for wish in wishes(session, programme, now)
    ]


def _when_answered(wish: Wish) -> datetime | None:
    """When the answer was given that decides the fate of wishes; None while nobody's answer is released."""
    return None if wish.decisive is None else wish.decisive.released_at


def _has_changed(wish: Wish, since: datetime | None, now: datetime) -> bool:
    """Whether wishes came into their state between two moments; those that wait have not changed."""
    return wish.decisive is not None and (since is None or since <= wish.since) and wish.since < now


def _fate_in_content(  # noqa: PLR0913 - where, when, what
    session: Session,
    now: datetime,
    programme: Programme,
    wish: Wish,
    *,
    has_changed: bool,
    post_at: datetime,
    hides: Callable[[Response], bool],
) -> WishFate:
    issued_at, zone = wish.digest.issued_at or wish.digest.post_at, programme.timezone
    fate: WishFate = {
        "digest": wish.digest.number,
        "digest_id": wish.digest.id,
        "theme_id": wish.theme,
        "week": week_of(wish.digest),
        "theme": wish.title,
        "shared": list(wish.shared),
        "state": wish.state.value,
        "weeks": max((today(post_at, zone) - today(issued_at, zone)).days // 7, 0),
    }
    if has_changed:
        fate["changed"] = True
    untold = (promise for promise in wish.promises if not outcomes_of(session, promise))
    promise = next((promise for promise in untold if is_open_to_all(session, today(now, programme.timezone), now, promise)), None)
    if promise is not None:
        fate["promise"] = promise.id
    said = promise or wish.decisive
    if said is not None and wish.state in TOLD_IN_WORDS:
        fate = {**fate, **_as_promised(said, hides)}
    if others := [_as_promised(other, hides) for other in wish.promises if other is not said]:
        fate["also_promised"] = others
    return fate


def _as_promised(answer: Response, hides: Callable[[Response], bool]) -> Promised:
    told: Promised = {} if hides(answer) else {"words": answer.words}
    return told if answer.due_on is None else {**told, "due": answer.due_on.isoformat()}
