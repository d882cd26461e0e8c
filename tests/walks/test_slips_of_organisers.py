"""Slips of organisers in the programme's file: each is stopped before it has any effect, with words that they can act on.

The running bot reads each slip as it reads any edit. Then the programme is played to its end, as if nobody had noticed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind, ProgrammeVersion, VersionState
from tests.support import heartbeat_world
from tests.support.heartbeat_world import HeartbeatWorld
from tests.support.programme import exchange, write_programme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.database.unit_of_work import Database

Slips = tuple[str, ...]
START = ("2018-10-01 08:00", "2018-10-08 10:40", "2018-10-09 10:40", "2018-10-12 10:00", "2018-10-23 10:40", "2018-10-25 12:00")
REST = ("2018-10-26 10:00", "2018-10-30 10:40", "2018-11-02 10:00", "2018-11-06 10:40", "2018-11-09 10:00")
PLAYED = ["hvorhen", "hvem-med", "hvornaar", "hvad-nu"]
ORDER = "order: [hvorhen, hvem-med, hvornaar, hvad-nu]"
QUESTION = 'ask: {da: "Hvornår er vi der?", en: "When do we arrive?"}}\n'
AGREED = "guidelines_agreed:"
CHANNELS = ("channel: C0ORGANISERS}", "channel: C0DIGEST}", "  channel: C0DIGEST\n", "  channel: C0ORGANISERS\n")
RAISED = (AGREED, f"floors: {{people: 6, quotes: 8, audience: 10}}\n{AGREED}")
IN_A_FILE = ("leaders: {usergroup: S0LEADERS}", "leaders: {file: leaders.csv}")

HELD: dict[str, tuple[Slips, Slips, tuple[str, ...]]] = {  # slip → what stood in the file before, the slip, what organisers read
    "a wrong week is skipped": (
        (),
        ("weeks: [42]", "weeks: [44]"),
        (
            "»Hvornår er vi der?« flyttes fra tirsdag den 30. oktober",
            "fordi uge 44 springes over",
            "− »Hvad nu?« bliver slet ikke stillet (det skulle være sket tirsdag den 6.",
        ),
    ),
    "the leaders' list is lost": (
        (),
        ("  leaders: {usergroup: S0LEADERS}\n", ""),
        ("− Listen over ledere (usergroup: S0LEADERS, 12 mennesker) er taget ud, så de får ikke flere spørgsmål.",),
    ),
    "a list names another group": (
        (),
        ("S0REPS", "S0LEDER"),
        (
            "~ Listen over medarbejderrepræsentanter kommer fra usergroup: S0LEDER i stedet for usergroup: S0REPS.",
            "en liste kommer et andet",
        ),
    ),
    "a raised floor is lowered": (
        RAISED,
        ("people: 6", "people: 5"),
        ("~ Et tal bliver kun vist, når mindst 5 står bag det (før 6).", "det ændrer, hvor mange der mindst skal til, før noget vises"),
    ),
    "answers are kept for longer": (
        (),
        ("delete_replies_after_days: 90", "delete_replies_after_days: 700"),
        ("~ Svar bliver slettet 700 dage efter lukningen (før 90).", "det ændrer, hvor længe svar bliver gemt"),
    ),
    "a question comes a week too early": (
        (),
        (ORDER, "order: [hvorhen, hvem-med, hvad-nu, hvornaar]"),
        ("~ »Hvad nu?« flyttes fra tirsdag den 6. november til tirsdag den 30. oktober", "som skal ske inden for syv dage"),
    ),
    "the channels are swapped": (
        (),
        CHANNELS,
        (
            "~ Overblikket går til kanalen C0ORGANISERS i stedet for C0DIGEST.",
            "det, jeg skriver, kommer i en anden kanal, hvor andre måske læser med",
        ),
    ),
    "the figures go out without approval": (
        (),
        ("review: required", "review: quotes-only"),
        ("~ Kun citaterne skal godkendes, og tallene går ud af sig selv.", "tallene går ud uden jeres godkendelse"),
    ),
    "the digest goes out before lunch": (
        (),
        ('post: {day: friday, at: "14:00"}', 'post: {day: friday, at: "11:00"}'),
        ("~ Overblikket for uge 43 går tidligst ud fredag den 26. oktober kl. 11.00 i stedet for fredag den 26. oktober kl. 14.00.",),
    ),
    "a word of the filter is lost": (
        (AGREED, f"filter: {{extra: [rådhuset]}}\n{AGREED}"),
        ("extra: [rådhuset]", "extra: []"),
        ("− Et citat med ordet »rådhuset« bliver ikke længere holdt tilbage.",),
    ),
}
FAULTS: dict[str, tuple[Slips, str]] = {  # slip → what is saved, and what organisers read
    "a question is in the order twice": (
        (ORDER, "order: [hvorhen, hvem-med, hvornaar, hvornaar]"),
        "spørgsmålet »hvornaar« er to gange i rækkefølgen, første gang i linje",
    ),
    "two questions have one id": (("{id: hvad-nu,", "{id: hvornaar,"), "to spørgsmål har id'et »hvornaar«, det første i linje"),
    "a floor is lowered below the least": (
        (AGREED, f"floors: {{people: 4}}\n{AGREED}"),
        "tallet beskytter deltagerne og kan aldrig sættes ned; skriv 5 eller mere",
    ),
    "the programme ends too early": (
        ("until: 2018-11-06", "until: 2018-10-30"),
        "der er 4 spørgsmål i rækkefølgen, men kun 3 sendedage; skriv en senere dato ved »until«, eller tag 1 spørgsmål ud under »order«",
    ),
    "the programme gets another id": (
        ("programme: landsbyen-2018", "programme: landsbyen-2019"),
        "programmet, der kører, har id'et »landsbyen-2018«; skriv »programme: landsbyen-2018« igen, så er det i orden",
    ),
    "the week closes before anybody can answer": (
        ("close: {day: friday", "close: {day: tuesday"),
        "0,5 timer efter sit sidste spørgsmål, og folk skal have mindst 24",
    ),
    "the sending day is another": (("every: tuesday", "every: wednesday"), "kun 3 sendedage"),
    "the hour is at night": (('at: "09:30"', 'at: "21:30"'), "kl. 21:30 er for tidligt eller for sent"),
}


@pytest.fixture
def start(tmp_path: Path, database: Database) -> Callable[..., HeartbeatWorld]:
    """A programme that has run for two weeks, from a file in which pieces are exchanged."""

    def run(*changes: str) -> HeartbeatWorld:
        world = HeartbeatWorld(write_programme(tmp_path / "schedules", *changes).parent, database)
        world.beat(*START)
        return world

    return run


def slip(world: HeartbeatWorld, changes: Slips) -> None:
    """An organiser saves the file."""
    world.file.write_text(exchange(world.file.read_text("utf-8"), *changes), "utf-8")
    world.beat("2018-10-25 12:01")


def versions(world: HeartbeatWorld) -> dict[VersionState, ProgrammeVersion]:
    with world.database.look() as session:
        found = {version.state: version for version in session.query(ProgrammeVersion)}
        session.expunge_all()
        return found


def play_on(world: HeartbeatWorld) -> list[tuple[str, str, str]]:
    """The programme is played to its end; the rounds, with their weeks and closes."""
    world.beat(*REST)
    return [(round_.entry, round_.week, f"{round_.closes_at:%Y-%m-%d %H:%M}") for round_ in world.rounds()]


@pytest.mark.parametrize("name", HELD)
def test_a_slip_that_is_no_fault_waits_for_an_organiser_and_nothing_comes_of_it(start, name):
    before, changes, told = HELD[name]
    world = start(*before)
    stood = world.file.read_bytes()
    slip(world, changes)
    kept = versions(world)
    assert kept[VersionState.RUNNING].content == stood
    held = kept[VersionState.HELD]
    (asked,) = world.messages(MessageKind.PLAN_REVIEW)
    assert (asked.address, asked.facts["version"]) == ("C0ORGANISERS", held.id)
    text = "\n".join([*held.shown["lines"], held.shown["why"]])
    assert [words for words in told if words not in text] == []
    rounds = play_on(world)
    assert [entry for entry, _, _ in rounds] == PLAYED
    assert [close[:10] for _, _, close in rounds] == ["2018-10-12", "2018-10-26", "2018-11-02", "2018-11-09"]
    assert {message.address for message in world.messages(MessageKind.NOTICE) if message.person_id is None} <= {"C0ORGANISERS"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_slip_that_is_a_fault_is_told_with_its_place_and_nothing_comes_of_it(start, name):
    changes, named = FAULTS[name]
    world = start()
    stood = world.file.read_bytes()
    slip(world, changes)
    assert [version.content for version in versions(world).values()] == [stood]
    (notice,) = world.notices("alarm:edit:")
    assert notice.facts["say"] == "notice.edit_broken"
    assert named in notice.facts["values"]["faults"]
    assert "• landsby.yaml, linje " in notice.facts["values"]["faults"]
    assert [entry for entry, _, _ in play_on(world)] == PLAYED


def test_a_list_in_a_file_that_was_emptied_is_a_fault_and_the_list_goes_on(start, tmp_path, monkeypatch):
    monkeypatch.setitem(heartbeat_world.LISTS, "None", 12)
    file = tmp_path / "schedules" / "leaders.csv"
    file.parent.mkdir()
    file.write_text("email\n" + "".join(f"leder{number}@landsbyen.dk\n" for number in range(12)), "utf-8")
    world = start(*IN_A_FILE)
    file.write_text("email\n", "utf-8")
    world.beat("2018-10-25 12:01")
    (notice,) = world.notices("alarm:edit:")
    assert "leaders.csv" in notice.facts["values"]["faults"]
    assert [entry for entry, _, _ in play_on(world)] == PLAYED
