"""Who can read what people wrote?

Nobody who has only the database: what people wrote is encrypted (Fernet: AES-128 in CBC mode with HMAC-SHA256) with a key from outside it.
Several keys make a change of key possible: the first encrypts, all decrypt. The same keys make fingerprints, so that a text or a person can
be recognised again without being kept. A session carries the keys of its database with it (`session_keys`).
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import KeyFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

TEXT: Final = "text"  # what stands first in the fingerprint of what somebody wrote
KEYS_IN_SESSION: Final = "keys"  # under this name a session carries them
NO_TIME: Final = 0  # what is encrypted carries a moment that anybody can read: nobody shall see there when somebody wrote


class HasEncryptedWords(Protocol):
    """A row that keeps words: a reply, or a quote that is posted."""

    @property
    def words(self) -> bytes | None:
        """What was encrypted; None: nothing."""
        ...

    @property
    def sealed_with(self) -> str | None:
        """The name of the key that encrypted it."""
        ...


@dataclass(frozen=True, kw_only=True)
class Ciphertext:
    """Words as they are kept, and the name of the key that encrypts them."""

    words: bytes
    sealed_with: str


class Keys:
    """The keys of a database, newest first. They never print. ValueError for what is no key, without repeating it."""

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets:
            raise ValueError("there is no key")
        self.name = _key_name(secrets[0])  # of the key that encrypts
        self.names = frozenset(map(_key_name, secrets))  # of all that decrypt
        self._fernet = MultiFernet([Fernet(secret) for secret in secrets])
        self._hashing = [_hash_function(secret) for secret in secrets]

    @classmethod
    def read(cls, setting: str) -> Keys:
        """The keys written in a setting: one, or several with commas between them, the newest first."""
        return cls([part.strip() for part in setting.split(",") if part.strip()])

    def encrypt(self, text: str) -> Ciphertext:
        """The text as it is kept."""
        return Ciphertext(words=self._fernet.encrypt_at_time(text.encode(), NO_TIME), sealed_with=self.name)

    def decrypt(self, words: bytes, sealed_with: str | None) -> str:
        """The text that was encrypted. KeyFault if the key that encrypted it is not among these."""
        if sealed_with is None:
            return words.decode()
        try:
            return self._fernet.decrypt(words).decode()
        except InvalidToken:
            raise KeyFault(f"the key {sealed_with} that sealed it is missing in EFTERTANKE_KEY") from None

    def fingerprint(self, *parts: str) -> str:
        """What recognises these parts again, for who has the key: a keyed hash in hexadecimal, of the newest key."""
        return _hash_with_key(self._hashing[0], parts)

    def fingerprints(self, *parts: str) -> frozenset[str]:
        """The fingerprints that these parts have had under any of the keys."""
        return frozenset(_hash_with_key(hashing, parts) for hashing in self._hashing)


def new_key() -> str:
    """A new key, as it is written in a setting."""
    return Fernet.generate_key().decode()


def session_keys(session: Session) -> Keys:
    """The keys of the database that a session belongs to. KeyFault if it was opened without any."""
    keys = session.info.get(KEYS_IN_SESSION)
    if not isinstance(keys, Keys):
        raise KeyFault("the database was opened without a key")
    return keys


def decrypt_words(session: Session, row: HasEncryptedWords) -> str:
    """What a row's words say."""
    return session_keys(session).decrypt(row.words or b"", row.sealed_with)


def _key_name(secret: str) -> str:
    """A key's name tells nothing of the key."""
    return hashlib.sha256(b"name" + urlsafe_b64decode(secret)).hexdigest()[:12]


def _hash_function(secret: str) -> hmac.HMAC:
    """Fingerprints have a key of their own, derived from the one that encrypts."""
    fingerprint_key = hmac.digest(urlsafe_b64decode(secret), b"eftertanke fingerprint", "sha256")
    return hmac.new(fingerprint_key, digestmod="sha256")


def _hash_with_key(hashing: hmac.HMAC, parts: Sequence[str]) -> str:
    """Parts are set apart by a character that no text of ours holds, so that no two lists of parts are the same."""
    hasher = hashing.copy()
    hasher.update("\x00".join(parts).encode())
    return hasher.hexdigest()
