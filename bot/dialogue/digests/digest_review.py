"""Review of a digest: organisers approve it or send it back, and it is posted at its hour.

Nobody edits numbers. A digest is never posted before its hour, and after it only if it is approved; while it waits the organisers are
alarmed. If two decide at once the first decision counts, and the other person is told so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, exists, select, update

from bot.database.insert_once import decide_first
from bot.days_off import DaysOff
from bot.dialogue import audit, organisers_channel, people
from bot.dialogue.digests import quote_selection, quotes, redraw
from bot.dialogue.digests.digest_content import content_of, is_report, was_held_long, week_of
from bot.dialogue.digests.digest_reading import digest_as_it_stands
from bot.dialogue.digests.digest_text import render, week_number
from bot.dialogue.digests.findings import Top
from bot.dialogue.digests.uncertain import is_uncertain, post_again
from bot.dialogue.form_input import require_text
from bot.dialogue.outbox import NotWanted, NotYet, put, put_reminder
from bot.dialogue.planning.pause_for_all import open_pause
from bot.errors import Reason, Refused
from bot.local_time import DAY, in_sending_hours, start_of_day, today
from bot.message_facts import DigestFacts, DraftFacts
from bot.models import AuditAct, Digest, DigestState, MessageKind, Person, Quote, QuoteState, Round
from bot.programme import Language, Review, Role
from bot.seam.answers import FindingForm, Said
from bot.seam.meaning import DigestDraft, DigestPost
from bot.states import Finding
from bot.wording import say
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import OutboxMessage
    from bot.programme import Programme
    from bot.seam.meaning import DigestText
    from bot.seam.platform import ChannelFacts

OPEN_STATES = (DigestState.IN_REVIEW, DigestState.HELD)  # an organiser may still approve it
HOLDABLE_STATE = DigestState.IN_REVIEW  # only what is undecided can be sent back
IS_OUTDATED: Final = and_(  # a season's report after which another question has been asked
    Digest.week.is_(None), exists().where(Round.programme == Digest.programme, Round.closes_at > Digest.drafted_at)
)
ALARMED_DAILY: Final = timedelta(weeks=4)  # while nobody approves a digest
STATUS_WHEN_PAUSED: Final = {
    "in_review": "review.status.in_review.paused",
    "unhindered": "review.status.unhindered.paused",
    "approved": "review.status.approved.paused",
}
ALARMS_OF_REPORT: Final = {
    "review.alarm": "review.alarm.report",
    "review.alarm.held": "review.alarm.held.report",
    "review.alarm.unknown": "review.alarm.unknown.report",
}


@dataclass(frozen=True, kw_only=True)
class DigestDecision:
    """The digest after a decision; `made` is False if someone else had decided before `by`."""

    digest: Digest
    by: Person
    made: bool


def submit_draft(session: Session, now: datetime, programme: Programme, digest: Digest) -> bool:
    """Put the draft to the organisers, once; True the first time."""
    return _put_draft(session, now, programme, DraftFacts(digest=digest.id), f"draft:{digest.id}")


def _put_draft(session: Session, now: datetime, programme: Programme, facts: DraftFacts, key: str) -> bool:
    address = programme.people.organisers_channel
    return put(session, programme=programme.id, kind=MessageKind.DRAFT, address=address, facts=facts, due_at=now, key=key)


_is_to_issue = Digest.programme == bindparam("programme"), Digest.state != DigestState.ISSUED, ~IS_OUTDATED
SELECT_TO_ISSUE = select(Digest).where(*_is_to_issue).order_by(Digest.number)


def digests_to_issue(session: Session, programme_id: str) -> Sequence[Digest]:
    """The digests that have not been issued and still may be, in the order of their numbers."""
    return session.scalars(SELECT_TO_ISSUE, {"programme": programme_id}).all()


def require_reviewable(session: Session, programme: Programme, address: str, digest_id: int) -> tuple[Digest, Person]:
    """The digest that an organiser asks about, and the organiser. Refuses others (NO_RIGHT), and a digest that is missing (GONE)."""
    organiser = people.require_role(session, programme.id, address, Role.ORGANISER)
    return require_digest(session, programme, digest_id), organiser


def require_digest(session: Session, programme: Programme, digest_id: int) -> Digest:
    """The programme's digest with this id; refused (GONE) if there is none."""
    digest = session.get(Digest, digest_id)
    if digest is None or digest.programme != programme.id:
        raise Refused(Reason.GONE)
    return digest


