from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.errors import ProgrammeFaults
from bot.sentence import sentence
from bot.wording.fault_report import fault_report
from schedules.checking.fault_messages import WrongKind, write
from schedules.programme_file import load_file, load_files, load_folder
from tests.support.faults import told, told_of
from tests.support.programme import INFORMATION_TEXT

AS_UTF8 = ': choose File > Save As, with UTF-8 at "Encoding"'
REPS = "  employee_reps: {usergroup: S0REPS}\n"
AGREED = 'guidelines_agreed: {by: "MED-udvalg", on: 2018-08-15}\n'
NO_KLE = "is not a KLE number: it has three times two digits, and perhaps an action facet, for example 81.00.00 or 81.00.00-P20"
ENTRY = "{leader: two-leader, employee_rep: two-rep}"

WRONG_VALUES = {
    "a misspelt weekday": (
        "every: tuesday",
        "every: tusday",
        '28:10: "tusday" is not a weekday: write monday, tuesday, wednesday, thursday or friday; did you mean "tuesday"?',
    ),
    "a Danish weekday": (
        "every: tuesday",
        "every: tirsdag",
        '28:10: "tirsdag" is not a weekday: write monday, tuesday, wednesday, thursday or friday; did you mean "tuesday"?',
    ),
    "a weekday in a list": (
        "every: tuesday",
        "every: [tuesday, frieday]",
        '28:20: "frieday" is not a weekday: write monday, tuesday, wednesday, thursday or friday; did you mean "friday"?',
    ),
    "a Sunday": ("every: tuesday", "every: sunday", "28:10: nothing happens on a sunday: choose a day from monday to friday"),
    "an impossible date": (
        "until: 2018-08-28",
        "until: 2018-02-30",
        "31:10: 2018-02-30 does not exist in the calendar: correct the day or the month",
    ),
    "a Danish date": (
        "until: 2018-08-28",
        "until: 28-08-2018",
        '31:10: "28-08-2018" is not a date as it is written here; write 2018-08-28',
    ),
    "an unknown zone": (
        "Europe/Copenhagen",
        "Europe/Copenhagn",
        '4:11: there is no time zone "Europe/Copenhagn": write one such as Europe/Copenhagen; did you mean "Europe/Copenhagen"?',
    ),
    "a time in the night": (
        'at: "09:30"',
        'at: "03:00"',
        '29:7: 03:00 is outside the hours in which people are written to: write a time from "07:00" to "19:00"',
    ),
    "a reminder in the night": (
        'at: "13:00"',
        'at: "19:01"',
        '33:31: 19:01 is outside the hours in which people are written to: write a time from "07:00" to "19:00"',
    ),
    "an unquoted time": (
        'at: "09:30"',
        "at: 10:00",
        '29:7: put the time in quotes, "10:00": without them it can be read as something else',
    ),
    "a time in the night, written by habit": (
        'at: "09:30"',
        "at: kl. 6.30",
        '29:7: 06:30 is outside the hours in which people are written to: write a time from "07:00" to "19:00"',
    ),
    "no time": ('at: "09:30"', 'at: "9.30"', '29:7: "9.30" is not a time of day as it is written here; write "09:30"'),
    "a lowered floor": ("people: 5", "people: 4", "42:18: this number protects people and may never be lowered: write 5 or more"),
    "a floor in words": ("people: 5", "people: five", "42:18: this must be a whole number, without quotes, for example 7"),
    "an empty translation": ('en: "One?"', 'en: " "', "16:26: this text is empty: write it between the quotes"),
    "a long title": ('en: "Small"', f'en: "{"x" * 101}"', "2:26: this text has 101 characters, and at most 100 fit: make it shorter"),
    "an item of the information that is empty": (
        'da: "Om purpose."',
        'da: " "',
        "47:17: this text is empty: people must be told it before they are asked; take the text in the README, and fit it to yours",
    ),
    "an item of the information that nobody reads": (
        'en: "About purpose."',
        f'en: "{"x" * 501}"',
        "47:36: this text has 501 characters, and at most 500 fit: make it shorter",
    ),
    "a long question": ('en: "One?"', f'en: "{"x" * 301}"', "16:26: this text has 301 characters, and at most 300 fit: make it shorter"),
    "a long text about a theme": (
        'en: "First"}}',
        f'en: "First"}}, about: {{da: "Fordi.", en: "{"x" * 301}"}}}}',
        "11:78: this text has 301 characters, and at most 300 fit: make it shorter",
    ),
    "a long source": (
        'en: "First"}}',
        f'en: "First"}}, about: {{da: "Fordi.", en: "So."}}, source: {{da: "{"x" * 201}", en: "B"}}}}',
        "11:99: this text has 201 characters, and at most 200 fit: make it shorter",
    ),
    "a text about a theme in one language": (
        'en: "First"}}',
        'en: "First"}, about: {da: "Fordi."}}',
        '11:52: the text in English (en) is missing: every text is needed in both languages, for example {da: "Hvad?", en: "What?"}',
    ),
    "a source of nothing": (
        'en: "First"}}',
        'en: "First"}, source: {da: "En bog", en: "A book"}}',
        "11:5: `source` stands only beside `about`: write why it is a theme, or take the source away",
    ),
    "a committee without a name": (
        "C0DIGEST",
        'C0DIGEST\n  committee: {da: " ", en: "Schools Committee"}',
        "39:19: this text is empty: write it between the quotes",
    ),
    "a committee's long name": (
        "C0DIGEST",
        f'C0DIGEST\n  committee: {{da: "Udvalget", en: "{"x" * 61}"}}',
        "39:35: this text has 61 characters, and at most 60 fit: make it shorter",
    ),
    "a committee in one language": (
        "C0DIGEST",
        'C0DIGEST\n  committee: {da: "Skoleudvalget"}',
        '39:3: the text in English (en) is missing: every text is needed in both languages, for example {da: "Hvad?", en: "What?"}',
    ),
    "a committee that is only a text": (
        "C0DIGEST",
        'C0DIGEST\n  committee: "Skoleudvalget"',
        '39:14: this must be a text in both languages: write {da: "…", en: "Skoleudvalget"}',
    ),
    "a committee that is a list": (
        "C0DIGEST",
        "C0DIGEST\n  committee: [Skoleudvalget]",
        '39:14: this must be a text in both languages: write {da: "…", en: "…"}',
    ),
    "a committee on two lines": (
        "C0DIGEST",
        'C0DIGEST\n  committee: {da: "Skole-\\nudvalget", en: "Schools Committee"}',
        "39:19: this text must be one line: take the line break out",
    ),
    "a KLE number without its subject": (
        "guidelines_agreed:",
        'filing: {kle: "81.00"}\nguidelines_agreed:',
        f'43:15: "81.00" {NO_KLE}; write 81.00.00',
    ),
    "a KLE number of digits alone": (
        "guidelines_agreed:",
        "filing: {kle: 002204p35}\nguidelines_agreed:",
        f'43:15: "002204p35" {NO_KLE}; write 00.22.04-P35',
    ),
    "a KLE number in digits of another script": (
        "guidelines_agreed:",
        'filing: {kle: "\u0668\u0661.00.00"}\nguidelines_agreed:',
        f'43:15: "\u0668\u0661.00.00" {NO_KLE}; write 81.00.00',
    ),
    "the number of a case instead of a KLE number": (
        "guidelines_agreed:",
        "filing: {kle: 81.00.00-P20-1-18}\nguidelines_agreed:",
        f'43:15: "81.00.00-P20-1-18" {NO_KLE}',
    ),
    "a long number of a case": (
        "guidelines_agreed:",
        f"filing: {{case: {'1' * 51}}}\nguidelines_agreed:",
        "43:16: this text has 51 characters, and at most 50 fit: make it shorter",
    ),
    "the number of a case on two lines": (
        "guidelines_agreed:",
        'filing: {case: "18/\\n00123"}\nguidelines_agreed:',
        "43:16: this text must be one line: take the line break out",
    ),
    "an invisible character in the number of a case": (
        "guidelines_agreed:",
        'filing: {case: "18/\\u200b00123"}\nguidelines_agreed:',
        '43:20: there is an invisible sign (U+200B) here that nobody can see (at · in "18/·00123"): delete it, or write the word anew',
    ),
    "cases": ("guidelines_agreed:", "filing: {case: [18, 19]}\nguidelines_agreed:", "43:16: this must be text: put it in quotes"),
    "a sender in one language": (
        "guidelines_agreed:",
        'filing: {sender: {da: "Kommunen"}}\nguidelines_agreed:',
        '43:10: the text in English (en) is missing: every text is needed in both languages, for example {da: "Hvad?", en: "What?"}',
    ),
    "a filing that is only a text": (
        "guidelines_agreed:",
        'filing: "18/00123"\nguidelines_agreed:',
        '43:9: this must be a block of keys with values, for example {case: "18/00123", kle: "81.00.00-P20"}',
    ),
    "a Danish key of a filing": (
        "guidelines_agreed:",
        "filing: {sagsnummer: 18/00123}\nguidelines_agreed:",
        '43:10: there is no key "sagsnummer" here; did you mean "case"?',
    ),
    "an invisible character in a title": (
        'da: "Lille"',
        'da: "Lil\\u200ble"',
        '2:17: there is an invisible sign (U+200B) here that nobody can see (at · in "Lil·le"): delete it, or write the word anew',
    ),
    "a committee's number": (
        "C0DIGEST",
        'C0DIGEST\n  committee: {da: 7, en: "Seven"}',
        '39:19: this must be text: put it in quotes; write "7"',
    ),
    "a number as text": ('da: "Lille"', "da: 2018", '2:13: this must be text: put it in quotes; write "2018"'),
    "an unknown country": (
        "holidays: DK",
        "holidays: DX",
        '32:20: no holidays are known for the country "DX": write its two capitals, such as DK',
    ),
    "a country in small letters": (
        "holidays: DK",
        "holidays: dk",
        '32:20: no holidays are known for the country "dk": write its two capitals, such as DK; did you mean "DK"?',
    ),
    "week 54": ("[42]", "[54]", "32:32: 54 is not the number of a week: write one from 1 to 53"),
    "a week outside its list": (
        "[42]",
        "42",
        "32:31: this must be a list, for example [42, 43]; write [42]",
    ),
    "no days before a reminder": ("after_days: 2", "after_days: 0", "33:24: this number must be at least 1"),
    "a usergroup and a channel": (
        "{usergroup: S0LEADERS}",
        "{usergroup: S0LEADERS, channel: C0L}",
        "6:12: a list of people comes from exactly one place: write usergroup, channel or file, for example {usergroup: S0LEADERS}",
    ),
    "no source of people": (
        "{usergroup: S0LEADERS}",
        "{}",
        "6:12: a list of people comes from exactly one place: write usergroup, channel or file, for example {usergroup: S0LEADERS}",
    ),
    "a usergroup's handle": (
        "S0LEADERS",
        "leaders",
        '6:24: "leaders" is not the id of a usergroup: copy it from Slack; it starts with S, for example S0LEADERS',
    ),
    "a channel's name": (
        "C0DIGEST",
        '"#digest"',
        '38:12: "#digest" is not the id of a channel: copy it from Slack; it starts with C, for example C0DIGEST',
    ),
    "drafts where politicians read": (
        "C0DIGEST",
        "C0ORGANISERS",
        f"38:3: {told_of(WrongKind.SHARED_CHANNEL)}",
    ),
    "a channel's name as a comment": (
        "C0DIGEST",
        "#digest",
        '38:3: "#digest" is not the id of a channel: copy it from Slack; it starts with C, for example C0DIGEST',
    ),
    "an unknown way to review": ("review: required", "review: no-one", '41:11: "no-one" does not fit here: write required or quotes-only'),
    "an unknown language": ("language: da", "language: de", '3:11: "de" does not fit here: write da or en'),
    "yes for true": ("reserve: true", "reserve: yes", "26:14: this must be true or false, without quotes; write true"),
    "no id": (
        "small-2018",
        "Small 2018",
        '1:12: "Small 2018" is not an id: use small letters from a to z, digits and single hyphens, at most 60 in all; write small-2018',
    ),
    "a text for a block": (
        '{da: "Lille", en: "Small"}',
        "Lille",
        '2:8: this must be a text in both languages: write {da: "…", en: "Lille"}',
    ),
    "a number for a text in both languages": ('{da: "Lille", en: "Small"}', "7", f"2:8: {told_of(WrongKind.NOT_BOTH_LANGUAGES, text='…')}"),
    "a file for a list": (
        "{usergroup: S0LEADERS}",
        "people/ledere.csv",
        "6:12: this must be a block of keys with values, for example {file: people/ledere.csv}",
    ),
    "a number of days for a reminder": (
        'remind: {after_days: 2, at: "13:00"}',
        "remind: 2 days",
        '33:11: this must be a block of keys with values, for example {after_days: 2, at: "13:00"}',
    ),
    "a time for a close": (
        'close: {day: friday, at: "10:00"}',
        'close: "10:00"',
        '39:10: this must be a block of keys with values, for example {day: friday, at: "10:00"}',
    ),
    "an empty entry": (
        "- one\n",
        "-\n",
        f"35:6: {told_of(WrongKind.EMPTY_ENTRY)}",
    ),
    "an entry without a question": (
        ENTRY,
        "{}",
        "36:7: an entry is the id of a question, or {leader: id, employee_rep: id} with an optional all: id",
    ),
    "an empty order": (f"\n    - one\n    - {ENTRY}", " []", "34:10: this list is empty: write at least one item"),
}

