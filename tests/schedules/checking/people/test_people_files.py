from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.errors import ProgrammeFaults
from bot.programme import Source
from bot.sentence import sentence
from schedules.checking.fault_messages import WrongKind
from schedules.programme_file import load_file
from tests.support.faults import told_of
from tests.support.remarks import said

LEADERS = "leaders: {usergroup: S0LEADERS}"


def write_list(folder, *lines: str, name: str = "leaders.csv"):
    (folder / "people").mkdir(exist_ok=True)
    (folder / "people" / name).write_text("\n".join(["email", *lines]), encoding="utf-8")
    return f"leaders: {{file: people/{name}}}"


def addresses(count: int, start: int = 0) -> list[str]:
    return [f"person{number}@example.org" for number in range(start, start + count)]


def too_few(place: str, name: str, people: int, least: int = 10) -> str:
    return f"{place}: {told_of(WrongKind.SMALL_AUDIENCE, value=name, people=people, least=least)}"


def test_a_list_beside_the_programme_is_read(small, tmp_path):
    path = small(LEADERS, write_list(tmp_path, *addresses(10), "", "  Person0@Example.org "))
    assert load_file(path).people.leaders == Source(file="people/leaders.csv", emails=tuple(addresses(10)))


def test_a_file_that_is_not_there_is_a_fault_of_the_line_that_names_it(small, faults_in):
    path = small(LEADERS, "leaders: {file: people/nobody.csv}")
    assert faults_in(path) == ['6:19: there is no file "people/nobody.csv" beside the programme: put it there, or correct the name here']


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_is_no_file_is_named_in_the_line_that_names_it(small, faults_in, tmp_path, make):
    make(tmp_path / "leaders.csv")
    (fault,) = faults_in(small(LEADERS, "leaders: {file: leaders.csv}"))
    assert fault.startswith('6:19: "leaders.csv" is no file, but a folder, a pipe or a device: put the list itself there')


@pytest.mark.parametrize(
    ("name", "typed"),
    [(r"people\leaders.csv", "people/leaders.csv"), (r"C:\Users\Ib\leaders.csv", "leaders.csv"), (r"\\drev\x\leaders.csv", "leaders.csv")],
)
def test_a_path_as_windows_writes_it_is_told_with_what_to_write(small, faults_in, tmp_path, name, typed):
    write_list(tmp_path, *addresses(10))
    path = small(LEADERS, f"leaders: {{file: '{name}'}}")
    assert faults_in(path) == [f"6:19: {told_of(WrongKind.PATH_OF_WINDOWS, value=name, typed=typed)}"]


def test_an_audience_under_ten_is_a_fault(small, faults_in, tmp_path):
    path = small(LEADERS, write_list(tmp_path, *addresses(9)))
    assert faults_in(path) == [too_few("6:19", "people/leaders.csv", 9)]


def test_a_raised_floor_counts_for_audiences_in_files(small, faults_in, tmp_path):
    path = small(LEADERS, write_list(tmp_path, *addresses(10)), "audience: 10", "audience: 12")
    assert faults_in(path) == [too_few("6:19", "people/leaders.csv", 10, least=12)]


def in_files(folder, leaders: int, reps: int) -> tuple[str, ...]:
    """The changes by which both lists of participants are files."""
    listed = write_list(folder, *addresses(reps, start=1000), name="reps.csv").replace("leaders:", "employee_reps:")
    return LEADERS, write_list(folder, *addresses(leaders)), "employee_reps: {usergroup: S0REPS}", listed


def test_an_entry_that_would_single_out_three_is_a_fault_of_its_own_line(small, faults_in, tmp_path):
    assert faults_in(small(*in_files(tmp_path, leaders=20, reps=3))) == [
        too_few("7:25", "people/reps.csv", 3),
        f"36:7: {told_of(WrongKind.SINGLED_OUT, least=5, lists='employee_reps')}",
    ]


def test_the_later_of_the_two_entries_is_the_fault(small, faults_in, tmp_path):
    swapped = "    - one\n    - {leader: two-leader, employee_rep: two-rep}", "    - {leader: two-leader, employee_rep: two-rep}\n    - one"
    faults = faults_in(small(*in_files(tmp_path, leaders=20, reps=3), *swapped))
    assert [fault.split(": ")[0] for fault in faults if "single out" in fault] == ["36:7"]


def test_five_left_out_are_no_more_than_too_small_an_audience(small, faults_in, tmp_path):
    faults = faults_in(small(*in_files(tmp_path, leaders=20, reps=5)))
    assert faults == [too_few("7:25", "people/reps.csv", 5)]


