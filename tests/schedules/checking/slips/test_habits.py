"""What people write out of habit is told with what they have to type instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.checking.slips import habits

TIMES = ["09.30", "9:30", "9.30", "kl. 9.30", "kl 9:30", "klokken 9.30", "09,30", "9h30", "930", "0930", "9.30 am", "09:30:00"]
DATES = ["21-08-2018", "21.8.2018", "21/8-2018", "21/8 2018", "2018/08/21", "2018-8-21", "20180821", "21.08.18", "08/21/2018"]
DATES += [
    "den 21. august 2018",
    "21. aug. 2018",
    "tirsdag den 21. august 2018",
    "21 August 2018",
    "August 21, 2018",
    "the 21st of August 2018",
]

HABITS = {
    **{f"the time {written}": ('at: "09:30"', f'at: "{written}"', "29:7", 'skriv "09:30"') for written in TIMES},
    **{f"the time {written} without quotes": ('at: "09:30"', f"at: {written}", "29:7", 'skriv "09:30"') for written in TIMES},
    "an hour in quotes": ('at: "09:30"', 'at: "9"', "29:7", 'skriv "09:00"'),
    "an hour": ('at: "09:30"', "at: 9", "29:7", 'skriv "09:00"'),
    "an hour of the afternoon": ('at: "09:30"', 'at: "2 pm"', "29:7", 'skriv "14:00"'),
    "no time at all": ('at: "09:30"', 'at: "snart"', "29:7", 'skriv timer og minutter, for eksempel "09:30"'),
    **{f"the date {written}": ("until: 2018-08-28", f"until: {written}", "31:10", "skriv 2018-08-21") for written in DATES},
    **{f"the date {written} in quotes": ("until: 2018-08-28", f'until: "{written}"', "31:10", "skriv 2018-08-21") for written in DATES},
    "no date at all": ("until: 2018-08-28", "until: 31-02-2018", "31:10", "skriv år-måned-dag"),
    **{
        f"yes as {word}": ("reserve: true", f"reserve: {word}", "26:14", "skriv true")
        for word in ("ja", "Ja", "yes", "on", '"true"', "True", "1")
    },
    **{f"no as {word}": ("reserve: true", f"reserve: {word}", "26:14", "skriv false") for word in ("nej", "no", "off", '"false"', "FALSE")},
    **{
        f"the language {word}": ("language: da", f"language: {word}", "3:11", f"mente du »{meant}«")
        for word, meant in (("Danmark", "da"), ("dansk", "da"), ("DA", "da"), ("english", "en"), ("Engelsk", "en"), ("da-DK", "da"))
    },
    **{
        f"the country {word}": ("holidays: DK", f"holidays: {word}", "32:20", "mente du »DK«")
        for word in ("Danmark", "dk", "Denmark", "danmark")
    },
    **{
        f"the zone {word}": ("Europe/Copenhagen", word, "4:11", "mente du »Europe/Copenhagen«")
        for word in ("København", "Copenhagen", "CEST", "Europe/Kobenhavn", "Europe/København", "europe/copenhagen", "dansk tid")
    },
    **{
        f"the weekday {word}": ("every: tuesday", f"every: {word}", "28:10", "mente du »tuesday«")
        for word in ("tirs", "tir", "Tuesday", "tirsdage", "hver tirsdag", "om tirsdagen", "tue", "Tirsdag", "tirsdag.")
    },
    **{
        f"the weekdays {word}": ("every: tuesday", f"every: {word}", "28:10", "mente du »[tuesday, thursday]«")
        for word in ("tirsdag og torsdag", "tirsdag, torsdag", "Tuesday and Thursday", "tirs/tors", "tirsdag + torsdag")
    },
    "a weekday of the weekend": ("every: tuesday", "every: lørdag", "28:10", "i weekenden (lørdag)"),
    "two days to close on": ("close: {day: friday", "close: {day: fredag", "39:16", "mente du »friday«"),
    **{
        f"a review as {word}": ("review: required", f"review: {word}", "41:11", "mente du »required«")
        for word in ("ja", "kræves", "true", "altid")
    },
    **{
        f"a review of quotes as {word}": ("review: required", f"review: {word}", "41:11", "»quotes-only«")
        for word in ("nej", "kun citater")
    },
    **{
        f"a number as {word}": ("after_days: 2", f"after_days: {word}", "33:24", "skriv 2") for word in ('"2"', "2 dage", "2.0", '"2 days"')
    },
    "a week in words": ("[42]", "[uge 42]", "32:32", "skriv 42"),
    "weeks without a list": ("[42]", "42 og 43", "32:31", "skriv [42, 43]"),
    "a channel's mention": ("channel: C0DIGEST", 'channel: "<#C0DIGEST|overblik>"', "38:12", "skriv C0DIGEST"),
    "a channel's link": ("channel: C0DIGEST", "channel: https://by.slack.com/archives/C0DIGEST/p123", "38:12", "skriv C0DIGEST"),
    "a channel's link on the web": ("channel: C0DIGEST", "channel: https://app.slack.com/client/T012/C0DIGEST", "38:12", "skriv C0DIGEST"),
    "a channel in small letters": ("channel: C0DIGEST", "channel: c0digest", "38:12", "skriv C0DIGEST"),
    "a channel's name": ("channel: C0DIGEST", 'channel: "#overblik"', "38:12", "hent det i Slack"),
    "a channel's name that is a comment": (
        "channel: C0DIGEST",
        "channel: #overblik",
        "38:3",
        "»#overblik« er ikke en kanals id; hent det i Slack",
    ),
    "a group's name": ("S0LEADERS", '"@ledere"', "6:24", "hent det i Slack"),
    "a group's name without quotes": ("S0LEADERS", "@ledere", "6:24", "»@ledere« er ikke en gruppes id; hent det i Slack"),
    "a group's mention": ("S0LEADERS", '"<!subteam^S0LEADERS|@ledere>"', "6:24", "skriv S0LEADERS"),
    "an id in words": ("id: spare", "id: Ærø på gåden", "23:9", "skriv aeroe-paa-gaaden"),
}
KEYS = {
    **{
        f"the key {danish}": (english, f"{danish}:", place, f"mente du »{english.strip(': ')}«")
        for danish, english, place in (
            *(("sprog", "language:", "3:1"), ("tidszone", "timezone:", "4:1")),
            *(("ledere", "leaders:", "6:3"), ("medarbejdere", "employee_reps:", "7:3"), ("politikere", "politicians:", "8:3")),
            *(
                ("temaer", "themes:", "10:1"),
                ("spørgsmål", "questions:", "13:1"),
                ("rækkefølge", "order:", "34:3"),
                ("runder", "rounds:", "27:1"),
            ),
            *(("hver", "every:", "28:3"), ("uger", "weeks:", "32:24"), ("helligdage", "holidays:", "32:10")),
            *(("overblik", "digest:", "37:1"), ("godkendelse", "review:", "41:3"), ("retningslinjer", "guidelines_agreed:", "43:1")),
            *(("formål", "purpose:", "47:3"), ("påmindelse", "remind:", "33:3"), ("fra", "from:", "30:3"), ("til", "until:", "31:3")),
        )
    },
    "people": ("\npeople:", "\nmennesker:", "5:1", "mente du »people«"),
    "days": ("{after_days:", "{efter_dage:", "33:12", "mente du »after_days«"),
    "a title's Danish": ('title: {da: "Lille"', 'title: {dansk: "Lille"', "2:9", "mente du »da«"),
    "a role in the order": ("{leader: two-leader", "{leder: two-leader", "36:8", "mente du »leader«"),
    "a question's text": ('ask: {da: "Et?"', 'spørgsmål: {da: "Et?"', "16:5", "mente du »ask«"),
    "a question's theme": ('theme: first\n    ask: {da: "Et?"', 'tema: first\n    ask: {da: "Et?"', "15:5", "mente du »theme«"),
    "a key with an å in two code points": ("questions:", "spo\u0308rgsma\u030al:".replace("o\u0308", "ø"), "13:1", "mente du »questions«"),
}


@pytest.mark.parametrize("case", HABITS)
def test_a_habit_is_told_with_what_to_type_instead(small, faults_in, case):
    old, new, place, cure = HABITS[case]
    (fault,) = (fault for fault in faults_in(small(old, new), "da") if fault.startswith(f"{place}: "))
    assert cure in fault


@pytest.mark.parametrize("case", KEYS)
def test_a_danish_key_is_told_with_the_english_one_and_nothing_is_missing_beside(small, faults_in, case):
    old, new, place, cure = KEYS[case]
    (fault,) = faults_in(small(old, new), "da")
    assert fault.startswith(f"{place}: ")
    assert cure in fault


def test_each_day_of_a_danish_list_is_told_at_its_place(small, faults_in):
    faults = faults_in(small("every: tuesday", "every: [tirsdag, torsdag]", "until: 2018-08-28", "until: 2018-08-23"), "da")
    assert [fault.split(": ")[0] for fault in faults] == ["28:11", "28:20"]
    assert [fault.split("mente du ")[1] for fault in faults] == ["»tuesday«?", "»thursday«?"]


@given(st.lists(st.characters(categories=["Nd"]), min_size=6, max_size=6))
def test_a_kle_number_in_any_digits_is_told_in_those_that_it_is_typed_in(digits):
    typed = "".join(map(str, map(int, digits)))
    assert habits.kle_meant("".join(digits)) == f"{typed[:2]}.{typed[2:4]}.{typed[4:]}"


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\u00a0"])
def test_a_million_blanks_in_a_value_are_read_as_one(blank):
    many = blank * 1_000_000
    assert habits.date_meant(f"2018{many}x") is None, "with a pattern that counts blanks from each of them, this would not end"
    assert habits.date_meant(f"21.{many}august{many}2018") == "2018-08-21"
    assert habits.time_meant(f"kl.{many}9.30") == '"09:30"'
    assert habits.weekdays_meant(f"tirsdag{many}og{many}torsdag") == ["tuesday", "thursday"]
    assert habits.number_meant(f"uge{many}42") == "42"
    assert habits.boolean_meant(f"{many}ja{many}") == "true"
    assert habits.list_meant("weeks", f"42{many}og{many}43{many}") == "[42, 43]"
    assert habits.list_meant("extra", f"42{many}x") == '["42 x"]'


def test_of_what_is_longer_than_anything_meant_nothing_is_guessed():
    long = "1 " * 500_000
    guesses = [habits.date_meant, habits.time_meant, habits.number_meant, habits.boolean_meant]
    assert [guess(long) for guess in guesses] == [None] * 4
    assert habits.weekdays_meant(long) == []
    assert [habits.list_meant(key, long) for key in ("weeks", "also", "extra")] == [None] * 3
