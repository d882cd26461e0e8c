"""Bugs by which somebody on a list of people is silently left out, or another is asked in their place."""

from __future__ import annotations

from tests.mutants.mutant import planted

CSV, ON_CSV = "schedules/checking/people/people_csv.py", "tests/schedules/checking/people/test_people_csv.py"
AMBIGUOUS = f"{ON_CSV}::test_what_can_be_read_in_two_ways_has_its_place"

READ = (
    planted(
        "of two addresses in one cell only the first is read",
        CSV,
        'for word in BETWEEN.split(text.lower()) if "@" in word}) > 1:',
        'for word in BETWEEN.split(text.lower()) if "@" in word}) > 99:',
        killed_by=AMBIGUOUS,
    ),
    planted(
        "who stands above the first address that can be read is left out",
        CSV,
        'if "@" in line or (WORD.search(line) and not headed):',
        'if "@" in line:',
        killed_by=AMBIGUOUS,
    ),
    planted(
        "a second column of addresses is passed over",
        CSV,
        "    if len(filled) > 1:\n",
        "    if len(filled) > 2:\n",
        killed_by=AMBIGUOUS,
    ),
    planted(
        "the rest of a list is swallowed by a quote",
        CSV,
        "reader.line_num > before + 1 and row.text.count('\"') % 2",
        "False",
        killed_by=AMBIGUOUS,
    ),
)
