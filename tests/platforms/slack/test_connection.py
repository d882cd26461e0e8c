"""What people do still reaches us, through proxies, breaks and stale connections."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.database.patience import PATIENCE, patience_left
from bot.errors import EftertankeError
from bot.platforms.slack.line import Line, Workers
from bot.platforms.slack.web_api.client import is_on_this_machine, make_client
from bot.programme import Language
from bot.seam.actions import HomeWanted, ReplyFormWanted, TypedDirectly
from bot.seam.answers import PauseForm
from bot.seam.meaning import Plain
from bot.seam.platform import Door
from tests.support.breakable_line import BreakableLine
from tests.support.slack_platform import ANNA, BO, Broken, ScriptedEngine, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.platforms.slack import SlackPlatform
    from bot.seam.actions import Action
    from bot.seam.answers import Answer
    from bot.workspace.client.person import ChatClient
    from bot.workspace.server import Workspace

    Make = Callable[..., SlackPlatform]

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY")
DEAD = "http://127.0.0.1:9"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/api/", "http://localhost/api", "http://[::1]:80/"])
def test_this_machine_is_known(url: str) -> None:
    assert is_on_this_machine(url)


@pytest.mark.parametrize("url", ["https://slack.com/api/", "http://192.0.2.7/", "http://127.0.0.1.example.org/", "nonsense"])
def test_elsewhere_is_not_this_machine(url: str) -> None:
    assert not is_on_this_machine(url)


def test_a_local_workspace_is_reached_past_a_dead_proxy(
    make: Make, engine: ScriptedEngine, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PROXIES:
        monkeypatch.setenv(name, DEAD)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    platform = make()
    platform.start(engine.door)
    platform.send(ANNA, Plain(language=Language.DA, paragraphs=("Hej.",)), "d1")
    wait_until(lambda: workspace.socket_mode.connected == 1)
    assert workspace.chat.open_home(ANNA).ok
    platform.stop()


def test_the_real_slack_keeps_the_environments_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", DEAD)
    assert make_client("xoxb-1", None, timeout=1).proxy == DEAD
    assert make_client("xoxb-1", "http://127.0.0.1:1/api/", timeout=1).proxy is None


def test_no_client_tries_again_by_itself() -> None:
    assert make_client("xoxb-1", None, timeout=1).retry_handlers == []


WORDS = "hemmelige ord"
DAY = date(2018, 9, 4)
HANDSHAKE_REFUSED = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # slack_sdk leaves its socket open
WATCH_EVERY = 0.1  # seconds: all the watchdog's waits are ten times shorter


@pytest.fixture
def line(workspace: Workspace) -> Iterator[BreakableLine]:
    """What lies between the bot and the workspace, and can break."""
    line = BreakableLine(int(workspace.address.rstrip("/").rpartition(":")[2]))
    workspace.address = line.address  # the address of a socket leads through it too
    yield line
    line.close()


@pytest.fixture
def watched(make: Make, engine: ScriptedEngine, workspace: Workspace, line: BreakableLine) -> Iterator[SlackPlatform]:
    """A platform behind the line, whose watchdog looks often."""
    platform = make(watch_every=WATCH_EVERY, api_url=f"{line.address}api/")
    platform.start(engine.door)
    wait_until(lambda: workspace.socket_mode.connected == 1)
    yield platform
    platform.stop()


def line_of(platform: SlackPlatform) -> Line:
    assert platform._connection is not None
    assert platform._connection._line is not None
    return platform._connection._line


def has_another(platform: SlackPlatform, old: Line) -> bool:
    """Whether the platform has a line that is not the old one."""
    return platform._connection is not None and platform._connection._line not in {None, old}


def is_answered(workspace: Workspace) -> bool:
    return workspace.chat.open_home(ANNA).ok


def seconds_until_answered(platform: SlackPlatform, workspace: Workspace, old: Line) -> float:
    begun = time.monotonic()
    wait_until(lambda: has_another(platform, old) and platform.connected())
    wait_until(lambda: is_answered(workspace))
    return time.monotonic() - begun


def close_with_a_frame(workspace: Workspace, _: BreakableLine) -> None:
    for connection in workspace.socket_mode._connections:
        asyncio.run_coroutine_threadsafe(connection.close(), workspace._loop).result()


BREAKS: dict[str, Callable[[Workspace, BreakableLine], object]] = {
    "reset": lambda _, line: line.reset(),
    "hung up without a word": lambda _, line: line.hang_up(),
    "hung up with a close frame": close_with_a_frame,
    "asked to connect anew": lambda workspace, _: workspace.socket_mode.disconnect(),
}


@pytest.mark.parametrize("how", BREAKS)
def test_after_a_break_people_are_heard_again_within_five_looks(
    watched: SlackPlatform, workspace: Workspace, line: BreakableLine, engine: ScriptedEngine, how: str
) -> None:
    old = line_of(watched)
    assert watched.lines_made() == 1
    BREAKS[how](workspace, line)
    assert seconds_until_answered(watched, workspace, old) < 5 * WATCH_EVERY + 0.5  # half a second for a busy machine
    assert watched.lines_made() == 2
    assert set(engine.done) == {HomeWanted(who=ANNA)}


def test_a_far_end_that_fell_silent_is_noticed_though_the_connection_stands(
    watched: SlackPlatform, workspace: Workspace, line: BreakableLine, engine: ScriptedEngine
) -> None:
    old = line_of(watched)
    workspace.socket_mode._ack_within = 0.2  # real seconds; the workspace goes on speaking to the silent one too
    line.freeze()
    assert old.trouble() is None
    begun = time.monotonic()
    wait_until(lambda: has_another(watched, old) and watched.connected())
    assert time.monotonic() - begun < 15 * WATCH_EVERY + 0.5
    wait_until(lambda: is_answered(workspace) or bool(engine.done))  # what was said over the silent one comes again


def test_a_far_end_that_ended_the_connection_is_not_read_in_circles(watched: SlackPlatform, line: BreakableLine) -> None:
    line.refuse()
    line.hang_up()
    wait_until(lambda: not watched.connected())
    begun = time.process_time()
    time.sleep(1)
    assert time.process_time() - begun < 0.5


REFUSALS: dict[str, Callable[[Workspace], object]] = {
    "limit": lambda workspace: workspace.faults.limit("apps.connections.open", retry_after=1),
    "crash": lambda workspace: workspace.faults.crash("apps.connections.open", times=3),
    "lost answer": lambda workspace: workspace.faults.lose("apps.connections.open", times=3),
    "internal error": lambda workspace: workspace.faults.refuse("apps.connections.open", "internal_error", times=3),
    "unknown": lambda workspace: workspace.faults.refuse("apps.connections.open", "new_code", times=3),
}


@pytest.mark.parametrize("how", REFUSALS)
def test_who_may_not_connect_yet_tries_again(watched: SlackPlatform, workspace: Workspace, line: BreakableLine, how: str) -> None:
    old = line_of(watched)
    REFUSALS[how](workspace)
    line.reset()
    wait_until(lambda: not watched.connected())
    assert seconds_until_answered(watched, workspace, old) < 3
    assert workspace.faults.take("apps.connections.open") is None


@HANDSHAKE_REFUSED
def test_an_address_that_does_not_answer_is_not_tried_twice(
    watched: SlackPlatform, workspace: Workspace, line: BreakableLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, good = line_of(watched), workspace.socket_mode.ticket
    tickets = iter(["stale", "stale", good()])
    monkeypatch.setattr(workspace.socket_mode, "ticket", lambda: next(tickets))
    line.reset()
    assert seconds_until_answered(watched, workspace, old) < 3


def test_while_slack_asks_for_another_connection_nobody_is_left_unheard(
    watched: SlackPlatform, workspace: Workspace, engine: ScriptedEngine
) -> None:
    old, [connection] = line_of(watched), workspace.socket_mode._connections
    warning = json.dumps({"type": "disconnect", "reason": "warning"})
    asyncio.run_coroutine_threadsafe(connection.send_text(warning), workspace._loop).result()
    while not has_another(watched, old):
        assert is_answered(workspace)
        assert watched.connected()
    assert all(is_answered(workspace) for _ in range(4))  # they go over both in turn
    assert old.trouble() is None
    wait_until(lambda: old.trouble() is not None and workspace.socket_mode.connected == 1)
    assert is_answered(workspace)


def test_a_healthy_connection_is_left_alone(watched: SlackPlatform) -> None:
    line, session = line_of(watched), line_of(watched)._client.current_session
    assert session is not None
    first = session.last_ping_pong_time
    wait_until(lambda: session.last_ping_pong_time not in (None, first))
    assert line_of(watched) is line
    assert watched.connected()


@HANDSHAKE_REFUSED
def test_a_bot_that_starts_while_sockets_cannot_be_opened_is_heard_later(
    make: Make, engine: ScriptedEngine, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = workspace.socket_mode.ticket
    tickets = iter([good(), "stale", "stale"])  # the first is asked for by the check at the start
    monkeypatch.setattr(workspace.socket_mode, "ticket", lambda: next(tickets, None) or good())
    platform = make(watch_every=WATCH_EVERY)
    platform.start(engine.door)
    assert not platform.connected()
    wait_until(platform.connected)
    assert is_answered(workspace)
    platform.stop()


class OddSession:
    """A session of slack_sdk's client as none should be."""

    sock = property(lambda _: 1 / 0)

    def is_active(self) -> bool:
        return False


