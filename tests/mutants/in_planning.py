"""Bugs by which an edit of a programme takes effect unseen, a plan is not the one that was shown, or a pause for all does not hold."""

from __future__ import annotations

from tests.mutants.mutant import Mutant, planted

MOMENTS, SETTINGS = "schedules/planning/moments.py", "schedules/planning/setting_changes.py"
VERSIONS, PLAN_REVIEW = "bot/dialogue/planning/versions.py", "bot/dialogue/planning/plan_review.py"
PLAN_OF_EDIT = "schedules/planning/plan_of_edit.py"
JUDGE, STORE = "schedules/planning/judge_files.py", "schedules/programme_store.py"
SAVE, MOVE, SKIP = "schedules/edits/save_file.py", "schedules/edits/move.py", "schedules/edits/skip.py"
EDITS, PAUSING, PLANNER = "handlers/edits.py", "handlers/pausing.py", "schedules/planner.py"
PAUSE, OPENING = "bot/dialogue/planning/pause_for_all.py", "bot/dialogue/rounds/opening.py"
WEEK_TOLD, LINT = "schedules/planning/week_told.py", "schedules/checking/questions/question_lint.py"

ON_PLAN, ON_JUDGE = "tests/schedules/planning/test_plan_of_edit.py", "tests/schedules/planning/test_judge_files.py"
AGE, ON_AGE = "schedules/planning/age_of_file.py", "tests/schedules/planning/test_age_of_file.py"
ON_VERSIONS, ON_EDITS = "tests/dialogue/planning/test_versions.py", "tests/handlers/test_edits.py"
ON_SAVE, ON_APPLY = "tests/schedules/edits/test_save_file.py", "tests/schedules/edits/test_apply_edit.py"
ON_PAUSE, ON_PAUSING = "tests/dialogue/planning/test_pause_for_all.py", "tests/handlers/test_pausing.py"
ON_WEEK, ON_LINT = "tests/schedules/planning/test_week_told.py", "tests/schedules/checking/questions/test_question_lint.py"
PROTECTS = f"{ON_PLAN}::test_what_protects_people_is_held_and_nothing_else"
FOUND = f"{ON_LINT}::test_each_kind_is_found_in_both_languages"

