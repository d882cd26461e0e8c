"""An error ends a command in the reader's language."""

from __future__ import annotations

import pytest

from bot.app.command_errors import error_lines
from bot.app.reader_language import speak
from bot.errors import ForeignWords, SetupFault
from bot.programme import Language
from bot.sentence import sentence


@pytest.mark.parametrize(("language", "said"), [("da", "Ord i databasen er ikke dem"), ("en", "Words in the database are not those")])
def test_words_that_are_not_their_rows_own_are_told_with_the_cure(language: str, said: str) -> None:
    with speak(Language(language)):
        (line,) = error_lines(ForeignWords())
    assert line.startswith(said)
    assert ".venv/bin/python -m bot restore FIL" in line


def test_several_faults_of_the_set_up_are_told_a_line_each() -> None:
    with speak(Language.DA):
        lines = list(error_lines(SetupFault(sentence("setup.no_key"), sentence("setup.stopped"))))
    assert lines[0].startswith("EFTERTANKE_KEY: mangler.")
    assert lines[1] == "Stoppet, før Slack kunne nås."
