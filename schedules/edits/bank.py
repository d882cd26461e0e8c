"""Takes the words `reserve: true` away from a question that leaves the bank."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from schedules.edits.replacements import Replacement, content_end, has_brackets, is_blank, line_end, line_start

if TYPE_CHECKING:
    from schedules.checking.source import KeyPath, SourceFile

BETWEEN_KEYS: Final = re.compile(r"[\s,]*")  # only blanks, line breaks and commas


def take_from_bank(source: SourceFile, number: int) -> tuple[Replacement, ...]:
    """Take `reserve: true` away. Where a comment stands in between, or nothing else would do, it becomes `false`."""
    path: KeyPath = ("questions", number, "reserve")
    if source.get(*path) is not True:
        return ()
    start, end = source.keys[path].start, content_end(source, path)
    if has_brackets(source, path[:2]):
        return (_without_key(source, path) or _to_false(source, path),)
    line, rest = line_start(source, start), source.text[end : line_end(source, end)]
    if not is_blank(source.text[line:start]):  # behind the question's dash
        return (_without_key(source, path) or _to_false(source, path),)
    if not is_blank(rest):  # a comment, which stays
        return (Replacement(start=start, end=end + len(rest) - len(rest.lstrip(" \t")), text=""),)
    return (_without_line(source, line, line_end(source, end)),)


def _without_key(source: SourceFile, path: KeyPath) -> Replacement | None:
    """Take away a key with its value and the comma beside it. None: a comment stands there."""
    keys = [(*path[:2], key) for key in source.get(*path[:2])]
    start, end = source.keys[path].start, content_end(source, path)
    before = next((first for first, second in pairwise(keys) if second == path), None)
    after = next((second for first, second in pairwise(keys) if first == path), None)
    if before is not None:
        start = content_end(source, before)
    elif after is not None:
        end = source.keys[after].start
    around = source.text[start : source.keys[path].start] + source.text[content_end(source, path) : end]
    return Replacement(start=start, end=end, text="") if BETWEEN_KEYS.fullmatch(around) else None


def _to_false(source: SourceFile, path: KeyPath) -> Replacement:
    return Replacement(start=source.values[path].start, end=content_end(source, path), text="false")


def _without_line(source: SourceFile, start: int, end: int) -> Replacement:
    """Take away a whole line with its line break: the one after it or, at the end of the file, the one before it."""
    text = source.text
    if end == len(text):
        start -= 2 if text[start - 2 : start] == "\r\n" else 1
    else:
        end += 2 if text[end : end + 2] == "\r\n" else 1
    return Replacement(start=start, end=end, text="")
