"""The season that a storm goes through, and the verdict on it."""

from __future__ import annotations

import random
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from tests.chaos import judge
from tests.chaos.storm import Storm, raging
from tests.support.server import running_server

if TYPE_CHECKING:
    from pathlib import Path

ZONE: Final = ZoneInfo("Europe/Copenhagen")
TUESDAYS: Final = ("2018-10-09", "2018-10-23", "2018-10-30", "2018-11-06")
THURSDAYS: Final = ("2018-10-11", "2018-10-25", "2018-11-01", "2018-11-08")
COUNT: Final = "SELECT count(*) FROM outbox WHERE kind = '{kind}'"
ROUNDS: Final = "SELECT count(*) FROM rounds"
WHOLE: Final = {"synchronous_commit": "on"}  # a server that is killed must keep what it has committed


def moment(day: str, time: str) -> datetime:
    """A moment of the programme's zone."""
    return datetime.fromisoformat(f"{day} {time}").replace(tzinfo=ZONE)


def play(  # noqa: PLR0913 - how long, how many, how wild
    folder: Path, *, processes: int, people: int, weeks: int, seed: int, pause: tuple[float, float], skews: tuple[float, ...] = ()
) -> Storm:
    """Play a season in a storm, and judge it."""
    with running_server(WHOLE) as server:
        storm = Storm(folder, server, random.Random(seed), processes, people, skews)  # noqa: S311 - dice are all it takes
        storm.begin()
        try:
            with raging(storm, pause):
                play_weeks(storm, weeks)
        finally:
            storm.end()
        judge_season(storm, weeks)
        return storm


def play_weeks(storm: Storm, weeks: int) -> None:
    """Questions, answers all the while, reminders, more answers."""
    storm.play_to(moment("2018-10-08", "10:01"), COUNT.format(kind="welcome"), storm.people)
    for week, (tuesday, thursday) in enumerate(zip(TUESDAYS[:weeks], THURSDAYS, strict=False)):
        storm.play_to(moment(tuesday, "09:31"), ROUNDS, week + 1, lambda: storm.answer(0.4))
        reminders = storm.ask(COUNT.format(kind="reminder"))[0][0]
        storm.play_to(moment(thursday, "13:01"), COUNT.format(kind="reminder"), reminders + 1, lambda: storm.answer(0.3))


def judge_season(storm: Storm, weeks: int) -> None:
    """Nobody was asked twice or forgotten, no accepted answer is lost, and one delivered at a time."""
    participants = [member.id for member in storm.chat.members() if member.title in {"leder", "medarbejderrepræsentant"}]
    url = storm.server.url
    assert judge.doubled(storm.journal, {member.id for member in storm.chat.members()}) == []
    assert judge.lost(url, storm.journal, dict.fromkeys(participants, set(TUESDAYS[:weeks]))) == []
    assert judge.forgotten(url, storm.acts) == []
    assert judge.interleaved(url) == []
    assert sum(act.outcome == "kept" for act in storm.acts) > 0
    assert all(seconds < 30 for seconds in storm.takeovers), storm.takeovers


def tell(storm: Storm) -> str:
    """What it was like, in a line."""
    outcomes = {outcome: sum(act.outcome == outcome for act in storm.acts) for outcome in ("kept", "refused", "silence")}
    slowest = max(storm.takeovers, default=0.0)
    return (
        f"{storm.number} processes, {len(judge.posts(storm.journal))} messages, answers {outcomes}, {len(storm.blows)} blows,"
        f" {len(storm.takeovers)} take-overs, the slowest after {slowest:.1f} s"
    )
