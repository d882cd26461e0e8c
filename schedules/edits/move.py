"""Moves an entry of the order to another week, or puts a question of the bank there.

Those between move by one place. Comments and blank lines between the entries stay where they are; a comment behind an entry goes with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import EditReason, EditRefused
from bot.programme import Entry
from schedules.checking.question_order import ORDER_PATH
from schedules.edits.bank import take_from_bank
from schedules.edits.lists import insert_after, insert_before, item_places
from schedules.edits.made_edit import MadeEdit, find_question, until_all_are_out
from schedules.edits.open_weeks import open_entries, open_slots, refuse_week
from schedules.edits.replacements import Replacement
from schedules.edits.scalars import stands_without_quotes

if TYPE_CHECKING:
    from bot.programme import Programme, Question
    from bot.seam.edits import MoveQuestion
    from schedules.checking.source import SourceFile
    from schedules.edits.open_weeks import Progress


def move(source: SourceFile, programme: Programme, edit: MoveQuestion, progress: Progress) -> MadeEdit:
    """Make the entry with this question go out in another week."""
    question = find_question(programme, edit.question)
    entry = next((entry for entry in programme.rounds.order if question.id in entry.question_ids), None)
    if entry is None:
        return _put_in(source, programme, edit, question, progress)
    waiting, slots = open_entries(programme, progress), open_slots(programme, progress)
    if entry not in waiting:
        raise EditRefused(EditReason.SENT, question=question.id)
    now_at = waiting.index(entry)
    if now_at < len(slots) and slots[now_at].week == edit.week:
        return MadeEdit(parts=(), programme=programme)
    target = next((place for place, slot in enumerate(slots[: len(waiting)]) if slot.week == edit.week), None)
    if target is None:
        refuse_week(programme, progress, edit.week)
    moved = [other for other in waiting if other is not entry]
    moved.insert(target, entry)
    return _reorder(source, programme, waiting, moved)


def _reorder(source: SourceFile, programme: Programme, waiting: list[Entry], moved: list[Entry]) -> MadeEdit:
    """Put these entries, and what is written of each, into the places of those that wait."""
    order, places = list(programme.rounds.order), item_places(source, ORDER_PATH)
    where, parts = [order.index(entry) for entry in waiting], list[Replacement]()
    for place, entry in zip(where, moved, strict=True):
        (start, end), (new_start, new_end) = places[place], places[programme.rounds.order.index(entry)]
        order[place] = entry
        if start != new_start:
            parts.append(Replacement(start=start, end=end, text=source.text[new_start:new_end]))
    return MadeEdit(parts=tuple(parts), programme=replace(programme, rounds=replace(programme.rounds, order=tuple(order))))


def _put_in(source: SourceFile, programme: Programme, edit: MoveQuestion, question: Question, progress: Progress) -> MadeEdit:
    """Take a question out of the bank, and let it go out in a week. All after it move."""
    entry = Entry(theme=question.theme, all=question.id)
    waiting, order = open_entries(programme, progress), list(programme.rounds.order)
    rounds, end_parts = until_all_are_out(source, replace(programme.rounds, order=(*order, entry)))
    longer = replace(programme, rounds=rounds)
    slots = open_slots(longer, progress)[: len(waiting) + 1]
    target = next((place for place, slot in enumerate(slots) if slot.week == edit.week), None)
    if target is None:
        refuse_week(longer, progress, edit.week)
    place = order.index(waiting[target]) if target < len(waiting) else len(order)
    text = question.id if stands_without_quotes(question.id, in_brackets=True) else f'"{question.id}"'
    item = insert_before(source, ORDER_PATH, place, text) if place < len(order) else insert_after(source, ORDER_PATH, place - 1, text)
    order.insert(place, entry)
    questions = _out_of_bank(programme, question)
    return MadeEdit(
        parts=(item, *end_parts, *take_from_bank(source, programme.questions.index(question))),
        programme=replace(programme, questions=questions, rounds=replace(rounds, order=tuple(order))),
    )


def _out_of_bank(programme: Programme, question: Question) -> tuple[Question, ...]:
    return tuple(replace(other, reserve=False) if other is question else other for other in programme.questions)
