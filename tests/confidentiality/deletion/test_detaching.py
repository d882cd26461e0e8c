"""After its time nobody knows who wrote a reply, and everything else still works."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.app.rehearsal.report import closing_table
from bot.confidentiality.deletion import detaching
from bot.confidentiality.encryption import decrypt_words
from bot.dialogue import people
from bot.dialogue.digests import draft, quote_review
from bot.dialogue.responses import to_participants
from bot.dialogue.rounds import after_opening, replies
from bot.errors import Reason, Refused
from bot.models import (
    AuditAct,
    AuditEntry,
    Authorship,
    Base,
    MessageKind,
    MessageState,
    OutboxMessage,
    Participation,
    Quote,
    QuoteState,
    Reply,
    Tombstone,
)
from bot.programme import Retention, Role, Slot, Week
from bot.seam.actions import DeclineReason
from bot.seam.meaning import Plain
from tests.support.programme import PROGRAMME, VARIANTS
from tests.support.world import AS_FOUND, CLOSES, OPENS, WEEK, World, close_of, post_of, separate_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import Round

DAY, LATER = timedelta(days=1), OPENS + timedelta(hours=2)
DUE = CLOSES + 7 * DAY
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


@pytest.fixture
def round_(world: World) -> Round:
    """A round that L0 and L1 have answered, and that has closed."""
    round_ = world.open_and_ask()
    for who, text in (("L0", "Mod skoven"), ("L1", "Mod havet")):
        replies.record(world.session, LATER, PROGRAMME, who, round_.id, text, wish=who == "L0", quote=True)
    after_opening.queue_reminders(world.session, OPENS + 2 * DAY, PROGRAMME, round_, lambda _: OPENS + 2 * DAY)
    world.close(round_)
    return round_


def drafted(world: World) -> None:
    """The week's digest has been drafted."""
    assert draft.draft_digest(world.session, CLOSES, PROGRAMME, "2018-W34", CLOSES) is not None


def detach(world: World, round_: Round, now: datetime = DUE) -> None:
    drafted(world)
    detaching.detach(world.session, now, round_)
    world.session.flush()
    world.session.expire_all()


