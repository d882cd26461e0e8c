"""Organisers hear at the beginning what will happen, and each Monday what the week brings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from bot.confidentiality.floors import effective_floors
from bot.dialogue.compose import compose
from bot.dialogue.digests import digest_review
from bot.models import Digest, OutboxMessage, PauseForAll
from bot.programme import Entry, Floors, Role
from schedules import jobs
from schedules.planning.week_told import is_anybody_quoted, tell_week
from tests.support.database import unit_of_work
from tests.support.doubt import put_in_doubt
from tests.support.heartbeat_world import here
from tests.support.programme import exchange

if TYPE_CHECKING:
    from bot.programme import Programme
    from tests.support.heartbeat_world import HeartbeatWorld

pytestmark = pytest.mark.long  # it lives whole programmes

FOR_ALL, OF_LEADERS = Entry(theme="tid", all="q1"), Entry(theme="tid", by_role=((Role.LEADER, "q2"),))
FIRST = "2018-10-01 08:00"  # a Monday, eight days before the first question


def programme(world: HeartbeatWorld) -> Programme:
    return world.another(world.database)._programme_store.first()


def told(world: HeartbeatWorld, key: str) -> list[str]:
    """What organisers read under keys that begin so."""
    with world.database.look() as session:
        said = [compose(session, world.clock.now(), programme(world), notice) for notice in world.notices(key)]
    return ["\n\n".join(meaning.paragraphs) for meaning in said]


def weeks_told(world: HeartbeatWorld) -> list[str]:
    """The weeks of which organisers have heard, and whether something happens in them."""
    return [f"{notice.key.removeprefix('week:')} {notice.facts['say']}" for notice in world.notices("week:")]


MONDAY, TUESDAY, FRIDAY = 1, 2, 5


def beat_through(world: HeartbeatWorld, first: str, last: str) -> None:
    """Beat at 07:30 and 11:00 of each day on which the week is told, a question goes out, or its round closes."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        if day.isoweekday() in {MONDAY, TUESDAY, FRIDAY}:
            world.beat(f"{day} 07:30", f"{day} 11:00")
        day += timedelta(days=1)


def pause_for_all(world: HeartbeatWorld, begin: str) -> None:
    with unit_of_work(world.database) as session:
        jobs.record_loaded_programme(session, here(begin), programme(world))
        session.add(PauseForAll(programme="landsbyen-2018", reason="strejke", since=here(begin)))


NO_QUOTES = (
    "Hvert spørgsmål går til færre end 30, og så få kan kende hinanden på måden at skrive på. "
    "Derfor viser overblikket tal og ord, men ingen citater, og jeg spørger ikke deltagerne, om de må citeres."
)


def test_organisers_are_greeted_once_when_the_lists_have_been_read(world: HeartbeatWorld) -> None:
    world.beat(FIRST, "2018-10-01 08:01", "2018-10-02 08:00")
    [hello] = told(world, "hello")
    assert hello.split("\n\n")[1:3] == [
        "Mit første spørgsmål går ud tirsdag den 9. oktober, det sidste tirsdag den 6. november, 4 i alt.",
        f"På listerne står 12 ledere og 12 medarbejderrepræsentanter. {NO_QUOTES}",
    ]
    assert hello.split("\n\n")[3].split("\n") == [
        "• Mandag den 8. oktober kl. 09.30: Deltagerne får en velkomst.",
        "• Tirsdag den 9. oktober kl. 09.30: Spørgsmål til alle: »Hvor skal vi hen?«",
        "• Fredag den 12. oktober kl. 10.00: Det første udkast til ugens overblik ligger her til jer.",
        "• Torsdag den 15. november kl. 09.30: Deltagerne får en tak.",
        "• Fredag den 16. november kl. 10.00: Udkastet til »Hvad blev der af det?«, det sidste overblik, ligger her til jer.",
        "• Fredag den 16. november kl. 14.00: »Hvad blev der af det?« går ud til politikerne.",
    ]
    assert all(
        words in hello
        for words in (
            "Landsbykonference",
            "10 minutter om ugen: I læser udkastet og siger god for det.",
            "fanen Home",
            "»Flyt et spørgsmål«",
            "»Spring en uge over«",
            "»Hold pause for alle«",
        )
    )


@pytest.mark.parametrize(
    ("sizes", "entries", "is_any"),
    [
        ((25, 20), [OF_LEADERS], False),
        ((25, 20), [OF_LEADERS, FOR_ALL], True),
        ((14, 15), [FOR_ALL], False),
        ((30, 0), [OF_LEADERS], True),
        ((30, 20), [], False),
    ],
)
def test_quotes_are_promised_where_a_question_has_enough_people(sizes: tuple[int, int], entries: list[Entry], *, is_any: bool) -> None:
    people = dict(zip((Role.LEADER, Role.EMPLOYEE_REP), sizes, strict=True))
    assert is_anybody_quoted(entries, people, effective_floors(Floors())) is is_any


def test_who_is_late_with_a_programme_hears_that_participants_are_welcomed_now(world: HeartbeatWorld) -> None:
    world.beat("2018-10-08 16:00")
    assert "• Nu: Deltagerne får en velkomst.\n• Tirsdag den 9. oktober kl. 09.30" in told(world, "hello")[0]


