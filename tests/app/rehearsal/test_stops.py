"""Time stops where there is something new to see, and only there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update

from bot.app.rehearsal.stops import Stops
from bot.dialogue.outbox import NewMessage, put_many
from bot.models import MessageKind, MessageState, OutboxMessage
from tests.support.database import unit_of_work
from tests.support.running_world import ASKED, ZONE, RunningWorld, asked_world

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.long  # it plays weeks

NOW = datetime.fromisoformat(ASKED).replace(tzinfo=ZONE)
SOON = NOW + timedelta(minutes=50)
REMINDER = datetime(2018, 10, 11, 13, tzinfo=ZONE), "reminder"  # the programme's next moment


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    with asked_world(tmp_path_factory.mktemp("stops")) as world:
        world.player.settle()
        yield world


@pytest.fixture
def empty_outbox(world: RunningWorld) -> Iterator[RunningWorld]:
    """Nothing waits, and nobody has been picked."""
    yield world
    world.local_bot.visitor.forget()
    with unit_of_work(world.local_bot.database) as session:
        session.execute(delete(OutboxMessage).where(OutboxMessage.key == "made-up"))


def wait(world: RunningWorld, kind: MessageKind, at: datetime = SOON, *, to: str = "U0SOMEBODY", round_id: int | None = None) -> None:
    """Something waits in the outbox."""
    programme = world.local_bot.programme().id
    with unit_of_work(world.local_bot.database) as session:
        assert put_many(session, programme, [NewMessage(kind=kind, address=to, due_at=at, round_id=round_id, key="made-up")])


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (MessageKind.DRAFT, "draft"),
        (MessageKind.QUOTE_REVIEW, "draft"),
        (MessageKind.DIGEST, "post"),
        (MessageKind.ANSWER, "answer"),
        (MessageKind.THANKS, "thanks"),
        (MessageKind.NOTICE, "notice"),
        (MessageKind.LIST_REVIEW, "notice"),
        (MessageKind.RESPONSE_REVIEW, "release"),
    ],
)
def test_what_waits_is_named_as_people_name_it(empty_outbox: RunningWorld, kind: MessageKind, name: str) -> None:
    wait(empty_outbox, kind)
    assert empty_outbox.local_bot.controls.next_due() == (SOON, name)


@pytest.mark.parametrize("kind", [MessageKind.REDRAWN, MessageKind.DIGEST_UPDATE, MessageKind.QUOTE_DECLINED])
def test_what_nobody_else_sees_is_no_stop_but_for_the_visitor(empty_outbox: RunningWorld, kind: MessageKind) -> None:
    wait(empty_outbox, kind, to="U0VISITOR")
    assert empty_outbox.local_bot.controls.next_due() == REMINDER
    empty_outbox.local_bot.controls.pick("U0VISITOR")
    seen = (SOON, "message") if kind is MessageKind.QUOTE_DECLINED else REMINDER
    assert empty_outbox.local_bot.controls.next_due() == seen


@pytest.mark.parametrize("kind", [MessageKind.QUESTION, MessageKind.WELCOME])
def test_the_rest_of_what_has_begun_is_no_stop_but_for_the_visitor(empty_outbox: RunningWorld, kind: MessageKind) -> None:
    """The same question in another time zone; a welcome that comes later than the first question did is a new one."""
    round_id = empty_outbox.outbox(MessageKind.QUESTION)[0].round_id if kind is MessageKind.QUESTION else None
    wait(empty_outbox, kind, to="U0ABROAD", round_id=round_id)
    assert empty_outbox.local_bot.controls.next_due() == (REMINDER if round_id else (SOON, "welcome"))
    empty_outbox.local_bot.controls.pick("U0ABROAD")
    assert empty_outbox.local_bot.controls.next_due() == (SOON, "round" if round_id else "welcome")


def to_next(world: RunningWorld) -> str | None:
    """What is told after the next stop has been played to."""
    stop = world.local_bot.controls.next_due()
    assert stop is not None
    world.local_bot.controls.advance(stop[0])
    assert world.player._playing is not None
    world.player._playing.join()
    told = world.local_bot.controls.happened()
    return None if told is None else told[1]


def test_what_came_last_outlives_a_restart_and_a_moment_that_is_past_is_no_way_to_go(empty_outbox: RunningWorld) -> None:
    world, controls, stops = empty_outbox, empty_outbox.local_bot.controls, empty_outbox.local_bot.stops
    assert world.local_bot.engine is not None
    stops.begin(world.local_bot.engine)
    stops.reach(REMINDER[0])
    assert controls.happened() is None  # nobody has been reminded
    stops.begin(world.local_bot.engine)
    wait(world, MessageKind.REMINDER)
    with unit_of_work(world.local_bot.database) as session:
        session.execute(update(OutboxMessage).where(OutboxMessage.key == "made-up").values(state=MessageState.SENT, sent_at=REMINDER[0]))
    stops.reach(REMINDER[0])
    assert Stops(world.local_bot._store, world.local_bot.visitor).last() == controls.happened() == REMINDER
    controls.advance(NOW - timedelta(days=7))
    world.player.halt()
    assert world.local_bot.clock.now() == NOW
    stops.forget()
    assert controls.happened() is None


def test_a_draft_is_told_where_the_week_closes_and_a_posting_only_once_it_has_come(world: RunningWorld) -> None:
    controls = world.local_bot.controls
    assert [to_next(world), to_next(world)] == ["reminder", "draft"]
    stop = controls.next_due()
    assert stop is not None
    assert stop[1] == to_next(world) == "held"
    world.approve()
    told = controls.happened()
    assert told is not None
    assert told[1] == "post"


def test_after_the_last_digest_time_goes_on_to_the_report_and_the_thanks(world: RunningWorld) -> None:
    controls = world.local_bot.controls
    controls.synthetic = True
    world.play("2018-11-09 14:30")
    controls.synthetic = False
    assert [to_next(world) for _ in range(3)] == ["thanks", "draft_report", "held_report"]
    assert len(world.outbox(MessageKind.THANKS)) == len(world.participants)
    assert controls.next_due() is None  # until it is approved
    world.see_and_approve(world.organiser)
    stop = controls.next_due()
    assert stop is not None
    assert (stop[1], to_next(world), controls.next_due()) == ("post_report", "post_report", None)
