"""Deletion: detaching, expired rows, and the tombstones that keep what was deleted from coming back."""
