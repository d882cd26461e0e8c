"""Compares an exported text with what the database would write today.

A text carries no data, so it is written anew. Where it may differ for good reason, by a quote withdrawn since or another case number, the
page tells more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.papers.foot import FILING
from bot.dialogue.papers.plain_page import plain_page
from bot.dialogue.papers.record import record_of
from bot.dialogue.papers.verification.found import Found
from bot.dialogue.papers.verification.own_data import compare_with_drawn
from bot.errors import ForeignWords, KeyFault
from bot.programme import Language
from bot.sentence import sentence
from bot.wording import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.dialogue.papers.verification.paper_file import Paper
    from bot.models import Digest
    from bot.programme import Programme


def compare_text(session: Session, paper: Paper, digest: Digest, programme: Programme | None) -> Found:
    """What a text tells beside what is stored."""
    if paper.revision < digest.revision:
        return Found(notes=(sentence("verify.older_text"),))
    language = paper.language or Language.DA
    try:
        drawn = plain_page(record_of(session, digest, programme), language)
    except (KeyFault, ForeignWords):
        return Found(notes=(sentence("verify.no_key"),))
    found = compare_with_drawn(paper, drawn)
    if found.faults and paper.draft:
        return Found(notes=(sentence("verify.text_of_draft"),))
    if found.faults and _without_filing(paper.text, language) == _without_filing(drawn, language):
        return Found(notes=(sentence("verify.other_filing"),))
    return found


def _without_filing(text: str, language: Language) -> list[str]:
    """A text, and the lines of its foot without sender, case and KLE number, and without the last, the seal."""
    labels = tuple(f"{say(language, f'page.foot.{name}')}:" for name in FILING)
    above, _, foot = text.rpartition("\n\n")
    return [above, *(line for line in foot.splitlines()[:-1] if not line.startswith(labels))]
