"""Which bugs would break a promise, and which test notices each?

Each is what somebody might write in good faith. Where two safeguards stand behind one another, a bug takes both away, or the test beside it
looks at the first alone.
"""

from __future__ import annotations

from tests.mutants.mutant import Mutant, planted

FLOORS, DIGEST, WORDS, CHOICE, QUOTES, REVIEW, REPLIES, DETACHING, ERASING, SEALING = (
    "bot/confidentiality/floors.py",
    "bot/dialogue/digest.py",
    "bot/dialogue/words.py",
    "bot/dialogue/quote_choice.py",
    "bot/dialogue/quotes.py",
    "bot/dialogue/quote_review.py",
    "bot/dialogue/replies.py",
    "bot/confidentiality/detaching.py",
    "bot/dialogue/erasing.py",
    "bot/confidentiality/sealing.py",
)
ON_FLOORS, ON_DIGEST, ON_QUOTES, ON_WORDS, ON_DETACHING, ON_ERASING, ON_SEALING, ON_REVIEW, ON_REPLIES, ON_DATA, ON_YESES, ON_DIGESTS = (
    "tests/confidentiality/test_floors.py",
    "tests/dialogue/test_digest.py",
    "tests/dialogue/test_quotes.py",
    "tests/dialogue/test_words.py",
    "tests/confidentiality/test_detaching.py",
    "tests/dialogue/test_erasing.py",
    "tests/confidentiality/test_sealing.py",
    "tests/dialogue/test_review.py",
    "tests/dialogue/test_replies.py",
    "tests/confidentiality/test_personal_data.py",
    "tests/confidentiality/test_properties_of_quotes.py",
    "tests/confidentiality/test_properties_of_digests.py",
)

TIDINGS = "bot/dialogue/tidings.py"
ON_ANSWERS = (
    "tests/confidentiality/test_properties_of_answers.py"
    "::test_an_answer_reaches_all_participants_in_the_same_words_whoever_answered_or_wished"
)

