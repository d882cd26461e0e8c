"""Is the list of planted bugs true: can each be planted, and does the test exist that has to notice it?"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.mutants.planted import MUTANTS

ROOT = Path(__file__).parents[2]


@cache
def tests_of(file: str) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def test_at_least_twenty_bugs_are_planted_each_once():
    assert len({mutant.bug for mutant in MUTANTS}) == len(MUTANTS) >= 20


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.bug)
def test_a_bug_can_be_planted_and_leaves_python_behind(mutant):
    planted = mutant.planted(ROOT)
    assert planted != (ROOT / mutant.file).read_text(encoding="utf-8")
    ast.parse(planted)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.bug)
def test_the_test_that_must_notice_it_exists(mutant):
    file, _, name = mutant.killed_by.partition("::")
    assert name.partition("[")[0] in tests_of(file)
