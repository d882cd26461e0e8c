"""The client of the local workspace: what a person there sees and does."""
