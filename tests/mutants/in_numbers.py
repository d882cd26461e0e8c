"""Bugs by which numbers or words would tell of a few people."""

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
ON_ABSENCE = "tests/confidentiality/test_absence.py"
ON_ATTACK = "tests/confidentiality/test_attack.py"
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
        "quotes=8, audience=10, asked=30)",
        "quotes=8, audience=9, asked=30)",
        killed_by=f"{ON_FLOORS}::test_a_programme_may_raise_a_floor_and_never_lower_one",
    ),
    planted(
        "numbers are shown unrounded",
        FLOORS,
        "return Printed(rounded) if",
        "return Printed(people) if",
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
        "numbers have no cap",
        FLOORS,
        "return Printed(rounded) if rounded < cap else Printed(max(cap, floor), or_more=True)",
        "return Printed(rounded)",
        killed_by=f"{ON_ATTACK}::test_a_list_of_whom_nearly_all_answer_tells_of_nobody_who_did_not",
    ),
    planted(
        "a cap is the list itself",
        FLOORS,
        "cap, rounded = (listed - floor) // ROUND_TO",
        "cap, rounded = listed // ROUND_TO",
        killed_by=f"{ON_ATTACK}::test_a_list_of_whom_nearly_all_answer_tells_of_nobody_who_did_not",
    ),
    planted(
        "only what is over the cap is printed as the cap",
        FLOORS,
        "if rounded < cap else",
        "if rounded <= cap else",
        killed_by=f"{ON_FLOORS}::test_who_knows_the_list_and_all_that_is_printed_never_learns_that_a_few_are_left_out",
    ),
    planted(
        "a number is printed of a list on which too few are ever left out",
        FLOORS,
        "if people < floor or listed - floor < floor:",
        "if people < floor:",
        killed_by=f"{ON_DIGEST}::test_where_too_few_could_be_left_out_no_number_is_shown_whatever_it_is",
    ),
    planted(
        "the number of eight is printed with a part that is nearly all of them",
        FLOORS,
        "    if whole < 2 * effective_floors(floors).people and not printed.or_more:",
        "    if whole < 0:",
        killed_by=f"{ON_FLOORS}::test_who_knows_the_list_and_all_that_is_printed_never_learns_that_a_few_are_left_out",
    ),
    planted(
        "a cap is printed like any other number",
        DIGEST,
        "    if people is not None and people.or_more:",
        "    if people is None:",
        killed_by=f"{ON_ATTACK}::test_a_list_of_whom_nearly_all_answer_tells_of_nobody_who_did_not",
    ),
    planted(
        "a cap is read aloud like any other number",
        "bot/dialogue/digests/findings.py",
        'f"{key}.or_more" if printed.or_more else key',
        "key",
        killed_by="tests/dialogue/digests/test_digest_text.py::test_a_number_that_is_its_cap_is_told_as_so_many_or_more",
    ),
    planted(
        "of a list that was asked twice the most it had count",
        "bot/dialogue/snapshot.py",
        "return sum(min(audience[role]",
        "return sum(max(audience[role]",
        killed_by=f"{ON_DIGEST}::test_of_a_list_asked_twice_on_a_theme_the_fewest_it_had_count",
    ),
    planted(
        "a theme is said to have had most answers though the other's number is a cap",
        "bot/dialogue/digests/earlier_text.py",
        'if any("people_or_more" in theme for theme in others):',
        "if False:",
        killed_by="tests/dialogue/digests/test_earlier_text.py::test_a_week_from_before_on_two_themes_tells_them_as_it_did",
    ),
    planted(
        "the top of a digest has no limit",
        "bot/dialogue/digests/findings.py",
        "<= MOST_TOP_WORDS\n",
        ">= 0\n",
        killed_by="tests/dialogue/digests/test_findings.py::test_a_quote_that_is_too_long_gives_way_to_the_words",
    ),
    planted(
        "a withdrawn quote is followed by another at the top",
        "bot/dialogue/digests/findings.py",
        "for quote in self.quotes_of(theme).quotes if quote.place == 0)",
        "for quote in self.quotes_of(theme).quotes)",
        killed_by="tests/dialogue/digests/test_findings.py::test_without_the_quote_that_speaks_for_most_no_other_quote_comes_up",
    ),
    planted(
        "a finding is picked of a digest that has been posted",
        "bot/dialogue/digests/digest_review.py",
        'digest.state in OPEN_STATES and "ledger"',
        '"ledger"',
        killed_by="tests/dialogue/digests/test_findings.py::test_once_it_is_decided_nothing_else_is_picked",
    ),
    planted(
        "weeks are compared by a cap as if it were the number",
        DIGEST,
        "    if fewer.or_more or (is_same and more.or_more):\n        return None\n",
        "",
        killed_by=f"{ON_DIGEST}::test_weeks_are_compared_by_printed_figures_and_only_if_all_are_printed",
    ),
    planted(
        "the organisers read that a question reached hardly anybody on the list",
        "bot/dialogue/rounds/after_opening.py",
        "printable(n, listed, lowest)",
        "printable(n, 10_000, lowest)",
        killed_by="tests/dialogue/rounds/test_after_opening.py::test_of_those_who_were_not_reached_organisers_see_no_more_than_the_cap",
    ),
    planted(
        "wishes are printed without regard to how many answered",
        DIGEST,
        "floors.printable_part(counts.wishes, counts.people, people, week.floors)",
        "floors.printable(counts.wishes, listed, week.floors)",
        killed_by=f"{ON_DIGEST}::test_a_number_of_wishes_never_tells_of_one_to_four_people_with_or_without_one",
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
        "if people * 10 > listed * 9 else",
        "if people * 10 > listed * 10 else",
        killed_by=f"{ON_FLOORS}::test_participation_is_told_in_tenths_with_open_ends_and_only_of_fifty_people_or_more",
    ),
    planted(
        "of fifty people over 90 % are said to have answered",
        FLOORS,
        "    if tenths >= highest and highest < OVER_NINE_TENTHS:",
        "    if tenths < 0:",
        killed_by=f"{ON_DIGEST}::test_of_fifty_nine_tenths_and_all_read_the_same",
    ),
    planted(
        "only the highest share is left out, and so is told by its absence",
        FLOORS,
        '    if tenths >= highest and highest < OVER_NINE_TENTHS:\n        return f"{highest}0+"\n',
        "    if tenths > highest:\n        return None\n",
        killed_by=f"{ON_FLOORS}::test_who_knows_the_list_and_all_that_is_printed_never_learns_that_a_few_are_left_out",
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
        "a word of all but a few is kept with its number",
        WORDS,
        "count.number if count.or_more else exact[lemma]",
        "exact[lemma]",
        killed_by=f"{ON_WORDS}::test_the_order_of_words_of_nearly_all_tells_no_more_than_their_cap",
    ),
    planted(
        "a word is printed without the cap of those who answered",
        WORDS,
        "printable_part(count, theme.people, people, floors)) for",
        "printable_part(count, theme.people, Printed(10_000, True), floors)) for",
        killed_by=f"{ON_WORDS}::test_a_word_of_too_few_is_passed_over_and_one_of_nearly_all_is_told_with_its_cap",
    ),
    planted(
        "a word of all but one takes the place of all others",
        WORDS,
        "(count.or_more or admits(lemma))",
        "admits(lemma)",
        killed_by=f"{ON_WORDS}::test_a_word_of_nearly_all_takes_no_place_among_the_numbers_that_can_be_added_and_subtracted",
    ),
    planted(
        "words are not held against the list",
        WORDS,
        "listed=theme.everybody if people.or_more else None",
        "listed=None",
        killed_by=f"{ON_WORDS}::test_words_are_held_against_the_list_where_the_theme_has_its_cap",
    ),
    planted(
        "words are printed that together isolate three people",
        WORDS,
        "also(lemma) and (count.or_more or admits(lemma))",
        "also(lemma)",
        killed_by=f"{ON_WORDS}::test_a_second_word_is_passed_over_when_three_people_would_stand_alone",
    ),
    planted(
        "of all with a wish a word is said to be everybody's",
        WORDS,
        "printable_part(exact[lemma], len(wishing), wishes, floors)",
        "printable_part(exact[lemma], len(wishing), Printed(10_000, True), floors)",
        killed_by=f"{ON_WORDS}::test_a_word_of_nearly_all_with_a_wish_is_told_with_the_cap_of_the_wishes",
    ),
    planted(
        "a word that stands among a theme's own stands among those of its wishes too",
        WORDS,
        "for lemma in of_all if lemma not in own}",
        "for lemma in of_all if own is not None}",
        killed_by=f"{ON_ABSENCE}::test_words_of_wishes_give_away_nobody_by_standing_there_or_by_being_missing[False]",
    ),
    planted(
        "a word stands among those of the wishes though the number of its users is refused",
        WORDS,
        "return of_all[lemma].or_more or printed.admit(theme.users_of(lemma))",
        "return lemma in of_all",
        killed_by=f"{ON_ABSENCE}::test_words_of_wishes_give_away_nobody_by_standing_there_or_by_being_missing[False]",
    ),
    planted(
        "words of wishes are not held against the numbers printed before",
        WORDS,
        "printed.admit(theme.users_of(lemma) & everybody_counted)",
        "lemma in theme.counts",
        killed_by=f"{ON_WORDS}::test_a_word_of_the_wishes_is_passed_over_when_three_people_would_stand_alone",
    ),
    planted(
        "beside a cap of the people a word of the wishes is told with its number",
        WORDS,
        " and (part.or_more or not people.or_more)}",
        "}",
        killed_by=f"{ON_WORDS}::test_beside_a_cap_of_the_people_only_words_with_the_cap_are_told_of_the_wishes",
    ),
    planted(
        "words of wishes are taken from texts without the mark",
        WORDS,
        "{word.lemma for word in told}, wishing - mixed",
        "{word.lemma for word in told}, wishing",
        killed_by=f"{ON_DIGEST}::test_what_somebody_with_a_wish_says_in_another_answer_without_the_mark_is_no_word_of_wishes",
    ),
    planted(
        "words of wishes count those who used them without a wish",
        WORDS,
        "len(_writers(*forms.values()) & people) for lemma",
        "len(_writers(*forms.values()) if people else people) for lemma",
        killed_by=f"{ON_WORDS}::test_of_the_wishes_the_words_are_told_that_five_of_those_with_a_wish_share",
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
            (DIGEST, "if (people := people_of(theme)) is not None\n", "if (people := people_of(theme) or floors.Printed(100, True))\n"),
            (
                "bot/dialogue/digests/word_counts.py",
                "counts_to_keep(use, printed_theme.people, floor,",
                "counts_to_keep(use, printed_theme.people, 5,",
            ),
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
        "theme.form_to_print(lemma, floors.people), counts",
        "theme.form_to_print(lemma, LOWEST_FLOORS.people), counts",
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
