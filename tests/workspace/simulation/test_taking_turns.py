"""Synthetic people do not repeat each other, neither politicians nor those who may be quoted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from bot.clock import MovableClock
from bot.workspace.client.person import ChatClient
from bot.workspace.simulation.habits import Habits
from bot.workspace.simulation.made_up_names import make_up_people
from bot.workspace.simulation.simulated_people import SimulatedPeople
from bot.workspace.simulation.synthetic_texts import find_texts
from bot.workspace.state.members import Channel, Population
from tests.support.local_slack import START, button, connected_bot, form, manifest, serve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.programme import Programme
    from tests.support.local_slack import Bot

ALL_SPEAK = Habits(
    answer=0.5, answer_when_reminded=0, change=0, delete=0, leave=0, hear=0, respond=1, respond_to_wishes=1, quote=0.5, slip=0, wish=0
)
POLITICIANS = 6
DANES = [member for member in make_up_people(48, kind="leader") if member.locale == "da-DK"]


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[ChatClient, Bot]]:
    """A bot among leaders, who all read Danish, and politicians; it gives whoever presses something a form."""
    politicians = make_up_people(POLITICIANS, kind="politician")
    channel = Channel(id="C0DIGEST", name="digest", members=(*(member.id for member in politicians), "U0BOT"))
    chat = ChatClient(Population(members=(*DANES, *politicians), channels=(channel,)), MovableClock(START))
    view = form()
    view["blocks"][0]["element"] |= {"max_length": 3000, "min_length": 0}
    with serve(chat, manifest(), limits=False) as workspace, connected_bot(workspace) as bot:
        bot.answers["block_actions"] = lambda payload: bot.client.views_open(trigger_id=payload["trigger_id"], view=view) and None
        yield chat, bot


def sent(chat: ChatClient, bot: Bot, channels: Iterable[str], text: str, *buttons: Any) -> list[tuple[str, bool]]:
    """What people send of a message in these channels, and whether it may be quoted."""
    chat.reset()
    chat.state.clock.restart(START)
    people = SimulatedPeople(chat, chat.state.clock, habits=ALL_SPEAK)
    for channel in channels:
        bot.client.chat_postMessage(channel=channel, text=text, blocks=buttons)
    people.act()
    bot.heard.clear()
    while (moment := people.next_moment()) is not None:
        chat.state.clock.move_to(moment)
        people.act()
    forms = [request.payload["view"]["state"]["values"] for request in bot.heard if request.payload["type"] == "view_submission"]
    quote = [any(mark["value"] == "quote" for mark in values["marks"]["marks"]["selected_options"]) for values in forms]
    return [(str(values["reply"]["text"]["value"] or ""), marked) for values, marked in zip(forms, quote, strict=True)]


def test_no_two_politicians_say_the_same_to_a_digest(world: tuple[ChatClient, Bot]):
    rows = button("heard"), button("respond"), button("respond_wishes", "3:ro"), button("respond_wishes", "3:tid")
    said = Counter(words for words, _ in sent(*world, ["C0DIGEST"], "Overblik", *rows) if words)
    assert sum(said.values()) >= 3 * POLITICIANS - 2  # with no words at all one may say yes to each
    assert max(said.values()) == 1


def test_those_who_may_be_quoted_open_each_in_words_of_their_own(world: tuple[ChatClient, Bot], programme: Programme):
    asked = programme.questions[0].ask.da
    answers = sent(*world, [leader.id for leader in DANES], asked, *(button("answer"), button("my_replies")))
    openings = [sentences[0] for sentences in find_texts(asked)["da"]["answers"]]
    used = Counter(opening for text, quote in answers for opening in openings if quote and text.startswith(opening))
    assert len(used) >= 6
    assert max(used.values()) == 1
