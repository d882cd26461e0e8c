"""No line of slack_sdk with a token, a header or somebody's words reaches the log."""

from __future__ import annotations

import contextlib
import io
import logging
from typing import TYPE_CHECKING

import pytest
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import EftertankeError, SetupFault
from bot.logs import set_up
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack.answer_presenter import Presenter
from bot.platforms.slack.web_api.charts_refused import ChartsRefused
from bot.platforms.slack.web_api.client import log as sdk_log
from bot.platforms.slack.web_api.startup import Patience
from bot.programme import Language, Source
from bot.seam.meaning import Plain
from bot.settings import LogFormat, LogLevel
from tests.support.scripted_server import Answer, ScriptedServer, scripted_server
from tests.support.slack_platform import ANNA, ScriptedEngine
from tests.support.world import OPENS

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS, TOKEN = "mit hemmelige svar", "xoxb-7-hemmelig"
PAGE = f"<html>502 {WORDS} Authorization: Bearer {TOKEN}".encode()
ANSWERS = {
    "a proxy's page": Answer(body=PAGE, status=502, headers={"Content-Type": "text/html", "X-Echo": f"Bearer {TOKEN}"}),
    "a page in place of an answer": Answer(body=PAGE),
    "an error that is none": {"ok": False, "error": f"{WORDS} {TOKEN}"},
    "words where a list should be": {"ok": True, "members": [WORDS, {"id": "U1", "tz": WORDS}], "channel": WORDS, "users": WORDS},
    "a body cut off": Answer(body=PAGE, missing=9),
    "a broken line": Answer(hang_up=True),
}


@pytest.fixture(autouse=True)
def _the_log_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


def use(server: ScriptedServer, answer: object) -> None:
    """Call everything there is to call, each answered so."""
    hello = Plain(language=Language.DA, paragraphs=(WORDS,))
    slack = SlackPlatform(bot_token=TOKEN, app_token="xapp-7-hemmelig", api_url=server.api_url, patience=Patience(seconds=0))
    for method in (
        "auth.test",
        "chat.postMessage",
        "conversations.open",
        "conversations.info",
        "users.list",
        "views.open",
        "views.publish",
    ):
        server.answers[method] = answer
    calls = (
        lambda: slack.start(ScriptedEngine().door),
        lambda: slack.send(ANNA, hello, "d1"),
        lambda: slack.find(ANNA, "d1", OPENS),
        lambda: slack.roster((Source(usergroup="S0"),)),
        lambda: slack.channel("C0"),
    )
    for call in calls:
        with contextlib.suppress(EftertankeError, SetupFault):
            call()
    presenter = Presenter(slack._quick_client, ChartsRefused())
    presenter.show({"trigger_id": TOKEN, "user_id": ANNA}, {"title": WORDS})
    presenter.publish(ANNA, {"title": WORDS})


@pytest.mark.parametrize("form", [LogFormat.JSON, LogFormat.TEXT])
@pytest.mark.parametrize("level", LogLevel)
def test_no_word_no_token_and_no_header_is_logged(server: ScriptedServer, level: LogLevel, form: LogFormat) -> None:
    stream = io.StringIO()
    set_up(level, form, stream)
    for answer in ANSWERS.values():
        use(server, answer)
    assert {found for found in ("hemmelig", "Bearer", "xoxb", "xapp", "html") if found in stream.getvalue()} == set()
    assert "chat.postMessage" in {*server.calls}


def test_what_slack_sdk_says_by_itself_is_cut_to_its_place(server: ScriptedServer) -> None:
    stream, said = io.StringIO(), io.StringIO()
    set_up(LogLevel.DEBUG, LogFormat.JSON, stream)
    listening = logging.StreamHandler(said)
    sdk_log.addHandler(listening)
    server.answers["auth.test"] = ANSWERS["a proxy's page"]
    bare = WebClient(TOKEN, base_url=server.api_url, logger=sdk_log, retry_handlers=[])
    bare.proxy = None
    with pytest.raises(SlackApiError):
        bare.auth_test()
    sdk_log.removeHandler(listening)
    assert WORDS in said.getvalue()
    assert "base_client._urllib_api_call:" in stream.getvalue()
    assert "hemmelig" not in stream.getvalue()
