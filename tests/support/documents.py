"""What the documents of the project name: commands, quoted messages, settings. Each kind is found and looked up in one place."""

from __future__ import annotations

import ast
import json
import re
import shlex
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import read_po
from typer._click.exceptions import BadOptionUsage, ClickException, MissingParameter
from typer.core import TyperGroup

from bot.__main__ import VERBS, command_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer._click.core import Command

ROOT: Final = Path(__file__).parent.parent.parent
PRODUCT: Final = ("bot", "handlers", "schedules")
LEFT_OUT: Final = (MissingParameter, BadOptionUsage)  # what a bare name leaves out: `restore`, `rehearse --journal`
OF_A_SETTING: Final = re.compile(r"^[A-Z_]+: ")  # `SETTING: what is wrong` is put together from two
GIVEN_TO_ALL: Final = {"--help", "--language"}  # options that every command has

FENCED: Final = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
IN_BACKTICKS: Final = re.compile(r"`([^`\n]+)`")
IN_ITALICS: Final = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])")
OF_THE_BOT: Final = re.compile(r"-m bot(?=[ `])((?: (?!\|\||&&|[|>;&#])[^\s`|]+)*)")
OF_COMPOSE: Final = re.compile(r"docker compose (?:run|exec)(?: -[^\s]+)* eftertanke(?! \.venv)((?: (?!\|\||&&|[|>;&#])[^\s`|]+)*)")
IN_A_LIST: Final = re.compile(r'"-m", "bot"((?:, "[^"]+")*)')  # as in a Dockerfile
OF_THE_SHELL: Final = re.compile(r"\$+\([^)]*\)")  # `$(date +%F)`
INSTALLED: Final = re.compile(r"`eftertanke ([^`]+)`")
WRAPPED: Final = re.compile(r"sudo eftertanke((?: (?!\|\||&&|[|>;&#])[^\s`|]+)*)")  # by `docs/systemd/eftertanke`
STANDS_FOR: Final = {  # what is to be filled in → something that fits
    "DATE": "2027-08-24",
    "TIME": "09:30",
    "FILE": "a.file",
    "FILE…": "a.file",
    "FOLDER": "folder",
    "N": "1",
    "ID": "an-id",
    "PERSON": "U0ANNA",
    "PROGRAMME": "randers-2018",
    "T": "a-theme",
    "VERB": "run",
    "WEEK": "40",
    "…": "text",
    "DATO": "2027-08-24",
    "FIL": "a.file",
    "FIL…": "a.file",
    "MAPPE": "folder",
    "UGE": "40",
}


def documents() -> list[Path]:
    """The pages that people read. What changed once is history, and may name what has gone."""
    pages = [page for page in sorted(ROOT.glob("*.md")) if page.name != "CHANGELOG.md"]
    return [*pages, *sorted((ROOT / "docs").glob("*.md")), ROOT / "schedules" / "README.md"]


def machine_files() -> list[Path]:
    """The files with command lines that a machine reads: settings, units, containers."""
    named = [ROOT / name for name in (".env.example", "Dockerfile", "compose.yaml")]
    return [file for file in [*named, *sorted((ROOT / "docs" / "systemd").glob("*"))] if file.is_file()]


def name_of(file: Path) -> str:
    """The path of a file in the checkout."""
    return file.relative_to(ROOT).as_posix()


# --- commands


@cache
def whole_command_line() -> Command:
    """The bot's own command line, with all verbs."""
    return command_line(VERBS)


def command_lines(text: str) -> list[str]:
    """The command lines of the bot in a text, as somebody types them, without what calls the bot."""
    lists = [" ".join(json.loads(f"[{words.removeprefix(', ')}]")) for words in IN_A_LIST.findall(text)]
    flat = OF_THE_SHELL.sub("X", text)
    found = [words.strip().rstrip(".,:;)'") for pattern in (OF_THE_BOT, OF_COMPOSE, INSTALLED, WRAPPED) for words in pattern.findall(flat)]
    return [command for command in [*found, *lists] if command and command != '"$@"']


def command_names(text: str) -> list[str]:
    """What is called a command in a text, without what calls the bot: `backup FILE`, or only `backup`."""
    return [name for name in IN_BACKTICKS.findall(FENCED.sub("", text)) if name.split()[:1] and name.split()[0] in VERBS]


def wrong_commands(text: str) -> list[str]:
    """The commands in a text that the bot's own command line does not take, each with what it says."""
    called = [line for line in re.findall(r"`\S+ -m bot (\w+)`", text) if line in VERBS]  # the name of a command, in a sentence
    lines = [(line, refusals(line)) for line in command_lines(text) if line not in called]
    names = [(name, [said for said in refusals(name) if not isinstance(said, LEFT_OUT)]) for name in [*command_names(text), *called]]
    return [f"{command}: {said[0].format_message() or type(said[0]).__name__}" for command, said in [*lines, *names] if said]


