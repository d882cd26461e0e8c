"""What others see does not depend on what one person does who does not answer.

Two weeks are played twice, and every message to everybody else is held against its other self, to the byte and the minute. Here a spread of
sizes at the cliffs, past the platform; `make season` plays all sizes from 10 to 60 with the whole bot (`tests/walks/season_two_worlds.py`).
"""

from __future__ import annotations

from datetime import time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

import pytest
from sqlalchemy import select

from bot.dialogue import own_hour, people
from bot.dialogue.compose import compose_all
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.digests import digest_review
from bot.dialogue.rounds import after_opening
from bot.models import MessageState, OutboxMessage, Person
from bot.platforms.slack.messages import render_message
from bot.programme import Role, Slot, Week
from bot.seam.meaning import Meaning
from tests.support.programme import FOR_ALL, VARIANTS
from tests.support.quoting import TEXTS
from tests.support.world import BEFORE, CLOSES, DAY, OPENS, WEEK, World, addresses, at, close_of, lists, separate_world

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models import Round

pytestmark = pytest.mark.long  # plays whole seasons twice
Screens: TypeAlias = "list[tuple[str, str, str]]"  # the place, the minute, and what stands there
HOUR = timedelta(hours=1)
MOMENTS: Final = ("before the first question", "while it is open", "after its close")
ACTS: Final = ("pauses", "leaves", "is erased", "chooses noon")


def do(world: World, who: str, act: str, now: datetime) -> None:
    if act == "pauses":
        people.pause(world.session, now, world.person(who), (now + 8 * WEEK).date())
    elif act == "leaves":
        people.leave(world.session, now, world.person(who))
    elif act == "chooses noon":
        own_hour.choose_hour(world.person(who), world.programme, time(12))
    else:
        erase(world.session, now, who)


def show(world: World, now: datetime, screens: Screens) -> None:
    """What has fallen due is said."""
    waiting = select(OutboxMessage).where(OutboxMessage.state == MessageState.PENDING, OutboxMessage.due_at <= now)
    messages = world.session.scalars(waiting.order_by(OutboxMessage.id)).all()
    for message, meaning in zip(messages, compose_all(world.session, now, world.programme, messages), strict=True):
        said = isinstance(meaning, Meaning)
        if isinstance(meaning, Meaning):
            screens.append((message.address, f"{now:%d %H:%M}", render_message(meaning).blocks))
        message.state, message.sent_at = MessageState.SENT if said else MessageState.CANCELLED, now
    world.session.flush()


def open_week(world: World, week: int, sizes: dict[str, int], screens: Screens) -> Round | None:
    """The lists are read, and the question goes out: to all in the first week, to each role its own in the second."""
    opens, slot = OPENS + WEEK * (week - 1), Slot(week=Week(year=2018, number=33 + week), number=1)
    world.read(lists(**sizes), opens - HOUR)
    window = {"slot": slot, "opens_at": opens, "closes_at": close_of(week), "moment_for": at(opens)}
    round_ = world.open(FOR_ALL if week == 1 else VARIANTS, now=opens, **window)
    show(world, opens, screens)
    return round_


def close_week(world: World, week: int, round_: Round, others: list[str], screens: Screens) -> None:
    """Half of the others have answered; the digest is drafted and put to the organisers."""
    closes = close_of(week)
    authors = world.session.scalars(select(Person).where(Person.address.in_(others[::2])).order_by(Person.id)).all()
    world.answer(round_, authors, wishes=9, texts=TEXTS[: len(authors)])
    after_opening.close_round(world.session, closes, round_)
    digest_review.submit_draft(world.session, closes, world.programme, world.draft(week))
    after_opening.report_unreached(world.session, closes + HOUR, world.programme)
    show(world, closes + HOUR, screens)


@cache
def play(leaders: int, reps: int, who: str, act: str = "", moment: str = "") -> Screens:
    """All that is said to everybody but one person in two weeks, of which they answer in neither."""
    screens: Screens = []
    sizes = {"leaders": leaders, "reps": reps}
    others = [name for role, n in ((Role.LEADER, leaders), (Role.EMPLOYEE_REP, reps)) for name in addresses(role, n) if name != who]
    with separate_world() as world:
        world.populate(**sizes)
        for week in (1, 2):
            if (week, moment) == (1, "before the first question"):
                do(world, who, act, BEFORE + DAY)
            round_ = open_week(world, week, sizes, screens)
            if (week, moment) == (1, "while it is open"):
                do(world, who, act, OPENS + HOUR)
            show(world, OPENS + WEEK * (week - 1) + 3 * HOUR, screens)
            if round_ is not None:
                close_week(world, week, round_, others, screens)
            if (week, moment) == (1, "after its close"):
                do(world, who, act, CLOSES + 2 * HOUR)
    return [shown for shown in screens if shown[0] != who]


def who_tells(leaders: int, reps: int, who: str, act: str, moment: str) -> list[str]:
    """The places where it shows, with the first message that is there in one world only."""
    one, other = play(leaders, reps, who), play(leaders, reps, who, act, moment)
    return sorted({f"{shown[0]} {shown[1]}" for shown in set(one) ^ set(other)})


@pytest.mark.parametrize("act", ["is erased", "chooses noon", "pauses or leaves"])
@pytest.mark.parametrize("size", [10, 13, 15, 49, 50])
def test_whatever_one_person_does_who_does_not_answer_everybody_else_sees_the_same(size: int, act: str) -> None:
    act = act if act in ACTS else ACTS[size % 2]
    assert who_tells(size, 12, "L3", act, MOMENTS[size % len(MOMENTS)]) == []


@pytest.mark.parametrize(("reps", "act"), [(10, "pauses"), (10, "is erased"), (5, "leaves"), (10, "chooses noon")])
def test_nor_in_a_small_role_beside_a_big_one(reps: int, act: str) -> None:
    assert who_tells(20, reps, "E3", act, MOMENTS[0]) == []


@pytest.mark.parametrize(("leaders", "reps", "who", "act"), [(10, 0, "L3", "is erased"), (9, 1, "E0", "pauses"), (5, 5, "L3", "leaves")])
def test_nor_where_exactly_ten_are_asked_together(leaders: int, reps: int, who: str, act: str) -> None:
    assert who_tells(leaders, reps, who, act, MOMENTS[0]) == []


@pytest.mark.parametrize(("leaders", "reps", "who", "act"), [(40, 10, "E3", "pauses"), (50, 0, "L3", "is erased")])
def test_nor_where_exactly_fifty_are_asked_together(leaders: int, reps: int, who: str, act: str) -> None:
    assert who_tells(leaders, reps, who, act, MOMENTS[0]) == []


def test_two_worlds_that_do_differ_are_told_apart() -> None:
    one, other = play(12, 12, "L3"), play(12, 13, "L3")
    assert one != other
    assert len(one) > 23 * 2
