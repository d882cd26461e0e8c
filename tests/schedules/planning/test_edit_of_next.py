"""An edit of a programme that has not begun is told by name to the organisers of the current one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.heartbeat_world import HeartbeatWorld
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database

NEXT = (
    *("landsbyen-2018", "landsbyen-2019", "from: 2018-10-09", "from: 2019-02-05", "until: 2018-11-06", "until: 2019-02-26"),
    *("weeks: [42]", "weeks: []", "on: 2018-10-01", "on: 2019-01-28"),
)


def test_an_edit_of_a_programme_to_come_is_told_once_by_name(database: Database, tmp_path: Path) -> None:
    write_programme(tmp_path)
    write_programme(tmp_path, *NEXT, name="spring.yaml")
    world = HeartbeatWorld(tmp_path, database)
    world.beat("2018-10-01 08:00")
    write_programme(tmp_path, *NEXT, "channel: C0DIGEST", "channel: C0OTHER", name="spring.yaml")
    world.beat("2018-10-01 08:02", "2018-10-01 08:04")
    (told,) = world.notices("edit-next:")
    assert "C0OTHER" in told.facts["values"]["changes"]
    assert told.programme == "landsbyen-2018"
