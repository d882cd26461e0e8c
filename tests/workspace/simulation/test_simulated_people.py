"""Synthetic people press only what is there, by day, and the same way for the same seed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.platforms.slack.inbound import BUTTONS
from bot.workspace.simulation.simulated_people import PLANS, Habits, SimulatedPeople
from bot.workspace.simulation.synthetic_texts import slip
from tests.support.local_slack import START, button, form, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import MovableClock
    from bot.workspace.client.person import ChatClient
    from bot.workspace.server import Workspace
    from tests.support.local_slack import Bot

KEEN = Habits(answer=1, answer_when_reminded=1, change=1, delete=1, leave=0, pause=1, hear=1, respond=1, send_back=1)
IDLE = Habits(answer=0, answer_when_reminded=0, change=0, delete=0, leave=0, pause=0, hear=0, respond=0, respond_to_wishes=0, send_back=0)
ROWS = {
    "welcome": ("leave", "pause"),
    "question": ("answer", "my_replies"),
    "draft": ("approve", "send_back"),
    "digest": ("heard", "respond"),
    "review": ("quote_review",),
}
REASONS = ["names_someone", "unclear"]

Happened = tuple[str, str, str, Any]


@pytest.fixture
def live(bot: Bot, chat: ChatClient, clock: MovableClock) -> Callable[..., list[Happened]]:
    """What people do until they mean to do nothing more: (moment, person, action, what they filled in)."""

    def live_on(habits: Habits = KEEN, seed: int = 1, rows: str = "welcome question draft digest") -> list[Happened]:
        chat.reset()
        clock.restart(START)
        bot.heard.clear()
        bot.answers["block_actions"] = lambda payload: opened(bot, payload)
        for row in rows.split():
            said(bot, ROWS[row], row)
        simulated_people = SimulatedPeople(chat, clock, seed=seed, habits=habits)
        happened: list[Happened] = []
        simulated_people.act()
        while (moment := simulated_people.next_moment()) is not None:
            clock.move_to(moment)
            before = len(bot.heard)
            assert simulated_people.act() >= 1
            happened += [told(clock.now(), request.payload) for request in bot.heard[before:]]
        return happened

    return live_on


def said(bot: Bot, row: tuple[str, ...], text: str) -> None:
    """A message with a row of buttons: to both people, or in a channel."""
    elements = [element for action in row for element in button(action)["elements"]]
    for channel in ("U0ANE", "U0BLA") if row[0] in ("leave", "answer") else ("C0DIGEST",):
        bot.client.chat_postMessage(channel=channel, text=text, blocks=[{"type": "actions", "elements": elements}])


class Reviewed:
    """Quotes under review, as the bot shows them in a window: five a page, each with a yes and a menu, and one button for all."""

    def __init__(self, bot: Bot, *, pages: int, marked: str = "") -> None:
        self.bot, self.marked, self.pages = bot, marked, pages
        self.decided: dict[str, str] = {}

    def answer(self, payload: dict[str, Any]) -> None:
        """Open the window, or draw it anew after a press."""
        action, view = payload["actions"][0], payload.get("view")
        page = int(view["private_metadata"]) if view else 0
        match action["action_id"]:
            case "quote_show":
                self.decided.setdefault(action["block_id"], "show")
            case "quote_no":
                self.decided.setdefault(action["block_id"], action["selected_option"]["value"])
            case "quote_show_all":
                self.decided = dict.fromkeys(action["value"].split(","), "show") | self.decided
            case "quote_page":
                page = int(action["value"])
        shown = self.window(page)
        if view:
            self.bot.client.views_update(view_id=view["id"], view=shown)
        else:
            self.bot.client.views_open(trigger_id=payload["trigger_id"], view=shown)

    def window(self, page: int) -> dict[str, Any]:
        """The window with one page."""
        names = [f"q{number}" for number in range(5 * page, 5 * page + 5)]
        options = [{"text": plain(reason), "value": reason} for reason in REASONS]
        menu = {"type": "static_select", "action_id": "quote_no", "options": options}
        rows = [button("quote_show", name) | {"block_id": name} for name in names if name not in self.decided]
        for row in rows:
            row["elements"].append(menu)
        left = [row["block_id"] for row in rows if row["block_id"] != self.marked]
        ways = [button("quote_show_all", ",".join(left))] if left else []
        ways += [button("quote_page", str((page + 1) % self.pages))] if self.pages > 1 else []
        kept = {"callback_id": "quote_page", "private_metadata": str(page)}
        return {"type": "modal", "title": plain("Citater"), "close": plain("Luk"), "blocks": [*rows, *ways], **kept}


def said_by_theme(bot: Bot, action: str, first: str = "") -> None:
    """A message with the same button for each of two themes, after another one."""
    rows = [*([button(first)] if first else []), button(action, "3:ro"), button(action, "3:tid")]
    bot.client.chat_postMessage(channel="C0DIGEST", text="Temaer", blocks=rows)


def let_act(bot: Bot, simulated_people: SimulatedPeople, clock: MovableClock) -> list[dict[str, Any]]:
    """The payloads of all that people do until they mean to do nothing more."""
    simulated_people.act()
    while (moment := simulated_people.next_moment()) is not None:
        clock.move_to(moment)
        simulated_people.act()
    return [request.payload for request in bot.heard]


def opened(bot: Bot, payload: dict[str, Any]) -> None:
    """A form for whatever needs one; the one for a reply can also be deleted from."""
    if (action := payload["actions"][0]["action_id"]) not in ("answer", "respond", "send_back"):
        return
    view = form()
    view["blocks"][0]["element"]["max_length"] = 3000
    if action == "answer":
        view["blocks"].append(button("delete_reply"))
    bot.client.views_open(trigger_id=payload["trigger_id"], view=view)


def told(now: datetime, payload: dict[str, Any]) -> Happened:
    if payload["type"] == "view_submission":
        return now.isoformat(), payload["user"]["id"], "submit", payload["view"]["state"]["values"]
    return now.isoformat(), payload["user"]["id"], payload["actions"][0]["action_id"], None


def actions(happened: list[Happened]) -> set[str]:
    return {action for _, _, action, _ in happened}


def test_the_same_seed_lives_the_same_life_and_another_one_another(live: Callable[..., list[Happened]]) -> None:
    first = live()
    assert first == live()
    assert first != live(seed=2)
    assert first == sorted(first, key=lambda each: each[0])


def test_they_press_only_what_the_bot_understands(live: Callable[..., list[Happened]]) -> None:
    pressed = actions(live()) - {"submit"}
    assert pressed == {"pause", "answer", "delete_reply", "send_back", "approve", "heard", "respond"}
    assert (pressed | set(PLANS)) - set(BUTTONS) == set()


def test_what_is_sent_back_is_approved_afterwards_by_the_same_organiser(live: Callable[..., list[Happened]]) -> None:
    done = [(user, action) for _, user, action, _ in live(rows="draft") if action != "submit"]
    assert done == [("U0ANE", "send_back"), ("U0ANE", "approve")]


def test_nobody_does_anything_at_night(live: Callable[..., list[Happened]]) -> None:
    hours = {datetime.fromisoformat(at).hour for seed in range(1, 9) for at, *_ in live(seed=seed)}
    assert min(hours) >= 6
    assert max(hours) <= 20


def test_an_organiser_reviews_the_quotes_of_every_theme_page_by_page_and_judges_each_once(
    bot: Bot, chat: ChatClient, clock: MovableClock
) -> None:
    reviewed = Reviewed(bot, pages=8)
    bot.answers["block_actions"] = reviewed.answer
    bot.client.chat_postMessage(channel="C0DIGEST", text="Temaer", blocks=[button("quote_review", "3:ro")])
    done = let_act(bot, SimulatedPeople(chat, clock), clock)
    pressed = [payload["actions"][0]["action_id"] for payload in done]
    assert pressed.count("quote_page") == 8  # once around: whoever has seen all stops
    chosen = list(reviewed.decided.values())
    assert len(reviewed.decided) <= 40
    assert set(chosen) == {"show", *REASONS}
    assert chosen.count("show") > 25
    assert len(pressed) < 40  # what is approved of a whole page takes one press


@pytest.mark.parametrize("seed", range(1, 7))
def test_whoever_approves_a_digest_has_read_the_quotes_of_every_theme_before(
    bot: Bot, chat: ChatClient, clock: MovableClock, seed: int
) -> None:
    bot.answers["block_actions"] = Reviewed(bot, pages=1).answer
    said(bot, ROWS["draft"], "draft")
    said_by_theme(bot, "quote_review")
    done = let_act(bot, SimulatedPeople(chat, clock, seed=seed, habits=replace(KEEN, send_back=0)), clock)
    pressed = [payload["actions"][0]["action_id"] for payload in done if payload["type"] == "block_actions"]
    assert (pressed.count("quote_review"), pressed[-1]) == (2, "approve")


def test_what_is_marked_on_a_page_is_decided_by_itself(bot: Bot, chat: ChatClient, clock: MovableClock) -> None:
    reviewed = Reviewed(bot, pages=1, marked="q0")
    bot.answers["block_actions"] = reviewed.answer
    bot.client.chat_postMessage(channel="C0DIGEST", text="Temaer", blocks=[button("quote_review", "3:ro")])
    done = let_act(bot, SimulatedPeople(chat, clock, habits=replace(KEEN, approve_quote=1)), clock)
    assert reviewed.decided == {f"q{number}": "show" for number in range(5)}
    assert [payload["actions"][0]["action_id"] for payload in done] == ["quote_review", *["quote_show"] * 5]


def test_a_politician_answers_the_wishes_on_a_theme_by_its_own_button(bot: Bot, chat: ChatClient, clock: MovableClock) -> None:
    bot.answers["block_actions"] = lambda payload: opened(bot, payload)
    said_by_theme(bot, "respond_wishes", first="heard")
    done = let_act(bot, SimulatedPeople(chat, clock, habits=replace(IDLE, respond_to_wishes=1)), clock)
    assert sorted(payload["actions"][0]["value"] for payload in done if payload["type"] == "block_actions") == ["3:ro", "3:tid"]


@pytest.mark.parametrize(("rewrite", "kept"), [(1, ["slip", "clean"]), (0, ["slip"])])
def test_who_is_told_of_a_name_writes_it_without_or_lets_it_be(
    bot: Bot, chat: ChatClient, clock: MovableClock, rewrite: float, kept: list[str]
) -> None:
    view = form()
    view["blocks"][0]["element"]["max_length"] = 3000
    bot.answers |= {
        "block_actions": lambda payload: bot.client.views_open(trigger_id=payload["trigger_id"], view=view) and None,
        "view_submission": lambda _: {"response_action": "update", "view": view},
    }
    bot.client.chat_postMessage(channel="U0BLA", text="Tema: Fælles retning", blocks=[button("answer")])
    keen = replace(IDLE, answer=1, quote=1, slip=1, rewrite=rewrite)
    done = let_act(bot, SimulatedPeople(chat, clock, habits=keen), clock)
    texts = [each["view"]["state"]["values"]["reply"]["text"]["value"] for each in done if each["type"] == "view_submission"]
    slips = [slip(random.Random(seed), "da") for seed in range(40)]  # noqa: S311 - each of the few there are
    assert ["slip" if any(one in text for one in slips) else "clean" for text in texts] == kept
    assert all(text.startswith(texts[-1][:20]) for text in texts)
    assert chat.view("U0BLA") is None


def test_who_means_to_do_nothing_does_nothing(live: Callable[..., list[Happened]]) -> None:
    assert actions(live(IDLE)) == {"approve"}  # somebody has to


def test_while_they_sleep_nothing_is_done_and_nothing_is_made_up_for(bot: Bot, chat: ChatClient, clock: MovableClock) -> None:
    awake = [False]
    simulated_people = SimulatedPeople(chat, clock, habits=KEEN, awake=lambda: awake[0])
    said(bot, ROWS["question"], "question")
    assert (simulated_people.act(), simulated_people.next_moment()) == (0, None)
    clock.move_to(START + timedelta(days=4))
    assert simulated_people.act() == 0
    awake[0] = True
    assert (simulated_people.act(), simulated_people.next_moment(), bot.heard) == (0, None, [])


def test_after_a_restart_they_still_mean_what_they_meant(bot: Bot, workspace: Workspace, clock: MovableClock) -> None:
    simulated_people = SimulatedPeople(workspace.chat, clock, habits=KEEN)
    said(bot, ROWS["question"], "question")
    simulated_people.act()
    assert (
        SimulatedPeople(workspace.chat, clock, habits=KEEN).next_moment() == simulated_people.next_moment() > datetime.fromtimestamp(0, UTC)
    )
