"""Lists which tests show which of the properties of confidentiality.

The first thirty numbers are those of the design's list; the others are about a season's end, and about what leaves the chat. Each property
names the tests over the real code on a real database that show it; most try many made-up seasons, some a table of cases where the cases are
few. `test_index.py` sees that every test named here exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

QUOTES, DIGESTS = "tests/confidentiality/test_properties_of_quotes.py", "tests/confidentiality/test_properties_of_digests.py"
PAPERS, AGENDA = "tests/confidentiality/test_two_worlds_of_papers.py", "tests/dialogue/papers/test_agenda_paper.py"
BY_LISTS = "tests/dialogue/rounds/test_floors_by_lists.py"
ATTACK, FLOORS, DATA = (
    "tests/confidentiality/test_attack.py",
    "tests/confidentiality/test_floors.py",
    "tests/confidentiality/test_personal_data.py",
)
DIGEST, WORDS, PAYLOAD, LEFT = (
    "tests/dialogue/digests/test_draft.py",
    "tests/dialogue/digests/test_keywords.py",
    "tests/walks/test_whole_payload.py",
    "tests/walks/test_nothing_left.py",
)


@dataclass(frozen=True, kw_only=True)
class Property:
    """What always holds, and the tests that would fail if it did not."""

    says: str
    shown_by: tuple[str, ...]


PROPERTIES: Final[dict[int, Property]] = {
    1: Property(
        says="A theme that fewer than the floor have answered reads like silence.",
        shown_by=(f"{DIGEST}::test_a_theme_under_the_floor_leaves_no_trace_at_all",),
    ),
    2: Property(
        says="What is suppressed influences nothing, this week or later.",
        shown_by=(
            f"{ATTACK}::test_a_theme_under_its_floor_changes_no_byte_of_this_weeks_or_a_later_digest",
            f"{DIGEST}::test_a_theme_under_the_floor_leaves_no_trace_at_all",
            f"{WORDS}::test_words_of_fewer_people_than_the_floor_have_no_influence",
        ),
    ),
    3: Property(
        says="Numbers count people, not replies.",
        shown_by=(
            f"{ATTACK}::test_nothing_that_a_season_prints_gives_away_one_to_four_people",
            f"{DIGEST}::test_two_rounds_on_one_theme_are_one_theme_and_count_each_person_once",
            f"{WORDS}::test_each_person_counts_once_for_a_word_in_whatever_forms_and_texts_they_used_it",
        ),
    ),
    4: Property(
        says="Of a list or a printed number and a printed part of it the difference is enough people, or the part is told with its cap.",
        shown_by=(
            f"{ATTACK}::test_nothing_that_a_season_prints_gives_away_one_to_four_people",
            f"{ATTACK}::test_a_list_of_whom_nearly_all_answer_tells_of_nobody_who_did_not",
            f"{ATTACK}::test_words_that_only_those_with_a_wish_share_give_away_nobody",
            f"{ATTACK}::test_words_of_wishes_give_away_nobody_whoever_uses_them",
            "tests/confidentiality/test_absence.py::test_words_of_wishes_give_away_nobody_by_standing_there_or_by_being_missing",
            f"{WORDS}::test_a_word_of_nearly_all_with_a_wish_is_told_with_the_cap_of_the_wishes",
            f"{WORDS}::test_beside_a_cap_of_the_people_only_words_with_the_cap_are_told_of_the_wishes",
            f"{WORDS}::test_no_word_is_told_of_the_wishes_if_the_number_of_all_who_use_it_would_isolate_a_few",
            f"{FLOORS}::test_who_knows_the_list_and_all_that_is_printed_never_learns_that_a_few_are_left_out",
            f"{DIGEST}::test_a_number_that_reaches_its_cap_reads_the_same_however_many_answered",
        ),
    ),
    5: Property(
        says="No sum or difference of all that a season prints isolates one to four people.",
        shown_by=(
            f"{ATTACK}::test_nothing_that_a_season_prints_gives_away_one_to_four_people",
            f"{WORDS}::test_no_combination_of_all_that_is_printed_isolates_anybody",
            f"{WORDS}::test_no_combination_of_all_that_is_printed_with_the_words_of_wishes_isolates_anybody",
            "tests/confidentiality/test_disclosure.py::test_it_finds_what_trying_all_unions_finds",
        ),
    ),
    6: Property(
        says="Nothing that happens later changes an earlier digest.",
        shown_by=(
            f"{ATTACK}::test_nothing_that_a_season_prints_gives_away_one_to_four_people",
            f"{DIGEST}::test_nothing_that_happens_later_changes_a_digest",
        ),
    ),
    7: Property(
        says="What is summed up is the sum of what is printed.",
        shown_by=(
            "tests/dialogue/digests/test_digest_text.py::test_a_week_on_two_themes_sums_printed_figures_only",
            "tests/dialogue/digests/test_earlier_text.py::test_a_week_from_before_on_two_themes_tells_them_as_it_did",
            f"{DIGEST}::test_weeks_are_compared_by_printed_figures_and_only_if_all_are_printed",
        ),
    ),
    8: Property(
        says="What is quoted has its author's mark, a clean filter and an approval, all for exactly this text, and is not deleted.",
        shown_by=(f"{QUOTES}::test_what_is_shown_has_three_yeses_for_exactly_this_text_at_every_moment",),
    ),
    9: Property(
        says="An edit voids all three.",
        shown_by=(
            f"{QUOTES}::test_what_is_shown_has_three_yeses_for_exactly_this_text_at_every_moment",
            "tests/dialogue/digests/test_quotes.py::test_an_edit_voids_all_yeses",
        ),
    ),
    10: Property(
        says="A deleted text is in no table, log, payload or backup.",
        shown_by=(
            f"{QUOTES}::test_what_is_deleted_or_taken_back_leaves_nothing_but_the_numbers",
            f"{LEFT}::test_of_a_deleted_reply_nothing_stands_anywhere",
            f"{LEFT}::test_of_what_a_reply_said_before_an_edit_nothing_stands_anywhere",
            "tests/commands/test_backup.py::test_of_what_was_deleted_again_no_byte_is_left",
        ),
    ),
    11: Property(
        says="Deleting changes no issued number; a quote leaves its message without a mark.",
        shown_by=(
            f"{QUOTES}::test_what_is_deleted_or_taken_back_leaves_nothing_but_the_numbers",
            "tests/dialogue/digests/test_digest_text.py::test_a_quote_that_is_withdrawn_leaves_no_mark",
            "tests/dialogue/digests/test_quotes.py::test_a_posted_digest_keeps_whose_wishes_it_tells_also_when_the_quote_is_withdrawn",
        ),
    ),
    12: Property(
        says="The words of who has not opted in change nothing but counts of words that enough people use.",
        shown_by=(
            f"{DIGESTS}::test_what_somebody_says_without_the_mark_changes_nothing_but_counts_of_words_that_enough_people_use",
            f"{DIGESTS}::test_what_fewer_than_five_say_changes_no_byte",
        ),
    ),
    13: Property(
        says="Quotes need thirty asked, eight who answered, five texts reviewed and three approved; three are shown at most, one a person.",
        shown_by=(
            f"{QUOTES}::test_where_fewer_are_on_the_list_than_the_floor_of_those_asked_a_mark_changes_nothing_at_all",
            f"{QUOTES}::test_quotes_need_eight_people_five_before_a_reviewer_and_three_approved_and_are_three_at_most",
            f"{QUOTES}::test_no_two_quotes_of_a_theme_are_one_persons_though_it_was_asked_twice",
        ),
    ),
    14: Property(
        says="Quotes carry no role, area or time, and their order does not depend on arrival.",
        shown_by=(
            f"{QUOTES}::test_order_role_and_time_of_authors_change_no_byte_of_review_and_digest",
            f"{QUOTES}::test_nothing_shown_of_several_weeks_ties_two_texts_to_one_person",
            f"{QUOTES}::test_neither_reviewers_nor_politicians_read_in_the_order_of_arrival",
            "tests/dialogue/digests/test_quotes.py::test_of_more_texts_than_are_reviewed_neither_the_list_nor_arrival_decides_which_are",
        ),
    ),
    15: Property(
        says="No two digests share a token that is made from a person.",
        shown_by=(
            f"{DIGESTS}::test_two_digests_by_the_same_people_and_by_others_differ_in_no_byte",
            f"{DIGESTS}::test_no_random_name_of_one_week_stands_in_the_next",
        ),
    ),
    16: Property(
        says="No payload holds an id, a name, an e-mail or a handle of somebody on the lists.",
        shown_by=(
            f"{PAYLOAD}::test_in_channels_stands_nobody_and_of_what_they_wrote_only_what_was_approved",
            f"{PAYLOAD}::test_who_reviews_or_answers_sees_nobody_in_any_window",
            f"{PAYLOAD}::test_nobody_is_told_of_anybody_else",
        ),
    ),
    17: Property(
        says="A printed word is used by enough people, left out by enough or told with its cap, not on the lists, and passes the filter.",
        shown_by=(
            f"{WORDS}::test_a_word_of_too_few_is_passed_over_and_one_of_nearly_all_is_told_with_its_cap",
            f"{WORDS}::test_a_word_of_nearly_all_with_a_wish_is_told_with_the_cap_of_the_wishes",
            f"{DIGESTS}::test_a_printed_word_is_said_by_enough_people_left_out_by_enough_and_nobodys_name",
            f"{DIGEST}::test_a_word_that_is_written_with_a_capital_like_a_name_is_not_printed",
        ),
    ),
    18: Property(
        says="Six digits or more are held, whatever stands between them.",
        shown_by=(f"{DATA}::test_six_digits_are_held_whatever_stands_between_them",),
    ),
    19: Property(
        says="Every shape of a CPR number is held.",
        shown_by=(f"{DATA}::test_every_cpr_shape_is_held", f"{DATA}::test_at_least_999_of_1000_generated_ones_are_held"),
    ),
    20: Property(
        says="E-mail addresses, links, mentions and channels are held.",
        shown_by=(
            f"{DATA}::test_an_email_address_is_held_however_its_at_is_written",
            f"{DATA}::test_a_link_is_held_in_brackets_and_out_of_them",
            f"{DATA}::test_a_mention_or_a_channel_is_held",
        ),
    ),
    21: Property(
        says="A name on the lists is held in any case and in the genitive.",
        shown_by=(
            f"{DATA}::test_a_name_on_the_roster_is_held_in_any_case_and_in_the_genitive",
            f"{DATA}::test_each_part_of_a_joined_name_is_held",
        ),
    ),
    22: Property(
        says="What is held is never quoted, even with mark and approval.",
        shown_by=(f"{QUOTES}::test_what_is_shown_has_three_yeses_for_exactly_this_text_at_every_moment",),
    ),
    23: Property(
        says="More text, longer lists and more words of the organisers' never let go what is held.",
        shown_by=(
            f"{DATA}::test_text_added_around_held_text_does_not_let_it_go",
            f"{DATA}::test_lines_added_around_anything_do_not_let_it_go",
            f"{DATA}::test_a_longer_roster_and_more_words_hold_no_less",
        ),
    ),
    24: Property(
        says="An audience that is too small, or with earlier ones isolates a few, is refused with the reason.",
        shown_by=(
            "tests/confidentiality/test_audiences.py::test_of_the_audiences_that_are_let_pass_no_difference_is_one_to_four_people",
            "tests/dialogue/rounds/test_singled_out.py::test_the_organisers_are_told_why_in_plain_words_and_never_how_many_they_are",
            f"{BY_LISTS}::test_with_exactly_ten_on_the_list_one_who_is_away_changes_nothing_of_what_is_asked",
            "tests/schedules/checking/people/test_people_files.py::test_an_audience_under_ten_is_a_fault",
        ),
    ),
    25: Property(
        says="Floors can only be raised.",
        shown_by=(
            f"{FLOORS}::test_a_programme_may_raise_a_floor_and_never_lower_one",
            f"{FLOORS}::test_where_several_floors_hold_the_highest_of_each_kind_does_and_none_is_under_the_lowest",
            "tests/dialogue/rounds/test_floors_of_rounds.py::test_a_raised_floor_counts_from_the_next_round",
        ),
    ),
    26: Property(
        says="What organisers see obeys all of this.",
        shown_by=(
            f"{DIGESTS}::test_organisers_see_of_a_theme_that_too_few_answered_what_they_see_of_silence",
            f"{DIGESTS}::test_before_organisers_stands_no_author_role_area_or_time",
            f"{ATTACK}::test_nothing_that_a_season_prints_gives_away_one_to_four_people",
            f"{PAYLOAD}::test_in_channels_stands_nobody_and_of_what_they_wrote_only_what_was_approved",
            f"{PAYLOAD}::test_who_reviews_or_answers_sees_nobody_in_any_window",
            "tests/confidentiality/test_two_worlds.py::test_whatever_one_person_does_who_does_not_answer_everybody_else_sees_the_same",
        ),
    ),
    27: Property(
        says="A digest is posted never before its hour, and later only on an approval.",
        shown_by=(f"{DIGESTS}::test_a_digest_is_posted_never_before_its_hour_and_unapproved_only_where_numbers_need_no_approval",),
    ),
    28: Property(
        says="Participation is told per printed theme, of fifty listed or more, in tenths with open ends that leave room for a few.",
        shown_by=(
            f"{FLOORS}::test_who_knows_the_list_and_all_that_is_printed_never_learns_that_a_few_are_left_out",
            f"{FLOORS}::test_of_fifty_people_the_shares_that_leave_no_room_for_a_raised_floor_are_told_as_one",
            f"{DIGEST}::test_of_fifty_nine_tenths_and_all_read_the_same",
            f"{FLOORS}::test_participation_is_told_in_tenths_with_open_ends_and_only_of_fifty_people_or_more",
            f"{FLOORS}::test_the_nearest_tenth_is_never_more_than_five_percent_off",
            f"{DIGEST}::test_a_week_in_which_too_few_answered_tells_no_participation",
        ),
    ),
    29: Property(
        says="An export is exactly one's own; erasing leaves no row of oneself.",
        shown_by=(
            "tests/dialogue/data_rights/test_erasure.py::test_everyone_is_shown_exactly_their_own",
            "tests/dialogue/data_rights/test_erasure.py::test_whoever_is_erased_stands_nowhere_any_more_and_nobody_else_loses_anything",
        ),
    ),
    30: Property(
        says="What politicians answer goes to all participants alike, never to an author.",
        shown_by=(
            "tests/confidentiality/test_properties_of_answers.py::test_an_answer_reaches_all_participants_in_the_same_words_whoever_answered_or_wished",
            "tests/confidentiality/deletion/test_detaching.py::test_each_participant_hears_each_answer_exactly_once_whichever_rounds_are_detached_when",
        ),
    ),
    31: Property(
        says="A chart and a report show printed numbers and sums of them, each bar as long as what is printed.",
        shown_by=(
            f"{ATTACK}::test_nothing_that_a_season_prints_gives_away_one_to_four_people",
            f"{ATTACK}::test_the_attack_finds_a_sum_that_is_none_of_printed_numbers_and_a_week_that_cannot_be_compared",
            f"{ATTACK}::test_the_attack_finds_a_bar_that_is_not_what_is_printed",
            f"{ATTACK}::test_the_attack_finds_a_number_of_a_report_that_counts_people_and_not_wishes",
        ),
    ),
    32: Property(
        says="No chart, report, page or agenda paper changes by what one person does after the close, but that a quote is gone.",
        shown_by=(
            f"{PAPERS}::test_whatever_one_person_does_after_the_close_no_paper_changes",
            f"{PAPERS}::test_whoever_it_is_that_is_quoted_the_papers_are_the_same",
            f"{PAPERS}::test_after_detaching_every_paper_is_the_same",
        ),
    ),
    33: Property(
        says="A quote that is gone is in no later export, and why it is gone shows nowhere.",
        shown_by=(
            f"{PAPERS}::test_of_a_quote_that_is_gone_only_its_own_digest_is_another_and_names_its_revision",
            f"{PAPERS}::test_why_a_quote_is_gone_shows_nowhere",
            "tests/dialogue/papers/test_fetched.py::test_what_was_withdrawn_between_two_presses_is_not_in_the_second",
        ),
    ),
    34: Property(
        says="An agenda paper, which is public, holds no quote and no answer that repeats one, also once that is taken back.",
        shown_by=(
            f"{AGENDA}::test_a_whole_season_of_quotes_is_in_no_paper",
            f"{AGENDA}::test_an_answer_that_repeated_a_quote_stays_out_once_the_quote_is_taken_back",
            f"{AGENDA}::test_quotes_change_nothing_in_a_paper_and_neither_does_taking_them_back",
        ),
    ),
    35: Property(
        says="The thanks at the end are the same for all, whatever somebody has written, or not.",
        shown_by=("tests/dialogue/season/test_thanks.py::test_it_is_the_same_whether_somebody_has_answered_wished_or_kept_silent",),
    ),
    36: Property(
        says="Somebody's book of answers is seen by nobody else, stands in no message, and is read in no place but a window.",
        shown_by=(
            "tests/dialogue/data_rights/test_my_book.py::test_nobody_reads_anothers",
            "tests/dialogue/data_rights/test_my_book.py::test_reading_it_puts_nothing_anywhere",
            "tests/dialogue/data_rights/test_my_book.py::test_what_is_detached_is_not_there",
        ),
    ),
}