class Mute:
    """A session that has nothing a session has, but for what slack_sdk's own threads cannot do without."""

    def is_active(self) -> bool:
        return False


def make_odd(line: Line, session: object) -> None:
    line._client.current_session = session  # type: ignore[assignment]  # that is the point


@pytest.mark.parametrize("session", [None, OddSession(), Mute()], ids=["none", "raising", "foreign"])
def test_a_line_that_cannot_be_looked_at_is_replaced(watched: SlackPlatform, workspace: Workspace, session: object) -> None:
    old, good = line_of(watched), line_of(watched)._client.current_session
    make_odd(old, session)
    assert not watched.connected()
    wait_until(lambda: has_another(watched, old) and watched.connected())
    assert good is not None
    good.disconnect()  # nobody else can any more
    wait_until(lambda: is_answered(workspace))


UNEXPECTED = (RuntimeError(WORDS), KeyError(WORDS), OSError(WORDS), MemoryError(WORDS), Broken(), TypeError(WORDS))


@pytest.mark.parametrize("error", UNEXPECTED, ids=lambda error: type(error).__name__)
def test_the_watchdog_survives_whatever_a_try_raises(
    watched: SlackPlatform,
    workspace: Workspace,
    line: BreakableLine,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    old, tries = line_of(watched), []

    def fail(*_: object) -> None:
        tries.append(1)
        raise error

    with monkeypatch.context() as patched, caplog.at_level(logging.INFO, "bot.platforms.slack"):
        patched.setattr(Line, "connect", fail)
        line.reset()
        wait_until(lambda: len(tries) > 2)
        assert not watched.connected()
        patched.undo()
        wait_until(lambda: has_another(watched, old) and watched.connected())
    assert is_answered(workspace)
    assert WORDS not in str([vars(record) for record in caplog.records])
    told = [record for record in caplog.records if record.name.startswith("bot.platforms.slack")]
    levels = [record.levelname for record in told]
    assert levels == ["WARNING", "WARNING" if isinstance(error, EftertankeError) else "ERROR", "INFO"]  # the cause once, however many tries
    assert told[-1].getMessage() == "reconnected to Slack"


def test_a_line_that_breaks_again_and_again_is_told_of_once(
    watched: SlackPlatform, line: BreakableLine, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "bot.platforms.slack"):
        for _ in range(3):
            old = line_of(watched)
            line.reset()
            wait_until(lambda: has_another(watched, old) and watched.connected())  # noqa: B023 - it waits here
    assert len([record for record in caplog.records if "slack.connection" in record.name]) == 1


def test_who_stops_leaves_no_connection_behind(watched: SlackPlatform, workspace: Workspace, line: BreakableLine) -> None:
    for _ in range(3):
        old = line_of(watched)
        line.reset()
        wait_until(lambda: has_another(watched, old))  # noqa: B023 - it waits here
    watched.stop()
    wait_until(lambda: workspace.socket_mode.connected == 0)
    wait_until(lambda: not [thread for thread in threading.enumerate() if "slack" in thread.name])


def test_an_event_that_could_not_be_kept_comes_again(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, workspace: Workspace
) -> None:
    engine.answers[TypedDirectly] = Broken(WORDS)
    workspace.socket_mode._ack_within = 0.2  # real seconds
    assert not chat.say(ANNA, WORDS).ok
    del engine.answers[TypedDirectly]
    wait_until(lambda: len(engine.done) > 1)
    assert len({action for action in engine.done if isinstance(action, TypedDirectly)}) == 1
    assert slack.connected()


def test_an_event_that_comes_twice_has_one_id(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, workspace: Workspace) -> None:
    workspace.faults.duplicate()
    assert chat.say(ANNA, "hej").ok
    wait_until(lambda: len(engine.done) == 2)
    assert engine.done[0] == engine.done[1]
    assert slack.connected()


def test_payloads_nobody_asked_for_are_acknowledged(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    shortcut = {
        "type": "shortcut",
        "callback_id": "x",
        "trigger_id": "1",
        "user": {"id": ANNA},
        "team": {"id": "T0LOCAL"},
        "api_app_id": "A0",
    }
    assert chat.forge("interactive", shortcut).ok
    assert chat.forge("events_api", {"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_mention", "user": BO}}).ok
    assert engine.done == []
    assert slack.connected()


def test_two_hundred_answers_at_one_moment_are_all_acknowledged(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    acks = []
    people = [threading.Thread(target=lambda: acks.append(chat.command(ANNA, "/eftertanke", "")), daemon=True) for _ in range(200)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert all(ack.ok for ack in acks)
    assert len(engine.done) == 200
    assert slack.connected()


def test_sixty_presses_at_one_moment_do_not_wait_for_each_others_calls(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, workspace: Workspace
) -> None:
    engine.answers[ReplyFormWanted] = PauseForm(language=Language.DA, earliest=DAY, latest=DAY, proposed=DAY)
    workspace.faults.slow("views.open", seconds=1, times=60)
    workspace.socket_mode._ack_within = 60  # however busy the machine is
    acks = []
    people = [threading.Thread(target=lambda: acks.append(chat.command(ANNA, "/eftertanke", "svar")), daemon=True) for _ in range(60)]
    for person in people:
        person.start()
    wait_until(lambda: not workspace.faults._waiting["views.open"], within=60)
    assert len(acks) < 40, "ten at a time, fifty would have been answered before the last call came"
    for person in people:
        person.join()
    assert len(acks) == 60
    assert all(ack.ok for ack in acks)
    assert slack.connected()


def test_what_somebody_did_just_before_the_end_is_acknowledged(make: Make, engine: ScriptedEngine, workspace: Workspace) -> None:
    acks: list[bool] = []
    platform, has_come = make(), threading.Event()

    def answer_slowly(action: Action) -> Answer:
        has_come.set()
        time.sleep(0.5)
        return engine.act(action)

    platform.start(Door(act=answer_slowly, read=answer_slowly))
    asking = threading.Thread(target=lambda: acks.append(workspace.chat.command(ANNA, "/eftertanke").ok))
    asking.start()
    assert has_come.wait(5)
    platform.stop()
    asking.join()
    assert acks == [True]


def test_who_waits_until_a_thread_is_free_has_waited_for_the_database_since_they_came():
    may_go, looked = threading.Event(), list[tuple[float, float]]()
    with Workers(1) as workers:
        workers.submit(may_go.wait)
        workers.submit(lambda: looked.append((patience_left(60), time.monotonic())))
        came = time.monotonic()
        time.sleep(0.2)
        may_go.set()
    ((left, at),) = looked
    assert 0 < left <= PATIENCE - (at - came)
