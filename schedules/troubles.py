"""Tells the organisers once what is wrong with the bot itself, and again when it is over.

Each beat gathers signs: the connection is down, the database refuses, a step or delivery fails again and again, the platform refuses all
messages to people or to channels, the machine's clock is not believed. A trouble that lasts is told once. It is over when all has been well
for a minute; that is told too, with the time it began and ended. The outbox keeps what was told (`trouble:NAME:SINCE`) and what was taken
back (`trouble-over:NAME:SINCE`), so that a bot that starts anew can take back the rest. If the outbox or its delivery is broken, the bot
writes to the organisers' channel directly.
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
    from bot.seam.platform import Platform
    from bot.sending.lanes import Standstill

log = structlog.get_logger(__name__)

PATIENCE: Final = timedelta(minutes=5)  # shorter ones are no trouble: connections break and come back all the time
WELL_FOR: Final = timedelta(minutes=1)  # a trouble that comes back sooner was not over
RETRY_DIRECTLY: Final = 60.0  # seconds
SOCKET, CLOCK = "socket", "clock"
PEOPLE, CHANNELS = LANES = "people", "channels"
SAID_DIRECTLY: Final = (DATABASE, DATABASE_GONE, DELIVERY)
TELLING: Final = "troubles"  # the job of telling: its own failures are only logged, because organisers cannot be told of them
BEGUN, OVER = "trouble:", "trouble-over:"


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign that something is wrong now. `lasts`: it has gone on so long, or so often, that organisers must be told."""

    name: str
    since: datetime
    lasts: bool
    reason: str | None = None
    machine: datetime | None = None  # the time of a clock that is not believed


@dataclass(kw_only=True)
class Trouble:
    """A trouble that goes on, or ended a moment ago. `is_told`: organisers have been told."""

    name: str
    since: datetime
    lasts: bool = False
    reason: str | None = None
    machine: datetime | None = None
    is_told: bool = False
    well_since: datetime | None = None
    delivery_id: str = ""  # set when it is said directly
    is_in_doubt: bool = False  # it was said directly, and no answer came
    tried_at: float | None = None

    @property
    def key(self) -> str:
        """The key of its notices, without the prefix."""
        return f"{self.name}:{self.since.astimezone(UTC):%Y-%m-%dT%H%M%S%z}"


