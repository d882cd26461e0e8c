"""Finds words of a text that may be names.

The signs are: our lists of names; a capital letter inside a sentence (Danish nouns have none); a capitalised word at the beginning of a
sentence that no dictionary knows; letters of other scripts, in which a name cannot be told from a word.

A name that is also an ordinary word ("bo", "my", "storm") is held with a capital letter wherever it stands. In lower case it is taken for
the word, unless it is on the roster or acts like a person ("spurgte bo"). In an English sentence "My" and "Ask" may begin it.
Only the largest places pass: in a municipality, the name of a smaller place often says which school is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import FindingKind, find_matches
from bot.confidentiality.personal_data.word_lists import WORD_PART, all_names, genitive_readings, is_name, is_on_list, sure_names, word_list
from bot.language.dictionary import is_compound, is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-zÀ-ɏḀ-ỿ]+")
HYPHEN = re.compile(r"[-']")
ACRONYM = re.compile(r"[A-ZÆØÅ]|[A-ZÆØÅ]{2,5}\d*(?:s|er|en|et|ere|erne|ens|ets|ernes)?")
ENGLISH_OPENERS = frozenset({"my", "ask", "else"})
ENGLISH_MONTHS = frozenset({"april", "may", "june", "august"})  # names too: the words before them decide
BEFORE_A_MONTH = re.compile(
    r"\b(?:in|of|since|until|till|by|last|next|this|early|mid|late|on|from|to|before|after|\d{1,2}(?:st|nd|rd|th)?) $", re.IGNORECASE
)
PRONOUNS = frozenset({"hans", "sine", "else", "my"})  # names that other words often stand beside
NAMELIKE = re.compile(  # how places and families are called: nobody makes such compounds as he speaks
    r".*(?:(?:hus|kær)(?:et)?|(?:klub)(?:ben)?|(?:vej|gade|park|dal|bro|toft|skov|høj|vang|mark|lund)(?:en)?|skole[rn]?|have[rn]?|g[åa]a?rde?n?"
    r"|hallen|center|centret|by|bæk|bjerg|borg|rup|strup|sted|lev|holm|sen|son|berg|gre+n|kvist|strøm|kilde|ager|balle|skjold|land|blad|mann?"
    r"|mand|lykke|guld|vinge|mose|holt|bo|feldt?|løv|sig|vad|hede|rød|tved|ring|stein|stjerne|vig|sund|bøl)s?"
)


def is_readable(text: str) -> bool:
    """Whether all letters are those of our lists, which have capital forms."""
    return text.isascii() or OTHER_SCRIPT.search(text) is None


def is_ordinary(folded: str) -> bool:
    """Whether a word is an ordinary one, or made of ordinary ones. For words whose capital letter says nothing."""
    return folded in word_list("ordinary") or all(is_word(part) or _is_ordinary_compound(part) for part in WORD_PART.findall(folded))


def _is_ordinary_compound(word: str) -> bool:
    """Whether two words make this one. Not for words that look like names of places ("Nordskolen"): a dictionary must know them."""
    return NAMELIKE.fullmatch(word) is None and is_compound(word)


def find_names(reading: Reading) -> Iterator[Finding]:
    """The words that may be names by our lists, by what stands beside them, or by their capital letters."""
    if not is_readable(reading.text):
        yield from find_matches(FindingKind.SCRIPT, OTHER_SCRIPT, reading.text)
    sure = sure_names()
    names = {folded for folded in set(reading.folded) if is_on_list(sure, folded)}
    for number, (match, folded) in enumerate(zip(reading.words, reading.folded, strict=True)):
        word = match[0]
        if folded in names or (folded in word_list("names_that_are_words") and _acts_like_a_person(reading, number)):
            yield reading.finding(FindingKind.NAME, number, number)
        elif word != folded and (kind := _kind_by_capital(reading, number, word)) is not None:
            yield reading.finding(kind, number, number)


def _acts_like_a_person(reading: Reading, number: int) -> bool:
    """Whether the words beside a word show that it is a person: "spurgte bo", "my sagde", "per holm"."""
    before, after = reading.folded[max(number - 1, 0) : number], reading.folded[number + 1 : number + 2]
    if not (word_list("before_a_person").isdisjoint(before) and word_list("after_a_person").isdisjoint(after)):
        return True
    return reading.folded[number] not in PRONOUNS and any(
        neighbour in all_names() and neighbour not in PRONOUNS for neighbour in before + after
    )


def _kind_by_capital(reading: Reading, number: int, word: str) -> FindingKind | None:
    folded, begins = reading.folded[number], reading.may_begin(number)
    if begins and folded in word_list("ordinary"):
        return None
    if is_name(folded) and not (begins and folded in ENGLISH_OPENERS and _opens_in_english(reading, number)):
        return FindingKind.NAME
    if not word[0].isupper() or _may_have_capitals(word):
        return None
    if begins:
        return None if is_ordinary(folded) else FindingKind.CAPITAL
    return None if folded in ENGLISH_MONTHS and _is_month(reading, number) else FindingKind.CAPITAL


def _may_have_capitals(word: str) -> bool:
    """Whether a word may have capitals inside a sentence: acronyms, what is shouted, and a short list; also as part of a compound."""
    head, *rest = HYPHEN.split(word)
    if any(part[:1].isupper() and not _may_have_capitals(part) for part in rest):
        return False
    if ACRONYM.fullmatch(head) is not None or (word.isupper() and is_ordinary(word.casefold())):
        return True
    return any(form in word_list("capitals") or form in word_list("large_places") for form in genitive_readings(head.casefold()))


def _opens_in_english(reading: Reading, number: int) -> bool:
    """Whether a word begins an English sentence and is no name in it: "My staff can", but not "My is here"."""
    rest = reading.rest_of_sentence(number)
    is_english = not word_list("only_english").isdisjoint(rest) and word_list("only_danish").isdisjoint(rest)
    return is_english and word_list("english_verbs").isdisjoint(rest[:1])


def _is_month(reading: Reading, number: int) -> bool:
    return BEFORE_A_MONTH.search(reading.text[: reading.words[number].start()]) is not None
