"""Finds the programme that an action belongs to.

Programmes run one after the other, but they overlap in this: when the next has begun, the last digest of the one before is still reviewed
and answered, and people still have their replies in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from bot.dialogue.channels import channels_by_place
from bot.models import Digest, ListHold, OutboxMessage, Person, ProgrammeVersion, Response, Round
from bot.seam.actions import ChannelChanged

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.actions import Action

PROGRAMME_OF_SUBJECT: Final = {  # what an action may be about → a query for the programme it is part of
    "round": select(Round.programme).where(Round.id == bindparam("about")),
    "digest": select(Digest.programme).where(Digest.id == bindparam("about")),
    "response": select(Digest.programme).join(Response, Response.digest_id == Digest.id).where(Response.id == bindparam("about")),
    "promise": select(Digest.programme).join(Response, Response.digest_id == Digest.id).where(Response.id == bindparam("about")),
    "version": select(ProgrammeVersion.programme).where(ProgrammeVersion.id == bindparam("about")),
    "notice": select(OutboxMessage.programme).where(OutboxMessage.id == bindparam("about")),
    "hold": select(ListHold.programme).where(ListHold.id == bindparam("about")),
}

FOR_EVER: Final = ("digest", "response", "promise")  # a promise may be for a day long after its programme


def programme_of(session: Session, action: Action, running: Sequence[Programme], past: Sequence[Programme] = ()) -> Programme:
    """The programme that an action belongs to: a running one, or a `past` one.

    An action about a round, digest, response, promise, list, plan or channel belongs to the programme of that; any other to the newest
    programme that knows the person. If none fits it is the newest of all, which refuses the action. To what politicians said, and to the
    digests that they answer, belongs their programme however long ago it finished.
    """
    earlier = past if any(getattr(action, name, None) is not None for name in FOR_EVER) else ()
    if len(programmes := (*earlier, *running)) == 1:
        return programmes[0]
    ids = _possible_programmes(session, action, programmes)
    return next((programme for programme in reversed(programmes) if programme.id in ids), running[-1])


def _possible_programmes(session: Session, action: Action, running: Sequence[Programme]) -> Collection[str]:
    if isinstance(action, ChannelChanged):
        return {programme.id for programme in running if action.channel in channels_by_place(programme).values()}
    for name, select_programme in PROGRAMME_OF_SUBJECT.items():
        if (about := getattr(action, name, None)) is not None:
            return session.scalars(select_programme, {"about": about}).all()
    return session.scalars(select(Person.programme).where(Person.address == action.who)).all()
