"""Writes a digest, or the season's report, as plain text: the same as its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.digests.digest_pieces import as_text
from bot.dialogue.papers.foot import foot
from bot.dialogue.papers.page_parts import parts_below, text_of_page
from bot.dialogue.papers.seal import seal
from bot.dialogue.papers.wish_rows import wish_rows
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.digests.digest_content import Content
    from bot.dialogue.papers.record import Record
    from bot.programme import Language


def plain_page(record: Record, language: Language) -> str:
    """The text of a record's page."""
    content, text = record["content"], text_of_page(record, language)
    parts = [
        "" if record["issued_at"] else say(language, "page.draft"),
        as_text(text),
        "" if "report" not in content else "\n".join(_wishes(content, language)),
        *("\n".join([below.heading, *below.lines]) for below in parts_below(content, text, language) if below.lines),
        "\n".join(f"{label}: {value}" for label, value in foot(record, language)),
    ]
    return seal("\n\n".join(filter(None, parts)) + "\n")


def _wishes(content: Content, language: Language) -> Iterator[str]:
    if content.get("ledger"):
        yield say(language, "page.wishes.caption")
    for row in wish_rows(content, language):
        yield "\n".join(["", *row.about, *row.fate, f"{say(language, 'page.wishes.weeks')}: {row.weeks}"])
