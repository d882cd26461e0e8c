"""Once something is deleted, changed or detached: does anything of it stand anywhere?

In a world with journal and log, everything that could tell is searched: every table, every byte of the database's files, every log line
and every call to the platform since. The same search is shown to find things as long as they are there.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot import logs
from bot.models import Authorship, Base, Digest, MessageKind, OutboxMessage, Person, Quote, Reply, Round
from bot.seam.actions import Erased, QuotesReviewed, QuoteWithdrawn, ReplyDeleted, ReplyFormWanted
from bot.settings import LogFormat, LogLevel
from tests.walks.hamlet import DIGEST_CHANNEL, ORGANISERS_CHANNEL, Hamlet, opened, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Row

MARKER = "Kirsebærhaven ved åen"
CHANNELS = (ORGANISERS_CHANNEL, DIGEST_CHANNEL)
TEXT = "det går godt, når vi hjælper hinanden, nu"
TAKEN_BACK: dict[str, Callable[[str, int], QuoteWithdrawn | ReplyDeleted | Erased]] = {
    "withdrawn": lambda who, one: QuoteWithdrawn(who=who, round=one),
    "deleted": lambda who, one: ReplyDeleted(who=who, round=one),
    "erased": lambda who, _: Erased(who=who),
}
ASKED, A_MINUTE_LATER = "2018-10-09 10:40", "2018-10-09 10:42"


@dataclass(frozen=True, kw_only=True)
class Searched:
    """A world in which everything can be searched."""

    hamlet: Hamlet
    journal: Path
    log: StringIO = field(default_factory=StringIO)

    def files(self) -> bytes:
        """Every byte of the database's files, and of those beside it that carry its name."""
        file = self.hamlet.world.database.file
        assert file is not None
        return b"".join(each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")))

    def tables(self) -> str:
        """Every row of every table."""
        with self.hamlet.world.database.look() as session:
            return "\n".join(f"{table.name}: {row!r}" for table in Base.metadata.sorted_tables for row in session.execute(table.select()))

    def stands(self, *, since: int = 0, **what: str | bytes) -> set[str]:
        """Which of these things stand where: in the files and tables, and in the log and calls since a line of the journal."""
        said = "\n".join(self.calls()[since:]) + self.log.getvalue()
        places = {"files": self.files(), "tables": self.tables().encode(), "said": said.encode()}
        sought = {name: thing if isinstance(thing, bytes) else thing.encode() for name, thing in what.items()}
        return {f"{name} in {place}" for name, thing in sought.items() for place, all_of_it in places.items() if thing in all_of_it}

    def calls(self) -> list[str]:
        """All calls that the platform has had."""
        written = self.hamlet.world.workspace._journal._file
        assert written is not None
        written.flush()
        return self.journal.read_text("utf-8").splitlines()

    def reply_of(self, address: str) -> Row[str, bytes]:
        """Id and sealed words of a person's reply."""
        with self.hamlet.world.database.look() as session:
            own = select(Reply.id, Reply.words).join(Authorship, Authorship.reply_id == Reply.id)
            return session.execute(own.join(Person, Person.id == Authorship.person_id).where(Person.address == address)).one()


@contextmanager
def searched(folder: Path) -> Iterator[Searched]:
    journal = folder / "journal.jsonl"
    with opened(folder, journal=journal) as hamlet:
        world = Searched(hamlet=hamlet, journal=journal)
        logs.set_up(LogLevel.DEBUG, LogFormat.JSON, world.log)
        yield world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Searched]:
    """The first question has been asked, and Anna has answered it and looked at her answer once more."""
    with searched(tmp_path) as world:
        hamlet = world.hamlet
        hamlet.play(ASKED)
        for person in hamlet.participants[:12]:
            assert hamlet.reply(person, MARKER if person == anna(world) else "Et svar fra landsbyen", "quote").ok
        hamlet.world.stage.dismiss(anna(world))
        assert hamlet.world.stage.press(anna(world), "answer").ok
        yield world


def anna(world: Searched) -> str:
    return world.hamlet.leaders[0]


def the_round(world: Searched) -> int:
    with world.hamlet.world.database.look() as session:
        return session.scalars(select(Round.id)).one()


def reminded(world: Searched) -> set[str]:
    """Whom the bytes of the outbox's reminders name, deleted ones too: before the address stand the ids of round and person."""
    return {each.decode() for each in re.findall(rb"reminder.{0,2}(U[0-9A-F]{10})", world.files(), re.DOTALL)}


def test_of_a_deleted_reply_nothing_stands_anywhere(world: Searched):
    reply, sealed = world.reply_of(anna(world))
    before = {"id": reply, "sealed": sealed, "words": MARKER}
    assert world.stands(**before) == {"id in files", "id in tables", "sealed in files", "sealed in tables", "words in said"}
    calls = len(world.calls())
    engine = world.hamlet.world.engine
    assert engine is not None
    engine._act(ReplyDeleted(who=anna(world), round=the_round(world)))
    world.hamlet.play(A_MINUTE_LATER)
    assert world.stands(since=calls, **before) == set()


def test_of_who_is_erased_nothing_stands_anywhere(world: Searched):
    reply, sealed = world.reply_of(anna(world))
    gone = {"id": reply, "sealed": sealed, "address": anna(world)}
    assert world.stands(**gone) >= {f"{what} in {place}" for what in gone for place in ("files", "tables")}
    engine = world.hamlet.world.engine
    assert engine is not None
    engine._act(Erased(who=anna(world)))
    world.hamlet.play(A_MINUTE_LATER)
    assert world.stands(since=len(world.calls()), words=MARKER, **gone) == set()


