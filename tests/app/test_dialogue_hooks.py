"""Do delivery and the dialogue understand each other?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app.dialogue_hooks import hooks_for
from bot.dialogue.digests import digest_review
from bot.dialogue.outbox import put
from bot.models import Digest, DigestState, MessageKind, MessageState
from bot.programme import Role
from bot.seam.meaning import DigestDraft, DigestPost, Meaning, Plain
from bot.seam.platform import ChannelFacts
from bot.sending.delivery import Delivery
from tests.sending.stage import Answer, HandClock, Room
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.world import World, close_of, post_of

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database
    from bot.programme import Programme

POST = post_of(1)


class Heard(Room):
    """A room whose spokesman is the real one, and that remembers what was said where."""

    def speak_for(self, programme: Programme) -> None:
        self.said: list[tuple[str, Meaning]] = []
        send = self.platform.send
        self.platform.send = lambda address, meaning, id_: self.said.append((address, meaning)) or send(address, meaning, id_)
        self.delivery = Delivery(
            work=self.database.work,
            look=self.database.look,
            platform=self.platform,
            hooks=hooks_for(lambda _: programme),
            clock=self.clock,
            pace=self.pace,
            lease=self.lease,
        )


@pytest.fixture
def room(database: Database) -> Heard:
    """An approved digest is to be posted now."""
    with database.work() as session:
        world = World(session)
        world.add_person("U0ORG1", Role.ORGANISER)
        world.answer(world.add_round(1), world.add_people(10))
        digest = world.draft(1)
        digest_review.approve(session, close_of(1), world.programme, "U0ORG1", digest.id)
        digest_review.post_due(session, POST, world.programme, digest)
    room = Heard(database, clock=HandClock(POST))
    room.speak_for(world.programme)
    return room


def digest(room: Heard) -> tuple[DigestState, MessageState]:
    with room.database.look() as session:
        state = session.get_one(Digest, 1).state
    (message,) = [message for message in room.messages() if message.kind is MessageKind.DIGEST]
    return state, message.state


def notice(room: Heard) -> tuple[str, str]:
    (said,) = [(address, meaning) for address, meaning in room.said if isinstance(meaning, Plain)]
    return said[0], "\n".join(said[1].paragraphs)


def test_a_digest_that_stands_there_is_issued(room: Heard) -> None:
    room.delivery.deliver()
    assert [type(meaning) for _, meaning in room.said] == [DigestPost]
    assert digest(room) == (DigestState.ISSUED, MessageState.SENT)


def test_the_organisers_read_why_a_digest_is_held_in_plain_words(room: Heard) -> None:
    room.platform.facts = ChannelFacts(exists=True, member=True, archived=True, external=False)
    room.delivery.deliver()
    room.delivery.deliver()
    assert digest(room) == (DigestState.APPROVED, MessageState.HELD)
    _, text = notice(room)
    assert text == "Overblik nr. 1 er ikke sendt. Kanalen er arkiveret. Botten prøver igen hvert kvarter, indtil det er rettet."


def test_the_organisers_read_that_a_change_of_a_digest_was_refused_and_what_they_can_do_in_plain_words(room: Heard) -> None:
    room.delivery.deliver()
    with room.database.work() as session:
        facts, due = {"digest": 1}, room.clock.now()
        put(session, programme="made-up", kind=MessageKind.DIGEST_UPDATE, address="C0DIGEST", facts=facts, due_at=due)
    room.platform.answers = iter([Answer.UNFIT])
    room.delivery.deliver()
    address, text = notice(room)
    assert address == ORGANISERS_CHANNEL
    assert text == (
        "Overblik nr. 1 er ændret, siden det blev sendt, men beskeden i kanalen er ikke blevet rettet. "
        "Der står altså noget, som ikke skal stå dér længere. Det kunne ikke lade sig gøre (unfit: invalid_blocks). "
        "Botten bliver ved med at prøve. Slet beskeden i hånden, eller ret den, så den lyder som det, `digest show 1` skriver: "
        "det kan den, der administrerer jeres chat. Er beskeden slettet, hører I ikke mere om det."
    )


def test_a_reason_without_a_sentence_is_quoted(room: Heard) -> None:
    room.platform.answers = iter([Answer.UNFIT])
    room.delivery.deliver()
    room.delivery.deliver()
    assert "Det kunne ikke lade sig gøre (unfit: invalid_blocks)." in notice(room)[1]


def test_the_organisers_are_told_of_a_digest_in_doubt_and_it_is_not_issued(room: Heard) -> None:
    room.platform.answers = iter([Answer.LOST_BEFORE])
    room.live(close_of(2) - close_of(1))
    assert digest(room) == (DigestState.APPROVED, MessageState.HELD)
    (asked,) = [meaning for _, meaning in room.said if isinstance(meaning, DigestDraft)]
    assert asked.intro.startswith("Overblik nr. 1 er måske ikke kommet ud")
    assert (asked.open, asked.holdable) == (True, False)
