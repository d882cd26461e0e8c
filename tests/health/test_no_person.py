"""No figure moves by what one person does: two worlds that differ in one act read the same, to the byte, at every moment."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.errors import Refused
from bot.health.metrics import text_of_metrics
from bot.health.reading import read
from bot.models import Person, Round
from bot.seam.actions import (
    CameBack,
    Erased,
    HomeWanted,
    HourChosen,
    Left,
    MyDataWanted,
    Paused,
    QuoteWithdrawn,
    Replied,
    ReplyDeleted,
    ReplyFormWanted,
    TypedDirectly,
)
from tests.support.two_worlds import MOMENTS, PLAY, Story, play
from tests.support.world import AS_FOUND

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from bot.app.engine import Engine

pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]
TEXT: Final = "Mere tid til samtaler, tak."
DOWN: Final = ("", "2018-10-09 09:30", "2018-10-23 09:30", "2018-10-12 14:00")  # when the platform takes nothing
STORY: Final = Story(leaders=12, reps=10, who="L3")


def newest_round(engine: Engine) -> int:
    with engine.database.look() as session:
        return session.scalar(select(func.max(Round.id))) or 0


def answer(engine: Engine, who: str, *, quote: bool = False) -> None:
    engine._act(Replied(who=who, round=newest_round(engine), text=TEXT, quote=quote))


def answer_and(after: Callable[[Engine, str], Any]) -> Callable[[Engine, str], None]:
    def act(engine: Engine, who: str) -> None:
        answer(engine, who, quote=True)
        after(engine, who)

    return act


ACTS: Final[dict[str, Callable[[Engine, str], Any]]] = {
    "pauses": lambda engine, who: engine._act(Paused(who=who, until=date(2018, 11, 30))),
    "pauses and comes back": lambda engine, who: [
        engine._act(act) for act in (Paused(who=who, until=date(2018, 11, 30)), CameBack(who=who))
    ],
    "leaves": lambda engine, who: engine._act(Left(who=who)),
    "leaves and comes back": lambda engine, who: [engine._act(act) for act in (Left(who=who), CameBack(who=who))],
    "is erased": lambda engine, who: engine._act(Erased(who=who)),
    "chooses another hour": lambda engine, who: engine._act(HourChosen(who=who, hour=time(8))),
    "opens their page": lambda engine, who: engine._read(HomeWanted(who=who)),
    "asks for everything": lambda engine, who: engine._read(MyDataWanted(who=who)),
    "types a message": lambda engine, who: engine._act(TypedDirectly(who=who, event="E1")),
}
ON_A_ROUND: Final[dict[str, Callable[[Engine, str], Any]]] = {
    "opens the form": lambda engine, who: engine._read(ReplyFormWanted(who=who)),
    "answers": answer,
    "answers and marks a quote": lambda engine, who: answer(engine, who, quote=True),
    "answers and deletes": answer_and(lambda engine, who: engine._act(ReplyDeleted(who=who, round=newest_round(engine)))),
    "answers and withdraws the quote": answer_and(lambda engine, who: engine._act(QuoteWithdrawn(who=who, round=newest_round(engine)))),
    "answers and leaves": answer_and(lambda engine, who: engine._act(Left(who=who))),
}
LIFE: Final = st.fixed_dictionaries(  # what the one person does at each moment
    {
        moment: st.lists(st.sampled_from([*ACTS, *(ON_A_ROUND if number > 1 else ())]), max_size=3)
        for number, moment in enumerate(MOMENTS.values())
    }
)


def figures(folder: Path, story: Story, down_at: str, life: Mapping[str, Sequence[str]], *, are_few: bool = False) -> list[bytes]:
    """What monitoring reads at each moment of four weeks. `are_few`: all others leave at first but four, the fewest that may be asked."""
    found: list[bytes] = []

    def act(engine: Engine, moment: str) -> None:
        if are_few and moment == next(iter(MOMENTS.values())):
            for who in [*(f"L{number}" for number in range(5, story.leaders)), *(f"E{number}" for number in range(story.reps))]:
                engine._act(Left(who=who))
        for name in life.get(moment, ()):
            with suppress(Refused):  # they may have left
                (ACTS | ON_A_ROUND)[name](engine, story.who)

    def watch(engine: Engine) -> None:
        vitals = engine.vitals()
        with engine.database.look() as session:
            found.append(text_of_metrics(vitals, read(session, vitals.now())))

    play(folder, story, act=act, watch=watch, down_at=down_at)
    return found


@cache
def figures_of_a_silent_life(folder: Path, down_at: str, *, are_few: bool = False) -> list[bytes]:
    return figures(folder, STORY, down_at, {}, are_few=are_few)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("worlds")


@hypothesis_settings(max_examples=3, deadline=None, phases=AS_FOUND, suppress_health_check=list(HealthCheck))
@given(life=LIFE, down_at=st.sampled_from(DOWN), are_few=st.booleans())
@example(life={"2018-10-09 12:00": ["answers and marks a quote"], "2018-10-12 10:30": ["is erased"]}, down_at=DOWN[2], are_few=False)
@example(life={"2018-10-08 12:00": ["chooses another hour"], "2018-10-22 12:00": ["leaves"]}, down_at=DOWN[1], are_few=False)
@example(life={"2018-10-08 12:00": ["pauses"]}, down_at=DOWN[1], are_few=True)
def test_what_one_person_does_moves_no_figure(folder: Path, life: dict[str, list[str]], down_at: str, *, are_few: bool):
    before = figures_of_a_silent_life(folder, down_at, are_few=are_few)
    after = figures(folder, STORY, down_at, life, are_few=are_few)
    assert len(before) == len(after) == 2 * len(PLAY)
    for moment, (figures_before, figures_after) in enumerate(zip(before, after, strict=True)):
        assert figures_before == figures_after, list(PLAY)[moment // 2]


def test_the_worlds_do_act_and_the_figures_do_move_by_the_clock(folder: Path):
    """Else nothing would have been compared."""
    found = figures_of_a_silent_life(folder, DOWN[3])
    assert any(b"oldest_due_age_seconds 1200.0" in text for text in found)
    assert any(b"standstill_since_timestamp_seconds{" in text for text in found)
    assert b"rounds_sent_total 2.0" in found[-1]
    states = set[str]()

    def watch(engine: Engine) -> None:
        with engine.database.look() as session:
            states.update(person.state.value for person in session.scalars(select(Person).where(Person.address == STORY.who)))

    play(folder, STORY, act=lambda engine, moment: ACTS["leaves"](engine, STORY.who) if moment == list(PLAY)[1] else None, watch=watch)
    assert states == {"invited", "left"}
