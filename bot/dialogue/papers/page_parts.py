"""Tells what stands on a page: the digest, below it what it had no room for, and its foot.

Answers and promises in full where the digest shortens them, questions likewise, and how the numbers are made.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.digests.digest_pieces import EVERY_WORD, as_text, in_text, parts_of_text
from bot.dialogue.digests.digest_reading import method_lines, promise_lines, question_parts
from bot.dialogue.digests.digest_text import answer_text
from bot.dialogue.papers.foot import foot
from bot.dialogue.papers.record import text_of_record
from bot.dialogue.papers.wish_rows import wish_rows
from bot.seam.meaning import Part
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.digests.digest_content import Content
    from bot.dialogue.papers.record import Record
    from bot.programme import Language
    from bot.seam.meaning import DigestText


def parts_of(record: Record, text: DigestText, language: Language) -> Iterator[Part]:
    """All that stands on a record's page, in words, in its order. The last line of the last part is the place of the seal.

    `text`: its `text_of_page`.
    """
    content = record["content"]
    if record["issued_at"] is None:
        yield Part(heading="", lines=(say(language, "page.draft"),))
    headline, top, chart, *parts, about = parts_of_text(text)
    yield from (replace(headline, lines=about.lines), top, chart)
    if "report" in content:
        yield from _wishes(content, language)
    yield from parts
    yield from parts_below(content, text, language)
    yield Part(heading="", lines=tuple(f"{label}: {value}" for label, value in foot(record, language)))


def text_of_page(record: Record, language: Language) -> DigestText:
    """The digest of a record as it is read, without the line that asks to press a button.

    A report is without its wishes by state, too: a table tells of each.
    """
    text, press = text_of_record(record, language), say(language, "digest.top.ask.heard")
    text = replace(text, top=tuple(line for line in text.top if line.text != press))
    return replace(text, parts=text.parts[-1:]) if "report" in record["content"] else text


def parts_below(content: Content, text: DigestText, language: Language) -> Iterator[Part]:
    """The parts below a digest; digests from before the ledger say themselves how their numbers are made."""
    told = as_text(text)
    if text.shortened and "ledger" in content and "report" not in content:
        answers = (answer_text(language, answer, EVERY_WORD) for answer in content["since_last"])
        for key, lines in {"page.more_answers": answers, "answers.promises": promise_lines(content, language)}.items():
            if more := tuple(line for line in lines if in_text(line) not in told):
                yield Part(heading=say(language, key), lines=more)
    yield from (part for part in question_parts(content, language) if any(in_text(line) not in told for line in part.lines))
    if text.method:
        yield Part(heading=say(language, "method.title"), lines=method_lines(content, language))


def _wishes(content: Content, language: Language) -> Iterator[Part]:
    """The wishes of a report: in words what its page has as a table."""
    for number, row in enumerate(wish_rows(content, language)):
        if number == 0:
            yield Part(heading=say(language, "page.wishes.caption"), lines=())
        heading, *about = row.about
        yield Part(heading=heading, lines=(*about, *row.fate, f"{say(language, 'page.wishes.weeks')}: {row.weeks}"))
