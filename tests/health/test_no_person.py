"""No figure moves by what one person does: two worlds that differ in one act read the same, to the byte, at every moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.health.metrics import text_of_metrics
from bot.health.reading import read
from bot.models import MessageKind, Person
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
from tests.support.database import messages_in
from tests.support.two_worlds import MOMENTS, PLAY, Story, play
from tests.support.world import AS_FOUND

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.app.engine import Engine

pytestmark = pytest.mark.long
TEXT: Final = "Mere tid til samtaler, tak."
DOWN: Final = ("", "2018-10-09 09:30", "2018-10-23 09:30")  # when the platform takes nothing
ASKED: Final = [moment for moment in MOMENTS if "round is open" in moment or "close" in moment]


def newest_round(engine: Engine) -> int:
    return messages_in(engine.database, MessageKind.QUESTION)[-1].round_id or 0


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
CHOICES: Final = [(act, moment) for act in ACTS for moment in MOMENTS] + [(act, moment) for act in ON_A_ROUND for moment in ASKED]


def figures(folder: Path, story: Story, down_at: str) -> list[bytes]:
    """What monitoring reads at each moment of four weeks."""
    found: list[bytes] = []

    def watch(engine: Engine) -> None:
        vitals = engine.vitals()
        with engine.database.look() as session:
            found.append(text_of_metrics(vitals, read(session, vitals.now())))

    play(folder, story, acts=ACTS | ON_A_ROUND, watch=watch, down_at=down_at)
    return found


BEFORE: dict[tuple[str, int, str], list[bytes]] = {}


@hypothesis_settings(max_examples=6, deadline=None, phases=AS_FOUND)
@given(
    choice=st.sampled_from(CHOICES),
    down_at=st.sampled_from(DOWN),
    who=st.sampled_from(["L3", "E3"]),
    leaders=st.sampled_from([10, 13]),
)
def test_what_one_person_does_moves_no_figure(
    tmp_path_factory: pytest.TempPathFactory, choice: tuple[str, str], down_at: str, who: str, leaders: int
):
    folder, (act, moment) = tmp_path_factory.mktemp("worlds"), choice
    story = Story(leaders=leaders, reps=12, who=who)
    if (down_at, leaders, who) not in BEFORE:
        BEFORE[down_at, leaders, who] = figures(folder, story, down_at)
    before, after = BEFORE[down_at, leaders, who], figures(folder, replace(story, act=act, moment=moment), down_at)
    assert len(before) == len(after) == 2 * len(PLAY)
    for number, (figures_before, figures_after) in enumerate(zip(before, after, strict=True)):
        assert figures_before == figures_after, (act, moment, number)


def test_the_worlds_do_act_and_the_figures_do_move_by_the_clock(tmp_path: Path):
    """Else nothing would have been compared."""
    states: list[tuple[str, int]] = []

    def watch(engine: Engine) -> None:
        with engine.database.look() as session:
            states.extend((person.state.value, 0) for person in session.scalars(select(Person).where(Person.address == "L3")))

    play(tmp_path, Story(leaders=12, reps=12, who="L3", act="leaves", moment="before the first question"), acts=ACTS, watch=watch)
    assert ("left", 0) in states
    found = figures(tmp_path, Story(leaders=12, reps=12, who="L3"), DOWN[1])
    assert any(b"oldest_due_age_seconds 1200.0" in text for text in found)
    assert any(b"standstill_since_timestamp_seconds{" in text for text in found)
    assert b"rounds_sent_total 2.0" in found[-1]
