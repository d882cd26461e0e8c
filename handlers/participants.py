"""Answers what participants do: reply, change and delete, look at their own, pause, come back and leave.

Only the person who acted sees the answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import update

from bot.confidentiality.deletion import tombstones
from bot.database.insert_once import write_once
from bot.days_off import DaysOff
from bot.dialogue import own_hour, people
from bot.dialogue.rounds import after_opening, replies
from bot.errors import Overtaken
from bot.local_time import today
from bot.models import LoadedProgramme, SeenEvent
from bot.posting_moment import posting_moment
from bot.programme import Language
from bot.seam.actions import (
    CameBack,
    HomeWanted,
    HourChosen,
    Left,
    MyRepliesWanted,
    Paused,
    PauseFormWanted,
    PeopleChanged,
    Replied,
    ReplyDeleted,
    ReplyFormWanted,
    TypedDirectly,
    WhyWanted,
)
from bot.seam.answers import Answer, HourSet, Nothing, PauseForm, Said
from bot.wording import say
from bot.wording.dates import day_in, hour_in, moment_in
from handlers.home import home, home_after_typing, last_day_of_pause
from handlers.quoting import answer_about_quote
from handlers.shared import answer_in_words, tell_of_pause

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.actions import Action
    from handlers.shared import HandlerTable

PROPOSED_PAUSE: Final = timedelta(weeks=2)


def open_reply_form(action: ReplyFormWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Open the reply form (*Svar*), with what the person has answered so far."""
    return replies.reply_form(session, now, programme, action.who, action.round)


def record_reply(action: Replied, session: Session, now: datetime, programme: Programme) -> Answer:
    """Store a reply, and say what happens next. One that cannot be quoted as it stands is stored too; its author is asked first."""
    marks = {"wish": action.wish, "quote": action.quote}
    try:
        receipt = replies.record(session, now, programme, action.who, action.round, action.text, **marks, seen=action.seen or "")
    except Overtaken:
        newer = replies.reply_form(session, now, programme, action.who, action.round)
        return replace(newer, text=action.text, wish=action.wish, quote=action.quote, newer=newer)
    closes = moment_in(receipt.language, receipt.closes_at, receipt.timezone)
    posted_at = posting_moment(programme.digest, programme.zone, DaysOff.of(programme), receipt.closes_at)
    shown_on = day_in(receipt.language, today(posted_at, programme.timezone))
    key = "reply.unquoted" if receipt.unquoted else "reply.changed" if receipt.changed else "reply.thanks"
    thanks = answer_in_words(receipt.language, key, closes=closes, shown=shown_on)
    return answer_about_quote(action, receipt, tell_of_pause(thanks) if receipt.is_paused else thanks, session, now, programme)


def delete_reply(action: ReplyDeleted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Delete a person's own reply (*Slet mit svar*)."""
    return answer_in_words(replies.delete_my_reply(session, now, programme, action.who, action.round), "reply.deleted")


def show_my_replies(action: MyRepliesWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Show a person's own replies (*Mine svar*)."""
    return replace(replies.my_replies(session, now, programme, action.who), start=action.start)


def open_pause_form(action: PauseFormWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Open the form that asks how long to pause (*Pause*)."""
    person = people.require_participant(session, programme.id, action.who)
    day = today(now, person.timezone)
    latest = day + people.LONGEST_PAUSE
    return PauseForm(language=Language(person.language), earliest=day, latest=latest, proposed=day + PROPOSED_PAUSE)


def pause(action: Paused, session: Session, now: datetime, programme: Programme) -> Answer:
    """Begin a pause, which lasts until and including a day. If they had chosen another day, perhaps in a newer window, say so."""
    person = people.require_participant(session, programme.id, action.who)
    before, day = last_day_of_pause(person), day_in(person.language, action.until)
    people.pause(session, now, person, action.until)
    thanks = answer_in_words(person.language, "pause.begun", day=day)
    if before in {"", day}:
        return thanks
    return replace(thanks, paragraphs=(say(person.language, "pause.instead", day=before), *thanks.paragraphs))


def choose_hour(action: HourChosen, session: Session, now: datetime, programme: Programme) -> Answer:
    """Ask a person at another hour from now on (*Spørg mig kl. 12 i stedet*); a second press takes it back."""
    person = people.require_participant(session, programme.id, action.who)
    language, planned = Language(person.language), hour_in(person.language, programme.rounds.at)
    if not own_hour.is_any_question_to_come(session, programme):
        return Said(language=language, title=say(language, "hour.title"), paragraphs=(say(language, "hour.over"),))
    chosen = own_hour.choose_hour(person, programme, action.hour)
    after_opening.move_waiting_questions(session, now, programme, person)
    if chosen is None:
        paragraphs = [say(language, "hour.back", hour=planned)]
    else:
        paragraphs = [say(language, "hour.set", hour=hour_in(language, chosen)), say(language, "hour.early_close", hour=planned)]
    offer = own_hour.offer(person, programme, is_any_to_come=True)
    return HourSet(language=language, title=say(language, "hour.title"), paragraphs=tuple(paragraphs), offer=offer)


def explain_question(action: WhyWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Explain why a question is asked: its theme, in the organisers' words (*Hvorfor dette spørgsmål?*)."""
    person = people.require_participant(session, programme.id, action.who)
    paragraphs, language = replies.about_question(session, person, action.round), Language(person.language)
    return Said(language=language, title=say(language, "why.title"), paragraphs=paragraphs)


def come_back(action: CameBack, session: Session, now: datetime, programme: Programme) -> Answer:
    """Take a person back (*Jeg er her igen*). An erased person is invited anew when the lists are read next, if still on one."""
    if tombstones.lift_tombstone(session, now, action.who):
        _mark_unsynchronised(session)
        return answer_in_words(programme.language, "people.back_again")
    person = people.require_person(session, programme.id, action.who)
    was_away = person.state in people.AWAY_STATES
    people.come_back(now, person)
    people.forget_absence(session, now, person, was_away=was_away)
    return answer_in_words(person.language, "people.back")


def leave(action: Left, session: Session, now: datetime, programme: Programme) -> Answer:
    """Take a person out of the dialogue (*Meld mig fra*)."""
    person = people.require_participant(session, programme.id, action.who)
    people.leave(session, now, person)
    return answer_in_words(person.language, "people.left")


def answer_typed_message(action: TypedDirectly, session: Session, now: datetime, programme: Programme) -> Answer:
    """Answer a typed direct message, whose text never comes here. The same event is answered once."""
    new = write_once(session, SeenEvent, [{"id": action.event, "seen_at": now}])
    language = programme.language
    return home_after_typing(session, now, programme, action.who) if new else Nothing(language=language)


def show_home(action: HomeWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Show a person's own page."""
    return home(session, now, programme, action.who)


def request_synchronisation(_action: Action, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Ask for the lists of people to be read again, which the next beat does."""
    _mark_unsynchronised(session)
    return Nothing(language=programme.language)


def _mark_unsynchronised(session: Session) -> None:
    session.execute(update(LoadedProgramme).values(synchronised_at=None))


HANDLERS: Final[HandlerTable] = {
    ReplyFormWanted: open_reply_form,
    Replied: record_reply,
    ReplyDeleted: delete_reply,
    MyRepliesWanted: show_my_replies,
    PauseFormWanted: open_pause_form,
    Paused: pause,
    HourChosen: choose_hour,
    WhyWanted: explain_question,
    CameBack: come_back,
    Left: leave,
    TypedDirectly: answer_typed_message,
    HomeWanted: show_home,
    PeopleChanged: request_synchronisation,
}
