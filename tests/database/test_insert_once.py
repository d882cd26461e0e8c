"""Many rows at once: what is there already stays and is not counted, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError

from bot.database.insert_once import write_all, write_once
from bot.models import SeenEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

NOW = datetime(2018, 10, 9, 8, tzinfo=UTC)


def events(*numbers: int, seen_at: datetime = NOW) -> list[dict[str, object]]:
    return [{"id": f"Ev{number}", "seen_at": seen_at} for number in numbers]


def test_only_rows_that_are_new_are_written_and_counted(session: Session):
    assert write_once(session, SeenEvent, events(1, 2)) == 2
    assert write_once(session, SeenEvent, events(2, 3, 4, 4, seen_at=NOW + timedelta(hours=1))) == 2
    stored = session.execute(select(SeenEvent.id, SeenEvent.seen_at).order_by(SeenEvent.id)).all()
    assert [tuple(row) for row in stored] == [(f"Ev{n}", NOW + timedelta(hours=n > 2)) for n in (1, 2, 3, 4)]


def test_no_rows_are_no_statement(session: Session):
    assert write_once(session, SeenEvent, []) == write_all(session, SeenEvent, []) == 0


def test_a_row_that_must_be_new_and_is_not_is_an_error(session: Session):
    assert write_all(session, SeenEvent, events(1, 2)) == 2
    with pytest.raises(IntegrityError):
        write_all(session, SeenEvent, events(3, 1))


@pytest.mark.parametrize("write", [write_once, write_all])
@pytest.mark.postgres
def test_a_text_that_is_too_long_is_refused_and_not_cut(session: Session, write: Callable[..., int]) -> None:
    with pytest.raises(DataError):
        write(session, SeenEvent, [{"id": "E" * 400, "seen_at": NOW}])
