"""Organisers hear once what a change of a channel asks of them, where they can read it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.dialogue import channels
from bot.dialogue.compose import compose
from bot.dialogue.outbox import put
from bot.models import MessageKind, MessageState, OutboxMessage, PersonState
from bot.programme import Role
from bot.seam.actions import ChannelChange, ChannelChanged
from bot.seam.meaning import Plain
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL, programme_with
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.programme import Programme

GONE = [ChannelChange.ARCHIVED, ChannelChange.DELETED, ChannelChange.MOVED]


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person("U0ORG1", Role.ORGANISER)
    world.add_person("U0ORG2", Role.ORGANISER)
    world.add_person("U0ORG3", Role.ORGANISER).state = PersonState.LEFT
    world.add_person("U0POL1", Role.POLITICIAN)
    return world


def note(world: World, channel: str, change: ChannelChange, *, event: str = "Ev1", programme: Programme | None = None) -> None:
    moved_to = "C0NEW" if change is ChannelChange.MOVED else None
    action = ChannelChanged(who="", channel=channel, change=change, event=event, moved_to=moved_to)
    channels.note_change(world.session, OPENS, programme or world.programme, action)


def notices(world: World) -> dict[str, str]:
    """What each address is to read."""
    messages = world.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == MessageKind.NOTICE)).all()
    meanings = {message.address: compose(world.session, OPENS, world.programme, message) for message in messages}
    assert len(meanings) == len(messages)
    return {address: " ".join(meaning.paragraphs) for address, meaning in meanings.items() if isinstance(meaning, Plain)}


@pytest.mark.parametrize("change", GONE)
def test_of_the_digests_channel_they_read_in_their_own_however_often_it_is_told(world: World, change: ChannelChange):
    for _ in range(3):
        note(world, DIGEST_CHANNEL, change)
    [(address, text)] = notices(world).items()
    assert address == ORGANISERS_CHANNEL
    assert "ugens overblik" in text
    assert "digest.channel" in text


@pytest.mark.parametrize("change", GONE)
def test_when_their_own_channel_has_gone_each_organiser_hears_it_directly(world: World, change: ChannelChange):
    for _ in range(2):
        note(world, ORGANISERS_CHANNEL, change)
    assert set(notices(world)) == {"U0ORG1", "U0ORG2"}
    assert all("people.organisers.channel" in text for text in notices(world).values())


def test_nobody_is_written_to_at_night(world: World):
    change = ChannelChanged(who="", channel=ORGANISERS_CHANNEL, change=ChannelChange.ARCHIVED, event="Ev1")
    channels.note_change(world.session, OPENS + timedelta(hours=14), world.programme, change)
    due = world.session.scalars(select(OutboxMessage.due_at)).all()
    assert [moment.astimezone(world.programme.zone).hour for moment in due] == [7, 7]


def test_a_channel_archived_again_is_told_again(world: World):
    note(world, DIGEST_CHANNEL, ChannelChange.ARCHIVED, event="Ev1")
    note(world, DIGEST_CHANNEL, ChannelChange.ARCHIVED, event="Ev2")
    assert len(world.session.scalars(select(OutboxMessage)).all()) == 2


def test_a_new_id_is_told_with_what_to_write(world: World):
    note(world, DIGEST_CHANNEL, ChannelChange.MOVED)
    assert f"Skriv C0NEW i stedet for {DIGEST_CHANNEL} i programfilen" in notices(world)[ORGANISERS_CHANNEL]


@pytest.mark.parametrize(
    ("external", "change", "told"),
    [
        (None, ChannelChange.SHARED, True),
        (None, ChannelChange.UNSHARED, True),
        (True, ChannelChange.SHARED, False),
        (True, ChannelChange.UNSHARED, True),
        (False, ChannelChange.SHARED, True),
        (False, ChannelChange.UNSHARED, False),
    ],
)
def test_sharing_is_told_unless_it_is_what_the_programme_says(world: World, external: bool | None, change: ChannelChange, told: bool):
    note(world, DIGEST_CHANNEL, change, programme=programme_with(external=external))
    assert bool(notices(world)) is told


def test_that_others_can_read_the_organisers_channel_is_told_there(world: World):
    note(world, ORGANISERS_CHANNEL, ChannelChange.UNSHARED, event="Ev1")
    assert notices(world) == {}
    note(world, ORGANISERS_CHANNEL, ChannelChange.SHARED, event="Ev2")
    assert "udkast" in notices(world)[ORGANISERS_CHANNEL]


@pytest.mark.parametrize("channel", [DIGEST_CHANNEL, ORGANISERS_CHANNEL])
@pytest.mark.parametrize("change", [ChannelChange.RENAMED, ChannelChange.UNARCHIVED])
def test_a_name_and_a_return_ask_for_nothing(world: World, channel: str, change: ChannelChange):
    note(world, channel, change)
    assert notices(world) == {}


@pytest.mark.parametrize("change", ChannelChange)
def test_another_channel_is_not_theirs(world: World, change: ChannelChange):
    note(world, "C0OTHER", change)
    assert notices(world) == {}


def waiting(world: World, address: str, state: MessageState, attempts: int = 0) -> OutboxMessage:
    key = f"{address}:{state}:{attempts}"
    put(world.session, programme=world.programme.id, kind=MessageKind.DRAFT, address=address, facts={}, due_at=OPENS, key=key)
    message = world.message(key)
    message.state, message.attempts, message.next_at = state, attempts, OPENS + timedelta(hours=5)
    world.session.flush()
    return message


@pytest.mark.parametrize(
    ("address", "state", "attempts", "due"),
    [
        (ORGANISERS_CHANNEL, MessageState.PENDING, 0, True),
        (ORGANISERS_CHANNEL, MessageState.PENDING, 3, True),
        (ORGANISERS_CHANNEL, MessageState.HELD, 0, True),
        (ORGANISERS_CHANNEL, MessageState.HELD, 1, False),  # it may stand there: an organiser's word is needed
        (ORGANISERS_CHANNEL, MessageState.UNKNOWN, 1, False),
        (ORGANISERS_CHANNEL, MessageState.SENT, 1, False),
        (DIGEST_CHANNEL, MessageState.PENDING, 0, False),
    ],
)
def test_what_waits_for_a_channel_that_is_back_is_due_at_once(world: World, address: str, state: MessageState, attempts: int, due: bool):
    message = waiting(world, address, state, attempts)
    note(world, ORGANISERS_CHANNEL, ChannelChange.UNARCHIVED)
    world.session.refresh(message)
    assert (message.next_at == OPENS) is due
    assert message.address == address
