"""Bugs planted in what a database on a server needs, and in what several processes on it share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutants.mutant import on_server

if TYPE_CHECKING:
    from tests.mutants.mutant import Mutant

WRITING, HOLDERS = "tests/chaos/test_writing.py", "tests/chaos/test_holders.py"
UNIT, BATCH, SERVER = "bot/database/unit_of_work.py", "bot/database/group_commit.py", "bot/database/postgresql.py"
DELIVERY, CLAIM, LEASE = "bot/sending/delivery.py", "bot/sending/claim.py", "bot/sending/lease.py"
REWRITING, ON_REWRITING = "bot/database/rewriting.py", "tests/database/test_rewriting.py"

NOT_YET_OPEN = "::test_where_the_round_was_not_yet_open_everybody_is_asked_once_and_can_answer"
ON_PUT_BACK, ON_RESTORE = "tests/walks/test_server_put_back.py", "tests/commands/test_restore_on_server.py"
GIVES_WAY = "::test_what_its_server_had_put_back_gives_way_as_one_that_nobody_could_read_and_raises_no_alarm_later"
AFTER_RESTORE = "tests/commands/test_refusals_after_a_restore.py"
FAULTS, REFUSES = "tests/database/test_server_faults.py", "tests/commands/test_server_refuses.py"
ON_SERVER: tuple[Mutant, ...] = (
    on_server(
        "on a server nobody knows whose an answer is",
        "bot/dialogue/rounds/reply_rows.py",
        "for table in (_replies, _authorships)",
        "for table in (_replies,)",
        killed_by="tests/dialogue/rounds/test_replies.py::test_a_reply_keeps_person_participation_and_words_apart",
    ),
    on_server(
        "many rows that are written at once are not counted on a server",
        "bot/database/insert_once.py",
        '{"preserve_rowcount": True}',
        '{"preserve_rowcount": False}',
        killed_by="tests/database/test_insert_once.py::test_only_rows_that_are_new_are_written_and_counted",
    ),
    on_server(
        "a row that must be new is passed over on a server if it is there already",
        "bot/database/insert_once.py",
        "_write_rows(session, insert(table_of(model)), rows)",
        "_write_rows(session, insert_once(session, model), rows)",
        killed_by="tests/database/test_insert_once.py::test_a_row_that_must_be_new_and_is_not_is_an_error",
    ),
    on_server(
        "a bot goes on sending from a database that its server has put back",
        LEASE,
        "self.has_gone_back or height < self.height",
        "self.has_gone_back",
        killed_by="tests/commands/test_put_back.py::test_a_running_holder_sends_nothing_more_once_the_database_was_put_back",
    ),
    on_server(
        "a database that was put back is brought in line again by each process that starts",
        "bot/app/backup/sight.py",
        "values(number=seen[0] + FURTHER)",
        "values(number=seen[0])",
        killed_by="tests/commands/test_put_back.py::test_at_the_start_a_lower_lease_than_noted_is_noticed_once",
    ),
    on_server(
        "after its server has put a database back, people are asked a second time",
        "bot/app/backup/since_then.py",
        "mark_due_unknown(session, now)  # first: what is put to be said from here on is new",
        "pass",
        killed_by=f"{ON_PUT_BACK}::test_put_back_to_before_the_questions_went_out_everybody_is_asked_once_and_organisers_are_told_once",
    ),
    on_server(
        "a bot takes what was just restored on a server for an earlier database",
        "bot/app/backup/copying.py",
        "numbers.get(workspace, 0), seen[0]) + FURTHER",
        "numbers.get(workspace, 0)) + FURTHER",
        killed_by=f"{ON_RESTORE}{GIVES_WAY}[seen1-1007-False]",
    ),
    on_server(
        "a restore believes what its server had put back, and posts again what was posted since",
        "bot/app/backup/restoring.py",
        "connection and was_seen_later(connection, database)",
        "connection and False",
        killed_by=f"{ON_RESTORE}{GIVES_WAY}[seen1-1007-False]",
    ),
    on_server(
        "the log repeats what somebody wrote, because the server does",
        SERVER,
        "    error.args = (error.args[0].replace(whole, said),)\n",
        "",
        killed_by="tests/test_logs.py::test_a_server_that_repeats_a_value_is_not_repeated",
    ),
    on_server(
        "the name of a database on a server is shown with its password",
        "bot/database/server_faults.py",
        'user = f"{parts.username}@" if',
        """user = f"{parts.netloc.rpartition('@')[0]}@" if""",
        killed_by=f"{FAULTS}::test_an_older_server_is_refused_with_the_reason",
    ),
    on_server(
        "an address may be odd, and a piece of its password is taken for the name of a host and shown",
        "bot/database/places.py",
        "WHOLE_ADDRESS.fullmatch(url) is None or",
        "ON_SERVER.match(url) is None or",
        killed_by=f"{FAULTS}::test_an_address_that_cannot_be_taken_apart_shows_no_password",
    ),
    on_server(
        "what the server of a new address refuses is said of the one in the settings",
        SERVER,
        """        event.listen(self.engine, "handle_error", _note_address)\n""",
        "",
        killed_by="tests/commands/test_copy_database.py::test_a_server_that_refuses_in_the_middle_is_named_and_not_the_one_of_the_settings",
    ),
    on_server(
        "a mistyped address leaves the key of a database that is not there",
        "bot/app/keys.py",
        "        if is_on_server(url):\n",
        "        if not url:\n",
        killed_by=f"{REFUSES}::test_where_there_is_no_database_nothing_is_made_and_the_server_is_told_of_instead_of_a_key",
    ),
    on_server(
        "a pooler that keeps the schema to itself leads a dialogue into another one's tables",
        "bot/database/server_faults.py",
        "(why := why_not_its_schema(schema, url)) is not None",
        "(why := why_not_its_schema(None, url)) is not None and schema is None",
        killed_by=f"{FAULTS}::test_where_a_pooler_does_not_pass_the_schema_on_nothing_is_made_in_another_dialogues",
    ),
    on_server(
        "a schema that the server takes by itself has two lists of deletions",
        "bot/database/server_faults.py",
        "if found == (wanted or OF_ITSELF):",
        "if found == (wanted or found):",
        killed_by=f"{FAULTS}::test_a_schema_that_opens_without_being_named_is_refused_for_it_would_have_two_lists_of_deletions",
    ),
    on_server(
        "a schema in capitals has a list of deletions of its own",
        "bot/database/places.py",
        'return found[1].lower() if found else ""',
        'return found[1] if found else ""',
        killed_by="tests/database/test_places.py::test_each_spelling_of_a_schema_has_the_same_place_and_is_read_alike_by_the_driver",
    ),
    on_server(
        "a beat leaves its look open, which keeps from wiping until the server ends it",
        "schedules/heartbeat.py",
        'with self._failures.watch("beat"), closing(self._look):',
        'with self._failures.watch("beat"):',
        killed_by="tests/schedules/test_heartbeat.py::test_neither_a_beat_nor_who_asks_for_the_next_one_leaves_a_look_open",
    ),
    on_server(
        "doctor calls a line fine that leads to another schema",
        "bot/app/doctor/seen.py",
        "return why",
        "pass",
        killed_by="tests/app/doctor/test_server.py::test_a_schema_that_is_not_there_or_not_passed_on_is_a_fault",
    ),
    on_server(
        "what was taken back comes back where a server has lost all, because the list is not taken along",
        "bot/app/backup/copying.py",
        "    copy_list(database.place, copy)\n",
        "",
        killed_by=f"{AFTER_RESTORE}::test_nothing_that_somebody_took_back_comes_back_with_any_backup[leave, unreadable]",
    ),
    on_server(
        "processes that migrate at once do not wait for each other, and make the tables twice",
        SERVER,
        """connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (MIGRATING,))""",
        "pass",
        killed_by="tests/commands/test_on_server.py::test_eight_at_once_make_the_tables_of_an_empty_database_once",
    ),
    on_server(
        "what a reader still sees is called wiped, and stays in the server's files",
        REWRITING,
        "age(kept.relfrozenxid) <= age(",
        "age(kept.relfrozenxid) + 1000 >= age(",
        killed_by=f"{ON_REWRITING}::test_rows_that_somebody_still_sees_are_not_called_wiped",
    ),
    on_server(
        "deleted rows stay in the server's files, because their tables are only swept",
        REWRITING,
        '"VACUUM (FULL, SKIP_LOCKED) "',
        '"VACUUM (SKIP_LOCKED) "',
        killed_by=f"{ON_REWRITING}::test_all_is_written_anew_where_nobody_is_in_the_way",
    ),
    on_server(
        "everybody waits behind a wiping that waits for a reader",
        REWRITING,
        '"VACUUM (FULL, SKIP_LOCKED) "',
        '"VACUUM (FULL) "',
        killed_by=f"{ON_REWRITING}::test_a_table_that_somebody_uses_is_not_waited_for",
    ),
    on_server(
        "the server's statistics keep copies of people's addresses",
        "bot/migrations/env.py",
        'connection.dialect.name == "postgresql"',
        'connection.dialect.name == "sqlite3"',
        killed_by=f"{ON_REWRITING}::test_no_column_may_be_copied_into_the_servers_statistics",
    ),
)
CARRIED_OVER: tuple[Mutant, ...] = (
    on_server(
        "after a server's recovery a round gets another number than the buttons in the chat name",
        "bot/app/backup/since_then.py",
        "        restart_sequence(session, table_of(Round))",
        "        pass",
        killed_by=f"{ON_PUT_BACK}{NOT_YET_OPEN}[put back]",
    ),
    on_server(
        "what only another machine's list knows as deleted stays after a restore",
        "bot/app/backup/since_then.py",
        "            apply_list_of(session, now, listed)\n",
        "",
        killed_by=f"{ON_RESTORE}::test_what_only_another_machine_knows_as_deleted_goes_again_when_that_machine_starts",
    ),
    on_server(
        "what is deleted after a database was put back gets the id of what was deleted before, and a list counts it as known",
        "bot/confidentiality/deletion/tombstones.py",
        "further += 1 + new_number(session) % STEP",
        "further += 1",
        killed_by="tests/confidentiality/deletion/test_tombstones.py"
        "::test_what_is_deleted_after_a_database_was_put_back_has_not_the_place_of_what_was_deleted_before",
    ),
    on_server(
        "a refused move leaves tables without rows, on which a bot welcomes everybody anew",
        "bot/app/backup/moving.py",
        "migrations.state_for_use(target) is",
        "migrations.ensure(target, create_silently=True) is",
        killed_by="tests/commands/test_copy_database.py::test_while_a_bot_runs_nothing_is_copied",
    ),
    on_server(
        "what people write while a backup is made ready is lost",
        "bot/app/backup/restoring_on_server.py",
        "if leases_in(session) != seen or row_versions(session, TABLES) != known:",
        "if leases_in(session) != seen:",
        killed_by="tests/commands/test_restore_on_server.py::test_what_is_written_while_the_backup_is_made_ready_is_not_lost_silently",
    ),
    on_server(
        "who delivered before a restore goes on claiming after it",
        "bot/app/backup/copying.py",
        "lease.holder, lease.number = NOBODY, max(lease.number, numbers.get(workspace, 0), seen[0]) + FURTHER",
        "pass",
        killed_by="tests/commands/test_copy_database.py::test_afterwards_a_bot_goes_on_and_who_delivered_before_claims_nothing",
    ),
)
SEVERAL: tuple[Mutant, ...] = (
    on_server(
        "who delivers takes a line that has broken for an answer, and what it had claimed is looked for",
        UNIT,
        "if not error.connection_invalidated or time.monotonic() >= until:\n                    raise\n\n    @contextmanager",
        "raise\n\n    @contextmanager",
        killed_by=f"{WRITING}::test_a_glance_on_a_line_that_has_broken_is_taken_again_and_one_that_never_succeeds_ends",
    ),
    on_server(
        "before each message a whole transaction is begun and ended",
        SERVER,
        'GLANCE: Final = {"isolation_level": "AUTOCOMMIT"}',
        'GLANCE: Final = {"isolation_level": "READ COMMITTED"}',
        killed_by=f"{WRITING}::test_a_glance_is_one_statement_alone",
    ),
    on_server(
        "a holder that was frozen goes on claiming when it wakes",
        DELIVERY,
        "is_ours = self._lease.prove(session)",
        "is_ours = self._lease.prove(session) or True",
        killed_by=f"{HOLDERS}::test_a_frozen_holder_that_wakes_claims_nothing",
    ),
    on_server(
        "two holders have the same number, so nobody knows whose a claim was",
        LEASE,
        "self._holder, row.number + 1, row.counter + 1",
        "self._holder, row.number, row.counter + 1",
        killed_by=f"{HOLDERS}::test_each_taking_of_the_lease_has_a_higher_number",
    ),
    on_server(
        "what a dead process may have said is said again at once",
        CLAIM,
        "values(state=MessageState.UNKNOWN, next_at=now + FIRST_LOOK, reason=Why.INTERRUPTED)",
        "values(state=MessageState.PENDING, next_at=now, reason=Why.INTERRUPTED)",
        killed_by=f"{HOLDERS}::test_what_is_called_by_one_that_has_not_heard_yet_is_not_called_by_the_next",
    ),
    on_server(
        "a message counts as sent before anybody has called",
        CLAIM,
        '{"state": MessageState.SENDING, "lease": lease, "tried_at": now}',
        '{"state": MessageState.SENT, "lease": lease, "tried_at": now, "sent_at": now}',
        killed_by="tests/faults/test_killed.py::test_a_process_killed_anywhere_leaves_everyone_asked_exactly_once[turned-1-1]",
    ),
    on_server(
        "what is on its way is claimed once more",
        CLAIM,
        "or_(and_(IS_POSTABLE, in_lanes), is_to_be_looked_for)",
        "or_(and_(or_(IS_POSTABLE, OutboxMessage.state == MessageState.SENDING), in_lanes), is_to_be_looked_for)",
        killed_by=f"{HOLDERS}::test_what_is_still_on_its_way_is_not_claimed_again",
    ),
    on_server(
        "a commit whose answer is lost is done twice",
        UNIT,
        "            if not was_kept:\n                raise Undone",
        "            if was_kept is not None:\n                raise Undone",
        killed_by=f"{WRITING}::test_a_commit_whose_answer_is_lost_is_not_done_twice",
    ),
    on_server(
        "people are thanked for what the server never had",
        UNIT,
        "            if not was_kept:\n                raise Undone",
        "            if was_kept is None:\n                raise Undone",
        killed_by=f"{WRITING}::test_a_commit_that_the_server_never_had_is_done_again_before_anybody_is_thanked",
    ),
    on_server(
        "people are thanked before what they wrote is committed",
        BATCH,
        "                    write.result = run(write.task)\n                all_run = True",
        "                    write.result = run(write.task)\n                    write.is_committed = True\n                all_run = True",
        killed_by=f"{WRITING}::test_a_commit_that_the_server_never_had_is_done_again_before_anybody_is_thanked",
    ),
    on_server(
        "two processes read and then write at once, and one of them is forgotten",
        SERVER,
        "FROM alembic_version FOR UPDATE",
        "FROM alembic_version",
        killed_by=f"{WRITING}::test_what_several_processes_read_and_then_write_is_never_read_too_early",
    ),
    on_server(
        "what is written rests on what stood there before another process wrote",
        UNIT,
        "execution_options(patience=max(0.0, until - time.monotonic()))",
        'execution_options(patience=max(0.0, until - time.monotonic()), isolation_level="REPEATABLE READ")',
        killed_by=f"{WRITING}::test_what_several_processes_read_and_then_write_is_never_read_too_early",
    ),
    on_server(
        "a broken line loses what somebody wrote",
        BATCH,
        "(error.connection_invalidated or getattr(error.orig",
        "(getattr(error.orig",
        killed_by=f"{WRITING}::test_a_line_that_has_broken_meanwhile_is_replaced",
    ),
    on_server(
        "a frozen process holds all others up for ever",
        SERVER,
        "0 if is_migrating else IDLE)",
        "0)",
        killed_by=f"{WRITING}::test_a_process_that_is_frozen_in_the_middle_holds_nobody_up_for_long",
    ),
    on_server(
        "people wait for a new line to a server that says nothing until Slack itself gives up",
        SERVER,
        "    if not has_budget():\n        return None\n",
        "    return None\n",
        killed_by="tests/chaos/test_server_faults.py::test_twenty_who_press_while_the_server_says_nothing_are_all_told_in_time[0.0]",
    ),
    on_server(
        "a holder that froze in the midst of writing keeps all others from delivering for as long again as its lease lasts",
        SERVER,
        "IDLE: Final = 15_000",
        "IDLE: Final = 60_000",
        killed_by="tests/chaos/test_take_over.py::test_another_process_delivers_within_half_a_minute[freeze]",
    ),
    on_server(
        "people wait for another process until Slack itself gives up",
        SERVER,
        "(str(max(1, int(patience))), ",
        '("0", ',
        killed_by=f"{WRITING}::test_who_waits_for_another_process_is_told_in_time",
    ),
)
