"""Finds the text that a yes is bound to, by the fingerprint that was taken when its author said yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.confidentiality.encryption import TEXT
from bot.confidentiality.printed_form import as_printed, part_of

if TYPE_CHECKING:
    from bot.confidentiality.encryption import Keys


def bound_text(keys: Keys, words: str | None, cleared: str | None, sentence: int | None) -> str | None:
    """The text of a reply whose fingerprint is `cleared`; None if it has none.

    It is the printed form, or one sentence of it. Yeses from before there was one are bound to the words as they were typed.
    """
    if words is None or cleared is None:
        return None
    texts = [part_of(as_printed(words), sentence), *([words] if sentence is None else [])]
    return next((text for text in texts if text and cleared in keys.fingerprints(TEXT, text)), None)
