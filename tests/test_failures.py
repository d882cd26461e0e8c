"""What fails again and again is told once and then counted, with the time it began."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from structlog.testing import capture_logs

from bot.errors import Unsure
from bot.failures import Failures, OnceAnHour
from tests.support.delivery_world import HandClock, Ticks
from tests.support.world import OPENS

if TYPE_CHECKING:
    from collections.abc import Iterator

A_DAY, BEAT = 86_400, 5
LOCKED = OperationalError("INSERT", None, Exception("database is locked"))


class Tried:
    """Something that is tried every five seconds, and what the log says of it."""

    def __init__(self) -> None:
        self.clock, self.ticks = HandClock(), Ticks()
        self.failures = Failures(self.clock.now, monotonic=self.ticks)

    def fail(self, times: int = 1, error: Exception | None = None, name: str = "tidy", of: str = "") -> None:
        for _ in range(times):
            with self.failures.watch(name, of=of):
                raise error or RuntimeError("made to break")
            self._pass()

    def go_well(self, name: str = "tidy", of: str = "") -> None:
        with self.failures.watch(name, of=of):
            pass
        self._pass()

    def _pass(self) -> None:
        self.ticks.seconds += BEAT
        self.clock.step(seconds=BEAT)

    def standing(self) -> dict[str, int]:
        return {failing.name: failing.times for failing in self.failures.standing()}


@pytest.fixture
def tried() -> Tried:
    return Tried()


@pytest.fixture
def lines() -> Iterator[list[dict[str, object]]]:
    with capture_logs() as lines:
        yield lines  # type: ignore[misc]  # structlog's own mapping


def test_what_fails_goes_no_further_and_is_known_with_its_moment(tried: Tried) -> None:
    tried.fail(3)
    (failing,) = tried.failures.standing()
    assert (failing.name, failing.since, failing.times) == ("tidy", OPENS, 3)
    tried.go_well()
    assert tried.failures.standing() == []


def test_only_failures_in_a_row_count(tried: Tried) -> None:
    tried.fail(2)
    tried.go_well()
    tried.fail(2)
    assert tried.standing() == {"tidy": 2}


def test_a_step_that_goes_well_for_one_programme_still_fails_for_the_other(tried: Tried) -> None:
    for _ in range(3):
        tried.fail(of="spring")
        tried.go_well(of="autumn")
    assert tried.standing() == {"tidy": 3}


def test_what_the_database_refuses_is_one_fault_whoever_comes_across_it(tried: Tried, lines: list[dict[str, object]]) -> None:
    tried.fail(error=LOCKED)
    tried.fail(2, error=LOCKED, name="wipe")
    assert tried.standing() == {"database": 2}
    tried.go_well("wipe")
    assert tried.standing() == {"database": 1}
    tried.go_well()
    assert [(line["event"], line["fault"]) for line in lines][1:] == [("works again", "database")]


def test_a_rule_of_the_database_that_is_broken_is_the_steps_own_fault(tried: Tried) -> None:
    tried.fail(error=IntegrityError("INSERT", None, Exception("UNIQUE")))
    assert tried.standing() == {"tidy": 1}


def test_no_answer_is_told_apart_until_something_else_goes_wrong(tried: Tried) -> None:
    tried.fail(error=Unsure("no answer"))
    assert [failing.is_unsure for failing in tried.failures.standing()] == [True]
    tried.fail()
    assert [failing.is_unsure for failing in tried.failures.standing()] == [False]


def test_the_first_failure_is_logged_with_its_places_and_then_one_line_an_hour_and_one_at_the_end(
    tried: Tried, lines: list[dict[str, object]]
) -> None:
    tried.fail(A_DAY // BEAT)
    tried.go_well()
    first, *hourly, end = lines
    assert (first["event"], type(first["exc_info"])) == ("failed; it is tried again, and until it is over only counted", RuntimeError)
    assert {line["event"] for line in hourly} == {"still fails"}
    assert (len(hourly), hourly[0]["count"], end["event"], end["count"]) == (23, 721, "works again", A_DAY // BEAT)


def test_what_comes_and_goes_all_day_does_not_fill_the_log(tried: Tried, lines: list[dict[str, object]]) -> None:
    for _ in range(A_DAY // BEAT // 2):
        tried.fail()
        tried.go_well()
    assert len(lines) <= 2 * 24 + 2


def test_another_kind_of_error_is_news(tried: Tried, lines: list[dict[str, object]]) -> None:
    tried.fail(2)
    tried.fail(2, error=ValueError("another"))
    assert len(lines) == 2


def test_what_failed_yesterday_and_fails_again_is_logged_with_its_places_again(tried: Tried, lines: list[dict[str, object]]) -> None:
    for _ in range(2):
        tried.fail()
        tried.go_well()
        tried.ticks.seconds += A_DAY
    assert [("exc_info" in line) for line in lines] == [True, False, True, False]


def test_what_single_people_cause_is_said_once_an_hour_however_often_it_comes() -> None:
    seconds = [0.0]
    said = OnceAnHour(lambda: seconds[0])
    assert [said.is_due("not shown", "expired") for _ in range(3)] == [True, False, False]
    assert said.is_due("not shown", "another")
    seconds[0] = 3601
    assert said.is_due("not shown", "expired")


def test_what_is_forgotten_has_never_failed_and_is_said_as_for_the_first_time(tried: Tried, lines: list[dict[str, object]]) -> None:
    tried.fail(3)
    tried.failures.forget()
    assert tried.standing() == {}
    tried.fail()
    assert [line["event"] for line in lines] == ["failed; it is tried again, and until it is over only counted"] * 2
