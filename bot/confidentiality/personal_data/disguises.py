"""Finds words that are not read at first sight: "h a n n e", "l-a-r-s", "H4nne", "han😀ne", "h*nne", "ennah".

Each disguise is undone in the ways that it may be meant, and the filter reads what comes out. It is held if that points at somebody;
letters alone are held if they make no ordinary words either. What reads as ordinary words passes: "s t o p", "f*** det", "og/eller".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import Finding, FindingKind
from bot.confidentiality.personal_data.names import is_ordinary
from bot.confidentiality.personal_data.spellings import is_name_misspelt
from bot.confidentiality.personal_data.word_lists import is_name, sure_names, word_list
from bot.language.dictionary import is_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.confidentiality.personal_data.sentences import Reading

ALONE = re.compile(r"\b\w\W{1,3}\w\W{1,3}\w\b")
CLUSTER = re.compile(r"\S+")
AROUND = ".,!?:;()[]{}<>\"»«“”„›‹…'-–—*_~/"
LONGEST = 60  # characters: a name in more is read by nobody
LEAST_ALONE, LEAST_UNKNOWN = 3, 4  # letters
SHORTEST_BACKWARDS = 5
ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
SINGLE_LETTERS = frozenset(ALPHABET) - {"a", "i", "å"}  # these are words, and no name has only them
VOWELS = "aeiouyæøå"
STARRED = "bøsse bøsser damn fanden fuck fucking fucked hell helvede idiot kusse lort luder pik pis pisse røv røvhul satan shit"
CURSES = frozenset(STARRED.split())
NEUTRAL = "\n; ting ;\n"  # stands between two readings, so that neither changes what the other means
POINTS = frozenset(
    {
        FindingKind.PERSON,
        FindingKind.EXTRA,
        FindingKind.NAME,
        FindingKind.ADDRESS,
        FindingKind.EMAIL,
        FindingKind.LINK,
        FindingKind.OFFICE,
        FindingKind.INSTITUTION,
    }
)

PART = re.compile(r"[^\W_]+")
SIGN_INSIDE = re.compile(r"[^a-zA-ZæøåÆØÅé \n(\"»][^\W\d_]")
STRANGE = re.compile(r"[^\W\d_A-Za-zÆØÅæøåÉéÄÖÜäöü]")
STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
MOST_ROWS = 4
STOP = re.compile(r"[.,:;!?/'-]")  # there a space may be missing: "kan han.nej"
DIGIT_BETWEEN = re.compile(r"[^\W\d_]+(?:[01345][^\W\d_]+){1,2}")
BEFORE_NUMBER = re.compile(r"(?<=\D)(?=\d)")
LETTERS_AND_NUMBER = re.compile(r"[^\W\d_]+\d{1,3}")
DRAWN = {"€": "e", "$": "s", "£": "l", "¢": "c", "@": "a", "!": "i", "|": "l", "+": "t"}
DRAWN |= {chr(0x1F1E6 + number): letter for number, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
AS_LETTERS = str.maketrans(DRAWN)
DIGITS = {"2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"}
AS_DIGITS = tuple(str.maketrans({**DIGITS, "0": zero, "1": letter}) for zero, letter in ("oi", "øi", "ol", "øl"))
PAIRS = "аa еe оo рp сc уy хx іi јj ѕs һh ԁd кk мm нh тt вb гr ɑa ɡg οo αa νv εe ρp τt ιi κk υu ıi łl ħh đd ßs þp"
LOOKALIKES = str.maketrans({pair[0]: pair[1] for pair in PAIRS.split()})


Meaning = tuple[tuple[str, ...], bool]  # what something may say, and whether it is held in any case
NOTHING: Meaning = ((), False)


@dataclass(frozen=True, kw_only=True)
class Disguise:
    """A place that may be a disguise, and what it may be meant to say. `is_sure`: it is held whatever that is."""

    start: int
    end: int
    readings: tuple[str, ...]
    is_sure: bool = False


def find_disguises(reading: Reading, find: Callable[[str], Iterable[Finding]]) -> Iterator[Finding]:
    """Find disguises. `find` finds what points at somebody in a text that has no disguise."""
    disguises = list(_in_words(reading.text, SIGN_INSIDE)) if SIGN_INSIDE.search(reading.text) else []
    if not reading.is_plain:
        disguises += _in_words(reading.text, STRANGE)
    if STRETCHED.search(reading.text):
        disguises += _in_words(reading.text, STRETCHED)
    if not SINGLE_LETTERS.isdisjoint(reading.vocabulary) and ALONE.search(reading.text):
        disguises += _in_letters(reading)
    if not _names_backwards().isdisjoint(reading.telling):
        disguises += _backwards(reading)
    if not disguises:
        return
    held = _pointing_readings({text for disguise in disguises for text in disguise.readings if not disguise.is_sure}, find)
    for disguise in disguises:
        if disguise.is_sure or not held.isdisjoint(disguise.readings):
            yield Finding(kind=FindingKind.DISGUISED, start=disguise.start, end=disguise.end)


def _pointing_readings(readings: set[str], find: Callable[[str], Iterable[Finding]]) -> set[str]:
    """The readings that point at somebody. All are read at once: a reading costs little, a start of the filter costs more."""
    if not readings:
        return set()
    ordered = sorted(readings)
    whole = NEUTRAL.join(ordered)
    owner = [text for text in ordered for _ in range(len(text) + len(NEUTRAL))]
    return {owner[finding.start] for finding in find(whole) if finding.kind in POINTS}


# --- inside a word


def _in_words(text: str, pattern: re.Pattern[str]) -> Iterator[Disguise]:
    """What stands without a space and has something odd: a word with signs or digits in it, or with strange letters."""
    meaning, end = cache(_meaning), 0
    for odd in pattern.finditer(text):
        if odd.start() < end:
            continue
        core, start, end = _core_around(text, odd.start())
        readings, is_sure = meaning(core) if 2 < len(core) <= LONGEST else NOTHING
        if readings or is_sure:
            yield Disguise(start=start, end=start + len(core), readings=readings, is_sure=is_sure)


def _core_around(text: str, place: int) -> tuple[str, int, int]:
    """What stands between spaces around a place, without the signs around it; where it begins, and where the next space is."""
    first = max(place - LONGEST, 0)
    cluster = CLUSTER.match(text, max(text.rfind(space, first, place) for space in " \n") + 1 or first)
    if cluster is None:
        return "", place, place + 1
    core = cluster[0].strip(AROUND)
    return core, cluster.start() + cluster[0].index(core), cluster.end()


def _meaning(core: str) -> Meaning:
    return _readings_of_letters(core) if core.isalpha() else _readings_of_signs(core)


def _cores(text: str) -> Iterator[tuple[str, int]]:
    """What stands between spaces, without the signs around it, and where it begins."""
    for cluster in CLUSTER.finditer(text):
        core = cluster[0].strip(AROUND)
        yield core, cluster.start() + cluster[0].index(core)


@cache
def _names_backwards() -> frozenset[str]:
    return frozenset(name[::-1] for name in sure_names() if len(name) >= SHORTEST_BACKWARDS)


def _backwards(reading: Reading) -> Iterator[Disguise]:
    """Names that are written backwards."""
    for number, folded in enumerate(reading.folded):
        if folded in _names_backwards() and not (is_name(folded) or is_ordinary(folded)):
            word = reading.words[number]
            yield Disguise(start=word.start(), end=word.end(), readings=(), is_sure=True)


def _readings_of_letters(core: str) -> Meaning:
    """What a word may say that has letters which look like other letters, or a row of one letter."""
    if STRETCHED.search(core) and not is_name_misspelt(core.casefold()):
        return tuple(word for word in _shorter(core.casefold()) if is_name(word) or is_word(word)), False
    if not STRANGE.search(core):
        return NOTHING
    folded = core.casefold()
    plain = "".join(letter for letter in unicodedata.normalize("NFD", folded.translate(LOOKALIKES)) if letter.isalpha())
    return NOTHING if plain == folded or is_name(folded) or _is_usual(plain) else ((plain,), False)


def _shorter(folded: str) -> set[str]:
    """A word with each row of a letter as one or two of it."""
    once = STRETCHED.sub(r"\1", folded, count=1)
    if once == folded:
        return {folded}
    twice = STRETCHED.sub(r"\1\1", folded, count=1)
    return _shorter(once) | _shorter(twice) if len(STRETCHED.findall(folded)) <= MOST_ROWS else set()


def _readings_of_signs(core: str) -> Meaning:
    """What a word with signs or digits in it may say, and whether it is held in any case."""
    parts = PART.findall(core)
    drawn = "".join(PART.findall(core.translate(AS_LETTERS)))
    if sum(map(str.isalpha, drawn)) < 2 or len(drawn) < LEAST_ALONE:
        return NOTHING
    if len(parts) >= LEAST_ALONE and all(len(part) == 1 for part in parts):
        return _readings_of_alone("".join(parts))
    if core.replace("'", "").isalpha():  # "Dan's", "TR'en": no disguise
        return NOTHING
    usual = [part for part in parts if len(part) > 1 and part.isalpha() and _is_usual(part.casefold())]
    may_lack_a_space = STOP.search(core) is not None
    if len(usual) == len(parts) > 1 or (may_lack_a_space and max(map(len, usual), default=0) >= LEAST_UNKNOWN):
        return () if may_lack_a_space else ("".join(parts),), False
    readings = {"".join(parts), drawn, *_digits_as_letters(drawn), *_signs_as_vowels(core)} - {core}
    readings.update(text for part in parts if DIGIT_BETWEEN.fullmatch(part) for text in _digits_as_letters(part))
    is_sure = len(core) > LEAST_UNKNOWN and DIGIT_BETWEEN.fullmatch(core) is not None and not any(map(_is_usual, readings))
    return tuple(readings), is_sure


def _digits_as_letters(text: str) -> set[str]:
    return {text.translate(digits) for digits in AS_DIGITS} if not text.isalpha() else set()


def _signs_as_vowels(core: str) -> Iterator[str]:
    """The names with a vowel where there is a sign. A curse is starred oftener than a name."""
    before, *after = re.split(r"[^\w'-]", core.casefold())
    if len(after) != 1 or not (before + after[0]).isalpha():
        return
    readings = [before + vowel + after[0] for vowel in VOWELS]
    if CURSES.isdisjoint(readings):
        yield from (text for text in readings if text in sure_names())


def _is_usual(folded: str) -> bool:
    return folded in CURSES or (is_ordinary(folded) and not is_name(folded))


# --- letters that stand alone


def _in_letters(reading: Reading) -> Iterator[Disguise]:
    """Letters that stand alone in a row, with the same distance between them."""
    row: list[tuple[str, int]] = []
    distance = ""
    for core, start in _cores(reading.text):
        if not core:
            continue
        is_single = len(core) == 1 and core.isalnum()
        between = reading.text[row[-1][1] + 1 : start] if row else ""
        if not is_single or len(between) > LEAST_ALONE or (len(row) > 1 and between != distance):
            yield from _letters_of_row(row)
            row = row[-1:] if is_single and len(between) <= LEAST_ALONE else []
        if is_single:
            row.append((core, start))
            distance = between
    yield from _letters_of_row(row)


def _letters_of_row(row: list[tuple[str, int]]) -> Iterator[Disguise]:
    letters = "".join(letter for letter, _ in row)
    if len(letters) < LEAST_ALONE or letters.isdigit():
        return
    readings, is_sure = _readings_of_alone(letters)
    if readings or is_sure:
        yield Disguise(start=row[0][1], end=row[-1][1] + 1, readings=readings, is_sure=is_sure)


def _readings_of_alone(letters: str) -> Meaning:
    """What letters that stand alone may say, and whether they say nothing that is usual."""
    folded = letters.casefold()
    if len(letters) > LONGEST:
        return (), True
    if folded in ALPHABET:
        return NOTHING
    readings = {letters} | _digits_as_letters(letters)
    if LETTERS_AND_NUMBER.fullmatch(letters):
        readings.add(BEFORE_NUMBER.sub(" ", letters))
    is_unknown = len(letters) >= LEAST_UNKNOWN and letters.isalpha() and not _are_usual(folded)
    return tuple(readings), is_unknown


def _are_usual(folded: str) -> bool:
    """Whether letters make one usual word or several."""
    if is_name(folded):
        return False
    if set(folded) <= set(VOWELS):  # "i å": Danish has words of one vowel
        return True
    ends = [True]  # for each place, whether usual words can end there
    for end in range(1, len(folded) + 1):
        ends.append(any(ends[start] and _may_stand_among_others(folded[start:end]) for start in range(end)))
    return ends[-1]


def _may_stand_among_others(word: str) -> bool:
    return word in word_list("ordinary") or word in CURSES or (len(word) > 2 and is_word(word) and not is_name(word))
