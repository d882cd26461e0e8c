"""Makes one call to the platform and turns whatever it says into an outcome.

No error escapes: one message's fault must not stop the rest. A call that was begun and not answered is doubt, never a reason to repeat it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.confidentiality.deletion.tombstones import EXPIRY_AGE
from bot.dialogue.outbox import KINDS_THAT_CHANGE
from bot.errors import Later, Never, OutOfService, Unsure, Vanished
from bot.models import MessageKind, MessageState
from bot.seam.platform import Receipt
from bot.sending.outcomes import Absent, Doubt, Ended, Held, PutOff, Refused, Sent, Unclear, Why, log_fault

if TYPE_CHECKING:
    from bot.models import OutboxMessage
    from bot.seam.meaning import Meaning
    from bot.seam.platform import Platform
    from bot.sending.hooks import DialogueHooks
    from bot.sending.outcomes import Outcome, Parcel

BEFORE_A_RETURN = EXPIRY_AGE  # nobody has tried since the database came back: it may have been sent at any time since a backup
CLOCK_MARGIN = timedelta(days=1)  # a clock that was wrong when we tried must not hide a message that stands there
RETRY_CHECK_AFTER = 60.0  # seconds until a channel that could not be checked is checked again
RETRY_UNANSWERED_AFTER = 60.0  # seconds until a change is tried again to which no answer came
SHORTEST_WAIT = 1.0  # seconds; "later, after 0" must not become a busy loop


def change_message(platform: Platform, message: OutboxMessage, meaning: Meaning) -> Outcome:
    """Change a message that was posted. Doing so twice does no harm, so without an answer it is tried again.

    We give a change up only when the message is certainly gone: otherwise what was taken out of the digest may still be there.
    """
    receipt = Receipt(channel=message.channel or "", stamp=message.stamp or "")
    try:
        platform.update(receipt, meaning)
    except Vanished as vanished:
        return Ended(reason=_describe(vanished), state=MessageState.CANCELLED)
    except (Later, Never) as refusal:
        return _outcome_of_refusal(refusal)
    except Unsure as silence:
        return PutOff(after=RETRY_UNANSWERED_AFTER, reason=_describe(silence))
    except Exception as fault:  # noqa: BLE001 - one message's fault must not stop the rest
        log_fault(fault, "send")
        return PutOff(after=RETRY_UNANSWERED_AFTER, reason=Why.UNSURE)
    return Sent(receipt=receipt)


def post(platform: Platform, message: OutboxMessage, meaning: Meaning) -> Outcome:
    """Post one message, or make one change."""
    if message.kind in KINDS_THAT_CHANGE:
        return change_message(platform, message, meaning)
    try:
        receipt = platform.send(message.address, meaning, message.delivery_id)
    except (Later, Never) as refusal:
        return _outcome_of_refusal(refusal)
    except Unsure as silence:
        return Doubt(reason=_describe(silence))
    except Exception as fault:  # noqa: BLE001 - the call had begun: whatever it is, the message may stand there
        return Doubt(reason=log_fault(fault, "send"))
    return Sent(receipt=receipt)


def outcome_without_answer(parcel: Parcel) -> Outcome:
    """What is known of a call for whose answer nobody waits any longer."""
    if parcel.meaning is None:
        return Unclear()
    if parcel.message.kind in KINDS_THAT_CHANGE:
        return PutOff(after=RETRY_UNANSWERED_AFTER, reason=Why.UNSURE)
    return Doubt(reason=Why.INTERRUPTED)


def _outcome_of_refusal(refusal: Later | Never) -> Outcome:
    """Put off at a rate limit; else refused, because of us as a whole or of this message."""
    if isinstance(refusal, Never | OutOfService):
        return Refused(reason=_describe(refusal), is_about_us=isinstance(refusal, OutOfService))
    return PutOff(after=max(refusal.after, SHORTEST_WAIT), reason=Why.LATER, is_limit=True)


def look_for(platform: Platform, message: OutboxMessage) -> Outcome:
    """Look for a message in doubt in its conversation. A change in doubt is made once more."""
    if message.kind in KINDS_THAT_CHANGE:
        return PutOff(after=SHORTEST_WAIT)
    try:
        since = message.tried_at - CLOCK_MARGIN if message.tried_at is not None else message.due_at - BEFORE_A_RETURN
        receipt = platform.find(message.address, message.delivery_id, since)
    except Later as later:
        return Unclear(after=later.after, reason=_describe(later) if isinstance(later, OutOfService) else "")
    except Never as refusal:
        is_digest, reason = message.kind is MessageKind.DIGEST, _describe(refusal)
        return Held(reason=f"{Why.UNSURE}; {reason}", posted=True) if is_digest else Unclear(reason=reason)
    except Exception as fault:  # noqa: BLE001 - a look concludes nothing unless it succeeds
        if not isinstance(fault, Unsure):
            log_fault(fault, "look_for")
        return Unclear()
    return Absent() if receipt is None else Sent(receipt=receipt, is_found=True)


def check_channel(platform: Platform, message: OutboxMessage, hooks: DialogueHooks) -> Outcome | None:
    """None if the digest's channel is right; else the outcome: held, or put off as it could not be checked."""
    try:
        fault = hooks.channel_fault(message, platform.channel(message.address))
    except Later as later:
        return PutOff(after=max(later.after, SHORTEST_WAIT), reason=Why.LATER)
    except Never as refusal:
        return Held(reason=_describe(refusal))
    except Exception as fault:  # noqa: BLE001 - nothing was posted, so it can be tried again
        return PutOff(after=RETRY_CHECK_AFTER, reason=log_fault(fault, "check_channel"))
    return None if fault is None else Held(reason=fault)


def _describe(error: Exception) -> str:
    kind = OutOfService if isinstance(error, OutOfService) else type(error)
    return f"{kind.__name__.lower()}: {error}"
