"""A round opens once, when its entry's time has come."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from bot.confidentiality.audiences import questions_by_role
from bot.dialogue import people
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.rounds import opening
from bot.dialogue.snapshot import ask_in, theme_in
from bot.models import MessageKind, MessageState, MissedSlot, OutboxMessage, PeopleList, Round
from bot.programme import PARTICIPANTS, Entry, Floors, Role, Slot, Text, Week
from tests.support.database import unit_of_work
from tests.support.programme import FOR_ALL, NUUK, PROGRAMME, VARIANTS, WITH_REST, programme_with
from tests.support.world import BEFORE, CLOSES, OPENS, SLOT, World, at, found, lists, rosters, week_of, with_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

NEXT = Slot(week=Week(year=2018, number=35), number=1)
DAY = timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


# --- once


def test_everyone_active_is_asked_once_and_nobody_else(world: World) -> None:
    world.open()
    assert world.recipients() == sorted([f"L{i}" for i in range(12)] + [f"E{i}" for i in range(12)])


def test_a_slot_has_one_round_whatever_entry_is_put_there_later(world: World) -> None:
    assert world.open() is not None
    assert world.open(VARIANTS) is None
    assert (world.count(Round), len(world.recipients())) == (1, 24)


def test_an_entry_has_one_round_whatever_slot_it_is_moved_to(world: World) -> None:
    assert world.open() is not None
    assert world.open(slot=NEXT, opens_at=OPENS + 7 * DAY, closes_at=CLOSES + 7 * DAY, now=OPENS + 7 * DAY) is None
    assert (world.count(Round), len(world.recipients())) == (1, 24)


def test_an_entry_that_has_gone_out_is_never_missed_in_another_slot(world: World) -> None:
    world.open()
    world.open(slot=NEXT, now=OPENS + 9 * DAY)
    assert world.count(MissedSlot) == 0


def test_two_processes_that_open_at_once_make_one_round_and_ask_everyone_once(database: Database) -> None:
    with unit_of_work(database) as session:
        World(session).populate()
    barrier, opened = threading.Barrier(2), []

    def open_it() -> None:
        barrier.wait()
        with unit_of_work(database) as session:
            opened.append(
                opening.open_round(
                    session, OPENS, PROGRAMME, slot=SLOT, entry=FOR_ALL, opens_at=OPENS, closes_at=CLOSES, moment_for=at(OPENS)
                ),
            )

    threads = [threading.Thread(target=open_it) for _ in range(2)]
    for each in threads:
        each.start()
    for thread in threads:
        thread.join()
    with database.look() as session:
        assert session.query(Round).count() == 1
        assert session.query(OutboxMessage).count() == 24
    assert [each is None for each in opened].count(True) == 1


def test_a_broken_rule_that_is_not_a_lost_race_is_a_fault(session: Session) -> None:
    with pytest.raises(IntegrityError):
        opening.record_missed_slot(session, OPENS, PROGRAMME, SLOT, opening.MissedReason.TOO_LATE)  # nobody has loaded the programme
    session.rollback()


# --- who is asked what, and when


def test_a_question_is_due_at_the_persons_hour_and_in_time_for_a_day_but_not_after_the_close(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("L0", timezone=NUUK), *(found(f"L{i}") for i in range(1, 12))]))
    hours = {"Europe/Copenhagen": OPENS, NUUK: CLOSES - timedelta(hours=20)}
    world.open(moment_for=hours.__getitem__)
    due = {message.address: (message.due_at, message.expires_at, message.next_at) for message in world.messages(MessageKind.QUESTION)}
    assert due["L1"] == (OPENS, OPENS + DAY, OPENS)
    assert due["L0"] == (CLOSES - timedelta(hours=20), CLOSES, CLOSES - timedelta(hours=20))


def test_variants_go_to_their_roles(world: World) -> None:
    world.open(VARIANTS)
    questions = {message.address: message.facts["question"] for message in world.messages(MessageKind.QUESTION)}
    assert {questions[f"L{i}"] for i in range(12)} == {"to-leaders"}
    assert {questions[f"E{i}"] for i in range(12)} == {"to-reps"}


def test_a_role_without_a_variant_gets_nothing_and_that_is_no_news(world: World) -> None:
    world.open(Entry(theme="time", by_role=((Role.LEADER, "to-leaders"),)))
    assert world.recipients() == sorted(f"L{i}" for i in range(12))
    assert world.notices() == []


def test_a_role_of_nine_is_not_asked_a_question_of_its_own_and_leaves_no_trace(session: Session) -> None:
    world = World(session).populate(reps=9)
    round_ = world.open(VARIANTS)
    assert round_ is not None
    assert world.recipients() == sorted(f"L{i}" for i in range(12))
    assert "round.left_out.employee_rep" in world.notices()
    assert round_.snapshot["questions"].keys() == {"to-leaders"}
    assert round_.snapshot["audience"] == {"leader": 12}


@pytest.mark.parametrize("gone", [(), ("E0",), ("E0", "L0"), tuple(f"E{i}" for i in range(9))])
@pytest.mark.parametrize(("entry", "said"), [(VARIANTS, "left_out"), (replace(VARIANTS, all="to-the-rest"), "joined")])
@pytest.mark.parametrize("reps", [9, 10])
def test_what_is_told_of_a_small_role_depends_on_its_list_and_not_on_who_left_or_paused(
    session: Session, reps: int, entry: Entry, said: str, gone: tuple[str, ...]
) -> None:
    world = World(session).populate(leaders=20, reps=reps)
    for address in gone[:1]:
        people.pause(session, BEFORE, world.person(address), CLOSES.date())
    for address in gone[1:]:
        people.leave(session, BEFORE, world.person(address))
    world.open_and_ask(entry)
    assert world.notices() == ([] if reps == 10 else ["people.small.employee_rep", f"round.{said}.employee_rep"])


def test_a_list_that_has_grown_and_of_which_somebody_left_tells_nothing_and_one_that_shrinks_again_does(session: Session) -> None:
    world = World(session).populate(reps=9)
    world.populate(reps=10)
    people.leave(session, BEFORE, world.person("E0"))
    world.open_and_ask(VARIANTS)
    assert world.notices() == []
    world.read(lists(reps=9))
    world.confirm_lists()
    world.read(lists(reps=9))
    assert world.notices() == ["people.out"]


def test_a_list_that_is_suddenly_empty_is_not_told_of_as_a_small_one(session: Session) -> None:
    world = World(session).populate(reps=10)
    people.leave(session, BEFORE, world.person("E0"))
    world.read(lists(reps=0))
    world.open_and_ask(VARIANTS)
    assert (world.notices(), len(world.messages(MessageKind.LIST_REVIEW))) == ([], 1)


def test_a_role_of_ten_is_asked(session: Session) -> None:
    world = World(session).populate(reps=10)
    world.open(VARIANTS)
    assert len(world.recipients()) == 22


def test_a_role_too_small_for_its_own_question_joins_the_one_for_all_if_there_are_enough_of_them(session: Session) -> None:
    world = World(session).populate(leaders=4, reps=6)
    world.open(WITH_REST)
    assert {message.facts["question"] for message in world.messages(MessageKind.QUESTION)} == {"to-the-rest"}
    assert len(world.recipients()) == 10
    assert "round.joined.leader" in world.notices()


def test_when_all_who_are_left_are_too_few_only_the_others_are_asked(session: Session) -> None:
    world = World(session).populate(leaders=12, reps=9)
    world.open(WITH_REST)
    assert world.recipients() == sorted(f"L{i}" for i in range(12))


def test_a_raised_floor_counts(session: Session) -> None:
    world = World(session, programme_with(floors=Floors(audience=20))).populate(leaders=19, reps=20)
    world.open(VARIANTS)
    assert world.recipients() == sorted(f"E{i}" for i in range(20))


@given(
    st.sampled_from([FOR_ALL, VARIANTS, WITH_REST]),
    st.fixed_dictionaries({role: st.integers(0, 30) for role in PARTICIPANTS}),
)
def test_no_question_is_ever_asked_of_fewer_than_ten(entry: Entry, audience: dict[Role, int]) -> None:
    asked = questions_by_role(entry, audience, 10)
    for question in set(asked.values()):
        assert sum(audience[role] for role in asked if asked[role] == question) >= 10


# --- the snapshot


def test_the_snapshot_keeps_what_was_asked_when_the_programme_is_edited(world: World) -> None:
    world.open()
    edited = tuple(replace(question, ask=Text(da="Ændret", en="Changed")) for question in PROGRAMME.questions)
    world.programme = replace(PROGRAMME, questions=edited, title=Text(da="Ny", en="New"))
    round_ = opening.round_at_slot(world.session, PROGRAMME.id, SLOT)
    assert round_ is not None
    assert (ask_in(round_, "for-all", "da"), theme_in(round_, "en")) == ("for-all, hvad?", "Trust")
    assert round_.snapshot == {
        "title": {"da": "Landsbydagen", "en": "The village day"},
        "timezone": "Europe/Copenhagen",
        "language": "da",
        "theme": {"id": "trust", "title": {"da": "Tillid", "en": "Trust"}},
        "questions": {"for-all": {"da": "for-all, hvad?", "en": "for-all, what?"}},
        "by_role": {"leader": "for-all", "employee_rep": "for-all"},
        "all": "for-all",
        "order": ["for-all"],
        "audience": {"leader": 12, "employee_rep": 12},
        "floors": {"people": 5, "quotes": 8, "audience": 10, "asked": 30},
        "retention": {"detach_after_days": 7, "delete_replies_after_days": 90},
    }


# --- what is missed


def test_too_few_people_are_not_asked_and_the_entry_keeps_its_turn(session: Session) -> None:
    world = World(session).populate(leaders=5, reps=4)
    assert world.open() is None
    assert opening.slots_sent_and_missed(session, PROGRAMME.id) == ({}, frozenset({SLOT}), {})
    assert world.notices()[-1] == "round.missed.audience"


def test_while_people_wait_for_their_welcome_the_round_waits_for_them(session: Session) -> None:
    world = World(session)
    world.read(lists())
    assert world.open() is None
    assert world.count(MissedSlot) == 0
    world.welcome_all()
    assert world.open(now=OPENS + timedelta(hours=1)) is not None


def test_before_the_lists_have_been_read_nobody_is_too_few(session: Session) -> None:
    world = World(session)
    assert world.open() is None
    assert world.count(MissedSlot) == 0
    world.populate()
    assert world.open(now=OPENS + timedelta(hours=1)) is not None


def leaders_welcomed(session: Session) -> World:
    """The bot was away when the welcomes were due: so far they have reached the leaders only."""
    world = World(session)
    world.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(BEFORE))
    for address in [message.address for message in world.messages(MessageKind.WELCOME) if message.address.startswith("L")]:
        people.mark_welcomed(session, OPENS, world.person(address).id)
    return world


def test_a_role_that_is_welcomed_last_is_waited_for_and_not_left_out(session: Session) -> None:
    world = leaders_welcomed(session)
    assert world.open(VARIANTS) is None
    assert world.count(MissedSlot) == 0
    world.welcome_all(OPENS)
    assert world.open(VARIANTS) is not None
    assert len(world.recipients()) == 24


def test_a_role_whose_welcome_cannot_be_delivered_keeps_nobody_waiting(session: Session) -> None:
    world = leaders_welcomed(session)
    for message in world.messages(MessageKind.WELCOME):
        message.state = MessageState.FAILED
    assert world.open(VARIANTS) is not None
    assert len(world.recipients()) == 12


def test_a_welcome_that_is_refused_and_tried_again_keeps_nobody_waiting(session: Session) -> None:
    world = leaders_welcomed(session)
    for message in world.messages(MessageKind.WELCOME):
        message.attempts, message.reason = 1, "unreachable: chat.postMessage: messages_tab_disabled"
    assert world.open(VARIANTS) is not None
    assert len(world.recipients()) == 12


def test_nobody_waits_more_than_half_a_day_for_others_to_be_welcomed(session: Session) -> None:
    assert leaders_welcomed(session).open(VARIANTS, now=OPENS + DAY / 2) is not None


def test_a_round_that_nobody_would_get_in_time_is_missed(world: World) -> None:
    assert world.open(now=OPENS + DAY) is None
    assert world.notices() == ["round.missed.too_late"]
    assert (world.count(Round), world.count(MissedSlot)) == (0, 1)


def test_a_round_is_opened_late_as_long_as_someone_gets_it_in_time(world: World) -> None:
    assert world.open(now=OPENS + DAY - timedelta(minutes=1)) is not None


def test_nothing_opens_in_a_slot_that_was_missed(world: World) -> None:
    opening.record_missed_slot(world.session, OPENS, PROGRAMME, SLOT, opening.MissedReason.TOO_LATE)
    assert world.open() is None
    assert world.count(Round) == 0


def test_a_missed_slot_is_told_once(world: World) -> None:
    assert opening.record_missed_slot(world.session, OPENS, PROGRAMME, SLOT, opening.MissedReason.TOO_LATE)
    assert not opening.record_missed_slot(world.session, OPENS, PROGRAMME, SLOT, opening.MissedReason.AUDIENCE)
    assert world.notices() == ["round.missed.too_late"]


def test_the_slots_from_before_the_programme_was_loaded_are_told_in_one_sentence(world: World) -> None:
    for slot in (SLOT, NEXT):
        assert opening.record_missed_slot(world.session, OPENS, PROGRAMME, slot, opening.MissedReason.BEFORE_LOAD)
    assert world.notices() == ["round.missed.before_load"]


# --- what can be asked about rounds


def test_history_tells_the_slot_of_each_entry(world: World) -> None:
    world.open()
    assert opening.slots_sent_and_missed(world.session, PROGRAMME.id) == ({"for-all": SLOT}, frozenset(), {SLOT: CLOSES})


def test_another_programmes_history_and_zones_are_its_own(world: World) -> None:
    world.open()
    opening.record_missed_slot(world.session, OPENS, PROGRAMME, NEXT, opening.MissedReason.TOO_LATE)
    assert opening.slots_sent_and_missed(world.session, "another") == ({}, frozenset(), {})
    assert opening.time_zones(world.session, "another") == frozenset()


@pytest.mark.parametrize("act", ["stays", "pauses", "leaves", "is erased"])
def test_the_zones_of_all_participants_on_the_lists_count_whatever_they_do(world: World, act: str) -> None:
    """A round opens at its earliest zone's hour: who is known to be the only one there must not be told of by it."""
    world.read(with_list(lists(), Role.POLITICIAN, [found("P0", timezone="Asia/Tokyo")]))
    world.read(with_list(lists(), Role.LEADER, [found("L0", timezone=NUUK), *(found(f"L{i}") for i in range(1, 11))]))
    if act == "pauses":
        people.pause(world.session, BEFORE, world.person("L0"), OPENS.date())
    elif act == "leaves":
        people.leave(world.session, BEFORE, world.person("L0"))
    elif act == "is erased":
        erase(world.session, BEFORE, "L0")
    assert opening.time_zones(world.session, PROGRAMME.id) == {"Europe/Copenhagen", NUUK}
    world.read(rosters({}))  # held, all of it
    assert opening.time_zones(world.session, PROGRAMME.id) == {"Europe/Copenhagen", NUUK}
    world.session.execute(update(PeopleList).values(zones=None))  # as an earlier version left it
    assert (NUUK in opening.time_zones(world.session, PROGRAMME.id)) is (act != "is erased")


