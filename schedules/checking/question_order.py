"""The rules that check whether themes, questions and the order fit together.

Each rule looks at the file as it was written, so that it finds its faults even if other parts are wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.programme import PARTICIPANTS, Role
from schedules.checking.fault_messages import WrongKind, did_you_mean, guess_of
from schedules.checking.slips.habits import id_meant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from bot.errors import Fault
    from bot.sentence import Sentence
    from schedules.checking.source import KeyPath, SourceFile

LIST_NAMES = {  # role → its key under `people`; somebody on several lists belongs to the first of them
    Role.POLITICIAN: "politicians",
    Role.ORGANISER: "organisers",
    Role.LEADER: "leaders",
    Role.EMPLOYEE_REP: "employee_reps",
}
PARTICIPANT_LISTS = {role: LIST_NAMES[role] for role in PARTICIPANTS}
ORDER_PATH = ("rounds", "order")


def _path_by_id(source: SourceFile, block: str) -> dict[str, KeyPath]:
    """The ids in a list of blocks, each with the path of the first block that has it."""
    path_by_id: dict[str, KeyPath] = {}
    for item in source.items(block):
        identity = source.get(block, item, "id")
        if isinstance(identity, str):
            path_by_id.setdefault(identity, (block, item, "id"))
    return path_by_id


def _ids_used_twice(source: SourceFile) -> Iterator[Fault]:
    for block, kind in ("themes", WrongKind.THEME_TWICE), ("questions", WrongKind.QUESTION_TWICE):
        path_by_id = _path_by_id(source, block)
        for item in source.items(block):
            identity, path = source.get(block, item, "id"), (block, item, "id")
            if isinstance(identity, str) and path_by_id[identity] != path:
                yield source.fault(source.value_at(path), kind, value=identity, line=source.value_at(path_by_id[identity]).line)


def _unknown_themes(source: SourceFile) -> Iterator[Fault]:
    themes = _path_by_id(source, "themes")
    if not themes:
        return
    for item in source.items("questions"):
        path: KeyPath = ("questions", item, "theme")
        theme = source.get(*path)
        if isinstance(theme, str) and theme not in themes and not _is_meant(theme, themes):
            yield source.fault(source.value_at(path), WrongKind.UNKNOWN_THEME, value=theme, guess=_guess(theme, themes))


def _is_meant(identity: str, ids: Iterable[str]) -> bool:
    """Whether one of the ids is no good, and will be this one when it is mended as its own fault says."""
    return identity in map(id_meant, ids)


def _guess(identity: str, ids: Collection[str]) -> Sentence | None:
    """The id that was probably meant, as the end of a sentence: it may be written as a title is."""
    meant = id_meant(identity)
    return guess_of(meant) if meant in ids else did_you_mean(identity, ids)


def questions_in_order(source: SourceFile) -> Iterator[tuple[KeyPath, str]]:
    """Each question id in the order as it is written, after its path."""
    for item in source.items(*ORDER_PATH):
        entry = source.get(*ORDER_PATH, item)
        if isinstance(entry, str):
            yield (*ORDER_PATH, item), entry
        elif isinstance(entry, dict):
            yield from (((*ORDER_PATH, item, key), question) for key, question in entry.items() if isinstance(question, str))


def _unknown_questions(source: SourceFile) -> Iterator[Fault]:
    questions = _path_by_id(source, "questions")
    if not questions:
        return
    for path, question in questions_in_order(source):
        if question not in questions and not _is_meant(question, questions):
            hint = _guess(question, questions)
            yield source.fault(source.value_at(path), WrongKind.UNKNOWN_QUESTION, value=question, guess=hint)
        elif question in questions and source.get(*questions[question][:2], "reserve") is True:
            yield source.fault(source.value_at(path), WrongKind.RESERVE_ORDERED, value=question)


def _questions_twice_in_order(source: SourceFile) -> Iterator[Fault]:
    path_by_question: dict[str, KeyPath] = {}
    for path, question in questions_in_order(source):
        if path_by_question.setdefault(question, path) != path:
            line = source.value_at(path_by_question[question]).line
            yield source.fault(source.value_at(path), WrongKind.ORDERED_TWICE, value=question, line=line)


def _entries_of_two_themes(source: SourceFile) -> Iterator[Fault]:
    questions = _path_by_id(source, "questions")
    entries: dict[KeyPath, list[tuple[KeyPath, str]]] = {}
    for path, question in questions_in_order(source):
        theme = source.get(*questions[question][:2], "theme") if question in questions else None
        if isinstance(theme, str):
            entries.setdefault(path[:3], []).append((path, theme))
    for variants in entries.values():
        themes = list(dict.fromkeys(theme for _, theme in variants))
        if len(themes) > 1:
            yield source.fault(source.last_key(*(path for path, _ in variants)), WrongKind.TWO_THEMES, themes=tuple(themes))


def _roles_without_list(source: SourceFile) -> Iterator[Fault]:
    people = source.get("people")
    if not isinstance(people, dict) or people.keys() - set(LIST_NAMES.values()):  # a list under another name is a fault of its own
        return
    for path, _ in questions_in_order(source):
        if path[-1] in PARTICIPANT_LISTS and source.get("people", PARTICIPANT_LISTS[Role(str(path[-1]))]) is None:
            yield source.fault(source.key_at(path), WrongKind.ROLE_WITHOUT_LIST, role=path[-1])


ORDER_RULES = (
    _ids_used_twice,
    _unknown_themes,
    _unknown_questions,
    _questions_twice_in_order,
    _entries_of_two_themes,
    _roles_without_list,
)
