"""Writes a digest, or the season's report, as plain text: the same as its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.digests.digest_pieces import join_parts
from bot.dialogue.papers.page_parts import parts_of, text_of_page
from bot.dialogue.papers.seal import seal

if TYPE_CHECKING:
    from bot.dialogue.papers.record import Record
    from bot.programme import Language


def plain_page(record: Record, language: Language) -> str:
    """The text of a record's page."""
    return seal(f"{join_parts(parts_of(record, text_of_page(record, language), language))}\n")
