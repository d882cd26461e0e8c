"""Selects two quotes that speak for many, and the voice that differs most.

Texts are compared by the dictionary words they share; a word weighs more if fewer texts hold it (TF-IDF, cosine). *En anden stemme* is the
text least like the others. From the rest, two quotes are chosen by maximal marginal relevance (Carbonell and Goldstein 1998): the text most
like all others, then the one that is most like them and least like the first. The caller decides before which texts may be quoted.

If the caller prefers some texts and none of them was selected, the second quote is chosen among them. All steps go in the order of the
keys, so the order in which the texts arrived has no influence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING, TypeAlias

from bot.language.lemmas import words_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.language.lemmas import Lemmas

WordWeights: TypeAlias = "dict[str, float]"

FEWEST_TEXTS = 3  # two quotes and another voice
RELEVANCE = 0.7  # the weight of being like all texts, for the second quote; the rest counts against being like the first quote
DECIMALS = 9  # numbers that differ only in further decimals are a tie, which the keys decide


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The selected texts, by their places in the sequence. The first quote is the text most like all others."""

    quotes: tuple[int, int]
    other_voice: int


def select_texts(texts: Sequence[str], *, keys: Sequence[str], lemmas: Lemmas, preferred: Collection[int] = ()) -> Selection | None:
    """Select among texts that may be quoted, one a person; None if they are too few.

    `keys`: a different keyed hash of each text; `preferred`: the places of those of which one is to be selected.
    """
    if len(texts) < FEWEST_TEXTS:
        return None
    order = sorted(range(len(texts)), key=keys.__getitem__)
    vectors = _vectors([texts[place] for place in order], lemmas)
    likeness = _likeness(vectors)
    places = range(len(order))
    other_voice = min(places, key=lambda place: (not vectors[place], likeness[place]))  # only at need a text without a telling word
    rest = [place for place in places if place != other_voice]
    first = max(rest, key=likeness.__getitem__)
    rest.remove(first)

    def marginal_relevance(place: int) -> float:
        like_the_first = _cosine(vectors[place], vectors[first])
        return round(RELEVANCE * likeness[place] - (1 - RELEVANCE) * like_the_first, DECIMALS)

    wanted = [place for place in rest if order[place] in preferred]
    if order[first] in preferred or order[other_voice] in preferred or not wanted:
        wanted = rest
    second = max(wanted, key=marginal_relevance)
    return Selection(quotes=(order[first], order[second]), other_voice=order[other_voice])


def _vectors(texts: Sequence[str], lemmas: Lemmas) -> list[WordWeights]:
    """The vector of each text: the weights of its words, with length one. It is empty if the text holds no telling word."""
    forms_of_texts = [words_in(text) for text in texts]
    times = Counter(form for forms in forms_of_texts for form in forms)
    lemma_of = {form: lemmas.of(form, guess=times[form] > 1) for form in times}
    counts = [Counter(lemma for form in forms if (lemma := lemma_of[form])) for forms in forms_of_texts]
    texts_holding = Counter(lemma for count in counts for lemma in count)
    return [_weigh(count, texts_holding, len(texts)) for count in counts]


def _weigh(count: Mapping[str, int], texts_holding: Mapping[str, int], texts: int) -> WordWeights:
    weights = {lemma: times * (1 + log((1 + texts) / (1 + texts_holding[lemma]))) for lemma, times in count.items()}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {lemma: weight / length for lemma, weight in weights.items()}


def _cosine(vector: WordWeights, other: Mapping[str, float]) -> float:
    return sum(weight * other[lemma] for lemma, weight in vector.items() if lemma in other)


def _likeness(vectors: Sequence[WordWeights]) -> list[float]:
    """The average likeness of each text to all texts. Likeness to itself adds the same to each; no pairs need to be compared."""
    together: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for lemma, weight in vector.items():
            together[lemma] += weight
    return [round(_cosine(vector, together) / len(vectors), DECIMALS) for vector in vectors]
