"""Replies read for their words in a process of its own, so that its memory can be measured.

Started with the number of replies. Prints one line of JSON: CPU seconds for a bare count of the same texts, for the words of the theme with
the dictionaries to be loaded, for the same again, and for choosing among the first 1,000 texts; and peak MB before and after.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bot.confidentiality.floors import Printed, round_to_five
from bot.dialogue.digests.keywords import WordUse, counts_to_keep, telling_words
from bot.language.lemmas import Lemmas
from bot.language.similarity import select_texts
from tests.support.many_texts import many_texts

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    texts, others = (list(many_texts(int(sys.argv[1]), seed)) for seed in (1, 2))
    lemmas = Lemmas()
    before = peak()
    figures = {"bare": took(lambda: bare(texts)), "first": took(lambda: words(texts, lemmas)), "again": took(lambda: words(others, lemmas))}
    figures |= {"choosing": took(lambda: chosen(texts[:1000], lemmas)), "before": before, "peak": peak()}
    print(json.dumps(figures))


def bare(texts: list[str]) -> None:
    count: Counter[str] = Counter()
    for text in texts:
        count.update(text.split())


def words(texts: list[str], lemmas: Lemmas) -> None:
    """What a digest does with a theme: its words, against a prior that makes about half of them telling, and the counts that are kept."""
    theme, people = WordUse(enumerate(texts), lemmas), Printed(round_to_five(len(texts)))
    prior = {lemma: count * (1 + len(lemma) % 5) for lemma, count in theme.counts.items()}
    wishes = int("01" * (len(texts) // 2), 2)
    told = telling_words(theme, people=people, prior=prior, floor=5, allowed=str.isalpha, already=[wishes])
    assert len(told) == 4
    assert counts_to_keep(theme, people, 5, allowed=str.isalpha)


def chosen(texts: list[str], lemmas: Lemmas) -> None:
    assert select_texts(texts, keys=[f"{place * 7919 % 1000:03}" for place in range(len(texts))], lemmas=lemmas)


def took(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def peak() -> float:
    """The most memory this process has had (Linux; other than ru_maxrss it does not count the parent's)."""
    (line,) = (line for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
