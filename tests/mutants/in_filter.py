"""Bugs that would let pass what points at somebody, or hold what points at nobody."""

from __future__ import annotations

from tests.mutants.mutant import planted

READERS = "bot/confidentiality/personal_data"
ON_POINTING = "tests/confidentiality/test_pointing.py"

ON_NUMBERS = "tests/confidentiality/test_number_words.py"
ON_DISGUISES = "tests/confidentiality/test_disguises.py"
ON_PRIVATE_LIFE = "tests/confidentiality/test_private_life.py"
ON_PLACES = "tests/confidentiality/test_names_in_their_places.py"

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
        "is_one or is_of_fields or _is_one_person(reading.folded, first, number)",
        "True",
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

SPELT = (
    planted(
        "a telephone number of four words is printed",
        f"{READERS}/number_words.py",
        "LEAST = 4",
        "LEAST = 5",
        killed_by=f"{ON_NUMBERS}::test_a_number_in_words_is_held",
    ),
    planted(
        'whoever writes "one to one and two to four" is not quoted',
        f"{READERS}/number_words.py",
        'not (is_english and part[0].casefold() == "to")',
        "part",
        killed_by=f"{ON_NUMBERS}::test_numbers_in_a_sentence_are_not_held",
    ),
    planted(
        "a name with digits for letters is printed",
        f"{READERS}/disguises.py",
        "*_digits_as_letters(drawn), ",
        "",
        killed_by=f"{ON_DISGUISES}::test_a_disguise_is_held",
    ),
    planted(
        "a word that is spelt out for its weight is held",
        f"{READERS}/disguises.py",
        " and not _are_usual(folded)",
        "",
        killed_by=f"{ON_DISGUISES}::test_ordinary_words_are_not_held_however_they_are_written",
    ),
    planted(
        "a name of the roster is printed once a sign stands in it",
        f"{READERS}/disguises.py",
        "        FindingKind.PERSON,\n",
        "",
        killed_by=f"{ON_DISGUISES}::test_a_disguise_is_held",
    ),
    planted(
        "the flag of a part of a country is refused",
        f"{READERS}/normalisation.py",
        'HIDDEN_LETTERS.search(FLAG.sub("\\U0001f3f4", text))',
        "HIDDEN_LETTERS.search(text)",
        killed_by=f"{ON_DISGUISES}::test_flags_families_and_soft_hyphens_are_not_refused",
    ),
    planted(
        "a small name in a clause is taken for a word",
        f"{READERS}/lower_case_names.py",
        "(begins and after in HELP)",
        "(after not in HELP and begins and after in verbs)",
        killed_by=f"{ON_PLACES}::test_a_name_in_lower_case_is_held_where_it_acts_like_a_person",
    ),
    planted(
        "whose colleague was asked is held",
        f"{READERS}/lower_case_names.py",
        "is_alone = word not in PRONOUNS or after in AFTER_WHO_WAS_ASKED",
        "is_alone = True",
        killed_by=f"{ON_PLACES}::test_the_same_words_are_not_held_where_they_are_words",
    ),
    planted(
        "a handle beside its platform is printed",
        f"{READERS}/contacts.py",
        "        yield number - 2\n",
        "        yield number\n",
        killed_by=f"{ON_PLACES}::test_a_handle_or_a_spoken_address_is_held",
    ),
    planted(
        "an English name that begins a Danish line is printed",
        f"{READERS}/names.py",
        "may_begin[folded] and not _is_english_in_danish(reading, number)",
        "may_begin[folded]",
        killed_by=f"{ON_PLACES}::test_a_word_that_begins_a_line_as_a_name_would_is_held",
    ),
    planted(
        "a word that is on no list of one programme is let pass in all",
        f"{READERS}/filter.py",
        "unseen = reading.vocabulary - self._on_no_list",
        "unseen = reading.telling",
        killed_by="tests/confidentiality/test_personal_data.py::test_a_word_that_one_filter_remembers_is_held_by_the_next_filter",
    ),
    planted(
        "words that no dictionary knows are remembered",
        f"{READERS}/filter.py",
        "update(unseen - reading.telling - kinds.keys())",
        "update(unseen - kinds.keys())",
        killed_by="tests/confidentiality/test_personal_data.py::test_only_words_of_dictionaries_are_remembered",
    ),
    planted(
        "a small name that rises is taken for the weather",
        f"{READERS}/lower_case_names.py",
        '(before in TURNS and after == "sig")',
        "False",
        killed_by=f"{ON_PLACES}::test_a_name_in_lower_case_is_held_where_it_acts_like_a_person",
    ),
    planted(
        "whoever is the last to complain is taken for one of a kind",
        f"{READERS}/pointing/only_one.py",
        "(?!,? (?:til|der|som)\\b)",
        "",
        killed_by=f"{ON_POINTING}::test_what_can_be_true_of_many_is_not_held",
    ),
    planted(
        "each finding is compared with all before it, and a long text stops the others",
        f"{READERS}/findings.py",
        "if taken.find(1, finding.start, finding.end) < 0:",
        "if all(finding.end <= other.start or other.end <= finding.start for other in chosen):",
        killed_by="tests/confidentiality/test_growth_of_reading.py::test_twice_the_text_takes_twice_the_steps",
    ),
    planted(
        "whoever says that she is a Muslim is quoted",
        f"{READERS}/pointing/private_life.py",
        "(subject in SUBJECTS or _is_person(subject))",
        "_is_person(subject)",
        killed_by=f"{ON_PRIVATE_LIFE}::test_what_is_private_is_held_where_it_is_told_of_one_person",
    ),
    planted(
        "whoever writes of the well-being of many is not quoted",
        f"{READERS}/pointing/private_life.py",
        "not VERB.isdisjoint(way) and (subject in SUBJECTS or",
        "(subject or subject in SUBJECTS or",
        killed_by=f"{ON_PRIVATE_LIFE}::test_what_is_private_passes_as_a_subject",
    ),
    planted(
        "an at sign in a name is taken for an address",
        f"{READERS}/filter.py",
        "        if in_disguise:\n            yield from find_disguises",
        "        yield from find_at_signs(reading)\n        if in_disguise:\n            yield from find_disguises",
        killed_by=f"{ON_DISGUISES}::test_a_disguise_is_held",
    ),
    planted(
        "a street that is a word is printed with its number",
        f"{READERS}/addresses.py",
        "    yield from find_matches(FindingKind.ADDRESS, WORD_AS_A_STREET, text)\n",
        "",
        killed_by="tests/confidentiality/test_personal_data.py::test_what_points_at_somebody_is_held",
    ),
)
