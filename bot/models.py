"""All tables of the database. Moments are UTC.

Three things are kept apart: the person (`people`), that a person has taken part (`participations`, no content), and what was said
(`replies`, no person). Only `authorships` ties a person to a reply and to the time it was written; deleting that row destroys the tie.
Each rule that something happens only once is a named constraint here, so that the database enforces it.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.programme import Role
from bot.programme_tables import LoadedProgramme, PauseForAll, ProgrammeVersion
from bot.seam.actions import DeclineReason, ResponseKind
from bot.states import (
    FINAL_STATES,
    AuditAct,
    DigestState,
    Finding,
    HoldState,
    LeftBy,
    MessageKind,
    MessageState,
    PersonState,
    QuoteState,
    ResponseState,
    VersionState,
)
from bot.table_base import Base

__all__ = [
    "FINAL_STATES",
    "AuditAct",
    "AuditEntry",
    "Authorship",
    "Base",
    "Digest",
    "DigestState",
    "HeardBy",
    "HoldState",
    "Lease",
    "LeftBy",
    "ListHold",
    "LoadedProgramme",
    "MessageKind",
    "MessageState",
    "MissedSlot",
    "OutboxMessage",
    "Participation",
    "PauseForAll",
    "PeopleList",
    "Person",
    "PersonState",
    "ProgrammeVersion",
    "Quote",
    "QuoteState",
    "Reply",
    "Response",
    "ResponseState",
    "RosterName",
    "Round",
    "SeenEvent",
    "Tombstone",
    "VersionState",
]


class Person(Base):
    """A person on a programme's lists. A new role waits in `next_role` until `role_from`."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("programme", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    address: Mapped[str] = mapped_column(String(255))
    role: Mapped[Role]
    next_role: Mapped[Role | None]
    role_from: Mapped[datetime | None] = mapped_column(index=True)
    state: Mapped[PersonState] = mapped_column(index=True)
    left_by: Mapped[LeftBy | None]
    language: Mapped[str] = mapped_column(String(5))
    timezone: Mapped[str] = mapped_column(String(64))
    invited_at: Mapped[datetime]
    welcomed_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    ask_at: Mapped[time | None]  # the hour at which they want to be asked, in their time zone; None: the programme's
    heard_until: Mapped[datetime | None]  # politicians' answers up to this moment reached them with questions that are now detached


class RosterName(Base):
    """A word of a listed person's name, as a keyed hash: a text can be searched for it. Nobody can read the name from it."""

    __tablename__ = "roster_names"

    programme: Mapped[str] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), primary_key=True)


class PeopleList(Base):
    """One list of a programme, and how many people are on it, also those who pause or have left.

    `confirmed`: the size that a shrunken list is compared with; only an organiser lowers it. `listed`: how many counted on it when it was
    last accepted, in the ISO week `week`; `before`: when that week began. `told`: its size when it was first read, or when organisers were
    last told of a large change. `out`: its role gets no question of its own any more. `estimated`: the numbers were not read, but counted
    from those who took part. `trusted`: the next reading counts everybody on it.
    """

    __tablename__ = "lists"

    programme: Mapped[str] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)
    confirmed: Mapped[int]
    listed: Mapped[int]
    estimated: Mapped[bool] = mapped_column(default=False)
    trusted: Mapped[bool] = mapped_column(default=False)
    zones: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    week: Mapped[str | None] = mapped_column(String(8))
    before: Mapped[int | None]
    told: Mapped[int | None]
    out: Mapped[bool] = mapped_column(default=False)


IS_OPEN = text("state = 'held'")
IS_ABOUT_A_DIGEST = text("digest_id IS NOT NULL")
IS_FOR_A_CHANNEL = text("person_id IS NULL")
IS_REMINDER = text("kind = 'reminder'")  # also in a query: an index of some rows is used only by who asks in its words


