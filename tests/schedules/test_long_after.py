"""What politicians promised is asked about long after its programme, also while the next one runs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from bot.models import Digest, DigestState, MessageKind, MessageState, OutboxMessage, Person, PersonState, Response, ResponseState
from bot.programme import Role
from bot.seam.actions import ResponseKind
from tests.support.database import unit_of_work
from tests.support.heartbeat_world import HeartbeatWorld, here
from tests.support.programme import COPENHAGEN
from tests.walks.test_one_programme_after_another import FIRST, NEXT, without_reserve

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.database.unit_of_work import Database

WEEK = timedelta(weeks=1)
POSTED_AT = here("2018-10-12 14:00")  # the only digest of the first programme
DUE = date(2019, 2, 1)
ASKED_AT = here("2019-02-01 09:30")


@pytest.fixture
def world(tmp_path: Path, database: Database) -> HeartbeatWorld:
    """The first programme has posted its only digest; the next one follows."""
    (tmp_path / "a.yaml").write_text(without_reserve(FIRST), "utf-8")
    (tmp_path / "b.yaml").write_text(NEXT.replace("S0TILLIDSFOLK", "S0REPS"), "utf-8")
    world = HeartbeatWorld(tmp_path, database)
    beat(world, here("2018-10-01 10:05"))
    with unit_of_work(database) as session:
        session.add(
            Digest(
                programme="landsbyen-2018",
                week="2018-W41",
                number=1,
                content={"themes": []},
                checksum="0" * 64,
                drafted_at=POSTED_AT,
                post_at=POSTED_AT,
                state=DigestState.ISSUED,
                issued_at=POSTED_AT,
                wishes=["retning", "tillid"],
            )
        )
    return world


def answer(world: HeartbeatWorld, kind: ResponseKind, due: date | None = None, at: datetime = POSTED_AT) -> None:
    with unit_of_work(world.database) as session:
        at_home = Person.role == Role.POLITICIAN, Person.timezone == COPENHAGEN
        politician = session.scalar(select(Person.id).where(*at_home, Person.programme == "landsbyen-2018"))
        response = Response(digest_id=1, person_id=politician, kind=kind, theme="retning", words="Ja.", due_on=due)
        response.state, response.written_at, response.released_at = ResponseState.RELEASED, at, at
        session.add(response)


def beat(world: HeartbeatWorld, *moments: datetime) -> None:
    """Beat at each moment; a question to a politician that was put then is said."""
    for moment in moments:
        world.clock.moment = moment
        world.heart.beat()
        with unit_of_work(world.database) as session:
            put = OutboxMessage.kind == MessageKind.PROMISE_DUE, OutboxMessage.state == MessageState.PENDING
            session.execute(update(OutboxMessage).where(*put).values(state=MessageState.SENT, sent_at=moment))


def moments_of(world: HeartbeatWorld, kind: MessageKind) -> list[datetime]:
    with unit_of_work(world.database) as session:
        return list(session.scalars(select(OutboxMessage.due_at).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)))


def test_a_promise_is_asked_about_and_unanswered_wishes_are_told_of_long_after_their_programme_while_the_next_runs(world: HeartbeatWorld):
    answer(world, ResponseKind.TAKE_UP, DUE)
    beat(world, ASKED_AT - WEEK)
    assert world.heart.next_beat() < ASKED_AT  # people are read until then
    beat(world, ASKED_AT, ASKED_AT + WEEK, ASKED_AT + 20 * WEEK)
    assert moments_of(world, MessageKind.PROMISE_DUE) == [ASKED_AT, ASKED_AT + WEEK]
    assert moments_of(world, MessageKind.WISH_UNANSWERED) == [ASKED_AT - WEEK]  # the bot was down until then
    readings = world.platform.readings
    beat(world, ASKED_AT + 21 * WEEK)
    assert world.platform.readings == readings + 1  # those of the next programme: in this one nothing is open


def test_what_a_politician_answers_long_after_the_programme_reaches_its_participants(world: HeartbeatWorld):
    answer(world, ResponseKind.FREE_TEXT, at=ASKED_AT)
    with unit_of_work(world.database) as session:
        session.execute(update(Person).values(state=PersonState.ACTIVE))
    beat(world, ASKED_AT)
    assert len(moments_of(world, MessageKind.ANSWER)) == 24
