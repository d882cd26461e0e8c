"""Looks at a PostgreSQL server: whether it answers, keeps what is written, and keeps nothing for too long.

The disk of the server and its files are looked at by whoever runs it.
"""

from __future__ import annotations

import os
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from bot.app.doctor.finding import fault, fine, remark
from bot.confidentiality.deletion.tombstone_file import tombstone_file_for
from bot.database.server_faults import OLDEST, cure_of, name_of, why_of
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import URL

    from bot.app.doctor.finding import Finding
    from bot.app.doctor.seen import Seen

MEGABYTE: Final = 1_000_000
FOR_ONE_BOT: Final = 20  # connections that one process may open at once
UNSAFE_IF_OFF: Final = ("fsync", "full_page_writes", "synchronous_commit")
ENCRYPTED: Final = {"require", "verify-ca", "verify-full"}
SETTINGS: Final = text("SELECT name, setting FROM pg_settings")
FACTS: Final = text(
    "SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS is_superuser,"
    " (SELECT count(*) FROM pg_replication_slots) + (SELECT count(*) FROM pg_stat_replication) AS replicas,"
    " (SELECT count(*) FROM pg_stat_activity WHERE datid IS NOT NULL) AS connections,"
    " (SELECT count(*) FROM pg_stat_activity WHERE application_name = 'eftertanke' AND datname = current_database()"
    " AND usename = current_user) AS bots"
)


def database(seen: Seen) -> Iterator[Finding]:
    """Whether the server answers, which version it is, and how large the database is."""
    if seen.url is None or seen.file is not None:
        return
    where = name_of(seen.url.render_as_string())
    if seen.database is None:
        error = getattr(seen.error, "orig", seen.error)
        said = sentence("doctor.server.refuses", server=where, why=why_of(error))
        yield fault("database", said, cure_of(error) or sentence("doctor.server.refuses.cure"))
        return
    known = settings_of(seen)
    said = sentence(
        "doctor.server.fine", server=where, version=known["server_version"], size=max(1, round(seen.database.store.size() / MEGABYTE))
    )
    if int(known["server_version_num"]) < OLDEST * 10_000:
        yield fault("database", said, sentence("doctor.server.old.cure", oldest=OLDEST))
    elif known["server_encoding"] != "UTF8":
        yield fault(
            "database", sentence("doctor.server.encoding", encoding=known["server_encoding"]), sentence("doctor.server.encoding.cure")
        )
    elif known["default_transaction_read_only"] == "on":
        yield fault("database", said, sentence("setup.server.read_only"))
    else:
        yield fine("database", said)
    place = seen.database.place
    if seen.file_for_folder is not None:
        said = sentence("setup.file_for_data_folder", folder=seen.file_for_folder, name=where)
        yield fault("database", said, sentence("doctor.server.folder.cure"))
    elif place is not None and not os.access(place.parent, os.R_OK | os.W_OK | os.X_OK):
        said = sentence("doctor.server.folder", folder=place.parent.absolute(), list=tombstone_file_for(place).name)
        yield remark("database", said, sentence("doctor.server.folder.cure"))


def server(seen: Seen) -> Iterator[Finding]:
    """What is worth a look in how the server is set up; what cannot be seen from here is said."""
    if seen.url is None or seen.file is not None or seen.database is None:
        return
    known, facts = settings_of(seen), facts_of(seen)
    for key, values in (*_of_settings(known), *_of_surroundings(seen.url, known, facts)):
        yield remark("server", sentence(f"doctor.server.{key}", **values), sentence(f"doctor.server.{key}.cure"))
    yield fine("server", sentence("doctor.server.outside"))


def _of_settings(known: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    off = tuple(name for name in UNSAFE_IF_OFF if known[name] == "off")
    if off:
        yield "unsafe", {"names": off}
    if known["archive_mode"] != "off":
        yield "archives", {}
    has_slow = known["log_min_duration_statement"] != "-1" and known["log_parameter_max_length"] != "0"
    has_all = known["log_statement"] in {"mod", "all"} and known["log_parameter_max_length"] != "0"
    if has_slow or has_all or known["log_parameter_max_length_on_error"] != "0":
        yield "log", {}


def _of_surroundings(url: URL, known: Mapping[str, str], facts: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if facts["replicas"]:
        yield "replicas", {"n": facts["replicas"]}
    if facts["is_superuser"]:
        yield "superuser", {}
    if url.query.get("sslmode") not in ENCRYPTED and not _is_here(url.host or url.query.get("host")):
        yield "unencrypted", {}
    left = int(known["max_connections"]) - int(known["superuser_reserved_connections"]) - facts["connections"]
    if left < FOR_ONE_BOT:
        yield "connections", {"n": max(0, left), "of": int(known["max_connections"])}


def settings_of(seen: Seen) -> Mapping[str, str]:
    """The server's own settings."""
    assert seen.database is not None  # noqa: S101 - asked of a server that answers
    with seen.database.look() as session:
        return {name: setting for name, setting in session.execute(SETTINGS)}  # noqa: C416 - a row is no pair to a type checker


def facts_of(seen: Seen) -> Mapping[str, Any]:
    """What the server tells of who is on it."""
    assert seen.database is not None  # noqa: S101 - likewise
    with seen.database.look() as session:
        return dict(session.execute(FACTS).mappings().one())


def _is_here(host: object) -> bool:
    """Whether an address leads to this machine: nobody listens in on the way."""
    if host in {None, "", "localhost"} or str(host).startswith("/"):
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def is_running(seen: Seen) -> bool | None:
    """Whether a bot has the database open; None if the server does not answer."""
    return None if seen.database is None else bool(facts_of(seen)["bots"])
