"""The log as it is written, with everything that is asked for, and afterwards as it was."""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from bot.logs import set_up
from bot.settings import LogFormat, LogLevel

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def log_stream() -> Iterator[io.StringIO]:
    """What is logged meanwhile, a JSON object a line."""
    root, before = logging.getLogger(), (logging.getLogger().handlers[:], logging.getLogger().level)
    stream = io.StringIO()
    set_up(LogLevel.DEBUG, LogFormat.JSON, stream)
    try:
        yield stream
    finally:
        root.handlers[:], root.level = before
        logging.captureWarnings(capture=False)
        structlog.reset_defaults()
