"""Planning: what an edit of a programme changes, in moments and in settings."""
