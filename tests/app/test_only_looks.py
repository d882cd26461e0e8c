"""An action that only looks cannot write, and says so itself."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from bot.app.engine import Engine
from bot.database.unit_of_work import Database
from bot.models import Base, LoadedProgramme, SeenEvent
from bot.programme import Language
from bot.seam.actions import Action, HomeWanted, Replied
from bot.seam.answers import Nothing
from bot.seam.platform import Door

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.seam.answers import Answer

LOOK, CHANGE = HomeWanted(who="U0ANNA"), Replied(who="U0ANNA", round=1, text="Hej")


def add(session: Session) -> None:
    session.add(SeenEvent(id="Ev1", seen_at=datetime(2018, 8, 21, tzinfo=UTC)))


def change(session: Session) -> None:
    session.execute(update(LoadedProgramme).values(synchronised_at=None))


@pytest.mark.parametrize("write", [add, change])
def test_an_action_that_only_looks_fails_if_it_writes(tmp_path: Path, write: Callable[[Session], None]) -> None:
    database = Database(f"sqlite:///{tmp_path}/d.sqlite")
    database.keep_private()
    Base.metadata.create_all(database.engine)

    def answer(_action: Action, session: Session) -> Answer:
        write(session)
        return Nothing(language=Language.DA)

    engine: Any = SimpleNamespace(database=database, _answer=answer)
    with pytest.raises(RuntimeError, match="only looks"):
        Engine._read(engine, LOOK)


def test_the_door_reads_for_what_only_looks_and_acts_for_the_rest() -> None:
    ways: list[str] = []

    def way(name: str) -> Callable[[Action], Answer]:
        return lambda _: (ways.append(name), Nothing(language=Language.DA))[1]

    door = Door(act=way("act"), read=way("read"))
    for action in (LOOK, CHANGE):
        door.answer(action)
    assert ways == ["read", "act"]
