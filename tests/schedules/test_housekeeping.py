"""A beat destroys what must not be kept any longer, even long after the programme has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, event, select

from bot.dialogue.rounds import replies
from bot.models import Authorship, Digest, MessageKind, ProgrammeVersion, Reply
from schedules import housekeeping
from tests.support.database import unit_of_work
from tests.support.heartbeat_world import here
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from tests.support.heartbeat_world import HeartbeatWorld

FIRST, WELCOMED, ASKED, CLOSED = "2018-10-01 08:00", "2018-10-08 11:00", "2018-10-09 10:40", "2018-10-12 10:00"


def answered(world: HeartbeatWorld) -> None:
    """The first week, with an answer from everybody, closed and drafted."""
    still_open(world)
    world.beat(CLOSED)


def still_open(world: HeartbeatWorld) -> None:
    """The first week, with an answer from everybody."""
    world.beat(FIRST, WELCOMED, ASKED)
    (round_,) = world.rounds()
    with unit_of_work(world.database) as session:
        for message in world.messages(MessageKind.QUESTION):
            programme = world.heart._programme_store.current(here(ASKED))
            replies.record(session, here(ASKED), programme, message.address, round_.id, "Mod skoven", wish=False, quote=False)


def forget_texts(world: HeartbeatWorld) -> None:
    """A bot of before texts were kept in the database ran until now: what has no file is not known any more."""
    world.database.write(lambda session: session.execute(delete(ProgrammeVersion)))
    world.heart = world.another(world.database)


def kept(world: HeartbeatWorld) -> tuple[int, int, int]:
    """How many authorships, questions and replies there are."""
    with world.database.look() as session:
        ties, words = (len(session.execute(select(each)).all()) for each in (Authorship, Reply))
    return ties, len(world.messages(MessageKind.QUESTION)), words


def test_a_week_is_detached_after_seven_days_and_its_words_deleted_after_ninety(world: HeartbeatWorld) -> None:
    answered(world)
    world.beat("2018-10-19 09:59")
    assert kept(world) == (24, 24, 24)
    world.beat("2018-10-19 10:01")
    assert kept(world) == (0, 0, 24)
    world.beat("2019-01-10 08:59")  # the programme has ended long ago, and so has summer time
    assert kept(world)[2] == 24
    world.beat("2019-01-10 09:00")
    assert kept(world)[2] == 0
    assert len(world.rounds()) == 1
    with world.database.look() as session:
        assert len(session.scalars(select(Digest)).all()) == 1


def test_what_was_promised_holds_when_the_programme_is_taken_away(world: HeartbeatWorld) -> None:
    answered(world)
    write_programme(world.folder, "landsbyen-2018", "byen-2018")
    forget_texts(world)
    world.beat("2019-01-10 10:01")
    assert kept(world) == (0, 0, 0)


@pytest.mark.parametrize("taken_away", ["another id", "no file"])
def test_what_was_promised_holds_when_the_programme_is_taken_away_while_its_round_is_open(world: HeartbeatWorld, taken_away: str) -> None:
    still_open(world)
    write_programme(world.folder, "landsbyen-2018", "byen-2018", name="landsby.yaml" if taken_away == "another id" else "by.yaml")
    if taken_away == "no file":
        (world.folder / "landsby.yaml").unlink()
    forget_texts(world)
    world.beat("2018-10-26 09:59")
    assert kept(world) == (24, 24, 24)
    assert world.notices("undrafted") == []
    world.beat("2018-10-26 10:01", "2018-10-26 10:02", "2018-11-20 10:00")
    assert kept(world) == (0, 0, 24)
    (told,) = world.notices("undrafted")
    assert (told.programme, told.facts["values"]) == ("byen-2018", {"week": 41, "year": 2018, "of": "landsbyen-2018"})
    world.beat("2019-01-10 09:00")
    assert kept(world) == (0, 0, 0)


def test_a_programme_that_comes_back_has_no_digest_of_a_week_that_is_detached(world: HeartbeatWorld) -> None:
    still_open(world)
    away = write_programme(world.folder, "landsbyen-2018", "byen-2018")
    forget_texts(world)
    world.beat("2018-10-26 10:01")
    away.unlink()
    write_programme(world.folder)
    forget_texts(world)
    world.beat("2018-10-29 10:00", "2018-10-29 10:01")
    with world.database.look() as session:
        assert session.scalars(select(Digest).where(Digest.programme == "landsbyen-2018", Digest.week == "2018-W41")).all() == []
    assert len(world.notices("undrafted")) == 1


@pytest.mark.parametrize("taken_away", ["another id", "no file"])
def test_a_programme_whose_file_is_taken_away_goes_on_to_its_end(world: HeartbeatWorld, taken_away: str) -> None:
    still_open(world)
    if taken_away == "another id":
        write_programme(world.folder, "landsbyen-2018", "byen-2018")
    else:
        world.file.unlink()
    world.beat(CLOSED, "2018-10-19 09:59")
    assert kept(world) == (24, 24, 24)
    world.beat("2018-10-19 10:01")
    assert kept(world) == (0, 0, 24)
    with world.database.look() as session:
        assert [(digest.programme, digest.week) for digest in session.scalars(select(Digest))] == [("landsbyen-2018", "2018-W41")]
    assert (len(world.notices("undrafted")), world.told_of_the_file()) == (0, ["notice.edit_broken"])


def test_house_is_kept_once_a_minute(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    tidied: list[str] = []
    event.listen(world.database.engine, "before_cursor_execute", lambda *heard: tidied.extend(["x"] * ("seen_events" in heard[2])))
    world.beat("2018-10-01 08:00:30", "2018-10-01 08:00:59")
    assert tidied == []
    world.beat("2018-10-01 08:01", "2018-10-01 08:01:30")
    assert len(tidied) == 1
    world.beat(FIRST)
    assert len(tidied) == 2, "a clock that is set back stops nothing"


def test_every_step_says_whether_there_may_be_another(world: HeartbeatWorld) -> None:
    answered(world)
    with unit_of_work(world.database) as session:
        assert [step(session, here("2019-02-01 10:00"), ()) for step in housekeeping.STEPS.values()] == [False, True, True, False]
    with unit_of_work(world.database) as session:
        assert [step(session, here("2019-02-01 10:00"), ()) for step in housekeeping.STEPS.values()] == [False, False, False, False]
