"""A file reaches the person who asked for it, and nobody else; where it does not, they read why."""

from __future__ import annotations

import json
import logging
import threading
from typing import TYPE_CHECKING, Any

import pytest

from bot.failures import SAID
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack.manifest import SCOPES, manifest
from bot.programme import Language
from bot.seam.answers import LongReading, Reading
from bot.seam.meaning import DigestPost, DigestText, Part, Plain
from bot.seam.reading_actions import PageFileWanted, PageWanted
from bot.seam.reading_answers import Document
from bot.wording import say
from bot.workspace.client.person import ChatClient
from tests.support.local_slack import serve
from tests.support.slack_platform import DIGEST, POLITICIAN, POPULATION, ScriptedEngine, wait_until
from tests.support.world import OPENS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.clock import MovableClock
    from bot.workspace.server import Workspace
    from bot.workspace.state.message_store import Message

pytestmark = pytest.mark.long  # waits for a slow Slack
DA = Language.DA
POST = DigestPost(language=DA, digest=3, text=DigestText(headline="Nr. 3", parts=(), foot="Nr. 3"))
TEXT = Reading(
    language=DA, title="Som side", parts=(Part(heading="Overblik nr. 3", lines=("Omtrent 20 har svaret.",)),), of=LongReading.PAGE, ids=(3,)
)
PAGE = Document(language=DA, name="landsby-digest-03-revision-1.html", content="<p>Æbler & pærer</p>".encode(), title="Nr. 3 <uge 36>")
STEPS = ("conversations.open", "files.getUploadURLExternal", "upload", "files.completeUploadExternal")


