"""What is planted in a week is what its digest begins with."""

from __future__ import annotations

from tests.support.planted_digests import WEEKS, planted_digests


def test_each_of_twelve_planted_findings_stands_at_the_top() -> None:
    planted = list(planted_digests())
    tops = {week.name: [line.text for line in week.text.top] for week in planted}
    assert len(tops) == len(WEEKS) == 12
    assert {week.name: tops[week.name] for week in planted if not any(week.tells in line for line in tops[week.name])} == {}
    assert {name: top for name, top in tops.items() if len(top) > 3} == {}
