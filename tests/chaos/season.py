"""The season that a storm goes through, and the verdict on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.models import MessageKind
from tests.chaos import judge
from tests.chaos.storm import ANSWERING, RELEASED, Storm, raging
from tests.chaos.worker import FASTER
from tests.support.server import running_server

if TYPE_CHECKING:
    from pathlib import Path

ZONE: Final = ZoneInfo("Europe/Copenhagen")
TUESDAYS: Final = ("2018-10-09", "2018-10-23", "2018-10-30", "2018-11-06")
THURSDAYS: Final = ("2018-10-11", "2018-10-25", "2018-11-01", "2018-11-08")
FRIDAYS: Final = ("2018-10-12", "2018-10-26", "2018-11-02", "2018-11-09")
THANKED: Final = "2018-11-15"
EVENING: Final = "17:31"  # by then it has been every hour of the programme everywhere
COUNT: Final = "SELECT count(*) FROM outbox WHERE kind = '{kind}'"
ROUNDS: Final = "SELECT count(*) FROM rounds"
TAKE_OVER: Final = 30.0  # seconds
WHOLE: Final = {"synchronous_commit": "on"}  # a server that is killed must keep what it has committed


def moment(day: str, time: str) -> datetime:
    """A moment of the programme's zone."""
    return datetime.fromisoformat(f"{day} {time}").replace(tzinfo=ZONE)


def play(
    folder: Path,
    *,
    processes: int,
    people: int,
    weeks: int,
    seed: int,
    pause: tuple[float, float],
    most: int,
    skews: tuple[float, ...] = (),
    faster: int = FASTER,
) -> tuple[Storm, dict[str, list[str]]]:
    """Play a season in a storm; what it was like, and what the judge has found: nothing, it is hoped."""
    with running_server(WHOLE) as server:
        with Storm(folder, server, seed, processes, people, skews, faster) as storm:
            welcome_all(storm)
            with raging(storm, pause, most):
                play_weeks(storm, weeks)
        return storm, judge_season(storm, weeks)


def welcome_all(storm: Storm) -> None:
    """Let everybody be welcomed, the evening before the first question."""
    storm.play_to(moment("2018-10-08", EVENING), COUNT.format(kind="welcome"), storm.people)


def play_weeks(storm: Storm, weeks: int) -> None:
    """Questions, answers all the while, reminders, more answers, the digest and what politicians say to it; at the end the thanks."""
    for week, (tuesday, thursday, friday) in enumerate(zip(TUESDAYS[:weeks], THURSDAYS, FRIDAYS, strict=False)):
        storm.play_to(moment(tuesday, EVENING), ROUNDS, week + 1, lambda: storm.answer(0.4))
        reminders = storm.ask(COUNT.format(kind="reminder"))[0][0]
        storm.play_to(moment(thursday, EVENING), COUNT.format(kind="reminder"), reminders + 1, lambda: storm.answer(0.3))
        storm.play_to(moment(friday, EVENING), RELEASED, ANSWERING * (week + 1), lambda number=week + 1: storm.decide(number))
    if weeks == len(TUESDAYS):
        storm.play_to(moment(THANKED, EVENING), COUNT.format(kind="thanks"), storm.people)


def judge_season(storm: Storm, weeks: int) -> dict[str, list[str]]:
    """What went wrong: who was asked twice or forgotten, which accepted answers are lost, which claims were made by two at a time."""
    url, is_over = storm.server.url, weeks == len(TUESDAYS)
    due = {MessageKind.WELCOME: 1, MessageKind.QUESTION: weeks, MessageKind.THANKS: int(is_over)}
    found: dict[str, list[str]] = judge_sending(storm, due) | {
        "digests": judge.digests(storm.journal, weeks),
        "forgotten": judge.forgotten(url, storm.acts),
        "unheard": judge.unheard(url, storm.journal, storm.said, storm.participants, is_over=is_over),
        "late": [f"{seconds:.0f} s" for seconds in storm.takeovers if seconds > TAKE_OVER],
        "nothing": [] if any(act.outcome == "kept" for act in storm.acts) else ["nobody's answer was accepted"],
    }
    if is_over:
        found.pop("interleaved", None)
    return {fault: where for fault, where in found.items() if where}


def judge_sending(storm: Storm, due: dict[MessageKind, int]) -> dict[str, list[str]]:
    """Who was told something twice, or another number of times than is due, and which claims were made by two at a time."""
    url, people = storm.server.url, {member.id for member in storm.chat.members()}
    found = {
        "doubled": judge.doubled(storm.journal, people),
        "lost": judge.lost(url, storm.journal, storm.sent, storm.participants, due),
        "interleaved": [str(claims) for claims in judge.interleaved(url)],
    }
    return {fault: where for fault, where in found.items() if where}


def tell(storm: Storm) -> str:
    """What it was like, in a line."""
    outcomes = {outcome: sum(act.outcome == outcome for act in storm.acts) for outcome in ("kept", "refused", "silence")}
    slowest = max(storm.takeovers, default=0.0)
    return (
        f"{storm.number} processes, {len(judge.posts(storm.journal))} messages, answers {outcomes}, {len(storm.blows)} blows,"
        f" {len(storm.takeovers)} take-overs, the slowest after {slowest:.1f} s"
    )
