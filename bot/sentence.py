"""A sentence that is still to be said: its key in the catalogues, and the values that belong in it.

Whoever finds something to tell names the sentence; whoever knows the reader's language says it (`bot/wording/in_words.py`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """The key of a sentence, and its values by name.

    A value is a text or number as it stands, a day or time of day, a sentence of its own, or a tuple of these (one after another).
    """

    key: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return " ".join([self.key, *(f"{name}={value}" for name, value in self.values)])


def sentence(key: str, /, **values: object) -> Sentence:
    """The sentence with this key and these values. Lists and blocks are kept as text, so that sentences can be compared."""
    return Sentence(
        key=key, values=tuple((name, str(value) if isinstance(value, list | dict) else value) for name, value in values.items())
    )
