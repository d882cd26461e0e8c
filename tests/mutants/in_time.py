"""Bugs by which one wrong clock, or one person's hour, would undo something."""

from __future__ import annotations

from tests.mutants.mutant import planted

CLOCK, ON_CLOCK = "bot/confirmed_clock.py", "tests/test_confirmed_clock.py"
OWN_HOUR, ON_OWN_HOUR = "bot/dialogue/own_hour.py", "tests/dialogue/test_own_hour.py"

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
        "                self._moment, self._seconds = expected, seconds\n",
        "                self._moment, self._seconds = machine, seconds\n",
        killed_by=f"{ON_CLOCK}::test_many_small_steps_are_a_jump_too",
    ),
    planted(
        "a machine that wakes up says at once what it was about to say days ago",
        "bot/sending/delivery.py",
        "        return doubt is None or not doubt.is_open\n",
        "        return True\n",
        killed_by="tests/sending/test_delivery.py::test_who_was_asleep_says_nothing_that_has_expired_meanwhile",
    ),
    planted(
        "who has chosen an hour is asked at it though the week closes within a day",
        OWN_HOUR,
        "own > planned and closes_at - own >= WINDOW",
        "own > planned",
        killed_by=f"{ON_OWN_HOUR}::test_whatever_is_chosen_a_question_comes_on_its_day_with_a_day_to_answer_or_as_planned",
    ),
    planted(
        "an hour that somebody has chosen comes before the programme's",
        OWN_HOUR,
        "own > planned and closes_at - own >= WINDOW",
        "closes_at - own >= WINDOW",
        killed_by=f"{ON_OWN_HOUR}::test_whatever_is_chosen_a_question_comes_on_its_day_with_a_day_to_answer_or_as_planned",
    ),
    planted(
        "one person who is asked at noon lets a round open that is too late for all",
        "bot/dialogue/rounds/opening.py",
        "    too_late = (is_lost_in_pause if was_paused else is_too_late)(now, programme, moments, closes_at)\n",
        "    later = WINDOW / 8 if session.scalar(select(Person.id).where(Person.ask_at.is_not(None)).limit(1)) else WINDOW * 0\n"
        "    due = {zone: at + later for zone, at in moments.items()}\n"
        "    too_late = (is_lost_in_pause if was_paused else is_too_late)(now, programme, due, closes_at)\n",
        killed_by=f"{ON_OWN_HOUR}::test_one_hour_opens_no_round_and_lets_none_open_that_is_too_late",
    ),
    planted(
        "any hour that a button names is kept",
        OWN_HOUR,
        "hour if hour in LATER_HOURS else None",
        "hour",
        killed_by=f"{ON_OWN_HOUR}::test_an_hour_that_nobody_offers_is_the_programmes",
    ),
)
