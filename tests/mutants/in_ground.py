"""Bugs that would lose a dialogue with its database, or thank people for what is lost."""

from __future__ import annotations

from tests.mutants.mutant import planted

UNIT_OF_WORK = "bot/database/unit_of_work.py"
GROUND = "bot/database/ground.py"
ON_GROUND = "tests/database/test_ground.py"
ON_COMMANDS = "tests/commands/test_ground.py"
SOLE_USE = "bot/app/sole_use.py"
ON_SOLE_USE = "tests/app/test_sole_use.py"
ON_PATIENCE = "tests/database/test_patience.py"

IN_GROUND = (
    planted(
        "people are thanked for what is written into a file that has gone",
        UNIT_OF_WORK,
        "            self._commit(connection)\n        self.store.require_ground()\n",
        "            self._commit(connection)\n",
        killed_by=f"{ON_GROUND}::test_nobody_is_thanked_for_what_was_written_while_the_file_went",
    ),
    planted(
        "a start ends where another program has just left the database and taken its log along",
        "bot/database/sqlite.py",
        "if looks > 1 and error",
        "if looks > LOOKS and error",
        killed_by="tests/database/test_kept.py::test_who_leaves_a_file_as_we_look_and_takes_its_log_along_is_no_fault",
    ),
    planted(
        "another file at its place is taken for the database",
        GROUND,
        "    return found.st_dev, found.st_ino\n",
        "    return found.st_dev, 0\n",
        killed_by=f"{ON_GROUND}::test_on_a_file_that_has_gone_nothing_is_done_and_none_is_made",
    ),
    planted(
        "answers are written into a log that was removed, and people are thanked",
        GROUND,
        "_note_log(found) and found != expected",
        "_note_log(found) and found is not None and found != expected",
        killed_by=f"{ON_GROUND}::test_nobody_is_thanked_for_what_was_written_while_the_log_went",
    ),
    planted(
        "on Slack a database that is missing is made anew in silence",
        "bot/app/engine.py",
        "create_silently=not on_slack",
        "create_silently=True",
        killed_by=f"{ON_COMMANDS}::test_where_there_are_no_tables_nothing_is_made_and_the_likely_causes_are_told",
    ),
    planted(
        "a new database is made beside what the old one has left",
        "bot/commands/migrate.py",
        "        if file.exists():\n",
        "        if file.is_dir():\n",
        killed_by=f"{ON_COMMANDS}::test_where_a_database_has_stood_no_new_one_is_made",
    ),
    planted(
        "the whole database stands in the system's temporary folder while it is written anew",
        "bot/database/sqlite.py",
        """        connection.execute(f"PRAGMA temp_store_directory='{quoted}'")\n""",
        "        _ = quoted\n",
        killed_by=f"{ON_GROUND}::test_a_database_is_written_anew_in_its_own_folder_and_not_in_memory",
    ),
    planted(
        "who waits for the database waits twice, and reads Slack's own sentence",
        "bot/database/sqlite.py",
        'patience_left(options.get("patience"))',
        "patience_left()",
        killed_by=f"{ON_PATIENCE}::test_ten_people_and_a_beat_that_wait_for_another_program_are_all_told_in_time",
    ),
    planted(
        "who waits for a thread and then for the database reads Slack's own sentence",
        "bot/platforms/slack/line.py",
        "max(0.0, until - time.monotonic())",
        "max(0.0, until)",
        killed_by="tests/platforms/slack/test_connection.py::test_who_waits_until_a_thread_is_free_has_waited_for_the_database_since_they_came",
    ),
    planted(
        "a bot on another machine is let in on a database file",
        SOLE_USE,
        "        _require_this_machine(lock, database)\n",
        "",
        killed_by=f"{ON_SOLE_USE}::test_another_machine_is_refused_and_told_what_to_use",
    ),
    planted(
        "of two machines that begin at once both are let in",
        SOLE_USE,
        "        _share(lock, database)\n        _require_this_machine(lock, database)\n",
        "        _require_this_machine(lock, database)\n        _share(lock, database)\n",
        killed_by=f"{ON_SOLE_USE}::test_of_two_machines_that_begin_at_once_only_one_is_let_in",
    ),
    planted(
        "whoever begins names its own machine, whoever is there",
        SOLE_USE,
        "        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)\n        lock.truncate",
        "        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)\n        lock.truncate",
        killed_by=f"{ON_SOLE_USE}::test_another_machine_is_refused_and_told_what_to_use",
    ),
)
