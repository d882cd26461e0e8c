"""Checks texts with the personal-data filter and what a programme knows.

A programme knows the names on its lists, which the database keeps only as keyed hashes, and the organisers' own filter words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select

from bot.confidentiality.encryption import session_keys
from bot.confidentiality.personal_data import Filter, words_of_name
from bot.database.insert_once import table_of, write_once
from bot.models import RosterName

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session

    from bot.confidentiality.personal_data import FilterReading
    from bot.programme import Programme

NAME_LABEL = "name"
SELECT_LISTED_TOKENS = select(RosterName.token).where(
    RosterName.programme == bindparam("programme"),
    RosterName.token.in_(bindparam("tokens", expanding=True)),
)


def filter_of(session: Session, programme: Programme) -> Filter:
    """The filter with all names that are on the lists now, for checking many texts."""
    tokens = frozenset(session.scalars(select(RosterName.token).where(RosterName.programme == programme.id)))
    return _new_filter(session, programme, tokens)


def read_texts(session: Session, programme: Programme, texts: Collection[str]) -> dict[str, FilterReading]:
    """Read texts with the filter. Only their words are looked up among the names; most texts hold none, and are read once."""
    words: list[str] = []

    def note_word(word: str) -> bool:
        words.append(word)
        return False

    notes_words = Filter(is_on_roster=note_word, extra=programme.filter_words)
    readings = {text: notes_words.read(text) for text in texts}
    tokens = [token for word in dict.fromkeys(words) for token in session_keys(session).fingerprints(NAME_LABEL, word)]
    tokens_on_roster = frozenset(session.connection().scalars(SELECT_LISTED_TOKENS, {"programme": programme.id, "tokens": tokens}))
    if not tokens_on_roster:
        return readings
    knows_names = _new_filter(session, programme, tokens_on_roster)
    return {text: knows_names.read(text) for text in texts}


def is_name_unlisted(session: Session, programme: Programme, name: str) -> bool:
    """Whether no word of a name is on the programme's lists, as far as those hold names."""
    listed = select(RosterName.token).where(RosterName.programme == programme.id).limit(1)
    tokens = [token for word in words_of_name(name) for token in session_keys(session).fingerprints(NAME_LABEL, word)]
    return session.scalar(listed) is not None and session.scalar(listed.where(RosterName.token.in_(tokens))) is None


def _new_filter(session: Session, programme: Programme, tokens: frozenset[str]) -> Filter:
    keys = session_keys(session)
    return Filter(
        is_on_roster=lambda word: bool(tokens) and not tokens.isdisjoint(keys.fingerprints(NAME_LABEL, word)),
        extra=programme.filter_words,
    )


def remember_names(session: Session, programme: Programme, names: Iterable[str], *, forget: bool = True) -> None:
    """Store the names on the programme's lists as keyed hashes; with `forget`, they replace the earlier ones."""
    keys, table = session_keys(session), table_of(RosterName)
    words = {word for name in names for word in words_of_name(name)}
    rows = [{"programme": programme.id, "token": keys.fingerprint(NAME_LABEL, word)} for word in sorted(words)]
    if forget:
        session.execute(delete(table).where(table.c.programme == programme.id))
    write_once(session, RosterName, rows)