def test_the_zone_of_whom_a_list_has_put_out_does_not_count(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [*(found(f"L{i}") for i in range(11)), found("L11", timezone=NUUK)]))
    world.read(lists(leaders=11))
    assert opening.time_zones(world.session, PROGRAMME.id) == {"Europe/Copenhagen"}


def test_a_round_is_open_from_its_opening_to_its_close(world: World) -> None:
    round_ = world.open_and_ask()
    moments = (OPENS - timedelta(seconds=1), OPENS, CLOSES - timedelta(seconds=1), CLOSES)
    seen = [opening.current_round(world.session, moment, PROGRAMME.id) for moment in moments]
    assert seen == [None, round_, round_, None]


def test_a_week_is_closed_when_all_its_rounds_are(world: World) -> None:
    first = world.open_and_ask()
    second = world.open_and_ask(VARIANTS, slot=replace(SLOT, number=2))
    world.close(first)
    assert opening.weeks_to_draft(world.session, PROGRAMME.id) == []
    world.close(second)
    assert opening.weeks_to_draft(world.session, PROGRAMME.id) == ["2018-W34"]


def test_who_has_left_or_pauses_is_not_asked_and_stands_in_the_audience_as_long_as_on_the_list(world: World) -> None:
    people.leave(world.session, OPENS, world.person("L0"))
    people.pause(world.session, BEFORE, world.person("L1"), OPENS.date())
    round_ = world.open()
    assert round_ is not None
    assert round_.snapshot["audience"] == {"leader": 12, "employee_rep": 12}
    assert {"L0", "L1"}.isdisjoint(world.recipients())


