"""Which day was meant on the command line? What is wrong with it is told as in a programme file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from schedules.checking.messages import Wrong
from schedules.checking.values import read_day

if TYPE_CHECKING:
    from datetime import date


def a_day(text: str) -> date:
    """The day written as year-month-day. BadParameter says what is wrong with it."""
    try:
        return read_day(text)
    except Wrong as wrong:
        raise typer.BadParameter(str(wrong)) from None