WRONG_KEYS = {
    "a misspelt key": ("  until:", "  untill:", '31:3: there is no key "untill" here; did you mean "until"?'),
    "an unknown key": (
        "language: da",
        "language: da\ncolour: red",
        (
            '4:1: there is no key "colour" here; here may be programme, title, language, timezone, people, themes, questions, rounds, '
            "digest, floors, guidelines_agreed, retention, information, filter and filing"
        ),
    ),
    "a misspelt block": ("\nquestions:", "\nquestion:", '13:1: there is no key "question" here; did you mean "questions"?'),
    "a misspelt committee": (
        "C0DIGEST",
        'C0DIGEST\n  comittee: {da: "Udvalget", en: "The committee"}',
        '39:3: there is no key "comittee" here; did you mean "committee"?',
    ),
    "a key of another block": (
        "{usergroup: S0LEADERS}",
        "{usergroup: S0LEADERS, leader: x}",
        '6:35: there is no key "leader" here; here may be usergroup, channel, file and guests',
    ),
    "a key twice": (
        "language: da",
        "language: da\nlanguage: en",
        '4:1: "language" stands here twice, the first time in line 3: keep the right one, and delete the other',
    ),
    "a missing key": (
        "language: da\n",
        "",
        '1:1: "language" is missing here: add the line language: … to this block, indented as its other lines',
    ),
    "a missing key inside a block": (
        "  until: 2018-08-28\n",
        "",
        '27:1: "until" is missing here: add the line until: … to this block, indented as its other lines',
    ),
    "a missing key inside braces": (
        "{usergroup: S0ORG, channel: C0ORGANISERS}",
        "{usergroup: S0ORG}",
        '9:3: "channel" is missing in the braces: write a comma and channel: … before the last one',
    ),
    "a key in Danish beside the same in English": (
        'by: "MED-udvalg"',
        'hvem: "os", by: "MED-udvalg"',
        '43:21: there is no key "hvem" here: "by" stands here already, so delete it',
    ),
    "a misspelt key beside itself": (
        "  until: 2018-08-28\n",
        "  until: 2018-08-28\n  untill: 2018-08-28\n",
        '32:3: there is no key "untill" here: "until" stands here already, so delete it',
    ),
    "a missing translation": (
        ', en: "Small"',
        "",
        '2:1: the text in English (en) is missing: every text is needed in both languages, for example {da: "Hvad?", en: "What?"}',
    ),
    "missing guidelines": (
        AGREED,
        "",
        f"1:1: {told_of(WrongKind.MISSING_AGREEMENT)}",
    ),
    "missing information": (
        INFORMATION_TEXT,
        "",
        f"1:1: {told_of(WrongKind.MISSING_INFORMATION)}",
    ),
    "a missing item of the information": (
        '  retention: {da: "Om retention.", en: "About retention."}\n',
        "",
        '45:1: "retention" is missing in "information": people must be told all six; the README has a text to begin with',
    ),
    "an item of the information in one language": (
        ', en: "About controller."',
        "",
        '46:3: the text in English (en) is missing: every text is needed in both languages, for example {da: "Hvad?", en: "What?"}',
    ),
}

