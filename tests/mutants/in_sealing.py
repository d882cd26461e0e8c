"""Bugs by which somebody could read what is sealed, or personal data would pass."""

from __future__ import annotations

from tests.mutants.mutant import Mutant, planted

SEALING = "bot/confidentiality/encryption.py"
SEALED = 'self._fernet.encrypt_at_time(f"{_binding(row)}{text}".encode(), NO_TIME)'
ON_DETACHING = "tests/confidentiality/deletion/test_detaching.py"
ON_SEALING = "tests/confidentiality/test_encryption.py"
ON_EXCHANGED = "tests/dialogue/digests/test_exchanged_words.py"
ON_DATA = "tests/confidentiality/test_personal_data.py"

KEYS = (
    Mutant(
        bug="words are stored as they were written",
        edits=(
            (SEALING, SEALED, "text.encode()"),
            (SEALING, "            text = self._fernet.decrypt(words).decode()\n", "            text = words.decode()\n"),
        ),
        killed_by=f"{ON_SEALING}::test_what_was_sealed_is_read_again_and_is_not_to_be_seen_in_what_is_kept",
    ),
    planted(
        "what is sealed tells when it was written",
        SEALING,
        SEALED,
        'self._fernet.encrypt(f"{_binding(row)}{text}".encode())',
        killed_by=f"{ON_DETACHING}::test_what_is_sealed_tells_nobody_when",
    ),
    planted(
        "a key prints",
        SEALING,
        "self.name = _key_name(secrets[0])",
        "self.name = secrets[0]",
        killed_by=f"{ON_SEALING}::test_keys_do_not_print",
    ),
    planted(
        "a reply is read without its key",
        SEALING,
        'raise KeyFault(sentence("setup.lost_key", name=sealed_with)) from None',
        "return words.decode()",
        killed_by=f"{ON_SEALING}::test_without_the_key_that_sealed_it_nothing_is_read_and_the_key_is_named",
    ),
    planted(
        "the words of two answers are exchanged in the file and read as each other's",
        SEALING,
        "        if text.startswith(BOUND):\n            raise ForeignWords\n",
        "        text = text.rpartition(BOUND)[2]\n",
        killed_by=f"{ON_SEALING}::test_what_was_sealed_for_one_row_is_read_in_no_other_and_the_fault_repeats_nothing_of_it",
    ),
    planted(
        "one answer that was exchanged stops the whole week",
        SEALING,
        "        return None\n",
        "        raise\n",
        killed_by=f"{ON_EXCHANGED}::test_neither_is_put_to_reviewers_and_the_others_are",
    ),
    planted(
        "words that were exchanged are known again once the week is detached",
        "bot/confidentiality/deletion/detaching.py",
        'keys.encrypt(own_words(keys, reply) or "", own_id)',
        "keys.encrypt(own_words(keys, reply) or keys._fernet.decrypt(reply.words).decode(), own_id)",
        killed_by=f"{ON_EXCHANGED}::test_the_week_is_detached_and_nobody_knows_them_again",
    ),
    planted(
        "words from before they were bound stay so after a change of keys",
        "bot/confidentiality/key_rotation.py",
        "    ciphertext = keys.encrypt(text, row.id)\n    row.words, row.sealed_with = ciphertext.words, ciphertext.sealed_with\n",
        "    row.words, row.sealed_with = keys._fernet.encrypt(text.encode()), keys.name\n",
        killed_by="tests/confidentiality/test_key_rotation.py::test_texts_from_before_they_were_bound_to_their_rows_are_bound_to_them",
    ),
    planted(
        "whoever is logged in as the same user reads the key in the process",
        "bot/app/closed_memory.py",
        "            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)\n",
        "            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)\n",
        killed_by="tests/app/test_closed_memory.py::test_the_same_user_can_read_the_key_out_of_a_process_that_is_not_closed_only[closed]",
    ),
    planted(
        "a command leaves its memory behind when it crashes",
        "bot/__main__.py",
        "        close_memory()\n",
        "        _ = close_memory\n",
        killed_by="tests/app/test_closed_memory.py::test_a_command_writes_no_core_dump_and_is_closed_to_others",
    ),
    planted(
        "a backup holds the key",
        "bot/commands/backup.py",
        "            backup_file.sync_to_disk(part)\n            file.hardlink_to",
        "            key = load_settings().eftertanke_key.get_secret_value()\n"
        "            part.write_bytes(part.read_bytes() + key.encode())\n"
        "            file.hardlink_to",
        killed_by="tests/commands/test_backup.py::test_the_key_is_in_no_backup",
    ),
    planted(
        "a backup outlives thirty days",
        "bot/app/backup/backup_file.py",
        "LIFETIME: Final = timedelta(days=30)",
        "LIFETIME: Final = timedelta(days=300)",
        killed_by="tests/commands/test_backup.py::test_backups_over_thirty_days_old_are_removed_and_nothing_else_is",
    ),
    planted(
        "a restored backup posts a week's digest a second time",
        "bot/app/backup/since_then.py",
        "    carry_over.take_over(session, rows)\n",
        "",
        killed_by="tests/walks/test_restored.py::test_what_was_posted_after_the_backup_is_taken_over_and_not_posted_again",
    ),
    planted(
        "a restored backup brings back who was erased",
        "bot/dialogue/data_rights/erasure.py",
        "        erase(session, now, address)\n",
        "        _ = erase, address\n",
        killed_by="tests/commands/test_backup.py::test_what_was_deleted_since_the_backup_does_not_come_back",
    ),
)

FILTER = (
    planted(
        "a roster name in the genitive is let pass",
        "bot/confidentiality/personal_data/word_lists.py",
        'return (bare, bare[:-1]) if bare.endswith("s") and len(bare) > 2 else (bare,)',
        "return (bare,)",
        killed_by=f"{ON_DATA}::test_a_name_on_the_roster_is_held_in_any_case_and_in_the_genitive",
    ),
    planted(
        "a roster name in full-width letters is let pass",
        "bot/confidentiality/personal_data/normalisation.py",
        'unicodedata.normalize("NFKC",',
        'unicodedata.normalize("NFC",',
        killed_by=f"{ON_DATA}::test_the_roster_is_asked_by_normalised_words_only",
    ),
    planted(
        "a name with something in it that nobody sees is let pass",
        "bot/confidentiality/personal_data/normalisation.py",
        '"Cf", "Cc", "Cn", "Co", "Cs"',
        '"Cc", "Cn", "Co", "Cs"',
        killed_by=f"{ON_DATA}::test_what_points_at_somebody_is_held",
    ),
    planted(
        "six digits are let pass",
        "bot/confidentiality/personal_data/id_numbers.py",
        r"\d(?:[\W_]*\d){5,}",
        r"\d(?:[\W_]*\d){6,}",
        killed_by=f"{ON_DATA}::test_six_digits_are_held_whatever_stands_between_them",
    ),
    planted(
        "an e-mail address is let pass",
        "bot/confidentiality/personal_data/filter.py",
        "        yield from find_contacts(reading)\n",
        "",
        killed_by=f"{ON_DATA}::test_an_email_address_is_held_however_its_at_is_written",
    ),
)
