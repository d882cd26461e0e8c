"""A whole week can be lived on the page, in all three roles, on a desktop and on a phone.

Behind the page stands the wired bot itself. One world serves the module: a walk on the desktop lives the first week, one on the phone
the second, and looks at all that has been drawn go along.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.page_visitor import DESKTOP, PHONE, Visitor
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    with running_world(tmp_path_factory.mktemp("world")) as world:
        world.player.settle()
        yield world


@pytest.fixture(params=["light", "dark"])
def visitor(browser: Browser, world: RunningWorld, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """The light week is lived at a desk, the dark one on a phone."""
    size = DESKTOP if request.param == "light" else PHONE
    visitor = Visitor(browser, world, viewport=size, color_scheme=request.param)
    yield visitor
    visitor.window.close()


WEEKS = {
    "light": ("Hvor skal vi hen?", "Hvem skal med?", ("2018-10-09T07:30", "2018-10-12T08", "2018-10-12T12", "2018-10-23T07:30")),
    "dark": ("Hvem skal med?", "Hvornår er vi der?", ("2018-10-23T07:30", "2018-10-26T08", "2018-10-26T12", "2018-10-30T08:30")),
}


def test_a_week_in_all_three_roles(visitor: Visitor, world: RunningWorld, request: pytest.FixtureRequest) -> None:
    question, following, (asked, closes, posts, again) = WEEKS[request.node.callspec.params["visitor"]]
    answer = f"Vi lytter, når nogen spørger: {question}"
    _answer_and_change(visitor, world, question, asked)
    world.player.play(world.local_bot.clock.now() + timedelta(hours=1))  # in London it is half past nine then
    for person in world.participants[2:21]:  # with hers, twenty
        assert world.reply(person, "Et svar fra landsbyen").ok
    _approve(visitor, world, closes)
    _hear_and_answer(visitor, world, posts, answer)
    _release(visitor, world, answer)

    visitor.be(world.leaders[1])
    visitor.to_next(again)
    expect(visitor.message(following)).to_contain_text(answer)
    assert visitor.odd == []


def _answer_and_change(visitor: Visitor, world: RunningWorld, question: str, asked: str) -> None:
    visitor.be(world.leaders[1])
    visitor.to_next(asked)
    expect(visitor.page.get_by_role("heading", name="Velkommen til Eftertanke")).to_have_count(1)
    form = visitor.press(question, "Svar", "Dit svar")
    form.get_by_label("Dit svar", exact=True).fill("Mod skoven")
    form.get_by_label("Det her er et ønske til politikerne").check()
    form.get_by_role("button", name="Send svar").click()
    visitor.close(visitor.dialog("Tak for dit svar"))

    form = visitor.press(question, "Svar", "Ret mit svar")
    expect(form.get_by_label("Dit svar", exact=True)).to_have_value("Mod skoven")
    expect(form.get_by_label("Det her er et ønske til politikerne")).to_be_checked()
    form.get_by_label("Dit svar", exact=True).fill("Mod søen")
    form.get_by_role("button", name="Send svar").click()
    visitor.close(visitor.dialog("Dit svar er rettet"))

    mine = visitor.press(question, "Mine svar", "Mine svar")
    expect(mine).to_contain_text("Mod søen")
    expect(mine).not_to_contain_text("Mod skoven")
    visitor.close(mine)

    visitor.page.get_by_label("Skriv til Eftertanke").fill("Kan jeg svare her?")
    visitor.page.get_by_role("button", name="Send", exact=True).click()
    expect(visitor.message("Svar i formularen")).to_contain_text("Slet selv beskeden")
    visitor.look()


def _approve(visitor: Visitor, world: RunningWorld, closes: str) -> None:
    visitor.be(world.organiser, ORGANISERS_CHANNEL)
    visitor.to_next(closes)
    draft = visitor.message("Udkast til overblik")
    expect(draft).to_contain_text("Omtrent 15 eller flere")
    expect(draft).not_to_contain_text("søen")
    page = visitor.press("Udkast til overblik", "Se og godkend", "Se og godkend")
    expect(page).to_contain_text("Omtrent 15 eller flere")
    page.get_by_role("button", name="Godkend", exact=True).click()
    visitor.close(visitor.dialog("Tak"))
    expect(draft).to_contain_text("Godkendt")
    expect(draft.get_by_role("button", name="Se og godkend", exact=True)).to_have_count(0)
    visitor.be(world.organiser, ORGANISERS_CHANNEL)


def _hear_and_answer(visitor: Visitor, world: RunningWorld, posts: str, answer: str) -> None:
    visitor.be(world.politician, DIGEST_CHANNEL)
    visitor.to_next(posts)
    visitor.close(visitor.press("Omtrent 15 eller flere", "Hørt", "Du har trykket Hørt"))
    form = visitor.press("Omtrent 15 eller flere", "Svar deltagerne", "Svar deltagerne")
    form.get_by_label("Noget andet").check()
    form.get_by_label("Skriv til deltagerne").fill(answer)
    form.get_by_role("button", name="Send", exact=True).click()
    visitor.close(visitor.dialog("Tak for dit svar"))
    world.player.settle()


def _release(visitor: Visitor, world: RunningWorld, answer: str) -> None:
    visitor.be(world.organiser, ORGANISERS_CHANNEL)
    review = visitor.message(answer)
    visitor.close(visitor.press(answer, "Frigiv", "Tak"))
    expect(review.get_by_role("button", name="Frigiv", exact=True)).to_have_count(0)
    expect(review).to_contain_text(re.compile("frigivet", re.IGNORECASE))
    world.player.settle()


def test_the_form_needs_no_mouse(visitor: Visitor, world: RunningWorld) -> None:
    visitor.be(world.reps[-1])
    page, keys = visitor.page, visitor.page.keyboard
    visitor.message("Hvornår er vi der?").get_by_role("button", name="Svar", exact=True).focus()
    keys.press("Enter")
    form = page.get_by_role("dialog", name=re.compile("(Dit|Ret mit) svar"))  # once in light, once in dark
    field = form.get_by_label("Dit svar", exact=True)
    expect(field).to_be_focused()
    field.fill("")
    keys.type("Om lidt")
    keys.press("Tab")
    keys.press("Space")
    expect(form.get_by_label("Det her er et ønske til politikerne")).to_be_focused()
    for _ in range(9):
        if form.get_by_role("button", name="Send svar").evaluate("(one) => one === document.activeElement"):
            break
        keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("dialog", name=re.compile("Tak|rettet"))).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(visitor.message("Hvornår er vi der?").get_by_role("button", name="Svar", exact=True)).to_be_focused()
    assert visitor.odd == []
