"""`check`: says everything that is wrong with programme files, as the running bot would.

It needs no token, database, key or network.
"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from bot.app.programme_arguments import load_programmes
from bot.clock import WallClock
from schedules.checking.theme_table import GAP, theme_table
from schedules.programme_file import remarks


def check(files: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help="Programme files; otherwise all.")] = None) -> None:
    """Say everything that is wrong with programme files, each fault with its place."""
    for programme in load_programmes(files, faults_to_stderr=False):
        rounds = programme.rounds
        typer.echo(f"{programme.file}: good: {len(rounds.order)} entries from {rounds.from_} until {rounds.until}")
        for remark in remarks(programme, WallClock().now().astimezone(programme.zone).date()):
            typer.echo(f"{programme.file}: remark: {remark}")
        for line in theme_table(programme):
            typer.echo(f"{GAP}{line}")
