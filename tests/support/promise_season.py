"""A season whose politicians promise and keep promises, on the real heartbeat and database, and an account of what must be true of it.

Each week so many wish for the same. Politicians answer at a pace, promise, and tell what became of it, or forget. Beside the real ledger
stands a reading of the tables that replays what was released, and knows nothing of how the ledger works.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.dialogue.compose import compose, on_sent, record_claim
from bot.dialogue.digests import digest_review
from bot.dialogue.outbox import NotWanted, NotYet
from bot.dialogue.responses import promises, response_review
from bot.dialogue.rounds import replies
from bot.models import Digest, DigestState, MessageState, OutboxMessage, Person, Response, ResponseState, Round
from bot.seam.actions import ResponseKind
from tests.support.database import unit_of_work
from tests.support.heartbeat_world import HeartbeatWorld, here
from tests.support.programme import COPENHAGEN, write_programme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.models import MessageKind
    from bot.programme import Programme
    from bot.seam.meaning import Meaning

MORNING, AFTERNOON = time(11), time(14, 5)
FIRST_TUESDAY = date(2018, 10, 9)
MOST_WEEKS = 10
LISTED = {"S0LEADERS": 16, "S0REPS": 14}
ANSWERING, WISHING, SHARING, OTHERS_SHARING = 24, 14, 8, 6  # of 30: who answers, marks a wish, and says the same
WISHED = ("arbejdsro", "vikarer", "mødetid", "pauser", "makkerpar", "uderum", "værksted", "overlap", "sparring", "tolke")  # week by week
SHARED_BESIDES = ("", "plan", "rum", "hjælp", "puljen")  # a theme tells four words; what those with a wish share comes after these
ORGANISER = "US0ORG0"
POLITICIANS = ("US0POLIT0", "US0POLIT1", "US0POLIT2")
BEATS = ((1, MORNING), (2, MORNING), (5, MORNING), (5, AFTERNOON))  # of each week, by weekday
IN_A_FORTNIGHT = timedelta(weeks=2)


def write_season(folder: Path) -> Path:
    """The programme's file with a question for each of the weeks."""
    numbers = range(1, MOST_WEEKS + 1)
    ask = '  - {{id: spoerg-{0}, theme: {1}, ask: {{da: "Hvad nu {0}?", en: "What now {0}?"}}}}\n'
    questions = "".join(ask.format(number, "sammenhold" if number % 2 else "retning") for number in numbers)
    return write_programme(
        folder,
        "rounds:\n",
        f"{questions}rounds:\n",
        "until: 2018-11-06",
        f"until: {FIRST_TUESDAY + timedelta(weeks=MOST_WEEKS - 1)}",
        "weeks: [42]",
        "weeks: []",
        "order: [hvorhen, hvem-med, hvornaar, hvad-nu]",
        f"order: [{', '.join(f'spoerg-{number}' for number in numbers)}]",
        '  - {id: hvorhen, theme: retning, ask: {da: "Hvor skal vi hen?", en: "Where are we going?"}}\n',
        "",
        '  - {id: hvem-med, theme: sammenhold, ask: {da: "Hvem skal med?", en: "Who should come along?"}}\n',
        "",
        '  - {id: hvornaar, theme: retning, ask: {da: "Hvornår er vi der?", en: "When do we arrive?"}}\n',
        "",
        '  - {id: hvad-nu, theme: sammenhold, ask: {da: "Hvad nu?", en: "What now?"}}\n',
        "",
    )


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message that has gone out."""

    at: datetime
    kind: MessageKind
    key: str
    address: str
    meaning: Meaning


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What politicians do about the wishes of one digest: after how many weeks they answer, how, and what they tell later.

    `tells`: DONE on the day, DROPPED after the reminder, or None: they have forgotten it.
    """

    weeks: int
    kind: ResponseKind
    tells: ResponseKind | None = None


PLANS = (
    (ResponseKind.TAKE_UP, ResponseKind.DONE),
    (ResponseKind.NOT_OURS, None),
    (ResponseKind.TAKE_UP, ResponseKind.DROPPED),
    (ResponseKind.HEARD, None),
    (ResponseKind.TAKE_UP, None),
    (ResponseKind.FREE_TEXT, None),
)
PACES: dict[str, Callable[[int], int | None]] = {  # after how many weeks the wishes of a digest are answered, by its number
    "at once": lambda _: 0,
    "one in three": lambda number: None if number % 3 else 0,
    "not for five weeks": lambda _: 5,
}


