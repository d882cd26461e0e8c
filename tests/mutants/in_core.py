"""Bugs in the core, by which somebody is told twice, too early, too late, in the wrong place or never."""

from __future__ import annotations

from tests.mutants.mutant import planted

OUTBOX, CLAIM, FOLLOW_UP = "bot/dialogue/outbox.py", "bot/sending/claim.py", "bot/sending/follow_up.py"
OPENING, AFTER_OPENING = "bot/dialogue/rounds/opening.py", "bot/dialogue/rounds/after_opening.py"
ANSWERS, CALLS = "bot/dialogue/responses/to_participants.py", "bot/sending/platform_calls.py"
JOBS, HEARTBEAT = "schedules/jobs.py", "schedules/heartbeat.py"
LOOK_AHEAD, ON_LOOK_AHEAD = "bot/database/look_ahead.py", "tests/database/test_look_ahead.py"
ON_OUTBOX, ON_OUTCOMES = "tests/dialogue/test_outbox.py", "tests/sending/test_outcomes.py"
ON_LANES, ON_CHANGES = "tests/sending/test_lanes.py", "tests/sending/test_message_updates.py"
ON_OPENING, ON_AFTER_OPENING = "tests/dialogue/rounds/test_opening.py", "tests/dialogue/rounds/test_after_opening.py"
ON_ANSWERS = "tests/dialogue/responses/test_to_participants.py"
FROZEN_WHILE_WRITING = "test_a_holder_frozen_in_the_midst_of_writing_is_replaced_as_soon_as_it_lets_the_database_go"
ON_JOBS, ON_HEARTBEAT, ON_DUE = "tests/schedules/test_jobs.py", "tests/schedules/test_heartbeat.py", "tests/schedules/test_due.py"

DELIVERY = (
    planted(
        "a digest in doubt is posted once more when something else falls due",
        OUTBOX,
        "and_(OutboxMessage.state == MessageState.HELD, OutboxMessage.attempts == 0)",
        "OutboxMessage.state == MessageState.HELD",
        killed_by=f"{ON_OUTCOMES}::test_a_digest_in_doubt_is_not_posted_once_more_when_something_else_falls_due",
    ),
    planted(
        "what an earlier version gave up is said long after its time",
        CLAIM,
        "OutboxMessage.kind.in_(RETRIED_KINDS), in_time\n",
        "OutboxMessage.kind.in_(RETRIED_KINDS), ~false()\n",
        killed_by="tests/sending/test_delivery.py::test_what_an_earlier_version_gave_up_is_tried_again_in_its_time_and_nothing_else",
    ),
    planted(
        "after a restore what is not due yet is doubted, and looked for before it was said",
        CLAIM,
        "where(OutboxMessage.state == MessageState.PENDING, OutboxMessage.next_at <= now)",
        "where(OutboxMessage.state == MessageState.PENDING)",
        killed_by=f"{ON_OUTCOMES}::test_what_waits_for_a_later_moment_is_not_in_doubt_after_a_restore",
    ),
    planted(
        "what was never tried here is looked for from the moment of the look on, and said twice",
        CALLS,
        "else message.due_at - BEFORE_A_RETURN",
        "else message.next_at",
        killed_by=f"{ON_OUTCOMES}::test_a_message_that_was_never_tried_here_is_looked_for_from_before_any_backup",
    ),
    planted(
        "one conversation that takes messages again makes all others be tried at once",
        FOLLOW_UP,
        "others = OutboxMessage.address == message.address, ",
        "others = OutboxMessage.address.is_not(None), ",
        killed_by=f"{ON_LANES}::test_a_conversation_that_takes_messages_again_hurries_no_other_and_nothing_that_is_not_due",
    ),
    planted(
        "what is planned for later is said at once where something was refused before",
        FOLLOW_UP,
        ".where(*others, OutboxMessage.attempts > 0)",
        ".where(*others)",
        killed_by=f"{ON_LANES}::test_a_conversation_that_takes_messages_again_hurries_no_other_and_nothing_that_is_not_due",
    ),
    planted(
        "a clock that is set back ends the wait that the platform has asked for",
        "bot/sending/lanes.py",
        "        if now >= state.paused_at + state.pause:\n",
        "        if now == state.paused_at or now >= state.paused_at + state.pause:\n",
        killed_by=f"{ON_LANES}::test_a_clock_that_is_set_back_during_a_pause_does_not_end_it",
    ),
    planted(
        "a change that comes too soon is followed by all other changes at once",
        CALLS,
        "reason=Why.LATER, is_limit=True)",
        "reason=Why.LATER)",
        killed_by=f"{ON_CHANGES}::test_a_change_that_comes_too_soon_stops_all_changes_for_a_while_and_nothing_that_is_posted",
    ),
    planted(
        "a fault of ours leaves no line in the log",
        "bot/sending/outcomes.py",
        '        log.error("a message met a fault of ours", task=task, exc_info=fault)\n',
        "        log.debug(task, kind=kind)\n",
        killed_by=f"{ON_OUTCOMES}::test_a_fault_is_logged_with_its_text_once_and_only_its_kind_is_kept",
    ),
    planted(
        "organisers hear later than promised that a digest is late",
        FOLLOW_UP,
        "LATE_AFTER = timedelta(minutes=30)",
        "LATE_AFTER = timedelta(minutes=31)",
        killed_by=f"{ON_OUTCOMES}::test_from_half_an_hour_on_a_digest_or_its_change_that_is_not_made_is_late",
    ),
    planted(
        "the lease is written at every look, and everybody waits for the database",
        "bot/sending/lease.py",
        "now - self._proved_at < RAISE_EVERY:",
        "now - self._proved_at < 0:",
        killed_by="tests/sending/test_lease.py::test_who_has_just_shown_that_they_are_alive_writes_nothing",
    ),
    planted(
        "whoever waits for the lease waits for its frozen holder too",
        "bot/sending/lease.py",
        "if self._number is None and not self._is_to_be_had(now):",
        "if False:",
        killed_by=f"tests/sending/test_lease.py::{FROZEN_WHILE_WRITING}",
    ),
)

