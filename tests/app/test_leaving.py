"""What is said at the end is said once, and is so."""

from __future__ import annotations

import signal

import pytest
from structlog.testing import capture_logs

from bot.app import leaving
from bot.app.leaving import UNFINISHED, Leaving


@pytest.mark.parametrize(("has_ended", "said"), [(True, ["the bot has stopped"]), (False, [UNFINISHED])])
def test_whoever_ends_the_process_says_that_something_hangs_only_where_it_does(
    monkeypatch: pytest.MonkeyPatch, said: list[str], *, has_ended: bool
) -> None:
    monkeypatch.setattr(leaving, "END_WITHIN", 0.0)
    monkeypatch.setattr(leaving.os, "_exit", lambda code: pytest.exit(f"ended with {code}") if code else None)
    bot = Leaving()
    with capture_logs() as lines, bot._signals, bot._wakeup:
        if has_ended:
            bot.end()
        bot._wakeup.send(bytes([signal.SIGTERM]))
        bot._obey()
    assert [line["event"] for line in lines] == said
