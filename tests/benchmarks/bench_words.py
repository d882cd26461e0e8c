"""Measures the time and memory it takes to find a theme's words and quotes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.support.figures import figure

if TYPE_CHECKING:
    from pathlib import Path


def reading(root: Path, replies: int) -> Any:
    command = [sys.executable, "-m", "tests.benchmarks.words_process", str(replies)]
    return json.loads(subprocess.run(command, cwd=root, text=True, capture_output=True, check=True).stdout)


def test_the_words_of_100_000_replies_against_a_bare_count(root: Path):
    got = reading(root, 100_000)
    first, bare, more = got["first"], got["bare"], got["peak"] - got["before"]
    figure("the words of 100,000 replies, dictionaries loaded on the way (CPU)", f"{first:.2f} s", "under 1.8 s", met=first < 1.8)
    figure("  the same to a bare Counter(text.split())", f"{bare:.2f} s: {first / bare:.1f} times", "(baseline)", met=True)
    figure("  memory beside the texts", f"{more:.0f} MB (peak {got['peak']:.0f} MB)", "under 100 MB", met=more < 100)


def test_the_words_and_quotes_of_1_000_replies(root: Path):
    got = reading(root, 1000)
    again, choosing, more = 1000 * got["again"], 1000 * got["choosing"], got["peak"] - got["before"]
    figure(
        "the words of 1,000 replies, after the first (CPU)",
        f"{again:.0f} ms (first {1000 * got['first']:.0f} ms)",
        "under 100 ms",
        met=again < 100,
    )
    figure("  quotes chosen among 1,000 texts (CPU)", f"{choosing:.0f} ms", "under 100 ms", met=choosing < 100)
    figure("  memory beside the texts, dictionaries included", f"{more:.0f} MB", "under 30 MB", met=more < 30)