TOLD = (
    planted(
        "what another programme has told is never told in this one",
        OUTBOX,
        'where(OutboxMessage.programme == bindparam("programme"), OutboxMessage.key == bindparam("key"))',
        'where(OutboxMessage.key == bindparam("key"))',
        killed_by=f"{ON_OUTBOX}::test_what_was_told_in_another_programme_is_not_told_in_this_one",
    ),
    planted(
        "what waits in one programme goes to the channel of another",
        OUTBOX,
        'waits = OutboxMessage.programme == bindparam("of"), ',
        "waits = OutboxMessage.programme.is_not(None), ",
        killed_by=f"{ON_OUTBOX}::test_what_waits_in_another_programme_stays_where_it_is",
    ),
    planted(
        "what an organiser is told directly is posted in the channel",
        OUTBOX,
        "OutboxMessage.person_id.is_(None), OutboxMessage.kind.in_(kinds), IS_POSTABLE",
        "OutboxMessage.kind.in_(kinds), IS_POSTABLE",
        killed_by=f"{ON_OUTBOX}::test_an_organiser_who_is_told_directly_is_not_told_in_the_channel",
    ),
    planted(
        "what a channel refuses is tried at every beat",
        OUTBOX,
        'where(*waits, OutboxMessage.address != bindparam("place"))',
        "where(*waits)",
        killed_by=f"{ON_OUTBOX}::test_what_is_refused_in_the_channel_it_is_meant_for_keeps_its_wait",
    ),
    planted(
        "an answer that waits is not brought to mind because another one was",
        OUTBOX,
        "OutboxMessage.kind == kind, _is_about(facts)",
        "OutboxMessage.kind == kind, _is_about(facts) | True",
        killed_by=f"{ON_OUTBOX}::test_nothing_is_brought_to_mind_while_the_same_thing_waits_to_be_said",
    ),
    planted(
        "what was said to somebody who pauses is forgotten",
        OUTBOX,
        "conditions = WAITS, OutboxMessage.kind.in_(kinds)",
        "conditions = OutboxMessage.state.is_not(None), OutboxMessage.kind.in_(kinds)",
        killed_by=f"{ON_OUTBOX}::test_only_what_has_not_been_said_and_is_of_these_kinds_is_cancelled",
    ),
    planted(
        "who was told an answer with a question is told it once more alone",
        ANSWERS,
        "func.coalesce(last_asked.c.at, Person.heard_until, Person.invited_at)",
        "func.coalesce(Person.heard_until, last_asked.c.at, Person.invited_at)",
        killed_by=f"{ON_ANSWERS}::test_who_was_told_with_a_question_is_not_told_alone_though_an_earlier_round_is_forgotten",
    ),
    planted(
        "who was told an answer with a question that is forgotten is told it once more alone",
        ANSWERS,
        "        .where(or_(Person.heard_until.is_(None), Response.released_at >= Person.heard_until))\n",
        "",
        killed_by=f"{ON_ANSWERS}::test_who_was_told_with_a_question_that_is_forgotten_is_not_told_alone_whatever_came_before",
    ),
    planted(
        "answers are told alone in any order",
        ANSWERS,
        "        .order_by(Response.released_at, Response.id, Person.id)\n",
        "",
        killed_by=f"{ON_ANSWERS}::test_answers_are_told_in_the_order_of_their_release_with_a_question_and_alone",
    ),
    planted(
        "answers are told with a question in any order",
        ANSWERS,
        "    .order_by(Response.released_at, Response.id)\n",
        "",
        killed_by=f"{ON_ANSWERS}::test_answers_are_told_in_the_order_of_their_release_with_a_question_and_alone",
    ),
    planted(
        "four people whose welcome failed twice are told of as many",
        AFTER_OPENING,
        "len({person for person, *_ in rows}) < floor",
        "len(rows) < floor",
        killed_by=f"{ON_AFTER_OPENING}::test_four_people_whose_welcome_failed_twice_are_few",
    ),
    planted(
        "weeks that never had a digest are told of in any order",
        AFTER_OPENING,
        ".distinct().order_by(Round.week)",
        ".distinct().order_by(Round.week.desc())",
        killed_by=f"{ON_AFTER_OPENING}::test_weeks_that_never_had_a_digest_are_told_of_in_their_order_and_once_each",
    ),
)

