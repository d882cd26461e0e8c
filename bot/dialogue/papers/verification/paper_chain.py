"""Follows the chain through several exports: each digest names the one before by its checksum.

So a digest that was dropped, altered or exchanged is seen without a database. Whether something comes after the last file nobody can see,
unless that is the season's report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bot.dialogue.papers.verification.paper_file import Paper
    from bot.sentence import Sentence


@dataclass(frozen=True, kw_only=True)
class ChainOfPapers:
    """What several exports of one programme tell together: faults, and what else is worth knowing."""

    faults: tuple[Sentence, ...]
    notes: tuple[Sentence, ...]


def chains(papers: Mapping[str, Paper], never_issued: Collection[tuple[str, int]] = ()) -> Iterator[ChainOfPapers]:
    """The chain of each programme of which there are several numbers, or one number twice.

    `papers`: by the names of their files; `never_issued`: what need not be there, by programme and number, as far as that is known.
    """
    by_programme: dict[str, dict[str, Paper]] = defaultdict(dict)
    for name, paper in papers.items():
        by_programme[paper.programme][name] = paper
    for programme, of_programme in by_programme.items():
        chain = _chain(of_programme, {number for name, number in never_issued if name == programme})
        if chain.faults or chain.notes:
            yield chain


def _chain(papers: Mapping[str, Paper], never_issued: Collection[int]) -> ChainOfPapers:
    by_number: dict[int, list[tuple[str, Paper]]] = defaultdict(list)
    for name, paper in papers.items():
        by_number[paper.number].append((name, paper))
    numbers = sorted(by_number)
    faults = [*_differing(by_number), *_missing(numbers, never_issued), *_broken_links(by_number)]
    return ChainOfPapers(faults=tuple(faults), notes=tuple(_notes(by_number, numbers)))


def _differing(by_number: Mapping[int, Sequence[tuple[str, Paper]]]) -> Iterator[Sentence]:
    """Numbers that two files claim with different contents."""
    for number, files in by_number.items():
        if len({paper.checksum for _, paper in files}) > 1:
            yield sentence("verify.chain.differing", n=number, files=tuple(name for name, _ in files))


def _missing(numbers: Sequence[int], never_issued: Collection[int]) -> Iterator[Sentence]:
    missing = sorted(set(range(numbers[0], numbers[-1])).difference(numbers, never_issued))
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
    for number, files in by_number.items():
        kinds = Counter((paper.format, paper.language, paper.revision) for _, paper in files)
        if max(kinds.values()) > 1:
            yield sentence("verify.chain.doubled", n=number, files=tuple(name for name, _ in files))
    if len(numbers) == 1:
        return
    if numbers[0] > 1:
        yield sentence("verify.chain.from", n=numbers[0])
    is_whole = any(paper.last for _, paper in by_number[numbers[-1]])
    yield sentence("verify.chain.ended" if is_whole else "verify.chain.to", n=numbers[-1])
