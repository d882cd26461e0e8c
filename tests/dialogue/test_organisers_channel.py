"""What must reach the organisers waits for their channel, and they hear when it takes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue import organisers_channel, outbox
from bot.dialogue.compose import compose
from bot.dialogue.digests import digest_review
from bot.dialogue.outbox import tell_organisers
from bot.models import DigestState, MessageKind, MessageState, OutboxMessage, PersonState, ResponseState
from bot.programme import Role
from bot.seam.meaning import DigestDraft, Plain
from tests.support.programme import ORGANISERS_CHANNEL, PROGRAMME
from tests.support.quoting import draft_with_quotes
from tests.support.world import World, close_of, post_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GONE = close_of(1)  # a Friday at 10:00: from then on the channel takes nothing
ARCHIVED = "unreachable: chat.postMessage: is_archived"


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person("U0ORG1", Role.ORGANISER)
    world.add_person("U0ORG2", Role.ORGANISER)
    world.add_person("U0LEFT", Role.ORGANISER).state = PersonState.LEFT
    world.add_person("U0POL", Role.POLITICIAN)
    return world


def put(world: World, key: str, now: datetime = GONE) -> OutboxMessage:
    tell_organisers(world.session, now, world.programme, key=key, say="people.emptied", source="S0LEADERS")
    return world.message(key)


def refuse(world: World, key: str, now: datetime = GONE, reason: str = ARCHIVED) -> OutboxMessage:
    """Something for their channel is refused, and waits to be tried again."""
    message = put(world, key, now)
    message.attempts, message.reason, message.next_at = 1, reason, now + timedelta(minutes=15)
    return message


def look(world: World, now: datetime) -> list[tuple[str, str]]:
    """The channel is looked after; whom something new is said to directly, and by which key."""
    before = {message.id for message in world.messages(MessageKind.NOTICE)}
    organisers_channel.tell_directly(world.session, now, world.programme)
    return [(new.address, str(new.key).split(":")[0]) for new in world.messages(MessageKind.NOTICE) if new.id not in before]


def hear(world: World) -> None:
    """What is to be said directly has been."""
    for message in world.messages(MessageKind.NOTICE, MessageState.PENDING):
        if message.person_id is not None:
            message.state, message.sent_at = MessageState.SENT, message.due_at


def text_of(world: World, message: OutboxMessage) -> str:
    said = compose(world.session, message.due_at, world.programme, message)
    assert isinstance(said, Plain)
    return "\n".join(said.paragraphs)


def direct(world: World) -> OutboxMessage:
    return next(message for message in world.messages(MessageKind.NOTICE) if message.person_id is not None)


EACH_AWAY, EACH_BACK = [("U0ORG1", "away"), ("U0ORG2", "away")], [("U0ORG1", "back"), ("U0ORG2", "back")]


def test_each_organiser_hears_once_that_the_channel_takes_nothing_and_once_that_it_does_again(world: World) -> None:
    message = refuse(world, "first")
    assert look(world, GONE + HOUR - timedelta(minutes=1)) == []
    assert look(world, GONE + HOUR) == EACH_AWAY
    hear(world)
    refuse(world, "second", GONE + HOUR)
    assert look(world, GONE + 3 * HOUR) == []
    for waiting in (message, world.message("second")):
        waiting.state, waiting.sent_at = MessageState.SENT, GONE + 4 * HOUR
    assert look(world, GONE + 4 * HOUR) == EACH_BACK
    hear(world)
    assert look(world, GONE + 5 * HOUR) == []


def test_the_next_outage_is_told_anew(world: World) -> None:
    for number in range(2):
        begun = GONE + number * DAY
        message = refuse(world, f"outage {number}", begun)
        assert look(world, begun + HOUR) == EACH_AWAY
        hear(world)
        message.state = MessageState.SENT
        assert look(world, begun + 2 * HOUR) == EACH_BACK
        hear(world)


def test_one_who_becomes_an_organiser_meanwhile_hears_it_too(world: World) -> None:
    refuse(world, "first")
    look(world, GONE + HOUR)
    world.add_person("U0NEW", Role.ORGANISER)
    assert look(world, GONE + 2 * HOUR) == [("U0NEW", "away")]


@pytest.mark.parametrize("reason", ["later", "unfit: chat.postMessage: msg_too_long", "fault: KeyError", "interrupted", None])
def test_what_waits_for_another_reason_than_a_refusal_is_nobodys_outage(world: World, reason: str | None) -> None:
    refuse(world, "first").reason = reason
    assert look(world, GONE + DAY) == []


def test_it_is_not_over_before_the_channel_has_taken_something(world: World) -> None:
    message = refuse(world, "first")
    look(world, GONE + HOUR)
    hear(world)
    message.state = MessageState.CANCELLED  # it is not wanted any more
    put(world, "second", GONE + HOUR)
    assert look(world, GONE + 2 * HOUR) == []
    world.message("second").state = MessageState.SENT
    assert look(world, GONE + 3 * HOUR) == EACH_BACK


def test_at_a_weekend_nobody_is_written_to_and_what_is_over_by_monday_is_not_told(world: World) -> None:
    message = refuse(world, "first", GONE + DAY)
    assert look(world, GONE + DAY + HOUR) == EACH_AWAY
    assert f"{direct(world).due_at.astimezone(world.programme.zone):%A %H:%M}" == "Monday 07:00"
    message.state = MessageState.SENT
    assert look(world, GONE + DAY + 2 * HOUR) == []
    assert [told.state for told in world.messages(MessageKind.NOTICE) if told.person_id] == [MessageState.CANCELLED] * 2


def test_they_read_where_since_when_how_much_and_what_to_do(world: World) -> None:
    refuse(world, "first")
    put(world, "second")
    look(world, GONE + HOUR)
    assert text_of(world, direct(world)) == (
        f"Jeg kan ikke skrive i jeres kanal ({ORGANISERS_CHANNEL}). Sådan har det været siden fredag den 24. august kl. 10.00, og 2"
        " beskeder venter på at komme frem. Når kanalen er i orden, kommer de af sig selv.\n"
        "Måske er kanalen arkiveret, eller også er jeg ikke med i den eller må ikke skrive i den."
        " Åbn den igen, invitér mig, eller skriv en anden kanal i programfilen."
    )


def test_where_a_digest_waits_they_read_how_it_can_be_approved_all_the_same(world: World) -> None:
    world.add_round(1)
    digest_review.submit_draft(world.session, GONE, world.programme, world.draft(1))
    draft = world.message("draft:1")
    draft.attempts, draft.reason = 1, ARCHIVED
    look(world, GONE + HOUR)
    assert "`digest approve 1`" in text_of(world, direct(world))


@pytest.mark.parametrize("word", ["unreachable", "never", "outofservice"])
def test_every_refusal_is_told_in_words_and_never_in_a_platforms(world: World, word: str) -> None:
    refuse(world, "first", reason=f"{word}: chat.postMessage: some_code")
    look(world, GONE + HOUR)
    assert "some_code" not in text_of(world, direct(world))


# --- another channel


def test_what_waits_is_said_in_the_channel_that_the_programme_names_now(world: World) -> None:
    said, refused = put(world, "said"), refuse(world, "refused")
    said.state = MessageState.SENT
    look(world, GONE + HOUR)
    world.session.flush()
    moved = replace(PROGRAMME, people=replace(PROGRAMME.people, organisers_channel="C0NEW"))
    outbox.readdress(world.session, GONE + 2 * HOUR, moved)
    world.session.expire_all()
    assert (said.address, direct(world).address) == (ORGANISERS_CHANNEL, "U0ORG1")
    assert (refused.address, refused.attempts, refused.reason, refused.next_at) == ("C0NEW", 0, None, GONE + 2 * HOUR)


# --- given up by an earlier version


def test_a_draft_that_was_given_up_is_put_to_them_once_more_with_its_button_while_it_waits(world: World) -> None:
    world.add_round(1)
    digest = world.draft(1)
    digest_review.submit_draft(world.session, GONE, world.programme, digest)
    world.message("draft:1").state = MessageState.FAILED
    for _ in range(2):
        organisers_channel.put_again(world.session, GONE + HOUR, world.programme)
    again = world.message("draft:1:again")
    drawn = compose(world.session, GONE + HOUR, world.programme, again)
    assert isinstance(drawn, DigestDraft)
    assert drawn.open
    again.state = MessageState.FAILED
    organisers_channel.put_again(world.session, GONE + 2 * HOUR, world.programme)
    assert len(world.messages(MessageKind.DRAFT)) == 2


@pytest.mark.parametrize("shown", ["since", "about to be"])
def test_a_draft_that_they_have_seen_since_is_not_put_again(world: World, shown: str) -> None:
    world.add_round(1)
    digest = world.draft(1)
    digest_review.submit_draft(world.session, GONE, world.programme, digest)
    world.message("draft:1").state = MessageState.FAILED
    digest_review.post_or_alarm(world.session, post_of(1), world.programme, digest)
    if shown == "since":
        world.deliver(post_of(1), MessageKind.DRAFT)
    organisers_channel.put_again(world.session, post_of(1), world.programme)
    assert len(world.messages(MessageKind.DRAFT)) == 2


@pytest.mark.parametrize("still_open", [False, True])
def test_an_answer_that_was_given_up_is_put_again_only_while_it_waits(world: World, still_open: bool) -> None:
    world.answer(world.add_round(1), world.add_people(10))
    response = world.add_response(world.issue(1), GONE)
    response.state = ResponseState.STORED if still_open else ResponseState.RELEASED
    values = {"programme": world.programme.id, "address": ORGANISERS_CHANNEL, "facts": {"response": response.id}, "key": "response:1"}
    moments = {"due_at": GONE, "next_at": GONE}
    world.session.add(OutboxMessage(delivery_id="1", kind=MessageKind.RESPONSE_REVIEW, state=MessageState.FAILED, **values, **moments))
    organisers_channel.put_again(world.session, GONE + DAY, world.programme)
    assert len(world.messages(MessageKind.RESPONSE_REVIEW)) == 1 + still_open


def test_a_digest_that_is_issued_is_not_put_again(world: World) -> None:
    world.add_round(1)
    digest = world.draft(1)
    digest_review.submit_draft(world.session, GONE, world.programme, digest)
    world.message("draft:1").state, digest.state = MessageState.FAILED, DigestState.ISSUED
    organisers_channel.put_again(world.session, GONE + DAY, world.programme)
    assert len(world.messages(MessageKind.DRAFT)) == 1


@pytest.mark.parametrize(("state", "is_open"), [(DigestState.IN_REVIEW, True), (DigestState.HELD, True), (DigestState.APPROVED, False)])
def test_quotes_are_put_again_only_while_they_can_be_decided(world: World, state: DigestState, is_open: bool) -> None:
    digest = draft_with_quotes(world)
    world.message(f"quotes:{digest.id}").state, digest.state = MessageState.FAILED, state
    organisers_channel.put_again(world.session, GONE + DAY, world.programme)
    assert len(world.messages(MessageKind.QUOTE_REVIEW)) == 1 + is_open
