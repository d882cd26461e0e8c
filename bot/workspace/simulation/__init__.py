"""The made-up people of the local workspace: names, habits and what they write."""