WRONG_TOGETHER = {
    "an end before the start": (
        "until: 2018-08-28",
        "until: 2018-08-14",
        "31:3: the programme ends on 14 August 2018, before it starts on 21 August 2018: mend `from` or `until`",
    ),
    "too few entries": (
        "until: 2018-08-28",
        "until: 2018-09-11",
        "34:3: entries in the order: 2, sending days: 4; add 2 to the order, or end earlier",
    ),
    "too many entries": (
        "until: 2018-08-28",
        "until: 2018-08-27",
        "34:3: entries in the order: 2, sending days: 1; take 1 out of the order, or end later",
    ),
    "an unknown theme": (
        'theme: first\n    ask: {da: "Et',
        'theme: frist\n    ask: {da: "Et',
        '15:12: there is no theme "frist": write one of those under `themes`; did you mean "first"?',
    ),
    "a theme by its title": (
        'theme: first\n    ask: {da: "Et',
        'theme: First!\n    ask: {da: "Et',
        '15:12: there is no theme "First!": write one of those under `themes`; did you mean "first"?',
    ),
    "a question of the order in capitals": (
        "- one\n",
        "- ONE\n",
        '35:7: there is no question "ONE": write one of those under `questions`; did you mean "one"?',
    ),
    "a theme whose own id is no good": (
        "{id: first,",
        "{id: First!,",
        f"11:10: {told_of(WrongKind.NOT_AN_ID, value='First!', guess=write('first'))}",
    ),
    "a question whose own id is no good": (
        "id: one\n",
        "id: One\n",
        f"14:9: {told_of(WrongKind.NOT_AN_ID, value='One', guess=write('one'))}",
    ),
    "an unknown question": (
        "- one\n",
        "- onne\n",
        '35:7: there is no question "onne": write one of those under `questions`; did you mean "one"?',
    ),
    "a reserve in the order": (
        "- one\n",
        "- spare\n",
        '35:7: the question "spare" is in reserve: take it out of the order, or take `reserve: true` away from it',
    ),
    "one entry on two themes": (
        f"- one\n    - {ENTRY}",
        "- two-rep\n    - {leader: two-leader, employee_rep: one}",
        "36:28: the questions of one entry belong to one theme, but these belong to second and first: give each an entry of its own",
    ),
    "an entry for people there are none of": (
        REPS,
        "",
        f"35:28: {told_of(WrongKind.ROLE_WITHOUT_LIST, role='employee_rep')}",
    ),
    "guidelines after the start": (
        "on: 2018-08-15",
        "on: 2018-08-22",
        "43:39: the guidelines are agreed on 22 August 2018, after the start on 21 August 2018: correct the date, or let `from` be later",
    ),
    "a post before the close": (
        'post: {day: friday, at: "14:00"}',
        'post: {day: friday, at: "09:00"}',
        "40:3: the digest would wait 6 days after the close: make `post` later than `close`, or set it to the Monday after",
    ),
    "a reminder after the close": (
        "after_days: 2",
        "after_days: 3",
        "39:3: the reminder would come when the week has closed: write fewer days at `remind`, or make `close` later",
    ),
    "detaching after more than four weeks": (
        "detach_after_days: 7",
        "detach_after_days: 29",
        "44:32: replies would stay tied to people for 29 days after the close: write 28 at most at `detach_after_days`",
    ),
    "deletion before detaching": (
        "delete_replies_after_days: 90",
        "delete_replies_after_days: 7",
        f"44:35: {told_of(WrongKind.EARLY_DELETION)}",
    ),
}
BROKEN = {
    "a bracket that stays open": (
        "{usergroup: S0LEADERS}",
        "{usergroup: S0LEADERS",
        "6:12: the bracket { of line 6 is not closed: put } behind the last thing that belongs to it",
    ),
    "a second colon": (
        'by: "MED-udvalg", on: 2018-08-15}',
        "}\nby: MED: udvalg",
        '44:8: here is a colon inside a text: put the whole text in quotes, for example "Aim: more time"',
    ),
    "a tab": ("  every:", "\tevery:", '28:1: here is a tab: delete it, and type spaces (here 2, as before "at" in line 29) instead'),
    "an indentation": (
        "  at:",
        " at:",
        '29:2: the line is indented wrongly: "at" must begin as far in as "every" in line 28 (spaces in front: 2)',
    ),
    "a name for a text": (
        'da: "Et?"',
        "da: &et Et",
        "16:15: `&` and `*` names are not used in programmes: write the text out, or put it in quotes",
    ),
}


