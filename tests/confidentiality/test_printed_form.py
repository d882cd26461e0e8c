"""The printed form of a text has its words, and none of the habits of typing that tell who wrote it."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.confidentiality.personal_data import Filter
from bot.confidentiality.personal_data.word_lists import all_names, is_name
from bot.confidentiality.printed_form import as_printed, part_of, sentences_of
from bot.language.sentences import AT_THE_END, WITHIN
from tests.support.labelled_texts import clean, named, pointing, rough

TYPED: Final = (
    *" .!?…,;:-–—'\"»«()[]/<3\n",
    *["  ", "...", "--", "- ", "* ", "’", "´", "“", "”", "„", "\t", "\u2028", "\u00ad", "\u200d", "\u2066", "\u2069", "\ufe0f", "\ue000"],
    *[
        "MED",
        "VI ",
        "vi",
        "i",
        "I",
        "tr",
        "Bo ",
        "BO",
        "nej",
        "IKKE",
        "kl.",
        "1.",
        "5",
        "fx.",
        "osv.",
        "Hej",
        "tak ",
        "skole- ",
        "aaaa",
        "ß",
    ],
    *["🙂", "👍🏽", "❤", "❤️", "👩‍👧", "🇩🇰", "‼", ":)", ":-)", "=(", ";)", "<3", ":smile:", ":+1:", ":x_y:"],
    *["&amp;", "https://example.org/x", "a@example.org", "å", "a\u030a"],
)
TEXTS: Final = st.lists(st.sampled_from(TYPED), max_size=14).map("".join) | st.text(max_size=40)
WORDS: Final = st.lists(
    st.sampled_from(["vi", "har", "mere", "plads", "til", "møder", "når", "alle", "ledere", "lytter", "og", "spørger"]),
    min_size=1,
    max_size=8,
)

FILTER: Final = Filter(is_on_roster=lambda _: False, extra=frozenset())

TABLE: Final = {
    "hej ,du  er sej :-)": "Hej, du er sej. 🙂",
    "hej, du er sej :slightly_smiling_face:": "Hej, du er sej. 🙂",
    "Hej, du er sej🙂🙂": "Hej, du er sej. 🙂",
    "tak 👍🏽": "Tak. 👍",
    "tak :+1::skin-tone-3:!": "Tak! 👍",
    "Nej!!! Hvad?!?!? Jo... måske....": "Nej! Hvad?! Jo… måske…",
    "VI VIL HAVE MERE TID I MED": "Vi vil have mere tid i med.",
    "Vi vil have MEGET mere tid i MED og SFO": "Vi vil have meget mere tid i MED og SFO.",
    "vi ses I morgen, Mandag, når I kan": "Vi ses i morgen, mandag, når I kan.",
    "det er sååååååå svært": "Det er sååå svært.",
    "Vi har stresssymptomer": "Vi har stresssymptomer.",
    "“Vi lytter” , sagde hun": "»Vi lytter«, sagde hun.",
    "Ro -- og tid - til det hele": "Ro – og tid – til det hele.",
    "TR’en og MED‑udvalget": "TR'en og MED-udvalget.",
    "skole- og børneudvalget, 8–10 børn": "Skole- og børneudvalget, 8-10 børn.",
    "Mere ro\nMere tid\n\n- færre møder": "Mere ro. Mere tid. Færre møder.",
    "Mere tid:\n1. færre skemaer\n2) Flere hænder": "Mere tid: 1. færre skemaer. 2) Flere hænder.",
    "»Ja«...og nej": "»Ja«… og nej.",
    "vi vil gerne\nhave ro": "Vi vil gerne have ro.",
    "fx. kl. 8 i 1. klasse. så går det": "Fx. kl. 8 i 1. klasse. Så går det.",
    "Grupper med <3 voksne er svære <3": "Grupper med <3 voksne er svære. ❤️",
    "se https://example.org/a_b?c=1&d=2.": "Se https://example.org/a_b?c=1&d=2.",
    "fint :partyparrot: og &amp; her": "Fint :partyparrot: og &amp; her.",
    "i think we need time, i'm sure": "I think we need time, I'm sure.",
    "medarbej\u00adder\u200b": "Medarbejder.",
    "\u2066שלום\u2069 til alle\u2066": "שלום til alle.",
    "hils \u2066שלום\u2069 fra os": "Hils \u2066שלום\u2069 fra os.",
    "(vi er glade :)": "(Vi er glade :)",
    "tak :D": "Tak. 😀",
    "Afsnit 2:Det er=Det": "Afsnit 2:Det er=Det.",
    "12:30:45 a:b:c": "12:30:45 a:b:c.",
    'vi skrev "se https://example.org/x". det gik': "Vi skrev »se https://example.org/x«. Det gik.",
    '"\u2066NEJ. :)?å;i. NEJ. ]https://example.org/x"': "»Nej. 🙂?å; i. nej. ]https://example.org/x«",
    "MUS OG APV ER SPILD AF TID": "MUS og APV er spild af tid.",
    "ÉN ting: pc'er": "Én ting: pc'er.",
    "iPad og iPhone driller. iPhone er dyr": "iPad og iPhone driller. iPhone er dyr.",
    "pga. sygdom": "Pga. sygdom.",
    "kl 8. mvh. en træt pædagog": "Kl 8. mvh. en træt pædagog.",
    "nej! mvh. en træt pædagog": "Nej! Mvh. en træt pædagog.",
    "brrr, koldt": "Brrr, koldt.",
    "Vi har 1.–5. klasse —": "Vi har 1.-5. klasse.",
    "Hvad gør I. hvem tager I med?": "Hvad gør I. Hvem tager I med?",
}


def words_of(text: str) -> str:
    """The letters of a text, without regard to capitals, to how long a letter was held, and to names of emoji."""
    named = re.sub(r":(?:smile|\+1|x_y):", " ", re.sub("[\u00ad\u200d\u2066\u2069\ufe0f\ue000]", "", text))
    letters = "".join(sign for sign in normalize("NFKD", named.casefold()) if sign.isascii() and sign.isalpha())
    return re.sub(r"(.)\1{2,}", r"\1\1\1", letters)


@pytest.mark.parametrize(("typed", "printed"), TABLE.items(), ids=range(len(TABLE)))
def test_habits_of_typing_are_not_printed(typed: str, printed: str) -> None:
    assert as_printed(typed) == printed


@given(TEXTS)
def test_a_printed_form_is_its_own(text: str) -> None:
    printed = as_printed(text)
    assert as_printed(printed) == printed


@given(TEXTS)
def test_the_words_stay_in_their_order(text: str) -> None:
    assume(not re.search(r"[:;=]-?[DPpoO]", text))  # the mouth of a smiley is no word
    assert words_of(as_printed(text)) == words_of(text)


@given(TEXTS)
def test_the_sentences_are_the_whole(text: str) -> None:
    printed = as_printed(text)
    assert " ".join(sentences_of(printed)) == printed
    assert [part_of(printed, number) for number in range(-1, len(sentences_of(printed)) + 1)] == [None, *sentences_of(printed), None]
    assert part_of(printed, None) == printed


@given(WORDS, st.data())
def test_texts_that_differ_in_habits_have_one_printed_form(words: list[str], data: st.DataObject) -> None:
    def typed(*ways: str) -> str:
        return data.draw(st.sampled_from(ways))

    blank = st.sampled_from([" ", "  ", "\u00a0", "\u2009", "\t", " \u200b"])
    text = words[0] + "".join(data.draw(blank) + word for word in words[1:])
    text = typed(text, text.capitalize(), text.upper(), f" {text}")
    text += typed(
        ', "ikke nu"', " ,»ikke nu«", " , “ikke nu”", ", „ikke nu“", ", « ikke nu »", ",'ikke nu'", ", ’ikke nu’", ", ''ikke nu''"
    )
    text += typed(" – ", " - ", " -- ", "—", "–") + "tak"
    text += typed("!", "!!", "!!!!") + typed(" :)", ":-)", " 🙂", " :slightly_smiling_face:", " :)))", "🙂🙂")
    assert as_printed(text) == f"{' '.join(words).capitalize()}, »ikke nu« – tak! 🙂"


def test_whatever_may_be_a_name_keeps_its_capitals() -> None:
    shouted = {name.upper() for name in all_names() if name.isalpha() and name.upper().lower() == name}
    assert shouted - {*as_printed(f"Spørg {' '.join(shouted)} om det").split()} == set()
    assert shouted - {*as_printed(f"SPØRG {' '.join(shouted)} OM DET").split()} == set()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Vi har 2,5 timer. Det er nok.", ["Vi har 2,5 timer.", "Det er nok."]),
        ("Det er fx. Mandag kl. 8. Så er der ro.", ["Det er fx. Mandag kl. 8.", "Så er der ro."]),
        ("Vi vil bl.a. have ro m.m. Og mad osv. til alle.", ["Vi vil bl.a. have ro m.m.", "Og mad osv. til alle."]),
        ("I 1. klasse går det. Den 3. maj ses vi.", ["I 1. klasse går det.", "Den 3. maj ses vi."]),
        ("1. Ro. 2. Mad.", ["1. Ro.", "2. Mad."]),
        ("Ja… måske. Nej… Vi ser.", ["Ja… måske.", "Nej…", "Vi ser."]),
        ("»Nej! Aldrig.« sagde hun. »Jo!« Så gik vi.", ["»Nej! Aldrig.« sagde hun.", "»Jo!«", "Så gik vi."]),
        ("Godt! 🙂 Tak (og hej. Igen). Slut.", ["Godt! 🙂", "Tak (og hej. Igen).", "Slut."]),
        ("Hvorfor?! Fordi.", ["Hvorfor?!", "Fordi."]),
        ("Vi er 3 pers. på stuen i afd. Solen. Og det er nok.", ["Vi er 3 pers. på stuen i afd. Solen.", "Og det er nok."]),
        ("Vi har 1.-5. klasse. Den 3. Maj går 2.b. på tur.", ["Vi har 1.-5. klasse.", "Den 3. Maj går 2.b. på tur."]),
        ("Jf. § 5 stk. 2 skal I. Hvad gør I. Nu?", ["Jf. § 5 stk. 2 skal I.", "Hvad gør I.", "Nu?"]),
        ("Frk. og hr. pædagog har lærer/pæd. med i 10 min. Så går de.", ["Frk. og hr. pædagog har lærer/pæd. med i 10 min.", "Så går de."]),
        ("Vi har 1. – 5. klasse.", ["Vi har 1. – 5. klasse."]),
        ("", []),
    ],
)
def test_a_text_is_split_where_its_sentences_end(text: str, sentences: list[str]) -> None:
    assert list(sentences_of(text)) == sentences


@pytest.mark.parametrize("word", sorted(WITHIN | AT_THE_END))
def test_no_sentence_ends_with_an_abbreviation_if_the_text_goes_on(word: str) -> None:
    assert as_printed(f"vi er {word}. på stuen. men nu") == f"Vi er {word}. på stuen. Men nu."


def test_a_text_that_begins_with_an_abbreviation_is_not_held_for_its_capital() -> None:
    texts = [f"{word}. på stuen er der ro" for word in WITHIN | AT_THE_END if not is_name(word)]
    assert [text for text in texts if not FILTER.holds(text) and FILTER.holds(as_printed(text))] == []


def test_what_the_filter_holds_in_a_text_is_not_hidden_by_printing_it() -> None:
    texts = [text.text for text in [*named(), *pointing("tuned")]]
    held = [text for typed in texts for text in (typed, typed.upper(), typed.lower()) if FILTER.holds(text)]
    assert [text for text in held if not FILTER.holds(as_printed(text))] == []


def test_what_passes_the_filter_is_not_held_because_of_how_it_is_printed() -> None:
    passed = [text for typed in [*clean(), *rough()] for text in (typed, typed.lower()) if not FILTER.holds(text)]
    assert [text for text in passed if FILTER.holds(as_printed(text))] == []