def refusals(command: str) -> list[ClickException]:
    """What the command line says against a command, with nothing of what may be left out, and with all of it. Nothing is run."""
    return [said for words in variants(command) if (said := _refusal(words)) is not None]


def variants(command: str) -> list[list[str]]:
    """The words of a command, with nothing of what may be left out, and with all of it."""
    command = re.sub(r" [|>] .*", "", command)
    bare, whole = re.sub(r"\[[^\]]*\]", "", command), re.sub(r"[\[\]]", "", command)
    return [_filled(shlex.split(text)) for text in dict.fromkeys((bare, whole))]


def _filled(words: list[str]) -> list[str]:
    """The words with something in the place of what is to be filled in; dots behind a word that may be repeated go."""
    kept = [word for word, before in zip(words, ["", *words], strict=False) if not (word == "…" and before.isupper())]
    return [STANDS_FOR.get(word, word) for word in kept]


def _refusal(words: list[str]) -> ClickException | None:
    command, words = whole_command_line(), _without_language(words)
    try:
        context = None
        while isinstance(command, TyperGroup) and words:
            context = command.make_context(command.name or "", [words[0]], parent=context)
            _, found, _ = command.resolve_command(context, [words[0]])
            assert found is not None
            command, words = found, words[1:]
        if "--help" not in words and not isinstance(command, TyperGroup):
            command.make_context(command.name or "", words, parent=context)
    except ClickException as error:
        return error
    return None


def _without_language(words: list[str]) -> list[str]:
    """The words without `--language da`, which the front door takes out before it looks at the rest."""
    if "--language" not in words:
        return words
    at = words.index("--language")
    return words[:at] + words[at + 2 :]


def options() -> dict[str, list[str]]:
    """Each command with its own options: `digest chain` → `--programme`."""
    return {path: [param.opts[0] for param in command.params if param.opts[0].startswith("--")] for path, command in _leaves()}


def _leaves(command: Command | None = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Command]]:
    command = command or whole_command_line()
    if not isinstance(command, TyperGroup):
        yield " ".join(path), command
        return
    for name, inner in command.commands.items():
        yield from _leaves(inner, (*path, name))


# --- settings


def settings_named(text: str) -> set[str]:
    """The names in backticks, and before `=`, that look like settings or variables."""
    return set(re.findall(r"(?<![\w$/<{.-])([A-Z]+(?:_[A-Z]+)+)(?![\w…-])", text))


# --- what is said


@cache
def sentences(language: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """All texts that the bot can say in a language, with what it logs and prints, in small letters; and the words of each."""
    texts = {text.lower() for text in (*_catalogue_texts(language), *_literals())}
    return tuple((text, frozenset(text.split())) for text in sorted(texts))


def _catalogue_texts(language: str) -> Iterator[str]:
    for file in sorted((ROOT / "bot" / "wording" / "catalogues" / language).glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream):
                yield from message.string if isinstance(message.string, tuple) else (message.string,)


@cache
def _literals() -> frozenset[str]:
    """The texts in the code; what is filled in stands as `{}`."""
    found = set[str]()
    for file in [file for package in PRODUCT for file in (ROOT / package).rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))
    return frozenset(found)


def is_said(quoted: str, language: str) -> bool:
    """Whether the bot can say this: what stands between dots in one text, or between colons and commas. Gaps may be filled."""
    return any(_are_said(pattern, OF_A_SETTING.sub("", quoted), language) for pattern in ("…", "[…:,]"))


def _are_said(between: str, quoted: str, language: str) -> bool:
    if re.fullmatch(r"/?\w[\w.]*", quoted):  # a name, as of a line in the log
        return any(quoted.lower() == text for text, _ in sentences(language))
    parts = [part.lower() for part in map(str.strip, re.split(between, quoted)) if " " in part]
    together = between == "…"
    found = [{text for text, words in sentences(language) if _stands_in(part, text, words)} for part in parts]
    return bool(found) and (bool(set.intersection(*found)) if together else all(found))


def _stands_in(part: str, text: str, of_text: frozenset[str]) -> bool:
    """Whether a part of a text is this, when its gaps are filled; most of it must be the text's own words."""
    if part in text:
        return True
    words, spoken = text.split(), part.split()
    if len(of_text.intersection(spoken)) * 3 < len(spoken) * 2:
        return False
    starts = [at for at, word in enumerate(words) if re.fullmatch(_open(word), spoken[0])]
    ends = [at for at, word in enumerate(words) if re.match(_open(word), spoken[-1])]
    windows = [words[start : end + 1] for start in starts for end in ends if start <= end < start + len(spoken) + 2]
    return any(re.match(_open(" ".join(window)), part) is not None for window in windows)


def _open(text: str) -> str:
    """The pattern of a text in which gaps may be filled."""
    return re.sub(r"\\\{[^}]*\\\}", ".+", re.escape(text))
