"""Each kind of step keeps the bot alive for itself alone."""

from __future__ import annotations

from bot.health.signs_of_life import ALIVE_WITHIN, Sign, SignsOfLife


class Seconds:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


def test_the_bot_lives_as_long_as_both_beat_and_delivery_take_steps():
    seconds = Seconds()
    signs = SignsOfLife(seconds)
    assert signs.seconds_left() == ALIVE_WITHIN
    seconds.passed += ALIVE_WITHIN - 1
    signs.note(Sign.BEAT)
    assert (signs.age(Sign.BEAT), signs.seconds_left()) == (0, 1)
    signs.note(Sign.DELIVERY)
    assert signs.seconds_left() == ALIVE_WITHIN
    seconds.passed += ALIVE_WITHIN
    signs.note(Sign.DELIVERY)
    assert signs.seconds_left() == 0
