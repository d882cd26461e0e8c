"""The day that a welcome names comes true, for everybody, whatever happens in between."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.models import LoadedProgramme, MessageKind, OutboxMessage, Person
from schedules.first_question import first_question_days
from tests.support import heartbeat_world
from tests.support.database import unit_of_work
from tests.support.programme import PROGRAMME, exchange
from tests.support.world import DAY, OPENS, World, lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.support.heartbeat_world import HeartbeatWorld

NOT_DETACHED = "detach_after_days: 7", "detach_after_days: 28"  # who was asked is counted afterwards
UNTIL = "until: 2018-11-06", "until: 2018-10-26"
JOINS = {  # who comes then is asked first on that day
    "2018-10-09 11:00": "2018-10-10",  # the round is open: a day later
    "2018-10-11 07:31": "2018-10-23",  # it closes before that: the next, and a week is skipped
    "2018-10-20 12:00": "2018-10-23",  # at the weekend: welcomed on Monday
    "2018-10-22 20:00": "2018-10-23",  # welcomed at 07:00, before the next
}
LEADERS_FIRST = "order: [hvorhen, hvem-med,", "order: [{leader: hvorhen}, hvem-med,"


@pytest.fixture
def world(make_world: Callable[..., HeartbeatWorld]) -> HeartbeatWorld:
    return make_world(*NOT_DETACHED)


def days(world: HeartbeatWorld) -> dict[str, tuple[str | None, str | None]]:
    """By address: the day that the welcome names, and the day of the first question."""
    with world.database.look() as session:
        people = {person.id: person for person in session.scalars(select(Person))}
        rows = session.scalars(select(OutboxMessage).where(OutboxMessage.person_id.is_not(None)).order_by(OutboxMessage.due_at)).all()
    told = {people[row.person_id or 0].address: row.facts.get("first_question") for row in rows if row.kind is MessageKind.WELCOME}
    asked: dict[str, str] = {}
    for row in (row for row in rows if row.kind is MessageKind.QUESTION):
        person = people[row.person_id or 0]
        asked.setdefault(person.address, f"{row.due_at.astimezone(ZoneInfo(person.timezone)):%Y-%m-%d}")
    return {address: (day, asked.get(address)) for address, day in told.items()}


def test_the_welcome_names_the_day_of_the_first_question_and_it_comes_then(world: HeartbeatWorld) -> None:
    world.beat("2018-10-01 08:00", "2018-10-08 11:00", "2018-10-09 10:40")
    assert set(days(world).values()) == {("2018-10-09", "2018-10-09")}
    assert len(days(world)) == 24


def test_a_welcome_that_waits_follows_the_plan(world: HeartbeatWorld) -> None:
    world.beat("2018-10-01 08:00")
    world.file.write_text(exchange(world.file.read_text("utf-8"), "weeks: [42]", "weeks: [41]"), "utf-8")
    world.beat("2018-10-02 08:00", "2018-10-08 11:00", "2018-10-15 11:00", "2018-10-16 10:40")
    assert set(days(world).values()) == {("2018-10-16", "2018-10-16")}


@pytest.mark.long  # it plays a season
def test_who_joins_later_is_told_their_own_day(world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    world.beat("2018-10-01 08:00", "2018-10-08 11:00", "2018-10-09 10:40")
    moments = "2018-10-10 11:10", "2018-10-22 08:00", "2018-10-23 08:00", "2018-10-23 10:40", "2018-10-24 10:40"
    for moment in sorted([*moments, *JOINS]):
        if moment in JOINS:
            monkeypatch.setitem(heartbeat_world.LISTS, "S0LEADERS", heartbeat_world.LISTS["S0LEADERS"] + 1)
            with unit_of_work(world.database) as session:
                session.execute(update(LoadedProgramme).values(synchronised_at=None))
        world.beat(moment, moment)  # what is delivered in the first is known in the second
    assert [days(world)[f"US0LEADERS{number}"] for number in range(12, 16)] == [(day, day) for day in JOINS.values()]


def test_who_comes_back_on_the_list_is_told_of_the_open_round_only_if_it_has_not_asked_them(session: Session) -> None:
    world = World(session).populate()
    world.open()
    world.read(lists(leaders=11))  # before it has asked them
    world.deliver(OPENS)
    world.read(lists(leaders=10))  # when it has asked them
    world.read(lists(leaders=13))
    day = first_question_days(session, OPENS, PROGRAMME, ())
    told = {who: day(world.person(who), OPENS) for who in ("L10", "L11", "L12")}
    assert told == {"L10": None, "L11": (OPENS + DAY).date(), "L12": (OPENS + DAY).date()}


def test_a_round_that_opens_before_what_is_late_is_the_first(
    make_world: Callable[..., HeartbeatWorld], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked twice a week: welcomed on Wednesday at 07:00, so asked at 09:30, and on Thursday what Monday's round asked."""
    world = make_world(*NOT_DETACHED, "every: tuesday", "every: [monday, wednesday]", "from: 2018-10-09", "from: 2018-10-08", *UNTIL)
    world.beat("2018-10-01 08:00", "2018-10-05 11:00", "2018-10-08 10:40")
    monkeypatch.setitem(heartbeat_world.LISTS, "S0LEADERS", 13)
    with unit_of_work(world.database) as session:
        session.execute(update(LoadedProgramme).values(synchronised_at=None))
    world.beat("2018-10-09 20:00", "2018-10-10 07:00", "2018-10-10 07:01", "2018-10-10 09:30", "2018-10-11 07:01")
    assert days(world)["US0LEADERS12"] == ("2018-10-10", "2018-10-10")


def test_a_role_that_the_first_entry_does_not_ask_is_told_of_the_next(make_world: Callable[..., HeartbeatWorld]) -> None:
    world = make_world(*LEADERS_FIRST, *NOT_DETACHED)
    world.beat("2018-10-01 08:00", "2018-10-08 11:00", "2018-10-09 10:40", "2018-10-23 10:40")
    assert {(address[:6], *both) for address, both in days(world).items()} == {
        ("US0LEA", "2018-10-09", "2018-10-09"),
        ("US0REP", "2018-10-23", "2018-10-23"),
    }


def test_where_no_day_is_known_none_is_named(make_world: Callable[..., HeartbeatWorld]) -> None:
    """Too few stand on the lists for a question to the leaders alone: it is missed, and all that follows goes out later."""
    world = make_world(*LEADERS_FIRST, "guidelines_agreed", "floors: {people: 5, quotes: 8, audience: 13}\nguidelines_agreed")
    world.beat("2018-10-01 08:00")
    assert {told for told, _ in days(world).values()} == {None}
