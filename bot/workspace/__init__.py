"""What does the bot look like from the other side of Slack?

The local workspace: a Slack-compatible server inside the project. It is the embedded default, the rehearsal's stage and the tests'
double. It stands apart: manifest, people, clock and pages are handed to it, and it knows the bot only by what crosses the wire.
"""
