"""Cleans the text that a person typed, so that it can be stored and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.errors import Reason, Refused
from bot.language.unseen_signs import can_be_seen
from bot.language.visible_text import clean, length_in_chat

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_TEXT = 3000  # characters: a page, which others still read; the stored columns take no more
LONGEST_NAME = 80


def clean_text(text: str) -> str:
    """The text without NUL, lone surrogates and blanks at its ends; empty if nothing in it can be seen."""
    storable = text.replace("\0", "").encode(errors="ignore").decode()
    return storable.strip() if can_be_seen(storable) else ""


def require_text(text: str, *, field: str, longest: int = LONGEST_TEXT) -> str:
    """The cleaned text of a form's field; refused if it is empty (EMPTY) or longer than `longest` (TOO_LONG).

    It is counted as it will stand in the field again: so whoever corrects it finds it whole.
    """
    words = clean_text(text)
    if not words:
        raise Refused(Reason.EMPTY, field=field)
    if max(map(length_in_chat, (words, clean(words)))) > longest:
        raise Refused(Reason.TOO_LONG, field=field)
    return words


def clean_name(text: str, *, field: str) -> str | None:
    """The cleaned name under an answer, on one line; None if there is none. Refused over 80 characters (NAME_LONG)."""
    name = " ".join(clean_text(text).split())
    if len(name) > LONGEST_NAME:
        raise Refused(Reason.NAME_LONG, field=field)
    return name or None


def require_fields(**fields: Callable[[], object]) -> dict[str, Any]:
    """What each field of a form says; all that is refused in them is refused at once."""
    values, refusals = dict[str, Any](), list[Refused]()
    for name, read in fields.items():
        try:
            values[name] = read()
        except Refused as refused:
            refusals.append(refused)
    if refusals:
        first, *others = refusals
        raise Refused(first.reason, field=first.field, more={other.field: other.reason for other in others if other.field is not None})
    return values