class ListHold(Base):
    """A held list: until it is confirmed, nobody leaves or joins because of it. One that has grown much is only noted.

    `had`, `has`: its size before and now; `had` None: it was an estimate. `others`: long enough, but many who counted on it are gone. The
    id is random: a button that an earlier database left in the chat must not mean this hold.
    """

    __tablename__ = "list_holds"
    __table_args__ = (Index("uq_list_holds_open", "programme", "role", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    programme: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    role: Mapped[Role]
    had: Mapped[int | None]
    has: Mapped[int]
    others: Mapped[bool] = mapped_column(default=False)
    state: Mapped[HoldState] = mapped_column(default=HoldState.HELD)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Round(Base):
    """An entry that has gone out. `snapshot` keeps what it said (`bot/dialogue/snapshot.py`), even if the programme changes later."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("programme", "week", "day", name="uq_rounds_slot"),
        UniqueConstraint("programme", "entry", name="uq_rounds_entry"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    week: Mapped[str] = mapped_column(String(8))
    day: Mapped[int]
    entry: Mapped[str] = mapped_column(String(400))
    theme: Mapped[str] = mapped_column(String(100))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    detached_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any] | None]  # how many people were asked, and how many not reached; counted when the list of them is deleted
    deleted_at: Mapped[datetime | None]  # when its replies reached their age and were deleted
    snapshot: Mapped[dict[str, Any]]
    uncertain: Mapped[bool] = mapped_column(default=False)  # a backup was put back, so nobody knows whether its digest was posted


class MissedSlot(Base):
    """A slot that was not used, with the reason. The bot was down too long, or the lists had too few people."""

    __tablename__ = "missed_slots"

    programme: Mapped[str] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(400))
    noticed_at: Mapped[datetime]


class OutboxMessage(Base):
    """A message to one address. `facts` holds ids and figures (`bot/message_facts.py`), never a reply's words."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id", "kind", name="uq_outbox_round_person_kind"),
        UniqueConstraint("programme", "key", name="uq_outbox_key"),
        Index("ix_outbox_state_due", "state", "next_at"),
        Index("ix_outbox_kind_state", "kind", "state"),
        Index("ix_outbox_for_a_channel", "programme", "kind", sqlite_where=IS_FOR_A_CHANNEL, postgresql_where=IS_FOR_A_CHANNEL),
        Index("ix_outbox_reminders", "round_id", sqlite_where=IS_REMINDER, postgresql_where=IS_REMINDER),
        Index("ix_outbox_digest_id", "digest_id", sqlite_where=IS_ABOUT_A_DIGEST, postgresql_where=IS_ABOUT_A_DIGEST),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[str] = mapped_column(String(32), unique=True)
    programme: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    kind: Mapped[MessageKind]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digests.id"))  # the digest that it shows, changes or asks about
    key: Mapped[str | None] = mapped_column(String(255))
    address: Mapped[str] = mapped_column(String(255))
    facts: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    next_at: Mapped[datetime]  # when delivery looks at it next
    state: Mapped[MessageState] = mapped_column(default=MessageState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    looks: Mapped[int] = mapped_column(default=0)  # how often an unknown one was looked for
    lease: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(400))
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    channel: Mapped[str | None] = mapped_column(String(255))
    stamp: Mapped[str | None] = mapped_column(String(64))


class Participation(Base):
    """The fact that a person has answered a round, without content or time. Only reminders use it."""

    __tablename__ = "participations"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)


class Reply(Base):
    """A reply to a round. The id is random, and the row has neither person nor time; `words` is encrypted UTF-8.

    `cleared` is the fingerprint of the text that may be quoted: its author and the filter have accepted it. An edit voids it.
    """

    __tablename__ = "replies"
    __table_args__ = (Index("ix_replies_round_id", "round_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    question: Mapped[str] = mapped_column(String(100))
    words: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_with: Mapped[str | None] = mapped_column(String(32))  # the name of the key; None: plain, from before there were keys
    wish: Mapped[bool]
    quote: Mapped[bool]
    cleared: Mapped[str | None] = mapped_column(String(64))
    sentence: Mapped[int | None]  # the one sentence of its printed form that may be quoted, from 0 on; None: the whole


class Authorship(Base):
    """The author of a reply, and when it was written. Deleting the row destroys the tie between person and reply."""

    __tablename__ = "authorships"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    reply_id: Mapped[str] = mapped_column(ForeignKey("replies.id", ondelete="CASCADE"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]


class Digest(Base):
    """A week as politicians see it. `content` is its text, which the checksum covers; it never changes after drafting."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("programme", "week"), UniqueConstraint("programme", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    week: Mapped[str | None] = mapped_column(String(8))  # None: it is the season's report
    number: Mapped[int]
    state: Mapped[DigestState]
    uncertain: Mapped[bool] = mapped_column(default=False)  # held because nobody knows whether it has been posted
    content: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any] | None]  # people by word of its printed themes, none under the floors; later digests compare with it
    finding: Mapped[Finding | None]  # what stands at its top: first what a reviewer picked, then what was posted
    wishes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # themes whose wishes are in the ledger, once posted
    checksum: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(default=1)
    drafted_at: Mapped[datetime]
    post_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str | None] = mapped_column(String(3000))
    issued_at: Mapped[datetime | None]


class Quote(Base):
    """A text that its author marked and the filter let pass; a reviewer decides whether a digest may quote it.

    All say yes to the text with this `fingerprint` (keyed), and to no other. A posted quote has a `place` in its theme, its own words and
    their checksum; removing it deletes the row. Detaching the reply from its author empties `reply_id`.
    """

    __tablename__ = "quotes"
    __table_args__ = (UniqueConstraint("reply_id"), Index("ix_quotes_digest_id", "digest_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id"))
    theme: Mapped[str] = mapped_column(String(100))
    reply_id: Mapped[str | None] = mapped_column(ForeignKey("replies.id", ondelete="CASCADE"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    state: Mapped[QuoteState]
    reason: Mapped[DeclineReason | None]
    wish: Mapped[bool] = mapped_column(default=False)  # its author marked a wish
    place: Mapped[int | None]  # 0 and 1: quotes; 2: another voice
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_with: Mapped[str | None] = mapped_column(String(32))
    checksum: Mapped[str | None] = mapped_column(String(64))


class Response(Base):
    """A politician's response to a digest. Politicians speak in public, so their words are not confidential."""

    __tablename__ = "responses"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[ResponseKind]
    theme: Mapped[str | None] = mapped_column(String(100))  # the theme whose wishes it answers; None: the digest as a whole
    place: Mapped[int | None]  # of the one quote that it answers, in that theme
    wish: Mapped[bool | None]  # whether that quote was a wish: else the wishes on the theme are not answered by it
    words: Mapped[str] = mapped_column(String(3000))
    due_on: Mapped[date | None]  # the day by which a promise is to be kept
    signed: Mapped[str | None] = mapped_column(String(80))  # the name that the politician put under it
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"))  # of which it tells what became
    repeats_quote: Mapped[bool | None]  # whether it repeated one when it was stored; None: it is from before that was noted
    state: Mapped[ResponseState]
    written_at: Mapped[datetime]
    released_at: Mapped[datetime | None]


class HeardBy(Base):
    """A politician's acknowledgement of a digest; each has one, even if they press more often."""

    __tablename__ = "heard_by"

    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)


class AuditEntry(Base):
    """A decision, with its moment and the person who made it. Rows never change; they hold no words and point to no reply or author.

    The id is random: for some acts only the day is kept, and neighbouring ids must not tell more.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    programme: Mapped[str | None] = mapped_column(ForeignKey("programmes.id"))  # None: it was done to the whole database
    at: Mapped[datetime]
    act: Mapped[AuditAct]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))  # None: nobody's decision, or nobody to be named
    digest: Mapped[int | None]  # its number


class Tombstone(Base):
    """The mark of something deleted or withdrawn. Its bytes must be wiped from the file, and no backup may bring it back."""

    __tablename__ = "traces"
    __table_args__ = (Index("ix_traces_token", "token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str | None] = mapped_column(String(64))  # a keyed hash of what it was; None: if it comes back, it leaves no mark
    at: Mapped[datetime]
    taken_at: Mapped[datetime | None]  # when the wiping that includes it began
    wiped_at: Mapped[datetime | None]
    lasting: Mapped[bool] = mapped_column(default=False)  # it never expires


class SeenEvent(Base):
    """A platform's event that has been answered, so that a repetition of it is not."""

    __tablename__ = "seen_events"

    id: Mapped[str] = mapped_column(String(255), primary_key=True)
    seen_at: Mapped[datetime]


class Lease(Base):
    """The right to deliver for a workspace. Its holder raises `counter`; a new holder raises `number`, which each claim checks."""

    __tablename__ = "leases"

    workspace: Mapped[str] = mapped_column(String(100), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    counter: Mapped[int]
