"""Bugs that would let the bot fail while whoever keeps it running believes that all is well, or tell them of a person."""

from __future__ import annotations

from tests.mutants.mutant import Mutant, planted

METRICS = "bot/health/metrics.py"
PAGE = "bot/health/page.py"
READING = "bot/health/reading.py"
SIGNS = "bot/health/signs_of_life.py"

LIVES = (
    planted(
        "a delivery that hangs for ever looks alive, as long as the heart beats",
        SIGNS,
        "within - max(map(self.age, Sign))",
        "within - min(map(self.age, Sign))",
        killed_by="tests/health/test_signs_of_life.py::test_the_bot_lives_as_long_as_both_beat_and_delivery_take_steps",
    ),
    planted(
        "systemd hears that a bot is ready which has not reached Slack yet",
        "bot/commands/run.py",
        "    engine.start()\n    clock.begin()\n    health.start(programme.id)\n",
        "    health.start(programme.id)\n    engine.start()\n    clock.begin()\n",
        killed_by="tests/commands/test_health_of_a_run.py::test_systemd_hears_that_the_bot_is_ready_when_it_runs_and_not_before",
    ),
    planted(
        "a bot that reads a long list from a slow platform looks dead, is ended, and begins to read again",
        "bot/platforms/slack/web_api/reading.py",
        "        if self._answered_at > self._until:\n",
        "        if False:\n",
        killed_by="tests/platforms/slack/web_api/test_reading.py"
        "::test_a_slow_list_is_read_in_many_attempts_and_each_page_is_asked_for_once",
    ),
    planted(
        "the first press that needs the other language waits until its sentences are read",
        "bot/app/engine.py",
        "    for language in Language:\n        catalogue(language, CATALOGUES)\n",
        "",
        killed_by="tests/app/test_engine.py::test_whoever_presses_first_does_not_wait_for_the_sentences_of_the_other_language",
    ),
)

SETTINGS = "bot/settings.py"
FROM_ELSEWHERE = "tests/commands/test_ground.py::test_from_another_folder_no_command_takes_another_database_for_the_one_beside_the_program"

PLACES = (
    planted(
        "without tokens a command makes a key of its own beside a database of Slack's, and deletes by it",
        "bot/app/keys.py",
        "    require_ours(settings, *copies)\n",
        "",
        killed_by="tests/commands/test_own_database.py::test_no_command_changes_anything_in_a_database_of_another_workspace[slack]",
    ),
    planted(
        "an export tells on which days somebody was erased, beside the days on which quotes went",
        "bot/commands/export.py",
        "audit.OF_OPERATORS - audit.ABOUT_A_PERSON",
        "audit.OF_OPERATORS",
        killed_by="tests/commands/test_export_and_erase.py::test_an_export_is_the_same_whether_or_not_somebody_was_shown_or_erased",
    ),
    planted(
        "cron backs up the database of the folder that it runs in, instead of the bot's",
        SETTINGS,
        "if beside.exists() and not (file.exists() and file.samefile(beside)):",
        "if beside.exists() and not file.exists():",
        killed_by=FROM_ELSEWHERE,
    ),
    planted(
        "a restore from another folder lays the answers there, and says that all is done",
        SETTINGS,
        "    if not settings.local and settings.database_file is not None:\n        require_no_other_database(settings.database_file)\n",
        "",
        killed_by=FROM_ELSEWHERE,
    ),
)

FILES = "bot/secret_files.py"
ON_FILES = "tests/test_secret_files.py"

