"""Asks for a person's id: at a prompt on a terminal, else in a line of the input.

An id on the command line stays in the shell's history, and others on the machine can see it. It still works, with a remark. What was typed
is never repeated.
"""

from __future__ import annotations

import re
import sys
from typing import Final

import typer

from bot.app.reader_language import reader_language
from bot.errors import SetupFault
from bot.sentence import sentence
from bot.wording import say

SLACK_ID: Final = re.compile(r"[UW][A-Z0-9]+")


def person_asked(argument: str | None) -> str:
    """The id of the person whom a command is about; SetupFault if it is none."""
    if argument is not None:
        typer.echo(say(reader_language(), "person.in_history"), err=True)
    id_ = _read_line() if argument is None else argument
    if not SLACK_ID.fullmatch(id_):
        raise SetupFault(sentence("setup.no_person"))
    return id_


def _read_line() -> str:
    if sys.stdin.isatty():
        typer.echo(f"{say(reader_language(), 'person.prompt')} ", nl=False, err=True)
    return sys.stdin.readline().strip()
