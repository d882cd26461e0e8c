"""What did a round say, and to whom?

Opening a round takes a snapshot; later edits of the programme change nothing in it. Only what is asked is in it: a variant that has too
few people to be asked leaves no trace. Its shape, kept as JSON with the round:

    {"title": {da, en}, "timezone": …, "language": …, "theme": {"id": …, "title": {da, en}, "about": {da, en}, "source": {da, en}},
     "questions": {id: {da, en}}, "by_role": {role: id}, "all": id or null, "order": [id, …], "audience": {role: number},
     "floors": {people, quotes, audience}, "retention": {"detach_after_days": n, "delete_replies_after_days": n}}
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.confidentiality.floors import effective_floors, highest_floors
from bot.programme import Floors, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.models import Round
    from bot.programme import Entry, Language, Programme, Theme


def take_snapshot(programme: Programme, entry: Entry, questions: Mapping[Role, str], audience: Mapping[Role, int]) -> dict[str, Any]:
    """The snapshot of an entry that is asked of the roles in `questions`, on whose lists `audience` people stand."""
    order = [question for question in entry.question_ids if question in questions.values()]
    return {
        "title": asdict(programme.title),
        "timezone": programme.timezone,
        "language": programme.language.value,
        "theme": _theme(programme.theme(entry.theme)),
        "questions": {question: asdict(programme.question(question).ask) for question in order},
        "by_role": {role.value: question for role, question in questions.items()},
        "all": entry.all if entry.all in order else None,
        "order": order,
        "audience": {role.value: audience[role] for role in questions},
        "floors": asdict(effective_floors(programme.floors)),
        "retention": asdict(programme.retention),
    }


def _theme(theme: Theme) -> dict[str, Any]:
    """Its id and its texts, as far as it has them."""
    texts = {"title": theme.title, "about": theme.about, "source": theme.source}
    return {"id": theme.id, **{name: asdict(text) for name, text in texts.items() if text is not None}}


def floors_in(programme: Programme, *rounds: Round) -> Floors:
    """The floors that hold for what is shown about these rounds: the highest that held when one of them opened.

    A floor that is raised or lowered while a round is open counts from the next one: who compared two numbers of one round, shown under
    different floors, would learn something. A round from before floors were kept has the programme's.
    """
    return highest_floors(Floors(**round_.snapshot["floors"]) if "floors" in round_.snapshot else programme.floors for round_ in rounds)


def theme_in(round_: Round, language: Language | str) -> str:
    """The title of a round's theme, as it was when it opened."""
    return str(round_.snapshot["theme"]["title"][str(language)])


def about_in(round_: Round, language: Language | str) -> str | None:
    """Why there is a round's theme, as it was told when it opened; None: it was not."""
    return _optional_text(round_, "about", language)


def source_in(round_: Round, language: Language | str) -> str | None:
    """Where a round's theme comes from, as it was told when it opened; None: it was not."""
    return _optional_text(round_, "source", language)


def _optional_text(round_: Round, name: str, language: Language | str) -> str | None:
    text = round_.snapshot["theme"].get(name)
    return None if text is None else str(text[str(language)])


def ask_in(round_: Round, question: str, language: Language | str) -> str:
    """The text of one of a round's questions, as it was when it opened."""
    return str(round_.snapshot["questions"][question][str(language)])


def audience_in(round_: Round) -> dict[Role, int]:
    """The role groups that a round asked, and how many stood on the list of each: at its opening or its close, whichever is fewer."""
    return {Role(role): people for role, people in round_.snapshot["audience"].items()}


def people_asked(round_: Round, question: str) -> int:
    """How many stand on the lists of the roles that a round asked this very question; a variant goes to its own role alone."""
    asked = round_.snapshot["by_role"]
    return sum(people for role, people in audience_in(round_).items() if asked[role] == question)


def lower_audience(round_: Round, listed: Mapping[Role, int]) -> None:
    """A round closes: of a list that has become shorter meanwhile, the smaller size counts."""
    audience = {role: min(people, listed.get(Role(role), people)) for role, people in round_.snapshot["audience"].items()}
    round_.snapshot = {**round_.snapshot, "audience": audience}


def size_of_lists(*rounds: Round) -> int:
    """How many people stand on the lists of the roles that rounds asked, as all know: of each role the fewest that it had."""
    audiences = [audience_in(round_) for round_ in rounds]
    roles = {role for audience in audiences for role in audience}
    return sum(min(audience[role] for audience in audiences if role in audience) for role in roles)
