"""`show`: writes everything that is kept about a person to a file, for somebody who cannot open the chat.

Whoever can open it reads the same there, under *Alt om mig*, and nobody else needs to. So Slack is asked whether the account is closed. The
database is not: what it knows (who left, who was last written to) depends on what the person did, and a refusal must tell nothing of that.
An operator's `--no-chat` counts as well, for whoever is ill. Whoever is known here is told in chat, whatever Slack says of the account: it
may be another workspace that was asked. What is printed is the same for everybody.
"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy import select

from bot.app.age_of_database import require_current
from bot.app.backup import backup_file
from bot.app.installation import current_time
from bot.app.keys import open_database, use_database
from bot.app.operators import person_file
from bot.app.operators.new_file import make_new_file
from bot.app.operators.person_asked import person_asked
from bot.app.reader_language import reader_language
from bot.app.versions_of_installation import checksums_nobody_wants, running_texts
from bot.errors import SetupFault
from bot.models import Person
from bot.platforms.slack.web_api.account import is_closed
from bot.platforms.slack.web_api.client import make_client
from bot.sentence import sentence
from bot.settings import installation_settings
from bot.wording import say
from schedules.programme_store import ProgrammeStore

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.settings import Settings

PATIENCE = 10  # seconds for Slack to answer


def show(
    file: Annotated[Path, typer.Option("--to", metavar="FILE")],
    person: Annotated[str | None, typer.Argument(metavar="PERSON")] = None,
    no_chat: Annotated[bool, typer.Option("--no-chat")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Write everything that is kept about a person to a new file, for somebody who cannot open the chat."""
    settings, address = installation_settings(), person_asked(person)
    with make_new_file(file) as out:
        if not (no_chat or _has_no_account(settings, address)):
            raise SetupFault(sentence("setup.can_open_chat"))
        out.write(_show(settings, address))
    typer.echo(say(reader_language(), "show.done", file=file))


def _show(settings: Settings, address: str) -> str:
    """The text about a person, once it is noted and told. SetupFault in a backup: note and message would be lost with it."""
    file = settings.database_file
    if file is not None and backup_file.identify(file) is not None:
        raise SetupFault(sentence("setup.is_backup", file=file))
    with use_database(open_database(settings), settings) as database:
        store = ProgrammeStore(settings.schedules_dir, running_texts(settings), checksums_nobody_wants(settings))
        now = current_time(settings)

        def write_down(session: Session) -> str:
            require_current(session, database)
            last = select(Person.programme).where(Person.address == address).order_by(Person.id.desc()).limit(1)
            programme = store.by_id(session.scalar(last) or "", now)
            return person_file.show(session, now, programme, address)

        return database.write(write_down, alone=True)


def _has_no_account(settings: Settings, address: str) -> bool:
    """Whether Slack says that the account is closed. On the local workspace nobody can be asked."""
    if settings.slack_bot_token is None:
        return False
    client = make_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, timeout=PATIENCE)
    return is_closed(client, address)
