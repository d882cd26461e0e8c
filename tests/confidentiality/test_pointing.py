"""The filter holds what points at somebody without a name, marks what points by way of the author, and lets near misses pass."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.confidentiality.personal_data import Filter, FindingKind
from tests.support.labelled_texts import clean, pointing

if TYPE_CHECKING:
    from bot.confidentiality.personal_data import FilterReading
    from tests.support.labelled_texts import Pointing

NOBODY = Filter(is_on_roster=lambda _word: False, extra=frozenset())
HALVES = ("tuned", "held_out")
LEAST_TUNED = {
    "office": 0.9,
    "institution": 0.9,
    "initials": 0.9,
    "number_words": 0.9,
    "disguised": 0.9,
    "only_one": 0.9,
    "line_start": 0.9,
    "lower_case": 0.9,
    "contact": 0.9,
    "mark_role": 0.9,
    "mark_place": 0.9,
    "mark_event": 0.9,
}
LEAST_HELD_OUT = {  # one text fewer than was found at first sight, before anybody had read them
    "office": 0.94,
    "institution": 0.82,
    "initials": 0.58,
    "number_words": 0.94,
    "disguised": 0.94,
    "only_one": 0.82,
    "line_start": 0.94,
    "lower_case": 0.76,
    "contact": 0.88,
    "mark_role": 0.82,
    "mark_place": 0.76,
    "mark_event": 0.82,
}
MOST_FALSE = {"tuned": 0.02, "held_out": 0.09}  # of the near misses and the ordinary texts


def in_kinds(half: str, *verdicts: str) -> dict[str, list[Pointing]]:
    kinds: dict[str, list[Pointing]] = defaultdict(list)
    for text in pointing(half):
        if text.verdict in verdicts:
            kinds[text.kind].append(text)
    return kinds


def share_found(texts: list[Pointing]) -> float:
    """The share that is held, or of those that need no more at least marked."""
    found = [bool(reading.holds or (text.verdict == "mark" and reading.marks)) for text in texts for reading in [NOBODY.read(text.text)]]
    return sum(found) / len(found)


# --- measured on texts by somebody who did not know the rules


def test_there_is_enough_to_measure_on():
    assert sum(len(pointing(half)) for half in HALVES) >= 400
    for half in HALVES:
        assert set(in_kinds(half, "hold", "mark")) == set(LEAST_TUNED) == set(LEAST_HELD_OUT)


@pytest.mark.parametrize(("half", "least"), [("tuned", LEAST_TUNED), ("held_out", LEAST_HELD_OUT)], ids=HALVES)
def test_texts_of_every_kind_that_point_at_somebody_are_found(half: str, least: dict[str, float]):
    shares = {kind: share_found(texts) for kind, texts in in_kinds(half, "hold", "mark").items()}
    assert {kind: share for kind, share in shares.items() if share < least[kind]} == {}


@pytest.mark.parametrize("half", HALVES)
def test_near_misses_are_not_held(half: str):
    texts = [text for those in in_kinds(half, "pass").values() for text in those]
    held = [text.text for text in texts if NOBODY.holds(text.text)]
    assert len(held) <= len(texts) * MOST_FALSE[half]


# --- marks


PHRASES = [place for text in pointing("tuned") for place in text.places] + ["Hanne", "010190-1234", "skole", "KH", "på nordskolen", "og"]


@given(st.lists(st.sampled_from(PHRASES), max_size=6).map(" ".join))
@example("min leder KH sagde det")
@example("i langå skole den 12. september 010190-1234")
def test_marks_neither_hold_nor_take_the_place_of_what_is_held(text: str):
    assert NOBODY.read(text).holds == NOBODY.holds(text)
    assert not any(hold.kind.only_marks for hold in NOBODY.holds(text))


@given(st.lists(st.sampled_from(PHRASES), max_size=6).map(" ".join))
def test_the_places_of_what_is_held_are_in_order(text: str):
    reading = NOBODY.read(text)
    ends = [0, *(end for _, end in reading.places)]
    assert all(before <= start < end for before, (start, end) in zip(ends, reading.places, strict=False))
    assert bool(reading.places) == bool(reading.holds)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("det sagde min leder i går", FindingKind.NEAR_ROLE, "min leder"),
        ("vores pædagogiske leder er ny", FindingKind.NEAR_ROLE, "vores pædagogiske leder"),
        ("my line manager asked", FindingKind.NEAR_ROLE, "my line manager"),
        ("lederen hos os er ny", FindingKind.NEAR_ROLE, "lederen hos os"),
        ("forstanderen hos os er ny", FindingKind.NEAR_ROLE, "forstanderen hos os"),
        ("lederen af SFO'en er ny", FindingKind.NEAR_ROLE, "lederen af SFO'en"),
        ("viceinspektøren på den lille skole på øen", FindingKind.NEAR_ROLE, "viceinspektøren"),
        ("så rektor sagde nej", FindingKind.NEAR_ROLE, "rektor"),
        ("vi bor ude i langå", FindingKind.NEAR_PLACE, "i langå"),
        ("på nordre fælled er der ro", FindingKind.NEAR_PLACE, "på nordre fælled"),
        ("mødet den 12. september", FindingKind.EVENT, "den 12. september"),
        ("vi flyttede 1/8", FindingKind.EVENT, "1/8"),
        ("mødet den 9/10 var godt", FindingKind.EVENT, "den 9/10"),
        ("i uge 38 kom de", FindingKind.EVENT, "i uge 38"),
        ("branden i marts 2017", FindingKind.EVENT, "marts 2017"),
        ("den første august", FindingKind.EVENT, "den første august"),
    ],
)
def test_what_points_by_way_of_the_author_is_marked(text: str, kind: FindingKind, found: str):
    reading = NOBODY.read(text)
    assert ([(mark.kind, mark.found) for mark in reading.marks], reading.holds) == ([(kind, found)], ())


@pytest.mark.parametrize(
    "text",
    [
        "i dag er på gulvet i danmark og i canada",
        "en rektor sagde nej, og lederen på skolen er ny",
        "mit lederteam og min lederrolle",
        "vores ledere og min medarbejdergruppe",
        "halvdelen, altså 1/2, eller 24/7",
        "9/10 lærere, 4/5 af os, 10/10",
        "hver mandag i marts",
        "i 2018 lavede vi det om",
        "man skal kunne sige sin leder imod",
    ],
)
def test_what_points_at_nobody_is_not_marked(text: str):
    assert NOBODY.read(text).marks == ()


@pytest.mark.parametrize("text", ["dreng i 5.b", "drengen i 2.a", "pige i 3. klasse", "elev fra 5b"])
def test_a_child_is_told_together_with_its_whole_class(text: str):
    assert reasons(f"en {text} sagde det") == [(FindingKind.CHILD, text)]


# --- what is held


def reasons(text: str) -> list[tuple[FindingKind, str]]:
    return [(hold.kind, hold.found) for hold in NOBODY.holds(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("det siger borgmestrens folk", "borgmestrens"),
        ("Direktøren for børn og unge lovede ro", "Direktøren"),
        ("vores nye skolechef er fair", "skolechef"),
        ("vores børne- og skoledirektør", "børne- og skoledirektør"),
        ("kommunens dagtilbudschef kommer", "dagtilbudschef"),
        ("skolechef siger nej", "skolechef"),
        ("spørg formand for skoleudvalget", "formand"),
        ("jeg er selv skolechef", "skolechef"),
        ("som skolechef har jeg prøvet det", "skolechef"),
        ("fælles-TR er syg", "fælles-TR"),
        ("vores fælles tr", "fælles tr"),
        ("fællestillidsrepræsentaten var tavs", "fællestillidsrepræsentaten"),
        ("borgmseteren og komunaldirektøren", "borgmseteren"),
        ("direktoeren gik", "direktoeren"),
        ("the new director of schools left", "director"),
        ("our head of schools never visits", "head"),
        ("borgmester og viceborgmester kommer", "viceborgmester"),
        ("borgmester, hør nu", "borgmester"),
        ("børne og ungedirektør siger nej", "børne og ungedirektør"),
        ("børne- og ungedirektør", "børne- og ungedirektør"),
    ],
)
def test_the_office_of_one_person_is_held(text: str, found: str):
    assert (FindingKind.OFFICE, found) in reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        "direktører burde prøve en dag på stuen",
        "en god chef spørger først, og en borgmester skal lytte",
        "hvis jeg var borgmester for en dag",
        "man skal ikke være direktør for at mene noget",
        "souschefen og chefen er enige",
        "every head of schools, and a director",
        "en borgmester og en direktør, en børne- og ungedirektør",
        "borgmester, direktør eller leder",
        "vores formand",
    ],
)
def test_offices_that_anybody_may_have_are_not_held(text: str):
    assert reasons(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vi er i børnehaven troldhøj", "børnehaven troldhøj"),
        ("sfo regnbuen er lukket", "sfo regnbuen"),
        ("dagplejen i nord mangler folk", "dagplejen i nord"),
        ("fritidscenteret vest er godt", "fritidscenteret vest"),
        ("på bakkeskolen er der ro", "bakkeskolen"),
        ("hilsen fra søndermarkskolen", "søndermarkskolen"),
        ("på rismølle skole går det", "rismølle skole"),
        ("ungdomsskolen i øster tørslev", "ungdomsskolen i øster tørslev"),
        ("i mælkebøtten er der ro", "mælkebøtten"),
        ("Børnehuset »Stjernen« er nabo", "Børnehuset »Stjernen"),
        ("klubben ved fjorden er åben", "klubben ved fjorden"),
        ("i dagplejen sælen er der ro", "dagplejen sælen"),
    ],
)
def test_a_kind_of_institution_with_its_name_is_held(text: str, found: str):
    assert (FindingKind.INSTITUTION, found) in reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        "vi går i børnehaven hver morgen",
        "skolen i dag er en anden",
        "fritidscenteret er lukket",
        "drømmeskolen, naboskolen og kæmpeskolen",
        "en skole i balance, en skole vest for byen",
        "fra børnehave til skole",
        "mælkebøtten blomstrer, og regnbuen er smuk",
        "på skolen. Langt væk",
        "klubben ved siden af er åben",
    ],
)
def test_a_kind_of_institution_alone_is_not_held(text: str):
    assert reasons(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("det var K.H. der sagde det", "K.H."),
        ("leder KH er god", "KH"),
        ("hende LM er sød", "LM"),
        ("kh sagde nej", "kh"),
        ("jf. mbj er det ok", "mbj"),
        ("aflyst af pdl igen", "pdl"),
        ("MHs idé var god", "MHs"),
        ("i går havde TKJ fri, for TKJ havde glemt det", "TKJ"),
        ("fru D. bestemmer", "fru D."),
        ("hende k fra køkkenet", "hende k"),
        ("R. fra stuen ved siden af", "R."),
        ("sygeplejerske CFN holder os oppe", "CFN"),
        ("jeg og TKB er enige", "TKB"),
        ("H. K. er chef", "H. K."),
        ("mbj's idé var god", "mbj's"),
    ],
)
def test_initials_are_held(text: str, found: str):
    assert (FindingKind.INITIALS, found) in reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        "TR, AMR, MED, SFO, PPR, BUF, IT, KI og MUS",
        "KL siger nej, og IT sagde ja",
        "Tak for nu, kh en træt leder",
        "f.eks., bl.a., m.m., p.t. og d.v.s.",
        "VI VIL HØRES NU",
        "hos jge er det ikke",
        "HK siger nej, P. S. husk det",
        "vi fik plan B. Og så gik det",
        "giv ham i dag fri, og hende d. 3. maj",
        "det er ipad's skyld",
        "af os, til jer og fra dem",
    ],
)
def test_known_abbreviations_and_short_words_are_not_held(text: str):
    assert reasons(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "jeg er den eneste mand her",
        "jeg er jo kommunens yngste leder",
        "vi er den eneste skole med svømmehal",
        "som den eneste vegetar",
        "skolens eneste mandlige pædagog",
        "er eneste TR på matriklen",
        "kun mig der har arabisk",
        "jeg har været her længst",
        "ældst i flokken",
        "er den sidste der er tilbage fra det gamle hold",
        "jeg er den første kvindelige leder",
        "jeg er den højeste i huset",
        "jeg er den længst ansatte her",
        "jeg er den sidste fra det gamle hold",
        "I am the only man here",
        "as the oldest I remember",
        "the only nurse in town",
    ],
)
def test_what_is_true_of_one_person_only_is_held(text: str):
    assert [kind for kind, _ in reasons(text)] == [FindingKind.ONLY_ONE]


@pytest.mark.parametrize(
    "text",
    [
        "den eneste vej frem er tid",
        "som den eneste mulighed",
        "er jeg den eneste, der er træt",
        "den sidste time, og den sidste opgave er tilbage",
        "er det kun mig der undrer sig",
        "jeg er den første til at sige det",
        "jeg er den sidste der klager",
        "jeg er den værste til at huske møder",
        "de ældste børn hjælper de yngste",
        "ikke en eneste leder har spurgt",
        "the only way is up",
        "am I the only one who is tired",
    ],
)
def test_what_can_be_true_of_many_is_not_held(text: str):
    assert reasons(text) == []


# --- property 23: the filter is monotone

HELD = [text.text for text in pointing("tuned") if NOBODY.holds(text.text)]
SENTENCES = st.lists(st.sampled_from([*clean(), *(text.text for text in pointing("tuned"))]), max_size=3)


def words_held(reading: FilterReading) -> set[str]:
    return {word for start, end in reading.places for word in re.findall(r"\w+", reading.text[start:end])}


@given(st.sampled_from(HELD), SENTENCES, SENTENCES, st.sampled_from(["\n", ". ", "! ", "\r\n", " – "]))
def test_sentences_added_around_held_text_do_not_let_it_go(text: str, before: list[str], after: list[str], glue: str):
    assert words_held(NOBODY.read(text)) <= words_held(NOBODY.read(glue.join([*before, text, *after])))


# --- single words of a digest


@pytest.mark.parametrize("word", ["bakkeskolen", "egedalsskolen", "nordskolen"])
def test_the_name_of_an_institution_is_not_printed(word: str):
    assert NOBODY.holds_word(word)


@pytest.mark.parametrize("word", ["skolen", "naboskolen", "folkeskole", "børnehave", "borgmester"])
def test_a_kind_of_institution_is_printed(word: str):
    assert not NOBODY.holds_word(word)
