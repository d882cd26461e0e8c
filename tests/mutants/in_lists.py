"""Bugs by which a question, notice or size would tell who pauses, left or was erased."""

from __future__ import annotations

from tests.mutants.mutant import Mutant, planted

SIZES, OPENING, ROUNDS = "bot/dialogue/list_sizes.py", "bot/dialogue/rounds/opening.py", "bot/dialogue/rounds/after_opening.py"
BY_LISTS = "tests/dialogue/rounds/test_floors_by_lists.py"

IN_LISTS = (
    Mutant(
        bug="who pauses is not counted on their list",
        edits=(
            (SIZES, "LoadedProgramme, PeopleList\n", "LoadedProgramme, PeopleList, Person\n"),
            (
                SIZES,
                "{known.role: known.listed for known",
                "{known.role: known.listed - session.query(Person).filter_by(role=known.role, state='paused').count() for known",
            ),
        ),
        killed_by="tests/confidentiality/test_two_worlds.py::test_nor_in_a_small_role_beside_a_big_one",
    ),
    planted(
        "a list that has become shorter while a round was open counts as long as it was",
        ROUNDS,
        "    lower_audience(round_, sizes_asked_in(session, round_.programme, round_.week))\n",
        "",
        killed_by=f"{BY_LISTS}::test_at_the_close_the_smaller_list_counts",
    ),
    planted(
        "who goes over from another list, and is asked from the next week on, is counted at once",
        SIZES,
        "max(0, known.listed - others_lost[known.role])",
        "known.listed",
        killed_by=f"{BY_LISTS}::test_nobody_counts_who_may_have_come_from_another_list_in_the_week_of_the_question",
    ),
    planted(
        "a list that is filled up with friends in small steps is said to nobody",
        "bot/dialogue/list_holds.py",
        "else min(known.told, known.listed)",
        "else known.listed",
        killed_by=f"{BY_LISTS}::test_a_list_that_grows_in_small_steps_is_told_of_once_they_have_added_up",
    ),
    planted(
        "a role to whose small list an organiser has said yes comes and goes with its list",
        OPENING,
        "floor, roles_out(session, programme.id))",
        "floor)",
        killed_by=f"{BY_LISTS}::test_a_role_to_whose_small_list_an_organiser_said_yes_gets_no_question_of_its_own_whatever_the_list_does",
    ),
    planted(
        "a list that is filled up with friends is said to nobody who reads the digest",
        SIZES,
        "(HoldState.CONFIRMED, HoldState.GROWN)",
        "(HoldState.CONFIRMED,)",
        killed_by="tests/dialogue/digests/test_draft.py::test_a_list_that_has_changed_much_is_said_in_the_next_digest_and_in_no_other",
    ),
    planted(
        "a list that is filled up with friends is said to no organiser",
        "bot/dialogue/list_holds.py",
        "            if not held:\n                _note_growth",
        "            if False:\n                _note_growth",
        killed_by=f"{BY_LISTS}::test_a_list_that_grows_by_more_than_a_third_counts_at_once_and_is_told_of",
    ),
    planted(
        "a question goes out before anybody has been welcomed, and then to nobody",
        OPENING,
        "if is_nobody_here or (",
        "if (",
        killed_by=f"{BY_LISTS}::test_as_long_as_nobody_has_been_welcomed_the_round_waits_until_it_is_too_late",
    ),
    planted(
        "a newcomer whose welcome is due gets the question a day after all others",
        OPENING,
        "people.is_any_arriving(session, now, programme.id, questions)",
        "False",
        killed_by=f"{BY_LISTS}::test_a_newcomer_whose_welcome_is_due_gets_the_question_with_all_others",
    ),
    planted(
        "the hour at which a round opens tells that the only one in a far zone pauses",
        OPENING,
        "or_(Person.state != PersonState.LEFT, Person.left_by == LeftBy.SELF)",
        "Person.state == PersonState.ACTIVE",
        killed_by="tests/dialogue/rounds/test_opening.py::test_the_zones_of_all_participants_on_the_lists_count_whatever_they_do",
    ),
    planted(
        "of two on two lists the organisers read of one only, once the other was erased",
        "bot/dialogue/roster.py",
        'say="people.overlaps", n=len(lists_of)',
        'say="people.overlaps", n=len(lists_of.keys() - tombstones.find_erased(session, lists_of))',
        killed_by="tests/dialogue/data_rights/test_erasure.py::test_a_new_overlap_is_told_as_the_lists_say_it_whoever_has_been_erased",
    ),
    planted(
        "the question says to a person how many it goes to",
        "bot/dialogue/compose.py",
        "round_to_five(people_asked(round_, question_id)) or None",
        "people_asked(round_, question_id) or None",
        killed_by="tests/dialogue/test_compose.py::test_the_question_says_how_many_it_goes_to_by_the_lists_of_all_who_are_asked",
    ),
    planted(
        "who was erased has had whatever role a list gives them now",
        "bot/dialogue/roster.py",
        "_count_readings(programme, rosters, on_lists, standings, had_roles)",
        "_count_readings(programme, rosters, on_lists, standings, erased)",
        killed_by="tests/dialogue/test_list_holds.py::test_who_was_erased_is_judged_by_the_role_they_had",
    ),
    planted(
        "the hour of opening is judged by the people who are here",
        OPENING,
        "    if not of_lists or None in of_lists:\n",
        "    if of_lists is not None:\n",
        killed_by="tests/dialogue/rounds/test_opening.py::test_the_zones_of_all_participants_on_the_lists_count_whatever_they_do",
    ),
    planted(
        "the log says that a round is sent when the last person is asked",
        "schedules/rounds_sent.py",
        " and begun + TIME_TO_SEND <= now:",
        " and begun - WINDOW <= now:",
        killed_by="tests/schedules/test_rounds_sent.py::"
        "test_a_round_is_said_once_when_it_is_sent_in_the_last_time_zone_whatever_those_there_do",
    ),
)
