"""The verbs of the command line: one short module each. Only these, `bot/app` and the front door may import every room."""
