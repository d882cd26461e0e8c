"""The front door: runs the command that was asked for.

Each verb is a short module in `bot/commands`, imported only when it is asked for, so that checking a file does not wait for Slack to load.
It speaks the reader's language. An error of ours, or with a file, ends in one plain sentence and exit code 1, a wrong call in exit code 2.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final, NoReturn

import typer
from typer._click.exceptions import ClickException
from typer.main import get_command

from bot.app.closed_memory import close_memory
from bot.app.command_errors import as_said, database_error_lines, error_lines, file_error_line, usage_error_lines, wrong_language
from bot.app.command_help import speak_of
from bot.app.reader_language import choose_language, speak, take_language
from bot.errors import EftertankeError
from bot.programme import Language
from bot.secret_files import take_untold
from bot.wording.typed_command import how_to_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from typer._click.core import Command

VERBS: Final = (
    "run",
    "doctor",
    "check",
    "preview",
    "plan",
    "new",
    "set",
    "move",
    "skip",
    "add",
    "undo",
    "rehearse",
    "manifest",
    "migrate",
    "key",
    "digest",
    "export",
    "erase",
    "show",
    "purge",
    "backup",
    "restore",
    "copy-database",
)
FOR_ITS_OWNER: Final = (
    0o077  # what is written here is nobody else's, whatever the shell or the unit says; programme files keep their rights
)
INTERRUPTED: Final = 130  # the exit code
UNWRAPPED: Final = 1000  # columns: wide enough that help in a pipe is not wrapped


def front_door(verbs: Sequence[str] = VERBS) -> typer.Typer:
    """The command line with these verbs."""
    app = typer.Typer(
        name="eftertanke",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={} if sys.stdout.isatty() else {"terminal_width": UNWRAPPED},
        callback=_about,
    )
    for verb in verbs:
        name = verb.replace("-", "_")
        module = import_module(f"bot.commands.{name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=verb)
        else:
            app.command(verb)(getattr(module, name))
    return app


def _about() -> None:
    """Eftertanke keeps a leadership conference alive after the day itself."""


def command_line(verbs: Sequence[str] = VERBS) -> Command:
    """The command line with these verbs, and help in the reader's language."""
    return speak_of(get_command(front_door(verbs)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command, from `arguments` or the command line; our own errors end in a sentence and exit code 1."""
    if arguments is None:
        close_memory()
        os.umask(FOR_ITS_OWNER)
    words, asked = take_language(sys.argv[1:] if arguments is None else arguments)
    with speak(choose_language(words, asked)):
        if asked not in (None, *Language):
            _end(2, [wrong_language(asked or "")])
        take_untold()  # of an earlier command in this process
        try:
            _run(words)
        finally:
            for file in take_untold():
                typer.echo(as_said(file.said), err=True)


def _run(words: Sequence[str]) -> None:
    verbs = [verb for verb in VERBS if words[:1] == [verb]]
    try:
        code = command_line(verbs or VERBS).main(args=words, prog_name=how_to_type(), standalone_mode=False)
    except ClickException as error:
        _end(error.exit_code, usage_error_lines(error))
    except typer.Abort:  # somebody pressed Ctrl-C where they were asked something
        _end(INTERRUPTED, ())
    except EftertankeError as error:
        _end(1, error_lines(error))
    except OSError as error:
        if error.filename is None:  # not about a file, so a fault of ours: the traceback must be seen
            raise
        _end(1, [file_error_line(error)])
    except Exception as error:
        if not (lines := list(database_error_lines(error))):
            raise
        _end(1, lines)
    raise SystemExit(code or 0)


def _end(code: int, lines: Iterable[str]) -> NoReturn:
    """End with this exit code, and say why."""
    for line in lines:
        typer.echo(line, err=True)
    raise SystemExit(code) from None


if __name__ == "__main__":
    main()
