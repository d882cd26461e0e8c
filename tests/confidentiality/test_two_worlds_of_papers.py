"""Charts, reports, pages and agenda papers do not depend on what one person does, except that a quote is gone that they took back.

A season is played twice (`tests/support/season_of_papers.py`), and everything of it that leaves the chat is held against its other self, to
the byte.
"""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from tests.support.quoting import TEXTS
from tests.support.season_of_papers import SeasonOfPapers, papers_of
from tests.support.world import separate_world

pytestmark = pytest.mark.long  # plays whole seasons
SILENT_ACTS = ("leaves", "pauses", "is erased", "deletes their answer", "takes a quote back", "answers a theme of few")
GONE = ("takes a quote back", "is erased", "deletes their answer")  # by which a quote disappears
QUOTE = TEXTS[0]


@cache
def papers(act: str = "", week: int = 1, *, quoted: bool = False) -> dict[str, str]:
    return papers_of(act, week, quoted=quoted)


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The papers that are not the same."""
    assert one.keys() == other.keys()
    return [name for name in one if one[name] != other[name]]


@pytest.mark.parametrize("week", [1, 2, 3])
@pytest.mark.parametrize("act", SILENT_ACTS)
def test_whatever_one_person_does_after_the_close_no_paper_changes(act: str, week: int) -> None:
    assert differing(papers(), papers(act, week)) == []


@pytest.mark.parametrize("act", ["leaves", "pauses"])
def test_nor_does_it_if_they_are_quoted_and_stay_away(act: str) -> None:
    assert differing(papers(quoted=True), papers(act, quoted=True)) == []


@pytest.mark.parametrize("week", [1, 3])
@pytest.mark.parametrize("act", GONE)
def test_of_a_quote_that_is_gone_only_its_own_digest_is_another_and_names_its_revision(act: str, week: int) -> None:
    before, after = papers(quoted=True), papers(act, week, quoted=True)
    first = [name for name in before if re.fullmatch(r"\w+ 1(?: \w+)?", name)]
    assert differing(before, after) == first
    assert [name for name in first if QUOTE not in before[name]] == []
    assert [name for name, paper in after.items() if QUOTE in paper] == [
        name for name in before if QUOTE in before[name] and name not in first
    ]
    was, is_ = json.loads(before["record 1"]), json.loads(after["record 1"])
    assert (was.pop("revision"), is_.pop("revision")) == (1, 2)
    assert [quote["text"] for quote in was.pop("quotes")] == [QUOTE, *(quote["text"] for quote in is_.pop("quotes"))]
    assert was == is_


@pytest.mark.parametrize("language", ["da", "en"])
def test_why_a_quote_is_gone_shows_nowhere(language: str) -> None:
    for name in (f"page 1 {language}", f"plain 1 {language}", "record 1"):
        assert len({papers(act, quoted=True)[name] for act in GONE}) == 1


def test_after_detaching_every_paper_is_the_same() -> None:
    with separate_world() as world:
        season = SeasonOfPapers(world, "", 1, quoted=True)
        before = season.papers()
        season.detach()
        assert differing(before, season.papers()) == []


def test_whoever_it_is_that_is_quoted_the_papers_are_the_same() -> None:
    assert differing(papers(), papers(quoted=True)) == []
    assert len(papers()) >= 4 * 7
