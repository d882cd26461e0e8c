"""What is expected of each sample, as `expected.txt` tells it.

A line has the sample's name, and what is wrong: file, line, kind. `python -m tests.corpus.expected` writes it anew; read the difference.
"""

from __future__ import annotations

import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.corpus import of_files, of_structure, of_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.errors import Fault
    from bot.sentence import Sentence
    from tests.corpus.samples import Sample

TABLE: Final = Path(__file__).with_name("expected.txt")
MOST_TOLD: Final = 3  # faults of one sample; where there are more, they are of one kind
SAMPLES: Final = (*of_structure.SAMPLES, *of_values.SAMPLES, *of_files.SAMPLES)


def name_in_table(sample: Sample) -> str:
    """A sample's name in one line, with every odd sign spelled out."""
    return ascii(sample.name)[1:-1]


def outcome(faults: Iterable[Fault], remarks: Iterable[Sentence]) -> str:
    """What is wrong with a sample: the first faults by file, line and kind; `good`, and the remarks, if nothing is."""
    told = [f"{Path(fault.file).name[:40]}:{fault.line} {fault.said.key.removeprefix('fault.')}" for fault in faults]
    told = told or ["good", *(remark.key for remark in remarks)]
    more = [f"and {len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
    return ascii(", ".join(told[:MOST_TOLD] + more))[1:-1]


@cache
def expected() -> dict[str, str]:
    """What is expected of each sample, by its name."""
    return dict(line.split(" → ") for line in TABLE.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"{name_in_table(sample)} → {outcome(*sample.told(Path(folder) / 'sample'))}\n" for sample in SAMPLES]
    TABLE.write_text("".join(lines), encoding="utf-8")
    sys.stderr.write(f"{len(lines)} samples\n")
