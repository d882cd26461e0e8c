"""Compares an exported text with what the database would write today.

A text carries no data, so it is written anew from what is stored. In one from before a quote was withdrawn there are lines too many: the
quote's. Its figures must be the same.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.dialogue.papers.foot import FORM
from bot.dialogue.papers.plain_page import plain_page
from bot.dialogue.papers.record import record_of
from bot.dialogue.papers.verification.own_data import Found, difference
from bot.errors import ForeignWords, KeyFault
from bot.programme import Language
from bot.sentence import sentence
from bot.wording import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.dialogue.papers.verification.paper_file import Paper
    from bot.models import Digest
    from bot.programme import Programme

A_QUOTE: Final = re.compile(r"(?P<ours>[^»“]*)[»“].*[«”]\W*")
NUMBER: Final = re.compile(r"\d+")
LINES_OF_A_QUOTE: Final = 2  # at most: it may also stand at the top
FILING: Final = ("sender", "case", "kle")


def compare_text(session: Session, paper: Paper, digest: Digest, programme: Programme | None) -> Found:
    """What a text tells beside what is stored."""
    if paper.form != FORM:
        return Found(doubts=(sentence("verify.other_form"),))
    try:
        record = record_of(session, digest, programme)
    except (KeyFault, ForeignWords):
        return Found(doubts=(sentence("verify.no_key"),))
    withdrawn = digest.revision - paper.revision
    if withdrawn < 0:
        return Found(faults=(sentence("verify.revision_ahead", newest=digest.revision),))
    drawn = [plain_page({**record, "revision": paper.revision}, language) for language in Language]
    if paper.text in drawn:
        return Found()
    if paper.draft:
        return Found(doubts=(sentence("verify.text_of_draft"),))
    return _judge(paper.text, min(drawn, key=lambda text: (_lines(text) - _lines(paper.text)).total()), withdrawn)


def _judge(text: str, drawn: str, withdrawn: int) -> Found:
    """What a text tells that is not as it would be written today. Withdrawn quotes may stand in it, and nothing else."""
    extra, missing = _lines(text) - _lines(drawn), _lines(drawn) - _lines(text)
    filing = {line for line in extra | missing if line.startswith(_labels_of_filing())}
    doubts = (sentence("verify.other_filing"),) if filing else ()
    extra, missing = (Counter({line: n for line, n in lines.items() if line not in filing}) for lines in (extra, missing))
    most = withdrawn * LINES_OF_A_QUOTE
    quoted = [A_QUOTE.fullmatch(line) for line in extra]
    is_right = (
        all(line is not None and _has_numbers_of(drawn, line["ours"]) for line in quoted)
        and all(_has_numbers_of(text, line) for line in missing)
        and max(extra.total(), missing.total()) <= most
        and (extra or missing or filing)
    )
    return Found(doubts=doubts) if is_right else Found(faults=tuple(difference(text, drawn)), doubts=doubts)


def _lines(text: str) -> Counter[str]:
    """The lines of a text without its seal, which is the last."""
    return Counter(filter(None, map(str.strip, text.splitlines()[:-1])))


def _has_numbers_of(text: str, line: str) -> bool:
    """Whether a line has no number that the text has not."""
    return {*NUMBER.findall(line)} <= {*NUMBER.findall(text)}


def _labels_of_filing() -> tuple[str, ...]:
    return tuple(f"{say(language, f'page.foot.{name}')}:" for language in Language for name in FILING)
