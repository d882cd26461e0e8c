"""Says in words why an edit of a programme cannot be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.wording import say

if TYPE_CHECKING:
    from bot.errors import EditRefused
    from bot.programme import Language


def edit_refusal(language: Language | str, refused: EditRefused) -> str:
    """The sentence that says why an edit cannot be made."""
    return say(language, f"edit.refused.{refused.why.value}", **refused.values)
