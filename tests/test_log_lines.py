"""Every line of the log stands in docs/log.md, with its level and its fields; and nothing else stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.logs import KEYS
from tests.support.log_calls import LogLine, log_lines

if TYPE_CHECKING:
    from pathlib import Path

SHAPE: Final = {"event", "level", "logger", "timestamp"}
ENTRY: Final = re.compile(r"^\*\*`(?P<event>.+)`\*\* · (?P<level>[a-z]+)(?: · (?P<fields>.+))?\n(?P<text>.+)", re.MULTILINE)
IN_TABLE: Final = re.compile(r"^\| ((?:`\w+`(?:, )?)+) \| .+ \|$", re.MULTILINE)


def names(text: str) -> list[str]:
    return re.findall(r"`(\w+)`", text)


def entries(page: str) -> list[LogLine]:
    """The lines that the page tells of."""
    return [
        LogLine(event=found["event"], level=found["level"], fields=frozenset(names(found["fields"] or "")))
        for found in ENTRY.finditer(page)
    ]


def test_the_page_of_the_log_tells_of_every_line_and_of_no_other(root: Path) -> None:
    told = entries((root / "docs" / "log.md").read_text("utf-8"))
    assert len(told) == len({line.event for line in told}), "a line is told twice"
    assert sorted(told, key=lambda line: line.event) == sorted(log_lines(), key=lambda line: line.event)


def test_every_entry_says_what_its_line_means(root: Path) -> None:
    page = (root / "docs" / "log.md").read_text("utf-8")
    assert page.count("\n**`") == len(entries(page))
    assert all(found["text"].endswith((".", ",")) or len(found["text"]) > 100 for found in ENTRY.finditer(page))


def test_fields_come_from_one_vocabulary_that_the_page_explains(root: Path) -> None:
    used = {field for line in log_lines() for field in line.fields}
    assert used == KEYS | {"exception"}
    page = (root / "docs" / "log.md").read_text("utf-8")
    assert {name for row in IN_TABLE.findall(page) for name in names(row)} == KEYS | SHAPE | {"exception"}


def test_a_sentence_has_one_level_and_one_set_of_fields() -> None:
    assert len(log_lines()) == len({line.event for line in log_lines()})
