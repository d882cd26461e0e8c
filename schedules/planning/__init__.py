"""Planning: what an edit of a programme changes, and what organisers are told of the plan."""
