"""In chat a fault is told with the name of its file and its line, and no more than is to be mended."""

from __future__ import annotations

from bot.dialogue.planning.fault_lines import fault_lines
from bot.errors import Fault
from schedules.checking.fault_messages import WrongKind


def fault(kind: WrongKind, line: int = 26, **values: object) -> Fault:
    return Fault(file="/srv/schedules/landsby.yaml", line=line, column=40, said=kind.say(**values), source="at: x")


def test_in_chat_a_fault_has_the_name_of_its_file_and_its_line():
    night = fault(WrongKind.NIGHT, value="20:00")
    assert fault_lines("da", [night]).startswith("• landsby.yaml, linje 26: kl. 20:00 er for tidligt")
    assert fault_lines("en", [night]).startswith("• landsby.yaml, line 26: 20:00 is outside")


def test_in_chat_a_fault_of_a_whole_file_names_no_line():
    gone = Fault(file="/srv/landsby.yaml", line=1, column=1, said=WrongKind.RUNNING_GONE.say(value="landsbyen"))
    assert fault_lines("da", [gone]).startswith("• landsby.yaml: filen til programmet »landsbyen«")


def test_in_chat_a_fault_that_only_follows_from_another_is_left_out():
    close, reminder = fault(WrongKind.EARLY_CLOSE, hours=0.5), fault(WrongKind.LATE_REMINDER, line=28)
    lines = fault_lines("da", [close, reminder]).split("\n")
    assert len(lines) == 1
    assert "0,5 timer" in lines[0]
    assert "linje 28" in fault_lines("da", [reminder])
