"""Organisers read what is wrong in their file in their own language, with the same values as `check` says it."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

import pytest

from bot.errors import ProgrammeFaults
from bot.programme import Language
from bot.wording import say
from bot.wording.fault_words import fault_in_words
from schedules.checking.fault_messages import WrongKind, did_you_mean
from schedules.checking.source import WHY_UNREADABLE
from schedules.programme_file import YAML_HINTS, load_file
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from pathlib import Path


def values_of(kind: WrongKind) -> dict[str, str]:
    return {name: f"VALUE-{name}" for _, name, _, _ in Formatter().parse(str(kind.value)) if name}


@pytest.mark.parametrize("kind", list(WrongKind))
def test_every_fault_is_said_in_danish_with_its_values(kind: WrongKind):
    values = values_of(kind)
    said = fault_in_words(Language.DA, kind.format(**values))
    if "why" in values:
        values["why"] = say(Language.DA, "fault.why.unknown")
    assert said == say(Language.DA, f"fault.{kind.name.lower()}", **values)
    assert [value for value in values.values() if value not in said] == []


@pytest.mark.parametrize("why", sorted({*YAML_HINTS.values(), *WHY_UNREADABLE.values()}))
def test_every_known_reason_is_said_in_danish_with_its_line(why: str):
    said = fault_in_words(Language.DA, WrongKind.BROKEN.format(why=why.format(line=12)))
    assert said.startswith("herfra kan filen ikke forstås: ")
    assert say(Language.DA, "fault.why.unknown") not in said
    assert ("12" in said) == ("{line}" in why)


def test_an_unknown_reason_is_left_out_of_the_danish_sentence():
    assert "strange" not in fault_in_words(Language.DA, WrongKind.BROKEN.format(why="strange english words"))


@pytest.mark.parametrize("kind", list(WrongKind))
def test_the_english_catalogue_has_the_sentences_of_check(kind: WrongKind):
    values = values_of(kind)
    assert say(Language.EN, f"fault.{kind.name.lower()}", **values) == kind.format(**values) == fault_in_words("en", kind.format(**values))


def test_a_guess_and_a_choice_are_said_in_danish_too():
    guess = did_you_mean("tusday", ["tuesday"])
    assert fault_in_words("da", WrongKind.NOT_A_WEEKDAY.format(value="tusday", guess=guess)).endswith(": mente du »tuesday«?")
    choice = WrongKind.NOT_A_CHOICE.format(value="some", choices="required or quotes-only", guess="")
    assert fault_in_words("da", choice) == "»some« passer ikke her, vælg required eller quotes-only"


def test_a_sentence_that_nobody_knows_is_left_as_it_is():
    assert fault_in_words("da", "the moon is full") == "the moon is full"


def test_real_faults_are_recognised(tmp_path: Path):
    changes = (
        'at: "09:30"',
        'at: "21:30"',
        "weeks: [42]",
        "weeks: [54]",
        "C0DIGEST",
        "nowhere",
        "detach_after_days: 7",
        "detach_after_days: 70",
    )
    with pytest.raises(ProgrammeFaults) as caught:
        load_file(write_programme(tmp_path, *changes))
    assert len(caught.value.faults) >= 4
    assert [fault for fault in caught.value.faults if fault_in_words("da", fault.message) == fault.message] == []
