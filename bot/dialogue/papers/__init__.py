"""What leaves the chat: exported digests, the agenda paper, and whether a file is what was issued."""
