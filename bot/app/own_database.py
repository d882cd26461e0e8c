"""Tells from a database's file whether it is this installation's own, before anything is made beside it or written in it.

Made-up people and those of a workspace on Slack must never meet: what a command did to the others would be by the wrong key and clock.
Ask before this process opens the database: reading a file beside an open connection would give up that connection's locks.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from bot.database.sqlite import connect, options_to_look
from bot.errors import SetupFault
from bot.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

SLACK, LOCAL = "slack", "local"  # an installation serves one workspace; its database holds that workspace's lease
WRONG_DATABASE: Final = {
    SLACK: (sentence("setup.made_up_database"), sentence("setup.choose_for_slack")),
    LOCAL: (sentence("setup.slack_database"), sentence("setup.give_secrets")),
}
WORKSPACES: Final = "SELECT workspace FROM leases"
SEALS: Final = ("SELECT DISTINCT sealed_with FROM replies", "SELECT DISTINCT sealed_with FROM quotes")


def require_own_database(workspace: str, *files: Path) -> None:
    """SetupFault if another workspace has used one of these databases. What cannot be read is told by whoever opens it."""
    if any(_values(file, WORKSPACES) - {workspace} for file in files):
        raise SetupFault(*WRONG_DATABASE[workspace])


def names_of_seals(*files: Path) -> set[str]:
    """The names of the keys with which something is encrypted in these databases."""
    return {name for file in files for query in SEALS for name in _values(file, query)}


def _values(file: Path, query: str) -> set[str]:
    """What a query finds; nothing where there is no database that has such a table."""
    with suppress(OSError, sqlite3.Error), closing(connect(file, options_to_look(file))) as connection:
        return {value for (value,) in connection.execute(query) if value is not None}
    return set()
