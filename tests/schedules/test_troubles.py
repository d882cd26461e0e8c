"""Organisers hear once of what is wrong with the bot, and again when it is over."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from bot.clock import ClockDoubt
from bot.database.row_ids import DICE_IN_SESSION, new_id_by
from bot.errors import Later, Unsure
from bot.failures import DELIVERY, Failures
from bot.models import MessageKind, MessageState
from bot.wording import say
from schedules import jobs
from schedules.heartbeat import Heartbeat
from schedules.programme_store import ProgrammeStore
from schedules.troubles import Troubles
from tests.support.database import locked, unit_of_work
from tests.support.delivery_world import Ticks
from tests.support.heartbeat_world import here
from tests.support.programme import ORGANISERS_CHANNEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.models import OutboxMessage
    from tests.support.heartbeat_world import HeartbeatWorld

FIRST = "2018-10-01 08:00"
BEAT = 5  # seconds
BROKEN = RuntimeError("made to break")


@dataclass(frozen=True)
class Stood:
    """A lane that stands still."""

    since: datetime
    reason: str


class Watched:
    """The troubles of one process, looked at every five seconds."""

    def __init__(self, world: HeartbeatWorld) -> None:
        self.world, self.ticks = world, Ticks()
        self.lanes: dict[str, Any] = {}
        self.doubt: ClockDoubt | None = None
        world.beat(FIRST)
        self.start()

    def start(self) -> None:
        """As a process that starts anew."""
        platform: Any = self.world.platform
        self.failures = Failures(self.world.clock.now, monotonic=self.ticks)
        self.troubles = Troubles(
            database=self.world.database,
            platform=platform,
            failures=self.failures,
            standstills=lambda: self.lanes,
            doubt=lambda: self.doubt,
            monotonic=self.ticks,
        )
        self.running = ProgrammeStore(self.world.folder).running(self.world.clock.now())

    def look(self, seconds: float = BEAT) -> None:
        """Look again and again for so long."""
        for _ in range(int(seconds / BEAT)):
            self.ticks.seconds += BEAT
            self.world.clock.step(seconds=BEAT)
            self.troubles.look(self.world.clock.now(), self.running)

    def fail(self, times: int, name: str = DELIVERY, error: Exception = BROKEN) -> None:
        for _ in range(times):
            with self.failures.watch(name):
                raise error
            self.look()

    def write(self) -> None:
        """Do something that is written down, as a step does."""
        with self.failures.watch("open_rounds"), unit_of_work(self.world.database) as session:
            jobs.tidy(session, self.world.clock.now(), self.running[-1])
        self.look()

    def go_well(self, name: str = DELIVERY) -> None:
        with self.failures.watch(name):
            pass

    @property
    def told(self) -> list[str]:
        """The sentences that organisers are told by the outbox."""
        return [str(notice.facts["say"]) for notice in self.notices() if "trouble" in str(notice.key)]

    def notices(self) -> list[OutboxMessage]:
        """What organisers are told, without the hello and the plans of weeks."""
        return [notice for notice in self.world.messages(MessageKind.NOTICE) if not str(notice.key).startswith(("hello", "week:"))]

    @property
    def said(self) -> list[str]:
        """What was said past the outbox."""
        return list(self.world.platform.said.values())


@pytest.fixture
def watched(world: HeartbeatWorld) -> Iterator[Watched]:
    with capture_logs():
        yield Watched(world)


# --- what begins, lasts and ends


def go_down(watched: Watched) -> Callable[[], object]:
    watched.world.platform.is_connected = False
    return lambda: setattr(watched.world.platform, "is_connected", True)


def stand_still(watched: Watched) -> Callable[[], object]:
    watched.lanes["people"] = Stood(watched.world.clock.now(), "account_inactive")
    return watched.lanes.clear


def show_another_time(watched: Watched) -> Callable[[], object]:
    now = watched.world.clock.now()
    watched.doubt = ClockDoubt(since=now, machine=now + timedelta(days=400), is_open=False)
    return lambda: setattr(watched, "doubt", None)


@pytest.mark.parametrize(("begin", "kind"), [(go_down, "socket"), (stand_still, "people"), (show_another_time, "clock")])
def test_what_lasts_five_minutes_is_told_once_and_once_more_when_it_is_over(
    watched: Watched, begin: Callable[[Watched], Callable[[], object]], kind: str
) -> None:
    end = begin(watched)
    watched.look(290)
    assert watched.told == []
    watched.look(4000)
    assert watched.told == [f"trouble.{kind}"]
    end()
    watched.look(50)
    assert watched.told == [f"trouble.{kind}"]
    watched.look(4000)
    assert watched.told == [f"trouble.{kind}", f"trouble.{kind}.over"]
    values = watched.notices()[-1].facts["values"]
    assert (values["since"], values["until"]) == ("mandag den 1. oktober kl. 08.00", "kl. 09.11")


@pytest.mark.parametrize("begin", [go_down, stand_still])
def test_what_lasts_less_is_told_never(watched: Watched, begin: Callable[[Watched], Callable[[], object]]) -> None:
    for _ in range(3):
        end = begin(watched)
        watched.look(290)
        end()
        watched.look(120)
    assert watched.told == []


def test_what_comes_back_at_once_was_not_over(watched: Watched) -> None:
    go_down(watched)
    watched.look(400)
    for is_connected in (True, False) * 20:
        watched.world.platform.is_connected = is_connected
        watched.look(50)
    assert watched.told == ["trouble.socket"]


def test_a_wall_clock_that_is_set_makes_no_trouble_of_a_connection_that_was_down_for_a_moment(watched: Watched) -> None:
    go_down(watched)
    watched.look(5)
    watched.world.clock.step(hours=2)
    watched.look(5)
    assert watched.told == []


@pytest.mark.parametrize(
    ("reason", "key", "values"),
    [
        ("channel.archived", "channel.archived", {}),
        ("outofservice: chat.postMessage: messages_tab_disabled", "reason.messages_tab_disabled", {}),
        ("unreachable: chat.postMessage: channel_not_found", "reason.unreachable", {}),
        ("never: chat.postMessage: some_code", "alarm.reason", {"reason": "some_code"}),
    ],
)
def test_a_reason_is_told_in_words_where_there_are_some(watched: Watched, reason: str, key: str, values: dict[str, str]) -> None:
    watched.lanes["people"] = Stood(watched.world.clock.now(), reason)
    watched.look(310)
    (notice,) = watched.notices()
    assert (notice.facts["say"], notice.facts["values"]["reason"]) == ("trouble.people", say("da", key, **values))


def test_where_their_channel_takes_nothing_organisers_hear_of_it_once_it_is_over(watched: Watched) -> None:
    watched.lanes = {lane: Stood(watched.world.clock.now(), "outofservice: no connection: gaierror") for lane in ("people", "channels")}
    watched.look(310)
    assert watched.told == []
    watched.lanes = {}
    watched.look(10)
    watched.look(70)
    assert watched.told == ["trouble.people.over", "trouble.channels.over"]


def test_one_look_that_breaks_does_not_hide_what_the_others_see(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched.world.platform, "connected", lambda: 1 / 0)
    stand_still(watched)
    watched.fail(3, "tidy")
    watched.look(310)
    assert watched.told == ["trouble.step", "trouble.people"]


def test_two_processes_tell_of_one_trouble_once(watched: Watched) -> None:
    other = Watched(watched.world)
    end = stand_still(watched)
    watched.look(2)
    stand_still(other)
    for _ in range(80):
        watched.look()
        other.look()
    assert watched.told == ["trouble.people"]
    end()
    other.lanes.clear()
    for _ in range(80):
        watched.look()
        other.look()
    assert watched.told == ["trouble.people", "trouble.people.over"]


def test_a_bot_that_starts_anew_takes_back_what_was_told(watched: Watched) -> None:
    end = stand_still(watched)
    watched.look(310)
    watched.start()
    watched.look(400)
    assert watched.told == ["trouble.people"]
    watched.start()
    end()
    watched.look(400)
    assert watched.told == ["trouble.people", "trouble.people.over"]
    watched.start()
    watched.look(400)
    assert watched.told == ["trouble.people", "trouble.people.over"]


# --- steps and delivery


def test_a_step_that_fails_three_times_in_a_row_is_told_once(watched: Watched) -> None:
    watched.fail(2, "tidy")
    watched.go_well("tidy")
    watched.fail(2, "tidy")
    assert watched.told == []
    watched.fail(20, "tidy")
    watched.world.clock.step(days=1)
    watched.fail(20, "tidy")
    assert [notice.key for notice in watched.notices() if "step" in str(notice.key)] == [
        "trouble:step:tidy:2018-10-01T060010+0000",
    ]
    watched.go_well("tidy")
    watched.look(120)
    assert watched.notices()[-1].facts["values"]["step"] == "tidy"
    assert watched.told == ["trouble.step", "trouble.step.over"]


def test_no_answer_from_the_platform_is_told_only_if_it_lasts(watched: Watched) -> None:
    watched.fail(59, "people", Unsure("no answer"))
    assert watched.told == []
    watched.fail(3, "people", Unsure("no answer"))
    assert watched.told == ["trouble.step"]


def test_a_delivery_that_fails_is_told_past_the_outbox_and_taken_back_after_a_restart(watched: Watched) -> None:
    watched.fail(10)
    (text,) = watched.said
    assert text.startswith(f"{ORGANISERS_CHANNEL}: Siden mandag den 1. oktober kl. 08.00 går noget galt")
    (notice,) = [notice for notice in watched.notices() if "trouble" in str(notice.key)]
    assert (notice.state, notice.channel) == (MessageState.SENT, ORGANISERS_CHANNEL)
    watched.start()
    watched.look(120)
    assert watched.told == ["trouble.delivery", "trouble.delivery.over"]
    assert watched.notices()[-1].state is MessageState.PENDING


def test_by_a_rehearsals_dice_a_trouble_is_said_under_the_same_id_each_time(watched: Watched) -> None:
    dice = watched.world.database.carried
    dice[DICE_IN_SESSION] = random.Random(1)  # noqa: S311 - to be the same twice
    watched.fail(10)
    dice[DICE_IN_SESSION] = random.Random(1)  # noqa: S311 - likewise
    assert list(watched.world.platform.said) == [new_id_by(dice)]


@pytest.mark.parametrize("obstacle", [Later("not now", after=1), Unsure("no answer")])
def test_what_could_not_be_said_directly_is_said_a_minute_later(watched: Watched, obstacle: Exception) -> None:
    watched.world.platform.obstacles = [obstacle]
    watched.fail(10)
    assert watched.said == []
    watched.fail(10)
    assert len(watched.said) == 1


def test_what_was_said_though_no_answer_came_is_found_and_not_said_again(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    send = watched.world.platform.send

    def lose_answer(*args: Any) -> None:
        send(*args)
        raise Unsure("no answer")

    monkeypatch.setattr(watched.world.platform, "send", lose_answer)
    watched.fail(60)
    assert len(watched.said) == 1


# --- the database


def test_a_database_that_cannot_be_written_is_said_directly_and_taken_back_once_it_can(watched: Watched) -> None:
    with locked(watched.world.database):
        for _ in range(20):
            watched.write()
        (text,) = watched.said
        assert "kan jeg ikke gemme noget" in text
    watched.go_well("open_rounds")
    watched.look(200)
    assert watched.told == ["trouble.database.over"]
    assert len(watched.said) == 1


def test_a_database_trouble_that_nobody_could_be_told_of_is_told_when_it_is_over(watched: Watched) -> None:
    watched.world.platform.obstacles = [Later("not now", after=1)] * 9
    with locked(watched.world.database):
        for _ in range(10):
            watched.write()
    watched.go_well("open_rounds")
    watched.look(200)
    assert (watched.told, watched.said) == (["trouble.database.over"], [])


def test_what_else_is_wrong_while_nothing_can_be_written_is_told_afterwards(watched: Watched) -> None:
    go_down(watched)
    with locked(watched.world.database):
        watched.look(400)
    watched.look(100)
    assert watched.told[0] == "trouble.socket"


# --- the beat itself


def test_a_beat_tells_of_a_step_that_fails_and_of_a_connection_that_is_down(world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "JOBS", {"breaking": lambda *_: 1 / 0} | jobs.JOBS)
    with capture_logs():
        world.beat(FIRST, "2018-10-01 08:01", "2018-10-01 08:02")
    assert [notice.key for notice in world.notices("trouble:")] == ["trouble:step:breaking:2018-10-01T060000+0000"]


def test_a_beat_is_handed_the_standstills(world: HeartbeatWorld) -> None:
    stood = {"people": Stood(here(FIRST) - timedelta(minutes=6), "account_inactive")}
    platform: Any = world.platform
    heart = Heartbeat(
        database=world.database,
        programme_store=ProgrammeStore(world.folder),
        platform=platform,
        clock=world.clock,
        standstills=lambda: stood,
    )
    heart.beat()
    assert [notice.facts["say"] for notice in world.notices("trouble:")] == ["trouble.people"]


def test_of_a_clock_that_is_not_believed_organisers_read_what_it_says_with_its_year(watched: Watched) -> None:
    show_another_time(watched)
    watched.look(400)
    assert "5. november 2019" in say("da", watched.told[0], **watched.notices()[-1].facts["values"])
