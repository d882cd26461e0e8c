"""Bugs that would quote without three yeses, or tell who wrote a quote."""

from __future__ import annotations

from tests.mutants.mutant import Mutant, planted

FLOORS = "bot/confidentiality/floors.py"
CHOICE = "bot/dialogue/digests/quote_selection.py"
QUOTES = "bot/dialogue/digests/quotes.py"
REVIEW = "bot/dialogue/digests/quote_review.py"
PAGES = "bot/dialogue/digests/quote_pages.py"
AUDIT_ID = '__tablename__ = "audit"\n\n    id: Mapped[int] = mapped_column(primary_key=True'
ON_FLOORS = "tests/confidentiality/test_floors.py"
ON_QUOTES = "tests/dialogue/digests/test_quotes.py"
ON_YESES = "tests/confidentiality/test_properties_of_quotes.py"
CHOOSING = "bot/dialogue/rounds/quote_choice.py"
RARE = "bot/dialogue/rounds/rare_words.py"
ON_CHOOSING = "tests/dialogue/rounds/test_quote_choice.py"
ON_RARE = "tests/dialogue/rounds/test_rare_words.py"
ON_DIGESTS = "tests/confidentiality/test_properties_of_digests.py"

YESES = (
    planted(
        "a text is quoted whose author took the mark back",
        CHOICE,
        "if text is not None and reply.quote and reply.cleared",
        "if text is not None and reply.cleared",
        killed_by=f"{ON_QUOTES}::test_a_mark_taken_back_voids_the_quote",
    ),
    planted(
        "a text is put to reviewers that the filter holds by now",
        QUOTES,
        "is_clean(programme, text, data_filter.holds(text), longest=WORDS_PROMISED_BEFORE):",
        "is_clean(programme, text, (), longest=WORDS_PROMISED_BEFORE):",
        killed_by=f"{ON_QUOTES}::test_a_text_that_the_filter_holds_now_is_not_put_to_a_reviewer_though_it_was_let_pass_before",
    ),
    planted(
        "so many texts are reviewed that hardly anybody on the list can have been silent",
        QUOTES,
        "min(MOST_REVIEWED, floors.most_known_to_answer(listed, lowest))",
        "MOST_REVIEWED",
        killed_by=f"{ON_QUOTES}::test_as_many_texts_are_reviewed_as_leave_room_for_people_on_the_list_who_are_silent",
    ),
    planted(
        "somebody is quoted where hardly anybody was asked",
        QUOTES,
        "    if not floors.anybody_may_be_quoted(listed, lowest):\n        return 0\n",
        "",
        killed_by=f"{ON_YESES}::test_where_fewer_are_on_the_list_than_the_floor_of_those_asked_a_mark_changes_nothing_at_all",
    ),
    planted(
        "twenty-nine are enough for quotes",
        FLOORS,
        "return listed >= effective_floors(floors).asked",
        "return listed >= effective_floors(floors).asked - 1",
        killed_by=f"{ON_FLOORS}::test_nobody_is_quoted_where_fewer_than_thirty_were_asked_or_than_a_higher_floor",
    ),
    planted(
        "a yes to one sentence lets the whole text be quoted",
        "bot/confidentiality/bound_text.py",
        "texts = [part_of(as_printed(words), sentence),",
        "texts = [part_of(as_printed(words), None),",
        killed_by="tests/confidentiality/test_bound_text.py::test_a_yes_to_the_printed_form_or_to_one_sentence_is_bound_to_exactly_that",
    ),
    planted(
        "a text that is bound to nothing is quoted as it was typed",
        "bot/confidentiality/bound_text.py",
        "if text and cleared in keys.fingerprints(TEXT, text)",
        "if text",
        killed_by="tests/confidentiality/test_bound_text.py::test_no_yes_is_bound_to_another_text",
    ),
    planted(
        "after an older file came back, an earlier yes to the whole text counts again",
        "bot/dialogue/rounds/replies.py",
        "        tombstones.request_wiping(session, now)  # so that no earlier yes comes back with an older file\n",
        "",
        killed_by="tests/commands/test_refusals_after_a_restore.py"
        "::test_nothing_that_somebody_took_back_comes_back_with_any_backup[choose a sentence, swapped]",
    ),
    planted(
        "a text is quoted that nobody has approved",
        CHOICE,
        "Quote.digest_id == digest.id, Quote.state == QuoteState.APPROVED",
        "Quote.digest_id == digest.id",
        killed_by=f"{ON_YESES}::test_what_is_shown_has_three_yeses_for_exactly_this_text_at_every_moment",
    ),
    planted(
        "an edit before the review voids nothing",
        QUOTES,
        "        text = bound_text(keys, own_words(keys, reply), candidate.cleared, reply.sentence)\n",
        "        text = own_words(keys, reply)\n",
        killed_by=f"{ON_QUOTES}::test_an_edit_voids_all_yeses",
    ),
    planted(
        "an edit after the approval voids nothing",
        CHOICE,
        "text = bound_text(keys, own_words(keys, reply), quote.fingerprint, reply.sentence)",
        "text = own_words(keys, reply)",
        killed_by=f"{ON_YESES}::test_what_is_shown_has_three_yeses_for_exactly_this_text_at_every_moment",
    ),
    planted(
        "a text is quoted that the filter holds by now",
        CHOICE,
        " and not data_filter.holds(text):",
        ":",
        killed_by=f"{ON_YESES}::test_what_is_shown_has_three_yeses_for_exactly_this_text_at_every_moment",
    ),
    planted(
        "a text is quoted that was declined",
        CHOICE,
        "Quote.state == QuoteState.APPROVED",
        "Quote.state != QuoteState.WAITING",
        killed_by=f"{ON_YESES}::test_what_is_shown_has_three_yeses_for_exactly_this_text_at_every_moment",
    ),
    planted(
        "a reviewer sees the texts that are left after withdrawals, however few",
        FLOORS,
        "return remaining >= SMALLEST_REVIEW",
        "return remaining > 0",
        killed_by=f"{ON_YESES}::test_quotes_need_eight_people_five_before_a_reviewer_and_three_approved_and_are_three_at_most",
    ),
    Mutant(
        bug="reviewers read texts in the order of their authors",
        edits=(
            (PAGES, "from bot.models import Quote,", "from bot.models import Authorship, Quote,"),
            (
                PAGES,
                'key=lambda quote_and_text: keys.fingerprint("review", str(digest.number), quote_and_text[1]))',
                "key=lambda quote_and_text: 0)",
            ),
            (
                PAGES,
                "select(Quote, Reply).join(Reply, Reply.id == Quote.reply_id)",
                "select(Quote, Reply).join(Reply).join(Authorship).order_by(Authorship.person_id)",
            ),
        ),
        killed_by=f"{ON_YESES}::test_neither_reviewers_nor_politicians_read_in_the_order_of_arrival",
    ),
    planted(
        "quotes are chosen in the order of arrival",
        CHOICE,
        'keys=[keys.fingerprint("order", str(digest.number), text) for text in texts]',
        'keys=[f"{assign_places:03}" for assign_places in range(len(texts))]',
        killed_by=f"{ON_YESES}::test_order_role_and_time_of_authors_change_no_byte_of_review_and_digest",
    ),
    planted(
        "a quote is told to be a wish though its author marked none",
        QUOTES,
        "text.wish and is_told,",
        "is_told,",
        killed_by=f"{ON_QUOTES}::test_where_the_number_of_wishes_is_printed_one_of_the_quotes_is_a_wish",
    ),
    planted(
        "an export tells of a quote that it is a wish though the number of wishes is not printed",
        "bot/dialogue/papers/record.py",
        "quote.wish and quotes.are_wishes_printed(digest, quote.theme)",
        "quote.wish",
        killed_by=f"{ON_QUOTES}::test_a_record_tells_of_a_quote_that_it_is_a_wish_only_where_the_number_of_wishes_is_printed",
    ),
    planted(
        "a wish is preferred where the number of wishes is not printed",
        CHOICE,
        "if quote.wish and are_wishes_printed}",
        "if quote.wish}",
        killed_by=f"{ON_QUOTES}::test_where_it_is_not_printed_a_wish_comes_before_no_other_text",
    ),
    planted(
        "a pseudonym that is the same every week stands before reviewers",
        PAGES,
        'keys.fingerprint("review", str(digest.number), quote_and_text[1])',
        'keys.fingerprint("review", str(quote_and_text[0].reply_id), quote_and_text[1])',
        killed_by=f"{ON_YESES}::test_order_role_and_time_of_authors_change_no_byte_of_review_and_digest",
    ),
    planted(
        "the id of a reply stands in what reviewers get",
        PAGES,
        "        id=quote.id,\n        text=text.words,\n",
        "        id=quote.reply_id or quote.id,\n        text=text.words,\n",
        killed_by=f"{ON_DIGESTS}::test_before_organisers_stands_no_author_role_area_or_time",
    ),
    planted(
        "quotes are reviewed where seven people answered",
        FLOORS,
        "people=5, quotes=8",
        "people=5, quotes=7",
        killed_by=f"{ON_FLOORS}::test_quotes_are_reviewed_from_eight_people_and_five_candidates_on",
    ),
    planted(
        "four quotes are reviewed together",
        FLOORS,
        "SMALLEST_REVIEW = 5",
        "SMALLEST_REVIEW = 4",
        killed_by=f"{ON_QUOTES}::test_too_few_texts_or_too_few_people_bring_nothing_before_a_reviewer",
    ),
    planted(
        "two approved quotes are enough",
        FLOORS,
        "FEWEST_APPROVED = 3",
        "FEWEST_APPROVED = 2",
        killed_by=f"{ON_FLOORS}::test_quotes_are_shown_from_three_approved_ones_on",
    ),
    planted(
        "the list decides which of many texts are reviewed",
        QUOTES,
        'key=lambda candidate: (keys.fingerprint("order", number, candidate.cleared), candidate.reply)',
        "key=lambda candidate: candidate.person if keys and number else 0",
        killed_by=f"{ON_QUOTES}::test_of_more_texts_than_are_reviewed_neither_the_list_nor_arrival_decides_which_are",
    ),
    planted(
        "the first of many texts are reviewed, in the order in which they happen to be read",
        QUOTES,
        'sorted(candidates, key=lambda candidate: (keys.fingerprint("order", number, candidate.cleared), candidate.reply))',
        "candidates if keys and number else []",
        killed_by=f"{ON_QUOTES}::test_of_more_texts_than_are_reviewed_neither_the_list_nor_arrival_decides_which_are",
    ),
    planted(
        "one person is quoted twice",
        QUOTES,
        "if candidate.person not in people and candidate.cleared not in texts:",
        "if candidate.cleared not in texts:",
        killed_by=f"{ON_QUOTES}::test_one_person_brings_one_text_however_many_rounds_the_theme_had",
    ),
    planted(
        "a participant reviews quotes",
        "bot/dialogue/digests/digest_review.py",
        "organiser = people.require_role(session, programme.id, address, Role.ORGANISER)",
        "organiser = people.require_person(session, programme.id, address)",
        killed_by=f"{ON_QUOTES}::test_only_organisers_see_or_decide",
    ),
    planted(
        "a quote is approved into a page that somebody has approved without it",
        QUOTES,
        "return digest.state in STATES_WITH_OPEN_REVIEW",
        "return digest.state is not DigestState.ISSUED",
        killed_by="tests/dialogue/digests/test_finished_page.py::"
        "test_after_the_approval_no_quote_is_decided_and_the_page_is_posted_as_it_was_seen",
    ),
    planted(
        "the second reviewer undoes what the first decided",
        REVIEW,
        "update(Quote).where(Quote.id == quote.id, Quote.state == QuoteState.WAITING)",
        "update(Quote).where(Quote.id == quote.id)",
        killed_by=f"{ON_QUOTES}::test_of_two_reviewers_the_first_decision_stands_and_the_other_is_told",
    ),
    planted(
        "the words of approved quotes stand in the draft",
        "bot/dialogue/digests/digest_review.py",
        "quote_selection.quotes_in_draft(session, digest)",
        "(quote_selection.assign_places(session, programme, digest), quote_selection.quotes_in_post(session, digest))[1]",
        killed_by="tests/walks/test_nothing_left.py::test_a_quote_that_is_taken_back_stands_in_no_channel_be_it_approved_held_or_posted",
    ),
    planted(
        "the author is told the second a quote is declined",
        REVIEW,
        "due_at=in_sending_hours(digest.post_at + days * DAY, author.timezone, DaysOff.of(programme))",
        "due_at=in_sending_hours(now, author.timezone)",
        killed_by=f"{ON_QUOTES}::test_all_declined_authors_are_told_at_the_digests_hour_whenever_the_reviewer_decided",
    ),
    planted(
        "who has left is written to about a declined quote",
        REVIEW,
        "if author.state not in {PersonState.ACTIVE, PersonState.PAUSED}:",
        "if False:",
        killed_by=f"{ON_QUOTES}::test_who_has_left_is_not_told_of_a_declined_quote",
    ),
    planted(
        "the audit log tells the second in which somebody withdrew a quote",
        "bot/dialogue/audit.py",
        ", AuditAct.QUOTE_REMOVED})",
        "})",
        killed_by=f"{ON_QUOTES}::test_of_what_is_decided_about_quotes_or_withdrawn_the_log_keeps_only_the_day",
    ),
    Mutant(
        bug="the audit log tells between which two minutes somebody withdrew a quote",
        edits=(
            ("bot/models.py", f"{AUDIT_ID}, autoincrement=False)", f"{AUDIT_ID})"),
            ("bot/dialogue/audit.py", "AuditEntry(id=new_number(session), programme=digest", "AuditEntry(programme=digest"),
            ("bot/dialogue/audit.py", 'session_keys(session).fingerprint("audit", str(entry.id))', "session_keys and entry.id"),
        ),
        killed_by=f"{ON_QUOTES}::test_what_is_known_by_the_day_stands_first_of_its_day_in_an_order_that_says_nothing",
    ),
    planted(
        "the outbox tells between which two minutes somebody withdrew a quote",
        QUOTES,
        "        unordered=True,\n",
        "",
        killed_by=f"{ON_QUOTES}::test_a_quote_that_is_taken_back_leaves_the_day_in_the_outbox_and_no_place_between_two_minutes",
    ),
    planted(
        "the outbox tells the second in which somebody withdrew a quote",
        "bot/sending/outcomes.py",
        "    if message.kind in KINDS_THAT_CHANGE and message.state in FINAL_STATES:\n",
        "    if message.kind in KINDS_THAT_CHANGE and message.state not in FINAL_STATES:\n",
        killed_by="tests/sending/test_message_updates.py::test_of_a_change_that_is_over_only_the_day_is_kept[yes-digest_update]",
    ),
    planted(
        "the author is told who declined the quote",
        REVIEW,
        "facts=ReasonFacts(reason=reason.value),",
        'facts={"reason": reason.value, "by": digest.decided_by},',
        killed_by=f"{ON_QUOTES}::test_a_declined_quotes_author_is_told_the_reason_and_nothing_else",
    ),
    planted(
        "a text that the filter marks is approved with its page",
        PAGES,
        "if text.quote.id in shown and not text.holds",
        "if text.quote.id in shown",
        killed_by="tests/dialogue/digests/test_quote_pages.py::"
        "test_a_text_that_the_filter_marks_today_says_why_and_is_approved_with_no_page",
    ),
    planted(
        "texts of another page are approved with this one",
        PAGES,
        "if text.quote.id in shown and not text.holds",
        "if not text.holds",
        killed_by="tests/dialogue/digests/test_quote_pages.py::test_all_on_the_page_are_approved_and_none_of_another_page",
    ),
    planted(
        "of nine texts four stand on the first page",
        PAGES,
        "(start, max(end, start + fewest))",
        "(start, end)",
        killed_by="tests/dialogue/digests/test_quote_pages.py::test_every_page_has_five_to_eight_texts_and_all_are_on_one",
    ),
    planted(
        "a page is approved that has changed since it was seen",
        "bot/dialogue/digests/finished_page.py",
        "and page.fingerprint != seen else None",
        "and page.fingerprint == '' else None",
        killed_by="tests/dialogue/digests/test_finished_page.py::"
        "test_a_quote_taken_back_between_seeing_and_approving_shows_the_new_page_instead",
    ),
    planted(
        "a text is quoted in a form that its author has not seen",
        CHOOSING,
        "return whole if self.as_typed and not self.is_objected else None",
        "return whole if not self.is_objected else None",
        killed_by=f"{ON_CHOOSING}::test_of_any_other_text_nothing_is_quoted_until_its_author_says_yes_to_a_part",
    ),
    planted(
        "a yes counts for a text that has changed since it was shown",
        CHOOSING,
        "if part.sentence == sentence and seen in keys.fingerprints(TEXT, part.text)",
        "if part.sentence == sentence and seen",
        killed_by=f"{ON_CHOOSING}::test_a_yes_to_a_text_that_has_changed_since_binds_nothing_and_shows_what_there_is_now",
    ),
    planted(
        "a yes is lost when the same text is sent again",
        "bot/dialogue/rounds/replies.py",
        "return reading.part(question_row.sentence, str(question_row.cleared), session_keys(session)) if is_same else None",
        "return reading.part(question_row.sentence, str(question_row.cleared), session_keys(session)) if not is_same else None",
        killed_by=f"{ON_CHOOSING}::test_the_same_text_sent_again_keeps_the_yes_and_another_text_voids_it",
    ),
    planted(
        "a word that many have taken back still counts as often used",
        RARE,
        " or count * 10 < counted * 9:",
        ":",
        killed_by=f"{ON_RARE}::test_where_many_answer_words_are_counted_anew_once_half_as_many_more_have_or_a_tenth_fewer",
    ),
    planted(
        "a sentence is offered that was held as it was typed",
        CHOOSING,
        "barred = sentences_with((typed, whole), of_sentences)",
        "barred = sentences_with((), of_sentences)",
        killed_by="tests/dialogue/rounds/test_found_again.py::test_no_sentence_is_offered_that_was_held_as_it_was_typed",
    ),
    planted(
        "an author learns which words a few others used",
        RARE,
        "if len(people) >= least)",
        "if len(people) > 1)",
        killed_by=f"{ON_RARE}::test_what_four_others_write_changes_nothing_that_stands_out",
    ),
    planted(
        "an author's own earlier words count as another's",
        RARE,
        "floor + 1)",
        "floor)",
        killed_by=f"{ON_RARE}::test_ones_own_words_do_not_count_as_anothers",
    ),
    planted(
        "a text that is only marked is not approved with its page",
        PAGES,
        "if text.quote.id in shown and not text.holds}",
        "if text.quote.id in shown and not (text.holds or text.marks)}",
        killed_by="tests/dialogue/digests/test_quote_pages.py::"
        "test_what_the_filter_only_marks_says_so_beside_the_text_and_is_approved_with_the_page",
    ),
    planted(
        "a text that is sent without the quote keeps the mark",
        "bot/platforms/slack/inbound.py",
        "replace(_reply_of_form(who, form, fields), quote=False)",
        "_reply_of_form(who, form, fields)",
        killed_by="tests/platforms/slack/test_inbound.py::test_a_forms_own_button_sends_what_stands_in_its_fields[send_unquoted-False]",
    ),
)