CASES = WRONG_VALUES | WRONG_KEYS | WRONG_TOGETHER | BROKEN


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_with_its_place_and_its_cure_and_nothing_else_is(small, faults_in, case):
    old, new, fault = CASES[case]
    assert faults_in(small(old, new)) == [fault]


def test_all_faults_are_told_at_once(small, faults_in):
    path = small("tuesday", "tusday", "2018-08-28", "2018-02-30", "id: spare", "id: one", "people: 5", "people: 1", "- one\n", "- onne\n")
    assert [fault.split(": ")[0] for fault in faults_in(path)] == ["23:9", "28:10", "31:10", "35:7", "42:18"]


def test_a_wrong_value_does_not_hide_what_is_wrong_between_the_others(small, faults_in):
    path = small('at: "09:30"', 'at: "23:00"', "until: 2018-08-28", "until: 2018-09-04")
    assert [fault.split(": ")[0] for fault in faults_in(path)] == ["29:7", "34:3"]


def test_two_questions_with_one_id_are_a_fault_of_the_second(small, faults_in):
    assert faults_in(small("id: spare", "id: one")) == [
        '23:9: two questions have the id "one", the first in line 14: give one of them another'
    ]


def test_two_themes_with_one_id_are_a_fault_of_the_second(small, faults_in):
    path = small("{id: second, title", "{id: first, title")
    assert faults_in(path)[0] == '12:10: two themes have the id "first", the first in line 11: give one of them another'