def test_weeks_are_drafted_in_their_order_once_all_their_rounds_have_closed_and_none_is_detached(session: Session) -> None:
    world = World(session)
    rounds = {(week, day): world.add_round(week, day=day) for week in (3, 2, 1) for day in (1, 2)}
    for place, round_ in rounds.items():
        round_.closed_at = None if place == (1, 2) else CLOSES
    session.flush()
    assert opening.weeks_to_draft(session, PROGRAMME.id) == [week_of(2), week_of(3)]
    rounds[1, 2].closed_at = CLOSES
    rounds[3, 1].detached_at = CLOSES
    session.flush()
    assert opening.weeks_to_draft(session, PROGRAMME.id) == [week_of(1), week_of(2)]
    world.draft(1)
    assert opening.weeks_to_draft(session, PROGRAMME.id) == [week_of(2)]


def test_a_week_is_drafted_though_another_programme_has_its_digest(session: Session) -> None:
    another, world = World(session, replace(PROGRAMME, id="another")), World(session)
    for world_ in (another, world):
        world_.add_round(1).closed_at = CLOSES
    another.draft(1)
    assert (opening.weeks_to_draft(session, "another"), opening.weeks_to_draft(session, PROGRAMME.id)) == ([], [week_of(1)])


def test_a_round_opens_though_another_programme_has_one_in_its_slot(session: Session) -> None:
    World(session, replace(PROGRAMME, id="another")).add_round(1)
    assert World(session).populate().open() is not None
