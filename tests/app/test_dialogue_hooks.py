"""Delivery and the dialogue work together through their hooks."""

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
from tests.support.database import unit_of_work
from tests.support.delivery_world import Answer, DeliveryWorld, HandClock
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.world import World, close_of, post_of

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database
    from bot.programme import Programme

POST = post_of(1)


class Heard(DeliveryWorld):
    """A delivery whose hooks are the real ones, and that remembers what was said where."""

    def speak_for(self, programme: Programme) -> None:
        self.said: list[tuple[str, Meaning]] = []
        send = self.platform.send
        self.platform.send = lambda address, meaning, id_: self.said.append((address, meaning)) or send(address, meaning, id_)
        self.delivery = Delivery(
            write=self.database.write,
            glance=self.database.glance,
            platform=self.platform,
            hooks=hooks_for(lambda _: programme),
            clock=self.clock,
            pace=self.pace,
            lease=self.lease,
        )


@pytest.fixture
def delivery_world(database: Database) -> Heard:
    """An approved digest is to be posted now."""
    with unit_of_work(database) as session:
        world = World(session)
        world.add_person("U0ORG1", Role.ORGANISER)
        world.answer(world.add_round(1), world.add_people(10))
        digest = world.draft(1)
        digest_review.approve(session, close_of(1), world.programme, "U0ORG1", digest.id)
        digest_review.post_or_alarm(session, POST, world.programme, digest)
    delivery_world = Heard(database, clock=HandClock(POST))
    delivery_world.speak_for(world.programme)
    return delivery_world


def digest(delivery_world: Heard) -> tuple[DigestState, MessageState]:
    with delivery_world.database.look() as session:
        state = session.get_one(Digest, 1).state
    (message,) = [message for message in delivery_world.messages() if message.kind is MessageKind.DIGEST]
    return state, message.state


def notice(delivery_world: Heard) -> tuple[str, str]:
    (said,) = [(address, meaning) for address, meaning in delivery_world.said if isinstance(meaning, Plain)]
    return said[0], "\n".join(said[1].paragraphs)


def test_a_digest_that_stands_there_is_issued(delivery_world: Heard) -> None:
    delivery_world.delivery.deliver()
    assert [type(meaning) for _, meaning in delivery_world.said] == [DigestPost]
    assert digest(delivery_world) == (DigestState.ISSUED, MessageState.SENT)


def test_the_organisers_read_why_a_digest_is_held_in_plain_words(delivery_world: Heard) -> None:
    delivery_world.platform.facts = ChannelFacts(exists=True, member=True, archived=True, external=False)
    delivery_world.delivery.deliver()
    delivery_world.delivery.deliver()
    assert digest(delivery_world) == (DigestState.APPROVED, MessageState.HELD)
    _, text = notice(delivery_world)
    assert text == (
        "Overblik nr. 1 er ikke sendt. Kanalen er arkiveret: Åbn den igen i Slack, eller skriv en anden kanal i programfilen."
        " Jeg prøver igen hvert kvarter, til det er i orden."
    )


def test_the_organisers_read_that_a_change_of_a_digest_was_refused_and_what_they_can_do_in_plain_words(delivery_world: Heard) -> None:
    delivery_world.delivery.deliver()
    with unit_of_work(delivery_world.database) as session:
        facts, due = {"digest": 1}, delivery_world.clock.now()
        put(session, programme="made-up", kind=MessageKind.DIGEST_UPDATE, address="C0DIGEST", facts=facts, due_at=due)
    delivery_world.platform.answers = iter([Answer.UNFIT])
    delivery_world.delivery.deliver()
    address, text = notice(delivery_world)
    assert address == ORGANISERS_CHANNEL
    assert text == (
        "Overblik nr. 1 er ændret, siden det blev sendt, men beskeden i kanalen er ikke blevet rettet. "
        "Der står altså noget, som ikke skal stå dér længere. Grunden hedder »invalid_blocks«; min it-ansvarlige kan slå den op. "
        "Jeg bliver ved med at prøve. Imens kan jeres chat-administrator slette beskeden eller rette den; min it-ansvarlige kan vise, "
        "hvad der skal stå (`digest show 1`). Er den slettet, hører I ikke mere om det."
    )


def test_a_reason_without_a_sentence_is_quoted(delivery_world: Heard) -> None:
    delivery_world.platform.answers = iter([Answer.UNFIT])
    delivery_world.delivery.deliver()
    delivery_world.delivery.deliver()
    assert "Grunden hedder »invalid_blocks«; min it-ansvarlige kan slå den op." in notice(delivery_world)[1]


def test_the_organisers_are_told_of_a_digest_in_doubt_and_it_is_not_issued(delivery_world: Heard) -> None:
    delivery_world.platform.answers = iter([Answer.LOST_BEFORE])
    delivery_world.live(close_of(2) - close_of(1))
    assert digest(delivery_world) == (DigestState.APPROVED, MessageState.HELD)
    (asked,) = [meaning for _, meaning in delivery_world.said if isinstance(meaning, DigestDraft)]
    assert asked.intro.startswith("Overblik nr. 1 er måske ikke kommet ud")
    assert (asked.open, asked.holdable) == (True, False)
