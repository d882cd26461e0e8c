"""Finds words of a text that may be names.

The signs are: our lists of names; a capital letter inside a sentence (Danish nouns have none); a capitalised word at the beginning of a
sentence that no dictionary knows; letters of other scripts, in which a name cannot be told from a word.

A name that is also an ordinary word ("bo", "my", "storm") is held wherever it has a capital letter. In lower case it is taken for the word,
unless it is on the roster or acts like a person ("spurgte bo"). "My" and "Ask" may begin an English sentence. Only the names of the largest
places pass: in a municipality, the name of a smaller place often tells which school is meant.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data import endings
from bot.confidentiality.personal_data.findings import FindingKind, find_matches
from bot.confidentiality.personal_data.known_words import is_known
from bot.confidentiality.personal_data.lower_case_names import acts_like_a_person, doubtful_names, is_genitive_of_a_person
from bot.confidentiality.personal_data.spellings import is_name_misspelt, is_ordinary_misspelt
from bot.confidentiality.personal_data.word_lists import WORD_PART, genitive_readings, is_name, is_on_list, sure_names, word_list
from bot.language.dictionary import is_compound, is_only_english, is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-zÀ-ɏḀ-ỿ]+")
INITIAL_OF_OWNER = re.compile(r"\b[A-ZÆØÅ]\.'s\b")  # "H.'s forklaring"
HYPHEN = re.compile(r"[-']")
ACRONYM = re.compile(r"[A-ZÆØÅ]|[A-ZÆØÅ]{2,5}\d*(?:s|er|en|et|ere|erne|ens|ets|ernes)?")
SHORTEST_UNKNOWN = 3  # letters
OPENING = re.compile(
    r"(?:per (?:barn|elev|person|medarbejder|leder|stue|klasse|hus|dag|uge|måned|år|time|gang)|storm i et glas|mark og (?:skov|eng))\b",
    re.IGNORECASE,
)
LONGEST_BEFORE_A_MONTH = 20  # characters
ENGLISH_OPENERS = frozenset({"my", "ask", "else"})
ENGLISH_MONTHS = frozenset({"april", "may", "june", "august"})  # these are names too: the words before them decide
BEFORE_A_MONTH = re.compile(
    r"\b(?:in|of|since|until|till|by|last|next|this|early|mid|late|on|from|to|before|after|\d{1,2}(?:st|nd|rd|th)?) $", re.IGNORECASE
)


def is_readable(text: str) -> bool:
    """Whether all letters are Latin. Only names in these letters can be told from words."""
    return text.isascii() or OTHER_SCRIPT.search(text) is None


def is_ordinary(folded: str) -> bool:
    """Whether a word is ordinary or made of ordinary words. For words whose capital letter tells nothing.

    Two words may make a compound, but not if it looks like the name of a place ("Nordskolen"): a dictionary must know that.
    """
    if is_known(folded):
        return True
    parts = WORD_PART.findall(folded)
    return folded in word_list("ordinary") or all(
        is_word(part) or (not part.endswith(endings.OF_NAMES) and is_compound(part)) for part in parts
    )


def find_names(reading: Reading) -> Iterator[Finding]:
    """Find words that may be names by our lists, by the words beside them, or by their capital letters."""
    if not (reading.is_plain or is_readable(reading.text)):
        yield from find_matches(FindingKind.SCRIPT, OTHER_SCRIPT, reading.text)
    if ".'s" in reading.text:
        yield from find_matches(FindingKind.INITIALS, INITIAL_OF_OWNER, reading.text)
    may_begin = _MayBegin()
    names = _sure_names_among(reading.telling)
    doubtful = doubtful_names() & reading.vocabulary
    unknown = frozenset[str]() if _beside_a_person().isdisjoint(reading.vocabulary) else reading.telling
    looked_at = names | doubtful | unknown
    places = [
        n for n, (word, folded) in enumerate(zip(reading.written, reading.folded, strict=True)) if word != folded or folded in looked_at
    ]
    for number in places:
        word, folded = reading.written[number], reading.folded[number]
        if folded in names or (folded in doubtful and acts_like_a_person(reading, number)):
            yield reading.finding(FindingKind.NAME, number, number)
        elif word != folded and (kind := _kind_by_capital(reading, number, word, may_begin)) is not None:
            yield reading.finding(kind, number, number)
        elif folded in unknown and _acts_unknown(reading, number):
            yield reading.finding(FindingKind.CAPITAL, number, number)


def _sure_names_among(words: frozenset[str]) -> set[str]:
    """The words that can only be names, also if they are misspelt."""
    return {
        folded
        for folded in words - word_list("capitals")
        if is_on_list(sure_names(), folded) or is_genitive_of_a_person(folded) or is_name_misspelt(folded)
    }


@cache
def _beside_a_person() -> frozenset[str]:
    return word_list("before_a_person") | word_list("after_a_person")


def _acts_unknown(reading: Reading, number: int) -> bool:
    """Whether somebody asks an unknown word, or it says something."""
    folded = reading.folded[number]
    is_asked = number > 0 and reading.folded[number - 1] in word_list("before_a_person")
    says = number + 1 < len(reading.folded) and reading.folded[number + 1] in word_list("after_a_person")
    if not (is_asked or says) or len(folded) < SHORTEST_UNKNOWN or not folded.replace("-", "").isalpha():
        return False
    return not (folded in word_list("capitals") or is_ordinary(folded) or is_ordinary_misspelt(folded))


class _MayBegin(dict[str, bool]):
    """Whether a capital letter at the beginning of a sentence tells nothing about a word: looked up once for each word of a text."""

    def __missing__(self, folded: str) -> bool:
        self[folded] = len(folded) < SHORTEST_UNKNOWN or is_ordinary(folded) or is_ordinary_misspelt(folded)
        return self[folded]


def _kind_by_capital(reading: Reading, number: int, word: str, may_begin: _MayBegin) -> FindingKind | None:
    """The reason to hold a word with a capital letter; None: it may pass."""
    folded = reading.folded[number]
    if folded in word_list("ordinary"):
        return None
    begins = reading.may_begin(number)
    if (
        begins
        and folded in word_list("mostly_words")
        and not word_list("after_a_person").isdisjoint(reading.folded[number + 1 : number + 2])
    ):
        return FindingKind.NAME
    if is_name(folded) and not (begins and _begins_as_a_word(reading, number)):
        return FindingKind.NAME
    is_usual = begins and is_known(folded) and not _is_english_in_danish(reading, number)
    if is_usual or not word[0].isupper() or _may_have_capitals(word):
        return None
    if begins:
        return None if may_begin[folded] and not _is_english_in_danish(reading, number) else FindingKind.CAPITAL
    start = reading.words[number].start()
    is_month = folded in ENGLISH_MONTHS and BEFORE_A_MONTH.search(reading.text[max(start - LONGEST_BEFORE_A_MONTH, 0) : start])
    return None if is_month else FindingKind.CAPITAL


def _may_have_capitals(word: str) -> bool:
    """Whether a word may have capitals inside a sentence: acronyms, words all in capitals and a short list, also in compounds."""
    head, *rest = HYPHEN.split(word)
    if any(part[:1].isupper() and not _may_have_capitals(part) for part in rest):
        return False
    if ACRONYM.fullmatch(head) is not None or (word.isupper() and is_ordinary(word.casefold())):
        return True
    return any(form in word_list("capitals") or form in word_list("large_places") for form in genitive_readings(head.casefold()))


def _is_english_in_danish(reading: Reading, number: int) -> bool:
    """Whether only English knows the first word of a Danish sentence."""
    if not reading.has_danish or not is_only_english(reading.folded[number]):
        return False
    return not word_list("only_danish").isdisjoint(reading.rest_of_sentence(number))


def _begins_as_a_word(reading: Reading, number: int) -> bool:
    """Whether a name can only be the word there: "Per barn", "Storm i et glas vand"."""
    if reading.folded[number] in ENGLISH_OPENERS:
        return _opens_in_english(reading, number)
    return OPENING.match(reading.text, reading.words[number].start()) is not None


def _opens_in_english(reading: Reading, number: int) -> bool:
    """Whether a word begins an English sentence and is no name in it: "My staff can", but not "My is here"."""
    rest = reading.rest_of_sentence(number)
    is_english = not word_list("only_english").isdisjoint(rest) and word_list("only_danish").isdisjoint(rest)
    return is_english and word_list("english_verbs").isdisjoint(rest[:1])
