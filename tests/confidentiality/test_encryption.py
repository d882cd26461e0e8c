"""Nobody who has only the database can read what people wrote."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.confidentiality.encryption import Keys, new_key, session_keys
from bot.database.unit_of_work import Database
from bot.errors import ForeignWords, KeyFault
from tests.support.database import KEY
from tests.support.faults import refuses

OLD, NEW = new_key(), new_key()


@given(st.text().filter(lambda text: not any("\ud800" <= each <= "\udfff" for each in text)))
def test_what_was_sealed_is_read_again_and_is_not_to_be_seen_in_what_is_kept(text: str):
    keys = Keys([KEY])
    sealed = keys.encrypt(text, "r")
    assert keys.decrypt(sealed.words, sealed.sealed_with, "r") == text
    assert len(text) < 4 or text.encode() not in sealed.words


def test_the_same_words_are_sealed_differently_each_time():
    keys = Keys([KEY])
    assert keys.encrypt("ja", "r").words != keys.encrypt("ja", "r").words


def test_the_newest_key_seals_and_older_ones_still_open():
    sealed = Keys([OLD]).encrypt("ord", "r")
    both = Keys([NEW, OLD])
    assert both.decrypt(sealed.words, sealed.sealed_with, "r") == "ord"
    assert both.encrypt("ord", "r").sealed_with == Keys([NEW]).name != sealed.sealed_with


def test_without_the_key_that_sealed_it_nothing_is_read_and_the_key_is_named():
    sealed = Keys([OLD]).encrypt("ord", "r")
    with refuses(KeyFault, match=f"the key {sealed.sealed_with} that sealed it is missing"):
        Keys([NEW]).decrypt(sealed.words, sealed.sealed_with, "r")


def test_what_was_sealed_for_one_row_is_read_in_no_other_and_the_fault_repeats_nothing_of_it():
    sealed = Keys([KEY]).encrypt("Mod skoven", "anna")
    with pytest.raises(ForeignWords) as fault:
        Keys([KEY]).decrypt(sealed.words, sealed.sealed_with, "bo")
    assert not {"Mod skoven", "anna", "bo"} & {*str(fault.value).split(), str(fault.value)}


@pytest.mark.parametrize("row", ["", "ann", "annab", "a", "\x00anna"])
def test_no_part_of_an_id_and_nothing_around_it_is_that_row(row: str):
    sealed = Keys([KEY]).encrypt("Mod skoven", "anna")
    with pytest.raises(ForeignWords):
        Keys([KEY]).decrypt(sealed.words, sealed.sealed_with, row)


def test_words_that_were_changed_are_not_taken_for_those_of_a_missing_key():
    sealed = Keys([KEY]).encrypt("Mod skoven", "r")
    with pytest.raises(ForeignWords):
        Keys([KEY]).decrypt(sealed.words[:-9] + b"AAAAAAA==", sealed.sealed_with, "r")


def test_what_was_sealed_before_texts_were_bound_is_read_as_it_is():
    assert Keys([KEY]).decrypt(Fernet(KEY).encrypt("før".encode()), Keys([KEY]).name, "r") == "før"


def test_words_from_before_there_were_keys_are_read_as_they_are():
    assert Keys([KEY]).decrypt("før".encode(), None, "r") == "før"


@pytest.mark.parametrize("setting", ["", " , ", "short", KEY[:-1], f"{KEY},short"])
def test_what_is_no_key_is_refused_without_being_repeated(setting: str):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - whatever it says, it must not say the key
        Keys.read(setting)
    assert "short" not in str(refused.value)


def test_a_setting_may_hold_several_keys():
    assert Keys.read(f" {NEW} , {OLD}\n").name == Keys([NEW]).name


def test_keys_do_not_print():
    assert KEY not in repr(Keys([KEY]))
    assert KEY not in str(vars(Keys([KEY])))


def test_a_fingerprint_is_the_same_for_the_same_parts_and_key_only():
    keys = Keys([KEY])
    assert keys.fingerprint("text", "a") == keys.fingerprint("text", "a")
    others = {keys.fingerprint("text", "b"), keys.fingerprint("name", "a"), keys.fingerprint("texta"), Keys([NEW]).fingerprint("text", "a")}
    assert len(others | {keys.fingerprint("text", "a")}) == 5


def test_fingerprints_of_older_keys_are_recognised():
    assert Keys([OLD]).fingerprint("name", "anna") in Keys([NEW, OLD]).fingerprints("name", "anna")


def test_a_database_opened_without_a_key_says_so():
    database = Database("sqlite://")
    with database.look() as session, refuses(KeyFault, match="without a key"):
        session_keys(session)
    database.close()
