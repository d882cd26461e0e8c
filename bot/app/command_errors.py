"""Says in the reader's language why a command did not work, or what is wrong with how it was called."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Final

from typer._click import exceptions
from typer.core import TyperArgument, TyperOption

from bot.app.command_help import name_of
from bot.app.reader_language import OPTION, reader_language
from bot.database.server_faults import ADDRESS, server_fault
from bot.errors import EftertankeError, ForeignWords, ProgrammeFaults, SetupFault
from bot.sentence import sentence
from bot.wording import say
from bot.wording.fault_report import fault_report
from bot.wording.in_words import in_words, machine_says

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.sentence import Sentence

LOCK_NOT_AVAILABLE: Final = "55P03"  # PostgreSQL's code for whoever has waited too long
PLAIN: Final = {  # what typer says without a class of its own, and what is said instead
    re.compile(r"No such command '(?P<word>.*?)'\.?( Did you mean '(?P<guess>[^']+)'.*)?"): "command.no_command",
    re.compile(r"Got unexpected extra argument\(s\) \((?P<word>.*)\)"): "command.too_much",
    re.compile(r"Option '(?P<word>.*)' requires an argument\."): "command.no_value",
    re.compile(r"Option '(?P<word>.*)' does not take a value\."): "command.value_too_much",
}


def error_lines(error: EftertankeError) -> Iterable[str]:
    """What an error of ours says to the reader, in their language."""
    match error:
        case ProgrammeFaults():
            return fault_report(reader_language(), error.faults)
        case SetupFault():
            return map(as_said, error.said)
        case ForeignWords():
            return [say(reader_language(), "setup.foreign_words")]
        case _:
            return [str(error)]


def database_error_lines(error: Exception) -> Iterable[str]:
    """What to say if another program holds the database, or a server refuses it; nothing if the fault is ours."""
    original = getattr(error, "orig", error)  # SQLAlchemy's errors carry the driver's own
    if is_of_busy_database(original):
        return [say(reader_language(), "setup.database_busy")]
    if (address := vars(original).get(ADDRESS)) is not None:
        refused = server_fault(original, address)
        return error_lines(refused) if len(refused.said) > 1 else ()  # without a cure it is our own statement that was wrong
    return ()


def is_of_busy_database(error: Exception) -> bool:
    """Whether another program holds the database."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)  # the module's own errors carry none
    return code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} or getattr(error, "sqlstate", None) == LOCK_NOT_AVAILABLE


def as_said(said: Sentence) -> str:
    """A sentence in the reader's language."""
    return in_words(reader_language(), said)


def file_error_line(error: OSError) -> str:
    """What the machine says of a file or folder that it refuses."""
    return f"{error.filename}: {machine_says(reader_language(), error)}"


def usage_error_lines(error: exceptions.ClickException) -> Iterator[str]:
    """What is wrong with a call, below how the command is called."""
    if isinstance(error, exceptions.NoArgsIsHelpError):
        yield error.message
        return
    context = error.ctx if isinstance(error, exceptions.UsageError) else None
    if context is not None:
        yield context.get_usage()
        yield say(reader_language(), "command.see_help", command=f"{context.command_path} --help")
        yield ""
    yield error_line(_reason(error))


def error_line(reason: str) -> str:
    """The line that says what is wrong."""
    return say(reader_language(), "command.error", what=reason)


def wrong_language(asked: str) -> str:
    """What is wrong with a language that nobody speaks here."""
    return error_line(_in_words("command.wrong_language", option=OPTION, asked=asked))


def _reason(error: exceptions.ClickException) -> str:
    match error:
        case exceptions.NoSuchOption():
            return _in_words("command.no_option", word=error.option_name, guess=_guess(*(error.possibilities or ())[:1]))
        case exceptions.MissingParameter(param=TyperArgument() | TyperOption() as param):
            return _in_words("command.missing", word=_name(param))
        case exceptions.BadParameter(param=TyperArgument() | TyperOption() as param):
            wrong = _wrong_value(param) if error.__cause__ is not None else error.message  # which says it already
            return say(reader_language(), "command.wrong_value", word=_name(param).partition(" ")[0], why=wrong)
        case exceptions.BadParameter():
            return error.message
    for pattern, key in PLAIN.items():
        if found := pattern.fullmatch(error.format_message()):
            return _in_words(key, word=found["word"], guess=_guess(found.groupdict().get("guess")))
    return error.format_message()


def _in_words(key: str, **values: object) -> str:
    return in_words(reader_language(), sentence(key, **values))


def _guess(word: str | None = None) -> Sentence | None:
    return sentence("fault.guess", word=word) if word else None


def _name(param: TyperArgument | TyperOption) -> str:
    """A parameter as somebody types it."""
    return f"{param.opts[0]} {name_of(param)}" if isinstance(param, TyperOption) else name_of(param)


def _wrong_value(param: TyperArgument | TyperOption) -> str:
    """What a value must be that typer could not take: it is a number, or a choice."""
    if (choices := param.type_descriptor.choices) is not None:
        return _in_words("command.choices", choices=", ".join(map(str, choices)))
    least, most = param.min, param.max
    if most is not None:
        return _in_words("command.number_between", least=least, most=most)
    return _in_words("command.any_number") if least is None else _in_words("command.number", least=least)
