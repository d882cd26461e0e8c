"""The outbox: put, cancel and find messages that wait to be delivered.

A row tells the address, the subject, and from when until when it is to be sent. It holds ids and figures, never a reply's words; its text
is composed when it is sent (`bot/dialogue/compose.py`). The database keeps each row unique, so that everything here may be done twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, or_, select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.encryption import session_keys
from bot.database.insert_once import write_once
from bot.database.row_ids import new_id, new_number
from bot.dialogue import audit
from bot.message_facts import AnswerFacts, DigestFacts, Facts, ListReviewFacts, NoticeFacts, PlanFacts, WishFacts
from bot.models import FINAL_STATES, AuditAct, MessageKind, MessageState, OutboxMessage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Update
    from sqlalchemy.orm import Session

    from bot.message_facts import ReviewFacts
    from bot.models import Round
    from bot.programme import Programme
    from bot.seam.platform import Receipt

LENGTH: Final = 32  # letters of an id
LIFETIME: Final = tombstones.EXPIRY_AGE  # no backup is older
RESTORED: Final = "restored"  # why a message is in doubt that nobody has tried to send since the database came back
REVIEWS = (  # what carries buttons
    *(MessageKind.DRAFT, MessageKind.QUOTE_REVIEW, MessageKind.RESPONSE_REVIEW, MessageKind.LIST_REVIEW, MessageKind.WISH_UNANSWERED),
    MessageKind.PLAN_REVIEW,
)
HOLD_ID = OutboxMessage.facts["hold"].as_integer()  # the hold of a list that a message asks about
KINDS_TO_ORGANISERS = (*REVIEWS, MessageKind.NOTICE)  # in their channel
SELECT_BY_KEY = select(OutboxMessage.id).where(OutboxMessage.programme == bindparam("programme"), OutboxMessage.key == bindparam("key"))
IS_POSTABLE = or_(
    OutboxMessage.state == MessageState.PENDING,
    and_(OutboxMessage.state == MessageState.HELD, OutboxMessage.attempts == 0),  # never posted: held until its obstacle is gone
)
WAITS = or_(
    OutboxMessage.state == MessageState.PENDING,
    and_(OutboxMessage.state == MessageState.UNKNOWN, OutboxMessage.reason == RESTORED),
)
STOPPED_BY_PAUSE = (  # what somebody who pauses does not get
    *(MessageKind.WELCOME, MessageKind.QUESTION, MessageKind.REMINDER),
    *(MessageKind.PAUSE_FOR_ALL, MessageKind.THANKS),
)
KINDS_THAT_CHANGE = (MessageKind.DIGEST_UPDATE, MessageKind.REDRAWN)  # these change a posted message, and post nothing
KINDS_HELD_BACK = (  # what waits during a pause for all; organisers still read theirs, and what somebody withdraws still goes
    *(MessageKind.WELCOME, MessageKind.QUESTION, MessageKind.REMINDER, MessageKind.DIGEST, MessageKind.ANSWER),
    *(MessageKind.QUOTE_DECLINED, MessageKind.MARKS_VOID, MessageKind.PROMISE_DUE, MessageKind.WISH_ASKED),
    MessageKind.THANKS,
)


@dataclass(frozen=True, kw_only=True)
class NotWanted:
    """A message is not wanted any more. `reason` is stored in its row, for organisers; it tells nothing of a reply."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class NotYet:
    """A message is still wanted, but not before `until`: nobody is written to at night. `reason` is kept if its time runs out meanwhile."""

    until: datetime
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """A message to be put in the outbox. Without `expires_at` it is never too late."""

    kind: MessageKind
    address: str
    due_at: datetime
    facts: Facts | Mapping[str, Any] = field(default_factory=dict)
    expires_at: datetime | None = None
    round_id: int | None = None
    person_id: int | None = None
    key: str | None = None
    unordered: bool = False  # its id does not tell when it was put
    of_round: Round | None = None  # it says for a round what it says to this address once


