"""Says what is wrong in a programme file in the reader's language.

`check` says it in English. Those sentences are in the English catalogue (`faults.po`) as well, so that one of them, with its values in it,
is recognised here and said in the other language with the same values.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter
from typing import Final

from babel.messages.pofile import read_po

from bot.programme import Language
from bot.wording import CATALOGUES, say

CATALOGUE: Final = CATALOGUES / Language.EN.value / "faults.po"
PREFIX: Final = "fault."
GUESS: Final = re.compile(r': did you mean "(?P<word>.*)"\?')


def fault_in_words(language: Language | str, message: str) -> str:
    """A fault's English sentence in this language; the sentence itself if it is not known."""
    if Language(language) is Language.EN:
        return message
    for name, pattern in _patterns():
        if found := pattern.fullmatch(message):
            values = {value: _translate(language, value, text) for value, text in found.groupdict().items()}
            return say(language, f"fault.{name}", **values)
    return message


def _translate(language: Language | str, value: str, text: str) -> str:
    """A value that is itself in English: a guess, or a choice."""
    if value == "guess" and (guess := GUESS.fullmatch(text)):
        return say(language, "fault.guess", word=guess["word"])
    return text.replace(" or ", f" {say(language, 'fault.or')} ") if value == "choices" else text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences by name, as patterns; those with most words of their own come first."""
    with CATALOGUE.open("rb") as file:
        sentences = {str(message.id).removeprefix(PREFIX): str(message.string) for message in read_po(file) if message.id}
    own_words = sorted(sentences, key=lambda name: -sum(len(text) for text, *_ in Formatter().parse(sentences[name])))
    return tuple((name, _pattern(sentences[name])) for name in own_words if name not in {"guess", "or"})


def _pattern(sentence: str) -> re.Pattern[str]:
    """A sentence as a pattern, with a group for each value."""
    parts = Formatter().parse(sentence)
    return re.compile("".join(re.escape(text) + (f"(?P<{name}>.*)" if name else "") for text, name, *_ in parts), re.DOTALL)