def approve(session: Session, now: datetime, programme: Programme, address: str, digest_id: int) -> DigestDecision:
    """Approve a draft, held or not: it is posted at its hour, or at once if that has passed. One in doubt is posted again."""
    digest, organiser = require_reviewable(session, programme, address, digest_id)
    has_effect = _decide(session, now, digest, OPEN_STATES, state=DigestState.APPROVED, decided_by=organiser.id)
    if has_effect:
        _note_decision(session, now, AuditAct.DIGEST_APPROVED, digest, organiser)
        post_or_alarm(session, now, programme, digest)
    else:
        has_effect = post_again(session, now, digest) or (digest.state, digest.decided_by) == (DigestState.APPROVED, organiser.id)
    return DigestDecision(digest=digest, by=organiser, made=has_effect)


def approve_on_machine(session: Session, now: datetime, digest: Digest) -> bool:
    """Approve a draft on the machine, or let one in doubt be posted again; False if neither is possible.

    This needs no programme, whose file may be broken: the bot posts what is approved. The organisers are told that it was done on the
    machine.
    """
    is_first = _decide(session, now, digest, OPEN_STATES, state=DigestState.APPROVED, decided_by=None) or post_again(session, now, digest)
    if is_first:
        _note_decision(session, now, AuditAct.DIGEST_APPROVED_ON_MACHINE, digest)
        key = f"approved:{digest.id}:{now.isoformat()}"
        organisers_channel.tell(session, now, digest.programme, key=key, say="review.approved_on_machine", number=digest.number)
    return is_first


def send_back(session: Session, now: datetime, programme: Programme, address: str, digest_id: int, note: str) -> DigestDecision:  # noqa: PLR0913, PLR0917 - where, when, who, what, why
    """Hold a draft with an organiser's note; it can still be approved. Refuses an empty note (EMPTY) and a long one (TOO_LONG)."""
    digest, organiser = require_reviewable(session, programme, address, digest_id)
    values = {"state": DigestState.HELD, "decided_by": organiser.id, "note": require_text(note, field="note")}
    is_first = _decide(session, now, digest, (HOLDABLE_STATE,), **values)
    if is_first:
        _note_decision(session, now, AuditAct.DIGEST_SENT_BACK, digest, organiser)
    is_same = all(getattr(digest, name) == value for name, value in values.items())  # sent twice
    return DigestDecision(digest=digest, by=organiser, made=is_first or is_same)


def _decide(session: Session, now: datetime, digest: Digest, states: Sequence[DigestState], **values: Any) -> bool:
    decision = update(Digest).where(Digest.id == digest.id, Digest.state.in_(states), ~IS_OUTDATED)
    return decide_first(session, digest, decision.values(decided_at=now, uncertain=False, **values))


def set_aside(session: Session, now: datetime, programme: Programme, report: Digest) -> None:
    """Hold a season's report that is not in the outbox yet, with a note: questions are to come after all.

    If an organiser approves it then, it goes out.
    """
    note = say(programme.language, "report.goes_on")
    states = (*OPEN_STATES, DigestState.APPROVED) if now < report.post_at else OPEN_STATES
    if report.note != note and _decide(session, now, report, states, state=DigestState.HELD, decided_by=None, note=note):
        redraw.queue_redraws_of_pick(session, now, report)


def _note_decision(session: Session, now: datetime, act: AuditAct, digest: Digest, by: Person | None = None) -> None:
    """Note a decision in the audit log, and redraw the messages that show the digest to the organisers."""
    audit.note(session, now, act, digest, by)
    redraw.queue_redraws_of_decided(session, now, digest)


