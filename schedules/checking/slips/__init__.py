"""Slips of the hand and habits of writing: what stands in a file instead of what was meant."""
