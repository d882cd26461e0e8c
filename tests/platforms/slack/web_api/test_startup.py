"""A start names what is missing, and the cure."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

import pytest

from bot.errors import MissingScope, SetupFault
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack.manifest import SCOPES, manifest
from bot.platforms.slack.web_api.startup import Patience
from bot.workspace.client.person import ChatClient
from tests.support.faults import refuses, told_at_start
from tests.support.local_slack import serve
from tests.support.slack_platform import ARCHIVED, DIGEST, ELSEWHERE, POPULATION, ScriptedEngine, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import MovableClock
    from bot.workspace.server import Workspace

    Make = Callable[..., SlackPlatform]


class Hours:
    """Time that passes only where somebody waits."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.patience = Patience(monotonic=self.now, pause=self.waits.append)

    def now(self) -> float:
        return sum(self.waits)


@pytest.fixture
def hours() -> Hours:
    return Hours()


def test_a_missing_scope_is_named_with_the_cure(clock: MovableClock, engine: ScriptedEngine) -> None:
    poor = copy.deepcopy(manifest())
    poor["oauth_config"]["scopes"]["bot"] = sorted(SCOPES.keys() - {"im:history", "usergroups:read"})
    with serve(ChatClient(POPULATION, clock), poor) as workspace:
        platform = SlackPlatform(bot_token="xoxb-local-1", app_token="xapp-local-1", api_url=f"{workspace.address}api/")
        with refuses(MissingScope, match=r"lacks: im:history and usergroups:read\. .*-m bot manifest"):
            platform.start(engine.door)
    assert not platform.connected()


def test_a_refused_bot_token_is_named_and_not_printed(make: Make, engine: ScriptedEngine) -> None:
    with pytest.raises(SetupFault) as caught:
        make(bot_token="xoxb-0-secret").start(engine.door)
    assert re.search(r"invalid_auth.*SLACK_BOT_TOKEN", told_at_start(caught.value))
    assert "secret" not in f"{caught.value} {told_at_start(caught.value, 'da')}"


def test_a_refused_app_token_is_named(make: Make, engine: ScriptedEngine) -> None:
    with refuses(SetupFault, match=r"apps\.connections\.open: invalid_auth.*connections:write.*SLACK_APP_TOKEN"):
        make(app_token="xapp-0").start(engine.door)


def test_all_channels_that_are_not_right_are_named(make: Make, engine: ScriptedEngine) -> None:
    with pytest.raises(SetupFault) as caught:
        make(channels=(DIGEST, "C0NONE", ARCHIVED, ELSEWHERE)).start(engine.door)
    assert told_at_start(caught.value).splitlines() == [
        "The channel C0NONE is not there for the bot. Check its id; if it is private, invite the bot: /invite @Eftertanke.",
        f"The channel {ARCHIVED} is archived. Unarchive it, or name another in the programme.",
        f"The bot is not in the channel {ELSEWHERE}. Invite it there: /invite @Eftertanke.",
    ]


@pytest.mark.parametrize(
    ("code", "cure"),
    [("account_inactive", "SLACK_BOT_TOKEN"), ("team_is_restricted", "SLACK_BOT_TOKEN"), ("something_new", "SLACK_BOT_TOKEN")],
)
def test_a_definite_refusal_ends_the_start_at_once(
    make: Make, engine: ScriptedEngine, workspace: Workspace, hours: Hours, code: str, cure: str
) -> None:
    workspace.faults.refuse("auth.test", code)
    with refuses(SetupFault, match=rf"Slack refuses the token \(auth\.test: {code}\).*{cure}"):
        make(patience=hours.patience).start(engine.door)
    assert hours.waits == []


def test_a_server_that_does_not_answer_is_told_from_a_token_that_is_wrong(engine: ScriptedEngine, free_port: int, hours: Hours) -> None:
    address = f"http://127.0.0.1:{free_port}/api/"
    platform = SlackPlatform(bot_token="xoxb-local-1", app_token="xapp-local-1", api_url=address, patience=hours.patience)
    with refuses(SetupFault, match=r"cannot be reached.*ConnectionRefusedError.*Check the network"):
        platform.start(engine.door)
    assert sum(hours.waits) == 120


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open", "conversations.info"])
@pytest.mark.parametrize("fault", ["limit", "crash", "lose"])
def test_what_passes_is_waited_for_and_said_once(
    make: Make, engine: ScriptedEngine, workspace: Workspace, hours: Hours, caplog: pytest.LogCaptureFixture, method: str, fault: str
) -> None:
    getattr(workspace.faults, fault)(method, times=3)
    platform = make(channels=(DIGEST,), patience=hours.patience)
    platform.start(engine.door)
    wait_until(lambda: workspace.socket_mode.connected == 1)
    assert len(hours.waits) == 3
    assert caplog.messages.count("Slack cannot be reached: the start is tried again") == 1
    platform.stop()


def test_a_connection_that_does_not_stand_at_once_is_made_by_the_watchdog(
    make: Make, engine: ScriptedEngine, workspace: Workspace, hours: Hours
) -> None:
    platform = make(patience=hours.patience, watch_every=0.05)
    workspace.faults.slow("apps.connections.open", seconds=0)  # the check of the token; the one after it connects
    workspace.faults.crash("apps.connections.open", times=2)
    platform.start(engine.door)
    wait_until(lambda: workspace.socket_mode.connected == 1)
    assert hours.waits == []
    platform.stop()
    wait_until(lambda: workspace.socket_mode.connected == 0)


def test_a_429_is_waited_out_as_long_as_it_says(make: Make, engine: ScriptedEngine, workspace: Workspace, hours: Hours) -> None:
    workspace.faults.limit("auth.test", retry_after=40)
    platform = make(patience=hours.patience)
    platform.start(engine.door)
    assert hours.waits == [40]
    platform.stop()


def test_who_stops_a_start_that_waits_is_obeyed(make: Make, engine: ScriptedEngine, workspace: Workspace, hours: Hours) -> None:
    workspace.faults.crash("auth.test", times=100)
    with refuses(SetupFault, match="Stopped"):
        make(patience=Patience(monotonic=hours.now, pause=lambda _: True)).start(engine.door)


def test_a_home_page_that_is_switched_off_is_named_with_the_cure(clock: MovableClock, engine: ScriptedEngine) -> None:
    without = copy.deepcopy(manifest())
    without["features"]["app_home"]["home_tab_enabled"] = False
    with serve(ChatClient(POPULATION, clock), without) as workspace:
        platform = SlackPlatform(bot_token="xoxb-local-1", app_token="xapp-local-1", api_url=f"{workspace.address}api/")
        with refuses(SetupFault, match=r"home page is switched off.*-m bot manifest"):
            platform.start(engine.door)


@pytest.mark.parametrize("code", ["invalid_arguments", "user_not_found", "ratelimited", "internal_error", "something_new"])
def test_a_look_at_the_home_page_that_tells_nothing_stops_no_start(
    make: Make, engine: ScriptedEngine, workspace: Workspace, hours: Hours, code: str
) -> None:
    workspace.faults.refuse("views.publish", code)
    platform = make(patience=hours.patience)
    platform.start(engine.door)
    platform.stop()
    assert hours.waits == []


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
