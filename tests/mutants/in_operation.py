"""Bugs that would let the bot fail while whoever keeps it running believes that all is well, or tell them of a person."""

from __future__ import annotations

from tests.mutants.mutant import planted

SIGNS = "bot/health/signs_of_life.py"

LIVES = (
    planted(
        "a delivery that hangs for ever looks alive, as long as the heart beats",
        SIGNS,
        "within - max(map(self.age, Sign))",
        "within - min(map(self.age, Sign))",
        killed_by="tests/health/test_signs_of_life.py::test_the_bot_lives_as_long_as_both_beat_and_delivery_take_steps",
    ),
)

FILES = "bot/secret_files.py"
ON_FILES = "tests/test_secret_files.py"

SECRETS = (
    planted(
        "a wrong name in the settings closes a file that everybody needs",
        FILES,
        "lambda content: close and _is_like_a_secret(content)",
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
        "    is_secret = LIKE_A_SECRET.fullmatch(named.strip()) is not None\n",
        '    is_secret = named.startswith("xox")\n',
        killed_by=f"{ON_FILES}::test_a_secret_where_its_file_should_be_named_is_not_repeated[key]",
    ),
    planted(
        "the second of two keys, each on its line, is passed over",
        "bot/settings.py",
        '        return re.fullmatch(r"[^=]+=?", text) is not None and len(urlsafe_b64decode(text)) == BYTES_OF_KEY\n',
        "        return len(urlsafe_b64decode(text)) == BYTES_OF_KEY\n",
        killed_by=f"{ON_FILES}::test_two_keys_without_a_comma_are_no_key[line]",
    ),
    planted(
        "a folder that the bot makes is open to everybody where its unit sets no umask",
        "bot/__main__.py",
        "        os.umask(FOR_ITS_OWNER)\n",
        "        _ = FOR_ITS_OWNER\n",
        killed_by="tests/commands/test_private_files.py::test_all_that_the_local_workspace_and_a_rehearsal_write_is_too",
    ),
)
