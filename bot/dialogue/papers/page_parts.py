"""Tells what stands on a page: the digest, and below it what it had no room for.

Answers and promises in full where the digest shortens them, questions likewise, and how the numbers are made.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.digests.digest_pieces import as_text
from bot.dialogue.digests.digest_reading import method_lines
from bot.dialogue.digests.digest_text import EVERY_WORD, answer_text, promise_text
from bot.dialogue.papers.record import text_of_record
from bot.seam.meaning import Part
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.digests.digest_content import Content
    from bot.dialogue.papers.record import Record
    from bot.programme import Language
    from bot.seam.meaning import DigestText


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
        promises = (promise_text(language, fate) for fate in content["ledger"] if fate["state"] in {"taken_up", "overdue"})
        yield Part(heading=say(language, "page.more_answers"), lines=tuple(answer for answer in answers if answer not in told))
        yield Part(heading=say(language, "answers.promises"), lines=tuple(promise for promise in promises if promise not in told))
    yield from _questions(content, told, language)
    if text.method:
        yield Part(heading=say(language, "method.title"), lines=method_lines(content, language))


def _questions(content: Content, told: str, language: Language) -> Iterator[Part]:
    """The questions of the themes that the digest does not ask in full."""
    for theme in content["themes"]:
        asks = [say(language, "digest.quoted", text=ask[language.value]) for ask in theme["asks"]]
        if not all(ask in told for ask in asks):
            yield Part(heading=say(language, "method.asked", theme=theme["title"][language.value]), lines=tuple(asks))
