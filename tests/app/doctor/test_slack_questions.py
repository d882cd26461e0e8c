"""What Slack says of tokens, scopes, channels and the time is told; and that it says nothing."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.app.doctor.slack_questions import clock_finding
from bot.app.rehearsal.programme_population import population_for
from bot.clock import MovableClock
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.admin import change_channel
from bot.workspace.client.person import ChatClient
from schedules.programme_file import load_folder
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN, SCOPES, START, serve
from tests.support.local_slack import manifest as small_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.server import Workspace
    from tests.app.doctor.installation_of_test import Installation


@pytest.fixture
def slack(installation: Installation) -> Iterator[Workspace]:
    (programme,) = load_folder(installation.folder / "schedules")
    chat = ChatClient(population_for(programme, participants=24), MovableClock(START))
    with serve(chat, manifest(), tokens=(BOT_TOKEN, APP_TOKEN)) as workspace:
        installation.on_slack()
        installation.set(SLACK_API_URL=f"{workspace.address}api/")
        yield workspace


def told(installation: Installation) -> dict[str, tuple[str, str]]:
    names = ("tokens", "app_token", "channels")
    return {name: (finding.said.key, finding.state) for name, (finding, *_) in installation.find().items() if name in names}


def test_where_all_is_well_each_thing_is_said_to_be(installation: Installation, slack: Workspace) -> None:
    assert told(installation) == {
        "tokens": ("doctor.tokens.fine", "ok"),
        "app_token": ("doctor.app_token.fine", "ok"),
        "channels": ("doctor.channels.fine", "ok"),
    }
    assert set(installation.states("clock").values()) == {"ok"}


def test_a_token_that_slack_refuses_is_told_with_where_the_right_one_is(installation: Installation, slack: Workspace) -> None:
    installation.set(SLACK_BOT_TOKEN="xoxb-local-another", SLACK_APP_TOKEN="xapp-local-another")
    found = installation.find()
    assert [(finding.said.key, finding.cure and finding.cure.key) for name in ("tokens", "app_token") for finding in found[name]] == [
        ("setup.refused", "setup.copy_bot_token"),
        ("setup.refused", "setup.make_app_token"),
    ]


def test_a_channel_that_is_away_is_told(installation: Installation, slack: Workspace) -> None:
    (programme,) = load_folder(installation.folder / "schedules")
    channel = slack.chat.state.channels[programme.digest.channel]
    change_channel(slack.chat, replace(channel, is_archived=True))
    assert told(installation)["channels"] == ("setup.archived_channel", "fault")


def test_missing_scopes_are_told_with_their_cure(installation: Installation) -> None:
    (programme,) = load_folder(installation.folder / "schedules")
    chat = ChatClient(population_for(programme, participants=24), MovableClock(START))
    with serve(chat, small_manifest(SCOPES.replace("users:read.email", "")), tokens=(BOT_TOKEN, APP_TOKEN)) as workspace:
        installation.on_slack()
        installation.set(SLACK_API_URL=f"{workspace.address}api/")
        first, *_ = installation.find()["tokens"]
    assert (first.said.key, first.cure and first.cure.key) == ("setup.scopes", "setup.reinstall")
    assert "users:read.email" in str(first.said)


def test_an_installation_that_may_not_send_files_is_told_so_and_works(installation: Installation) -> None:
    (programme,) = load_folder(installation.folder / "schedules")
    chat = ChatClient(population_for(programme, participants=24), MovableClock(START))
    with serve(chat, small_manifest(SCOPES.replace("files:write", "")), tokens=(BOT_TOKEN, APP_TOKEN)) as workspace:
        installation.on_slack()
        installation.set(SLACK_API_URL=f"{workspace.address}api/")
        (finding,) = installation.find()["tokens"]
    assert (finding.said.key, finding.state, finding.cure and finding.cure.key) == ("doctor.tokens.no_files", "remark", "setup.reinstall")


def test_without_a_network_one_fault_is_told_and_the_rest_is_looked_at(installation: Installation) -> None:
    installation.on_slack()
    assert told(installation) == {"tokens": ("doctor.slack.unreachable", "fault")}


def test_a_slack_that_never_answers_keeps_nobody(installation: Installation) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        installation.on_slack()
        installation.set(SLACK_API_URL=f"http://127.0.0.1:{silent.getsockname()[1]}/api/")
        assert told(installation) == {"tokens": ("doctor.slack.silent", "fault")}


@pytest.mark.parametrize(
    ("ahead", "said", "state"),
    [
        *(
            (0, "fine", "ok"),
            (-2, "fine", "ok"),
            (3, "ahead", "ok"),
            (60, "ahead", "ok"),
            (-60, "behind", "ok"),
            (61, "ahead", "remark"),
            (-600, "behind", "remark"),
        ),
        *((601, "ahead", "fault"), (-86400, "behind", "fault")),
    ],
)
def test_a_clock_is_told_by_how_far_it_is_off(ahead: int, said: str, state: str) -> None:
    finding = clock_finding(ahead)
    assert (finding.said.key, finding.state) == (f"doctor.clock.{said}", state)
    assert said == "fine" or dict(finding.said.values) == {"seconds": abs(ahead)}
