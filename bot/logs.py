"""How does the bot tell what it did, without telling on anyone?

structlog, to stderr: readable on a terminal, JSON lines elsewhere. Libraries log through the same door, but none of their words: they
print payloads, headers and bodies, and those hold what people wrote, and tokens. Of a library's warning the log keeps where it came from
and the kinds of the errors it speaks of. Of an error it keeps the kind and the places; its message only where we know who wrote it.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TextIO

import structlog
from sqlalchemy.exc import DBAPIError

from bot.errors import EftertankeError
from bot.settings import LogFormat, LogLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from structlog.typing import EventDict, Processor

OWN_PACKAGES = ("bot", "handlers", "schedules")


def set_up(level: LogLevel, form: LogFormat, stream: TextIO | None = None) -> None:
    """Send every log line, ours and the libraries', to `stream` (stderr) in the given form. May be called again."""
    stream = stream or sys.stderr
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_common_processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(stream)
    handler.addFilter(_keep_only_the_place)
    handler.setFormatter(_formatter(readable=_readable(form, stream)))
    logging.basicConfig(level=level.value, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)


def _readable(form: LogFormat, stream: TextIO) -> bool:
    return form is LogFormat.TEXT or (form is LogFormat.AUTO and stream.isatty())


def _common_processors() -> list[Processor]:
    return [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _replace_error_by_places,
    ]


def _formatter(*, readable: bool) -> logging.Formatter:
    renderer: Processor = structlog.dev.ConsoleRenderer(colors=False) if readable else structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_common_processors(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )


def _keep_only_the_place(record: logging.LogRecord) -> bool:
    if record.name.split(".")[0] in OWN_PACKAGES:
        return True
    if record.levelno < logging.WARNING:
        return False
    kinds = [type(value).__name__ for value in (record.msg, *_values(record)) if isinstance(value, BaseException)]
    record.msg, record.args = " ".join([f"{record.module}.{record.funcName}:{record.lineno}", *kinds]), None
    record.stack_info = None
    return True


def _values(record: logging.LogRecord) -> Iterable[object]:
    return record.args.values() if isinstance(record.args, Mapping) else record.args or ()


def _replace_error_by_places(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Put in place of an error its chain of kinds and places."""
    error = _error_in(event.pop("exc_info", None))
    if error is not None:
        event["exception"] = "\n".join(_chain_of_errors(error))
    return event


def _error_in(exc_info: Any) -> BaseException | None:
    """`exc_info` may be an error, the triple `sys.exc_info()` gives, or a mere yes."""
    if isinstance(exc_info, tuple):
        exc_info = exc_info[1]
    if isinstance(exc_info, BaseException):
        return exc_info
    return sys.exc_info()[1] if exc_info else None


def _chain_of_errors(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _chain_of_errors(cause)
        yield "and then:"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    yield f"{type(error).__name__}: {error}" if _has_safe_text(error) else type(error).__name__


def _has_safe_text(error: BaseException) -> bool:
    """Whether its message is ours, the system's, or a statement without its values. A library's own kind of OSError says what it likes."""
    is_of_the_system = isinstance(error, OSError) and error.errno is not None and type(error).__module__ == "builtins"
    return is_of_the_system or isinstance(error, EftertankeError | DBAPIError)
