"""Bugs that would lose what somebody typed, overwrite what they stored, or tell them what is not so."""

from __future__ import annotations

from tests.mutants.mutant import planted

QUOTING = "handlers/quoting.py"
ON_QUOTING = "tests/handlers/test_quoting.py"
LISTENERS = "bot/platforms/slack/listeners.py"
PRESENTER = "bot/platforms/slack/answer_presenter.py"
REPLIES = "bot/dialogue/rounds/replies.py"
ON_FORMS = "tests/platforms/slack/test_refused_forms.py"
ON_LISTENERS = "tests/platforms/slack/test_listeners.py"
ON_OLDER_WINDOWS = "tests/handlers/test_older_windows.py"
ON_WALKS = "tests/walks/test_typed_text_stays.py"
ON_FINDINGS = "tests/dialogue/digests/test_findings.py"
ON_ORGANISERS = "tests/handlers/test_organisers.py"
OF_ANY_REASON = f"{ON_FORMS}::test_what_was_typed_stands_there_still_whatever_the_reason_to_refuse_it"

FORMS = (
    planted(
        "a refusal takes the place of a form with a long text",
        LISTENERS,
        "if not errors and (why := _why_not(answer)):",
        "if not errors and not _is_any_text_in(body) and (why := _why_not(answer)):",
        killed_by=f"{OF_ANY_REASON}[outcome]",
    ),
    planted(
        "a text is refused beside another field",
        LISTENERS,
        "return sorted(values, key=lambda name: not _texts_in(values[name]))",
        "return sorted(values)",
        killed_by=f"{OF_ANY_REASON}[response]",
    ),
    planted(
        "a form from before an upgrade loses its text",
        LISTENERS,
        "        if _fields_of(body):\n            why =",
        "        if _fields_of(body) and not _is_any_text_in(body):\n            why =",
        killed_by=f"{ON_FORMS}::test_what_was_typed_in_a_form_of_another_version_is_handed_on_or_stands_there_still[send_back]",
    ),
    planted(
        "a form that cannot be read speaks the programme's language to everybody",
        LISTENERS,
        "self._refuse_old_form(ack, body, form_metadata.language)",
        "self._refuse_old_form(ack, body, self._language)",
        killed_by=f"{ON_FORMS}::test_a_form_that_cannot_be_read_says_so_in_its_own_language[reply]",
    ),
    planted(
        "nobody is told how to keep a text that is refused",
        LISTENERS,
        '*([say(language, "screen.text_stays")] if _is_any_text_in(body) else [])',
        "",
        killed_by=f"{OF_ANY_REASON}[send_back]",
    ),
    planted(
        "forms do not say that closing loses the text",
        "bot/platforms/slack/views.py",
        'return [block | {"hint": said} if block is text else block for block in blocks]',
        "return list(blocks)",
        killed_by=f"{ON_FORMS}::test_each_form_with_a_text_says_beforehand_that_closing_loses_it[reply]",
    ),
    planted(
        "an organiser whose colleague was first loses the note",
        "handlers/organisers.py",
        "said=said, is_refusal=not decision.made)",
        "said=said)",
        killed_by=f"{ON_WALKS}::test_an_organiser_whose_colleague_was_faster_keeps_the_note",
    ),
    planted(
        "an older window overwrites a newer answer",
        REPLIES,
        "if seen is None or row.reply_id is None:",
        "if seen is not None or row.reply_id is None:",
        killed_by=f"{ON_OLDER_WINDOWS}::test_what_the_phone_has_sent_is_not_overwritten_by_an_older_window[one before]",
    ),
    planted(
        "a form forgets which answer it showed",
        "bot/platforms/slack/views.py",
        "FormMetadata(language=language, about=answer.round, place=place, fingerprint=answer.seen)",
        "FormMetadata(language=language, about=answer.round, place=place)",
        killed_by=f"{ON_WALKS}::test_an_older_window_on_the_desktop_shows_the_answer_from_the_phone_before_it_replaces_it",
    ),
    planted(
        "sentences for which a window has no room are dropped in silence",
        "handlers/quoting.py",
        "if len(different) > MOST_OPTIONS else []",
        "if not different else []",
        killed_by="tests/handlers/test_quoting.py::test_sentences_for_which_a_window_has_no_room_are_told_of[26-True]",
    ),
    planted(
        "any flag may hide letters behind it",
        "bot/language/unseen_signs.py",
        r'FLAG: Final = re.compile(f"\U0001f3f4(?:{_FLAG_TAGS})")',
        r'FLAG: Final = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")',
        killed_by="tests/language/test_unseen_signs.py::test_no_other_tags_stay",
    ),
    planted(
        "the same answer sent twice is held against its author",
        REPLIES,
        "if seen not in states and (own_words(keys, row), row.wish, row.quote) != sent:",
        "if seen not in states:",
        killed_by=f"{ON_OLDER_WINDOWS}::test_the_same_answer_twice_is_thanked_twice",
    ),
    planted(
        "an older window ends a pause earlier in silence",
        "handlers/participants.py",
        'if before in {"", day}:',
        "if day:",
        killed_by="tests/handlers/test_participants.py::test_who_has_chosen_another_day_in_a_newer_window_reads_which_one_counts",
    ),
    planted(
        "a form from before an upgrade overwrites an answer that it did not show",
        "handlers/participants.py",
        '**marks, seen=action.seen or "")',
        "**marks, seen=action.seen)",
        killed_by=f"{ON_OLDER_WINDOWS}::test_a_form_that_does_not_remember_what_it_showed_replaces_nothing_unseen",
    ),
    planted(
        "what a form remembers is the same for all who wrote the same",
        REPLIES,
        'return "seen", str(reply.id), own_words',
        'return "seen", own_words',
        killed_by=f"{ON_OLDER_WINDOWS}::test_what_the_form_remembers_is_short_and_tells_nothing_of_the_text",
    ),
    planted(
        "what a colleague picked is replaced unseen",
        "handlers/organisers.py",
        "newer is not None and newer not in {action.seen, action.finding}",
        "False",
        killed_by=f"{ON_FINDINGS}::test_what_a_colleague_picked_meanwhile_is_told_before_it_is_replaced[form of today]",
    ),
    planted(
        "what a colleague picked is ticked in place of one's own choice",
        "handlers/organisers.py",
        "replace(form, chosen=action.finding, newer=",
        "replace(form, newer=",
        killed_by=f"{ON_FINDINGS}::test_what_a_colleague_picked_meanwhile_is_told_before_it_is_replaced[form of today]",
    ),
    planted(
        "the second of two quick presses says that nothing could be shown",
        PRESENTER,
        "return str(error).endswith(SECOND_PRESS) or",
        "return False and",
        killed_by=f"{ON_LISTENERS}::test_of_two_quick_presses_the_second_is_silent[expired]",
    ),
    planted(
        "a window that another button has shown hides that this one shows none",
        PRESENTER,
        'return body["user"]["id"], str(pressed)',
        'return body["user"]["id"], ""',
        killed_by=f"{ON_LISTENERS}::test_the_silence_is_for_whoever_saw_the_window_of_this_button_and_for_a_few_seconds",
    ),
    planted(
        "who sees no window is not told",
        PRESENTER,
        "return str(error).endswith(SECOND_PRESS) or",
        "return True or",
        killed_by=f"{ON_LISTENERS}::test_who_sees_no_window_is_told_to_press_again",
    ),
    planted(
        "who presses twice reads that somebody else was first",
        "bot/dialogue/responses/response_review.py",
        "made=is_first or is_second_press)",
        "made=is_first)",
        killed_by=f"{ON_ORGANISERS}::test_who_presses_twice_is_thanked_twice_and_nobody_else_was_first[True]",
    ),
    planted(
        "who comes after a colleague is thanked for the colleague's decision",
        "bot/dialogue/audit.py",
        "AuditEntry.act == act, AuditEntry.by == by.id",
        "AuditEntry.act == act",
        killed_by=f"{ON_ORGANISERS}::test_who_presses_twice_is_thanked_twice_and_nobody_else_was_first[True]",
    ),
    planted(
        "the tick of an old form lets somebody be quoted where nobody is",
        REPLIES,
        "quote and may_be_quoted_in(programme, question_row)",
        "quote",
        killed_by=f"{ON_QUOTING}::test_where_nobody_is_quoted_an_old_tick_is_none_and_no_yes_can_be_given",
    ),
    planted(
        "an objection names so much that it fills a phone",
        QUOTING,
        'or len("".join(found[: number + 1])) <= MOST_NAMED]',
        'or len("".join(found[: number + 1])) <= 3 * MOST_NAMED]',
        killed_by=f"{ON_QUOTING}::test_of_what_was_found_as_much_is_named_as_has_room_and_the_rest_is_counted",
    ),
    planted(
        "thanks warn of words that are not quoted",
        QUOTING,
        "notes=tuple(_notes(receipt.language, options, [part])),",
        "notes=tuple(_notes(receipt.language, options, reading.parts)),",
        killed_by=f"{ON_QUOTING}::test_what_is_marked_is_told_only_where_it_stands_in_what_is_quoted",
    ),
    planted(
        "organisers are promised quotes though each question goes to too few",
        "schedules/planning/week_told.py",
        "anybody_may_be_quoted(sum(people[role] for role in roles), floors)",
        "anybody_may_be_quoted(sum(people.values()), floors)",
        killed_by="tests/schedules/planning/test_week_told.py::test_quotes_are_promised_where_a_question_has_enough_people",
    ),
)
