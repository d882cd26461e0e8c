"""A floor that is raised or lowered counts from the next round on, not before."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.rounds import after_opening, opening
from bot.models import MessageKind, MessageState, OutboxMessage
from bot.programme import Floors
from tests.support.programme import FOR_ALL, PROGRAMME, programme_with
from tests.support.world import AS_FOUND, CLOSES, World, separate_world

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

floors = st.builds(Floors, people=st.integers(5, 12), quotes=st.integers(8, 12), audience=st.integers(10, 20))


def set_to(world: World, people: int) -> None:
    """An organiser edits the floor."""
    world.programme = replace(world.programme, floors=Floors(people=people))


@pytest.mark.parametrize(("before", "after"), [(5, 8), (8, 5)])
def test_an_edit_in_mid_week_changes_nothing_printed_of_the_open_round(session: Session, before: int, after: int) -> None:
    world = World(session, programme_with(floors=Floors(people=before)))
    world.answer(world.add_round(1), world.add_people(7))
    set_to(world, after)
    content = content_of(world.draft(1))
    assert (content["floor"], content["themes"][0]["people"]) == (before, 5 if before == 5 else None)


def test_a_raised_floor_counts_from_the_next_round(session: Session) -> None:
    world = World(session, programme_with())
    people = world.add_people(7)
    world.answer(world.add_round(1), people)
    set_to(world, 8)
    world.answer(world.add_round(2), people)
    printed = [content_of(world.draft(week)) for week in (1, 2)]
    assert [(each["floor"], each["themes"][0]["people"]) for each in printed] == [(5, 5), (8, None)]


@pytest.mark.parametrize("edits", [(5, 8), (8, 5)])
def test_the_higher_floor_of_a_weeks_rounds_holds_for_all_of_its_digest(session: Session, edits: tuple[int, int]) -> None:
    world = World(session, programme_with())
    people = world.add_people(7)
    for day, (floor, theme) in enumerate(zip(edits, ("trust", "time"), strict=True), start=1):
        set_to(world, floor)
        world.answer(world.add_round(1, theme, day), people)
    content = content_of(world.draft(1))
    assert [content["floor"], *(each["people"] for each in content["themes"])] == [8, None, None]


def test_a_round_from_before_floors_were_kept_has_the_programmes(session: Session) -> None:
    world = World(session, programme_with(floors=Floors(people=8)))
    round_ = world.add_round(1)
    round_.snapshot = {key: value for key, value in round_.snapshot.items() if key != "floors"}
    world.answer(round_, world.add_people(7))
    assert content_of(world.draft(1))["themes"][0]["people"] is None


@settings(max_examples=25, phases=AS_FOUND)
@given(st.integers(0, 14), floors, floors)
def test_no_edit_after_the_opening_changes_a_byte_of_the_digest(people: int, opened_under: Floors, edited: Floors) -> None:
    def digest_under(after: Floors) -> str:
        with separate_world(programme_with(floors=opened_under)) as world:
            world.answer(world.add_round(1), world.add_people(people), wishes=people // 2)
            world.programme = replace(world.programme, floors=after)
            return json.dumps(content_of(world.draft(1)))

    assert digest_under(edited) == digest_under(opened_under)


@pytest.mark.parametrize(("floor", "told"), [(5, ("round.unsaid.many", 5)), (8, ("round.unsaid.few", 8))])
def test_how_many_a_question_could_not_reach_is_told_under_the_rounds_own_floor(
    session: Session, floor: int, told: tuple[str, int]
) -> None:
    world = World(session, programme_with(floors=Floors(people=floor))).populate()
    round_ = world.open()
    assert round_ is not None
    unreached = OutboxMessage.address.in_([f"L{number}" for number in range(6)])
    session.execute(update(OutboxMessage).where(~unreached).values(state=MessageState.SENT))
    world.close(round_)
    after_opening.report_unreached(session, CLOSES, replace(PROGRAMME, floors=Floors(people=13 - floor)))
    (notice,) = world.messages(MessageKind.NOTICE)
    assert (notice.facts["say"], notice.facts["values"]["number"]) == told


def test_where_a_number_must_count_more_people_than_are_asked_that_is_the_reason_and_nobody_is_announced_a_question(
    session: Session,
) -> None:
    world = World(session, programme_with(floors=Floors(people=50))).populate(leaders=20, reps=20)
    assert (opening.roles_to_ask(session, world.programme, FOR_ALL), world.open()) == (frozenset(), None)
    assert world.notices()[-1] == "round.missed.audience"
