"""Somebody who has been picked acts only through the visitor, until they are handed back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.workspace.simulation.simulated_people import Habits, SimulatedPeople
from bot.workspace.simulation.visitor import Visitor
from tests.support.local_slack import button

if TYPE_CHECKING:
    from bot.clock import MovableClock
    from bot.workspace.client.person import ChatClient
    from tests.support.local_slack import Bot

KEEN = Habits(answer=1, change=1, leave=1, pause=0, hear=1, respond=0, send_back=1)


@pytest.fixture
def visitor(chat: ChatClient) -> Visitor:
    """Beside two people who are both in the channel."""
    channel = chat.state.channels["C0DIGEST"]
    chat.state.channels["C0DIGEST"] = replace(channel, members=("U0ANE", "U0BLA", "U0BOT"))
    return Visitor(chat.state.store)


@pytest.fixture
def crowd(chat: ChatClient, clock: MovableClock, visitor: Visitor) -> SimulatedPeople:
    return SimulatedPeople(chat, clock, habits=KEEN, visitor=visitor)


def pressed(bot: Bot, crowd: SimulatedPeople, clock: MovableClock) -> list[tuple[str, str]]:
    """Who presses what, until nobody means to do anything more."""
    bot.heard.clear()
    crowd.act()
    while (moment := crowd.next_moment()) is not None:
        clock.move_to(moment)
        crowd.act()
    payloads = [request.payload for request in bot.heard]
    return [(payload["user"]["id"], payload["actions"][0]["action_id"]) for payload in payloads]


def say(bot: Bot, action: str, *channels: str) -> None:
    for channel in channels:
        bot.client.chat_postMessage(channel=channel, text=action, blocks=[button(action)])


@pytest.mark.parametrize("action", ["answer", "leave"])
def test_nobody_acts_for_a_person_who_has_been_picked_whatever_was_meant_before(
    bot: Bot, crowd: SimulatedPeople, clock: MovableClock, visitor: Visitor, action: str
) -> None:
    say(bot, action, "U0ANE", "U0BLA")
    crowd.act()  # both mean to do something
    visitor.pick("U0ANE")
    visitor.pick("U0FAR")  # and then somebody else, who is not here to be seen
    assert {who for who, _ in pressed(bot, crowd, clock)} == {"U0BLA"}


def test_nobody_acknowledges_for_a_politician_who_has_been_picked_and_the_others_go_on(
    bot: Bot, crowd: SimulatedPeople, clock: MovableClock, visitor: Visitor
) -> None:
    visitor.pick("U0ANE")
    say(bot, "heard", "C0DIGEST")
    assert pressed(bot, crowd, clock) == [("U0BLA", "heard")]


def test_another_organiser_decides_for_one_who_has_been_picked(
    bot: Bot, crowd: SimulatedPeople, clock: MovableClock, visitor: Visitor
) -> None:
    say(bot, "approve", "C0DIGEST")
    crowd.act()
    visitor.pick("U0ANE")
    assert not crowd.leaves_undecided()
    assert ("U0BLA", "approve") in pressed(bot, crowd, clock)


@pytest.mark.parametrize("action", ["approve", "quote_review", "release"])
def test_where_the_visitor_has_acted_as_an_organiser_no_other_decides_until_the_role_is_handed_back(
    bot: Bot, crowd: SimulatedPeople, clock: MovableClock, visitor: Visitor, action: str
) -> None:
    say(bot, action, "C0DIGEST")
    crowd.act()
    visitor.pick("U0ANE")
    visitor.decide(alone=True)
    assert crowd.leaves_undecided()
    assert pressed(bot, crowd, clock) == []
    assert crowd.leaves_undecided()
    visitor.decide(alone=False)
    crowd.take_over()
    assert crowd.next_moment() == clock.now()
    assert not crowd.leaves_undecided()
    assert pressed(bot, crowd, clock) == [("U0BLA", action)]


def test_nothing_is_left_undecided_where_nothing_waits(bot: Bot, crowd: SimulatedPeople, visitor: Visitor) -> None:
    visitor.decide(alone=True)
    say(bot, "answer", "U0ANE")
    crowd.act()
    assert not crowd.leaves_undecided()


def test_what_waits_while_the_crowd_sleeps_waits_for_the_visitor(bot: Bot, chat: ChatClient, clock: MovableClock, visitor: Visitor) -> None:
    asleep = SimulatedPeople(chat, clock, habits=KEEN, awake=lambda: False, visitor=visitor)
    say(bot, "approve", "C0DIGEST")
    asleep.act()
    assert asleep.leaves_undecided()


def test_who_has_been_picked_and_what_has_been_taken_outlives_a_restart_and_a_reset_forgets_it(chat: ChatClient, visitor: Visitor) -> None:
    visitor.pick("U0BLA")
    visitor.pick("U0ANE")
    visitor.decide(alone=True)
    after = Visitor(chat.state.store)
    assert (after.person, after.has_been("U0BLA"), after.decides) == ("U0ANE", True, True)
    after.forget()
    again = Visitor(chat.state.store)
    assert (again.person, again.has_been("U0BLA"), again.decides) == (None, False, False)


def test_what_an_earlier_version_has_kept_is_read_as_far_as_it_is_understood(chat: ChatClient) -> None:
    chat.state.store.save_text("visitor", '{"picked": ["U0ANE"], "roles": ["organiser"]}')
    assert Visitor(chat.state.store).person == "U0ANE"
