"""A plan tells all that an edit changes, and holds what somebody has been told or what protects them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.planning.plan import HoldReason, Item, Sign
from bot.local_time import instant
from bot.programme import Entry, Filing, Review, Role, Slot, Source, Text, Week, WeeklyMoment
from schedules.due import LOOK_BACK, History, RoundDue, due_between, sending_days
from schedules.planning.plan_of_edit import plan_of_edit
from schedules.planning.setting_changes import leaves
from schedules.programme_file import load_content, load_file

if TYPE_CHECKING:
    from bot.dialogue.planning.plan import Change, Plan
    from bot.programme import Programme

FILE = Path(__file__).parents[3] / "schedules" / "randers-2018.yaml"
RANDERS = load_file(FILE)
TEXT = FILE.read_text("utf-8")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
WEEK, FAR = timedelta(weeks=1), datetime(2100, 1, 1, tzinfo=UTC)
SIZES = {Role.LEADER: 40, Role.EMPLOYEE_REP: 20}
MOMENTS = {Item.ROUND, Item.REMINDER, Item.CLOSE, Item.DIGEST}


def at(text: str) -> datetime:
    """A moment in Copenhagen, for example "2018-08-21 09:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


def history_at(programme: Programme, now: datetime) -> History:
    """What has gone out by then, if all went as planned."""
    due_items = due_between(programme, History(), zones=(), after=datetime(2000, 1, 1, tzinfo=UTC), until=now)
    rounds = [due_item for due_item in due_items if isinstance(due_item, RoundDue)]
    sent, closes = {item.entry.key: item.slot for item in rounds}, {item.slot: item.closes_at for item in rounds}
    return History(sent=sent, closes=closes)


def edited(*changes: str) -> Programme:
    """The Randers programme with pieces of its text exchanged, each of which stands in it once."""
    text = TEXT
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return load_content(FILE, text.encode())


def plan(after: Programme, now: str = "2018-10-10 12:00", before: Programme | None = RANDERS) -> Plan:
    moment = at(now)
    return plan_of_edit(before, after, history_at(RANDERS, moment), SIZES, moment)


def changes_of(plan: Plan, *items: Item) -> list[Change]:
    return [change for change in plan.changes if change.item in items]


def with_rounds(**changes: object) -> Programme:
    return replace(RANDERS, rounds=replace(RANDERS.rounds, **changes))


# --- rounds, and what follows from them


def test_a_skipped_week_moves_what_comes_after_it_and_says_why():
    longer = edited("weeks: [42]", "weeks: [42, 45]", "until: 2018-12-11", "until: 2018-12-18")
    rounds = changes_of(plan(longer), Item.ROUND)
    assert [change.sign for change in rounds] == [Sign.CHANGED] * 6
    assert rounds[0].name == "aftale-med-en-anden-afdeling"
    assert (rounds[0].before, rounds[0].after) == (at("2018-11-06 09:30"), at("2018-11-13 09:30"))
    assert (rounds[0].why, rounds[0].people, rounds[0].held) == (("rounds.skip.weeks",), 60, None)
    assert rounds[-1].why == ("rounds.skip.weeks", "rounds.until")


def test_a_skipped_week_has_no_close_and_no_digest_any_more_and_another_week_gets_them():
    longer = edited("weeks: [42]", "weeks: [42, 45]", "until: 2018-12-11", "until: 2018-12-18")
    told = [(change.sign, change.name) for change in changes_of(plan(longer), Item.CLOSE)]
    assert told == [(Sign.GONE, "2018-W45"), (Sign.NEW, "2018-W51")]
    assert [change.name for change in changes_of(plan(longer), Item.DIGEST)] == ["2018-W45", "2018-W51"]


def test_rounds_come_first_in_the_plan():
    items = [change.item for change in plan(with_rounds(at=time(10))).changes]
    assert items == sorted(items, key=list(Item).index)
    assert items[0] is Item.ROUND


def test_what_has_gone_out_is_not_told_again():
    """In week 41 the round is out, its reminder is to come: the new hour moves none of both."""
    changes = plan(with_rounds(at=time(10))).changes
    assert "regel-eller-vane" not in {change.name for change in changes}