def put(  # noqa: PLR0913 - a row of the outbox has these columns
    session: Session,
    *,
    programme: str,
    kind: MessageKind,
    address: str,
    facts: Facts | Mapping[str, Any],
    due_at: datetime,
    expires_at: datetime | None = None,
    round_id: int | None = None,
    person_id: int | None = None,
    key: str | None = None,
    unordered: bool = False,
) -> bool:
    """Put one message in the outbox of the programme with this id; False if it is there already."""
    if key is not None and _is_there(session, programme, key):
        return False  # the constraint judges; but a beat that finds nothing new is told so by a look
    message = NewMessage(
        kind=kind,
        address=address,
        facts=facts,
        due_at=due_at,
        expires_at=expires_at,
        round_id=round_id,
        person_id=person_id,
        key=key,
        unordered=unordered,
    )
    return put_many(session, programme, [message]) == 1


def put_many(session: Session, programme: str, messages: Iterable[NewMessage]) -> int:
    """Put many messages in the outbox at once; how many were not there yet."""
    rows = list(messages)
    put_back_at = audit.last_time(session, AuditAct.PUT_BACK) if any(message.of_round for message in rows) else None
    return write_once(session, OutboxMessage, [_row(session, programme, message, put_back_at) for message in rows])


def make_room(session: Session, programme_id: str, keys: Collection[str], *states: MessageState) -> None:
    """Delete the messages with these keys in these states: they have reached nobody, so they may be put anew."""
    of_keys = OutboxMessage.programme == programme_id, OutboxMessage.key.in_(keys), OutboxMessage.state.in_(states)
    tombstones.delete_rows(session, OutboxMessage, *of_keys)


def _row(session: Session, programme: str, message: NewMessage, put_back_at: datetime | None = None) -> dict[str, Any]:
    facts = message.facts.as_stored() if isinstance(message.facts, Facts) else dict(message.facts)
    return {
        "delivery_id": new_id(session) if message.of_round is None else _id_for_round(session, message, message.of_round),
        **_state(message.of_round, put_back_at),
        "programme": programme,
        "kind": message.kind,
        "round_id": message.round_id,
        "person_id": message.person_id,
        "digest_id": facts.get("digest"),
        "key": message.key,
        "address": message.address,
        "facts": facts,
        "due_at": message.due_at,
        "expires_at": message.expires_at,
        "next_at": message.due_at,
        **({"id": -new_number(session)} if message.unordered else {}),  # the others are counted upwards from 1
    }


def _id_for_round(session: Session, message: NewMessage, round_: Round) -> str:
    """The id of a message of a round, which is the same again where the database has come back from before that round."""
    named = round_.programme, round_.entry, message.kind, message.address
    return session_keys(session).fingerprint("delivery", *named)[:LENGTH]


def _state(round_: Round | None, put_back_at: datetime | None) -> dict[str, Any]:
    """In doubt, where the database has come back lately: the entry may have been asked before, in any week. It is looked for first."""
    if round_ is None or put_back_at is None or round_.opens_at > put_back_at + LIFETIME:
        return {"state": MessageState.PENDING, "reason": None, "tried_at": None}
    return {"state": MessageState.UNKNOWN, "reason": RESTORED, "tried_at": put_back_at - LIFETIME}


def tell_organisers(session: Session, now: datetime, programme: Programme, *, key: str, say: str, **values: object) -> bool:
    """Put a notice for the organisers' channel: the sentence `say` with its values, once per `key`. A value `n` chooses its plural."""
    return put(
        session,
        programme=programme.id,
        kind=MessageKind.NOTICE,
        address=programme.people.organisers_channel,
        facts=NoticeFacts(say=say, values=values),
        due_at=now,
        key=key,
    )


def readdress(session: Session, now: datetime, programme: Programme) -> None:
    """Move what waits for a channel, of the organisers or the politicians, to the one that the programme names now."""
    for channel, follow in ((programme.people.organisers_channel, NOTICES_FOLLOW), (programme.digest.channel, DIGESTS_FOLLOW)):
        session.execute(follow, {"of": programme.id, "place": channel, "now": now})


def _follow(kinds: tuple[MessageKind, ...]) -> Update:
    """The statement that moves what waits of these kinds to a channel. Every beat runs it, so it is built once."""
    waits = OutboxMessage.programme == bindparam("of"), OutboxMessage.person_id.is_(None), OutboxMessage.kind.in_(kinds), IS_POSTABLE
    follow = update(OutboxMessage).where(*waits, OutboxMessage.address != bindparam("place"))
    now = bindparam("now", type_=OutboxMessage.next_at.type)
    follow = follow.values(address=bindparam("place"), attempts=0, reason=None, next_at=now)
    return follow.execution_options(synchronize_session=False)


