"""Everything in databases, in Slack and in file names keeps the name it was stored under.

What stands here is the frozen spelling. Names may be added; one that is lost or spelled otherwise makes what was stored under it
unreadable, unless it is migrated: then the migration's revision comes with a change of this file.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Enum

from bot import models
from bot.confidentiality import encryption
from bot.confidentiality.deletion import tombstones
from bot.dialogue.responses.ledger import WishState
from schedules import housekeeping, jobs
from tests.stored.stored import KEY

ROOT = Path(__file__).parent.parent.parent
NOT_OURS = ("tests", "build", "dist")

TABLES = {
    "leases": "workspace holder number counter",
    "programmes": "id loaded_at checksum synchronised_at",
    "programme_versions": "id programme state file checksum content since shown in_file",
    "pauses_for_all": "id programme reason since ended_at",
    "seen_events": "id seen_at",
    "traces": "id token at taken_at wiped_at lasting",
    "missed_slots": "programme week day reason noticed_at",
    "people": "id programme address role next_role role_from state left_by language timezone"
    " invited_at welcomed_at paused_until heard_until ask_at",
    "roster_names": "programme token",
    "lists": "programme role confirmed listed estimated trusted",
    "list_holds": "id programme role had has others state since ended_at",
    "rounds": "id programme week day entry theme opens_at closes_at closed_at detached_at counts deleted_at snapshot uncertain",
    "audit": "id programme at act by digest",
    "digests": "id programme week number state content counts checksum revision drafted_at post_at decided_at decided_by note issued_at"
    " uncertain finding wishes",
    "outbox": "id delivery_id programme kind round_id person_id key address facts due_at expires_at next_at state attempts looks lease"
    " reason tried_at sent_at channel stamp digest_id",
    "participations": "round_id person_id",
    "replies": "id round_id question words sealed_with wish quote cleared sentence",
    "authorships": "reply_id round_id person_id written_at",
    "heard_by": "digest_id person_id",
    "quotes": "id digest_id theme reply_id fingerprint state reason place words sealed_with checksum wish",
    "responses": "id digest_id person_id kind theme words state written_at released_at place wish due_on signed promise_id repeats_quote",
}
VALUES = {
    "people.role": "politician organiser leader employee_rep",
    "people.next_role": "politician organiser leader employee_rep",
    "people.state": "invited active paused left",
    "people.left_by": "self list",
    "audit.act": "digest_approved approved_on_machine digest_sent_back digest_issued quote_approved quote_declined quote_removed"
    " response_released response_declined detached replies_deleted list_leader list_employee_rep list_politician list_organiser"
    " plan_applied plan_on_machine plan_declined paused_for_all went_on person_erased person_shown restored put_back restore_rehearsed"
    " backup_made key_rotated exported purged",
    "programme_versions.state": "running held declined replaced withdrawn",
    "digests.state": "in_review held approved issued purged",
    "digests.finding": "quote words change count",
    "outbox.kind": "welcome question reminder draft digest response_review answer notice quote_review quote_declined digest_update redrawn"
    " list_review marks_void promise_due wish_unanswered wish_asked plan_review pause_for_all shown thanks",
    "outbox.state": "pending sending unknown sent failed missed cancelled held",
    "quotes.state": "waiting approved declined",
    "quotes.reason": "names_someone recognisable hurtful unclear",
    "responses.kind": "heard take_up not_ours free_text question_back done dropped",
    "responses.state": "stored released declined",
    "lists.role": "politician organiser leader employee_rep",
    "list_holds.role": "politician organiser leader employee_rep",
    "list_holds.state": "held confirmed back grown",
}
KEYS_IN_THE_OUTBOX = (  # as they begin, or what stands between their parts
    *("welcome:", "draft:", "digest:", ":revision:", "quotes:", "redrawn:", "response:", "proposed:", "answer:", "doubt:"),
    *("thanks:", "promise:", "unanswered:", "asked:", "unreached:", ":declined:"),
    *("small:", "small:all", "emptied:", "missing", "overlaps", "singled_out", "left_out:", "missed:", "missed:before_load"),
    *("undrafted:", "unsaid:", "people.unwelcomed.", "unplaced:", "edit:", "trouble:", "trouble-over:", "channel:", "app_removed:"),
    *("alarm:edit:", "alarm:review:", "alarm:unknown:", "alarm:late:", "alarm:unsure:", "alarm:held:", "alarm:update:"),
    *("alarm:quotes:", "alarm:response:", ":again", "away:", "back:", "approved:"),
    *("list:", "list-back:", "alarm:list:"),
    *("plan:", "alarm:plan:", "plan-on-machine:"),
    *("pause:", "paused:", "pause-lasts:", "went-on:"),
    *("guests:", "empty:", "out:", "grown:", "restored:", "found", "edit-in-chat:", "edit-next:"),
)
SENTENCES = (  # the keys of sentences in rows that wait, as they begin; tests/wording has those that only earlier versions wrote
    *("alarm.digest_late", "alarm.digest_held", "alarm.digest_unsure", "alarm.update_held", "alarm.reason"),
    *(
        "review.alarm",
        "review.alarm.held",
        "review.alarm.unknown",
        "response.asks_back",
        "notice.edit_in_chat",
        "quote.declined.",
    ),
    *("organisers.away", "organisers.back", "review.approved_on_machine"),
    *("list.back", "list.back.plain", "list.empty", "list.of.", "list.grown", "people.out"),
    *("promise.unreached", "unanswered.unreached"),
    *("people.missing", "people.found", "people.overlaps", "people.singled_out", "people.small.", "people.small.all"),
    *("people.guests", "people.guests.rights"),
    *("round.missed.", "round.unsaid.few", "round.unsaid.many", "round.unsaid.or_more", "round.unsaid.some", "people.unwelcomed."),
    *(
        "notice.undrafted",
        "notice.edit_broken",
        "notice.edit_in_force",
        "notice.edit_of_next",
        "notice.plan_on_machine",
        "notice.file_is_older",
        "notice.text_lost",
        "notice.edit_mended",
        "notice.unplaced",
    ),
    *("trouble.", ".over"),  # between them the kind of trouble
    *("notice.older_database", "notice.restored", "void."),
    *("channel.missing", "channel.archived", "channel.not_member", "channel.not_external", "channel.external"),
    *("channel.changed.", "channel.changed.shared_inside", "notice.app_removed"),
    *("pause_all.notice", "pause_all.lasts", "pause_all.over", "pause_all.over.lost", "pause_all.plan"),
)
REASONS = (  # why a message stands where it does, and why a slot passed without its round
    *("expired", "unsure", "fault", "later", "interrupted", "restored", "the round had closed"),
    *("too_late", "before_load", "audience", "singled_out", "unwelcomed", "paused", "pause", "unplanned"),
)
IN_JSON = (  # what rows hold as JSON: facts of messages, snapshots of rounds, contents of digests
    *("version", "lines", "why", "fingerprint"),
    *("say", "values", "n", "digest", "doubt", "again", "response", "hold", "message", "reason", "reasons", "question", "people"),
    "declined",
    "pause",
    "first_question",
    *(
        "theme",
        "title",
        "questions",
        "by_role",
        "all",
        "order",
        "audience",
        "floors",
        "retention",
        "timezone",
        "language",
        "digest_unknown",
    ),
    *("programme", "number", "week", "floor", "themes", "also_asked", "compared", "heard", "since_last", "asks", "wishes", "participation"),
    *("about", "source"),
    *("people_or_more", "wishes_or_more", "or_more"),
    *("digest_id", "theme_id"),
    *("answers", "committee", "ledger", "wish_words", "shared", "state", "weeks", "changed", "due", "signed", "promise", "quoted"),
    "also_promised",
    *(
        "words",
        "word",
        "politicians",
        "kind",
        "wishes_on",
        "quoted",
        "due",
        "signed",
        "ledger",
        "shared",
        "state",
        "weeks",
        "changed",
        "promise",
        "wish_words",
        "lists_changed",
        "asked",
        "not_reached",
        "more",
        "same",
        "fewer",
        "marks",
        "text",
    ),
)
BUTTONS = (
    *("answer", "edit_reply", "delete_reply", "withdraw_quote", "my_replies", "my_data", "more_data", "erase", "pause", "come_back"),
    *("my_book", "more_book"),
    *("why", "ask_at", "ask_as_planned"),
    *("leave", "approve", "send_back", "heard", "respond", "respond_wishes", "quote_review", "release", "decline", "confirm_list"),
    *("read_more", "digests", "more_digests", "more_replies", "whole_answers", "whole_notice", "page", "page_file"),
    *("move_question", "skip_week", "undo_edit", "bank_question"),
    *("method", "answers", "ask_wishes", "ask_politicians", "promise_done", "promise_dropped", "finding", "ledger", "more_ledger"),
    *("pause_for_all", "go_on"),
    "see_plan",
    *("page_more", "quote_show", "quote_no", "quote_show_all", "quote_page", "quote_theme"),
    *("choose_quote", "quote_yes", "send_unquoted", "send_and_choose"),
)
FORMS = (
    *("reply", "pause", "send_back", "response", "quotes", "text", "marks", "wish", "quote", "until", "note", "kind", "show", "later"),
    *("outcome", "finding", "politicians", "about", "due", "name", "whom", "-"),
    *("pause_for_all", "go_on", "reason"),
    *("approve", "quote_page", "page"),
    *("move_question", "skip_week", "bank_question", "edit", "question", "week", "theme", "da", "en"),
)
BLOCKS = ("notice", "quotation-")  # the names of blocks that are no fields
IN_SLACK = ("eftertanke_delivery", "delivery", "/eftertanke")
WORDS_TYPED = ("svar", "answer", "reply", "mine", "my", "pause")
LABELS = (
    "text",
    "person",
    "reply",
    "quote",
    "name",
    "order",
    "review",
    "page",
    "eftertanke fingerprint",
)  # of derived keys and fingerprints
FILES = (
    *(".erased", ".new", ".key", ".eftertanke-part", ".restoring", "-wal", "-shm", "-journal"),
    *("data", "local.sqlite", "workspace.sqlite", "clock", "sqlite:///data/eftertanke.sqlite"),
)
STEPS = (  # of a beat: in the keys of alarms, and in what organisers read
    *("settle_people", "readdress", "record_missed", "close_rounds", "open_rounds", "tell_unplaced", "queue_late"),
    *("queue_reminders", "draft_digests", "post_digests", "queue_welcomes", "queue_answers", "tell_undrafted", "tidy"),
    *("bring_to_mind", "look_after_channel", "look_after_promises", "greet_organisers", "tell_week"),
    *("draft_report", "thank"),
    *("close_what_is_over", "detach_a_round", "delete_old_replies", "tidy_away"),
)
LEASES = ("slack", "local")
SEALED_FOR_A_ROW = (
    b"gAAAAAAAAAAAABOlnj9bDZ0WTHO5ITn4O1TDH6YUqspe0F-ceCBigJyxUooYxvUBFawXVbAEwqvMBXvC"
    b"Pt4MbWowcZA4BdL-0tsSc4i12ZQEyhYsoWrhvXb8o40OryRPLx54xEAF_pev"
)


@cache
def spelled() -> frozenset[str]:
    """Every text that stands in the program, also the parts of texts into which something is put."""
    folders = [each for each in ROOT.iterdir() if each.is_dir() and not each.name.startswith((".", *NOT_OURS))]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    said = [node.value for node in nodes if isinstance(node, ast.Constant)]
    named = [
        node.target.id for node in nodes if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]  # fields become keys
    given = [str(node.arg) for node in nodes if isinstance(node, ast.keyword)]
    return frozenset([each if isinstance(each, str) else each.decode() for each in said if isinstance(each, str | bytes)] + named + given)


def lost(*names: str, beginning: bool = False) -> list[str]:
    """Those of the names that stand nowhere in the program; `beginning`: it is enough that something begins so, or holds it."""
    return [name for name in names if name not in spelled() and not (beginning and any(name in each for each in spelled()))]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_and_its_columns_have_their_names(table: str) -> None:
    assert set(TABLES[table].split()) <= set(models.Base.metadata.tables[table].columns.keys())


@pytest.mark.parametrize("column", VALUES)
def test_a_kind_or_state_or_act_is_spelled_as_it_is_stored(column: str) -> None:
    table, name = column.split(".")
    kind = models.Base.metadata.tables[table].columns[name].type
    assert isinstance(kind, Enum)
    assert set(VALUES[column].split()) <= set(kind.enums)


def test_what_is_deleted_is_traced_by_the_same_kinds() -> None:
    assert {"reply", "quote", "person", "voided", "away", "until", "lifted", "role", "programme"} <= {
        each.value for each in tombstones.DeletedKind
    }


def test_the_fate_of_a_wish_is_spelled_as_it_stands_in_digests() -> None:
    assert {"waiting", "on_its_way", "heard", "taken_up", "overdue", "done", "dropped", "not_ours"} <= {*WishState}


def test_keys_of_the_outbox_begin_as_they_are_stored() -> None:
    assert lost(*KEYS_IN_THE_OUTBOX, beginning=True) == []


def test_sentences_are_called_as_they_are_in_rows_that_wait() -> None:
    assert lost(*SENTENCES) == []


def test_reasons_and_what_rows_hold_as_json_are_spelled_as_they_are_stored() -> None:
    assert lost(*REASONS, *IN_JSON) == []


def test_what_stands_in_slack_is_called_as_it_stands_there() -> None:
    assert lost(*BUTTONS, *FORMS, *IN_SLACK, *WORDS_TYPED) == []
    assert lost(*BLOCKS, beginning=True) == []


def test_files_labels_and_leases_are_called_as_they_are() -> None:
    assert lost(*LABELS, *LEASES) == []
    assert lost(*FILES, beginning=True) == []


def test_a_name_that_nobody_spells_would_be_missed() -> None:
    assert lost("draught:", "alarm.digest_tardy", beginning=True) == ["draught:", "alarm.digest_tardy"]


def test_a_key_has_the_name_and_makes_the_fingerprints_it_made() -> None:
    keys = encryption.Keys.read(KEY)
    assert keys.name == "d49aed62c4a2"
    assert keys.fingerprint("text", "Hej") == "7a354894c2504937ac6144c8719f189ae7e08517ad1c95aa8ab0ac86b24ad83e"
    assert (
        keys.fingerprint(tombstones.DeletedKind("person"), "U0ANNA") == "70ce3003efcb3c8f155fb5c002533d9e0b65089beecf4256d4df0c3ba8f950c1"
    )


def test_what_was_sealed_for_a_row_is_read_in_it() -> None:
    keys, row = encryption.Keys.read(KEY), "0123456789abcdef0123456789abcdef"
    assert keys.decrypt(SEALED_FOR_A_ROW, keys.name, row) == "Hej"


def test_the_fingerprint_of_a_text_begins_with_the_same_word() -> None:
    assert encryption.TEXT == "text"


def test_a_step_of_the_beat_has_the_name_under_which_its_alarms_stand() -> None:
    assert set(STEPS) <= {*jobs.JOBS, *housekeeping.STEPS}
    assert lost("wipe", "clear_away", "beat", "earlier", "refresh", "load", "edit", "people", "rounds_sent", "metronome", "drift") == []
    assert lost("socket", "database", "database_gone", "delivery", "people", "channels", "step:") == []  # troubles
