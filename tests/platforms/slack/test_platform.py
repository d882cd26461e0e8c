"""Each call says a thing at most once, and it is found again when the answer was lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import Later, Unfit, Unreachable, Unsure
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack.manifest import manifest
from bot.platforms.slack.web_api.find_message import METADATA_EVENT
from bot.programme import Language
from bot.seam.meaning import Plain, Question
from bot.seam.platform import Receipt
from bot.workspace.client.person import ChatClient
from tests.support.local_slack import serve
from tests.support.slack_platform import ANNA, ARCHIVED, BO, DIGEST, ELSEWHERE, GONE, ORGANISERS, POPULATION, ScriptedEngine, wait_until
from tests.support.world import OPENS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.clock import MovableClock
    from bot.workspace.server import Workspace

HELLO = Plain(language=Language.DA, paragraphs=("Hej.",))
QUESTION = Question(language=Language.DA, round=7, theme="Borgeren først", ask="Hvad lærte du?", closes="fredag")


@pytest.fixture
def strict(clock: MovableClock, engine: ScriptedEngine) -> Iterator[tuple[Workspace, SlackPlatform]]:
    """A workspace that keeps Slack's rate limits, and the client connected to it."""
    with serve(ChatClient(POPULATION, clock), manifest()) as workspace:
        platform = SlackPlatform(bot_token="xoxb-local-1", app_token="xapp-local-1", api_url=f"{workspace.address}api/")
        platform.start(engine.door)
        yield workspace, platform
        platform.stop()


def texts(chat: ChatClient, user: str) -> list[str]:
    return [message.text for message in chat.messages(chat.dm_id(user), user)]


def say_much(slack: SlackPlatform) -> None:
    for number in range(100):
        slack.send(ANNA, HELLO, f"d{number}")


def test_a_person_is_written_to_by_their_id_and_the_receipt_names_the_conversation(slack: SlackPlatform, chat: ChatClient) -> None:
    receipt = slack.send(ANNA, QUESTION, "d1")
    (message,) = chat.messages(receipt.channel, ANNA)
    assert receipt == Receipt(channel=chat.dm_id(ANNA), stamp=message.ts)
    assert message.metadata == {"event_type": METADATA_EVENT, "event_payload": {"delivery": "d1"}}
    assert "Hvad lærte du?" in message.text


def test_every_tenth_answer_is_lost_and_nothing_is_said_twice(slack: SlackPlatform, chat: ChatClient, workspace: Workspace) -> None:
    lost = 0
    for number in range(30):
        if number % 10 == 9:
            workspace.faults.lose("chat.postMessage")
        try:
            slack.send(ANNA, HELLO, f"d{number}")
        except Unsure:
            lost += 1
    assert lost == 3
    assert len(texts(chat, ANNA)) == 30
    assert slack.find(ANNA, "d9", OPENS - timedelta(minutes=1)) is not None


def test_what_was_lost_on_the_way_back_is_found(slack: SlackPlatform, chat: ChatClient, workspace: Workspace) -> None:
    slack.send(ANNA, HELLO, "d1")
    workspace.faults.lose("chat.postMessage")
    with pytest.raises(Unsure):
        slack.send(ANNA, QUESTION, "d2")
    messages = chat.messages(chat.dm_id(ANNA), ANNA)
    assert slack.find(ANNA, "d2", OPENS - timedelta(minutes=1)) == Receipt(channel=chat.dm_id(ANNA), stamp=messages[1].ts)


def test_what_was_never_said_is_not_found(slack: SlackPlatform, chat: ChatClient, workspace: Workspace) -> None:
    chat.say(ANNA, "hej robot")
    slack.send(ANNA, HELLO, "d1")
    workspace.faults.crash("chat.postMessage")
    with pytest.raises(Unsure):
        slack.send(ANNA, QUESTION, "d2")
    assert slack.find(ANNA, "d2", OPENS) is None
    assert slack.find(BO, "d2", OPENS) is None


def test_a_channel_is_looked_through_page_by_page(slack: SlackPlatform) -> None:
    first = slack.send(DIGEST, HELLO, "first")
    for number in range(130):
        slack.send(DIGEST, HELLO, f"d{number}")
    assert slack.find(DIGEST, "first", OPENS - timedelta(minutes=1)) == first


