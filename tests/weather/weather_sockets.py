"""A whole programme comes through every way in which Socket Mode breaks.

In real seconds, with the intervals that run on Slack.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from bot.workspace.slack_api.injected_faults import FaultKind, InjectedFault
from tests.support.ledger import Ledger, Terms
from tests.support.weather import ANSWERS, END, WeatherWorld, refusal, weather_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BACK_WITHIN = 5.5  # seconds until presses reach us, from when on they can: five, and a little for those who press
AWAY = 3.0  # seconds for which nobody gets through, where that belongs to the break
MOST = 45.0  # seconds after which we stop waiting


def close_frame(world: WeatherWorld) -> None:
    """The far end closes politely, and says nothing of why."""
    socket_mode = world.local_bot.workspace.socket_mode
    assert socket_mode._loop is not None
    for connection in list(socket_mode._connections):
        asyncio.run_coroutine_threadsafe(connection.close(), socket_mode._loop).result()


def reset(world: WeatherWorld) -> None:
    assert world.line is not None
    world.line.hang_up(reset=True)


def hang_up(world: WeatherWorld) -> None:
    assert world.line is not None
    world.line.hang_up(reset=False)


def cut(world: WeatherWorld) -> None:
    """A reset, and nobody gets through for a while."""
    assert world.line is not None
    world.line.refuse()
    reset(world)
    time.sleep(AWAY)
    world.line.accept()


def refused(fault: InjectedFault) -> Callable[[WeatherWorld], None]:
    """A reset, and a new connection is refused for a while."""

    def break_it(world: WeatherWorld) -> None:
        faults = world.local_bot.workspace.faults
        faults._add("apps.connections.open", 1_000, fault)
        reset(world)
        time.sleep(AWAY)
        faults.clear()

    return break_it


BREAKS: dict[str, Callable[[WeatherWorld], None]] = {
    "reset": reset,
    "hung up": hang_up,
    "close frame": close_frame,
    "disconnect": lambda world: world.local_bot.workspace.socket_mode.disconnect(),
    "cut": cut,
    "429": refused(InjectedFault(kind=FaultKind.LIMIT, seconds=1)),
    **{kind.value: refused(InjectedFault(kind=kind)) for kind in (FaultKind.CRASH, FaultKind.LOSE, FaultKind.PAGE, FaultKind.BARE)},
    **{code: refused(refusal(code)) for code in ("invalid_auth", "team_added_to_org", "internal_error", "a_code_of_next_year")},
}


def seconds_away(world: WeatherWorld) -> float:
    """How long no press gets through."""
    begun = time.monotonic()
    while not world.local_bot.chat.open_home(world.leaders[0]).ok and time.monotonic() - begun < MOST:
        time.sleep(0.05)
    return time.monotonic() - begun


@pytest.mark.parametrize("how", BREAKS)
def test_presses_are_back_in_seconds_and_nobody_is_forgotten(beginning: Path, tmp_path: Path, how: str) -> None:
    shutil.copytree(beginning, tmp_path, dirs_exist_ok=True)
    with weather_world(tmp_path, with_line=True) as world:
        world.play(ANSWERS)
        BREAKS[how](world)
        away = seconds_away(world)
        world.play(END)
        assert not (complaints := Ledger(world).complaints(Terms(excuses=False, late=frozenset()))), "; ".join(complaints)
    assert away <= BACK_WITHIN, f"presses were lost for {away:.1f} s"
