"""Whatever is fed to the checker, nothing but faults comes out, each with a place in the file and words in both languages."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ProgrammeFaults
from bot.programme import Language
from bot.wording.fault_report import fault_report
from bot.wording.in_words import in_words
from schedules import programme_file
from schedules.checking import net
from schedules.checking.fault_messages import WrongKind
from schedules.checking.net import faults_by, where_it_stumbles
from schedules.programme_file import load_content, load_running, source_of
from tests.schedules.conftest import SMALL
from tests.support.faults import no_fault_of_ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.errors import Fault
    from schedules.checking.source import SourceFile

HERE = Path("nowhere/small.yaml")
NASTY = (
    "3000000",
    "999999999",
    "9" * 5000,
    "-1",
    "0",
    ".inf",
    ".nan",
    "0x1F",
    "0o17",
    "1_000",
    "1e400",
    "null",
    "~",
    "[]",
    "{}",
    "[[[[]]]]",
    "[a, b]",
    "{? [a, b] : 1}",
    "{<<: {a: 1}}",
    "&a x",
    "*a",
    "!!binary aGVq",
    "!!python/object:os.system x",
    "!!set {a}",
    r'"\UFFFFFFFF"',
    r'"\ud800"',
    r'"a\0b"',
    r'"\e[31m"',
    '"' + "x" * 4000 + '"',
    "/dev/zero",
    "../x.csv",
    "2018-02-30",
    "9999-12-31",
    "2099-12-31",
    "2000-01-01",
    "true",
    "..",
    "\u200b",
    "[" * 100,
    "@",
    "`",
    "%",
    "|\n x",
    "Etc/../../passwd",
    "[42, 42, 53]",
    '"24:00"',
)


def faults_of(content: bytes) -> tuple[Fault, ...]:
    """What is wrong with a file; whatever it is, it can be told, and stands in the file."""
    try:
        load_content(HERE, content)
    except ProgrammeFaults as wrong:
        faults = wrong.faults
    else:
        return ()
    lines = content.decode("utf-8", "replace").split("\n")
    for fault in faults:
        assert fault.line >= 1
        assert fault.column >= 1
        if fault.file == str(HERE):
            assert fault.line <= len(lines)
            assert fault.column <= len(lines[fault.line - 1]) + 1
        assert all(in_words(language, fault.said) for language in Language)
    assert list(fault_report(Language.DA, faults))
    return faults


def faults_that_are_meant(content: bytes) -> tuple[Fault, ...]:
    """What is wrong with a file; none of it is that the check has stumbled."""
    faults = faults_of(content)
    assert no_fault_of_ours(faults)
    return faults


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_no_more_than_faulty(content):
    assert faults_that_are_meant(content)


@given(st.text(st.sampled_from("ab:- \n\t[]{}\"'#&*!|>%@`\\?,\u00a0\u200b\ud7ff\x85\u2028å0"), max_size=120))
def test_arbitrary_signs_of_yaml_are_no_more_than_faulty(text):
    assert faults_that_are_meant(text.encode())


PLACES = sorted(
    {
        (span.start, span.end)
        for spans in (source_of(HERE, SMALL.encode()).values, source_of(HERE, SMALL.encode()).keys)
        for path, span in spans.items()
        if path
    }
)


@settings(max_examples=150)
@given(st.sampled_from(PLACES), st.sampled_from(NASTY), st.sampled_from(PLACES), st.sampled_from(NASTY))
def test_a_good_programme_with_a_nasty_value_anywhere_is_no_more_than_faulty(place, value, other, other_value):
    text = SMALL
    for (start, end), new in sorted({place: value, other: other_value}.items(), reverse=True):
        text = text[:start] + new + text[end:]
    faults_that_are_meant(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=60)
@given(st.sampled_from(PLACES), st.sampled_from(NASTY))
def test_a_text_that_runs_is_loaded_or_refused_in_words(place, value):
    with suppress(ProgrammeFaults):
        load_running(HERE, f"{SMALL[: place[0]]}{value}{SMALL[place[1] :]}".encode())


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("after_days: 2", "after_days: 3000000", (33, 24)),
        ('da: "Lille"', r'da: "Li\UFFFFFFFFlle"', (2, 25)),
        ('da: "Lille"', r'da: "Li\ud800lle"', (2, 16)),
        ("{usergroup: S0LEADERS}", r'{file: "a\0b"}', (6, 19)),
        ("{usergroup: S0LEADERS}", "{file: /dev/zero}", (6, 19)),
        ("{usergroup: S0LEADERS}", "{file: ../leaders.csv}", (6, 19)),
        ("until: 2018-08-28", "until: 2098-08-28", (31, 3)),
    ],
)
def test_what_used_to_stop_the_bot_is_a_fault_at_its_place(before, after, place):
    assert place in {(fault.line, fault.column) for fault in faults_that_are_meant(SMALL.replace(before, after, 1).encode())}


def test_a_pipe_in_the_place_of_a_list_is_a_fault_of_the_line_that_names_it(small, tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to("pipe.csv")
    path = small("{usergroup: S0LEADERS}", "{file: pipe.csv}", "{usergroup: S0REPS}", "{file: link.csv}")
    with pytest.raises(ProgrammeFaults) as wrong:
        programme_file.load_file(path)
    assert {(fault.file, fault.line) for fault in wrong.value.faults if fault.said.key == WrongKind.LIST_IS_NO_FILE} == {(str(path), 6)}
    assert no_fault_of_ours(wrong.value.faults)


def test_a_zone_in_five_hundred_folders_is_no_zone():
    faults = faults_of(SMALL.replace("Europe/Copenhagen", f"{'Europe/' * 500}x").encode())
    assert [fault.said.key for fault in faults] == [WrongKind.UNKNOWN_ZONE]


# --- the net itself


def over_retention(source: SourceFile) -> Iterator[Fault]:
    source.get("title", "da")
    if source.get("retention", "detach_after_days"):
        raise OverflowError
    yield from ()


def over_everything(_source: SourceFile) -> Iterator[Fault]:
    raise MemoryError
    yield


def good_rule(source: SourceFile) -> Iterator[Fault]:
    yield source.fault(source.value_at(("language",)), WrongKind.EMPTY_TEXT)


@pytest.fixture(autouse=True)
def _nothing_was_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, "STUMBLES", set())


def test_a_rule_that_stumbles_is_a_fault_at_the_value_it_stumbles_over_and_hides_no_other(caplog):
    source = source_of(HERE, SMALL.encode())
    faults = list(faults_by((over_retention, over_everything, good_rule, over_retention), source))
    days = source.value_at(("retention", "detach_after_days"))
    assert [(fault.line, fault.said.key) for fault in faults] == [
        (days.line, WrongKind.CHECK_STUMBLES),
        (1, WrongKind.CHECK_STUMBLES),
        (3, WrongKind.EMPTY_TEXT),
        (days.line, WrongKind.CHECK_STUMBLES),
    ]
    assert faults[0].column == days.column
    told = [vars(record) for record in caplog.records if record.levelno == logging.ERROR]
    assert len(told) == 2, "each is logged once"
    assert told[0]["error"] == "OverflowError"
    assert "test_net.py" in told[0]["place"]


def test_a_value_that_a_parser_stumbles_over_is_a_fault_of_that_value(monkeypatch):
    def stumble(_name: str) -> None:
        raise RecursionError

    monkeypatch.setattr("schedules.checking.value_parsers.ZoneInfo", stumble)
    faults = faults_of(SMALL.replace("every: tuesday", "every: tusday").encode())
    assert (4, 11, WrongKind.CHECK_STUMBLES) in {(fault.line, fault.column, fault.said.key) for fault in faults}
    assert WrongKind.NOT_A_WEEKDAY in {fault.said.key for fault in faults}


def test_what_stumbles_only_when_the_programme_is_worked_out_is_a_fault_too(monkeypatch):
    def stumble(*_: object) -> None:
        raise OverflowError

    monkeypatch.setattr(programme_file, "programme_remarks", stumble)
    assert [fault.said.key for fault in faults_of(SMALL.encode())] == [WrongKind.CHECK_STUMBLES]


def test_where_a_reader_stumbles_is_found_by_reading_less(caplog):
    def read(text: str) -> None:
        if "!" in text:
            raise MemoryError
        if text.count('"') % 2:
            raise ValueError

    text = 'one\ntwo "a!b"\nthree!'
    with pytest.raises(MemoryError) as error:
        read(text)
    assert where_it_stumbles(text, error.value, read) == (2, 7)
    errors = [vars(record)["error"] for record in caplog.records if record.levelno == logging.ERROR]
    assert errors == ["MemoryError"], "it is no error of the reader of YAML"
