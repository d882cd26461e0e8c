"""An organiser on a phone moves a question, sees whom it affects, puts it in force and takes it back, and opens no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.page_visitor import THUMBED, TOO_SMALL, Visitor
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.running_world import RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

NARROW = {"width": 390, "height": 844}
MOST_PRESSES = 8  # to move a question and to take it back


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RunningWorld]:
    with running_world(tmp_path) as world:
        world.play("2018-10-03 10:00")
        yield world


@pytest.fixture
def visitor(browser: Browser, world: RunningWorld) -> Iterator[Visitor]:
    visitor = Visitor(browser, world, viewport=NARROW)
    yield visitor
    assert visitor.odd == []
    visitor.window.close()


class Presses:
    """What an organiser presses, counted."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.count = visitor, 0

    def press(self, place: Locator, button: str, title: str) -> Locator:
        self.count += 1
        place.get_by_role("button", name=button, exact=True).click()
        return self.visitor.dialog(title)

    def choose(self, form: Locator, field: str, label: str) -> None:
        self.count += 1
        form.get_by_label(field).select_option(label=label)


def at_home(visitor: Visitor, world: RunningWorld) -> Locator:
    """The organiser's own page, which they have opened."""
    visitor.be(world.organiser)
    visitor.page.get_by_role("button", name="Hjem", exact=True).click()
    page = visitor.page.get_by_role("region", name="Hjem")
    expect(page).to_contain_text("Det næste")
    visitor.look()
    return page


def test_a_question_is_moved_seen_put_in_force_and_taken_back(visitor: Visitor, world: RunningWorld) -> None:
    file = world.folder / "schedules" / "landsby.yaml"
    before, presses = file.read_bytes(), Presses(visitor)
    page = at_home(visitor, world)
    expect(page).to_contain_text("Spørgsmålet »Hvor skal vi hen?« går ud. Der står 24 på listerne.")

    form = presses.press(page, "Flyt et spørgsmål", "Flyt et spørgsmål")
    presses.choose(form, "Hvilket spørgsmål?", "Uge 44: Hvornår er vi der?")
    presses.choose(form, "Til hvilken uge?", "Uge 43 (fra 22. oktober): Hvem skal med?")
    plan = presses.press(form, "Se, hvad det ændrer", "Se, hvad det ændrer")
    expect(plan).to_contain_text("»Hvornår er vi der?« flyttes fra tirsdag den 30. oktober til tirsdag den 23. oktober")
    expect(plan).to_contain_text("24 på listerne")
    assert file.read_bytes() == before
    assert visitor.page.evaluate(TOO_SMALL, THUMBED) == []

    done = presses.press(plan, "Sæt i kraft", "Det gælder nu")
    after = file.read_bytes()
    changed = [(old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert changed == [(b"  order: [hvorhen, hvem-med, hvornaar, hvad-nu]", b"  order: [hvorhen, hvornaar, hvem-med, hvad-nu]")]

    back = presses.press(done, "Fortryd", "Se, hvad det ændrer")
    expect(back).to_contain_text("bliver taget tilbage")
    done = presses.press(back, "Sæt i kraft", "Det gælder nu")
    assert file.read_bytes() == before
    assert presses.count <= MOST_PRESSES
    visitor.close(done)
    world.player.settle()
    told = [post.text for post in world.posts(ORGANISERS_CHANNEL) if "ændret programmet" in post.text]
    assert len(told) == 2


def test_the_page_shows_at_once_what_was_moved_to_the_next_week(visitor: Visitor, world: RunningWorld) -> None:
    page, presses = at_home(visitor, world), Presses(visitor)
    form = presses.press(page, "Flyt et spørgsmål", "Flyt et spørgsmål")
    presses.choose(form, "Hvilket spørgsmål?", "Uge 43: Hvem skal med?")
    presses.choose(form, "Til hvilken uge?", "Uge 41 (fra 8. oktober): Hvor skal vi hen?")
    plan = presses.press(form, "Se, hvad det ændrer", "Se, hvad det ændrer")
    visitor.close(presses.press(plan, "Sæt i kraft", "Det gælder nu"))
    expect(page).to_contain_text("Tirsdag den 9. oktober kl. 09.30: Spørgsmålet »Hvem skal med?« går ud.")
    expect(page.get_by_role("button", name="Fortryd", exact=True)).to_be_visible()
    world.play("2018-10-09 10:40")
    assert "Hvem skal med?" in world.questions(world.leaders[0])[-1]


def test_a_week_is_skipped_and_what_cannot_be_done_is_said_in_the_form(visitor: Visitor, world: RunningWorld) -> None:
    page, presses = at_home(visitor, world), Presses(visitor)
    form = presses.press(page, "Spring en uge over", "Spring en uge over")
    presses.choose(form, "Hvilken uge?", "Uge 43 (fra 22. oktober): Hvem skal med?")
    plan = presses.press(form, "Se, hvad det ændrer", "Se, hvad det ændrer")
    expect(plan).to_contain_text("Uge 43 springes over.")
    presses.press(plan, "Sæt i kraft", "Det gælder nu")
    assert "weeks: [42, 43]" in (world.folder / "schedules" / "landsby.yaml").read_text("utf-8")
