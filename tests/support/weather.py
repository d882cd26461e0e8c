"""A small programme that is played while Slack refuses: two rounds, fourteen participants, two digests, one political answer.

Organisers and participants do what people would: who is asked answers, what has a button is approved. What the play must have come to
stands in `tests/support/ledger.py`.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from bot.app.rehearsal.local_bot import LocalBot
from bot.workspace.simulation.habits import form_values, response_values
from bot.workspace.slack_api.injected_faults import FaultKind, InjectedFault, Weather
from schedules.programme_store import ProgrammeStore
from tests.support.line import Line
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL, write_programme
from tests.support.running_world import ZONE, RunningWorld, button_values, buttons, database_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.clock import Clock
    from bot.workspace.client.person import ChatClient

PARTICIPANTS, ANSWERING = 14, 6
TWO_WEEKS = (
    *("every: tuesday", "every: monday", "from: 2018-10-09", "from: 2018-10-08", "until: 2018-11-06", "until: 2018-10-15"),
    *("order: [hvorhen, hvem-med, hvornaar, hvad-nu]", "order: [hvorhen, hvem-med]", ", weeks: [42]", ""),
    *("on: 2018-10-01", "on: 2018-10-04", "{id: hvornaar,", "{id: hvornaar, reserve: true,"),
    *("{id: hvad-nu,", "{id: hvad-nu, reserve: true,"),
    *('  remind: {after_days: 2, at: "13:00"}\n', ""),  # else a question could not be told from its reminder
)
BEFORE_ALL, END = "2018-10-05 09:00", "2018-10-23 12:00"
LOAD, WELCOME, QUESTION, ANSWERS = "2018-10-04 08:00", "2018-10-05 09:30", "2018-10-08 09:30", "2018-10-08 12:00"
CLOSE, APPROVAL, POST, RESPONSE = "2018-10-12 10:00", "2018-10-12 11:00", "2018-10-12 14:00", "2018-10-12 14:30"
LAST_POST = "2018-10-19 14:00"
LENGTHS = {"20 s": timedelta(seconds=20), "7 h": timedelta(hours=7), "a weekend": timedelta(days=3)}
MARGIN = timedelta(minutes=5)  # what lasts for hours has begun before anybody calls


@dataclass(frozen=True, kw_only=True)
class WeatherWorld(RunningWorld):
    """A running bot at the end of a line that can be broken, if there is one."""

    cast: Cast
    line: Line | None = None


@dataclass(frozen=True, kw_only=True)
class Storm:
    """What a play goes through: a fault of `method`, about `whom` ("": everybody), for so long from each of the moments on.

    Without a `fault`: nobody gets through to Slack at all.
    """

    fault: InjectedFault | None
    method: str = "chat.postMessage"
    whom: str = ""
    length: str = "7 h"
    moments: tuple[str, ...] = (WELCOME, QUESTION, CLOSE)

    def begin(self, world: WeatherWorld) -> None:
        """Let it come."""
        places = {"person": world.leaders[0], "organisers": ORGANISERS_CHANNEL, "politicians": DIGEST_CHANNEL}
        for moment in map(at, self.moments):
            since = moment if self.length == "20 s" else moment - MARGIN
            until = since + LENGTHS[self.length]
            if self.fault is not None:
                weather = Weather(fault=self.fault, since=since, until=until, method=self.method, whom=places.get(self.whom, ""))
                world.local_bot.workspace.faults.hold(weather)
            elif world.line is not None:
                world.cast.add(since - timedelta(seconds=1), world.line.refuse)
                world.cast.add(until, world.line.accept)


def refusal(code: str, *, done: bool = False) -> InjectedFault:
    """Slack says no with this code; `done`: having done it all the same."""
    return InjectedFault(kind=FaultKind.REFUSE, error=code, done=done)


def at(moment: str) -> datetime:
    """A moment of the programme's zone."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE)


class Cast:
    """Those who act in a play, each act at its moment: it takes the place of the synthetic people."""

    def __init__(self, chat: ChatClient, clock: Clock) -> None:
        self._clock = clock
        self._left = [(at(moment), partial(act, chat)) for moment, act in ACTS]

    def add(self, moment: datetime, act: Callable[[], None]) -> None:
        """One act more."""
        self._left = sorted([*self._left, (moment, act)], key=itemgetter(0))

    def next_moment(self) -> datetime | None:
        """When somebody does something next."""
        return self._left[0][0] if self._left else None

    def act(self) -> int:
        """Do what is to be done by now; how many things that was."""
        due = [act for moment, act in self._left if moment <= self._clock.now()]
        del self._left[: len(due)]
        for act in due:
            act()
        return len(due)


