"""An organiser reads in a sentence what an edit does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.planning.edit_texts import edit_in_words, why_refused
from bot.errors import Fault, ProgrammeFaults
from bot.programme import Entry, Language, Role, Week
from bot.seam.edits import MoveQuestion
from schedules.checking.fault_messages import WrongKind
from tests.support.programme import PROGRAMME

VARIANTS = ((Role.LEADER, "to-leaders"), (Role.EMPLOYEE_REP, "to-reps"))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(theme="time", all="to-reps"), "»to-reps, hvad?« flyttes til uge 40."),
        (Entry(theme="time", by_role=VARIANTS), "»to-reps, hvad?« flyttes til uge 40. Begge spørgsmål i parret flyttes."),
        (Entry(theme="time", by_role=VARIANTS, all="to-the-rest"), "og det samme gør de andre spørgsmål, der går ud sammen med det."),
    ],
)
def test_what_goes_out_together_is_said_to_move_together(entry: Entry, words: str) -> None:
    programme = replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, order=(entry,)))
    assert edit_in_words(Language.DA, programme, MoveQuestion(question="to-reps", week=Week(year=2018, number=40))).endswith(words)


def test_a_fault_that_an_edit_would_bring_is_told_in_danish() -> None:
    fault = Fault(file="x", line=1, column=1, said=WrongKind.TOO_MANY_ENTRIES.say(entries=5, slots=4, missing=1))
    said = why_refused(Language.DA, ProgrammeFaults([fault]))
    assert said.endswith(
        "der er 5 spørgsmål i rækkefølgen, men kun 4 sendedage; skriv en senere dato ved »until«, eller tag 1 spørgsmål ud under »order«"
    )
