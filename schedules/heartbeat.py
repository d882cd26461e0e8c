"""The heartbeat: does what has fallen due whenever the clock strikes.

Each beat does what has fallen due and nothing else. It keeps no memory of its own: the database judges what is already done, so a
beat may come late, twice, or from two processes at once. One bad step does not stop the rest, nor the next beat: it is noted, logged once
and then counted, and organisers are told.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import WallClock
from bot.days_off import DaysOff
from bot.dialogue import audit
from bot.dialogue.planning import pause_for_all
from bot.errors import Later, Never, OutOfService
from bot.failures import Failures
from bot.local_time import in_sending_hours
from schedules import housekeeping, jobs
from schedules.housekeeping import remove_restore_files, wipe
from schedules.planning.judge_files import FileJudge
from schedules.planning.progress import load_zones
from schedules.rounds_sent import RoundsSent
from schedules.troubles import PEOPLE, TELLING, Troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from bot.clock import Clock
    from bot.database.look_ahead import LookAhead
    from bot.database.unit_of_work import Database
    from bot.programme import Programme, Role
    from bot.seam.platform import Platform
    from bot.sending.lanes import Standstill
    from schedules.due import Due
    from schedules.programme_store import FolderChange, ProgrammeStore

log = structlog.get_logger(__name__)

T = TypeVar("T")
A_MINUTE: Final = timedelta(minutes=1)
DRIFT: Final = 2.0  # seconds between wall and monotonic clock that mean somebody has set the wall clock


class Heartbeat:
    """Does what has fallen due, whenever `beat` is called. `note_life` is called at each step, so that a long beat still lives."""

    def __init__(  # noqa: PLR0913 - these are what a beat looks at
        self,
        *,
        database: Database,
        programme_store: ProgrammeStore,
        platform: Platform,
        clock: Clock,
        failures: Failures | None = None,
        standstills: Callable[[], Mapping[str, Standstill]] = dict,
        note_life: Callable[[], None] = lambda: None,
    ) -> None:
        self._note_life, self._standstills = note_life, standstills
        self._database, self._programme_store, self._platform, self._clock = database, programme_store, platform, clock
        self._failures = failures or Failures(clock.now)
        self._troubles = Troubles(database=database, platform=platform, failures=self._failures, standstills=standstills, doubt=clock.doubt)
        self._file_judge = FileJudge(database, programme_store)
        self._rounds_sent = RoundsSent()
        self._list_sizes: dict[str, Mapping[Role, int]] = {}  # by programme, as the lists were last accepted
        self._last_readings: dict[str, datetime] = {}  # by programme: when people were last read
        self._running: tuple[Programme, ...] = ()
        self._stop = threading.Event()
        self._has_begun = False
        self._untold_edits: list[FolderChange] = []
        self._last_housekeeping: datetime | None = None
        self._look = LongLook(database)
        self._rests: dict[str, tuple[datetime, datetime]] = {}  # by programme: since when and until when a refusal is waited out

    def beat(self, stop: threading.Event | None = None) -> None:
        """Do all that is due by now, or as much as comes before `stop`. Whatever goes wrong, it returns.

        Nothing is done while nobody can say how late it is.
        """
        self._stop = stop or self._stop
        self._note_life()
        doubt = self._clock.doubt()
        if doubt is not None and doubt.is_open:
            return
        with self._failures.watch("beat"), closing(self._look):
            self._do_what_is_due(self._clock.now())
        if self._running:
            self._attempt(TELLING, None, lambda: self._troubles.look(self._clock.now(), self._running))

    def _do_what_is_due(self, now: datetime) -> None:
        """Do what is due in the programme that runs, and in those before it that still need care."""
        with self._failures.watch("refresh"):
            self._refresh(now)
        self._attempt("judge", None, lambda: self._file_judge.judge(now))
        with self._failures.watch("refresh", of="running"):
            self._running = self._look.run(lambda session: self._programmes_in_care(session, now))
        current = self._programme_store.current(now)
        for earlier in (programme for programme in self._running if programme.id != current.id):
            with self._failures.watch("earlier", of=earlier.id):
                self._do_earlier_programme(now, earlier)
        if self._is_purged(current):  # it is over for good, whatever its file says
            self._untold_edits.clear()
        else:
            self._attempt("load", current, lambda: self._load(now, current))
            self._attempt("edit", current, lambda: self._tell_of_files(now, current))
            self._do_programme(now, current)
        self._keep_house(now)

    def _is_purged(self, programme: Programme) -> bool:
        return self._look.run(lambda session: audit.is_purged(session, programme.id))

    def _programmes_in_care(self, session: Session, now: datetime) -> tuple[Programme, ...]:
        """The running programmes, after those that finished long ago and of which a promise, a wish or an answer is still open."""
        past, running = self._programme_store.past(now), self._programme_store.running(now)
        in_care = (*(programme for programme in past if jobs.needs_care(session, now, programme)), *running)
        return tuple(programme for programme in in_care if not audit.is_purged(session, programme.id))

    def _refresh(self, now: datetime) -> None:
        edit = self._programme_store.refresh(now)
        if edit is not None:
            self._untold_edits.append(edit)
            if edit.faults:
                log.warning("the programme file has faults; the version before it runs on", count=len(edit.faults))

    def _load(self, now: datetime, programme: Programme) -> None:
        """Let the text of a programme run that is loaded for the first time."""
        if not self._look.run(lambda session: jobs.is_loaded(session, programme)):
            self._run_step(jobs.record_loaded_programme, now, programme)
            self._file_judge.judge(now)

    def _tell_of_files(self, now: datetime, programme: Programme) -> None:
        """Tell what is to be told of the programme's file, at the start and after each edit. It is kept until then."""
        if not self._has_begun:
            if not self._programme_store.has_faults:
                self._run_step(jobs.take_back_edit_alarm, now, programme)
            self._has_begun = True
        while self._untold_edits:
            self._run_step(jobs.tell_of_edit, now, programme, self._untold_edits[0])
            self._untold_edits.pop(0)

    def _do_earlier_programme(self, now: datetime, programme: Programme) -> None:
        """Do what is due in an earlier programme, unless it had finished before this bot ran."""
        if self._look.run(lambda session: jobs.is_loaded(session, programme)):
            self._do_programme(now, programme)

    def _do_programme(self, now: datetime, programme: Programme) -> None:
        """Do all that is due in one programme."""
        since, until = self._rests.get(programme.id, (now, now))
        if not since <= now < until:  # a clock that was set back ends the pause; what is not tried neither fails nor succeeds
            self._attempt("people", programme, lambda: self._synchronise(now, programme))
        self._do_steps(now, programme)
        self._attempt("rounds_sent", programme, lambda: self._look_at_rounds(now, programme))

    def _do_steps(self, now: datetime, programme: Programme) -> None:
        """Do the steps in their order; those that would change nothing are passed over.

        The first is done always: a database that cannot be written is noticed also when nothing is due.
        """
        names, can_look = deque(jobs.JOBS), True
        while names and not self._stop.is_set():
            name = names.popleft()
            self._attempt(name, programme, partial(self._run_step, jobs.run_job, now, programme, name))
            try:
                if can_look:
                    self._pass_over_idle(now, programme, names)
            except Exception:  # noqa: BLE001 - each step then fails for itself, and is told of
                can_look = False

    def _pass_over_idle(self, now: datetime, programme: Programme, names: deque[str]) -> None:
        """Take from the steps that are still to be done those in front that would change nothing: they have gone well."""
        while names and not self._stop.is_set():
            if self._look.would_change(partial(jobs.run_job, now=now, programme=programme, name=names[0])):
                return
            self._attempt(names.popleft(), programme, lambda: None)

    def rounds_sent(self) -> int:
        """How many rounds have been sent since the start."""
        return self._rounds_sent.count

    def _look_at_rounds(self, now: datetime, programme: Programme) -> None:
        if PEOPLE in self._standstills():  # what waits is not sent yet
            return
        sizes = self._list_sizes.get(programme.id, {})

        def look(session: Session) -> None:
            if pause_for_all.open_pause(session) is None:
                self._rounds_sent.look(session, now, programme, sizes, load_zones(session, programme))

        self._look.run(look)

    def _keep_house(self, now: datetime) -> None:
        """Destroy once a minute what is not to be kept any longer."""
        last = self._last_housekeeping
        if last is not None and last <= now < last + A_MINUTE:  # a clock that was set back ends the rest
            return
        self._last_housekeeping = now
        self._look.close()
        for name, step in housekeeping.STEPS.items():
            self._attempt(name, None, partial(housekeeping.run_until_done, self._database, step, now))
        self._attempt("keep_list", None, lambda: housekeeping.keep_list_current(self._database, now))
        self._attempt("wipe", None, lambda: self._wipe(now))
        self._attempt("clear_away", None, lambda: remove_restore_files(self._database))

    def _wipe(self, now: datetime) -> None:
        programme = self._programme_store.current(now)
        quiet = in_sending_hours(now, programme.timezone, DaysOff.of(programme)) != now
        wipe(self._database, now, quiet=quiet)

    def next_due(self) -> Due | None:
        """The next thing of the programme that falls due."""
        now = self._clock.now()
        programme = self._programme_store.current(now)
        with self._database.look() as session:
            return jobs.next_due(session, now, programme)

    def next_beat(self) -> datetime:
        """The moment of the next beat with something to do: something falls due, somebody is asked, or lists are read."""
        due = self.next_due()
        now = self._clock.now()
        with self._database.look() as session:
            looks = [
                at
                for programme in self._programmes_in_care(session, now)
                for at in (jobs.next_reading(session, now, programme), *jobs.next_asking(session, now, programme))
            ]
        looks += [] if due is None else [due.at]
        return min(looks, default=jobs.next_daily(self._programme_store.current(now), now))

    def _run_step(self, step: Callable[..., object], *args: object) -> None:
        """Run one step in a transaction of its own."""
        self._look.close()
        self._database.write(lambda session: step(session, *args), alone=True)

    def _synchronise(self, now: datetime, programme: Programme) -> None:
        """Read people from the platform when it is time; the platform is asked outside any transaction."""
        if not self._look.run(lambda session: jobs.people_are_due(session, now, programme, self._last_readings.get(programme.id))):
            return
        self._look.close()
        sources = programme.people.sources()
        try:
            rosters = self._platform.roster(tuple(sources.values()))
        except Later as later:
            self._rests[programme.id] = now, now + timedelta(seconds=later.after)
            if isinstance(later, OutOfService):  # somebody must mend something
                raise
            return
        except Never:  # a list that is gone is not asked for at every beat
            self._rests[programme.id] = now, now + A_MINUTE
            raise
        self._last_readings[programme.id] = now
        lists = {role: rosters[source] for role, source in sources.items()}
        sizes = self._database.write(lambda session: jobs.synchronise(session, now, programme, lists), alone=True)
        self._list_sizes[programme.id] = sizes

    def _attempt(self, name: str, programme: Programme | None, step: Callable[[], None]) -> None:
        """Run a step and note its failure: one bad step must not stop the rest."""
        if not self._stop.is_set():
            self._note_life()
            with self._failures.watch(name, of=programme.id if programme else ""):
                step()


