"""Bugs that would let the bot fail while whoever keeps it running believes that all is well, or tell them of a person."""

from __future__ import annotations

from tests.mutants.mutant import planted

SIGNS = "bot/health/signs_of_life.py"

LIVES = (
    planted(
        "a delivery that hangs for ever looks alive, as long as the heart beats",
        SIGNS,
        "within - max(map(self.age, Sign))",
        "within - min(map(self.age, Sign))",
        killed_by="tests/health/test_signs_of_life.py::test_the_bot_lives_as_long_as_both_beat_and_delivery_take_steps",
    ),
)
