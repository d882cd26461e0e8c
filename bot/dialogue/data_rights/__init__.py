"""The rights to one's own data: everything about a person, shown or erased."""
