"""Writes a digest, or the season's report, as plain text: the same as its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.digests.digest_pieces import as_text
from bot.dialogue.papers.foot import foot
from bot.dialogue.papers.page import more_parts
from bot.dialogue.papers.record import text_of_record

if TYPE_CHECKING:
    from bot.dialogue.papers.record import Record
    from bot.programme import Language


def plain_page(record: Record, language: Language) -> str:
    """The text of a record's page."""
    text = text_of_record(record, language)
    more = ["\n".join([heading, *lines]) for heading, lines in more_parts(record, text, language)]
    below = "\n".join(f"{label}: {value}" for label, value in foot(record, language))
    return "\n\n".join([as_text(text), *more, below, ""]).rstrip("\n") + "\n"
