"""Review of quotes: organisers approve or decline each text of a theme.

They see the texts that have two yeses, page by page (`quote_pages`). The author of a declined text is told the reason. The first decision
on a text counts, and none is taken once the digest is approved: whoever approved it has seen its page. The audit log keeps that something
was decided, never about which text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.confidentiality import floors
from bot.database.insert_once import decide_first
from bot.days_off import DaysOff
from bot.dialogue import audit
from bot.dialogue.digests import quotes, redraw
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.digests.digest_review import require_reviewable
from bot.dialogue.outbox import NewMessage, NotWanted, NotYet, put_many
from bot.dialogue.snapshot import theme_in
from bot.errors import Reason, Refused
from bot.local_time import DAY, in_sending_hours
from bot.message_facts import QuoteReviewFacts, ReasonFacts
from bot.models import AuditAct, Authorship, Digest, MessageKind, Person, PersonState, Quote, QuoteState, Round
from bot.programme import Language
from bot.seam.answers import Said
from bot.seam.meaning import Plain, QuoteReview
from bot.wording import say, say_n
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import OutboxMessage
    from bot.programme import Programme
    from bot.seam.actions import DeclineReason


@dataclass(frozen=True, kw_only=True)
class QuoteDecisions:
    """How many decisions of a review were made, and how many came after somebody else's."""

    digest: Digest
    by: Person
    made: int
    late: int


def require_open_review(session: Session, programme: Programme, address: str, digest_id: int) -> tuple[Digest, Person]:
    """A digest whose quotes may be decided, and the organiser; refuses others (NO_RIGHT), and what is over (GONE)."""
    digest, organiser = require_reviewable(session, programme, address, digest_id)
    if not quotes.is_open_for_review(digest):
        raise Refused(Reason.GONE)
    return digest, organiser


def why_closed(session: Session, programme: Programme, address: str, digest_id: int) -> Said | None:
    """What an organiser is told who comes after a digest was approved; None while its quotes may be decided."""
    digest, organiser = require_reviewable(session, programme, address, digest_id)
    if quotes.is_open_for_review(digest) or digest.decided_at is None:
        return None
    language = Language(organiser.language)
    keys = {None: "quotes.closed", organiser.id: "quotes.closed.by_you"}
    decided = moment_in(language, digest.decided_at, programme.timezone)
    told = say(language, keys.get(digest.decided_by, "quotes.closed.by_another"), number=digest.number, decided=decided)
    paragraphs = told, say(language, "quotes.closed.page")
    return Said(language=language, title=say(language, "review.decided"), paragraphs=paragraphs, is_refusal=True)


def titles(digest: Digest, language: Language) -> dict[str, str]:
    """The titles of a digest's themes, by theme id."""
    return {theme["theme"]: theme["title"][language.value] for theme in content_of(digest)["themes"]}


# --- deciding ------------------------------------------------------------------------------------------------------------------


def review(  # noqa: PLR0913, PLR0917 - where, when, who, what, how
    session: Session,
    now: datetime,
    programme: Programme,
    address: str,
    digest_id: int,
    theme: str,
    decisions: Mapping[str, DeclineReason | None],
) -> QuoteDecisions:
    """Decide about texts of one theme: quote id → None if it may be shown, or why not. The first decision on each counts."""
    digest, organiser = require_open_review(session, programme, address, digest_id)
    quotes_by_id = {quote.id: quote for quote in quotes.find_quotes(session, digest, Quote.theme == theme)}
    outcomes = [
        _decide(session, now, programme, digest, organiser, quotes_by_id[id_], reason)
        for id_, reason in decisions.items()
        if id_ in quotes_by_id
    ]
    return QuoteDecisions(digest=digest, by=organiser, made=sum(outcomes), late=len(outcomes) - sum(outcomes))


def _decide(  # noqa: PLR0913, PLR0917 - who decides what when and how
    session: Session, now: datetime, programme: Programme, digest: Digest, by: Person, quote: Quote, reason: DeclineReason | None
) -> bool:
    state = QuoteState.APPROVED if reason is None else QuoteState.DECLINED
    first = update(Quote).where(Quote.id == quote.id, Quote.state == QuoteState.WAITING).values(state=state, reason=reason)
    if not decide_first(session, quote, first):
        return False
    audit.note(session, now, AuditAct.QUOTE_APPROVED if reason is None else AuditAct.QUOTE_DECLINED, digest, by)
    if reason is not None:
        _tell_author(session, now, programme, digest, quote, reason)
    return True


