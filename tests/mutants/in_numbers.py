"""Which bugs would let numbers or words tell of a few?"""

from __future__ import annotations

from tests.mutants.mutant import Mutant, planted

FLOORS = "bot/confidentiality/floors.py"
DIGEST = "bot/dialogue/digests/draft.py"
WORDS = "bot/dialogue/digests/keywords.py"
REPLIES = "bot/dialogue/rounds/replies.py"
ON_FLOORS = "tests/confidentiality/test_floors.py"
ON_DIGEST = "tests/dialogue/digests/test_draft.py"
ON_WORDS = "tests/dialogue/digests/test_keywords.py"
ON_REVIEW = "tests/dialogue/digests/test_digest_review.py"
ON_REPLIES = "tests/dialogue/rounds/test_replies.py"
ON_DIGESTS = "tests/confidentiality/test_properties_of_digests.py"

NUMBERS = (
    planted(
        "the number of four people is shown",
        FLOORS,
        "LOWEST_FLOORS = Floors(people=5,",
        "LOWEST_FLOORS = Floors(people=4,",
        killed_by=f"{ON_FLOORS}::test_four_people_are_never_shown_and_five_are",
    ),
    planted(
        "an audience of nine is asked",
        FLOORS,
        "quotes=8, audience=10)",
        "quotes=8, audience=9)",
        killed_by=f"{ON_FLOORS}::test_a_programme_may_raise_a_floor_and_never_lower_one",
    ),
    planted(
        "numbers are shown unrounded",
        FLOORS,
        "return round_to_five(people) if people",
        "return people if people",
        killed_by=f"{ON_FLOORS}::test_four_people_are_never_shown_and_five_are",
    ),
    planted(
        "rounding goes up to the next five",
        FLOORS,
        "(people + ROUND_TO // 2)",
        "(people + ROUND_TO - 1)",
        killed_by=f"{ON_FLOORS}::test_rounding_goes_to_the_nearest_five_and_keeps_the_order",
    ),
    planted(
        "all but one of a printed number are shown",
        FLOORS,
        "if left_out and printable(left_out, floors) is None:",
        "if left_out < 0:",
        killed_by=f"{ON_FLOORS}::test_who_knows_a_number_and_a_part_of_it_learns_of_nobody_or_of_enough",
    ),
    planted(
        "wishes of all but a few are shown",
        DIGEST,
        "floors.printable_part(counts.wishes, counts.people, lowest)",
        "floors.printable(counts.wishes, lowest)",
        killed_by=f"{ON_DIGEST}::test_under_five_wishes_and_all_but_under_five_read_as_none",
    ),
    planted(
        "a programme lowers a floor",
        FLOORS,
        "several = [LOWEST_FLOORS, *others]",
        "several = list(others) or [LOWEST_FLOORS]",
        killed_by=f"{ON_FLOORS}::test_a_lowered_floor_is_not_obeyed_and_a_raised_one_is",
    ),
    planted(
        "a floor that is changed in mid-week counts at once",
        "bot/dialogue/snapshot.py",
        'Floors(**round_.snapshot["floors"]) if "floors" in round_.snapshot else programme.floors',
        "programme.floors",
        killed_by="tests/dialogue/rounds/test_floors_of_rounds.py::test_an_edit_in_mid_week_changes_nothing_printed_of_the_open_round",
    ),
    planted(
        "participation is told of 49 people",
        FLOORS,
        "PARTICIPATION_AUDIENCE = 50",
        "PARTICIPATION_AUDIENCE = 49",
        killed_by=f"{ON_FLOORS}::test_participation_is_told_in_tenths_with_open_ends_and_only_of_fifty_people_or_more",
    ),
    planted(
        "participation says that nobody or everybody answered",
        FLOORS,
        "if people * 10 > asked * 9:",
        "if people * 10 > asked * 10:",
        killed_by=f"{ON_FLOORS}::test_participation_is_told_in_tenths_with_open_ends_and_only_of_fifty_people_or_more",
    ),
    planted(
        "participation of a suppressed theme is told",
        DIGEST,
        '"participation": None if people is None else floors.participation',
        '"participation": floors.participation',
        killed_by=f"{ON_DIGEST}::test_a_week_in_which_too_few_answered_tells_no_participation",
    ),
    planted(
        "numbers count replies and not people",
        DIGEST,
        "func.count(Authorship.person_id.distinct())",
        "func.count(Authorship.person_id)",
        killed_by=f"{ON_DIGEST}::test_two_rounds_on_one_theme_are_one_theme_and_count_each_person_once",
    ),
    planted(
        "a suppressed theme takes the place of a printed one",
        DIGEST,
        'key=lambda theme: -(theme["people"] or 0))',
        'key=lambda theme: theme["people"] or 0)',
        killed_by=f"{ON_DIGEST}::test_at_most_two_themes_have_figures_and_the_others_are_named",
    ),
    planted(
        "an audience that singles out three people is asked",
        "bot/confidentiality/audiences.py",
        "effective_floors(floors).people) or frozenset()",
        "0) or frozenset()",
        killed_by="tests/confidentiality/test_audiences.py::test_leaders_alone_after_everybody_single_out_one_to_four_representatives",
    ),
    planted(
        "an answer is taken after the close",
        REPLIES,
        "if row.closed_at is not None or row.closes_at <= now:",
        "if row.closed_at is not None:",
        killed_by=f"{ON_REPLIES}::test_a_closed_round_takes_no_answers_whether_or_not_the_heartbeat_has_come_round",
    ),
    planted(
        "a digest is posted before its hour",
        "bot/dialogue/digests/digest_review.py",
        "if now < digest.post_at or digest.state is DigestState.ISSUED:",
        "if digest.state is DigestState.ISSUED:",
        killed_by=f"{ON_REVIEW}::test_an_approved_digest_is_put_in_the_outbox_at_its_hour_and_not_before",
    ),
    planted(
        "a digest is composed before its hour",
        "bot/dialogue/digests/digest_review.py",
        "is not DigestState.APPROVED or now < digest.post_at:",
        "is not DigestState.APPROVED:",
        killed_by=f"{ON_REVIEW}::test_an_approved_digest_is_not_composed_before_its_hour",
    ),
)

