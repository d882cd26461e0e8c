"""The digests of a rehearsal in both languages, and what is wrong with them as something to read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from sqlalchemy import select

from bot.app.rehearsal.local_bot import LocalBot
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.digests.digest_text import as_text, count_words, render
from bot.dialogue.digests.quote_selection import quotes_in_post
from bot.models import Digest
from bot.programme import Language
from schedules.due import post_moment, sending_days
from schedules.programme_store import ProgrammeStore
from tests.support.repeated_words import repeated_share
from tests.support.running_world import database_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.seam.meaning import DigestText

InBothLanguages: TypeAlias = "dict[Language, DigestText]"

MOST_WORDS: Final = 300
MOST_TOP_LINES, MOST_TOP_WORDS = 3, 45
MOST_REPEATED: Final = 0.1


def rehearse(schedules: Path, folder: Path, *, weeks: int, participants: int) -> list[InBothLanguages]:
    """Play so many weeks of the programme with made-up people, who act; the posted digests, the first one first."""
    local_bot = LocalBot(ProgrammeStore(schedules), folder, database_url=database_in(folder), participants=participants)
    player = local_bot.open()
    try:
        programme = local_bot.programme()
        of_season = sorted({planned.slot.week for planned in sending_days(programme) if planned.skipped is None})
        player.play(post_moment(programme, of_season[weeks - 1]) + timedelta(days=1))
        with local_bot.database.look() as session:
            digests = session.scalars(select(Digest).where(Digest.issued_at.is_not(None)).order_by(Digest.number)).all()
            return [
                {
                    language: render(content_of(digest), language, quotes_in_post(session, digest), finding=digest.finding)
                    for language in Language
                }
                for digest in digests
            ]
    finally:
        local_bot.close()


def complaints(digests: Sequence[InBothLanguages]) -> Iterator[str]:
    """What is too long, repeated or numbered, in words."""
    for number, texts in enumerate(digests, start=1):
        for language, text in texts.items():
            place = f"digest {number} ({language.value})"
            if (words := count_words(as_text(text))) > MOST_WORDS:
                yield f"{place} has {words} words"
            if not 2 <= len(text.top) <= MOST_TOP_LINES:
                yield f"{place} has {len(text.top)} lines at the top"
            if (words := top_words(text)) > MOST_TOP_WORDS:
                yield f"{place} has {words} words at the top"
            if re.search(r"\d", text.headline):
                yield f"{place} is numbered in its headline: {text.headline}"
            if number > 1 and (share := repeated_share(text, digests[number - 2][language])) > MOST_REPEATED:
                yield f"{place} repeats {share:.0%} of its five-word sequences"


def top_words(text: DigestText) -> int:
    """How many words stand at the top."""
    return sum(count_words(line.text) for line in text.top)


def account(digests: Sequence[InBothLanguages]) -> str:
    """The figures of each digest in a line, for each language."""
    lines = []
    for number, texts in enumerate(digests, start=1):
        for language, text in texts.items():
            share = repeated_share(text, digests[number - 2][language]) if number > 1 else 0.0
            lines.append(
                f"{number:2} {language.value}: {count_words(as_text(text))} words, {top_words(text)} at the top, {share:.0%} repeated"
            )
    return "\n".join(lines)
