"""The beginning that plays share, and wrong sortings to be planted: `--wrong no_permission=OutOfService`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import errors
from bot.platforms.slack.web_api import errors as web_api_errors
from tests.support.weather import make_beginning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slack_sdk.errors import SlackApiError

NEEDS_A_WHILE = (errors.Later, errors.OutOfService)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--wrong", action="append", default=[], help="sort a code wrongly, as CODE=CLASS: some play must notice")


@pytest.fixture(scope="session", autouse=True)
def _wrong_sortings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Sort codes wrongly, if it is asked for."""
    wrong = dict(sorting.split("=") for sorting in request.config.getoption("--wrong"))
    rightly = web_api_errors.error_of_answer

    def wrongly(doing: str, error: SlackApiError) -> errors.EftertankeError:
        kind = getattr(errors, wrong.get(web_api_errors.error_code(error), ""), None)
        if kind is None:
            return rightly(doing, error)
        return kind(doing, after=300.0) if kind in NEEDS_A_WHILE else kind(doing)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web_api_errors, "error_of_answer", wrongly)
        yield


@pytest.fixture(scope="session")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world just before the first welcome."""
    return make_beginning(tmp_path_factory.mktemp("beginning"))
