"""`rehearse`: plays a whole programme with made-up people, who answer as a seed decides.

Every question, reminder, close and digest goes through the real Slack client, to a local workspace of its own in a temporary folder. The
output depends only on the programme, the seed and `--language`; progress goes to stderr. Neither `.env` nor `./data` is read.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import event

from bot import logs, settings
from bot.app.rehearsal import local_bot_class
from bot.app.rehearsal.programme_population import PARTICIPANT_COUNT
from bot.app.rehearsal.report import closing_table, digests_as_text, fates
from bot.programme import Language, Week
from bot.settings import LogFormat, LogLevel
from schedules.due import post_moment, sending_days
from schedules.programme_store import ProgrammeStore

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app.rehearsal.local_bot import LocalBot
    from bot.app.rehearsal.player import Player
    from bot.database.unit_of_work import Database
    from bot.programme import Programme


def rehearse(
    weeks: Annotated[int | None, typer.Option(min=1)] = None,
    participants: Annotated[int, typer.Option(min=1, max=20_000)] = PARTICIPANT_COUNT,
    seed: int = 1,
    journal: Path | None = None,
    language: Annotated[Language | None, typer.Option("--language")] = None,
) -> None:
    """Play the programme with made-up people, and print its digests and a closing table."""
    logs.set_up(LogLevel.WARNING, LogFormat.AUTO)
    programme_store = ProgrammeStore(settings.schedules_dir(env_file=None))
    with tempfile.TemporaryDirectory(prefix="eftertanke-") as folder:
        local_bot = local_bot_class()(programme_store, Path(folder), participants=participants, seed=seed, journal=journal)
        wait_for_no_disk(local_bot.database)
        player = local_bot.open()
        try:
            programme = local_bot.programme()
            _play(local_bot, player, programme, weeks)
            print_report(local_bot, programme, language or programme.language)
        finally:
            local_bot.close()


def wait_for_no_disk(database: Database) -> None:
    """Let SQLite not wait for the disk: the database is thrown away, and waiting takes a fifth of a rehearsal."""
    event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))


def _play(local_bot: LocalBot, player: Player, programme: Programme, weeks: int | None) -> None:
    """Play to the end, or to the day after the digest of the last week asked for; shows the progress on stderr."""
    begin, end = local_bot.clock.now(), local_bot.end()
    weeks_with_questions = sorted({planned.slot.week for planned in sending_days(programme) if planned.skipped is None})
    if weeks is not None and weeks < len(weeks_with_questions):
        end = post_moment(programme, weeks_with_questions[weeks - 1]) + timedelta(days=1)  # nothing of the next week has gone out yet
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(programme.id, total=(end - begin).total_seconds())

        def show_progress(now: datetime) -> None:
            progress.update(task, completed=(now - begin).total_seconds(), description=f"{programme.id} {Week.of(now.date())}")

        player.play(end, show_progress)


def print_report(local_bot: LocalBot, programme: Programme, language: Language) -> None:
    """Print the digests as politicians read them, then the closing table of each week's figures."""
    with local_bot.database.look() as session:
        typer.echo(digests_as_text(session, programme, language))
        typer.echo(closing_table(session, programme, language))
        typer.echo(fates(session, programme, local_bot.clock.now(), language))
