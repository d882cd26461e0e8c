"""Nothing is left anywhere of what was deleted, changed or detached.

In a world with journal and log, everything that could tell is searched: every table, every byte of the database's files, every log line
and every call to the platform since. The same search is shown to find things as long as they are there.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot import logs
from bot.dialogue import outbox
from bot.models import Authorship, Base, Digest, MessageKind, OutboxMessage, Person, Quote, Reply, Round
from bot.seam.actions import Erased, QuotesReviewed, QuoteWithdrawn, ReplyDeleted, ReplyFormWanted
from bot.settings import LogFormat, LogLevel
from tests.support.database import files_of, unit_of_work
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import QUOTED, RunningWorld, asked_world, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Row

MARKER = "Kirsebærhaven ved åen"
CHANNELS = (ORGANISERS_CHANNEL, DIGEST_CHANNEL)
TEXT = "Det går godt, når vi hjælper hinanden, nu"
TAKEN_BACK: dict[str, Callable[[str, int], QuoteWithdrawn | ReplyDeleted | Erased]] = {
    "withdrawn": lambda who, one: QuoteWithdrawn(who=who, round=one),
    "deleted": lambda who, one: ReplyDeleted(who=who, round=one),
    "erased": lambda who, _: Erased(who=who),
}
A_MINUTE_LATER = "2018-10-09 10:42"
MOMENT = datetime(2018, 10, 9, 8, 40, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Searched:
    """A world in which everything can be searched."""

    world: RunningWorld
    journal: Path
    log: StringIO = field(default_factory=StringIO)

    def files(self) -> bytes:
        """Every byte of the database's files, and of those beside it that carry its name; on a server of its tables' and indexes'."""
        return files_of(self.world.local_bot.database)

    def tables(self) -> str:
        """Every row of every table."""
        with self.world.local_bot.database.look() as session:
            return "\n".join(f"{table.name}: {row!r}" for table in Base.metadata.sorted_tables for row in session.execute(table.select()))

    def stands(self, *, since: int = 0, **what: str | bytes) -> set[str]:
        """Which of these things stand where: in the files and tables, and in the log and calls since a line of the journal."""
        said = "\n".join(self.calls()[since:]) + self.log.getvalue()
        places = {"files": self.files(), "tables": self.tables().encode(), "said": said.encode()}
        sought = {name: thing if isinstance(thing, bytes) else thing.encode() for name, thing in what.items()}
        return {f"{name} in {place}" for name, thing in sought.items() for place, all_of_it in places.items() if thing in all_of_it}

    def calls(self) -> list[str]:
        """All calls that the platform has had."""
        written = self.world.local_bot.workspace._journal._file
        assert written is not None
        written.flush()
        return self.journal.read_text("utf-8").splitlines()

    def reply_of(self, address: str) -> Row[str, bytes]:
        """Id and sealed words of a person's reply."""
        with self.world.local_bot.database.look() as session:
            own = select(Reply.id, Reply.words).join(Authorship, Authorship.reply_id == Reply.id)
            return session.execute(own.join(Person, Person.id == Authorship.person_id).where(Person.address == address)).one()


@contextmanager
def searched(folder: Path) -> Iterator[Searched]:
    journal = folder / "journal.jsonl"
    with asked_world(folder, journal=journal) as world:
        local_bot = Searched(world=world, journal=journal)
        logs.set_up(LogLevel.DEBUG, LogFormat.JSON, local_bot.log)
        yield local_bot


@pytest.fixture
def local_bot(tmp_path: Path) -> Iterator[Searched]:
    """The first question has been asked, and Anna has answered it and looked at her answer once more."""
    with searched(tmp_path) as local_bot:
        world = local_bot.world
        for person in world.participants[:12]:
            assert world.reply(person, MARKER if person == anna(local_bot) else "Et svar fra landsbyen", "quote").ok
        world.local_bot.chat.dismiss(anna(local_bot))
        assert world.local_bot.chat.press(anna(local_bot), "answer").ok
        yield local_bot


def anna(local_bot: Searched) -> str:
    return local_bot.world.leaders[0]


