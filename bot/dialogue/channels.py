"""What does it mean for the organisers that a channel of theirs has changed?

They are told in one sentence what to do, where there is anything to do: in their channel or, if that is the one that has gone, each
directly. What waits for a channel that is back is due at once. The platform tells of a change more than once: its event is the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update

from bot.dialogue.outbox import IS_POSTABLE, NewMessage, put_many
from bot.local_time import in_sending_hours
from bot.models import MessageKind, OutboxMessage, Person, PersonState
from bot.programme import Role
from bot.seam.actions import ChannelChange
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.actions import ChannelChanged

DIGEST, ORGANISERS = "digest.channel", "people.organisers.channel"  # as the programme file calls them
GONE: Final = (ChannelChange.ARCHIVED, ChannelChange.DELETED, ChannelChange.MOVED)


def channels_of(programme: Programme) -> Mapping[str, str]:
    """The channels that the bot writes to, by the key they have in the programme file."""
    return {DIGEST: programme.digest.channel, ORGANISERS: programme.people.organisers_channel}


def note_change(session: Session, now: datetime, programme: Programme, change: ChannelChanged) -> None:
    """Tell the organisers what the change asks of them, once an event, and let what waits for a channel that is back go out."""
    if change.change is ChannelChange.UNARCHIVED:
        waiting = update(OutboxMessage).where(OutboxMessage.address == change.channel, IS_POSTABLE)
        session.execute(waiting.values(next_at=now))
    for place, channel in channels_of(programme).items():
        if channel == change.channel and (sentence := _sentence(programme, place, change.change)) is not None:
            facts, key = {"say": sentence, "values": _values(programme, place, change)}, f"channel:{place}:{change.event}"
            is_away = place == ORGANISERS and change.change in GONE
            readers = _organisers(session, now, programme, key) if is_away else [_channel(now, programme, key)]
            put_many(session, programme.id, [NewMessage(kind=MessageKind.NOTICE, facts=facts, **reader) for reader in readers])


def _sentence(programme: Programme, place: str, change: ChannelChange) -> str | None:
    """The key of what there is to be told, if there is anything: a name does not matter, and sharing only if it is not what was meant."""
    if change in GONE:
        return f"channel.changed.{change.value}"
    if change is ChannelChange.SHARED and place == ORGANISERS:
        return "channel.changed.shared_inside"
    if change in {ChannelChange.SHARED, ChannelChange.UNSHARED} and place == DIGEST:
        fits = programme.digest.external is (change is ChannelChange.SHARED)
        return None if fits else f"channel.changed.{change.value}"
    return None


def _values(programme: Programme, place: str, change: ChannelChanged) -> dict[str, str]:
    purpose = say(programme.language, "channel.for.digest" if place == DIGEST else "channel.for.organisers")
    return {"purpose": purpose, "place": place, "old": change.channel, "new": change.moved_to or ""}


def _channel(now: datetime, programme: Programme, key: str) -> dict[str, Any]:
    """The organisers' channel, as the reader of a notice."""
    return {"address": programme.people.organisers_channel, "due_at": now, "key": key}


def _organisers(session: Session, now: datetime, programme: Programme, key: str) -> list[dict[str, Any]]:
    """Each organiser, as the reader of a notice of their own; nobody is written to at night."""
    is_organiser = Person.programme == programme.id, Person.role == Role.ORGANISER, Person.state == PersonState.ACTIVE
    people = session.scalars(select(Person).where(*is_organiser))
    return [
        {
            "address": person.address,
            "person_id": person.id,
            "due_at": in_sending_hours(now, person.timezone),
            "key": f"{key}:{person.id}",
        }
        for person in people
    ]
