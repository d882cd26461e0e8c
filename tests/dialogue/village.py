"""Who lives in the tests of people, rounds and replies? A made-up village with lists, a programme of two themes, and a round to open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from bot.dialogue import people, roster
from bot.dialogue.rounds import opening
from bot.dialogue.rounds.after_opening import close_round
from bot.models import Base, LoadedProgramme, MessageKind, MessageState, OutboxMessage, Person, PersonState
from bot.programme import (
    Agreement,
    DigestPlan,
    Entry,
    Floors,
    Language,
    People,
    Programme,
    Question,
    Remind,
    Retention,
    Review,
    Role,
    Rounds,
    Skip,
    Slot,
    Source,
    Text,
    Theme,
    Week,
    WeeklyMoment,
)
from bot.seam.platform import Found, Roster
from tests.told import TOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

    from bot.models import Round

COPENHAGEN, NUUK = "Europe/Copenhagen", "America/Nuuk"
OPENS = datetime(2018, 8, 21, 7, 30, tzinfo=UTC)  # a Tuesday, 09:30 in Copenhagen
CLOSES = datetime(2018, 8, 24, 8, 0, tzinfo=UTC)  # the Friday after, 10:00 in Copenhagen
BEFORE = OPENS - timedelta(days=4)  # the Friday before, when people are invited
SLOT = Slot(week=Week(year=2018, number=34), number=1)
FOR_ALL = Entry(theme="trust", all="for-all")
VARIANTS = Entry(theme="time", by_role=((Role.LEADER, "to-leaders"), (Role.EMPLOYEE_REP, "to-reps")))
WITH_REST = Entry(theme="time", all="to-the-rest", by_role=((Role.LEADER, "to-leaders"),))
ORGANISERS = "C0ORGANISERS"

QUESTIONS = {"for-all": "trust", "to-leaders": "time", "to-reps": "time", "to-the-rest": "time"}

PROGRAMME = Programme(
    id="village",
    title=Text(da="Landsbydagen", en="The village day"),
    language=Language.DA,
    timezone=COPENHAGEN,
    people=People(
        leaders=Source(usergroup="S0LEADERS"),
        employee_reps=Source(usergroup="S0REPS"),
        politicians=Source(usergroup="S0POLIT"),
        organisers=Source(usergroup="S0ORG"),
        organisers_channel=ORGANISERS,
    ),
    themes=(Theme(id="trust", title=Text(da="Tillid", en="Trust")), Theme(id="time", title=Text(da="Tid", en="Time"))),
    questions=tuple(
        Question(id=each, theme=theme, ask=Text(da=f"{each}, hvad?", en=f"{each}, what?")) for each, theme in QUESTIONS.items()
    ),
    rounds=Rounds(
        every=(1,),
        at=time(9, 30),
        from_=date(2018, 8, 21),
        until=date(2018, 9, 4),
        skip=Skip(),
        remind=Remind(after_days=2, at=time(13)),
        order=(FOR_ALL, VARIANTS),
    ),
    digest=DigestPlan(
        channel="C0DIGEST",
        close=WeeklyMoment(weekday=4, at=time(10)),
        post=WeeklyMoment(weekday=4, at=time(14)),
        review=Review.REQUIRED,
    ),
    floors=Floors(),
    guidelines_agreed=Agreement(by="the village council", on=date(2018, 8, 15)),
    retention=Retention(detach_after_days=7, delete_replies_after_days=90),
    information=TOLD,
)

PREFIX = {Role.LEADER: "L", Role.EMPLOYEE_REP: "E", Role.POLITICIAN: "P", Role.ORGANISER: "O"}


def addresses(role: Role, n: int) -> list[str]:
    """The first `n` addresses of a role: L0, L1, …"""
    return [f"{PREFIX[role]}{i}" for i in range(n)]


def found(address: str, *, language: Language | None = Language.DA, timezone: str | None = COPENHAGEN, active: bool = True) -> Found:
    """Someone the platform knows."""
    return Found(address=address, language=language, timezone=timezone, active=active)


def lists(*, leaders: int = 12, reps: int = 12, politicians: int = 2, organisers: int = 1) -> dict[Role, Roster]:
    """Lists with so many people."""
    sizes = {Role.LEADER: leaders, Role.EMPLOYEE_REP: reps, Role.POLITICIAN: politicians, Role.ORGANISER: organisers}
    return {role: Roster(found=tuple(found(each) for each in addresses(role, n))) for role, n in sizes.items()}


def changed(rosters: dict[Role, Roster], role: Role, people_: Iterable[Found], *, missing: tuple[str, ...] = ()) -> dict[Role, Roster]:
    """The lists with another one for `role`."""
    return {**rosters, role: Roster(found=tuple(people_), missing=missing)}


def at(moment: datetime) -> Callable[[str], datetime]:
    """The same moment in every time zone."""
    return lambda _zone: moment


at_opening = at(OPENS)


class Village:
    """The programme's people in one session, and what has been put in the outbox for them."""

    def __init__(self, session: Session, programme: Programme = PROGRAMME) -> None:
        self.session, self.programme = session, programme
        session.add(LoadedProgramme(id=programme.id, loaded_at=BEFORE, checksum="0"))
        session.flush()

    def read(self, rosters: dict[Role, Roster], now: datetime = BEFORE) -> roster.SynchronisationResult:
        """Bring the people in line with these lists."""
        return roster.synchronise(self.session, now, self.programme, rosters)

    def settle_in(self, now: datetime = BEFORE, **sizes: int) -> Village:
        """Lists with so many people, who all have been welcomed."""
        self.read(lists(**sizes), now)
        self.welcome_all(now)
        return self

    def welcome_all(self, now: datetime = BEFORE) -> None:
        """The welcome has reached everyone who is invited."""
        for each in self.session.scalars(select(Person).where(Person.state == PersonState.INVITED)).all():
            people.mark_welcomed(self.session, now, each.id)

    def person(self, address: str) -> Person:
        """The person with this address, as the database has them."""
        self.session.flush()
        self.session.expire_all()
        return people.require_person(self.session, self.programme.id, address)

    def open(
        self, entry: Entry = FOR_ALL, *, now: datetime = OPENS, moment_for: Callable[[str], datetime] = at_opening, **more: Any
    ) -> Round | None:
        """Open a round."""
        window = {"slot": SLOT, "opens_at": OPENS, "closes_at": CLOSES, **more}
        return opening.open_round(self.session, now, self.programme, entry=entry, moment_for=moment_for, **window)

    def opened(self, entry: Entry = FOR_ALL, **more: Any) -> Round:
        """Open a round that does open, and let its questions go out."""
        one = self.open(entry, **more)
        assert one is not None
        self.deliver(OPENS)
        return one

    def close(self, one: Round) -> None:
        """The round's close has come."""
        close_round(self.session, CLOSES, one)

    def deliver(self, now: datetime, kind: MessageKind = MessageKind.QUESTION) -> None:
        """Everything of a kind that waits has gone out."""
        waiting = update(OutboxMessage).where(OutboxMessage.kind == kind, OutboxMessage.state == MessageState.PENDING)
        self.session.execute(waiting.values(state=MessageState.SENT, sent_at=now))

    def messages(self, kind: MessageKind, state: MessageState | None = None) -> Sequence[OutboxMessage]:
        """The outbox's messages of a kind, as the database has them."""
        self.session.flush()
        self.session.expire_all()
        rows = select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)
        return self.session.scalars(rows if state is None else rows.where(OutboxMessage.state == state)).all()

    def asked(self) -> list[str]:
        """Who has a question in the outbox."""
        return sorted(each.address for each in self.messages(MessageKind.QUESTION))

    def notices(self) -> list[str]:
        """The sentences that the organisers' channel was told."""
        return [each.facts["say"] for each in self.messages(MessageKind.NOTICE)]

    def count(self, model: type[Base]) -> int:
        """How many rows of a table there are."""
        return len(self.session.execute(select(model)).all())


def with_floors(**floors: int) -> Programme:
    """The programme with other floors."""
    return replace(PROGRAMME, floors=Floors(**floors))