class PromiseSeason:
    """The season, day by day. `restless`: at each beat the bot is started anew, and beats twice."""

    def __init__(
        self, folder: Path, database: Database, pace: Callable[[int], int | None], *, weeks: int = MOST_WEEKS, restless: bool = False
    ) -> None:
        self.weeks = weeks
        self.world = HeartbeatWorld(write_season(folder / "schedules").parent, database)
        self.database, self.pace, self.restless = database, pace, restless
        self.programme: Programme = self.world.heart._programme_store.first()
        self.said: list[Said] = []
        self._told: set[int] = set()

    def play(self, after_week: Callable[[PromiseSeason], None]) -> None:
        """Play all weeks; `after_week` looks around after each posting."""
        for moment in ("2018-10-01 10:05", "2018-10-05 11:00"):
            self.beat(here(moment))
        for week in range(self.weeks):
            for weekday, hour in BEATS:
                day = FIRST_TUESDAY + timedelta(weeks=week, days=weekday - 2)
                self.beat(here(f"{day} {hour}"))
                with unit_of_work(self.database) as session:
                    self._act(session, day, hour)
            after_week(self)

    @property
    def now(self) -> datetime:
        """The moment that the clock shows."""
        return self.world.clock.now()

    def beat(self, moment: datetime) -> None:
        """One beat, or two of a bot that has been started in between; then all that is due goes out."""
        self.world.clock.moment = moment
        self.world.heart.beat()
        if self.restless:
            self.world.heart = self.world.another(self.database)
            self.world.heart.beat()
        with unit_of_work(self.database) as session:
            self._deliver(session)
        if self.restless:
            self.world.heart.beat()

    def _deliver(self, session: Session) -> None:
        waiting = OutboxMessage.state == MessageState.PENDING, OutboxMessage.next_at <= self.now
        for message in session.scalars(select(OutboxMessage).where(*waiting).order_by(OutboxMessage.id)).all():
            meaning = compose(session, self.now, self.programme, message)
            if isinstance(meaning, NotYet):
                continue
            if isinstance(meaning, NotWanted):
                message.state = MessageState.CANCELLED
                continue
            record_claim(session, self.programme, message)
            message.state, message.sent_at = MessageState.SENT, self.now
            message.channel, message.stamp = message.address, str(message.id)
            on_sent(session, self.now, message)
            self.said.append(Said(at=self.now, kind=message.kind, key=message.key or "", address=message.address, meaning=meaning))

    # --- what people do

    def _act(self, session: Session, day: date, hour: time) -> None:
        if day.isoweekday() == 2 and hour == MORNING:
            self._reply(session)
        for digest in session.scalars(select(Digest).where(Digest.state == DigestState.IN_REVIEW)).all():
            digest_review.approve(session, self.now, self.programme, ORGANISER, digest.id)
        if hour == MORNING:
            for response in session.scalars(select(Response).where(Response.state == ResponseState.STORED)).all():
                response_review.review(session, self.now, self.programme, ORGANISER, response.id, release=True)
            self._tell(session, day)
        else:
            self._answer(session, day)

    def _reply(self, session: Session) -> None:
        round_ = session.scalars(select(Round).where(Round.closed_at.is_(None))).first()
        participants = select(Person.address).where(Person.role.in_(("leader", "employee_rep"))).order_by(Person.id)
        if round_ is not None:
            for number, who in enumerate(session.scalars(participants.limit(ANSWERING)).all()):
                shares = number < SHARING or number >= ANSWERING - OTHERS_SHARING
                wished = WISHED[round_.id % len(WISHED)]
                text = f"Vi vil have {' og '.join(f'{wished}{more}' for more in SHARED_BESIDES) if shares else 'noget andet'}"
                replies.record(session, self.now, self.programme, who, round_.id, text, wish=number < WISHING, quote=False)

    def plan(self, number: int) -> Plan | None:
        """What politicians do about the wishes of the digest with this number; None: nothing at all."""
        weeks, (kind, tells) = self.pace(number), PLANS[number % len(PLANS)]
        return None if weeks is None else Plan(weeks=weeks, kind=kind, tells=tells)

    def _answer(self, session: Session, day: date) -> None:
        """Whose turn it is answers the wishes of a digest, on the Friday or the Friday so many weeks later."""
        for digest in session.scalars(select(Digest).where(Digest.state == DigestState.ISSUED)).all():
            plan, posted = self.plan(digest.number), digest.post_at.date()
            if plan is not None and day == posted + timedelta(weeks=plan.weeks):
                for theme in digest.wishes or ():
                    self.respond(session, digest, theme, plan.kind, POLITICIANS[digest.number % 2], day)

    def respond(self, session: Session, digest: Digest, theme: str, kind: ResponseKind, who: str, day: date) -> None:
        """A politician answers; a promise is for a fortnight later."""
        more: dict[str, Any] = {"theme": theme, "due": day + IN_A_FORTNIGHT if kind is ResponseKind.TAKE_UP else None}
        text = f"Svar på overblik {digest.number}." if kind is not ResponseKind.HEARD else ""
        response_review.respond(session, self.now, self.programme, who, digest.id, kind, text, **more)

    def _tell(self, session: Session, day: date) -> None:
        """Who promised tells what became of it on the day, or after the reminder; of what was forgotten another one tells."""
        made = select(Response).where(Response.kind == ResponseKind.TAKE_UP, Response.due_on.is_not(None))
        for promise in session.scalars(made).all():
            digest, due = session.get_one(Digest, promise.digest_id), promise.due_on
            plan = self.plan(digest.number)
            asked = [said for said in self.said if said.key.startswith(f"promise:{promise.id}")]
            if plan is None or due is None or not asked or promise.id in self._told:
                continue
            is_forgotten, is_reminded = day > due + timedelta(weeks=3), len(asked) > 1
            if is_forgotten if plan.tells is None else is_reminded or plan.tells is ResponseKind.DONE:
                who = session.get_one(Person, promise.person_id).address if plan.tells else POLITICIANS[2]
                promises.tell(session, self.now, self.programme, who, promise.id, plan.tells or ResponseKind.DONE, "Sådan gik det.")
                self._told.add(promise.id)


