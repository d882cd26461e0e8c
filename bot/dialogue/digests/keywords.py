"""Which words do more people use in this theme than elsewhere?

Up to four words a theme, each with the number of people who used it. Each person counts once per dictionary word, however often and in
however many forms they wrote it. Words are ranked by their weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and
Quinn 2008, "Fightin' Words", Political Analysis 16:372-403), this theme against the themes printed before. Nothing here knows in which
order people answered.

A word is passed over when fewer than the floor use it, or all but so few, when the roster or the filter does not allow it, or when the
numbers printed so far would, with this one, isolate somebody (`bot/confidentiality/disclosure.py`).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from math import log, sqrt
from typing import TYPE_CHECKING, TypeAlias

from bot.confidentiality.disclosure import DisclosureControl, bitset
from bot.confidentiality.floors import LOWEST_FLOORS, effective_floors, printable_part
from bot.language.dictionary import is_word
from bot.language.lemmas import pieces_of, words_in
from bot.programme import Floors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bot.language.lemmas import Lemmas

Users: TypeAlias = "array[int]"  # the numbers of those who wrote a piece, once per text

MOST_WORDS = 4
MOST_TRIED = 40  # further down the list no word tells anything about the theme
ONE_IN = 10_000  # a form that no more than one person in so many writes is not looked up: it cannot change a printed number visibly
PRIOR_WEIGHT = 20.0  # how many mentions the prior is worth
LEAST_SCORE = 1.645  # standard errors above elsewhere; chance alone gives that once in twenty times
LOWER_CASE_FROM = 0.2  # the share of a form's writers from whom its capital is taken to be the start of a sentence


@dataclass(frozen=True, kw_only=True)
class PrintableWord:
    """A word to print, and how many people used it: exact, to be rounded by who prints it."""

    shown: str
    lemma: str
    people: int


class WordUse:
    """The words of one theme, read in one pass. What fewer than the lowest floor of people said is forgotten at once.

    Texts come with the number of the person who wrote them, 0 to n-1; one person may have several.
    """

    def __init__(self, texts: Iterable[tuple[int, str]], lemmas: Lemmas) -> None:
        everybody, pieces = _read(texts)
        self.everybody = bitset(everybody)
        self.people = len(everybody)
        self._spoken = _by_lemma(_by_form(pieces), lemmas, rare=self.people // ONE_IN) if self.people >= LOWEST_FLOORS.people else {}
        users = ((lemma, len(_people(*forms.values()))) for lemma, forms in self._spoken.items())
        self.counts: Mapping[str, int] = {lemma: count for lemma, count in users if count >= LOWEST_FLOORS.people}
        self._spoken = {lemma: self._spoken[lemma] for lemma in self.counts}

    def who(self, lemma: str) -> int:
        """The people who used the word, as a bitset."""
        return bitset(_people(*self._spoken[lemma].values()))

    def printed_form(self, lemma: str, floor: int) -> str:
        """The form that most people used; of equally used ones the first in the alphabet. Of forms that fewer than the floor used none is.

        A capital is kept only where no dictionary knows the word without, and hardly anybody writes it so: it began a sentence.
        """
        forms = self._spoken[lemma]
        lowered: defaultdict[str, list[list[Users]]] = defaultdict(list)
        for form, written in forms.items():
            lowered[form.lower()].append(written)
        used = {form: n for form, written in lowered.items() if (n := len(_people(*written))) >= floor}
        if not used:
            return lemma
        most = min(used, key=lambda form: (-used[form], form))
        spelled = {form: len(_people(forms[form])) for form in forms if form.lower() == most}
        if spelled.get(most, 0) >= LOWER_CASE_FROM * used[most] or (is_word(most) and not any(map(str.isupper, spelled))):
            return most
        return min(spelled, key=lambda form: (-spelled[form], form))


def _people(*written: list[Users]) -> set[int]:
    return set().union(*(users for pieces in written for users in pieces))


def _read(texts: Iterable[tuple[int, str]]) -> tuple[set[int], dict[str, Users]]:
    """Everybody who wrote, and who wrote which piece. Whole texts are only split at spaces: that keeps 100,000 of them under a second."""
    everybody: set[int] = set()
    pieces: defaultdict[str, Users] = defaultdict(lambda: array("L"))
    for person, text in texts:
        everybody.add(person)
        for piece in pieces_of(text):
            pieces[piece].append(person)
    return everybody, pieces


def _by_form(pieces: Mapping[str, Users]) -> dict[str, list[Users]]:
    """Who wrote which word: bare, with a comma, within quotation marks."""
    forms: defaultdict[str, list[Users]] = defaultdict(list)
    for piece, users in pieces.items():
        for form in words_in(piece):
            forms[form].append(users)
    return forms


def _by_lemma(forms: Mapping[str, list[Users]], lemmas: Lemmas, *, rare: int) -> dict[str, dict[str, list[Users]]]:
    """The forms of each dictionary word. A rare form stands for itself; at the form of one writer no guesses are made."""
    found: defaultdict[str, dict[str, list[Users]]] = defaultdict(dict)
    for form, written in forms.items():
        times = sum(len(users) for users in written)
        lemma = lemmas.of(form, guess=times > 1) if times > rare else form.lower()
        if lemma is not None:
            found[lemma][form] = written
    return found


def telling_words(
    theme: WordUse,
    *,
    prior: Mapping[str, int],
    floor: int,
    allowed: Callable[[str], bool],
    already: Sequence[int] = (),
) -> tuple[PrintableWord, ...]:
    """The words to print for one theme, the most telling first.

    `prior`: how many people used each word elsewhere, from `counts_kept`. The caller's duty: only themes that are printed may be handed
    in, here and as `theme`, for a suppressed theme must have no influence. Without a prior all words are equally expected, and those
    that most people use come first. `allowed` is asked about the dictionary word and about the form. `already`: bitsets of the people
    behind the numbers printed of this theme beside everybody who answered, as those with a wish.
    """
    floors = effective_floors(Floors(people=floor))
    printed = DisclosureControl(floors.people)
    if not all(printed.admit(people) for people in (theme.everybody, *already)):
        return ()
    ranked = _rank(_used_by_enough(theme, floors), prior, floors)
    return tuple(islice(_passing(theme, islice(ranked, MOST_TRIED), floors.people, allowed, printed), MOST_WORDS))


def counts_kept(said: WordUse, floor: int, *, allowed: Callable[[str], bool]) -> dict[str, int]:
    """How many people used each word: what is stored with a digest for the priors of later ones, and no more than meets the floor."""
    return {lemma: count for lemma, count in sorted(_used_by_enough(said, Floors(people=floor)).items()) if allowed(lemma)}


def _used_by_enough(theme: WordUse, floors: Floors) -> dict[str, int]:
    """The words that enough people use; not those that all but a few use."""
    return {lemma: count for lemma, count in theme.counts.items() if printable_part(count, theme.people, floors) is not None}


def _passing(
    theme: WordUse, ranked: Iterable[str], floor: int, allowed: Callable[[str], bool], printed: DisclosureControl
) -> Iterator[PrintableWord]:
    for lemma in ranked:
        shown = theme.printed_form(lemma, floor)
        if allowed(lemma) and allowed(shown) and printed.admit(theme.who(lemma)):
            yield PrintableWord(shown=shown, lemma=lemma, people=theme.counts[lemma])


def _rank(here: Mapping[str, int], prior: Mapping[str, int], floors: Floors) -> list[str]:
    """The words that more people use here than elsewhere, the most telling first; ties by people, then by the alphabet."""
    if not prior:
        return sorted(here, key=lambda lemma: (-here[lemma], lemma))
    unseen = (floors.people - 1) / 2  # a word that is not among the kept counts was used by 0 to floor-1 people
    there = {lemma: prior.get(lemma, unseen) for lemma in here.keys() | prior.keys()}
    if len(there) == 1:
        return []  # the only word that anybody says, here and elsewhere, tells nothing
    all_here, all_there = sum(here.values()), sum(there.values())
    scores = {lemma: _score(count, all_here, there[lemma], all_there) for lemma, count in here.items()}
    telling_ones = (lemma for lemma in here if scores[lemma] >= LEAST_SCORE)
    return sorted(telling_ones, key=lambda lemma: (-scores[lemma], -here[lemma], lemma))


def _score(here: int, all_here: int, there: float, all_there: float) -> float:
    """The difference of the word's log-odds here and there, in standard errors (equations 16, 20 and 22 of Monroe et al.).

    Each count is increased by what the prior expects: the word's share of all mentions, at the prior's weight.
    """
    expected = PRIOR_WEIGHT * (here + there) / (all_here + all_there)
    a, b = here + expected, there + expected
    odds_here = a / (all_here + PRIOR_WEIGHT - a)
    odds_there = b / (all_there + PRIOR_WEIGHT - b)
    return (log(odds_here) - log(odds_there)) / sqrt(1 / a + 1 / b)