HELD = (
    planted(
        "what happens on the seventh day from now is changed without a word",
        MOMENTS,
        "COMING_WEEK: Final = timedelta(days=7)",
        "COMING_WEEK: Final = timedelta(days=6)",
        killed_by=f"{ON_PLAN}::test_what_happens_on_the_seventh_day_is_held_and_what_happens_after_it_is_not",
    ),
    planted(
        "another list takes effect at once",
        SETTINGS,
        "HoldReason.SOURCE_GONE if new is None else HoldReason.SOURCE\n",
        "HoldReason.SOURCE_GONE if new is None else None\n",
        killed_by=f"{ON_PLAN}::test_a_list_from_elsewhere_is_held",
    ),
    planted(
        "a list is taken away at once",
        SETTINGS,
        "HoldReason.SOURCE_GONE if new is None else HoldReason.SOURCE\n",
        "None if new is None else HoldReason.SOURCE\n",
        killed_by=PROTECTS,
    ),
    planted(
        "the digest goes to another channel at once",
        SETTINGS,
        "lambda _was, _becomes: HoldReason.CHANNEL",
        "lambda _was, _becomes: None",
        killed_by=PROTECTS,
    ),
    planted(
        "a floor that is raised takes effect at once",
        SETTINGS,
        "before=was, after=becomes, why=why, held=held)",
        "before=was, after=becomes, why=why, held=held if becomes < was else None)",
        killed_by=PROTECTS,
    ),
    planted(
        "a floor that is lowered takes effect at once",
        SETTINGS,
        "before=was, after=becomes, why=why, held=held)",
        "before=was, after=becomes, why=why, held=held if becomes > was else None)",
        killed_by=f"{ON_PLAN}::test_a_floor_is_held_whether_it_is_lowered_or_raised",
    ),
    planted(
        "replies are kept for longer at once",
        SETTINGS,
        "Item.RETENTION, HoldReason.RETENTION)",
        "Item.RETENTION, None)",
        killed_by=PROTECTS,
    ),
    planted(
        "a digest is reviewed no more at once",
        SETTINGS,
        "HoldReason.REVIEW if becomes == Review.QUOTES_ONLY else None",
        "HoldReason.REVIEW if becomes == Review.REQUIRED else None",
        killed_by=PROTECTS,
    ),
    planted(
        "a word is let through at once",
        SETTINGS,
        'why=("filter.extra",), held=HoldReason.FILTER)',
        'why=("filter.extra",))',
        killed_by=f"{ON_PLAN}::test_a_word_is_let_go_by_an_organiser_only_and_a_stricter_review_is_in_force_at_once",
    ),
)
DECIDED = (
    planted(
        "a plan is put in force though it has become another one",
        PLAN_REVIEW,
        "if proposal.plan.fingerprint != fingerprint:",
        "if not proposal.plan.changes:",
        killed_by=f"{ON_JUDGE}::test_a_plan_whose_world_has_moved_is_not_applied_but_shown_anew",
    ),
    planted(
        "a text that is not wanted stays in its file",
        PLAN_REVIEW,
        "saved = running is not None and planner.save(session, in_its_file, version.content, running.content)",
        "saved = running is not None and in_its_file is not None",
        killed_by=f"{ON_JUDGE}::test_a_declined_text_leaves_its_file_and_asks_again_only_if_it_is_saved_again",
    ),
    planted(
        "of two who decide about a plan both are counted",
        VERSIONS,
        "still_held = ProgrammeVersion.id == version.id, ProgrammeVersion.state == VersionState.HELD",
        "still_held = ProgrammeVersion.id == version.id, ProgrammeVersion.programme == version.programme",
        killed_by=f"{ON_VERSIONS}::test_a_held_text_runs_once_it_is_applied_and_nobody_decides_after_that",
    ),
    planted(
        "whoever is no organiser decides about a plan",
        PLAN_REVIEW,
        "people.require_role(session, programme.id, address, Role.ORGANISER)",
        "people.require_role(session, programme.id, address, *Role)",
        killed_by=f"{ON_JUDGE}::test_only_organisers_decide",
    ),
    planted(
        "a start runs what stands on the disk",
        STORE,
        "self._texts = {text.programme: text for text in running}",
        "self._texts: dict[str, RunningText] = {}",
        killed_by=f"{ON_JUDGE}::test_a_start_on_a_broken_file_runs_the_old_text_and_tells_once",
    ),
    planted(
        "a text that is held runs in another process",
        VERSIONS,
        "where(ProgrammeVersion.state == VersionState.RUNNING)).all()",
        "where(ProgrammeVersion.state.in_(IN_QUESTION))).all()",
        killed_by=f"{ON_JUDGE}::test_a_start_while_a_text_is_held_runs_the_old_one_and_asks_nothing_anew",
    ),
    planted(
        "an older file takes back at a start what runs on all machines",
        AGE,
        "return seen.saved_at <= max(set_aside, running.since)",
        "return False",
        killed_by=f"{ON_AGE}::test_a_machine_that_starts_with_an_older_file_takes_nothing_back",
    ),
    planted(
        "nobody can return to an older text",
        AGE,
        "    return is_same\n",
        "    return True\n",
        killed_by=f"{ON_AGE}::test_an_older_file_that_is_put_back_with_its_old_time_while_the_process_runs_is_an_edit",
    ),
    planted(
        "a machine that does not have a held plan takes it back",
        AGE,
        "return was_here and seen.checksum != version.checksum",
        "return seen.checksum != version.checksum",
        killed_by=f"{ON_AGE}::test_a_held_plan_is_not_withdrawn_by_a_machine_that_does_not_have_it",
    ),
    planted(
        "a text that is held is asked about at every start",
        JUDGE,
        "for version in (running, held, declined",
        "for version in (running, declined",
        killed_by=f"{ON_JUDGE}::test_a_start_while_a_text_is_held_runs_the_old_one_and_asks_nothing_anew",
    ),
    planted(
        "a plan stays the one that was shown though a list has grown",
        PLAN_OF_EDIT,
        "[sorted(sizes.items()), sorted(history.sent.items()), sorted(history.missed)]",
        "[sorted(history.sent.items()), sorted(history.missed)]",
        killed_by=f"{ON_JUDGE}::test_a_plan_whose_world_has_moved_is_not_applied_but_shown_anew",
    ),
    planted(
        "a newer edit is overwritten with what runs",
        PLAN_REVIEW,
        "planner.save(session, in_its_file, version.content, running.content)",
        "planner.save(session, in_its_file, Path(in_its_file.file).read_bytes(), running.content)",
        killed_by=f"{ON_JUDGE}::test_a_newer_edit_is_not_overwritten_by_a_decline",
    ),
    planted(
        "organisers are reminded once of a plan that is held, and then never",
        PLAN_REVIEW,
        'key=f"alarm:plan:{held.id}:{day}"',
        'key=f"alarm:plan:{held.id}"',
        killed_by=f"{ON_JUDGE}::test_organisers_are_reminded_each_working_day_until_they_have_decided",
    ),
    planted(
        "nobody knows who put a plan in force",
        PLAN_REVIEW,
        "AuditAct.PLAN_APPLIED, programme.id, organiser)",
        "AuditAct.PLAN_APPLIED, programme.id)",
        killed_by=f"{ON_JUDGE}::test_what_is_applied_is_what_was_shown_and_the_audit_knows_by_whom",
    ),
    planted(
        "a process takes back what another has put in force, because it cannot load it",
        JUDGE,
        "if programme_store.text_as_loaded(file.id) is None:",
        "if running.content != file.content:",
        killed_by=f"{ON_JUDGE}::test_what_another_process_put_in_force_and_cannot_be_loaded_here_is_not_taken_back",
    ),
    planted(
        "nobody is told that the text which ran is lost",
        JUDGE,
        'tell_organisers(session, now, file, key=f"edit:{version.id}", say="notice.text_lost")',
        'log.info("the text that ran is lost", programme=version.programme)',
        killed_by=f"{ON_JUDGE}::test_a_start_on_a_text_that_cannot_be_loaded_any_more_runs_the_file_and_says_so",
    ),
    planted(
        "an edit that is in force is told without names",
        PLAN_REVIEW,
        'changes = "\\n".join(plan_lines(plan, after, after.language, before=before, short=True, whole=True))',
        'changes = f"{len(plan.changes)}"',
        killed_by=f"{ON_JUDGE}::test_what_moves_nothing_that_was_told_is_in_force_at_once_and_told_by_name",
    ),
)
EDITED = (
    planted(
        "the way back leads past what somebody else has written",
        SAVE,
        "if is_current else None",
        "if record else None",
        killed_by=f"{ON_SAVE}::test_what_stood_there_is_remembered_until_the_file_changes_again",
    ),
    Mutant(
        bug="an edit in chat overwrites what somebody has saved meanwhile",
        edits=(
            (SAVE, "return _holds(file, before) and os.access(file, os.W_OK)", "return os.access(file, os.W_OK)"),
            (SAVE, "if not _holds(file, before):\n            return False\n        ", ""),
        ),
        killed_by=f"{ON_SAVE}::test_a_file_that_somebody_else_has_changed_is_left_alone",
    ),
    planted(
        "a question moves to the week after the one that was chosen",
        MOVE,
        "moved.insert(target, entry)",
        "moved.insert(target + 1, entry)",
        killed_by=f"{ON_EDITS}::test_an_edit_that_was_seen_is_made_in_its_line_only_and_stored_told_and_audited",
    ),
    planted(
        "a skipped week takes the last question away",
        SKIP,
        "longer, end_parts = until_all_are_out(source, replace(rounds, skip=replace(rounds.skip, weeks=weeks)))",
        "longer, end_parts = replace(rounds, skip=replace(rounds.skip, weeks=weeks)), ()",
        killed_by=f"{ON_APPLY}::test_a_skipped_week_moves_the_end_past_holidays",
    ),
    planted(
        "a question that moves takes the comments above the next one along",
        "schedules/edits/lists.py",
        "places.append((dash, end))\n        dash = _skip_comments(source, end)",
        "dash, start = _skip_comments(source, end), dash\n        places.append((start, dash))",
        killed_by=f"{ON_APPLY}::test_a_comment_above_an_entry_stays_in_its_place_when_others_move",
    ),
    planted(
        "a question that leaves the bank takes a comment with it",
        "schedules/edits/bank.py",
        "rest = line_start(source, start), source.text[end : line_end(source, end)]",
        'rest = line_start(source, start), source.text[end : line_end(source, end)].partition("#")[0]',
        killed_by=f"{ON_APPLY}::test_a_comment_behind_the_mark_of_the_bank_stays_when_its_question_leaves_the_bank",
    ),
    planted(
        "an edit is made that nobody was shown",
        EDITS,
        "if proposal.plan.fingerprint != action.fingerprint:",
        "if not action.fingerprint:",
        killed_by=f"{ON_EDITS}::test_if_the_lists_have_changed_meanwhile_the_new_plan_says_that_the_world_has_moved",
    ),
    planted(
        "an edit is in force though its file could not be written",
        EDITS,
        "if not planner.save(session, running, proposal.before, proposal.after):\n        return",
        "_put_in_force(session, now, running, organiser, proposal)\n"
        "    if not planner.save(session, running, proposal.before, proposal.after):\n        return",
        killed_by=f"{ON_EDITS}::test_where_the_file_cannot_be_written_its_new_lines_are_shown_and_nothing_is_in_force",
    ),
    planted(
        "an edit in chat passes a plan that is held",
        PLANNER,
        "if versions.version_held(session, programme.id) is not None:\n        raise Refused(Reason.PLAN_WAITS)",
        "if versions.version_running(session, programme.id) is None:\n        raise Refused(Reason.PLAN_WAITS)",
        killed_by=f"{ON_EDITS}::test_while_another_plan_is_held_nobody_edits",
    ),
    planted(
        "whoever is no organiser edits the programme",
        EDITS,
        "return people.require_role(session, programme.id, address, Role.ORGANISER)",
        "return people.require_role(session, programme.id, address, *Role)",
        killed_by=f"{ON_EDITS}::test_only_organisers_plan",
    ),
)
PAUSED = (
    planted(
        "a question goes out while everything is paused",
        "bot/dialogue/outbox.py",
        "*(MessageKind.WELCOME, MessageKind.QUESTION, MessageKind.REMINDER,",
        "*(MessageKind.WELCOME, MessageKind.REMINDER,",
        killed_by=f"{ON_PAUSE}::test_questions_wait_until_an_organiser_goes_on_and_then_go_out",
    ),
    Mutant(
        bug="participants are told of the same pause twice",
        edits=(
            (
                PAUSE,
                "if made:\n        audit.note_organiser(session, now, AuditAct.PAUSED",
                "if begun:\n        audit.note_organiser(session, now, AuditAct.PAUSED",
            ),
            (PAUSE, 'key=f"pause:{pause_.id}:{person.id}"', 'key=f"pause:{now.isoformat()}:{person.id}"'),
        ),
        killed_by=f"{ON_PAUSE}::test_the_second_of_two_organisers_changes_nothing",
    ),
    planted(
        "participants are told of a pause that is over",
        PAUSE,
        "if pause_.ended_at is not None:",
        "if pause_.reason is None:",
        killed_by=f"{ON_PAUSE}::test_nobody_is_told_of_a_pause_that_is_over",
    ),
    planted(
        "a week that was paused counts as one for which the bot was too late",
        OPENING,
        "reason = MissedReason.PAUSED if too_late and was_paused else reason",
        "reason = MissedReason.TOO_LATE if too_late and was_paused else reason",
        killed_by=f"{ON_PAUSE}::test_a_slot_that_passes_is_missed_because_of_the_pause_and_nobody_is_told_of_each",
    ),
    planted(
        "a question is asked on the day on which its round closes",
        PAUSE,
        "Round.closes_at >= now + WINDOW",
        "Round.closes_at >= now",
        killed_by=f"{ON_PAUSE}::test_whose_question_ran_out_of_time_is_not_asked_on_the_last_day_and_organisers_hear_why",
    ),
    planted(
        "what comes later goes out at once when a pause is over",
        PAUSE,
        "values(next_at=case((messages.c.due_at > first, messages.c.due_at), else_=first))",
        "values(next_at=first)",
        killed_by=f"{ON_PAUSE}::test_what_comes_later_is_not_sent_early_because_the_pause_is_over",
    ),
    planted(
        "whoever goes on moves nothing of the plan",
        PAUSING,
        "if not lost.whole:",
        "if not lost.partly:",
        killed_by=f"{ON_PAUSING}::test_what_moves_is_shown_and_then_put_in_force",
    ),
    planted(
        "whoever goes on moves another plan than they saw",
        PAUSING,
        "if shift.fingerprint != action.fingerprint:",
        "if shift.proposal is None and action.fingerprint:",
        killed_by=f"{ON_PAUSING}::test_a_plan_that_has_become_another_is_shown_anew_and_nothing_happens",
    ),
    planted(
        "whoever is no organiser pauses everything",
        PAUSE,
        "return people.require_role(session, programme.id, address, Role.ORGANISER)",
        "return people.require_role(session, programme.id, address, *Role)",
        killed_by=f"{ON_PAUSE}::test_only_an_organiser_pauses_or_goes_on",
    ),
)
TOLD = (
    planted(
        "organisers hear of questions that a pause holds back",
        WEEK_TOLD,
        'f"{OF_WEEK}{week}") or open_pause(session):',
        'f"{OF_WEEK}{week}"):',
        killed_by=f"{ON_WEEK}::test_while_all_pause_nothing_is_told",
    ),
    planted(
        "organisers are greeted every day",
        WEEK_TOLD,
        "tell_organisers(session, now, programme, key=HELLO, ",
        'tell_organisers(session, now, programme, key=f"{HELLO}:{today(now, programme.timezone)}", ',
        killed_by=f"{ON_WEEK}::test_organisers_are_greeted_once_when_the_lists_have_been_read",
    ),
    planted(
        "the week's plan is told again and again on its monday",
        WEEK_TOLD,
        'key=f"{OF_WEEK}{week}", say=',
        'key=f"{OF_WEEK}{week}:{now:%H}", say=',
        killed_by=f"{ON_WEEK}::test_each_week_is_told_once_on_its_monday_and_the_skipped_one_says_what_comes_next",
    ),
)
LINTED = tuple(
    planted(f"a question {trouble} is let pass", LINT, f"    LintKind.{kind}: {rule},\n", "", killed_by=f"{FOUND}")
    for trouble, kind, rule in (
        ("that asks two things", "TWO_IN_ONE", "_asks_two_things"),
        ("that hints at an answer", "LEADING", "_hints_at_an_answer"),
        ("that wants yes or no", "YES_NO", "_wants_yes_or_no"),
        ("that is too long", "TOO_LONG", "_is_too_long"),
        ("that says no twice", "DOUBLE_NEGATION", "_negates_twice"),
        ("with a word of offices", "JARGON", "_has_jargon"),
    )
)