def test_entries_that_change_places_are_both_told():
    order = list(RANDERS.rounds.order)
    order[10], order[12] = order[12], order[10]
    rounds = changes_of(plan(with_rounds(order=tuple(order))), Item.ROUND)
    assert [(change.name, change.people) for change in rounds] == [
        ("selv-detailstyret+styring-der-hjaelper", 60),
        ("aftale-med-en-anden-afdeling", 60),
    ]
    assert {change.why for change in rounds} == {("rounds.order",)}


def test_an_entry_that_asks_others_at_the_same_moment_is_told():
    order = list(RANDERS.rounds.order)
    variants = order[12]
    (first, its_question), (second, other_question) = variants.by_role
    order[12] = replace(variants, by_role=((first, other_question), (second, its_question)))
    (change,) = changes_of(plan(with_rounds(order=tuple(order))), Item.ROUND)
    assert (change.sign, change.before == change.after, change.name) == (Sign.CHANGED, True, variants.key)


def test_an_entry_reaches_the_lists_that_it_asks():
    order = (*RANDERS.rounds.order[:-1], Entry(theme="faelles-retning", by_role=((Role.LEADER, "spoerge-og-vise-politikerne"),)))
    (change,) = changes_of(plan(with_rounds(order=order)), Item.ROUND)
    assert change.people == SIZES[Role.LEADER]


def test_a_week_that_has_closed_keeps_the_moment_of_its_digest():
    later = replace(RANDERS, digest=replace(RANDERS.digest, post=WeeklyMoment(weekday=0, at=time(10))))
    weeks = {change.name for change in changes_of(plan(later, "2018-10-12 12:00"), Item.DIGEST)}
    assert "2018-W41" not in weeks
    assert "2018-W43" in weeks


def test_a_round_that_an_edit_puts_into_the_past_is_missed_and_the_others_move():
    """As the next beat does: what should have gone out more than 36 hours ago is missed."""
    earlier = with_rounds(from_=date(2018, 8, 7), until=date(2018, 11, 27))
    rounds = changes_of(plan(earlier, "2018-08-10 12:00"), Item.ROUND)
    assert rounds[0].name == RANDERS.rounds.order[0].key
    assert rounds[0].after == at("2018-08-14 09:30")


def test_everything_is_new_where_nothing_runs_yet():
    whole = plan(RANDERS, "2018-08-01 12:00", before=None)
    assert {change.sign for change in whole.changes} == {Sign.NEW}
    assert len(changes_of(whole, Item.ROUND)) == len(changes_of(whole, Item.DIGEST)) == 16
    assert [change.name for change in changes_of(whole, Item.SOURCE)] == ["politician", "organiser", "leader", "employee_rep"]
    assert whole.held == ()


def test_a_finished_programme_brings_nothing_new():
    assert plan(RANDERS, "2019-08-01 12:00", before=None).changes == ()


# --- everything else


def test_a_text_is_told_as_it_was_and_as_it_becomes():
    (change,) = plan(edited("Hvad skal vi holde op med", "Hvad bør vi holde op med")).changes
    assert (change.item, change.name, change.sent, change.held) == (Item.QUESTION, "holde-op-med", False, None)
    assert "skal" in str(change.before)
    assert "bør" in str(change.after)


def test_of_a_question_that_has_gone_out_the_plan_says_that_nothing_changes():
    (change,) = plan(edited("mest mening for os selv", "mening for os selv")).changes
    assert (change.name, change.sent) == ("regel-eller-vane", True)


def test_a_question_of_another_theme_is_told_once_and_its_round_is_not():
    themes = {question.id: question.theme for question in RANDERS.questions}
    theme = next(theme for theme in themes.values() if theme != themes["holde-op-med"])
    questions = tuple(replace(question, theme=theme) if question.id == "holde-op-med" else question for question in RANDERS.questions)
    order = tuple(replace(entry, theme=theme) if entry.all == "holde-op-med" else entry for entry in RANDERS.rounds.order)
    (change,) = plan(replace(with_rounds(order=order), questions=questions)).changes
    assert (change.item, change.before, change.after, change.held) == (Item.QUESTION, themes["holde-op-med"], theme, None)