SECRETS = (
    planted(
        "a wrong name in the settings closes a file that everybody needs",
        FILES,
        "lambda content: close and _is_a_secret(content)",
        "lambda content: close and content != b''",
        killed_by=f"{ON_FILES}::test_a_file_that_was_named_by_mistake_stays_readable_for_those_who_need_it",
    ),
    planted(
        "a command that root runs shuts the bot out of its own key",
        FILES,
        "    is_shared = found.st_uid != user or (found.st_uid == 0 and found.st_gid != 0)\n",
        "    is_shared = found.st_uid != user\n",
        killed_by=f"{ON_FILES}::test_whose_file_it_is_decides_what_is_too_open[416-0-7-0-None]",
    ),
    planted(
        "a key that was pasted where its file should be named stands in the log",
        FILES,
        "    is_secret = SECRET_IN_A_NAME.search(named) is not None and",
        '    is_secret = named.startswith("xox") and',
        killed_by=f"{ON_FILES}::test_a_secret_where_its_file_should_be_named_is_not_repeated[key]",
    ),
    planted(
        "the second of two keys, each on its line, is passed over",
        "bot/settings.py",
        "all(re.fullmatch(KEY, part, re.ASCII) for part in parts)",
        "all(re.match(KEY, part, re.ASCII) for part in parts)",
        killed_by=f"{ON_FILES}::test_two_keys_without_a_comma_are_no_key[line]",
    ),
    planted(
        "settings with a token in them stay open to everybody on the machine",
        FILES,
        "return _is_a_secret(content) or SECRET_AMONG_OTHERS",
        "return False and SECRET_AMONG_OTHERS",
        killed_by=f"{ON_FILES}::test_what_others_can_read_is_closed_to_them_and_told_once",
    ),
    planted(
        "everybody on the machine can read the database's password",
        FILES,
        "\\w|{IN_ADDRESS})",
        "\\w)",
        killed_by=f"{ON_FILES}::test_a_database_s_password_is_a_secret",
    ),
    planted(
        "a folder that the bot makes is open to everybody where its unit sets no umask",
        "bot/__main__.py",
        "        os.umask(FOR_ITS_OWNER)\n",
        "        _ = FOR_ITS_OWNER\n",
        killed_by="tests/commands/test_private_files.py::test_all_that_the_local_workspace_and_a_rehearsal_write_is_too",
    ),
    planted(
        "a process that hangs is put off again and again instead of being ended",
        "bot/health/watchdog.py",
        "        left = self._signs.seconds_left(self._within)\n",
        "        left = max(self._within / 2, self._signs.seconds_left(self._within))\n",
        killed_by="tests/health/test_watchdog.py::test_without_signs_of_life_systemd_is_not_told_that_it_lives",
    ),
    planted(
        "a database that hangs takes one thread more at every look, and the page waits for it without end",
        READING,
        "            if self._under_way is None or self._under_way.done():\n",
        "            if True:\n",
        killed_by="tests/health/test_page.py::test_a_database_that_hangs_is_said_and_the_page_does_not_hang",
    ),
    planted(
        "whoever opens connections to the health page and says nothing keeps them for ever",
        PAGE,
        "if time.monotonic() - since > HUNG_UP_AFTER:",
        "if time.monotonic() - since > 100 * HUNG_UP_AFTER:",
        killed_by="tests/health/test_page.py::test_whoever_says_nothing_is_hung_up_on_and_keeps_nobody",
    ),
    planted(
        "the health page is open to the network although nobody has asked for that",
        SETTINGS,
        '    health_host: Annotated[str, AfterValidator(_check_host)] = "127.0.0.1"',
        '    health_host: Annotated[str, AfterValidator(_check_host)] = "0.0.0.0"',
        killed_by="tests/test_settings.py::test_the_health_page_stays_on_this_machine_unless_another_address_is_named[::1]",
    ),
    planted(
        "anybody on the machine makes the bot hold as much as they send it",
        PAGE,
        "            if len(head) > LONGEST_REQUEST:\n",
        "            if len(head) > 100 * LONGEST_REQUEST:\n",
        killed_by="tests/health/test_page.py::test_of_whoever_says_too_much_nothing_more_is_read",
    ),
    planted(
        "whoever opens many connections to the health page keeps monitoring out",
        PAGE,
        "            self._since.pop(first, None)\n            _hang_up(first)\n",
        "            return False\n",
        killed_by="tests/health/test_page.py::test_where_too_many_have_come_the_first_ones_are_hung_up_on_and_monitoring_is_answered",
    ),
)

TELLS_NOBODY = (
    planted(
        "the age of the queue tells that somebody waits for a question",
        READING,
        "TO_CHANNELS: Final = (",
        "TO_CHANNELS: Final = (MessageKind.QUESTION, ",
        killed_by="tests/health/test_metrics.py::test_only_what_a_channel_waits_for_is_old",
    ),
    planted(
        "ages are told to the second, so that they tell when a message went out",
        METRICS,
        "return int(seconds) // STEP * STEP",
        "return int(seconds)",
        killed_by="tests/health/test_metrics.py::test_ages_go_in_steps_so_that_no_message_shows_in_them",
    ),
    planted(
        "a fault's name brings a text into the figures",
        METRICS,
        "return name if NAME_OF_STEP.fullmatch(name) else OTHER",
        "return name",
        killed_by="tests/health/test_metrics.py::test_a_fault_by_an_unknown_name_is_another_one",
    ),
)

