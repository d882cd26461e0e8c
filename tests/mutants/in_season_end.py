"""Bugs by which a picture, the season's end, or a page outside chat would tell too much, or be altered unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutants.mutant import planted

if TYPE_CHECKING:
    from tests.mutants.mutant import Mutant

CHARTS: tuple[Mutant, ...] = ()
THE_REPORT: tuple[Mutant, ...] = ()
THE_THANKS: tuple[Mutant, ...] = (
    planted(
        "who pauses or has left is thanked, too",
        "bot/dialogue/season/thanks.py",
        "Person.state == PersonState.ACTIVE, Person.role",
        "Person.role",
        killed_by="tests/dialogue/season/test_thanks.py::test_whoever_pauses_is_thanked_once_they_are_back_and_whoever_left_never",
    ),
    planted(
        "a restore thanks everybody a second time",
        "bot/app/backup/carry_over.py",
        "('question', 'answer', 'thanks')",
        "('question', 'answer')",
        killed_by="tests/commands/test_backup.py::test_after_a_restore_nobody_is_thanked_a_second_time",
    ),
    planted(
        "the thanks offer a book in which nothing is left",
        "bot/dialogue/season/thanks.py",
        "round_.detached_at is None for round_",
        "True for round_",
        killed_by="tests/dialogue/season/test_thanks.py::test_once_all_is_detached_it_says_so_and_offers_no_book",
    ),
    planted(
        "somebody's book holds what others wrote",
        "bot/dialogue/data_rights/my_book.py",
        ".where(Person.address == person.address)",
        "",
        killed_by="tests/dialogue/data_rights/test_my_book.py::test_nobody_reads_anothers",
    ),
)
PAGES: tuple[Mutant, ...] = ()
AGENDA: tuple[Mutant, ...] = ()
SEALS: tuple[Mutant, ...] = ()
FETCHED: tuple[Mutant, ...] = ()
