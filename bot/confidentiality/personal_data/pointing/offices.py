"""Finds offices that one person or a few hold: the mayor, a head of schools, the joint union representative.

Only one certain person counts: "borgmesteren", "vores skolechef", "the director"; not many or anybody: "direktører burde", "en direktør".
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
CHIEFS = frozenset({"chef", "chefen", "chefs", "chefens"})
CHAIRS = frozenset({"formand", "forkvinde", "formanden", "forkvinden"})  # each house has some: only those of a committee count
IN_EVERY_HOUSE = frozenset({"chef", "chefen", "souschef", "souschefen", "mellemchef", "mellemchefen", "topchef", "topchefen"})
JOINT = frozenset(
    name + ending
    for name in ("ftr", "htr", "famr", "f-tr", "fælles-tr", "fællestr", "fælles-amr")
    for ending in ("", "s", "'s", "en", "'en", "ens", "'ens")
)
REPRESENTATIVES = frozenset({"tr", "amr"})
MY = frozenset({"min", "din", "vores", "vor", "jeres", "deres", "hans", "hendes"})
POINTERS = MY | {"denne", "samme", "nuværende", "daværende", "tidligere", "forrige", "afgående", "kære", "hej", "hr", "fru"}
POINTS_AT_NOBODY = frozenset({"hvis", "hos", "ellers", "os", "tidens", "dagens", "fremtidens"})  # these only look like genitives that point
ANYBODY = frozenset({"en", "ingen", "nogen", "hver", "enhver", "eller", "og", "blive", "bliver", "være"})
FIELDS = frozenset({"børne", "skole", "kultur", "social", "dagtilbuds", "unge", "ungdoms", "sundheds", "ældre", "teknik", "miljø"})
SPOKEN_TO = frozenset(
    {"hør", "kom", "lyt", "du", "vi", "jeg", "hvad", "hvor", "hvornår", "hvorfor", "kan", "vil", "se", "husk", "tak", "prøv"}
)
NO_FIELDS = frozenset({"en", "et", "noget", "alle", ""})
COMMITTEES = ("udvalget", "udvalgets", "byrådet", "kommunalbestyrelsen", "komiteen", "foreningen", "kredsen", "klubben", "med")
ENGLISH = frozenset(
    {"mayor", "director", "ceo", "chair", "chairman", "chairwoman", "chairperson", "superintendent", "head", "chief", "executive"}
)
ENGLISH_POINTERS = frozenset({"the", "our", "my", "this", "his", "her", "their", "your"})
ONLY_WITH_OF = frozenset({"head", "chair", "chief"})  # alone, these are other words
SHORT_OFFICES = JOINT | CHIEFS | REPRESENTATIVES | ENGLISH
SHORTEST, SHORTEST_MISSPELT, HALF, TAIL = 7, 9, 5, 4  # letters


def find_offices(reading: Reading) -> Iterator[Finding]:
    """Find the offices of one certain person."""
    long = set(filter(may_be_an_office, reading.telling))
    for number, word in enumerate(reading.folded) if long else ():
        if word in long and _is_office(reading, number):
            first = number - 2 if _is_second_half(reading, number) else number
            yield reading.finding(FindingKind.OFFICE, first, number)
    if not SHORT_OFFICES.isdisjoint(reading.vocabulary):
        yield from _short_offices(reading)


def may_be_an_office(word: str) -> bool:
    """Whether a long word begins or ends as offices do."""
    return len(word) >= SHORTEST and (word[-TAIL:] in _tails() or word[:HALF] in _tails())


def _short_offices(reading: Reading) -> Iterator[Finding]:
    """Find offices by their short names, chiefs of a field, and those in English."""
    folded = reading.folded
    for number, word in enumerate(folded):
        if word in JOINT or (word in CHIEFS and _is_chief_of_a_field(folded, number)) or _is_one_in_english(folded, number):
            yield reading.finding(FindingKind.OFFICE, number, number)
        elif word in REPRESENTATIVES and number and folded[number - 1] == "fælles":
            yield reading.finding(FindingKind.OFFICE, number - 1, number)


def _is_office(reading: Reading, number: int) -> bool:
    """Whether a long word is an office, and of one certain person."""
    has_article = _has_article(reading.folded[number].replace("'", "").removesuffix("s"))
    first = number - 2 if _is_second_half(reading, number) else number
    if has_article is not False:
        return has_article is True
    is_one = _is_spoken_to(reading, number) or _is_beside_another(reading.folded, number)
    is_of_fields = first < number and ANYBODY.isdisjoint(reading.folded[max(first - 1, 0) : first])
    return is_one or is_of_fields or _is_one_person(reading.folded, first, number)


@cache
def _tails() -> frozenset[str]:
    """How offices end, right or with a slip, and how those with a slip begin: most words do neither."""
    ends = {end + s for end in (*HEADS, *THE_ONE, *_offices_on_the_list()) for s in ("", "s", "'s")}
    return frozenset({end[-TAIL:] for end in ends}) | _halves()


def _is_chief_of_a_field(folded: list[str], number: int) -> bool:
    """Whether a chief is that of a field: "chefen for dagtilbud", "skoleområdets chef"."""
    is_definite = folded[number].startswith("chefen")
    return folded[number + 1 : number + 2] == ["for"] if is_definite else folded[max(number - 1, 0)].endswith(("ets", "ngens"))


def _is_second_half(reading: Reading, number: int) -> bool:
    """Whether an office goes on where it was cut: "børne- og ungedirektøren"."""
    is_second = number > 1 and reading.folded[number - 1] == "og"
    return is_second and (reading.between(number - 2) == "-" or reading.folded[number - 2] in FIELDS)


def _has_article(word: str) -> bool | None:
    """Whether an office has its article ("borgmesteren"). None: the word is no office."""
    if word in IN_EVERY_HOUSE:
        return None
    if word.endswith(THE_ONE):
        return word not in CHAIRS
    if word.endswith(HEADS):
        return False
    listed = _offices_on_the_list()
    if word in listed or len(word) < SHORTEST_MISSPELT or not (word[:HALF] in _halves() or word[-HALF:] in _halves()) or is_word(word):
        return listed.get(word)
    spellings = _offices_with_a_slip()
    plain = word.replace("oe", "ø").replace("ae", "æ")
    return next((spellings[form] for form in (plain, *_with_a_letter_less(plain)) if form in spellings), None)


@cache
def _offices_on_the_list() -> dict[str, bool]:
    """The offices on the list, without and with their article."""
    bare = word_list("offices")
    return dict.fromkeys(bare, False) | {office + ("n" if office.endswith("e") else "en"): True for office in bare}


@cache
def _halves() -> frozenset[str]:
    """How the offices on the list begin and end: one of the two is right where one letter is wrong."""
    return frozenset(half for office in _offices_on_the_list() for half in (office[:HALF], office[-HALF:]))


@cache
def _offices_with_a_slip() -> dict[str, bool]:
    """The offices on the list, and what each becomes when a letter falls out."""
    return {form: has_article for office, has_article in _offices_on_the_list().items() for form in (office, *_with_a_letter_less(office))}


def _with_a_letter_less(word: str) -> Iterator[str]:
    return (word[:letter] + word[letter + 1 :] for letter in range(len(word)))


def _is_one_person(folded: list[str], first: int, number: int) -> bool:
    """Whether the words beside an office without its article point at one person: "vores nye skolechef", "skolechef sagde"."""
    before, second, after = (folded[n] if 0 <= n < len(folded) else "" for n in (first - 1, first - 2, number + 1))
    if folded[number] in CHAIRS and after in {"for", "i"}:
        return any(word.endswith(COMMITTEES) for word in folded[number + 2 : number + 6])
    if _points(before):
        return folded[number] not in CHAIRS or before not in MY
    if before == "som":
        return "jeg" in folded[number + 1 : number + 3]
    if before in {"er", "selv"} and "jeg" in folded[max(first - 3, 0) : first]:
        return True
    if after == "for":
        return before not in ANYBODY and "".join(folded[number + 2 : number + 3]) not in NO_FIELDS
    has_adjective = before.endswith(("e", "egen")) and (second == "den" or _points(second))
    return has_adjective or (before == "ny" and second != "en") or (before not in ANYBODY and after in word_list("after_a_person"))


def _is_spoken_to(reading: Reading, number: int) -> bool:
    """Whether a sentence begins by speaking to an office: "borgmester, hør nu"."""
    after = reading.folded[number + 1 : number + 2]
    return not SPOKEN_TO.isdisjoint(after) and reading.between(number) == "," and reading.may_begin(number)


def _is_beside_another(folded: list[str], number: int) -> bool:
    """Whether two offices are named together, without an article: "borgmester og viceborgmester"."""
    first = number - 2 if folded[max(number - 1, 0)] == "og" else number
    pair = folded[max(first, 0) : first + 3]
    named = _offices_on_the_list().keys() - CHAIRS
    return len(pair) > 2 and pair[1] == "og" and named.issuperset(pair[::2]) and ANYBODY.isdisjoint(folded[max(first - 1, 0) : first])


def _points(word: str) -> bool:
    """Whether a word before an office points at one person: a possessive, or the genitive of a place."""
    return word in POINTERS or (len(word) > len("his") and word.rstrip("'").endswith("s") and word not in POINTS_AT_NOBODY)


def _is_one_in_english(folded: list[str], number: int) -> bool:
    if folded[number] not in ENGLISH or (folded[number] in ONLY_WITH_OF and folded[number + 1 : number + 2] != ["of"]):
        return False
    return not ENGLISH_POINTERS.isdisjoint(folded[max(number - 3, 0) : number])
