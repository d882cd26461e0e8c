"""When an entry's time has come, what happens?"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from bot.confidentiality.audiences import questions_by_role
from bot.dialogue import people
from bot.dialogue.rounds import opening
from bot.dialogue.snapshot import ask_in, theme_in
from bot.models import MessageKind, MessageState, MissedSlot, OutboxMessage, Round
from bot.programme import PARTICIPANTS, Entry, Role, Slot, Text, Week
from tests.dialogue.village import (
    BEFORE,
    CLOSES,
    FOR_ALL,
    NUUK,
    OPENS,
    PROGRAMME,
    SLOT,
    VARIANTS,
    WITH_REST,
    Village,
    at,
    changed,
    found,
    lists,
    with_floors,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

NEXT = Slot(week=Week(year=2018, number=35), number=1)
DAY = timedelta(days=1)


@pytest.fixture
def village(session: Session) -> Village:
    return Village(session).settle_in()


# --- once


def test_everyone_active_is_asked_once_and_nobody_else(village: Village) -> None:
    village.open()
    assert village.asked() == sorted([f"L{i}" for i in range(12)] + [f"E{i}" for i in range(12)])


def test_a_slot_has_one_round_whatever_entry_is_put_there_later(village: Village) -> None:
    assert village.open() is not None
    assert village.open(VARIANTS) is None
    assert (village.count(Round), len(village.asked())) == (1, 24)


def test_an_entry_has_one_round_whatever_slot_it_is_moved_to(village: Village) -> None:
    assert village.open() is not None
    assert village.open(slot=NEXT, opens_at=OPENS + 7 * DAY, closes_at=CLOSES + 7 * DAY, now=OPENS + 7 * DAY) is None
    assert (village.count(Round), len(village.asked())) == (1, 24)


def test_an_entry_that_has_gone_out_is_never_missed_in_another_slot(village: Village) -> None:
    village.open()
    village.open(slot=NEXT, now=OPENS + 9 * DAY)
    assert village.count(MissedSlot) == 0


def test_two_processes_that_open_at_once_make_one_round_and_ask_everyone_once(database: Database) -> None:
    with database.work() as session:
        Village(session).settle_in()
    barrier, opened = threading.Barrier(2), []

    def open_it() -> None:
        barrier.wait()
        with database.work() as session:
            opened.append(
                opening.open_round(
                    session, OPENS, PROGRAMME, slot=SLOT, entry=FOR_ALL, opens_at=OPENS, closes_at=CLOSES, moment_for=at(OPENS)
                ),
            )

    threads = [threading.Thread(target=open_it) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with database.look() as session:
        assert session.query(Round).count() == 1
        assert session.query(OutboxMessage).count() == 24
    assert [each is None for each in opened].count(True) == 1


def test_a_broken_rule_that_is_not_a_lost_race_is_a_fault(session: Session) -> None:
    with pytest.raises(IntegrityError):
        opening.record_missed_slot(session, OPENS, PROGRAMME, SLOT, opening.MissedReason.TOO_LATE)  # nobody has loaded the programme
    session.rollback()


# --- who is asked what, and when


def test_a_question_is_due_at_the_persons_hour_and_in_time_for_a_day_but_not_after_the_close(village: Village) -> None:
    village.read(changed(lists(), Role.LEADER, [found("L0", timezone=NUUK), *(found(f"L{i}") for i in range(1, 12))]))
    hours = {"Europe/Copenhagen": OPENS, NUUK: CLOSES - timedelta(hours=20)}
    village.open(moment_for=hours.__getitem__)
    due = {each.address: (each.due_at, each.expires_at, each.next_at) for each in village.messages(MessageKind.QUESTION)}
    assert due["L1"] == (OPENS, OPENS + DAY, OPENS)
    assert due["L0"] == (CLOSES - timedelta(hours=20), CLOSES, CLOSES - timedelta(hours=20))


def test_variants_go_to_their_roles(village: Village) -> None:
    village.open(VARIANTS)
    questions = {each.address: each.facts["question"] for each in village.messages(MessageKind.QUESTION)}
    assert {questions[f"L{i}"] for i in range(12)} == {"to-leaders"}
    assert {questions[f"E{i}"] for i in range(12)} == {"to-reps"}


def test_a_role_without_a_variant_gets_nothing_and_that_is_no_news(village: Village) -> None:
    village.open(Entry(theme="time", by_role=((Role.LEADER, "to-leaders"),)))
    assert village.asked() == sorted(f"L{i}" for i in range(12))
    assert village.notices() == []


def test_a_role_of_nine_is_not_asked_a_question_of_its_own_and_leaves_no_trace(session: Session) -> None:
    village = Village(session).settle_in(reps=9)
    one = village.open(VARIANTS)
    assert one is not None
    assert village.asked() == sorted(f"L{i}" for i in range(12))
    assert "round.left_out.employee_rep" in village.notices()
    assert one.snapshot["questions"].keys() == {"to-leaders"}
    assert one.snapshot["audience"] == {"leader": 12}


@pytest.mark.parametrize("gone", [(), ("E0",), ("E0", "L0"), tuple(f"E{i}" for i in range(9))])
@pytest.mark.parametrize(("entry", "said"), [(VARIANTS, "left_out"), (replace(VARIANTS, all="to-the-rest"), "joined")])
@pytest.mark.parametrize("reps", [9, 10])
def test_what_is_told_of_a_small_role_depends_on_its_list_and_not_on_who_left_or_paused(
    session: Session, reps: int, entry: Entry, said: str, gone: tuple[str, ...]
) -> None:
    village = Village(session).settle_in(leaders=20, reps=reps)
    for address in gone[:1]:
        people.pause(session, BEFORE, village.person(address), CLOSES.date())
    for address in gone[1:]:
        people.leave(session, BEFORE, village.person(address))
    village.opened(entry)
    assert village.notices() == ([] if reps == 10 else ["people.small.employee_rep", f"round.{said}.employee_rep"])


def test_a_list_that_has_grown_and_of_which_somebody_left_tells_nothing_and_one_that_shrinks_again_does(session: Session) -> None:
    village = Village(session).settle_in(reps=9)
    village.settle_in(reps=10)
    people.leave(session, BEFORE, village.person("E0"))
    village.opened(VARIANTS)
    assert village.notices() == []
    village.read(lists(reps=9))
    assert village.notices() == ["people.small.employee_rep"]


def test_a_list_that_is_suddenly_empty_is_not_told_of_as_a_small_one(session: Session) -> None:
    village = Village(session).settle_in(reps=10)
    people.leave(session, BEFORE, village.person("E0"))
    village.read(lists(reps=0))
    village.opened(VARIANTS)
    assert village.notices() == ["people.emptied"]


def test_a_role_of_ten_is_asked(session: Session) -> None:
    village = Village(session).settle_in(reps=10)
    village.open(VARIANTS)
    assert len(village.asked()) == 22


def test_a_role_too_small_for_its_own_question_joins_the_one_for_all_if_there_are_enough_of_them(session: Session) -> None:
    village = Village(session).settle_in(leaders=4, reps=6)
    village.open(WITH_REST)
    assert {each.facts["question"] for each in village.messages(MessageKind.QUESTION)} == {"to-the-rest"}
    assert len(village.asked()) == 10
    assert "round.joined.leader" in village.notices()


def test_when_all_who_are_left_are_too_few_only_the_others_are_asked(session: Session) -> None:
    village = Village(session).settle_in(leaders=12, reps=9)
    village.open(WITH_REST)
    assert village.asked() == sorted(f"L{i}" for i in range(12))


def test_a_raised_floor_counts(session: Session) -> None:
    village = Village(session, with_floors(audience=20)).settle_in(leaders=19, reps=20)
    village.open(VARIANTS)
    assert village.asked() == sorted(f"E{i}" for i in range(20))


@given(
    st.sampled_from([FOR_ALL, VARIANTS, WITH_REST]),
    st.fixed_dictionaries({role: st.integers(0, 30) for role in PARTICIPANTS}),
)
def test_no_question_is_ever_asked_of_fewer_than_ten(entry: Entry, audience: dict[Role, int]) -> None:
    asked = questions_by_role(entry, audience, 10)
    for question in set(asked.values()):
        assert sum(audience[role] for role in asked if asked[role] == question) >= 10


# --- the snapshot


def test_the_snapshot_keeps_what_was_asked_when_the_programme_is_edited(village: Village) -> None:
    village.open()
    edited = tuple(replace(each, ask=Text(da="Ændret", en="Changed")) for each in PROGRAMME.questions)
    village.programme = replace(PROGRAMME, questions=edited, title=Text(da="Ny", en="New"))
    one = opening.round_at_slot(village.session, PROGRAMME.id, SLOT)
    assert one is not None
    assert (ask_in(one, "for-all", "da"), theme_in(one, "en")) == ("for-all, hvad?", "Trust")
    assert one.snapshot == {
        "title": {"da": "Landsbydagen", "en": "The village day"},
        "timezone": "Europe/Copenhagen",
        "language": "da",
        "theme": {"id": "trust", "title": {"da": "Tillid", "en": "Trust"}},
        "questions": {"for-all": {"da": "for-all, hvad?", "en": "for-all, what?"}},
        "by_role": {"leader": "for-all", "employee_rep": "for-all"},
        "all": "for-all",
        "order": ["for-all"],
        "audience": {"leader": 12, "employee_rep": 12},
        "floors": {"people": 5, "quotes": 8, "audience": 10},
        "retention": {"detach_after_days": 7, "delete_replies_after_days": 90},
    }


# --- what is missed


def test_too_few_people_are_not_asked_and_the_entry_keeps_its_turn(session: Session) -> None:
    village = Village(session).settle_in(leaders=5, reps=4)
    assert village.open() is None
    assert opening.slots_sent_and_missed(session, PROGRAMME.id) == ({}, frozenset({SLOT}))
    assert village.notices()[-1] == "round.missed.audience"


def test_while_people_wait_for_their_welcome_the_round_waits_for_them(session: Session) -> None:
    village = Village(session)
    village.read(lists())
    assert village.open() is None
    assert village.count(MissedSlot) == 0
    village.welcome_all()
    assert village.open(now=OPENS + timedelta(hours=1)) is not None


def test_before_the_lists_have_been_read_nobody_is_too_few(session: Session) -> None:
    village = Village(session)
    assert village.open() is None
    assert village.count(MissedSlot) == 0
    village.settle_in()
    assert village.open(now=OPENS + timedelta(hours=1)) is not None


def leaders_welcomed(session: Session) -> Village:
    """The bot was away when the welcomes were due: so far they have reached the leaders only."""
    village = Village(session)
    village.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(BEFORE))
    for address in [each.address for each in village.messages(MessageKind.WELCOME) if each.address.startswith("L")]:
        people.mark_welcomed(session, OPENS, village.person(address).id)
    return village


def test_a_role_that_is_welcomed_last_is_waited_for_and_not_left_out(session: Session) -> None:
    village = leaders_welcomed(session)
    assert village.open(VARIANTS) is None
    assert village.count(MissedSlot) == 0
    village.welcome_all(OPENS)
    assert village.open(VARIANTS) is not None
    assert len(village.asked()) == 24


def test_a_role_whose_welcome_cannot_be_delivered_keeps_nobody_waiting(session: Session) -> None:
    village = leaders_welcomed(session)
    for each in village.messages(MessageKind.WELCOME):
        each.state = MessageState.FAILED
    assert village.open(VARIANTS) is not None
    assert len(village.asked()) == 12


def test_nobody_waits_more_than_half_a_day_for_others_to_be_welcomed(session: Session) -> None:
    assert leaders_welcomed(session).open(VARIANTS, now=OPENS + DAY / 2) is not None


def test_a_round_that_nobody_would_get_in_time_is_missed(village: Village) -> None:
    assert village.open(now=OPENS + DAY) is None
    assert village.notices() == ["round.missed.too_late"]
    assert (village.count(Round), village.count(MissedSlot)) == (0, 1)


def test_a_round_is_opened_late_as_long_as_someone_gets_it_in_time(village: Village) -> None:
    assert village.open(now=OPENS + DAY - timedelta(minutes=1)) is not None


def test_nothing_opens_in_a_slot_that_was_missed(village: Village) -> None:
    opening.record_missed_slot(village.session, OPENS, PROGRAMME, SLOT, opening.MissedReason.TOO_LATE)
    assert village.open() is None
    assert village.count(Round) == 0


def test_a_missed_slot_is_told_once(village: Village) -> None:
    assert opening.record_missed_slot(village.session, OPENS, PROGRAMME, SLOT, opening.MissedReason.TOO_LATE)
    assert not opening.record_missed_slot(village.session, OPENS, PROGRAMME, SLOT, opening.MissedReason.AUDIENCE)
    assert village.notices() == ["round.missed.too_late"]


def test_the_slots_from_before_the_programme_was_loaded_are_told_in_one_sentence(village: Village) -> None:
    for slot in (SLOT, NEXT):
        assert opening.record_missed_slot(village.session, OPENS, PROGRAMME, slot, opening.MissedReason.BEFORE_LOAD)
    assert village.notices() == ["round.missed.before_load"]


# --- what can be asked about rounds


def test_history_tells_the_slot_of_each_entry(village: Village) -> None:
    village.open()
    assert opening.slots_sent_and_missed(village.session, PROGRAMME.id) == ({"for-all": SLOT}, frozenset())


def test_another_programmes_history_and_zones_are_its_own(village: Village) -> None:
    village.open()
    opening.record_missed_slot(village.session, OPENS, PROGRAMME, NEXT, opening.MissedReason.TOO_LATE)
    assert opening.slots_sent_and_missed(village.session, "another") == ({}, frozenset())
    assert opening.time_zones(village.session, "another") == frozenset()


def test_only_the_zones_of_active_participants_count(village: Village) -> None:
    village.read(changed(lists(), Role.POLITICIAN, [found("P0", timezone="Asia/Tokyo")]))
    village.read(changed(lists(leaders=13), Role.LEADER, [found("L0", timezone=NUUK), found("L1"), found("L12", timezone="Asia/Kolkata")]))
    assert opening.time_zones(village.session, PROGRAMME.id) == {"Europe/Copenhagen", NUUK}


def test_a_round_is_open_from_its_opening_to_its_close(village: Village) -> None:
    one = village.opened()
    moments = (OPENS - timedelta(seconds=1), OPENS, CLOSES - timedelta(seconds=1), CLOSES)
    seen = [opening.current_round(village.session, moment, PROGRAMME.id) for moment in moments]
    assert seen == [None, one, one, None]


def test_a_week_is_closed_when_all_its_rounds_are(village: Village) -> None:
    first = village.opened()
    second = village.opened(VARIANTS, slot=replace(SLOT, number=2))
    village.close(first)
    assert opening.weeks_to_draft(village.session, PROGRAMME.id) == []
    village.close(second)
    assert opening.weeks_to_draft(village.session, PROGRAMME.id) == ["2018-W34"]


def test_who_has_left_or_pauses_is_not_in_the_audience(village: Village) -> None:
    people.leave(village.session, OPENS, village.person("L0"))
    people.pause(village.session, BEFORE, village.person("L1"), OPENS.date())
    one = village.open()
    assert one is not None
    assert one.snapshot["audience"] == {"leader": 10, "employee_rep": 12}
    assert {"L0", "L1"}.isdisjoint(village.asked())
