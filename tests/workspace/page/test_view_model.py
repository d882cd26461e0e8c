"""A visitor is shown where in the season they are, what has happened, and where to see it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po

from bot.app.rehearsal.stops import DUE_NAMES, HELD, MESSAGE_NAMES, OF_REPORT, OTHER
from bot.workspace.page import labels
from bot.workspace.page.block_html import PAGE_FOLDER
from bot.workspace.page.clock_controls import SeasonWeek
from bot.workspace.page.labels import Labels
from bot.workspace.page.timeline import SEEN_BY
from bot.workspace.page.view_model import PageAddress, ViewModel
from bot.workspace.state.members import TITLES
from tests.support.page_world import LEADER, LEADERS, ORGANISER, POLITICIAN, REPS, SEASON, START, PageWorld

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = sorted({*DUE_NAMES.values(), *MESSAGE_NAMES.values(), HELD, OTHER, *OF_REPORT.values()})
BOTH = pytest.mark.parametrize("words", labels.LANGUAGES.values(), ids=labels.LANGUAGES)


@pytest.fixture
def world() -> Iterator[PageWorld]:
    """A world whose server is not asked for."""
    world = PageWorld()
    yield world
    world.chat.state.store.close()


@pytest.fixture
def model(world: PageWorld) -> ViewModel:
    return ViewModel(world.chat, world.controls, world.clock, timezone="Europe/Copenhagen")


def labels_of_the_page() -> set[str]:
    with (labels.CATALOGUES / "da" / "page.po").open("rb") as file:
        return {str(message.id).removeprefix("page.") for message in read_po(file) if message.id}


def shown(model: ViewModel, words: Labels = labels.DA, **address: Any) -> dict[str, Any]:
    return model.values_for_page(PageAddress(**address), words)


@BOTH
def test_whatever_falls_due_or_has_happened_has_words_and_nothing_else_has(words: Labels) -> None:
    for family, say in (("due", words.due), ("done", words.past)):
        assert sorted(key.removeprefix(f"{family}.") for key in labels_of_the_page() if key.startswith(f"{family}.")) == KINDS
        assert [kind for kind in KINDS if say(kind) == kind] == []


def test_the_page_has_every_word_it_shows_and_shows_every_word_it_has() -> None:
    families = ("due.", "done.", "role.")
    code = "".join(path.read_text() for ending in ("py", "html") for path in PAGE_FOLDER.rglob(f"*.{ending}"))
    key = r"(?:words(?:\(request\))?\.(?!say\b)|\bsay\(['\"]|\"(?=client\.|format\.))([a-z_0-9.]+)"
    named = set(re.findall(key, code)) - {*vars(Labels), "language"}
    assert {key for key in labels_of_the_page() if not key.startswith(families)} == named
    assert {key.removeprefix("role.") for key in labels_of_the_page() if key.startswith("role.")} == {*TITLES.values()}


@BOTH
def test_a_word_nobody_wrote_is_a_fault(words: Labels) -> None:
    with pytest.raises(KeyError):
        words.say("nobody_wrote_this")
    assert not hasattr(words, "nobody_wrote_this")


@BOTH
def test_the_weeks_are_numbered_and_named_and_only_those_ahead_can_be_jumped_to(world: PageWorld, model: ViewModel, words: Labels) -> None:
    world.clock.move_to(START + timedelta(weeks=2, days=1))  # Thursday of week 35, whose question has gone out
    weeks = shown(model, words)["weeks"]
    assert [week.number for week in weeks] == [str(number) for number in range(34, 51)]
    assert [week.number for week in weeks if week.current] == ["35"]
    assert [week.number for week in weeks if week.past] == ["34", "35"]
    assert [week.number for week in weeks if not week.label] == ["34", "35", "42"]
    assert weeks[2].title == {"da": "Ledelse tæt på", "en": "Leadership close by"}[words.language]
    assert weeks[8].what == words.week_skipped


def test_the_week_in_which_the_question_is_still_to_come_can_be_jumped_to(world: PageWorld, model: ViewModel) -> None:
    world.clock.move_to(START + timedelta(days=5))  # Monday of week 34
    first = shown(model)["weeks"][0]
    assert (first.current, first.past, first.label) == (True, False, "2018-W34")


@BOTH
def test_the_seasons_end_is_a_week_that_can_be_jumped_to_but_is_none_with_a_question(
    world: PageWorld, model: ViewModel, words: Labels
) -> None:
    length = shown(model, words)["season_length"]
    end = SeasonWeek(label="2018-W51", opens=START + timedelta(weeks=18), ends=True, titles={"da": "Hvad blev der af det?"})
    model.controls.season = lambda: (*SEASON, end)
    assert shown(model, words)["season_length"] == length
    assert shown(model, words)["weeks"][-1].label == end.label
    world.clock.move_to(START + timedelta(weeks=19))
    last = shown(model, words)["weeks"][-1]
    assert (last.label, last.what, last.past) == (None, words.week_ended, True)


def test_a_season_that_nobody_knows_is_not_drawn(model: ViewModel) -> None:
    model.controls.season = tuple
    assert shown(model)["weeks"] == []


@pytest.mark.parametrize(
    ("kind", "person", "where"),
    [
        ("round", None, {"see": "Se det som leder", "person": LEADER.id, "place": "direct"}),
        ("round", POLITICIAN.id, {"see": "Se det som leder", "person": LEADER.id, "place": "direct"}),
        ("round", REPS[0].id, {"see": "Se det her", "person": "", "place": "direct"}),  # who stands in the channel, or at home
        ("post", ORGANISER.id, {"see": "", "person": "", "place": ""}),
        ("post", LEADER.id, {"see": "Se det som politiker", "person": POLITICIAN.id, "place": "C0DIGEST"}),
        ("draft", LEADER.id, {"see": "Se det som organisator", "person": ORGANISER.id, "place": "C0ORGANISERS"}),
        ("held", LEADER.id, {"see": "Se det som organisator", "person": ORGANISER.id, "place": "C0ORGANISERS"}),
        ("release", LEADER.id, {"see": "Se det som organisator", "person": ORGANISER.id, "place": "C0ORGANISERS"}),
        ("message", LEADER.id, {"see": "", "person": "", "place": ""}),
    ],
)
def test_what_has_happened_is_said_with_where_it_can_be_seen(
    world: PageWorld, model: ViewModel, kind: str, person: str | None, where: dict[str, str]
) -> None:
    world.happened = (START, kind)
    told = shown(model, person=person, place="home" if person == REPS[0].id else None)["happened"]
    assert (told.words, told.moment) == (labels.DA.past(kind), "ons. 15. aug. kl.\u00a009.30")
    assert {name: getattr(told, name) for name in where} == where


def test_every_kind_that_somebody_sees_is_one_that_happens() -> None:
    assert SEEN_BY.keys() <= set(KINDS)


def test_nothing_is_told_before_anything_has_happened_nor_while_time_passes(world: PageWorld, model: ViewModel) -> None:
    assert shown(model)["happened"] is None
    world.happened, world.playing = (START, "round"), True
    assert shown(model)["happened"] is None


@pytest.mark.parametrize(
    ("role", "words"), [("organiser", "Det venter på dig som organisator."), ("politician", "Det venter på dig som politiker.")]
)
def test_whom_it_waits_for_is_said_with_the_way_there(world: PageWorld, model: ViewModel, role: str, words: str) -> None:
    assert shown(model)["waits"] is None
    world.waits_for = role
    told = shown(model, person=LEADER.id)["waits"]
    assert (told.words, told.see) == (words, "Gå derhen")
    assert told.person == {"organiser": ORGANISER.id, "politician": POLITICIAN.id}[role]


@pytest.mark.parametrize("sought", ["leder", "LEADER", "leader", "leder " + LEADER.name.split()[0]])
def test_people_are_found_by_their_role_in_both_languages(model: ViewModel, sought: str) -> None:
    for words in labels.LANGUAGES.values():
        found = [member for member, _ in model.people(sought, words)["found"]]
        assert LEADER in found
        assert {member.title for member in found} == {"leder"}


def test_the_english_page_proposes_people_who_read_english_where_there_are_any(model: ViewModel) -> None:
    english = {member.title: member for member, _ in shown(model, labels.EN)["quick"]}
    assert english["leder"] == next(member for member in LEADERS if member.locale == "en-GB")
    assert english["medarbejderrepræsentant"].locale == "en-GB"
    assert english["organisator"].locale == "en-GB"
    assert {member.locale for member, _ in shown(model, labels.DA)["quick"]} == {"da-DK"}


def test_json_is_made_on_request_only_and_the_request_stays_in_the_links(world: PageWorld, model: ViewModel) -> None:
    world.chat.state.post(world.chat.dm_id(LEADER.id), user="U0BOT", text="hej")
    without, asked = (shown(model, person=LEADER.id, json=json) for json in (False, True))
    assert [message.json for message in without["messages"]] == [""]
    assert '"text": "hej"' in asked["messages"][0].json
    assert asked["at"].link(place="home") == f"/?person={LEADER.id}&place=home&json"
    assert without["at"].link(beside=POLITICIAN.id) == f"/?person={LEADER.id}&place=direct&beside={POLITICIAN.id}"


def test_beside_stands_what_the_other_person_sees_and_nobody_stands_beside_themselves(world: PageWorld, model: ViewModel) -> None:
    world.chat.state.post("C0DIGEST", user="U0BOT", text="overblik")
    world.chat.state.post(world.chat.dm_id(LEADER.id), user="U0BOT", text="kun til lederen")
    beside = shown(model, person=LEADER.id, beside=POLITICIAN.id)["beside"]
    assert (beside["face"].name, beside["place"], len(beside["messages"])) == (POLITICIAN.name, "# overblik", 1)
    for nobody in (LEADER.id, "U0NOBODY", None):
        assert shown(model, person=LEADER.id, beside=nobody)["beside"] is None
    assert shown(model, beside=POLITICIAN.id)["beside"] is None
