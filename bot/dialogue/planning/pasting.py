"""Cuts out of an edited file what has to be pasted into it, where the bot cannot write it."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from bot.wording import say

if TYPE_CHECKING:
    from bot.programme import Language

SURROUNDINGS: Final = 2  # lines before and after what changes


def pieces_to_paste(language: Language, before: bytes, after: bytes) -> tuple[tuple[str, str], ...]:
    """The lines that change, each piece with its surroundings, and the lines of the present file that it replaces."""
    old, new = (content.decode().splitlines() for content in (before, after))
    groups = SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(SURROUNDINGS)
    return tuple(
        (say(language, "edit.paste.lines", first=group[0][1] + 1, last=group[-1][2]), "\n".join(new[group[0][3] : group[-1][4]]))
        for group in groups
    )
