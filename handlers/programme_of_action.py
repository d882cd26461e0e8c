"""Which programme does an action belong to?

Programmes run one after the other, but the last digest of one is still reviewed and answered, and its replies are still their authors',
when the next has begun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from bot.dialogue.channels import channels_by_place
from bot.models import Digest, ListHold, Person, Response, Round
from bot.seam.actions import ChannelChanged

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.actions import Action

PROGRAMME_OF_SUBJECT: Final = {  # what an action may be about → the programme that is part of
    "round": select(Round.programme).where(Round.id == bindparam("about")),
    "digest": select(Digest.programme).where(Digest.id == bindparam("about")),
    "response": select(Digest.programme).join(Response, Response.digest_id == Digest.id).where(Response.id == bindparam("about")),
    "hold": select(ListHold.programme).where(ListHold.id == bindparam("about")),
}


def programme_of(session: Session, action: Action, running: Sequence[Programme]) -> Programme:
    """Of the running programmes the one whose round, digest, response, list or channel it is about. Else the newest that knows the person.

    The newest of all where none fits: there the action is refused.
    """
    if len(running) == 1:
        return running[0]
    ids = _possible_programmes(session, action, running)
    return next((programme for programme in reversed(running) if programme.id in ids), running[-1])


def _possible_programmes(session: Session, action: Action, running: Sequence[Programme]) -> Collection[str]:
    if isinstance(action, ChannelChanged):
        return {programme.id for programme in running if action.channel in channels_by_place(programme).values()}
    for name, select_programme in PROGRAMME_OF_SUBJECT.items():
        if (about := getattr(action, name, None)) is not None:
            return session.scalars(select_programme, {"about": about}).all()
    return session.scalars(select(Person.programme).where(Person.address == action.who)).all()
