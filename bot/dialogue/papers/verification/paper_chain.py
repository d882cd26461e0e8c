"""Follows the chain through several exports: each digest names the one before by its checksum.

So a digest that was dropped, altered or exchanged is seen without a database. Whether something comes after the last file nobody can see,
unless that is the season's report.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bot.dialogue.papers.verification.found import Found
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bot.dialogue.papers.verification.paper_file import Paper
    from bot.sentence import Sentence


def chains(papers: Mapping[str, Paper], without_paper: Collection[tuple[str, int]] = ()) -> Iterator[Found]:
    """What the exports of each programme tell together, if there are several.

    `papers`: by the names of their files; `without_paper`: what need not be there, by programme and number, as far as that is known.
    """
    by_programme: dict[str, dict[str, Paper]] = defaultdict(dict)
    for name, paper in papers.items():
        by_programme[paper.programme][name] = paper
    for programme, of_programme in by_programme.items():
        chain = _chain(of_programme, {number for name, number in without_paper if name == programme})
        if chain.faults or chain.notes:
            yield chain


def _chain(papers: Mapping[str, Paper], without_paper: Collection[int]) -> Found:
    by_number: dict[int, list[tuple[str, Paper]]] = defaultdict(list)
    for name, paper in papers.items():
        by_number[paper.number].append((name, paper))
    numbers = sorted(by_number)
    faults = [*_differing(by_number), *_missing(numbers, without_paper), *_broken_links(by_number)]
    return Found(faults=tuple(faults), notes=tuple(_notes(by_number, numbers)))


def _differing(by_number: Mapping[int, Sequence[tuple[str, Paper]]]) -> Iterator[Sentence]:
    """Numbers that two files claim with different contents."""
    for number, files in by_number.items():
        if len({paper.checksum for _, paper in files}) > 1:
            yield sentence("verify.chain.differing", n=number, files=tuple(name for name, _ in files))


def _missing(numbers: Sequence[int], without_paper: Collection[int]) -> Iterator[Sentence]:
    missing = sorted(set(range(numbers[0], numbers[-1])).difference(numbers, without_paper))
    if missing:
        yield sentence("verify.chain.missing", numbers=tuple(missing))


def _broken_links(by_number: Mapping[int, Sequence[tuple[str, Paper]]]) -> Iterator[Sentence]:
    """Digests that are not the one which the next names."""
    first_link = min((number for number, files in by_number.items() if any(paper.before for _, paper in files)), default=0)
    for number, files in by_number.items():
        sums = {paper.checksum for _, paper in by_number.get(number - 1, ())}
        for name, paper in files:
            if sums and (paper.before not in sums if paper.before else 0 < first_link < number):
                yield sentence("verify.chain.broken", n=number - 1, after=number, file=name)


def _notes(by_number: Mapping[int, Sequence[tuple[str, Paper]]], numbers: Sequence[int]) -> Iterator[Sentence]:
    if len(numbers) == 1:
        return
    if numbers[0] > 1:
        yield sentence("verify.chain.from", n=numbers[0])
    is_whole = any(paper.last for _, paper in by_number[numbers[-1]])
    yield sentence("verify.chain.ended" if is_whole else "verify.chain.to", n=numbers[-1])
