"""`new`: makes the next programme as a copy of an earlier one with new dates, checked before it is kept."""

from __future__ import annotations

from datetime import date, time  # noqa: TC003 - typer reads the annotations
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from bot.app.programme_arguments import parse_day, parse_hour
from bot.app.reader_language import reader_language
from bot.errors import ProgrammeFaults, SetupFault
from bot.wording.fault_report import fault_report
from bot.wording.in_words import in_words
from schedules.next_programme import MIDDAY, is_far_from_midday, renew
from schedules.programme_file import load_file

PROPOSAL = (
    "It asks at {at:%H:%M}. Proposal: ask at {midday:%H:%M}, because at 12:00-13:30 83 % answer, and before 9 only 56 %. "
    'To do so, write `at: "{midday:%H:%M}"` under `rounds`; the next time, `--at {midday:%H:%M}` writes it into the copy.'
)
TO_DO = (
    "Look through it: the people, the day on which the guidelines were agreed, and what people are told of their data. "
    "Then: .venv/bin/python -m bot check"
)


def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The programme to copy.")],
    from_: Annotated[date, typer.Option("--from", parser=parse_day, metavar="DATE", help="The first day of the new one.")],
    at: Annotated[time | None, typer.Option(parser=parse_hour, metavar="HH:MM", help="When it asks; otherwise as before.")] = None,
) -> None:
    """Copy a programme with new dates, into a file of its own beside it."""
    try:
        target = renew(file, from_, at)
    except (ProgrammeFaults, SetupFault) as wrong:
        lines = fault_report(reader_language(), wrong.faults) if isinstance(wrong, ProgrammeFaults) else map(str, wrong.said)
        typer.echo("\n".join(["No copy was made:", *lines]), err=True)
        raise typer.Exit(1) from None
    typer.echo(target)
    programme = load_file(target)
    for remark in programme.remarks:
        typer.echo(f"remark: {in_words(reader_language(), remark)}", err=True)
    if at is None and is_far_from_midday(programme.rounds.at):
        typer.echo(PROPOSAL.format(at=programme.rounds.at, midday=MIDDAY), err=True)
    typer.echo(TO_DO, err=True)
