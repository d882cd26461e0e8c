"""A sentence is said whole, and what is put into it can be read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bot.sentence import sentence
from bot.wording.in_words import LONGEST_VALUE, in_words, machine_says


def test_a_long_path_is_said_whole_and_a_long_text_is_not() -> None:
    folder = Path("/" + "/".join(["en-lang-mappe"] * 20))
    assert in_words("en", sentence("setup.make_folder", folder=folder)) == f"There is no folder {folder}: make it first."
    assert len(in_words("en", sentence("setup.make_folder", folder=str(folder)))) < LONGEST_VALUE + 40


def test_a_path_with_signs_that_steer_a_screen_is_said_without_them() -> None:
    assert in_words("da", sentence("setup.make_folder", folder=Path("a\n\x1b[2Jb"))) == "Der er ingen mappe a··[2Jb: Opret den først."


@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOENT, errno.ENOSPC, errno.EROFS, errno.EISDIR])
def test_what_the_machine_refuses_is_said_in_danish_and_in_its_own_english(code: int) -> None:
    refusal = OSError(code, os.strerror(code))
    assert machine_says("en", refusal) == os.strerror(code)
    assert machine_says("da", refusal) != os.strerror(code)


def test_what_we_have_no_words_for_is_said_in_the_machines() -> None:
    assert machine_says("da", OSError(errno.EDOM, "Domain\nerror")) == "Domain·error"
    assert in_words("en", sentence("setup.copy_unwritable", file=Path("x"), why=OSError())) == "x cannot be written: OSError"