PRINTED_WORDS = (
    planted(
        "a word of four people is printed",
        WORDS,
        "if count >= LOWEST_FLOORS.people}",
        "if count >= LOWEST_FLOORS.people - 1}",
        killed_by=f"{ON_WORDS}::test_what_fewer_than_five_people_said_is_forgotten",
    ),
    planted(
        "a word of all but a few is printed and kept",
        WORDS,
        "if printable_part(count, theme.people, floors) is not None}",
        "if count >= floors.people}",
        killed_by=f"{ON_WORDS}::test_a_word_of_too_few_or_of_all_but_too_few_is_passed_over",
    ),
    planted(
        "words are printed that together isolate three people",
        WORDS,
        "allowed(form) and printed.admit(theme.users_of(lemma))",
        "allowed(form)",
        killed_by=f"{ON_WORDS}::test_a_second_word_is_passed_over_when_three_people_would_stand_alone",
    ),
    planted(
        "a form that one person wrote is printed",
        WORDS,
        "if (n := len(_writers(*user_lists))) >= floor}",
        "if (n := len(_writers(*user_lists)))}",
        killed_by=f"{ON_WORDS}::test_a_form_that_too_few_people_used_is_not_shown_though_the_word_is",
    ),
    Mutant(
        bug="the words of a suppressed theme count as said elsewhere",
        edits=(
            (DIGEST, 'for theme in themes if theme["people"] is not None}', "for theme in themes}"),
            ("bot/dialogue/digests/word_counts.py", "counts_to_keep(theme_words.use, floor,", "counts_to_keep(theme_words.use, 5,"),
        ),
        killed_by="tests/confidentiality/test_attack.py::test_a_theme_under_its_floor_changes_no_byte_of_this_weeks_or_a_later_digest",
    ),
    planted(
        "a name that is on the lists is printed as a word",
        "bot/dialogue/digests/word_counts.py",
        " and not data_filter.holds_word(word) and not data_filter.holds(word)",
        "",
        killed_by=f"{ON_DIGESTS}::test_a_printed_word_is_said_by_enough_people_left_out_by_enough_and_nobodys_name",
    ),
    planted(
        "an unknown name that is written with a capital is printed as a word",
        "bot/dialogue/digests/word_counts.py",
        " and not data_filter.holds(word)\n",
        "\n",
        killed_by=f"{ON_DIGEST}::test_a_word_that_is_written_with_a_capital_like_a_name_is_not_printed",
    ),
    planted(
        "a form is shown that fewer used than a raised floor wants",
        WORDS,
        "form = theme.form_to_print(lemma, floor)",
        "form = theme.form_to_print(lemma, LOWEST_FLOORS.people)",
        killed_by=f"{ON_WORDS}::test_under_a_raised_floor_a_form_is_shown_only_if_so_many_used_it",
    ),
    planted(
        "words count texts and not people",
        WORDS,
        "len(_writers(*forms.values()))) for lemma, forms",
        "sum(len(users) for pieces in forms.values() for users in pieces)) for lemma, forms",
        killed_by=f"{ON_WORDS}::test_each_person_counts_once_for_a_word_in_whatever_forms_and_texts_they_used_it",
    ),
)