NUMBERS = (
    planted(
        "the number of four people is shown",
        FLOORS,
        "LOWEST = Floors(people=5,",
        "LOWEST = Floors(people=4,",
        killed_by=f"{ON_FLOORS}::test_four_people_are_never_shown_and_five_are",
    ),
    planted(
        "an audience of nine is asked",
        FLOORS,
        "quotes=8, audience=10)",
        "quotes=8, audience=9)",
        killed_by=f"{ON_FLOORS}::test_a_programme_may_raise_a_floor_and_never_lower_one",
    ),
    planted(
        "numbers are shown unrounded",
        FLOORS,
        "return rounded(people) if people",
        "return people if people",
        killed_by=f"{ON_FLOORS}::test_four_people_are_never_shown_and_five_are",
    ),
    planted(
        "rounding goes up to the next five",
        FLOORS,
        "(people + ROUND_TO // 2)",
        "(people + ROUND_TO - 1)",
        killed_by=f"{ON_FLOORS}::test_rounding_goes_to_the_nearest_five_and_keeps_the_order",
    ),
    planted(
        "all but one of a printed number are shown",
        FLOORS,
        "if left_out and shown(left_out, floors) is None:",
        "if left_out < 0:",
        killed_by=f"{ON_FLOORS}::test_who_knows_a_number_and_a_part_of_it_learns_of_nobody_or_of_enough",
    ),
    planted(
        "wishes of all but a few are shown",
        DIGEST,
        "floors.shown_within(counts.wishes, counts.people, lowest)",
        "floors.shown(counts.wishes, lowest)",
        killed_by=f"{ON_DIGEST}::test_under_five_wishes_and_all_but_under_five_read_as_none",
    ),
    planted(
        "a programme lowers a floor",
        FLOORS,
        "each = [LOWEST, *several]",
        "each = list(several) or [LOWEST]",
        killed_by=f"{ON_FLOORS}::test_a_lowered_floor_is_not_obeyed_and_a_raised_one_is",
    ),
    planted(
        "a floor that is changed in mid-week counts at once",
        "bot/dialogue/snapshot.py",
        'Floors(**each.snapshot["floors"]) if "floors" in each.snapshot else programme.floors',
        "programme.floors",
        killed_by="tests/dialogue/test_floors_of_rounds.py::test_an_edit_in_mid_week_changes_nothing_printed_of_the_open_round",
    ),
    planted(
        "participation is told of 49 people",
        FLOORS,
        "PARTICIPATION_AUDIENCE = 50",
        "PARTICIPATION_AUDIENCE = 49",
        killed_by=f"{ON_FLOORS}::test_participation_is_told_in_tenths_with_open_ends_and_only_of_fifty_people_or_more",
    ),
    planted(
        "participation says that nobody or everybody answered",
        FLOORS,
        "if people * 10 > asked * 9:",
        "if people * 10 > asked * 10:",
        killed_by=f"{ON_FLOORS}::test_participation_is_told_in_tenths_with_open_ends_and_only_of_fifty_people_or_more",
    ),
    planted(
        "participation of a suppressed theme is told",
        DIGEST,
        '"participation": None if people is None else floors.participation',
        '"participation": floors.participation',
        killed_by=f"{ON_DIGEST}::test_a_week_in_which_too_few_answered_tells_no_participation",
    ),
    planted(
        "numbers count replies and not people",
        DIGEST,
        "func.count(Authorship.person_id.distinct())",
        "func.count(Authorship.person_id)",
        killed_by=f"{ON_DIGEST}::test_two_rounds_on_one_theme_are_one_theme_and_count_each_person_once",
    ),
    planted(
        "a suppressed theme takes the place of a printed one",
        DIGEST,
        'key=lambda theme: -(theme["people"] or 0))',
        'key=lambda theme: theme["people"] or 0)',
        killed_by=f"{ON_DIGEST}::test_at_most_two_themes_have_figures_and_the_others_are_named",
    ),
    planted(
        "an audience that singles out three people is asked",
        "bot/confidentiality/audiences.py",
        "raised(floors).people) or frozenset()",
        "0) or frozenset()",
        killed_by="tests/confidentiality/test_audiences.py::test_leaders_alone_after_everybody_single_out_one_to_four_representatives",
    ),
    planted(
        "an answer is taken after the close",
        REPLIES,
        "if found.closed_at is not None or found.closes_at <= now:",
        "if found.closed_at is not None:",
        killed_by=f"{ON_REPLIES}::test_a_closed_round_takes_no_answers_whether_or_not_the_heartbeat_has_come_round",
    ),
    planted(
        "a digest is posted before its hour",
        "bot/dialogue/review.py",
        "if now < digest.post_at or digest.state is DigestState.ISSUED:",
        "if digest.state is DigestState.ISSUED:",
        killed_by=f"{ON_REVIEW}::test_an_approved_digest_is_put_in_the_outbox_at_its_hour_and_not_before",
    ),
    planted(
        "a digest is composed before its hour",
        "bot/dialogue/review.py",
        "is not DigestState.APPROVED or now < digest.post_at:",
        "is not DigestState.APPROVED:",
        killed_by=f"{ON_REVIEW}::test_an_approved_digest_is_not_composed_before_its_hour",
    ),
)

PRINTED_WORDS = (
    planted(
        "a word of four people is printed",
        WORDS,
        "if count >= LOWEST.people}",
        "if count >= LOWEST.people - 1}",
        killed_by=f"{ON_WORDS}::test_what_fewer_than_five_people_said_is_forgotten",
    ),
    planted(
        "a word of all but a few is printed and kept",
        WORDS,
        "if shown_within(count, theme.people, floors) is not None}",
        "if count >= floors.people}",
        killed_by=f"{ON_WORDS}::test_a_word_of_too_few_or_of_all_but_too_few_is_passed_over",
    ),
    planted(
        "words are printed that together isolate three people",
        WORDS,
        "allowed(shown) and printed.admits(theme.who(lemma))",
        "allowed(shown)",
        killed_by=f"{ON_WORDS}::test_a_second_word_is_passed_over_when_three_people_would_stand_alone",
    ),
    planted(
        "a form that one person wrote is printed",
        WORDS,
        "if (n := len(_people(*written))) >= LOWEST.people}",
        "if (n := len(_people(*written)))}",
        killed_by=f"{ON_WORDS}::test_a_form_that_too_few_people_used_is_not_shown_though_the_word_is",
    ),
    Mutant(
        bug="the words of a suppressed theme count as said elsewhere",
        edits=(
            (DIGEST, 'for theme in themes if theme["people"] is not None}', "for theme in themes}"),
            ("bot/dialogue/digest_words.py", "counts_kept(said.said, floor,", "counts_kept(said.said, 5,"),
        ),
        killed_by="tests/confidentiality/test_attack.py::test_a_theme_under_its_floor_changes_no_byte_of_this_weeks_or_a_later_digest",
    ),
    planted(
        "a name that is on the lists is printed as a word",
        "bot/dialogue/digest_words.py",
        " and not held_against.holds_word(word) and not held_against.holds(word)",
        "",
        killed_by=f"{ON_DIGESTS}::test_a_printed_word_is_said_by_enough_people_left_out_by_enough_and_nobodys_name",
    ),
    planted(
        "an unknown name that is written with a capital is printed as a word",
        "bot/dialogue/digest_words.py",
        " and not held_against.holds(word)\n",
        "\n",
        killed_by=f"{ON_DIGEST}::test_a_word_that_is_written_with_a_capital_like_a_name_is_not_printed",
    ),
    planted(
        "words count texts and not people",
        WORDS,
        "len(_people(*forms.values()))) for lemma, forms",
        "sum(len(users) for pieces in forms.values() for users in pieces)) for lemma, forms",
        killed_by=f"{ON_WORDS}::test_each_person_counts_once_for_a_word_in_whatever_forms_and_texts_they_used_it",
    ),
)

