"""Measures what the personal-data filter finds, how often it holds ordinary reflections, and what it costs."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import time
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from bot.confidentiality.personal_data import Filter, words_of_name
from tests.support.figures import figure
from tests.support.labelled_texts import clean, halves, named, pointing, recalled, rough

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.labelled_texts import Named

NOBODY = Filter(is_on_roster=lambda _word: False, extra=frozenset())
HALVES = ("tuned on", "held out")
TRIES = 7
MEMORY = """
import os
from pathlib import Path
from bot.confidentiality.personal_data import Filter
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
before = resident()
Filter(is_on_roster=lambda word: False, extra=frozenset()).holds("Blorf er her")
print(resident() - before)
"""


def test_false_holds_on_ordinary_reflections():
    for name, texts in zip(HALVES, halves(clean()), strict=True):
        held = sum(bool(NOBODY.holds(text)) for text in texts)
        figure(
            f"ordinary reflections held, {name}",
            f"{held} of {len(texts)}, {held / len(texts):.1%}",
            "at most 5 %",
            met=held <= len(texts) / 20,
        )


def test_false_holds_on_rough_typing():
    texts = rough()
    held = sum(bool(NOBODY.holds(text)) for text in texts)
    figure(
        "the hardest: rough typing, capitals and mistakes, held",
        f"{held} of {len(texts)}, {held / len(texts):.0%}",
        "none was set",
        met=True,
    )


def test_recall_on_names_by_kind():
    for name, texts in zip(HALVES, halves(named()), strict=True):
        for kind, those in sorted(by_kind(texts).items()):
            held = sum(recalled(NOBODY, each) for each in those)
            share = held / len(those)
            figure(
                f"names held without a roster, {kind}, {name}",
                f"{held} of {len(those)}, {share:.0%}",
                "as high as can be",
                met=share > 0.85,
            )


def test_what_points_at_somebody_by_kind():
    for name, half in zip(HALVES, ("tuned", "held_out"), strict=True):
        kinds: dict[tuple[str, str], list[bool]] = defaultdict(list)
        for text in pointing(half):
            reading = NOBODY.read(text.text)
            kinds[text.kind, text.verdict].append(bool(reading.holds) or (text.verdict == "mark" and bool(reading.marks)))
        for (kind, verdict), found in sorted(kinds.items()):
            share, is_near_miss = sum(found) / len(found), verdict == "pass"
            figure(
                f"{'near misses of ' if is_near_miss else ''}{kind} {'marked' if verdict == 'mark' else 'held'}, {name}",
                f"{sum(found)} of {len(found)}, {share:.0%}",
                "as low as can be" if is_near_miss else "as high as can be",
                met=share <= 0.1 if is_near_miss else share >= 0.8,
            )


def by_kind(texts: list[Named]) -> dict[str, list[Named]]:
    kinds: dict[str, list[Named]] = defaultdict(list)
    for text in texts:
        kinds[text.kind].append(text)
    return kinds


def test_a_thousand_short_texts_with_a_keyed_roster():
    texts = short_texts(1000)
    roster = {digest(word) for each in named() for name in each.names for word in words_of_name(name)}
    by = Filter(is_on_roster=lambda word: digest(word) in roster, extra=frozenset({"blå stue", "myreprojekt"}))
    by.holds("Blorf er her")  # loads lists and dictionaries
    took, baseline = fastest(by.holds, texts), fastest(re.compile(r"\w+").findall, texts)
    what = "filter 1,000 texts of about 150 characters"
    figure(what, f"{took * 1000:.0f} ms, {took / baseline:.0f} times findall(\\w+)", "under 100 ms", met=took < 0.1)


@pytest.mark.parametrize("piece", ["@", "@a ", "Ab ", "1-", "h4nne ", "bo sagde ", "en to tre fire ", "a😀"])
def test_a_long_text_takes_twice_as_long_when_it_is_twice_as_long(piece: str):
    short, long = (piece * 3000)[:3000], (piece * 6000)[:6000]
    NOBODY.holds(long)
    took, longer = fastest(NOBODY.holds, [short]), fastest(NOBODY.holds, [long])
    what = f"filter 3,000 characters of {piece.strip()}"
    figure(
        what,
        f"{took * 1000:.1f} ms; 6,000: {longer / took:.1f} times that",
        "under 20 ms, at most 3 times",
        met=took < 0.02 and longer < 3 * took,
    )


def test_what_lists_and_dictionaries_take(root: Path):
    process = subprocess.run([sys.executable, "-c", MEMORY], cwd=root, capture_output=True, text=True, check=True)
    megabytes = float(process.stdout)
    figure("memory of lists and dictionaries", f"{megabytes:.0f} MB", "under 20 MB", met=megabytes < 20)


def short_texts(number: int) -> list[str]:
    """Three ordinary reflections each, cut at 150 characters."""
    lines = clean()
    return [" ".join(lines[(3 * one + part) % len(lines)] for part in range(3))[:150] for one in range(number)]


def digest(word: str) -> bytes:
    return hashlib.blake2b(word.encode(), key=b"benchmark").digest()


def fastest(read: Callable[[str], object], texts: list[str]) -> float:
    """Seconds of processor time, the best of several tries."""
    tries = []
    for _ in range(TRIES):
        begun = time.process_time()
        for text in texts:
            read(text)
        tries.append(time.process_time() - begun)
    return min(tries)
