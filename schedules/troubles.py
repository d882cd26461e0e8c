"""Tells the organisers once what is wrong with the bot itself, and again when it is over.

Each beat gathers signs: the connection is down, the database refuses, a step or delivery fails time after time, the platform lets us say
nothing to people or in channels, the machine's clock is not believed. What lasts is told, once; what has been well for a minute is over,
and that is told too, with from when to when. Whatever has been told and not taken back stands in the outbox (`trouble:NAME:SINCE`,
`trouble-over:NAME:SINCE`), so that a bot that starts anew takes it back. Where the outbox or its delivery is the broken thing, the
organisers' channel is written to directly.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy import select

from bot.database.row_ids import new_id_by
from bot.dialogue.outbox import record_said, tell_organisers
from bot.errors import Unsure
from bot.failures import DATABASE, DATABASE_GONE, DELIVERY, IN_A_ROW
from bot.models import OutboxMessage
from bot.seam.meaning import Plain
from bot.wording import reason_in_words, say
from bot.wording.dates import end_in, moment_in, stamp_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from bot.clock import ClockDoubt
    from bot.database.unit_of_work import Database
    from bot.failures import Failures
    from bot.programme import Programme
    from bot.seam.platform import Platform, Receipt
    from bot.sending.lanes import Standstill

log = structlog.get_logger(__name__)

PATIENCE: Final = timedelta(minutes=5)  # what lasts shorter is no trouble: connections break and come back all the time
WELL_FOR: Final = timedelta(minutes=1)  # what comes back sooner was not over
RETRY_DIRECTLY: Final = 60.0  # seconds
SOCKET, CLOCK = "socket", "clock"
PEOPLE, CHANNELS = LANES = "people", "channels"
SAID_DIRECTLY: Final = (DATABASE, DATABASE_GONE, DELIVERY)
TELLING: Final = "troubles"  # that organisers could not be told is logged, and no trouble to tell of
BEGUN, OVER = "trouble:", "trouble-over:"


@dataclass(frozen=True, kw_only=True)
class Sign:
    """Something that is wrong now. `lasts`: so long, or so often, that organisers are to be told."""

    name: str
    since: datetime
    lasts: bool
    reason: str | None = None
    machine: datetime | None = None  # what a clock that is not believed says


@dataclass(kw_only=True)
class Trouble:
    """Something that is wrong, or was a moment ago. `is_told`: organisers have been told."""

    name: str
    since: datetime
    lasts: bool = False
    reason: str | None = None
    machine: datetime | None = None
    is_told: bool = False
    well_since: datetime | None = None
    delivery_id: str = ""  # once it is said directly
    is_in_doubt: bool = False  # it was said directly, and no answer came
    tried_at: float | None = None

    @property
    def key(self) -> str:
        """The key of its notices, without its beginning."""
        return f"{self.name}:{self.since.astimezone(UTC):%Y-%m-%dT%H%M%S%z}"


class Troubles:
    """The troubles of one process. `standstills` gives those of delivery, by lane; `doubt` why the clock is not believed."""

    def __init__(  # noqa: PLR0913 - where it looks
        self,
        *,
        database: Database,
        platform: Platform,
        failures: Failures,
        standstills: Callable[[], Mapping[str, Standstill]],
        doubt: Callable[[], ClockDoubt | None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._platform, self._failures = database, platform, failures
        self._standstills, self._doubt, self._monotonic = standstills, doubt, monotonic
        self._standing: dict[str, Trouble] = {}
        self._has_looked_back = False
        self._down: tuple[datetime, float] | None = None  # since when the connection is, by both clocks

    def look(self, now: datetime, programmes: Sequence[Programme]) -> None:
        """Look at all signs, and tell the organisers of the last of these programmes what is to be told."""
        with self._failures.watch(TELLING, of="before"):
            self._look_back(programmes)
        signs = {sign.name: sign for sign in self._signs(now)}
        for sign in signs.values():
            trouble = self._standing.setdefault(sign.name, Trouble(name=sign.name, since=sign.since))
            trouble.since = trouble.since if trouble.lasts else sign.since
            trouble.lasts, trouble.reason, trouble.well_since = trouble.lasts or sign.lasts, sign.reason, None
            trouble.machine = sign.machine
        for trouble in list(self._standing.values()):
            with self._failures.watch(TELLING, of=trouble.name):
                if trouble.name in signs:
                    self._tell(now, programmes, trouble)
                else:
                    self._end(now, programmes[-1], trouble)

    # --- what is wrong

    def _signs(self, now: datetime) -> Iterator[Sign]:
        """All signs there are now. One look that fails must not hide what the others see."""
        for look in (self._signs_of_socket, self._signs_of_failures, self._signs_of_lanes, self._signs_of_clock):
            found: list[Sign] = []
            with self._failures.watch(TELLING, of=look.__name__):
                found = list(look(now))
            yield from found

    def _signs_of_socket(self, now: datetime) -> Iterator[Sign]:
        if self._platform.connected():
            self._down = None
            return
        self._down = since, seconds = self._down or (now, self._monotonic())
        yield Sign(name=SOCKET, since=since, lasts=self._monotonic() - seconds >= PATIENCE.total_seconds())

    def _signs_of_failures(self, now: datetime) -> Iterator[Sign]:
        """Three failures in a row; where only no answer came, and the network may be slow, five minutes of them."""
        for failing in self._failures.standing():
            if failing.name != TELLING:
                name = failing.name if failing.name in SAID_DIRECTLY else f"step:{failing.name}"
                lasts = failing.times >= IN_A_ROW and (not failing.is_unsure or now - failing.since >= PATIENCE)
                yield Sign(name=name, since=failing.since, lasts=lasts)

    def _signs_of_lanes(self, now: datetime) -> Iterator[Sign]:
        for lane, standstill in self._standstills().items():
            if lane in LANES:
                lasts = now - standstill.since >= PATIENCE
                yield Sign(name=lane, since=standstill.since, lasts=lasts, reason=standstill.reason)

    def _signs_of_clock(self, now: datetime) -> Iterator[Sign]:
        doubt = self._doubt()
        if doubt is not None:
            yield Sign(name=CLOCK, since=doubt.since, lasts=now - doubt.since >= PATIENCE, machine=doubt.machine)

    # --- what organisers hear of it

    def _look_back(self, programmes: Sequence[Programme]) -> None:
        """Remember what an earlier process has told and not taken back."""
        if self._has_looked_back:
            return
        with self._database.look() as session:
            for name, since in _open_troubles(session, programmes).items():
                self._standing.setdefault(name, Trouble(name=name, since=since, lasts=True, is_told=True))
        self._has_looked_back = True

    def _tell(self, now: datetime, programmes: Sequence[Programme], trouble: Trouble) -> None:
        """Tell a trouble once. While the channel takes nothing it is not told: only its end will be, later."""
        if not trouble.lasts or trouble.is_told:
            return
        if trouble.name in SAID_DIRECTLY:
            if trouble.tried_at is None or self._monotonic() - trouble.tried_at >= RETRY_DIRECTLY:
                trouble.tried_at = self._monotonic()
                receipt = self._say_directly(programmes[-1], trouble)
                trouble.is_told = True
                self._record(now, programmes[-1], trouble, receipt)
        elif CHANNELS not in self._standing:
            self._put_notice(now, programmes, trouble)
            trouble.is_told = True

    def _put_notice(self, now: datetime, programmes: Sequence[Programme], trouble: Trouble) -> None:
        """Put a notice that the trouble has begun, unless another process was first."""

        def put(session: Session) -> datetime:
            told_since = _open_troubles(session, programmes).get(trouble.name)
            if told_since is None:
                values = _values(programmes[-1], trouble)
                tell_organisers(session, now, programmes[-1], key=f"{BEGUN}{trouble.key}", say=f"trouble.{_kind(trouble)}", **values)
            return told_since or trouble.since

        trouble.since = self._database.write(put, alone=True)

    def _say_directly(self, programme: Programme, trouble: Trouble) -> Receipt:
        """Say it past the outbox, when outbox or delivery is broken. In doubt it is looked for before it is said again."""
        address, text = (
            programme.people.organisers_channel,
            say(programme.language, f"trouble.{_kind(trouble)}", **_values(programme, trouble)),
        )
        trouble.delivery_id = trouble.delivery_id or new_id_by(self._database.carried)
        receipt = self._platform.find(address, trouble.delivery_id, trouble.since) if trouble.is_in_doubt else None
        try:
            return receipt or self._platform.send(address, Plain(language=programme.language, paragraphs=(text,)), trouble.delivery_id)
        except Unsure:
            trouble.is_in_doubt = True
            raise

    def _record(self, now: datetime, programme: Programme, trouble: Trouble, receipt: Receipt) -> None:
        """Record what was said directly, so that a process that starts anew knows what to take back."""
        key, sentence, values = f"{BEGUN}{trouble.key}", f"trouble.{_kind(trouble)}", _values(programme, trouble)
        self._database.write(
            lambda session: record_said(session, now, programme, receipt, key=key, say=sentence, values=values), alone=True
        )

    def _end(self, now: datetime, programme: Programme, trouble: Trouble) -> None:
        """Tell that a trouble is over if it lasted, also if its beginning could not be told; else forget it."""
        trouble.well_since = trouble.well_since if trouble.well_since and trouble.well_since <= now else now
        if trouble.lasts:
            if now - trouble.well_since < WELL_FOR:
                return
            until = end_in(programme.language, trouble.since, trouble.well_since, programme.timezone)
            key, sentence, values = f"{OVER}{trouble.key}", f"trouble.{_kind(trouble)}.over", _values(programme, trouble) | {"until": until}
            self._database.write(lambda session: tell_organisers(session, now, programme, key=key, say=sentence, **values), alone=True)
        del self._standing[trouble.name]


def _kind(trouble: Trouble) -> str:
    """The name that its sentences have; all steps share theirs."""
    return trouble.name.partition(":")[0]


def _values(programme: Programme, trouble: Trouble) -> dict[str, str]:
    """The values that its sentences need."""
    values = {"since": moment_in(programme.language, trouble.since, programme.timezone), "step": trouble.name.partition(":")[2]}
    reason = trouble.reason or ""
    if trouble.name == PEOPLE and reason.startswith("unreachable"):
        reason = "unreachable"  # its code would speak of a channel
    if trouble.machine is not None:
        values["machine"] = stamp_in(programme.language, trouble.machine, programme.timezone)
    return values | {"reason": reason_in_words(programme.language, reason) if reason else ""}


def _open_troubles(session: Session, programmes: Sequence[Programme]) -> dict[str, datetime]:
    """The troubles told in these programmes and not taken back, by name, with their beginnings."""
    of_troubles = OutboxMessage.key.startswith(BEGUN) | OutboxMessage.key.startswith(OVER)
    ids = [programme.id for programme in programmes]
    keys = set(session.scalars(select(OutboxMessage.key).where(OutboxMessage.programme.in_(ids), of_troubles)))
    begun = sorted(
        key.removeprefix(BEGUN) for key in keys if key and key.startswith(BEGUN) and f"{OVER}{key.removeprefix(BEGUN)}" not in keys
    )
    parts = (key.rpartition(":") for key in begun)
    return {name: datetime.fromisoformat(since) for name, _, since in parts}
