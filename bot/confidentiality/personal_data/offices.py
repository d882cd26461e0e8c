"""Finds offices that one person or a few hold: the mayor, a head of schools, the joint union representative.

Only one certain person counts: "borgmesteren", "vores skolechef", "the director". Many, or anybody, do not: "direktører burde", "en god chef".
An office on the list is also found with a letter too many, too few or wrong, or with two that have changed places.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import FindingKind
from bot.confidentiality.personal_data.word_lists import word_list
from bot.language.dictionary import is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

HEADS = ("direktør", "chef", "borgmester", "rådmand", "formand", "forkvinde", "sminister", "eminister")  # how offices end
THE_ONE = ("direktøren", "chefen", "borgmesteren", "borgmestren", "rådmanden", "formanden", "forkvinden", "ministeren")
CHAIRS = frozenset({"formand", "forkvinde"})
IN_EVERY_HOUSE = frozenset({"chef", "chefen", "souschef", "souschefen", "mellemchef", "mellemchefen", "topchef", "topchefen"})
JOINT_REPRESENTATIVE = frozenset({"ftr", "ftr'en", "ftren", "fælles-tr", "fælles-tr'en", "fælles-tren", "fællestr", "fællestr'en"})
MY = frozenset({"min", "din", "vores", "vor", "jeres", "deres", "hans", "hendes"})
POINTERS = MY | {"denne", "samme", "nuværende", "daværende", "tidligere", "forrige", "afgående", "kære", "hej", "hr", "fru"}
POINTS_AT_NOBODY = frozenset({"hvis", "hos", "ellers", "os", "tidens", "dagens", "fremtidens"})  # these only look like genitives that point
ANYBODY = frozenset({"en", "ingen", "nogen", "hver", "enhver", "eller", "og", "blive", "bliver"})
COMMITTEES = ("udvalget", "udvalgets", "rådet", "bestyrelsen", "komiteen", "foreningen", "kredsen", "klubben", "med")
ENGLISH = frozenset({"mayor", "director", "ceo", "chair", "chairman", "chairwoman", "chairperson", "superintendent", "head", "convenor"})
ENGLISH_POINTERS = frozenset({"the", "our", "my", "this", "his", "her", "their", "your"})
ONLY_WITH_OF = frozenset({"head", "chair"})  # alone, these are other words
SHORTEST, SHORTEST_MISSPELT, HALF = 7, 9, 5  # letters


def find_offices(reading: Reading) -> Iterator[Finding]:
    """Find the offices of one certain person."""
    folded = reading.folded
    for number, word in enumerate(folded):
        if len(word) >= SHORTEST and (has_article := _has_article(word.rstrip("'").removesuffix("s").rstrip("'"))) is not None:
            first = number - 2 if _is_second_half(reading, number) else number
            if has_article or _is_one_person(folded, first, number):
                yield reading.finding(FindingKind.OFFICE, first, number)
        elif word in JOINT_REPRESENTATIVE or (word == "tr" and folded[max(number - 1, 0)] == "fælles"):
            yield reading.finding(FindingKind.OFFICE, number - (word == "tr"), number)
        elif word in ENGLISH and _is_one_in_english(folded, number):
            yield reading.finding(FindingKind.OFFICE, number, number)


def _is_second_half(reading: Reading, number: int) -> bool:
    """Whether an office goes on where it was cut: "børne- og ungedirektøren"."""
    return number > 1 and reading.folded[number - 1] == "og" and reading.between(number - 2) == "-"


def _has_article(word: str) -> bool | None:
    """Whether an office has its article ("borgmesteren"). None: the word is no office."""
    if word in IN_EVERY_HOUSE:
        return None
    if word.endswith(THE_ONE):
        return True
    if word.endswith(HEADS):
        return False
    listed = _listed_offices()
    if word in listed or len(word) < SHORTEST_MISSPELT or not (word[:HALF] in _halves() or word[-HALF:] in _halves()) or is_word(word):
        return listed.get(word)
    spellings = _misspelt_offices()
    plain = word.replace("oe", "ø").replace("ae", "æ")
    return next((spellings[form] for form in (plain, *_with_a_letter_less(plain)) if form in spellings), None)


@cache
def _listed_offices() -> dict[str, bool]:
    """The offices on the list, without and with their article."""
    bare = word_list("offices")
    return dict.fromkeys(bare, False) | {office + ("n" if office.endswith("e") else "en"): True for office in bare}


@cache
def _halves() -> frozenset[str]:
    """How the offices on the list begin and end: one of the two is right where one letter is wrong."""
    return frozenset(half for office in _listed_offices() for half in (office[:HALF], office[-HALF:]))


@cache
def _misspelt_offices() -> dict[str, bool]:
    """The offices on the list, and what each becomes when a letter falls out."""
    return {form: has_article for office, has_article in _listed_offices().items() for form in (office, *_with_a_letter_less(office))}


def _with_a_letter_less(word: str) -> Iterator[str]:
    return (word[:letter] + word[letter + 1 :] for letter in range(len(word)))


def _is_one_person(folded: list[str], first: int, number: int) -> bool:
    """Whether the words beside an office without its article point at one person: "vores nye skolechef", "skolechef sagde"."""
    before, second, after = (folded[n] if 0 <= n < len(folded) else "" for n in (first - 1, first - 2, number + 1))
    if folded[number] in CHAIRS and after in {"for", "i"}:
        return any(word.endswith(COMMITTEES) for word in folded[number + 2 : number + 6])
    if _points(before):
        return folded[number] not in CHAIRS or before not in MY
    if (before.endswith("e") and (second == "den" or _points(second))) or (before in {"er", "selv"} and "jeg" in folded[max(first - 3, 0) : first]):
        return True
    if before == "som":
        return "jeg" in folded[number + 1 : number + 3]
    return before not in ANYBODY and after in word_list("after_a_person")


def _points(word: str) -> bool:
    """Whether a word before an office points at one person: a possessive, or the genitive of a place."""
    return word in POINTERS or (len(word) > len("his") and word.rstrip("'").endswith("s") and word not in POINTS_AT_NOBODY)


def _is_one_in_english(folded: list[str], number: int) -> bool:
    if folded[number] in ONLY_WITH_OF and folded[number + 1 : number + 2] != ["of"]:
        return False
    return not ENGLISH_POINTERS.isdisjoint(folded[max(number - 3, 0) : number])
