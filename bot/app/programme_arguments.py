"""Loads the programme files that a command works on, and prints what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.app.reader_language import reader_language
from bot.errors import ProgrammeFaults
from bot.wording import say
from bot.wording.fault_report import fault_report
from bot.wording.in_words import in_words
from schedules.checking.fault_messages import WrongKind, WrongValue
from schedules.checking.source import unreadable_file
from schedules.checking.value_parsers import read_day, read_time
from schedules.programme_file import files_passed_over, load_files, programme_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time
    from pathlib import Path

    from bot.programme import Programme


def default_files() -> list[Path]:
    """The programme files of the organisers' room. SetupFault if there is no such folder, ProgrammeFaults if it cannot be read.

    ProgrammeFaults as well if there are none: there may be files that look like programmes.
    """
    folder = _default_folder()
    if files := programme_files(folder):
        return files
    passed_over = files_passed_over(folder)
    raise ProgrammeFaults(passed_over) if passed_over else unreadable_file(folder, WrongKind.NO_PROGRAMME)


def tell_passed_over() -> None:
    """Tell which files of the organisers' room look like programmes and are none."""
    for fault in files_passed_over(_default_folder()):
        typer.echo(say(reader_language(), "command.check.remark", file=fault.file, remark=in_words(reader_language(), fault.said)))


def _default_folder() -> Path:
    from bot import settings  # noqa: PLC0415 - who names files does not wait for it

    return settings.schedules_dir(settings.ENV_FILE)


def load_programmes(files: Sequence[Path] | None, *, faults_to_stderr: bool = True) -> tuple[Programme, ...]:
    """The programmes in these files, else in the organisers' room. Prints all faults and exits with 1 if there are any."""
    try:
        return load_files(list(files or default_files()))
    except ProgrammeFaults as wrong:
        for line in fault_report(reader_language(), wrong.faults):
            typer.echo(line, err=faults_to_stderr)
        raise typer.Exit(1) from None


def parse_day(text: str) -> date:
    """The day written as year-month-day. BadParameter says what is wrong with it."""
    try:
        return read_day(text)
    except WrongValue as wrong:
        raise typer.BadParameter(in_words(reader_language(), wrong.said)) from None


def parse_hour(text: str) -> time:
    """The time of day written as hours:minutes. BadParameter says what is wrong with it."""
    try:
        return read_time(text)
    except WrongValue as wrong:
        raise typer.BadParameter(in_words(reader_language(), wrong.said)) from None