def post_or_alarm(session: Session, now: datetime, programme: Programme, digest: Digest) -> None:
    """From its hour on, put an approved digest in the outbox, once; alarm the organisers about one that waits."""
    if now < digest.post_at or digest.state is DigestState.ISSUED:
        return
    if programme.digest.review is Review.QUOTES_ONLY:
        _decide(session, now, digest, (HOLDABLE_STATE,), state=DigestState.APPROVED)
    if digest.state is DigestState.APPROVED:
        address, key = programme.digest.channel, f"digest:{digest.id}"
        facts = DigestFacts(digest=digest.id)
        put(session, programme=programme.id, kind=MessageKind.DIGEST, address=address, facts=facts, due_at=now, key=key)
    elif digest.note != say(programme.language, "report.goes_on"):
        _alarm_organisers(session, now, programme, digest)


def is_time(now: datetime, programme: Programme, digest: Digest) -> bool:
    """Whether the bot may post or alarm now: on the digest's own day, or else while people work.

    A digest that was approved after its hour is posted at once.
    """
    zone, days_off = programme.timezone, DaysOff.of(programme)
    is_wanted_now = digest.state is DigestState.APPROVED and (digest.decided_at or now) >= digest.post_at
    is_its_day = today(now, zone) == today(digest.post_at, zone) and days_off.name(today(now, zone)) is None
    return is_wanted_now or is_its_day or in_sending_hours(now, zone, days_off) == now


def _alarm_organisers(session: Session, now: datetime, programme: Programme, digest: Digest) -> None:
    """Alarm at its hour, then once every working day, and after four weeks once a week. An alarm is the draft with its buttons."""
    if digest.uncertain:  # once: there may be nothing to do
        facts = DraftFacts(digest=digest.id, say="review.alarm.unknown")
        _put_draft(session, now, programme, facts, f"alarm:unknown:{digest.id}")
        return
    if not is_time(now, programme, digest):
        return
    day = today(now, programme.timezone)
    first_day = day if now < digest.post_at + ALARMED_DAILY else day - DAY * 6
    facts = DraftFacts(digest=digest.id, say="review.alarm.held" if digest.state is DigestState.HELD else "review.alarm")
    since = start_of_day(first_day, programme.timezone)
    key = f"alarm:review:{digest.id}:{day}"
    put_reminder(session, now, programme, kind=MessageKind.DRAFT, facts=facts, since=max(digest.post_at, since), key=key)
    quotes.remind_reviewers(session, now, programme, digest, since=since)


def redraw_unposted(session: Session, now: datetime) -> None:
    """Redraw the drafts that say when they would be posted: a pause for all has begun or ended."""
    waits = Digest.state.in_((*OPEN_STATES, DigestState.APPROVED))
    for digest in session.scalars(select(Digest).where(waits).order_by(Digest.id)):
        redraw.queue_redraws_of_pick(session, now, digest)


def draft_as_it_stands(session: Session, programme: Programme, digest: Digest) -> DigestDraft:
    """The draft as the organisers see it now: what politicians will see, without the words of quotes, and its status."""
    language, top = programme.language, top_to_post(session, programme, digest)
    may_come = [say(language, "review.quote_may_come")] if _may_quote_come_first(session, digest, top) else []
    return DigestDraft(
        language=language,
        digest=digest.id,
        text=render(content_of(digest), language, quote_selection.quotes_in_draft(session, digest), top.finding, late=top.late),
        intro=say(language, "review.intro", number=digest.number),
        status=" ".join([status(session, programme, digest, language), *may_come]),
        open=digest.state in OPEN_STATES,
        holdable=digest.state is HOLDABLE_STATE,
        choosable=_may_pick(digest),
    )


