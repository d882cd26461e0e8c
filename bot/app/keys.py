"""Finds the key that encrypts what people write, and opens a database with it.

It is in EFTERTANKE_KEY, apart from the database and its backups: whoever finds one of them can read nothing. Where people are made up it is
in a file beside the database, made at the first start, so that `make run` needs nothing prepared; on Slack itself that is refused.

Before a key is made or used, the file of the database tells whose it is and which keys it needs: made-up people and those of a workspace on
Slack must never meet. Ask before this process opens the database: reading a file beside a connection would give up the connection's locks.
"""

from __future__ import annotations

import base64
import hashlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from bot import migrations
from bot.confidentiality import key_rotation
from bot.confidentiality.encryption import KEYS_IN_SESSION, Keys, new_key
from bot.confidentiality.file_modes import private_opener
from bot.confidentiality.key_rotation import missing_keys
from bot.database.kept import CannotRead, read_kept
from bot.database.places import is_on_server, url_of
from bot.database.server_faults import server_fault
from bot.database.unit_of_work import Database
from bot.errors import KeyFault, SetupFault, WrongDatabase
from bot.secret_files import read_secret
from bot.sentence import sentence
from bot.settings import place_of_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.settings import Settings

SLACK, LOCAL = "slack", "local"  # an installation serves one workspace; its database holds that workspace's lease
WRONG_DATABASE: Final = {
    SLACK: (sentence("setup.made_up_database"), sentence("setup.choose_for_slack")),
    LOCAL: (sentence("setup.slack_database"), sentence("setup.give_secrets")),
}
WORKSPACES: Final = "SELECT workspace FROM leases"
SEALS: Final = ("SELECT DISTINCT sealed_with FROM replies", "SELECT DISTINCT sealed_with FROM quotes")


def open_database(settings: Settings) -> Database:
    """The installation's database, with its keys. KeyFault names what is missing."""
    return make_database(settings.database_url, installation_keys(settings))


def open_database_to_look(settings: Settings) -> Database:
    """Open the database to look only: a key that is not there yet is not made, for nothing is encrypted."""
    require_ours(settings)
    keys = keys_to_look(settings)
    return Database(settings.database_url) if keys is None else make_database(settings.database_url, keys)


def keys_to_look(settings: Settings) -> Keys | None:
    """The keys that there are; None where one is only made at the first start. SetupFault if there have to be some."""
    if settings.eftertanke_key is not None:
        return parse_keys(settings.eftertanke_key.get_secret_value())
    file = key_file(settings)
    if not settings.made_up or not file.exists():
        _refuse_without_key(settings)
        return None
    return parse_keys(read_secret(file, close=False))


def require_ours(settings: Settings, *copies: Path) -> None:
    """SetupFault if the database, or a copy of one, is not of the kind of workspace that the settings name."""
    require_own_database(LOCAL if settings.local else SLACK, settings.database_url, *map(url_of, copies))


@contextmanager
def use_database(database: Database, settings: Settings) -> Iterator[Database]:
    """Use an existing database for one command, and close it. WrongDatabase or KeyFault says what to do if it, or a key, does not fit."""
    try:
        migrations.ensure(database, create_silently=False, on_slack=not settings.local)
        if database.file is None:
            require_folder(database)
        if KEYS_IN_SESSION in database.carried:
            require_keys(database)
        yield database
    finally:
        database.close()


def require_folder(database: Database) -> None:
    """WrongDatabase if the folder is missing in which the list of deletions of a database on a server stands."""
    if database.place is not None and not (folder := database.place.parent).is_dir():
        name = migrations.display_name(database.url)
        if folder.exists():
            file = sentence("setup.file_for_data_folder", folder=folder.absolute(), name=name)
            raise WrongDatabase(file, sentence("doctor.server.folder.cure"))
        raise WrongDatabase(sentence("setup.no_data_folder", folder=folder.absolute(), name=name))


def make_database(url: str, keys: Keys) -> Database:
    """A database whose sessions carry `keys`."""
    return Database(url, carried={KEYS_IN_SESSION: keys})


def require_keys(database: Database) -> None:
    """Raise KeyFault if a key is missing that something was encrypted with: better now than at the first reading."""
    with database.look() as session:
        missing = missing_keys(session)
    if missing:
        raise KeyFault(sentence("setup.other_keys", names=tuple(missing)), place_of_settings())