def test_a_list_from_elsewhere_is_held():
    changed = plan(edited("leaders: {usergroup: S0LEADERS}", "leaders: {usergroup: S0LEDERE}"))
    assert [(change.item, change.name, change.before, change.after) for change in changed.changes] == [
        (Item.SOURCE, "leader", "usergroup: S0LEADERS", "usergroup: S0LEDERE")
    ]
    assert changed.held == (HoldReason.SOURCE,)


def test_guests_of_a_channel_make_its_list_another_one():
    people = replace(RANDERS.people, leaders=Source(channel="C0LEADERS"))
    before, after = (replace(RANDERS, people=replace(people, leaders=replace(people.leaders, guests=guests))) for guests in (False, True))
    assert plan(after, before=before).held == (HoldReason.SOURCE,)


def test_people_inside_a_file_are_told_by_number_and_not_held():
    sources = [Source(file="people/l.csv", emails=tuple(f"l{n}@x.dk" for n in range(size))) for size in (40, 38)]
    before, after = (replace(RANDERS, people=replace(RANDERS.people, leaders=source)) for source in sources)
    (change,) = plan(after, before=before).changes
    assert (change.item, change.name, change.before, change.after, change.held) == (Item.LIST, "leader", 40, 38, None)


def test_a_list_of_another_size_is_counted_as_its_file_has_it():
    source = Source(file="people/l.csv", emails=tuple(f"l{n}@x.dk" for n in range(33)))
    other = replace(with_rounds(at=time(10)), people=replace(RANDERS.people, leaders=source))
    assert {change.people for change in changes_of(plan(other), Item.ROUND)} == {33 + SIZES[Role.EMPLOYEE_REP]}


@pytest.mark.parametrize(
    ("after", "reasons"),
    [
        (replace(RANDERS, floors=replace(RANDERS.floors, quotes=9)), [HoldReason.FLOORS]),
        (replace(RANDERS, retention=replace(RANDERS.retention, detach_after_days=14)), [HoldReason.RETENTION]),
        (replace(RANDERS, digest=replace(RANDERS.digest, review=Review.QUOTES_ONLY)), [HoldReason.REVIEW]),
        (replace(RANDERS, digest=replace(RANDERS.digest, channel="C0OTHER")), [HoldReason.CHANNEL]),
        (replace(RANDERS, digest=replace(RANDERS.digest, external=True)), [HoldReason.CHANNEL]),
        (replace(RANDERS, people=replace(RANDERS.people, organisers_channel="C0OTHER")), [HoldReason.CHANNEL]),
        (replace(RANDERS, people=replace(RANDERS.people, leaders=None)), [HoldReason.SOURCE_GONE]),
        (replace(RANDERS, id="another"), [HoldReason.COMING_WEEK]),
        (replace(RANDERS, filter_words=frozenset({"rådhuset"})), []),
        (replace(RANDERS, title=Text(da="Dagen", en="The day")), []),
        (replace(RANDERS, filing=Filing(case="18/00123")), []),
        (replace(RANDERS, questions=RANDERS.questions[::-1]), []),
    ],
)
def test_what_protects_people_is_held_and_nothing_else(after, reasons):
    changed = plan(after)
    assert len(changed.changes) == 1
    assert list(changed.held) == reasons


@pytest.mark.parametrize(("now", "held"), [("2018-10-30 09:31", (HoldReason.COMING_WEEK,)), ("2018-10-30 09:29", ())])
def test_what_happens_on_the_seventh_day_is_held_and_what_happens_after_it_is_not(now, held):
    longer = edited("weeks: [42]", "weeks: [42, 45]", "until: 2018-12-11", "until: 2018-12-18")  # from 6 november, 09:30, on
    assert plan_of_edit(RANDERS, longer, history_at(RANDERS, at("2018-10-30 10:00")), SIZES, at(now)).held == held


@pytest.mark.parametrize("floor", ["people", "quotes", "audience"])
def test_a_floor_is_held_whether_it_is_lowered_or_raised(floor):
    higher = replace(RANDERS, floors=replace(RANDERS.floors, **{floor: getattr(RANDERS.floors, floor) + 1}))
    assert [plan(*pair).held for pair in ((higher,), (RANDERS, "2018-10-10 12:00", higher))] == [(HoldReason.FLOORS,)] * 2