def the_round(local_bot: Searched) -> int:
    with local_bot.world.local_bot.database.look() as session:
        return session.scalars(select(Round.id)).one()


def reminded(local_bot: Searched) -> set[str]:
    """Whom the bytes of the outbox's reminders name, deleted ones too: before the address stand the ids of round and person."""
    return {each.decode() for each in re.findall(rb"reminder.{0,20}?(U[0-9A-F]{10})", local_bot.files(), re.DOTALL)}


def test_of_a_deleted_reply_nothing_stands_anywhere(local_bot: Searched):
    reply, sealed = local_bot.reply_of(anna(local_bot))
    before = {"id": reply, "sealed": sealed, "words": MARKER}
    assert local_bot.stands(**before) == {"id in files", "id in tables", "sealed in files", "sealed in tables", "words in said"}
    calls = len(local_bot.calls())
    engine = local_bot.world.local_bot.engine
    assert engine is not None
    engine._act(ReplyDeleted(who=anna(local_bot), round=the_round(local_bot)))
    local_bot.world.play(A_MINUTE_LATER)
    assert local_bot.stands(since=calls, **before) == set()


def test_of_who_is_erased_nothing_stands_anywhere(local_bot: Searched):
    reply, sealed = local_bot.reply_of(anna(local_bot))
    gone = {"id": reply, "sealed": sealed, "address": anna(local_bot)}
    assert local_bot.stands(**gone) >= {f"{what} in {place}" for what in gone for place in ("files", "tables")}
    engine = local_bot.world.local_bot.engine
    assert engine is not None
    engine._act(Erased(who=anna(local_bot)))
    local_bot.world.play(A_MINUTE_LATER)
    assert local_bot.stands(since=len(local_bot.calls()), words=MARKER, **gone) == set()


def test_of_what_a_reply_said_before_an_edit_nothing_stands_anywhere(local_bot: Searched):
    reply, sealed = local_bot.reply_of(anna(local_bot))
    assert local_bot.world.fill(anna(local_bot), plain_text_input="Noget ganske andet").ok
    calls = len(local_bot.calls())
    local_bot.world.play(A_MINUTE_LATER)
    assert local_bot.stands(since=calls, sealed=sealed, words=MARKER) == set()
    assert local_bot.stands(id=reply, sealed=local_bot.reply_of(anna(local_bot))[1]) >= {"id in files", "sealed in files"}


def test_of_a_person_who_was_erased_nothing_stands_anywhere(local_bot: Searched):
    reply, sealed = local_bot.reply_of(anna(local_bot))
    with unit_of_work(local_bot.world.local_bot.database) as session:
        named = {"say": "people.overlaps", "values": {"n": 1, "people": f"{anna(local_bot)} (S0LEADERS, S0REPS)"}}
        where = {"programme": "landsbyen-2018", "kind": MessageKind.NOTICE, "address": ORGANISERS_CHANNEL}
        outbox.put(session, **where, facts=named, due_at=MOMENT, key="overlaps:x")
    local_bot.world.play("2018-10-09 10:41")
    assert standing(local_bot.world, [anna(local_bot)])[ORGANISERS_CHANNEL] == [anna(local_bot)]
    before = {"address": anna(local_bot), "id": reply, "sealed": sealed, "words": MARKER}
    assert local_bot.stands(**before) >= {"address in files", "address in tables", "address in said", "id in files", "sealed in files"}
    engine = local_bot.world.local_bot.engine
    assert engine is not None
    engine._act(Erased(who=anna(local_bot)))
    calls = len(local_bot.calls())
    local_bot.log.seek(0)
    local_bot.log.truncate()
    local_bot.world.play(A_MINUTE_LATER)
    assert local_bot.stands(since=calls, **before) == set()
    assert standing(local_bot.world, [anna(local_bot)])[ORGANISERS_CHANNEL] == []


def standing(world: RunningWorld, texts: Sequence[str]) -> dict[str, list[str]]:
    """Which of these texts stand in which channel, anywhere in a message."""
    said = {channel: "\n".join(" ".join([post.text, *words(post.blocks)]) for post in world.posts(channel)) for channel in CHANNELS}
    return {channel: [text for text in texts if text in all_of_it] for channel, all_of_it in said.items()}


