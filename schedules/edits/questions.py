"""Gives a question another text, and puts new questions into the bank."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

from bot.errors import EditReason, EditRefused
from bot.programme import Question, Text
from schedules.checking.fault_messages import closest
from schedules.edits.lists import insert_after
from schedules.edits.made_edit import MadeEdit, find_question
from schedules.edits.replacements import content_end, has_brackets, is_blank, line_break, line_end, line_start
from schedules.edits.scalars import in_quotes_of, one_line, rewrite

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.programme import Programme
    from bot.seam.edits import AddQuestion, SetQuestion
    from schedules.checking.source import KeyPath, SourceFile

LONGEST_ID: Final = 40
WORDS_OF_ID: Final = 5
OTHER_LETTERS: Final = {"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"}


def set_question(source: SourceFile, programme: Programme, edit: SetQuestion) -> MadeEdit:
    """Give a question another text."""
    question = find_question(programme, edit.question)
    number = programme.questions.index(question)
    parts, ask = [], question.ask
    for language, new in (("da", edit.da), ("en", edit.en)):
        text = None if new is None else one_line(new)
        if text is not None and text != ask.in_(language):
            parts.append(rewrite(source, ("questions", number, "ask", language), text))
            ask = replace(ask, **{language: text})
    questions = tuple(replace(other, ask=ask) if other is question else other for other in programme.questions)
    return MadeEdit(parts=tuple(parts), programme=replace(programme, questions=questions))


def add_question(source: SourceFile, programme: Programme, edit: AddQuestion) -> MadeEdit:
    """Put a new question into the bank, after the last one of its theme. Without an id it gets one from its Danish text."""
    _require_theme(programme, edit.theme)
    taken = {question.id for question in programme.questions}
    ask = Text(da=one_line(edit.da), en=one_line(edit.en))
    if not (ask.da and ask.en):
        raise EditRefused(EditReason.NO_TEXT)
    question = Question(id=edit.question or new_id(ask.da, taken), theme=edit.theme, ask=ask, reserve=True)
    if question.id in taken:
        raise EditRefused(EditReason.ID_TAKEN, question=question.id)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", question.id) or len(question.id) > 60:
        raise EditRefused(EditReason.BAD_ID, question=question.id)
    of_theme = [number for number, other in enumerate(programme.questions) if other.theme == edit.theme]
    after = of_theme[-1] if of_theme else len(programme.questions) - 1
    questions = (*programme.questions[: after + 1], question, *programme.questions[after + 1 :])
    part = insert_after(source, ("questions",), after, _in_shape_of(source, ("questions", after), question))
    return MadeEdit(parts=(part,), programme=replace(programme, questions=questions))


def _require_theme(programme: Programme, theme: str) -> None:
    themes = [other.id for other in programme.themes]
    if theme not in themes:
        guess = closest(theme, themes)
        if guess is None:
            raise EditRefused(EditReason.NO_THEME, theme=theme, themes=", ".join(themes))
        raise EditRefused(EditReason.NO_THEME_BUT, theme=theme, guess=guess)


def new_id(text: str, taken: Collection[str]) -> str:
    """An id made of the first words of a text, which no other question has."""
    letters = "".join(OTHER_LETTERS.get(letter, letter) for letter in text.casefold())
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)[:WORDS_OF_ID]
    base = "-".join(words)[:LONGEST_ID].strip("-") or "nyt"
    numbered = (f"{base}-{number}" for number in count(2))
    return base if base not in taken else next(name for name in numbered if name not in taken)


def _in_shape_of(source: SourceFile, neighbour: KeyPath, question: Question) -> str:
    """A question as its neighbour is written: in brackets or not, with the same keys in the same order."""
    keys = [*dict.fromkeys([*source.get(*neighbour), "reserve"])]
    texts = {
        "id": f"id: {in_quotes_of(source, (*neighbour, 'id'), question.id)}",
        "theme": f"theme: {in_quotes_of(source, (*neighbour, 'theme'), question.theme)}",
        "ask": f"ask:{_ask(source, (*neighbour, 'ask'), question.ask)}",
        "reserve": "reserve: true",
    }
    return _block(source, neighbour, [texts[key] for key in keys])


def _ask(source: SourceFile, path: KeyPath, ask: Text) -> str:
    pairs = [f"{language}: {in_quotes_of(source, (*path, language), ask.in_(language))}" for language in source.get(*path)]
    if has_brackets(source, path):
        return " " + _block(source, path, pairs)
    return _new_line(source, path) + _block(source, path, pairs)


def _block(source: SourceFile, path: KeyPath, pairs: list[str]) -> str:
    """Keys and values in the shape of the block at `path`."""
    if not has_brackets(source, path):
        return _new_line(source, path).join(pairs)
    start, first = source.values[path].start + 1, source.keys[*path, next(iter(source.get(*path)))].start
    margin = source.text[start:first]
    margin = margin if is_blank(margin) else ""
    return f"{{{margin}{', '.join(pairs)}{margin}}}"


def _new_line(source: SourceFile, path: KeyPath) -> str:
    """A line break, and the indentation of the block's keys."""
    first = source.values[path].start
    return line_break(source, line_end(source, content_end(source, path))) + " " * (first - line_start(source, first))
