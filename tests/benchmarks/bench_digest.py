"""Measures the time and memory that a week's digest takes, with its words and quotes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.figures import figure

if TYPE_CHECKING:
    from pathlib import Path

SECONDS, MEGABYTES = 5.0, 300


def digesting(root: Path, replies: int, *url: str) -> Any:
    command = [sys.executable, "-m", "tests.benchmarks.digest_process", str(replies), *url]
    return json.loads(subprocess.run(command, cwd=root, text=True, capture_output=True, check=True).stdout)


@pytest.mark.timeout(600)
def test_a_digest_with_words_and_quotes_over_100_000_replies(root: Path):
    got = digesting(root, 100_000)
    cpu, wall = (sum(each) for each in zip(got["first"], got["quotes first"], strict=True))
    bare = got["bare"][0]
    figure("a digest with words and quotes over 100,000 replies", f"{wall:.1f} s, {cpu:.1f} s CPU", "under 5 s", met=wall < SECONDS)
    figure("  opening 100,000 sealed replies alone", f"{bare:.1f} s CPU: {cpu / bare:.1f} times", "(baseline)", met=True)
    figure("  its memory, the whole process", f"{got['peak']:.0f} MB", f"under {MEGABYTES} MB", met=got["peak"] < MEGABYTES)


def test_a_digest_with_words_and_quotes_over_1_000_replies(root: Path):
    got = digesting(root, 1000)
    wall = 1000 * (got["again"][1] + got["quotes again"][1])
    figure("a digest with words and quotes over 1,000 replies, after the first", f"{wall:.0f} ms", "under 300 ms", met=wall < 300)
