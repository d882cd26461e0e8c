"""The network to the server swallows everything for 90 s, in mid-round and in mid-answer: people are told in time, and all goes on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind
from bot.workspace.simulation.habits import form_values
from tests.chaos.season import EVENING, ROUNDS, THURSDAYS, TUESDAYS, WHOLE, judge_sending, moment, welcome_all
from tests.chaos.storm import Storm, has_field
from tests.support.server import running_server
from tests.support.server_proxy import line_to

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workspace.client.person import Ack

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(600), pytest.mark.long]  # a minute and a half without a network
PEOPLE, FEW, CUT = 200, 10, 90.0
REMINDED = "SELECT count(*) FROM outbox WHERE state = 'sent' AND kind = 'reminder'"
IN_TIME = 3.0


def submit(storm: Storm, person: str) -> Ack:
    view = storm.chat.view(person)
    assert view is not None
    assert has_field(view)
    return storm.chat.submit(person, form_values(view.blocks, {"plain_text_input": f"Svar fra {person}"}), force=True)


def test_a_network_that_swallows_everything_for_90_seconds_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    with running_server(WHOLE) as server, line_to(server.url) as line:
        with Storm(tmp_path, server, seed=1, number=2, people=PEOPLE, faster=1, line=line.address) as storm:
            welcome_all(storm)
            storm.play_to(moment(TUESDAYS[0], EVENING), ROUNDS, 1)
            writing = [person for person in sorted(storm.participants)[:2] if storm.chat.press(person, "answer").ok]
            storm.clock.move_to(moment(THURSDAYS[0], EVENING))
            while storm.ask(REMINDED)[0][0] < FEW:
                time.sleep(0.01)
            line.is_cut, began = True, time.monotonic()
            assert storm.ask(REMINDED)[0][0] < PEOPLE, "the reminders are all out"
            while time.monotonic() - began < CUT:
                for person in writing:
                    told = submit(storm, person)
                    assert told.error, "nobody is thanked for what is not kept"
                    assert told.elapsed < IN_TIME
                time.sleep(10)
            line.is_cut = False
            storm.play_to(storm.clock.now(), REMINDED, 1)
            assert [submit(storm, person).error for person in writing] == [None] * len(writing)
        assert judge_sending(storm, {MessageKind.QUESTION: 1, MessageKind.REMINDER: 1}) == {}
