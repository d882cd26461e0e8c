"""Wires the rooms together into one running bot.

An `Engine` is everything one running bot consists of. It is assembled the same way whether the platform is Slack or the local
workspace, and whether the clock is the wall's or a rehearsal's.
"""

from __future__ import annotations

import gc
import threading
import time
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy import event, select

import handlers
from bot import migrations
from bot.app.dialogue_hooks import hooks_for
from bot.app.keys import WRONG_DATABASE, require_keys
from bot.confidentiality import personal_data
from bot.dialogue.channels import channels_by_place
from bot.errors import SetupFault
from bot.failures import Failures
from bot.health.signs_of_life import Sign, SignsOfLife
from bot.health.vitals import Vitals
from bot.models import Lease as LeaseRow
from bot.programme import Language
from bot.seam.platform import Door
from bot.sending.delivery import Delivery
from bot.sending.lease import Lease
from bot.sending.pace import Limits, Pace
from bot.wording import CATALOGUES, catalogue
from handlers.programme_of_action import programme_of
from schedules import housekeeping
from schedules.heartbeat import Heartbeat
from schedules.planner import ProgrammePlanner

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import ORMExecuteState, Session

    from bot.clock import Clock
    from bot.database.unit_of_work import Database
    from bot.dialogue.planning.planner import Planner
    from bot.programme import Programme
    from bot.seam.actions import Action
    from bot.seam.answers import Answer
    from bot.seam.platform import Platform
    from schedules.programme_store import ProgrammeStore

AHEAD: Final = "read ahead"  # the name of a thread
USUAL_LIMITS: Final = Limits()
STILL_CONNECTED: Final = "the connection was not closed in order; it ends with this process"
NOT_GIVEN_BACK: Final = "the database could not be written at the end: nothing is lost"
NOT_LISTED: Final = "what was taken back last could not be listed beside the database: start the bot once more"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Engine:
    """One running bot, wired and not yet started."""

    database: Database
    programme_store: ProgrammeStore
    platform: Platform
    clock: Clock
    heartbeat: Heartbeat
    delivery: Delivery
    lease: Lease
    failures: Failures
    signs: SignsOfLife
    workspace: str
    planner: Planner
    lines_made: Callable[[], int]

    def start(self) -> None:
        """Check database and token, then listen to people. SetupFault says what is missing."""
        log.info("the programme that runs", programme=self.programme_store.current(self.clock.now()).id)
        self._require_own_database()
        require_keys(self.database)
        self.platform.start(Door(act=self._act, read=self._read))
        threading.Thread(target=_read_ahead, name=AHEAD, daemon=True).start()

    def stop(self) -> None:
        """Let nobody in any more, list what was taken back last, and give back the right to deliver."""
        self.let_nobody_in()
        _attempt(lambda: housekeeping.list_outside(self.database, self.clock.now()), NOT_LISTED)
        _attempt(self.lease.release, NOT_GIVEN_BACK)

    def let_nobody_in(self) -> None:
        """Answer what people have done until now, and then nobody any more. May be called again."""
        _attempt(self.platform.stop, STILL_CONNECTED)

    def vitals(self) -> Vitals:
        """What the health page looks at."""
        return Vitals(
            look=self.database.look,
            now=self.clock.now,
            programme=lambda: self.programme_store.current(self.clock.now()).id,
            signs=self.signs,
            failures=self.failures,
            is_connected=self.platform.connected,
            is_clock_believed=lambda: self.clock.doubt() is None,
            lease_sight=self.lease.last_sight,
            standstills=self.delivery.standstills,
            rate_limits=self.delivery.rate_limits,
            rounds_sent=self.heartbeat.rounds_sent,
            lines_made=self.lines_made,
        )

    def _require_own_database(self) -> None:
        """Raise SetupFault if another workspace uses the database: a rehearsal and a real dialogue must never share one."""
        with self.database.look() as session:
            other_workspaces = session.scalars(select(LeaseRow.workspace).where(LeaseRow.workspace != self.workspace)).all()
        if other_workspaces:
            raise SetupFault(*WRONG_DATABASE[self.workspace])

    def _act(self, action: Action) -> Answer:
        return self.database.write(lambda session: self._answer(action, session))

    def _read(self, action: Action) -> Answer:
        """Answer an action that only looks. What it writes would be lost, so it fails instead."""
        with self.database.look() as session:
            event.listen(session, "do_orm_execute", _refuse_to_write)
            answer = self._answer(action, session)
            if session.new or session.deleted or any(map(session.is_modified, session.dirty)):
                raise RuntimeError(f"{type(action).__name__} only looks, but wrote")
            return answer

    def _answer(self, action: Action, session: Session) -> Answer:
        now, store = self.clock.now(), self.programme_store
        programme = programme_of(session, action, store.running(now), store.past(now))
        return handlers.answer(action, session, now, programme, self.planner)


