"""The welcome: what people are told before they are asked anything.

First comes what fits on a phone's screen. All the rest, with the six items of the information duty in the organisers' words, is in the
message's text, behind *Læs mere* and under *Alt om mig*.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.local_time import today
from bot.message_facts import WelcomeFacts
from bot.programme import Language
from bot.seam.meaning import Part, Welcome
from bot.wording import say
from bot.wording.dates import day_in
from bot.wording.sentences import first_sentence

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models import OutboxMessage, Person
    from bot.programme import Programme

MORE: Final = ("who_sees", "ways_out", "typing", "names", "yours")
LATE: Final = timedelta(hours=1)


def facts_of_welcome(first_question_on: date | None) -> dict[str, Any]:
    """The facts to store with a welcome: the day of the person's first question, if it is known."""
    return WelcomeFacts(first_question=None if first_question_on is None else first_question_on.isoformat()).as_stored()


def welcome(now: datetime, programme: Programme, person: Person, message: OutboxMessage) -> Welcome:
    """The first message to a participant, in their language."""
    language = Language(person.language)
    return Welcome(
        language=language,
        title=say(language, "welcome.title"),
        paragraphs=(
            " ".join([say(language, "welcome.what", title=programme.title.in_(language)), *_first_question(now, person, message)]),
            say(language, "welcome.confidential"),
            say(language, "welcome.freely"),
            "\n".join(
                f"{say(language, f'welcome.told.{item}')}: {first_sentence(getattr(programme.information, item).in_(language))}"
                for item in ("controller", "purpose")
            ),
            say(language, "welcome.administrator"),
        ),
        rest=(_how_it_goes(programme, language),),
        information=_information(programme, language),
    )


def _first_question(now: datetime, person: Person, message: OutboxMessage) -> list[str]:
    """The sentence about the day of the first question, if it is known and still ahead; a late welcome may come after it."""
    planned = WelcomeFacts.read(message.facts).first_question
    if planned is None:
        return []
    day = date.fromisoformat(planned)
    today_there = today(now, person.timezone)
    is_to_come = today_there < day or (today_there == day and now < message.due_at + LATE)
    return [say(person.language, "welcome.first", day=day_in(person.language, day))] if is_to_come else []


def right_to_know(programme: Programme, language: Language) -> tuple[Part, ...]:
    """Everything that people have a right to know: how it works, and the six items of the information duty."""
    return (_how_it_goes(programme, language), *_information(programme, language))


def _how_it_goes(programme: Programme, language: Language) -> Part:
    lines = tuple(say(language, f"welcome.{sentence}", floor=programme.floors.people) for sentence in MORE)
    return Part(heading=say(language, "welcome.more"), lines=lines)


def _information(programme: Programme, language: Language) -> tuple[Part, ...]:
    """The six items of the information duty, in the organisers' words."""
    items = {field.name: getattr(programme.information, field.name) for field in fields(programme.information)}
    return tuple(Part(heading=say(language, f"welcome.told.{item}"), lines=(text.in_(language),)) for item, text in items.items())
