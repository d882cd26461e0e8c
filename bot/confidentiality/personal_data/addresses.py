"""Finds addresses in a text, with and without a number.

A word that ends like a street and has a number after it is an address if it has a capital, is no ordinary word, or is one that streets are
called by: "skovvej 12", but not "omvej 12" or "skovvejen 3 gange"; "legeplads 3 gange" is none. Without a number,
"hobrovej" is held but "genvej" is not. With a capital letter inside a sentence a street is held like any name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.endings import OF_STREETS, STREETS
from bot.confidentiality.personal_data.findings import FindingKind, find_matches
from bot.confidentiality.personal_data.word_lists import WORD_PART
from bot.language.dictionary import is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

OTHER_ENDINGS = (
    "plads|pladsen|torv|torvet|parken|park|bakke|bakken|toften|toft|stien|sti|have|haven|gård|gården|marken|engen|lunden|højen"
    "|krogen|svinget|dalen|kaj|bro"
)
HOUSE_NUMBER = r"\s*,?\s*\d{1,3}\s?[A-Za-z]?\b"

STREET_IN_TWO_WORDS = re.compile(rf"\b[A-ZÆØÅ][\w.'-]{{0,40}}\s+(?=[A-ZÆØÅ])(?i:{STREETS}|{OTHER_ENDINGS}){HOUSE_NUMBER}")
STREET_WITH_NUMBER = re.compile(rf"\b\w[\w.'-]{{1,40}}(?:{STREETS}|{OTHER_ENDINGS}){HOUSE_NUMBER}", re.IGNORECASE)
LETTER_AND_NUMBER = re.compile(r"[^\W\d_](?=\s*,?\s*\d)")
ENDS_WITH_A_NUMBER = OF_STREETS + tuple(OTHER_ENDINGS.split("|"))
LONGEST_ENDING = max(map(len, ENDS_WITH_A_NUMBER))
# ordinary words that streets are called by, before a number that counts nothing
NO_STREETS = (
    "om|omkørsels|gen|tastaturgen|ud|nødud|af|for|hjem|tilbage|karriere|leve|livs|luft|data|flugt|motor|motortrafik|cykel|bil|uddannelses"
    "|ned|op|over|ind|nærings|smitte|urin|mellem|middel|smut|skille|arbejds|transport|blind|bri|gå|skole|hvor"
)
COUNTED = r"gange?|km|kilometer|m|meter|børn|minutter|min|timer|dage|uger|år|biler|huse|steder|personer|elever"
WORD_AS_A_STREET = re.compile(
    rf"\b(?!(?:{NO_STREETS})(?:vej|gade))[^\W\d_]{{2,40}}(?:(?:vej|gade)(?:en)?|boulevard|stræde)\s\d{{1,3}}[A-Za-z]?\b"
    rf"(?!\.\d| (?:{COUNTED})\b)",
    re.IGNORECASE,
)
# written with its accent, the word means a street
ALLEE = re.compile(r"\b(?!(?:en|den|denne|vores|og|i|på|af|ad)\b)\w[\w.'-]{0,40} allé(?:en)?\b", re.IGNORECASE)
STOREY = re.compile(r"\b(?:\d{1,2}|st)\s?\.\s?(?:sal\s?,?\s*)?(?:tv|th|mf)\b", re.IGNORECASE)
POSTCODE = re.compile(r"\b(?!19|20)\d{4}\s+(?:[A-ZÆØÅ][a-zæøå]{2,}|randers|aarhus|århus|københavn|odense|aalborg|ålborg)\b")


def find_addresses(reading: Reading) -> Iterator[Finding]:
    """Find streets with a number, streets by their name alone, floors, and postcodes with their town."""
    text = reading.text
    if reading.has_digits:
        yield from find_matches(FindingKind.ADDRESS, STREET_IN_TWO_WORDS, text)
        if _has_number_after_a_street(text):
            yield from _streets_with_a_number(text)
        yield from find_matches(FindingKind.ADDRESS, STOREY, text)
        yield from find_matches(FindingKind.ADDRESS, POSTCODE, text)
    if "allé" in reading.lower:
        yield from find_matches(FindingKind.ADDRESS, ALLEE, text)
    streets = {word for word in reading.telling if word.endswith(OF_STREETS) and word not in OF_STREETS and not is_word(word)}
    if streets:
        yield from (reading.finding(FindingKind.ADDRESS, number, number) for number, word in enumerate(reading.folded) if word in streets)


def _has_number_after_a_street(text: str) -> bool:
    """Whether a number follows on what ends as streets do. Few texts have one, and the pattern for them is slow."""
    before = (text[max(letter.end() - LONGEST_ENDING, 0) : letter.end()].lower() for letter in LETTER_AND_NUMBER.finditer(text))
    return any(ending.endswith(ENDS_WITH_A_NUMBER) for ending in before)


def _streets_with_a_number(text: str) -> Iterator[Finding]:
    for street in find_matches(FindingKind.ADDRESS, STREET_WITH_NUMBER, text):
        name = WORD_PART.search(text, street.start)
        if text[street.start].isupper() or name is None or not is_word(name[0].casefold()):  # "omvej" is a word, and no street
            yield street
    yield from find_matches(FindingKind.ADDRESS, WORD_AS_A_STREET, text)
