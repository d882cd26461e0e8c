"""How an edit changes what a programme is made of: its lists, floors, texts and all other settings.

Each setting is a path of the file's keys. What no change of its own is written for becomes a change of that path, so that no edit is
ever told as nothing.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

from bot.dialogue.planning.plan import Change, HoldReason, Item, Sign
from bot.programme import Entry, Review, Text, WeeklyMoment
from schedules.checking.question_order import LIST_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bot.programme import Language, Programme, Question, Role, Source, Theme

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FILE_KEYS: Final = {"id": "programme", "people.organisers_channel": "people.organisers.channel", "filter_words": "filter.extra"}
WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    bool: lambda value: "true" if value else "false",
    Text: lambda text: f"{text.da} / {text.en}",
    WeeklyMoment: lambda moment: f"{WEEKDAYS[moment.weekday]} {moment.at:%H:%M}",
    time: lambda value: f"{value:%H:%M}",
    date: date.isoformat,
    Entry: lambda entry: entry.key,
}
HELD_PATHS: Final = {"programme": HoldReason.COMING_WEEK, "digest.external": HoldReason.CHANNEL}


def setting_changes(before: Programme, after: Programme, moved: Iterable[Change], sent: frozenset[str]) -> list[Change]:
    """All changes that are no moments. `moved`: those that are; `sent`: the ids of the questions that have gone out."""
    moved = list(moved)
    in_rounds = {question for change in moved if change.item is Item.ROUND for question in change.name.split("+")}
    told = [
        *_lists(before, after),
        *_channels(before, after),
        *_numbers(before, after),
        *_review(before, after),
        *_filter_words(before, after),
        *_questions(before, after, sent),
        *_themes(before, after),
        *_information(before, after),
    ]
    claimed = {path for change in (*moved, *told) for path in change.why}
    claimed |= {f"questions.{question}.reserve" for question in in_rounds}
    claimed |= {f"{name}.order" for name, item in (("themes", Item.THEME), ("questions", Item.QUESTION)) if _is_one_new_or_gone(told, item)}
    return [*told, *_others(before, after, claimed)]


def _is_one_new_or_gone(changes: Iterable[Change], item: Item) -> bool:
    return any(change.item is item and change.sign is not Sign.CHANGED for change in changes)


def _others(before: Programme, after: Programme, claimed: set[str]) -> Iterator[Change]:
    """The settings for which no other change speaks."""
    old, new = dict(leaves(before)), dict(leaves(after))
    for path in dict.fromkeys([*new, *old]):
        was, becomes = old.get(path), new.get(path)
        if was != becomes and not any(path == claim or path.startswith(f"{claim}.") for claim in claimed):
            yield Change(
                sign=_sign(was, becomes), item=Item.SETTING, name=path, before=was, after=becomes, why=(path,), held=HELD_PATHS.get(path)
            )


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str | None]]:
    """All settings of a programme, each by the path of its keys and as it is written."""
    for field in fields(value):
        part = getattr(value, field.name)
        name = f"{path}.{field.name.rstrip('_')}".lstrip(".")
        name = FILE_KEYS.get(name, name)
        if not field.compare:
            continue
        if isinstance(part, tuple) and part and all(hasattr(item, "id") for item in part):
            yield f"{name}.order", ", ".join(item.id for item in part)
            for item in part:
                yield from leaves(item, f"{name}.{item.id}")
        elif is_dataclass(part) and not isinstance(part, Text | WeeklyMoment):
            yield from leaves(part, name)
        else:
            yield name, _write(part)


def _write(value: Any) -> str | None:
    """A value as the file has it, in one line."""
    if isinstance(value, tuple | frozenset):
        parts = [str(_write(part)) for part in value]
        return ", ".join(parts if isinstance(value, tuple) else sorted(parts))
    write = next((write for kind, write in WRITERS.items() if isinstance(value, kind)), str)
    return None if value is None else write(value)


def _sign(was: object, becomes: object) -> Sign:
    return Sign.NEW if was is None else Sign.GONE if becomes is None else Sign.CHANGED


# --- lists and channels


def _lists(before: Programme, after: Programme) -> Iterator[Change]:
    old, new = before.people.sources(), after.people.sources()
    for role in dict.fromkeys([*new, *old]):
        was, becomes = old.get(role), new.get(role)
        if source_text(was) != source_text(becomes):
            yield _source_change(role, was, becomes)
        elif was is not None and becomes is not None and was.emails != becomes.emails:
            size, path = len(becomes.emails), f"people.{LIST_NAMES[role]}"
            yield Change(sign=Sign.CHANGED, item=Item.LIST, name=role.value, before=len(was.emails), after=size, people=size, why=(path,))


def _source_change(role: Role, was: Source | None, becomes: Source | None) -> Change:
    old, new = source_text(was), source_text(becomes)
    why, held = (f"people.{LIST_NAMES[role]}",), HoldReason.SOURCE_GONE if new is None else HoldReason.SOURCE
    return Change(sign=_sign(old, new), item=Item.SOURCE, name=role.value, before=old, after=new, why=why, held=held)


def source_text(source: Source | None) -> str | None:
    """Where a list comes from, as its line in the file says it; None: there is no such list."""
    if source is None:
        return None
    keys = ("usergroup", "channel", "file")
    named = [f"{key}: {getattr(source, key)}" for key in keys if getattr(source, key) is not None]
    return ", ".join([*named, *(["guests: true"] if source.guests else [])])


def _channels(before: Programme, after: Programme) -> Iterator[Change]:
    pairs = {
        "digest.channel": (before.digest.channel, after.digest.channel),
        "people.organisers.channel": (before.people.organisers_channel, after.people.organisers_channel),
    }
    yield from _changes(Item.CHANNEL, pairs, lambda _was, _becomes: HoldReason.CHANNEL)


# --- numbers and choices


def _numbers(before: Programme, after: Programme) -> Iterator[Change]:
    for name, item, held in (("floors", Item.FLOOR, HoldReason.FLOORS), ("retention", Item.RETENTION, HoldReason.RETENTION)):
        old, new = getattr(before, name), getattr(after, name)
        for field in fields(old):
            was, becomes = getattr(old, field.name), getattr(new, field.name)
            if was != becomes:
                why = (f"{name}.{field.name}",)
                yield Change(sign=Sign.CHANGED, item=item, name=field.name, before=was, after=becomes, why=why, held=held)


def _review(before: Programme, after: Programme) -> Iterator[Change]:
    pairs = {"digest.review": (before.digest.review.value, after.digest.review.value)}
    yield from _changes(Item.REVIEW, pairs, lambda _was, becomes: HoldReason.REVIEW if becomes == Review.QUOTES_ONLY else None)


def _filter_words(before: Programme, after: Programme) -> Iterator[Change]:
    for word in sorted(after.filter_words - before.filter_words):
        yield Change(sign=Sign.NEW, item=Item.FILTER, name=word, after=word, why=("filter.extra",))
    for word in sorted(before.filter_words - after.filter_words):
        yield Change(sign=Sign.GONE, item=Item.FILTER, name=word, before=word, why=("filter.extra",), held=HoldReason.FILTER)


def _changes(item: Item, pairs: Mapping[str, tuple[str, str]], hold: Callable[[str, str], HoldReason | None]) -> Iterator[Change]:
    for name, (was, becomes) in pairs.items():
        if was != becomes:
            yield Change(sign=Sign.CHANGED, item=item, name=name, before=was, after=becomes, why=(name,), held=hold(was, becomes))


# --- texts


def _questions(before: Programme, after: Programme, sent: frozenset[str]) -> Iterator[Change]:
    old, new = ({question.id: question for question in programme.questions} for programme in (before, after))
    for id_ in dict.fromkeys([*new, *old]):
        was, becomes = old.get(id_), new.get(id_)
        if was is None or becomes is None:
            texts = [None if question is None else question.ask.in_(after.language) for question in (was, becomes)]
            sign, why = _sign(was, becomes), (f"questions.{id_}",)
            yield Change(sign=sign, item=Item.QUESTION, name=id_, before=texts[0], after=texts[1], why=why, sent=id_ in sent)
        else:
            yield from _question_change(was, becomes, after.language, sent=id_ in sent)


def _question_change(was: Question, becomes: Question, language: Language, *, sent: bool) -> Iterator[Change]:
    path = f"questions.{was.id}"
    if was.ask != becomes.ask:
        old, new = _texts_that_differ(was.ask, becomes.ask, language)
        yield Change(sign=Sign.CHANGED, item=Item.QUESTION, name=was.id, before=old, after=new, why=(f"{path}.ask",), sent=sent)
    if was.theme != becomes.theme:
        yield Change(
            sign=Sign.CHANGED, item=Item.QUESTION, name=was.id, before=was.theme, after=becomes.theme, why=(f"{path}.theme",), sent=sent
        )


def _themes(before: Programme, after: Programme) -> Iterator[Change]:
    old, new = ({theme.id: theme for theme in programme.themes} for programme in (before, after))
    for id_ in dict.fromkeys([*new, *old]):
        was, becomes = old.get(id_), new.get(id_)
        if was != becomes:
            titles = [None if theme is None else theme.title.in_(after.language) for theme in (was, becomes)]
            if was is not None and becomes is not None and was.title != becomes.title:
                titles = list(_texts_that_differ(was.title, becomes.title, after.language))
            why = _fields_that_differ(was, becomes, f"themes.{id_}")
            yield Change(sign=_sign(was, becomes), item=Item.THEME, name=id_, before=titles[0], after=titles[1], why=why)


def _fields_that_differ(was: Theme | None, becomes: Theme | None, path: str) -> tuple[str, ...]:
    if was is None or becomes is None:
        return (path,)
    return tuple(f"{path}.{field.name}" for field in fields(was) if getattr(was, field.name) != getattr(becomes, field.name))


def _information(before: Programme, after: Programme) -> Iterator[Change]:
    for field in fields(before.information):
        was, becomes = getattr(before.information, field.name), getattr(after.information, field.name)
        if was != becomes:
            old, new = _texts_that_differ(was, becomes, after.language)
            why = (f"information.{field.name}",)
            yield Change(sign=Sign.CHANGED, item=Item.INFORMATION, name=field.name, before=old, after=new, why=why)


def _texts_that_differ(was: Text, becomes: Text, language: Language) -> tuple[str, str]:
    """A text before and after, in this language if it changes there, else in the other."""
    old, new = was.in_(language), becomes.in_(language)
    return (old, new) if old != new else next((a, b) for a, b in ((was.da, becomes.da), (was.en, becomes.en)) if a != b)
