"""Looks at what keeps an installation safe: its backups, whether restoring was tried, and whether it runs and is well."""

from __future__ import annotations

import json
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from bot.app.doctor import server
from bot.app.doctor.finding import fault, fine, judge, remark
from bot.app.sole_use import is_in_use
from bot.dialogue import audit
from bot.models import AuditAct, LoadedProgramme
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.app.doctor.finding import Finding
    from bot.app.doctor.seen import Seen

ANSWERS_IN: Final = 0.5  # seconds
NIGHTLY: Final = timedelta(hours=26)  # how old the last backup may be: one may be an hour late, or a clock be changed
A_WEEK: Final = timedelta(days=7)


def backups(seen: Seen) -> Iterator[Finding]:
    """When the database was last copied, and when restoring such a copy was last tried."""
    with seen.look() as session:
        if session is None or not seen.is_on_slack:
            return
        begun = session.scalar(select(func.min(LoadedProgramme.loaded_at)))
        made, tried = audit.last_time(session, AuditAct.BACKUP_MADE), audit.last_time(session, AuditAct.RESTORE_REHEARSED)
    cure = sentence("doctor.backup.cure")
    old = seen.now - (made or begun or seen.now)
    said = sentence("doctor.backup.never") if made is None else sentence("doctor.backup.made", at=seen.here(made))
    if old > A_WEEK or (made is None and old > NIGHTLY):
        yield fault("backup", said, cure)
    else:
        yield remark("backup", said, cure) if made is None or old > NIGHTLY else fine("backup", said)
    if tried is None:
        yield remark("rehearsal", sentence("doctor.rehearsal.never"), sentence("doctor.rehearsal.cure"))
    else:
        yield fine("rehearsal", sentence("doctor.rehearsal.made", at=seen.here(tried)))


def running(seen: Seen) -> Iterator[Finding]:
    """Whether somebody has the database open now."""
    if seen.url is None:
        return
    in_use = server.is_running(seen) if seen.file is None else is_in_use(seen.file)
    if in_use and seen.is_on_slack:
        yield from _health(seen)
    if in_use is None:
        yield fine("running", sentence("doctor.running.unknown"))
    elif in_use or not seen.is_on_slack:
        yield fine("running", sentence("doctor.running.yes" if in_use else "doctor.running.no"))
    else:
        yield remark("running", sentence("doctor.running.no"), sentence("doctor.running.cure"))


def _health(seen: Seen) -> Iterator[Finding]:
    """What the health page says of the bot that runs; nothing where its port is not known."""
    if seen.settings is None or not seen.settings.health_port:
        return
    host, port = seen.settings.health_host, seen.settings.health_port
    line = HTTPConnection(host, port, timeout=ANSWERS_IN)
    try:
        line.request("GET", "/readyz")
        conditions = json.loads(line.getresponse().read())
        wrong = tuple(sorted(name for name, is_good in conditions.items() if not is_good and name != "ready"))
    except (OSError, HTTPException, ValueError, AttributeError):
        yield fault("health", sentence("doctor.health.silent", host=host, port=port), sentence("doctor.health.cure"))
        return
    finally:
        line.close()
    ill = sentence("doctor.health.wrong", what=wrong), sentence("doctor.health.cure")
    yield judge("health", ill if wrong else None, sentence("doctor.health.fine", port=port))