def doubt_as_it_stands(session: Session, programme: Programme, digest: Digest) -> DigestDraft:
    """A digest in doubt, which can be posted again by somebody who has looked for it in the politicians' channel."""
    draft = draft_as_it_stands(session, programme, digest)
    return replace(draft, intro=say(programme.language, "alarm.digest_unsure", number=digest.number), status=None, open=True)


def _may_pick(digest: Digest) -> bool:
    """Whether an organiser may still pick what stands at the top. In a digest from before and in a season's report nobody can."""
    return digest.state in OPEN_STATES and "ledger" in content_of(digest) and not is_report(digest)


def _may_quote_come_first(session: Session, digest: Digest, top: Top) -> bool:
    """Whether a quote that is approved later will stand at the top, because nobody has picked anything."""
    is_open = top.picked is None and top.finding is not Finding.QUOTE and _may_pick(digest)
    return is_open and bool(quotes.find_quotes(session, digest, Quote.state == QuoteState.WAITING))


def top_to_post(session: Session, programme: Programme, digest: Digest, *, late: bool | None = None) -> Top:
    """What would stand at the top of a digest if it were posted now. `late`: it was held long; None: as it stands."""
    quoted = quote_selection.quotes_to_post(session, programme, digest)
    return Top(content=content_of(digest), quoted=quoted, picked=digest.finding, late=was_held_long(digest) if late is None else late)


def page_under(programme: Programme, digest: Digest, top: Top) -> DigestPost:
    """The finished page of a digest that is not posted yet, under this top."""
    return _post(programme, digest, render(top.content, programme.language, top.quoted, top.finding, late=top.late))


def finding_form(session: Session, programme: Programme, address: str, digest_id: int) -> FindingForm | Said:
    """The form to pick what stands at the top; if it is too late, what was decided."""
    digest, organiser = require_reviewable(session, programme, address, digest_id)
    language, top = Language(organiser.language), top_to_post(session, programme, digest)
    if not _may_pick(digest):
        return Said(language=language, title=say(language, "review.decided"), paragraphs=(status(session, programme, digest, language),))
    tops = [replace(top, picked=finding) for finding in top.available]
    return FindingForm(
        language=language,
        digest=digest.id,
        number=digest.number,
        options=tuple((option.finding.value, option.lines(language)[0].text) for option in tops),
        chosen=top.finding.value,
        seen="" if digest.finding is None else digest.finding.value,
    )


def pick_finding(session: Session, now: datetime, programme: Programme, address: str, digest_id: int, finding: str) -> DigestDecision:  # noqa: PLR0913, PLR0917 - where, when, who, what
    """Let what an organiser picked stand at the top of a draft. Refuses what cannot stand there any more (GONE)."""
    digest, organiser = require_reviewable(session, programme, address, digest_id)
    if finding not in top_to_post(session, programme, digest).available:
        raise Refused(Reason.GONE)
    pick = update(Digest).where(Digest.id == digest.id, Digest.state.in_(OPEN_STATES)).values(finding=Finding(finding))
    is_made = _may_pick(digest) and decide_first(session, digest, pick)
    if is_made:
        redraw.queue_redraws_of_pick(session, now, digest)
    return DigestDecision(digest=digest, by=organiser, made=is_made)


def status(session: Session, programme: Programme, digest: Digest, language: str) -> str:
    """The status of a digest, in a sentence. In a pause for all it names no moment at which it would be posted."""
    is_unhindered = digest.state is DigestState.IN_REVIEW and programme.digest.review is Review.QUOTES_ONLY
    key = "unhindered" if is_unhindered else "unknown" if digest.uncertain else digest.state.value
    is_paused = key in STATUS_WHEN_PAUSED and open_pause(session) is not None
    return say(
        language,
        STATUS_WHEN_PAUSED[key] if is_paused else f"review.status.{key}",
        post=moment_in(language, digest.post_at, programme.timezone),
        decided=_moment_in_words(programme, digest.decided_at, language),
        issued=_moment_in_words(programme, digest.issued_at, language),
        note=digest.note or "",
    )


