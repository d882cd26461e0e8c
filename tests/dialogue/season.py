"""What do the tests of digests, reviews and answers play on? A small made-up programme and a season of weeks in a real database."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING
from uuid import uuid4

from hypothesis import Phase
from sqlalchemy import delete, select

from bot.confidentiality.encryption import KEYS_IN_SESSION, Keys, session_keys
from bot.confidentiality.floors import effective_floors
from bot.database.unit_of_work import Database
from bot.dialogue.digests import digest_review, draft
from bot.dialogue.digests.quotes import fingerprint
from bot.models import (
    Authorship,
    Base,
    Digest,
    DigestState,
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
from bot.programme import (
    Agreement,
    DigestPlan,
    Entry,
    Floors,
    Language,
    People,
    Programme,
    Question,
    Retention,
    Review,
    Role,
    Rounds,
    Skip,
    Source,
    Text,
    Theme,
    WeeklyMoment,
)
from bot.seam.actions import ResponseKind
from tests.keys import KEY
from tests.told import TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

FIRST = datetime(2018, 8, 21, 7, 30, tzinfo=UTC)  # a Tuesday, 09:30 in the programme's zone
WEEK = timedelta(weeks=1)
AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)  # weeks are small as they are: making a failing one smaller takes minutes
THEMES = {"trust": ("Tillid", "Trust"), "time": ("Tid", "Time"), "calm": ("Ro", "Calm")}
ORGANISERS, POLITICIANS = "C0ORGANISERS", "C0DIGEST"


def made_up(*, floors: Floors | None = None, review_by: Review = Review.REQUIRED, external: bool | None = None) -> Programme:
    """A programme of a few made-up themes; tuesdays, closing friday 10:00, posting friday 14:00."""
    questions = tuple(Question(id=f"{theme}-one", theme=theme, ask=Text(da="Hvad?", en="What?")) for theme in THEMES)
    return Programme(
        id="made-up",
        title=Text(da="Prøve", en="Trial"),
        language=Language.DA,
        timezone="Europe/Copenhagen",
        people=People(
            leaders=Source(usergroup="S0L"),
            employee_reps=Source(usergroup="S0E"),
            politicians=Source(usergroup="S0P"),
            organisers=Source(usergroup="S0O"),
            organisers_channel=ORGANISERS,
        ),
        themes=tuple(Theme(id=theme, title=Text(da=da, en=en)) for theme, (da, en) in THEMES.items()),
        questions=questions,
        rounds=Rounds(
            every=(1,),
            at=time(9, 30),
            from_=date(2018, 8, 21),
            until=date(2018, 12, 11),
            skip=Skip(),
            remind=None,
            order=tuple(Entry(theme=each.theme, all=each.id) for each in questions),
        ),
        digest=DigestPlan(
            channel=POLITICIANS,
            close=WeeklyMoment(weekday=4, at=time(10)),
            post=WeeklyMoment(weekday=4, at=time(14)),
            review=review_by,
            external=external,
        ),
        floors=floors or Floors(),
        guidelines_agreed=Agreement(by="MED-udvalg", on=date(2018, 8, 15)),
        retention=Retention(detach_after_days=7, delete_replies_after_days=90),
        information=TOLD,
    )


class Season:
    """A programme's weeks, lived by made-up people in one session."""

    def __init__(self, session: Session, programme: Programme | None = None) -> None:
        self.session = session
        self.programme = programme or made_up()
        if session.get(LoadedProgramme, self.programme.id) is None:
            session.add(LoadedProgramme(id=self.programme.id, loaded_at=FIRST - WEEK, checksum="0"))
            session.flush()

    def person(self, address: str, role: Role = Role.LEADER, language: str = "da", timezone: str = "Europe/Copenhagen") -> Person:
        """Someone new in the dialogue."""
        (new,) = self._joined(Person(address=address, role=role, language=language, timezone=timezone))
        return new

    def people(self, number: int, prefix: str = "U0", role: Role = Role.LEADER) -> list[Person]:
        """So many new people."""
        named = (f"{prefix}{index:04}" for index in range(number))
        return self._joined(*(Person(address=each, role=role, language="da", timezone="Europe/Copenhagen") for each in named))

    def _joined(self, *people: Person) -> list[Person]:
        for each in people:
            each.programme, each.state, each.invited_at = self.programme.id, PersonState.ACTIVE, FIRST - WEEK
        self.session.add_all(people)
        self.session.flush()
        return list(people)

    def round(self, week: int, theme: str = "trust", day: int = 1, variants: int = 1) -> Round:
        """A round of the week with this number (from 1), on its day with this number."""
        opens_at = FIRST + WEEK * (week - 1) + timedelta(days=day - 1)
        da, en = THEMES[theme]
        asks = {f"{theme}-{week}-{day}-{one}": {"da": f"Hvad {one}?", "en": f"What {one}?"} for one in range(variants)}
        new = Round(
            programme=self.programme.id,
            week=week_of(week),
            day=day,
            entry="+".join(asks),
            theme=theme,
            opens_at=opens_at,
            closes_at=close_of(week),
            snapshot={
                "theme": {"id": theme, "title": {"da": da, "en": en}},
                "questions": asks,
                "order": list(asks),
                "floors": asdict(effective_floors(self.programme.floors)),
            },
        )
        self.session.add(new)
        self.session.flush()
        return new

    def ask(self, one: Round, people: Iterable[Person], state: MessageState = MessageState.SENT) -> None:
        """A round's question in the outbox for each of `people`."""
        for each in people:
            self.session.add(
                OutboxMessage(
                    delivery_id=uuid4().hex,
                    programme=self.programme.id,
                    kind=MessageKind.QUESTION,
                    round_id=one.id,
                    person_id=each.id,
                    address=each.address,
                    facts={},
                    due_at=one.opens_at,
                    next_at=one.opens_at,
                    state=state,
                ),
            )
        self.session.flush()

    def answer(self, one: Round, people: Iterable[Person], wishes: int = 0, texts: Sequence[str] = (), *, quote: bool = False) -> list[str]:
        """A reply from each of `people`, to be quoted if `quote`; their ids. The first `wishes` are marked, the first say `texts`."""
        keys = session_keys(self.session)
        said = [(uuid4().hex, who, text) for who, text in zip_longest(people, texts, fillvalue="MY-OWN-WORDS")]
        self.session.add_all(
            Reply(
                id=key,
                round_id=one.id,
                question=one.snapshot["order"][0],
                **asdict(keys.encrypt(text)),
                wish=index < wishes,
                quote=quote,
                cleared=fingerprint(self.session, text) if quote else None,
            )
            for index, (key, _, text) in enumerate(said)
        )
        self.session.flush()
        self.session.add_all(Authorship(reply_id=key, round_id=one.id, person_id=who.id, written_at=one.opens_at) for key, who, _ in said)
        self.session.flush()
        return [key for key, _, _ in said]

    def take_back(self, one: Round, people: Iterable[Person]) -> None:
        """The replies of `people` are deleted, with their authorships."""
        ids = select(Authorship.reply_id).where(Authorship.round_id == one.id, Authorship.person_id.in_([each.id for each in people]))
        gone = self.session.scalars(ids).all()
        self.session.execute(delete(Authorship).where(Authorship.reply_id.in_(gone)))
        self.session.execute(delete(Reply).where(Reply.id.in_(gone)))

    def draft(self, week: int, now: datetime | None = None) -> Digest:
        """The week's digest, drafted at its close."""
        drafted = draft.draft_digest(self.session, now or close_of(week), self.programme, week_of(week), post_of(week))
        assert drafted is not None
        return drafted

    def issue(self, week: int) -> Digest:
        """The week's digest, drafted and posted at its hour."""
        drafted = self.draft(week)
        drafted.state = DigestState.APPROVED
        self.session.flush()
        digest_review.post_or_alarm(self.session, post_of(week), self.programme, drafted)
        digest_review.mark_issued(self.session, post_of(week), self.message(f"digest:{drafted.id}"))
        self.session.refresh(drafted)
        return drafted

    def released(self, about: Digest, at: datetime, words: str = "Vi ser på det.", kind: ResponseKind = ResponseKind.FREE_TEXT) -> Response:
        """An answer by a politician of its own, released at `at`."""
        politician = self.person(f"U0P{uuid4().hex[:8]}", Role.POLITICIAN)
        new = Response(digest_id=about.id, person_id=politician.id, kind=kind, words=words, state=ResponseState.RELEASED, written_at=at)
        new.released_at = at
        self.session.add(new)
        self.session.flush()
        return new

    def message(self, key: str) -> OutboxMessage:
        """The message with this key."""
        return self.session.scalars(select(OutboxMessage).where(OutboxMessage.key == key)).one()

    def messages(self, kind: MessageKind) -> Sequence[OutboxMessage]:
        """All messages of a kind, in the order they were put."""
        return self.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)).all()


def week_of(week: int) -> str:
    """The ISO week of the week with this number."""
    return f"2018-W{33 + week:02}"


def close_of(week: int) -> datetime:
    """Friday 10:00 in the programme's zone (summer time)."""
    return FIRST + WEEK * (week - 1) + timedelta(days=3, minutes=30)


def post_of(week: int) -> datetime:
    """Friday 14:00 in the programme's zone (summer time)."""
    return close_of(week) + timedelta(hours=4)


@contextmanager
def season(programme: Programme | None = None) -> Iterator[Season]:
    """A season of its own in a database of its own, for tests that try many."""
    database = Database("sqlite://", carried={KEYS_IN_SESSION: Keys([KEY])})
    Base.metadata.create_all(database.engine)
    with database.work() as session:
        yield Season(session, programme)
    database.close()
