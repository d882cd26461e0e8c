"""Gives every sample of the corpus to the command `check`, as an organiser would. `make corpus` plays it."""

from __future__ import annotations

import re
import time
from itertools import islice
from typing import TYPE_CHECKING, Final

import pytest

from tests.corpus.expected import SAMPLES, expected, name_in_table
from tests.corpus.test_corpus import CURE
from tests.support.command_line import run_command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.corpus.samples import Sample

PARTS: Final = 24
LONGEST: Final = 1.0  # seconds of work for one file
FAULT: Final = re.compile(r".*?:\d+:\d+: (?P<said>.+)")
pytestmark = pytest.mark.timeout(1800)


def complaints(sample: Sample, folder: Path) -> Iterator[str]:
    """What is wrong with how `check` speaks of a sample."""
    began = time.process_time()
    sample.told(folder / "sample")
    if (took := time.process_time() - began) > LONGEST:
        yield f"{sample.name}: takes {took:.1f} seconds"
    file = sample.write(folder / "sample")
    if sample.whole_folder:
        done = run_command(folder, "check", "--language", "da", SCHEDULES_DIR=str(folder / "sample"))
    else:
        done = run_command(folder, "check", str(file), "--language", "da")
    is_good = expected()[name_in_table(sample)].startswith("good")
    if done.returncode != (0 if is_good else 1) or "Traceback" in done.stdout + done.stderr:
        yield f"{sample.name}: ends with {done.returncode}: {done.stderr[-300:]}"
    told = [match["said"] for match in map(FAULT.match, done.stdout.splitlines()) if match]
    if not is_good and not told:
        yield f"{sample.name}: no fault has its place: {done.stdout[:300]}"
    yield from (f"{sample.name}: no cure in: {said}" for said in told if not is_good and not CURE.search(said))


@pytest.mark.parametrize("part", range(PARTS))
def test_check_tells_the_place_and_the_cure_in_danish_of_every_sample(part: int, tmp_path: Path) -> None:
    assert [complaint for sample in islice(SAMPLES, part, None, PARTS) for complaint in complaints(sample, tmp_path)] == []
