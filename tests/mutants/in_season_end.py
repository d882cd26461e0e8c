"""Bugs by which a picture, the season's end, or a page outside chat would tell too much, or be altered unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutants.mutant import planted

if TYPE_CHECKING:
    from tests.mutants.mutant import Mutant

DRAFT = "bot/dialogue/digests/draft.py"
DRAWN = "bot/dialogue/season/charts.py"
REFUSED = "bot/platforms/slack/web_api/charts_refused.py"
ECHOES = "bot/dialogue/responses/echoes.py"
ON_AGENDAS = "tests/dialogue/papers/test_agenda_paper.py"
ON_VERIFYING = "tests/dialogue/papers/verification"
ON_WEEKS = "tests/dialogue/digests/test_weeks_of_chart.py"
FETCHED_PAGE = "bot/dialogue/papers/fetched.py"
ON_FETCHED = "tests/dialogue/papers/test_fetched.py"
ON_FILES = "tests/platforms/slack/web_api/test_file_upload.py"
WRITER = "bot/dialogue/papers/html_writer.py"
ON_RECORDS = "tests/dialogue/papers/test_record.py"
ON_WRITER = "tests/dialogue/papers/test_html_writer.py"
ON_CHARTS = "tests/dialogue/season/test_charts.py"
ON_REFUSED = "tests/platforms/slack/web_api/test_charts_refused.py"

CHARTS: tuple[Mutant, ...] = (
    planted(
        "a chart tells of a week that is not issued yet",
        DRAFT,
        'Digest.programme == content["programme"], Digest.state == DigestState.ISSUED',
        'Digest.programme == content["programme"]',
        killed_by=f"{ON_WEEKS}::test_a_week_that_is_not_issued_does_not_stand_in_it",
    ),
    planted(
        "answers on two themes stand beside answers on one",
        DRAFT,
        'if len(other["themes"]) == len(content["themes"])]',
        'if other["themes"]]',
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
THE_REPORT: tuple[Mutant, ...] = (
    planted(
        "the report is drafted while the last week's digest still waits",
        "schedules/season_end.py",
        "return not is_any_waiting or now >=",
        "return True or now >=",
        killed_by="tests/schedules/test_season_end.py::test_a_report_waits_for_the_last_digest_a_week_at_most",
    ),
    planted(
        "the report's sum leaves out a week in which one of two themes had too few answers",
        "bot/dialogue/season/report.py",
        '[theme for theme in content["themes"] if people_of(theme) is not None]',
        'content["themes"]',
        killed_by="tests/dialogue/season/test_report.py::test_of_a_week_with_too_few_answers_on_one_theme_it_sums_up_the_other",
    ),
    planted(
        "a page asks to press a button that it has not",
        "bot/dialogue/papers/page_parts.py",
        "if line.text != press",
        "if line.text",
        killed_by="tests/dialogue/papers/test_page.py::test_no_page_asks_to_press_a_button_of_the_chat",
    ),
    planted(
        "the report hides how many wishes it has no room for",
        "bot/dialogue/season/report_text.py",
        "if left_out := len(self.ledger) - len(named):",
        "if left_out := 0:",
        killed_by="tests/dialogue/season/test_report_text.py::test_wishes_that_find_no_room_are_counted[da]",
    ),
    planted(
        "a report hides all promises of a wish but one",
        "bot/dialogue/responses/ledger.py",
        "for other in wish.promises if other is not said]",
        "for other in wish.promises if other is said]",
        killed_by="tests/dialogue/season/test_report.py::test_it_tells_every_open_promise_wherever_one_reads_it",
    ),
    planted(
        "wishes that were answered at once are said to have waited to the end",
        "bot/dialogue/responses/ledger.py",
        "post_at=_when_answered(wish) or post_at,",
        "post_at=post_at,",
        killed_by="tests/dialogue/season/test_report.py::test_it_tells_every_wish_with_its_fate_and_the_weeks_it_waited",
    ),
)
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
        "('question', 'reminder', 'answer', 'thanks')",
        "('question', 'reminder', 'answer')",
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
PAGES: tuple[Mutant, ...] = (
    planted(
        "what people wrote becomes markup on a page",
        WRITER,
        "return escape(node, quote=False)",
        "return node",
        killed_by=f"{ON_WRITER}::test_a_page_holds_each_text_as_it_is_and_no_element_besides_ours",
    ),
    planted(
        "what people wrote ends the data that a page carries",
        WRITER,
        '.replace("<", "\\\\u003c")',
        "",
        killed_by=f"{ON_WRITER}::test_a_page_holds_each_text_as_it_is_and_no_element_besides_ours",
    ),
    planted(
        "an export does not say what is not in it any more",
        "bot/dialogue/papers/foot.py",
        'withdrawn = record["revision"] - 1',
        "withdrawn = 0",
        killed_by=f"{ON_RECORDS}::test_what_is_withdrawn_before_between_and_after_exports_is_in_none_made_afterwards",
    ),
    planted(
        "quotes that were never posted are exported",
        "bot/dialogue/digests/quote_selection.py",
        ", Quote.place.is_not(None))",
        ")",
        killed_by=f"{ON_RECORDS}::test_a_draft_is_exported_without_any_quote",
    ),
    planted(
        "an exported file takes the place of another one",
        "bot/app/operators/export_files.py",
        "if file.exists() and file.read_bytes() != text.encode():",
        "if False:",
        killed_by="tests/commands/test_digest_export.py::test_exporting_again_changes_no_file_and_one_that_is_different_stops_all",
    ),
)
AGENDA: tuple[Mutant, ...] = (
    planted(
        "an agenda prints what was answered to one quote",
        ECHOES,
        "answer.place is not None or self",
        "self",
        killed_by=f"{ON_AGENDAS}::test_a_whole_season_of_quotes_is_in_no_paper",
    ),
    planted(
        "an agenda prints what politicians wrote besides their promises",
        "bot/dialogue/papers/agenda_answers.py",
        "else (answer for answer in answers if answer.id == fate.decisive.promise_id)",
        "else (answer for answer in answers if answer.words)",
        killed_by=f"{ON_AGENDAS}::test_what_politicians_write_besides_promises_is_not_made_public[free_text-Besvaret, men intet er lovet]",
    ),
    planted(
        "an agenda prints a quote that a politician repeats",
        ECHOES,
        " or self.are_repeated_by(answer)",
        "",
        killed_by=f"{ON_AGENDAS}::test_a_whole_season_of_quotes_is_in_no_paper",
    ),
    planted(
        "an agenda prints a repeated quote once it is withdrawn",
        ECHOES,
        "self.are_repeated_in(answer.words) if answer.repeats_quote is None else answer.repeats_quote",
        "self.are_repeated_in(answer.words)",
        killed_by=f"{ON_AGENDAS}::test_an_answer_that_repeated_a_quote_stays_out_once_the_quote_is_taken_back",
    ),
    planted(
        "an agenda tells of a digest that is not issued",
        "bot/dialogue/papers/agenda_paper.py",
        "[digest for digest in digests if digest.state is DigestState.ISSUED]",
        "list(digests)",
        killed_by=f"{ON_AGENDAS}::test_what_is_not_issued_or_purged_is_left_out_and_named",
    ),
    planted(
        "the number of a case loses its zeros",
        "schedules/checking/source.py",
        'path[:1] != ("filing",) and ',
        "",
        killed_by="tests/schedules/test_programme_file.py::test_the_number_of_a_case_keeps_every_sign_with_quotes_and_without[00123]",
    ),
    planted(
        "a copy for the next programme takes the old case along",
        "schedules/next_programme.py",
        " | _without_case(source)",
        "",
        killed_by="tests/commands/test_programme_commands.py::test_new_leaves_the_old_case_out_and_says_so[18/00123]",
    ),
)
SEALS: tuple[Mutant, ...] = (
    planted(
        "a digest does not name the one before",
        DRAFT,
        '"checksum": last.checksum}',
        '"checksum": ""}',
        killed_by="tests/dialogue/digests/test_draft.py::test_a_digest_names_the_one_with_the_number_before_by_its_checksum",
    ),
    planted(
        "a seal is taken for good unread",
        "bot/dialogue/papers/seal.py",
        "return last == _digest(without)",
        "return bool(last)",
        killed_by="tests/dialogue/papers/test_seal.py::test_any_change_of_a_character_breaks_the_seal",
    ),
    planted(
        "a page is not drawn anew from its data",
        "bot/dialogue/papers/verification/own_data.py",
        "if paper.text == drawn:",
        "if drawn:",
        killed_by=f"{ON_VERIFYING}/test_verify_paper.py::test_words_on_a_page_that_are_not_its_data_are_shown_with_their_place",
    ),
    planted(
        "whatever a page shows passes for what a browser made of it",
        "bot/dialogue/papers/verification/own_data.py",
        "as_saved(paper.text) == as_saved(drawn)",
        "as_saved(paper.text)",
        killed_by=f"{ON_VERIFYING}/test_verify_paper.py"
        "::test_a_page_that_shows_or_looks_otherwise_than_its_data_say_is_altered_however_it_is_kept",
    ),
    planted(
        "a mark in somebody's words is taken for the file's own",
        "bot/dialogue/papers/verification/paper_file.py",
        '_mark(text.rpartition("<footer>")[2])',
        "_mark(text[: text.rindex('<footer>')])",
        killed_by=f"{ON_VERIFYING}/test_verify_paper.py::test_no_words_make_another_kind_of_file_of_an_export",
    ),
    planted(
        "what somebody typed below its first line reads as a line of the text",
        "bot/dialogue/digests/digest_pieces.py",
        '"\\n> ".join',
        '"\\n".join',
        killed_by="tests/dialogue/papers/test_page.py::test_no_line_that_somebody_typed_reads_as_a_line_of_the_text",
    ),
    planted(
        "an invented quote passes for one withdrawn since",
        "bot/dialogue/papers/verification/verify_paper.py",
        "not missing and too_many.total() == withdrawn",
        "not missing",
        killed_by=f"{ON_VERIFYING}/test_verify_paper.py::test_a_quote_more_than_was_withdrawn_is_an_invention",
    ),
    planted(
        "the chain overlooks a digest that was altered",
        "bot/dialogue/papers/verification/paper_chain.py",
        "if sums and (paper.before not in sums if paper.before else",
        "if sums and (False if paper.before else",
        killed_by=f"{ON_VERIFYING}/test_paper_chain.py::test_any_one_of_several_files_that_was_touched_is_noticed",
    ),
)
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
OF_PAPERS: tuple[Mutant, ...] = (
    planted(
        "an answer is stored without a look whether it repeats a quote",
        "bot/dialogue/responses/response_review.py",
        'repeats_quote = PostedQuotes(session, programme.id).are_repeated_in(values["words"])',
        "repeats_quote = None",
        killed_by=f"{ON_AGENDAS}::test_an_answer_that_repeated_a_quote_stays_out_once_the_quote_is_taken_back",
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
        killed_by="tests/confidentiality/test_two_worlds_of_papers.py::test_after_detaching_every_paper_is_the_same",
    ),
)
