"""The databases of the tests, and the key they are encrypted with."""

from __future__ import annotations

from typing import Final

from bot.confidentiality.encryption import KEYS, Keys
from bot.database.unit_of_work import Database

KEY: Final = "VGVzdHMgb3BlbiBub3RoaW5nIHdpdGggdGhpcyBrZXk="  # for databases that hold nothing of anybody


def open_database(url: str = "sqlite://", *keys: str) -> Database:
    """A database file, or one in memory, with the tests' key or the keys given."""
    return Database(url, carried={KEYS: Keys(keys or [KEY])})
