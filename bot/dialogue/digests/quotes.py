"""Quotes: which texts are offered for review, and how a quote is withdrawn.

A quote needs three yeses for the same text: its author's mark, a clean filter, a reviewer's approval. All are bound to the fingerprint of
the exact text, so that an edit voids them. When a week is drafted, the texts with the first two yeses are put to the reviewers, for each
theme that enough people answered, in an order that tells nothing. `quote_review` decides about them, `quote_selection` picks from the
approved.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select

from bot.confidentiality import floors
from bot.confidentiality.bound_text import bound_text
from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.confidentiality.encryption import TEXT, own_words, session_keys
from bot.database.insert_once import table_of
from bot.database.row_ids import new_id
from bot.dialogue import audit
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.digests.redraw import posting_message
from bot.dialogue.filtering import filter_of
from bot.dialogue.outbox import put, put_reminder
from bot.language.dictionary import is_written_in
from bot.language.lemmas import count_words
from bot.local_time import today
from bot.message_facts import DigestFacts, QuoteReviewFacts
from bot.models import AuditAct, Authorship, Digest, DigestState, MessageKind, MessageState, Quote, QuoteState, Reply

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.confidentiality.personal_data import Hold
    from bot.programme import Floors, Programme

MOST_REVIEWED: Final = 20  # texts of one theme: nobody reads more with care
LONGEST_QUOTE: Final = 30  # words: of a longer text, its style tells who wrote it
WORDS_PROMISED_BEFORE: Final = 50  # to authors who said yes before it was less
LETTERS_OF_WORD: Final = 10  # as long as the long ones in our texts are
MOST_SIGNS: Final = LONGEST_QUOTE * LETTERS_OF_WORD
STATES_THAT_MAY_BE_POSTED: Final = (
    MessageState.SENDING,
    MessageState.UNKNOWN,
    MessageState.SENT,
    MessageState.HELD,
)  # of a digest's message
STATES_WITH_OPEN_REVIEW: Final = (DigestState.IN_REVIEW, DigestState.HELD)  # whoever approves has seen the page that is posted


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A reply that its author marked, with the fingerprint of the text that the filter let pass. `wish`: it has both marks."""

    person: int
    reply: str
    cleared: str
    wish: bool


def fingerprint(session: Session, text: str) -> str:
    """The fingerprint that binds a yes to exactly this text."""
    return session_keys(session).fingerprint(TEXT, text)


def is_clean(programme: Programme, text: str, holds: Collection[Hold], *, longest: int = LONGEST_QUOTE) -> bool:
    """Whether nothing speaks against quoting exactly this text, in which the filter finds `holds`.

    A quote is never cut. A text in another language than the programme's is of few: a quote would tell of which.
    """
    is_short = count_words(text) <= longest and len(text) <= longest * LETTERS_OF_WORD
    return not holds and is_short and is_written_in(programme.language.value, text)


# --- into review ---------------------------------------------------------------------------------------------------------------


def offer_for_review(  # noqa: PLR0913 - a theme of a digest, and what its quotes depend on
    session: Session,
    programme: Programme,
    digest: Digest,
    *,
    theme: str,
    rounds: Collection[int],
    people: int,
    listed: int,
    lowest: Floors,
) -> int:
    """Put one theme's texts to the reviewers, if enough people were asked and answered; returns how many texts.

    They must be enough too. `people`: how many answered the theme, exactly; `rounds`: the ids of its rounds in the digest's week. Each text
    is from another person. So their number must leave enough of the `listed` people silent, like any number that is read beside the list.
    """
    if not floors.anybody_may_be_quoted(listed, lowest):
        return 0
    quotable = _quotable(session, programme, _first_of_each_person(_candidates(session, digest, rounds)))
    candidates = list(islice(quotable, min(MOST_REVIEWED, floors.most_known_to_answer(listed, lowest))))
    if not floors.quotes_may_be_reviewed(people, len(candidates), lowest):
        return 0
    is_told = are_wishes_printed(digest, theme)
    common = {"digest_id": digest.id, "theme": theme, "state": QuoteState.WAITING}
    rows = [
        {
            "id": new_id(session),
            "reply_id": text.reply,
            "fingerprint": text.cleared,
            "wish": text.wish and is_told,
            **common,
        }
        for text in candidates
    ]
    session.execute(insert(table_of(Quote)), rows)
    return len(candidates)


def are_wishes_printed(digest: Digest, theme: str) -> bool:
    """Whether a digest prints the theme's number of wishes; else nothing says of a quote that it is one."""
    return any(shown["theme"] == theme and shown["wishes"] is not None for shown in content_of(digest)["themes"])


def _candidates(session: Session, digest: Digest, rounds: Collection[int]) -> list[Candidate]:
    """The replies with two yeses, in the order of a keyed hash of their text, so that neither arrival nor author decides who is first."""
    keys, number = session_keys(session), str(digest.number)
    select_marked = select(Reply.id, Reply.cleared, Authorship.person_id, Reply.wish).join(Authorship, Authorship.reply_id == Reply.id)
    rows = session.execute(select_marked.where(Reply.round_id.in_(rounds), Reply.quote, Reply.cleared.is_not(None)))
    candidates = [Candidate(person=person, reply=reply, cleared=str(cleared), wish=wish) for reply, cleared, person, wish in rows]
    return sorted(candidates, key=lambda candidate: (keys.fingerprint("order", number, candidate.cleared), candidate.reply))


