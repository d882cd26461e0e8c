"""Reads word lists and sentences where processes are forked from, so that each begins at once."""

from __future__ import annotations

from bot.app.engine import _read_ahead
from tests.chaos import worker

_read_ahead()
WORK = worker.work