def refused(what: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as refusal:
        what()
    return refusal.value.reason


# --- when


def test_a_round_is_detached_once_its_regret_period_is_over_and_not_a_moment_before(world: World, round_: Round):
    drafted(world)
    assert list(detaching.rounds_to_detach(world.session, DUE - MOMENT)) == []
    assert list(detaching.rounds_to_detach(world.session, DUE)) == [round_]
    detach(world, round_)
    assert (round_.detached_at, list(detaching.rounds_to_detach(world.session, DUE))) == (DUE, [])


def test_a_week_is_not_detached_before_its_digest_has_counted_people(world: World, round_: Round):
    assert list(detaching.rounds_to_detach(world.session, DUE)) == []
    drafted(world)
    assert list(detaching.rounds_to_detach(world.session, DUE)) == [round_]


def test_a_round_keeps_the_promise_that_held_when_it_opened(world: World):
    world.programme = replace(PROGRAMME, retention=Retention(detach_after_days=2, delete_replies_after_days=3))
    round_ = world.open_and_ask()
    world.close(round_)
    drafted(world)
    assert detaching.retention_of(round_) == world.programme.retention
    assert list(detaching.rounds_to_detach(world.session, CLOSES + 2 * DAY)) == [round_]
    assert list(detaching.rounds_to_delete(world.session, CLOSES + 3 * DAY)) == [round_]


def test_a_round_from_before_promises_stood_in_snapshots_is_detached_all_the_same(world: World, round_: Round):
    round_.snapshot = {key: value for key, value in round_.snapshot.items() if key != "retention"}
    drafted(world)
    assert list(detaching.rounds_to_detach(world.session, DUE)) == [round_]


# --- what


def test_every_row_that_ties_a_person_to_the_round_is_gone(world: World, round_: Round):
    assert [world.count(each) for each in (Authorship, Participation)] == [2, 2]
    missed, not_needed, *_ = world.messages(MessageKind.QUESTION)
    missed.state, not_needed.state = MessageState.MISSED, MessageState.CANCELLED
    not_needed.reason = "not needed any more"  # which says who had answered
    detach(world, round_)
    assert [world.count(each) for each in (Authorship, Participation)] == [0, 0]
    assert world.session.scalars(select(OutboxMessage).where(OutboxMessage.round_id.is_not(None))).all() == []
    assert round_.counts == {"asked": 22, "not_reached": 1}


def test_another_rounds_people_are_left_in_peace(world: World, round_: Round):
    slot = Slot(week=Week(year=2018, number=35), number=1)
    other = world.open_and_ask(VARIANTS, slot=slot, opens_at=OPENS + 7 * DAY, closes_at=CLOSES + 7 * DAY)
    replies.record(world.session, LATER, PROGRAMME, "L0", other.id, "Senere", wish=False, quote=False)
    detach(world, round_)
    assert [world.count(each) for each in (Authorship, Participation)] == [1, 1]
    assert len(world.messages(MessageKind.QUESTION)) == 24
    assert [reply.text for reply in replies.my_replies(world.session, DUE, PROGRAMME, "L0").replies] == ["Senere"]


def test_nothing_that_was_noted_of_a_reply_before_fits_it_afterwards(world: World, round_: Round):
    def noted() -> dict[str, set[object]]:
        rows = world.session.execute(select(Reply.id, Reply.words, Reply.cleared)).all()
        return {"id": {row[0] for row in rows}, "words": {row[1] for row in rows}, "cleared": {row[2] for row in rows}}

    for reply in world.session.scalars(select(Reply)):
        reply.cleared = "of " + reply.id
    world.session.flush()
    before = noted()
    detach(world, round_)
    after = noted()
    assert all(before[column].isdisjoint(after[column]) for column in before)
    assert after["cleared"] == {None}
    read = {(decrypt_words(world.session, each), each.wish) for each in world.session.scalars(select(Reply))}
    assert read == {("Mod skoven", True), ("Mod havet", False)}


def test_what_is_sealed_tells_nobody_when(world: World, round_: Round):
    sealed = world.session.scalars(select(Reply.words)).all()
    assert {words[:12] for words in sealed} == {b"gAAAAAAAAAAA"}  # version 128, and the beginning of 1970


def test_a_posted_quote_stands_by_itself_and_one_that_was_not_posted_goes(world: World, round_: Round):
    drafted(world)
    week = draft.digest_of_week(world.session, PROGRAMME.id, "2018-W34")
    assert week is not None
    first, second = world.session.scalars(select(Reply.id)).all()
    shared = {"digest_id": week.id, "theme": "trust", "fingerprint": "f", "state": QuoteState.APPROVED}
    world.session.add(Quote(id="posted", reply_id=first, place=0, words=b"w", checksum="c", **shared))
    world.session.add(Quote(id="unposted", reply_id=second, **shared))
    world.session.flush()
    detach(world, round_)
    (kept,) = world.session.scalars(select(Quote)).all()
    assert (kept.id, kept.reply_id, kept.place, kept.words) == ("posted", None, 0, b"w")
    assert world.count(Reply) == 2


def test_of_a_declined_quote_nothing_outlives_detaching_be_its_author_told_or_not(world: World, round_: Round):
    """Authors are told at the digest's hour, a week before: only a digest as late as this leaves somebody untold."""
    drafted(world)
    digest = draft.digest_of_week(world.session, PROGRAMME.id, "2018-W34")
    assert digest is not None
    organiser = world.add_person("U0ORG", Role.ORGANISER).address
    for reply_id in world.session.scalars(select(Reply.id)):
        shared = {"digest_id": digest.id, "theme": "trust", "fingerprint": "f", "state": QuoteState.WAITING}
        world.session.add(Quote(id=f"q-{reply_id[:8]}", reply_id=reply_id, **shared))
    world.session.flush()
    declined = dict.fromkeys(world.session.scalars(select(Quote.id)), DeclineReason.UNCLEAR)
    quote_review.review(world.session, CLOSES, PROGRAMME, organiser, digest.id, "trust", declined)
    told, untold = world.messages(MessageKind.QUOTE_DECLINED)
    told.state = MessageState.SENT
    assert (len(declined), untold.state) == (2, MessageState.PENDING)
    detach(world, round_)
    tables = [table for table in Base.metadata.sorted_tables if table.name != "audit"]  # which says that it was done, and not of what
    rows = [str(row) for table in tables for row in world.session.execute(table.select())]
    assert [row for row in rows if "declined" in row.lower() or any(id_ in row for id_ in declined)] == []


def test_it_is_noted_for_the_audit_and_the_file_is_to_be_wiped(world: World, round_: Round):
    detach(world, round_)
    noted = [(entry.at, entry.act, entry.by, entry.digest) for entry in world.session.scalars(select(AuditEntry))]
    assert (DUE, AuditAct.DETACHED, None, 1) in noted
    assert (None, None) in [(trace.token, trace.wiped_at) for trace in world.session.scalars(select(Tombstone))]


# --- and everything else


def test_a_late_press_on_an_old_question_is_told_that_the_round_is_closed(world: World, round_: Round):
    detach(world, round_)
    assert refused(lambda: replies.reply_form(world.session, DUE, PROGRAMME, "L0", round_.id)) is Reason.ROUND_CLOSED
    late = refused(lambda: replies.record(world.session, DUE, PROGRAMME, "L0", round_.id, "For sent", wish=False, quote=False))
    assert late is Reason.ROUND_CLOSED


def test_a_round_that_is_not_detached_still_knows_whom_it_was_not_put_to(world: World, round_: Round):
    assert refused(lambda: replies.reply_form(world.session, DUE, PROGRAMME, "P0", round_.id)) is Reason.NOT_IN_DIALOGUE
    world.session.execute(OutboxMessage.__table__.delete().where(OutboxMessage.address == "L5"))
    assert refused(lambda: replies.reply_form(world.session, DUE, PROGRAMME, "L5", round_.id)) is Reason.NOT_YOURS


def test_nobody_has_replies_of_their_own_any_more(world: World, round_: Round):
    detach(world, round_)
    assert replies.my_replies(world.session, DUE, PROGRAMME, "L0").replies == ()
    assert not people.has_replies(world.session, world.person("L0"))
    assert refused(lambda: replies.delete_my_reply(world.session, DUE, PROGRAMME, "L0", round_.id)) is Reason.NO_REPLY


def test_organisers_are_told_nothing_twice_and_the_closing_table_stays_as_it_was(world: World, round_: Round):
    drafted(world)
    world.messages(MessageKind.QUESTION)[0].state = MessageState.FAILED
    after_opening.report_unreached(world.session, CLOSES, PROGRAMME)
    before, told = closing_table(world.session, PROGRAMME, PROGRAMME.language), world.notices()
    assert "  23  " in before
    assert "beskeder, der ikke kom frem: 1" in before
    detach(world, round_)
    after_opening.report_unreached(world.session, DUE, PROGRAMME)
    assert (closing_table(world.session, PROGRAMME, PROGRAMME.language), world.notices()) == (before, told)


# --- what politicians said is still heard once


def test_what_was_heard_is_never_forgotten_again_in_whatever_order_rounds_are_detached(session: Session):
    world = World(session)
    (who,) = world.add_people(1)
    first, second = world.add_round(1), world.add_round(2)
    for round_ in (first, second):
        world.add_questions(round_, [who])
    for round_ in (second, first):
        detaching.detach(session, close_of(3), round_)
    session.refresh(who)
    assert who.heard_until == second.opens_at


REACHED = (MessageState.SENT, MessageState.PENDING)
outcome = st.sampled_from([*REACHED, MessageState.MISSED, MessageState.CANCELLED, None])


@pytest.mark.long  # plays seasons
@settings(max_examples=35, phases=AS_FOUND)
@given(
    st.lists(st.tuples(outcome, outcome), min_size=4, max_size=4),
    st.lists(st.integers(0, 2 * 24 * 21), min_size=1, max_size=6, unique=True),
    st.lists(st.sets(st.integers(0, 4)), min_size=5, max_size=5),
)
def test_each_participant_hears_each_answer_exactly_once_whichever_rounds_are_detached_when(
    outcomes: list[tuple[MessageState | None, MessageState | None]], releases: list[int], detached: list[set[int]]
):
    with separate_world() as world:
        people = world.add_people(2)
        rounds = [world.add_round(1)]
        world.add_questions(rounds[0], people)
        issued = world.issue(1)
        for half_hours in releases:
            world.add_response(issued, OPENS + WEEK + timedelta(minutes=30 * half_hours) - timedelta(hours=48), str(half_hours))
        heard: dict[int, list[str]] = {person.id: [] for person in people}
        for week, states in enumerate(outcomes, start=2):
            some_are_detached(world, rounds, detached[week - 2])
            rounds.append(world.add_round(week))
            for who, state in zip(people, states, strict=True):
                if state is not None:
                    world.add_questions(rounds[-1], [who], state)
                if state in REACHED:
                    heard[who.id] += words(to_participants.answers_since_last(world.session, rounds[-1], [who])[who.id])
        some_are_detached(world, rounds, detached[-1])
        to_participants.queue_answers(world.session, post_of(9), world.programme, last=True)
        for message in world.messages(MessageKind.ANSWER):
            said = to_participants.compose_answer(world.session, post_of(9), world.programme, message)
            assert isinstance(said, Plain)
            heard[message.person_id or 0].append(said.paragraphs[1].partition("»")[2].rstrip("«"))
        assert [sorted(value) for value in heard.values()] == [sorted(map(str, releases))] * 2


def words(answers: tuple[object, ...]) -> list[str]:
    return [str(answer).partition("»")[2].partition("«")[0] for answer in answers]


def some_are_detached(world: World, rounds: list[Round], which: set[int]) -> None:
    for each in which:
        if each < len(rounds) and rounds[each].detached_at is None:
            detaching.detach(world.session, close_of(each + 2), rounds[each])
    world.session.flush()
    world.session.expire_all()


# --- the words


def test_replies_are_deleted_at_their_age_and_what_was_shown_of_them_stays(world: World, round_: Round):
    detach(world, round_)
    week = draft.digest_of_week(world.session, PROGRAMME.id, "2018-W34")
    assert week is not None
    world.session.add(
        Quote(id="q", digest_id=week.id, theme="trust", fingerprint="f", state=QuoteState.APPROVED, place=0, words=b"w", checksum="c")
    )
    world.session.flush()
    old = CLOSES + 90 * DAY
    assert list(detaching.rounds_to_delete(world.session, old - MOMENT)) == []
    assert list(detaching.rounds_to_delete(world.session, old)) == [round_]
    detaching.delete_replies(world.session, old, round_)
    assert (world.count(Reply), world.count(Quote), round_.deleted_at) == (0, 1, old)
    assert list(detaching.rounds_to_delete(world.session, old)) == []
    assert AuditAct.REPLIES_DELETED in world.session.scalars(select(AuditEntry.act)).all()


def test_a_week_waits_fourteen_days_for_its_digest_and_no_longer(world: World, round_: Round):
    world.close(round_)
    assert list(detaching.rounds_to_detach(world.session, CLOSES + 14 * DAY - MOMENT)) == []
    assert list(detaching.rounds_to_detach(world.session, CLOSES + 14 * DAY)) == [round_]


def test_at_their_age_replies_go_even_if_nobody_ever_drafted_a_digest_of_them(world: World, round_: Round):
    detaching.delete_replies(world.session, CLOSES + 90 * DAY, round_)
    assert [world.count(each) for each in (Reply, Authorship, Participation)] == [0, 0, 0]
    assert round_.detached_at is not None
