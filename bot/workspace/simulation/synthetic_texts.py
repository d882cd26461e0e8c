"""The texts that synthetic people write, in Danish and English.

All are made up: no person, place or institution in them is real. What participants write is in `reflections/`, one file for each theme,
with answers to each question and to any other question on the theme. An answer may stop after a sentence or two, so it is always read
from its beginning, and its sentences belong together.
"""

from __future__ import annotations

import random
import tomllib
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

NUMBERS_OF_SENTENCES: Final = (2, 3, 1, 2, 3)  # the most sentences of an answer, in turn

SEND_BACK_NOTES: Final = (
    "Vent lige: Vi vil læse det igennem én gang til.",
    "Vi taler om afsnittet på formiddagens møde og godkender derefter.",
    "Lad det ligge en time. Vi mangler at læse citaterne sammen.",
    "Vi vil lige være sikre på, at alle i gruppen har set det.",
)


def reflection(place: int, question: str, language: str, *, seed: int = 1, wish: bool = False) -> str:
    """The answer of the person at this place to the question in the text `question`. A `wish` ends in one.

    Answers are taken in turn: each is used once before any is used again, and then at another length.
    """
    texts, order = find_texts(question)[language], f"{seed}:{find_key(question)}"
    answer, lap = take_turn(texts["answers"], place, order), place // len(texts["answers"])
    most = NUMBERS_OF_SENTENCES[(place % len(texts["answers"]) + lap) % len(NUMBERS_OF_SENTENCES)]
    return " ".join([*answer[: max(1, most - 1)], take_turn(texts["wishes"], place + lap, order)] if wish else answer[:most])


def take_turn(texts: Sequence[T], place: int, order: str) -> T:
    """The text for a place, when texts are taken in turn. The string `order` decides how they are shuffled."""
    shuffled = list(texts)
    random.Random(order).shuffle(shuffled)  # noqa: S311 - a rehearsal must be repeatable
    return shuffled[place % len(shuffled)]


def slip(dice: random.Random, language: str) -> str:
    """A sentence that points at a person, which the filter should hold."""
    return str(dice.choice(_load_texts()["slips"][language]))


def find_key(question: str) -> str:
    """The key of the texts for a question: the first words they are found by."""
    return str(find_texts(question).get("found_by", [""])[0])


def find_texts(question: str) -> Mapping[str, Any]:
    """The texts for the question or theme that a message names first. After it may be answers to earlier ones."""
    reflections = _load_texts()["reflections"]
    named = [(question.find(words), texts) for texts in reflections for words in texts["found_by"] if words in question]
    return dict(min(named, key=itemgetter(0))[1] if named else _load_texts()["otherwise"])


@cache
def _load_texts() -> Mapping[str, Any]:
    """All files together: `slips`, the `reflections` with the words each is found by, and `otherwise`."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted((Path(__file__).parent / "reflections").glob("*.toml"))]
    texts = {key: value for file in files for key, value in file.items()}
    return {**texts, "reflections": [reflections for file in files for reflections in file.get("reflections", ())]}