def test_a_raised_floor_counts_for_who_is_singled_out(small, faults_in, tmp_path):
    faults = faults_in(small(*in_files(tmp_path, leaders=20, reps=7), "people: 5", "people: 8"))
    assert [fault.split(": ")[0] for fault in faults if "single out fewer than 8 people" in fault] == ["36:7"]


def test_nobody_is_singled_out_where_everyone_is_asked_every_time(small, faults_in, tmp_path):
    for_all = "- {leader: two-leader, employee_rep: two-rep}", "- two-leader"
    assert [fault for fault in faults_in(small(*in_files(tmp_path, leaders=20, reps=3), *for_all)) if "single out" in fault] == []


def test_a_list_that_only_the_chat_knows_is_not_judged_in_a_file(small, faults_in, tmp_path):
    reps = in_files(tmp_path, leaders=20, reps=3)[2:]
    assert [fault for fault in faults_in(small(*reps)) if "single out" in fault] == []


def test_who_is_a_politician_as_well_is_no_part_of_the_audience(small, faults_in, tmp_path):
    write_list(tmp_path, *addresses(1), name="politicians.csv")
    changes = (
        LEADERS,
        write_list(tmp_path, *addresses(10)),
        "politicians: {usergroup: S0POLIT}",
        "politicians: {file: people/politicians.csv}",
    )
    assert faults_in(small(*changes)) == [too_few("6:19", "people/leaders.csv", 9)]


def test_people_on_two_lists_are_remarked_on_without_their_addresses(small, tmp_path):
    reps = write_list(tmp_path, *addresses(22, start=16), name="reps.csv").replace("leaders:", "employee_reps:")
    changes = (LEADERS, write_list(tmp_path, *addresses(18)), "employee_reps: {usergroup: S0REPS}", reps)
    (remark,) = said(load_file(small(*changes)).remarks)
    assert remark.startswith("2 of those on the list `employee_reps` are also on one that goes before it, which counts: first politicians")


def test_a_fault_of_a_list_has_its_place_and_does_not_repeat_the_address(small, tmp_path, faults_in):
    path = small(LEADERS, write_list(tmp_path, *addresses(10), "one @example.org", "two@example.org kim@example.org"))
    assert faults_in(path) == [f"12:1: {told_of(WrongKind.BAD_EMAIL)}", f"13:1: {told_of(WrongKind.TWO_EMAILS)}"]
    with pytest.raises(ProgrammeFaults) as refused:
        load_file(path)
    assert [fault.source for fault in refused.value.faults] == ["", ""]


def test_addresses_that_a_list_repeats_are_remarked_on_with_their_number(small, tmp_path):
    path = small(LEADERS, write_list(tmp_path, *addresses(20), "PERSON0@example.org", "Person 1 <person1@example.org>"))
    assert sentence("remark.repeats", file="people/leaders.csv", repeats=2) in load_file(path).remarks


def test_nobody_among_the_organisers_is_a_fault_and_nobody_among_the_politicians_a_remark(small, tmp_path, faults_in):
    nobody = write_list(tmp_path, name="nobody.csv").removeprefix("leaders: ")
    organisers = nobody.replace("{", "{channel: C0ORGANISERS, ")
    assert faults_in(small("{usergroup: S0ORG, channel: C0ORGANISERS}", organisers)) == [f"1:1: {told_of(WrongKind.EMPTY_PEOPLE_FILE)}"]
    remarks = load_file(small("{usergroup: S0POLIT}", nobody)).remarks
    assert sentence("remark.empty_list", file="people/nobody.csv") in remarks


# --- one source under two roles

SAME = "and who stands on two lists belongs to one of them only: name another list"
REPS, POLITICIANS = "employee_reps: {usergroup: S0REPS}", "politicians: {usergroup: S0POLIT}"
ORGANISERS = "organisers: {usergroup: S0ORG, channel: C0ORGANISERS}"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ((REPS, "employee_reps: {usergroup: S0LEADERS}"), f'7:30: "S0LEADERS" is the list of leaders as well (line 6), {SAME}'),
        ((POLITICIANS, "politicians: {usergroup: S0LEADERS}"), f'8:28: "S0LEADERS" is the list of leaders as well (line 6), {SAME}'),
        (
            (ORGANISERS, "organisers: {usergroup: S0POLIT, channel: C0ORGANISERS}"),
            f'9:27: "S0POLIT" is the list of politicians as well (line 8), {SAME}',
        ),
        (
            (LEADERS, "leaders: {channel: C0ORGANISERS}", ORGANISERS, "organisers: {channel: C0ORGANISERS}"),
            f'9:25: "C0ORGANISERS" is the list of leaders as well (line 6), {SAME}',
        ),
        (
            (LEADERS, "leaders: {channel: C0ALL}", POLITICIANS, "politicians: {channel: C0ALL}"),
            f'8:26: "C0ALL" is the list of leaders as well (line 6), {SAME}',
        ),
    ],
)
def test_one_source_under_two_roles_is_a_fault_of_the_later_line(small, faults_in, changes, fault):
    assert faults_in(small(*changes)) == [fault]


