"""Words are found in a text, and the forms that people write are brought together."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from unicodedata import normalize

import pytest

from bot.language.lemmas import LONGEST_WORD, Lemmas, count_words, pieces_of, words_in
from bot.language.stopwords import DANISH, DANISH_BY_KIND, ENGLISH, ENGLISH_BY_KIND, OVERRIDES, SILENT

LEMMAS = Lemmas()


@pytest.mark.parametrize(
    ("forms", "lemma"),
    [
        ("leder lederen Lederne ledere ledernes", "leder"),
        ("borger borgeren borgerne Borgere", "borger"),
        ("forælder forældre forældrene", "forælder"),
        ("barn børn børnenes", "barn"),
        ("politiker politikerne", "politiker"),
        ("TR tr", "TR"),
        ("MED", "MED"),
        ("MED-udvalg MED-udvalget Med-Udvalget", "med-udvalg"),
        ("ældre ældres", "ældre"),
        ("lytter lyttede lytte", "lytte"),
        ("møde mødet møderne", "møde"),
        ("skoleledere skolelederne", "skoleleder"),
        ("children", "child"),
        ("teachers", "teacher"),
        ("listened", "listen"),
    ],
)
def test_the_forms_of_a_word_are_brought_together(forms: str, lemma: str):
    assert {LEMMAS.of(form) for form in forms.split()} == {lemma}


EMPTY = "det Det med været the because ti Fem lægger lægge tog se viser spørge svar svaret ønsker årene dagen gode præcist shows ten asked"
TELLING = (
    "bruger hverdag hold holdet syn lyd stille stilling mening tal årsag lægen klarhed forskel ønskeseddel fire-timers team sound stand"
)


@pytest.mark.parametrize("form", EMPTY.split())
def test_what_says_nothing_by_itself_has_no_dictionary_word(form: str):
    assert LEMMAS.of(form) is None


@pytest.mark.parametrize("form", TELLING.split())
def test_a_word_that_looks_like_an_empty_one_still_tells(form: str):
    assert LEMMAS.of(form) is not None


def test_no_word_stands_in_two_lists():
    lists = [DANISH, *DANISH_BY_KIND.values()], [ENGLISH, *ENGLISH_BY_KIND.values()]
    twice = [[word for word, times in Counter(" ".join(of_language).split()).items() if times > 1] for of_language in lists]
    assert twice == [[], []]


def test_what_no_dictionary_knows_is_taken_apart_or_stands_for_itself():
    assert LEMMAS.of("Trækvognspuljerne") == "trækvognspulje"
    assert LEMMAS.of("Trækvognspuljerne", guess=False) == "trækvognspuljerne"
    assert LEMMAS.of("Grblfx") == "grblfx"


def test_what_is_too_long_for_a_word_is_not_looked_up():
    assert LEMMAS.of("b" * LONGEST_WORD + "møderne") == "b" * LONGEST_WORD + "møderne"


def test_words_are_letters_and_the_hyphens_between_them():
    assert words_in("»Ja!« sagde TR'en: 24 børn, 1 MED-udvalg – og 2-3 møder…") == [
        "Ja",
        "sagde",
        "TR",
        "en",
        "børn",
        "MED-udvalg",
        "og",
        "møder",
    ]


def test_a_letter_written_as_two_characters_is_the_same_letter():
    assert words_in(normalize("NFD", "børnene på åen")) == ["børnene", "på", "åen"]


def test_a_text_written_in_capitals_does_not_speak_of_the_committee():
    assert pieces_of("TAL MED BØRN") == {"tal", "børn"}
    assert pieces_of("Tal i MED med børn") == {"Tal", "MED", "børn"}


def test_no_override_is_silenced_by_the_list_of_silent_words():
    assert not (OVERRIDES.keys() | set(OVERRIDES.values())) & SILENT


def test_the_dictionaries_wait_until_a_word_is_looked_up():
    imports = "import sys; from bot.dialogue.digests import keywords; from bot.language import lemmas, similarity"
    told = f"{imports}; lemmas.Lemmas(); print('simplemma' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("😀 – !", 0),
        ("a/b/c", 3),
        ("f.eks. kl. 8.30", 3),
        ("K-møder og it's", 3),
        ("i og å", 3),
        ("ud,ind;op", 3),
        ("ét.to.tre", 3),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(text: str, words: int) -> None:
    assert count_words(text) == words
