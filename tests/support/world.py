"""A programme and its people in one session, with helpers that play its weeks and read the results."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from hypothesis import Phase
from sqlalchemy import select, update

from bot.confidentiality.encryption import session_keys
from bot.confidentiality.floors import effective_floors
from bot.dialogue import list_holds, people, roster
from bot.dialogue.digests import digest_review, draft
from bot.dialogue.digests.quotes import fingerprint
from bot.dialogue.rounds import after_opening, opening
from bot.models import (
    Authorship,
    Base,
    Digest,
    DigestState,
    HoldState,
    ListHold,
    LoadedProgramme,
    MessageKind,
    MessageState,
    OutboxMessage,
    Person,
    PersonState,
    Reply,
    Response,
    ResponseState,
    Round,
)
from bot.programme import Language, Role, Slot, Week
from bot.seam.actions import ResponseKind
from bot.seam.platform import Found, Roster
from tests.support.database import create_tables, open_database, unit_of_work
from tests.support.programme import COPENHAGEN, FOR_ALL, PROGRAMME, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from bot.programme import Entry, Programme

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
OPENS = datetime(2018, 8, 21, 7, 30, tzinfo=UTC)  # a Tuesday, 09:30 in Copenhagen
BEFORE = OPENS - 4 * DAY  # the Friday before, when people are invited
SLOT = Slot(week=Week(year=2018, number=34), number=1)
LISTED = 49  # people on a list that no test speaks of: a share of them is not told
PREFIX = {Role.LEADER: "L", Role.EMPLOYEE_REP: "E", Role.POLITICIAN: "P", Role.ORGANISER: "O"}
AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)  # weeks are small as they are: making a failing one smaller takes minutes


def week_of(week: int) -> str:
    """The ISO week of the week with this number, from 1."""
    return f"2018-W{33 + week:02}"


def close_of(week: int) -> datetime:
    """Friday 10:00 in the programme's zone (summer time)."""
    return OPENS + WEEK * (week - 1) + timedelta(days=3, minutes=30)


def post_of(week: int) -> datetime:
    """Friday 14:00 in the programme's zone (summer time)."""
    return close_of(week) + timedelta(hours=4)


CLOSES = close_of(1)


def addresses(role: Role, n: int) -> list[str]:
    """The first `n` addresses of a role: L0, L1, …"""
    return [f"{PREFIX[role]}{i}" for i in range(n)]


def found(address: str, *, language: Language | None = Language.DA, timezone: str | None = COPENHAGEN, active: bool = True) -> Found:
    """Someone the platform knows."""
    return Found(address=address, language=language, timezone=timezone, active=active)


def lists(*, leaders: int = 12, reps: int = 12, politicians: int = 2, organisers: int = 1) -> dict[Role, Roster]:
    """Lists with so many people."""
    sizes = {Role.LEADER: leaders, Role.EMPLOYEE_REP: reps, Role.POLITICIAN: politicians, Role.ORGANISER: organisers}
    return rosters({role: addresses(role, size) for role, size in sizes.items()})


def rosters(by_role: dict[Role, list[str]]) -> dict[Role, Roster]:
    """Lists with these addresses."""
    return {role: Roster(found=tuple(map(found, listed))) for role, listed in by_role.items()}


def with_list(before: dict[Role, Roster], role: Role, people_: Iterable[Found], *, missing: tuple[str, ...] = ()) -> dict[Role, Roster]:
    """The lists with another one for `role`."""
    return {**before, role: Roster(found=tuple(people_), missing=missing)}


def at(moment: datetime) -> Callable[[str], datetime]:
    """The same moment in every time zone."""
    return lambda _zone: moment


