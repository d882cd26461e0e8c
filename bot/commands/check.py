"""`check`: says everything that is wrong with programme files, as the running bot would.

It needs no token, database, key or network. Where there is a database, it says as well whether what is good is in force.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.programme_arguments import load_programmes, tell_passed_over
from bot.app.reader_language import reader_language
from bot.app.versions_of_installation import texts_of_installation
from bot.clock import WallClock
from bot.errors import SetupFault
from bot.settings import installation_settings
from bot.states import VersionState
from bot.wording import say, say_n
from bot.wording.dates import date_in
from bot.wording.in_words import in_words
from schedules.programme_file import remarks
from schedules.theme_table import GAP, theme_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.app.versions_of_installation import KeptText
    from bot.programme import Programme


def check(files: Annotated[list[Path] | None, typer.Argument(metavar="FILE")] = None) -> None:
    """Say everything that is wrong with programme files, each fault with its place."""
    programmes, kept = load_programmes(files, faults_to_stderr=False), _texts_kept()
    for programme in programmes:
        typer.echo(_good(programme, kept))
        for remark in remarks(programme, WallClock().now().astimezone(programme.zone).date()):
            typer.echo(say(reader_language(), "command.check.remark", file=programme.file, remark=in_words(reader_language(), remark)))
        typer.echo(f"{GAP}{say(reader_language(), 'themes.caption')}")
        for line in theme_table(programme, reader_language()):
            typer.echo(f"{GAP}{line}")
    if not files:
        tell_passed_over()


def _good(programme: Programme, kept: Sequence[KeptText]) -> str:
    """The line that says that a file is good, and whether it is in force."""
    language, rounds = reader_language(), programme.rounds
    return say_n(
        language,
        "command.check.good",
        len(rounds.order),
        file=programme.file,
        state=_state_here(programme, kept),
        begin=date_in(language, rounds.from_),
        end=date_in(language, rounds.until),
    )


def _texts_kept() -> tuple[KeptText, ...]:
    """The texts that the installation keeps; none if its settings or its database cannot be read, which others will say."""
    with suppress(SetupFault):
        return texts_of_installation(installation_settings())
    return ()


def _state_here(programme: Programme, kept: Sequence[KeptText]) -> str:
    """What keeps a good file from being in force here: an organiser has to put it in force, or has declined it."""
    of_it = {text.state: text for text in kept if text.programme == programme.id}  # the newest of each state
    running, declined = of_it.get(VersionState.RUNNING), of_it.get(VersionState.DECLINED)
    if running is None or running.checksum == programme.checksum:
        return ""
    is_declined = declined is not None and declined.checksum == programme.checksum
    return say(reader_language(), "command.check.declined" if is_declined else "command.check.waits")
