"""Compares an export with itself: its seal, its checksums, and whether it reads as its own data say. That needs no database."""

from __future__ import annotations

from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING, Any, Final

from bot.dialogue.digests.digest_content import text_checksum
from bot.dialogue.papers.exports import Format, export
from bot.dialogue.papers.foot import FORM
from bot.dialogue.papers.verification.found import Found
from bot.dialogue.papers.verification.saved_page import as_saved
from bot.programme import Language
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.papers.record import Record
    from bot.dialogue.papers.verification.paper_file import Paper
    from bot.sentence import Sentence

BEFORE_DIFFERENCE: Final = 30  # characters of a line that are shown before what differs
SHOWN: Final = 200  # characters of a line that differs


def compare_with_own_data(paper: Paper) -> Found:
    """What an export tells about itself. Raises `NOT_WHOLE` if it carries data that are not ours."""
    broken = () if paper.sealed else (sentence("verify.seal_broken"),)
    if paper.record is None:
        return Found(faults=broken)
    faults, drawn = tuple(_faults_of_data(paper.record, paper)), export(paper.record, paper.format, paper.language or Language.DA)
    if broken and paper.format is Format.HTML and not faults and as_saved(paper.text) == as_saved(drawn):  # its old seal too
        return Found(notes=(sentence("verify.saved_by_browser"),))
    found = compare_with_drawn(paper, drawn)
    return Found(faults=(*faults, *broken, *found.faults), notes=found.notes)


def compare_with_drawn(paper: Paper, drawn: str) -> Found:
    """What is to be said of an export that would be drawn so today."""
    if paper.text == drawn:
        return Found()
    if paper.form != FORM:
        return Found(notes=(sentence("verify.other_form"),))
    return Found(faults=tuple(_difference(paper.text, drawn)))


def _faults_of_data(record: Record, paper: Paper) -> Iterator[Sentence]:
    """The faults of a record that contradicts itself."""
    content: dict[str, Any] = dict(record["content"])
    before = content.get("before", {"number": paper.number - 1})
    names = content.get("number") == paper.number, content.get("programme") == paper.programme
    if paper.checksum != record["checksum"] or not all(names) or before.get("number") != paper.number - 1:
        yield sentence("verify.content")
    for place, quote in enumerate(record["quotes"], 1):
        if text_checksum(str(quote.get("text"))) != quote.get("checksum"):
            yield sentence("verify.quote", n=place)


def _difference(text: str, expected: str) -> Iterator[Sentence]:
    """The place where a text first differs from what is expected."""
    lines = enumerate(zip_longest(text.splitlines(), expected.splitlines(), fillvalue=""), 1)
    for number, (there, ours) in lines:
        if there != ours:
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(there, ours, strict=False)))
            start = max(0, same - BEFORE_DIFFERENCE)
            yield sentence("verify.differs", line=number, there=there[start:][:SHOWN].strip(), ours=ours[start:][:SHOWN].strip())
            return
