"""What is written twice or oddly is read all the same, and a remark says what counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.days_off import DaysOff
from bot.errors import ProgrammeFaults
from schedules.programme_file import load_file
from tests.support.remarks import remarks, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BEFORE = date(2018, 8, 1)
OWN_RULES = "det er dens egne regler for sommertid, der tæller, og nogle har ingen"


@pytest.mark.parametrize(
    ("old", "new", "english", "danish"),
    [
        (
            "every: tuesday",
            "every: [tuesday, tuesday]",
            '"tuesday" is there more than once under `every`, and counts once; delete the rest',
            "»tuesday« står flere gange under `every`, men tæller kun én gang; slet resten",
        ),
        (
            "weeks: [42]",
            "weeks: [42, 42]",
            '"42" is there more than once under `weeks`, and counts once; delete the rest',
            "»42« står flere gange under `weeks`, men tæller kun én gang; slet resten",
        ),
        (
            "weeks: [42]",
            "weeks: [42], also: [2018-08-24, 2018-08-24]",
            '"2018-08-24" is there more than once under `also`, and counts once; delete the rest',
            "»2018-08-24« står flere gange under `also`, men tæller kun én gang; slet resten",
        ),
        (
            "Europe/Copenhagen",
            "CET",
            'the time zone "CET" names no city: its own rules of summer time count, and some have none; Danish time is `Europe/Copenhagen`',
            f"tidszonen »CET« nævner ingen by: {OWN_RULES}; dansk tid hedder `Europe/Copenhagen`",
        ),
    ],
)
def test_what_is_written_twice_or_oddly_gets_a_remark(small: Callable[..., Path], old: str, new: str, english: str, danish: str) -> None:
    found = load_file(small(old, new)).remarks
    assert (said(found), said(found, "da")) == ((english,), (danish,))


def test_a_week_that_is_written_twice_is_skipped_in_vain_once(small: Callable[..., Path]) -> None:
    found = [remark for remark in remarks(load_file(small("weeks: [42]", "weeks: [42, 42]")), BEFORE) if "anyway" in remark]
    assert found == ["week 42 is skipped, but nothing would go out in it anyway"]


@pytest.mark.parametrize("folder", ["posix", "right"])
def test_a_zone_out_of_a_machines_copies_counts_as_the_zone_itself(small: Callable[..., Path], folder: str) -> None:
    path = small("Europe/Copenhagen", f"{folder}/Europe/Copenhagen", "holidays: DK, weeks: [42]", "weeks: [42]")
    try:
        programme = load_file(path)
    except ProgrammeFaults:
        pytest.skip("this machine has no such copies")
    assert programme.timezone == "Europe/Copenhagen"
    assert DaysOff.of(programme).country == "DK"
    assert said(programme.remarks, "da") == (f"tidszonen »{folder}/Europe/Copenhagen« tæller som `Europe/Copenhagen`: skriv den sådan",)


@pytest.mark.parametrize(
    ("start", "until", "told"),
    [
        ("2018-08-21", "2018-08-28", "uge 53 findes ikke i 2018, så den springer intet over; det nye år begynder i uge 1"),
        ("2018-12-31", "2019-01-08", "uge 53 findes ikke i 2019, så den springer intet over; det nye år begynder i uge 1"),
        ("2018-12-25", "2019-01-01", "uge 53 findes ikke i 2018 og 2019, så den springer intet over; det nye år begynder i uge 1"),
        ("2020-09-01", "2020-09-08", "uge 53 er sprunget over, men der ville alligevel ikke gå noget ud i den"),
    ],
)
def test_week_53_is_said_not_to_be_in_years_without_one(small: Callable[..., Path], start: str, until: str, told: str) -> None:
    path = small("from: 2018-08-21", f"from: {start}", "until: 2018-08-28", f"until: {until}", "holidays: DK, weeks: [42]", "weeks: [53]")
    assert told in remarks(load_file(path), BEFORE, "da")


def test_week_53_of_a_year_that_has_one_is_skipped_without_a_word(small: Callable[..., Path]) -> None:
    days = "from: 2018-08-21", "from: 2020-12-15", "until: 2018-08-28", "until: 2021-01-05"
    programme = load_file(small(*days, "holidays: DK, weeks: [42]", "weeks: [52, 53]"))
    assert not any("53" in remark for remark in remarks(programme, BEFORE))
