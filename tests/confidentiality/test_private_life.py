"""What is private is held where it is told of one person; as a subject it passes."""

from __future__ import annotations

import pytest

from bot.confidentiality.personal_data import Filter, FindingKind

NOBODY = Filter(is_on_roster=lambda _word: False, extra=frozenset())


def private(text: str) -> list[str]:
    return [hold.found for hold in NOBODY.holds(text) if hold.kind is FindingKind.HEALTH]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jeg er muslim", "muslim"),
        ("jeg går med tørklæde", "tørklæde"),
        ("en muslimsk kollega", "muslimsk"),
        ("som muslim føler jeg mig set", "muslim"),
        ("jeg er homoseksuel", "homoseksuel"),
        ("en kollega, der er transkønnet", "transkønnet"),
        ("jeg er selv ordblind, så skemaer er svære", "ordblind"),
        ("nu er jeg fleksjobber", "fleksjobber"),
        ("jeg sidder i kørestol", "kørestol"),
        ("jeg skal skilles", "skilles"),
        ("lige blevet skilt", "skilt"),
        ("hun er på barsel", "barsel"),
        ("vores leder er gået på orlov", "orlov"),
        ("kollegaen på stuen er på orlov", "orlov"),
        ("efter min skilsmisse", "skilsmisse"),
        ("vi er lige blevet skilt", "skilt"),
        ("jeg er ved at blive skilt", "skilt"),
        ("jeg er enlig mor", "enlig"),
        ("jeg er TR for 3F", "3F"),
        ("jeg er FOA medlem", "FOA"),
        ("hun er kurder", "kurder"),
        ("han er født i Irak", "Irak"),
        ("jeg kommer fra Syrien", "Syrien"),
        ("jeg er medlem af BUPL", "BUPL"),
        ("jeg er ikke i fagforening", "fagforening"),
        ("jeg er meldt ud af folkekirken", "folkekirken"),
        ("jeg stemmer på Enhedslisten", "Enhedslisten"),
        ("I am gay", "gay"),
        ("she is on maternity leave", "maternity"),
        ("my colleague is dyslexic", "dyslexic"),
    ],
)
def test_what_is_private_is_held_where_it_is_told_of_one_person(text: str, found: str):
    assert private(text) == private(f"Tak for i dag. {text}. Det gav ro.") == [found]


@pytest.mark.parametrize(
    "text",
    [
        "trivsel for homoseksuelle elever",
        "vi har mange ordblinde elever",
        "de børn, der er ordblinde",
        "hvis man er muslim",
        "vikarer når nogen er på barsel",
        "orlov er en rettighed",
        "jeg vil gerne vide mere om barsel",
        "børn i skilsmisse",
        "vi har BUPL med til mødet",
        "3F siger nej",
        "jeg har været i Syrien på ferie",
        "jeg fik et skilt til døren, og mit skilt blev væk",
        "emner som handicap og barsel",
        "jeg er blind for mine egne fejl",
        "everybody may take maternity leave",
    ],
)
def test_what_is_private_passes_as_a_subject(text: str):
    assert NOBODY.holds(text) == ()
