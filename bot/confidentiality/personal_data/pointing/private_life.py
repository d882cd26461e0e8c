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
stemte tror beder is was became have has had
"""
BETWEEN_THEM = """
en et den min mit sin sit a an selv også jo ikke lige nu stadig åbent altid faktisk nok vist bare helt ret meget desværre snart igen tilbage
født oprindelig oprindeligt vokset op opvokset etnisk praktiserende troende mig meldt ind ud medlem aktivt passivt af på i fra til med with
ovre blind kender from on born member of the
"""
PERSON, VERB, BETWEEN = frozenset(PERSONS.split()), frozenset(VERBS.split()), frozenset(BETWEEN_THEM.split())
POINTERS = frozenset({"min", "mit", "vores", "vor", "en", "et", "den", "hans", "hendes", "jeres", "my", "our", "a", "an", "the"})
ORIGIN = frozenset({"fra", "født", "vokset", "opvokset", "from", "born"})
MEMBERSHIP = frozenset({"medlem", "meldt", "stemmer", "stemte", "member"})
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
    before, after = folded[max(number - 1, 0) : number], folded[number + 1 : number + 2]
    if not set(SHARED.get(folded[number], "").split()).isdisjoint(after) or (folded[number] == "skilt" and before == ["et"]):
        return False
    if after and not POINTERS.isdisjoint(before) and _is_person(after[0]):
        return True
    if not AS.isdisjoint(before) and not {"jeg", "i"}.isdisjoint(folded[number + 1 : number + 3]):
        return True
    way = _way_to_a_person(reading, number)
    if way is None:
        return False
    if folded[number] in word_list("origins"):
        return not ORIGIN.isdisjoint(way)
    return folded[number] in word_list("private") or before == ["i"] or not MEMBERSHIP.isdisjoint(way)


def _way_to_a_person(reading: Reading, number: int) -> list[str] | None:
    """The words between one person and what is told; None: it is told of nobody, or of many."""
    folded, first = reading.folded, number
    while first > max(number - LONGEST_WAY, 0) and not reading.may_begin(first) and folded[first - 1] in BETWEEN | VERB:
        first -= 1
    way = folded[first:number]
    subject, verb = (folded[n] if n >= 0 else "" for n in (first - 1, first - 2))
    if subject in SUBJECTS_WITH_VERBS or (subject in SUBJECTS and verb in VERB):
        return way
    if VERB.isdisjoint(way):
        return None
    if subject in WHO:
        subject = verb
    is_left_out = bool(way) and reading.may_begin(first) and way[0] in VERB | {"lige", "selv"}
    return way if is_left_out or subject in SUBJECTS or _is_person(subject) else None


def _is_person(word: str) -> bool:
    return word in PERSON or role_in(word) is not None
