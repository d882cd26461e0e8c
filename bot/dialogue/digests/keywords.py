"""Selects up to four words of a theme that more people use there than elsewhere, with their number of users.

Each person counts once per dictionary word, however often and in however many forms they wrote it. Words are ranked by their weighted
log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words", Political Analysis 16:372-403), this theme
against the themes printed before. Nothing here knows in which order people answered.

A word is passed over if fewer people than the floor use it, if the roster or the filter does not allow it, or if its number together with
those printed so far would isolate somebody (`bot/confidentiality/disclosure.py`). A word of nearly all is printed with the cap of its
theme's number. All such words count alike, so that their order tells no more than the cap does.

Of those who marked a wish up to three words are selected alike, after the theme's own words, which stay as they are and do not stand among
them again. A word that stood in both places, or was missing in one, would tell of those who used it without a wish, or wished without it:
whoever takes the numbers for exact could work out one to four of them. For the same reason only words with the cap are told of the wishes
where the number of people is a cap itself.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING, TypeAlias

from bot.confidentiality.disclosure import DisclosureControl, bitset
from bot.confidentiality.floors import LOWEST_FLOORS, Printed, effective_floors, printable_part
from bot.language.dictionary import is_word
from bot.language.lemmas import pieces_of, words_in
from bot.programme import Floors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from bot.language.lemmas import Lemmas

Users: TypeAlias = "array[int]"  # the numbers of the people who wrote a piece, once per text

WORDS_PER_THEME = 4
WORDS_OF_WISHES = 3
WORDS_TRIED = 40  # further down the list no word tells anything about the theme
RARE_IS_ONE_IN = 10_000  # a rarer form is not looked up: it cannot change a printed number visibly
PRIOR_WEIGHT = 20.0  # the prior counts as this many mentions
LEAST_SCORE = 1.645  # standard errors above elsewhere; chance alone reaches it one time in twenty
LOWER_CASE_FROM = 0.2  # if this share of a form's writers uses lower case, the others' capital began a sentence


@dataclass(frozen=True, kw_only=True)
class PrintableWord:
    """A word to print, with the printed number of people who used it."""

    shown: str
    lemma: str
    people: Printed


class WordUse:
    """The words of one theme and their users; words under the lowest floor are forgotten at once.

    Texts come with the number of the person who wrote them, 0 to n-1; a person may have several texts.
    """

    def __init__(self, texts: Iterable[tuple[int, str]], lemmas: Lemmas) -> None:
        everybody: set[int] = set()
        pieces: defaultdict[str, Users] = defaultdict(lambda: array("L"))
        for person, text in texts:  # texts are only split at spaces here: that keeps 100,000 of them under a second
            everybody.add(person)
            for piece in pieces_of(text):
                pieces[piece].append(person)
        self.everybody = bitset(everybody)
        self.people = len(everybody)
        rare = self.people // RARE_IS_ONE_IN
        self._forms_by_lemma = _forms_by_lemma(pieces, lemmas, rare=rare) if self.people >= LOWEST_FLOORS.people else {}
        counts = ((lemma, len(_writers(*forms.values()))) for lemma, forms in self._forms_by_lemma.items())
        self.counts: Mapping[str, int] = {lemma: count for lemma, count in counts if count >= LOWEST_FLOORS.people}
        self._forms_by_lemma = {lemma: self._forms_by_lemma[lemma] for lemma in self.counts}

    def users_of(self, lemma: str) -> int:
        """The people who used the word, as a bitset."""
        return bitset(_writers(*self._forms_by_lemma[lemma].values()))

    def counts_among(self, people: AbstractSet[int]) -> dict[str, int]:
        """How many of these people used each word."""
        return {lemma: len(_writers(*forms.values()) & people) for lemma, forms in self._forms_by_lemma.items()}

    def form_to_print(self, lemma: str, floor: int) -> str:
        """The form that most people used, or the lemma if no form reaches the floor.

        Of equally used forms it is the first in the alphabet. A capital is kept only if no dictionary knows the word without it and
        hardly anybody writes it without; else the capital began a sentence.
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


def _forms_by_lemma(pieces: Mapping[str, Users], lemmas: Lemmas, *, rare: int) -> dict[str, dict[str, list[Users]]]:
    """The forms of each dictionary word, and who wrote each form: bare, with a comma, within quotation marks.

    A form that is written no more than `rare` times is its own lemma; of a form that is written once the lemma is never guessed.
    """
    forms: defaultdict[str, list[Users]] = defaultdict(list)
    for piece, users in pieces.items():
        for form in words_in(piece):
            forms[form].append(users)
    forms_by_lemma: defaultdict[str, dict[str, list[Users]]] = defaultdict(dict)
    for form, user_lists in forms.items():
        times = sum(len(users) for users in user_lists)
        lemma = lemmas.of(form, guess=times > 1) if times > rare else form.lower()
        if lemma is not None:
            forms_by_lemma[lemma][form] = user_lists
    return forms_by_lemma


def telling_words(  # noqa: PLR0913 - everything that decides which words are printed
    theme: WordUse,
    *,
    people: Printed,
    prior: Mapping[str, int],
    floor: int,
    allowed: Callable[[str], bool],
    already: Sequence[int] = (),
) -> tuple[PrintableWord, ...]:
    """The words to print for one theme, the most telling first.

    `people`: the printed number of people who answered. `prior`: how many people used each word elsewhere, from `counts_to_keep`; without
    it, the words that most people use come first. `allowed` is asked about the dictionary word and about the form. `already`: bitsets of
    the people behind other numbers of this theme that are printed under their cap, such as those with a wish.
    The caller must hand in printed themes only, as `theme` and in `prior`: a suppressed theme must have no influence.
    """
    floors = effective_floors(Floors(people=floor))
    printed = _control(theme, people, floors, already)
    if printed is None:
        return ()
    counts = _printable_counts(theme, people, floors)
    ranked = _rank(_counts_as_known(counts, theme.counts), prior, floors)
    return _select(theme, ranked, counts, WORDS_PER_THEME, floors, allowed, lambda lemma: printed.admit(theme.users_of(lemma)))