STORE = "bot/app/doctor/store.py"
ON_LOOKING = "tests/app/doctor/test_examination.py"

LOOKING = (
    planted(
        "whoever asks by cron is told that all is well, whatever is wrong",
        "bot/commands/doctor.py",
        "raise typer.Exit(1)",
        "raise typer.Exit(0)",
        killed_by="tests/commands/test_doctor.py::test_it_ends_with_1_if_something_is_wrong_else_with_0",
    ),
    planted(
        "doctor looks at another database where the address of ours is wrong",
        "bot/app/doctor/seen.py",
        "self.settings is None or self.is_database_wrong else",
        "self.settings is None else",
        killed_by="tests/app/doctor/test_store.py::test_where_the_address_is_none_no_other_database_is_looked_at",
    ),
    planted(
        "a key in a file of its own may be read by all, and doctor says that it may not",
        "bot/settings.py",
        "return [ENV_FILE, *(Path(named[name])",
        "return [ENV_FILE] or [*(Path(named[name])",
        killed_by="tests/app/doctor/test_machine.py::test_the_secrets_own_files_are_looked_at_too[EFTERTANKE_KEY_FILE]",
    ),
    planted(
        "looking at a database leaves a log and its memory beside it",
        "bot/database/sqlite.py",
        """    return {"mode": "ro", "readonly_shm": "1"} if log.exists() and memory.exists() else {"mode": "ro", "immutable": "1"}\n""",
        """    return {"mode": "ro"}\n""",
        killed_by=f"{ON_LOOKING}::test_looking_leaves_every_file_as_it_was[da-nobody]",
    ),
    planted(
        "looking makes a key that nothing is encrypted with",
        "bot/app/keys.py",
        "        _refuse_without_key(settings)\n        return None\n",
        "        return load_or_make_key(file)\n",
        killed_by=f"{ON_LOOKING}::test_looking_at_a_local_workspace_makes_no_key_and_no_folder",
    ),
    Mutant(
        bug="the day on which somebody last did anything can be read from what doctor says",
        edits=(
            (STORE, "from bot.models import Lease, LoadedProgramme\n", "from bot.models import Lease, SeenEvent\n"),
            (STORE, "func.max(LoadedProgramme.synchronised_at)", "func.max(SeenEvent.seen_at)"),
        ),
        killed_by=f"{ON_LOOKING}::test_what_is_told_does_not_depend_on_what_one_participant_does[answers]",
    ),
    planted(
        "one check that fails hides what the others would find",
        "bot/app/doctor/examination.py",
        "    except Exception as error:  # noqa: BLE001 - whatever it is, the other checks go on\n",
        "    except OSError as error:\n",
        killed_by=f"{ON_LOOKING}::test_a_check_that_fails_is_a_fault_of_its_own_and_the_others_go_on",
    ),
    planted(
        "the password of a proxy is printed",
        "bot/app/doctor/machine.py",
        "host, port = parts.hostname, parts.port",
        "host, port = parts.netloc, parts.port",
        killed_by="tests/app/doctor/test_machine.py::test_a_proxy_is_told_without_its_password",
    ),
)

STOPS = (
    planted(
        "a bot that has stopped says afterwards that it has not",
        "bot/app/leaving.py",
        "        if not self._has_ended:  # else",
        "        if True:  # else",
        killed_by="tests/app/test_leaving.py::test_whoever_ends_the_process_says_that_something_hangs_only_where_it_does",
    ),
    planted(
        "a call that is never answered keeps a bot that was asked to leave",
        "bot/sending/delivery.py",
        ".not_done and not self._are_calls_given_up:",
        ".not_done:",
        killed_by="tests/sending/test_calls_in_flight.py::test_a_call_that_is_given_up_is_in_doubt_and_what_came_of_the_others_is_recorded",
    ),
    planted(
        "who answers just before a stop reads that it failed, though it is kept",
        "bot/platforms/slack/line.py",
        "            self._door.wait_for(lambda: not self._under_way, ANSWERED_WITHIN)\n",
        "",
        killed_by="tests/platforms/slack/test_connection.py::test_what_somebody_did_just_before_the_end_is_acknowledged",
    ),
    planted(
        "what a library says of people stands in a field of the log",
        "bot/logs.py",
        "    for key in KEYS & record.__dict__.keys():\n",
        "    for key in ():\n",
        killed_by="tests/test_logs.py::test_of_a_librarys_warning_the_place_is_kept_and_no_word",
    ),
)
