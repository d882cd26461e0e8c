"""Alembic's entry: `bot.migrations.migrate` hands it an open connection inside a transaction."""

from __future__ import annotations

from alembic import context

from bot.models import Base

WITHOUT_STATISTICS = """
DO $$ DECLARE c record; BEGIN
FOR c IN
    SELECT attrelid::regclass AS of_table, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped
        AND attstattarget IS DISTINCT FROM 0
LOOP EXECUTE 'ALTER TABLE ' || c.of_table || ' ALTER COLUMN ' || quote_ident(c.attname) || ' SET STATISTICS 0'; END LOOP;
END $$
"""

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
)
context.run_migrations()
if connection.dialect.name == "postgresql":  # its statistics would hold copies of addresses and ids, where nothing deletes them
    connection.exec_driver_sql(WITHOUT_STATISTICS)
