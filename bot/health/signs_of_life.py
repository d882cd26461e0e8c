"""The signs of life of one process: when its beat and its delivery last took a step.

A step is a small piece of work, so that a beat that takes long still shows that it lives, and one that hangs does not.
"""

from __future__ import annotations

import time
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

ALIVE_WITHIN: Final = 300.0  # seconds; the longest step is one attempt to read the lists, which ends after a minute


class Sign(StrEnum):
    """What has to go on for the bot to live."""

    BEAT = "beat"
    DELIVERY = "delivery"


class SignsOfLife:
    """The moment of the last step of each kind, in seconds that only go forward. Thread safe: a step is noted in one assignment.

    What has not begun yet counts from when this was made.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._last = dict.fromkeys(Sign, monotonic())

    def note(self, sign: Sign) -> None:
        """Note that a step was taken."""
        self._last[sign] = self._monotonic()

    def age(self, sign: Sign) -> float:
        """The seconds since the last step."""
        return max(0.0, self._monotonic() - self._last[sign])

    def seconds_left(self, within: float = ALIVE_WITHIN) -> float:
        """How long the bot still counts as alive without another step; zero or less: it does not."""
        return within - max(map(self.age, Sign))
