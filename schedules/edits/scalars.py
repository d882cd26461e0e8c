"""Writes a new text in the place of another, in its quotes if it can stand in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.dialogue.form_input import clean_text
from bot.errors import ProgrammeFaults
from schedules.checking.invisible_signs import without_refused
from schedules.edits.replacements import Replacement, content_end, is_in_brackets
from schedules.programme_file import source_of

if TYPE_CHECKING:
    from schedules.checking.source import KeyPath, SourceFile

BREAKS: Final = re.compile(r"\s*[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]\s*")
LONG_TEXT: Final = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n\x85]*)?")  # how a text of several lines begins


def one_line(text: str) -> str:
    """A text on one line, without signs that may not stand in a programme."""
    return without_refused(BREAKS.sub(" ", clean_text(text))).strip()


def rewrite(source: SourceFile, path: KeyPath, text: str) -> Replacement:
    """Put another text in the place of the one at `path`. A comment behind the first line of a long text stays."""
    start, end = source.values[path].start, content_end(source, path)
    long_text = LONG_TEXT.match(source.text, start)
    comment = long_text[1] or "" if long_text else ""
    return Replacement(start=start, end=end, text=in_quotes_of(source, path, text) + comment)


def in_quotes_of(source: SourceFile, path: KeyPath, text: str) -> str:
    """A text as it is written in the quotes of the one at `path`, else in double quotes."""
    before = source.text[source.values[path].start : content_end(source, path)]
    if before.startswith("'"):
        return "'" + text.replace("'", "''") + "'"
    is_plain = before[:1] not in {'"', "|", ">"} and "\n" not in before and "\r" not in before
    if is_plain and stands_without_quotes(text, in_brackets=is_in_brackets(source, path)):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def stands_without_quotes(text: str, *, in_brackets: bool) -> bool:
    """Whether a text without quotes is read as the same text."""
    written = f"{{k: {text}, l: x}}\n" if in_brackets else f"k: {text}\nl: x\n"
    try:
        document = source_of(Path("text"), written.encode())
    except ProgrammeFaults:
        return False
    return document.data == {"k": text, "l": "x"} and not document.faults
