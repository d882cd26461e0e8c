"""Does what follows from a message's new state.

A delivered message has consequences in the dialogue: a welcomed person is active, a digest is issued. If a digest is not posted, the
organisers are alarmed once for each thing that happens to it. If a change of a digest is not made, or the platform refuses a text, they are
alarmed once a day. Prompts that were not sent in time are counted in their round's report.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import update

from bot.database.group_commit import is_conflict
from bot.dialogue.reasons import REFUSALS
from bot.message_facts import DigestFacts
from bot.models import FINAL_STATES, MessageKind, MessageState, OutboxMessage
from bot.sending.hooks import UNSURE, Alarm
from bot.sending.outcomes import Why, log_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.sending.hooks import DialogueHooks

LATE_AFTER = timedelta(minutes=30)
FAULTS_OF_OURS = ("unfit", Why.FAULT)  # how the reasons of such messages begin


def follow_up(session: Session, now: datetime, hooks: DialogueHooks, messages: Sequence[OutboxMessage]) -> None:
    """Do what each message's new state calls for."""
    for message in messages:
        alarm = alarm_for(message, now)
        if alarm is not None:
            _keep_state_whatever_fails(session, partial(hooks.alarm, session, now, message, alarm))
        elif message.state is MessageState.SENT and message.attempts > 1:
            # The conversation takes messages again: what was refused in it is due now, in its order.
            others = OutboxMessage.address == message.address, OutboxMessage.state == MessageState.PENDING, OutboxMessage.next_at > now
            session.execute(update(OutboxMessage).where(*others, OutboxMessage.attempts > 0).values(next_at=now))
        if message.state is MessageState.SENT and message.kind in hooks.follows:
            _keep_state_whatever_fails(session, partial(hooks.sent, session, now, message))


def _keep_state_whatever_fails(session: Session, task: Callable[[], None]) -> None:
    """Run a task; if it fails it is undone, but the message's state is kept: forgetting that it was sent would send it twice."""
    try:
        with session.begin_nested():
            task()
    except Exception as fault:
        if is_conflict(fault):  # then the whole turn is run again
            raise
        log_fault(fault, "follow_up")


def alarm_for(message: OutboxMessage, now: datetime) -> Alarm | None:
    """The alarm that a message's present state calls for, or None."""
    if message.state in FINAL_STATES:
        return None
    if message.kind is MessageKind.DIGEST_UPDATE:
        return _alarm_of_change(message, now)
    if message.kind is MessageKind.DIGEST:
        return _alarm_of_digest(message, now)
    return _alarm_of_content(message, now)


def _alarm_of_content(message: OutboxMessage, now: datetime) -> Alarm | None:
    """The alarm of a message that cannot be composed, or that the platform refuses: a fault of ours. It tells nothing of whose it is."""
    reason = message.reason or ""
    if message.state is not MessageState.PENDING or not reason.startswith(FAULTS_OF_OURS):
        return None
    return Alarm(key=f"alarm:content:{reason[:100]}:{now:%Y-%m-%d}", say="alarm.content", values={"reason": reason})


def _alarm_of_change(message: OutboxMessage, now: datetime) -> Alarm | None:
    """The alarm of a change that was refused, or had no answer for so long that somebody must look."""
    if not (message.reason or "").startswith(REFUSALS) and now - message.due_at < LATE_AFTER:
        return None
    key = f"alarm:update:{DigestFacts.read(message.facts).digest or message.delivery_id}:{now:%Y-%m-%d}"
    return Alarm(key=key, say="alarm.update_held", values={"reason": message.reason or ""})


def _alarm_of_digest(message: OutboxMessage, now: datetime) -> Alarm | None:
    if message.state is not MessageState.HELD:
        late = now - message.due_at >= LATE_AFTER
        return Alarm(key=f"alarm:late:{message.delivery_id}", say="alarm.digest_late") if late else None
    reason = message.reason or ""
    if reason.startswith(Why.UNSURE):
        return Alarm(key=f"alarm:unsure:{message.delivery_id}", say=UNSURE)
    return Alarm(key=f"alarm:held:{message.delivery_id}:{now:%Y-%m-%d}", say="alarm.digest_held", values={"reason": reason})
