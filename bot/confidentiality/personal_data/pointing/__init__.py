"""Reads what points at somebody without a name: posts, houses, initials and family; and what only needs a second look."""
