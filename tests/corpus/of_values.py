"""Samples of values: of another type than is meant, numbers and dates that cannot be, habits of writing, and signs that nobody sees."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tests.corpus.samples import SMALL, Sample, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = (  # what stands before each value, and the value
    ("programme: ", "small-2018"),
    ("title: ", '{da: "Lille", en: "Small"}'),
    ("\ntitle: {da: ", '"Lille"'),
    ("language: ", "da"),
    ("timezone: ", "Europe/Copenhagen"),
    ("leaders: ", "{usergroup: S0LEADERS}"),
    ("leaders: {usergroup: ", "S0LEADERS"),
    ("S0ORG, channel: ", "C0ORGANISERS"),
    ("- {id: ", "second"),
    ("id: second, title: ", '{da: "Næst", en: "Second"}'),
    ("- id: ", "spare"),
    ("id: spare\n    theme: ", "first"),
    ("ask: ", '{da: "Ekstra?", en: "Spare?"}'),
    ('ask: {da: "Ekstra?", en: ', '"Spare?"'),
    ("reserve: ", "true"),
    ("every: ", "tuesday"),
    ("every: tuesday\n  at: ", '"09:30"'),
    ("  from: ", "2018-08-21"),
    ("until: ", "2018-08-28"),
    ("skip: ", "{holidays: DK, weeks: [42]}"),
    ("holidays: ", "DK"),
    ("weeks: ", "[42]"),
    ("remind: ", '{after_days: 2, at: "13:00"}'),
    ("after_days: ", '2, at: "13:00"'),
    ("after_days: 2, at: ", '"13:00"'),
    ("    - {leader: ", "two-leader"),
    ("  channel: ", "C0DIGEST"),
    ("close: ", '{day: friday, at: "10:00"}'),
    ("close: {day: ", "friday"),
    ("close: {day: friday, at: ", '"10:00"'),
    ("review: ", "required"),
    ("floors: ", "{people: 5, quotes: 8, audience: 10}"),
    ("floors: {people: ", "5"),
    ("guidelines_agreed: ", '{by: "MED-udvalg", on: 2018-08-15}'),
    ("by: ", '"MED-udvalg"'),
    ("on: ", "2018-08-15"),
    ("retention: ", "{detach_after_days: 7, delete_replies_after_days: 90}"),
    ("detach_after_days: ", "7"),
    ("delete_replies_after_days: ", "90"),
    ("  controller: ", '{da: "Om controller.", en: "About controller."}'),
)
OTHER_TYPES = ("7", "[a, 1]", "{a: 1}", "", '""')
NUMBERS = (
    "0",
    "-1",
    "1.5",
    "1e9",
    "0x10",
    '"7"',
    "7 dage",
    "syv",
    "999999999",
    "3000000",
    "99999999999999999999",
    "٣",
    ".inf",
    "1_000",
    "+7",
    "007",
)
NUMBER_PLACES = ("people: 5", "quotes: 8", "audience: 10", "detach_after_days: 7", "delete_replies_after_days: 90", "after_days: 2")
DATES = (
    "21-08-2018",
    "21.8.2018",
    "21/8 2018",
    "2018-8-21",
    "2018-02-30",
    "2018-13-01",
    "tirsdag 21. august 2018",
    "0001-01-01",
    "9999-12-31",
    "2108-08-21",
    "2018",
    "i dag",
    '"2018-08-21"',
    "2018-08-21T09:30",
    "20180821",
    "2018-08-21 ",
)
TIMES = (
    "09:30",
    "9:30",
    "09.30",
    "kl. 9.30",
    '"9:30"',
    '"09.30"',
    '"kl. 9.30"',
    "'09:30'",
    '"24:00"',
    '"06:59"',
    '"19:01"',
    '"09:30:00"',
    '"9"',
    '"9.30 AM"',
    '"25:99"',
    '"٠٩:٣٠"',
    "middag",
    "570",
)
DAYS = (
    "tirsdag",
    "Tuesday",
    "TIRSDAG",
    "tue",
    "tirsdag og torsdag",
    "[tuesday, tuesday]",
    "[tirsdag, torsdag]",
    "søndag",
    "saturday",
    "tusday",
    "2",
    "[]",
    "tuesday, thursday",
    "hver tirsdag",
)
HABITS = {
    "language: da": ("dansk", "Dansk", "DA", "danish", "en", "sv", '"da"'),
    "timezone: Europe/Copenhagen": (
        "CET",
        "København",
        "Europe/Kobenhavn",
        "europe/copenhagen",
        "right/Europe/Copenhagen",
        "UTC+1",
        "Denmark",
        "../etc/passwd",
        "Danmark",
    ),
    "reserve: true": ("ja", "nej", "Ja", "yes", "on", '"true"', "True", "TRUE", "1", "sand"),
    "holidays: DK": ("Danmark", "dk", "Denmark", "DNK", "XX", "[DK]", "true"),
    "weeks: [42]": ("42", "[42, 42]", "[53]", "[0]", "[54]", "[uge 42]", '["42"]', "[41-43]", "[]", "42, 43"),
    "review: required": ("quotes-only", "quotes only", "ja", "påkrævet", "Required", "none"),
    "usergroup: S0LEADERS": (
        "@ledere",
        "C0LEADERS",
        "s0leaders",
        '"S0LEADERS"',
        "S0 LEADERS",
        "ledere",
        "subteam^S0LEADERS",
        "<!subteam^S0LEADERS>",
        "U0ANNA",
    ),
    "  channel: C0DIGEST": (
        "#overblik",
        "overblik",
        "S0DIGEST",
        "c0digest",
        "https://x.slack.com/archives/C0DIGEST",
        "C0ORGANISERS",
        "<#C0DIGEST|overblik>",
    ),
    "- id: spare": ("Spare", "spare question", "ekstra_1", "ekstra-å", "one", "-spare", "1", "spare?", "spare.", '"spare"'),
    "id: spare\n    theme: first": ("First", "firts", "third", "second", "Først", '"first"'),
}
SIGNS = (
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u00a0",
    "\u200e",
    "\u202e",
    "\u2060",
    "\u200d",
    "\u3164",
    "\u2028",
    "\u0007",
    "\u007f",
    "\u0000",
    "\ufe0f",
    "\u0301",
    "\t",
)
SIGN_PLACES = {
    "an id": ("- id: spare", "- id: sp{}are"),
    "a text": ('"Ekstra?"', '"Eks{}tra?"'),
    "the end of a text": ('"Ekstra?"', '"Ekstra?{}"'),
    "an address": ("S0LEADERS", "S0LEA{}DERS"),
    "a key": ("timezone: ", "time{}zone: "),
    "after a colon": ("timezone: ", "timezone:{}"),
    "an indentation": ("  until: ", " {}until: "),
    "the only sign": ('"Ekstra?"', '"{}"'),
}
LOOK_ALIKES = {
    '"Ekstra?"': ("“Ekstra?”", "„Ekstra?“", "»Ekstra?«", "’Ekstra?’", "‘Ekstra?’", '"Ekstra?”', "′Ekstra?′", '"Det’s?"'),
    "language: da": ("language： da", "language꞉ da", "ｌanguage: da", "language: ｄa", "languаge: da"),
    '"09:30"': ("“09:30”", "'09:30”", "»09:30«", '"09：30"', '"09∶30"'),
    "2018-08-21": ("2018‑08‑21", "2018–08–21", "2018−08−21", "２０１８-08-21"),
}


def types() -> Iterator[Sample]:
    """Each value, as one of another type."""
    for before, value in PLACES:
        assert SMALL.count(before + value) == 1, before + value
        for other in OTHER_TYPES:
            yield Sample(f"type of {before.strip()} {other!r}", SMALL.replace(before + value, before + other))


def habits() -> Iterator[Sample]:
    """Values as people write them elsewhere."""
    for place in NUMBER_PLACES:
        key = place.split(": ")[0]
        yield from swapped(
            "number",
            f"{place}," if f"{place}," in SMALL else f"{place}}}",
            *(f"{key}: {number}{',' if f'{place},' in SMALL else '}'}" for number in NUMBERS),
        )
    for place in ("from: 2018-08-21", "until: 2018-08-28", "on: 2018-08-15"):
        key = place.split(": ")[0]
        yield from swapped("date", place, *(f"{key}: {date}" for date in DATES))
    yield from swapped("time", 'every: tuesday\n  at: "09:30"', *(f"every: tuesday\n  at: {time}" for time in TIMES))
    yield from swapped("time", 'close: {day: friday, at: "10:00"}', *(f"close: {{day: friday, at: {time}}}" for time in TIMES))
    yield from swapped("day", "every: tuesday", *(f"every: {day}" for day in DAYS))
    yield from swapped("day", "close: {day: friday", *(f"close: {{day: {day}" for day in DAYS if "," not in day))
    for place, values in HABITS.items():
        key = place.rpartition(": ")[0]
        yield from swapped("habit", place, *(f"{key}: {value}" for value in values))


def signs() -> Iterator[Sample]:
    """Signs that nobody sees, in every place."""
    for place, (old, new) in SIGN_PLACES.items():
        for sign in SIGNS:
            yield Sample(f"sign U+{ord(sign):04X} in {place}", SMALL.replace(old, new.format(sign)))
    for old, news in LOOK_ALIKES.items():
        yield from (Sample(f"look-alike {new}", SMALL.replace(old, new, 1)) for new in news)
    yield Sample("letters in two pieces", unicodedata.normalize("NFD", SMALL))
    yield Sample("a file of non-breaking spaces", SMALL.replace(" ", "\u00a0"))


def orders() -> Iterator[Sample]:
    """The order and the dates held against each other."""
    both, pair = "    - one\n", "    - {leader: two-leader, employee_rep: two-rep}\n"
    yield from swapped(
        "order",
        both,
        "",
        both + "    - spare\n",
        "    - one\n    - one\n",
        "    - nobody\n",
        "    - oen\n",
        "    - {all: one}\n",
        "    - {}\n",
        "    - {leader: one}\n",
        "    - {leder: one}\n",
        "    - [one]\n",
    )
    yield from swapped(
        "order",
        pair,
        "    - {leader: two-leader, employee_rep: one}\n",
        "    - {leader: one, employee_rep: one}\n",
        "    - {leader: two-leader}\n",
        "    - two-leader, two-rep\n",
    )
    yield from swapped(
        "span", "until: 2018-08-28", "until: 2018-08-21", "until: 2018-08-20", "until: 2018-12-28", "until: 2098-08-28", "until: 2018-08-27"
    )
    yield from swapped("span", "on: 2018-08-15", "on: 2018-08-22", "on: 2019-08-15")
    yield from swapped("span", "close: {day: friday", "close: {day: tuesday", "close: {day: wednesday", "close: {day: monday")
    yield from swapped("span", "post: {day: friday", "post: {day: thursday", "post: {day: tuesday", "post: {day: monday")
    yield from swapped("span", "after_days: 2", "after_days: 3", "after_days: 6", "after_days: 1")
    yield from swapped("span", "detach_after_days: 7", "detach_after_days: 28", "detach_after_days: 29", "detach_after_days: 91")
    yield from swapped(
        "span",
        "delete_replies_after_days: 90",
        "delete_replies_after_days: 6",
        "delete_replies_after_days: 730",
        "delete_replies_after_days: 731",
    )


def blocks() -> Iterator[Sample]:
    """Blocks with something too much, too little, or twice."""
    leaders, theme = "leaders: {usergroup: S0LEADERS}", "{id: second,"
    yield from swapped("block", leaders, "leaders: {usergroup: S0LEADERS, guests: true}", "leaders: {}", "leaders: S0LEADERS")
    yield from swapped("block", leaders, "leaders: {usergroup: S0REPS}", "leaders: {usergroup: S0LEADERS, channel: C0LEADERS}")
    yield from swapped("block", theme, "{id: first,", '{id: second, source: {da: "A", en: "B"},', '{id: second, about: {da: "A", en: "B"},')
    items = '{da: "", en: "About."}', '{da: "Om."}', '"Om."', '{da: "Om", en: "Om", sv: "Om"}'
    yield from swapped("block", '{da: "Om purpose.", en: "About purpose."}', *items)
    asks = '{da: "Eks\\ntra?", en: "Spare?"}', '{da: "Ekstra?", en: "Spare?"}}', '{da: "Ekstra?"}', '"Ekstra?"'
    yield from swapped("block", '{da: "Ekstra?", en: "Spare?"}', *asks)
    yield Sample(
        "block without participants", SMALL.replace("  leaders: {usergroup: S0LEADERS}\n  employee_reps: {usergroup: S0REPS}\n", "")
    )
    yield Sample("block that is a second document", SMALL + "---\nprogramme: other\n")


SAMPLES = (*types(), *habits(), *signs(), *orders(), *blocks())