def test_a_word_is_let_go_by_an_organiser_only_and_a_stricter_review_is_in_force_at_once():
    guarded = replace(RANDERS, filter_words=frozenset({"rådhuset"}))
    assert plan(RANDERS, before=guarded).held == (HoldReason.FILTER,)
    loose = replace(RANDERS, digest=replace(RANDERS.digest, review=Review.QUOTES_ONLY))
    assert plan(RANDERS, before=loose).held == ()


def test_a_question_that_leaves_the_bank_for_a_round_is_told_by_its_round():
    questions = tuple(replace(question, reserve=False) if question.id == "regne-med-dig" else question for question in RANDERS.questions)
    order = (*RANDERS.rounds.order, Entry(theme="ledelsesgrundlag", all="regne-med-dig"))
    after = replace(with_rounds(order=order, until=date(2018, 12, 18)), questions=questions)
    assert {change.item for change in plan(after).changes} == MOMENTS
    assert [change.name for change in plan(after).changes if change.sign is Sign.NEW and change.item is Item.ROUND] == ["regne-med-dig"]


def test_the_order_of_what_has_gone_out_is_told_though_it_moves_nothing():
    order = list(RANDERS.rounds.order)
    order[0], order[1] = order[1], order[0]
    (change,) = plan(with_rounds(order=tuple(order))).changes
    assert (change.item, change.name) == (Item.SETTING, "rounds.order")


def test_comments_change_nothing_but_the_fingerprint():
    same = edited("# Ret en linje, gem", "# Ret én linje, gem")
    assert plan(same).changes == ()
    assert plan(same).fingerprint != plan(RANDERS).fingerprint


# --- the algebra of plans