# --- what must be true


def true_state(session: Session, digest: Digest, theme: str, at: datetime) -> str:
    """The state in which the wishes on a theme of a digest were at a moment, told by replaying what was said of them until then."""
    said = select(Response).where(Response.digest_id == digest.id, Response.written_at <= at, Response.state != ResponseState.DECLINED)
    mine = [answer for answer in session.scalars(said.order_by(Response.id)) if answer.theme in {None, theme}]
    released = [answer for answer in mine if answer.released_at is not None and answer.released_at <= at]
    open_promises: dict[int, Response] = {}
    ended = ""
    for answer in sorted(released, key=lambda answer: (answer.released_at, answer.id)):
        if answer.kind is ResponseKind.TAKE_UP:
            open_promises[answer.person_id] = answer
        elif answer.promise_id is not None:
            open_promises = {who: promise for who, promise in open_promises.items() if promise.id != answer.promise_id}
            ended = answer.kind.value
        elif answer.kind is ResponseKind.NOT_OURS:
            ended = "not_ours"
    if open_promises:
        day = at.astimezone(ZoneInfo(COPENHAGEN)).date()
        return "overdue" if any(promise.due_on and promise.due_on < day for promise in open_promises.values()) else "taken_up"
    return ended or ("heard" if released else "on_its_way" if mine else "waiting")


def wishes_posted(session: Session, by: datetime) -> list[tuple[Digest, str]]:
    """The wishes that say what is wished, of all digests that were posted by a moment, the oldest first."""
    posted = select(Digest).where(Digest.issued_at <= by).order_by(Digest.number)
    return [(digest, theme["theme"]) for digest in session.scalars(posted) for theme in digest.content["themes"] if theme.get("wish_words")]


def first_answer(session: Session, digest: Digest, theme: str) -> datetime | None:
    """When the wishes got their first answer, also one that no organiser has released yet."""
    said = select(Response).where(Response.digest_id == digest.id, Response.state != ResponseState.DECLINED)
    return min((answer.written_at for answer in session.scalars(said) if answer.theme in {None, theme}), default=None)
