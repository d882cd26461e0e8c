"""When is the first question asked in the benchmarks, and when are people welcomed? On the Randers programme's first days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

ASKED_AT = datetime(2018, 8, 21, 7, 30, tzinfo=UTC)
WELCOMED_AT = ASKED_AT - timedelta(days=1, minutes=-1)
