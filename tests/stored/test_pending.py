"""All that waited in yesterday's outbox is said today, once, even what was being handed over."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.stored.stored import deliver, installation, rows
from tests.support.running_world import running_world

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workspace.state.message_store import Message

pytestmark = pytest.mark.sqlite  # yesterday there was no database on a server
SAYS = {  # kind and key, as they begin → what such a message says, in one of the two languages
    "welcome welcome:5": "Velkommen til Eftertanke",
    "question": ("Hvor langt er der?", "How far is it?"),
    "reminder": ("En lille påmindelse", "A small reminder"),
    "draft draft:2": "Udkast til overblik nr. 2",
    "draft draft:4:2018-11-15T12:00:00+00:00": "Udkast til overblik nr. 4",
    "draft doubt:dddddddddddddddddddddddddddddddd:2018-10-12 12:00:00+00:00": "Overblik nr. 3 er måske ikke kommet ud",
    "digest digest:4": "Overblik nr. 4 · uge 43",
    "digest_update digest:5:revision:2": "Overblik nr. 5 · uge 44",
    "digest_update digest:1:revision:2": "Overblik nr. 1 · uge 39",
    "redrawn redrawn:draft:5": "Udkast til overblik nr. 5",
    "redrawn redrawn:quotes:5": "Overblik nr. 5: Der er ikke flere citater",
    "quote_review quotes:1": "Overblik nr. 1: Der er ikke flere citater",
    "quote_declined": ("ja til at blive citeret", "agreeing to be quoted"),
    "response_review response:3": "Vi svarer.",
    "response_review response:4": "Det er regionens sag.",
    "response_review response:5": "Hvad mener I med ro?",
    "response_review response:6": "Tak for jeres svar.",
    "answer answer:3:": "Vi svarer.",
    "notice proposed:5": "politisk-spoergsmaal-5",
    "notice alarm:late:dddddddddddddddddddddddddddddddd": "Overblik nr. 3 skulle være sendt",
    "notice alarm:held:dddddddddddddddddddddddddddddddd:2018-11-15": "Overblik nr. 3 er ikke sendt",
    "notice alarm:update:5:2018-11-15": "Overblik nr. 5 er ændret",
    "notice alarm:unknown:3": "om overblikket for uge 41 var sendt",
    "notice alarm:review:3:2018-11-15": "Overblik nr. 3 for uge 41 er ikke sendt",
    "notice alarm:review:2:2018-11-15": "Overblik nr. 2 for uge 40 er ikke sendt: Det er sendt tilbage",
    "notice alarm:review:6:2018-11-15": "Overblik nr. 6 for uge 45 er ikke sendt",
    "notice alarm:edit:0123456789abcdef": "En fil til programmet har en fejl",
    "notice alarm:step:tidy:2018-11-15": "trinnet »tidy«",
    "notice edit:0123456789abcdef": "Den rettede programfil er taget i brug. 2 spørgsmål",
    "notice missing:leader:0123456789abcdef": "2 på listen @S0LEADERS findes ikke",
    "notice overlaps:0123456789abcdef": "står på flere lister",
    "notice singled_out:0123456789abcdef": "bliver disse spørgsmål ikke stillet: hvorhen, hvem-med",
    "notice small:leader": "færre end 10 ledere",
    "notice small:employee_rep": "færre end 10 medarbejderrepræsentanter",
    "notice small:all": "færre end 10 deltagere",
    "notice emptied:politician:2018-11-15": "Listen S0POLIT er pludselig tom",
    "notice left_out:1:leader": "ledere på listen, så deres spørgsmål",
    "notice left_out:2:employee_rep": "medarbejderrepræsentanter på listen, så deres spørgsmål",
    "notice left_out:3:leader": "ledere på listen, så deres eget spørgsmål",
    "notice left_out:4:employee_rep": "medarbejderrepræsentanter på listen, så deres eget spørgsmål",
    "notice missed:before_load": "Programmet kom først i gang",
    "notice missed:2018-W37:1": "Spørgsmålet i uge 37 (2018) blev ikke sendt: Jeg var ikke i gang",
    "notice missed:2018-W38:1": "Spørgsmålet i uge 38 (2018) blev ikke sendt: Listerne over dem",
    "notice missed:2018-W42:1": "Spørgsmålet i uge 42 (2018) blev ikke sendt: Det går til andre grupper",
    "notice undrafted:landsbyen-2017:2017-W40": "Uge 40 (2017) i programmet landsbyen-2017",
    "notice unsaid:1": "Færre end 5 personer fik det ikke",
    "notice unsaid:2": "Omkring 5 personer fik det ikke",
    "notice unsaid:5": "Færre end 5 personer fik det ikke",
    "notice people.unwelcomed.few:2018-W46": "Færre end 5 personer kan ikke få velkomsten",
    "notice people.unwelcomed.many:2018-W46": "Mindst 5 personer kan ikke få velkomsten",
    "notice unplaced:2018-11-20:1": "når ikke ud inden 2018-11-20: hvem-hjalp",
}
STILL_WAITS = (  # nothing of the past: the reminders of what waits for a press today, and who is on a list again, now that it is read anew
    *("alarm:quotes:", "alarm:response:"),
    "welcome:43:",
    "found:leader:",
)
CHANGES = ("digest_update", "redrawn")  # these change what stands, and post nothing
FOUND_AT = "1542097800.840000"  # where the question stands whose sending nobody wrote down
WAITED = (
    "SELECT kind, coalesce(key, ''), delivery_id, state FROM outbox WHERE state IN ('pending', 'sending', 'unknown', 'held') ORDER BY id"
)


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What waited, what has become of it, and what stands in Slack now."""

    waited: list[tuple[str, str, str, str]]
    became: dict[str, tuple[str, str | None, str, str]]  # delivery id → state, reason, channel, stamp
    posted: dict[str, list[Message]]  # delivery id → the messages that carry it
    standing: dict[tuple[str, str], Message]

    def beginning(self, named: str) -> list[tuple[str, str, str, str]]:
        """The rows that waited whose kind and key begin so; without a key, all of the kind."""
        return [row for row in self.waited if f"{row[0]} {row[1]}".strip().startswith(named) and (" " in named or row[0] == named)]

    def text_of(self, delivery: str) -> str:
        """What the message says that a row has become, or has changed."""
        _, _, channel, stamp = self.became[delivery]
        return self.standing[channel, stamp].text


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Delivered:
    folder = installation(tmp_path_factory.mktemp("stored") / "here")
    file = folder / "data" / "local.sqlite"
    waited = rows(file, WAITED)
    with running_world(folder) as world:
        deliver(world, minutes=20)
        said = world.local_bot.chat.state.store.since("0")
    return Delivered(waited=waited, became=_became(file), posted=_posted(said), standing={(each.channel, each.ts): each for each in said})


