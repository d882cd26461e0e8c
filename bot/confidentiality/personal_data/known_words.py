"""Finds the few words of a text that may say something about somebody, and remembers the many that say nothing.

The many are remembered, because they come again and again. Only words of the dictionaries are, and what is made of two:
what no dictionary knows may be a name.
"""

from __future__ import annotations

from bot.confidentiality.personal_data.endings import OF_ANY
from bot.confidentiality.personal_data.lower_case_names import is_genitive_of_a_person
from bot.confidentiality.personal_data.number_words import begins_as_numbers
from bot.confidentiality.personal_data.pointing.offices import may_be_an_office
from bot.confidentiality.personal_data.pointing.roles import role_in
from bot.confidentiality.personal_data.word_lists import is_on_list, sure_names, word_list
from bot.language.dictionary import CACHE_SIZE, is_compound, is_word

SHORTEST_KNOWN = 3  # letters: shorter ones may be initials

_known: set[str] = set()


def is_known(folded: str) -> bool:
    """Whether a word is remembered as one that says nothing about anybody by itself."""
    return folded in _known


def telling_among(words: frozenset[str]) -> frozenset[str]:
    """The words that may say something by themselves. Some of the others do so beside a person, such as "bo"."""
    unseen = words - _known
    known = {word for word in unseen if _says_nothing(word)}
    if known and len(_known) < CACHE_SIZE:
        _known.update(known)
    return unseen - known


def _says_nothing(folded: str) -> bool:
    if not folded.isalpha() or len(folded) < SHORTEST_KNOWN:
        return folded in word_list("ordinary")
    may_be_a_person = is_on_list(sure_names(), folded) or is_genitive_of_a_person(folded)
    if may_be_a_person or may_be_an_office(folded) or role_in(folded):
        return False
    return (
        folded in word_list("abbreviations")
        or is_word(folded)
        or (is_compound(folded) and not folded.endswith(OF_ANY) and not begins_as_numbers(folded))
    )
