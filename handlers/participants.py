"""What is answered when a participant acts?

They answer, change and delete, look at what is theirs, pause, come back and leave. Whatever they do, only they see the answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import update

from bot.confidentiality.deletion import tombstones
from bot.database.insert_once import write_once
from bot.dialogue import people
from bot.dialogue.digests.quotes import LONGEST_QUOTE
from bot.dialogue.rounds import replies
from bot.local_time import today, weekly_after
from bot.models import LoadedProgramme, SeenEvent
from bot.programme import Language
from bot.seam.actions import (
    CameBack,
    HomeWanted,
    Left,
    MyRepliesWanted,
    Paused,
    PauseFormWanted,
    PeopleChanged,
    Replied,
    ReplyDeleted,
    ReplyFormWanted,
    TypedDirectly,
)
from bot.seam.answers import Answer, Nothing, PauseForm, Said
from bot.wording import say
from bot.wording.dates import day_in, moment_in
from handlers.home import home, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.actions import Action

PROPOSED_PAUSE: Final = timedelta(weeks=2)


def reply_form(action: ReplyFormWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Svar*: the form, with what they have answered so far."""
    return replies.form(session, now, programme, action.who, action.round)


def replied(action: Replied, session: Session, now: datetime, programme: Programme) -> Answer:
    """The form was sent: thanks, and what happens next."""
    done = replies.record(session, now, programme, action.who, action.round, action.text, wish=action.wish, quote=action.quote)
    if not done.judged.clean:
        return replace(replies.form(session, now, programme, action.who, action.round), notice=_held(done))
    closes = moment_in(done.language, done.closes_at, done.timezone)
    shown = day_in(done.language, weekly_after(done.closes_at, programme.digest.post, programme.timezone))
    return _said(done.language, "reply.changed" if done.changed else "reply.thanks", closes=closes, shown=shown)


def _held(done: replies.Recorded) -> tuple[str, ...]:
    """The reply is kept; it is not quoted as it stands, and this is why. The form stays open: they may rewrite it, or leave it so."""
    why = [say(done.language, f"filter.{hold.kind.value}", found=hold.found) for hold in done.judged.held]
    why += [say(done.language, "filter.too_long", words=LONGEST_QUOTE)] if done.judged.too_long else []
    why += [say(done.language, "filter.foreign")] if done.judged.foreign else []
    return (say(done.language, "reply.kept_not_quoted"), *why, say(done.language, "reply.rewrite"))


def reply_deleted(action: ReplyDeleted, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Slet mit svar*."""
    return _said(replies.delete_mine(session, now, programme, action.who, action.round), "reply.deleted")


def my_replies(action: MyRepliesWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Mine svar*."""
    return replies.mine(session, now, programme, action.who)


def pause_form(action: PauseFormWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Pause*: the form that asks until when."""
    who = people.participant(session, programme.id, action.who)
    day = today(now, who.timezone)
    latest = day + people.LONGEST_PAUSE
    return PauseForm(language=Language(who.language), earliest=day, latest=latest, proposed=day + PROPOSED_PAUSE)


def paused(action: Paused, session: Session, now: datetime, programme: Programme) -> Answer:
    """The form was sent."""
    who = people.participant(session, programme.id, action.who)
    people.pause(session, now, who, action.until)
    return _said(who.language, "pause.begun", day=day_in(who.language, action.until))


def came_back(action: CameBack, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Jeg er her igen*. Who had been erased is invited anew when the lists are next read, if they still stand there."""
    if tombstones.lift(session, action.who):
        _read_lists_again(session)
        return _said(programme.language, "people.back_again")
    who = people.known(session, programme.id, action.who)
    people.come_back(now, who)
    return _said(who.language, "people.back")


def left(action: Left, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Ikke med*."""
    who = people.participant(session, programme.id, action.who)
    people.leave(session, now, who)
    return _said(who.language, "people.left")


def typed_directly(action: TypedDirectly, session: Session, now: datetime, programme: Programme) -> Answer:
    """Something was typed in the conversation: what it said never came here. The same event is answered once."""
    new = write_once(session, SeenEvent, [{"id": action.event, "seen_at": now}])
    language = programme.language
    return typed(session, now, programme, action.who) if new else Nothing(language=language)


def home_wanted(action: HomeWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Their own page."""
    return home(session, now, programme, action.who)


def people_changed(_action: PeopleChanged, session: Session, _now: datetime, programme: Programme) -> Answer:
    """The lists are to be read again: the next beat does so."""
    _read_lists_again(session)
    return Nothing(language=programme.language)


def _read_lists_again(session: Session) -> None:
    session.execute(update(LoadedProgramme).values(synchronised_at=None))


def _said(language: Language | str, key: str, **values: object) -> Said:
    """A sentence of thanks as the title, and what follows from it below."""
    text = say(language, f"{key}.text", **values)
    return Said(language=Language(language), title=say(language, key), paragraphs=tuple(text.split("\n\n")))


HANDLERS: Final[Mapping[type[Action], Callable[[Any, Session, datetime, Programme], Answer]]] = {
    ReplyFormWanted: reply_form,
    Replied: replied,
    ReplyDeleted: reply_deleted,
    MyRepliesWanted: my_replies,
    PauseFormWanted: pause_form,
    Paused: paused,
    CameBack: came_back,
    Left: left,
    TypedDirectly: typed_directly,
    HomeWanted: home_wanted,
    PeopleChanged: people_changed,
}
