"""Does time pass from due moment to due moment, one turn at a time, and stop when it is told to?"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.app.rehearsal.player import Player
from bot.clock import MovableClock
from bot.programme import Week
from schedules.due import CloseDue

if TYPE_CHECKING:
    from collections.abc import Callable

    from schedules.due import Due

START = datetime(2018, 8, 20, 8, tzinfo=UTC)
WEEK = Week(year=2018, number=34)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


END = at(24)


@dataclass
class Agenda:
    """Something with moments of its own: a heartbeat, a delivery or a crowd, in all that a player asks of them."""

    clock: MovableClock
    moments: list[datetime]
    done: list[datetime] = field(default_factory=list)
    then: Callable[[], None] = lambda: None

    def next_moment(self) -> datetime | None:
        return self.moments[0] if self.moments else None

    def next_beat(self) -> datetime:
        return self.next_moment() or at(1000)

    def next_due(self) -> Due | None:
        return CloseDue(at=self.moments[0], week=WEEK) if self.moments else None

    def act(self, _: threading.Event | None = None) -> int:
        due = [moment for moment in self.moments if moment <= self.clock.now()]
        self.moments = self.moments[len(due) :]
        if due:
            self.done.append(self.clock.now())
            self.then()
        return len(due)

    beat = deliver = act


@dataclass
class Town:
    """A player, and those it plays for."""

    clock: MovableClock
    heart: Agenda
    post: Agenda
    simulated_people: Agenda
    player: Player


@pytest.fixture
def town() -> Callable[..., Town]:
    def made(beats: tuple[float, ...] = (), posts: tuple[float, ...] = (), acts: tuple[float, ...] = ()) -> Town:
        clock = MovableClock(START)
        heart, post, simulated_people = (Agenda(clock, [at(hours) for hours in each]) for each in (beats, posts, acts))
        player = Player(clock=clock, heartbeat=heart, delivery=post, simulated_people=simulated_people)  # type: ignore[arg-type]  # three agendas
        return Town(clock=clock, heart=heart, post=post, simulated_people=simulated_people, player=player)

    return made


def test_everything_is_done_at_its_own_moment(town: Callable[..., Town]) -> None:
    here = town(beats=(1, 5), posts=(2,), acts=(3, 4))
    here.player.play(END)
    assert here.heart.done == [at(1), at(5)]
    assert here.post.done == [at(2)]
    assert here.simulated_people.done == [at(3), at(4)]
    assert here.clock.now() == END


def test_a_play_ends_at_the_moment_asked_for_and_leaves_the_rest(town: Callable[..., Town]) -> None:
    here = town(beats=(1, 9))
    here.player.play(at(4))
    assert (here.clock.now(), here.heart.done) == (at(4), [at(1)])
    assert here.player.next_due() == (at(9), "close")


def test_what_one_does_makes_something_due_for_another_at_the_same_moment(town: Callable[..., Town]) -> None:
    here = town(beats=(1,))
    here.heart.then = lambda: here.post.moments.append(at(1))
    here.post.then = lambda: here.simulated_people.moments.append(at(1))
    here.player.play(END)
    assert here.heart.done == here.post.done == here.simulated_people.done == [at(1)]


def test_the_next_thing_is_the_programmes_or_a_message_that_waits(town: Callable[..., Town]) -> None:
    assert town(beats=(2,), posts=(1,)).player.next_due() == (at(1), "message")
    assert town(beats=(1,), posts=(2,)).player.next_due() == (at(1), "close")
    assert town(acts=(1,)).player.next_due() is None


def test_each_moment_is_told(town: Callable[..., Town]) -> None:
    told: list[datetime] = []
    town(beats=(1,), acts=(2,)).player.play(at(3), told.append)
    assert told == [at(1), at(2)]


def test_a_play_in_the_background_can_be_stopped_and_taken_up_again(town: Callable[..., Town]) -> None:
    here = town(beats=(1, 2, 3))
    reached, go = threading.Event(), threading.Event()

    def wait_there() -> None:
        reached.set()
        assert go.wait(5)

    here.heart.then = wait_there
    here.player.advance(END)
    assert reached.wait(5)
    assert here.player.playing
    here.player.advance(at(100))  # a second play is not begun beside it
    stopping = threading.Thread(target=here.player.halt)
    stopping.start()
    assert here.player._stop.wait(5)  # or it would be let go before it is stopped
    go.set()
    stopping.join(5)
    assert not here.player.playing
    assert here.heart.done == [at(1)]

    here.player.play(END)
    assert here.heart.done == [at(1), at(2), at(3)]


def test_nothing_happens_while_the_world_stands_still(town: Callable[..., Town]) -> None:
    here = town(beats=(0,))
    with here.player.standstill():
        beating = threading.Thread(target=here.player.settle)
        beating.start()
        beating.join(0.2)
        assert (beating.is_alive(), here.heart.done) == (True, [])
    beating.join(5)
    assert here.heart.done == [START]


def test_a_play_that_breaks_is_over_and_another_may_begin(town: Callable[..., Town]) -> None:
    here = town(beats=(1, 2))

    def breaks() -> None:
        raise RuntimeError("made to break")

    here.heart.then = breaks
    with capture_logs() as told:
        here.player.advance(END)
        while here.player.playing:
            time.sleep(0.01)
    assert [line["event"] for line in told] == ["the play stopped"]
    here.heart.then = lambda: None
    here.player.play(END)
    assert here.heart.done == [at(1), at(2)]
