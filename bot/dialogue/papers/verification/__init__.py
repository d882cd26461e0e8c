"""Whether a file that somebody has kept is what was issued."""
