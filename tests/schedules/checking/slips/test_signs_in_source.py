"""Signs that nobody sees, and signs that only look like YAML's, are told at their very place with the cure."""

from __future__ import annotations

import pytest

from schedules.checking.slips.signs_in_source import invisible_in
from schedules.programme_file import load_file

DELETE = "slet det, eller skriv ordet forfra"
STRAIGHT = "skriv lige anførselstegn: "
TITLE, ASK, EVERY = 'da: "Lille"', 'da: "Et?"', "  every: tuesday\n"
REFUSED = {
    "a zero-width space in a title": (TITLE, 'da: "Lil\u200ble"', "2:17", "et usynligt tegn (U+200B), som ingen kan se (ved · i »Lil·le«)"),
    "one written as an escape": (TITLE, r'da: "Lil\u200ble"', "2:17", "et usynligt tegn (U+200B)"),
    "one behind other escapes": (TITLE, r'da: "L\x69l\U0000006ce\u200b"', "2:31", "et usynligt tegn (U+200B)"),
    "one in single quotes": (TITLE, "da: 'Lil''\u200ble'", "2:19", "et usynligt tegn (U+200B)"),
    "one without quotes": (TITLE, "da: Lil\u200ble", "2:16", "et usynligt tegn (U+200B)"),
    "a soft hyphen": (ASK, 'da: "E\u00adt?"', "16:17", "en usynlig bindestreg (U+00AD)"),
    "a byte order mark": (ASK, 'da: "Et?\ufeff"', "16:19", "et usynligt tegn (U+FEFF)"),
    "an override of direction": (ASK, 'da: "\u202eEt?"', "16:16", "vender læseretningen (U+202E)"),
    "an isolate of direction": (ASK, 'da: "Et\u2066?"', "16:18", "vender læseretningen (U+2066)"),
    "half of an emoji": (ASK, r'da: "Et \ud83d?"', "16:19", "et halvt tegn (U+D83D)"),
    "a bell": (ASK, r'da: "Et\a?"', "16:18", "et styretegn (U+0007)"),
    "nothing at all, NUL": (ASK, r'da: "Et\0?"', "16:18", "et styretegn (U+0000)"),
    "a control of C1": (ASK, r'da: "Et\x9f?"', "16:18", "et styretegn (U+009F)"),
    "a tab": (ASK, 'da: "Et\t?"', "16:18", "et tabulatortegn (U+0009)"),
    "a line separator": (ASK, 'da: "Et\u2028?"', "16:18", "et usynligt linjeskift (U+2028)"),
    "only a Hangul filler": (TITLE, 'da: "\u3164"', "2:14", "et usynligt tegn (U+3164)"),
    "only a blank Braille pattern": (TITLE, 'da: "\u2800"', "2:14", "et usynligt tegn (U+2800)"),
    "only a choseong filler": (TITLE, 'da: "\u115f"', "2:14", "et usynligt tegn (U+115F)"),
    "only a variation selector": (TITLE, 'da: "\ufe0f"', "2:14", "et usynligt tegn (U+FE0F)"),
    "only an accent": (TITLE, 'da: "\u0301"', "2:14", "en accent uden bogstav (U+0301)"),
    "a joiner that joins nothing": (TITLE, 'da: "Lil\u200dle"', "2:17", "et usynligt tegn (U+200D)"),
    "a selector behind a letter": (TITLE, 'da: "Lil\ufe0fle"', "2:17", "et usynligt tegn (U+FE0F)"),
    "a word of the filter": ("floors:", 'filter: {extra: ["Bo\u200b"]}\nfloors:', "42:21", "et usynligt tegn (U+200B)"),
    "the name of the committee that agreed": ('"MED-udvalg"', '"MED\u00adudvalg"', "43:29", "en usynlig bindestreg (U+00AD)"),
    "a block of lines": (
        'ask: {da: "Et?", en: "One?"}',
        "ask:\n      da: |\n        Et\n        to\u200b?\n      en: One?",
        "19:11",
        "(U+200B)",
    ),
    "a folded block": (
        'ask: {da: "Et?", en: "One?"}',
        "ask:\n      da: >-\n        Et\n        to\u200b?\n      en: One?",
        "19:11",
        "(U+200B)",
    ),
    "a text over two lines": (ASK, 'da: "Et\n      to\u200b?"', "17:9", "et usynligt tegn (U+200B)"),
    "a key": ("language: da", "lang\u200buage: da", "3:5", "et usynligt tegn (U+200B)"),
    "a key with a soft hyphen": ("guidelines_agreed:", "guide\u00adlines_agreed:", "43:6", "en usynlig bindestreg (U+00AD)"),
    "a hard space inside an id": ("S0LEADERS", '"S0 LEADERS"'.replace(" ", "\u00a0"), "6:27", "et hårdt mellemrum (U+00A0)"),
}
LOOK_ALIKE = {
    "hard spaces as indentation": (EVERY, "\u00a0\u00a0every: tuesday\n", "28:1", "et hårdt mellemrum (U+00A0)"),
    "one among the spaces of an indentation": (EVERY, " \u00a0every: tuesday\n", "28:2", "et hårdt mellemrum (U+00A0)"),
    "one before an item of a list": ("    - one\n", "   \u00a0- one\n", "35:4", "et hårdt mellemrum (U+00A0)"),
    "one behind a list's hyphen": ("    - one\n", "    -\u00a0one\n", "35:6", "et hårdt mellemrum (U+00A0)"),
    "one after a colon": ("language: da", "language:\u00a0da", "3:10", "et hårdt mellemrum (U+00A0)"),
    "one after a colon in brackets": ('da: "Lille"', 'da:\u00a0"Lille"', "2:12", "et hårdt mellemrum (U+00A0)"),
    "one before a quote": ('at: "09:30"', 'at: \u00a0"09:30"', "29:7", "et hårdt mellemrum (U+00A0)"),
    "a thin space after a colon": ("language: da", "language:\u2009da", "3:10", "et hårdt mellemrum (U+2009)"),
    "a byte order mark in the middle": ("language: da", "\ufefflanguage: da", "3:1", "et usynligt tegn (U+FEFF)"),
    "a line of nothing that is seen": ("language: da", "\u200b\nlanguage: da", "3:1", "et usynligt tegn (U+200B)"),
    "English quotes": ('da: "Lille"', "da: “Lille”", "2:13", STRAIGHT + '"Lille"'),
    "German quotes": ('da: "Lille"', "da: „Lille“", "2:13", STRAIGHT + '"Lille"'),
    "Danish quotes": ('da: "Lille"', "da: »Lille«", "2:13", STRAIGHT + '"Lille"'),
    "quotes that open to the left": ('da: "Lille"', "da: «Lille»", "2:13", STRAIGHT + '"Lille"'),
    "reversed quotes": ('da: "Lille"', "da: ‟Lille”", "2:13", STRAIGHT + '"Lille"'),
    "curly apostrophes": ('da: "Lille"', "da: ’Lille’", "2:13", STRAIGHT + '"Lille"'),
    "quotes of both kinds": ('da: "Lille"', 'da: “Lille"', "2:13", STRAIGHT + '"Lille"'),
    "quotes of both kinds the other way round": ('da: "Lille"', 'da: "Lille”', "2:19", STRAIGHT + '"Lille"'),
    "curly quotes around a comma": ('da: "Lille"', "da: “Lille, by”", "2:13", STRAIGHT + '"Lille…"'),
    "curly quotes around a colon": ('da: "Lille"', "da: “Lille: by”", "2:13", STRAIGHT + '"Lille: by"'),
    "curly quotes around a key": ("language: da", "“language”: da", "3:1", STRAIGHT + '"language"'),
    "curly quotes around a time": ('at: "09:30"', "at: “09:30”", "29:7", STRAIGHT + '"09:30"'),
    "a dash as a list sign": ("    - one\n", "    – one\n", "35:5", "»–« er ikke et listetegn; skriv en kort bindestreg (-)"),
    "a bullet as a list sign": ("    - one\n", "    • one\n", "35:5", "»•« er ikke et listetegn"),
    "a dash before a block": ("  - id: spare", "  – id: spare", "23:3", "»–« er ikke et listetegn"),
    "a wide colon": ("language: da", "language：da", "3:9", "»：« er ikke et almindeligt kolon"),
    "a wide colon and a space": ("language: da", "language： da", "3:9", "»：« er ikke et almindeligt kolon"),
}
ALLOWED = {
    "a family": "👨\u200d👩\u200d👧",
    "a heart": "❤\ufe0f",
    "a heart on fire": "❤\ufe0f\u200d🔥",
    "a skin's colour": "👩🏽\u200d⚕\ufe0f",
    "a key": "1\ufe0f\u20e3",
    "the flag of Wales": "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "a new emoji": "\U0001fae8",
    "Persian": "می\u200cخواهم",
    "a hard space in a text": "30 %".replace(" ", "\u00a0"),
    "quotes inside a text": "Hvad er »nu«, og “før”, for jer?",
    "a dash": "Nu – eller før?",
    "an accent of its own": "cafe\u0301",
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_sign_that_nobody_sees_is_told_at_its_place(small, faults_in, case):
    old, new, place, said = REFUSED[case]
    (fault,) = (fault for fault in faults_in(small(old, new), "da") if "er ikke en gruppes id" not in fault)
    assert fault.startswith(f"{place}: her står")
    assert said in fault
    assert DELETE in fault or "tryk på mellemrumstasten" in fault


@pytest.mark.parametrize("case", LOOK_ALIKE)
def test_a_sign_that_only_looks_like_one_of_yaml_is_told_at_its_place_and_nothing_else_is(small, faults_in, case):
    old, new, place, said = LOOK_ALIKE[case]
    (fault,) = faults_in(small(old, new), "da")
    assert fault.startswith(f"{place}: ")
    assert said in fault


@pytest.mark.parametrize("case", ALLOWED)
@pytest.mark.parametrize("written", ["plain", '"{}"', "'{}'"])
def test_what_can_be_seen_may_stand_in_a_text(small, case, written):
    text = ALLOWED[case]
    question = load_file(
        small('{da: "Et?", en: "One?"}', f'\n      da: {written.replace("plain", "{}").format(text)}\n      en: "One?"')
    ).questions[0]
    assert question.ask.da == text.replace("e\u0301", "é")


def test_a_text_that_begins_with_a_quotation_may_stand_without_quotes(small):
    ask = load_file(small('da: "Et?"', "da: »Et« eller »to«?")).questions[0].ask
    assert ask.da == "»Et« eller »to«?"


def test_curly_quotes_that_people_are_to_see_stand_in_straight_ones(small):
    assert load_file(small('da: "Lille"', 'da: "»Lille«"')).title.da == "»Lille«"


@pytest.mark.parametrize(
    "old", ["S0LEADERS", "C0DIGEST", "Europe/Copenhagen", "holidays: DK", "until: 2018-08-28", "tuesday", "2018-08-15"]
)
@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e"])
def test_an_invisible_sign_in_an_id_or_address_or_day_is_as_if_it_were_not_there(small, old, sign):
    middle = len(old) - 1
    assert load_file(small(old, f"{old[:middle]}{sign}{old[middle:]}")).remarks == load_file(small(name="as_it_was.yaml")).remarks


def test_hard_spaces_around_an_id_are_as_if_they_were_not_there(small):
    assert load_file(small("S0LEADERS", "\u00a0S0LEADERS\u00a0")).people.leaders.usergroup == "S0LEADERS"


def test_an_invisible_sign_in_a_quoted_time_or_a_number_is_as_if_it_were_not_there(small):
    assert load_file(small('at: "09:30"', 'at: "09:\u200b30"', "after_days: 2", "after_days: 2\u200b")).rounds.remind.after_days == 2


def test_an_id_with_an_invisible_sign_where_it_is_defined_is_found_where_it_is_used(small):
    assert load_file(small("id: spare", "id: spa\u200bre", "- one\n", "- o\ufeffne\n")).rounds.order[0].all == "one"


def test_an_a_with_a_ring_is_the_same_letter_in_two_code_points(small, faults_in):
    two = "Må vi?".replace("å", "a\u030a")
    assert load_file(small('da: "Et?"', f'da: "{two}"')).questions[0].ask.da == "Må vi?"
    (fault,) = faults_in(small('da: "Et?"', f'da: "{two} Ja\u200b!"'), "da")
    assert fault.startswith("16:26: her står et usynligt tegn"), "the place is that in the file as it stands"


def test_many_invisible_signs_are_told_a_few_a_text(small, faults_in):
    text = "E\u200b" * 100
    assert len(faults_in(small('da: "Et?"', f'da: "{text}"'))) == 10


@pytest.mark.parametrize("blanks", [" " * 1_000_000, " \n" * 500_000])
def test_a_sign_behind_a_million_blanks_is_found_too(blanks):
    """With a pattern that counts the blanks from each of them, this would not end."""
    text = f'"å{blanks}\u200bx"'
    assert [offset for offset, _ in invisible_in(text, '"', is_text=True)] == [text.index("\u200b")]


def test_of_many_strange_spaces_in_an_id_the_first_ten_are_told():
    assert [offset for offset, _ in invisible_in(f"id{chr(0xA0) * 100_000}id", None, is_text=False)] == list(range(2, 12))