class Troubles:
    """The troubles of one process. `standstills` gives those of delivery by lane; `doubt` tells why the clock is not believed."""

    def __init__(  # noqa: PLR0913 - the places where it looks
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
        self._down: tuple[datetime, float] | None = None  # since when the connection is down, by both clocks

    def look(self, now: datetime, programmes: Sequence[Programme]) -> None:
        """Look for signs of trouble, and tell the organisers of the last of these programmes."""
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
        """Find all signs there are now. If one look fails, the others must still report what they see."""
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
        """Three failures in a row last. If only answers are missing, the network may be slow: they must also go on for five minutes."""
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
        """Take over the troubles that an earlier process has told and not taken back."""
        if self._has_looked_back:
            return
        with self._database.look() as session:
            for name, since in open_troubles(session, [programme.id for programme in programmes]).items():
                self._standing.setdefault(name, Trouble(name=name, since=since, lasts=True, is_told=True))
        self._has_looked_back = True

    def _tell(self, now: datetime, programmes: Sequence[Programme], trouble: Trouble) -> None:
        """Tell a trouble once. While the channel takes no messages nothing is told; later only the end is."""
        if not trouble.lasts or trouble.is_told:
            return
        if trouble.name in SAID_DIRECTLY:
            if trouble.tried_at is None or self._monotonic() - trouble.tried_at >= RETRY_DIRECTLY:
                trouble.tried_at = self._monotonic()
                self._say_directly(now, programmes[-1], trouble)
        elif CHANNELS not in self._standing:
            self._put_notice(now, programmes, trouble)
            trouble.is_told = True

    def _put_notice(self, now: datetime, programmes: Sequence[Programme], trouble: Trouble) -> None:
        """Put a notice that the trouble has begun, unless another process has told it already."""

        def put(session: Session) -> datetime:
            told_since = open_troubles(session, [programme.id for programme in programmes]).get(trouble.name)
            if told_since is None:
                values = _values(programmes[-1], trouble)
                tell_organisers(session, now, programmes[-1], key=f"{BEGUN}{trouble.key}", say=f"trouble.{_kind(trouble)}", **values)
            return told_since or trouble.since

        trouble.since = self._database.write(put, alone=True)

    def _say_directly(self, now: datetime, programme: Programme, trouble: Trouble) -> None:
        """Send it without the outbox, because outbox or delivery is broken. After a send in doubt, look for the message first.

        It is recorded afterwards, so that a process that starts anew knows what to take back.
        """
        address, sentence, values = programme.people.organisers_channel, f"trouble.{_kind(trouble)}", _values(programme, trouble)
        content = Plain(language=programme.language, paragraphs=(say(programme.language, sentence, **values),))
        trouble.delivery_id = trouble.delivery_id or new_id_by(self._database.carried)
        found = self._platform.find(address, trouble.delivery_id, trouble.since) if trouble.is_in_doubt else None
        try:
            receipt = found or self._platform.send(address, content, trouble.delivery_id)
        except Unsure:
            trouble.is_in_doubt = True
            raise
        trouble.is_told = True
        self._database.write(
            lambda session: record_said(session, now, programme, receipt, key=f"{BEGUN}{trouble.key}", say=sentence, values=values),
            alone=True,
        )

    def _end(self, now: datetime, programme: Programme, trouble: Trouble) -> None:
        """Tell that a trouble is over if it lasted, even if its beginning could not be told; else forget it."""
        trouble.well_since = trouble.well_since if trouble.well_since and trouble.well_since <= now else now
        if trouble.lasts:
            if now - trouble.well_since < WELL_FOR:
                return
            until = end_in(programme.language, trouble.since, trouble.well_since, programme.timezone)
            key, sentence, values = f"{OVER}{trouble.key}", f"trouble.{_kind(trouble)}.over", _values(programme, trouble) | {"until": until}
            self._database.write(lambda session: tell_organisers(session, now, programme, key=key, say=sentence, **values), alone=True)
        del self._standing[trouble.name]


def _kind(trouble: Trouble) -> str:
    """The name in its text keys; all steps share one."""
    return trouble.name.partition(":")[0]


def _values(programme: Programme, trouble: Trouble) -> dict[str, str]:
    """The values that its sentences need."""
    values = {"since": moment_in(programme.language, trouble.since, programme.timezone), "step": trouble.name.partition(":")[2]}
    reason = trouble.reason or ""
    if trouble.name == PEOPLE and reason.startswith("unreachable"):
        reason = "unreachable"  # the words of its code would name a channel
    if trouble.machine is not None:
        values["machine"] = stamp_in(programme.language, trouble.machine, programme.timezone)
    return values | {"reason": reason_in_words(programme.language, reason) if reason else ""}


def open_troubles(session: Session, ids: Sequence[str]) -> dict[str, datetime]:
    """The beginnings, by name, of the troubles that were told in programmes with these ids and not taken back."""
    of_troubles = OutboxMessage.key.startswith(BEGUN) | OutboxMessage.key.startswith(OVER)
    keys = set(session.scalars(select(OutboxMessage.key).where(OutboxMessage.programme.in_(ids), of_troubles)))
    begun = sorted(
        key.removeprefix(BEGUN) for key in keys if key and key.startswith(BEGUN) and f"{OVER}{key.removeprefix(BEGUN)}" not in keys
    )
    parts = (key.rpartition(":") for key in begun)
    return {name: datetime.fromisoformat(since) for name, _, since in parts}
