"""Every planted bug can be planted, and the test that has to notice it exists."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants.mutant import Mutant, planted
from tests.mutants.planted import MUTANTS
from tests.mutants.run import FAILED
from tests.support.missing_tests import missing_tests

ROOT = Path(__file__).parents[2]
HERE = "tests/mutants/test_planted.py"


def test_at_least_twenty_bugs_are_planted_each_once():
    assert len({mutant.bug for mutant in MUTANTS}) == len(MUTANTS) >= 20


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.bug)
def test_a_bug_can_be_planted_and_leaves_python_behind(mutant: Mutant):
    for file, text in mutant.planted(ROOT).items():
        assert text != (ROOT / file).read_text(encoding="utf-8")
        ast.parse(text)


def test_the_tests_that_must_notice_them_exist():
    assert missing_tests(mutant.killed_by for mutant in MUTANTS) == []


def test_what_does_not_stand_there_exactly_once_cannot_be_planted():
    with pytest.raises(ValueError, match="stands 0 times"):
        planted("nothing", "LICENSE", "no such line", "", killed_by=HERE).planted(ROOT)
    with pytest.raises(ValueError, match=r"stands \d\d+ times"):
        planted("anything", "LICENSE", "e", "", killed_by=HERE).planted(ROOT)


@pytest.mark.parametrize(
    ("said", "noticed"),
    [
        ("F\nFAILED tests/x.py::test_a\n1 failed in 0.12s\n", True),
        ("1 failed, 3 passed, 2 warnings in 61.02s (0:01:01)\n", True),
        ("1 error in 0.12s\n", False),
        ("1 failed, 1 error in 0.12s\n", False),
        ("4 passed in 0.12s\n", False),
        ("no tests ran in 0.12s\n", False),
    ],
)
def test_a_bug_is_noticed_by_a_test_that_fails_and_not_by_one_that_cannot_begin(said: str, noticed: bool):
    assert (FAILED.search(said) is not None) == noticed
