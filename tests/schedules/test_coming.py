"""What comes next is what the beat will do, and the weeks to come are those in which something can still go out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.planning.plan import Coming, Item
from bot.programme import Entry, Role, Slot, Week
from schedules.coming import coming_items, leave_out_unsent, weeks_ahead
from schedules.due import DUE_KINDS, assignment, due_between
from schedules.programme_file import load_file
from schedules.slots import History

RANDERS = load_file(Path(__file__).parents[2] / "schedules" / "randers-2018.yaml")
SIZES = {Role.LEADER: 60, Role.EMPLOYEE_REP: 40}
(FIRST,), SECOND = (RANDERS.rounds.order[number].question_ids for number in (0, 1))


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Copenhagen"))


def week(number: int) -> Week:
    return Week(year=2018, number=number)


def slot(number: int) -> Slot:
    return Slot(week=week(number), number=1)


def first_gone() -> History:
    return History(sent={RANDERS.rounds.order[0].key: slot(34)}, closes={slot(34): here("2018-08-24 10:00")})


def coming(now: str, history: History | None = None, zones: tuple[str, ...] = (), count: int = 4) -> list[Coming]:
    return list(coming_items(RANDERS, history or History(), zones=zones, sizes=SIZES, now=here(now))[:count])


def test_before_the_first_week_all_of_it_comes_in_order():
    assert [(item.item, item.at, item.week, item.questions) for item in coming("2018-08-16 10:00")] == [
        (Item.ROUND, here("2018-08-21 09:30"), "2018-W34", (FIRST,)),
        (Item.REMINDER, here("2018-08-23 13:00"), "2018-W34", (FIRST,)),
        (Item.CLOSE, here("2018-08-24 10:00"), "2018-W34", (FIRST,)),
        (Item.DIGEST, here("2018-08-24 14:00"), "2018-W34", (FIRST,)),
    ]


def test_a_round_tells_its_theme_and_how_many_stand_on_the_lists_that_it_reaches():
    first = coming("2018-08-16 10:00")[0]
    assert (first.theme, first.people) == (RANDERS.rounds.order[0].theme, 100)


def test_a_reminder_tells_nothing_about_how_many_it_reaches():
    assert [item.people for item in coming("2018-08-16 10:00")[1:]] == [None, None, None]


def test_an_entry_for_leaders_reaches_their_list_only():
    entry = Entry(theme=RANDERS.themes[0].id, by_role=((Role.LEADER, FIRST),))
    programme = replace(RANDERS, rounds=replace(RANDERS.rounds, order=(entry,)))
    (first, *_) = coming_items(programme, History(), zones=(), sizes=SIZES, now=here("2018-08-16 10:00"))
    assert first.people == 60


def test_lists_that_nobody_has_read_yet_have_no_size():
    (first, *_) = coming_items(RANDERS, History(), zones=(), sizes={}, now=here("2018-08-16 10:00"))
    assert first.people is None


def test_somebody_further_east_is_asked_earlier():
    assert coming("2018-08-16 10:00", zones=("Asia/Tokyo",))[0].at == here("2018-08-21 02:30")


def test_what_has_gone_out_does_not_come_again():
    assert [item.item for item in coming("2018-08-21 10:00", first_gone())] == [Item.REMINDER, Item.CLOSE, Item.DIGEST, Item.ROUND]


def test_in_a_pause_nothing_comes_that_follows_from_a_question_which_has_not_gone_out():
    gone = [(Item.REMINDER, "2018-W34"), (Item.CLOSE, "2018-W34"), (Item.DIGEST, "2018-W34"), (Item.ROUND, "2018-W35")]
    for history, expected in ((History(), [(Item.ROUND, "2018-W35")]), (first_gone(), gone)):
        items = leave_out_unsent(coming("2018-08-21 10:00", history, count=7), history)
        assert [(item.item, item.week) for item in items] == expected


def test_after_the_last_digest_nothing_comes():
    assert coming("2019-01-10 10:00") == []


def test_a_week_whose_question_has_gone_out_is_not_to_come_and_a_skipped_one_has_no_question():
    weeks = dict(weeks_ahead(RANDERS, first_gone(), zones=(), now=here("2018-08-21 10:00")))
    assert (week(34) in weeks, weeks[week(35)], weeks[week(42)]) == (False, SECOND, ())


def test_a_skipped_week_that_is_over_is_not_to_come():
    assert week(42) not in dict(weeks_ahead(RANDERS, History(), zones=(), now=here("2018-10-22 10:00")))


@given(
    sent=st.integers(min_value=0, max_value=16),
    days=st.integers(min_value=0, max_value=130),
    zones=st.sets(st.sampled_from(["Asia/Tokyo", "Europe/London", "America/Los_Angeles"])),
)
def test_what_comes_is_what_falls_due(sent: int, days: int, zones: set[str]):
    now = datetime.fromtimestamp(here("2018-08-16 10:00").timestamp() + days * 86400, ZoneInfo("UTC"))
    history = History(sent={entry.key: slot_ for slot_, entry in list(assignment(RANDERS, History()).items())[:sent]})
    everything = coming_items(RANDERS, history, zones=zones, sizes=SIZES, now=now)
    items = [item for item in everything if item.item not in {Item.REPORT, Item.THANKS}]
    at_the_end = [item.item for item in everything[len(items) :]]
    due_items = due_between(RANDERS, history, zones=zones, after=now, until=here("2030-01-01 00:00"))
    assert at_the_end == [Item.THANKS, Item.REPORT] or (not items and at_the_end in ([], [Item.REPORT]))
    kinds = (Item.CLOSE, Item.DIGEST, Item.ROUND, Item.REMINDER)
    assert [(item.at, item.item) for item in items] == [(each.at, kinds[DUE_KINDS.index(type(each))]) for each in due_items]
    to_come = [question for _, questions in weeks_ahead(RANDERS, history, zones=zones, now=now) for question in questions]
    assert to_come == [question for item in items if item.item is Item.ROUND for question in item.questions]


@pytest.mark.parametrize("now", ["2018-08-16 10:00", "2018-11-30 10:00"])
def test_weeks_come_in_order_and_each_once(now: str):
    weeks = [week_ for week_, _ in weeks_ahead(RANDERS, History(), zones=(), now=here(now))]
    assert weeks == sorted(set(weeks))
