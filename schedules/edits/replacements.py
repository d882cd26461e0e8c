"""Replaces parts of a programme file's text, and leaves every other byte as it is."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.errors import EditReason, EditRefused, ProgrammeFaults
from schedules.programme_file import source_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schedules.checking.source import KeyPath, SourceFile

REST_OF_LINE: Final = re.compile(r"[^\r\n\x85]*")
LINE_BREAK: Final = re.compile(r"\r\n|[\r\n\x85]")
NOTHING_OR_COMMENTS: Final = re.compile(r"(?:\s|#[^\r\n\x85]*)*")


@dataclass(frozen=True, kw_only=True, order=True)
class Replacement:
    """A part of the text, and what stands there instead."""

    start: int
    end: int
    text: str


def replace_parts(source: SourceFile, replacements: Iterable[Replacement]) -> SourceFile:
    """The file with these parts replaced, which do not overlap. EditRefused if it could not be read then."""
    text = source.text
    for part in sorted(replacements, reverse=True):
        text = text[: part.start] + part.text + text[part.end :]
    mark = BOM_UTF8 if source.content.startswith(BOM_UTF8) else b""
    try:
        return source_of(Path(source.file), mark + text.encode())
    except ProgrammeFaults:
        raise EditRefused(EditReason.UNUSUAL_FILE) from None


def content_end(source: SourceFile, path: KeyPath) -> int:
    """Where the value at `path` ends, without the blank lines after it."""
    span = source.values[path]
    return span.start + len(source.text[span.start : span.end].rstrip())


def line_end(source: SourceFile, at: int) -> int:
    """Where the line ends in which `at` stands, before its line break."""
    match = REST_OF_LINE.match(source.text, at)
    return match.end() if match else at


def line_start(source: SourceFile, at: int) -> int:
    """Where the line begins in which `at` stands."""
    return max(source.text.rfind(sign, 0, at) for sign in "\r\n\x85") + 1


def line_break(source: SourceFile, at: int) -> str:
    """The line break at `at`; if the text ends there, the file's first one."""
    match = LINE_BREAK.match(source.text, at) or LINE_BREAK.search(source.text)
    return match[0] if match else "\n"


def has_brackets(source: SourceFile, path: KeyPath) -> bool:
    """Whether the list or block at `path` is written in brackets, such as `[a, b]`."""
    return source.text[source.values[path].start] in "[{"


def is_in_brackets(source: SourceFile, path: KeyPath) -> bool:
    """Whether the value at `path` stands within brackets."""
    return any(has_brackets(source, path[:end]) for end in range(len(path)))


def is_blank(text: str) -> bool:
    """Whether a text is only blanks within one line."""
    return not text.strip(" \t")