def _tell_author(session: Session, now: datetime, programme: Programme, digest: Digest, quote: Quote, reason: DeclineReason) -> None:  # noqa: PLR0913, PLR0917 - whom, when, of what, and why
    """Tell the author the reason, in their own hours, and neither the words nor who declined them.

    They hear it at the digest's hour, or at that hour of a later day: all who are declined hear it at once, so the moment tells nobody's
    text.
    """
    row = session.execute(
        select(Authorship.round_id, Person).join(Person, Person.id == Authorship.person_id).where(Authorship.reply_id == quote.reply_id)
    ).one_or_none()
    if row is not None:
        round_id, author = row
        days = max(0, ceil((now - digest.post_at) / DAY))
        message = NewMessage(
            kind=MessageKind.QUOTE_DECLINED,
            address=author.address,
            due_at=in_sending_hours(digest.post_at + days * DAY, author.timezone, DaysOff.of(programme)),
            facts=ReasonFacts(reason=reason.value),
            round_id=round_id,
            person_id=author.id,
        )
        put_many(session, digest.programme, [message])


# --- what is said of it --------------------------------------------------------------------------------------------------------


def review_as_it_stands(session: Session, programme: Programme, digest: Digest) -> QuoteReview:
    """The state of a digest's quotes, for the organisers."""
    language = programme.language
    all_quotes = quotes.find_quotes(session, digest) if quotes.is_open_for_review(digest) else ()
    count_by_theme = Counter(quote.theme for quote in all_quotes)
    visible_quotes = [quote for quote in all_quotes if floors.quotes_may_be_seen(count_by_theme[quote.theme])]
    count_by_state = Counter(quote.state for quote in visible_quotes)
    standing = {state.value: count_by_state[state] for state in QuoteState}
    themes = [(theme, title) for theme, title in titles(digest, language).items() if floors.quotes_may_be_seen(count_by_theme[theme])]
    return QuoteReview(
        language=language,
        digest=digest.id,
        intro=say_n(language, "quotes.intro", len(visible_quotes), number=digest.number, fewest=floors.FEWEST_APPROVED, **standing)
        if visible_quotes
        else say(language, "quotes.over", number=digest.number),
        themes=tuple(themes),
        open=bool(visible_quotes),
    )


def summary(decisions: QuoteDecisions) -> str:
    """The sentences that tell the reviewer how many decisions were theirs."""
    language = decisions.by.language
    lines = [say_n(language, "quotes.reviewed", decisions.made)]
    lines += [say_n(language, "quotes.late", decisions.late)] if decisions.late else []
    return " ".join(lines)


def compose_review(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> QuoteReview | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """The review's message as it is when it is sent. A reminder is not wanted once nothing waits any more."""
    digest = session.get_one(Digest, message.digest_id)
    if redraw.is_new(message) and QuoteReviewFacts.read(message.facts).again and not quotes.is_any_waiting(session, digest):
        return NotWanted(reason="nothing waits any more")
    return review_as_it_stands(session, programme, digest)


def compose_declined(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Plain | NotWanted | NotYet:  # noqa: ARG001 - all kinds are composed alike
    """What the author of a declined quote is told; none of their words are in it.

    Somebody who has left is told nothing; somebody who pauses is told after the pause.
    """
    author, round_ = session.get_one(Person, message.person_id), session.get_one(Round, message.round_id)
    if author.state not in {PersonState.ACTIVE, PersonState.PAUSED}:
        return NotWanted(reason=f"the person is {author.state.value}")
    if author.state is PersonState.PAUSED and author.paused_until is not None and now < author.paused_until:
        return NotYet(until=author.paused_until)
    language = Language(author.language)
    sentence = say(language, "quote.declined", theme=theme_in(round_, language))
    reason = say(language, f"quote.declined.{ReasonFacts.read(message.facts).reason}")
    return Plain(language=language, paragraphs=(sentence, reason))
