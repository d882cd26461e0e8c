"""After a restored backup no week's digest reaches the politicians a second time."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.app import sole_use
from bot.app.backup import backup_file
from bot.commands import backup
from bot.confidentiality.encryption import decrypt_words
from bot.models import Authorship, Digest, DigestState, HeardBy, MessageKind, Person, PersonState, Quote, Reply, Response, Round
from bot.seam.actions import (
    Erased,
    Heard,
    Left,
    Paused,
    QuotesReviewed,
    QuoteWithdrawn,
    Replied,
    ReplyDeleted,
    ReplyFormWanted,
    Responded,
    ResponseKind,
)
from bot.seam.answers import ReplyForm
from tests.support.database import lose, open_database
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.refusals import restore
from tests.support.running_world import QUOTED, RunningWorld, asked_world, database_in, running_world, words

if TYPE_CHECKING:
    from pathlib import Path

OPEN, CLOSED, POSTED = "2018-10-09 10:40", "2018-10-12 10:05", "2018-10-12 14:05"
TEXTS = (
    "Vi mangler ro til at arbejde sammen om opgaverne.",
    "Det går godt når vi hjælper hinanden.",
    "Der er for mange møder i løbet af ugen.",
    "Vi skal lytte mere til borgerne.",
    "Jeg ønsker mere tid til fordybelse.",
    "Det er svært at nå det hele.",
    "Vi har brug for klare mål.",
    "Samarbejdet er blevet bedre.",
    *["Et svar fra landsbyen."] * 4,
)


def copied(world: RunningWorld, folder: Path) -> None:
    backup.make_backup(world.local_bot.database, folder / "copy.sqlite", world.local_bot.clock.now())


def restored(world: RunningWorld, folder: Path, *, readable: bool) -> None:
    """What `restore` does, once the bot has stopped; where the database cannot be read, nobody knows what was in it."""
    database, now = world.local_bot.database, world.local_bot.clock.now()
    if not readable:
        lose(database)
    with pytest.MonkeyPatch.context() as impatient, closing(database):
        impatient.setattr(sole_use, "ONE_TURN", 0.3)  # no bot runs on it
        held_back = restore(database, folder / "copy.sqlite", now)
    assert (held_back is None) == readable


def answered(world: RunningWorld, first: int, last: int) -> None:
    for who, text in list(zip(world.participants, TEXTS, strict=False))[first:last]:
        assert world.reply(who, text, "quote").ok
        world.local_bot.chat.dismiss(who)


def week(world: RunningWorld, folder: Path, copied_at: str) -> None:
    """A week without review, of which a copy is made at some moment; more is answered, and the digest is posted, after it."""
    world.edit_in_force("review: required", "review: quotes-only")
    world.play(OPEN)
    answered(world, 0, 9)
    if copied_at == OPEN:
        copied(world, folder)
    answered(world, 9, 12)
    world.play(CLOSED)
    if copied_at == CLOSED:
        copied(world, folder)
    world.play(POSTED)


def digests(world: RunningWorld) -> list[tuple[int, str, DigestState]]:
    with world.local_bot.database.look() as session:
        return [(digest.number, digest.checksum, digest.state) for digest in session.scalars(select(Digest))]


@pytest.mark.parametrize("copied_at", [OPEN, CLOSED])
def test_what_was_posted_after_the_backup_is_taken_over_and_not_posted_again(tmp_path: Path, copied_at: str) -> None:
    with asked_world(tmp_path) as world:
        week(world, tmp_path, copied_at)
        before = digests(world)
    restored(world, tmp_path, readable=True)
    with running_world(tmp_path) as world:
        world.play("2018-10-15 12:00")
        assert len(world.posts(DIGEST_CHANNEL)) == 1
        assert digests(world) == before == [(1, before[0][1], DigestState.ISSUED)]


@pytest.mark.parametrize("copied_at", [OPEN, CLOSED])
def test_where_nobody_knows_what_was_posted_only_an_organisers_word_posts_a_digest(tmp_path: Path, copied_at: str) -> None:
    with asked_world(tmp_path) as world:
        week(world, tmp_path, copied_at)
    restored(world, tmp_path, readable=False)
    with running_world(tmp_path) as world:
        said = len(world.posts(ORGANISERS_CHANNEL))
        world.play("2018-10-16 12:00")
        told = [post.text for post in world.posts(ORGANISERS_CHANNEL)[said:] if "sikkerhedskopi" in post.text and "kanalen" in post.text]
        assert (len(world.posts(DIGEST_CHANNEL)), len(told)) == (1, 1)
        assert [state for _, _, state in digests(world)] == [DigestState.HELD]
        world.approve()
        world.play("2018-10-16 12:30")
        assert len(world.posts(DIGEST_CHANNEL)) == 2


def test_quotes_answers_and_who_has_heard_are_taken_over_and_a_quote_can_still_be_withdrawn(tmp_path: Path) -> None:
    with asked_world(tmp_path, participants=QUOTED) as world:
        answered(world, 0, 12)
        copied(world, tmp_path)
        world.play(CLOSED)
        quoted(world)
        world.approve()
        world.play(POSTED)
        politician = spoken(world)
    restored(world, tmp_path, readable=True)
    with running_world(tmp_path, participants=QUOTED) as world:
        with world.local_bot.database.look() as session:
            assert [response.words for response in session.scalars(select(Response))] == ["Vi tager det op"]
            (heard,) = session.scalars(select(HeardBy)).all()
            assert session.get_one(Person, heard.person_id).address == politician
            quote = session.scalars(select(Quote).order_by(Quote.place)).first()
            assert quote is not None
            text = decrypt_words(session, quote)
            tie = session.scalars(select(Authorship).where(Authorship.reply_id == quote.reply_id)).one()
            author = session.get_one(Person, tie.person_id).address
        assert stands(world, text)
        assert world.local_bot.engine is not None
        world.local_bot.engine._act(QuoteWithdrawn(who=author, round=tie.round_id))
        world.play("2018-10-12 14:30")
        assert not stands(world, text)


def quoted(world: RunningWorld) -> None:
    with world.local_bot.database.look() as session:
        digest = session.scalars(select(Digest)).one()
        quotes = [quote.id for quote in session.scalars(select(Quote))]
    theme = digest.content["themes"][0]["theme"]
    assert world.local_bot.engine is not None
    world.local_bot.engine._act(QuotesReviewed(who=world.organiser, digest=digest.id, theme=theme, decisions=dict.fromkeys(quotes)))


def spoken(world: RunningWorld) -> str:
    with world.local_bot.database.look() as session:
        digest, politician = session.scalars(select(Digest.id)).one(), world.politician
    assert world.local_bot.engine is not None
    world.local_bot.engine._act(Heard(who=politician, digest=digest))
    world.local_bot.engine._act(Responded(who=politician, digest=digest, kind=ResponseKind.FREE_TEXT, text="Vi tager det op"))
    return politician


def stands(world: RunningWorld, text: str) -> bool:
    return any(text in " ".join([post.text, *words(post.blocks)]) for post in world.posts(DIGEST_CHANNEL))


def test_what_was_taken_back_in_the_last_minute_before_a_stop_does_not_come_back_with_a_backup(tmp_path: Path) -> None:
    with asked_world(tmp_path) as world:
        answered(world, 0, 3)
        copied(world, tmp_path)
        url, people = database_in(tmp_path / "data"), world.participants
        with world.local_bot.database.look() as session:
            round_ = session.scalars(select(Round.id)).one()
        assert world.local_bot.engine is not None
        form = world.local_bot.engine._read(ReplyFormWanted(who=people[0]))
        assert isinstance(form, ReplyForm)
        rewrite = Replied(who=people[0], round=round_, text="noget helt andet", seen=form.seen)
        acts = rewrite, ReplyDeleted(who=people[1], round=round_), Erased(who=people[2]), Left(who=people[3])
        for act in (*acts, Paused(who=people[4], until=date(2018, 10, 24))):
            world.local_bot.engine._act(act)
    restored(world, tmp_path, readable=False)
    with closing(open_database(url)) as database, database.look() as session:
        assert session.scalars(select(Reply.id)).all() == []
        states = {person.address: person.state for person in session.scalars(select(Person))}
        assert [states.get(person) for person in people[2:5]] == [None, PersonState.LEFT, PersonState.PAUSED]


@pytest.mark.sqlite  # a backup put there by hand; what a server has put back is in test_server_put_back.py
def test_where_an_older_file_came_back_by_itself_it_is_brought_in_line_before_anything_is_said(
    tmp_path: Path,
) -> None:
    with asked_world(tmp_path, participants=QUOTED) as world:
        answered(world, 0, 2)
        file = world.local_bot.database.file
        copied(world, tmp_path)
        left, marked = world.participants[5], world.participants[0]
        assert world.local_bot.engine is not None
        world.local_bot.engine._act(Left(who=left))
    assert file is not None
    shutil.copy(tmp_path / "copy.sqlite", file)
    with running_world(tmp_path, participants=QUOTED) as world:
        said = len(world.messages(left))
        world.play("2018-10-09 11:30")
        assert "Jeg er sat tilbage til en sikkerhedskopi" in world.texts(marked)[-1]
        assert any("ældre kopi" in post.text for post in world.posts(ORGANISERS_CHANNEL))
        assert world.outbox(MessageKind.MARKS_VOID) == []  # once they are told, nothing says who had marks
        assert (world.person(left).state, len(world.messages(left))) == (PersonState.LEFT, said)
    assert backup_file.identify(file) is None, "it is the database now"
