"""Composes each message at the moment it is sent, and does what follows once it is delivered.

Nobody who has left, paused or answered by then is written to. Prompts and notices are composed here; a table tells which function composes
each other kind. Composing only reads: what has to be stored is stored by `record_claim`, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import bindparam, select

from bot.confidentiality.floors import round_to_five
from bot.days_off import DaysOff
from bot.dialogue import list_holds, own_hour, people, reasons, welcome
from bot.dialogue.data_rights import told_of_showing
from bot.dialogue.digests import digest_review, quote_review, quote_selection, redraw, uncertain, void_marks
from bot.dialogue.outbox import KINDS_HELD_BACK, KINDS_THAT_CHANGE, NotWanted, NotYet
from bot.dialogue.planning import pause_for_all, plan_review
from bot.dialogue.responses import promises, response_review, to_participants, unanswered
from bot.dialogue.season import thanks
from bot.dialogue.snapshot import about_in, ask_in, people_asked, theme_in
from bot.errors import Reason, Refused
from bot.local_time import DAY, first_chance
from bot.message_facts import NoticeFacts, QuestionFacts
from bot.models import Digest, MessageKind, OutboxMessage, Participation, Person, PersonState, Round
from bot.programme import Language, Role
from bot.seam.answers import LongReading, Reading
from bot.seam.meaning import Meaning, Part, Plain, Question, Reminder
from bot.wording import say, say_n
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import BindParameter
    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.meaning import PoliticalAnswer

    Composer: TypeAlias = Callable[[Session, datetime, Programme, OutboxMessage], Meaning | NotWanted | NotYet]


@dataclass(frozen=True, kw_only=True)
class MessageContext:
    """What a group of messages needs, read at once.

    Their people and all rounds of the programme, by id. By round and person: who has answered, and which political answers the question
    brings them. Whether an organiser has paused everything.
    """

    people: Mapping[int, Person]
    rounds: Mapping[int, Round]
    answered: frozenset[tuple[int, int]]
    since_last: Mapping[tuple[int, int], tuple[PoliticalAnswer, ...]]
    is_paused: bool


def compose(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Meaning | NotWanted | NotYet:
    """What one message says, or why it is not wanted any more, or not yet."""
    return compose_all(session, now, programme, [message])[0]


def compose_all(
    session: Session,
    now: datetime,
    programme: Programme,
    messages: Sequence[OutboxMessage],
) -> list[Meaning | NotWanted | NotYet]:
    """What each message says, or why it is not wanted any more, or not yet. Their context is read once."""
    context = _read_context(session, programme, messages)
    return [
        _until_going_on(now, message, context)
        or _until_sending_hours(now, programme, message, context)
        or _compose_message(session, now, programme, message, context)
        for message in messages
    ]


def _until_going_on(now: datetime, message: OutboxMessage, context: MessageContext) -> NotYet | None:
    """Until when a message waits because everything is paused. Going on wakes it; else it is looked at again in a day."""
    if not context.is_paused or message.kind not in KINDS_HELD_BACK:
        return None
    return NotYet(until=message.expires_at or now + DAY, reason=reasons.PAUSED)


def _until_sending_hours(now: datetime, programme: Programme, message: OutboxMessage, context: MessageContext) -> NotYet | None:
    """Until when a late message must wait because of the hour; one that was planned for this hour does not wait."""
    person = context.people.get(message.person_id or 0)
    if person is None:
        return None
    keeps_day = message.kind in {MessageKind.QUESTION, MessageKind.REMINDER}  # the organisers' plan; the rest is planned for no day
    until = first_chance(now, message.due_at, person.timezone, DaysOff.of(programme), keeps_day=keeps_day)
    return None if until <= now else NotYet(until=until)


def _compose_message(
    session: Session, now: datetime, programme: Programme, message: OutboxMessage, context: MessageContext
) -> Meaning | NotWanted | NotYet:
    match message.kind:
        case MessageKind.WELCOME:
            person = context.people[message.person_id or 0]
            if person.state is not PersonState.INVITED:
                return NotWanted(reason=f"the person is {person.state.value}")
            return welcome.welcome(now, programme, person, message)
        case MessageKind.QUESTION | MessageKind.REMINDER:
            return _compose_prompt(now, programme, message, context)
        case _:
            return COMPOSERS[message.kind](session, now, programme, message)


_person_ids: BindParameter[Any] = bindparam("people", expanding=True)
_round_ids: BindParameter[Any] = bindparam("rounds", expanding=True)
SELECT_PEOPLE = select(Person).where(Person.id.in_(_person_ids))
SELECT_ROUNDS = select(Round).where(Round.programme == bindparam("programme"))
SELECT_PARTICIPATIONS = select(Participation.round_id, Participation.person_id).where(
    Participation.round_id.in_(_round_ids),
    Participation.person_id.in_(_person_ids),
)


def _read_context(session: Session, programme: Programme, messages: Sequence[OutboxMessage]) -> MessageContext:
    person_ids = list({message.person_id for message in messages if message.person_id is not None})
    round_ids = list({message.round_id for message in messages if message.round_id is not None})
    people = {person.id: person for person in session.scalars(SELECT_PEOPLE, {"people": person_ids})}
    rounds = {round_.id: round_ for round_ in session.scalars(SELECT_ROUNDS, {"programme": programme.id})}
    participations = session.execute(SELECT_PARTICIPATIONS, {"people": person_ids, "rounds": round_ids})
    questions = [(message.round_id or 0, message.person_id or 0) for message in messages if message.kind is MessageKind.QUESTION]
    answers = {
        round_id: to_participants.answers_since_last(
            session, rounds[round_id], [people[person_id] for of_round, person_id in questions if of_round == round_id]
        )
        for round_id in {of_round for of_round, _ in questions}
    }
    return MessageContext(
        people=people,
        rounds=rounds,
        answered=frozenset((round_id, person_id) for round_id, person_id in participations),
        since_last={(round_id, person_id): answers[round_id][person_id] for round_id, person_id in questions},
        is_paused=pause_for_all.open_pause(session) is not None,
    )


def _compose_prompt(
    now: datetime, programme: Programme, message: OutboxMessage, context: MessageContext
) -> Question | Reminder | NotWanted:
    """A round's question or reminder: only to someone active who has not answered, while the round is open."""
    person, round_ = context.people[message.person_id or 0], context.rounds[message.round_id or 0]
    if person.state is not PersonState.ACTIVE:
        return NotWanted(reason=f"the person is {person.state.value}")
    if round_.closed_at is not None or round_.closes_at <= now:
        return NotWanted(reason="the round has closed")
    if (round_.id, person.id) in context.answered:
        return NotWanted(reason="not needed any more")
    language = Language(person.language)
    question_id = QuestionFacts.read(message.facts).question
    theme, question = theme_in(round_, language), ask_in(round_, question_id, language)
    closes = moment_in(language, round_.closes_at, person.timezone)
    asked = round_to_five(people_asked(round_, question_id)) or None
    if message.kind is MessageKind.REMINDER:
        return Reminder(language=language, round=round_.id, theme=theme, ask=question, closes=closes, asked=asked)
    since = context.since_last[round_.id, person.id]
    is_any_left = own_hour.is_any_left(programme, {round_.entry for round_ in context.rounds.values()})
    offer = own_hour.offer(person, programme, is_any_to_come=is_any_left)
    return Question(
        language=language,
        round=round_.id,
        theme=theme,
        ask=question,
        closes=closes,
        asked=asked,
        since_last=since,
        why=about_in(round_, language) is not None,
        offer=None if offer is None or offer.back else offer,  # the way back stands on their own page
    )


