"""A quote can be followed on a phone, from a held answer to the digest that prints it.

Behind the page stands the wired bot itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.page_visitor import PHONE, Visitor
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import QUOTED, RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

WITH_A_NAME = "Det var Birthe, der fandt på at spørge først."
WITHOUT = "En kollega fandt på at spørge først, og nu gør vi det alle sammen."
ANSWERS = (
    "Vi mangler ro til at gøre tingene færdige.",
    "Mødet blev bedre, da forældrene sad med ved bordet.",
    "Tre klare mål er bedre end tredive gode hensigter.",
    "Det er lettere at gå samme vej, når vi ved hvorfor.",
    "Vi skal holde op med at starte nye projekter.",
    "Medarbejderne så problemer, som ingen leder havde set.",
    "Et fælles møde i begyndelsen sparer fem senere.",
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RunningWorld]:
    with running_world(tmp_path, participants=QUOTED) as world:
        world.play("2018-10-09 10:35")
        yield world


@pytest.fixture
def visitor(browser: Browser, world: RunningWorld) -> Iterator[Visitor]:
    visitor = Visitor(browser, world, viewport=PHONE)
    yield visitor
    visitor.window.close()


def test_a_held_text_is_rewritten_reviewed_and_read_by_the_politicians(visitor: Visitor, world: RunningWorld) -> None:
    _rewrite(visitor, world)
    for number, person in enumerate(world.participants[2:20]):
        marks = ("quote", "wish") if number < len(ANSWERS) else ()
        assert world.reply(person, ANSWERS[number % len(ANSWERS)], *marks).ok
        world.local_bot.chat.dismiss(person)
    world.play("2018-10-12 10:30")
    declined = _review(visitor, world)
    world.approve()
    world.play("2018-10-12 14:30")
    _read(visitor, world, declined)
    told = [text for person in world.participants for text in world.texts(person) if "Grunden er" in text]
    assert len(told) == 1
    assert "nogen kunne blive genkendt" in told[0]
    assert visitor.odd == []


def _rewrite(visitor: Visitor, world: RunningWorld) -> None:
    visitor.be(world.leaders[1])
    form = visitor.press("Hvor skal vi hen?", "Svar", "Dit svar")
    form.get_by_label("Dit svar", exact=True).fill(WITH_A_NAME)
    form.get_by_label("I må citere mig uden navn").check()
    form.get_by_role("button", name="Send svar").click()
    form = visitor.dialog("Ret mit svar")
    expect(form.get_by_role("alert")).to_contain_text("»Birthe«")
    expect(form.get_by_role("alert")).to_be_in_viewport()
    visitor.look()
    expect(form.get_by_label("Dit svar", exact=True)).to_have_value(WITH_A_NAME)
    form.get_by_label("Dit svar", exact=True).fill(WITHOUT)
    form.get_by_role("button", name="Send svar").click()
    visitor.close(visitor.dialog("Dit svar er rettet"))


def _review(visitor: Visitor, world: RunningWorld) -> str:
    """All texts but the first may be shown; the first, as it is shown."""
    visitor.be(world.organiser, ORGANISERS_CHANNEL)
    form = visitor.press("kan citeres", "Retning: se citater", "Citater")
    texts = form.locator("blockquote").all_inner_texts()
    assert sorted(texts) == sorted(f"»{text}«" for text in (*ANSWERS, WITHOUT))
    row = form.locator(".b-actions").first
    row.get_by_role("combobox").select_option("nogen kan genkendes")
    row.get_by_role("button", name="Vælg").click()
    expect(form.get_by_role("alert")).to_have_text("1 afgørelse er gemt.")
    form.get_by_role("button", name="De 7 andre på siden må vises").click()
    expect(form.get_by_role("alert")).to_have_text("7 afgørelser er gemt.")
    visitor.look()
    visitor.close(form)
    expect(visitor.message("kan citeres")).to_contain_text("7 er godkendt, 1 er afvist, og 0 venter på jer.")
    world.player.settle()
    return texts[0]


def _read(visitor: Visitor, world: RunningWorld, declined: str) -> None:
    visitor.be(world.politician, DIGEST_CHANNEL)
    digest = visitor.message("Omtrent 20 svarede")
    expect(digest).to_contain_text("En deltager: »")
    expect(digest).to_contain_text("En anden stemme: »")
    for hidden in (declined, "Birthe"):
        expect(digest).not_to_contain_text(hidden)
    form = visitor.press("Omtrent 20 svarede", "Retning: svar på ønskerne", "Svar deltagerne")
    expect(form.get_by_label("Hvad svarer du på?")).to_have_value("retning")
    form.get_by_label("Vi vil tage det op").check()
    form.get_by_label("Skriv til deltagerne").fill("Vi lægger en plan for det.")
    form.get_by_label("Hvornår er det gjort?").fill("2018-11-01")
    form.get_by_role("button", name="Send", exact=True).click()
    visitor.close(visitor.dialog("Tak for dit svar"))
    world.player.settle()
    review = world.posts(ORGANISERS_CHANNEL)[-1].text
    assert "En politiker vil tage jeres ønsker op senest" in review
    assert "senest 1. november (»Retning«, uge 41): »Vi lægger en plan for det.«" in review
