"""The database: units of work, the group commit, inserts that happen once, and what belongs to SQLite alone."""