YESES = (
    planted(
        "a text is quoted whose author took the mark back",
        CHOICE,
        "if reply.quote and bound and not",
        "if bound and not",
        killed_by=f"{ON_QUOTES}::test_a_mark_taken_back_voids_the_quote",
    ),
    planted(
        "a text is put to reviewers that the filter holds by now",
        QUOTES,
        "if fits(each.text) and speaks_as_most(programme, each.text) and not held_against.holds(each.text):",
        "if fits(each.text) and speaks_as_most(programme, each.text):",
        killed_by=f"{ON_QUOTES}::test_a_text_that_the_filter_holds_now_is_not_put_to_a_reviewer_though_it_was_let_pass_before",
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
        "            if reply.cleared == keys.fingerprint(TEXT, text)\n",
        "",
        killed_by=f"{ON_QUOTES}::test_an_edit_voids_all_yeses",
    ),
    planted(
        "an edit after the approval voids nothing",
        CHOICE,
        "bound = reply.cleared == quote.fingerprint == quotes.fingerprint(session, text)",
        "bound = reply.cleared == quote.fingerprint",
        killed_by=f"{ON_YESES}::test_what_is_shown_has_three_yeses_for_exactly_this_text_at_every_moment",
    ),
    planted(
        "a text is quoted that the filter holds by now",
        CHOICE,
        " and not held_against.holds(text):",
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
        "return left >= SMALLEST_REVIEW",
        "return left > 0",
        killed_by=f"{ON_YESES}::test_quotes_need_eight_people_five_before_a_reviewer_and_three_approved_and_are_three_at_most",
    ),
    Mutant(
        bug="reviewers read texts in the order of arrival",
        edits=(
            (QUOTES, "        key=lambda each: (each.order, each.reply),\n", "        key=lambda each: 0,\n"),
            (REVIEW, 'key=lambda each: keys.fingerprint("review", str(digest.number), each[1]))', "key=lambda each: 0)"),
            (
                REVIEW,
                "Quote.digest_id == digest.id, Quote.theme == theme)",
                "Quote.digest_id == digest.id, Quote.theme == theme).order_by(text('quotes.rowid'))",
            ),
            (REVIEW, "from sqlalchemy import select, update", "from sqlalchemy import select, text, update"),
        ),
        killed_by=f"{ON_YESES}::test_neither_reviewers_nor_politicians_read_in_the_order_of_arrival",
    ),
    planted(
        "quotes are chosen in the order of arrival",
        CHOICE,
        'keys=[keys.fingerprint("order", str(digest.number), text) for text in texts]',
        'keys=[f"{place:03}" for place in range(len(texts))]',
        killed_by=f"{ON_YESES}::test_order_role_and_time_of_authors_change_no_byte_of_review_and_digest",
    ),
    planted(
        "a pseudonym that is the same every week stands before reviewers",
        REVIEW,
        'keys.fingerprint("review", str(digest.number), each[1])',
        'keys.fingerprint("review", str(each[0].reply_id), each[1])',
        killed_by=f"{ON_YESES}::test_order_role_and_time_of_authors_change_no_byte_of_review_and_digest",
    ),
    planted(
        "the id of a reply stands in what reviewers get",
        REVIEW,
        "QuoteToReview(id=quote.id,",
        "QuoteToReview(id=quote.reply_id or quote.id,",
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
        "one person is quoted twice",
        QUOTES,
        "if each.person not in people and each.text not in texts:",
        "if each.text not in texts:",
        killed_by=f"{ON_QUOTES}::test_one_person_brings_one_text_however_many_rounds_the_theme_had",
    ),
    planted(
        "a participant reviews quotes",
        "bot/dialogue/review.py",
        "organiser = people.require(session, programme.id, address, Role.ORGANISER)",
        "organiser = people.known(session, programme.id, address)",
        killed_by=f"{ON_QUOTES}::test_only_organisers_see_or_decide",
    ),
    planted(
        "the second reviewer undoes what the first decided",
        REVIEW,
        "update(Quote).where(Quote.id == quote.id, Quote.state == QuoteState.WAITING)",
        "update(Quote).where(Quote.id == quote.id)",
        killed_by=f"{ON_QUOTES}::test_of_two_reviewers_the_first_decision_stands_and_the_other_is_told",
    ),
    planted(
        "the author is told who declined the quote",
        REVIEW,
        'facts={"reason": reason.value},',
        'facts={"reason": reason.value, "by": digest.decided_by},',
        killed_by=f"{ON_QUOTES}::test_a_declined_quotes_author_is_told_the_reason_and_nothing_else",
    ),
)