def test_a_look_goes_back_no_further_than_asked(slack: SlackPlatform, clock: MovableClock) -> None:
    slack.send(DIGEST, HELLO, "first")
    clock.move_to(OPENS + timedelta(days=1))
    for number in range(101):
        slack.send(DIGEST, HELLO, f"d{number}")
    clock.move_to(OPENS + timedelta(days=2))
    for number in range(100):
        slack.send(DIGEST, HELLO, f"e{number}")
    assert slack.find(DIGEST, "first", OPENS + timedelta(days=2)) is None
    assert slack.find(DIGEST, "first", OPENS) is not None


def test_messages_of_ours_without_a_mark_raise_doubt(slack: SlackPlatform, chat: ChatClient) -> None:
    chat.state.post(chat.dm_id(ANNA), user=POPULATION.bot_user_id, text="uden mærke")
    with pytest.raises(Unsure):
        slack.find(ANNA, "d1", OPENS)


def test_a_conversation_that_cannot_be_read_is_never_taken_for_empty(slack: SlackPlatform, workspace: Workspace) -> None:
    workspace.faults.crash("conversations.history")
    with pytest.raises(Unsure):
        slack.find(ANNA, "d1", OPENS)
    workspace.faults.limit("conversations.history", retry_after=9)
    with pytest.raises(Later):
        slack.find(ANNA, "d1", OPENS)


def test_a_429_says_how_long_to_wait_and_nothing_was_said(slack: SlackPlatform, chat: ChatClient, workspace: Workspace) -> None:
    workspace.faults.limit("chat.postMessage", retry_after=17)
    with pytest.raises(Later) as caught:
        slack.send(ANNA, HELLO, "d1")
    assert caught.value.after == 17
    assert texts(chat, ANNA) == []


def test_the_workspaces_own_limit_is_met_as_later(strict: tuple[Workspace, SlackPlatform]) -> None:
    workspace, slack = strict
    with pytest.raises(Later) as caught:
        say_much(slack)
    assert caught.value.after >= 1
    assert slack.find(ANNA, "d0", OPENS - timedelta(minutes=1)) is not None
    assert slack.find(ANNA, f"d{len(texts(workspace.chat, ANNA))}", OPENS) is None


def test_an_answer_that_does_not_come_is_not_waited_for_for_ever(slack: SlackPlatform, chat: ChatClient, workspace: Workspace) -> None:
    slack._client.timeout = 0.2  # type: ignore[assignment]  # seconds; ten in earnest
    workspace.faults.slow("chat.postMessage", seconds=0.6)
    with pytest.raises(Unsure):
        slack.send(ANNA, HELLO, "d1")
    wait_until(lambda: len(texts(chat, ANNA)) == 1)


@pytest.mark.parametrize("address", [GONE, "U0NOBODY", ARCHIVED, ELSEWHERE, "C0NONE"])
def test_who_cannot_be_written_to_is_told_for_good(slack: SlackPlatform, address: str) -> None:
    with pytest.raises(Unreachable):
        slack.send(address, HELLO, "d1")


def test_an_empty_message_is_unfit(slack: SlackPlatform) -> None:
    with pytest.raises(Unfit, match="no_text"):
        slack.send(ANNA, Plain(language=Language.DA, paragraphs=()), "d1")


def test_what_slack_finds_ill_made_is_unfit(slack: SlackPlatform, workspace: Workspace) -> None:
    workspace.faults.refuse("chat.postMessage", "invalid_blocks")
    with pytest.raises(Unfit, match="invalid_blocks"):
        slack.send(ANNA, HELLO, "d1")


def test_a_message_is_drawn_anew_and_keeps_its_mark(slack: SlackPlatform, chat: ChatClient) -> None:
    receipt = slack.send(ORGANISERS, HELLO, "d1")
    slack.update(receipt, QUESTION)
    (message,) = chat.messages(ORGANISERS, BO)
    assert message.edited
    assert "Hvad lærte du?" in message.text
    assert slack.find(ORGANISERS, "d1", OPENS) == receipt
