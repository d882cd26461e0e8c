"""Bugs that would forget somebody, or let one conversation keep all others waiting."""

from __future__ import annotations

from tests.mutants.mutant import planted

HOLDS, ON_HOLDS = "bot/dialogue/list_holds.py", "tests/dialogue/test_list_holds.py"
LANES, DELIVERY = "bot/sending/lanes.py", "bot/sending/delivery.py"
ON_LANES = "tests/sending/test_lanes.py"

IN_SENDING = (
    planted(
        "of a list that answers with one person all others are believed to be gone",
        HOLDS,
        "return is_shrunk(known.confirmed, size) or (",
        "return size == 0 or (",
        killed_by=f"{ON_HOLDS}::test_small_steps_add_up_until_an_organiser_has_said_yes",
    ),
    planted(
        "another group is taken for the list that was meant",
        HOLDS,
        "is_shrunk(known.listed, reading.stays)",
        "False",
        killed_by=f"{ON_HOLDS}::test_a_third_may_be_exchanged_at_once_and_no_more",
    ),
    planted(
        "the first reading after an upgrade asks with the number of those who have not left",
        HOLDS,
        "had = None if known.estimated else known.confirmed",
        "had = known.confirmed",
        killed_by=f"{ON_HOLDS}::test_against_an_estimate_it_is_asked_without_numbers",
    ),
    planted(
        "a list that loses a little every day is believed each day",
        HOLDS,
        "max(known.confirmed, size)",
        "size",
        killed_by=f"{ON_HOLDS}::test_small_steps_add_up_until_an_organiser_has_said_yes",
    ),
    planted(
        "what everybody is refused is taken to be about each of them",
        LANES,
        "REFUSED_IN_A_ROW: Final = 3",
        "REFUSED_IN_A_ROW: Final = 300",
        killed_by=f"{ON_LANES}::test_three_different_people_in_a_row_stop_their_lane_and_the_first_success_opens_it",
    ),
    planted(
        "a refusal about us is tried again with the same person, behind whom all others wait",
        "bot/sending/claim.py",
        "due.order_by(rank, OutboxMessage.next_at, OutboxMessage.id)",
        "due.order_by(rank, OutboxMessage.due_at, OutboxMessage.id)",
        killed_by=f"{ON_LANES}::test_one_person_who_is_refused_as_if_it_were_about_us_stops_nobody_else",
    ),
    planted(
        "a pause for all lets everything out that is claimed already",
        DELIVERY,
        "return NotCalled() if self._glance(lambda session: self._hooks.is_held_back(session, message)) else None",
        "return None",
        killed_by="tests/sending/test_paused_in_a_fan_out.py"
        "::test_after_the_press_only_the_call_under_way_is_finished_and_the_rest_goes_out_after_the_pause",
    ),
    planted(
        "a round to two hundred people is over before its pace is found",
        "bot/sending/pace.py",
        "FALL = 0.9 ",
        "FALL = 0.8 ",
        killed_by="tests/sending/test_pace.py::test_the_second_half_of_two_hundred_messages_goes_as_fast_as_the_platform_takes_them[8]",
    ),
    planted(
        "a limit of one conversation stops all others again and again",
        LANES,
        "        if state.limited == address and state.others_taken:\n",
        "        if False:\n",
        killed_by=f"{ON_LANES}::test_a_limit_of_one_conversation_does_not_stop_the_others_twice",
    ),
    planted(
        "two messages are under way to one conversation at once",
        DELIVERY,
        "if begun.parcel.message.address == address]",
        "if not begun]",
        killed_by="tests/sending/test_calls_in_flight.py::test_never_two_to_one_conversation_and_its_messages_keep_their_order",
    ),
    planted(
        "who was never called is given up after some kills",
        "bot/sending/outcomes.py",
        '        again = {"attempts": max(message.attempts - 1, 0), "next_at": now + wait}\n        return {"state": MessageState.PENDING,',
        '        again = {"attempts": max(message.attempts - 1, 0), "next_at": now + wait}\n'
        '        return {"state": MessageState.FAILED if times > 1 else MessageState.PENDING,',
        killed_by="tests/sending/test_outcomes.py::"
        "test_who_was_never_called_is_not_given_up_however_often_the_process_is_killed_before_it_calls",
    ),
)