GONE = (
    planted(
        "a withdrawn quote keeps its row",
        QUOTES,
        "    session.delete(quote)\n    session.flush()\n    traces.leave",
        "    quote.reply_id = None\n    session.flush()\n    traces.leave",
        killed_by=f"{ON_QUOTES}::test_withdrawing_a_posted_quote_takes_it_out_of_store_and_message_and_leaves_numbers_and_checksum",
    ),
    planted(
        "a withdrawn quote keeps its text and checksum",
        QUOTES,
        "    session.delete(quote)\n    session.flush()\n    traces.leave",
        "    quote.place = quote.reply_id = None\n    session.flush()\n    traces.leave",
        killed_by=f"{ON_YESES}::test_what_is_deleted_or_taken_back_leaves_nothing_but_the_numbers",
    ),
    planted(
        "a withdrawn quote stays in the posted message",
        QUOTES,
        "        _draw_anew(session, now, digest, posting)\n",
        "",
        killed_by=f"{ON_QUOTES}::test_withdrawing_a_posted_quote_takes_it_out_of_store_and_message_and_leaves_numbers_and_checksum",
    ),
    planted(
        "the audit log notes that somebody withdrew before the posting",
        QUOTES,
        "    posting = message_of(session, digest)\n    if placed",
        "    posting = message_of(session, digest)\n    audit.note(session, now, AuditAct.QUOTE_REMOVED, digest)\n    if placed",
        killed_by=f"{ON_QUOTES}::test_withdrawing_before_the_posting_leaves_nothing_and_is_noted_nowhere",
    ),
    planted(
        "what was not shown of a review is kept",
        QUOTES,
        "    for quote in of(session, digest, Quote.place.is_(None)):\n        session.delete(quote)\n",
        "",
        killed_by=f"{ON_QUOTES}::test_what_was_posted_is_kept_as_a_part_of_its_own_and_the_rest_of_the_review_goes",
    ),
    planted(
        "a deleted reply keeps its words",
        REPLIES,
        "    session.execute(delete(table_of(Reply)).where(Reply.id == tie.reply_id))\n",
        "",
        killed_by=f"{ON_REPLIES}::test_a_deleted_reply_is_in_no_table_and_can_be_written_anew",
    ),
    planted(
        "a deleted reply leaves that its author took part",
        REPLIES,
        "    session.execute(delete(table_of(Participation)).where(*part))\n",
        "",
        killed_by=f"{ON_REPLIES}::test_a_deleted_reply_is_in_no_table_and_can_be_written_anew",
    ),
    planted(
        "what an edit overwrote is never wiped from the file",
        REPLIES,
        "        traces.leave_unnamed(session, now)  # of the words that stood there\n",
        "",
        killed_by="tests/walks/test_nothing_left.py::test_of_what_a_reply_said_before_an_edit_nothing_stands_anywhere",
    ),
    planted(
        "a trace names what was deleted",
        "bot/confidentiality/traces.py",
        '{"token": keys.fingerprint(what, each), "at": now}',
        '{"token": each if keys else what, "at": now}',
        killed_by=f"{ON_ERASING}::test_a_trace_is_left_of_the_person_and_each_reply_and_it_says_nothing",
    ),
    planted(
        "detaching keeps who wrote",
        DETACHING,
        "    forget(session, Authorship, Authorship.round_id == one.id)\n",
        "",
        killed_by=f"{ON_DETACHING}::test_every_row_that_ties_a_person_to_the_round_is_gone",
    ),
    planted(
        "detaching keeps who took part",
        DETACHING,
        "    forget(session, Participation, Participation.round_id == one.id)\n",
        "",
        killed_by=f"{ON_DETACHING}::test_every_row_that_ties_a_person_to_the_round_is_gone",
    ),
    planted(
        "detaching keeps whom the question was put to",
        DETACHING,
        "    forget(session, OutboxMessage, OutboxMessage.round_id == one.id, or_(~DECLINED, ENDED))\n",
        "",
        killed_by=f"{ON_DETACHING}::test_every_row_that_ties_a_person_to_the_round_is_gone",
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
        "keys.seal(keys.open(words, sealed_with))",
        "type(keys.seal(''))(words=words, sealed_with=sealed_with)",
        killed_by=f"{ON_DETACHING}::test_nothing_that_was_noted_of_a_reply_before_fits_it_afterwards",
    ),
    planted(
        "detaching leaves quotes tied to replies",
        DETACHING,
        "    _let_go_of_quotes(session, one)\n",
        "",
        killed_by=f"{ON_DETACHING}::test_a_posted_quote_stands_by_itself_and_one_that_was_not_posted_goes",
    ),
    planted(
        "erasing leaves that somebody took part",
        ERASING,
        "    _delete(session, Participation, Participation.person_id.in_(ids))\n",
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
        "bot/dialogue/my_data.py",
        "        .where(Authorship.person_id.in_(reader.ids))\n        .order_by(Round",
        "        .order_by(Round",
        killed_by=f"{ON_ERASING}::test_everyone_is_shown_exactly_their_own",
    ),
    planted(
        "mine svar shows another's replies",
        REPLIES,
        "own = tied.join(Person, Person.id == Authorship.person_id).where(Person.address == who.address)",
        "own = tied.join(Person, Person.id == Authorship.person_id)",
        killed_by=f"{ON_REPLIES}::test_nobody_sees_or_deletes_anothers_reply",
    ),
)

