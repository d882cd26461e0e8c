"""The whole bot on a platform that keeps what each person sees, to compare worlds differing in one act.

Everything but the vendor's line is real: heartbeat, delivery, handlers, a database, and what Slack would be handed. Random names of replies
are counted instead, so that two worlds in which the same happens are the same to the byte.
"""

from __future__ import annotations

import json
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.app.engine import assemble
from bot.app.keys import LOCAL
from bot.clock import MovableClock
from bot.dialogue.digests import quotes
from bot.dialogue.rounds import replies
from bot.errors import OutOfService
from bot.health.signs_of_life import SignsOfLife
from bot.models import MessageKind
from bot.platforms.slack.messages import render_message
from bot.platforms.slack.views import home_view
from bot.programme import Language
from bot.seam.actions import DigestApproved, Erased, HomeWanted, HourChosen, Left, Paused, Replied
from bot.seam.platform import ChannelFacts, Found, Receipt, Roster
from bot.seam.review_actions import DigestPageWanted
from schedules.programme_store import ProgrammeStore
from tests.support.database import create_tables, messages_in, open_database
from tests.support.programme import COPENHAGEN, write_programme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from bot.app.engine import Engine
    from bot.programme import Source
    from bot.seam.meaning import Meaning

ACTS: Final[Mapping[str, Any]] = {
    "pauses": lambda who: Paused(who=who, until=date(2018, 11, 30)),
    "leaves": lambda who: Left(who=who),
    "is erased": lambda who: Erased(who=who),
    "chooses noon": lambda who: HourChosen(who=who, hour=time(12)),
}
MOMENTS: Final = {  # when the act happens
    "before the welcome": "2018-10-05 09:00",
    "before the first question": "2018-10-08 12:00",
    "while the first round is open": "2018-10-09 12:00",
    "after the first close": "2018-10-12 10:30",
    "before the question of each role": "2018-10-22 12:00",
    "while the second round is open": "2018-10-23 12:00",
}
PLAY: Final = {  # at each moment: what everybody else does there
    "2018-10-05 09:00": "",
    "2018-10-08 12:00": "",
    "2018-10-08 13:40": "",
    "2018-10-09 08:40": "look",  # where somebody is further east
    "2018-10-09 09:30": "look",
    "2018-10-09 12:00": "answer",
    "2018-10-09 13:40": "",  # where somebody is further west
    "2018-10-09 16:30": "",  # where it is noon further west
    "2018-10-11 13:00": "",
    "2018-10-12 10:30": "approve",
    "2018-10-12 14:00": "look",
    "2018-10-22 12:00": "",
    "2018-10-23 08:40": "look",
    "2018-10-23 09:30": "look",
    "2018-10-23 12:00": "answer",
    "2018-10-23 13:40": "",
    "2018-10-23 16:30": "",
    "2018-10-25 13:00": "",
    "2018-10-26 10:00": "approve",
    "2018-10-26 14:00": "look",
    "2018-11-02 10:00": "approve",  # the season's report
    "2018-11-02 14:00": "look",
    "2018-11-05 09:30": "look",  # the thanks have come to everybody
}


@dataclass(frozen=True, kw_only=True)
class Story:
    """What the lists hold, who the one person is, in which zone, what they do, and at which moment; `act` "": nothing."""

    leaders: int
    reps: int
    who: str
    zone: str = COPENHAGEN
    act: str = ""
    moment: str = ""


@dataclass
class Screens:
    """A platform: what each place shows, by when it was shown to the minute. Delivery ids and stamps are no part of it."""

    lists: Mapping[str, Sequence[str]]
    zones: Mapping[str, str]
    clock: MovableClock
    shown: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    is_down: bool = False  # it takes nothing

    def put(self, address: str, what: Any) -> None:
        """Something stands on a screen."""
        at = f"{self.clock.now():%Y-%m-%d %H:%M}"
        self.shown.setdefault(address, []).append((at, json.dumps(what, sort_keys=True, ensure_ascii=False)))

    def send(self, address: str, meaning: Meaning, delivery_id: str) -> Receipt:
        if self.is_down:
            raise OutOfService("down", after=60)
        self.put(address, render_message(meaning).block_list)
        return Receipt(channel=address, stamp=str(sum(map(len, self.shown.values()))))

    def update(self, receipt: Receipt, meaning: Meaning) -> None:
        self.put(receipt.channel, {"drawn anew": render_message(meaning).block_list})

    def find(self, address: str, delivery_id: str, since: datetime) -> Receipt | None:
        raise AssertionError(f"something was in doubt for {address}")

    def roster(self, sources: Sequence[Source]) -> dict[Source, Roster]:
        people = {source: self.lists[str(source.usergroup)] for source in sources}
        return {source: Roster(found=tuple(self._found(who) for who in listed)) for source, listed in people.items()}

    def channel(self, channel: str) -> ChannelFacts:
        return ChannelFacts(exists=True, member=True, archived=False, external=False)

    def _found(self, who: str) -> Found:
        return Found(address=who, language=Language.DA, timezone=self.zones.get(who, COPENHAGEN), active=True)

    def connected(self) -> bool:
        return True