def installation_keys(settings: Settings, *copies: Path) -> Keys:
    """The keys that are set or, where people are made up, the one in the file beside the database.

    SetupFault if the database, or one of the copies that are to take its place, is another's: before a key is made.
    """
    require_ours(settings, *copies)
    if settings.eftertanke_key is not None:
        return parse_keys(settings.eftertanke_key.get_secret_value())
    if not settings.made_up or not key_file(settings).exists():
        _refuse_without_key(settings, *copies)
    return load_or_make_key(key_file(settings))


def _refuse_without_key(settings: Settings, *copies: Path) -> None:
    """KeyFault unless a key may be made: only among made-up people, and never where something needs one that is gone."""
    if names := names_of_seals(settings.database_url, *map(url_of, copies)):
        in_folder = settings.made_up and is_on_server(settings.database_url)
        file = (sentence("setup.key_file_missing", file=key_file(settings)),) if in_folder else ()
        raise KeyFault(sentence("setup.key_missing", names=tuple(sorted(names))), *file, place_of_settings())
    if not settings.made_up:
        raise KeyFault(sentence("setup.no_key"), place_of_settings())


def key_file(settings: Settings) -> Path:
    """The file beside the database in which the key of made-up people is."""
    return settings.database_place.with_suffix(".key")


def copy_key_file(place: Path, other: Path) -> None:
    """Take the key of made-up people along to another place; one that is there stays."""
    key = place.with_suffix(".key")
    if key.exists():
        with suppress(FileExistsError), open(other.with_suffix(".key"), "x", encoding="ascii", opener=private_opener) as new_file:
            new_file.write(key.read_text("ascii"))


def parse_keys(setting: str) -> Keys:
    """The keys in a setting; KeyFault if one is none."""
    try:
        return Keys.read(setting)
    except ValueError:
        raise KeyFault(sentence("setup.setting", name="EFTERTANKE_KEY", why=sentence("setup.bad_key")), place_of_settings()) from None


def load_or_make_key(file: Path) -> Keys:
    """The key in the file beside a database of made-up people; a new one the first time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), open(file, "x", encoding="ascii", opener=private_opener) as new_file:
        new_file.write(f"{new_key()}\n")
    return parse_keys(read_secret(file))


def rehearsal_keys(seed: int) -> Keys:
    """The key of a rehearsal, made from its seed, so that all that depends on it repeats."""
    return Keys([base64.urlsafe_b64encode(hashlib.sha256(f"rehearsal {seed}".encode()).digest()).decode()])


def encrypt_all_anew(database: Database, now: datetime) -> tuple[int, int]:
    """Encrypt with the newest key all that is not; how many replies and quotes that were."""
    return _in_batches(database, now, key_rotation.encrypt_replies_anew), _in_batches(database, now, key_rotation.encrypt_quotes_anew)


def _in_batches(database: Database, now: datetime, encrypt_batch: Callable[[Session, datetime, str], Sequence[str]]) -> int:
    """Encrypt in short transactions, one after the other; how many rows."""
    count, last = 0, key_rotation.BEFORE_ALL_IDS

    def encrypt_next(session: Session) -> Sequence[str]:
        return encrypt_batch(session, now, last)

    while ids := database.write(encrypt_next, alone=True):
        count, last = count + len(ids), ids[-1]
    return count


def require_own_database(workspace: str, *urls: str) -> None:
    """SetupFault if another workspace has used one of these databases, or a server does not tell."""
    if any(_values(url, WORKSPACES) - {workspace} for url in urls):
        raise SetupFault(*WRONG_DATABASE[workspace])


def names_of_seals(*urls: str) -> set[str]:
    """The names of the keys with which something is encrypted in these databases. SetupFault if a server does not tell."""
    return {name for url in urls for query in SEALS for name in _values(url, query)}


def _values(url: str, query: str) -> set[str]:
    """What a query finds; nothing where no database has such a table. Of a file that cannot be read, whoever opens it tells."""
    try:
        return {value for (value,) in read_kept(url, query) if value is not None}
    except CannotRead as error:
        if is_on_server(url):
            raise server_fault(error.__cause__, url) from error
        return set()
