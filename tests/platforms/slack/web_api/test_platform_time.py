"""The time on Slack's clock is read, whatever it answers."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import EftertankeError, Unsure
from bot.platforms.slack.web_api.client import make_client
from bot.platforms.slack.web_api.platform_time import PlatformTime
from tests.support.scripted_server import Answer, scripted_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.platforms.slack.platform import SlackPlatform
    from tests.support.scripted_server import ScriptedServer

SAYS_WHEN = {"Date": "Tue, 09 Oct 2018 07:30:00 GMT"}
WHEN = datetime(2018, 10, 9, 7, 30, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


@pytest.fixture
def slacks_time(server: ScriptedServer) -> PlatformTime:
    return PlatformTime(make_client("xoxb-local-1", server.api_url, timeout=5))


def test_the_local_workspace_tells_the_time_of_the_machine(slack: SlackPlatform) -> None:
    assert abs(slack.time() - datetime.now(UTC)) < timedelta(seconds=10)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b'{"ok": true}', headers=SAYS_WHEN),
        Answer(body=b'{"ok": false, "error": "account_inactive"}', headers=SAYS_WHEN),
        Answer(body=b'{"ok": false, "error": "ratelimited"}', status=429, headers=SAYS_WHEN),
        Answer(body=b"<html>", status=503, headers=SAYS_WHEN),
    ],
    ids=["yes", "no", "429", "503"],
)
def test_every_answer_tells_when_it_was_given(server: ScriptedServer, slacks_time: PlatformTime, answer: Answer) -> None:
    server.answers["auth.test"] = answer
    assert slacks_time.ask() == WHEN


@pytest.mark.parametrize("date", ["Tue Oct  9 07:30:00 2018", "Tuesday, 09-Oct-18 07:30:00 GMT", "Tue, 09 Oct 2018 07:30:00 -0000"])
def test_an_older_form_of_a_date_is_utc_too_wherever_the_machine_stands(
    server: ScriptedServer, slacks_time: PlatformTime, date: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    server.answers["auth.test"] = Answer(body=b'{"ok": true}', headers={"Date": date})
    try:
        assert slacks_time.ask() == WHEN
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("date", ["", "yesterday", "99 Foo 2018", "Fri, 31 Dec 9999 23:59:59 -1200"])
def test_where_it_does_not_the_stamp_of_the_last_message_tells(server: ScriptedServer, slacks_time: PlatformTime, date: str) -> None:
    server.answers["auth.test"] = Answer(body=b'{"ok": true}', headers={"Date": date})
    slacks_time.note("no number")
    with pytest.raises(Unsure):
        slacks_time.ask()
    slacks_time.note(f"{WHEN.timestamp():.6f}")
    assert WHEN <= slacks_time.ask() < WHEN + timedelta(seconds=10)


def test_where_nobody_answers_nothing_is_known(server: ScriptedServer, slacks_time: PlatformTime) -> None:
    server.answers["auth.test"] = Answer(hang_up=True)
    with pytest.raises(EftertankeError):
        slacks_time.ask()
