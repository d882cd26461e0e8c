"""Tells from a database's address where it is, and where the files stand that belong to it."""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from bot.sentence import sentence

if TYPE_CHECKING:
    from bot.sentence import Sentence

SQLITE: Final = "sqlite:///"
ON_SERVER: Final = re.compile(r"postgresql(\+psycopg)?://")
WORD: Final = r"(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"  # what else a name or password has is written as %XX
ACCOUNT: Final = rf"{WORD}(?::{WORD})?"
WHOLE_ADDRESS: Final = re.compile(
    rf"postgresql(?:\+psycopg)?://(?:{ACCOUNT}@)?(?:[\w.-]*|\[[0-9A-Fa-f:.]+\])(?::\d{{1,5}})?/{WORD}[^/?#@\s](?:\?[^#\s]*)?",
    re.ASCII,
)
ONE_SCHEMA: Final = re.compile(r"-c\s*search_path=(\w+)")
OF_SERVER: Final = ".postgresql"  # the end of its place
OF_ITSELF: Final = "public"  # the schema that a server takes where none is named
# For what belongs to a database on a server. The settings name it for the whole process: whoever opened a database without it would keep
# a second list of what was deleted.
FOLDER: Path = Path("data")


def is_on_server(url: str) -> bool:
    """Whether an address is that of a database on a server."""
    return ON_SERVER.match(url) is not None


def is_whole(url: str) -> bool:
    """Whether all readers take an address on a server apart alike, so that none shows a piece of the password."""
    if WHOLE_ADDRESS.fullmatch(url) is None or not _has_real_port(url) or "password=" in url.lower():
        return False
    if "dbname" in dict(parse_qsl(urlsplit(url).query)):  # it would open another database than the one that is named
        return False
    return "search_path" not in unquote(url).lower() or schema_of(url) != ""


def _has_real_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def schema_of(url: str) -> str:
    """The schema that an address names, in small letters; empty if it names none, or not by a plain name."""
    found = ONE_SCHEMA.fullmatch(dict(parse_qsl(urlsplit(url).query)).get("options", ""))
    return found[1].lower() if found else ""


def name_on_server(url: str) -> str:
    """The name of a database on a server, with its schema: `database.schema`."""
    return ".".join(filter(None, (unquote(urlsplit(url).path.strip("/")), schema_of(url))))


def address_for_driver(url: str) -> str:
    """The address as the server's own library reads it: a value in the query has no plain `=`."""
    parts = urlsplit(url)
    query = urlencode(parse_qsl(parts.query), quote_via=quote)
    return f"postgresql://{parts.netloc}{parts.path}?{query}"  # without a host, too, as on a socket


def fault_of_address(url: str) -> Sentence | None:
    """What is wrong with the address of a database; None: nothing."""
    if is_on_server(url):
        if not is_whole(url):
            return _fault_on_server(url)
        return None if find_spec("psycopg") is not None else sentence("setup.no_driver")
    if not url.startswith("sqlite:"):
        kind = re.match(r"[a-z][a-z0-9+]*://", url)
        return sentence("setup.other_kind", kind=kind[0]) if kind else sentence("setup.no_such_kind")
    if url == "sqlite:///:memory:" or not re.fullmatch(r"sqlite:///[^?#]*[^?#/.]", url):
        return sentence("setup.no_database_file")
    if os.path.isdir(place := url.removeprefix(SQLITE)):  # noqa: PTH112 - a Path raises where it may not look
        return sentence("setup.database_folder", folder=Path(place), file=f"{url}/eftertanke.sqlite")
    return None


def _fault_on_server(url: str) -> Sentence:
    """What is wrong with an address that is not whole, but for its pieces: any of them may be of the password."""
    account, _, place = url.partition("://")[2].rpartition("@")
    server, _, name = place.partition("/")
    faults = {
        "setup.address.account": re.fullmatch(ACCOUNT, account, re.ASCII) is None,
        "setup.address.password": "password=" in name.lower(),
        "setup.no_database_on_server": "," in server,
        "setup.address.port": not _has_real_port(f"//{server}"),
        "setup.address.schema": WHOLE_ADDRESS.fullmatch(url) is not None,
        "setup.address.database": not name.partition("?")[0],
    }
    return sentence(next((fault for fault, is_there in faults.items() if is_there), "setup.no_database_on_server"))


def file_of(url: str) -> Path | None:
    """The file of a database; None if it is on a server."""
    return None if is_on_server(url) else Path(url.removeprefix(SQLITE))


def url_of(file: Path) -> str:
    """The address of a database in a file."""
    return f"{SQLITE}{file}"


def place_of(url: str) -> Path:
    """The path beside which a database's other files stand.

    Its own, or on a server one in FOLDER that is named for it and its schema.
    """
    file = file_of(url)
    if file is not None:
        return file
    name, schema = unquote(urlsplit(url).path.strip("/")), schema_of(url)
    return FOLDER / f"{quote(name, safe='')}{f'+{schema}' if schema not in {'', OF_ITSELF} else ''}{OF_SERVER}"


def is_of_server(place: Path) -> bool:
    """Whether a place is that of a database on a server."""
    return place.suffix == OF_SERVER
