"""The log says once of each round that it was sent, and nothing of what people did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.dialogue import people
from bot.dialogue.data_rights.erasure import erase
from bot.models import Person, PersonState
from bot.programme import PARTICIPANTS
from bot.sending.lanes import Standstill
from tests.support.database import unit_of_work
from tests.support.heartbeat_world import FAROE, here
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from tests.support.heartbeat_world import HeartbeatWorld

FIRST, WELCOMED, ASKED = "2018-10-01 08:00", "2018-10-08 11:00", "2018-10-09 10:40"
SENT, LATER = "2018-10-09 10:45", "2018-10-09 12:00"  # the Faroe Islands are an hour behind


def sent(lines: Sequence[MutableMapping[str, Any]]) -> list[tuple[object, ...]]:
    return [(line["round"], line["entry"], line["listed"]) for line in lines if line["event"] == "a round has been sent"]


@pytest.mark.parametrize("act", ["stays", "is erased"])
def test_a_round_is_said_once_when_it_is_sent_in_the_last_time_zone_whatever_those_there_do(world: HeartbeatWorld, act: str) -> None:
    world.beat(FIRST, WELCOMED)
    with unit_of_work(world.database) as session:
        for person in session.scalars(select(Person).where(Person.timezone == FAROE, Person.role.in_(PARTICIPANTS))).all():
            if act == "is erased":
                erase(session, here(WELCOMED), person.address)
    with capture_logs() as lines:
        world.beat("2018-10-09 09:30", "2018-10-09 09:31", ASKED)
        assert sent(lines) == []
        world.beat(SENT, SENT, LATER)
    assert sent(lines) == [("2018-W41:1", "hvorhen", 24)]


def test_while_the_platform_takes_nothing_no_round_is_said_to_be_sent(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED)
    still = {"people": Standstill(since=here(ASKED), reason="down")}
    world.heart._standstills = lambda: still
    with capture_logs() as lines:
        world.beat("2018-10-09 09:30", SENT)
        assert sent(lines) == []
        still.clear()
        world.beat(SENT, LATER)
    assert len(sent(lines)) == 1


def test_the_size_is_the_lists_whoever_has_left(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED)
    with unit_of_work(world.database) as session:
        for person in session.scalars(select(Person).where(Person.role.in_(PARTICIPANTS), Person.state == PersonState.ACTIVE).limit(3)):
            people.leave(session, here(WELCOMED), person)
    with capture_logs() as lines:
        world.beat(ASKED, LATER)
    assert [size for *_, size in sent(lines)] == [24]
    assert not {"21", "3"} & {str(value) for line in lines for value in line.values()}


def test_what_was_sent_before_the_bot_started_is_not_said_again(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED, ASKED, LATER)
    world.heart = world.another(world.database)
    with capture_logs() as lines:
        world.beat(LATER, LATER)
    assert sent(lines) == []


def test_the_programme_that_is_loaded_anew_and_faults_in_it_are_said(world: HeartbeatWorld) -> None:
    with capture_logs() as lines:
        world.beat(FIRST)
        write_programme(world.folder, "every: tuesday", "every: tusday")
        world.beat(FIRST)
        write_programme(world.folder, 'at: "09:30"', 'at: "10:15"')
        world.beat(FIRST, FIRST)
    assert [(line["event"], line["log_level"]) for line in lines] == [
        ("the programme file has faults; the version before it runs on", "warning"),
        ("the programme file was loaded anew", "info"),
    ]
