"""What is true in the local workspace: members, messages, windows and forms."""
