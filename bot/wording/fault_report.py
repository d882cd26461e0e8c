"""Shows faults in a programme's files as commands print them.

Each has its place, and the line that it stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.wording import say_n
from bot.wording.in_words import in_words, make_printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.errors import Fault
    from bot.programme import Language

MOST_FAULTS: Final = 50  # more are not read at once; the rest is counted
BEFORE: Final = 60  # characters of a long line that are shown before the fault
LONGEST_SOURCE: Final = 120  # and in all


def fault_report(language: Language | str, faults: Sequence[Fault]) -> Iterator[str]:
    """The lines that tell these faults, at most `MOST_FAULTS` of them, and how many more there are."""
    for fault in faults[:MOST_FAULTS]:
        yield f"{fault.file}:{fault.line}:{fault.column}: {in_words(language, fault.said)}"
        yield from _line_with_caret(fault)
    if more := len(faults) - MOST_FAULTS:
        yield from (say_n(language, "faults.more", more),) if more > 0 else ()


def _line_with_caret(fault: Fault) -> Iterator[str]:
    """The line that a fault stands in, or what is near it in a long one, with a caret under the place."""
    if not fault.source.strip():
        return
    start = 0 if len(fault.source) <= LONGEST_SOURCE else max(0, min(fault.column - 1 - BEFORE, len(fault.source) - LONGEST_SOURCE))
    line = make_printable(fault.source[start : start + LONGEST_SOURCE].expandtabs(1), LONGEST_SOURCE)
    before, after = "…" if start else "", "…" if start + LONGEST_SOURCE < len(fault.source) else ""
    number = f"{fault.line:>6} | "
    yield f"{number}{before}{line}{after}"
    yield f"{' ' * (len(number) + len(before) + fault.column - 1 - start)}^"
