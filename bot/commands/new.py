"""`new`: makes the next programme as a copy of an earlier one with new dates, checked before it is kept."""

from __future__ import annotations

from datetime import date, time  # noqa: TC003 - typer reads the annotations
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from bot.app.command_errors import error_lines
from bot.app.programme_arguments import parse_day, parse_hour
from bot.app.reader_language import reader_language
from bot.errors import ProgrammeFaults, SetupFault
from bot.wording import say
from bot.wording.dates import hour_in
from bot.wording.in_words import in_words
from schedules.next_programme import MIDDAY, is_far_from_midday, renew
from schedules.programme_file import load_file


def new(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    from_: Annotated[date, typer.Option("--from", parser=parse_day, metavar="DATE")],
    at: Annotated[time | None, typer.Option(parser=parse_hour, metavar="HH:MM")] = None,
) -> None:
    """Copy a programme with new dates, into a file of its own beside it."""
    language = reader_language()
    try:
        target = renew(file, from_, at)
    except (ProgrammeFaults, SetupFault) as wrong:
        typer.echo("\n".join([say(language, "command.new.nothing"), *error_lines(wrong)]), err=True)
        raise typer.Exit(1) from None
    typer.echo(target)
    programme = load_file(target)
    for remark in programme.remarks:
        typer.echo(say(language, "command.new.remark", remark=in_words(language, remark)), err=True)
    if at is None and is_far_from_midday(programme.rounds.at):
        at_now, midday = hour_in(language, programme.rounds.at), hour_in(language, MIDDAY)
        typer.echo(say(language, "command.new.proposal", at=at_now, midday=midday, typed=f"{MIDDAY:%H:%M}"), err=True)
    if case := load_file(file).filing.case:
        typer.echo(say(language, "command.new.case", case=case), err=True)
    typer.echo(say(language, "command.new.to_do"), err=True)
