"""People of a rehearsal never meet those of a real dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.app.keys import SLACK
from bot.app.rehearsal.local_bot import LocalBot
from bot.errors import SetupFault
from bot.models import Lease
from bot.sending.lease import Lease as Holding
from schedules.programme_store import ProgrammeStore
from tests.support.faults import refuses
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database


def test_the_local_workspace_refuses_a_database_that_was_used_on_slack(database: Database, tmp_path: Path) -> None:
    assert Holding(database.write, database.look, workspace=SLACK, monotonic=lambda: 0.0).keep()
    write_programme(tmp_path)
    local_bot = LocalBot(ProgrammeStore(tmp_path), tmp_path / "data", database_url=str(database.url), participants=24)
    with refuses(SetupFault, match="used on Slack"):
        local_bot.open()
    local_bot.close()
    with database.look() as session:
        assert session.get(Lease, SLACK) is not None
