"""The log: structlog to stderr, without anything that people wrote and without tokens.

It is readable on a terminal, and JSON lines elsewhere. Libraries log to it too, but without their words: they print payloads, headers and
bodies, which hold people's texts and tokens. So of a library's warning only its place and the kinds of its errors are kept. Of an error the
kind and the places are kept, and its message only if we know who wrote it.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TextIO

import structlog
from sqlalchemy.exc import DBAPIError

from bot.errors import EftertankeError
from bot.settings import LogFormat, LogLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from structlog.typing import EventDict, Processor

OWN_PACKAGES = ("bot", "handlers", "schedules")
# Beside event, level, logger, timestamp and exception, what a line may say more; docs/log.md explains each.
OF_FAILURES: Final = frozenset({"count", "error", "fault", "place", "reason", "seconds", "task"})
OF_PLACES: Final = frozenset({"address", "database", "file", "is_new", "lane", "method", "mode", "other_file", "scope"})
OF_DIALOGUE: Final = frozenset({"entry", "listed", "programme", "round", "team", "team_id", "workspace"})
KEYS: Final = OF_FAILURES | OF_PLACES | OF_DIALOGUE
LIBRARY_WARNS: Final = "a library has logged a warning"


def set_up(level: LogLevel, form: LogFormat, stream: TextIO | None = None) -> None:
    """Send every log line, ours and the libraries', to `stream` (stderr if None). May be called again."""
    stream = stream or sys.stderr
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_common_processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(stream)
    handler.addFilter(_keep_only_the_place)
    is_readable = form is LogFormat.TEXT or (form is LogFormat.AUTO and stream.isatty())
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=False) if is_readable else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_common_processors(), structlog.stdlib.ExtraAdder(allow=KEYS)],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler.setFormatter(formatter)
    logging.basicConfig(level=level.value, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)


def _common_processors() -> list[Processor]:
    return [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _replace_error_by_places,
    ]


def _keep_only_the_place(record: logging.LogRecord) -> bool:
    if record.name.split(".")[0] in OWN_PACKAGES:
        return True
    if record.levelno < logging.WARNING:
        return False
    values = record.args.values() if isinstance(record.args, Mapping) else record.args or ()
    kinds = [type(value).__name__ for value in (record.msg, *values) if isinstance(value, BaseException)]
    for key in KEYS & record.__dict__.keys():
        del record.__dict__[key]
    record.msg, record.args, record.stack_info = LIBRARY_WARNS, None, None
    record.place = f"{record.module}.{record.funcName}:{record.lineno}"
    if kinds:
        record.error = " ".join(kinds)
    return True


def _replace_error_by_places(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace an error by its chain of kinds and places."""
    exc_info = event.pop("exc_info", None)  # the error, the triple of `sys.exc_info()`, or just true
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if error and not isinstance(error, BaseException):
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_chain_of_errors(error))
    return event


def _chain_of_errors(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _chain_of_errors(cause)
        yield "and then:"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    # Safe is our text, the system's, or a statement without its values; a library's own kind of OSError may say anything.
    is_of_the_system = isinstance(error, OSError) and error.errno is not None and type(error).__module__ == "builtins"
    is_safe = is_of_the_system or isinstance(error, EftertankeError | DBAPIError)
    yield f"{type(error).__name__}: {error}" if is_safe else type(error).__name__