class World:
    """A programme in one session: its people, its rounds and digests, and what has been put in the outbox."""

    def __init__(self, session: Session, programme: Programme = PROGRAMME) -> None:
        self.session, self.programme = session, programme
        if session.get(LoadedProgramme, programme.id) is None:
            session.add(LoadedProgramme(id=programme.id, loaded_at=OPENS - WEEK, checksum="0"))
            session.flush()

    # --- people from lists

    def read(self, lists: dict[Role, Roster], now: datetime = BEFORE) -> roster.SynchronisationResult:
        """Bring the people in line with these lists."""
        return roster.synchronise(self.session, now, self.programme, lists)

    def populate(self, now: datetime = BEFORE, **sizes: int) -> World:
        """Lists with so many people, who all have been welcomed."""
        self.read(lists(**sizes), now)
        self.welcome_all(now)
        return self

    def welcome_all(self, now: datetime = BEFORE) -> None:
        """The welcome has reached everyone who is invited."""
        for person in self.session.scalars(select(Person).where(Person.state == PersonState.INVITED)).all():
            people.mark_welcomed(self.session, now, person.id)

    def confirm_lists(self, now: datetime = BEFORE, who: str = "O0") -> None:
        """An organiser says of every list that is held that it is right."""
        for hold in self.holds(HoldState.HELD):
            list_holds.confirm(self.session, now, self.programme, who, hold.id)

    def judge_list(self, *sizes: int, now: datetime = BEFORE) -> None:
        """The leaders' list is read with these sizes in turn, past everything else."""
        for size in sizes:
            list_holds.judge(self.session, now, self.programme, {Role.LEADER: list_holds.Reading(size=size, stays=size)})

    def holds(self, *states: HoldState) -> list[ListHold]:
        """The lists that are held or were, as the database has them."""
        self._forget()
        return list(self.session.scalars(select(ListHold).where(ListHold.state.in_(states or HoldState)).order_by(ListHold.since)))

    # --- people past all lists

    def add_person(self, address: str, role: Role = Role.LEADER, language: str = "da", timezone: str = COPENHAGEN) -> Person:
        """Someone new in the dialogue."""
        (person,) = self._add(Person(address=address, role=role, language=language, timezone=timezone))
        return person

    def add_people(self, number: int, prefix: str = "U0", role: Role = Role.LEADER) -> list[Person]:
        """So many new people."""
        return self._add(*(Person(address=f"{prefix}{n:04}", role=role, language="da", timezone=COPENHAGEN) for n in range(number)))

    def _add(self, *new: Person) -> list[Person]:
        for person in new:
            person.programme, person.state, person.invited_at = self.programme.id, PersonState.ACTIVE, OPENS - WEEK
        self.session.add_all(new)
        self.session.flush()
        return list(new)

    # --- rounds by the rules

    def open(self, entry: Entry = FOR_ALL, *, now: datetime = OPENS, **more: Any) -> Round | None:
        """Open a round, if its audience is let pass."""
        window = {"slot": SLOT, "opens_at": OPENS, "closes_at": CLOSES, "moment_for": at(OPENS), **more}
        return opening.open_round(self.session, now, self.programme, entry=entry, **window)

    def open_and_ask(self, entry: Entry = FOR_ALL, **more: Any) -> Round:
        """Open a round that does open, and let its questions go out."""
        round_ = self.open(entry, **more)
        assert round_ is not None
        self.deliver(OPENS)
        return round_

    def close(self, round_: Round) -> None:
        """The round's close has come."""
        after_opening.close_round(self.session, CLOSES, round_)

    def deliver(self, now: datetime, kind: MessageKind = MessageKind.QUESTION) -> None:
        """Everything of a kind that waits has gone out."""
        waiting = update(OutboxMessage).where(OutboxMessage.kind == kind, OutboxMessage.state == MessageState.PENDING)
        self.session.execute(waiting.values(state=MessageState.SENT, sent_at=now))

    # --- rounds past all rules

    def add_round(self, week: int, theme: str = "trust", day: int = 1, variants: int = 1, listed: int = LISTED) -> Round:
        """A round of the week with this number (from 1), on its day with this number, for a list with so many leaders."""
        da, en = THEMES[theme]
        asks = {f"{theme}-{week}-{day}-{n}": {"da": f"Hvad {n}?", "en": f"What {n}?"} for n in range(variants)}
        round_ = Round(
            programme=self.programme.id,
            week=week_of(week),
            day=day,
            entry="+".join(asks),
            theme=theme,
            opens_at=OPENS + WEEK * (week - 1) + DAY * (day - 1),
            closes_at=close_of(week),
            snapshot={
                "theme": {"id": theme, "title": {"da": da, "en": en}},
                "questions": asks,
                "order": list(asks),
                "audience": {Role.LEADER.value: listed},
                "floors": asdict(effective_floors(self.programme.floors)),
            },
        )
        self.session.add(round_)
        self.session.flush()
        return round_

    def add_questions(self, round_: Round, asked: Iterable[Person], state: MessageState = MessageState.SENT) -> None:
        """A round's question in the outbox for each of those `asked`."""
        for person in asked:
            self.session.add(
                OutboxMessage(
                    delivery_id=uuid4().hex,
                    programme=self.programme.id,
                    kind=MessageKind.QUESTION,
                    round_id=round_.id,
                    person_id=person.id,
                    address=person.address,
                    facts={},
                    due_at=round_.opens_at,
                    next_at=round_.opens_at,
                    state=state,
                ),
            )
        self.session.flush()

    def answer(
        self, round_: Round, authors: Iterable[Person], wishes: int = 0, texts: Sequence[str] = (), *, quote: bool = False
    ) -> list[str]:
        """A reply from each of `authors`, to be quoted if `quote`; their ids. The first `wishes` are marked, the first say `texts`."""
        keys = session_keys(self.session)
        written = [(uuid4().hex, author, text) for author, text in zip_longest(authors, texts, fillvalue="MY-OWN-WORDS")]
        self.session.add_all(
            Reply(
                id=id_,
                round_id=round_.id,
                question=round_.snapshot["order"][0],
                **asdict(keys.encrypt(text, id_)),
                wish=index < wishes,
                quote=quote,
                cleared=fingerprint(self.session, text) if quote else None,
            )
            for index, (id_, _, text) in enumerate(written)
        )
        self.session.flush()
        ties = {"round_id": round_.id, "written_at": round_.opens_at}
        self.session.add_all(Authorship(reply_id=id_, person_id=author.id, **ties) for id_, author, _ in written)
        self.session.flush()
        return [id_ for id_, _, _ in written]

    def draft(self, week: int, now: datetime | None = None) -> Digest:
        """The week's digest, drafted at its close."""
        digest = draft.draft_digest(self.session, now or close_of(week), self.programme, week_of(week), post_of(week))
        assert digest is not None
        return digest

    def post(self, digest: Digest, week: int = 1) -> OutboxMessage:
        """The digest is approved and due; its message."""
        digest.state = DigestState.APPROVED
        self.session.flush()
        digest_review.post_or_alarm(self.session, post_of(week), self.programme, digest)
        return self.message(f"digest:{digest.id}")

    def issue(self, week: int) -> Digest:
        """The week's digest, drafted and posted at its hour."""
        digest = self.draft(week)
        digest_review.mark_issued(self.session, post_of(week), self.post(digest, week))
        self.session.refresh(digest)
        return digest

    def add_response(
        self, digest: Digest, at: datetime, words: str = "Vi ser på det.", kind: ResponseKind = ResponseKind.FREE_TEXT
    ) -> Response:
        """An answer by a politician of its own, released at `at`."""
        politician = self.add_person(f"U0P{uuid4().hex[:8]}", Role.POLITICIAN)
        values = {"person_id": politician.id, "kind": kind, "words": words, "state": ResponseState.RELEASED}
        response = Response(digest_id=digest.id, written_at=at, released_at=at, **values)
        self.session.add(response)
        self.session.flush()
        return response

    # --- what stands in the database

    def person(self, address: str) -> Person:
        """The person with this address, as the database has them."""
        self._forget()
        return people.require_person(self.session, self.programme.id, address)

    def message(self, key: str) -> OutboxMessage:
        """The message with this key."""
        return self.session.scalars(select(OutboxMessage).where(OutboxMessage.key == key)).one()

    def messages(self, kind: MessageKind, state: MessageState | None = None) -> Sequence[OutboxMessage]:
        """The outbox's messages of a kind in the order they were put, as the database has them."""
        self._forget()
        rows = select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)
        return self.session.scalars(rows if state is None else rows.where(OutboxMessage.state == state)).all()

    def recipients(self) -> list[str]:
        """Who has a question in the outbox."""
        return sorted(message.address for message in self.messages(MessageKind.QUESTION))

    def notices(self) -> list[str]:
        """The sentences that the organisers' channel was told."""
        return [message.facts["say"] for message in self.messages(MessageKind.NOTICE)]

    def count(self, model: type[Base]) -> int:
        """How many rows of a table there are."""
        return len(self.session.execute(select(model)).all())

    def _forget(self) -> None:
        """Whatever is read next comes from the database."""
        self.session.flush()
        self.session.expire_all()


@contextmanager
def separate_world(programme: Programme = PROGRAMME) -> Iterator[World]:
    """A world in a database of its own, for tests that try many."""
    with closing(open_database()) as database:
        create_tables(database)
        with unit_of_work(database) as session:
            yield World(session, programme)
