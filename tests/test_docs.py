"""Is what docs/ promises still kept where it says, and does it say the same in both languages?

Each claim names the module that keeps it and the test that would notice. What is named must be there; what is left for the municipality to
fill in must be left in both languages. That the tests are about their claims, nobody but a reader can tell.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
DOCS: Final = ROOT / "docs"
PAIRS: Final = (("hvem-kan-se-hvad.md", "who-can-see-what.md"), ("konsekvensanalyse.md", "dpia.md"))
PAGES: Final = [page for pair in PAIRS for page in pair]
SEEN: Final = PAIRS[0]  # in these, claims have numbers

NAMED: Final = re.compile(r"`([\w./-]+\.(?:py|yaml|toml))(?:::(\w+))?`")
PROOF: Final = re.compile(r"^\| (\d+) \|.*\| `(?:bot|handlers|schedules)/[^|]+\| `tests/[\w/]+\.py::\w+`[^|]*\|$", re.MULTILINE)
CLAIMED: Final = re.compile(r"\((\d+(?:, \d+)*)\)")
BLANK: Final = re.compile(r"\[(?:udfyldes|to be filled in)[^\]]*\]")
LINK: Final = re.compile(r"\]\(([^)#:]+)\)")


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def named(text: str) -> list[tuple[str, str]]:
    """The files a text names, each with the function named in it, or with nothing."""
    return NAMED.findall(text)


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def missing(text: str) -> list[str]:
    """What a text names that is not there."""
    return [
        f"{path}::{function}" if function else path
        for path, function in named(text)
        if not (ROOT / path).is_file() or (function and function not in functions(path))
    ]


def unproven(text: str) -> set[str]:
    """The numbers of claims without a row of proof, and of proofs without a claim."""
    body = "\n".join(line for line in text.splitlines() if not PROOF.match(line))
    claimed = {number for group in CLAIMED.findall(body) for number in group.split(", ")}
    return claimed ^ set(PROOF.findall(text))


# --- what is named ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_module_and_test_that_is_named_is_there(page: str):
    assert len(named(text_of(page))) > 20
    assert missing(text_of(page)) == []


@pytest.mark.parametrize("pair", PAIRS)
def test_both_languages_name_the_same_in_the_same_order(pair: tuple[str, str]):
    danish, english = map(text_of, pair)
    assert named(danish) == named(english)


@pytest.mark.parametrize("page", SEEN)
def test_every_claim_has_its_proof_and_every_proof_its_claim(page: str):
    assert unproven(text_of(page)) == set()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str):
    assert [link for link in LINK.findall(text_of(page)) if not (DOCS / link).exists()] == []


# --- what is said -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_promise_confidentiality_and_never_more(page: str):
    assert re.search("fortrolig|confidential", text_of(page))
    assert "anonym" not in text_of(page).lower()


@pytest.mark.parametrize("pair", PAIRS)
def test_what_is_left_to_be_filled_in_is_left_in_both_languages(pair: tuple[str, str]):
    danish, english = ([len(BLANK.findall(part)) for part in text_of(page).split("\n## ")] for page in pair)
    assert danish == english


# --- the tests themselves ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("kept by `bot/models.py`", []),
        ("kept by `bot/modles.py`", ["bot/modles.py"]),
        ("`tests/test_docs.py::named`", []),
        ("`tests/test_docs.py::test_that_was_renamed`", ["tests/test_docs.py::test_that_was_renamed"]),
    ],
)
def test_what_has_been_renamed_is_noticed(text: str, gone: list[str]):
    assert missing(text) == gone


def test_a_claim_without_a_proof_and_a_proof_without_a_test_are_noticed():
    proof = "| 1 | a thing | `bot/models.py` | `tests/test_docs.py::named` |"
    assert unproven(f"so (1)\n{proof}") == set()
    assert unproven(f"so (1, 2)\n{proof}") == {"2"}
    assert unproven(f"so\n{proof}") == {"1"}
    assert unproven("so (1)\n| 1 | a thing | `bot/models.py` | |") == {"1"}
