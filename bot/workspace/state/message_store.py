"""The message store: everything that was said and shared in the local workspace, in one SQLite file.

The file survives a restart; without a path it is SQLite's own private temporary file. Each write is its own transaction without fsync:
safe when the process is killed, and fast enough for thousands of posts a second. The store knows no rules.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.errors import SetupFault
from bot.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workspace.block_rules import Json

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS messages (channel TEXT, ts TEXT, only_for TEXT, body TEXT, PRIMARY KEY (channel, ts)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS messages_by_ts ON messages (ts);
CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, channel TEXT, name TEXT, content BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID;
"""
_SELECT_PAGE = """
SELECT channel, ts, only_for, body FROM messages
WHERE channel = :channel AND ts >= :oldest AND ts <= :latest AND (only_for IS NULL OR only_for = :viewer)
ORDER BY ts DESC LIMIT :limit
"""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message in a channel. `ts` is Slack's id for it: unique, ascending, seconds since 1970.

    `only_for` is set for an ephemeral message; `thread_ts` is the id of the message that this one answers.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json]
    metadata: Json | None = None
    edited: bool = False
    only_for: str | None = None
    thread_ts: str | None = None
    files: list[Json] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class SharedFile:
    """A file that was shared in a channel."""

    id: str
    channel: str
    name: str
    content: bytes


class MessageStore:
    """All messages, and a few named texts that must outlive a restart. Thread safe."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._connection = _open(path)
        (last,) = self._connection.execute("SELECT max(ts) FROM messages").fetchone()
        self._last = int(last.replace(".", "")) if last else 0  # microseconds since 1970

    def add(self, *, now: datetime, channel: str, user: str, text: str, **more: Any) -> Message:
        """Store a new message, said at `now`, and return it with its ts; `more` are its other fields."""
        with self._lock:
            self._last = max((now - _EPOCH) // timedelta(microseconds=1), self._last + 1)
            message = Message(channel=channel, ts=format_ts(self._last), user=user, text=text, **{"blocks": [], **more})
            self._write(message)
        return message

    def change(self, message: Message, **changes: Any) -> Message:
        """Store an edit of `message`."""
        new_message = replace(message, **changes)
        with self._lock:
            self._write(new_message)
        return new_message

    def remove(self, message: Message) -> None:
        """Take `message` away."""
        self._run("DELETE FROM messages WHERE channel = ? AND ts = ?", (message.channel, message.ts))

    def one(self, channel: str, ts: str) -> Message | None:
        """The message with this ts, if it is there."""
        rows = self._run("SELECT channel, ts, only_for, body FROM messages WHERE channel = ? AND ts = ?", (channel, ts))
        return _message(*rows[0]) if rows else None

    def page(self, channel: str, *, viewer: str = "", oldest: str = "", latest: str = "~", limit: int = -1) -> list[Message]:
        """Messages from `oldest` to `latest` (both included), newest first, at most `limit` (-1: all); ephemeral ones only to `viewer`."""
        parameters = {"channel": channel, "viewer": viewer, "oldest": oldest, "latest": latest, "limit": limit}
        return [_message(*row) for row in self._run(_SELECT_PAGE, parameters)]

    def since(self, ts: str) -> list[Message]:
        """All messages after `ts`, oldest first; a ts is unique in the whole workspace."""
        return [_message(*row) for row in self._run("SELECT channel, ts, only_for, body FROM messages WHERE ts > ? ORDER BY ts", (ts,))]

    def save_file(self, file: SharedFile) -> None:
        """Keep a file that is shared."""
        self._run("INSERT INTO files VALUES (?, ?, ?, ?)", (file.id, file.channel, file.name, file.content))

    def file(self, id_: str) -> SharedFile | None:
        """The file with this id, if it is there."""
        rows = self._run("SELECT id, channel, name, content FROM files WHERE id = ?", (id_,))
        return SharedFile(**dict(zip(("id", "channel", "name", "content"), rows[0], strict=True))) if rows else None

    def save_text(self, name: str, text: str) -> None:
        """Remember a text under a name, for after a restart."""
        self._run("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, text))

    def load_text(self, name: str) -> str | None:
        """The text remembered under a name."""
        rows = self._run("SELECT text FROM kept WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def forget(self) -> None:
        """Forget everything."""
        self._run("DELETE FROM messages")
        self._run("DELETE FROM files")
        self._run("DELETE FROM kept")
        self._last = 0

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _run(self, statement: str, parameters: Any = ()) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, parameters).fetchall()

    def _write(self, message: Message) -> None:
        body = {name: getattr(message, name) for name in ("user", "text", "blocks", "metadata", "edited", "thread_ts", "files")}
        row = (message.channel, message.ts, message.only_for, json.dumps(body, ensure_ascii=False))
        self._connection.execute("INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?)", row)


def _open(path: Path | None) -> sqlite3.Connection:
    """Open the file with its tables, readable by its owner only; SetupFault if that fails or it is something else."""
    try:
        if path:
            path.touch(mode=0o600)
            path.chmod(0o600)
        connection = sqlite3.connect(str(path) if path else "", check_same_thread=False, isolation_level=None)
        connection.executescript(_SCHEMA)
    except (OSError, sqlite3.DatabaseError) as error:
        raise SetupFault(sentence("setup.workspace_file", file=path, why=error)) from error
    return connection


def format_ts(microseconds: int) -> str:
    """A moment as Slack writes it: seconds since 1970 with six decimals."""
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"


def _message(channel: str, ts: str, only_for: str | None, body: str) -> Message:
    return Message(channel=channel, ts=ts, only_for=only_for, **json.loads(body))
