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
BEGIN, END = "<!-- python -m schedules.checking.fault_table -->\n", "<!-- so far -->\n"


def fault_table(language: Language) -> str:
    """The table of all faults, in the order of their kinds."""
    rows = (f"| {_as_code(pattern_of(language, kind))} | {say(language, f'explained.{kind.name.lower()}')} |" for kind in WrongKind)
    return "\n".join([HEADS[language], "|---|---|", *rows]) + "\n"


def with_table(language: Language, page: str) -> str:
    """The text of a page with the table as it is now."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + "\n" + fault_table(language) + "\n" + END + rest.split(END)[1]


def pattern_of(language: Language, kind: WrongKind, **known: object) -> str:
    """What a fault says, with an ellipsis where the file's own words come in, and without a guess at the end."""
    return catalogue(language, CATALOGUES).gettext(kind).format_map(defaultdict(lambda: "…", guess="", **known))


def _as_code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


if __name__ == "__main__":
    for language, page in PAGES.items():
        page.write_text(with_table(language, page.read_text("utf-8")), "utf-8")
