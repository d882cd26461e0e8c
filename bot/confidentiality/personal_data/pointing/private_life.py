"""Finds what is private where it is told of one person: belief, love, descent, union, disability, divorce and leave.

Only a person counts: "jeg er muslim", "min kollega er på barsel". "Trivsel for ordblinde elever" and "hvis man er muslim"
are subjects, and pass.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import FindingKind
from bot.confidentiality.personal_data.pointing.roles import role_in
from bot.confidentiality.personal_data.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

LONGEST_WAY = 8  # words between a person and what is told
SUBJECTS = frozenset({"jeg", "hun", "han", "she", "he"})
SUBJECTS_WITH_VERBS = frozenset({"am", "i'm", "im", "she's", "he's"})
PERSONS = """
kollega kollegaen makker makkeren ven vennen veninde veninden nabo naboen medarbejder medarbejderen vikar vikaren elev eleven barn barnet
dreng drengen pige pigen forælder forælderen mor moren far faren kone mand manden kæreste søn datter studerende praktikant praktikanten
colleague boss manager teacher friend deputy
"""
VERBS = """
er var bliver blev blevet været har haft havde fik får skal skulle vil ville går gik gået kommer kom sidder bruger lever føler stemmer
stemte tror beder is was became came have has had holder faster fejrer
"""
BETWEEN_THEM = """
en et den min mit sin sit a an selv også jo ikke lige nu stadig åbent altid faktisk nok vist bare helt ret meget desværre snart igen tilbage
født oprindelig oprindeligt vokset op opvokset etnisk praktiserende troende mig meldt ind ud medlem aktivt passivt af på i fra til med with
kommet gået blive ved at anden igennem ny tr tillidsrepræsentant for from on born member of the back getting
"""
PERSON, VERB, BETWEEN = frozenset(PERSONS.split()), frozenset(VERBS.split()), frozenset(BETWEEN_THEM.split())
POINTERS = frozenset({"min", "mit", "vores", "vor", "en", "et", "den", "hans", "hendes", "jeres", "my", "our", "a", "an", "the"})
ORIGIN = frozenset({"fra", "født", "vokset", "opvokset", "from", "born"})
MEMBERSHIP = frozenset({"medlem", "meldt", "stemmer", "stemte", "tr", "tillidsrepræsentant", "member"})
MY = frozenset({"min", "mit", "hans", "hendes", "my", "his", "her"})
AT = frozenset({"på", "i", "fra", "ved", "hos"})
WHO = frozenset({"der", "som", "who"})
AS = frozenset({"som", "as"})
SHARED = {"blind": "for to", "døv": "for", "skilt": "ad fra"}  # before these, the word means something else


def find_private_life(reading: Reading) -> Iterator[Finding]:
    """Find what is private and told of one person."""
    words = _private_words()
    if words.isdisjoint(reading.vocabulary):
        return
    for number, word in enumerate(reading.folded):
        if word in words and _is_told_of_a_person(reading, number):
            yield reading.finding(FindingKind.HEALTH, number, number)


@cache
def _private_words() -> frozenset[str]:
    return word_list("private") | word_list("memberships") | word_list("origins")


def _is_told_of_a_person(reading: Reading, number: int) -> bool:
    folded = reading.folded
    if _means_something_else(folded, number):
        return False
    if _is_told_beside(folded, number):
        return True
    way = _way_to_a_person(reading, number)
    if way is None:
        return False
    if folded[number] in word_list("origins"):
        return not ORIGIN.isdisjoint(way)
    return folded[number] in word_list("private") or way[-1:] == ["i"] or not MEMBERSHIP.isdisjoint(way + folded[number + 1 : number + 2])


def _means_something_else(folded: list[str], number: int) -> bool:
    """Whether one is blind to something, parts from something, or a sign ("skilt") hangs on a wall."""
    is_sign = folded[number] == "skilt" and folded[max(number - 1, 0)] in MY | {"et"}
    return is_sign or not set(SHARED.get(folded[number], "").split()).isdisjoint(folded[number + 1 : number + 2])


def _is_told_beside(folded: list[str], number: int) -> bool:
    """Whether a word or two beside show a person: "en muslimsk kollega", "min skilsmisse", "som muslim er jeg", "blevet skilt"."""
    before, after = folded[max(number - 1, 0) : number], folded[number + 1 : number + 3]
    is_of_a_person = bool(after) and not POINTERS.isdisjoint(before) and _is_person(after[0])
    is_the_author = not AS.isdisjoint(folded[max(number - 2, 0) : number]) and not {"jeg", "i"}.isdisjoint(after)
    return is_of_a_person or is_the_author or not MY.isdisjoint(before) or [*before, folded[number]] == ["blevet", "skilt"]


def _way_to_a_person(reading: Reading, number: int) -> list[str] | None:
    """The words between one person and what is told; None: it is told of nobody, or of many."""
    folded, first = reading.folded, number
    while first > max(number - LONGEST_WAY, 0) and not reading.may_begin(first) and folded[first - 1] in BETWEEN | VERB:
        first -= 1
    way = folded[first:number]
    if reading.may_begin(first):  # the person is left out: "er muslim"
        return way if way and way[0] in VERB | {"lige", "selv"} and not VERB.isdisjoint(way) else None
    subject, second, third = (folded[n] if n >= 0 else "" for n in (first - 1, first - 2, first - 3))
    if subject in SUBJECTS_WITH_VERBS or (subject in SUBJECTS and second in VERB):
        return way
    if subject in WHO:
        subject = second
    elif second in AT:  # "kollegaen på stuen er …"
        subject = third
    return way if not VERB.isdisjoint(way) and (subject in SUBJECTS or _is_person(subject)) else None


def _is_person(word: str) -> bool:
    return word in PERSON or role_in(word) is not None
