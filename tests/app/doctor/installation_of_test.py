"""An installation in a folder of its own, and what the doctor finds there."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

from bot import settings
from bot.app.doctor.examination import examine
from bot.app.doctor.seen import see
from tests.support.database import KEY, migrated_file, open_database, unit_of_work
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    import pytest
    from sqlalchemy.orm import Session

    from bot.app.doctor.finding import Finding

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-local-test", "SLACK_APP_TOKEN": "xapp-local-test", "SLACK_API_URL": "http://127.0.0.1:9/api/"}


class Installation:
    """The folder is the current one, and the environment is what a test has set."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, patch
        write_programme(folder / "schedules")
        patch.chdir(folder)
        patch.setattr(settings, "ENV_FILE", folder / "installed" / ".env")
        for name in (*settings.OF_NETWORK, *map(str.lower, settings.OF_NETWORK), *map(str.upper, settings.Settings.model_fields)):
            patch.delenv(name, raising=False)

    def set(self, **values: str) -> None:
        for name, value in values.items():
            self._patch.setenv(name, value)

    def on_slack(self) -> Path:
        """It is meant for Slack, which nobody answers for; gives the place of the database, with all its tables."""
        self.set(**TOKENS, EFTERTANKE_KEY=KEY)
        return self.with_tables("eftertanke.sqlite")

    def with_tables(self, name: str) -> Path:
        (self.folder / "data").mkdir(exist_ok=True)
        file = self.folder / "data" / name
        shutil.copyfile(migrated_file(), file)
        file.chmod(0o600)
        return file

    def write(self, file: Path, task: Callable[[Session], object]) -> None:
        with closing(open_database(f"sqlite:///{file}")) as database, unit_of_work(database) as session:
            task(session)

    def find(self, now: datetime | None = None) -> dict[str, list[Finding]]:
        """What is found, by check."""
        seen = see()
        if now is not None:
            seen.now = now
        found: dict[str, list[Finding]] = {}
        for finding in (finding for findings in examine(seen).values() for finding in findings):
            found.setdefault(finding.check, []).append(finding)
        return found

    def states(self, check: str, now: datetime | None = None) -> dict[str, str]:
        """The keys of what is said of one thing, each with how that is."""
        return {finding.said.key.removeprefix("doctor."): finding.state.value for finding in self.find(now).get(check, [])}
