"""How long do people wait who all press at one moment, while each call to Slack takes its time?"""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.bench_slack import engine, web, workspace
from tests.support.figures import figure, percentile

if TYPE_CHECKING:
    from bot.app.engine import Engine
    from tests.benchmarks.bench_slack import WorkspaceProcess

__all__ = ["engine", "web", "workspace"]  # fixtures
LATENCY = 0.15  # seconds a call
PATIENCE = 3.0  # seconds, Slack's


@pytest.mark.timeout(300)
@pytest.mark.parametrize("count", [100, 180])
@pytest.mark.parametrize("button", ["answer", "leave"])
def test_presses_at_one_moment_while_each_call_takes_its_time(engine: Engine, workspace: WorkspaceProcess, button: str, count: int) -> None:
    engine.delivery.deliver()
    took = workspace.told(f"press {button} {count} {LATENCY}")
    assert len(took) == count
    if None in took:
        figure(f"{count} presses of {button}", f"{took.count(None)} unanswered", "none", met=False)
        return
    p50, last = percentile(took, 0.5), max(took)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = f"p50 {1000 * p50:.0f} ms, last {1000 * last:.0f} ms, {peak} MB"
    figure(f"{count} presses of {button} at one moment, {1000 * LATENCY:.0f} ms a call", told, "all within 3 s", met=last < PATIENCE)
