"""What waits in the outbox still finds its way when the programme has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, select, update

from bot.dialogue import audit
from bot.dialogue.outbox import cancel_messages, has_notice, put, put_reminder, readdress, tell_organisers
from bot.dialogue.rounds.after_opening import queue_reminders
from bot.message_facts import AnswerFacts
from bot.models import AuditAct, MessageKind, MessageState, OutboxMessage, Round
from bot.programme import Role
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL, PROGRAMME
from tests.support.world import OPENS, World, at

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOUR = timedelta(hours=1)
ELSEWHERE = replace(
    PROGRAMME,
    people=replace(PROGRAMME.people, organisers_channel="C0NEWORGANISERS"),
    digest=replace(PROGRAMME.digest, channel="C0NEWDIGEST"),
)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        (MessageKind.DRAFT, ORGANISERS_CHANNEL, "C0NEWORGANISERS"),
        (MessageKind.NOTICE, ORGANISERS_CHANNEL, "C0NEWORGANISERS"),
        (MessageKind.DIGEST, DIGEST_CHANNEL, "C0NEWDIGEST"),
        (MessageKind.DIGEST_UPDATE, DIGEST_CHANNEL, DIGEST_CHANNEL),  # it stands where it stands
        (MessageKind.QUESTION, "L0", "L0"),
    ],
)
def test_what_waits_for_a_channel_follows_the_programme_to_another(session: Session, kind: MessageKind, old: str, new: str) -> None:
    world = World(session)
    put(session, programme=PROGRAMME.id, kind=kind, address=old, facts={}, due_at=OPENS)
    readdress(session, OPENS, ELSEWHERE)
    session.expire_all()
    assert [message.address for message in world.messages(kind)] == [new]


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.UNKNOWN])
def test_what_was_said_or_may_have_been_stays_where_it_was(session: Session, state: MessageState) -> None:
    world = World(session)
    put(session, programme=PROGRAMME.id, kind=MessageKind.NOTICE, address=ORGANISERS_CHANNEL, facts={}, due_at=OPENS)
    (message,) = world.messages(MessageKind.NOTICE)
    message.state = state
    session.flush()
    readdress(session, OPENS, ELSEWHERE)
    session.expire_all()
    assert world.messages(MessageKind.NOTICE)[0].address == ORGANISERS_CHANNEL


def test_what_a_round_from_before_a_return_says_is_looked_for_first_under_the_id_it_had(session: Session) -> None:
    world = World(session).populate(leaders=8, reps=8)
    world.open_and_ask()
    ids = {message.delivery_id for message in world.messages(MessageKind.QUESTION)}
    for table in (OutboxMessage, Round):
        session.execute(delete(table))
    audit.note_operator(session, OPENS + HOUR, AuditAct.PUT_BACK)
    world.open()
    questions = world.messages(MessageKind.QUESTION, MessageState.UNKNOWN)
    assert {message.delivery_id for message in questions} == ids
    session.execute(update(OutboxMessage).values(state=MessageState.SENT, sent_at=OPENS))
    round_ = session.scalars(select(Round)).one()
    assert queue_reminders(session, OPENS + 25 * HOUR, PROGRAMME, round_, at(OPENS + 25 * HOUR)) == len(ids)
    assert len(world.messages(MessageKind.REMINDER, MessageState.UNKNOWN)) == len(ids)


def test_what_a_round_says_when_no_backup_is_so_old_was_said_by_nobody_before(session: Session) -> None:
    world = World(session).populate(leaders=8, reps=8)
    audit.note_operator(session, OPENS - 36 * 24 * HOUR, AuditAct.PUT_BACK)
    world.open()
    assert {message.state for message in world.messages(MessageKind.QUESTION)} == {MessageState.PENDING}


def test_what_was_told_in_another_programme_is_not_told_in_this_one(session: Session) -> None:
    world, another = World(session), replace(PROGRAMME, id="another")
    World(session, another)
    tell_organisers(session, OPENS, another, key="same", say="people.emptied")
    assert (has_notice(session, another, "same"), has_notice(session, PROGRAMME, "same")) == (True, False)
    assert tell_organisers(session, OPENS, PROGRAMME, key="same", say="people.emptied")
    assert len(world.messages(MessageKind.NOTICE)) == 2


def test_what_waits_in_another_programme_stays_where_it_is(session: Session) -> None:
    World(session)
    world = World(session, replace(PROGRAMME, id="another"))
    put(session, programme="another", kind=MessageKind.NOTICE, address=ORGANISERS_CHANNEL, facts={}, due_at=OPENS)
    readdress(session, OPENS, ELSEWHERE)
    assert [message.address for message in world.messages(MessageKind.NOTICE)] == [ORGANISERS_CHANNEL]


def test_what_is_refused_in_the_channel_it_is_meant_for_keeps_its_wait(session: Session) -> None:
    world = World(session)
    put(session, programme=PROGRAMME.id, kind=MessageKind.NOTICE, address=ORGANISERS_CHANNEL, facts={}, due_at=OPENS)
    (message,) = world.messages(MessageKind.NOTICE)
    message.attempts, message.reason, message.next_at = 3, "unreachable: is_archived", OPENS + HOUR
    session.flush()
    readdress(session, OPENS, PROGRAMME)
    (message,) = world.messages(MessageKind.NOTICE)
    assert (message.attempts, message.next_at) == (3, OPENS + HOUR)


def test_an_organiser_who_is_told_directly_is_not_told_in_the_channel(session: Session) -> None:
    world = World(session)
    organiser = world.add_person("O0", Role.ORGANISER)
    put(session, programme=PROGRAMME.id, kind=MessageKind.NOTICE, address="O0", facts={}, due_at=OPENS, person_id=organiser.id)
    readdress(session, OPENS, ELSEWHERE)
    assert [message.address for message in world.messages(MessageKind.NOTICE)] == ["O0"]


@pytest.mark.parametrize(
    ("earlier", "is_needed"),
    [
        ({}, False),
        ({"facts": {"response": 2}}, True),
        ({"kind": MessageKind.DRAFT}, True),
        ({"programme": "another"}, True),
    ],
)
def test_nothing_is_brought_to_mind_while_the_same_thing_waits_to_be_said(
    session: Session, earlier: dict[str, Any], is_needed: bool
) -> None:
    World(session, replace(PROGRAMME, id="another"))
    world = World(session)
    message = {"programme": PROGRAMME.id, "kind": MessageKind.RESPONSE_REVIEW, "facts": {"response": 1}}
    put(session, **message | earlier, address=ORGANISERS_CHANNEL, due_at=OPENS - HOUR)
    facts, kind = AnswerFacts(response=1), MessageKind.RESPONSE_REVIEW
    assert put_reminder(session, OPENS, world.programme, kind=kind, facts=facts, since=OPENS, key="again") == is_needed


def test_only_what_has_not_been_said_and_is_of_these_kinds_is_cancelled(session: Session) -> None:
    world = World(session)
    (person,) = world.add_people(1)
    for kind in (MessageKind.QUESTION, MessageKind.ANSWER, MessageKind.NOTICE):
        put(session, programme=PROGRAMME.id, kind=kind, address=person.address, facts={}, due_at=OPENS, person_id=person.id)
    world.deliver(OPENS, MessageKind.NOTICE)
    cancel_messages(session, OPENS, [person.id], (MessageKind.QUESTION, MessageKind.NOTICE))
    assert [len(world.messages(kind)) for kind in (MessageKind.QUESTION, MessageKind.ANSWER, MessageKind.NOTICE)] == [0, 1, 1]
