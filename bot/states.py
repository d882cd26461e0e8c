"""Where may things stand?

The states and kinds that the tables in `bot/models.py` hold, by the words that are stored. Imported from there, like the tables.
"""

from __future__ import annotations

from enum import StrEnum


class PersonState(StrEnum):
    """Where a participant stands. Politicians and organisers are active or left."""

    INVITED = "invited"
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class LeftBy(StrEnum):
    """Who ended it: people who left themselves are not brought back by a list."""

    SELF = "self"
    LIST = "list"


class MessageKind(StrEnum):
    """What a message in the outbox says."""

    WELCOME = "welcome"
    QUESTION = "question"
    REMINDER = "reminder"
    DRAFT = "draft"
    DIGEST = "digest"
    RESPONSE_REVIEW = "response_review"
    ANSWER = "answer"
    NOTICE = "notice"
    QUOTE_REVIEW = "quote_review"
    QUOTE_DECLINED = "quote_declined"
    DIGEST_UPDATE = "digest_update"
    REDRAWN = "redrawn"
    LIST_REVIEW = "list_review"
    MARKS_VOID = "marks_void"


class MessageState(StrEnum):
    """Where a message stands. `FINAL_STATES` are final.

    A held one waits for an organiser's word or, if it was never posted, is tried again.
    """

    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"
    MISSED = "missed"
    CANCELLED = "cancelled"
    HELD = "held"


FINAL_STATES = (MessageState.SENT, MessageState.FAILED, MessageState.MISSED, MessageState.CANCELLED)
UNDELIVERED = (MessageState.FAILED, MessageState.MISSED, MessageState.UNKNOWN, MessageState.HELD)
NOT_REACHED = (MessageState.FAILED, MessageState.MISSED, MessageState.CANCELLED)  # its person has not seen it, and never will


class DigestState(StrEnum):
    """draft → in review → approved → issued, or held by an organiser until approved."""

    IN_REVIEW = "in_review"
    HELD = "held"
    APPROVED = "approved"
    ISSUED = "issued"


class ResponseState(StrEnum):
    """A response waits for an organiser, then is released or declined."""

    STORED = "stored"
    RELEASED = "released"
    DECLINED = "declined"


class QuoteState(StrEnum):
    """A quote waits for a reviewer, whose first decision stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class HoldState(StrEnum):
    """A list is held until an organiser says that it is right, or until it is long enough again. One that has grown is held by nobody."""

    HELD = "held"
    CONFIRMED = "confirmed"
    BACK = "back"
    GROWN = "grown"


class AuditAct(StrEnum):
    """What was decided or done. Each says it in full: the log holds no words, and nobody's name but the one who decided."""

    DIGEST_APPROVED = "digest_approved"
    DIGEST_APPROVED_ON_MACHINE = "approved_on_machine"
    DIGEST_SENT_BACK = "digest_sent_back"
    DIGEST_ISSUED = "digest_issued"
    QUOTE_APPROVED = "quote_approved"
    QUOTE_DECLINED = "quote_declined"
    QUOTE_REMOVED = "quote_removed"
    RESPONSE_RELEASED = "response_released"
    RESPONSE_DECLINED = "response_declined"
    DETACHED = "detached"
    REPLIES_DELETED = "replies_deleted"
    LEADERS_CONFIRMED = "list_leader"
    EMPLOYEE_REPS_CONFIRMED = "list_employee_rep"
    POLITICIANS_CONFIRMED = "list_politician"
    ORGANISERS_CONFIRMED = "list_organiser"