ORDERS = st.permutations(RANDERS.rounds.order).map(tuple)
NOWS = st.datetimes(datetime(2018, 8, 1), datetime(2018, 12, 20)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001 - the zone follows


@st.composite
def programmes(draw) -> Programme:
    """The programme with some settings changed."""
    rounds = replace(
        RANDERS.rounds,
        order=draw(st.one_of(st.just(RANDERS.rounds.order), ORDERS)),
        at=draw(st.sampled_from([time(9, 30), time(10), time(12, 30)])),
        every=draw(st.sampled_from([(1,), (2,)])),
        until=draw(st.sampled_from([date(2018, 12, 11), date(2018, 12, 18)])),
        skip=replace(RANDERS.rounds.skip, weeks=draw(st.sampled_from([(42,), (42, 45), (41,), (43, 44)]))),
        remind=draw(st.sampled_from([RANDERS.rounds.remind, None, replace(RANDERS.rounds.remind, at=time(11))])),
    )
    digest = replace(RANDERS.digest, post=draw(st.sampled_from([RANDERS.digest.post, WeeklyMoment(weekday=4, at=time(15))])))
    people = replace(RANDERS.people, leaders=draw(st.sampled_from([RANDERS.people.leaders, Source(channel="C0L"), None])))
    questions = draw(st.sampled_from([RANDERS.questions, RANDERS.questions[::-1], RANDERS.questions[:-1]]))
    return replace(RANDERS, rounds=rounds, digest=digest, people=people, questions=questions)


@settings(max_examples=40, deadline=None)
@given(programmes(), NOWS)
def test_without_a_difference_there_is_no_change(programme, now):
    assert plan_of_edit(programme, replace(programme), history_at(programme, now), SIZES, now).changes == ()


@settings(max_examples=40, deadline=None)
@given(programmes(), programmes(), NOWS)
def test_no_difference_is_ever_told_as_nothing_unless_it_is_past(before, after, now):
    """What differs only in moments that have passed is told as a setting."""
    assert (before != after) == bool(plan_of_edit(before, after, history_at(before, now), SIZES, now).changes)


def _bare(change: Change) -> Change:
    """A change without what depends on which way it goes: whom it reaches in the end, and what protects them."""
    return replace(change, people=None, held=None, why=tuple(sorted(change.why)))


@settings(max_examples=40, deadline=None)
@given(programmes(), programmes())
def test_the_way_back_swaps_plus_and_minus(before, after):
    now = at("2018-08-01 12:00")
    there, back = (plan_of_edit(*pair, History(), SIZES, now).changes for pair in ((before, after), (after, before)))
    other = {Sign.NEW: Sign.GONE, Sign.GONE: Sign.NEW, Sign.CHANGED: Sign.CHANGED}
    turned = {replace(change, sign=other[change.sign], before=change.after, after=change.before) for change in there}
    assert {_bare(change) for change in turned} == {_bare(change) for change in back}


@settings(max_examples=60, deadline=None)
@given(programmes(), programmes(), NOWS)
def test_whatever_happens_differently_in_the_coming_week_is_held(before, after, now):
    """The oracle looks at what is due in the coming week with each of both. A slot that is too late by then asks nothing."""
    history = history_at(before, now)
    until = now + WEEK

    def coming(programme: Programme) -> set[tuple[type, datetime, str]]:
        days, hour = sending_days(programme), programme.rounds.at
        late = {day.slot for day in days if day.skipped is None and instant(day.day, hour, programme.zone) <= now - LOOK_BACK}
        as_it_will_be = replace(history, missed=history.missed | (late - set(history.sent.values())))
        due_items = due_between(programme, as_it_will_be, zones=(), after=now, until=until)
        return {(type(item), item.at, item.entry.key if isinstance(item, RoundDue) else "") for item in due_items}

    changed = plan_of_edit(before, after, history, SIZES, now)
    weeks_closed = {slot.week for slot, closes_at in history.closes.items() if closes_at <= now}
    if coming(before) != coming(after) and not weeks_closed.intersection({Week.of(now.date()), Week.of((now - WEEK).date())}):
        assert HoldReason.COMING_WEEK in changed.held
    for change in changed.changes:
        moments = [moment for moment in (change.before, change.after) if isinstance(moment, datetime)]
        assert (change.held is HoldReason.COMING_WEEK) == any(moment <= until for moment in moments)


@settings(max_examples=30, deadline=None)
@given(programmes(), programmes(), NOWS)
def test_a_fingerprint_stays_and_changes_with_lists_and_with_what_has_gone_out(before, after, now):
    history = history_at(before, now)
    fingerprint = plan_of_edit(before, after, history, SIZES, now).fingerprint
    assert plan_of_edit(before, after, history, dict(SIZES), now).fingerprint == fingerprint
    assert plan_of_edit(before, after, history, {**SIZES, Role.LEADER: 39}, now).fingerprint != fingerprint
    missed = replace(history, missed=frozenset({Slot(week=Week(year=2018, number=50), number=1)}))
    assert plan_of_edit(before, after, missed, SIZES, now).fingerprint != fingerprint


def test_a_fingerprint_does_not_change_with_time_alone_but_with_what_comes_near():
    longer = edited("weeks: [42]", "weeks: [42, 45]", "until: 2018-12-11", "until: 2018-12-18")
    history = history_at(RANDERS, at("2018-10-23 10:00"))
    prints = [
        plan_of_edit(RANDERS, longer, history, SIZES, at(now)) for now in ("2018-10-25 10:00", "2018-10-26 10:00", "2018-10-31 10:00")
    ]
    assert prints[0].fingerprint == prints[1].fingerprint != prints[2].fingerprint
    assert (prints[0].held, prints[2].held) == ((), (HoldReason.COMING_WEEK,))


def test_a_fingerprint_changes_with_the_people_in_a_file():
    sources = [Source(file="l.csv", emails=(who,)) for who in ("a@x.dk", "b@x.dk")]
    after = [replace(RANDERS, people=replace(RANDERS.people, leaders=source)) for source in sources]
    plans = [plan(programme) for programme in after]
    assert plans[0].fingerprint != plans[1].fingerprint


def test_every_setting_of_a_programme_has_a_path():
    """A field that is added to a programme later is told by its path, until a sentence of its own is written for it."""
    paths = dict(leaves(RANDERS))
    assert {"programme", "title", "rounds.at", "rounds.skip.weeks", "digest.close", "filter.extra", "guidelines_agreed.by"} <= set(paths)
    assert paths["digest.close"] == "friday 10:00"
