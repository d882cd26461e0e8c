"""`preview`: shows when a programme's questions, reminders, closes and digests come, as a table, as JSON or as a calendar."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date  # noqa: TC003 - typer reads the annotations
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.app.agenda_as_calendar import as_calendar
from bot.app.programme_arguments import load_programmes, parse_day
from bot.clock import WallClock
from schedules.agenda import agenda, first_day
from schedules.due import current_programme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedules.agenda import AgendaLine

UNWRAPPED = 1000  # columns; wider than any line, for output that is not a terminal


def preview(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A programme file; otherwise the one that runs or comes next.")
    ] = None,
    from_: Annotated[date | None, typer.Option("--from", parser=parse_day, metavar="DATE", help="The first day shown.")] = None,
    count: Annotated[int | None, typer.Option(min=1, help="How many lines are shown.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One list of objects instead of a table.")] = False,  # noqa: FBT002 - a flag
    ics: Annotated[bool, typer.Option("--ics", help="A calendar that Outlook imports instead of a table.")] = False,  # noqa: FBT002 - likewise
) -> None:
    """Show what goes out when; what is skipped is shown with the reason."""
    if as_json and ics:
        raise typer.BadParameter("either --json or --ics, not both")
    now = WallClock().now()
    programme = current_programme(load_programmes([file] if file else None), now)
    since = from_ or first_day(programme, now)
    lines = [line for line in agenda(programme) if since is None or line.at.date() >= since][:count]
    if as_json:
        typer.echo(json.dumps([_record(line) for line in lines], indent=2, ensure_ascii=False))
    elif ics:
        typer.echo(as_calendar(programme, lines, now), nl=False)
    else:
        typer.echo(f"{programme.title.in_(programme.language)} · {programme.timezone}")
        typer.echo(_table(lines) if lines else f"nothing goes out from {since} on")


def _record(line: AgendaLine) -> dict[str, Any]:
    """A line as JSON shows it, without the week, which is the moment's."""
    record = asdict(line) | {"at": line.at.isoformat()}
    return {key: value for key, value in record.items() if key != "week" and (key, value) != ("moved", None)}


def _table(lines: Sequence[AgendaLine]) -> str:
    from rich.console import Console  # noqa: PLC0415 - slow to import, and JSON needs none
    from rich.table import Table  # noqa: PLC0415 - likewise

    table = Table("when", "what", "question", "theme", "to", "people", box=None, pad_edge=False)
    for line in lines:
        people = "" if line.recipients is None else str(line.recipients)
        reason = f"skipped: {line.skipped}" if line.skipped else line.moved and f"moved {line.moved}"
        question = " · ".join(filter(None, (line.question, reason)))
        style = "dim" if line.skipped else None
        table.add_row(f"{line.at:%a %Y-%m-%d %H:%M}", line.kind, question, line.theme or "", line.audience or "", people, style=style)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else UNWRAPPED)
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())
