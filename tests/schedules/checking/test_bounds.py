"""Every number, list and text of a programme has an upper bound, in the file and in the editor's schema."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errors import ProgrammeFaults
from bot.programme import LATEST_DELETION, Retention
from schedules.checking.bounds import LONGEST_LINE, MOST_LINES, MOST_VALUES
from schedules.checking.fault_messages import WrongKind
from schedules.checking.file_model import File
from schedules.programme_file import load_content, load_file, load_running
from tests.schedules.conftest import SMALL
from tests.support.faults import told

DELETE = "delete_replies_after_days: 90"
TOO_MUCH = {
    "deletion": (DELETE, "delete_replies_after_days: 731", "the number 731 is too large: write 730 at most"),
    "detaching": ("detach_after_days: 7", "detach_after_days: 29", "for 29 days"),
    "a reminder": ("after_days: 2,", "after_days: 8,", "the number 8 is too large: write 7 at most"),
    "a floor of people": ("people: 5", "people: 51", "the number 51 is too large: write 50 at most"),
    "a floor of quotes": ("quotes: 8", "quotes: 51", "the number 51 is too large: write 50 at most"),
    "a floor of the audience": ("audience: 10", "audience: 101", "the number 101 is too large: write 100 at most"),
    "weekdays": ("every: tuesday", "every: [monday, tuesday, wednesday, thursday, friday, monday]", "6 entries and may have 5"),
    "weeks": ("weeks: [42]", f"weeks: [{', '.join(['42'] * 54)}]", "54 entries and may have 53"),
    "days off": ("weeks: [42]", f"also: [{', '.join(['2018-08-22'] * 201)}]", "201 entries and may have 200"),
    "words of the filter": ("floors:", f"filter: {{extra: [{', '.join(['x'] * 1001)}]}}\nfloors:", "1001 entries and may have 1000"),
    "a file's name": ("{usergroup: S0LEADERS}", f"{{file: {'x' * 501}}}", "501 characters, and at most 500 fit"),
    "the years": ("until: 2018-08-28", "until: 2020-08-21", "it may last two years at most"),
    "the years, the other way": ("from: 2018-08-21", "from: 2016-08-27", "it may last two years at most"),
    "values": ("themes:", f"x: [{'a, ' * MOST_VALUES}]\nthemes:", "much longer than a programme can be"),
    "lines": ("themes:", "#\n" * MOST_LINES + "themes:", "much longer than a programme can be"),
    "a line": ("themes:", f"# {'x' * LONGEST_LINE}\nthemes:", "much longer than a programme can be"),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_more_than_can_be_meant_is_a_fault_that_says_how_much_may(small, what):
    before, after, said = TOO_MUCH[what]
    with pytest.raises(ProgrammeFaults) as wrong:
        load_file(small(before, after))
    assert any(said in told(fault) for fault in wrong.value.faults)


def test_as_many_themes_questions_and_entries_as_there_may_be_are_none_too_many(small):
    path = small()
    blocks = {
        "themes:\n": ("  - {{id: t{0}, title: {{da: a, en: a}}}}\n", 48),
        "questions:\n": ("  - {{id: q{0}, theme: first, ask: {{da: a, en: a}}}}\n", 396),
        "  order:\n": ("    - q{0}\n", 398),
    }
    for block, (line, most) in blocks.items():
        for more, expected in ((most, False), (most + 1, True)):
            text = SMALL.replace(block, block + "".join(line.format(number) for number in range(more)))
            path.write_text(text, "utf-8")
            assert (WrongKind.TOO_MANY in kinds_of(path)) is expected, block


def kinds_of(path: Path) -> set[str]:
    """The kinds of everything that is wrong with a file."""
    try:
        load_file(path)
    except ProgrammeFaults as wrong:
        return {fault.said.key for fault in wrong.faults}
    return set()


def test_the_most_is_good(small):
    path = small(DELETE, "delete_replies_after_days: 730", "people: 5", "people: 50", "About retention.", "730 and 7 days")
    assert load_file(path).retention == Retention(detach_after_days=7, delete_replies_after_days=LATEST_DELETION)


def test_a_text_that_runs_is_cut_to_what_may_be_and_refused_nothing():
    text = SMALL
    for before, after in (
        (DELETE, "delete_replies_after_days: 999999999"),
        ("people: 5", "people: 999999999"),
        ("after_days: 2,", "after_days: 3000000,"),
        ("until: 2018-08-28", "until: 2028-08-28"),
        ('da: "Lille"', f'da: "{"x" * 200}"'),
        ("weeks: [42]", f"weeks: [{', '.join(['42'] * 54)}]"),
        ("{usergroup: S0LEADERS}", "{file: ../nowhere.csv}"),
    ):
        text = text.replace(before, after, 1)
    with pytest.raises(ProgrammeFaults):
        load_content(Path("nowhere/small.yaml"), text.encode())
    programme = load_running(Path("nowhere/small.yaml"), text.encode(), lambda _file: frozenset({"a@example.org"}))
    assert programme.content == text.encode()
    assert programme.retention == Retention(detach_after_days=7, delete_replies_after_days=730)
    assert programme.floors.people == 999999999  # what protects people is never lowered
    assert programme.rounds.remind is not None
    assert (programme.rounds.remind.after_days, programme.rounds.until, len(programme.title.da)) == (7, date(2028, 8, 28), 200)
    assert programme.people.leaders is not None
    assert programme.people.leaders.emails == ("a@example.org",)


def test_the_editor_knows_every_bound():
    unbounded = list(_unbounded(File.model_json_schema(), "file"))
    assert unbounded == []


def _unbounded(schema: object, path: str):
    """The places of a schema where a number, a list or a text may be as large as one likes."""
    if isinstance(schema, list):
        for number, part in enumerate(schema):
            yield from _unbounded(part, f"{path}.{number}")
    if not isinstance(schema, dict):
        return
    bound = {"integer": {"maximum"}, "array": {"maxItems"}, "string": {"maxLength", "enum", "const", "pattern", "format"}}
    wanted = bound.get(str(schema.get("type")))
    if wanted and not wanted & set(schema):
        yield path
    for name, part in schema.items():
        if name not in {"examples", "default", "description", "errorMessage"}:
            yield from _unbounded(part, f"{path}.{name}")
