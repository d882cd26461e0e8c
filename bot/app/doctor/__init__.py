"""The doctor looks at one thing after another, says how each is, and what mends it; it changes nothing anywhere."""
