"""Does the log say what happened, and never what somebody wrote?"""

from __future__ import annotations

import io
import json
import logging
import warnings
from typing import TYPE_CHECKING

import pytest
import structlog
from sqlalchemy.exc import IntegrityError

from bot.errors import Unreachable
from bot.logs import set_up
from bot.models import LoadedProgramme
from bot.settings import LogFormat, LogLevel

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database

WORDS = "mit hemmelige svar"


@pytest.fixture
def stream():
    root, before = logging.getLogger(), (logging.getLogger().handlers[:], logging.getLogger().level)
    stream = io.StringIO()
    set_up(LogLevel.DEBUG, LogFormat.JSON, stream)
    yield stream
    root.handlers[:], root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def _lines(stream: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_of_ours_is_one_json_object_with_its_facts(stream: io.StringIO):
    structlog.get_logger("bot.sending").info("sent", kind="question", count=3)
    [line] = _lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "sent", "kind": "question", "count": 3, "level": "info", "logger": "bot.sending"}


def test_the_log_is_readable_text_where_it_is_asked_for(stream: io.StringIO):
    set_up(LogLevel.INFO, LogFormat.TEXT, stream)
    structlog.get_logger("bot.sending").info("sent", kind="question")
    assert "sent" in stream.getvalue()
    assert "kind=question" in stream.getvalue()
    assert "{" not in stream.getvalue()


def test_automatic_form_is_json_where_nobody_reads_along(stream: io.StringIO):
    set_up(LogLevel.INFO, LogFormat.AUTO, stream)
    structlog.get_logger("bot").info("ready")
    assert _lines(stream)[0]["event"] == "ready"


def test_lines_under_the_level_are_not_written(stream: io.StringIO):
    set_up(LogLevel.WARNING, LogFormat.JSON, stream)
    structlog.get_logger("bot").info("ready")
    logging.getLogger("bot.plain").info("ready")
    assert not stream.getvalue()


@pytest.mark.parametrize("name", ["slack_sdk.web.base_client", "slack_bolt.App", "uvicorn.access", "apscheduler.scheduler", "urllib3"])
def test_a_librarys_payload_is_not_written_even_when_everything_is_asked_for(stream: io.StringIO, name: str):
    logging.getLogger(name).debug("Received: %s", WORDS)
    logging.getLogger(name).info("Received: %s", WORDS)
    assert not stream.getvalue()


@pytest.mark.parametrize(
    "said", [f"Failed to decode: {WORDS}", f"Failed to decode ({WORDS})", f'Failed to decode "{WORDS}"', f"Failed to decode\n{WORDS}"]
)
def test_a_librarys_warning_is_cut_where_a_value_may_begin(stream: io.StringIO, said: str):
    logging.getLogger("slack_sdk.web.base_client").warning(said)
    assert [line["event"] for line in _lines(stream)] == ["Failed to decode"]


def _refuse():
    raise Unreachable("channel_not_found")


def test_an_error_of_ours_is_told_with_its_text_and_places(stream: io.StringIO):
    try:
        _refuse()
    except Unreachable:
        structlog.get_logger("bot").exception("not sent")
    told = _lines(stream)[0]["exception"]
    assert told.endswith("Unreachable: channel_not_found")
    assert "test_logs.py" in told


def test_an_error_of_others_is_told_by_kind_and_place_alone(stream: io.StringIO):
    try:
        try:
            int(WORDS)
        except ValueError as error:
            raise RuntimeError(WORDS) from error
    except RuntimeError:
        structlog.get_logger("bot").exception("not sent")
        logging.getLogger("slack_bolt.App").exception("Failed to run listener: x")
    for line in _lines(stream):
        assert WORDS not in json.dumps(line)
        assert "ValueError\nand then:\n" in line["exception"]
        assert line["exception"].endswith("RuntimeError")


def test_an_error_of_the_database_is_told_without_the_values(stream: io.StringIO, database: Database, now):
    try:
        for _ in range(2):
            with database.work() as session:
                session.add(LoadedProgramme(id=WORDS, loaded_at=now, checksum=WORDS))
    except IntegrityError:
        structlog.get_logger("bot").exception("not stored")
    assert "UNIQUE constraint failed: programmes.id" in stream.getvalue()
    assert WORDS not in stream.getvalue()


def test_a_warning_of_python_goes_through_the_same_door(stream: io.StringIO):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(WORDS, stacklevel=1)
    assert WORDS not in stream.getvalue()
    assert _lines(stream)[0]["logger"] == "py.warnings"
