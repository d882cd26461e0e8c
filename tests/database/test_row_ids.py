"""Nobody can guess an id, and a rehearsal has the same ids twice."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from bot.database.row_ids import DICE_IN_SESSION, new_id, new_number

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database


def ids_of(session: Session) -> tuple[str, int]:
    return new_id(session), new_number(session)


def test_ids_are_never_the_same_twice(session: Session) -> None:
    assert len({ids_of(session) for _ in range(100)}) == 100


def test_dice_that_a_database_carries_decide_its_ids(database: Database) -> None:
    thrown = []
    for seed in (1, 1, 2):
        database.carried[DICE_IN_SESSION] = random.Random(seed)  # noqa: S311 - to be the same twice
        with database.look() as session:
            thrown.append(ids_of(session))
    assert thrown[0] == thrown[1] != thrown[2]
    assert [(len(id_), 0 < number <= 2**30) for id_, number in thrown] == [(32, True)] * 3
