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
REASON: Final = "why."
NOT_A_SENTENCE: Final = ("guess", "or")
GUESS: Final = re.compile(r': did you mean "(?P<word>.*)"\?')


def fault_name(message: str) -> str:
    """The name of a fault's English sentence; empty if it is not known."""
    return _recognise(message)[0]


def fault_in_words(language: Language | str, message: str) -> str:
    """A fault's English sentence in this language; the sentence itself if it is not known."""
    name, values = _recognise(message)
    if Language(language) is Language.EN or not name:
        return message
    return say(language, f"fault.{name}", **{value: _translate(language, value, text) for value, text in values.items()})


def _translate(language: Language | str, value: str, text: str) -> str:
    """A value that is itself in English: a guess, a choice, a reason or a number."""
    match value:
        case "guess" if guess := GUESS.fullmatch(text):
            return say(language, "fault.guess", word=guess["word"])
        case "choices":
            return text.replace(" or ", f" {say(language, 'fault.or')} ")
        case "why":
            name, values = _recognise(text, reasons=True)
            return say(language, f"fault.{name}", **values) if name else say(language, "fault.why.unknown")
        case "hours":
            return text.replace(".", ",")
        case _:
            return text


def _recognise(text: str, *, reasons: bool = False) -> tuple[str, dict[str, str]]:
    """The name of a sentence or reason with the values in it; an empty name if it is not known."""
    for name, pattern in _patterns():
        if name.startswith(REASON) is reasons and (found := pattern.fullmatch(text)):
            return name, found.groupdict()
    return "", {}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences by name, as patterns; those with most words of their own come first."""
    with CATALOGUE.open("rb") as file:
        sentences = {
            str(message.id).removeprefix(PREFIX): str(message.string) for message in read_po(file) if str(message.id).startswith(PREFIX)
        }
    own_words = sorted(sentences, key=lambda name: -sum(len(text) for text, *_ in Formatter().parse(sentences[name])))
    return tuple((name, _pattern(sentences[name])) for name in own_words if name not in NOT_A_SENTENCE)


def _pattern(sentence: str) -> re.Pattern[str]:
    """A sentence as a pattern, with a group for each value."""
    parts = Formatter().parse(sentence)
    return re.compile("".join(re.escape(text) + (f"(?P<{name}>.*)" if name else "") for text, name, *_ in parts), re.DOTALL)
