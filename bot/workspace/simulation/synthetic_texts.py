"""What do synthetic people write?

Made-up sentences for rehearsals, in Danish and English: no person, place or institution in them is real. What participants write stands in
`reflections.toml`, by theme; a few hundred different answers can be made of each theme's sentences.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

SHARE_OF_ONE_SENTENCE: Final = 0.2  # of the answers are one sentence
SHARE_WITH_END: Final = 0.45  # have a last one

SEND_BACK_NOTES: Final = (
    "Vent lige: vi vil læse den igennem én gang til.",
    "Vi taler om afsnittet på formiddagens møde og godkender derefter.",
)

RESPONSES: Final = (
    ("take_up", "Vi tager det med på udvalgets næste møde."),
    ("take_up", "Vi beder forvaltningen om et forslag inden jul."),
    ("take_up", "Det skal ind i drøftelsen af næste års budget."),
    ("take_up", ""),
    ("free_text", "Tak for svarene. Det gør indtryk, at så mange beder om mere ro til det, der allerede er sat i gang."),
    ("free_text", "Jeg kan genkende meget af det her fra mine egne besøg. Bliv ved med at skrive det."),
    ("free_text", "Det var nyt for mig, at det fylder så meget. Tak, fordi I siger det ligeud."),
    ("not_ours", "Det afgøres af lovgivningen, så det kan vi ikke ændre her. Vi bringer det videre."),
    ("not_ours", "Det kan I selv beslutte lokalt, og det har I vores opbakning til."),
    ("question_back", "Hvad skulle vi som politikere holde op med at spørge jer om?"),
    ("question_back", "Hvilken af vores beslutninger har hjulpet jer mest det seneste år?"),
    ("question_back", "Hvis vi kom på besøg en hel dag, hvad skulle vi så se?"),
)

RESPONSES_TO_WISHES: Final = (
    ("take_up", "Vi tager ønskerne med, når vi drøfter næste års budget."),
    ("take_up", ""),
    ("free_text", "Tak for ønskerne. Vi vil gerne høre, hvilket af dem der haster mest."),
    ("not_ours", "Det kan forvaltningen selv afgøre. Vi har sendt ønskerne videre dertil."),
    ("question_back", "Hvilket ønske ville gøre den største forskel allerede i næste måned?"),
)


def reflection(dice: random.Random, question: str, language: str) -> str:
    """An answer to the question in a message that says `question`."""
    reflections = _load_reflections()
    texts = _theme_of(question)[language]
    sentences = [dice.choice(texts["begins"])]
    if dice.random() >= SHARE_OF_ONE_SENTENCE:
        sentences.append(dice.choice(texts["leads"]))
        sentences += [dice.choice([*texts["ends"] * 2, *reflections["everybody"][language]])] if dice.random() < SHARE_WITH_END else []
    return " ".join(sentences)


def _theme_of(question: str) -> Mapping[str, Any]:
    """The theme named last: a question may be preceded by what politicians said of earlier ones."""
    texts = _load_reflections()
    place, theme = max(((question.rfind(title), theme) for theme in texts["themes"] for title in theme["titles"]), key=lambda pair: pair[0])
    return dict(theme if place >= 0 else texts["otherwise"])


def slip(dice: random.Random, language: str) -> str:
    """A sentence that points at a person: what a filter should hold."""
    return str(dice.choice(_load_reflections()["slips"][language]))


@cache
def _load_reflections() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "reflections.toml").read_text("utf-8"))
