"""Tells the organisers what to do when a channel of theirs has changed.

They are told in their channel or, if that channel is gone, each directly; nothing is told where there is nothing to do. What waits for a
channel that is back is due at once. The platform may tell of a change more than once, so its event is part of the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import update

from bot.dialogue.organisers_channel import direct_notices
from bot.dialogue.outbox import IS_POSTABLE, put_many, tell_organisers
from bot.message_facts import NoticeFacts
from bot.models import OutboxMessage
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


def channels_by_place(programme: Programme) -> Mapping[str, str]:
    """The channels that the bot writes to, by the key they have in the programme file."""
    return {DIGEST: programme.digest.channel, ORGANISERS: programme.people.organisers_channel}


def note_change(session: Session, now: datetime, programme: Programme, change: ChannelChanged) -> None:
    """Tell the organisers, once for each event, what to do about a change. What waits for a channel that is back goes out."""
    if change.change is ChannelChange.UNARCHIVED:
        waiting = update(OutboxMessage).where(OutboxMessage.address == change.channel, IS_POSTABLE)
        session.execute(waiting.values(next_at=now))
    for place, channel in channels_by_place(programme).items():
        if channel == change.channel and (sentence := _sentence(programme, place, change.change)) is not None:
            purpose = say(programme.language, "channel.for.digest" if place == DIGEST else "channel.for.organisers")
            values = {"purpose": purpose, "place": place, "old": change.channel, "new": change.moved_to or ""}
            key = f"channel:{place}:{change.event}"
            if place == ORGANISERS and change.change in GONE:
                put_many(session, programme.id, direct_notices(session, now, programme, key, NoticeFacts(say=sentence, values=values)))
            else:
                tell_organisers(session, now, programme, key=key, say=sentence, **values)


def _sentence(programme: Programme, place: str, change: ChannelChange) -> str | None:
    """The key of the sentence to tell, if any. A new name does not matter; sharing does only if the programme wants otherwise."""
    if change in GONE:
        return f"channel.changed.{change.value}"
    if change is ChannelChange.SHARED and place == ORGANISERS:
        return "channel.changed.shared_inside"
    if change in {ChannelChange.SHARED, ChannelChange.UNSHARED} and place == DIGEST:
        fits = programme.digest.external is (change is ChannelChange.SHARED)
        return None if fits else f"channel.changed.{change.value}"
    return None
