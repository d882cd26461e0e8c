"""A chart that Slack refuses leaves exactly one message, which says in words what the chart shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.errors import Later, Unfit, Unreachable, Unsure
from bot.platforms.slack.messages import CHART
from bot.programme import Language
from bot.seam.actions import Heard
from bot.seam.answers import Redrawn
from bot.seam.meaning import Chart, ChartRow, DigestPost, DigestText, Plain
from tests.support.slack_platform import DIGEST, POLITICIAN, ScriptedEngine

if TYPE_CHECKING:
    from bot.platforms.slack import SlackPlatform
    from bot.workspace.client.person import ChatClient
    from bot.workspace.server import Workspace
    from bot.workspace.state.message_store import Message

TOLD = "Flere svarede end sidst. Antal svar, omtrent: uge 34 (20), uge 35 (40 eller flere)."
ROWS = (ChartRow(label="uge 34", value=20, printed="omtrent 20"), ChartRow(label="uge 35", value=40, printed="omtrent 40 eller flere"))
PICTURE = Chart(title="Flere svarede end sidst", rows=ROWS, unit="Svar", alternative=TOLD)
POST = DigestPost(language=Language.DA, digest=3, text=DigestText(headline="Tillid", parts=(), foot="Nr. 3", chart=PICTURE))
HELLO = Plain(language=Language.DA, paragraphs=("Hej.",))


@pytest.fixture
def refused(workspace: Workspace) -> None:
    """The workspace lacks charts."""
    workspace.faults.refuse_blocks(CHART)


def only(chat: ChatClient) -> Message:
    """The one message that there is."""
    (message,) = chat.messages(DIGEST, POLITICIAN)
    return message


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def is_told_in_words(message: Message) -> bool:
    return TOLD in str(message.blocks) and TOLD in message.text


def test_a_chart_stands_in_a_message_with_its_words_below(slack: SlackPlatform, chat: ChatClient) -> None:
    slack.send(DIGEST, POST, "d1")
    message = only(chat)
    chart, words = message.blocks[1:3]
    assert (chart["type"], chart["title"]) == (CHART, "Flere svarede end sidst")
    assert chart["chart"]["series"][0]["data"] == [{"label": "uge 34", "value": 20}, {"label": "uge 35", "value": 40}]
    assert words["elements"][0]["text"] == TOLD
    assert message.text.count(TOLD) == 1


@pytest.mark.usefixtures("refused")
def test_a_refused_chart_leaves_one_message_without_it(slack: SlackPlatform, chat: ChatClient) -> None:
    slack.send(DIGEST, POST, "d1")
    assert CHART not in kinds(only(chat))
    assert is_told_in_words(only(chat))


@pytest.mark.usefixtures("refused")
def test_a_refused_chart_is_left_out_when_a_message_is_changed(slack: SlackPlatform, chat: ChatClient) -> None:
    receipt = slack.send(DIGEST, HELLO, "d1")
    slack.update(receipt, POST)
    assert CHART not in kinds(only(chat))
    assert is_told_in_words(only(chat))


@pytest.mark.usefixtures("refused")
def test_a_refused_chart_is_left_out_when_a_press_redraws_the_message(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine
) -> None:
    slack.send(DIGEST, replace(POST, text=replace(POST.text, chart=None)), "d1")
    engine.answers[Heard] = Redrawn(language=Language.DA, meaning=POST, said="Tak.")
    assert chat.press(POLITICIAN, "heard", channel=DIGEST).ok
    assert only(chat).edited
    assert CHART not in kinds(only(chat))
    assert is_told_in_words(only(chat))


def test_what_was_refused_once_is_not_tried_again(slack: SlackPlatform, chat: ChatClient, workspace: Workspace) -> None:
    workspace.faults.refuse_blocks(CHART)
    slack.send(DIGEST, POST, "d1")
    workspace.faults.clear()
    slack.send(DIGEST, POST, "d2")
    assert [CHART in kinds(message) for message in chat.messages(DIGEST, POLITICIAN)] == [False, False]


def test_if_slack_asks_to_wait_after_a_refusal_the_next_attempt_goes_without(
    slack: SlackPlatform, chat: ChatClient, workspace: Workspace
) -> None:
    workspace.faults.refuse("chat.postMessage", "invalid_blocks")
    workspace.faults.limit("chat.postMessage")
    with pytest.raises(Later):
        slack.send(DIGEST, POST, "d1")
    slack.send(DIGEST, POST, "d1")
    assert CHART not in kinds(only(chat))


def test_if_the_message_is_refused_without_its_chart_too_the_chart_was_not_at_fault(
    slack: SlackPlatform, chat: ChatClient, workspace: Workspace
) -> None:
    workspace.faults.refuse("chat.postMessage", "invalid_blocks", times=2)
    with pytest.raises(Unfit):
        slack.send(DIGEST, POST, "d1")
    assert list(chat.messages(DIGEST, POLITICIAN)) == []
    slack.send(DIGEST, POST, "d2")
    assert CHART in kinds(only(chat))


@pytest.mark.parametrize(
    ("code", "error"), [("channel_not_found", Unreachable), ("msg_too_long", Unfit), ("internal_error", Unsure), ("ratelimited", Later)]
)
def test_any_other_refusal_is_not_followed_by_a_second_call(
    slack: SlackPlatform, chat: ChatClient, workspace: Workspace, code: str, error: type[Exception]
) -> None:
    workspace.faults.refuse("chat.postMessage", code)
    with pytest.raises(error):
        slack.send(DIGEST, POST, "d1")
    assert list(chat.messages(DIGEST, POLITICIAN)) == []


def test_a_lost_answer_is_not_followed_by_a_second_call(slack: SlackPlatform, chat: ChatClient, workspace: Workspace) -> None:
    workspace.faults.lose("chat.postMessage")
    with pytest.raises(Unsure):
        slack.send(DIGEST, POST, "d1")
    assert CHART in kinds(only(chat))


def test_a_message_without_a_chart_that_is_refused_is_not_sent_again(slack: SlackPlatform, chat: ChatClient, workspace: Workspace) -> None:
    workspace.faults.refuse("chat.postMessage", "invalid_blocks")
    with pytest.raises(Unfit):
        slack.send(DIGEST, HELLO, "d1")
    assert list(chat.messages(DIGEST, POLITICIAN)) == []