def test_of_what_a_reply_said_before_an_edit_nothing_stands_anywhere(world: Searched):
    reply, sealed = world.reply_of(anna(world))
    assert world.hamlet.fill(anna(world), plain_text_input="Noget ganske andet").ok
    calls = len(world.calls())
    world.hamlet.play(A_MINUTE_LATER)
    assert world.stands(since=calls, sealed=sealed, words=MARKER) == set()
    assert world.stands(id=reply, sealed=world.reply_of(anna(world))[1]) >= {"id in files", "sealed in files"}


def test_of_a_person_who_was_erased_nothing_stands_anywhere(world: Searched):
    reply, sealed = world.reply_of(anna(world))
    before = {"address": anna(world), "id": reply, "sealed": sealed, "words": MARKER}
    assert world.stands(**before) >= {"address in files", "address in tables", "address in said", "id in files", "sealed in files"}
    engine = world.hamlet.world.engine
    assert engine is not None
    engine._act(Erased(who=anna(world)))
    calls = len(world.calls())
    world.log.seek(0)
    world.log.truncate()
    world.hamlet.play(A_MINUTE_LATER)
    assert world.stands(since=calls, **before) == set()


def standing(hamlet: Hamlet, texts: Sequence[str]) -> dict[str, list[str]]:
    """Which of these texts stand in which channel, anywhere in a message."""
    said = {channel: "\n".join(" ".join([each.text, *words(each.blocks)]) for each in hamlet.posts(channel)) for channel in CHANNELS}
    return {channel: [text for text in texts if text in all_of_it] for channel, all_of_it in said.items()}


@pytest.mark.parametrize("way", ["withdrawn", "deleted", "erased"])
def test_a_quote_that_is_taken_back_stands_in_no_channel_be_it_approved_held_or_posted(tmp_path: Path, way: str):
    with opened(tmp_path) as hamlet:
        hamlet.play(ASKED)
        texts = {who: f"{TEXT} {number}" for number, who in enumerate(hamlet.participants[:9])}
        for who, text in texts.items():
            assert hamlet.reply(who, text, "quote").ok
            hamlet.world.stage.dismiss(who)
        hamlet.play("2018-10-12 10:05")
        engine, database = hamlet.world.engine, hamlet.world.database
        assert engine is not None
        with database.look() as session:
            one, digest = session.scalars(select(Round.id)).one(), session.scalars(select(Digest)).one()
            ids, theme = session.scalars(select(Quote.id)).all(), digest.content["themes"][0]["theme"]
        engine._act(QuotesReviewed(who=hamlet.organiser, digest=digest.id, theme=theme, decisions=dict.fromkeys(ids)))
        assert hamlet.world.stage.press(hamlet.organiser, "send_back", channel=ORGANISERS_CHANNEL).ok
        assert hamlet.fill(hamlet.organiser, plain_text_input="Vent lidt").ok
        hamlet.player.settle()
        assert standing(hamlet, [*texts.values()]) == {ORGANISERS_CHANNEL: [], DIGEST_CHANNEL: []}
        hamlet.approve()
        hamlet.play("2018-10-12 14:05")
        shown = standing(hamlet, [*texts.values()])
        assert (shown[ORGANISERS_CHANNEL], len(shown[DIGEST_CHANNEL])) == ([], 3)
        author = next(who for who, text in texts.items() if text in shown[DIGEST_CHANNEL])
        engine._act(TAKEN_BACK[way](author, one))
        hamlet.play("2018-10-12 14:10")
        left = [text for text in shown[DIGEST_CHANNEL] if text != texts[author]]
        assert standing(hamlet, [*texts.values()]) == {ORGANISERS_CHANNEL: [], DIGEST_CHANNEL: left}


def test_of_who_did_not_answer_no_list_stands_anywhere_once_the_week_has_closed(world: Searched):
    world.hamlet.play("2018-10-11 14:00")
    assert {each.address for each in world.hamlet.outbox(MessageKind.REMINDER)} == reminded(world) == set(world.hamlet.participants[12:])
    world.hamlet.play("2018-10-12 10:05")
    assert reminded(world) == set()


def test_once_a_week_is_detached_nothing_ties_a_person_to_a_reply(world: Searched):
    ties = {person: world.reply_of(person) for person in world.hamlet.participants[:12]}
    noted = {f"{what} of {person}": tie[n] for person, tie in ties.items() for n, what in enumerate(("id", "sealed"))}
    one = the_round(world)
    world.hamlet.play("2018-10-19 09:00")
    assert len(world.stands(**noted)) == 2 * len(noted)
    world.hamlet.play("2018-10-20 12:00")
    assert world.stands(**noted) == set()
    with world.hamlet.world.database.look() as session:
        assert len(session.scalars(select(Reply)).all()) == 12
        assert session.scalars(select(OutboxMessage.id).where(OutboxMessage.round_id == one)).all() == []
        people = session.execute(select(Person.id, Person.address)).all()
        rows = [str(tuple(row)) for row in session.execute(select(Reply.__table__))]
    assert [row for row in rows for _, address in people if address in row] == []
    lines = [line for line in world.tables().splitlines() if any(address in line for _, address in people)]
    assert {line.partition(":")[0] for line in lines} == {"people", "outbox"}
    assert [line for line in lines if line.startswith("outbox") and "'question'" in line] == []


def test_what_was_written_never_stands_in_the_database_as_it_was_written(world: Searched):
    assert world.stands(words=MARKER) == {"words in said"}  # her own form, opened for her
    engine = world.hamlet.world.engine
    assert engine is not None
    form = engine._read(ReplyFormWanted(who=anna(world), round=the_round(world)))
    assert MARKER in repr(form)
