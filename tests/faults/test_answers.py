"""Killed at any instruction, or two at once: every accepted answer is there once."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

import handlers
from bot.confidentiality.encryption import decrypt_words
from bot.models import Authorship, Participation, Person, Reply
from bot.programme import Role
from bot.seam.actions import Replied
from bot.seam.answers import FormErrors, Said
from tests.support.database import unit_of_work
from tests.support.killed_processes import PROCESSES, AnsweringProcess, Death, answer_and_die, answer_too, ask_leaders, start
from tests.support.programme import PROGRAMME
from tests.support.world import OPENS, addresses

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.seam.actions import Action
    from bot.seam.answers import Answer

PEOPLE = addresses(Role.LEADER, 24)
PLACES = [("keeping", 1), ("kept", 1), ("told", 1), ("keeping", 2), ("kept", 2), ("told", 2), ("told", 13), ("told", 24)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Who has been told that theirs is kept."""
    return tmp_path / "told.txt"


def told(file: Path) -> list[str]:
    return sorted(file.read_text().split()) if file.exists() else []


def kept(database: Database) -> list[str]:
    """Whose replies are there, with the words that are theirs and a participation each; a name twice if two are."""
    own = select(Person.address, Reply).join(Authorship, Authorship.person_id == Person.id).join(Reply, Reply.id == Authorship.reply_id)
    with database.look() as session:
        rows = session.execute(own.order_by(Person.address)).all()
        assert [decrypt_words(session, reply) for _, reply in rows] == [f"{who} mener noget." for who, _ in rows]
        assert len(session.scalars(select(Reply)).all()) == len(session.execute(select(Participation)).all()) == len(rows)
    return sorted(who for who, _ in rows)


@pytest.mark.parametrize(("place", "n"), PLACES)
def test_killed_anywhere_no_accepted_answer_is_lost_and_none_is_doubled(
    database: Database, database_url: str, file: Path, place: str, n: int
) -> None:
    assert ask_leaders(database, len(PEOPLE)) == 1
    process = start(answer_and_die, database_url, file, PEOPLE, place, n)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert set(told(file)) <= set(kept(database))
    AnsweringProcess(database_url, file, Death("nowhere", 1)).answer(PEOPLE)  # who was not told sends the form again, and so do all others
    assert kept(database) == sorted(PEOPLE)


def test_a_refusal_is_an_answer_and_keeps_no_neighbours_back(database: Database) -> None:
    ask_leaders(database, len(PEOPLE))
    database._batch._patience = 60.0
    texts = {"L0": "L0 mener noget.", "L1": " ", "X9": "Hvem mon?", "L2": "L2 mener noget."}
    with ThreadPoolExecutor() as threads, unit_of_work(database):
        sent = [Replied(who=who, round=1, text=text) for who, text in texts.items()]
        answers = [threads.submit(database.write, partial(answered, each)) for each in sent]
        while len(database._batch._waiting) < 3:
            time.sleep(0.001)
    assert [type(answer.result()) for answer in answers] == [Said, FormErrors, Said, Said]
    assert [answer.result().is_refusal for answer in answers] == [False, False, True, False]
    assert kept(database) == ["L0", "L2"]


def answered(action: Action, session: Session) -> Answer:
    return handlers.answer(action, session, OPENS, PROGRAMME)


def test_two_processes_on_one_file_keep_every_answer_once(database: Database, database_url: str, file: Path) -> None:
    ask_leaders(database, len(PEOPLE))
    pipes = [PROCESSES.Pipe(duplex=False) for _ in range(2)]
    processes = [start(answer_too, database_url, file, PEOPLE, tell) for _, tell in pipes]
    for process in processes:
        process.join(60)
    assert [heard.recv() for heard, _ in pipes] == [24, 24]
    assert told(file) == sorted(PEOPLE * 2)
    assert kept(database) == sorted(PEOPLE)
