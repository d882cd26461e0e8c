"""Made-up people, whose names nobody bears.

First names are plants, animals and weather, with surnames of make-believe. The same seed makes the same people, with the same ids; people
of two kinds never share a name.
"""

from __future__ import annotations

import hashlib
import random
from functools import lru_cache
from itertools import product
from typing import Final

from bot.workspace.state.members import TITLES, Member

_FIRST_NAMES: Final = """
Agern Anemone Blishøne Blåklokke Brombær Bøgeblad Dagsol Dompap Dugdråbe Efeu Egern Enebær Fasan Fjeldrype Flagspætte Forglemmigej
Grankogle Græshoppe Grævling Guldsmed Hasselnød Hejre Hindbær Humle Hybenrose Hyldebær Isfugl Iskrystal Kastanje Klokkefrø Kløver Kogleås
Krikand Lavendel Lærke Løvspring Majregn Mariehøne Mejse Morgenrøde Mosegris Musvit Mælkebøtte Natsværmer Nordenvind Oktobersol Padderok
Pindsvin Regnbue Rimfrost Rønnebær Rådyr Sankthansorm Skovmår Skovsyre Slåen Snebær Solsort Solstråle Strandskade Tidsel Timian Tranebær
Tusindfryd Vandkalv Vibe Vintergæk Ådal Ærenpris Æbleblomst Ørnebregne
"""
_LAST_STARTS: Final = """Teste Prøve Øve Lege Drømme Eventyr Papir Kladde Skitse Påfund"""
_LAST_ENDS: Final = """sen gaard lund bæk holm dal skov høj vang kær strup bjerg mark toft"""
_EMAIL_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": ".", ".": ""})


def make_up_people(count: int, *, kind: str, seed: int = 1) -> tuple[Member, ...]:
    """Make up `count` people of one kind, a key of `TITLES`.

    Most are in Denmark and read Danish; some are elsewhere, or read English. Organisers are few, and the third of them reads English.
    """
    names = _names(kind, seed)
    return tuple(_member(number, names[number % len(names)], kind, seed, number // len(names)) for number in range(count))


@lru_cache(maxsize=4 * len(TITLES))  # whoever makes one world after another mostly keeps to one seed
def _names(kind: str, seed: int) -> tuple[tuple[str, str], ...]:
    """All names of a kind, in the seed's order: every fourth of all names."""
    surnames = [start + end for start, end in product(_LAST_STARTS.split(), _LAST_ENDS.split())]
    everything = list(product(_FIRST_NAMES.split(), surnames))
    random.Random(seed).shuffle(everything)  # noqa: S311 - for variety, not for secrecy
    return tuple(everything[list(TITLES).index(kind) :: len(TITLES)])


def _member(number: int, name: tuple[str, str], kind: str, seed: int, lap: int) -> Member:
    first, last = name
    full_name = f"{first} {chr(ord('A') + lap - 1)}. {last}" if lap else f"{first} {last}"
    london = number % 70 == 11
    return Member(
        id=f"U0{hashlib.sha256(f'{seed} {kind} {number}'.encode()).hexdigest()[:9].upper()}",
        name=full_name,
        email=f"{full_name.lower().translate(_EMAIL_LETTERS)}@example.org",
        tz="Europe/London" if london else "Atlantic/Faroe" if number % 50 == 7 else "Europe/Copenhagen",
        locale="en-GB" if london or number % 20 == (2 if kind == "organiser" else 3) else "da-DK",
        title=TITLES[kind],
    )
