"""Does a start name what is missing, and the cure?"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest

from bot.errors import MissingScope, SetupFault
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack.manifest import SCOPES, manifest
from bot.workspace.client.person import ChatClient
from tests.support.local_slack import serve
from tests.support.slack_platform import ARCHIVED, DIGEST, ELSEWHERE, POPULATION, ScriptedEngine, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import MovableClock
    from bot.workspace.server import Workspace

    Make = Callable[..., SlackPlatform]


def test_a_missing_scope_is_named_with_the_cure(clock: MovableClock, engine: ScriptedEngine) -> None:
    poor = copy.deepcopy(manifest())
    poor["oauth_config"]["scopes"]["bot"] = sorted(SCOPES.keys() - {"im:history", "usergroups:read"})
    with serve(ChatClient(POPULATION, clock), poor) as workspace:
        platform = SlackPlatform(bot_token="xoxb-local-1", app_token="xapp-local-1", api_url=f"{workspace.address}api/")
        with pytest.raises(MissingScope, match=r"lacks: im:history, usergroups:read\. .*-m bot manifest"):
            platform.start(engine.door)
    assert not platform.connected()


def test_a_refused_bot_token_is_named_and_not_printed(make: Make, engine: ScriptedEngine) -> None:
    with pytest.raises(SetupFault, match=r"invalid_auth.*SLACK_BOT_TOKEN") as caught:
        make(bot_token="xoxb-0-secret").start(engine.door)
    assert "secret" not in str(caught.value)


def test_a_refused_app_token_is_named(make: Make, engine: ScriptedEngine) -> None:
    with pytest.raises(SetupFault, match=r"apps\.connections\.open: invalid_auth.*connections:write.*SLACK_APP_TOKEN"):
        make(app_token="xapp-0").start(engine.door)


def test_all_channels_that_are_not_right_are_named(make: Make, engine: ScriptedEngine) -> None:
    with pytest.raises(SetupFault) as caught:
        make(channels=(DIGEST, "C0NONE", ARCHIVED, ELSEWHERE)).start(engine.door)
    assert str(caught.value).splitlines() == [
        "The channel C0NONE is not there for the bot. Check its id; if it is private, invite the bot: /invite @Eftertanke.",
        f"The channel {ARCHIVED} is archived. Unarchive it, or name another in the programme.",
        f"The bot is not in the channel {ELSEWHERE}. Invite it there: /invite @Eftertanke.",
    ]


def test_a_server_that_does_not_answer_is_told_from_a_token_that_is_wrong(engine: ScriptedEngine, free_port: int) -> None:
    platform = SlackPlatform(bot_token="xoxb-local-1", app_token="xapp-local-1", api_url=f"http://127.0.0.1:{free_port}/api/")
    with pytest.raises(SetupFault, match=r"cannot be reached.*Check the network"):
        platform.start(engine.door)


def test_slacks_environment_variables_do_not_make_another_app_of_it(
    make: Make, engine: ScriptedEngine, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "xoxb-another")
    platform = make()
    platform.start(engine.door)
    wait_until(lambda: workspace.socket_mode.connected == 1)
    assert workspace.chat.open_home("U0ANNA").ok
    assert len(engine.done) == 1
    platform.stop()


def test_a_good_start_connects_and_a_stop_hangs_up(slack: SlackPlatform, workspace: Workspace) -> None:
    assert slack.connected()
    slack.stop()
    assert not slack.connected()
    assert not workspace.chat.open_home("U0ANNA").ok


def test_stopping_what_never_started_is_fine(make: Make) -> None:
    make().stop()
