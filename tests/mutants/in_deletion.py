"""Bugs that would leave something of what was withdrawn, deleted, detached or erased, or give it to others."""

from __future__ import annotations

from tests.mutants.mutant import planted

QUOTES = "bot/dialogue/digests/quotes.py"
REPLIES = "bot/dialogue/rounds/replies.py"
DETACHING = "bot/confidentiality/deletion/detaching.py"
ERASING = "bot/dialogue/data_rights/erasure.py"
ON_QUOTES = "tests/dialogue/digests/test_quotes.py"
ON_DETACHING = "tests/confidentiality/deletion/test_detaching.py"
ON_ERASING = "tests/dialogue/data_rights/test_erasure.py"
ON_REPLIES = "tests/dialogue/rounds/test_replies.py"
ON_YESES = "tests/confidentiality/test_properties_of_quotes.py"

ON_PURGE = "tests/commands/test_purge.py"
ON_SHOWING = "tests/commands/test_show.py"
ON_REHEARSAL = "tests/commands/test_restore_rehearsal.py"
PURGING = "bot/dialogue/data_rights/purging.py"

GONE = (
    planted(
        "a purge leaves no tombstone, and a backup brings the programme back",
        PURGING,
        "    tombstones.leave_tombstones(session, now, DeletedKind.PROGRAMME, *marks)\n",
        "    tombstones.request_wiping(session, now)\n",
        killed_by=f"{ON_PURGE}::test_no_backup_from_before_brings_it_back",
    ),
    planted(
        "what a purged programme's file says goes out again",
        "schedules/heartbeat.py",
        "        if self._is_purged(current):",
        "        if False and self._is_purged(current):",
        killed_by=f"{ON_PURGE}::test_though_its_file_still_lies_there_nothing_is_sent_nor_any_list_read",
    ),
    planted(
        "a purge takes a printed quote with its reply",
        PURGING,
        "    _change(session, Quote, Quote.digest_id.in_(digests), reply_id=None)",
        "    pass",
        killed_by=f"{ON_PURGE}::test_what_stood_in_public_stays_with_its_checksum_its_quote_and_its_name",
    ),
    planted(
        "an operator can have anybody's answers written out",
        "bot/commands/show.py",
        "        if not (no_chat or _has_no_account(settings, address)):",
        "        if False:",
        killed_by=f"{ON_SHOWING}::test_whoever_can_open_the_chat_is_refused_and_nothing_is_noted",
    ),
    planted(
        "nobody tells a person that an operator had it written out",
        "bot/app/operators/person_file.py",
        "    told_of_showing.tell(session, now, address)\n",
        "    _ = told_of_showing\n",
        killed_by=f"{ON_SHOWING}::test_on_the_operators_word_it_is_written_and_the_person_is_told_once_a_day",
    ),
    planted(
        "a file about a person can be read by everybody on the machine",
        "bot/app/operators/new_file.py",
        ", opener=private_opener)",
        ")",
        killed_by=f"{ON_SHOWING}::test_of_a_closed_account_all_is_written_that_the_window_would_show",
    ),
    planted(
        "a person is told of a file that could not be made",
        "bot/commands/show.py",
        "    with make_new_file(file) as out:\n",
        "    with (_show(settings, address), make_new_file(file))[1] as out:\n",
        killed_by=f"{ON_SHOWING}::test_where_no_file_can_be_made_nothing_is_noted_and_nobody_told",
    ),
    planted(
        "an account that is hidden from the bot counts as closed",
        "bot/platforms/slack/web_api/account.py",
        "        return False\n",
        "        return True\n",
        killed_by="tests/platforms/slack/web_api/test_account.py::test_an_account_is_closed_only_if_slack_says_so_and_no_refusal_does",
    ),
    planted(
        "an operator deletes a person, and the audit log knows nothing of it",
        "bot/commands/erase.py",
        "            audit.note_operator(session, at, AuditAct.PERSON_ERASED)",
        "            _ = audit, AuditAct",
        killed_by=f"{ON_REHEARSAL}::test_what_operators_did_is_noted_and_carried_over_by_a_restore",
    ),
    planted(
        "the audit log counts the people whom operators deleted in a day",
        "bot/dialogue/audit.py",
        "    if act in ABOUT_A_PERSON and session.scalar(",
        "    if not act and session.scalar(",
        killed_by=f"{ON_REHEARSAL}::test_an_erasure_is_noted_by_day_once_and_whether_or_not_there_was_anybody",
    ),
    planted(
        "what a rehearsal restored stays beside the database",
        "bot/database/scratch.py",
        "            shutil.rmtree(folder)\n",
        "            _ = shutil\n",
        killed_by=f"{ON_REHEARSAL}::test_a_rehearsal_changes_nothing_but_that_it_is_noted",
    ),
    planted(
        "a withdrawn quote keeps its row",
        QUOTES,
        "    session.delete(quote)\n    session.flush()\n    tombstones.leave_tombstones",
        "    quote.reply_id = None\n    session.flush()\n    tombstones.leave_tombstones",
        killed_by=f"{ON_QUOTES}::test_withdrawing_a_posted_quote_takes_it_out_of_store_and_message_and_leaves_numbers_and_checksum",
    ),
    planted(
        "a withdrawn quote keeps its text and checksum",
        QUOTES,
        "    session.delete(quote)\n    session.flush()\n    tombstones.leave_tombstones",
        "    quote.place = quote.reply_id = None\n    session.flush()\n    tombstones.leave_tombstones",
        killed_by=f"{ON_YESES}::test_what_is_deleted_or_taken_back_leaves_nothing_but_the_numbers",
    ),
    planted(
        "a withdrawn quote stays in the posted message",
        QUOTES,
        "        put(  # it waits until",
        "        (lambda *_, **__: None)(  # it waits until",
        killed_by=f"{ON_QUOTES}::test_withdrawing_a_posted_quote_takes_it_out_of_store_and_message_and_leaves_numbers_and_checksum",
    ),
    planted(
        "a withdrawn quote stays in the posted message once the platform has refused to change it",
        "bot/sending/outcomes.py",
        """        return {"state": MessageState.PENDING, "reason": self.reason[:LONGEST_REASON], **again}""",
        """        return {"state": MessageState.FAILED, "reason": self.reason[:LONGEST_REASON], **again}""",
        killed_by="tests/sending/test_message_updates.py::"
        "test_a_change_that_is_refused_is_tried_every_quarter_and_alarms_every_day_until_it_is_made",
    ),
    planted(
        "the audit log notes that somebody withdrew before the posting",
        QUOTES,
        "    message = posting_message(session, digest.id)\n    if has_place",
        "    message = posting_message(session, digest.id)\n    audit.note(session, now, AuditAct.QUOTE_REMOVED, digest)\n    if has_place",
        killed_by=f"{ON_QUOTES}::test_withdrawing_before_the_posting_leaves_nothing_and_is_noted_nowhere",
    ),
    planted(
        "what was not shown of a review is kept",
        QUOTES,
        "    if tombstones.delete_rows(session, Quote, Quote.digest_id == digest.id, Quote.place.is_(None)):\n",
        "    if False:\n",
        killed_by=f"{ON_QUOTES}::test_what_was_posted_is_kept_as_a_part_of_its_own_and_the_rest_of_the_review_goes",
    ),
    planted(
        "a deleted reply keeps its words",
        REPLIES,
        "    session.execute(delete(table_of(Reply)).where(Reply.id == authorship.reply_id))\n",
        "",
        killed_by=f"{ON_REPLIES}::test_a_deleted_reply_is_in_no_table_and_can_be_written_anew",
    ),
    planted(
        "a deleted reply leaves that its author took part",
        REPLIES,
        "    session.execute(delete(table_of(Participation)).where(*conditions))\n",
        "",
        killed_by=f"{ON_REPLIES}::test_a_deleted_reply_is_in_no_table_and_can_be_written_anew",
    ),
    planted(
        "what an edit overwrote is never wiped from the file",
        REPLIES,
        "        tombstones.replace_text(session, now, reply_id, before=own_words(session_keys(session), question_row), after=words)\n",
        "",
        killed_by="tests/walks/test_nothing_left.py::test_of_what_a_reply_said_before_an_edit_nothing_stands_anywhere",
    ),
    planted(
        "who was reminded stays in the bytes of the file",
        "bot/dialogue/rounds/after_opening.py",
        "        tombstones.request_wiping(session, now)\n",
        "        pass\n",
        killed_by="tests/walks/test_nothing_left.py::test_of_who_did_not_answer_no_list_stands_anywhere_once_the_week_has_closed",
    ),
    planted(
        "a trace names what was deleted",
        "bot/confidentiality/deletion/tombstones.py",
        '{"token": keys.fingerprint(kind, id_), "at": now,',
        '{"token": id_ if keys else kind, "at": now,',
        killed_by=f"{ON_ERASING}::test_a_trace_is_left_of_the_person_their_role_and_each_reply_and_it_says_nothing",
    ),
    planted(
        "detaching keeps who wrote",
        DETACHING,
        "    delete_rows(session, Authorship, Authorship.round_id == round_.id)\n",
        "",
        killed_by=f"{ON_DETACHING}::test_every_row_that_ties_a_person_to_the_round_is_gone",
    ),
    planted(
        "detaching keeps who took part",
        DETACHING,
        "    delete_rows(session, Participation, Participation.round_id == round_.id)\n",
        "",
        killed_by=f"{ON_DETACHING}::test_every_row_that_ties_a_person_to_the_round_is_gone",
    ),
    planted(
        "detaching keeps whom the question was put to",
        DETACHING,
        "    delete_rows(session, OutboxMessage, OutboxMessage.round_id == round_.id)\n",
        "",
        killed_by=f"{ON_DETACHING}::test_every_row_that_ties_a_person_to_the_round_is_gone",
    ),
    planted(
        "detaching keeps whose quote was declined, if they have not been told yet",
        DETACHING,
        "    delete_rows(session, OutboxMessage, OutboxMessage.round_id == round_.id)\n",
        "    is_said = OutboxMessage.state == MessageState.SENT\n"
        "    is_other = OutboxMessage.kind != MessageKind.QUOTE_DECLINED\n"
        "    delete_rows(session, OutboxMessage, OutboxMessage.round_id == round_.id, or_(is_other, is_said))\n",
        killed_by=f"{ON_DETACHING}::test_of_a_declined_quote_nothing_outlives_detaching_be_its_author_told_or_not",
    ),
    planted(
        "detaching keeps the ids of replies",
        DETACHING,
        '.values(id=bindparam("new"), words=',
        ".values(words=",
        killed_by=f"{ON_DETACHING}::test_nothing_that_was_noted_of_a_reply_before_fits_it_afterwards",
    ),
    planted(
        "detaching keeps replies as they were sealed",
        DETACHING,
        '    ciphertext = keys.encrypt(own_words(keys, reply) or "", own_id)\n',
        "    own_words(keys, ciphertext := reply)\n",
        killed_by=f"{ON_DETACHING}::test_nothing_that_was_noted_of_a_reply_before_fits_it_afterwards",
    ),
    planted(
        "detaching leaves quotes tied to replies",
        DETACHING,
        "    _untie_quotes(session, round_)\n",
        "",
        killed_by=f"{ON_DETACHING}::test_a_posted_quote_stands_by_itself_and_one_that_was_not_posted_goes",
    ),
    planted(
        "a round whose programme is taken away while it is open is kept for ever",
        "schedules/housekeeping.py",
        "return after_opening.close_next_round(session, now)",
        'return after_opening.close_next_round(session, now, "no programme")',
        killed_by=(
            "tests/schedules/test_housekeeping.py"
            "::test_what_was_promised_holds_when_the_programme_is_taken_away_while_its_round_is_open[another id]"
        ),
    ),
    planted(
        "a week whose digest is never made is never detached",
        DETACHING,
        "or_(has_digest, Round.closes_at <= now - WAIT_FOR_DIGEST)",
        "or_(has_digest, Round.closes_at < Round.opens_at)",
        killed_by=f"{ON_DETACHING}::test_a_week_waits_fourteen_days_for_its_digest_and_no_longer",
    ),
    planted(
        "notices to organisers name people for ever",
        "bot/confidentiality/deletion/expired_rows.py",
        "    notices = _remove_names_from_notices(session, now)\n",
        "    notices = _remove_names_from_notices and ()\n",
        killed_by="tests/confidentiality/deletion/test_expired_rows.py::test_whom_a_notice_named_goes_after_35_days_and_it_is_not_told_again",
    ),
    planted(
        "the key of a notice lets anybody try whom it names",
        "bot/dialogue/roster.py",
        'f"{subject}:{keys.fingerprint(*parts)[:16]}"',
        "f\"{subject}:{__import__('hashlib').sha256(chr(10).join(parts[1:]).encode()).hexdigest()[:16]}\"",
        killed_by="tests/dialogue/test_roster.py::test_the_keys_of_what_organisers_are_told_of_people_say_nothing_to_who_has_no_key",
    ),
    planted(
        "the name that somebody put under an answer stays though they are erased and no politician any more",
        ERASING,
        "    session.execute(update(Response).where(Response.person_id == person.id).values(signed=None))\n",
        "",
        killed_by=f"{ON_ERASING}::test_what_somebody_said_as_a_politician_who_is_none_any_more_loses_its_name",
    ),
    planted(
        "the organisers' channel names somebody who has been erased",
        ERASING,
        "                redraw.queue_redraw_of_notice(session, now, notice)\n",
        "                _ = redraw, now\n",
        killed_by="tests/walks/test_nothing_left.py::test_of_a_person_who_was_erased_nothing_stands_anywhere",
    ),
    planted(
        "erasing leaves that somebody took part",
        ERASING,
        "    session.execute(delete(Participation).where(Participation.person_id.in_(ids)))\n",
        "",
        killed_by=f"{ON_ERASING}::test_whoever_is_erased_stands_nowhere_any_more_and_nobody_else_loses_anything",
    ),
    planted(
        "erasing leaves what was said to somebody",
        ERASING,
        "or_(OutboxMessage.person_id.in_(ids), OutboxMessage.address == address)",
        "OutboxMessage.person_id.in_(ids), OutboxMessage.sent_at.is_(None)",
        killed_by=f"{ON_ERASING}::test_whoever_is_erased_stands_nowhere_any_more_and_nobody_else_loses_anything",
    ),
    planted(
        "erasing leaves a posted quote",
        ERASING,
        "        quotes.withdraw(session, now, reply_id)\n",
        "        _ = quotes, reply_id\n",
        killed_by=f"{ON_ERASING}::test_quotes_are_withdrawn_before_and_after_they_are_posted",
    ),
    planted(
        "an export gives another's replies",
        "bot/dialogue/data_rights/my_data.py",
        "        .where(Authorship.person_id.in_(reader.ids))\n        .order_by(Round",
        "        .order_by(Round",
        killed_by=f"{ON_ERASING}::test_everyone_is_shown_exactly_their_own",
    ),
    planted(
        "mine svar shows another's replies",
        REPLIES,
        "select_own = select_replies.join(Person, Person.id == Authorship.person_id).where(Person.address == person.address)",
        "select_own = select_replies.join(Person, Person.id == Authorship.person_id)",
        killed_by=f"{ON_REPLIES}::test_nobody_sees_or_deletes_anothers_reply",
    ),
)
