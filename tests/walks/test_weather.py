"""A small programme comes through one refusal of each scope.

`make weather` plays them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.workspace.slack_api.injected_faults import FaultKind, InjectedFault
from tests.support.ledger import Ledger
from tests.support.weather import CLOSE, POST, QUESTION, WELCOME, Storm, make_beginning, play, refusal
from tests.support.weather_terms import terms

if TYPE_CHECKING:
    from pathlib import Path

AT_EVERY_MOMENT = (WELCOME, QUESTION, CLOSE, POST)
TOO_MANY = InjectedFault(kind=FaultKind.LIMIT, seconds=300)


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_beginning(tmp_path_factory.mktemp("beginning"))


@pytest.mark.parametrize(
    "storm",
    [
        pytest.param(Storm(fault=refusal("account_inactive")), id="about us"),
        pytest.param(Storm(fault=refusal("no_permission"), whom="person"), id="a conversation"),
        pytest.param(Storm(fault=refusal("a_code_of_next_year"), whom="person"), id="unknown"),
        pytest.param(Storm(fault=TOO_MANY, whom="person"), id="429 of one channel"),
        pytest.param(Storm(fault=refusal("internal_error", done=True), length="20 s", moments=AT_EVERY_MOMENT), id="unsure, and done"),
        pytest.param(Storm(fault=refusal("internal_error")), id="unsure, and not done"),
    ],
)
def test_everybody_is_asked_once_or_the_organisers_read_why_not(beginning: Path, tmp_path: Path, storm: Storm) -> None:
    with play(beginning, tmp_path, storm) as world:
        assert Ledger(world).complaints(terms(world, storm)) == []
