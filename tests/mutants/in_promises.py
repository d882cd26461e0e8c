"""Bugs by which a wish has another fate than its own, or a politician is asked twice, too early or never what became of a promise."""

from __future__ import annotations

from tests.mutants.mutant import planted

LEDGER, DUE = "bot/dialogue/responses/ledger.py", "bot/dialogue/responses/due_promises.py"
PROMISES, UNANSWERED = "bot/dialogue/responses/promises.py", "bot/dialogue/responses/unanswered.py"
REVIEW = "bot/dialogue/responses/response_review.py"
ON_LEDGER, ON_PROMISES = "tests/dialogue/responses/test_ledger.py", "tests/dialogue/responses/test_promises.py"
ON_UNANSWERED, ON_REVIEW = "tests/dialogue/responses/test_unanswered.py", "tests/dialogue/responses/test_response_review.py"
SOON = "test_a_digest_can_be_answered_as_soon_as_it_stands_in_its_channel_though_that_is_not_written_down_yet"

FATES = (
    planted(
        "an answer that organisers have not released decides the fate of wishes",
        LEDGER,
        "released = [answer for answer in answers if answer.state is ResponseState.RELEASED]",
        "released = list(answers)",
        killed_by=f"{ON_LEDGER}::test_whatever_is_answered_released_declined_and_told_there_is_one_state_by_the_rank",
    ),
    planted(
        "what one politician promises takes the place of what another promised",
        LEDGER,
        "answer.person_id == promise.person_id and answer.id > promise.id",
        "answer.id > promise.id",
        killed_by=f"{ON_LEDGER}::test_two_who_promise_the_same_stand_side_by_side_and_the_overdue_one_decides",
    ),
    planted(
        "a promise on one quote takes the place of one on another",
        LEDGER,
        "and answer.place in {promise.place, None}",
        "",
        killed_by=f"{ON_LEDGER}::test_a_promise_on_one_quote_leaves_those_on_other_quotes_and_on_the_wishes_open",
    ),
    planted(
        "a promise is overdue on its own day",
        DUE,
        "day_asked(promise.due_on, days_off) < day",
        "day_asked(promise.due_on, days_off) <= day",
        killed_by=f"{ON_LEDGER}::test_a_promise_is_overdue_from_the_day_after_its_day_where_the_programme_is",
    ),
    planted(
        "a promise for a day off is overdue before it is asked about",
        LEDGER,
        "if is_overdue(promise, day, days_off)]",
        "if is_overdue(promise, day)]",
        killed_by=f"{ON_LEDGER}::test_a_promise_for_a_day_off_is_overdue_from_the_day_after_it_is_asked_about",
    ),
    planted(
        "a no to one quote is a no to all that wish",
        LEDGER,
        "answer.kind is ResponseKind.NOT_OURS and answer.place is None",
        "answer.kind is ResponseKind.NOT_OURS",
        killed_by=f"{ON_LEDGER}::test_what_is_said_of_one_quote_refuses_nothing_that_the_others_wish",
    ),
    planted(
        "a promise without a day is taken",
        REVIEW,
        "_require_day(now, programme, due) if kind is ResponseKind.TAKE_UP else None",
        "due if kind is ResponseKind.TAKE_UP else None",
        killed_by=f"{ON_REVIEW}::test_a_promise_without_a_possible_day_is_refused_there",
    ),
)
ASKED = (
    planted(
        "a politician is asked what became of a promise though it is told",
        PROMISES,
        '<= bindparam("until"), ~_is_told)',
        '<= bindparam("until"))',
        killed_by=f"{ON_PROMISES}::test_what_has_been_told_is_never_asked_about_before_or_after_it_is_released",
    ),
    planted(
        "a question keeps its buttons though it is told what became of the promise",
        PROMISES,
        "= not told and ledger.stands(session, promise), ",
        "= not redraw.is_new(message) or (not told and ledger.stands(session, promise)), ",
        killed_by=f"{ON_PROMISES}::test_once_it_is_told_the_question_and_its_reminder_lose_their_buttons_and_get_them_back_if_that_is_declined",
    ),
    planted(
        "a politician is asked about a promise that they have renewed",
        PROMISES,
        "if question.at <= now and ledger.stands(session, promise):",
        "if question.at <= now:",
        killed_by=f"{ON_PROMISES}::test_of_a_promise_that_was_renewed_only_the_new_day_counts",
    ),
    planted(
        "any politician tells of a promise before its own has been reminded",
        DUE,
        "moment_asked(session, politician.programme, promise, again=True)",
        "moment_asked(session, politician.programme, promise)",
        killed_by=f"{ON_PROMISES}::test_any_politician_may_tell_a_week_after_the_reminder",
    ),
    planted(
        "a politician who has their data deleted is asked once more",
        "bot/dialogue/data_rights/erasure.py",
        "where(to_them, ~_is_asked_in_public(people))",
        "where(to_them)",
        killed_by=f"{ON_PROMISES}::test_a_politician_who_has_everything_about_them_deleted_and_stays_one_is_not_asked_again",
    ),
    planted(
        "a promise for a day long after its programme is forgotten while the next one runs",
        "schedules/heartbeat.py",
        "in_care = (*(programme for programme in past if jobs.needs_care(session, now, programme)), *running)",
        "in_care = running",
        killed_by="tests/schedules/test_long_after.py"
        "::test_a_promise_is_asked_about_and_unanswered_wishes_are_told_of_long_after_their_programme_while_the_next_runs",
    ),
    planted(
        "a politician whose question was cancelled is taken for asked",
        DUE,
        "where(*conditions, OutboxMessage.state != MessageState.CANCELLED)",
        "where(*conditions)",
        killed_by=f"{ON_PROMISES}::test_who_was_never_asked_is_not_told_that_they_were",
    ),
    planted(
        "a promise waits for ever for a politician who cannot be reached",
        PROMISES,
        "expires_at=due_at + WEEK,",
        "expires_at=None,",
        killed_by=f"{ON_PROMISES}::test_who_cannot_be_reached_counts_as_asked_after_a_week_so_that_others_may_tell_and_organisers_hear_of_it_once",
    ),
    planted(
        "wishes of which a post in doubt told leave the ledger",
        "bot/dialogue/compose.py",
        "list(dict.fromkeys((*seen, *told)))",
        "told",
        killed_by="tests/dialogue/digests/test_quotes.py"
        "::test_wishes_that_may_have_been_read_in_a_post_in_doubt_stay_told_when_the_digest_is_posted_again[True]",
    ),
    planted(
        "organisers hear of wishes without an answer at night",
        UNANSWERED,
        "if in_sending_hours(now, programme.timezone, DaysOff.of(programme)) == now:",
        "if now:",
        killed_by=f"{ON_UNANSWERED}::test_nobody_hears_of_it_at_night_or_on_a_day_off",
    ),
    planted(
        "somebody who is no politician is asked to answer wishes",
        UNANSWERED,
        "[person for person in known.values() if is_politician(person)]",
        "list(known.values())",
        killed_by=f"{ON_UNANSWERED}::test_whoever_is_no_politician_is_refused_at_the_field_and_nobody_is_asked",
    ),
    planted(
        "a politician who presses before it is written down that the digest was posted is told that it is gone",
        "bot/dialogue/digests/redraw.py",
        "return posting is not None and posting.state in STANDS_OR_MAY",
        "return posting is not None and posting.state is MessageState.SENT",
        killed_by=f"tests/handlers/test_politicians.py::{SOON}[sending]",
    ),
)