def play(
    folder: Path,
    story: Story,
    *,
    act: Callable[[Engine, str], object] | None = None,
    watch: Callable[[Engine], None] = lambda _: None,
    down_at: str = "",
) -> dict[str, list[tuple[str, str]]]:
    """All that everybody but the one person is shown in four weeks: two questions, two digests, and their own pages.

    `act` does something at each moment instead of the story's act; then `watch` looks. The platform takes nothing at `down_at`.
    """
    lists = {
        "S0LEADERS": [f"L{number}" for number in range(story.leaders)],
        "S0REPS": [f"E{number}" for number in range(story.reps)],
        "S0POLIT": ["P0", "P1"],
        "S0ORG": ["O0"],
    }
    clock = MovableClock(_moment("2018-10-05 08:00"))
    screens = Screens(lists, {story.who: story.zone}, clock)
    with closing(open_database()) as database, _counted_names():
        create_tables(database)
        platform: Any = screens
        store = ProgrammeStore(_schedules(folder, story))
        signs = SignsOfLife(lambda: 0.0)  # real seconds depend on the machine
        engine = assemble(
            workspace=LOCAL, database=database, programme_store=store, platform=platform, clock=clock, limits=None, signs=signs
        )
        for moment, what in PLAY.items():
            clock.move_to(_moment(moment))
            screens.is_down = moment == down_at
            _settle(engine)
            if act is not None:
                act(engine, moment)
            elif story.act and MOMENTS[story.moment] == moment:
                engine._act(ACTS[story.act](story.who))
            watch(engine)
            _do(engine, screens, what, [who for name in ("S0LEADERS", "S0REPS") for who in lists[name] if who != story.who])
            _settle(engine)
            if screens.is_down:
                clock.move_to(clock.now() + timedelta(minutes=20))
            watch(engine)
    screens.shown.pop(story.who, None)
    return screens.shown


def _schedules(folder: Path, story: Story) -> Path:
    """The folder of the programme: everybody is asked one question, then each role its own."""
    schedules = folder / ("both" if story.reps else "leaders")
    if not schedules.exists():
        order = "[hvorhen, {leader: hvem-med, employee_rep: hvad-nu}]" if story.reps else "[hvorhen, {leader: hvem-med}]"
        without_reps = () if story.reps else ("  employee_reps: {usergroup: S0REPS}\n", "")
        changes = ("order: [hvorhen, hvem-med, hvornaar, hvad-nu]", f"order: {order}", "until: 2018-11-06", "until: 2018-10-23")
        write_programme(schedules, *changes, *without_reps)
    return schedules


@contextmanager
def _counted_names() -> Iterator[None]:
    """Replies and quotes are called by numbers, not at random."""
    numbers = count(1)
    with pytest.MonkeyPatch.context() as counted:
        for module in (replies, quotes):
            counted.setattr(module, "new_id", lambda _: UUID(int=next(numbers)).hex)
        yield


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(COPENHAGEN))


def _settle(engine: Engine) -> None:
    """What is due is done and said, and what follows from that."""
    for _ in range(2):
        engine.heartbeat.beat()
        engine.delivery.deliver(threading.Event())


def _do(engine: Engine, screens: Screens, what: str, others: Sequence[str]) -> None:
    """What everybody but the one person does."""
    if what == "answer":
        round_id = messages_in(engine.database, MessageKind.QUESTION)[-1].round_id
        for number, who in enumerate(others):
            if number % 4:
                engine._act(Replied(who=who, round=round_id or 0, text=f"Mere tid til samtale {number}.", wish=number % 3 == 0, quote=True))
    elif what == "approve":
        digest = messages_in(engine.database, MessageKind.DRAFT)[-1].facts["digest"]
        shown: Any = engine._read(DigestPageWanted(who="O0", digest=digest))
        engine._act(DigestApproved(who="O0", digest=digest, seen=getattr(shown, "fingerprint", "")))
    elif what == "look":
        for who in (others[0], others[-1], "O0", "P0"):
            page: Any = engine._read(HomeWanted(who=who))
            screens.put(who, home_view(page))


def differences(one: Mapping[str, Sequence[tuple[str, str]]], other: Mapping[str, Sequence[tuple[str, str]]]) -> list[str]:
    """Where, and when, something is shown in one world alone."""
    return sorted({f"{place} {at}" for place in one.keys() | other.keys() for at, _ in {*one.get(place, ())} ^ {*other.get(place, ())}})
