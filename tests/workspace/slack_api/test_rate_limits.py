"""The rate limits let through what Slack would, counted on the clock."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import MovableClock
from bot.workspace.slack_api.rate_limits import IN_ALL_CHANNELS, IN_ONE_CHANNEL, RateLimiter
from tests.support.local_slack import START


def test_the_whole_workspace_takes_six_hundred_messages_a_minute() -> None:
    clock = MovableClock(START)
    pace, sent = RateLimiter(clock), 0
    while clock.now() < START + timedelta(minutes=1):
        seconds = pace.wait({"all": IN_ALL_CHANNELS, f"channel {sent}": IN_ONE_CHANNEL})
        sent += not seconds
        clock.move_to(clock.now() + timedelta(seconds=seconds))
    assert 600 <= sent <= 600 + IN_ALL_CHANNELS.burst


def test_a_call_that_must_wait_counts_against_nothing() -> None:
    clock = MovableClock(START)
    pace = RateLimiter(clock)
    limits = {"all": IN_ALL_CHANNELS, "channel": IN_ONE_CHANNEL}
    answers = [pace.wait(limits) for _ in range(IN_ALL_CHANNELS.burst * 2)]
    assert answers == [0] * IN_ONE_CHANNEL.burst + [1] * (len(answers) - IN_ONE_CHANNEL.burst)
    assert pace.wait({"all": IN_ALL_CHANNELS}) == 0


def test_a_clock_that_was_turned_back_makes_nobody_wait_for_weeks() -> None:
    clock = MovableClock(START + timedelta(weeks=16))
    pace = RateLimiter(clock)
    pace.wait({"channel": IN_ONE_CHANNEL})
    clock._now = START
    assert [pace.wait({"channel": IN_ONE_CHANNEL}) for _ in range(IN_ONE_CHANNEL.burst)] == [0] * (IN_ONE_CHANNEL.burst - 1) + [1]


def test_what_is_forgotten_counts_against_nobody() -> None:
    pace = RateLimiter(MovableClock(START))
    answers = [pace.wait({"channel": IN_ONE_CHANNEL}) for _ in range(IN_ONE_CHANNEL.burst + 1)]
    pace.forget()
    assert (answers[-1], pace.wait({"channel": IN_ONE_CHANNEL})) == (1, 0)
