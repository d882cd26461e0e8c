"""Finds the initials of people: "K.H.", "leder KH", "hende LM", "kh sagde", "jf. mbj".

Two capitals that are no word and no known abbreviation are initials wherever they stand. Three capitals, and small letters, are initials
only beside a word that tells of a person: systems and offices have short names too.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import FindingKind, find_matches
from bot.confidentiality.personal_data.pointing.roles import role_in
from bot.confidentiality.personal_data.word_lists import word_list
from bot.language.dictionary import is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

SAYING = """
sagde siger sir mener mente spurgte spørger svarede svarer skrev skriver lovede synes syntes fortalte fortæller ringede glemte vidste
nikkede stod kom gik tog fik said says told asked thinks thought wrote
"""
LETTER, CAPITAL = r"[^\W\d_]", "[A-ZÆØÅ]"
DOTTED = re.compile(rf"(?<![\w.])(?:{LETTER}\.[ -]?{LETTER}\.(?:[ -]?{LETTER}\.)?|{CAPITAL}\.{CAPITAL}(?:\.{CAPITAL})?)(?!\w)")
STOP_AND_LETTER = re.compile(rf"\.[ -]?{LETTER}(?:\.|\b)")
TITLED = re.compile(
    rf"\b(?i:hr|fru|frk|mrs?|ms)\b\.? {CAPITAL}\b\.?(?![\w'])|\b(?i:hr|fru|frk|ham|hende)\b\.? (?i:(?![aioåø]){LETTER})\b(?!\.?[\w']|\. \d)"
)
LETTER_OF_A_PERSON = re.compile(
    rf"(?<![\w.'/-])(?:{CAPITAL}\. (?=(?:i|fra|på|har|havde|er|var|fik|og|som|der|from|has|had|is|was)\b)"
    rf"|(?![AIOÅØ]){CAPITAL}\.? (?=(?:{'|'.join(SAYING.split())})\b))"
)
SINGLE_LETTERS = frozenset("abcdefghjklmnopqrstuvwxyzæø")  # "i" and "å" are words
OF_CAPITALS = re.compile(rf"({CAPITAL}{{2,3}})(?:'?s)?")
OF_SMALL_LETTERS = re.compile("([a-zæøå]{2,3})(?:'s)?")
SHORT_WORDS_WITH_STOPS = frozenset({"am", "pm", "ie", "eg", "ol", "dd", "sl", "oa", "aka", "mao", "al", "th", "oma"})
PEOPLE = "leder chef souschef lærer pædagog pæd kollega makker hende ham fru hr jf jvf v hos spurgte spørg spørger hedder ifølge told asked"
TYPED_IN_HASTE = "jeg det der den dem man han hun som har var kan vil ikk men nok"
BEFORE = frozenset(PEOPLE.split())
BEFORE_CONSONANTS = BEFORE | {"tak", "af", "til", "fra", "med", "by", "from", "with"}
AFTER = frozenset(SAYING.split()) | word_list("after_a_person")
BEFORE_CAPITALS = BEFORE | {"mvh", "vh", "hilsen"}
AFTER_CAPITALS = AFTER | {"havde", "var", "had", "was", "fra", "selv", "tager", "kommer", "aldrig", "altid", "from", "never", "always"}
AFTER_AT_A_BEGINNING = AFTER | {"havde", "var", "har", "er", "tager", "kommer", "aldrig", "altid"}
BEFORE_A_THING = frozenset({"i", "in", "en", "et", "den", "det", "de", "vores", "jeres", "the", "a", "an", "ny", "nye", "per", "pr"})
PASSED_OVER = frozenset({"lige", "bare", "aldrig", "altid", "også", "ikke", "just", "never"})  # "spørg lige kh"
VOWELS = frozenset("aeiouyæøå")
SWAPPED = frozenset("".join(sorted(word)) for word in TYPED_IN_HASTE.split())
US = frozenset({"jeg", "mig", "hende", "ham", "hun", "han"})
TITLES = frozenset({"hr", "fru", "frk", "mr", "mrs", "ms", "ham", "hende"})
UNLESS_BESIDE_A_PERSON = frozenset({"kh", "bh", "vh"})  # these greet as well
LONGEST, LONGEST_GENITIVE = 3, 5  # letters


def find_initials(reading: Reading) -> Iterator[Finding]:
    """Find initials, with stops or without."""
    if STOP_AND_LETTER.search(reading.text):
        yield from filter(partial(_is_no_abbreviation, reading.text), find_matches(FindingKind.INITIALS, DOTTED, reading.text))
    if not TITLES.isdisjoint(reading.vocabulary):
        yield from find_matches(FindingKind.INITIALS, TITLED, reading.text)
    if not SINGLE_LETTERS.isdisjoint(reading.vocabulary):
        yield from find_matches(FindingKind.INITIALS, LETTER_OF_A_PERSON, reading.text)
    short = {word for word in reading.telling if len(word) <= LONGEST or (len(word) <= LONGEST_GENITIVE and word[-1] == "s")}
    short -= _common_words()
    if short:
        yield from (
            reading.finding(FindingKind.INITIALS, number, number)
            for number, word in enumerate(reading.folded)
            if word in short and _are_initials(reading, number, word)
        )


def _is_no_abbreviation(text: str, dotted: Finding) -> bool:
    found = text[dotted.start : dotted.end]
    letters = "".join(filter(str.isalpha, found)).casefold()
    if " " in found.rstrip() and found.isupper():  # "H. K." is no trade union
        return letters not in SHORT_WORDS_WITH_STOPS and letters not in {"ps", "rip", "fc"}
    return letters not in SHORT_WORDS_WITH_STOPS and letters not in word_list("abbreviations")


@cache
def _common_words() -> frozenset[str]:
    """Short words that are no initials whatever stands beside them."""
    return word_list("ordinary") | word_list("abbreviations") | word_list("two_letters") - UNLESS_BESIDE_A_PERSON


def _are_initials(reading: Reading, number: int, word: str) -> bool:
    if word == reading.words[number][0]:
        is_likely = word.endswith("'s") or _has_beside(reading.folded, number, BEFORE_CONSONANTS, AFTER_AT_A_BEGINNING)
        return is_likely and _are_small_initials(reading, number)
    capitals = OF_CAPITALS.fullmatch(reading.words[number][0])
    if capitals is None:
        return False
    letters = capitals[1].casefold()
    if letters in _common_words():
        return False
    if (
        len(letters) == 2
        and letters not in UNLESS_BESIDE_A_PERSON
        and not reading.text.isupper()
        and not _is_a_thing(reading.folded, number)
    ):
        return True
    before = BEFORE_CAPITALS if VOWELS.intersection(letters) else BEFORE_CAPITALS | BEFORE_CONSONANTS
    is_beside = _has_beside(reading.folded, number, before, AFTER_CAPITALS) or _is_one_of_us(reading.folded, number)
    return is_beside and (len(letters) == 2 or not is_word(letters))


def _is_a_thing(folded: list[str], number: int) -> bool:
    """Whether an article stands before an abbreviation, or a number after it: nobody writes so of a person."""
    return folded[max(number - 1, 0)] in BEFORE_A_THING or "".join(folded[number + 1 : number + 2]).isdigit()


def _are_small_initials(reading: Reading, number: int) -> bool:
    """Whether a word in small letters stands where a person would, and is no word that was typed in haste."""
    small = OF_SMALL_LETTERS.fullmatch(reading.folded[number])
    if small is None or "".join(sorted(small[1])) in SWAPPED or (len(small[1]) > 2 and is_word(small[1])):
        return False
    if reading.folded[number].endswith("'s") and small[1] not in _common_words():
        return True
    before = BEFORE if VOWELS.intersection(small[1]) else BEFORE_CONSONANTS
    after = AFTER_AT_A_BEGINNING if reading.may_begin(number) else AFTER
    return _has_beside(reading.folded, number, before, after)


def _is_one_of_us(folded: list[str], number: int) -> bool:
    """Whether somebody stands beside "me and": "jeg og TKB", "LMS og hende"."""
    before, after = folded[max(number - 2, 0) : number], folded[number + 1 : number + 3]
    return (before[1:] == ["og"] and before[0] in US) or (after[:1] == ["og"] and not US.isdisjoint(after[1:]))


def _has_beside(folded: list[str], number: int, before: frozenset[str], after: frozenset[str]) -> bool:
    nearest = number - 2 if number > 1 and folded[number - 1] in PASSED_OVER else number - 1
    role = role_in(folded[nearest]) if nearest >= 0 else None
    return (role is not None and not role["the"]) or not (
        before.isdisjoint(folded[max(nearest, 0) : number]) and after.isdisjoint(folded[number + 1 : number + 2])
    )