def test_a_question_twice_in_the_order_is_a_fault_of_the_second(small, faults_in):
    path = small("    - one\n", "    - one\n    - one\n", "until: 2018-08-28", "until: 2018-09-04")
    assert faults_in(path) == ['36:7: the question "one" is in the order twice, the first time in line 35: take one of them out']


def test_a_variant_twice_in_one_entry_is_a_fault_too(small, faults_in):
    path = small("employee_rep: two-rep}", "employee_rep: two-leader}")
    assert faults_in(path) == ['36:42: the question "two-leader" is in the order twice, the first time in line 36: take one of them out']


def test_a_week_that_closes_within_a_day_of_its_question_is_a_fault_of_the_close(small, faults_in):
    path = small(
        'close: {day: friday, at: "10:00"}', 'close: {day: wednesday, at: "09:00"}', "after_days: 2", "after_days: 1", "13:00", "08:00"
    )
    assert faults_in(path) == [f"39:3: {told_of(WrongKind.EARLY_CLOSE, hours=23.5)}"]


def test_a_fault_between_two_keys_stands_at_the_one_that_is_later_in_the_file(small, faults_in):
    """Here the order stands before the days that it has too few entries for."""
    days = "  from: 2018-08-21\n  until: 2018-08-28\n"
    path = small(days, "", f"{ENTRY}\n", f"{ENTRY}\n{days}".replace("08-28", "09-04"))
    assert faults_in(path) == ["36:3: entries in the order: 2, sending days: 3; add 1 to the order, or end earlier"]


