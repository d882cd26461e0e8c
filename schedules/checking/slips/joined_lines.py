"""Finds two items of a list that a reader of YAML takes for one, because nothing in it is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from schedules.checking.fault_messages import WrongKind
from schedules.checking.slips.margins import beginning_of, indentation, line_beside
from schedules.checking.source import lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedules.checking.slips.margins import Slip
    from schedules.checking.source import KeyPath, Span

AN_ID: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
TWO_IDS: Final = re.compile(rf"{AN_ID}(?:\s*[,;/&+]\s*|\s+(?:-|og|and)\s+){AN_ID}")


def slip_of_two_items(text: str, span: Span, path: KeyPath) -> Slip | None:
    """The slip by which a value without quotes holds two items of a list; None if it does not."""
    raw = text[span.start : span.end]
    if "\n" in raw and path and isinstance(path[-1], int):
        return _line_below(lines_of(text), span.line)
    if path[:2] == ("rounds", "order") and TWO_IDS.fullmatch(raw):
        return WrongKind.TWO_ITEMS.say(value=raw), span.line, span.column
    return None


def _line_below(lines: Sequence[str], line: int) -> Slip | None:
    """A line that goes on with an item above, though it was to be one: it begins too far in, or without a dash."""
    if not lines[line - 1].lstrip().startswith("- "):
        return None
    number = next(below for below in range(line + 1, len(lines) + 1) if lines[below - 1].strip())
    rest = lines[number - 1].strip()
    if rest.startswith("- "):
        is_first_wrong = line_beside(lines, line) and not line_beside(lines, number)
        wrong, right = (line, number) if is_first_wrong else (number, line)
        beside = line_beside(lines, wrong) or beginning_of(lines, right)
        return indentation(lines, wrong, beside) if beside else None
    return WrongKind.NOT_A_DASH.say(rest=rest), number, lines[number - 1].find(rest) + 1
