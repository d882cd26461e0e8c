"""Composing a message only reads; what it shows or changes is recorded when it is claimed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import event, select

from bot.app.dialogue_hooks import hooks_for
from bot.dialogue.compose import compose, record_claim
from bot.dialogue.digests import digest_review, quotes
from bot.dialogue.outbox import NewMessage, put_many
from bot.dialogue.planning import versions
from bot.message_facts import (
    AnswerFacts,
    DigestFacts,
    DraftFacts,
    Facts,
    ListReviewFacts,
    NoticeFacts,
    PauseFacts,
    PlanFacts,
    PromiseFacts,
    QuestionFacts,
    QuoteReviewFacts,
    ReasonFacts,
    RedrawFacts,
    ResponseReviewFacts,
    WelcomeFacts,
    WishFacts,
)
from bot.models import Authorship, ListHold, MessageKind, MessageState, OutboxMessage, PauseForAll, Person, PersonState, Quote, Round
from bot.programme import Role
from bot.seam.meaning import DigestPost
from bot.sending.claim import claim
from bot.sending.lanes import Lane
from tests.support.quoting import draft_with_quotes, review_quotes
from tests.support.world import DAY, World, post_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PERSONAL = {MessageKind.WELCOME, MessageKind.QUESTION, MessageKind.REMINDER, MessageKind.ANSWER, MessageKind.QUOTE_DECLINED}
PERSONAL |= {MessageKind.MARKS_VOID, MessageKind.PROMISE_DUE, MessageKind.WISH_ASKED, MessageKind.PAUSE_FOR_ALL, MessageKind.SHOWN}
PERSONAL |= {MessageKind.THANKS}


def one_of_each_kind(world: World) -> dict[MessageKind, OutboxMessage]:
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    posting, response = world.post(digest), world.add_response(digest, post_of(1))
    posting.state, posting.channel, posting.stamp = MessageState.SENT, "C0DIGEST", "1.2"
    hold = ListHold(id=1, programme=world.programme.id, role=Role.LEADER, had=30, has=10, since=post_of(1))
    world.session.add_all([hold, PauseForAll(id=1, programme=world.programme.id, reason="Valg", since=post_of(1), ended_at=post_of(1))])
    held = versions.hold_version(world.session, post_of(1), replace(world.programme, content=b"held", checksum="1"))
    round_id, person_id = world.session.execute(select(Authorship.round_id, Authorship.person_id).limit(1)).one()
    round_ = world.session.get_one(Round, round_id)
    round_.snapshot = {**round_.snapshot, "by_role": {Role.LEADER: round_.snapshot["order"][0]}}
    question = QuestionFacts(question=round_.snapshot["order"][0])
    kinds: dict[MessageKind, Facts] = {
        MessageKind.WELCOME: WelcomeFacts(first_question="2018-08-21"),
        MessageKind.QUESTION: question,
        MessageKind.REMINDER: question,
        MessageKind.DRAFT: DraftFacts(digest=digest.id, say="review.alarm"),
        MessageKind.DIGEST_UPDATE: DigestFacts(digest=digest.id),
        MessageKind.REDRAWN: RedrawFacts(message=posting.id),
        MessageKind.QUOTE_REVIEW: QuoteReviewFacts(digest=digest.id),
        MessageKind.QUOTE_DECLINED: ReasonFacts(reason="unclear"),
        MessageKind.RESPONSE_REVIEW: ResponseReviewFacts(response=response.id),
        MessageKind.LIST_REVIEW: ListReviewFacts(hold=hold.id),
        MessageKind.ANSWER: AnswerFacts(response=response.id),
        MessageKind.NOTICE: NoticeFacts(say="list.empty", values={"who": "", "source": ""}),
        MessageKind.MARKS_VOID: ReasonFacts(reason="marks"),
        MessageKind.PROMISE_DUE: PromiseFacts(response=response.id),
        MessageKind.WISH_UNANSWERED: WishFacts(digest=digest.id, theme="trust"),
        MessageKind.WISH_ASKED: WishFacts(digest=digest.id, theme="trust"),
        MessageKind.PAUSE_FOR_ALL: PauseFacts(pause=1),
        MessageKind.PLAN_REVIEW: PlanFacts(version=held.id),
        MessageKind.SHOWN: Facts(),
        MessageKind.THANKS: Facts(),
    }
    for kind, facts in kinds.items():
        whose = {"round_id": round_id, "person_id": person_id} if kind in PERSONAL else {}
        put_many(world.session, world.programme.id, [NewMessage(kind=kind, address="X0", due_at=post_of(1), facts=facts, **whose)])
    return {kind: world.messages(kind)[-1] for kind in MessageKind}


def test_composing_a_message_of_any_kind_writes_nothing(session: Session) -> None:
    world, statements = World(session), []
    messages = one_of_each_kind(world)
    session.flush()
    event.listen(session.get_bind(), "before_cursor_execute", lambda *heard: statements.append(heard[2].split()[0]))
    for state in PersonState:
        for person in session.scalars(select(Person)):
            person.state = state
        session.flush()
        statements.clear()
        for message in messages.values():
            for now in (post_of(1), post_of(1) - 4 * DAY):  # after and before the close
                compose(session, now, world.programme, message)
                assert [*session.new, *session.dirty, *session.deleted] == []
        assert set(statements) == {"SELECT"}


def test_what_a_digest_is_composed_to_show_is_what_is_recorded_for_its_claim(session: Session) -> None:
    world = World(session)
    posting = one_of_each_kind(world)[MessageKind.DIGEST]
    shown = compose(session, post_of(1), world.programme, posting)
    assert isinstance(shown, DigestPost)
    digest = digest_review.require_digest(session, world.programme, posting.digest_id or 0)
    assert quotes.find_quotes(session, digest, Quote.place.is_not(None)) == []
    record_claim(session, world.programme, posting)
    assert digest_review.post_as_it_stands(session, world.programme, digest) == shown
    assert len(quotes.find_quotes(session, digest, Quote.place.is_not(None))) == 3


def test_a_filter_that_is_edited_while_a_digest_is_claimed_leaves_nothing_in_it_that_is_not_recorded(session: Session) -> None:
    world = World(session)
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    world.post(digest)
    edited = replace(world.programme, filter_words=frozenset({"vi", "jeg", "mere", "det"}))
    versions = iter([world.programme])
    hooks = hooks_for(lambda _programme_id: next(versions, edited))
    claimed = claim(session, post_of(1), hooks, lease=1, lanes=frozenset(Lane), most=100)
    (posted,) = [parcel.meaning for parcel in claimed if parcel.message.kind is MessageKind.DIGEST]
    assert posted == digest_review.post_as_it_stands(session, world.programme, digest)


def test_where_a_message_stands_that_is_changed_is_recorded_for_the_claim(session: Session) -> None:
    world = World(session)
    messages = one_of_each_kind(world)
    for kind in (MessageKind.DIGEST_UPDATE, MessageKind.REDRAWN):
        assert messages[kind].stamp is None
        record_claim(session, world.programme, messages[kind])
        assert (messages[kind].channel, messages[kind].stamp) == ("C0DIGEST", "1.2")
