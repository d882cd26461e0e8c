"""Whoever cannot program mends a programme by its messages alone: twelve slips that people make, each told with what to type.

A slip is made in the first programme. There is one message; in Danish it points at the line of the slip and holds what must be typed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.errors import ProgrammeFaults
from bot.programme import Language
from schedules.checking.fault_messages import WrongKind
from schedules.checking.fault_table import fault_table, pattern_of
from schedules.programme_file import load_file
from tests.support.faults import told

if TYPE_CHECKING:
    from bot.errors import Fault

GOOD: Final = (Path(__file__).parents[2] / "schedules" / "randers-2018.yaml").read_text("utf-8")
ORDER: Final = "  order:\n"

# a slip → what is right, what is typed by mistake, the kind of fault, and what its message must hold
SLIPS: Final = {
    "a time with a dot and without quotes": ('at: "09:30"', "at: 09.30", WrongKind.NOT_A_TIME, 'skriv "09:30"'),
    "a Danish weekday": ("every: tuesday", "every: tirsdag", WrongKind.NOT_A_WEEKDAY, "tuesday"),
    "a Danish date": ("from: 2018-08-21", "from: 21-08-2018", WrongKind.NOT_A_DATE, "skriv 2018-08-21"),
    "a quote that is missing": ('(uden navne)"', "(uden navne)", WrongKind.MISSING_QUOTE, 'et lige " både først og sidst'),
    "a tab": ("  every: tuesday", "\tevery: tuesday", WrongKind.TAB, "skriv 2 mellemrum"),
    "a misspelt key": ("  until: 2018", "  untill: 2018", WrongKind.UNKNOWN_KEY, "»until«"),
    "an å in an id": ("- id: sige-hoejt", "- id: sige-håjt", WrongKind.NOT_AN_ID, "skriv sige-haajt"),
    "a question twice in the order": ("    - holde-op-med\n", "    - laert-af-et-barn\n", WrongKind.ORDERED_TWICE, "slet den ene"),
    "too few questions": ("    - holde-op-med\n", "", WrongKind.TOO_FEW_ENTRIES, "sæt yderligere 1 spørgsmål ind under `order`"),
    "no English text": (', en: "Leadership conference 2018"}', "}", WrongKind.MISSING_TRANSLATION, '{da: "Hvad?", en: "What?"}'),
    "a list that is not there": ("{usergroup: S0LEADERS}", "{file: ledere.csv}", WrongKind.NO_PEOPLE_FILE, "læg den der, eller ret navnet"),
    "a digest before the close": ("post: {day: friday", "post: {day: thursday", WrongKind.POST_BEFORE_CLOSE, "`post` senere end `close`"),
}


def fault_of(folder: Path, right: str, typed: str) -> Fault:
    """The fault of a slip in the first programme: the first, and the only one about what was typed."""
    assert GOOD.count(right) == 1
    (folder / "program.yaml").write_text(GOOD.replace(right, typed), "utf-8")
    with pytest.raises(ProgrammeFaults) as caught:
        load_file(folder / "program.yaml")
    return min(caught.value.faults, key=lambda fault: fault.line)


def line_of(text: str) -> int:
    return GOOD[: GOOD.index(text)].count("\n") + 1


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_where_it_was_made_with_what_must_be_typed(tmp_path: Path, slip: str) -> None:
    right, typed, kind, cure = SLIPS[slip]
    fault = fault_of(tmp_path, right, typed)
    assert (fault.said.key, fault.line) == (kind, line_of(right) if typed else line_of(ORDER))
    assert cure in told(fault, Language.DA)


def test_the_programme_without_a_slip_is_good(tmp_path: Path) -> None:
    (tmp_path / "program.yaml").write_text(GOOD, "utf-8")
    assert load_file(tmp_path / "program.yaml").id == "randers-2018"


def test_each_slip_stands_in_the_organisers_table() -> None:
    table = fault_table(Language.DA)
    kinds = {kind for _, _, kind, _ in SLIPS.values()}
    assert len(kinds) == len(SLIPS) == 12
    assert [kind for kind in kinds if pattern_of(Language.DA, kind) not in table] == []
