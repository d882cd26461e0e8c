"""What is done when the clock strikes?

Each beat does what has fallen due and nothing else. It keeps no memory of its own: the database judges what is already done, so a
beat may come late, twice, or from two processes at once. One bad step does not stop the rest; it is logged, and organisers are told.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.errors import Later, Never, Unsure
from bot.local_time import in_sending_hours
from schedules import housekeeping, jobs
from schedules.housekeeping import remove_restore_files, wipe

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import Clock
    from bot.database.unit_of_work import Database
    from bot.programme import Programme
    from bot.seam.platform import Platform
    from schedules.due import Due
    from schedules.programme_store import ProgrammeStore

log = structlog.get_logger(__name__)

A_MINUTE: Final = timedelta(minutes=1)
READ_EVERY: Final = A_MINUTE  # people are not read more often: in a big workspace someone's profile changes every second
DRIFT: Final = 2.0  # seconds between wall and monotonic clock that mean somebody has set the wall clock


class Heartbeat:
    """Does what has fallen due, whenever `beat` is called."""

    def __init__(self, *, database: Database, programme_store: ProgrammeStore, platform: Platform, clock: Clock) -> None:
        self._database, self._programme_store, self._platform, self._clock = database, programme_store, platform, clock
        self._last_housekeeping: datetime | None = None
        self._rests: dict[str, tuple[datetime, datetime]] = {}  # by programme: since when and until when people are not read again

    def beat(self) -> None:
        """Do all that is due by now, in the programme that runs and in those that have finished lately."""
        now = self._clock.now()
        edit = self._programme_store.refresh(now)
        *earlier_programmes, programme = self._programme_store.running(now)
        for earlier in earlier_programmes:
            if self._has_run(earlier):
                self._do_programme(now, earlier)
        self._attempt("load", lambda: self._run_step(jobs.record_loaded_programme, now, programme))
        if edit is not None:
            self._attempt("edit", lambda: self._run_step(jobs.tell_of_edit, now, programme, edit))
        self._do_programme(now, programme)
        self._keep_house(now)

    def _has_run(self, programme: Programme) -> bool:
        """Whether this bot has run the programme: one that had finished before is none of its business."""
        with self._database.look() as session:
            return jobs.is_loaded(session, programme)

    def _do_programme(self, now: datetime, programme: Programme) -> None:
        """Do all that is due in one programme."""
        self._attempt("people", lambda: self._synchronise(now, programme))
        for name, job in jobs.JOBS.items():
            self._attempt(name, partial(self._run_step, job, now, programme))

    def _keep_house(self, now: datetime) -> None:
        """Once a minute: destroy what is not to be kept any longer."""
        last = self._last_housekeeping
        if last is not None and last <= now < last + A_MINUTE:  # a clock that was set back ends the rest
            return
        self._last_housekeeping = now
        for name, step in housekeeping.STEPS.items():
            self._attempt(name, partial(housekeeping.run_until_done, self._database, step, now))
        self._attempt("wipe", lambda: self._wipe(now))
        self._attempt("clear_away", lambda: remove_restore_files(self._database))

    def _wipe(self, now: datetime) -> None:
        quiet = in_sending_hours(now, self._programme_store.current(now).timezone) != now
        wipe(self._database, now, quiet=quiet)

    def next_due(self) -> Due | None:
        """The next thing of the programme that falls due."""
        now = self._clock.now()
        programme = self._programme_store.current(now)
        with self._database.look() as session:
            return jobs.next_due(session, now, programme)

    def next_beat(self) -> datetime:
        """When a beat next has something to do: something falls due, or the daily look is taken."""
        due = self.next_due()
        now = self._clock.now()
        daily = jobs.next_daily(self._programme_store.current(now), now)
        return daily if due is None else min(due.at, daily)

    def _run_step(self, step: Callable[..., object], *args: object) -> None:
        """One step, one unit of work."""
        with self._database.work() as session:
            step(session, *args)

    def _synchronise(self, now: datetime, programme: Programme) -> None:
        """Read people from the platform when it is time. The platform is asked outside any unit of work."""
        since, until = self._rests.get(programme.id, (now, now))
        if since <= now < until:  # a clock that was set back ends the rest
            return
        with self._database.look() as session:
            if not jobs.people_are_due(session, now, programme):
                return
        sources = programme.people.sources()
        try:
            rosters = self._platform.roster(tuple(sources.values()))
        except Later as later:
            self._rests[programme.id] = now, now + timedelta(seconds=later.after)
            return
        except Never:  # a list that is gone is not asked for at every beat
            self._rests[programme.id] = now, now + READ_EVERY
            raise
        self._rests[programme.id] = now, now + READ_EVERY
        self._run_step(jobs.synchronise, now, programme, {role: rosters[source] for role, source in sources.items()})

    def _attempt(self, name: str, step: Callable[[], None]) -> None:
        """One bad step must not stop the rest."""
        try:
            step()
        except Unsure as unsure:
            log.warning("no answer from the platform; the next beat tries again", step=name, why=str(unsure))
        except Exception:
            log.exception("a step of the heartbeat failed; the others go on", step=name)
            self._alarm_organisers(name)

    def _alarm_organisers(self, name: str) -> None:
        now = self._clock.now()
        try:
            self._run_step(jobs.alarm_of_step, now, self._programme_store.current(now), name)
        except Exception:
            log.exception("organisers could not be told", step=name)


class Metronome:
    """Beats at an interval in a thread of its own, and at once when somebody has set the wall clock."""

    def __init__(self, beat: Callable[[], None], *, every: float) -> None:
        self._beat = beat
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # a beat left out because one is under way is no news
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._strike,
            "interval",
            seconds=every,
            id="beat",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=datetime.now(UTC),
        )
        self._stop = threading.Event()
        self._watch = threading.Thread(target=self._watch_drift, name="drift", daemon=True)
        self.struck_at = time.monotonic()

    def start(self) -> None:
        """Begin to beat."""
        self._scheduler.start()
        self._watch.start()

    def stop(self) -> None:
        """Finish the beat that is under way, and stop."""
        self._stop.set()
        self._scheduler.shutdown(wait=True)
        self._watch.join()

    def _strike(self) -> None:
        self.struck_at = time.monotonic()
        self._beat()

    def _watch_drift(self) -> None:
        """The scheduler sleeps towards a wall-clock moment: after a jump it would sleep too long."""
        before = time.time() - time.monotonic()
        while not self._stop.wait(1.0):
            drift = time.time() - time.monotonic()
            if abs(drift - before) > DRIFT:
                log.info("the wall clock was set; beating at once", seconds=round(drift - before))
                self._scheduler.modify_job("beat", next_run_time=datetime.now(UTC))
                before = drift
