"""What moves after a pause for all is told against what was planned when it began."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.planning.plan import Item, LostInPause, Sign
from bot.local_time import instant
from schedules.edits.after_pause import after_pause
from schedules.slots import History, sending_days
from tests.support.programme import PROGRAMME

if TYPE_CHECKING:
    from datetime import datetime

    from bot.dialogue.planning.plan import AfterPause
    from bot.programme import Programme, Slot

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAYS = {sending_day.slot: sending_day.day for sending_day in sending_days(PROGRAMME) if sending_day.skipped is None}
SLOTS = tuple(DAYS)
KEYS = tuple(entry.key for entry in PROGRAMME.rounds.order)


def opens_at(slot: Slot) -> datetime:
    return instant(DAYS[slot], PROGRAMME.rounds.at, PROGRAMME.zone)


def rounds(moves: AfterPause) -> list[tuple[Sign, str, object, object]]:
    return [(change.sign, change.name, change.before, change.after) for change in moves.changes if change.item is Item.ROUND]


def move(lost: frozenset[Slot], now: datetime, missed: frozenset[Slot] = frozenset(), after: Programme = PROGRAMME) -> AfterPause:
    return after_pause(PROGRAMME, after, History(missed=missed), LostInPause(slots=lost), now)


def test_each_question_moves_from_where_it_was_to_where_it_comes_whether_the_slot_counts_as_missed_yet_or_not() -> None:
    lost, now = frozenset(SLOTS[:1]), opens_at(SLOTS[0]) + DAY
    moves = move(lost, now)
    assert moves == move(lost, now, missed=lost)
    places = zip(KEYS, SLOTS, SLOTS[1:], strict=False)
    assert rounds(moves) == [(Sign.CHANGED, key, opens_at(old), opens_at(new)) for key, old, new in places]


def test_a_question_that_finds_no_place_does_not_go_out_on_its_day() -> None:
    lost = frozenset(SLOTS[: len(SLOTS) - len(KEYS) + 1])
    moves = move(lost, opens_at(max(lost)) + DAY)
    assert rounds(moves)[-1] == (Sign.GONE, KEYS[-1], opens_at(SLOTS[len(KEYS) - 1]), None)


def test_what_was_missed_before_the_pause_is_not_told_again() -> None:
    now = opens_at(SLOTS[1]) + DAY
    moves = move(frozenset(), now, missed=frozenset(SLOTS[:1]))
    assert rounds(moves) == []


def test_a_question_that_can_still_go_out_goes_out_at_once() -> None:
    now = opens_at(SLOTS[1]) + HOUR
    moves = move(frozenset(SLOTS[:1]), now)
    assert moves.at_once == KEYS[:1]
    assert KEYS[0] not in {change.name for change in moves.changes if change.item is Item.ROUND}


def test_what_follows_is_told_after_the_rounds() -> None:
    moves = move(frozenset(SLOTS[:1]), opens_at(SLOTS[0]) + DAY)
    items = [change.item for change in moves.changes]
    assert Item.CLOSE in items
    assert items == sorted(items, key=lambda item: item is not Item.ROUND)