class LongLook:
    """One look for all that looks in a beat, until it is closed, or something goes wrong or would change."""

    def __init__(self, database: Database) -> None:
        self._database, self._open = database, ExitStack()
        self._ahead: LookAhead | None = None

    def run(self, task: Callable[[Session], T]) -> T:
        """Run a task that only reads."""
        try:
            return task(self._look().session)
        except BaseException:
            self.close()
            raise

    def would_change(self, task: Callable[[Session], object]) -> bool:
        """Whether a task would change something. Then the look is over."""
        would_change = self._look().would_change(task)
        if would_change:
            self.close()
        return would_change

    def _look(self) -> LookAhead:
        if self._ahead is None:
            self._ahead = self._open.enter_context(self._database.look_ahead())
        return self._ahead

    def close(self) -> None:
        """End the look. The next task begins another one."""
        self._ahead = None
        self._open.close()


class Metronome:
    """Beats at an interval in a thread of its own, and at once when somebody has set the wall clock."""

    def __init__(self, beat: Callable[[], None], *, every: float, failures: Failures | None = None) -> None:
        self._beat = beat
        self._failures = failures or Failures(WallClock().now)
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
        self._stop, self._beating = threading.Event(), threading.Lock()
        self._watch = threading.Thread(target=self._watch_drift, name="drift", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._scheduler.start()
        self._watch.start()

    def stop(self, within: float = -1) -> bool:
        """Beat no more; whether the beat under way ends within so many seconds. -1: wait as long as it takes."""
        self._stop.set()
        self._scheduler.shutdown(wait=False)
        self._watch.join()
        has_ended = self._beating.acquire(timeout=within)
        if has_ended:
            self._beating.release()
        return has_ended

    def _strike(self) -> None:
        with self._beating, self._failures.watch("metronome"):
            if not self._stop.is_set():
                self._beat()

    def _watch_drift(self) -> None:
        """The scheduler sleeps towards a wall-clock moment: after a jump it would sleep too long."""
        before = time.time() - time.monotonic()
        while not self._stop.wait(1.0):
            with self._failures.watch("drift"):
                before = self._beat_after_jump(before)

    def _beat_after_jump(self, before: float) -> float:
        """Beat at once if the wall clock has jumped; how far it is ahead of the monotonic one, in seconds."""
        drift = time.time() - time.monotonic()
        if abs(drift - before) <= DRIFT:
            return before
        log.info("the wall clock was set; beating at once", seconds=round(drift - before))
        self._scheduler.modify_job("beat", next_run_time=datetime.now(UTC))
        return drift
