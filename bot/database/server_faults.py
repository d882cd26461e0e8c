"""Says in plain words why a database on a server cannot be used, and what mends it; never a password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.database.places import OF_ITSELF, name_on_server, schema_of
from bot.errors import WrongDatabase
from bot.sentence import Sentence, sentence

if TYPE_CHECKING:
    from typing import Any

ADDRESS: Final = "address"  # the name under which a server's error carries the address, with no password
OLDEST: Final = 14  # the oldest version that its makers still mend
FIT: Final = """
SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'),
       current_setting('default_transaction_read_only') = 'on' OR pg_is_in_recovery(), current_schema()
"""
CURES: Final = (  # what the server or its driver says, or its code if it speaks another language → what to do
    (r"lock timeout|55P03", "setup.database_busy"),
    (r"28P01|password|pg_hba|authentication|scram", "setup.server.password"),
    (r'database ".*" does not exist|3D000', "setup.server.no_database"),
    (r"startup parameter", "setup.server.pooler"),
    (
        r"invalid (\w+ value: |connection option|URI query parameter|integer value|value for parameter)|bad value for|unrecognized config",
        "setup.server.option",
    ),
    (r"no schema has been selected|3F000", "setup.server.no_schema"),
    (r'role ".*" does not exist', "setup.server.no_role"),
    (
        r"resolve|refused|timeout expired|timed out|unreachable|No route|starting up|shutting down|closed the connection",
        "setup.server.unreachable",
    ),
    (r"too many (clients|connections)|remaining connection slots|no more connections|53300", "setup.server.full"),
    (r"root certificate file", "setup.server.no_root_certificate"),
    (r"does not support SSL", "setup.server.no_ssl"),
    (r"read-only transaction|25006", "setup.server.read_only"),
    (r"permission denied|42501", "setup.server.no_right"),
    (r"No space left|disk full|53100", "setup.server.disk_full"),
    (r"XX001|XX002", "setup.server.damaged"),
)


class WrongSchema(LookupError):
    """A line does not lead to the schema of its address."""

    def __init__(self, why: Sentence, cure: Sentence) -> None:
        super().__init__(str(why))
        self.why, self.cure = why, cure


def name_of(url: str) -> str:
    """The name of a database on a server, for people to read: without password and options, but with its schema."""
    parts = urlsplit(url)
    user = f"{parts.username}@" if parts.username else ""
    port = f":{parts.port}" if parts.port else ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return f"postgresql://{user}{host}{port}/{name_on_server(url)}"


def server_fault(error: BaseException | None, url: str) -> WrongDatabase:
    """The fault of a server that refuses: its own words, and what mends it if they are known."""
    cure = cure_of(error)
    return WrongDatabase(sentence("setup.server.refuses", name=name_of(url), why=why_of(error)), *([cure] if cure is not None else ()))


def why_of(error: BaseException | None) -> str | Sentence:
    """What a server says, or what kept the line from it: one line, in its own words."""
    if isinstance(error, WrongSchema):
        return error.why
    first = (re.split(r" (?:failed|is bad): ", str(error))[-1].strip().splitlines() or [""])[0]
    return re.sub(r"^[A-ZÆØÅ]+: +", "", first).rstrip(".")


def cure_of(error: BaseException | None) -> Sentence | None:
    """What mends a server that refuses; None if nobody knows."""
    if isinstance(error, WrongSchema):
        return error.cure
    said = f"{getattr(error, 'sqlstate', None)} {error}"
    return next((sentence(cure) for pattern, cure in CURES if re.search(pattern, said)), None)


def why_not_its_schema(found: str | None, url: str) -> WrongSchema | None:
    """Why a line does not lead to the schema of its address; None: it does. PgBouncer may keep the schema to itself.

    One that is not named, since a server takes the user's own, would have another list of what was deleted than if it were.
    """
    wanted = schema_of(url)
    if found is None:
        return WrongSchema(sentence("setup.server.schema.none"), sentence("setup.server.no_schema"))
    if found == (wanted or OF_ITSELF):
        return None
    if wanted:
        return WrongSchema(sentence("setup.server.schema.other", found=found, wanted=wanted), sentence("setup.server.pooler"))
    return WrongSchema(sentence("setup.server.schema.unnamed", found=found), sentence("setup.server.unnamed_schema", schema=found))


def require_fit(found: Any, url: str) -> None:
    """Raise WrongDatabase if what FIT has found does not do.

    Too old a server, another encoding, one that only reads, or another schema.
    """
    version, encoding, only_reads, schema = found
    if version < OLDEST:
        raise WrongDatabase(sentence("setup.server.too_old", name=name_of(url), version=version, oldest=OLDEST))
    if encoding != "UTF8":
        raise WrongDatabase(sentence("setup.server.encoding", name=name_of(url), encoding=encoding))
    if only_reads:
        raise WrongDatabase(
            sentence("setup.server.refuses", name=name_of(url), why=sentence("setup.server.only_reads")), sentence("setup.server.read_only")
        )
    if (why := why_not_its_schema(schema, url)) is not None:
        raise server_fault(why, url)
