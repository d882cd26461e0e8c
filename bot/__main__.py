"""The front door: runs the command that was asked for.

Each verb is a short module in `bot/commands`, imported only when it is asked for, so that checking a file does not wait for Slack to load.
An error of ours, or with a file, ends in one plain sentence and exit code 1.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

import typer

from bot.app.closed_memory import close_memory
from bot.app.reader_language import reader_language
from bot.errors import EftertankeError, ProgrammeFaults, SetupFault
from bot.wording.fault_report import fault_report
from bot.wording.in_words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VERBS: Final = (
    "run",
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
    "backup",
    "restore",
)


UNWRAPPED: Final = 1000  # columns: wide enough that help in a pipe is not wrapped


def front_door(verbs: Sequence[str] = VERBS) -> typer.Typer:
    """The command line with these verbs."""
    app = typer.Typer(
        name="eftertanke",
        help="Eftertanke keeps a leadership conference alive after the day itself.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={} if sys.stdout.isatty() else {"terminal_width": UNWRAPPED},
        callback=_about,
    )
    for verb in verbs:
        module = import_module(f"bot.commands.{verb}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=verb)
        else:
            app.command(verb)(getattr(module, verb))
    return app


def error_lines(error: EftertankeError) -> Iterable[str]:
    """What an error of ours says to the reader, in their language."""
    match error:
        case ProgrammeFaults():
            return fault_report(reader_language(), error.faults)
        case SetupFault():
            return [in_words(reader_language(), said) for said in error.said]
        case _:
            return [str(error)]


def _about() -> None:
    """Eftertanke keeps a leadership conference alive after the day itself."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command, from `arguments` or the command line; our own errors end in a sentence and exit code 1."""
    if arguments is None:
        close_memory()
    words = list(sys.argv[1:] if arguments is None else arguments)
    verbs = [verb for verb in VERBS if words[:1] == [verb]]
    try:
        front_door(verbs or VERBS)(args=words, prog_name="eftertanke")
    except EftertankeError as error:
        for line in error_lines(error):
            typer.echo(line, err=True)
        raise SystemExit(1) from None
    except OSError as error:
        if error.filename is None:  # not about a file, so a fault of ours: the traceback must be seen
            raise
        typer.echo(f"{error.filename}: {error.strerror}", err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
