"""Every command that a document names can be given, and every command, option and target that there is stands in a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from bot.__main__ import VERBS
from tests.support.documents import (
    FENCED,
    GIVEN_TO_ALL,
    IN_BACKTICKS,
    ROOT,
    command_lines,
    command_names,
    documents,
    machine_files,
    name_of,
    options,
    wrong_commands,
)

if TYPE_CHECKING:
    from pathlib import Path

OF_THE_MACHINE: Final = frozenset(  # what a guide may ask for besides the bot
    """
    apt-get cd chmod chown cp crontab curl date docker echo eftertanke git install journalctl ls make mkdir mv python3 rm rsync
    systemctl timedatectl umask update-ca-certificates useradd userdel
    """.split()  # noqa: SIM905 - so many words read more easily than a list
)
TYPED: Final = re.compile(r"^ *[$#] ((?:.*\\\n)*.*)$", re.MULTILINE)  # behind a prompt, and the lines that go on
BEFORE_A_COMMAND: Final = re.compile(r"^(?:sudo(?: -u \S+| -[a-z]+)* |[A-Z_]+=\S+ )+")
TARGET: Final = re.compile(r"^make ([a-z.]+)(?=\s|$)", re.MULTILINE)


def typed(text: str) -> list[str]:
    """The commands behind a prompt in a text's console blocks, those of one line apart."""
    lines = [line for kind, block in FENCED.findall(text) if kind == "console" for line in TYPED.findall(block)]
    return [part.strip() for line in lines for part in re.split(r"&&|\|\||;|\|", re.sub(r"  # .*|\\\n", " ", line))]


def unknown_programs(text: str) -> list[str]:
    """What is typed in a text and is no program that is known here."""
    programs = [BEFORE_A_COMMAND.sub("", command).split()[0] for command in typed(text) if command]
    return [program for program in programs if program not in OF_THE_MACHINE and not re.search(r"\.venv/bin/[\w-]+$", program)]


def targets() -> set[str]:
    """What can be made, as `make help` lists it."""
    return set(re.findall(r"^([a-z.]+):.*  ## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


def targets_in(text: str) -> set[str]:
    """What is made in a text: in backticks or behind a prompt."""
    return set(TARGET.findall("\n".join(IN_BACKTICKS.findall(FENCED.sub("", text)) + typed(text))))


def whole_text() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in documents())


@pytest.mark.parametrize("file", [*documents(), *machine_files()], ids=name_of)
def test_every_command_that_a_document_names_can_be_given(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert wrong_commands(text) == []
    assert unknown_programs(text) == []
    assert targets_in(text) <= targets()


def test_the_documents_name_commands_for_every_verb_and_its_options() -> None:
    given = [line.split() for line in [*command_lines(whole_text()), *command_names(whole_text())]]
    unnamed = [verb for verb in VERBS if verb not in {words[0] for words in given}]
    assert unnamed == []
    for command, own in options().items():
        words = command.split()
        beside = " ".join(" ".join(line) for line in given if line[: len(words)] == words)
        alone = set(IN_BACKTICKS.findall(whole_text()))
        assert [name for name in own if name not in GIVEN_TO_ALL and name not in beside and name not in alone] == [], command


def test_every_target_of_make_stands_in_a_document() -> None:
    assert targets() - targets_in(whole_text()) == set()


@pytest.mark.parametrize(
    "text",
    [
        "`.venv/bin/python -m bot check`",
        "`cd opt && .venv/bin/python -m bot backup FILE && ls`",
        "`backup FILE`, `restore`, `rehearse --journal`, `digest approve N`, `skip WEEK …`",
        "`preview [FILE] [--from DATE] [--count N] [--json] [--ics]`",
        "`.venv/bin/python -m bot --language en digest list`",
        'CMD ["python", "-m", "bot", "run"]',
        "ExecStart=.venv/bin/python -m bot run\n",
    ],
)
def test_a_command_that_is_right_is_left_in_peace(text: str) -> None:
    assert command_lines(text) or command_names(text)
    assert wrong_commands(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "`.venv/bin/python -m bot chekc`",
        "```console\n$ .venv/bin/python -m bot backup\n```\n",
        "`backup FILE FILE`",
        "`restore --rehears`",
        "`digest aprove N`",
        "`digest show one`",
        'CMD ["python", "-m", "bot", "ran"]',
        "ExecStart=.venv/bin/python -m bot run --quick\n",
    ],
)
def test_a_command_that_is_wrong_is_noticed(text: str) -> None:
    assert len(wrong_commands(text)) == 1


def test_a_program_that_nobody_has_is_noticed() -> None:
    text = "```console\n$ sudo -u anna cp a b && kopi a b\n$ X=1 .venv/bin/python -m bot run\nthis is said\n```\n"
    assert unknown_programs(text) == ["kopi"]