def _moment_in_words(programme: Programme, moment: datetime | None, language: str) -> str:
    return "" if moment is None else moment_in(language, moment, programme.timezone)


def compose_draft(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> DigestDraft | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """The draft's message as it is when it is sent.

    A message about a digest in doubt, or an alarm about one that waits, is not wanted once that is over. Drawn anew, each is a plain draft.
    """
    digest, facts = session.get_one(Digest, message.digest_id), DraftFacts.read(message.facts)
    draft = draft_as_it_stands(session, programme, digest)
    if facts.doubt and (redraw.is_new(message) or is_uncertain(session, digest)):
        if not is_uncertain(session, digest):
            return NotWanted(reason="no longer in doubt")
        return doubt_as_it_stands(session, programme, digest)
    if facts.say is not None and redraw.is_new(message):
        if not draft.open:
            return NotWanted(reason="no longer waiting")
        key = ALARMS_OF_REPORT[facts.say] if is_report(digest) else facts.say
        intro = say(programme.language, key, number=digest.number, week=week_number(week_of(digest)))
        return replace(draft, intro=intro, status=draft.status if digest.note else None)  # the note of a draft that was sent back
    return draft


def compose_digest(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> DigestPost | NotWanted:
    """The digest's message; not wanted before its hour, unapproved, or a second time."""
    digest = session.get_one(Digest, message.digest_id)
    if digest.state is not DigestState.APPROVED or now < digest.post_at:
        return NotWanted(reason=f"digest is {digest.state.value}")
    return page_under(programme, digest, top_to_post(session, programme, digest))


def post_as_it_stands(session: Session, programme: Programme, digest: Digest) -> DigestPost:
    """The digest as politicians read it now: what was posted, without what has been withdrawn since."""
    return _post(programme, digest, digest_as_it_stands(session, digest, programme.language))


def _post(programme: Programme, digest: Digest, text: DigestText) -> DigestPost:
    return DigestPost(language=programme.language, digest=digest.id, text=text)


def compose_update(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> DigestPost | NotWanted | NotYet:
    """The digest's message drawn anew, once it has been posted; not wanted if it never will be."""
    obstacle = redraw.obstacle(now, redraw.message_to_change(session, message))
    return obstacle or post_as_it_stands(session, programme, session.get_one(Digest, message.digest_id))


def mark_issued(session: Session, now: datetime, message: OutboxMessage) -> None:
    """Mark a digest as posted, with what stands at its top. From now on only the withdrawal of a quote changes it."""
    digest = session.get_one(Digest, message.digest_id)
    finding = _finding_as_it_stands(session, digest)
    mark = update(Digest).where(Digest.id == digest.id, Digest.state != DigestState.ISSUED)
    if decide_first(session, digest, mark.values(state=DigestState.ISSUED, uncertain=False, issued_at=now, finding=finding)):
        quotes.delete_unplaced(session, now, digest)
        audit.note(session, now, AuditAct.DIGEST_ISSUED, digest)
        redraw.queue_redraws(session, now, digest)


def _finding_as_it_stands(session: Session, digest: Digest) -> Finding | None:
    """What stands at the top of a digest; None if it is from before, or a season's report.

    A quote that is withdrawn later makes way for the next kind, never for another quote.
    """
    if "ledger" not in content_of(digest) or is_report(digest):
        return None
    shown, told = quote_selection.quotes_in_post(session, digest), digest.wishes or ()
    return Top(content=content_of(digest), quoted=shown, picked=digest.finding, in_ledger=told, late=was_held_long(digest)).finding


def channel_fault(programme: Programme, facts: ChannelFacts) -> str | None:
    """Why a digest must not be posted to this channel (the key of a sentence); None if it may."""
    wanted = programme.digest.external
    faults = {
        "channel.missing": not facts.exists,
        "channel.archived": facts.archived,
        "channel.not_member": not facts.member,
        "channel.not_external": wanted is True and not facts.external,
        "channel.external": wanted is False and facts.external,
    }
    return next((key for key, holds in faults.items() if holds), None)
