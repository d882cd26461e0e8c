"""Rounds: opening, reminding, closing, and the replies to them."""
