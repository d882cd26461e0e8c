"""The local workspace: a Slack-compatible server inside the project.

It is the default without Slack, the place of rehearsals, and the tests' double of Slack. It stands apart: manifest, people, clock and
pages are handed to it, and it knows the bot only by what crosses the wire.
"""
