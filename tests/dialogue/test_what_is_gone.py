"""Where a row that a message speaks of has gone or changed meanwhile, nobody is told what no longer holds, and nothing breaks."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from bot.dialogue import organisers_channel, outbox
from bot.dialogue.compose import compose
from bot.dialogue.digests import quotes
from bot.dialogue.digests.uncertain import ask_organisers, hold_uncertain_digests, post_again
from bot.dialogue.digests.void_marks import void_marks
from bot.dialogue.outbox import NotWanted
from bot.models import Authorship, DigestState, MessageKind, MessageState, Reply
from bot.programme import Role
from bot.seam.actions import DeclineReason
from bot.seam.meaning import DigestDraft
from tests.support.programme import ORGANISERS_CHANNEL, PROGRAMME
from tests.support.quoting import draft_with_quotes, review_quotes
from tests.support.world import BEFORE, World, close_of, lists, post_of, with_list

DAY = timedelta(days=1)


def test_a_change_of_a_message_that_is_gone_is_not_made(world: World) -> None:
    values = {"kind": MessageKind.REDRAWN, "address": ORGANISERS_CHANNEL, "facts": {"message": 77}}
    outbox.put(world.session, programme=PROGRAMME.id, due_at=BEFORE, **values)
    (change,) = world.messages(MessageKind.REDRAWN)
    assert compose(world.session, BEFORE, PROGRAMME, change) == NotWanted(reason="the message is gone")


def test_a_doubt_that_is_over_before_organisers_were_asked_is_not_put_to_them(world: World) -> None:
    world.add_round(1)
    digest = world.draft(1)
    message = world.post(digest)
    message.state, message.attempts, message.tried_at = MessageState.HELD, 1, post_of(1)
    assert ask_organisers(world.session, post_of(1), PROGRAMME, message)
    (question,) = world.messages(MessageKind.DRAFT)
    assert isinstance(compose(world.session, post_of(1), PROGRAMME, question), DigestDraft)
    assert post_again(world.session, post_of(1), digest)
    assert isinstance(compose(world.session, post_of(1), PROGRAMME, question), NotWanted)


def test_a_digest_whose_draft_a_restored_backup_has_lost_is_held_all_the_same(world: World) -> None:
    world.add_round(1)
    digest = world.draft(1)
    assert hold_uncertain_digests(world.session, post_of(1)) == 1
    assert (digest.state, world.messages(MessageKind.DRAFT)) == (DigestState.HELD, [])


def test_of_a_declined_quote_nobody_is_told_once_nobody_knows_whose_it_is(world: World) -> None:
    digest = draft_with_quotes(world)
    world.session.execute(delete(Authorship))
    review_quotes(world, digest, next(iter(DeclineReason)))
    assert world.messages(MessageKind.QUOTE_DECLINED) == []


def test_marks_are_void_though_nobody_knows_any_more_who_set_them(world: World) -> None:
    world.answer(world.add_round(1), world.add_people(3), wishes=2, quote=True)
    world.session.execute(delete(Authorship))
    void_marks(world.session, close_of(1))
    assert {(reply.quote, reply.wish, reply.cleared) for reply in world.session.scalars(select(Reply))} == {(False, False, None)}
    assert world.messages(MessageKind.MARKS_VOID) == []


def test_where_no_quote_waits_no_reviewer_is_reminded(world: World) -> None:
    world.add_round(1)
    assert not quotes.remind_reviewers(world.session, post_of(1), PROGRAMME, world.draft(1), since=post_of(1))
    assert world.messages(MessageKind.QUOTE_REVIEW) == []


def test_a_held_list_that_could_not_be_asked_about_is_asked_about_again_as_long_as_it_is_held(world: World) -> None:
    world.read(lists())
    world.read(with_list(lists(), Role.LEADER, []), BEFORE + DAY)
    (review,) = world.messages(MessageKind.LIST_REVIEW)
    review.state = MessageState.FAILED
    world.read(lists(), BEFORE + 2 * DAY)  # the list is as it was
    organisers_channel.put_again(world.session, BEFORE + 2 * DAY, PROGRAMME)
    assert len(world.messages(MessageKind.LIST_REVIEW)) == 1
    world.read(with_list(lists(), Role.LEADER, []), BEFORE + 3 * DAY)
    for message in world.messages(MessageKind.LIST_REVIEW):
        message.state = MessageState.FAILED
    organisers_channel.put_again(world.session, BEFORE + 3 * DAY, PROGRAMME)
    assert len(world.messages(MessageKind.LIST_REVIEW, MessageState.PENDING)) == 1