SAID = (
    planted(
        "the id of who answered stands in a notice",
        "bot/dialogue/review.py",
        'intro=say(language, "review.intro", number=digest.number),',
        'intro=say(language, "review.intro", number=digest.number) + "".join(session.scalars(select(Person.address))),',
        killed_by="tests/walks/test_whole_payload.py::test_in_channels_stands_nobody_and_of_what_they_wrote_only_what_was_approved",
    ),
    planted(
        "the author of a text stands in the window of who reviews it",
        REVIEW,
        "title=_titles(digest, language)[theme],",
        "title=str(session.scalars(select(Person.address).join(Authorship, Authorship.person_id == Person.id)).all()),",
        killed_by="tests/walks/test_whole_payload.py::test_who_reviews_or_answers_sees_nobody_in_any_window",
    ),
    planted(
        "a question names the others who are asked it",
        "bot/dialogue/compose.py",
        "    since = facts.since_last[one.id, who.id]\n",
        "    since = facts.since_last[one.id, who.id]\n    ask += str([each.address for each in facts.people.values()])\n",
        killed_by="tests/walks/test_whole_payload.py::test_nobody_is_told_of_anybody_else",
    ),
    Mutant(
        bug="a political answer goes to those who wrote, with their next question",
        edits=(
            (TIDINGS, "from bot.models import Digest,", "from bot.models import Authorship, Digest,"),
            (TIDINGS, "    told = _told_alone(", "    wrote = set(session.scalars(select(Authorship.person_id)))\n    told = _told_alone("),
            (TIDINGS, "if each.key_for(person.id) not in told]", "if each.key_for(person.id) not in told and person.id in wrote]"),
        ),
        killed_by=ON_ANSWERS,
    ),
    Mutant(
        bug="a political answer on its own goes to those who wrote",
        edits=(
            (TIDINGS, "from bot.models import Digest,", "from bot.models import Authorship, Digest,"),
            (
                TIDINGS,
                ".where(Person.state == PersonState.ACTIVE, Person.role.in_(PARTICIPANTS))",
                ".where(Person.state == PersonState.ACTIVE, Person.role.in_(PARTICIPANTS), Person.id.in_(select(Authorship.person_id)))",
            ),
        ),
        killed_by=ON_ANSWERS,
    ),
    planted(
        "a digest that waits for approval is posted at its hour",
        "bot/dialogue/review.py",
        "    if digest.state is DigestState.APPROVED:\n        _post",
        "    if digest.state is not DigestState.HELD:\n        _post",
        killed_by=f"{ON_DIGESTS}::test_a_digest_is_posted_never_before_its_hour_and_unapproved_only_where_numbers_need_no_approval",
    ),
)