@pytest.fixture
def window(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> str:
    """A politician reads a page in a window; its id."""
    return open_window(slack, chat, engine)


def open_window(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> str:
    SAID.forget()
    engine.answers |= {PageWanted: TEXT, PageFileWanted: PAGE}
    slack.send(DIGEST, POST, "d1")
    assert chat.press(POLITICIAN, "page", channel=DIGEST).ok
    view = chat.view(POLITICIAN)
    assert view is not None
    return view.id


def shown(chat: ChatClient) -> str:
    return json.dumps(getattr(chat.view(POLITICIAN), "blocks", None), ensure_ascii=False)


def files(chat: ChatClient) -> list[Message]:
    return [message for message in chat.messages(chat.dm_id(POLITICIAN), POLITICIAN) if message.files]


def press(chat: ChatClient, window: str, outcome: str) -> None:
    """Press *Send mig filen*, and wait until the window says what came of it."""
    acknowledged = chat.press(POLITICIAN, "page_file", view_id=window)
    assert acknowledged.ok, acknowledged.error
    wait_until(lambda: say(DA, outcome) in shown(chat))


def test_the_file_arrives_in_ones_own_messages_byte_for_byte_and_in_no_channel(
    workspace: Workspace, chat: ChatClient, window: str, engine: ScriptedEngine
) -> None:
    press(chat, window, "file.there")
    (message,) = files(chat)
    (file,) = message.files
    kept = workspace.chat.file(file["id"], POLITICIAN)
    assert kept is not None
    assert (kept.name, kept.content, kept.channel) == (PAGE.name, PAGE.content, chat.dm_id(POLITICIAN))
    assert (file["title"], message.metadata) == (PAGE.title, None)
    assert message.text == say(DA, "file.comment", title="Nr. 3 &lt;uge 36&gt;")
    assert [said for said in chat.messages(DIGEST, POLITICIAN) if said.files] == []
    assert engine.done == [PageWanted(who=POLITICIAN, digest=3), PageFileWanted(who=POLITICIAN, digest=3)]
    assert "Omtrent 20 har svaret." in shown(chat), "the text stays"
    for stranger in ("U0ANNA", "U0BO", "nobody"):
        assert workspace.chat.file(file["id"], stranger) is None


def test_a_press_is_acknowledged_before_a_slow_slack_has_taken_the_file(workspace: Workspace, chat: ChatClient, window: str) -> None:
    for step in STEPS:
        workspace.faults.slow(step, seconds=0.4)
    acknowledged = chat.press(POLITICIAN, "page_file", view_id=window)
    assert acknowledged.ok
    assert say(DA, "file.on_its_way") in shown(chat)
    assert files(chat) == []
    wait_until(lambda: say(DA, "file.there") in shown(chat))
    assert len(files(chat)) == 1


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("missing_scope", "file.no_scope"), ("file_uploads_disabled", "file.refused"), ("crash", "file.later"), ("limit", "file.later")],
)
def test_where_a_step_fails_nothing_arrives_and_the_window_says_why(
    workspace: Workspace, chat: ChatClient, window: str, step: str, fault: str, outcome: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    if fault in ("crash", "limit"):
        getattr(workspace.faults, fault)(step)
    else:
        workspace.faults.refuse(step, fault)
    if step == "upload":
        outcome = "file.later"  # there Slack gives no reasons
    elif fault == "crash" and step == STEPS[-1]:
        outcome = "file.unsure"
    press(chat, window, outcome)
    assert files(chat) == []
    assert POLITICIAN not in caplog.text
    assert caplog.messages == ["an answer was not shown"]
    press(chat, window, "file.there")  # the button is still there
    assert len(files(chat)) == 1


def test_where_slack_does_not_say_whether_it_arrived_neither_does_the_bot(workspace: Workspace, chat: ChatClient, window: str) -> None:
    workspace.faults.lose("files.completeUploadExternal")
    press(chat, window, "file.unsure")
    assert len(files(chat)) == 1


def test_two_quick_presses_send_one_file(workspace: Workspace, chat: ChatClient, window: str) -> None:
    workspace.faults.slow("files.getUploadURLExternal", seconds=0.3)
    twice = [chat.pressing(POLITICIAN, "page_file", view_id=window) for _ in range(2)]
    presses = [threading.Thread(target=chat.forge, args=("interactive", payload)) for payload in twice]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    wait_until(lambda: say(DA, "file.there") in shown(chat))
    assert len(files(chat)) == 1


def test_who_has_closed_the_window_is_told_in_their_messages_only_if_it_failed(workspace: Workspace, chat: ChatClient, window: str) -> None:
    workspace.faults.slow("conversations.open", seconds=0.3)
    workspace.faults.refuse("files.completeUploadExternal", "file_not_found")
    assert chat.press(POLITICIAN, "page_file", view_id=window).ok
    chat.dismiss(POLITICIAN)
    wait_until(lambda: say(DA, "file.refused") in [said.text for said in chat.messages(chat.dm_id(POLITICIAN), POLITICIAN)])
    assert [said.only_for for said in chat.messages(chat.dm_id(POLITICIAN), POLITICIAN)] == [POLITICIAN]


@pytest.fixture
def poor(clock: MovableClock) -> Iterator[Workspace]:
    """A workspace in which the app was installed before it sent files."""
    older: dict[str, Any] = manifest()
    older["oauth_config"]["scopes"]["bot"] = sorted(SCOPES.keys() - {"files:write"})
    with serve(ChatClient(POPULATION, clock), older, limits=False) as workspace:
        yield workspace


def test_an_installation_from_before_starts_and_says_at_the_press_what_is_missing(poor: Workspace, engine: ScriptedEngine) -> None:
    slack = SlackPlatform(bot_token="xoxb-local-1", app_token="xapp-local-1", api_url=f"{poor.address}api/")
    slack.start(engine.door)
    try:
        wait_until(lambda: poor.socket_mode.connected == 1)
        press(poor.chat, open_window(slack, poor.chat, engine), "file.no_scope")
    finally:
        slack.stop()
    assert files(poor.chat) == []


def test_a_file_between_deliveries_does_not_hide_them(slack: SlackPlatform, chat: ChatClient, window: str) -> None:
    receipt = slack.send(POLITICIAN, Plain(language=DA, paragraphs=("Hej.",)), "d7")
    press(chat, window, "file.there")
    assert slack.find(POLITICIAN, "d7", OPENS) == receipt
    assert slack.find(POLITICIAN, "d8", OPENS) is None, "the file is no delivery, and makes nobody unsure"
