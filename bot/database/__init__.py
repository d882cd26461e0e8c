"""The database: writing and looking, the group commit, inserts that happen once, and what belongs to SQLite alone."""