KEYS = (
    planted(
        "words are stored as they were written",
        SEALING,
        "words=self._fernet.encrypt_at_time(text.encode(), NO_TIME)",
        "words=text.encode()",
        killed_by=f"{ON_SEALING}::test_what_was_sealed_is_read_again_and_is_not_to_be_seen_in_what_is_kept",
    ),
    planted(
        "what is sealed tells when it was written",
        SEALING,
        "self._fernet.encrypt_at_time(text.encode(), NO_TIME)",
        "self._fernet.encrypt(text.encode())",
        killed_by=f"{ON_DETACHING}::test_what_is_sealed_tells_nobody_when",
    ),
    planted(
        "a key prints",
        SEALING,
        "self.name = _name(secrets[0])",
        "self.name = secrets[0]",
        killed_by=f"{ON_SEALING}::test_keys_do_not_print",
    ),
    planted(
        "a reply is read without its key",
        SEALING,
        'raise KeyFault(f"the key {sealed_with} that sealed it is missing in EFTERTANKE_KEY") from None',
        "return words.decode()",
        killed_by=f"{ON_SEALING}::test_without_the_key_that_sealed_it_nothing_is_read_and_the_key_is_named",
    ),
    planted(
        "a backup holds the key",
        "bot/commands/backup.py",
        "        backups.on_disk(part)\n        file.hardlink_to",
        "        part.write_bytes(part.read_bytes() + str(settings.load().eftertanke_key.get_secret_value()).encode())\n        file.hardlink_to",
        killed_by="tests/commands/test_backup.py::test_the_key_is_in_no_backup",
    ),
    planted(
        "a backup outlives thirty days",
        "bot/commands/backups.py",
        "LIFE: Final = timedelta(days=30)",
        "LIFE: Final = timedelta(days=300)",
        killed_by="tests/commands/test_backup.py::test_backups_over_thirty_days_old_are_removed_and_nothing_else_is",
    ),
    planted(
        "a restored backup brings back who was erased",
        "bot/dialogue/forgetting.py",
        "        erase(session, now, address)\n",
        "        _ = erase, address\n",
        killed_by="tests/commands/test_backup.py::test_what_was_deleted_since_the_backup_does_not_come_back",
    ),
)

FILTER = (
    planted(
        "a roster name in the genitive is let pass",
        "bot/confidentiality/personal_data/listed.py",
        'return (bare, bare[:-1]) if bare.endswith("s") and len(bare) > 2 else (bare,)',
        "return (bare,)",
        killed_by=f"{ON_DATA}::test_a_name_on_the_roster_is_held_in_any_case_and_in_the_genitive",
    ),
    planted(
        "full-width digits are let pass",
        "bot/confidentiality/personal_data/normal.py",
        'unicodedata.normalize("NFKC",',
        'unicodedata.normalize("NFC",',
        killed_by=f"{ON_DATA}::test_what_points_at_somebody_is_held",
    ),
    planted(
        "digits joined by what nobody sees are let pass",
        "bot/confidentiality/personal_data/normal.py",
        '"Cf", "Cc", "Cn", "Co", "Cs"',
        '"Cc", "Cn", "Co", "Cs"',
        killed_by=f"{ON_DATA}::test_six_digits_are_held_whatever_stands_between_them",
    ),
    planted(
        "six digits are let pass",
        "bot/confidentiality/personal_data/digits.py",
        r"\d(?:[\W_]*\d){5,}",
        r"\d(?:[\W_]*\d){6,}",
        killed_by=f"{ON_DATA}::test_six_digits_are_held_whatever_stands_between_them",
    ),
    planted(
        "an e-mail address is let pass",
        "bot/confidentiality/personal_data/filter.py",
        "        yield from contacts(reading)\n",
        "",
        killed_by=f"{ON_DATA}::test_an_email_address_is_held_however_its_at_is_written",
    ),
)

MUTANTS = (*NUMBERS, *PRINTED_WORDS, *YESES, *GONE, *SAID, *KEYS, *FILTER)
