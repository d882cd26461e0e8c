"""A person can read, answer and move the clock, with a mouse, a keyboard, a phone, or without script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.page_visitor import PHONE, THUMBED, TOO_SMALL, TOO_WIDE, form, press_answer
from tests.support.page_world import LEADER, ORGANISER, POLITICIAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.support.page_world import PageWorld

pytestmark = pytest.mark.browser

AS_LEADER = f"?person={LEADER.id}"
AS_POLITICIAN = f"?person={POLITICIAN.id}"


COVERED = """(sought) => [...document.querySelectorAll(sought)].filter((one) => { const box = one.getBoundingClientRect();
  return !one.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)); }).map((one) => one.outerHTML)"""


def test_a_leader_answers_in_a_form(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER)
    sheet = press_answer(page)
    expect(sheet.get_by_label("Dit svar", exact=True)).to_be_focused()
    page.keyboard.type("Spørg børnene først.")
    sheet.get_by_label("Det her er et ønske til politikerne").check()
    expect(sheet.get_by_text("20 af 3.000 tegn")).to_be_visible()
    sheet.get_by_role("button", name="Send svar").click()
    expect(page.get_by_role("dialog", name="Tak")).to_contain_text("Dit svar er gemt.")
    assert world.replies == [{"who": LEADER.id, "text": "Spørg børnene først.", "marks": ["wish"]}]
    page.get_by_role("dialog", name="Tak").get_by_role("button", name="Luk").first.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Svar", exact=True)).to_be_focused()


def test_an_objection_stands_beside_the_field_and_the_text_is_kept(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER)
    field = press_answer(page).get_by_label("Dit svar", exact=True)
    for typed, said in (("", "Udfyld feltet."), ("Nej!", "Skriv uden udråbstegn."), ("x" * 3001, "Skriv højst 3000 tegn.")):
        field.fill(typed)
        form(page).get_by_role("button", name="Send svar").click()
        expect(form(page).get_by_role("alert")).to_have_text(said)
        expect(field).to_have_value(typed)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_be_focused()
    assert world.replies == []


@pytest.mark.parametrize("height", [440, 560])
def test_on_a_phone_an_objection_is_seen_whole_when_it_comes(world: PageWorld, visit: Callable[..., Page], height: int) -> None:
    world.ask()
    page = visit(AS_LEADER, viewport={"width": 320, "height": height})
    press_answer(page)
    form(page).get_by_role("button", name="Send svar").click()
    expect(form(page).locator(".error")).to_be_in_viewport(ratio=1)


def test_silence_is_told_and_the_text_is_kept(world: PageWorld, visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.workspace.socket_mode, "_ack_within", 0.2)  # real seconds
    world.ask()
    page = visit(AS_LEADER)
    field = press_answer(page).get_by_label("Dit svar", exact=True)
    field.fill("Et langt svar")
    world.silent = True
    form(page).get_by_role("button", name="Send svar").click()
    for _ in range(2):  # told each time, and in the form: behind it nobody would see it
        expect(form(page).get_by_role("alert")).to_have_text("Det gik ikke: Appen svarede ikke inden for 0.2 sekunder.")
        expect(form(page).get_by_role("alert")).to_be_in_viewport(ratio=1)
        form(page).get_by_role("button", name="Send svar").click()
    expect(field).to_have_value("Et langt svar")


def test_the_keyboard_alone_opens_stays_in_and_closes_the_form(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER)
    page.get_by_role("button", name="Svar", exact=True).focus()
    page.keyboard.press("Enter")
    expect(form(page).get_by_label("Dit svar", exact=True)).to_be_focused()
    for way in ("Tab", "Shift+Tab"):
        for _ in range(9):
            page.keyboard.press(way)
            assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Svar", exact=True)).to_be_focused()
    assert world.chat.view(LEADER.id) is None


def test_a_form_that_is_being_filled_in_is_left_alone_while_messages_arrive(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER)
    field = press_answer(page).get_by_label("Dit svar", exact=True)
    field.fill("Halvt skrevet")
    world.client.chat_postMessage(channel=LEADER.id, text="Noget nyt")
    expect(page.get_by_text("Noget nyt")).to_have_count(1)
    expect(field).to_have_value("Halvt skrevet")
    expect(field).to_be_focused()


def test_what_happens_is_seen_at_once_and_what_was_opened_stays_open(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(f"{AS_POLITICIAN}&json")
    page.locator("summary").first.click()
    expect(page.locator("pre").first).to_contain_text('"channel": "C0DIGEST"')
    world.ask()
    expect(page.locator("article")).to_have_count(2)
    expect(page.locator("pre").first).to_be_visible()
    expect(page.get_by_role("heading", name="Uge 35: Hvad lederne tænker")).to_be_in_viewport()


def test_a_button_that_asks_first_does_nothing_until_the_answer_is_yes(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER)
    leave = page.get_by_role("button", name="Ikke med")
    leave.click()
    page.get_by_role("dialog", name="Ikke med?").get_by_role("button", name="Bliv").click()
    expect(leave).to_be_focused()
    expect(page.locator(".only-you")).to_have_count(0)
    leave.click()
    page.get_by_role("dialog", name="Ikke med?").get_by_role("button", name="Ikke med").click()
    expect(page.locator(".only-you")).to_contain_text("Kun synlig for dig")


def test_what_people_type_stays_text(world: PageWorld, visit: Callable[..., Page]) -> None:
    page = visit(AS_LEADER)
    nasty = "<img src=x onerror=\"document.title='taget'\"><script>document.title='taget'</script>"
    page.get_by_label("Skriv til Eftertanke").fill(nasty)
    page.keyboard.press("Enter")
    expect(page.locator(".mine")).to_contain_text(nasty)
    expect(page.get_by_text("Slet selv beskeden.").first).to_be_visible()
    expect(page.get_by_label("Skriv til Eftertanke")).to_have_value("")
    assert "taget" not in page.title()
    assert world.chat.messages(world.chat.dm_id(LEADER.id), LEADER.id)[0].text == nasty


def test_a_command_is_answered_to_the_one_who_typed_it(visit: Callable[..., Page]) -> None:
    page = visit(AS_LEADER)
    page.get_by_label("Skriv til Eftertanke").fill("/eftertanke svar")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".only-you code")).to_have_text("/eftertanke")


def test_the_home_tab_is_fetched_when_it_is_opened(visit: Callable[..., Page]) -> None:
    page = visit(AS_LEADER)
    page.get_by_role("button", name="Hjem").click()
    expect(page.get_by_text("Du har ikke svaret endnu.").first).to_be_visible()
    assert "place=home" in page.url


def test_a_person_is_found_by_name_and_by_role_in_both_languages(world: PageWorld, visit: Callable[..., Page]) -> None:
    page = visit()
    page.get_by_role("button", name=re.compile(ORGANISER.name)).click()
    expect(page.get_by_role("navigation", name="Samtaler").get_by_role("link")).to_have_text(
        ["Beskeder", "# overblik delt", "# organisatorer"]
    )
    for role in ("politiker", "politician"):
        page.get_by_label("Find en person").fill(f"{role} {POLITICIAN.name.split()[0].lower()}")
        expect(page.locator("#found").get_by_role("button")).to_contain_text(POLITICIAN.name)
    page.locator("#found").get_by_role("button").click()
    expect(page.locator(".me")).to_contain_text(POLITICIAN.name)
    assert world.visits == [("pick", ORGANISER.id), ("pick", POLITICIAN.id)]


def test_the_page_speaks_english_too(visit: Callable[..., Page]) -> None:
    page = visit(AS_LEADER)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="To the next")).to_be_visible()
    expect(page.locator(".me")).to_contain_text("leader")


def test_the_clock_goes_to_the_next_a_day_on_and_to_the_end(world: PageWorld, visit: Callable[..., Page]) -> None:
    page = visit(AS_LEADER)
    clock = page.get_by_role("region", name="Uret")
    expect(clock.locator("time")).to_have_text("onsdag den 15. august 2018 kl. 09.30")
    expect(clock.locator(".due")).to_contain_text("onsdag den 22. august 2018 kl. 09.30 Spørgsmål 1")
    clock.get_by_role("button", name="+1 dag").click()
    expect(clock.locator("time")).to_have_text("torsdag den 16. august 2018 kl. 09.30")
    clock.get_by_role("button", name="Til næste").focus()
    page.keyboard.press("Enter")
    expect(clock.locator("time")).to_have_text("onsdag den 22. august 2018 kl. 09.30")
    expect(page.get_by_role("heading", name="Ugens spørgsmål")).to_be_visible()
    expect(clock.get_by_role("button", name="Til næste")).to_be_focused()
    clock.get_by_role("button", name="Spil til slut").click()
    expect(clock.locator(".due")).to_have_text("Programmet er spillet til ende.")
    expect(page.get_by_role("heading", name="Ugens spørgsmål")).to_have_count(world.weeks)


def test_a_play_can_be_stopped(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.weeks = 500
    page = visit(AS_LEADER)
    page.get_by_role("button", name="Spil til slut").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Spil til slut")).to_be_visible()
    assert world.next_due() is not None


def test_starting_over_asks_first(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER)
    again = page.get_by_role("button", name="Begynd forfra")
    again.click()
    page.get_by_role("dialog", name="Begynd forfra?").get_by_role("button", name="Fortryd").click()
    assert len(world.chat.messages(world.chat.dm_id(LEADER.id), LEADER.id)) == 1
    again.click()
    page.get_by_role("dialog", name="Begynd forfra?").get_by_role("button", name="Begynd forfra").click()
    expect(page.get_by_text("Her er stille endnu.")).to_be_visible()


def test_synthetic_people_are_a_switch(world: PageWorld, visit: Callable[..., Page]) -> None:
    switch = visit().get_by_role("switch", name="De andre svarer selv")
    expect(switch).to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()
    assert world.controls.synthetic is False


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways_and_thumbs_fit(
    world: PageWorld, visit: Callable[..., Page], scheme: str
) -> None:
    world.ask()
    world.client.chat_postMessage(channel=LEADER.id, text="uden_et_eneste_blanktegn" * 20)
    page = visit(viewport=PHONE, color_scheme=scheme)
    looks = [page.evaluate(TOO_WIDE)]
    small = page.evaluate(TOO_SMALL, THUMBED)
    for who in (AS_POLITICIAN, f"?person={ORGANISER.id}&place=C0ORGANISERS", AS_LEADER):
        page.goto(f"{world.workspace.address}{who}&json")
        page.locator("summary").last.click()
        looks.append(page.evaluate(TOO_WIDE))
        small += page.evaluate(TOO_SMALL, THUMBED)
    for bar in (".clock .bar", ".who .bar"):
        page.locator(bar).click()
        looks.append(page.evaluate(TOO_WIDE))
        small += page.evaluate(TOO_SMALL, THUMBED)
        page.locator(bar).click()
    press_answer(page)
    looks.append(page.evaluate(TOO_WIDE))
    assert max(looks) <= 0
    assert small + page.evaluate(TOO_SMALL, THUMBED) == []


def test_on_a_phone_the_conversation_comes_first(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER, viewport=PHONE)
    expect(page.get_by_role("button", name="Svar", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("button", name="+1 dag")).to_be_hidden()
    page.locator(".clock .bar").click()
    expect(page.get_by_role("button", name="+1 dag")).to_be_in_viewport()
    page.get_by_role("button", name="Til næste").click()
    expect(page.locator("article")).to_have_count(2)
    expect(page.get_by_role("heading", name="Ugens spørgsmål").last).to_be_in_viewport(ratio=1)
    assert page.evaluate(COVERED, "article:last-child h3") == []


def test_nothing_moves_for_those_who_asked_for_calm(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER, reduced_motion="reduce")
    press_answer(page)
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_basic_walk_works_without_script(world: PageWorld, visit: Callable[..., Page]) -> None:
    page = visit(AS_LEADER, java_script_enabled=False)
    with page.expect_navigation():  # a page that is on its way cannot be loaded anew
        page.get_by_role("button", name="Til næste").click()
    world.worker_is_done()
    page.reload()
    press_answer(page).get_by_label("Dit svar", exact=True).fill("Uden script")
    form(page).get_by_role("button", name="Send svar").click()
    expect(page.get_by_role("dialog", name="Tak")).to_be_visible()
    assert [reply["text"] for reply in world.replies] == ["Uden script"]


def test_two_people_in_two_windows_see_only_their_own(world: PageWorld, visit: Callable[..., Page]) -> None:
    one, other = visit(AS_LEADER), visit(AS_POLITICIAN)
    world.ask()
    expect(one.get_by_role("heading", name="Ugens spørgsmål")).to_be_visible()
    expect(other.get_by_role("heading", name="Uge 34: Hvad lederne tænker")).to_be_visible()
    expect(other.get_by_role("heading", name="Ugens spørgsmål")).to_have_count(0)
