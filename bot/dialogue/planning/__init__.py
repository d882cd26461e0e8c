"""Planning: which text of a programme runs and which is held, what an edit changes, and the organisers' own page."""