def _compose_notice(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Plain:  # noqa: ARG001 - all kinds are composed alike
    """A sentence for the organisers."""
    return Plain(language=programme.language, paragraphs=_notice_in_words(programme, message), notice=message.id)


def notice_in_full(session: Session, programme: Programme, address: str, message_id: int) -> Reading:
    """A notice in full (*Læs hele beskeden*). Refuses people who are no organisers (NO_RIGHT), and a notice that is gone (GONE)."""
    people.require_role(session, programme.id, address, Role.ORGANISER)
    message = session.get(OutboxMessage, message_id)
    if message is None or message.programme != programme.id or message.kind is not MessageKind.NOTICE:
        raise Refused(Reason.GONE)
    lines = tuple(line for paragraph in _notice_in_words(programme, message) for line in paragraph.split("\n") if line)
    title = say(programme.language, "notice.title")
    return Reading(
        language=programme.language, title=title, parts=(Part(heading="", lines=lines),), of=LongReading.NOTICE, ids=(message.id,)
    )


def _notice_in_words(programme: Programme, message: OutboxMessage) -> tuple[str, ...]:
    """The paragraphs of a notice. A value `n` chooses its plural; `reasons` tell why something did not happen."""
    notice = NoticeFacts.read(message.facts)
    language, values = programme.language, dict(notice.values)
    why = values.pop("reasons", ())
    text = say_n(language, notice.say, values.pop("n"), **values) if "n" in values else say(language, notice.say, **values)
    paragraphs = [*text.split("\n\n"), reasons.sentence(language, why) if why else ""]
    return tuple(filter(None, paragraphs))


def _compose_redraw(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Meaning | NotWanted | NotYet:
    """The new text of a message that is in its conversation already."""
    target = redraw.message_to_change(session, message)
    if target is None:
        return NotWanted(reason="the message is gone")
    return redraw.obstacle(now, target) or COMPOSERS[target.kind](session, now, programme, target)


COMPOSERS: Mapping[MessageKind, Composer] = {
    MessageKind.DRAFT: digest_review.compose_draft,
    MessageKind.DIGEST: digest_review.compose_digest,
    MessageKind.DIGEST_UPDATE: digest_review.compose_update,
    MessageKind.REDRAWN: _compose_redraw,
    MessageKind.QUOTE_REVIEW: quote_review.compose_review,
    MessageKind.QUOTE_DECLINED: quote_review.compose_declined,
    MessageKind.RESPONSE_REVIEW: response_review.compose_review,
    MessageKind.PROMISE_DUE: promises.compose_due,
    MessageKind.WISH_UNANSWERED: unanswered.compose_unanswered,
    MessageKind.WISH_ASKED: unanswered.compose_asked,
    MessageKind.LIST_REVIEW: list_holds.compose_review,
    MessageKind.PLAN_REVIEW: plan_review.compose_review,
    MessageKind.ANSWER: to_participants.compose_answer,
    MessageKind.NOTICE: _compose_notice,
    MessageKind.MARKS_VOID: void_marks.compose_void,
    MessageKind.PAUSE_FOR_ALL: pause_for_all.compose_pause,
    MessageKind.SHOWN: told_of_showing.compose_shown,
    MessageKind.THANKS: thanks.compose_thanks,
}


def record_claim(session: Session, programme: Programme, message: OutboxMessage) -> Meaning | None:
    """Store what a digest shows as it is posted, or where the message is that a change concerns.

    Returns the digest as stored. Only that may be posted: the programme may have been loaded anew since it was composed.
    """
    if message.kind is MessageKind.DIGEST:
        digest = session.get_one(Digest, message.digest_id)
        quote_selection.assign_places(session, programme, digest)
        told, seen = quote_selection.wishes_told(session, digest), uncertain.wishes_seen(session, digest)
        digest.wishes = told if told is None else list(dict.fromkeys((*seen, *told)))  # for ever, whatever is withdrawn later
        return digest_review.post_as_it_stands(session, programme, digest)
    if message.kind in KINDS_THAT_CHANGE:
        target = redraw.message_to_change(session, message)
        if target is not None:
            message.channel, message.stamp = target.channel, target.stamp
    return None


def on_sent(session: Session, now: datetime, message: OutboxMessage) -> None:
    """Do what follows from a delivered message: a welcomed person is active, a digest is issued."""
    if message.kind is MessageKind.WELCOME and message.person_id is not None:
        people.mark_welcomed(session, now, message.person_id)
    if message.kind is MessageKind.DIGEST:
        digest_review.mark_issued(session, now, message)
