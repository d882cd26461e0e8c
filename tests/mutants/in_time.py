"""Which bugs would let one wrong clock undo something?"""

from __future__ import annotations

from tests.mutants.mutant import planted

CLOCK, ON_CLOCK = "bot/confirmed_clock.py", "tests/test_confirmed_clock.py"

IN_TIME = (
    planted(
        "a jump is believed as soon as it is seen",
        CLOCK,
        "return machine if self._doubted is None and _agree(machine, expected) else expected",
        "return machine",
        killed_by=f"{ON_CLOCK}::test_a_clock_that_jumps_is_not_followed_while_time_goes_on",
    ),
    planted(
        "a jump is believed on the first word of the platform",
        CLOCK,
        "return goes_on or seconds - self._agreed_since >= STANDS_FOR",
        "return True",
        killed_by=f"{ON_CLOCK}::test_a_jump_is_believed_once_the_platform_has_said_the_same_for_a_minute",
    ),
    planted(
        "a start believes the machine alone",
        CLOCK,
        "if witness is None or _agree(machine, witness):",
        "if True:",
        killed_by=f"{ON_CLOCK}::test_at_a_start_the_moment_is_what_two_of_machine_platform_and_database_say",
    ),
    planted(
        "many small steps of the clock are followed for ever",
        CLOCK,
        "        else:\n            self._keep(expected, seconds)\n",
        "        else:\n            self._keep(machine, seconds)\n",
        killed_by=f"{ON_CLOCK}::test_many_small_steps_are_a_jump_too",
    ),
    planted(
        "a machine that wakes up says at once what it was about to say days ago",
        "bot/sending/delivery.py",
        "        return doubt is None or not doubt.is_open\n",
        "        return True\n",
        killed_by="tests/sending/test_delivery.py::test_who_was_asleep_says_nothing_that_has_expired_meanwhile",
    ),
)
