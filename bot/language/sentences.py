"""Splits a printed form into its sentences.

A full stop ends none after an abbreviation ("fx.", "kl. 8"), in a number that counts ("1. klasse"), or if the text goes on in lower case
behind a quote ("»Nej!« sagde hun"). Nothing is split within brackets, quotation marks, or text of another direction.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.language.unseen_signs import EMOJI

if TYPE_CHECKING:
    from collections.abc import Iterator

END: Final = re.compile(
    rf"(?<![.!?…])(?P<sign>[.!?…]++)(?P<closers>[)«»\"'\u2069]*+)(?: {EMOJI})*+ (?!{EMOJI})(?=[»(\"'\u2066-\u2068]*(?P<next>.))"
)
CLOSED: Final = re.compile("\\([^()]*\\)|»[^»«]*«|[\u2066-\u2068][^\u2066-\u2069]*\u2069")
LONGEST_ABBREVIATION: Final = 12
A_SENTENCE_GOES_ON: Final = """
f.eks fx bl.a bla kl nr ca evt hhv jf vedr ift mht pga inkl ekskl maks max min medarb tlf dvs d.v.s pr afd adr pkt s.u hr fr dr prof sr jr
skt eks etc.a tidl nuv ang iflg e.g i.e vs mr mrs ms approx incl dept
"""
A_SENTENCE_MAY_END: Final = (
    "osv o.s.v mv m.v mm m.m m.fl mfl o.l ol o.lign etc o.a dd d.d d.å vha mvh kr mio mia stk pct"  # before a capital
)
WITHIN, AT_THE_END = frozenset(A_SENTENCE_GOES_ON.split()), frozenset(A_SENTENCE_MAY_END.split())
LETTERS: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def sentences_of(printed: str) -> tuple[str, ...]:
    """The sentences of a printed form, in order; joined with blanks they are the whole."""
    places = [0, *_beginnings(printed), len(printed) + 1]
    parts = (printed[begin : end - 1] for begin, end in pairwise(places))
    return tuple(part for part in parts if part)


def _beginnings(text: str) -> Iterator[int]:
    """The places where a sentence begins after another."""
    begin, closed = 0, {place for found in CLOSED.finditer(text) for place in range(found.start(), found.end())}
    for end in END.finditer(text):
        if end.end() - 1 not in closed and _ends_sentence(end, text[begin : end.start()]):
            begin = end.end()
            yield begin


def _ends_sentence(end: re.Match[str], before: str) -> bool:
    """Whether a sentence ends with this sign; `before` is what stands before it in the sentence."""
    goes_on = end["next"].islower()
    if goes_on and end["closers"]:
        return False
    if end["sign"] == ".":
        return not _is_short_form(before, goes_on=goes_on)
    return end["sign"] != "…" or end["next"].isupper()


def _is_short_form(before: str, *, goes_on: bool) -> bool:
    """Whether the last word before a full stop is an abbreviation, a letter or a number that counts."""
    word = before[-LONGEST_ABBREVIATION:].rpartition(" ")[2].lstrip("»(\"'").casefold()
    if word.isdigit():
        return goes_on or word == before.casefold()
    return word in WITHIN or (goes_on and word in AT_THE_END) or (word not in AT_THE_END and LETTERS.fullmatch(word) is not None)
