"""Connects delivery to the dialogue of the programmes: the hooks that delivery calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.days_off import DaysOff
from bot.dialogue.compose import compose_all, on_sent, record_claim
from bot.dialogue.digests.digest_review import channel_fault
from bot.dialogue.digests.uncertain import ask_organisers
from bot.dialogue.outbox import tell_organisers
from bot.dialogue.planning.pause_for_all import is_held_back
from bot.local_time import in_sending_hours, today
from bot.models import Digest, MessageKind
from bot.sending.hooks import UNSURE, Alarm, DialogueHooks
from bot.wording import reason_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.outbox import NotWanted, NotYet
    from bot.models import OutboxMessage
    from bot.programme import Programme
    from bot.seam.meaning import Meaning


def hooks_for(programme: Callable[[str], Programme]) -> DialogueHooks:
    """The hooks of all programmes. `programme` finds one by its id, anew each time, so that a reload counts at once."""

    def compose(session: Session, now: datetime, messages: Sequence[OutboxMessage]) -> list[Meaning | NotWanted | NotYet]:
        compositions: dict[int, Meaning | NotWanted | NotYet] = {}
        for programme_id in {message.programme for message in messages}:
            of_programme = [message for message in messages if message.programme == programme_id]
            compositions |= zip(
                (message.id for message in of_programme), compose_all(session, now, programme(programme_id), of_programme), strict=True
            )
        return [compositions[message.id] for message in messages]

    def alarm(session: Session, now: datetime, message: OutboxMessage, alarm: Alarm) -> None:
        _tell_alarm(session, now, programme(message.programme), message, alarm)

    return DialogueHooks(
        compose=compose,
        record_claim=lambda session, message: record_claim(session, programme(message.programme), message),
        sent=on_sent,
        alarm=alarm,
        channel_fault=lambda message, facts: channel_fault(programme(message.programme), facts),
        follows=frozenset({MessageKind.WELCOME, MessageKind.DIGEST}),
        is_held_back=is_held_back,
    )


def _tell_alarm(session: Session, now: datetime, programme: Programme, message: OutboxMessage, alarm: Alarm) -> None:
    if alarm.say == UNSURE:
        ask_organisers(session, now, programme, message)
        return
    zone, days_off = programme.timezone, DaysOff.of(programme)
    if today(now, zone) != today(message.due_at, zone) and in_sending_hours(now, zone, days_off) != now:
        return  # after its own day only while people work
    values: dict[str, object] = {key: reason_in_words(programme.language, value) for key, value in alarm.values.items()}
    if message.digest_id is not None:
        values["number"] = session.get_one(Digest, message.digest_id).number
    tell_organisers(session, now, programme, key=alarm.key, say=alarm.say, **values)
