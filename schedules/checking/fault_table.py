"""The tables that explain every fault: in Danish for the organisers, in English for everybody else.

They are made from the catalogues. `python -m schedules.checking.fault_table` writes them anew, and a test keeps them current.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Final

from bot.programme import Language
from bot.wording import CATALOGUES, catalogue, say
from schedules.checking.fault_messages import WrongKind

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = {Language.DA: ROOT / "schedules" / "README.md", Language.EN: ROOT / "docs" / "faults.md"}
HEADS: Final = {Language.DA: "| Besked | Hvad det betyder, og hvad I gør |", Language.EN: "| message | what it means, and what one does |"}
GROUPS: Final = {  # a table each: its first kind, and its heading
    WrongKind.NO_FILE: "explained.group.file",
    WrongKind.BROKEN: "explained.group.structure",
    WrongKind.INVISIBLE_SIGN: "explained.group.signs",
    WrongKind.MISSING_KEY: "explained.group.values",
    WrongKind.THEME_TWICE: "explained.group.order",
    WrongKind.NOT_A_WEEKDAY: "explained.group.days",
    WrongKind.NOT_ONE_SOURCE: "explained.group.lists",
    WrongKind.OVERLAP: "explained.group.together",
}
BEGIN, END = "<!-- python -m schedules.checking.fault_table -->\n", "<!-- so far -->\n"


def fault_table(language: Language) -> str:
    """The tables of all faults, in the order of their kinds."""
    lines = list[str]()
    for kind in WrongKind:
        if kind in GROUPS:
            lines += ["", f"### {say(language, GROUPS[kind])}", "", HEADS[language], "|---|---|"]
        lines.append(f"| {_as_code(pattern_of(language, kind))} | {say(language, f'explained.{kind.name.lower()}')} |")
    return "\n".join(lines[1:]) + "\n"


def with_table(language: Language, page: str) -> str:
    """The text of a page with the tables as they are now."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + "\n" + fault_table(language) + "\n" + END + rest.split(END)[1]


def pattern_of(language: Language, kind: WrongKind, **known: object) -> str:
    """What a fault says, without a guess at its end; an ellipsis is for the file's own words."""
    return catalogue(language, CATALOGUES).gettext(kind).format_map(defaultdict(lambda: "…", guess="", **known))


def _as_code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


if __name__ == "__main__":
    for language, page in PAGES.items():
        page.write_text(with_table(language, page.read_text("utf-8")), "utf-8")
