"""Finds the items of a list in a programme file, and puts new ones in.

A new item has the shape of its neighbours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from schedules.edits.replacements import (
    NOTHING_OR_COMMENTS,
    Replacement,
    content_end,
    has_brackets,
    is_blank,
    line_break,
    line_end,
    line_start,
)

if TYPE_CHECKING:
    from schedules.checking.source import KeyPath, SourceFile

COMMA: Final = re.compile(r"\s*,\s*")


def item_places(source: SourceFile, path: KeyPath) -> list[tuple[int, int]]:
    """Where each item of a list begins and ends. In brackets it is its text; else from its dash to the end of its last line."""
    paths = [(*path, item) for item in source.items(*path)]
    if has_brackets(source, path):
        return [(source.values[item].start, content_end(source, item)) for item in paths]
    places, dash = list[tuple[int, int]](), source.values[path].start
    for item in paths:
        end = line_end(source, content_end(source, item))
        places.append((dash, end))
        dash = _skip_comments(source, end)
    return places


def _skip_comments(source: SourceFile, at: int) -> int:
    match = NOTHING_OR_COMMENTS.match(source.text, at)
    return match.end() if match else at


def insert_before(source: SourceFile, path: KeyPath, item: int, text: str) -> Replacement:
    """Put a new item into a list, right before another one."""
    start, _ = item_places(source, path)[item]
    if has_brackets(source, path):
        return Replacement(start=start, end=start, text=text + _comma(source, path))
    indent = " " * (start - line_start(source, start))
    return Replacement(
        start=start, end=start, text=f"{_dash(source, path, item)}{text}{line_break(source, line_end(source, start))}{indent}"
    )


def insert_after(source: SourceFile, path: KeyPath, item: int, text: str) -> Replacement:
    """Put a new item into a list, right after another one."""
    start, end = item_places(source, path)[item]
    if has_brackets(source, path):
        has_comment = "#" in source.text[end : line_end(source, end)]
        return Replacement(start=end, end=end, text=f"{', ' if has_comment else _comma(source, path)}{text}")
    indent = " " * (start - line_start(source, start))
    return Replacement(start=end, end=end, text=f"{line_break(source, end)}{indent}{_dash(source, path, item)}{text}")


def _comma(source: SourceFile, path: KeyPath) -> str:
    """The comma between the first two items, with the blanks and line breaks around it."""
    places = item_places(source, path)
    between = source.text[places[0][1] : places[1][0]] if len(places) > 1 else ""
    return between if COMMA.fullmatch(between) else ", "


def _dash(source: SourceFile, path: KeyPath, item: int) -> str:
    """The dash of an item, with the blanks after it."""
    start, _ = item_places(source, path)[item]
    dash = source.text[start : source.values[*path, item].start]
    return dash if is_blank(dash[1:]) else "- "
