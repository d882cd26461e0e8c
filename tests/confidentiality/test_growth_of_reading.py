"""A text that is twice as long takes the filter twice as many steps, whatever is repeated in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from bot.confidentiality.personal_data import Filter

if TYPE_CHECKING:
    from types import FrameType

NOBODY = Filter(is_on_roster=lambda _word: False, extra=frozenset())
LENGTH = 1500
PIECES = [
    "@",
    "@a ",
    "a.",
    "Ab ",
    "Bb\n",
    "( My ",
    "1-",
    "h a ",
    "h4nne ",
    "a😀",
    "en to tre ",
    "tre",
    "bo sagde ",
    "K.H. ",
    "insta: zxq ",
    "Xyz. ",
    "han*ne ",
    "madsmadsmads ",
    "\U000e0041",
    "elmevej 7 ",
]


def steps(text: str) -> int:
    """How many calls of functions a reading takes, ours and Python's."""
    count = 0

    def step(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        NOBODY.read(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_twice_the_steps(piece: str):
    short, long = (piece * LENGTH)[:LENGTH], (piece * LENGTH)[: 2 * LENGTH]
    NOBODY.read(long)  # loads lists and dictionaries
    assert steps(long) <= 2.3 * steps(short)