def test_a_fault_is_printed_with_its_line_and_a_caret(small):
    with pytest.raises(ProgrammeFaults) as caught:
        load_file(small("every: tuesday", "every: tusday"))
    printed = list(fault_report("en", caught.value.faults[:1]))
    assert 'small.yaml:28:10: "tusday" is not a weekday' in printed[0]
    assert printed[1:] == ["    28 |   every: tusday", "                  ^"]


def raw(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "raw.yaml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", f"1:1: {told_of(WrongKind.EMPTY_FILE)}"),
        (b"# nothing yet\n", f"1:1: {told_of(WrongKind.EMPTY_FILE)}"),
        (
            "language: dansk på".encode("latin-1"),
            f'1:18: the file is not UTF-8 text, and here it probably says "å"{AS_UTF8}',
        ),
        (
            b"\xef\xbb\xbfa: \xc3\xa6\r\n# \xc3\xb8\x9b\n",
            f"2:4: the file is not UTF-8 text{AS_UTF8}",
        ),
        ("language: dansk på".encode("utf-16-le"), f"1:1: the file is not UTF-8 text{AS_UTF8}"),
        (b"! ! !\n", "1:1: " + told_of(WrongKind.SIGN_FIRST, sign="!")),
        (b"a: \x01", '1:4: there is a control sign (U+0001) here that nobody can see (at · in "a: ·"): delete it, or write the word anew'),
        (b"a: 'x\n", f"1:4: {told_of(WrongKind.MISSING_QUOTE)}"),
        (b'a: "x\nb: "y"\n', f"1:6: {told_of(WrongKind.MISSING_QUOTE)}"),
        (b"- 1\n", f"1:1: {told_of(WrongKind.NOT_A_BLOCK, example='programme: randers-2018')}"),
        (b"[" * 2000, f"1:14: {told_of(WrongKind.BROKEN, why=sentence('fault.why.deep'))}"),
        (
            b"%FOO\n",
            "2:1: from here on the file cannot be understood: it starts with `programme: an-id`, and keys stand at the left edge",
        ),
    ],
)
def test_a_file_that_is_no_programme_at_all_is_told_so(tmp_path, faults_in, content, fault):
    assert faults_in(raw(tmp_path, content)) == [fault]


