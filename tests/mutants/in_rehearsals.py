"""Bugs by which a rehearsal would act for its visitor, or differ after it has begun anew."""

from __future__ import annotations

from tests.mutants.mutant import planted

CROWD, LOCAL_BOT = "bot/workspace/simulation/simulated_people.py", "bot/app/rehearsal/local_bot.py"
ON_VISITOR = "tests/workspace/simulation/test_visitor.py"
ON_NEW_WORLD = "tests/app/rehearsal/test_new_world.py::test_three_worlds_that_begin_anew_are_told_as_the_first_was_byte_for_byte"
ON_STOPS = "tests/app/rehearsal/test_stops.py"

VISITOR = (
    planted(
        "the crowd acts for whoever has been picked",
        CROWD,
        "            return None if self._visitor.has_been(intent.user) else intent\n",
        "            return intent\n",
        killed_by=f"{ON_VISITOR}::test_nobody_acts_for_a_person_who_has_been_picked_whatever_was_meant_before",
    ),
    planted(
        "the crowd decides in a role that is the visitor's",
        CROWD,
        "user is None or self._visitor.decides",
        "user is None",
        killed_by=f"{ON_VISITOR}::test_where_the_visitor_has_acted_as_an_organiser_no_other_decides_until_the_role_is_handed_back",
    ),
)
NEW_WORLD = (
    planted(
        "the ids of a rehearsal are others each time",
        LOCAL_BOT,
        "random.Random(self._seed) if is_new else random.SystemRandom()",
        "random.SystemRandom()",
        killed_by=ON_NEW_WORLD,
    ),
    planted(
        "a journal that begins anew goes on after what was before",
        "bot/workspace/slack_api/journal.py",
        "                self._file.truncate()\n",
        "                self._file.seek(0, 2)\n",
        killed_by="tests/workspace/slack_api/test_journal.py::test_a_journal_that_begins_anew_holds_nothing_of_before",
    ),
    planted(
        "time stops for the same question in another time zone",
        "bot/app/rehearsal/stops.py",
        "            if not _has_begun(",
        "            if True or not _has_begun(",
        killed_by=f"{ON_STOPS}::test_the_rest_of_what_has_begun_is_no_stop_but_for_the_visitor",
    ),
    planted(
        "time stops no more after the last digest",
        "bot/app/rehearsal/stops.py",
        "            stops += _end_of_season(session, engine, now)\n",
        "",
        killed_by=f"{ON_STOPS}::test_after_the_last_digest_time_goes_on_to_the_report_and_the_thanks",
    ),
)
