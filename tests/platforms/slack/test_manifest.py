"""Slack takes the manifest, and it asks for what is used and no more."""

from __future__ import annotations

import json
import re

import pytest

from bot.commands.manifest import manifest as command
from bot.platforms.slack.manifest import COMMAND, OPTIONAL, SCOPES, manifest, may_send_files, missing_scopes
from bot.workspace.slack_api.scopes import Rights


def test_the_command_prints_the_manifest_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    command()
    assert json.loads(capsys.readouterr().out) == manifest()


def test_it_keeps_slacks_lengths() -> None:
    made = manifest()
    shown, (slash,) = made["display_information"], made["features"]["slash_commands"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert re.fullmatch(r"#[0-9a-f]{6}", shown["background_color"])
    assert len(slash["command"]) <= 32
    assert len(slash["description"]) <= 2000
    assert len(slash["usage_hint"]) <= 1000
    assert len(made["features"]["bot_user"]["display_name"]) <= 80


def test_people_can_write_to_the_bot_and_see_its_page() -> None:
    rights = Rights.of(manifest())
    assert rights.home_tab
    assert rights.messages_tab
    assert rights.interactive
    assert rights.socket_mode
    assert rights.commands == {COMMAND}


@pytest.mark.parametrize("event", manifest()["settings"]["event_subscriptions"]["bot_events"])
def test_every_event_it_subscribes_to_is_covered_by_a_scope(event: str) -> None:
    assert Rights.of(manifest()).hears(event)


def test_each_scope_says_what_it_is_for() -> None:
    assert set(manifest()["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert all(SCOPES.values())


def test_no_scope_reads_what_people_write_to_each_other() -> None:
    assert not {scope for scope in SCOPES if scope.startswith(("mpim", "search", "files:read"))}
    assert not {"message.channels", "message.groups", "message.mpim"} & Rights.of(manifest()).events


def test_missing_scopes_are_told_in_order() -> None:
    granted = ",".join(sorted(SCOPES.keys() - {"users:read", "chat:write"}))
    assert missing_scopes(granted) == ["chat:write", "users:read"]
    assert missing_scopes(",".join(SCOPES)) == []
    assert missing_scopes("") == sorted(SCOPES.keys() - {OPTIONAL})


def test_an_installation_from_before_files_lacks_nothing_that_it_needs() -> None:
    from_before = ",".join(SCOPES.keys() - {"files:write"})
    assert missing_scopes(from_before) == []
    assert not may_send_files(from_before)
    assert may_send_files(",".join(SCOPES))