ROUNDS = (
    planted(
        "who has answered any round is never reminded again",
        AFTER_OPENING,
        "answered = select(Participation.person_id).where(Participation.round_id == round_.id)\n    is_reminder",
        "answered = select(Participation.person_id)\n    is_reminder",
        killed_by=f"{ON_AFTER_OPENING}::test_who_has_answered_another_round_is_reminded_of_this_one",
    ),
    planted(
        "who pauses is reminded",
        AFTER_OPENING,
        ".where(*question_reached, Person.state == PersonState.ACTIVE, Person.id.not_in(told))",
        ".where(*question_reached, Person.id.not_in(told))",
        killed_by=f"{ON_AFTER_OPENING}::test_only_those_who_got_the_question_and_have_not_answered_are_reminded_once",
    ),
    planted(
        "the oldest of the open rounds is the one that is answered",
        OPENING,
        ".order_by(Round.opens_at.desc(), Round.id.desc()).limit(1)",
        ".order_by(Round.opens_at, Round.id).limit(1)",
        killed_by=f"{ON_AFTER_OPENING}::test_of_two_open_rounds_a_newcomer_is_asked_the_newer",
    ),
    planted(
        "a week is drafted while one of its rounds is open",
        OPENING,
        ".having(func.count(Round.closed_at) == func.count(), func.count(Round.detached_at) == 0)",
        ".having(or_(func.count(Round.closed_at) == func.count(), func.count(Round.detached_at) == 0))",
        killed_by=f"{ON_OPENING}::test_weeks_are_drafted_in_their_order_once_all_their_rounds_have_closed_and_none_is_detached",
    ),
    planted(
        "the younger of two weeks is drafted first, and gets the lower number",
        OPENING,
        "    .order_by(Round.week)\n",
        "    .order_by(Round.week.desc())\n",
        killed_by=f"{ON_OPENING}::test_weeks_are_drafted_in_their_order_once_all_their_rounds_have_closed_and_none_is_detached",
    ),
    planted(
        "a week that another programme has a digest of is never drafted",
        OPENING,
        'select(Digest.week).where(Digest.programme == bindparam("programme"), Digest.week.is_not(None))',
        "select(Digest.week).where(Digest.week.is_not(None))",
        killed_by=f"{ON_OPENING}::test_a_week_is_drafted_though_another_programme_has_its_digest",
    ),
    planted(
        "an entry is not asked because another programme has asked it",
        OPENING,
        "where(Round.programme == programme.id, same_entry_or_slot)",
        "where(same_entry_or_slot)",
        killed_by=f"{ON_OPENING}::test_a_round_opens_though_another_programme_has_one_in_its_slot",
    ),
)

