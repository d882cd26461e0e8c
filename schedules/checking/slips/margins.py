"""Finds how far in a line ought to begin: as most lines of its kind in the same block do."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from schedules.checking.fault_messages import WrongKind
from schedules.checking.file_model import File

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sentence import Sentence

Slip: TypeAlias = "tuple[Sentence, int, int]"  # what to say, and the line and column of it
BEGINNING: Final = re.compile(r"( *)(- *)?([^\s:#]+)")
OUTERMOST: Final = re.compile(rf"(?:{'|'.join(field.alias or name for name, field in File.model_fields.items())})\b")


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """How a line begins: its number, its spaces, whether it has a dash, and its first word."""

    number: int
    spaces: int
    has_dash: bool
    word: str


def beginning_of(lines: Sequence[str], number: int) -> Beginning | None:
    """How the line with this number begins; None if there is nothing, a remark or a tab."""
    match = BEGINNING.match(lines[number - 1]) if 1 <= number <= len(lines) else None
    if match is None:
        return None
    word = (match[2] or "").strip() + " " + match[3] if match[3][0].isalnum() else match[2] or match[3]
    return Beginning(number=number, spaces=len(match[1]), has_dash=match[2] is not None, word=word.strip())


def line_beside(lines: Sequence[str], number: int) -> Beginning | None:
    """The line beside which this one ought to begin, if most lines of its kind in its block begin elsewhere."""
    begins = beginning_of(lines, number)
    if begins is None or _is_outermost(lines[number - 1]):
        return None
    alike = [other for other in _block(lines, number) if other.has_dash == begins.has_dash]
    counts = Counter(other.spaces for other in alike)
    return _nearest(begins, alike) if 2 * counts[begins.spaces] <= max(counts.values()) else None


def has_company(lines: Sequence[str], number: int) -> bool:
    """Whether another line of its kind begins as far in, in the same block."""
    begins = beginning_of(lines, number)
    alike = [other for other in _block(lines, number) if begins and (other.has_dash, other.spaces) == (begins.has_dash, begins.spaces)]
    return len(alike) > 1


def item_without_dash(lines: Sequence[str], number: int) -> int | None:
    """The nearest item without its dash, from this line upwards in its block; None if there is none.

    It begins with the same word as other items, where their dashes or their words stand.
    """
    block = _block(lines, number)
    items = {(begins.spaces, _first_word(lines, begins)) for begins in block if begins.has_dash}
    for begins in reversed(block):
        word = _first_word(lines, begins)
        if begins.number <= number and not begins.has_dash and {(begins.spaces, word), (begins.spaces - 2, word)} & items:
            return begins.number
    return None


def _first_word(lines: Sequence[str], begins: Beginning) -> str:
    return lines[begins.number - 1].lstrip(" -").partition(":")[0].partition(" ")[0]


def margin_of_items(lines: Sequence[str], number: int) -> int | None:
    """With how many spaces most items begin in the block around a line; None if it has no items."""
    counts = Counter(other.spaces for other in _block(lines, number) if other.has_dash)
    return counts.most_common(1)[0][0] if counts else None


def line_beside_tab(lines: Sequence[str], number: int) -> Beginning | None:
    """The line beside which one with a tab ought to begin; None if its block has none."""
    has_dash = lines[number - 1].lstrip().startswith("- ")
    alike = [other for other in _block(lines, number) if other.has_dash == has_dash and other.number != number]
    counts = Counter(other.spaces for other in alike)
    if not counts:
        return None
    usual = counts.most_common(1)[0][0]
    return min((other for other in alike if other.spaces == usual), key=lambda other: abs(other.number - number))


def indentation(lines: Sequence[str], number: int, beside: Beginning) -> Slip:
    """The slip of a line that ought to begin as far in as another one."""
    own = beginning_of(lines, number)
    said = WrongKind.INDENTATION.say(own=own and own.word, word=beside.word, line=beside.number, spaces=beside.spaces)
    return said, number, own.spaces + 1 if own else 1


def _nearest(begins: Beginning, alike: Sequence[Beginning]) -> Beginning:
    """The line nearest to this one among those that begin where more than it do; of two margins, the nearer one."""
    counts = Counter(other.spaces for other in alike)
    usual = [other for other in alike if counts[other.spaces] >= 2 * counts[begins.spaces]]
    return min(usual, key=lambda other: (abs(other.spaces - begins.spaces), abs(other.number - begins.number)))


def _block(lines: Sequence[str], number: int) -> list[Beginning]:
    """The beginnings of the lines in the outermost block that a line stands in, with the line itself."""
    first = next((above for above in range(min(number - 1, len(lines)), 0, -1) if _is_outermost(lines[above - 1])), 0) + 1
    last = next((below for below in range(number + 1, len(lines) + 1) if _is_outermost(lines[below - 1])), len(lines) + 1)
    return [begins for other in range(first, last) if (begins := beginning_of(lines, other)) is not None]


def _is_outermost(line: str) -> bool:
    """Whether one of the outermost keys begins here. Others at the left edge are there by mistake."""
    return OUTERMOST.match(line) is not None
