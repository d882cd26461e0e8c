"""The digest: draft, words, quotes, review, posting, and the organisers' messages about it."""