ON_TIME = (
    planted(
        "a step of the beat that would change rows is taken to be idle, so nothing is ever moved or deleted",
        LOOK_AHEAD,
        "return _NothingChanged() if self.session.scalar(_fitting(statement), running.parameters) is None else None",
        "return _NothingChanged()",
        killed_by=f"{ON_LOOK_AHEAD}::test_a_task_that_would_change_something_is_found_and_changes_nothing[update]",
    ),
    planted(
        "a step of the beat that breaks is taken to be idle, and nobody hears of it",
        LOOK_AHEAD,
        "fails where it is told of\n                self._is_over = True\n",
        "fails where it is told of\n                pass\n",
        killed_by=f"{ON_HEARTBEAT}::test_a_step_behind_others_that_breaks_fails_once_a_beat_and_stops_none_behind_it",
    ),
    planted(
        "a digest is computed twice: once to see whether it is due, and once to write it",
        "bot/dialogue/digests/draft.py",
        "        announce_change(session)\n",
        "",
        killed_by="tests/dialogue/digests/test_draft.py::test_whether_a_week_is_to_be_drafted_is_told_before_its_answers_are_opened",
    ),
    planted(
        "a database that cannot be written is noticed only when something falls due",
        HEARTBEAT,
        "names, can_look = deque(jobs.JOBS), True\n",
        "names, can_look = deque(jobs.JOBS), True\n        self._pass_over_idle(now, programme, names)\n",
        killed_by=f"{ON_HEARTBEAT}::test_a_database_that_cannot_be_written_is_noticed_when_nothing_is_due_too",
    ),
    planted(
        "the steps of a beat decide by what was so before the first of them wrote",
        HEARTBEAT,
        "        self._look.close()\n        self._database.write(lambda session: step(",
        "        self._database.write(lambda session: step(",
        killed_by=f"{ON_HEARTBEAT}::test_what_a_step_has_written_is_seen_by_those_behind_it",
    ),
    planted(
        "a programme whose last sending day is skipped ends a week late",
        "schedules/due.py",
        "if sending_day.skipped is None] or list(sending_days(programme))",
        "if sending_day.skipped is None] and list(sending_days(programme))",
        killed_by=f"{ON_DUE}::test_a_programme_whose_last_sending_days_are_skipped_ends_with_the_last_week_that_is_not",
    ),
    planted(
        "a reminder of a round that has not opened fails its step at every beat",
        JOBS,
        "if round_ is not None and remind is not None:",
        "if remind is not None:",
        killed_by=f"{ON_JOBS}::test_a_reminder_of_a_round_that_has_not_opened_reminds_nobody_and_fails_no_step",
    ),
    planted(
        "answers go out on their own while questions are to come",
        JOBS,
        "last=not rounds_to_open(session, programme)",
        "last=bool(programme.rounds)",
        killed_by=f"{ON_JOBS}::test_answers_go_out_on_their_own_only_once_no_question_is_to_come",
    ),
    planted(
        "the next beat is for the lists, though a round opens before",
        HEARTBEAT,
        "looks += [] if due is None else [due.at]",
        "looks += []",
        killed_by=f"{ON_HEARTBEAT}::test_the_next_beat_is_for_what_falls_due_where_that_comes_before_the_lists",
    ),
    planted(
        "the watch of the clock keeps a process from ending",
        HEARTBEAT,
        'name="drift", daemon=True',
        'name="drift", daemon=False',
        killed_by=f"{ON_HEARTBEAT}::test_the_watch_of_the_clock_keeps_no_process_from_ending",
    ),
)
