"""Bugs by which a picture, the season's end, or a page outside chat would tell too much, or be altered unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutants.mutant import planted

if TYPE_CHECKING:
    from tests.mutants.mutant import Mutant

DRAFT = "bot/dialogue/digests/draft.py"
DRAWN = "bot/dialogue/season/charts.py"
REFUSED = "bot/platforms/slack/charts_refused.py"
ON_WEEKS = "tests/dialogue/digests/test_weeks_of_chart.py"
FETCHED_PAGE = "bot/dialogue/papers/fetched.py"
ON_FETCHED = "tests/dialogue/papers/test_fetched.py"
ON_FILES = "tests/platforms/slack/web_api/test_file_upload.py"
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
FETCHED: tuple[Mutant, ...] = (
    planted(
        "participants may fetch a digest as a page",
        FETCHED_PAGE,
        "if reader.role in PARTICIPANTS:",
        "if False:",
        killed_by=f"{ON_FETCHED}::test_participants_are_told_kindly_for_whom_the_page_is_and_never_offered_it[L0]",
    ),
    planted(
        "a draft is handed out as a page",
        FETCHED_PAGE,
        " or digest.state is not DigestState.ISSUED:",
        ":",
        killed_by=f"{ON_FETCHED}::test_what_is_not_issued_is_not_handed_out_not_even_to_organisers[held]",
    ),
    planted(
        "a file goes into a channel",
        "bot/platforms/slack/web_api/file_upload.py",
        "conversation = conversation_id(client, user)",
        'conversation = "C0DIGEST"',
        killed_by=f"{ON_FILES}::test_the_file_arrives_in_ones_own_messages_byte_for_byte_and_in_no_channel",
    ),
    planted(
        "a file that was sent makes deliveries unsure",
        "bot/platforms/slack/web_api/find_message.py",
        'if message.get("files"):',
        "if False:",
        killed_by=f"{ON_FILES}::test_a_file_between_deliveries_does_not_hide_them",
    ),
    planted(
        "anybody opens anybody's file on the local page",
        "bot/workspace/client/person.py",
        "return file if file and self._may_see(viewer, file.channel) else None",
        "return file",
        killed_by="tests/workspace/page/test_routes.py::test_a_file_opens_in_a_sandbox_for_those_who_see_its_conversation",
    ),
)
