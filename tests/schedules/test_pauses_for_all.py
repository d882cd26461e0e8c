"""Whenever a pause for all begins and however long it lasts, each question reaches everybody once."""

from __future__ import annotations

from collections import Counter
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import handlers
from bot.app.dialogue_hooks import hooks_for
from bot.local_time import instant
from bot.seam.answers import GoOnForm, Said
from bot.seam.meaning import Question
from bot.seam.planning_actions import AllPaused, GoOnFormWanted, WentOn
from bot.sending.delivery import Delivery
from bot.sending.lease import Lease
from bot.sending.pace import Pace
from schedules.planner import ProgrammePlanner
from schedules.planning.progress import load_history
from schedules.slots import assignment, sending_days
from tests.support.database import create_tables, open_database, unit_of_work
from tests.support.delivery_world import ScriptedPlatform, Ticks
from tests.support.heartbeat_world import HeartbeatWorld, here
from tests.support.programme import write_programme
from tests.support.world import AS_FOUND

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.database.unit_of_work import Database
    from bot.programme import Programme
    from bot.seam.actions import Action
    from bot.seam.answers import Answer
    from bot.seam.meaning import Meaning
    from bot.seam.platform import Receipt

pytestmark = pytest.mark.long  # plays whole seasons
ORGANISER = "US0ORG0"
PEOPLE, ENTRIES = 24, 4
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGIN, ALL_ARE_OUT = here("2018-10-08 08:00"), timedelta(weeks=5, days=1)  # after a pause, with the week of the autumn holidays
LONGEST = 24 * 7 * 15  # hours
HALF_PAST = timedelta(minutes=31)
BEATS = {1: (9, 10), 2: (8,)}  # weekday → hours at which a question may go out: at home, abroad, and the next morning


class Reached(ScriptedPlatform):
    """A platform that remembers who has been asked what."""

    def __init__(self, season: Season) -> None:
        super().__init__(season.clock)
        self.season = season
        self.asked: Counter[tuple[str, str]] = Counter()

    def send(self, address: str, meaning: Meaning, delivery_id: str) -> Receipt:
        assert not self.season.is_paused or not isinstance(meaning, Question)
        self.asked.update([(address, meaning.ask)] if isinstance(meaning, Question) else [])
        return super().send(address, meaning, delivery_id)


class Season(HeartbeatWorld):
    """A season in which an organiser pauses everything; what is sent is delivered to a platform that remembers it."""

    def __init__(self, folder: Path, database: Database) -> None:
        super().__init__(folder, database)
        self.is_paused, self.reached = False, Reached(self)
        self.delivery = Delivery(
            write=database.write,
            glance=database.glance,
            platform=self.reached,
            hooks=hooks_for(lambda _: self.programme),
            clock=self.clock,
            pace=Pace(self.clock, limits=None),
            lease=Lease(database.write, database.look, workspace="T0TEST", monotonic=Ticks()),
        )

    @property
    def programme(self) -> Programme:
        """The programme that runs."""
        return self.heart._programme_store.current(self.clock.now())

    def deliver(self) -> None:
        self.delivery.deliver()

    def play(self, until: datetime) -> None:
        """Beat and deliver a few times a week up to a moment, and at that moment."""
        day = self.clock.moment.replace(hour=0, minute=0)
        days = [day + DAY * n for n in range((until - day).days + 2)]
        moments = [day + HOUR * hour + HALF_PAST for day in days for hour in BEATS.get(day.weekday(), ())]
        for moment in [*(moment for moment in moments if self.clock.moment < moment < until), until]:
            self.clock.moment = moment
            self.beat()

    def act(self, action: Action) -> Answer:
        """An organiser does something."""
        with unit_of_work(self.database) as session:
            return handlers.answer(action, session, self.clock.now(), self.programme, ProgrammePlanner())

    def pause(self) -> None:
        """An organiser pauses everything."""
        assert isinstance(self.act(AllPaused(who=ORGANISER, reason="Valg")), Said)
        self.is_paused = True

    def go_on(self) -> None:
        """An organiser goes on as they are shown it."""
        form = self.act(GoOnFormWanted(who=ORGANISER))
        assert isinstance(form, GoOnForm)
        said = self.act(WentOn(who=ORGANISER, fingerprint=form.fingerprint))
        assert isinstance(said, Said)
        self.is_paused = False
        self.beat()
        self.assert_each_has_a_day(form, said)

    def assert_each_has_a_day(self, form: GoOnForm, said: Said) -> None:
        """Each question that has not gone out has a day ahead, and what was shown names each that has lost its own."""
        programme, now, words = self.programme, self.clock.now(), " ".join((*form.paragraphs, *form.lines))
        with self.database.look() as session:
            history = load_history(session, programme)
        waits = {entry.key: slot for slot, entry in assignment(programme, history).items() if entry.key not in history.sent}
        days = {day.slot: instant(day.day, programme.rounds.at, programme.zone) for day in sending_days(programme)}
        assert set(waits) | set(history.sent) == {entry.key for entry in programme.rounds.order}
        assert all(days[slot] > now - DAY for slot in waits.values())
        is_moved = "~ »" in words
        assert ("rykker planen sådan" in words, "Planen er rykket" in " ".join(said.paragraphs)) == (is_moved, is_moved)
        if is_moved:
            asks = {question.id: question.ask.in_(programme.language) for question in programme.questions}
            named = [any(asks[question] in words for question in key.split("+")) for key in waits]
            assert all(named)


@contextmanager
def season() -> Iterator[Season]:
    with TemporaryDirectory() as folder, closing(open_database()) as database:
        create_tables(database)
        write_programme(Path(folder))
        yield Season(Path(folder), database)


@settings(max_examples=1, deadline=None, phases=AS_FOUND)
@given(begins=st.integers(4, 24 * 21), lasts=st.integers(1, LONGEST))
@example(begins=25, lasts=LONGEST)
def test_whenever_everything_is_paused_everybody_is_asked_each_question_once(begins: int, lasts: int) -> None:
    with season() as world:
        world.play(BEGIN)
        world.play(BEGIN + HOUR * begins)
        world.pause()
        world.play(BEGIN + HOUR * (begins + lasts))
        world.go_on()
        world.play(BEGIN + HOUR * (begins + lasts) + ALL_ARE_OUT)
        assert len(world.reached.asked) == PEOPLE * ENTRIES
        assert set(world.reached.asked.values()) == {1}
        assert world.notices("unplaced:") == []
