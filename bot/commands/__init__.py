"""The verbs of the command line: one short module each. Only these, and the front door, may import every room."""