@contextmanager
def weather_world(folder: Path, *, with_line: bool = False) -> Iterator[WeatherWorld]:
    """The bot with the small programme in `folder`, made at the first opening."""
    if not (folder / "schedules").exists():
        write_programme(folder / "schedules", *TWO_WEEKS)
    url = database_in(folder / "data")
    local_bot = LocalBot(ProgrammeStore(folder / "schedules"), folder / "data", database_url=url, participants=PARTICIPANTS)
    cast = Cast(local_bot.chat, local_bot.clock)
    local_bot.simulated_people = cast  # type: ignore[assignment]  # it has all that is asked of them
    with ExitStack() as stack:
        lines: list[Line] = []

        def lay_line(address: str) -> None:
            lines.append(stack.enter_context(Line(address)))
            local_bot.workspace.address = lines[0].address

        player = local_bot.open(lay_line if with_line else lambda _: None)
        stack.callback(local_bot.close)
        yield WeatherWorld(local_bot=local_bot, player=player, folder=folder, cast=cast, line=next(iter(lines), None))


def make_beginning(folder: Path) -> Path:
    """The world as it stands just before the first welcome, for plays to begin with."""
    with weather_world(folder) as world:
        world.play(BEFORE_ALL)
    return folder


@contextmanager
def play(beginning: Path | None, folder: Path, *storms: Storm) -> Iterator[WeatherWorld]:
    """The world at the end of a play through storms. `beginning` None: from the first day on."""
    if beginning is not None:
        shutil.copytree(beginning, folder, dirs_exist_ok=True)
    with weather_world(folder, with_line=any(storm.fault is None for storm in storms)) as world:
        for storm in storms:
            storm.begin(world)
        world.play(END)
        yield world


# --- what people do


def people_called(chat: ChatClient, title: str) -> list[str]:
    """The ids of those with this title."""
    return [member.id for member in chat.members() if member.title == title]


def answer(chat: ChatClient) -> None:
    """Some of those who have been asked and have not answered do; where Slack is in the way, they try again another day."""
    for person in people_called(chat, "leder")[:ANSWERING]:
        if chat.press(person, "answer").ok:
            send_form(chat, person, "Vi skal tale mere sammen, før vi begynder")


def respond(chat: ChatClient) -> None:
    """A politician answers the newest digest, if there is one."""
    politician = people_called(chat, "politiker")[0]
    if chat.press(politician, "respond", channel=DIGEST_CHANNEL).ok:
        send_form(chat, politician, "Vi går med.")


def send_form(chat: ChatClient, person: str, text: str) -> None:
    """Fill in the form that has opened, if it has."""
    if (view := chat.view(person)) is not None:
        chat.submit(person, form_values(view.blocks, response_values("free_text", text)))
        chat.dismiss(person)


def look(chat: ChatClient) -> None:
    """An organiser looks at what stands there, and presses what is to be pressed; never for a digest that politicians have already."""
    organiser = people_called(chat, "organisator")[0]
    for place in (ORGANISERS_CHANNEL, chat.dm_id(organiser)):
        for post in chat.messages(place, organiser):
            for action in sorted({"approve", "release"} & set(buttons(post))):
                if action == "release" or not set(button_values(post, "approve")) & set(digests_posted(chat)):
                    chat.press(organiser, action, channel=place, ts=post.ts)
                    press_on(chat, organiser)


def press_on(chat: ChatClient, organiser: str) -> None:
    """Approve what the window shows, if it can be, and close it."""
    if (view := chat.view(organiser)) is not None and view.submit:
        chat.submit(organiser, {})
    chat.dismiss(organiser)


def digests_posted(chat: ChatClient) -> list[str]:
    """The ids of the digests that stand in the politicians' channel, as often as they do."""
    posts = chat.messages(DIGEST_CHANNEL, people_called(chat, "politiker")[0])
    return [value for post in posts for value in button_values(post, "heard")]


ACTS: tuple[tuple[str, Callable[[ChatClient], None]], ...] = (
    *((moment, answer) for moment in (ANSWERS, "2018-10-09 12:00", "2018-10-11 12:00")),
    (APPROVAL, look),
    (RESPONSE, respond),
    *((moment, look) for moment in ("2018-10-12 15:00", "2018-10-12 17:30", "2018-10-15 10:30")),
    *((moment, answer) for moment in ("2018-10-15 12:00", "2018-10-16 12:00")),
    ("2018-10-16 13:00", respond),
    *((moment, look) for moment in ("2018-10-16 13:30", "2018-10-19 11:00", "2018-10-19 15:00", "2018-10-22 10:30", "2018-10-23 10:30")),
)
