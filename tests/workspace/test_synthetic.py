"""Do synthetic people press only what stands there, by day, and the same way each time the same seed is played?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.platforms.slack.inbound import BUTTONS
from bot.workspace.synthetic import PLANS, Crowd, Habits
from tests.workspace.small_town import START, button, form

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import MovableClock
    from bot.workspace.server import Workspace
    from bot.workspace.stage import Stage
    from tests.workspace.small_town import Bot

KEEN = Habits(answer=1, answer_when_reminded=1, change=1, delete=1, leave=0, pause=1, hear=1, respond=1, send_back=1)
IDLE = Habits(answer=0, answer_when_reminded=0, change=0, delete=0, leave=0, pause=0, hear=0, respond=0, send_back=0)
ROWS = {"welcome": ("leave", "pause"), "question": ("answer", "mine"), "draft": ("approve", "send_back"), "digest": ("heard", "respond")}

Happened = tuple[str, str, str, Any]


@pytest.fixture
def live(bot: Bot, stage: Stage, clock: MovableClock) -> Callable[..., list[Happened]]:
    """What people do until they mean to do nothing more: (moment, person, action, what they filled in)."""

    def lived(habits: Habits = KEEN, seed: int = 1, rows: str = "welcome question draft digest") -> list[Happened]:
        stage.reset()
        clock.restart(START)
        bot.heard.clear()
        bot.answers["block_actions"] = lambda payload: opened(bot, payload)
        for row in rows.split():
            said(bot, ROWS[row], row)
        crowd = Crowd(stage, clock, seed=seed, habits=habits)
        happened: list[Happened] = []
        crowd.act()
        while (moment := crowd.next_moment()) is not None:
            clock.move_to(moment)
            before = len(bot.heard)
            assert crowd.act() >= 1
            happened += [told(clock.now(), request.payload) for request in bot.heard[before:]]
        return happened

    return lived


def said(bot: Bot, row: tuple[str, ...], text: str) -> None:
    """A message with a row of buttons: to both people, or in a channel."""
    elements = [element for action in row for element in button(action)["elements"]]
    for channel in ("U0ANE", "U0BLA") if row[0] in ("leave", "answer") else ("C0DIGEST",):
        bot.client.chat_postMessage(channel=channel, text=text, blocks=[{"type": "actions", "elements": elements}])


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


def test_who_means_to_do_nothing_does_nothing(live: Callable[..., list[Happened]]) -> None:
    assert actions(live(IDLE)) == {"approve"}  # somebody has to


def test_while_they_sleep_nothing_is_done_and_nothing_is_made_up_for(bot: Bot, stage: Stage, clock: MovableClock) -> None:
    awake = [False]
    crowd = Crowd(stage, clock, habits=KEEN, awake=lambda: awake[0])
    said(bot, ROWS["question"], "question")
    assert (crowd.act(), crowd.next_moment()) == (0, None)
    clock.move_to(START + timedelta(days=4))
    assert crowd.act() == 0
    awake[0] = True
    assert (crowd.act(), crowd.next_moment(), bot.heard) == (0, None, [])


def test_after_a_restart_they_still_mean_what_they_meant(bot: Bot, workspace: Workspace, clock: MovableClock) -> None:
    crowd = Crowd(workspace.stage, clock, habits=KEEN)
    said(bot, ROWS["question"], "question")
    crowd.act()
    assert Crowd(workspace.stage, clock, habits=KEEN).next_moment() == crowd.next_moment() > datetime.fromtimestamp(0, UTC)