@pytest.mark.parametrize("way", ["withdrawn", "deleted", "erased"])
def test_a_quote_that_is_taken_back_stands_in_no_channel_be_it_approved_held_or_posted(tmp_path: Path, way: str):
    with asked_world(tmp_path, participants=QUOTED) as world:
        texts = {who: f"{TEXT} {number}." for number, who in enumerate(world.participants[:9])}
        for who, text in texts.items():
            assert world.reply(who, text, "quote").ok
            world.local_bot.chat.dismiss(who)
        world.play("2018-10-12 10:05")
        engine, database = world.local_bot.engine, world.local_bot.database
        assert engine is not None
        with database.look() as session:
            one, digest = session.scalars(select(Round.id)).one(), session.scalars(select(Digest)).one()
            ids, theme = session.scalars(select(Quote.id)).all(), digest.content["themes"][0]["theme"]
        engine._act(QuotesReviewed(who=world.organiser, digest=digest.id, theme=theme, decisions=dict.fromkeys(ids)))
        assert world.local_bot.chat.press(world.organiser, "send_back", channel=ORGANISERS_CHANNEL).ok
        assert world.fill(world.organiser, plain_text_input="Vent lidt").ok
        world.player.settle()
        assert standing(world, [*texts.values()]) == {ORGANISERS_CHANNEL: [], DIGEST_CHANNEL: []}
        world.approve()
        world.play("2018-10-12 14:05")
        shown = standing(world, [*texts.values()])
        assert (shown[ORGANISERS_CHANNEL], len(shown[DIGEST_CHANNEL])) == ([], 3)
        author = next(who for who, text in texts.items() if text in shown[DIGEST_CHANNEL])
        engine._act(TAKEN_BACK[way](author, one))
        world.play("2018-10-12 14:10")
        left = [text for text in shown[DIGEST_CHANNEL] if text != texts[author]]
        assert standing(world, [*texts.values()]) == {ORGANISERS_CHANNEL: [], DIGEST_CHANNEL: left}


def test_of_who_did_not_answer_no_list_stands_anywhere_once_the_week_has_closed(local_bot: Searched):
    local_bot.world.play("2018-10-11 14:00")
    assert (
        {message.address for message in local_bot.world.outbox(MessageKind.REMINDER)}
        == reminded(local_bot)
        == set(local_bot.world.participants[12:])
    )
    local_bot.world.play("2018-10-12 10:05")
    assert reminded(local_bot) == set()


def test_once_a_week_is_detached_nothing_ties_a_person_to_a_reply(local_bot: Searched):
    ties = {person: local_bot.reply_of(person) for person in local_bot.world.participants[:12]}
    noted = {f"{what} of {person}": tie[n] for person, tie in ties.items() for n, what in enumerate(("id", "sealed"))}
    one = the_round(local_bot)
    local_bot.world.play("2018-10-19 09:00")
    assert len(local_bot.stands(**noted)) == 2 * len(noted)
    local_bot.world.play("2018-10-20 12:00")
    assert local_bot.stands(**noted) == set()
    with local_bot.world.local_bot.database.look() as session:
        assert len(session.scalars(select(Reply)).all()) == 12
        assert session.scalars(select(OutboxMessage.id).where(OutboxMessage.round_id == one)).all() == []
        people = session.execute(select(Person.id, Person.address)).all()
        rows = [str(tuple(row)) for row in session.execute(select(Reply.__table__))]
    assert [row for row in rows for _, address in people if address in row] == []
    lines = [line for line in local_bot.tables().splitlines() if any(address in line for _, address in people)]
    assert {line.partition(":")[0] for line in lines} == {"people", "outbox"}
    assert [line for line in lines if line.startswith("outbox") and "'question'" in line] == []


def test_what_was_written_never_stands_in_the_database_as_it_was_written(local_bot: Searched):
    assert local_bot.stands(words=MARKER) == {"words in said"}  # her own form, opened for her
    engine = local_bot.world.local_bot.engine
    assert engine is not None
    form = engine._read(ReplyFormWanted(who=anna(local_bot), round=the_round(local_bot)))
    assert MARKER in repr(form)
