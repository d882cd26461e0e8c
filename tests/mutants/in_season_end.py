"""Bugs by which a picture, the season's end, or a page outside chat would tell too much, or be altered unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutants.mutant import planted

if TYPE_CHECKING:
    from tests.mutants.mutant import Mutant

DRAFT = "bot/dialogue/digests/draft.py"
DRAWN = "bot/dialogue/season/charts.py"
REFUSED = "bot/platforms/slack/charts_refused.py"
ON_AGENDA = "tests/dialogue/papers/test_agenda_paper.py"
ON_PAPERS = "tests/confidentiality/test_two_worlds_of_papers.py"
ON_WEEKS = "tests/dialogue/digests/test_weeks_of_chart.py"
ON_CHARTS = "tests/dialogue/season/test_charts.py"
ON_REFUSED = "tests/platforms/slack/test_charts_refused.py"

CHARTS: tuple[Mutant, ...] = (
    planted(
        "a chart tells of a week that is not issued yet",
        DRAFT,
        "Digest.state == DigestState.ISSUED, Digest.week.is_not(None)",
        "Digest.week.is_not(None)",
        killed_by=f"{ON_WEEKS}::test_a_week_that_is_not_issued_does_not_stand_in_it",
    ),
    planted(
        "answers on two themes stand beside answers on one",
        DRAFT,
        'if len(themes) == len(content["themes"])]',
        "if themes]",
        killed_by=f"{ON_WEEKS}::test_a_week_of_two_themes_stands_beside_no_week_of_one",
    ),
    planted(
        "a chart prints a cap as if it were the number",
        DRAWN,
        'f"{key}.or_more" if week.get("or_more") else key',
        "key",
        killed_by=f"{ON_CHARTS}::test_the_title_is_the_finding_and_all_is_said_in_words",
    ),
    planted(
        "a refused message with a chart is not sent again",
        REFUSED,
        "if not str(refusal).endswith(OF_BLOCKS):",
        "if refusal:",
        killed_by=f"{ON_REFUSED}::test_a_refused_chart_leaves_one_message_without_it",
    ),
    planted(
        "one refused message without a fault of its chart takes the charts from all others",
        REFUSED,
        "self._is_sure = False  # it was not the chart",
        "self._is_sure = True",
        killed_by=f"{ON_REFUSED}::test_if_the_message_is_refused_without_its_chart_too_the_chart_was_not_at_fault",
    ),
)
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
OF_PAPERS: tuple[Mutant, ...] = (
    planted(
        "an answer that repeats a quote is published once the quote is taken back",
        "bot/dialogue/responses/response_review.py",
        'repeats_quote = PostedQuotes(session, programme.id).are_repeated_in(values["words"])',
        "repeats_quote = None",
        killed_by=f"{ON_AGENDA}::test_an_answer_that_repeated_a_quote_stays_out_once_the_quote_is_taken_back",
    ),
    planted(
        "an answer to one quote is published",
        "bot/dialogue/papers/agenda_answers.py",
        "answer.place is None and ",
        "",
        killed_by=f"{ON_AGENDA}::test_a_whole_season_of_quotes_is_in_no_paper",
    ),
    planted(
        "a sum of weeks hides that one of them is a cap",
        "bot/dialogue/digests/digest_content.py",
        "if answers.or_more else told",
        "if not answers else told",
        killed_by="tests/confidentiality/test_attack.py::test_nothing_that_a_season_prints_gives_away_one_to_four_people",
    ),
    planted(
        "the season's report can be neither opened nor posted",
        "bot/dialogue/digests/digest_text.py",
        '    if "report" in content:\n        return 0\n',
        "",
        killed_by=f"{ON_PAPERS}::test_after_detaching_every_paper_is_the_same",
    ),
)
