"""Backups: which file is one, how it takes the database's place, and what it takes over from it."""