def test_one_source_under_three_roles_is_a_fault_of_the_second_and_the_third(small, faults_in):
    same = (REPS, "employee_reps: {usergroup: S0LEADERS}", POLITICIANS, "politicians: {usergroup: S0LEADERS}")
    assert [fault.split(": ")[0] for fault in faults_in(small(*same))] == ["7:30", "8:28"]


@pytest.mark.parametrize("other", ["./people/leaders.csv", "people/../people/leaders.csv", "people/link.csv"])
def test_one_file_under_two_names_is_one_source(small, faults_in, tmp_path, other):
    listed = write_list(tmp_path, *addresses(12))
    (tmp_path / "people" / "link.csv").symlink_to(tmp_path / "people" / "leaders.csv")
    faults = faults_in(small(LEADERS, listed, POLITICIANS, f"politicians: {{file: {other}}}"))
    assert faults == [f'8:23: "{other}" is the list of leaders as well (line 6), {SAME}']


def test_the_organisers_own_channel_is_no_list_where_they_have_another(small):
    assert load_file(small(LEADERS, "leaders: {channel: C0ORGANISERS}")).people.organisers == Source(usergroup="S0ORG")


def test_two_files_with_the_very_same_people_are_remarked_on(small, tmp_path):
    politicians = write_list(tmp_path, *addresses(3), name="politicians.csv").replace("leaders:", "politicians:")
    organisers = write_list(tmp_path, *addresses(3), name="organisers.csv").replace("leaders:", "organisers:")
    same = POLITICIANS, politicians, ORGANISERS, organisers.replace("}", ", channel: C0ORGANISERS}")
    assert any("`politicians` and `organisers` hold the very same people" in remark for remark in said(load_file(small(*same)).remarks))


def test_participants_in_the_digests_channel_are_remarked_on_and_politicians_are_not(small):
    assert load_file(small(POLITICIANS, "politicians: {channel: C0DIGEST}")).remarks == ()
    assert said(load_file(small(LEADERS, "leaders: {channel: C0DIGEST}")).remarks) == (
        "the list `leaders` is the digest's channel: whoever is to read the digest there is asked the questions as well",
    )


# --- guests


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (LEADERS, "leaders: {usergroup: S0LEADERS, guests: true}", "6:35"),
        (POLITICIANS, "politicians: {channel: C0POLIT, guests: true}", "8:35"),
        (ORGANISERS, "organisers: {channel: C0ORGANISERS, guests: false}", "9:39"),
    ],
)
def test_guests_stand_beside_a_channel_of_participants_and_nowhere_else(small, faults_in, old, new, place):
    assert faults_in(small(old, new)) == [f"{place}: {told_of(WrongKind.GUESTS_ELSEWHERE)}"]


def test_guests_in_a_channel_take_part_where_the_programme_says_so(small, faults_in):
    people = load_file(small(LEADERS, "leaders: {channel: C0LEADERS, guests: true}", REPS, "employee_reps: {channel: C0REPS}")).people
    assert (people.leaders, people.employee_reps) == (Source(channel="C0LEADERS", guests=True), Source(channel="C0REPS"))
    assert faults_in(small(LEADERS, 'leaders: {channel: C0LEADERS, guests: "yes"}')) == [
        "6:41: this must be true or false, without quotes; write true"
    ]


# --- near a limit


def remarks_on(small, folder, leaders: int, reps: int, *changes: str) -> list[str]:
    return [remark for remark in said(load_file(small(*in_files(folder, leaders, reps), *changes)).remarks) if "people/" in remark]


AUDIENCE = "and under {least} they are asked no question of their own: put more on it, so that a few who go change nothing"


