"""Help and wrong calls speak the reader's language, whatever the command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import VERBS, command_line
from bot.app.reader_language import WITH_A_DEFAULT
from bot.programme import Language
from bot.wording import CATALOGUES, say
from tests.support.command_line import call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer._click.core import Command

TYPERS_OWN = re.compile(r"Usage|Options|Arguments|Commands|Show this|\[OPTIONS\]|COMMAND|required|default|<\w+|range|\bNone\b")
EN = ("--language", "en")


def commands(command: Command, *path: str) -> Iterator[tuple[tuple[str, ...], Command]]:
    """Every command, and the words that lead to it."""
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, *path, name)


COMMANDS = dict(commands(command_line()))


def test_the_walk_meets_every_verb_and_the_commands_in_it() -> None:
    assert {path[0] for path in COMMANDS if path} == set(VERBS)
    assert {("digest", "chain"), ("set", "question"), ("key", "rotate"), ()} <= COMMANDS.keys()


def test_each_command_argument_and_option_has_a_text_and_no_text_is_of_anything_else() -> None:
    needed = {".".join(["help", *(path or ("eftertanke",))]) for path in COMMANDS}
    needed |= {".".join(["help", *path, param.name]) for path, command in COMMANDS.items() for param in command.params}
    for language in Language:
        text = (CATALOGUES / language / "help.po").read_text("utf-8")
        assert set(re.findall(r'msgid "(help\..*)"', text)) == needed


def test_the_language_is_handed_to_each_command_that_takes_it() -> None:
    taking = {path for path, command in COMMANDS.items() if any(param.name == "language" for param in command.params)}
    assert taking == {tuple(path) for path in WITH_A_DEFAULT}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_is_danish_in_every_word(path: tuple[str, ...]) -> None:
    done = call(*path, "--help", "--language", "da")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Skriv: {' '.join(['.venv/bin/python -m bot', *path])}")
    assert TYPERS_OWN.findall(done.stdout) == []
    texts = [say("da", ".".join(["help", *path, param.name]), default=param.default) for param in COMMANDS[path].params]
    assert [text for text in texts if text not in done.stdout] == []


@pytest.mark.parametrize("path", [path for path in COMMANDS if path], ids=" ".join)
def test_a_wrong_option_is_told_in_danish_and_in_english(path: tuple[str, ...]) -> None:
    assert "\nFejl: Tilvalget --langage findes ikke" in call(*path, "--langage", "--language", "da").stderr
    assert "\nError: There is no option --langage" in call(*path, "--langage", *EN).stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["chek"], "Fejl: Kommandoen »chek« findes ikke; mente du »check«?"),
        (["digest", "dance"], "Fejl: Kommandoen »dance« findes ikke"),
        (["check", "--hlp"], "Fejl: Tilvalget --hlp findes ikke; mente du »--help«?"),
        (["move", "x"], "Fejl: Der mangler --to UGE."),
        (["move"], "Fejl: Der mangler ID."),
        (["move", "x", "--to"], "Fejl: Der mangler noget efter --to."),
        (["plan", "--apply=yes"], "Fejl: --apply skal stå alene."),
        (["plan", "a", "b"], "Fejl: Det her er for meget: b"),
        (["rehearse", "--seed", "x"], "Fejl: --seed: skriv et helt tal, for eksempel 12"),
        (["rehearse", "--weeks", "0"], "Fejl: --weeks: skriv et helt tal, mindst 1"),
        (["rehearse", "--participants", "0"], "Fejl: --participants: skriv et helt tal fra 1 til 20000"),
        (["digest", "show", "one"], "Fejl: TAL: skriv et helt tal, mindst 1"),
        (["set", "question", "x"], "Fejl: skriv den nye tekst efter --da, efter --en eller efter begge"),
        (["preview", "--json", "--ics"], "Fejl: skriv enten --json eller --ics, ikke begge dele"),
        (["new", "x.yaml", "--from", "2027-02-30"], "Fejl: --from: "),
    ],
)
def test_a_wrong_call_says_what_is_wrong_with_it(words: list[str], told: str) -> None:
    done = call(*words, "--language", "da")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith(told)
    assert re.search(r"Error|Usage|Invalid|such|Missing|\{", done.stderr) is None


def test_a_command_alone_shows_its_help() -> None:
    assert call("key", *EN).stderr == call("key", "--help", *EN).stdout
