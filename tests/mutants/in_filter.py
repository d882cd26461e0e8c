"""Bugs that would let pass what points at somebody, or hold what points at nobody."""

from __future__ import annotations

from tests.mutants.mutant import planted

READERS = "bot/confidentiality/personal_data"
ON_POINTING = "tests/confidentiality/test_pointing.py"

POINTING = (
    planted(
        "what only needs a second look hides what must be held",
        f"{READERS}/filter.py",
        "chain(self._findings(reading), _marks(reading))",
        "chain(_marks(reading), self._findings(reading))",
        killed_by=f"{ON_POINTING}::test_marks_neither_hold_nor_take_the_place_of_what_is_held",
    ),
    planted(
        "a text is held because it names a date",
        f"{READERS}/findings.py",
        "FindingKind.NEAR_PLACE, FindingKind.EVENT}",
        "FindingKind.NEAR_PLACE}",
        killed_by=f"{ON_POINTING}::test_what_points_by_way_of_the_author_is_marked",
    ),
    planted(
        "an office with a slip in it is let pass",
        f"{READERS}/pointing/offices.py",
        "for form in (office, *_with_a_letter_less(office))}",
        "for form in (office,)}",
        killed_by=f"{ON_POINTING}::test_the_office_of_one_person_is_held",
    ),
    planted(
        "whoever writes of directors in general is not quoted",
        f"{READERS}/pointing/offices.py",
        "has_article is False and _is_one_person(reading.folded, first, number)",
        "has_article is False",
        killed_by=f"{ON_POINTING}::test_offices_that_anybody_may_have_are_not_held",
    ),
    planted(
        "a workplace's name in small letters is let pass",
        f"{READERS}/pointing/institutions.py",
        "folded[last].endswith(_house_names())",
        "False",
        killed_by=f"{ON_POINTING}::test_a_kind_of_institution_with_its_name_is_held",
    ),
    planted(
        "whoever is at work on the school's day is taken for naming the school",
        f"{READERS}/pointing/institutions.py",
        "return last if is_name else number",
        "return last",
        killed_by=f"{ON_POINTING}::test_a_kind_of_institution_alone_is_not_held",
    ),
    planted(
        "initials in small letters are let pass",
        f"{READERS}/pointing/initials.py",
        "and _are_small_initials(reading, number)",
        "and False",
        killed_by=f"{ON_POINTING}::test_initials_are_held",
    ),
    planted(
        "the only way is taken for the only person",
        f"{READERS}/pointing/only_one.py",
        "vej|måde|ting|mulighed|",
        "måde|ting|",
        killed_by=f"{ON_POINTING}::test_what_can_be_true_of_many_is_not_held",
    ),
    planted(
        "the name of a school is printed among the words of the week",
        f"{READERS}/filter.py",
        "is_name(folded) or is_institution(folded) or",
        "is_name(folded) or",
        killed_by=f"{ON_POINTING}::test_the_name_of_an_institution_is_not_printed",
    ),
)
