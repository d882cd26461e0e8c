"""Compares what a play came to with what it must have come to.

Read from people's screens; the database is asked only whom and what there was.

Every participant has been asked once in each round, or the organisers have read why not; every digest stands once, or its button does;
nothing that must reach the organisers was given up. A passing refusal is no excuse: what lasts less than a day ends nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.models import (
    FINAL_STATES,
    Digest,
    DigestState,
    MessageKind,
    MessageState,
    MissedSlot,
    OutboxMessage,
    Person,
    PersonState,
    Response,
    ResponseState,
    Round,
)
from bot.programme import PARTICIPANTS
from bot.workspace.simulation.habits import moment_of_message
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.running_world import button_values
from tests.support.weather import digests_posted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.workspace.state.message_store import Message
    from tests.support.running_world import RunningWorld

TO_ORGANISERS = (MessageKind.DRAFT, MessageKind.QUOTE_REVIEW, MessageKind.RESPONSE_REVIEW, MessageKind.NOTICE)
ROUNDS = 2
ASKED_AT, ON_TIME = time(9, 30), timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is forgiven. `excuses`: a reason the organisers have read; `late`: who may have been asked late (None: everybody)."""

    excuses: bool = True
    late: frozenset[str] | None = None


class Ledger:
    """A play's end, as its people see it."""

    def __init__(self, world: RunningWorld) -> None:
        self.world = world
        with world.local_bot.database.look() as session:
            self.people = list(session.scalars(select(Person).where(Person.role.in_(PARTICIPANTS)).order_by(Person.id)))
            self.rounds = list(session.scalars(select(Round).order_by(Round.id)))
            self.missed = list(session.scalars(select(MissedSlot)))
            self.digests = list(session.scalars(select(Digest)))
            self.responses = list(session.scalars(select(Response)))
            self.outbox = list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))
            session.expunge_all()
        chat = world.local_bot.chat
        self.asked = {person.id: list(self._questions(person.address)) for person in self.people}
        self.posts = [post for place in (ORGANISERS_CHANNEL, chat.dm_id(world.organiser)) for post in world.posts(place)]

    def complaints(self, terms: Terms) -> list[str]:
        """What is wrong, in words."""
        return [*self._unasked(terms), *self._asked_twice(), *self._asked_late(terms), *self._untold(), *self._digests(), *self._given_up()]

    def said(self) -> set[str]:
        """Which notices the organisers have read, by the keys of their sentences."""
        return {str(notice.facts["say"]) for notice in self._notices()}

    # --- what stands on people's screens

    def _questions(self, person: str) -> Iterator[tuple[int, Message]]:
        for said in self.world.messages(person):
            yield from ((int(round_), said) for round_ in button_values(said, "answer"))

    def _notices(self) -> Iterator[OutboxMessage]:
        """The notices that stand where an organiser reads them."""
        stamps = {post.ts for post in self.posts}
        yield from (message for message in self.outbox if message.kind is MessageKind.NOTICE and message.stamp in stamps)

    def _is_told(self, key: str) -> bool:
        return any(str(notice.key).startswith(key) for notice in self._notices())

    def _has_button(self, action: str, value: int) -> bool:
        return any(str(value) in button_values(post, action) for post in self.posts)

    # --- what may be wrong

    def _unasked(self, terms: Terms) -> Iterator[str]:
        """Who was not asked, and has no excuse."""
        for round_ in self.rounds:
            unasked = sum(all(of != round_.id for of, _ in self.asked[person.id]) for person in self.people)
            why = self._is_told(f"unsaid:{round_.id}") or self._is_told("people.unwelcomed")
            if unasked and not (terms.excuses and why):
                yield f"{unasked} were not asked in round {round_.id}" + ("" if why else ", and nobody was told")
        for slot in self.missed:
            if not (terms.excuses and self._is_told(f"missed:{slot.week}")):
                yield f"there was no round in {slot.week}: {slot.reason}"
        if len(self.rounds) + len(self.missed) < ROUNDS:
            yield f"of {ROUNDS} rounds, {len(self.rounds)} were opened and {len(self.missed)} missed"

    def _asked_twice(self) -> Iterator[str]:
        for person in self.people:
            counts = Counter(of for of, _ in self.asked[person.id])
            yield from (f"somebody was asked {n} times in round {round_}" for round_, n in counts.items() if n > 1)

    def _asked_late(self, terms: Terms) -> Iterator[str]:
        punctual = [] if terms.late is None else [person for person in self.people if person.address not in terms.late]
        for round_ in self.rounds:
            questions = ((person, said) for person in punctual for of, said in self.asked[person.id] if of == round_.id)
            late = [moment for person, said in questions if (moment := moment_of_message(said)) > due_at(round_, person) + ON_TIME]
            if late:
                yield f"{len(late)} were asked late in round {round_.id}, the last at {max(late):%d %b %H:%M}"

    def _untold(self) -> Iterator[str]:
        """Nobody stays invited for ever without anybody knowing."""
        invited = sum(person.state is PersonState.INVITED for person in self.people)
        if invited and not self._is_told("people.unwelcomed"):
            yield f"{invited} are still invited, and nobody was told"

    def _digests(self) -> Iterator[str]:
        posted = Counter(digests_posted(self.world.local_bot.chat))
        yield from (f"digest {digest} stands there {n} times" for digest, n in posted.items() if n > 1)
        for digest in self.digests:
            issued = digest.state is DigestState.ISSUED
            if issued and not posted[str(digest.id)]:
                yield f"digest {digest.number} is said to be issued, and stands nowhere"
            if not issued and not self._has_button("approve", digest.id):
                yield f"digest {digest.number} is {digest.state.value}, and no button stands there"
        for response in self.responses:
            if response.state is ResponseState.STORED and not self._has_button("release", response.id):
                yield "a political answer waits, and no button stands there"

    def _given_up(self) -> Iterator[str]:
        """What must reach the organisers does, or waits; and nothing waits that is due."""
        for message in self.outbox:
            if message.kind in TO_ORGANISERS and message.state in (MessageState.FAILED, MessageState.MISSED):
                yield f"{message.kind.value} {message.key} was given up: {message.reason}"
            if message.state not in FINAL_STATES and message.kind is not MessageKind.DIGEST:
                yield f"{message.kind.value} is still {message.state.value}: {message.reason}"


def due_at(round_: Round, person: Person) -> datetime:
    """When a person is to be asked: at their own half past nine."""
    return round_.opens_at.astimezone(ZoneInfo(person.timezone)).replace(hour=ASKED_AT.hour, minute=ASKED_AT.minute)
