"""Which words do more people use in this theme than elsewhere?

Up to four words a theme, each with the number of people who used it. Each person counts once per dictionary word, however often and in
however many forms they wrote it. Words are ranked by their weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and
Quinn 2008, "Fightin' Words", Political Analysis 16:372-403), this theme against the themes printed before. Nothing here knows in which
order people answered.

A word is passed over when fewer than the floor use it, when the roster or the filter does not allow it, or when the numbers printed so
far would, with this one, isolate somebody (`bot/confidentiality/disclosure.py`). A word of nearly all is told with the cap of its theme's
number, and all such words count alike: their order tells no more than the cap does.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from math import log, sqrt
from typing import TYPE_CHECKING, TypeAlias

from bot.confidentiality.disclosure import DisclosureControl, bitset
from bot.confidentiality.floors import LOWEST_FLOORS, Printed, effective_floors, printable_part
from bot.language.dictionary import is_word
from bot.language.lemmas import pieces_of, words_in
from bot.programme import Floors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bot.language.lemmas import Lemmas

Users: TypeAlias = "array[int]"  # the numbers of those who wrote a piece, once per text

WORDS_PER_THEME = 4
WORDS_TRIED = 40  # further down the list no word tells anything about the theme
RARE_IS_ONE_IN = 10_000  # a form that no more than one person in so many writes is not looked up: it cannot change a printed number visibly
PRIOR_WEIGHT = 20.0  # how many mentions the prior is worth
LEAST_SCORE = 1.645  # standard errors above elsewhere; chance alone gives that once in twenty times
LOWER_CASE_FROM = 0.2  # the share of a form's writers from whom its capital is taken to be the start of a sentence


@dataclass(frozen=True, kw_only=True)
class PrintableWord:
    """A word to print, and how many people used it, as it is printed."""

    shown: str
    lemma: str
    people: Printed


class WordUse:
    """The words of one theme, read in one pass. What fewer than the lowest floor of people said is forgotten at once.

    Texts come with the number of the person who wrote them, 0 to n-1; one person may have several.
    """

    def __init__(self, texts: Iterable[tuple[int, str]], lemmas: Lemmas) -> None:
        everybody, pieces = _read_pieces(texts)
        self.everybody = bitset(everybody)
        self.people = len(everybody)
        self._forms_by_lemma = (
            _by_lemma(_by_form(pieces), lemmas, rare=self.people // RARE_IS_ONE_IN) if self.people >= LOWEST_FLOORS.people else {}
        )
        counts = ((lemma, len(_writers(*forms.values()))) for lemma, forms in self._forms_by_lemma.items())
        self.counts: Mapping[str, int] = {lemma: count for lemma, count in counts if count >= LOWEST_FLOORS.people}
        self._forms_by_lemma = {lemma: self._forms_by_lemma[lemma] for lemma in self.counts}

    def users_of(self, lemma: str) -> int:
        """The people who used the word, as a bitset."""
        return bitset(_writers(*self._forms_by_lemma[lemma].values()))

    def form_to_print(self, lemma: str, floor: int) -> str:
        """The form that most people used; of equally used ones the first in the alphabet. Of forms that fewer than the floor used none is.

        A capital is kept only where no dictionary knows the word without, and hardly anybody writes it so: it began a sentence.
        """
        forms = self._forms_by_lemma[lemma]
        by_lower_case: defaultdict[str, list[list[Users]]] = defaultdict(list)
        for form, user_lists in forms.items():
            by_lower_case[form.lower()].append(user_lists)
        count_by_form = {form: n for form, user_lists in by_lower_case.items() if (n := len(_writers(*user_lists))) >= floor}
        if not count_by_form:
            return lemma
        most = min(count_by_form, key=lambda form: (-count_by_form[form], form))
        count_by_spelling = {form: len(_writers(forms[form])) for form in forms if form.lower() == most}
        if count_by_spelling.get(most, 0) >= LOWER_CASE_FROM * count_by_form[most] or (
            is_word(most) and not any(map(str.isupper, count_by_spelling))
        ):
            return most
        return min(count_by_spelling, key=lambda form: (-count_by_spelling[form], form))


def _writers(*user_lists: list[Users]) -> set[int]:
    return set().union(*(users for pieces in user_lists for users in pieces))


def _read_pieces(texts: Iterable[tuple[int, str]]) -> tuple[set[int], dict[str, Users]]:
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
    forms_by_lemma: defaultdict[str, dict[str, list[Users]]] = defaultdict(dict)
    for form, user_lists in forms.items():
        times = sum(len(users) for users in user_lists)
        lemma = lemmas.of(form, guess=times > 1) if times > rare else form.lower()
        if lemma is not None:
            forms_by_lemma[lemma][form] = user_lists
    return forms_by_lemma


def telling_words(  # noqa: PLR0913 - all that decides over a word
    theme: WordUse,
    *,
    people: Printed,
    prior: Mapping[str, int],
    floor: int,
    allowed: Callable[[str], bool],
    already: Sequence[int] = (),
) -> tuple[PrintableWord, ...]:
    """The words to print for one theme, the most telling first.

    `people`: everybody who answered, as it is printed. `prior`: how many people used each word elsewhere, from `counts_to_keep`. The
    caller's duty: only themes that are printed may be handed in, here and as `theme`, for a suppressed theme must have no influence.
    Without a prior all words are equally expected, and those that most people use come first. `allowed` is asked about the dictionary word
    and about the form. `already`: bitsets of the people behind the other numbers of this theme that are printed under their cap, as those
    with a wish.
    """
    floors = effective_floors(Floors(people=floor))
    printed = DisclosureControl(floors.people, listed=theme.everybody if people.or_more else None)
    if not all(printed.admit(known) for known in (*([] if people.or_more else [theme.everybody]), *already)):
        return ()
    counts = _printable_counts(theme, people, floors)
    ranked = islice(_rank(_counts_as_known(theme, counts), prior, floors), WORDS_TRIED)
    return tuple(islice(_admissible_words(theme, ranked, counts, floors.people, allowed, printed), WORDS_PER_THEME))


def counts_to_keep(theme: WordUse, people: Printed, floor: int, *, allowed: Callable[[str], bool]) -> dict[str, int]:
    """How many people used each word: what is stored with a digest for the priors of later ones, and no more than may be printed."""
    counts = _counts_as_known(theme, _printable_counts(theme, people, Floors(people=floor)))
    return {lemma: count for lemma, count in sorted(counts.items()) if allowed(lemma)}


def _printable_counts(theme: WordUse, people: Printed, floors: Floors) -> dict[str, Printed]:
    """The words that enough people use, and how many do, as it is printed."""
    counts = ((lemma, printable_part(count, theme.people, people, floors)) for lemma, count in theme.counts.items())
    return {lemma: count for lemma, count in counts if count is not None}


def _counts_as_known(theme: WordUse, counts: Mapping[str, Printed]) -> dict[str, int]:
    """How many use each word: exactly, but for those that are printed as the cap."""
    return {lemma: count.number if count.or_more else theme.counts[lemma] for lemma, count in counts.items()}


def _admissible_words(  # noqa: PLR0913, PLR0917 - all that decides over a word
    theme: WordUse,
    ranked: Iterable[str],
    counts: Mapping[str, Printed],
    floor: int,
    allowed: Callable[[str], bool],
    printed: DisclosureControl,
) -> Iterator[PrintableWord]:
    """A cap is no number that anybody could add or subtract: only what is printed under it is held against the other numbers."""
    for lemma in ranked:
        form, people = theme.form_to_print(lemma, floor), counts[lemma]
        if allowed(lemma) and allowed(form) and (people.or_more or printed.admit(theme.users_of(lemma))):
            yield PrintableWord(shown=form, lemma=lemma, people=people)


def _rank(counts: Mapping[str, int], prior: Mapping[str, int], floors: Floors) -> list[str]:
    """The words that more people use here than elsewhere, the most telling first; ties by people, then by the alphabet."""
    if not prior:
        return sorted(counts, key=lambda lemma: (-counts[lemma], lemma))
    unseen = (floors.people - 1) / 2  # a word that is not among the kept counts was used by 0 to floor-1 people
    elsewhere = {lemma: prior.get(lemma, unseen) for lemma in counts.keys() | prior.keys()}
    if len(elsewhere) == 1:
        return []  # the only word that anybody says, here and elsewhere, tells nothing
    total, total_elsewhere = sum(counts.values()), sum(elsewhere.values())
    scores = {lemma: _score(count, total, elsewhere[lemma], total_elsewhere) for lemma, count in counts.items()}
    telling_lemmas = (lemma for lemma in counts if scores[lemma] >= LEAST_SCORE)
    return sorted(telling_lemmas, key=lambda lemma: (-scores[lemma], -counts[lemma], lemma))


def _score(count: int, total: int, count_elsewhere: float, total_elsewhere: float) -> float:
    """The difference of the word's log-odds here and there, in standard errors (equations 16, 20 and 22 of Monroe et al.).

    Each count is increased by what the prior expects: the word's share of all mentions, at the prior's weight.
    """
    expected = PRIOR_WEIGHT * (count + count_elsewhere) / (total + total_elsewhere)
    a, b = count + expected, count_elsewhere + expected
    odds_here = a / (total + PRIOR_WEIGHT - a)
    odds_elsewhere = b / (total_elsewhere + PRIOR_WEIGHT - b)
    return (log(odds_here) - log(odds_elsewhere)) / sqrt(1 / a + 1 / b)
