"""What do synthetic people write?

Made-up sentences for rehearsals, in Danish and English: no person, place or institution in them is real. What participants write stands in
`reflections/`, a file for each theme: answers to each question that is asked, and to any other question on the theme. An answer is told
from its beginning: it may stop after a sentence or two, so what stands together always belongs together.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

NUMBERS_OF_SENTENCES: Final = (1, 2, 2, 3, 3)  # how many are written at most, each number as often as it stands here

SEND_BACK_NOTES: Final = (
    "Vent lige: Vi vil læse det igennem én gang til.",
    "Vi taler om afsnittet på formiddagens møde og godkender derefter.",
    "Lad det ligge en time. Vi mangler at læse citaterne sammen.",
    "Vi vil lige være sikre på, at alle i gruppen har set det.",
)

RESPONSES: Final = (
    ("take_up", "Vi tager det med på udvalgets næste møde."),
    ("take_up", "Vi beder forvaltningen om et oplæg, som vi kan drøfte."),
    ("take_up", "Det skal med i drøftelsen af næste års budget."),
    ("take_up", "Vi sætter en time af til det, næste gang vi mødes med lederne."),
    ("take_up", "Det er en god dagsorden til vores næste besøg hos jer. Vi tager det op dér."),
    ("take_up", "Vi spørger forvaltningen, hvad der skal til, og vender tilbage her."),
    ("take_up", ""),
    ("free_text", "Tak for svarene. De er ærlige, og det har vi brug for."),
    ("free_text", "Jeg kan genkende meget af det her fra mine egne besøg. Bliv ved med at skrive det."),
    ("free_text", "Det var nyt for mig, at det fylder så meget. Tak, fordi I siger det ligeud."),
    ("free_text", "Jeg har læst det hele to gange. Det er de små ting fra hverdagen, jeg husker bagefter."),
    ("free_text", "Noget af det er vi uenige om i udvalget. Derfor er det godt, at I skriver det."),
    ("free_text", "Det er rart også at læse om det, der lykkes. Det hører vi alt for sjældent."),
    ("free_text", "Jeg lagde mærke til ordene, der går igen. Dem tager jeg med ind i udvalget."),
    ("not_ours", "Meget af det afgøres af lovgivningen, så det kan vi ikke ændre her. Vi bringer det videre."),
    ("not_ours", "Det kan I selv beslutte ude hos jer, og det har I vores opbakning til."),
    ("not_ours", "Det ligger hos lederne selv at afgøre, og der hører det godt hjemme."),
    ("not_ours", "Det er forvaltningens bord. Vi har bedt dem om at se på det."),
    ("question_back", "Hvad skulle vi som politikere holde op med at spørge jer om?"),
    ("question_back", "Hvilken af vores beslutninger har hjulpet jer mest det seneste år?"),
    ("question_back", "Hvis vi kom på besøg en hel dag, hvad skulle vi så se?"),
    ("question_back", "Hvad kunne I selv begynde på i morgen, hvis I fik lov?"),
    ("question_back", "Hvad har vi misforstået om jeres hverdag?"),
    ("question_back", "Hvad går bedre i år end sidste år, og hvorfor?"),
)

RESPONSES_TO_WISHES: Final = (
    ("take_up", "Vi tager ønskerne med, når vi drøfter næste års budget."),
    ("take_up", "Vi sætter ønskerne på dagsordenen til udvalgets næste møde."),
    ("take_up", "Vi tager ønskerne op med lederne, næste gang vi mødes."),
    ("take_up", ""),
    ("free_text", "Tak for ønskerne. Vi vil gerne høre, hvilket af dem der haster mest."),
    ("free_text", "Vi kan ikke love det hele, men ønskerne bliver taget alvorligt."),
    ("free_text", "Så mange ønsker om ét tema gør indtryk. Vi vender tilbage, når vi har talt sammen."),
    ("not_ours", "Det kan forvaltningen selv afgøre. Vi har sendt ønskerne videre dertil."),
    ("not_ours", "Noget af det kræver en lovændring. Det rejser vi, hvor vi kan."),
    ("question_back", "Hvad ville være et godt første skridt?"),
    ("question_back", "Hvilket af ønskerne kan I selv opfylde, hvis vi bakker op?"),
    ("question_back", "Hvilket ønske ville gøre den største forskel allerede i næste måned?"),
)


def reflection(dice: random.Random, question: str, language: str, *, wish: bool = False) -> str:
    """An answer to the question in a message that says `question`. Marked as a wish, it ends in one."""
    texts = find_texts(question)[language]
    answer, most = dice.choice(texts["answers"]), dice.choice(NUMBERS_OF_SENTENCES)
    return " ".join([*answer[: max(1, most - 1)], dice.choice(texts["wishes"])] if wish else answer[:most])


def slip(dice: random.Random, language: str) -> str:
    """A sentence that points at a person: what a filter should hold."""
    return str(dice.choice(_load_texts()["slips"][language]))


def find_texts(question: str) -> Mapping[str, Any]:
    """The texts for what is named last in a message, a question or a theme: before it may stand what politicians said of earlier ones."""
    reflections = _load_texts()["reflections"]
    place, number = max((question.rfind(words), number) for number, texts in enumerate(reflections) for words in texts["found_by"])
    return dict(reflections[number] if place >= 0 else _load_texts()["otherwise"])


@cache
def _load_texts() -> Mapping[str, Any]:
    """What stands in all files: `slips`, the `reflections` with the words that each is found by, and those for `otherwise`."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted((Path(__file__).parent / "reflections").glob("*.toml"))]
    texts = {key: value for file in files for key, value in file.items()}
    return {**texts, "reflections": [reflections for file in files for reflections in file.get("reflections", ())]}
