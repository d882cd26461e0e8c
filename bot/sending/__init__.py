"""Delivers the messages of the outbox, each exactly once.

`Delivery` claims messages, commits that it is about to send them, hands each to the platform and writes down what came of it. One
process at a time may do so for a workspace (`Lease`), at one speed (`Pace`). What the messages say is not known here: a `DialogueHooks`
is handed in.
"""
