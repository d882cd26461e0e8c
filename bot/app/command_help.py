"""What `--help` prints, in the reader's language.

The texts stand in the catalogues: `help.VERB` tells what a command does, `help.VERB.NAME` what its argument or option NAME is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typer._click.core import Context
from typer.core import TyperArgument, TyperGroup, TyperOption

from bot.app.reader_language import OPTION, WITH_A_DEFAULT, reader_language
from bot.programme import Language
from bot.wording import say
from bot.wording.sentences import first_sentence

if TYPE_CHECKING:
    from typer._click.core import Command

WORDS: Final = {  # what stands for a value, as the commands name it
    "DATE": "command.word.date",
    "FILE": "command.word.file",
    "FOLDER": "command.word.folder",
    "FROM": "command.word.from",
    "HH:MM": "command.word.hour",
    "ID": "command.word.id",
    "NUMBER": "command.word.number",
    "PERSON": "command.word.person",
    "TEXT": "command.word.text",
    "TO": "command.word.to",
    "WEEK": "command.word.week",
}


class HelpfulContext(Context):
    """Where a command is on the command line. Its help speaks the reader's language."""

    def get_usage(self) -> str:
        """How the command is called."""
        language, formatter = reader_language(), self.make_formatter()
        words = [_argument(param) for param in self.command.params if isinstance(param, TyperArgument)]
        words += [say(language, "command.word.command")] if isinstance(self.command, TyperGroup) else []
        words.append(say(language, "command.word.options"))
        formatter.write_usage(self.command_path, " ".join(words), f"{say(language, 'command.help.usage')} ")
        return formatter.getvalue().rstrip()

    def get_help(self) -> str:
        """What the command does, and with which words."""
        language, formatter, path = reader_language(), self.make_formatter(), path_of(self)
        formatter.write(f"{self.get_usage()}\n\n")
        with formatter.indentation():
            formatter.write_text(text_of(*path))
        for heading, rows in (
            (say(language, "command.help.arguments"), _arguments(self.command, path)),
            (say(language, "command.help.options"), _options(self.command, path)),
            (say(language, "command.help.commands"), _commands(self.command, path)),
        ):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)
        return formatter.getvalue().rstrip()


def speak_of(command: Command) -> Command:
    """The same command, which from here on helps, with all in it, by what stands in the catalogues."""
    command.context_class = HelpfulContext
    for inner in command.commands.values() if isinstance(command, TyperGroup) else ():
        speak_of(inner)
    return command


def path_of(context: Context) -> list[str]:
    """The words that lead to a command, without the program's name."""
    return [*path_of(context.parent), str(context.info_name)] if context.parent is not None else []


def text_of(*path: str, default: object = None) -> str:
    """What a command does, or what one of its parameters is, and what it is by itself."""
    return say(reader_language(), f"help.{'.'.join(path or ('eftertanke',))}", default=default)


def name_of(param: TyperArgument | TyperOption) -> str:
    """What stands for a parameter's value: `FILE`."""
    kind = param.type_descriptor
    word = param.metavar or ("FILE" if kind.is_path else "NUMBER" if kind.annotation is int else "TEXT")
    return "|".join(map(str, kind.choices)) if kind.choices else say(reader_language(), WORDS[word])


def _argument(param: TyperArgument) -> str:
    """An argument as a usage line shows it: in brackets if it may be left out, with dots if there may be several."""
    name = f"{name_of(param)} …" if param.nargs != 1 else name_of(param)
    return name if param.required else f"[{name}]"


def _arguments(command: Command, path: list[str]) -> list[tuple[str, str]]:
    return [(name_of(param), text_of(*path, param.name)) for param in command.params if isinstance(param, TyperArgument)]


def _options(command: Command, path: list[str]) -> list[tuple[str, str]]:
    """The options, those that every command has last."""
    language = reader_language()
    rows = [_option(param, path) for param in command.params if isinstance(param, TyperOption)]
    rows += [] if path in WITH_A_DEFAULT else [(f"{OPTION} {'|'.join(Language)}", say(language, "command.help.language"))]
    return [*rows, ("--help", say(language, "command.help.help"))]


def _option(param: TyperOption, path: list[str]) -> tuple[str, str]:
    name = param.opts[0] if param.is_flag else f"{param.opts[0]} {name_of(param)}"
    text = text_of(*path, param.name, default=param.default)
    return name, f"{text} {say(reader_language(), 'command.help.needed')}" if param.required else text


def _commands(command: Command, path: list[str]) -> list[tuple[str, str]]:
    commands = command.commands if isinstance(command, TyperGroup) else ()
    return [(name, first_sentence(text_of(*path, name))) for name in commands]
