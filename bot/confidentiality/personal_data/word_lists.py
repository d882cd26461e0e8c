"""Reads the filter's lists of words and names, and looks words up in them.

The lists are beside this file, one word a line in lower case, written from general knowledge: no register of people was used. A name
whose lower-case form is an ordinary word of a reflection ("bo", "my", "storm") is also on the list of names that are words.
Names that are mostly used as words ("Tage", "Find", "Helt") are on no list: a capital letter inside a sentence holds them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

WORD_PART = re.compile(r"[^\W\d_]+")
LISTS = Path(__file__).parent / "lists"
NO_GENITIVES = frozenset(
    {"alias", "jeans", "kalas", "stans", "tris", "vos", "sies", "lykkes"}  # these only look like the genitive of a name
    | {f"jan-{month}" for month in ["feb", "mar", "marts", "apr", "april", "maj", "jun", "juni", "dec"]}  # and these like Jan
    | {f"{month}-jan" for month in ["okt", "nov", "dec", "december"]}
)


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset((LISTS / f"{name}.txt").read_text(encoding="utf-8").split())


@cache
def all_names() -> frozenset[str]:
    """All first names and surnames."""
    return word_list("first_names") | word_list("surnames")


@cache
def sure_names() -> frozenset[str]:
    """The names that can only be names, even in lower case."""
    return all_names() - word_list("names_that_are_words")


def is_name(folded: str) -> bool:
    """Whether a casefolded word can be a name."""
    return is_on_list(all_names(), folded)


def is_on_list(words: frozenset[str], folded: str) -> bool:
    """Whether a word is on a list: as it is, as a genitive, or with one of its parts."""
    if folded[-1] != "s" and folded.isalpha():
        return folded in words
    return folded not in NO_GENITIVES and not words.isdisjoint(readings_of(folded))


def readings_of(folded: str) -> tuple[str, ...]:
    """All forms of a word that may be on a list. They are the word with and without a genitive's ending, and its parts."""
    if folded.isalpha():
        return genitive_readings(folded)
    return genitive_readings(folded) + tuple(form for part in WORD_PART.findall(folded) for form in genitive_readings(part))


def genitive_readings(folded: str) -> tuple[str, ...]:
    """A word, and the word that it may be the genitive of: "hannes" and "hanne's" give "hanne", "lars'" gives "lars"."""
    bare = folded.rstrip("'")
    if bare.endswith("'s"):
        return (bare, bare[:-2])
    return (bare, bare[:-1]) if bare.endswith("s") and len(bare) > 2 else (bare,)