def words_of_wishes(  # noqa: PLR0913 - everything that decides which words are printed
    theme: WordUse,
    wishing: AbstractSet[int],
    *,
    people: Printed,
    wishes: Printed,
    told: Sequence[PrintableWord],
    prior: Mapping[str, int],
    floor: int,
    allowed: Callable[[str], bool],
    mixed: AbstractSet[int] = frozenset(),
) -> tuple[PrintableWord, ...]:
    """The words to print of those who marked a wish, the most telling first.

    `wishing`: the numbers of those people; `wishes`: how many they are, as it is printed; `told`: the theme's own words, from
    `telling_words`. `mixed`: who has a text without the mark as well. Their words are not counted: they may be those of that text.
    """
    floors = effective_floors(Floors(people=floor))
    users_told = [theme.users_of(word.lemma) for word in told if not word.people.or_more]
    printed = _control(theme, people, floors, [*([] if wishes.or_more else [bitset(wishing)]), *users_told])
    if printed is None:
        return ()
    own, counted = {word.lemma for word in told}, wishing - mixed
    exact, everybody_counted = theme.counts_among(counted), bitset(counted)
    of_all = _printable_counts(theme, people, floors)
    parts = {lemma: printable_part(exact[lemma], len(wishing), wishes, floors) for lemma in of_all if lemma not in own}
    counts = {lemma: part for lemma, part in parts.items() if part is not None and (part.or_more or not people.or_more)}
    ranked = _rank(_counts_as_known(counts, exact), prior, floors)

    def admits_users(lemma: str) -> bool:
        """Whether the number of all its users may be printed. A word that stood here although it may not would tell so."""
        return of_all[lemma].or_more or printed.admit(theme.users_of(lemma))

    return _select(
        theme,
        ranked,
        counts,
        WORDS_OF_WISHES,
        floors,
        allowed,
        lambda lemma: printed.admit(theme.users_of(lemma) & everybody_counted),
        admits_users,
    )


def _select(  # noqa: PLR0913, PLR0917 - everything that decides which of the ranked words are printed
    theme: WordUse,
    ranked: Sequence[str],
    counts: Mapping[str, Printed],
    most: int,
    floors: Floors,
    allowed: Callable[[str], bool],
    admits: Callable[[str], bool],
    also: Callable[[str], bool] = lambda _: True,
) -> tuple[PrintableWord, ...]:
    """The first of the ranked words that are allowed and whose numbers, held against those before, isolate nobody."""
    words: list[PrintableWord] = []
    for lemma in ranked[:WORDS_TRIED]:
        form, count = theme.form_to_print(lemma, floors.people), counts[lemma]
        # Nobody can add or subtract a cap: only numbers under it are held against the other numbers.
        if allowed(lemma) and allowed(form) and also(lemma) and (count.or_more or admits(lemma)):
            words.append(PrintableWord(shown=form, lemma=lemma, people=count))
            if len(words) == most:
                break
    return tuple(words)


def _control(theme: WordUse, people: Printed, floors: Floors, already: Iterable[int]) -> DisclosureControl | None:
    """The control that holds a theme's numbers which are printed already; None if those alone isolate somebody."""
    printed = DisclosureControl(floors.people, listed=theme.everybody if people.or_more else None)
    known = [*([] if people.or_more else [theme.everybody]), *already]
    return printed if all(map(printed.admit, known)) else None


def counts_to_keep(theme: WordUse, people: Printed, floor: int, *, allowed: Callable[[str], bool]) -> dict[str, int]:
    """The counts to store as the prior of later digests: only those that may be printed."""
    counts = _counts_as_known(_printable_counts(theme, people, Floors(people=floor)), theme.counts)
    return {lemma: count for lemma, count in sorted(counts.items()) if allowed(lemma)}


def _printable_counts(theme: WordUse, people: Printed, floors: Floors) -> dict[str, Printed]:
    """The words that enough people use, with their printed numbers."""
    counts = ((lemma, printable_part(count, theme.people, people, floors)) for lemma, count in theme.counts.items())
    return {lemma: count for lemma, count in counts if count is not None}


def _counts_as_known(counts: Mapping[str, Printed], exact: Mapping[str, int]) -> dict[str, int]:
    """The number of users of each word: exact, or the cap where the cap is printed."""
    return {lemma: count.number if count.or_more else exact[lemma] for lemma, count in counts.items()}


def _rank(counts: Mapping[str, int], prior: Mapping[str, int], floors: Floors) -> list[str]:
    """The words that more people use here than elsewhere, most telling first; ties by people, then by the alphabet."""
    if not prior:
        return sorted(counts, key=lambda lemma: (-counts[lemma], lemma))
    unseen = (floors.people - 1) / 2  # a word that is not among the kept counts was used by 0 to floor-1 people
    elsewhere = {lemma: prior.get(lemma, unseen) for lemma in counts.keys() | prior.keys()}
    if len(elsewhere) == 1:
        return []  # a word that is the only one, here and elsewhere, tells nothing
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
