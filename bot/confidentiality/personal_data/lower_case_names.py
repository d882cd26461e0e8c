"""Tells whether a word that is also a name ("bo", "my", "storm") means a person.

In lower case it does if the words beside it show one: "spurgte bo om det", "my sagde", "per holm", "hvis ikke bjørn havde", "det har dag
lovet". Only signs for a person count, never signs against one: so no text that is added around a name lets it go.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.word_lists import all_names, word_list
from bot.language.dictionary import is_word

if TYPE_CHECKING:
    from bot.confidentiality.personal_data.sentences import Reading

PRONOUNS = frozenset({"hans", "sine", "else", "my"})  # as words, these often have names beside them
VERBS_THAT_HELP = "er var har havde kan kunne skal skulle vil ville må måtte blev bliver får fik is was has had will would can could"
HELP = frozenset(VERBS_THAT_HELP.split())
CLAUSES = "fordi hvis når da mens indtil siden hvorfor hvordan hvornår om at som hvad selvom because if when until why whether that"
CLAUSE = frozenset(CLAUSES.split())
INSIDE_A_CLAUSE = frozenset({"ikke", "også", "heller", "nu", "bare", "kun", "not", "only"})
INFINITIVES = frozenset({"bo", "gro", "ane", "tage", "find", "love"})
WHAT_IS_ASKED = "om at hvorfor hvordan hvad hvem hvis hvornår og som der ikke til if whether why how what who to about and"
AFTER_WHO_WAS_ASKED = frozenset(WHAT_IS_ASKED.split())
WHO = frozenset({"der", "som", "who", "that"})
POINTING = frozenset({"det", "it", "kun", "only"})
AND = frozenset({"og", "and"})
FROM = frozenset({"fra", "i", "på", "from", "in", "at"})
TURNS, HEARS = frozenset({"rejste", "satte", "meldte", "vendte", "trak"}), frozenset({"hørte", "hører", "hørt", "bad", "lod"})
ACTS = frozenset(
    {"tog ordet", "fik ordet", "tager ordet", "får ordet", "tog mig", "tog os", "holdt et", "holdt en", "har ret", "havde ret"}
)
I_SAY = frozenset({"jeg", "vi", "man", "du", "de", "han", "hun", "i", "det"})  # "sommer elsker jeg"
SIGN_AFTER = re.compile(r"['\"]? ?[.,:;!?)\n]")


@cache
def doubtful_names() -> frozenset[str]:
    """The names that are also ordinary words, and the ordinary words that are sometimes names."""
    return word_list("names_that_are_words") | word_list("mostly_words")


def is_genitive_of_a_person(folded: str) -> bool:
    """Whether a word can only be the genitive of such a name: "bos", "my's"."""
    if not folded.endswith(("s", "'")):
        return False
    bare = folded.rstrip("'").removesuffix("s").rstrip("'")
    return bare in word_list("names_that_are_words") and not is_word(folded)


def acts_like_a_person(reading: Reading, number: int) -> bool:
    """Whether the words beside the word with this number show that it is a person."""
    folded = ["", "", "", *reading.folded[max(number - 3, 0) : number]][-3:] + [*reading.folded[number : number + 4], "", "", ""][:4]
    return (
        (folded[4] in word_list("after_a_person") and folded[3] not in word_list("mostly_words"))
        or _is_called(reading, number, *folded[2:5])
        or _stands_by_a_name(*folded[2:5])
        or _does_what_people_do(folded, begins=reading.may_begin(number))
        or _is_a_subject(folded)
        or _is_one_of_two(reading.folded, number)
    )


def _is_called(reading: Reading, number: int, before: str, word: str, after: str) -> bool:
    """Whether it is who was asked, greeted or named: "spurgte bo", "hej my". After a pronoun a noun may follow: "spurgte hans chef"."""
    if before not in word_list("before_a_person"):
        return False
    is_alone = word not in PRONOUNS or after in AFTER_WHO_WAS_ASKED
    return is_alone or SIGN_AFTER.match(reading.text, reading.words[number].end()) is not None


def _stands_by_a_name(before: str, word: str, after: str) -> bool:
    """Whether there is another name beside it: "per holm"."""
    names = all_names()
    return word not in PRONOUNS and any(beside in names and beside not in PRONOUNS for beside in (before, after) if beside)


def _is_a_subject(folded: list[str]) -> bool:
    """Whether it does what people do: "at my er", "har dag lovet", "det var ask der", "signe fra stuen fortalte", "for gro to say"."""
    _, second, before, word, after, second_after, last = folded
    if before == "at" and word in INFINITIVES:
        return False
    begins = word in word_list("names_that_are_words") and (before in CLAUSE or (before in INSIDE_A_CLAUSE and second in CLAUSE))
    after_a_person, verbs = word_list("after_a_person"), word_list("verbs_of_people")
    return (
        (begins and after in HELP)
        or (before in HELP and (after in verbs or (after in INSIDE_A_CLAUSE and second_after in verbs)))
        or (before in HELP and second in POINTING and after in WHO)
        or (after in FROM and last in after_a_person)
        or (after == "to" and second_after in verbs and before in {"for", "asked", "told"})
    )


def _does_what_people_do(folded: list[str], *, begins: bool) -> bool:
    """Whether only a person does so: "storm rejste sig", "hørte svend sige", "da sol fik ordet", "dag mener at"."""
    before, _, after, second_after = folded[2:6]
    stands_first = begins or before in CLAUSE
    return (
        (before in TURNS and after == "sig")
        or (before in HEARS and after in word_list("verbs_of_people"))
        or (stands_first and (f"{after} {second_after}" in ACTS or (after in TURNS and second_after == "sig")))
        or (begins and after in word_list("after_a_person") and second_after not in I_SAY)
    )


def _is_one_of_two(folded: list[str], number: int) -> bool:
    """Whether two such names do something together: "per og hans tager"."""
    for first in (number, number - 2):
        three = folded[max(first, 0) : first + 4]
        if first >= 0 and len(three) == 4 and three[1] in AND and doubtful_names().issuperset((three[0], three[2])):
            return (
                three[3] in HELP or three[3] in word_list("after_a_person") or three[3] in {"tager", "tog", "kommer", "kom", "går", "gik"}
            )
    return False
