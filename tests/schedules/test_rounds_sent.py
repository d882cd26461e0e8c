"""Does the log say of each round once that it was sent, with the size of the list and nothing of what people did?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from structlog.testing import capture_logs

from bot.dialogue import people
from bot.models import Person, PersonState
from bot.programme import PARTICIPANTS
from tests.support.heartbeat_world import here
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from tests.support.heartbeat_world import HeartbeatWorld

FIRST, WELCOMED, ASKED = "2018-10-01 08:00", "2018-10-08 11:00", "2018-10-09 10:40"


def sent(lines: Sequence[MutableMapping[str, Any]]) -> list[tuple[object, ...]]:
    return [(line["round"], line["entry"], line["list"], line["seconds"]) for line in lines if line["event"] == "a round has been sent"]


def test_a_round_is_said_once_when_the_last_of_its_questions_has_gone_out(world: HeartbeatWorld) -> None:
    with capture_logs() as lines:
        world.beat(FIRST, WELCOMED, "2018-10-09 09:30", "2018-10-09 09:31")
        assert sent(lines) == []
        world.beat(ASKED, ASKED, "2018-10-09 12:00")
    assert sent(lines) == [("2018-W41:1", "hvorhen", 24, 70 * 60)]  # the Faroe Islands are an hour behind


def test_the_size_is_the_lists_whoever_has_left(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED)
    with world.database.work() as session:
        for person in session.scalars(select(Person).where(Person.role.in_(PARTICIPANTS), Person.state == PersonState.ACTIVE).limit(3)):
            people.leave(session, here(WELCOMED), person)
    with capture_logs() as lines:
        world.beat(ASKED, ASKED)
    assert [size for _, _, size, _ in sent(lines)] == [24]
    assert not {"21", "3"} & {str(value) for line in lines for value in line.values()}


def test_what_was_sent_before_the_bot_started_is_not_said_again(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED, ASKED)
    world.heart = world.another(world.database)
    with capture_logs() as lines:
        world.beat(ASKED, "2018-10-09 12:00")
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
