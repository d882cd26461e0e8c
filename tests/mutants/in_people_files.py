"""Bugs by which somebody on a list of people is silently left out, or another is asked in their place."""

from __future__ import annotations

from tests.mutants.mutant import planted

CSV, ON_CSV = "schedules/checking/people/people_csv.py", "tests/schedules/checking/people/test_people_csv.py"
AMBIGUOUS = f"{ON_CSV}::test_what_can_be_read_in_two_ways_has_its_place"

READ = (
    planted(
        "of two addresses in one cell only the first is read",
        CSV,
        "if len(_addresses(text)) > 1:",
        "if len(_addresses(text)) > 99:",
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
        "an address under another heading is dropped",
        CSV,
        "    for other in row.columns_beside(column):\n",
        "    for other in list[int]():\n",
        killed_by=f"{ON_CSV}::test_no_address_in_any_cell_of_a_table_is_dropped_without_a_finding",
    ),
    planted(
        "whose row has the word mail in it is taken for headings",
        CSV,
        'if "@" not in row.text and TELLING',
        "if TELLING",
        killed_by=f"{ON_CSV}::test_a_list_without_headings_is_read_if_its_first_line_has_an_address",
    ),
    planted(
        "the rest of a list is swallowed by a quote",
        CSV,
        "reader.line_num > before + 1 and row.text.count('\"') % 2",
        "False",
        killed_by=AMBIGUOUS,
    ),
)