NOTICES_FOLLOW, DIGESTS_FOLLOW = _follow(tuple(KINDS_TO_ORGANISERS)), _follow((MessageKind.DIGEST,))


def record_said(  # noqa: PLR0913 - a notice, and where it stands
    session: Session, now: datetime, programme: Programme, receipt: Receipt, *, key: str, say: str, values: Mapping[str, object]
) -> None:
    """Store a notice that has been sent already, without the outbox; `receipt` tells where it is."""
    notice = NewMessage(
        kind=MessageKind.NOTICE,
        address=programme.people.organisers_channel,
        facts=NoticeFacts(say=say, values=dict(values)),
        due_at=now,
        key=key,
    )
    place = {"channel": receipt.channel, "stamp": receipt.stamp}
    sent = {"state": MessageState.SENT, "sent_at": now, "attempts": 1}
    write_once(session, OutboxMessage, [_row(session, programme.id, notice) | sent | place])


def has_notice(session: Session, programme: Programme, key: str) -> bool:
    """Whether there is a message with this key."""
    return _is_there(session, programme.id, key)


def _is_there(session: Session, programme_id: str, key: str) -> bool:
    return session.scalar(SELECT_BY_KEY, {"programme": programme_id, "key": key}) is not None


def put_reminder(  # noqa: PLR0913 - a message of some kind, and when it is needed
    session: Session, now: datetime, programme: Programme, *, kind: MessageKind, facts: ReviewFacts, since: datetime, key: str
) -> bool:
    """Remind the organisers of something by a message with its button; False if that is not needed.

    It is not while a message of this kind about the same thing waits to be sent, or was sent `since` a moment.
    """
    if has_notice(session, programme, key):
        return False
    same_thing = OutboxMessage.programme == programme.id, OutboxMessage.kind == kind, _is_about(facts)
    is_fresh = or_(OutboxMessage.state.not_in(FINAL_STATES), OutboxMessage.sent_at >= since)
    if session.scalar(select(OutboxMessage.id).where(*same_thing, is_fresh).limit(1)) is not None:
        return False
    address = programme.people.organisers_channel
    return put(session, programme=programme.id, kind=kind, address=address, facts=facts, due_at=now, key=key)


def is_about_response(response_id: int) -> ColumnElement[bool]:
    """The messages about a political answer."""
    about: ColumnElement[bool] = OutboxMessage.facts["response"].as_integer() == response_id
    return about


def is_about_wishes(theme: str) -> ColumnElement[bool]:
    """The messages about the wishes on a theme, of any digest."""
    about: ColumnElement[bool] = OutboxMessage.facts["theme"].as_string() == theme
    return about


def is_about_hold(hold_id: int) -> ColumnElement[bool]:
    """The messages that ask about a held list."""
    about: ColumnElement[bool] = HOLD_ID == hold_id  # noqa: SIM300 - a column
    return about


def is_about_version(version_id: int) -> ColumnElement[bool]:
    """The messages that ask about a held plan."""
    about: ColumnElement[bool] = OutboxMessage.facts["version"].as_integer() == version_id
    return about


def _is_about(facts: ReviewFacts) -> ColumnElement[bool]:
    match facts:
        case WishFacts():
            return and_(OutboxMessage.digest_id == facts.digest, is_about_wishes(facts.theme))
        case DigestFacts():
            return OutboxMessage.digest_id == facts.digest
        case AnswerFacts():
            return is_about_response(facts.response)
        case ListReviewFacts():
            return is_about_hold(facts.hold)
        case PlanFacts():
            return is_about_version(facts.version)


def cancel_messages(
    session: Session, now: datetime, person_ids: Collection[int], kinds: Collection[MessageKind] = tuple(MessageKind)
) -> None:
    """Delete what waits for these people: they have paused or left.

    The rows and their bytes go, so that they tell nobody who paused or left, and so that a question can be put again when somebody comes
    back in time. That an operator has shown what is kept about them, they are told all the same.
    """
    conditions = WAITS, OutboxMessage.kind.in_(kinds), OutboxMessage.kind != MessageKind.SHOWN
    if tombstones.delete_rows(session, OutboxMessage, OutboxMessage.person_id.in_(person_ids), *conditions):
        tombstones.request_wiping(session, now)
