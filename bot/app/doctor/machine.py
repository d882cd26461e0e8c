"""Looks at the machine: the settings, who may read the files, the time zone, the proxy and the certificates."""

from __future__ import annotations

import os
import ssl
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot import settings
from bot.app.doctor.finding import fault, fine, remark
from bot.app.keys import key_file
from bot.clock import WallClock
from bot.confidentiality.deletion.tombstone_file import tombstone_file_for
from bot.database import places
from bot.database.sqlite import database_files
from bot.errors import SetupFault
from bot.secret_files import foresee, how_to_close, mode_instead
from bot.sentence import sentence
from bot.settings import network_surroundings, unread_env_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.app.doctor.finding import Finding
    from bot.app.doctor.seen import Seen
    from bot.sentence import Sentence


def settings_of_machine(seen: Seen) -> Iterator[Finding]:
    """Everything that is wrong with the settings."""
    place, cure = settings.place_of_settings(settings.ENV_FILE), sentence("doctor.settings.cure")
    yield from (fault("settings", said, cure) for said in seen.wrong if said != place)
    unread = unread_env_file()
    if unread is not None:
        said = sentence("doctor.settings.passed_over", file=unread)
        tell = fault if seen.settings is not None and not seen.is_on_slack else remark
        yield tell("settings", said, sentence("doctor.settings.move", read=settings.ENV_FILE))
    of_slack = Path(settings.ON_SLACK.removeprefix(places.SQLITE)).absolute()
    if seen.file is not None and not seen.is_on_slack and seen.file.absolute() != of_slack and of_slack.exists():
        yield remark("settings", sentence("doctor.settings.of_slack", file=of_slack), sentence("setup.give_secrets"))
    if seen.file is not None and seen.is_on_slack:
        try:
            settings.require_no_other_database(seen.file)
        except SetupFault as elsewhere:
            yield fault("settings", elsewhere.said[0], sentence("doctor.settings.folder", folder=settings.ENV_FILE.parent))
    if not seen.wrong:
        yield fine("settings", sentence("doctor.settings.fine" if settings.ENV_FILE.is_file() else "doctor.settings.no_file", place=place))


def modes(seen: Seen) -> Iterator[Finding]:
    """Which files with secrets or people's words others may read. A fault: every command and the bot refuse to go on with it."""
    named, credentials = settings.files_of_secrets()
    found = [*filter(None, map(_of_secrets, named)), *filter(None, map(_of_words, [*credentials, *_files_of_words(seen)]))]
    yield from found or [fine("modes", sentence("doctor.modes.fine"))]


def _of_secrets(file: Path) -> Finding | None:
    try:
        is_open = foresee(file) is not None
    except SetupFault:
        return fault("modes", *_open_to_others(file))
    return remark("modes", *_open_to_others(file)) if is_open else None


def _of_words(file: Path) -> Finding | None:
    is_open = os.path.isfile(file) and mode_instead(file.stat(), os.geteuid()) is not None  # noqa: PTH113 - a Path raises where it may not look
    return remark("modes", *_open_to_others(file)) if is_open else None


def _open_to_others(file: Path) -> tuple[Sentence, Sentence]:
    return sentence("doctor.modes.open", file=file), sentence("doctor.modes.cure", cure=how_to_close(file, file.stat()))


def _files_of_words(seen: Seen) -> Iterator[Path]:
    if seen.settings is not None and not seen.is_database_wrong:
        yield key_file(seen.settings)
        yield from () if seen.file is None else database_files(seen.file)
        yield tombstone_file_for(seen.settings.database_place)


def time_zone(seen: Seen) -> Iterator[Finding]:
    """The time zones of the programme and of the machine."""
    machine, tables = str(WallClock().now().astimezone().tzinfo), version("tzdata")
    if seen.programme is None:
        yield fine("time_zone", sentence("doctor.time_zone.machine", machine=machine, version=tables))
    else:
        zone = seen.programme.timezone
        yield fine("time_zone", sentence("doctor.time_zone.fine", zone=zone, machine=machine, version=tables))


def proxy(seen: Seen) -> Iterator[Finding]:
    """The proxy through which Slack is called, without its password."""
    found = network_surroundings()
    address = found.get("HTTPS_PROXY") or found.get("HTTP_PROXY")
    if seen.settings is not None and not seen.is_on_slack:  # then nobody calls Slack
        return
    if address is None:
        yield fine("proxy", sentence("doctor.proxy.none"))
        return
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if host is None or "@" in parts.path:  # else a part of the password would be told
        name = "HTTPS_PROXY" if "HTTPS_PROXY" in found else "HTTP_PROXY"
        yield fault("proxy", sentence("doctor.proxy.wrong", name=name), sentence("doctor.proxy.wrong.cure"))
        return
    yield fine("proxy", sentence("doctor.proxy.fine", host=host, port=port or "?"))
    if found.get("NO_PROXY"):
        yield remark("proxy", sentence("doctor.proxy.no_proxy"), sentence("doctor.proxy.no_proxy.cure"))


def certificates(seen: Seen) -> Iterator[Finding]:
    """The file of certificates that the machine is told to trust."""
    found = network_surroundings()
    name = found.get("SSL_CERT_FILE")
    if name is not None:
        yield _of_file(Path(name))
    elif seen.is_on_slack and "REQUESTS_CA_BUNDLE" in found:
        yield remark("certificates", sentence("doctor.certificates.other"), sentence("doctor.certificates.other.cure"))
    else:
        yield fine("certificates", sentence("doctor.certificates.machine"))


def _of_file(file: Path) -> Finding:
    cure = sentence("doctor.certificates.cure")
    try:
        ssl.create_default_context(cafile=str(file))
    except ssl.SSLError:
        return fault("certificates", sentence("doctor.certificates.empty", file=file), cure)
    except OSError as error:
        return fault("certificates", sentence("doctor.certificates.unreadable", file=file, why=error), cure)
    return fine("certificates", sentence("doctor.certificates.fine", file=file))
