"""Bugs by which a restored backup would undo what people had taken back."""

from __future__ import annotations

from tests.mutants.mutant import Mutant, planted

SINCE = "bot/app/backup/since_then.py"
CARRY = "bot/app/backup/carry_over.py"
TOMBSTONES = "bot/confidentiality/deletion/tombstones.py"
LISTED = "bot/confidentiality/deletion/tombstone_file.py"
ON_REFUSALS = (
    "tests/commands/test_refusals_after_a_restore.py::test_nothing_that_somebody_took_back_comes_back_with_any_backup[{acts}, {way}]"
)
ON_PROMISES = "tests/commands/test_backup.py::test_after_a_restore_nobody_is_asked_again_about_a_promise_or_wishes_and_the_ledger_is_whole"
ON_IDS = "tests/commands/test_refusals_after_a_restore.py::test_who_left_was_known_by_another_id_since_and_came_back_is_one_person_and_here"
ON_ENTRIES = "tests/dialogue/test_list_entries.py"
ON_OLDER = "tests/commands/test_older_database.py"
ON_TOMBSTONES = "tests/confidentiality/deletion/test_tombstones.py"
ON_BACK = "tests/walks/test_server_put_back.py"
ON_OTHERS = "tests/dialogue/data_rights/test_other_lists.py"
ON_LIST = "tests/confidentiality/deletion/test_tombstone_file.py"
WALK = "tests/walks/test_restored.py::test_where_an_older_file_came_back_by_itself_it_is_brought_in_line_before_anything_is_said"


def refusal(act: str, way: str) -> str:
    """The case of the property in which these acts are followed by a restore."""
    return ON_REFUSALS.format(acts=act, way=way)


