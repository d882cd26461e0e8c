"""Plays the clock of a rehearsal from one due moment to the next.

The clock moves to the next moment at which anything happens (a beat, a message that waits, a made-up
person's next act), and there everything that is due is done before it moves on. Between plays the clock stands still.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from bot.clock import MovableClock
    from bot.sending.delivery import Delivery
    from bot.workspace.simulation.simulated_people import SimulatedPeople
    from schedules.heartbeat import Heartbeat

log = structlog.get_logger(__name__)

MOST_REPETITIONS: Final = 50  # of doing what is due at one moment: what one does makes something due for another


class Player:
    """Plays the clock forward. One turn at a time: a beat, a play and a reset never overlap."""

    def __init__(self, *, clock: MovableClock, heartbeat: Heartbeat, delivery: Delivery, simulated_people: SimulatedPeople) -> None:
        self._clock, self._simulated_people = clock, simulated_people
        self._turn = threading.RLock()
        self._stop = threading.Event()
        self._playing: threading.Thread | None = None
        self.serve(heartbeat, delivery)

    def serve(self, heartbeat: Heartbeat, delivery: Delivery) -> None:
        """Play for these from now on."""
        self._heartbeat, self._delivery = heartbeat, delivery
        self._has_begun = False
        self._beat_at = self._clock.now()  # the next beat, as it was after the last one: what people do does not move it

    def begin(self) -> None:
        """See that there has been a beat."""
        if not self._has_begun:
            with self._turn:
                if not self._has_begun:
                    self.settle()

    def settle(self, stop: threading.Event | None = None) -> None:
        """Do all that is due now, until nothing more is; a beat ends sooner once `stop` is set."""
        with self._turn:
            for _ in range(MOST_REPETITIONS):
                self._heartbeat.beat(stop)
                self._delivery.deliver(self._stop)
                if not self._simulated_people.act():
                    break
            self._beat_at, self._has_begun = self._heartbeat.next_beat(), True

    def next_moment(self) -> datetime:
        """When anything happens next. There is always the next day's beat."""
        moments = (self._beat_at, self._delivery.next_moment(), self._simulated_people.next_moment())
        return min(moment for moment in moments if moment is not None)

    def play(self, until: datetime, on_moment: Callable[[datetime], None] = lambda _: None) -> None:
        """Play to `until`, or until stopped. `on_moment` hears of every moment played."""
        with self._turn:
            self.settle()
            while not self._stop.is_set() and (moment := self.next_moment()) <= until:
                self._reach(moment)
                on_moment(self._clock.now())
            if not self._stop.is_set():
                self._clock.move_to(until)
                self.settle()

    def _reach(self, moment: datetime) -> None:
        """Move to a moment and do what is due there. Where only people act, no beat is needed."""
        self._clock.move_to(moment)
        if self._beat_at <= self._clock.now():
            self.settle()
            return
        self._simulated_people.act()
        while self._delivery.deliver(self._stop):
            self._simulated_people.act()

    # --- in the background, for the page

    @property
    def playing(self) -> bool:
        """Whether a play is under way."""
        return self._playing is not None and self._playing.is_alive()

    def advance(self, until: datetime, on_moment: Callable[[datetime], None] = lambda _: None) -> None:
        """Play in the background; while one play is under way another is not begun."""
        if not self.playing:
            self._stop.clear()
            self._playing = threading.Thread(target=self._play_or_log, args=(until, on_moment), name="play", daemon=True)
            self._playing.start()

    def halt(self) -> None:
        """Stop a play that is under way, and wait until it has."""
        self._stop.set()
        if self._playing is not None:
            self._playing.join()
        self._stop.clear()

    @contextmanager
    def standstill(self) -> Iterator[None]:
        """Nothing happens inside this block."""
        self.halt()
        with self._turn:
            yield

    def _play_or_log(self, until: datetime, on_moment: Callable[[datetime], None]) -> None:
        try:
            self.play(until, on_moment)
        except Exception:
            log.exception("the play stopped")
