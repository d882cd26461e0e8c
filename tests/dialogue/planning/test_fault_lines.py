"""In chat a fault is told with the name of its file and its line, and no more than is to be mended."""

from __future__ import annotations

from bot.dialogue.planning.fault_lines import MOST_IN_CHAT, fault_lines
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


def test_in_chat_the_first_faults_are_told_and_the_others_are_counted():
    many = [fault(WrongKind.NIGHT, line, value="20:00") for line in range(1, 3_000)]
    *told, more = fault_lines("da", many).split("\n")
    assert len(told) == MOST_IN_CHAT
    assert more == "og 2989 fejl mere. Ret dem her først; kommandoen »check« viser flere ad gangen"
    assert fault_lines("en", many[: MOST_IN_CHAT + 1]).split("\n")[-1].startswith("and 1 more fault. ")
    assert "mere" not in fault_lines("da", many[:MOST_IN_CHAT])


def test_in_chat_keys_stand_in_quotes_since_backticks_would_be_seen_there():
    unknown = fault(WrongKind.UNKNOWN_THEME, value="x", guess=None)
    assert "»themes«" in fault_lines("da", [unknown])
    assert '"themes"' in fault_lines("en", [unknown])
    assert "`" not in fault_lines("da", [unknown]) + fault_lines("en", [unknown])