def _first_of_each_person(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The first text of each person, and the first of several equal texts."""
    people: set[int] = set()
    texts: set[str] = set()
    for candidate in candidates:
        if candidate.person not in people and candidate.cleared not in texts:
            people.add(candidate.person)
            texts.add(candidate.cleared)
            yield candidate


def _quotable(session: Session, programme: Programme, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Those whose text the filter still lets pass: lists of people and of words grow. Each text is read only when it is needed."""
    keys, data_filter = session_keys(session), filter_of(session, programme)
    for candidate in candidates:
        reply = session.get_one(Reply, candidate.reply)
        text = bound_text(keys, own_words(keys, reply), candidate.cleared, reply.sentence)
        if text is not None and is_clean(programme, text, data_filter.holds(text), longest=WORDS_PROMISED_BEFORE):
            yield candidate


def tell_reviewers(session: Session, now: datetime, programme: Programme, digest: Digest) -> bool:
    """Tell the organisers that quotes wait for them, once."""
    return put(
        session,
        programme=programme.id,
        kind=MessageKind.QUOTE_REVIEW,
        address=programme.people.organisers_channel,
        facts=QuoteReviewFacts(digest=digest.id),
        due_at=now,
        key=f"quotes:{digest.id}",
    )


def remind_reviewers(session: Session, now: datetime, programme: Programme, digest: Digest, *, since: datetime) -> bool:
    """Remind the reviewers of waiting quotes, if nobody has since a moment; False if that is not needed."""
    if not is_any_waiting(session, digest):
        return False
    facts, key = QuoteReviewFacts(digest=digest.id, again=True), f"alarm:quotes:{digest.id}:{today(now, programme.timezone)}"
    return put_reminder(session, now, programme, kind=MessageKind.QUOTE_REVIEW, facts=facts, since=since, key=key)


def is_any_waiting(session: Session, digest: Digest) -> bool:
    """Whether a quote that reviewers may see waits for their decision."""
    return count_waiting(session, digest) > 0


def count_waiting(session: Session, digest: Digest) -> int:
    """How many quotes that reviewers may see wait for their decision."""
    if not is_open_for_review(digest):
        return 0
    all_quotes = find_quotes(session, digest)
    count_by_theme = Counter(quote.theme for quote in all_quotes)
    return sum(quote.state is QuoteState.WAITING and floors.quotes_may_be_seen(count_by_theme[quote.theme]) for quote in all_quotes)


# --- out of it -----------------------------------------------------------------------------------------------------------------


def find_quotes(session: Session, digest: Digest, *conditions: ColumnElement[bool]) -> Sequence[Quote]:
    """A digest's quotes. Their ids are random, so their order tells nothing."""
    return session.scalars(select(Quote).where(Quote.digest_id == digest.id, *conditions).order_by(Quote.id)).all()


def withdraw(session: Session, now: datetime, reply_id: str) -> bool:
    """Remove a reply's quote, posted or not; False if there is none.

    One that is or may be posted is taken out of the message too: the digest's revision rises, and its numbers and checksum stay.
    """
    quote = session.scalar(select(Quote).where(Quote.reply_id == reply_id))
    if quote is None:
        return False
    remove(session, now, quote)
    return True


def remove(session: Session, now: datetime, quote: Quote) -> None:
    """Remove one quote with its text and checksum. If nobody can have seen it in the digest, nothing is noted."""
    digest, has_place = session.get_one(Digest, quote.digest_id), quote.place is not None
    session.delete(quote)
    session.flush()
    tombstones.leave_tombstones(session, now, DeletedKind.QUOTE, quote.id)
    message = posting_message(session, digest.id)
    if has_place and message is not None and message.state in STATES_THAT_MAY_BE_POSTED:
        digest.revision += 1
        audit.note(session, now, AuditAct.QUOTE_REMOVED, digest)
        put(  # it waits until the message that it changes has been posted
            session,
            programme=digest.programme,
            kind=MessageKind.DIGEST_UPDATE,
            address=message.address,
            facts=DigestFacts(digest=digest.id),
            due_at=now,
            key=f"digest:{digest.id}:revision:{digest.revision}",
            unordered=True,
        )


def delete_unplaced(session: Session, now: datetime, digest: Digest) -> None:
    """Delete the quotes that a posted digest does not show; only the audit log remains of their review."""
    if tombstones.delete_rows(session, Quote, Quote.digest_id == digest.id, Quote.place.is_(None)):
        tombstones.request_wiping(session, now)


def is_open_for_review(digest: Digest) -> bool:
    """Whether its quotes may still be decided: nobody has approved its page, and it is not on its way."""
    return digest.state in STATES_WITH_OPEN_REVIEW
