"""Names are held at the beginning of a line, in lower case where they are words too, and as handles."""

from __future__ import annotations

import pytest

from bot.confidentiality.personal_data import Filter, FindingKind

NOBODY = Filter(is_on_roster=lambda _word: False, extra=frozenset())


def kinds(text: str) -> list[FindingKind]:
    return [hold.kind for hold in NOBODY.holds(text)]


@pytest.mark.parametrize("name", ["Birgitte", "Kim", "Storm", "Bo", "Vestergaard", "Blorf", "Yusuf"])
@pytest.mark.parametrize("after", ["", ".", ", ja", " sagde det", " og jeg", " har nøglen", ": husk det", " igen igen"])
@pytest.mark.parametrize("before", ["", "vi havde en plan\n", "Det var det. ", "- "])
def test_a_name_that_begins_a_line_is_held(name: str, after: str, before: str):
    assert kinds(f"{before}{name}{after}")


@pytest.mark.parametrize("text", ["Tage sagde det", "Dolly er god til det", "Aeon: det ved jeg", "H.'s forklaring"])
def test_a_word_that_begins_a_line_as_a_name_would_is_held(text: str):
    assert kinds(text)


@pytest.mark.parametrize("text", ["Tillid er godt", "Anuller mødet", "Meddellelsen kom", "Feedback er godt", "Taenk på det", "Dag og nat"])
def test_a_word_that_begins_a_line_is_not_held_though_it_is_misspelt(text: str):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "bo sagde det",
        "spurgte my om det",
        "spurgte hans om det",
        "det har dag lovet",
        "tove siger ja",
        "at storm er ny",
        "per og hans tager vagterne",
        "hvis ikke bjørn havde ringet",
        "it was ask who told us",
        "gry græd i fredags",
        "hvorfor bo skal godkende det",
        "til sidst måtte storm tage ordet",
        "we waited for gro to say something",
        "indtil signe fra stuen fortalte det",
        "det er bo's idé",
        "mvh bo",
        "per holm kom",
        "lederen sten var glad",
        "det mente mads",
        "skrev minzzi-mus i går",
        "hej blorfi, godt set",
        "blorfi sagde det",
        "så rejste storm sig",
        "dag mener at det er nok",
        "da sol fik ordet",
        "hørte svend sige det",
    ],
)
def test_a_name_in_lower_case_is_held_where_it_acts_like_a_person(text: str):
    assert kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "der bo 30 børn pr stue",
        "vi skal bo tæt på",
        "det er svært at bo her",
        "hans idé var god",
        "spurgte hans kollega",
        "en storm af mails",
        "tre møder per uge",
        "half of my week",
        "liv og lykke",
        "over dam og mark",
        "i dag sagde vi det",
        "hver dag spurgte de",
        "en lang dag",
        "ask them first",
        "det er en sten på vejen",
        "vi kan gå en tur",
        "sagde ledelsenn det",
        "peer to peer",
    ],
)
def test_the_same_words_are_not_held_where_they_are_words(text: str):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "@mettek",
        "mettek på insta",
        "snap: ole_t",
        "on teams I am kbjerg2",
        "min insta hedder lkjaer",
        "discord: pederp#4471",
        "hanne at randers dot dk",
        "skriv til blorf snabela skole punktum dk",
        "blorfsnabelaskole",
        "tlund (a) vuggen (prik) dk",
        "blorf krølle-a mail.dk",
        "blorf at skole dot org",
        "på snap er jeg jbrn.på.nat",
    ],
)
def test_a_handle_or_a_spoken_address_is_held(text: str):
    assert kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vi skriver på Teams: husk det",
        "Insta er blevet stedet for de unge",
        "de unge er på snapchat og insta",
        "vi bruger office365 og teams",
        "børne_og_unge på teams",
        "nobody reads it, just put it on teams",
        "krøllede papirer",
        "der står kun ##### i cellen",
    ],
)
def test_the_name_of_a_platform_is_not_held(text: str):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Vi bruger Google Maps i Thailand.",
        "I Kina og på Xbox, hver Mandag.",
        "det er Jeg glad for",
        "Nej Det gør vi",
        "I Danmark snakker vi meget",
        "I Jylland siger man det",
        "Mvh. AMR",
        "Mvh en træt mand",
        "Hilsen Lærerne",
        "vi mødes @ kl 9",
        "I Praksis er det svært",
        "I Skolen, i Hverdagen og På Stuen",
        "Tak for Talen",
        "Jan-feb er lang",
        "Per barn er det lidt",
        "Storm i et glas vand",
        "Mark og skov",
        "Hvor højt er Mount Everest?",
    ],
)
def test_lands_products_and_small_words_may_have_a_capital(text: str):
    assert kinds(text) == []
