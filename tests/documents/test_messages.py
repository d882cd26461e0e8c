"""Every message that a document quotes, so that somebody finds the cure, is one that the bot can say."""

from __future__ import annotations

from typing import Final

import pytest

from tests.support.documents import IN_BACKTICKS, IN_ITALICS, ROOT, command_names, is_said

TABLES: Final = (("README.md", "When something is wrong"), ("docs/operating.md", "10. Every alarm, and what to do"))
FORMS: Final = {"schedules/….yaml:17:5: …"}  # the form of a line, which has no words of its own


def quoted(page: str, heading: str) -> list[str]:
    """What stands in backticks or italics in the first column of the tables under a heading."""
    _, _, behind = (ROOT / page).read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    rows = [line.strip("|").split(" | ") for line in behind.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    return [text for row in rows for pattern in (IN_BACKTICKS, IN_ITALICS) for text in pattern.findall(row[0])]


@pytest.mark.long  # says every sentence of the catalogues
@pytest.mark.parametrize(("page", "heading"), TABLES)
def test_whatever_a_table_of_troubles_quotes_can_be_said(page: str, heading: str) -> None:
    texts = [text for text in quoted(page, heading) if text not in FORMS and not command_names(f"`{text}`")]
    assert len(texts) > 15
    assert [text for text in texts if not is_said(text, "en") and not is_said(text, "da")] == []


@pytest.mark.parametrize(
    ("text", "can_be"),
    [
        ("the machine's clock is not believed …", True),
        ("The list of leaders had 14 and now has 1. Is that right?", True),
        ("SLACK_APP_TOKEN: is missing …", True),
        ("… is from an older Eftertanke", True),
        ("the machine's clock is no longer believed …", False),
        ("The list of leaders had 14 and has 1 by now. Is that right?", False),
        ("… is from an ancient Eftertanke", False),
        ("…", False),
    ],
)
def test_what_can_be_said_is_told_from_what_cannot(text: str, *, can_be: bool) -> None:
    assert is_said(text, "en") is can_be
