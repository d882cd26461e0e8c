"""Encryption of what people wrote, so that nobody who has only the database can read it.

Texts are encrypted (Fernet: AES-128 in CBC mode with HMAC-SHA256) with a key that is kept outside the database. With several keys a key
can be changed: the first encrypts, all decrypt. The same keys make fingerprints, so that a text or a person can be recognised without being
kept. A session carries the keys of its database (`session_keys`).

Each ciphertext holds the id of its row, so that somebody who can write the file cannot exchange two answers unnoticed: words of another row
are not read (`ForeignWords`). Older texts hold no id and are read as they are; the next change of key binds them too. Other changes of the
file are not prevented: somebody can give an answer another author, put back an earlier text of the same row, delete rows, or write plain
text as if it were older than the keys. But they can read none of the answers.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import ForeignWords, KeyFault
from bot.failures import SAID
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

TEXT: Final = "text"  # the first part of the fingerprints of texts
KEYS_IN_SESSION: Final = "keys"  # the name under which a session carries its keys
BOUND: Final = "\x00"  # before and after the row's id in the encrypted text; none of our texts holds it
NO_TIME: Final = 0  # Fernet adds a moment that anybody can read: it must not tell when somebody wrote

CHANGED_PAST_US: Final = "somebody has changed sealed words in the database, past the bot: they are left out"
log = structlog.get_logger(__name__)


class HasEncryptedWords(Protocol):
    """A row with encrypted words: a reply, or a quote that is posted."""

    @property
    def id(self) -> str:
        """The id that the words are bound to."""
        ...

    @property
    def words(self) -> bytes | None:
        """The ciphertext; None: there is none."""
        ...

    @property
    def sealed_with(self) -> str | None:
        """The name of the key that encrypted it."""
        ...


@dataclass(frozen=True, kw_only=True)
class Ciphertext:
    """Encrypted words, and the name of their key."""

    words: bytes
    sealed_with: str


class Keys:
    """The keys of a database, newest first. They are never printed: the ValueError for a wrong key does not repeat it."""

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets:
            raise ValueError("there is no key")
        self.name = _key_name(secrets[0])  # of the key that encrypts
        self.names = frozenset(map(_key_name, secrets))  # of all that decrypt
        self._fernet = MultiFernet([Fernet(secret) for secret in secrets])
        fingerprint_keys = [hmac.digest(urlsafe_b64decode(secret), b"eftertanke fingerprint", "sha256") for secret in secrets]
        self._hashing = [hmac.new(key, digestmod="sha256") for key in fingerprint_keys]

    @classmethod
    def read(cls, setting: str) -> Keys:
        """Read the keys in a setting: one, or several with commas between them, the newest first."""
        return cls([part.strip() for part in setting.split(",") if part.strip()])

    def encrypt(self, text: str, row: str) -> Ciphertext:
        """Encrypt a text for the row with this id, and for no other."""
        return Ciphertext(words=self._fernet.encrypt_at_time(f"{_binding(row)}{text}".encode(), NO_TIME), sealed_with=self.name)

    def decrypt(self, words: bytes, sealed_with: str | None, row: str) -> str:
        """Decrypt the text of a row. KeyFault if its key is not among these, ForeignWords if the text is not this row's."""
        if sealed_with is None:
            return words.decode()
        try:
            text = self._fernet.decrypt(words).decode()
        except InvalidToken:
            if sealed_with in self.names:
                raise ForeignWords from None
            raise KeyFault(sentence("setup.lost_key", name=sealed_with)) from None
        binding = _binding(row)
        if text.startswith(binding):
            return text[len(binding) :]
        if text.startswith(BOUND):
            raise ForeignWords
        return text

    def fingerprint(self, *parts: str) -> str:
        """A hash of these parts with the newest key, in hexadecimal. Only with the key can they be recognised."""
        return _hash_with_key(self._hashing[0], parts)

    def fingerprints(self, *parts: str) -> frozenset[str]:
        """The fingerprints of these parts under each of the keys."""
        return frozenset(_hash_with_key(hashing, parts) for hashing in self._hashing)


def new_key() -> str:
    """Make a new key in the form that a setting has."""
    return Fernet.generate_key().decode()


def session_keys(session: Session) -> Keys:
    """The keys of a session's database. KeyFault if it was opened without any."""
    keys = session.info.get(KEYS_IN_SESSION)
    if not isinstance(keys, Keys):
        raise KeyFault(sentence("setup.opened_without_key"))
    return keys


def decrypt_words(session: Session, row: HasEncryptedWords) -> str:
    """Decrypt a row's words. ForeignWords if they are not its own."""
    return session_keys(session).decrypt(row.words or b"", row.sealed_with, row.id)


def own_words(keys: Keys, row: HasEncryptedWords) -> str | None:
    """Decrypt a row's words; None, and a log line, if they are not its own. One such row must not stop others."""
    try:
        return keys.decrypt(row.words or b"", row.sealed_with, row.id)
    except ForeignWords:
        if SAID.is_due("foreign words"):
            log.error(CHANGED_PAST_US)  # noqa: TRY400 - a traceback would not tell who changed what
        return None


def _binding(row: str) -> str:
    return f"{BOUND}{row}{BOUND}"


def _key_name(secret: str) -> str:
    """The name of a key. It tells nothing about the key itself."""
    return hashlib.sha256(b"name" + urlsafe_b64decode(secret)).hexdigest()[:12]


def _hash_with_key(hashing: hmac.HMAC, parts: Sequence[str]) -> str:
    """Hash the parts, joined by a character that no text of ours holds: so different lists give different hashes."""
    hasher = hashing.copy()
    hasher.update("\x00".join(parts).encode())
    return hasher.hexdigest()
