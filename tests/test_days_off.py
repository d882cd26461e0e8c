"""Days off have names in the reader's language."""

from __future__ import annotations

from datetime import date

import pytest

from bot.days_off import DaysOff
from bot.wording.in_words import in_words

DENMARK = DaysOff(country="DK", also=(date(2027, 10, 18),))


@pytest.mark.parametrize(
    ("day", "danish", "english"),
    [
        ("2027-03-25", "skærtorsdag", "Maundy Thursday"),
        ("2027-03-26", "langfredag", "Good Friday"),
        ("2027-03-29", "anden påskedag", "Easter Monday"),
        ("2027-05-06", "Kristi himmelfartsdag", "Ascension Day"),
        ("2030-06-05", "grundlovsdag", "Constitution Day"),
        ("2027-12-24", "juleaften", "Christmas Eve"),
        ("2027-12-31", "nytårsaften", "New Year's Eve"),
        ("2027-10-18", "en fridag i dette program", "a day off of this programme"),
        ("2027-10-16", "lørdag", "Saturday"),
        ("2027-10-17", "søndag", "Sunday"),
    ],
)
def test_a_day_off_in_denmark_has_its_danish_and_its_english_name(day: str, danish: str, english: str) -> None:
    name = DENMARK.name(date.fromisoformat(day))
    assert name is not None
    assert (in_words("da", name), in_words("en", name)) == (danish, english)


def test_a_working_day_has_no_name() -> None:
    assert DENMARK.name(date(2027, 10, 19)) is None


def test_a_holiday_of_a_country_without_danish_names_has_its_english_one() -> None:
    name = DaysOff(country="SE").name(date(2027, 1, 6))
    assert name is not None
    assert in_words("da", name) == in_words("en", name) == "Epiphany"