TAKEN_BACK = (
    planted(
        "a mark that was taken back comes back where the old database can be read",
        CARRY,
        """    _carry_replies_over(session, rows["replies"])\n""",
        "",
        killed_by=refusal("untick quote", "readable"),
    ),
    planted(
        "a mark that was taken back comes back where the old database cannot be read",
        SINCE,
        "    void_marks.void_marks(session, now)\n",
        "",
        killed_by=refusal("untick quote", "unreadable"),
    ),
    planted(
        "wishes stay marked though they may have been taken back",
        "bot/dialogue/digests/void_marks.py",
        "reply.quote, reply.wish, reply.cleared, reply.sentence = False, False, None, None",
        "reply.quote, reply.cleared, reply.sentence = False, None, None",
        killed_by=refusal("untick wish", "unreadable"),
    ),
    planted(
        "nobody is told that their marks are void",
        "bot/dialogue/digests/void_marks.py",
        "            tell_author(session, now, author, reply.round_id, MARKS)\n",
        "            pass\n",
        killed_by=refusal("untick wish", "unreadable"),
    ),
    planted(
        "who had marks stays in the outbox after they were told that these are void",
        "bot/confidentiality/deletion/expired_rows.py",
        "OutboxMessage.kind.in_((MessageKind.MARKS_VOID, MessageKind.PAUSE_FOR_ALL))",
        "OutboxMessage.kind == MessageKind.PAUSE_FOR_ALL",
        killed_by=WALK,
    ),
    planted(
        "a text that its author replaced comes back",
        TOMBSTONES,
        "void = None if before is None else keys",
        "void = None and keys",
        killed_by=refusal("rewrite", "unreadable"),
    ),
    planted(
        "who was asked what became of a promise is asked again",
        CARRY,
        "    *(MessageKind.PROMISE_DUE, MessageKind.WISH_UNANSWERED, MessageKind.WISH_ASKED),\n",
        "",
        killed_by=ON_PROMISES,
    ),
    planted(
        "who was asked about wishes is asked by the id that they had before",
        CARRY,
        """ | {"person_id": people.get(row["person_id"])}""",
        """ | {"person_id": row["person_id"]}""",
        killed_by=ON_PROMISES,
    ),
    planted(
        "who may have been asked what became of a promise is asked again where the old database cannot be read",
        SINCE,
        "    _count_promises_as_asked(session, now)\n",
        "",
        killed_by="tests/commands/test_backup.py::test_where_nobody_knows_whether_a_due_promise_was_asked_about_it_counts_as_asked[due]",
    ),
    planted(
        "organisers may hear of the same wishes again where the old database cannot be read",
        SINCE,
        "    _count_wishes_as_told(session, now)\n",
        "",
        killed_by="tests/commands/test_backup.py::test_where_nobody_knows_what_was_said_nobody_is_reminded_or_told_of_wishes_a_second_time",
    ),
    planted(
        "who came after the backup is asked about the same wishes twice",
        CARRY,
        "(MessageKind.ANSWER, MessageKind.WISH_ASKED, ",
        "(MessageKind.ANSWER, ",
        killed_by=ON_PROMISES,
    ),
    planted(
        "who came after the backup is told an answer twice",
        CARRY,
        "(MessageKind.ANSWER, MessageKind.WISH_ASKED, ",
        "(MessageKind.WISH_ASKED, ",
        killed_by="tests/commands/test_backup.py::test_after_a_restore_nobody_is_told_an_answer_once_more_in_a_message_of_its_own",
    ),
    planted(
        "who left is asked again where the old database can be read",
        CARRY,
        """otherwise=_on_conflict_update("(programme, address)", people))""",
        """otherwise="DO NOTHING")""",
        killed_by=refusal("leave", "readable"),
    ),
    planted(
        "who left is asked again where the old database cannot be read",
        "bot/dialogue/data_rights/other_lists.py",
        "    refusals.respect_absences(session, now, traces)\n",
        "",
        killed_by=refusal("leave", "unreadable"),
    ),
    planted(
        "who pauses has left after a restore",
        TOMBSTONES,
        "        days = [FOR_GOOD, *(",
        "        return FOR_GOOD\n        days = [FOR_GOOD, *(",
        killed_by=refusal("pause", "unreadable"),
    ),
    planted(
        "who came back is put out again",
        "handlers/participants.py",
        "    people.forget_absence(session, now, person, was_away=was_away)\n",
        "",
        killed_by=refusal("leave then come back", "unreadable"),
    ),
    planted(
        "who was erased and came back is erased by a backup",
        TOMBSTONES,
        "    leave_tombstones(session, now, DeletedKind.LIFTED, id_of(kind, id_))\n",
        "",
        killed_by=refusal("erase then come back", "unreadable"),
    ),
    planted(
        "the order of the list does not tell what holds",
        LISTED,
        "        earlier = merged.pop(deletion.token, deletion)\n",
        "        earlier = merged.get(deletion.token, deletion)\n",
        killed_by=f"{ON_LIST}::test_what_comes_again_stands_last_so_that_the_order_tells_what_holds",
    ),
    Mutant(
        bug="the list tells at what hour somebody did something",
        edits=(
            (LISTED, "at=day_only(max(earlier.at, deletion.at))", "at=max(earlier.at, deletion.at)"),
            (LISTED, '[f"{deletion.at:%Y-%m-%d}", ', "[deletion.at.isoformat(), "),
        ),
        killed_by=f"{ON_LIST}::test_it_tells_the_day_and_never_the_hour_also_of_what_an_earlier_version_wrote",
    ),
    planted(
        "a start on an older file lets everything come back",
        "bot/app/rehearsal/local_bot.py",
        "        bring_in_line(self.database, self.clock.now(), self._programme_store.all())\n",
        "",
        killed_by=WALK,
    ),
    planted(
        "a mark that is taken back before the posting does not make the file of before an older one",
        "bot/dialogue/rounds/replies.py",
        "    tombstones.request_wiping(session, now)  # moves the tombstone file on, so",
        "    # moves the tombstone file on, so",
        killed_by=f"{ON_OLDER}::test_whatever_was_taken_back_makes_the_database_of_before_an_older_one[take the quote back]",
    ),
    planted(
        "a file from before a restore is taken for a newer one",
        SINCE,
        "    tombstones.leap(session, now, beyond=tombstone_file.read_mark(listed))\n",
        "",
        killed_by=f"{ON_OLDER}::test_a_database_from_before_a_restore_is_older_than_what_was_restored",
    ),
    planted(
        "a restore forgets the rounds that were opened since the backup",
        "bot/app/backup/carry_over.py",
        '    _insert(session, "rounds", rows["rounds"], otherwise="DO NOTHING")\n',
        "",
        killed_by=f"{ON_BACK}::test_where_the_round_was_not_yet_open_everybody_is_asked_once_and_can_answer[readable]",
    ),
    planted(
        "what was asked in a forgotten week is asked again in another one",
        "bot/dialogue/outbox.py",
        "named = round_.programme, round_.entry, message.kind",
        "named = round_.programme, round_.week, message.kind",
        killed_by=f"{ON_BACK}::test_where_it_was_not_yet_open_and_its_day_is_over_nobody_is_asked_the_same_in_another_week[put back]",
    ),
    planted(
        "who pauses while their question is looked for is not asked when they come back",
        "bot/dialogue/outbox.py",
        "    conditions = WAITS, OutboxMessage.kind.in_(kinds)",
        "    conditions = OutboxMessage.state == MessageState.PENDING, OutboxMessage.kind.in_(kinds)",
        killed_by=f"{ON_BACK}::test_who_pauses_after_it_came_back_and_changes_their_mind_is_asked[put back]",
    ),
    planted(
        "a round that was forgotten is asked once more",
        "bot/dialogue/outbox.py",
        "if round_ is None or put_back_at is None or round_.opens_at > put_back_at + LIFETIME:",
        "if True:",
        killed_by=f"{ON_BACK}::test_where_the_round_was_not_yet_open_everybody_is_asked_once_and_can_answer[put back]",
    ),
    planted(
        "another machine's list is written behind what was said since the restore",
        "bot/confidentiality/deletion/tombstones.py",
        '[{"id": deletion.id, "token"',
        '[{"token"',
        killed_by=f"{ON_OTHERS}::test_each_persons_last_say_counts_whichever_machines_know_of_it",
    ),
    planted(
        "what another machine's list knows of earlier days is done once more",
        "bot/dialogue/data_rights/other_lists.py",
        "    traces = replace(tombstones.traces_in_database(session), only=tokens)\n",
        "    traces = replace(tombstones.traces_in_database(session), only=None)\n",
        killed_by=f"{ON_OTHERS}::test_a_politician_who_was_erased_before_the_backup_is_not_erased_once_more",
    ),
    planted(
        "a command writes in an older database, which then passes for a newer one",
        "bot/commands/erase.py",
        "            require_current(session, database)\n",
        "",
        killed_by=f"{ON_OLDER}::test_no_command_writes_in_or_shows_an_older_database[erase U0ABC123]",
    ),
    planted(
        "what was taken back in the last minute before a stop comes back",
        "bot/app/engine.py",
        "        _attempt(lambda: housekeeping.list_outside(self.database, self.clock.now()), NOT_LISTED)\n",
        "",
        killed_by="tests/walks/test_restored.py::test_what_was_taken_back_in_the_last_minute_before_a_stop_does_not_come_back_with_a_backup",
    ),
    planted(
        "organisers learn nothing of a restore that knows little",
        "bot/app/backup/restoring.py",
        "            since_then.tell_of_restore(session, now, programmes(), backup.at)\n",
        "            pass\n",
        killed_by="tests/commands/test_backup.py::test_a_database_that_is_broken_or_gone_can_be_replaced",
    ),
    planted(
        "a database whose list has lost its end passes for a current one",
        LISTED,
        "deletions = [] if is_whole(file) else read_tombstones(file)[-1:]",
        "deletions = read_tombstones(file)[:0]",
        killed_by=f"{ON_OLDER}::test_a_list_that_has_lost_its_end_is_known_for_later_by_what_it_lists_and_mended[True]",
    ),
    planted(
        "the list does not say how far the database had come when it forgot something",
        LISTED,
        "forgotten = mark if is_new_lost else listed if len(young) < len(merged) else 0",
        "forgotten = mark if is_new_lost else 0",
        killed_by=f"{ON_LIST}::test_it_says_how_far_the_database_had_come_when_something_was_forgotten",
    ),
    planted(
        "who was erased comes back after 35 days off the list",
        TOMBSTONES,
        '"lasting": kind in LASTING',
        '"lasting": False',
        killed_by="tests/dialogue/data_rights/test_erasure.py::test_who_was_erased_stays_out_however_long_they_were_off_the_list",
    ),
    planted(
        "who left under one of two ids is here under the other",
        "bot/dialogue/list_entries.py",
        "                refusals.respect_absence(now, traces, moved[programme_id, address])\n",
        "                pass\n",
        killed_by=f"{ON_ENTRIES}::test_who_left_under_the_first_id_stays_so_when_a_backup_knows_the_other",
    ),
    planted(
        "who was erased under one of two ids is here under the other",
        "bot/dialogue/list_entries.py",
        "        erasure.erase(session, now, address)\n",
        "        pass\n",
        killed_by=f"{ON_ENTRIES}::test_who_was_erased_under_the_first_id_is_not_here_though_a_backup_knows_the_other",
    ),
    planted(
        "who was known by another id is two people after a restore",
        CARRY,
        """    _follow_addresses(session, rows["people"])\n""",
        "",
        killed_by=f"{ON_IDS}[readable]",
    ),
    planted(
        "of who left nothing is known where the old database is of an older revision",
        CARRY,
        "            migrations.migrate(copy.engine)\n",
        "",
        killed_by=ON_REFUSALS.partition("::")[0] + "::test_from_a_database_of_an_older_revision_everything_is_taken_over_too",
    ),
    planted(
        "the hour at which somebody was erased stands in the database for ever",
        TOMBSTONES,
        "        trace.at, trace.wiped_at = day_only(trace.at), day_only(now)\n",
        "        trace.wiped_at = now\n",
        killed_by="tests/schedules/test_wiping.py::test_at_what_hour_somebody_did_something_is_not_kept_once_it_is_wiped",
    ),
    planted(
        "the number of the newest trace is used again",
        TOMBSTONES,
        ", Tombstone.id < newest_trace(session))",
        ")",
        killed_by=f"{ON_TOMBSTONES}::test_the_newest_trace_is_never_deleted_so_that_its_number_is_not_used_again",
    ),
)