def _read_ahead() -> None:
    """Read all sentences and word lists now, so that nobody's first press or answer waits for them."""
    for language in Language:
        catalogue(language, CATALOGUES)
    personal_data.load_filter()
    _freeze_what_is_there()


@cache
def _freeze_what_is_there() -> None:
    """Let Python look for garbage no more among what is there now: with all word lists that takes a tenth of a second, time and again."""
    gc.collect()
    gc.freeze()


def _attempt(step: Callable[[], None], otherwise: str) -> None:
    """Do a step of leaving. What cannot be done is said, and keeps nobody."""
    try:
        step()
    except Exception as error:  # noqa: BLE001 - whatever it is, who was told to go goes
        log.warning(otherwise, error=type(error).__name__)


def _refuse_to_write(execution: ORMExecuteState) -> None:
    if not execution.is_select:
        raise RuntimeError("an action that only looks wrote")


def assemble(  # noqa: PLR0913 - an engine has these parts
    *,
    workspace: str,
    database: Database,
    programme_store: ProgrammeStore,
    platform: Platform,
    clock: Clock,
    limits: Limits | None = USUAL_LIMITS,
    calls_in_flight: int = 1,
    failures: Failures | None = None,
    signs: SignsOfLife | None = None,
    lines_made: Callable[[], int] = int,
) -> Engine:
    """Wire the rooms together. `workspace`: SLACK or LOCAL. `limits` None: as fast as it goes.

    `calls_in_flight`: how many messages may be on their way at once; on a movable clock one, so that a rehearsal goes the same way twice.
    `lines_made`: how often the platform has been connected to.
    """
    failures, signs = failures or Failures(clock.now), signs or SignsOfLife()
    lease = Lease(database.write, database.look, workspace=workspace, monotonic=time.monotonic)
    delivery = Delivery(
        write=database.write,
        glance=database.glance,
        platform=platform,
        hooks=hooks_for(lambda programme_id: programme_store.by_id(programme_id, clock.now())),
        clock=clock,
        pace=Pace(clock, limits=limits),
        lease=lease,
        calls_in_flight=calls_in_flight,
        note_life=partial(signs.note, Sign.DELIVERY),
    )
    heartbeat = Heartbeat(
        database=database,
        programme_store=programme_store,
        platform=platform,
        clock=clock,
        failures=failures,
        standstills=delivery.standstills,
        note_life=partial(signs.note, Sign.BEAT),
    )
    return Engine(
        database=database,
        programme_store=programme_store,
        platform=platform,
        clock=clock,
        heartbeat=heartbeat,
        delivery=delivery,
        lease=lease,
        failures=failures,
        signs=signs,
        workspace=workspace,
        planner=ProgrammePlanner(),
        lines_made=lines_made,
    )


def prepare_database(database: Database, *, on_slack: bool) -> None:
    """Check that the database fits this program; a new one is made only off Slack. WrongDatabase says what to do."""
    before = migrations.ensure(database, create_silently=not on_slack, on_slack=on_slack)
    log.info("the database", database=migrations.display_name(database.url), is_new=before is migrations.SchemaState.EMPTY)


def channels_of(programme: Programme) -> tuple[str, ...]:
    """The channels a programme cannot do without."""
    return tuple(channels_by_place(programme).values())
