"""What waits in the outbox still finds its way when the programme has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.outbox import put, readdress
from bot.models import MessageKind, MessageState
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL, PROGRAMME
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

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