def _became(file: Path) -> dict[str, tuple[str, str | None, str, str]]:
    return {delivery: tuple(rest) for delivery, *rest in rows(file, "SELECT delivery_id, state, reason, channel, stamp FROM outbox")}


def _posted(said: list[Message]) -> dict[str, list[Message]]:
    posted: dict[str, list[Message]] = defaultdict(list)
    for each in said:
        if each.metadata and each.metadata["event_type"] == "eftertanke_delivery":
            posted[each.metadata["event_payload"]["delivery"]].append(each)
    return posted


def test_of_every_kind_of_message_one_waits_and_it_is_known_what_it_says(delivered: Delivered) -> None:
    known = [row for named in SAYS for row in delivered.beginning(named)]
    in_doubt = [row for row in delivered.waited if row[1] == "digest:3"]
    assert sorted([*known, *in_doubt]) == sorted(delivered.waited)
    assert len({row[0] for row in delivered.waited}) == 12


@pytest.mark.parametrize("named", SAYS)
def test_what_waited_is_said_once_and_says_what_it_was_to_say(delivered: Delivered, named: str) -> None:
    texts = SAYS[named] if isinstance(SAYS[named], tuple) else (SAYS[named],)
    found = delivered.beginning(named)
    assert found
    for kind, _, delivery, _ in found:
        assert delivered.became[delivery][:2] == ("sent", None)
        assert len(delivered.posted[delivery]) == (0 if kind in CHANGES else 1)
        assert any(text in delivered.text_of(delivery) for text in texts)


def test_a_question_that_was_being_handed_over_and_stands_there_is_found_and_not_said_again(delivered: Delivered) -> None:
    (delivery,) = [row[2] for row in delivered.waited if row[3] == "sending" and delivered.became[row[2]][3] == FOUND_AT]
    assert [each.ts for each in delivered.posted[delivery]] == [FOUND_AT]


def test_a_question_that_was_being_handed_over_and_stands_nowhere_is_said_once(delivered: Delivered) -> None:
    (delivery,) = [row[2] for row in delivered.waited if row[3] == "sending" and delivered.became[row[2]][3] != FOUND_AT]
    (only,) = delivered.posted[delivery]
    assert only.ts > "1542283200"  # since the bot started again


def test_a_digest_in_doubt_still_waits_for_an_organisers_word(delivered: Delivered) -> None:
    (delivery,) = [row[2] for row in delivered.waited if row[1] == "digest:3"]
    assert delivered.became[delivery][:2] == ("held", "unsure")
    assert delivery not in delivered.posted


def test_a_beat_of_today_says_nothing_that_yesterday_had_said_or_had_put_in_the_outbox(tmp_path: Path) -> None:
    folder = installation(tmp_path / "here")
    file = folder / "data" / "local.sqlite"
    before = set(rows(file, "SELECT kind, coalesce(key, ''), coalesce(round_id, 0), coalesce(person_id, 0) FROM outbox"))
    with running_world(folder) as world:
        assert world.local_bot.engine is not None
        world.local_bot.engine.heartbeat.beat()
    after = set(rows(file, "SELECT kind, coalesce(key, ''), coalesce(round_id, 0), coalesce(person_id, 0) FROM outbox"))
    assert {row for row in after - before if not row[1].startswith(STILL_WAITS)} == set()


def test_a_digest_goes_out_in_one_group_with_a_message_in_doubt(tmp_path: Path) -> None:
    folder = installation(tmp_path / "here")
    file = folder / "data" / "local.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        base.execute("DELETE FROM outbox WHERE state = 'pending' AND key IS NOT 'digest:4'")
        base.execute("UPDATE outbox SET next_at = (SELECT next_at FROM outbox WHERE key = 'digest:4') WHERE state = 'unknown'")
    with running_world(folder) as world:
        deliver(world, minutes=20)
        assert "Overblik nr. 4 · uge 43" in world.posts("C0DIGEST")[-1].text
