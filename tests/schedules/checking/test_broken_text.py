"""A text that is no YAML is told by the slip that made it so: where it was made, and what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import ProgrammeFaults
from schedules.checking.broken_text import NO_COLON, QUOTED
from schedules.checking.fault_messages import WrongKind
from schedules.checking.shape_faults import KEY_WITH_VALUE
from schedules.programme_file import load_file
from tests.schedules.conftest import SMALL
from tests.support.faults import told

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from pathlib import Path

AT = '  at: "09:30"'
SLIPS = {  # what is right, what is typed, and the kind of the fault
    "a tab before a key": ("  every: tuesday", "\tevery: tuesday", WrongKind.TAB),
    "a tab behind a colon": ("every: tuesday", "every:\ttuesday", WrongKind.TAB),
    "no colon": ("  every: tuesday", "  every tuesday", WrongKind.MISSING_COLON),
    "no colon in the first line": ("programme: small-2018", "programme small-2018", WrongKind.MISSING_COLON),
    "no colon before a block": ("\nrounds:", "\nrounds", WrongKind.MISSING_COLON),
    "no space behind a colon": ("  every: tuesday", "  every:tuesday", WrongKind.MISSING_COLON),
    "no colon in brackets": ("close: {day: friday", "close: {day friday", WrongKind.MISSING_COLON),
    "no space in brackets": ("close: {day: friday", "close: {day:friday", WrongKind.MISSING_COLON),
    "no quote at the end of a text": ('da: "Lille", en', 'da: "Lille, en', WrongKind.MISSING_QUOTE),
    "no quote at the end of a line": (AT, AT[:-1], WrongKind.MISSING_QUOTE),
    "quotes in a text": ('da: "Lille"', 'da: "Den "lille" by"', WrongKind.QUOTE_IN_TEXT),
    "a comma without quotes": ('da: "Lille"', "da: Lille, men god", WrongKind.COMMA_IN_TEXT),
    "a bracket that stays open": ('close: {day: friday, at: "10:00"}', 'close: {day: friday, at: "10:00"', WrongKind.MISSING_BRACKET),
    "a bracket inside a bracket": ("weeks: [42]}", "weeks: [42}", WrongKind.MISSING_BRACKET),
    "a bracket too many": ("weeks: [42]}", "weeks: [42]}}", WrongKind.EXTRA_BRACKET),
    "no comma": ('{day: friday, at: "10:00"}', '{day: friday at: "10:00"}', WrongKind.MISSING_COMMA),
    "no comma between texts": ('"Lille", en', '"Lille" en', WrongKind.MISSING_COMMA),
    "a semicolon": ('{day: friday, at: "10:00"}', '{day: friday; at: "10:00"}', WrongKind.MISSING_COMMA),
    "two colons": ("every: tuesday", "every: the day: tuesday", WrongKind.COLON_IN_TEXT),
    "a line too far in": (AT, f" {AT}", WrongKind.INDENTATION),
    "a line too far out": (AT, AT[1:], WrongKind.INDENTATION),
    "a line at the left edge": (AT, AT[2:], WrongKind.INDENTATION),
    "an item too far in": ("    - {leader", "     - {leader", WrongKind.INDENTATION),
    "an item without a space": ("    - one\n", "    -one\n", WrongKind.NOT_A_DASH),
    "an item with a star": ("    - one\n", "    * one\n", WrongKind.NOT_A_DASH),
    "an exclamation mark before a text": ('{da: "Et?"', "{da: !Er det et?", WrongKind.SIGN_FIRST),
    "an exclamation mark and nothing else": ("every: tuesday", "every: !tuesday", WrongKind.SIGN_FIRST),
    "an exclamation mark before an id": ("{usergroup: S0POLIT}", "{usergroup: !S0A S0POLIT}", WrongKind.SIGN_FIRST),
    "an exclamation mark before a block": ("digest:\n", "digest: !vigtigt\n", WrongKind.SIGN_FIRST),
    "an exclamation mark before a key": ("  every: tuesday", "  !every on: tuesday", WrongKind.SIGN_FIRST),
    "a comma behind a text in quotes": (AT, AT + ",", WrongKind.AFTER_VALUE),
    "a full stop behind a text in quotes": (AT, AT + ".", WrongKind.AFTER_VALUE),
    "a comma behind a block": ("weeks: [42]}", "weeks: [42]},", WrongKind.AFTER_VALUE),
    "a comma behind a block at the left edge": ("audience: 10}", "audience: 10},", WrongKind.AFTER_VALUE),
    "the first line of a block at the left edge": ("  every: tuesday", "every: tuesday", WrongKind.INDENTATION),
    "the first line of a block too far out": ("  every: tuesday", " every: tuesday", WrongKind.INDENTATION),
    "the first line of a block too far in": ("  every: tuesday", "     every: tuesday", WrongKind.INDENTATION),
    "the dash of a question too far in": ("  - id: two-leader", "    - id: two-leader", WrongKind.INDENTATION),
    "the dash of a question too far out": ("  - id: two-leader", "- id: two-leader", WrongKind.INDENTATION),
    "the dash of the first question too far in": ("  - id: one", "    - id: one", WrongKind.INDENTATION),
    "two spaces behind a dash": ("  - id: two-leader", "  -  id: two-leader", WrongKind.NOT_A_DASH),
    "no dash before the first item": ("    - one\n", "    one\n", WrongKind.NOT_A_DASH),
    "no dash before the last item": ("    - {leader: two", "    {leader: two", WrongKind.NOT_A_DASH),
    "a heading without its sign": ("digest:\n", "Ugens overblik.\ndigest:\n", WrongKind.STRAY_TEXT),
    "a heading without its sign before a list": ("  - id: one\n", "  Borgeren først\n  - id: one\n", WrongKind.STRAY_TEXT),
    "a word above everything": ("programme: small", "Udgave\n# en note\n\nprogramme: small", WrongKind.STRAY_TEXT),
    "no dash before a question, though as far in as its words": ("  - id: one", "    id: one", WrongKind.NOT_A_DASH),
    "no space behind the dash of an item in braces": ("    - {leader: two", "    -{leader: two", WrongKind.NOT_A_DASH),
    "no dash before a question": ("  - id: two-leader", "    id: two-leader", WrongKind.NOT_A_DASH),
    "an item below another, too far in": ("    - {leader: two-leader, employee_rep: two-rep}", "      - two-leader", WrongKind.INDENTATION),
    "an item below another, without a dash and too far in": (
        "    - {leader: two-leader, employee_rep: two-rep}",
        "      two-leader",
        WrongKind.NOT_A_DASH,
    ),
    "no opening bracket": ("floors: {people", "floors: people", WrongKind.MISSING_BRACES),
    "round brackets": ('{day: friday, at: "10:00"}', '(day: friday, at: "10:00")', WrongKind.MISSING_BRACES),
    "no brackets": ('{day: friday, at: "10:00"}', 'day: friday, at: "10:00"', WrongKind.MISSING_BRACES),
    "a colon in a text without quotes": ('da: "Et?"', "da: Hvis ja: hvad?", WrongKind.COLON_IN_TEXT),
    "a colon behind a large letter in a text without quotes": ('da: "Et?"', "da: Ekstra: hvad?", WrongKind.COLON_IN_TEXT),
    "a hash in a text without quotes": ('da: "Et?"', "da: Er # et?", WrongKind.HASH_IN_TEXT),
    "two items in one line": ("    - one\n", "    - one, two-leader\n", WrongKind.TWO_ITEMS),
    "two items in one line with a hyphen between": ("    - one\n", "    - one - two-leader\n", WrongKind.TWO_ITEMS),
    "a sign at the start of a text": ("every: tuesday", "every: @tuesday", WrongKind.SIGN_FIRST),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_the_one_fault_of_its_line(small: Callable[..., Path], slip: str) -> None:
    right, typed, kind = SLIPS[slip]
    with pytest.raises(ProgrammeFaults) as caught:
        load_file(small(right, typed))
    (fault,) = caught.value.faults
    place = SMALL.index(right) + (right.startswith("\n"))
    assert (fault.said.key, fault.line) == (kind, SMALL[:place].count("\n") + 1)


@pytest.mark.parametrize(
    ("right", "typed", "column", "cure"),
    [
        ("  every: tuesday", "  every tuesday", 7, "write every: tuesday"),
        ("close: {day: friday", "close: {day friday", 11, "write day: friday"),
        ('da: "Lille", en', 'da: "Lille, en', 19, 'a straight " at both ends'),
        ('{day: friday, at: "10:00"}', '{day: friday at: "10:00"}', 23, 'before "at"'),
        ("weeks: [42]}", "weeks: [42}", 34, "put ] behind"),
        (AT, f" {AT}", 4, 'as far in as "every" in line 28 (spaces in front: 2)'),
        ("    - one\n", "    -one\n", 5, "write - one"),
        ("  until:", "\tuntil:", 1, 'here 2, as before "from" in line 30'),
        (AT, AT[:-1], 13, 'a straight " at both ends'),
        ('en: "One?"}', 'en: "One?}', 31, 'a straight " at both ends'),
        ('{day: friday, at: "10:00"}', '(day: friday, at: "10:00")', 10, 'write close: {day: friday, at: "10:00"}'),
        ("digest:\n", "Ugens overblik\ndigest:\n", 1, "# Ugens overblik"),
        (AT, AT + ".", 14, 'before "."'),
        ("  - id: two-leader", "    - id: two-leader", 5, '"- id" must begin as far in as "- id" in line 14 (spaces in front: 2)'),
    ],
)
def test_its_place_is_that_of_the_slip_and_it_says_what_to_write(
    small: Callable[..., Path], right: str, typed: str, column: int, cure: str
) -> None:
    with pytest.raises(ProgrammeFaults) as caught:
        load_file(small(right, typed))
    (fault,) = caught.value.faults
    assert fault.column == column
    assert cure in told(fault)


def test_a_long_text_is_looked_through_at_once(small: Callable[..., Path]) -> None:
    """Thousands of remarks above a slip, and a line as long as there may be."""
    path = small("  every: tuesday", "# remark\n" * 3000 + f'  every: "{"a" * 9000}')
    with pytest.raises(ProgrammeFaults) as caught:
        load_file(path)
    assert len(caught.value.faults) == 1


@pytest.mark.parametrize(
    ("pattern", "line"),
    [(NO_COLON, f"every{' ' * 1_000_000}x: : y"), (QUOTED, r"\"" * 500_000), (KEY_WITH_VALUE, f"every{': ' * 500_000}\n")],
    ids=["no colon", "a quoted text", "a key with its value"],
)
def test_a_sign_that_is_repeated_a_million_times_is_looked_at_once(pattern: re.Pattern[str], line: str) -> None:
    """A pattern that begins anew at each of them would not end."""
    assert bool(pattern.fullmatch(line)) is (pattern is KEY_WITH_VALUE)
    assert pattern is not QUOTED or pattern.search(line) is None


def test_a_dash_lost_before_braces_over_several_lines_is_missed_in_its_own_line(small: Callable[..., Path]) -> None:
    theme = '{id: second,\n     title: {da: "Anden", en: "Second"}}\n'
    first = next(line for line in SMALL.splitlines(keepends=True) if line.startswith("  - {id:"))
    with pytest.raises(ProgrammeFaults) as caught:
        load_file(small(first, first.replace("  - {", "  {").replace(", title", ",\n     title", 1) + f"  - {theme}"))
    (fault,) = caught.value.faults
    assert (fault.said.key, fault.line) == (WrongKind.NOT_A_DASH, SMALL[: SMALL.index(first)].count("\n") + 1)


def test_the_slip_of_a_file_with_the_line_ends_of_an_old_mac_is_found_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(SMALL.replace(AT, f" {AT}").replace("\n", "\r").encode())
    with pytest.raises(ProgrammeFaults) as caught:
        load_file(path)
    (fault,) = caught.value.faults
    assert (fault.said.key, fault.line, fault.source.strip()) == (
        WrongKind.INDENTATION,
        SMALL[: SMALL.index(AT)].count("\n") + 1,
        AT.strip(),
    )
