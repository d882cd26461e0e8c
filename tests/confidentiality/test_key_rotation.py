"""A new key takes over everything, and nothing is lost on the way."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, update

from bot.app.keys import encrypt_all_anew, require_keys
from bot.commands import key as command
from bot.confidentiality import key_rotation
from bot.confidentiality.encryption import TEXT, Keys, decrypt_words, new_key, own_words, session_keys
from bot.errors import ForeignWords, KeyFault
from bot.models import LoadedProgramme, Quote, QuoteState, Reply, Tombstone
from tests.support.database import KEY, open_database, unit_of_work
from tests.support.faults import refuses
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.database.unit_of_work import Database

NEW = new_key()
HOW_MANY = 250


@pytest.fixture
def kept(database: Database) -> Database:
    """Replies with the old key, one from before there were keys; a text that was cleared, whose quote waits; a quote that is posted."""
    old = Keys([KEY])
    with unit_of_work(database) as session:
        world = World(session)
        round_, people = world.add_round(1), world.add_people(HOW_MANY)
        world.answer(round_, people)
        week = world.draft(1)
        session.execute(update(LoadedProgramme).values(synchronised_at=OPENS))
        plain, *replies = session.scalars(select(Reply).order_by(Reply.id)).all()
        plain.words, plain.sealed_with = b"Fra foer", None
        for number, reply in enumerate(replies):
            sealed = old.encrypt(f"Svar {number}", reply.id)
            reply.words, reply.sealed_with = sealed.words, sealed.sealed_with
        replies[0].cleared, replies[1].cleared = old.fingerprint(TEXT, "Svar 0"), old.fingerprint(TEXT, "et andet ord")
        shared = {"digest_id": week.id, "theme": "trust", "state": QuoteState.APPROVED}
        session.add(Quote(id="waits", reply_id=replies[0].id, fingerprint=old.fingerprint(TEXT, "Svar 0"), **shared))
        session.add(Quote(id="void", reply_id=replies[1].id, fingerprint=old.fingerprint(TEXT, "et andet ord"), **shared))
        posted = old.encrypt("Sagt", "posted")
        words = {"words": posted.words, "sealed_with": posted.sealed_with, "place": 0}
        session.add(Quote(id="posted", fingerprint=old.fingerprint(TEXT, "Sagt"), wish=True, **words, **shared))
    return database


@pytest.fixture
def renewed(kept: Database) -> Iterator[Database]:
    """The same database with a new key in front of the old."""
    renewed = open_database(kept.url, NEW, KEY)
    yield renewed
    renewed.close()


def only(database: Database, secret: str) -> Database:
    return open_database(database.url, secret)


def test_everything_is_sealed_with_the_new_key_and_says_what_it_said(renewed: Database, now: datetime):
    said = command._rotate(renewed, now, now)
    assert said.startswith(f"All answers and quotes are sealed with the key {Keys([NEW]).name} now.")
    after = only(renewed, NEW)
    with after.look() as session:
        texts = {decrypt_words(session, reply) for reply in session.scalars(select(Reply))}
        assert texts == {"Fra foer", *(f"Svar {n}" for n in range(HOW_MANY - 1))}
        posted = session.get_one(Quote, "posted")
        assert (decrypt_words(session, posted), posted.wish) == ("Sagt", True)
    after.close()


def test_a_yes_stays_bound_to_the_same_text_and_a_void_one_stays_void(renewed: Database, now: datetime):
    command._rotate(renewed, now, now)
    new, old = Keys([NEW]), Keys([KEY])
    with renewed.look() as session:
        by_text = {decrypt_words(session, reply): reply.cleared for reply in session.scalars(select(Reply))}
        bound = {quote.id: quote.fingerprint for quote in session.scalars(select(Quote))}
    assert {text: cleared for text, cleared in by_text.items() if cleared} == {"Svar 0": new.fingerprint(TEXT, "Svar 0")}
    assert bound == {
        "waits": new.fingerprint(TEXT, "Svar 0"),
        "void": old.fingerprint(TEXT, "et andet ord"),
        "posted": new.fingerprint(TEXT, "Sagt"),
    }


def test_texts_from_before_they_were_bound_to_their_rows_are_bound_to_them(renewed: Database, now: datetime):
    with unit_of_work(renewed) as session:
        first, second = session.scalars(select(Reply).where(Reply.sealed_with.is_not(None)).limit(2)).all()
        for text, reply in (("Gammelt", first), ("Ældre", second)):
            reply.words = Fernet(KEY).encrypt(text.encode())
        ids = first.id, second.id
    command._rotate(renewed, now, now)
    with renewed.look() as session:
        replies = [session.get_one(Reply, id_) for id_ in ids]
        assert [decrypt_words(session, reply) for reply in replies] == ["Gammelt", "Ældre"]
        for reply, other in zip(replies, reversed(replies), strict=True):
            with pytest.raises(ForeignWords):
                Keys([NEW]).decrypt(reply.words, reply.sealed_with, other.id)


def test_words_that_were_exchanged_stop_neither_the_change_nor_a_start_without_the_older_key(renewed: Database, now: datetime):
    with unit_of_work(renewed) as session:
        first, second = session.scalars(select(Reply).where(Reply.cleared.is_not(None))).all()
        first.words, second.words = second.words, first.words
    command._rotate(renewed, now, now)
    after = only(renewed, NEW)
    require_keys(after)
    with after.look() as session:
        faults = [reply for reply in session.scalars(select(Reply)) if own_words(session_keys(session), reply) is None]
        assert [(reply.sealed_with, reply.cleared) for reply in faults] == [(Keys([NEW]).name, None)] * 2
    after.close()


def test_the_bot_may_write_between_any_two_steps(renewed: Database, now: datetime):
    last, steps = key_rotation.BEFORE_ALL_IDS, 0
    while True:
        with unit_of_work(renewed) as session:
            done = key_rotation.encrypt_replies_anew(session, now, last)
        if not done:
            break
        last, steps = done[-1], steps + 1
        assert len(done) <= key_rotation.BATCH_SIZE
        with unit_of_work(renewed) as session:
            sealed = asdict(Keys([NEW]).encrypt("Nyt", f"{steps:032}"))
            session.add(Reply(id=f"{steps:032}", round_id=1, question="q", wish=False, quote=False, **sealed))
    assert steps == 3
    with renewed.look() as session:
        assert set(session.scalars(select(Reply.sealed_with))) == {Keys([NEW]).name}


def test_doing_it_again_changes_nothing(renewed: Database, now: datetime):
    command._rotate(renewed, now, now)
    assert encrypt_all_anew(renewed, now) == (0, 0)


def test_names_are_asked_for_again_and_what_was_overwritten_is_wiped(renewed: Database, now: datetime):
    with renewed.look() as session:
        before = session.scalars(select(Reply.words)).first()
    assert before is not None
    command._rotate(renewed, now, now)
    with renewed.look() as session:
        assert session.scalars(select(LoadedProgramme.synchronised_at)).all() == [None]
        assert None not in session.scalars(select(Tombstone.wiped_at)).all()
    if renewed.file is not None:
        assert before not in b"".join(file.read_bytes() for file in renewed.file.parent.iterdir())


# --- a key that is missing


def test_a_start_without_the_key_that_sealed_what_is_kept_is_refused_in_plain_words(kept: Database):
    require_keys(kept)
    other = only(kept, NEW)
    with refuses(KeyFault, match=rf"^EFTERTANKE_KEY: .* \(missing: {Keys([KEY]).name}\)\. Put the missing key back"):
        require_keys(other)
    other.close()


def test_a_key_that_only_a_posted_quote_needs_is_missed_too(kept: Database):
    with unit_of_work(kept) as session:
        session.execute(update(Reply).values(sealed_with=None))
    other = only(kept, NEW)
    with pytest.raises(KeyFault):
        require_keys(other)
    other.close()


def test_the_old_key_may_go_once_the_new_one_has_taken_over(renewed: Database, now: datetime):
    with pytest.raises(KeyFault):
        require_keys(only(renewed, NEW))
    command._rotate(renewed, now, now)
    require_keys(only(renewed, NEW))
