"""Bugs that would tell one person of another, or say things to the wrong people at the wrong time."""

from __future__ import annotations

from tests.mutants.mutant import Mutant, planted

ON_DIGESTS = "tests/confidentiality/test_properties_of_digests.py"
TIDINGS = "bot/dialogue/responses/to_participants.py"
CHAIN = "bot/dialogue/responses/chain.py"
ON_CHAIN = "tests/dialogue/responses/test_chain.py"
VISIBLE, ON_VISIBLE = "bot/language/visible_text.py", "tests/language/test_visible_text.py"
ON_ANSWERS = (
    "tests/confidentiality/test_properties_of_answers.py"
    "::test_an_answer_reaches_all_participants_in_the_same_words_whoever_answered_or_wished"
)

SAID = (
    planted(
        "the id of who answered stands in a notice",
        "bot/dialogue/digests/digest_review.py",
        'intro=say(language, "review.intro", number=digest.number),',
        'intro=say(language, "review.intro", number=digest.number) + "".join(session.scalars(select(Person.address))),',
        killed_by="tests/walks/test_whole_payload.py::test_in_channels_stands_nobody_and_of_what_they_wrote_only_what_was_approved",
    ),
    planted(
        "the author of a text stands in the window of who reviews it",
        "bot/dialogue/digests/quote_pages.py",
        "title=titles[theme],",
        "title=str(session.connection().exec_driver_sql('SELECT address FROM people JOIN authorships ON person_id = people.id').all()),",
        killed_by="tests/walks/test_whole_payload.py::test_who_reviews_or_answers_sees_nobody_in_any_window",
    ),
    planted(
        "a question names the others who are asked it",
        "bot/dialogue/compose.py",
        "    since = context.since_last[round_.id, person.id]\n",
        "    since = context.since_last[round_.id, person.id]\n    question += str([each.address for each in context.people.values()])\n",
        killed_by="tests/walks/test_whole_payload.py::test_nobody_is_told_of_anybody_else",
    ),
    planted(
        "an answer in a form that was opened before an update goes to something else than it says",
        "bot/platforms/slack/inbound.py",
        'if fields.has("about") else form.theme or WHOLE_DIGEST',
        'if fields.has("about") else WHOLE_DIGEST',
        killed_by="tests/platforms/slack/test_inbound.py::test_a_sent_form_is_understood",
    ),
    planted(
        "an answer that waits for its release is read in full by participants",
        TIDINGS,
        "are_released = Response.id.in_(response_ids), Response.state == ResponseState.RELEASED",
        "are_released = (Response.id.in_(response_ids),)",
        killed_by="tests/dialogue/responses/test_to_participants.py::test_an_answer_that_is_not_released_is_not_read",
    ),
    planted(
        "anybody reads a notice to the organisers in full",
        "bot/dialogue/compose.py",
        "    people.require_role(session, programme.id, address, Role.ORGANISER)\n",
        "    people.require_person(session, programme.id, address)\n",
        killed_by="tests/dialogue/test_compose.py::test_a_notice_is_read_in_full_by_organisers_only_and_only_in_its_programme",
    ),
    planted(
        "a short answer is cut as much as a long one",
        "bot/platforms/slack/escaping.py",
        "            return room // longer\n",
        "            return room // len(in_order)\n",
        killed_by="tests/platforms/slack/test_escaping.py::test_three_long_answers_share_the_room_and_a_short_one_stays_whole",
    ),
    planted(
        "a text is cut after it was escaped",
        "bot/platforms/slack/messages.py",
        "else full_text(pieces, names, LONGEST_UPDATE)",
        "else text[:LONGEST_UPDATE]",
        killed_by="tests/platforms/slack/test_messages.py::test_no_escaped_sign_is_cut_in_half_in_a_changed_message",
    ),
    Mutant(
        bug="a political answer goes to those who wrote, with their next question",
        edits=(
            (TIDINGS, "from bot.models import Digest,", "from bot.models import Authorship, Digest,"),
            (
                TIDINGS,
                "    keys_sent = _keys_sent_alone(",
                "    wrote = set(session.scalars(select(Authorship.person_id)))\n    keys_sent = _keys_sent_alone(",
            ),
            (
                TIDINGS,
                "if answer.key_for(person.id) not in keys_sent]",
                "if answer.key_for(person.id) not in keys_sent and person.id in wrote]",
            ),
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
        "bot/dialogue/digests/digest_review.py",
        "    if digest.state is DigestState.APPROVED:\n        address, key",
        "    if digest.state is not DigestState.HELD:\n        address, key",
        killed_by=f"{ON_DIGESTS}::test_a_digest_is_posted_never_before_its_hour_and_unapproved_only_where_numbers_need_no_approval",
    ),
    planted(
        "an answer that has reached nobody is taken to have come with a question",
        CHAIN,
        "next((round_ for round_ in later if round_.id in reached), None)",
        "next(iter(later), None)",
        killed_by=f"{ON_CHAIN}::test_a_released_answer_that_reached_nobody_though_a_question_has_gone_out_is_named[failed]",
    ),
    planted(
        "wishes that said what is wished are lost from the ledger and nobody is told",
        CHAIN,
        '        if has_content(figures, quoted.get(figures["theme"], NO_QUOTES_OF_THEME)):\n',
        "        if not quoted and not figures:\n",
        killed_by=f"{ON_CHAIN}::test_wishes_that_said_what_is_wished_and_are_not_in_the_ledger_are_named",
    ),
    planted(
        "a week without a digest is passed over",
        CHAIN,
        "+ LONGEST_WAIT:",
        "+ LONGEST_WAIT * 99:",
        killed_by=f"{ON_CHAIN}::test_a_week_past_its_posting_day_without_a_digest_is_named",
    ),
    planted(
        "a text is cut within what is seen as one character",
        VISIBLE,
        "accumulate(map(len, iter_graphemes(text)))",
        "range(1, len(text) + 1)",
        killed_by=f"{ON_VISIBLE}::test_what_is_seen_as_one_goes_whole_or_stays_whole",
    ),
    planted(
        "the direction of what somebody wrote reaches our own words",
        VISIBLE,
        "    yield _ENDS_ISOLATE * depth\n",
        "    yield from ()\n",
        killed_by=f"{ON_VISIBLE}::test_an_isolate_that_nobody_ended_ends_before_our_own_words",
    ),
    planted(
        "a soft break of a line makes one word of two",
        VISIBLE,
        '_BREAKS.sub("\\n", text)',
        '_BREAKS.sub("", text)',
        killed_by=f"{ON_VISIBLE}::test_a_break_of_any_kind_glues_no_words",
    ),
    planted(
        "an emoji counts as one letter, and Slack refuses the message",
        VISIBLE,
        'return len(text.encode("utf-16-le", "surrogatepass")) // 2',
        "return len(text)",
        killed_by=f"{ON_VISIBLE}::test_a_text_is_counted_as_a_chat_counts_it",
    ),
    planted(
        "a phone's notice of a question begins with its theme",
        "bot/platforms/slack/messages.py",
        "        strong(meaning.ask),\n        *more,\n",
        '        small(say(meaning.language, "screen.theme", theme=meaning.theme)),\n        strong(meaning.ask),\n        *more,\n',
        killed_by="tests/platforms/slack/test_messages.py::test_what_a_phone_tells_of_a_message_begins_with_the_question",
    ),
    planted(
        "long answers of politicians put the question out of sight",
        "bot/platforms/slack/messages.py",
        "return [*_question_pieces(meaning), *below, row, *since_last]",
        "return [*since_last, *_question_pieces(meaning), *below, row]",
        killed_by="tests/platforms/slack/test_messages.py::test_the_question_and_its_button_come_first_however_much_politicians_answered",
    ),
    planted(
        "of two buttons that look alike on a phone nobody can tell which is which",
        "bot/platforms/slack/blocks.py",
        "if looks[look := _first_letters(label)] > 1:",
        "if looks[look := _first_letters(label)] > len(all_buttons):",
        killed_by="tests/platforms/slack/test_views.py::test_no_two_buttons_of_a_window_look_alike_on_a_phone",
    ),
    planted(
        "a question is read as markup",
        "bot/platforms/slack/blocks.py",
        "    if piece.parts or piece.kind in (PieceKind.HEADING, PieceKind.STRONG):\n",
        "    if piece.kind is PieceKind.STRONG:\n"
        '        return [{"type": "section", "text": {"type": "mrkdwn", "text": f"*{piece.text}*"}}]\n'
        "    if piece.parts or piece.kind is PieceKind.HEADING:\n",
        killed_by="tests/platforms/slack/test_blocks.py::test_bold_text_stays_as_it_was_typed",
    ),
    planted(
        "a long answer is cut in a question and nothing opens it",
        "bot/platforms/slack/blocks.py",
        "shown += [buttons(piece.whole)] if is_cut and piece.whole else []",
        "shown += [buttons(piece.whole)] if is_cut and piece.whole and not shown else []",
        killed_by="tests/dialogue/responses/test_to_participants.py::test_an_answer_stands_whole_with_the_next_question_or_one_press_away",
    ),
)