def test_two_documents_in_one_file_and_a_list_for_a_key_are_faults(tmp_path, faults_in):
    assert "2:1: a file holds one programme: everything from `---` on belongs in a file of its own" in faults_in(
        raw(tmp_path, b"a: 1\n--- 2\n")
    )
    assert f"1:3: {told_of(WrongKind.NOT_TEXT, guess=None)}" in faults_in(raw(tmp_path, b"? [a]\n: b\n"))


def test_a_folder_and_a_file_that_is_not_there_are_told_so(tmp_path, faults_in):
    assert faults_in(tmp_path) == ["1:1: this is a folder: name a file in it"]
    assert faults_in(tmp_path / "gone.yaml") == ["1:1: there is no such file: look whether its name is spelt right"]


def test_a_path_through_a_file_cannot_be_opened(tmp_path, faults_in):
    inside = raw(tmp_path, b"a") / "inside.yaml"
    assert faults_in(inside) == ["1:1: the file cannot be opened: Not a directory"]


def test_a_file_saved_on_windows_is_read_all_the_same(small):
    path = small()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_file(path).id == "small-2018"


def test_overlapping_programmes_are_a_fault_of_the_later_one(small):
    small(name="a.yaml")
    later = ("programme: small-2018", "programme: later-2018", "2018-08-21", "2018-08-28", "until: 2018-08-28", "until: 2018-09-04")
    path = small(*later, name="b.yaml")
    with pytest.raises(ProgrammeFaults) as caught:
        load_folder(path.parent)
    assert [(fault.file, fault.line, fault.column) for fault in caught.value.faults] == [(str(path), 30, 9)]
    assert re.search(r"runs at the same time as .*a\.yaml \(until 31 August 2018\)", told(caught.value.faults[0]))


