"""Each property of confidentiality is shown by tests that exist."""

from __future__ import annotations

import pytest

from tests.confidentiality.properties import PROPERTIES
from tests.support.missing_tests import missing_tests


def test_all_are_there():
    assert sorted(PROPERTIES) == list(range(1, 37))


@pytest.mark.parametrize("number", PROPERTIES)
def test_a_property_is_shown_by_tests_that_exist(number: int):
    assert PROPERTIES[number].shown_by
    assert missing_tests(PROPERTIES[number].shown_by) == []


def test_a_test_that_is_not_there_is_missed():
    here = "tests/confidentiality/test_index.py"
    assert missing_tests([f"{here}::test_all_are_there", f"{here}::test_nothing", f"{here}::missing"]) == [
        f"{here}::test_nothing",
        f"{here}::missing",
    ]
