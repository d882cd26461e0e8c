"""A bot behind a company's proxy, which has a certificate authority of its own, as `docs/operating.md` says."""

from __future__ import annotations

import json
import signal
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.app.rehearsal.programme_population import population_for
from bot.clock import MovableClock
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from schedules.programme_file import load_file
from tests.support.command_line import finish, programme_folder, run_command, start_python
from tests.support.corporate_proxy import REAL_LOOKING, CorporateProxy
from tests.support.database import KEY
from tests.support.local_slack import START, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = {**REAL_LOOKING, "EFTERTANKE_KEY": KEY}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = programme_folder(tmp_path)
    assert run_command(folder, "migrate", "--new", **SETTINGS).returncode == 0
    return folder


@pytest.fixture
def proxy(folder: Path) -> Iterator[CorporateProxy]:
    population = population_for(load_file(folder / "schedules" / "landsby.yaml"), participants=24)
    with (
        serve(ChatClient(population, MovableClock(START)), manifest()) as workspace,
        closing(CorporateProxy(folder, int(workspace.address.rstrip("/").rpartition(":")[2]))) as proxy,
    ):
        yield proxy


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY"])
def test_with_the_proxys_address_and_authority_the_bot_runs_on_slack(folder: Path, proxy: CorporateProxy, name: str) -> None:
    through = {name: proxy.address, "SSL_CERT_FILE": str(proxy.authority), "NO_PROXY": "slack.com"}
    bot = start_python(folder, "run", **SETTINGS, **through)
    assert bot.stderr is not None
    events = []
    while "the bot runs" not in events:
        events.append(json.loads(bot.stderr.readline())["event"])
    bot.send_signal(signal.SIGTERM)
    assert finish(bot).returncode == 0
    assert set(proxy.asked) == {"slack.com:443", "wss1.slack.com:443"}


def test_without_the_proxys_authority_it_says_that_slack_cannot_be_reached(folder: Path, proxy: CorporateProxy) -> None:
    bot = start_python(folder, "run", **SETTINGS, HTTPS_PROXY=proxy.address)
    assert bot.stderr is not None
    line = json.loads(bot.stderr.readline())
    while "reason" not in line:
        line = json.loads(bot.stderr.readline())
    assert line["event"] == "Slack cannot be reached: the start is tried again"
    assert "SSLCertVerificationError" in line["reason"]
    bot.send_signal(signal.SIGTERM)
    finish(bot)
