"""The states and kinds in the tables, with the words that are stored. Import them from `bot/models.py`, like the tables."""

from __future__ import annotations

from enum import StrEnum


class PersonState(StrEnum):
    """The state of a participant. Politicians and organisers are active or left."""

    INVITED = "invited"
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class LeftBy(StrEnum):
    """The reason why somebody left. No list brings back a person who left by themselves."""

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
    PROMISE_DUE = "promise_due"
    WISH_UNANSWERED = "wish_unanswered"
    WISH_ASKED = "wish_asked"
    PLAN_REVIEW = "plan_review"
    PAUSE_FOR_ALL = "pause_for_all"
    SHOWN = "shown"
    THANKS = "thanks"


class MessageState(StrEnum):
    """The state of a message. A held one waits for an organiser's decision; if it was never posted, it is tried again."""

    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"
    MISSED = "missed"
    CANCELLED = "cancelled"
    HELD = "held"


FINAL_STATES = (MessageState.SENT, MessageState.FAILED, MessageState.MISSED, MessageState.CANCELLED)
RESTORED = "restored"  # why a message is in doubt though nobody has tried to send it since the database came back
UNDELIVERED = (MessageState.FAILED, MessageState.MISSED, MessageState.UNKNOWN, MessageState.HELD)
NOT_REACHED = (MessageState.FAILED, MessageState.MISSED, MessageState.CANCELLED)  # the person has not seen it and never will


class DigestState(StrEnum):
    """The state of a digest: in review → approved → issued, or held until an organiser approves it. `PURGED`: only its number is left."""

    IN_REVIEW = "in_review"
    HELD = "held"
    APPROVED = "approved"
    ISSUED = "issued"
    PURGED = "purged"


class Finding(StrEnum):
    """What a digest tells first: a quote, the words that set the week apart, what changed, or how many answered."""

    QUOTE = "quote"
    WORDS = "words"
    CHANGE = "change"
    COUNT = "count"


class ResponseState(StrEnum):
    """The state of a response: it waits for an organiser, then is released or declined."""

    STORED = "stored"
    RELEASED = "released"
    DECLINED = "declined"


class QuoteState(StrEnum):
    """The state of a quote: it waits for a reviewer, whose first decision is final."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class HoldState(StrEnum):
    """The state of a held list: held until an organiser confirms it or it has its size again. `GROWN`: only noted."""

    HELD = "held"
    CONFIRMED = "confirmed"
    BACK = "back"
    GROWN = "grown"


class AuditAct(StrEnum):
    """The acts in the audit log. It holds no words, and no name but that of the person who decided."""

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
    PLAN_APPLIED = "plan_applied"
    PLAN_APPLIED_ON_MACHINE = "plan_on_machine"
    PLAN_DECLINED = "plan_declined"
    PAUSED_FOR_ALL = "paused_for_all"
    WENT_ON = "went_on"
    PERSON_ERASED = "person_erased"
    PERSON_SHOWN = "person_shown"
    RESTORED = "restored"
    PUT_BACK = "put_back"  # to an earlier moment; nobody knows what was sent since
    RESTORE_REHEARSED = "restore_rehearsed"
    BACKUP_MADE = "backup_made"
    KEY_ROTATED = "key_rotated"
    EXPORTED = "exported"
    PURGED = "purged"


class VersionState(StrEnum):
    """The state of a version of a programme's file.

    One is running. A held one waits for an organiser's word: then it runs, or the old one is kept (declined). `REPLACED`: it ran before.
    `WITHDRAWN`: the file was changed again while it was held.
    """

    RUNNING = "running"
    HELD = "held"
    DECLINED = "declined"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
