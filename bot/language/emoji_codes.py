"""Turns the names that Slack gives emoji into the emoji: `:smile:`, `:+1::skin-tone-3:`, `:flag-dk:`.

Names that are not known stay as they are, such as those of a workspace's own emoji: some are names of people.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.language.no_words import CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE: Final = re.compile(rf"(?P<code>{CODE})(?::skin-tone-(?P<tone>[2-6]):)?")
_AS_EMOJI: Final = "\ufe0f"  # makes an emoji of a sign that is else a letter; a tone does so, too
_FIRST_TONE: Final = 0x1F3FB - 2  # Slack counts the tones of skin from 2 on
_FIRST_LETTER: Final = 0x1F1E6 - ord("a")  # two letters make a flag
_OTHER_NAMES: Final = (("female_", "woman_"), ("male_", "man_"), ("man_", "family_man_"), ("woman_", "family_woman_"), ("flag_", "flag_"))


def with_emoji(text: str) -> str:
    """The text with emoji in place of their names."""
    return _CODE.sub(_with_tone, text) if text.count(":") > 1 else text


def _with_tone(found: re.Match[str]) -> str:
    """The emoji of a name, with its tone of skin."""
    emoji, tone = _emoji_of(found["code"][1:-1]), found["tone"]
    if emoji is None:
        return found[0]
    return f"{emoji[0]}{chr(_FIRST_TONE + int(tone))}{emoji[1:].removeprefix(_AS_EMOJI)}" if tone else emoji


def _emoji_of(name: str) -> str | None:
    """The emoji of a name, without its colons; None for a name of a workspace's own."""
    kind, _, rest = name.rpartition("-")
    if kind == "flag" and re.fullmatch("[a-z]{2}", rest):
        return "".join(chr(_FIRST_LETTER + ord(letter)) for letter in rest)
    from emoji import emojize  # noqa: PLC0415 - it loads its tables, and only a text with such a name needs it

    codes = (f":{known}:" for known in _names(name))
    return next((found for code in codes if (found := emojize(code, language="alias")) != code), None)


def _names(name: str) -> Iterator[str]:
    """A name as it is, and as Unicode has it."""
    plain = name.replace("-", "_")
    yield from (name, plain)
    yield from (other + plain.removeprefix(start) for start, other in _OTHER_NAMES if plain.startswith(start))
