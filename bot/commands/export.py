"""`export`: writes as JSON what organisers may see, and no more.

That is: the programmes that have run, the issued digests (each with its checksum and the quotes in it), the released political answers, the
audit log, and what operators did by commands. It holds no replies, no people, and nothing about who took part; nor on which days somebody
was shown or erased, since the log beside it tells on which days a quote went.
"""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer
from sqlalchemy import select

from bot.app.age_of_database import require_current
from bot.app.installation import current_time
from bot.app.keys import open_database_to_look, use_database
from bot.app.operators.new_file import make_new_file
from bot.app.operators.running_programmes import programme_that_runs
from bot.app.operators.stored_digests import require_unchanged
from bot.app.reader_language import reader_language
from bot.dialogue import audit
from bot.dialogue.papers.record import record_of
from bot.local_time import iso_time
from bot.models import AuditAct, AuditEntry, Digest, DigestState, LoadedProgramme, Response, ResponseState
from bot.settings import installation_settings
from bot.wording import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.settings import Settings


def export(file: Annotated[Path | None, typer.Argument(metavar="FILE")] = None) -> None:
    """Write down, as JSON, what organisers may see: issued digests, released answers, the audit log."""
    settings = installation_settings()
    with nullcontext(sys.stdout) if file is None else make_new_file(file) as out:
        out.write(f"{_export(settings)}\n")
    if file is not None:
        typer.echo(say(reader_language(), "export.done", file=file), err=True)


def _export(settings: Settings) -> str:
    """The whole export as JSON, once it is noted."""
    with use_database(open_database_to_look(settings), settings) as database:
        with database.look() as session:
            require_current(session, database)
            record = json.dumps(export_record(session), ensure_ascii=False, indent=2)
        database.write(lambda session: audit.note_operator(session, current_time(settings), AuditAct.EXPORTED))
    return record


def export_record(session: Session) -> dict[str, Any]:
    """The whole export: programme by programme in the order in which they were first loaded, and what operators did."""
    programmes = session.scalars(select(LoadedProgramme).order_by(LoadedProgramme.loaded_at, LoadedProgramme.id))
    return {"programmes": [_programme_record(session, programme) for programme in programmes], "operators": _operators_acts(session)}


def _operators_acts(session: Session) -> list[dict[str, Any]]:
    """What was done by commands, but for what was done about a person."""
    return [
        {"at": iso_time(entry.at), "act": entry.act.value, "programme": entry.programme}
        for entry in audit.entries(session, AuditEntry.act.in_(audit.OF_OPERATORS - audit.ABOUT_A_PERSON))
    ]


def _programme_record(session: Session, programme: LoadedProgramme) -> dict[str, Any]:
    """One programme; decisions carry no name, for the log itself can tell who decided, and answers only one that was put under them."""
    issued = select(Digest).where(Digest.programme == programme.id, Digest.state == DigestState.ISSUED)
    released = (
        select(Response, Digest.number)
        .join(Digest, Digest.id == Response.digest_id)
        .where(Digest.programme == programme.id, Response.state == ResponseState.RELEASED)
    )
    runs = programme_that_runs(session, programme.id)
    return {
        "programme": programme.id,
        "loaded_at": iso_time(programme.loaded_at),
        "digests": [
            record_of(session, require_unchanged(session, digest), runs) for digest in session.scalars(issued.order_by(Digest.number))
        ],
        "responses": [
            {
                "id": response.id,
                "digest": number,
                "kind": response.kind.value,
                "theme": response.theme,
                "place": response.place,
                "words": response.words,
                "due_on": None if response.due_on is None else response.due_on.isoformat(),
                "signed": response.signed,
                "outcome_of": response.promise_id,
                "released_at": iso_time(response.released_at),
            }
            for response, number in session.execute(released.order_by(Response.released_at, Response.id))
        ],
        "audit": [
            {"at": iso_time(entry.at), "act": entry.act.value, "digest": entry.digest}
            for entry in audit.entries(session, AuditEntry.programme == programme.id, AuditEntry.act.not_in(audit.OF_OPERATORS))
        ],
    }
