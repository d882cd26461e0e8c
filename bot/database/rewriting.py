"""Writes the tables of a database on a PostgreSQL server anew, without what was deleted from them.

A deleted row stays in its table's file, also after a plain VACUUM, until something happens to be written over it; VACUUM FULL writes a new
file. But rows are kept that somebody may still see: a reader who began before the deletion, a copy that is being made, a replica, a
transaction that was prepared and forgotten. So first each table is frozen: then the server says from which transaction on something may be
kept (`relfrozenxid`), and only where all deletions came before it is the table written anew. Freezing looks at the readers of this database
alone; VACUUM FULL by itself would keep what a transaction in any other database of the server might see. ANALYZE would copy values out of
the tables to where nobody deletes them: `bot/migrations/env.py` forbids it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

TRIES: Final = 5  # to find a moment in which nobody uses a table
BETWEEN_TRIES: Final = 0.05  # seconds
OURS: Final = "relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace)"
SIZE: Final = text(f"SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class WHERE {OURS}")  # noqa: S608 - our own text
TABLES: Final = text(  # in `alembic_version`, of which all writers take hold, nothing is deleted
    f"SELECT CAST(CAST(oid AS regclass) AS text) FROM pg_class WHERE {OURS} AND relname <> 'alembic_version'"  # noqa: S608 - likewise
)
AFTER_ALL: Final = text("SELECT CAST(pg_current_xact_id() AS text)")
FREEZE: Final = "VACUUM (FREEZE, SKIP_LOCKED, INDEX_CLEANUP FALSE, TRUNCATE FALSE) "
WRITE_ANEW: Final = "VACUUM (FULL, SKIP_LOCKED) "
FILE: Final = text("SELECT pg_relation_filenode(CAST(:table AS regclass))")
IS_FROZEN: Final = text(  # with the table in which PostgreSQL keeps its long values
    "SELECT bool_and(age(kept.relfrozenxid) <= age(CAST(CAST(:after AS xid8) AS xid)))"
    " FROM pg_class ours JOIN pg_class kept ON kept.oid IN (ours.oid, ours.reltoastrelid) WHERE ours.oid = CAST(:table AS regclass)"
)


def rewrite_tables(connection: Connection) -> bool:
    """Write all tables anew; False if somebody was in the way, or may still see what was deleted. `connection` commits by itself."""
    after = connection.scalar(AFTER_ALL)
    return all(_rewrite(connection, table, str(after)) for table in connection.scalars(TABLES).all())


def _rewrite(connection: Connection, table: str, after: str) -> bool:
    """Write a table anew, and wait for nobody: who uses it may do so for long, and all the others would wait behind us."""
    before = connection.scalar(FILE, {"table": table})
    for _ in range(TRIES):
        connection.exec_driver_sql(FREEZE + table)
        if connection.scalar(IS_FROZEN, {"table": table, "after": after}):
            connection.exec_driver_sql(WRITE_ANEW + table)
            if connection.scalar(FILE, {"table": table}) != before:
                return True
        time.sleep(BETWEEN_TRIES)
    return False