def test_a_programme_may_not_begin_on_the_day_of_the_last_digest_before_it(small):
    friday = (
        "programme: small-2018",
        "programme: later-2018",
        "from: 2018-08-21",
        "from: 2018-08-31",
        "until: 2018-08-28",
        "until: 2018-09-11",
    )
    first, second = small(name="a.yaml"), small(*friday, name="b.yaml")
    with pytest.raises(ProgrammeFaults) as caught:
        load_files([first, second])
    assert [fault.said.key for fault in caught.value.faults] == [WrongKind.OVERLAP]
    second.write_text(second.read_text("utf-8").replace("from: 2018-08-31", "from: 2018-09-01"), "utf-8")
    assert len(load_files([first, second])) == 2


def test_programmes_one_after_the_other_are_given_in_that_order(small):
    later = ("programme: small-2018", "programme: later-2018", "2018-08-21", "2018-09-04", "until: 2018-08-28", "until: 2018-09-11")
    first, second = small(name="z.yaml"), small(*later, name="a.yaml")
    assert [programme.id for programme in load_files([second, first])] == ["small-2018", "later-2018"]


def test_two_programmes_with_one_id_are_a_fault(small):
    small(name="a.yaml")
    path = small("2018-08-21", "2018-09-04", "until: 2018-08-28", "until: 2018-09-11", name="b.yaml")
    with pytest.raises(ProgrammeFaults) as caught:
        load_folder(path.parent)
    (line, *_) = fault_report("en", caught.value.faults)
    assert re.search(r'b\.yaml:1:12: the programme "small-2018" stands in .*a\.yaml as well', line)


def test_a_file_that_is_named_twice_does_not_clash_with_itself(small, monkeypatch):
    path = small()
    monkeypatch.chdir(path.parent)
    assert [programme.id for programme in load_files([path, path, path.relative_to(path.parent)])] == ["small-2018"]


def test_of_many_programmes_that_clash_each_is_told_once_with_the_one_that_ends_last(small):
    starts = {"a": "21 28", "b": "21 28", "c": "28 04", "d": "21 28", "e": "04 11"}
    days = {"21": "2018-08-21", "28": "2018-08-28", "04": "2018-09-04", "11": "2018-09-11"}
    for name, days_of_it in starts.items():
        begin, end = (days[day] for day in days_of_it.split())
        span = ("from: 2018-08-21", f"from: {begin}", "until: 2018-08-28", f"until: {end}")
        path = small("programme: small-2018", f"programme: {name}", *span, name=f"{name}.yaml")
    with pytest.raises(ProgrammeFaults) as caught:
        load_folder(path.parent)
    assert {fault.said.key for fault in caught.value.faults} == {WrongKind.OVERLAP}
    told = [(Path(fault.file).stem, Path(str(dict(fault.said.values)["other"])).stem) for fault in caught.value.faults]
    assert told == [("b", "a"), ("c", "a"), ("d", "a"), ("e", "c")]


def test_faults_of_all_files_are_told_at_once(small):
    paths = [small("tuesday", "tusday", name="a.yaml"), small('friday, at: "10', 'fryday, at: "10', name="b.yaml")]
    with pytest.raises(ProgrammeFaults) as caught:
        load_files(paths)
    assert [fault.line for fault in caught.value.faults] == [28, 39]


def test_a_folder_without_programmes_holds_none(tmp_path):
    assert load_folder(tmp_path) == ()


def test_the_faults_stay_the_same_wherever_the_file_lies(small, faults_in, tmp_path):
    path = small("tuesday", "tusday")
    (tmp_path / "elsewhere").mkdir()
    assert faults_in(Path(shutil.copy(path, tmp_path / "elsewhere"))) == faults_in(path)