@pytest.mark.parametrize(("leaders", "is_near"), [(10, True), (14, True), (15, False), (90, False)])
def test_a_list_of_which_a_few_may_not_go_is_remarked_on(small, tmp_path, leaders, is_near):
    near = [f'"people/leaders.csv" reaches {leaders} people, {AUDIENCE.format(least=10)}'] if is_near else []
    assert remarks_on(small, tmp_path, leaders, 120) == near


def test_a_raised_floor_counts_for_which_list_is_near_it(small, tmp_path):
    near = [f'"people/reps.csv" reaches 24 people, {AUDIENCE.format(least=20)}']
    assert remarks_on(small, tmp_path, 80, 24, "audience: 10", "audience: 20") == near
    assert remarks_on(small, tmp_path, 80, 25, "audience: 10", "audience: 20") == []


@pytest.mark.parametrize(("leaders", "reps", "is_near"), [(24, 20, False), (25, 20, True), (30, 20, True), (30, 24, True), (30, 25, False)])
def test_lists_that_reach_about_fifty_together_are_remarked_on(small, tmp_path, leaders, reps, is_near):
    told = "how many in a hundred have answered is told from 50 on: a few who come or go decide whether it is"
    near = [f'"people/leaders.csv" and "people/reps.csv": {leaders + reps} people in all, and {told}'] if is_near else []
    assert remarks_on(small, tmp_path, leaders, reps) == near


def test_who_stands_on_two_lists_is_counted_once_near_a_limit(small, tmp_path):
    reps = write_list(tmp_path, *addresses(24, start=10), name="reps.csv").replace("leaders:", "employee_reps:")
    changes = (LEADERS, write_list(tmp_path, *addresses(20)), "employee_reps: {usergroup: S0REPS}", reps)
    assert [remark.split(",")[0] for remark in said(load_file(small(*changes)).remarks)] == [
        "10 of those on the list `employee_reps` are also on one that goes before it",
        '"people/reps.csv" reaches 14 people',
    ]


def test_where_a_raised_floor_leaves_no_number_to_be_shown_of_who_is_asked_alone_it_is_remarked_on(small, tmp_path):
    alone = ("- {leader: two-leader, employee_rep: two-rep}", "- {leader: two-leader}")
    told = remarks_on(small, tmp_path, 15, 90, "people: 5", "people: 8", *alone)
    few = '"people/leaders.csv": 15 people, too few for any number about them to be shown'
    assert told == [f"{few} (with `people: 8` under `floors` it takes 16): put more on it, or lower that floor"]
    assert not any(few[:-20] in remark for remark in remarks_on(small, tmp_path, 16, 90, "people: 5", "people: 8", *alone))
    assert remarks_on(small, tmp_path, 15, 90, "people: 5", "people: 8") == []  # asked with the others, they are many


@pytest.mark.parametrize(("leaders", "reps", "floor", "told"), [(15, 14, 30, 1), (15, 15, 30, 0), (20, 19, 40, 1), (20, 20, 40, 0)])
def test_where_so_few_are_asked_that_nobody_is_quoted_it_is_remarked_on(small, tmp_path, leaders, reps, floor, told):
    few = f'"people/leaders.csv" and "people/reps.csv": {leaders + reps} people, and nobody is quoted where fewer than {floor} are asked'
    remarks = remarks_on(small, tmp_path, leaders, reps, "quotes: 8", f"quotes: 8, asked: {floor}")
    assert [remark.split(" (")[0] for remark in remarks if "quoted" in remark] == [few] * told


def test_where_fewer_are_asked_than_must_answer_before_anybody_is_quoted_it_is_remarked_on(small, tmp_path):
    told = remarks_on(small, tmp_path, 20, 19, "quotes: 8", "quotes: 40")
    few = '"people/leaders.csv" and "people/reps.csv": 39 people, too few for anybody to be quoted'
    assert told == [f"{few} (`quotes: 40` under `floors` is more): put more on it, or lower that floor"]
    assert remarks_on(small, tmp_path, 20, 20, "quotes: 8", "quotes: 40") == []


def test_a_list_shorter_than_a_number_must_count_is_a_fault(small, tmp_path):
    with pytest.raises(ProgrammeFaults) as wrong:
        remarks_on(small, tmp_path, 80, 29, "people: 5", "people: 30")
    assert WrongKind.SMALL_AUDIENCE.say(value="people/reps.csv", people=29, least=30) in [fault.said for fault in wrong.value.faults]


def test_a_list_that_only_the_chat_knows_is_near_no_limit(small, tmp_path):
    assert load_file(small(LEADERS, write_list(tmp_path, *addresses(50)))).remarks == ()
