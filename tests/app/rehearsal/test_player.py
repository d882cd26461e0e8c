"""Time passes from one due moment to the next, and stops when it is told to."""

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

if TYPE_CHECKING:
    from collections.abc import Callable

START = datetime(2018, 8, 20, 8, tzinfo=UTC)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


END = at(24)


@dataclass
class Agenda:
    """Something with moments of its own: a heartbeat, a delivery or the simulated people, in all that a player asks of them."""

    clock: MovableClock
    moments: list[datetime]
    done: list[datetime] = field(default_factory=list)
    then: Callable[[], None] = lambda: None

    def next_moment(self) -> datetime | None:
        return self.moments[0] if self.moments else None

    def next_beat(self) -> datetime:
        return self.next_moment() or at(1000)

    def act(self, _: threading.Event | None = None) -> int:
        due = [moment for moment in self.moments if moment <= self.clock.now()]
        self.moments = self.moments[len(due) :]
        if due:
            self.done.append(self.clock.now())
            self.then()
        return len(due)

    beat = deliver = act


@dataclass
class Rehearsal:
    """A player, and those it plays for."""

    clock: MovableClock
    heart: Agenda
    post: Agenda
    simulated_people: Agenda
    player: Player


@pytest.fixture
def rehearsal() -> Callable[..., Rehearsal]:
    def made(beats: tuple[float, ...] = (), posts: tuple[float, ...] = (), acts: tuple[float, ...] = ()) -> Rehearsal:
        clock = MovableClock(START)
        heart, post, simulated_people = (Agenda(clock, [at(hours) for hours in hours_of]) for hours_of in (beats, posts, acts))
        player = Player(clock=clock, heartbeat=heart, delivery=post, simulated_people=simulated_people)  # type: ignore[arg-type]  # three agendas
        return Rehearsal(clock=clock, heart=heart, post=post, simulated_people=simulated_people, player=player)

    return made


def test_everything_is_done_at_its_own_moment(rehearsal: Callable[..., Rehearsal]) -> None:
    played = rehearsal(beats=(1, 5), posts=(2,), acts=(3, 4))
    played.player.play(END)
    assert played.heart.done == [at(1), at(5)]
    assert played.post.done == [at(2)]
    assert played.simulated_people.done == [at(3), at(4)]
    assert played.clock.now() == END


def test_a_play_ends_at_the_moment_asked_for_and_leaves_the_rest(rehearsal: Callable[..., Rehearsal]) -> None:
    played = rehearsal(beats=(1, 9))
    played.player.play(at(4))
    assert (played.clock.now(), played.heart.done) == (at(4), [at(1)])
    assert played.player.next_moment() == at(9)


def test_what_one_does_makes_something_due_for_another_at_the_same_moment(rehearsal: Callable[..., Rehearsal]) -> None:
    played = rehearsal(beats=(1,))
    played.heart.then = lambda: played.post.moments.append(at(1))
    played.post.then = lambda: played.simulated_people.moments.append(at(1))
    played.player.play(END)
    assert played.heart.done == played.post.done == played.simulated_people.done == [at(1)]


def test_each_moment_is_told(rehearsal: Callable[..., Rehearsal]) -> None:
    told: list[datetime] = []
    rehearsal(beats=(1,), acts=(2,)).player.play(at(3), told.append)
    assert told == [at(1), at(2)]


def test_a_play_in_the_background_can_be_stopped_and_taken_up_again(rehearsal: Callable[..., Rehearsal]) -> None:
    played = rehearsal(beats=(1, 2, 3))
    reached, go = threading.Event(), threading.Event()

    def wait_there() -> None:
        reached.set()
        assert go.wait(5)

    played.heart.then = wait_there
    played.player.advance(END)
    assert reached.wait(5)
    assert played.player.playing
    played.player.advance(at(100))  # a second play is not begun beside it
    stopping = threading.Thread(target=played.player.halt)
    stopping.start()
    assert played.player._stop.wait(5)  # or it would be let go before it is stopped
    go.set()
    stopping.join(5)
    assert not played.player.playing
    assert played.heart.done == [at(1)]

    played.player.play(END)
    assert played.heart.done == [at(1), at(2), at(3)]


def test_nothing_happens_while_the_world_stands_still(rehearsal: Callable[..., Rehearsal]) -> None:
    played = rehearsal(beats=(0,))
    with played.player.standstill():
        beating = threading.Thread(target=played.player.settle)
        beating.start()
        beating.join(0.2)
        assert (beating.is_alive(), played.heart.done) == (True, [])
    beating.join(5)
    assert played.heart.done == [START]


def test_a_play_that_breaks_is_over_and_another_may_begin(rehearsal: Callable[..., Rehearsal]) -> None:
    played = rehearsal(beats=(1, 2))

    def breaks() -> None:
        raise RuntimeError("made to break")

    played.heart.then = breaks
    with capture_logs() as told:
        played.player.advance(END)
        while played.player.playing:
            time.sleep(0.01)
    assert [line["event"] for line in told] == ["the play stopped"]
    played.heart.then = lambda: None
    played.player.play(END)
    assert played.heart.done == [at(1), at(2)]
