"""Whether the bot runs is told without disturbing it, and what its health page says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from bot.app.doctor import safety
from bot.app.sole_use import is_in_use, keep_bots_out
from bot.health.page import HealthPage
from bot.health.signs_of_life import SignsOfLife

if TYPE_CHECKING:
    from tests.app.doctor.installation_of_test import Installation

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file locked")


def test_without_a_bot_that_is_told_and_is_worth_a_look_on_slack(installation: Installation) -> None:
    assert installation.states("running") == {"running.no": "ok"}
    installation.on_slack()
    assert installation.states("running") == {"running.no": "remark"}


def test_whoever_only_asks_keeps_nobody_out(installation: Installation) -> None:
    file = installation.on_slack()
    lock = file.with_name(f"{file.name}.in-use")
    lock.touch()
    assert is_in_use(file) is False
    with keep_bots_out(file, then="restore"):  # its own lock is nobody else's
        assert is_in_use(file) is False


def test_what_the_health_page_says_is_told(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    installation.on_slack()
    monkeypatch.setattr(safety, "is_in_use", lambda _file: True)
    page = HealthPage(lambda: None, SignsOfLife())
    address = page.open("127.0.0.1", 0)
    installation.set(HEALTH_PORT=address.rstrip("/").rpartition(":")[2])
    (finding,) = installation.find()["health"]
    assert (finding.said.key, finding.state, dict(finding.said.values)["what"]) == ("doctor.health.wrong", "fault", ("started",))
    page.close()
    assert installation.states("health") == {"health.silent": "fault"}
