"""The snapshot of a round: what it asked and whom, frozen when it opened.

Later edits of the programme change nothing in it. It holds only what is asked: a variant with too few people to be asked leaves no trace.
Its shape, kept as JSON with the round:

    {"title": {da, en}, "timezone": …, "language": …, "theme": {"id": …, "title": {da, en}, "about": {da, en}, "source": {da, en}},
     "questions": {id: {da, en}}, "by_role": {role: id}, "all": id or null, "order": [id, …], "audience": {role: number},
     "floors": {people, quotes, audience, asked}, "retention": {"detach_after_days": n, "delete_replies_after_days": n}}
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.confidentiality.floors import anybody_may_be_quoted, effective_floors, highest_floors
from bot.models import Round
from bot.programme import Floors, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from bot.programme import Entry, Language, Programme


@dataclass(frozen=True, kw_only=True)
class ProgrammeOnRecord:
    """A programme as far as its rounds remember it, for commands: its file may have gone."""

    id: str
    timezone: str


def programme_on_record(session: Session, programme_id: str) -> ProgrammeOnRecord:
    """A programme with the time zone that the last of its rounds remembers; UTC if it remembers none."""
    snapshots = select(Round.snapshot).where(Round.programme == programme_id).order_by(Round.opens_at.desc(), Round.id.desc())
    last = session.scalar(snapshots.limit(1)) or {}
    return ProgrammeOnRecord(id=programme_id, timezone=str(last.get("timezone", "UTC")))


def take_snapshot(programme: Programme, entry: Entry, questions: Mapping[Role, str], audience: Mapping[Role, int]) -> dict[str, Any]:
    """The snapshot of an entry that asks the roles in `questions`; `audience` gives the sizes of their lists."""
    order = [question for question in entry.question_ids if question in questions.values()]
    theme = programme.theme(entry.theme)
    texts = {"title": theme.title, "about": theme.about, "source": theme.source}
    return {
        "title": asdict(programme.title),
        "timezone": programme.timezone,
        "language": programme.language.value,
        "theme": {"id": theme.id, **{name: asdict(text) for name, text in texts.items() if text is not None}},
        "questions": {question: asdict(programme.question(question).ask) for question in order},
        "by_role": {role.value: question for role, question in questions.items()},
        "all": entry.all if entry.all in order else None,
        "order": order,
        "audience": {role.value: audience[role] for role in questions},
        "floors": asdict(effective_floors(programme.floors)),
        "retention": asdict(programme.retention),
    }


def floors_in(programme: Programme, *rounds: Round) -> Floors:
    """The floors for everything shown about these rounds: the highest that held when one of them opened.

    A floor that is changed while a round is open counts from the next one: two numbers of one round, shown under different floors, would
    tell something. An old round without stored floors has the programme's; one of which no `asked` is stored has the lowest there is.
    """
    return highest_floors(Floors(**round_.snapshot["floors"]) if "floors" in round_.snapshot else programme.floors for round_ in rounds)


def theme_in(round_: Round, language: Language | str) -> str:
    """The title of a round's theme, as it was when it opened."""
    return str(round_.snapshot["theme"]["title"][str(language)])


def about_in(round_: Round, language: Language | str) -> str | None:
    """The background of a round's theme as it was told when it opened, or None."""
    return _optional_text(round_, "about", language)


def source_in(round_: Round, language: Language | str) -> str | None:
    """The source of a round's theme as it was told when it opened, or None."""
    return _optional_text(round_, "source", language)


def _optional_text(round_: Round, name: str, language: Language | str) -> str | None:
    text = round_.snapshot["theme"].get(name)
    return None if text is None else str(text[str(language)])


def ask_in(round_: Round, question: str, language: Language | str) -> str:
    """The text of one of a round's questions, as it was when it opened."""
    return str(round_.snapshot["questions"][question][str(language)])


def audience_in(round_: Round) -> dict[Role, int]:
    """The roles that a round asked, with their list's size at its opening or close, whichever is smaller."""
    return {Role(role): people for role, people in round_.snapshot["audience"].items()}


def people_asked(round_: Round, question: str) -> int:
    """The number of people on the lists of the roles that a round asked this question."""
    asked = round_.snapshot["by_role"]
    return sum(people for role, people in audience_in(round_).items() if asked[role] == question)


def lower_audience(round_: Round, listed: Mapping[Role, int]) -> None:
    """Lower a closing round's audience to the sizes of lists that have become shorter meanwhile."""
    audience = {role: min(people, listed.get(Role(role), people)) for role, people in round_.snapshot["audience"].items()}
    round_.snapshot = {**round_.snapshot, "audience": audience}


def size_of_lists(*rounds: Round) -> int:
    """The number of people on the lists of all roles that these rounds asked, taking each role's smallest size."""
    audiences = [audience_in(round_) for round_ in rounds]
    roles = {role for audience in audiences for role in audience}
    return sum(min(audience[role] for audience in audiences if role in audience) for role in roles)


def may_be_quoted_in(programme: Programme, *rounds: Round) -> bool:
    """Whether these rounds asked so many people that texts of theirs may be quoted."""
    return anybody_may_be_quoted(size_of_lists(*rounds), floors_in(programme, *rounds))
