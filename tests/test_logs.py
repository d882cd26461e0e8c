"""The log says what happened, and never what somebody wrote."""

from __future__ import annotations

import json
import logging
import re
import warnings
from typing import TYPE_CHECKING

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.errors import Unreachable
from bot.logs import set_up
from bot.models import LoadedProgramme
from bot.settings import LogFormat, LogLevel
from tests.support.database import unit_of_work
from tests.support.log_stream import log_stream

if TYPE_CHECKING:
    import io

    from bot.database.unit_of_work import Database

WORDS = "mit hemmelige svar"


@pytest.fixture
def stream():
    with log_stream() as stream:
        yield stream


def _lines(stream: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_of_ours_is_one_json_object_with_its_facts(stream: io.StringIO):
    structlog.get_logger("bot.sending").info("sent", kind="question", count=3)
    [line] = _lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "sent", "kind": "question", "count": 3, "level": "info", "logger": "bot.sending"}


def test_a_line_of_a_plain_logger_has_its_fields_too_and_only_those_of_the_vocabulary(stream: io.StringIO):
    logging.getLogger("bot.plain").info("a port is busy", extra={"address": "127.0.0.1:8080", "body": WORDS})
    [line] = _lines(stream)
    assert line.keys() == {"event", "level", "logger", "timestamp", "address"}


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


@pytest.mark.parametrize("name", ["slack_sdk.web.base_client", "slack_bolt.App", "uvicorn.access", "apscheduler.executors", "urllib3"])
def test_a_librarys_payload_is_not_written_even_when_everything_is_asked_for(stream: io.StringIO, name: str):
    logging.getLogger(name).debug("Received: %s", WORDS)
    logging.getLogger(name).info("Received: %s", WORDS)
    assert not stream.getvalue()


@pytest.mark.parametrize("level", [logging.WARNING, logging.ERROR, logging.CRITICAL])
@pytest.mark.parametrize("name", ["slack_bolt.App", "websockets.server", "apscheduler.executors", "urllib3.connectionpool", WORDS])
@pytest.mark.parametrize(
    ("said", "args"),
    [
        (f"Bearer xoxb-1 {WORDS}", ()),
        ("Failed %s", (WORDS,)),
        ("%(what)s", ({"what": WORDS},)),
        (RuntimeError(WORDS), ()),
        (f"100 % {WORDS}", (1,)),
    ],
)
def test_of_a_librarys_warning_the_place_is_kept_and_no_word(
    stream: io.StringIO, level: int, name: str, said: object, args: tuple[object, ...]
):
    logging.getLogger(name).log(level, said, *args, stack_info=True, extra={"body": WORDS, "reason": WORDS, "place": WORDS})
    [line] = _lines(stream)
    assert WORDS not in line["event"] + line.get("stack", "")
    assert line.keys() - {"error"} == {"event", "level", "logger", "timestamp", "place"}
    assert WORDS not in line["place"] + line.get("error", "")
    assert line["place"].startswith("test_logs.test_of_a_librarys_warning_the_place_is_kept_and_no_word:")


def test_of_the_errors_a_library_speaks_of_the_kinds_are_kept(stream: io.StringIO):
    logging.getLogger("slack_bolt.App").error("Failed with %s after %s: %s", ValueError(WORDS), 3, TimeoutError(WORDS))
    assert _lines(stream)[0]["error"] == "ValueError TimeoutError"
    assert WORDS not in stream.getvalue()


class HttpError(OSError):
    """A library's own kind of the system's error."""


@pytest.mark.parametrize("error", [HttpError(WORDS), HttpError(5, WORDS), OSError(WORDS), TimeoutError(WORDS)], ids=repr)
def test_an_error_that_only_looks_like_the_systems_is_told_by_kind_and_place(stream: io.StringIO, error: OSError):
    structlog.get_logger("bot").error("not sent", exc_info=error)
    assert WORDS not in stream.getvalue()


def test_an_error_of_the_system_is_told_with_its_text(stream: io.StringIO):
    try:
        open("/nowhere/at/all")  # noqa: PTH123, SIM115 - it is not there
    except OSError:
        structlog.get_logger("bot").exception("not read")
    assert _lines(stream)[0]["exception"].endswith("No such file or directory: '/nowhere/at/all'")


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
            with unit_of_work(database) as session:
                session.add(LoadedProgramme(id=WORDS, loaded_at=now, checksum=WORDS))
    except IntegrityError:
        structlog.get_logger("bot").exception("not stored")
    (line,) = _lines(stream)
    assert re.search('UNIQUE constraint failed: programmes.id|unique constraint "pk_programmes"', line["exception"])
    assert "[SQL: INSERT INTO programmes " in line["exception"]
    assert WORDS not in stream.getvalue()


@pytest.mark.postgres
def test_a_server_that_repeats_a_value_is_not_repeated(stream: io.StringIO, database: Database):
    for question in ("SELECT CAST(:words AS integer)", "SELECT CAST(:words AS varchar) FROM programmes WHERE id = 1"):
        with pytest.raises(DBAPIError) as caught, database.look() as session:
            session.execute(text(question), {"words": WORDS})
        structlog.get_logger("bot").error("not read", exc_info=caught.value)
    with pytest.raises(DBAPIError) as caught, unit_of_work(database) as session:
        session.execute(text("INSERT INTO programmes (id) VALUES (:words)"), {"words": WORDS})
    structlog.get_logger("bot").error("not stored", exc_info=caught.value)
    assert [kind for line in _lines(stream) for kind in re.findall(r"psycopg\.errors\.(\w+)\)", line["exception"])] == [
        "InvalidTextRepresentation",
        "UndefinedFunction",
        "NotNullViolation",
    ]
    assert WORDS not in stream.getvalue()


def test_a_warning_of_python_goes_through_the_same_door(stream: io.StringIO):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(WORDS, stacklevel=1)
    assert WORDS not in stream.getvalue()
    assert _lines(stream)[0]["logger"] == "py.warnings"