def test_nobody_is_greeted_before_the_lists_have_been_read(world: HeartbeatWorld) -> None:
    world.platform.refusals = [RuntimeError("no list")]
    world.beat(FIRST)
    assert world.notices("hello") == []
    world.beat("2018-10-01 08:02")
    assert len(world.notices("hello")) == 1


def test_nobody_is_greeted_once_something_has_gone_out(world: HeartbeatWorld) -> None:
    """As after the first start of a version that greets, in the middle of a dialogue."""
    world.beat(FIRST, "2018-10-08 11:00", "2018-10-09 10:40")
    with unit_of_work(world.database) as session:
        session.execute(delete(OutboxMessage).where(OutboxMessage.key == "hello"))
    world.beat("2018-10-09 11:00")
    assert world.notices("hello") == []


def test_each_week_is_told_once_on_its_monday_and_the_skipped_one_says_what_comes_next(world: HeartbeatWorld) -> None:
    beat_through(world, "2018-10-01", "2018-11-20")
    assert weeks_told(world) == [
        "2018-W41 week.plan",
        "2018-W42 week.skipped",
        "2018-W43 week.plan",
        "2018-W44 week.plan",
        "2018-W45 week.plan",
        "2018-W46 week.plan",
    ]
    plan, skipped = told(world, "week:2018-W41")[0], told(world, "week:2018-W42")[0]
    assert told(world, "week:2018-W46")[0].split("\n\n")[1].split("\n") == [
        "• Torsdag den 15. november kl. 09.30: Deltagerne får en tak.",
        "• Fredag den 16. november kl. 10.00: Udkastet til »Hvad blev der af det?«, det sidste overblik, ligger her til jer.",
        "• Fredag den 16. november kl. 14.00: »Hvad blev der af det?« går ud til politikerne.",
    ]
    assert plan.split("\n\n")[1].split("\n") == [
        "• Mandag den 8. oktober kl. 09.30: Deltagerne får en velkomst.",
        "• Tirsdag den 9. oktober kl. 09.30: Spørgsmål til alle: »Hvor skal vi hen?«",
        "• Torsdag den 11. oktober kl. 13.00: Påmindelse til dem, der ikke har svaret endnu.",
        "• Fredag den 12. oktober kl. 10.00: Ugen lukker, og udkastet til overblikket ligger her til jer.",
        "• Fredag den 12. oktober kl. 14.00: Overblikket går ud til politikerne, når I har godkendt det.",
    ]
    assert plan.endswith("Lige nu venter der ikke noget på jer.")
    assert "• Tirsdag den 23. oktober kl. 09.30: Spørgsmål til alle: »Hvem skal med?«" in skipped
    assert skipped.endswith("Det venter på jer: overblik nr. 1.")


def test_a_digest_of_which_nobody_knows_whether_it_was_posted_waits_on_monday(world: HeartbeatWorld) -> None:
    beat_through(world, "2018-10-01", "2018-10-12")
    with unit_of_work(world.database) as session:
        digest = session.query(Digest).one()
        assert digest_review.approve_on_machine(session, here("2018-10-12 15:00"), digest)
        digest_review.post_or_alarm(session, here("2018-10-12 15:00"), programme(world), digest)
        put_in_doubt(session)
    world.beat("2018-10-15 07:30")
    (told_on_monday,) = told(world, "week:2018-W42")
    assert told_on_monday.endswith("Det venter på jer: overblik nr. 1, som måske ikke kom frem.")


@pytest.mark.parametrize(
    ("at", "is_told"), [("2018-10-08 07:29", False), ("2018-10-08 07:30", True), ("2018-10-08 22:00", True), ("2018-10-09 07:30", False)]
)
def test_the_week_is_told_from_half_past_seven_on_its_first_working_day_and_never_later(world: HeartbeatWorld, at, is_told) -> None:
    world.beat(FIRST)
    with unit_of_work(world.database) as session:
        tell_week(session, here(at), programme(world))
    assert (len(world.notices("week:")) == 1) is is_told


def test_a_monday_off_puts_the_plan_off_to_tuesday(world: HeartbeatWorld) -> None:
    text = world.file.read_text("utf-8")
    world.file.write_text(exchange(text, "weeks: [42]", "weeks: [42], also: [2018-10-22]"), "utf-8")
    world.beat(FIRST, "2018-10-22 07:30")
    assert world.notices("week:2018-W43") == []
    world.beat("2018-10-23 07:30")
    assert len(world.notices("week:2018-W43")) == 1


def test_while_all_pause_nothing_is_told(world: HeartbeatWorld) -> None:
    pause_for_all(world, FIRST)
    beat_through(world, "2018-10-01", "2018-10-08")
    assert (world.notices("hello"), world.notices("week:")) == ([], [])


def test_a_question_of_their_own_is_told_for_each_role(world: HeartbeatWorld) -> None:
    text = world.file.read_text("utf-8").replace(
        "[hvorhen, hvem-med, hvornaar, hvad-nu]", "[{leader: hvorhen, all: hvornaar}, hvem-med, hvad-nu]"
    )
    world.file.write_text(text.replace("until: 2018-11-06", "until: 2018-10-30"), "utf-8")
    world.beat(FIRST, "2018-10-08 07:30")
    [plan] = told(world, "week:")
    assert "Spørgsmål til ledere: »Hvor skal vi hen?«" in plan
    assert "Spørgsmål til alle andre: »Hvornår er vi der?«" in plan
