"""Checks of the lists of people that a programme names."""
